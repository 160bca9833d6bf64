"""What exactly was published, and from what? Frozen figures that nothing changes afterwards.

A publication is a folder `publications/NAME` of the store: `figures.parquet` (the figures as worked
out), `public.csv` where it was made for the public (the same without small numbers), and
`publication.json` with everything behind them. It is written beside, read back, and put in place by
one rename; its hashes are checked whenever it is read.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

import pyarrow.parquet as pq

from goldenthread import __version__
from goldenthread.figures.figure import Figure
from goldenthread.figures.frozen import figures_of, frozen, public_csv, public_figures_of
from goldenthread.figures.public import Earlier, PublicFigure, public
from goldenthread.indicators.catalogue import catalogue
from goldenthread.settings import Settings, defaults

FOLDER = "publications"
WORKER = "worker"  # the breakdown that the public never sees: no league table of people
_STAGING = ".publishing-"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.()-]{0,79}")
_MANIFEST, _FIGURES, _PUBLIC = "publication.json", "figures.parquet", "public.csv"


class NotPublished(ValueError):
    """Why a publication was not made, or cannot be read: one sentence."""


class PublishedLoad(Protocol):
    """A load that figures rest on."""

    @property
    def as_at_on(self) -> date:
        """The day the load is as at."""
        ...

    @property
    def hash(self) -> str:
        """Its content hash."""
        ...


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was asked to be published."""

    on: date
    every: str | None = None
    indicators: tuple[str, ...] = ()  # none: all of the catalogue
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Publication:
    """A publication, read back and found whole."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Its name."""
        return self.folder.name

    @property
    def asked(self) -> Asked:
        """What was asked to be published."""
        asked = self.manifest["asked"]
        return Asked(
            on=date.fromisoformat(asked["on"]),
            every=asked["every"],
            indicators=tuple(asked["indicators"]),
            by=tuple(asked["by"]),
        )

    @property
    def is_public(self) -> bool:
        """Whether it was made for the public, without small numbers."""
        return self.manifest["public"] is not None

    def figures(self) -> list[Figure]:
        """The figures, as they were worked out then."""
        return figures_of(pq.read_table(self.folder / _FIGURES))

    def public_figures(self) -> list[PublicFigure]:
        """What the public was shown of them."""
        return public_figures_of(self.figures(), (self.folder / _PUBLIC).read_text("utf-8"))


def check_name(store: Path, name: str) -> None:
    """Refuse a name that is taken, or that is no plain name of a folder."""
    if not _NAME.fullmatch(name) or name.endswith("."):
        raise NotPublished(
            f"{name!r} cannot be the name of a publication: use letters, digits, spaces, dots, brackets "
            "and hyphens, 80 at most."
        )
    if (store / FOLDER / name).exists():
        raise NotPublished(f"{name} was published already and stays as it is: choose another name.")


def publish(
    store: Path,
    name: str,
    figures: Sequence[Figure],
    asked: Asked,
    settings: Settings,
    loads: Sequence[PublishedLoad],
    *,
    records: str | None = None,
    for_public: bool = False,
    round_to: int | None = None,
) -> tuple[Publication, tuple[str, ...]]:
    """Freeze figures under a name; with what the check against earlier publications has to say.

    `records` is the hash of what people wrote, where the figures read it beside the loads.
    """
    check_name(store, name)
    if for_public and any(WORKER in one.breakdown for one in figures):
        raise NotPublished("What is published for the public names no worker: leave out --by worker.")
    shown, warnings = None, ()
    below = int(settings.value("suppress_below"))
    if for_public:
        table = public(figures, suppress_below=below, round_to=round_to, earlier=_earlier(store))
        shown, warnings = table.figures, table.warnings
    staging = store / FOLDER / f"{_STAGING}{name}-{os.getpid()}"
    try:
        staging.mkdir(parents=True)
        pq.write_table(frozen(figures), staging / _FIGURES)
        if shown is not None:
            (staging / _PUBLIC).write_text(public_csv(shown, asked.by), "utf-8")
        described = _described(name, asked, settings, loads, figures) | {"records": records}
        described["public"] = None if shown is None else {"suppress_below": below, "round_to": round_to}
        described["files"] = {path.name: _sha256(path) for path in sorted(staging.iterdir())}
        manifest = described | {"hash": _digest(described)}
        (staging / _MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False), "utf-8")
        _flush(staging)
        Publication(staging, _checked(staging)).figures()
        _put_in_place(staging, store / FOLDER / name)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return read(store, name), warnings


