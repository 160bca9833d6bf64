"""What did people write, as the tables that figures read beside a load? Collected, and kept under its hash.

`recorded.toml` names the functions that give the rows. A keyed reference becomes a child's id here, by the
children of the load, and nowhere else. The rows lie as Parquet in a folder whose name is their hash: figures
and the lists behind them read the same folder. A table without rows is not handed over, so that a register
nobody keeps is not computable and no zero.
"""

import logging
import os
import shutil
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pyarrow.parquet as pq
from django.conf import settings
from django.db import DatabaseError

from goldenthread.figures.figure import Figure
from goldenthread.figures.serving import Loads
from goldenthread.indicators.catalogue import Definition, catalogue
from goldenthread.records import INSTEAD_OF_EXTRACTS, Records, may_be_recorded, with_records
from goldenthread.records_writing import write_records
from goldenthread.standard import recorded_tables
from goldenthread.store import Load
from goldenthread_web.accounts.children import reference
from goldenthread_web.config.clock import now
from goldenthread_web.extracts.named_calls import named_call

FOLDER = "recorded"
OF_FIGURES = "indicator_results"  # the table that is made of figures, after all that are made of others
NOT_IN_LOAD = "not-in-this-load:"  # begins what stands for a child in a table that must name one

_log = logging.getLogger(__name__)
_Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Written:
    """A folder of records: what is in it, and when it was read from what people wrote."""

    folder: Path
    read_at: datetime

    @property
    def name(self) -> str:
        """The hash of its content."""
        return self.folder.name


@cache
def providers() -> Mapping[str, tuple[str, ...]]:
    """For each table the functions that give its rows, from recorded.toml."""
    data = tomllib.loads((files("goldenthread_web.figures") / "recorded.toml").read_text("utf-8"))
    return {name: tuple(calls) for part in data.values() for name, calls in part.items()}


@cache
def readers() -> tuple[str, ...]:
    """The indicators that read what people write, in the order of the catalogue."""
    return tuple(ref for ref, definition in catalogue().items() if _reads(definition, may_be_recorded()))


@cache
def readers_of_figures() -> tuple[str, ...]:
    """Those of them that read the figures of the others."""
    return tuple(ref for ref in readers() if _reads(catalogue()[ref], {OF_FIGURES}))


def collect(load: Load) -> Written:
    """Read what people wrote and keep it beside the load; the same content is the same folder."""
    read_at = now()
    ids = _ids(load)
    beside = _new_folder()
    for table, calls in providers().items():
        if table != OF_FIGURES:
            _write(beside, table, partial(_with_ids, table, calls, ids), load.authority)
    return Written(folder=_named_by_content(beside), read_at=read_at)


def with_results(written: Written, figures: Iterable[Figure], authority: str) -> Written:
    """The same folder with the results of figures beside the rest."""
    beside = _new_folder()
    for path in written.folder.glob("*.parquet"):
        os.link(path, beside / path.name)
    calls = [call for path in providers()[OF_FIGURES] if (call := named_call(path))]
    _write(beside, OF_FIGURES, lambda: [row for call in calls for row in call(figures)], authority)
    return Written(folder=_named_by_content(beside), read_at=written.read_at)


def is_there(name: str) -> bool:
    """Whether a folder of records is there."""
    return bool(name) and (_home() / name).is_dir()


def beside(loads: Loads, name: str) -> Loads:
    """The loads with the records of a folder; without any where it was cleared away, or was never there."""
    return with_records(loads, _home() / name) if is_there(name) else loads


def clear(kept: Collection[str]) -> None:
    """Remove the folders that no set of figures names: at once out of the way, then piece by piece."""
    for path in _home().iterdir() if _home().is_dir() else ():
        if path.name not in kept:
            gone = path.with_name(f".gone-{path.name}")
            path.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)


def _reads(definition: Definition, tables: Collection[str]) -> bool:
    """Whether a route reads one of these tables where it may be what people wrote."""
    return any(
        name in tables and (source == "native" and name in recorded_tables() or _is_instead(source, name))
        for route in definition.routes
        for source, name, _ in (*route.required, *route.optional)
    )


def _is_instead(source: str, name: str) -> bool:
    return source == "local_extracts" and name in INSTEAD_OF_EXTRACTS


def _home() -> Path:
    return settings.INSTALLATION.folder / FOLDER


def _new_folder() -> Path:
    _home().mkdir(parents=True, exist_ok=True, mode=0o700)
    return Path(mkdtemp(dir=_home(), prefix=".writing-"))


def _named_by_content(beside: Path) -> Path:
    """The folder under the hash of what is in it; the one that is there, where it is there."""
    folder = beside.with_name(Records.open(beside).digest)
    try:
        beside.rename(folder)
    except OSError:  # the same content is there: nothing was written since, or somebody was faster
        shutil.rmtree(beside)
    return folder


def _ids(load: Load) -> Mapping[str, str]:
    """Every child the load ever knew, held today or not, by keyed reference."""
    path = load.table_path("children")
    found = [] if path is None else pq.read_table(path, columns=["child_id"])["child_id"].to_pylist()
    return {reference(child): child for child in found if child}


def _write(folder: Path, table: str, read: Callable[[], list[_Row]], authority: str) -> None:
    """Write one table. One whose rows do not fit is left out and logged: it must not hold up the others."""
    try:
        if rows := read():
            write_records(folder, table, rows, authority=authority)
    except DatabaseError:
        raise
    except Exception as problem:
        _log.error("The table %s of what people wrote is left out: %s", table, type(problem).__name__)


def _with_ids(table: str, calls: Iterable[str], ids: Mapping[str, str]) -> list[_Row]:
    """The rows of a table with the child's id in place of the keyed reference."""
    of = may_be_recorded()[table]
    must_name = "child_id" in of.required
    found: list[_Row] = []
    for given in (row for path in calls if (call := named_call(path)) for row in call()):
        row = dict(given)
        child = row.pop("reference", None)
        if "child_id" in of.column and child:
            row["child_id"] = ids.get(child) or (_unnamed(child) if must_name else None)
        found.append(row)
    return found


def _unnamed(child: str) -> str:
    """What stands for a child who is not in the load: it tells children apart, and nobody from whom."""
    return NOT_IN_LOAD + reference(child)[:12]
