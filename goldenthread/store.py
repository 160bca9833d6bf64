"""What has been loaded, and which load serves a given day?

A store is a folder: `settings.toml`, `loads/<as at>-<hash>/` with one load each, and `current.json`,
which names the loads in force. Nothing here writes; see `store_writing`.
"""

import json
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from goldenthread.ingest.combine import CombinedSupply
from goldenthread.ingest.extract import Refused, Supply

CURRENT = "current.json"
SETTINGS = "settings.toml"
LOADS = "loads"
SET_ASIDE = "set_aside_"
_WRITTEN_BY_EVERY_LOAD = {"load_rows": "lines", "dq_findings": "findings"}


@dataclass(frozen=True)
class Load:
    """One load in the store: the snapshot of one as-at date."""

    folder: Path
    as_at_on: date
    was_loaded_already: bool = field(default=False, compare=False)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the load says of itself: files, rows, supply, hash and versions."""
        return json.loads((self.folder / "manifest.json").read_text("utf-8"))

    @property
    def authority(self) -> str:
        """Code of the council whose data this is; blank where no file and no option said."""
        return self.manifest["authority"]

    @property
    def hash(self) -> str:
        """Content hash: the same files, as-at date and options give the same one."""
        return self.manifest["hash"]

    @cached_property
    def supply(self) -> dict[str, CombinedSupply]:
        """What was supplied, by table. A table that is not in it was not supplied."""
        return {name: _combined_supply(entry) for name, entry in self.manifest["supply"].items()}

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources delivered, highest first."""
        return tuple(self.manifest["sources"])

    def table_path(self, name: str) -> Path | None:
        """The Parquet file of a table; every standard table has one.

        `load_rows` and `dq_findings` are every line read and everything found wrong, and
        `set_aside_<table>` the rows of a table that were read but not used.
        """
        if name in _WRITTEN_BY_EVERY_LOAD:
            path = self.folder / f"{_WRITTEN_BY_EVERY_LOAD[name]}.parquet"
        elif name.startswith(SET_ASIDE):
            return self.set_aside_path(name.removeprefix(SET_ASIDE))
        else:
            path = self.folder / "tables" / f"{name}.parquet"
        return path if path.is_file() else None

    def set_aside_path(self, name: str) -> Path | None:
        """The Parquet file of the rows of a table that were read but not used, if there are any."""
        path = self.folder / "set_aside" / f"{name}.parquet"
        return path if path.is_file() else None

    def rows(self, name: str) -> int:
        """How many rows a table of this load has; 0 for one it does not hold."""
        return self.manifest["rows"].get(name, 0)

    @property
    def findings_path(self) -> Path:
        """The Parquet file of everything found wrong."""
        return self.folder / "findings.parquet"

    @property
    def lines_path(self) -> Path:
        """The Parquet file of every line read, with what became of it."""
        return self.folder / "lines.parquet"

    def findings(self) -> pa.Table:
        """Everything found wrong, in the order of files and lines."""
        return pq.read_table(self.findings_path)

    def mapping(self) -> list[dict[str, Any]]:
        """What was matched to what, and why."""
        return json.loads((self.folder / "mapping.json").read_text("utf-8"))


@dataclass(frozen=True)
class Store:
    """A folder of loads, read."""

    path: Path

    @classmethod
    def open(cls, path: Path) -> "Store":
        """The store in that folder; Refused if there is none."""
        path = Path(path)
        if not path.is_dir() or not ((path / CURRENT).is_file() or (path / SETTINGS).is_file()):
            raise Refused(f"There is no store at {path}: load something into it first.")
        return cls(path)

    def loads(self) -> list[Load]:
        """The loads in force, the latest as-at date first."""
        named = self.current_view()["loads"]
        loads = [Load(self.path / LOADS / name, date.fromisoformat(day)) for day, name in named.items()]
        return sorted(loads, key=lambda load: load.as_at_on, reverse=True)

    def current(self) -> Load | None:
        """The load with the latest as-at date."""
        return next(iter(self.loads()), None)

    def serving(self, on: date) -> Load | None:
        """The load that answers for that day: as at it, else the latest local extracts after it."""
        loads = self.loads()
        exact = [load for load in loads if load.as_at_on == on]
        later = [load for load in loads if load.as_at_on >= on and "local_extracts" in load.sources]
        return next(iter(exact + later), None)

    def compiled_folder(self) -> Path:
        """Where compiled definitions are kept between commands; they hold no record."""
        return self.path / "compiled"

    def current_view(self) -> dict[str, Any]:
        """Folder names: `loads` in force by as-at date, and `earlier` ones that they replaced."""
        try:
            return json.loads((self.path / CURRENT).read_text("utf-8"))
        except FileNotFoundError:
            return {"loads": {}, "earlier": []}

    def authority(self) -> str:
        """Code of the council whose store this is; blank where neither settings nor loads name one."""
        current = self.current()
        return self.authority_in_settings() or (current.authority if current else "")

    def authority_in_settings(self) -> str:
        """Code of the council that settings.toml names; blank where it names none."""
        path = self.path / SETTINGS
        if not path.is_file():
            return ""
        try:
            authority = tomllib.loads(path.read_text("utf-8")).get("authority") or {}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise Refused(f"{path} cannot be read as TOML ({problem}): correct it.") from None
        if not isinstance(authority, dict):
            raise Refused(f"{path}: authority is not a table; write [authority] and under it code and name.")
        return str(authority.get("code") or "")


def _combined_supply(entry: dict[str, Any]) -> CombinedSupply:
    by_source = {source: Supply(**_typed(supply)) for source, supply in entry["by_source"].items()}
    typed = _typed(entry) | {"sources": tuple(entry["sources"]), "by_source": by_source}
    return CombinedSupply(**typed)


def _typed(entry: dict[str, Any]) -> dict[str, Any]:
    names = ("starts_on", "covers_from_on", "complete_since_on")
    days = {name: date.fromisoformat(entry[name]) for name in names if entry.get(name)}
    return entry | {name: frozenset(entry[name]) for name in ("columns", "kinds")} | days