def read(store: Path, name: str) -> Publication:
    """A publication by its name; NotPublished if there is none or it is not as it was published."""
    folder = store / FOLDER / name
    if not _NAME.fullmatch(name) or not folder.is_dir():
        known = ", ".join(publication_names(store)) or "none yet"
        raise NotPublished(f"There is no publication {name!r} in {store}; there are: {known}.")
    return Publication(folder, _checked(folder))


def publication_names(store: Path) -> list[str]:
    """The names of all publications of a store, in text order."""
    folder = store / FOLDER
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def _earlier(store: Path) -> list[Earlier]:
    """The publications that the public has. Rounded ones tell no number to compare with."""
    found = [read(store, name) for name in publication_names(store)]
    return [
        Earlier(name=one.name, figures=tuple(one.figures()), shown=tuple(one.public_figures()))
        for one in found
        if one.is_public and one.manifest["public"]["round_to"] is None
    ]


def _described(
    name: str, asked: Asked, settings: Settings, loads: Sequence[PublishedLoad], figures: Sequence[Figure]
) -> dict[str, Any]:
    refs = list(dict.fromkeys(figure.ref for figure in figures))
    return {
        "name": name,
        "asked": {
            "on": asked.on.isoformat(),
            "every": asked.every,
            "indicators": list(asked.indicators),
            "by": list(asked.by),
        },
        "authority": next((figure.authority for figure in figures if figure.authority), ""),
        "loads": [{"as_at_on": load.as_at_on.isoformat(), "hash": load.hash} for load in loads],
        "code_version": code_version(),
        "definitions": {ref: definition_version(ref) for ref in refs},
        "parameters": parameters_used(settings),
        "figures": len(figures),
    }


def parameters_used(settings: Settings) -> dict[str, Any]:
    """Every parameter with the value that counted, as plain data."""
    used: dict[str, Any] = {name: settings.value(name) for name in defaults()}
    used["timeliness_basis of single indicators"] = dict(settings.timeliness_basis)
    used["programme_starts_on"] = settings.programme_starts_on
    return json.loads(json.dumps(used, default=str))


@cache
def definition_version(ref: str) -> str:
    """Changes whenever the words of an indicator change: the start of their hash."""
    return _digest(asdict(catalogue()[ref]))[:12]


@cache
def code_version() -> str:
    """The version of the library and the start of a hash of the modules that work figures out."""
    found = hashlib.sha256()
    for package in ("standard", "populations", "indicators", "quality", "engines", "figures"):
        for module in sorted(files(f"goldenthread.{package}").iterdir(), key=lambda path: path.name):
            if module.name.endswith(".py"):
                found.update(module.name.encode() + b"\0" + module.read_bytes())
    for name in ("calendar.py", "periods.py", "settings.py"):
        found.update((files("goldenthread") / name).read_bytes())
    return f"{__version__}+{found.hexdigest()[:12]}"


def _checked(folder: Path) -> dict[str, Any]:
    """The manifest of a publication, if that and its files are what was published."""
    damaged = f"The publication {folder.name} is not as it was published ({{}}): restore it from a backup."
    try:
        manifest = json.loads((folder / _MANIFEST).read_text("utf-8"))
        described = {key: value for key, value in manifest.items() if key != "hash"}
        if manifest["hash"] != _digest(described):
            raise NotPublished(damaged.format(_MANIFEST))
        for name, sha256 in manifest["files"].items():
            if _sha256(folder / name) != sha256:
                raise NotPublished(damaged.format(name))
    except OSError as problem:
        missing = Path(problem.filename or folder).name
        raise NotPublished(damaged.format(f"{missing} cannot be read")) from problem
    except (
        KeyError,
        TypeError,
        AttributeError,
        json.JSONDecodeError,
        UnicodeDecodeError,
    ) as problem:
        raise NotPublished(damaged.format(_MANIFEST)) from problem
    return manifest


def _put_in_place(staging: Path, folder: Path) -> None:
    for path in staging.iterdir():
        path.chmod(0o444)
    try:
        staging.rename(folder)  # atomic; refused by the system if somebody published that name meanwhile
    except OSError:
        raise NotPublished(
            f"{folder.name} was published already and stays as it is: choose another name."
        ) from None
    _flush_folder(folder.parent)


def _flush(folder: Path) -> None:
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    _flush_folder(folder)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(data: object) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
