"""How does a load come into the store whole, or not at all?

A load is written into a hidden folder of the store, flushed to disk, read back, renamed into
place, and made current by replacing one small file. Until that last step every reader sees the
store as it was; what a killed load leaves behind is never looked at and is swept by the next one.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import tomlkit

from goldenthread import __version__
from goldenthread.ingest.combine import Snapshot
from goldenthread.ingest.extract import Refused, findings_table
from goldenthread.ingest.reading import Progress
from goldenthread.standard.schema import standard_tables
from goldenthread.store import CURRENT, LOADS, SETTINGS, Load, Store

STAGING = ".loading-"
_NEW_SETTINGS = "# Settings of this store: the council, and the parameters that are not the defaults.\n"
_AUTHORITY_HEADING = re.compile(r"^\[authority\].*$", re.MULTILINE)
_NO_CODE = re.compile(r"""^code\s*=\s*(""|'')\s*\n""", re.MULTILINE)


class StoreBusy(Refused):
    """Another load holds the store: the same load may be tried again in a moment."""


@contextmanager
def locked(path: Path) -> Iterator[Store]:
    """Hold the store for one load; StoreBusy while another load holds it.

    The lock is on the folder itself, so that it leaves nothing behind. A folder made for a load that
    is then refused is removed again.
    """
    made = [folder for folder in (path, *path.parents) if not folder.exists()]
    handle = _lock(path)
    try:
        yield Store(path)
    finally:
        for folder in made:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        os.close(handle)


def _lock(path: Path) -> int:
    while True:
        try:
            path.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            continue  # removed in between by a load that was refused
        except OSError as problem:
            raise Refused(f"{path} cannot be the folder of a store: {problem.strerror}.") from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise StoreBusy(f"Another load into {path} is running: wait until it has finished.") from None
        if path.exists() and os.path.samestat(os.stat(path), os.fstat(handle)):
            return handle
        os.close(handle)


def digest_of(data: object) -> str:
    """A hash of plain data."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()


def is_held(store: Store, snapshot: Snapshot, options: Mapping[str, Any]) -> bool:
    """Whether this very content has been loaded before."""
    view = store.current_view()
    return load_name(snapshot, options) in {*view["loads"].values(), *view["earlier"]}


def load_name(snapshot: Snapshot, options: Mapping[str, Any]) -> str:
    """The name of the folder of a load."""
    return f"{snapshot.as_at_on.isoformat()}-{content_hash(snapshot, options)[:12]}"


def content_hash(snapshot: Snapshot, options: Mapping[str, Any]) -> str:
    """The same for the same files, as-at date, options and standard, in whatever order they came."""
    contents = {
        "as_at_on": snapshot.as_at_on.isoformat(),
        "authority": snapshot.authority,
        "version": __version__,
        "standard": standard_digest(),
        "options": dict(options),
        "files": sorted(
            # The name of a local extract says what it is; elsewhere only the content counts.
            [source, file.name if source == "local_extracts" else "", file.sha256]
            for source, delivered in snapshot.files.items()
            for file in delivered
        ),
    }
    return digest_of(contents)


@cache
def standard_digest() -> str:
    """A hash over the tables and code sets of the standard."""
    digest = hashlib.sha256()
    for entry in _data_files(files("goldenthread.standard")):
        digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return digest.hexdigest()


def _data_files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _data_files(entry)
        elif entry.name.endswith((".toml", ".csv")):
            yield entry


def write_loads(
    store: Store, snapshots: Sequence[Snapshot], options: Mapping[str, Any], progress: Progress
) -> list[Load]:
    """Write the snapshots and make them current together; the store must be locked."""
    sweep(store)
    view = store.current_view()
    named = {load_name(snapshot, options): snapshot for snapshot in snapshots}
    staging = store.path / f"{STAGING}{os.getpid()}"
    fresh = {name: snapshot for name, snapshot in named.items() if not (store.path / LOADS / name).is_dir()}
    try:
        for number, (name, snapshot) in enumerate(fresh.items()):
            progress(f"writing {snapshot.as_at_on}", number, len(fresh))
            _write(staging / name, snapshot, options)
        _publish(store, staging, list(fresh), named, view)
    except BaseException as problem:
        _undo(store, fresh, view)
        if isinstance(problem, OSError):
            raise Refused(f"The load could not be written ({problem}): the store is as it was.") from problem
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return [
        Load(store.path / LOADS / name, snapshot.as_at_on, view["loads"].get(str(snapshot.as_at_on)) == name)
        for name, snapshot in named.items()
    ]


def _undo(store: Store, fresh: Mapping[str, Snapshot], view: dict[str, Any]) -> None:
    if store.current_view() == view:
        for name in fresh:
            shutil.rmtree(store.path / LOADS / name, ignore_errors=True)
        _remove_if_empty(store.path / LOADS)


def sweep(store: Store) -> None:
    """Remove what a killed load left: hidden folders, and loads that never became known."""
    for folder in store.path.glob(f"{STAGING}*"):
        shutil.rmtree(folder, ignore_errors=True)
    view = store.current_view()
    known = {*view["loads"].values(), *view["earlier"]}
    loads = store.path / LOADS
    for folder in loads.iterdir() if loads.is_dir() else ():
        if folder.name not in known:
            shutil.rmtree(folder, ignore_errors=True)


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _publish(
    store: Store, staging: Path, fresh: Sequence[str], named: Mapping[str, Snapshot], view: dict[str, Any]
) -> None:
    """The last steps: renames, settings if there are none, then the one file that makes it so."""
    loads = store.path / LOADS
    loads.mkdir(exist_ok=True)
    for name in fresh:
        os.rename(staging / name, loads / name)
    _flush_folder(loads)
    in_force = view["loads"] | {str(snapshot.as_at_on): name for name, snapshot in named.items()}
    replaced = {*view["earlier"], *view["loads"].values()} - set(in_force.values())
    now = {"loads": dict(sorted(in_force.items())), "earlier": sorted(replaced)}
    if now != view:
        _replace_file(store.path / CURRENT, json.dumps(now, indent=1) + "\n")


def write_settings(store: Store, authority: str) -> None:
    """Make settings.toml if there is none, and name the authority in it; other keys stay as they are."""
    path = store.path / SETTINGS
    text = path.read_text("utf-8") if path.is_file() else _NEW_SETTINGS
    if authority and not tomllib.loads(text).get("authority"):
        text = f'{text.rstrip()}\n\n[authority]\ncode = {json.dumps(authority)}\nname = ""\n'
    elif authority and not store.authority_in_settings():
        text = _AUTHORITY_HEADING.sub(f"[authority]\ncode = {json.dumps(authority)}", _NO_CODE.sub("", text))
    if not path.is_file() or text != path.read_text("utf-8"):
        _replace_file(path, text)


def write_parameter(folder: Path, section: str, name: str, value: Any) -> None:
    """Set one value in settings.toml, in `parameters` or `timeliness_basis`; comments and the rest stay."""
    with locked(folder) as store:
        path = store.path / SETTINGS
        document = tomlkit.parse(path.read_text("utf-8") if path.is_file() else _NEW_SETTINGS)
        if section not in document:
            document[section] = tomlkit.table()
        document[section][name] = value
        _replace_file(path, tomlkit.dumps(document))


def _replace_file(path: Path, text: str) -> None:
    beside = path.with_name(f"{STAGING}{path.name}")
    with beside.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(beside, path)
    _flush_folder(path.parent)


def _write(folder: Path, snapshot: Snapshot, options: Mapping[str, Any]) -> None:
    tables = {name: t.arrow.empty_table() for name, t in standard_tables().items()} | snapshot.tables
    counts = {f"tables/{name}": rows.num_rows for name, rows in tables.items()}
    for part in ("tables", "set_aside"):
        (folder / part).mkdir(parents=True)
    for name, rows in tables.items():
        _write_parquet(folder / "tables" / f"{name}.parquet", rows)
    for name, rows in snapshot.set_aside.items():
        if rows.num_rows:
            _write_parquet(folder / "set_aside" / f"{name}.parquet", rows)
            counts[f"set_aside/{name}"] = rows.num_rows
    for name, rows in (("findings", findings_table(snapshot.findings)), ("lines", snapshot.lines)):
        _write_parquet(folder / f"{name}.parquet", rows)
        counts[name] = rows.num_rows
    _write_json(folder / "mapping.json", snapshot.mapping)
    _write_json(folder / "manifest.json", _manifest(snapshot, options, tables))
    _verify(folder, counts)
    for part in (folder / "tables", folder / "set_aside", folder):
        _flush_folder(part)


def _manifest(
    snapshot: Snapshot, options: Mapping[str, Any], tables: Mapping[str, pa.Table]
) -> dict[str, Any]:
    severities = [str(finding.severity) for finding in snapshot.findings]
    return {
        "hash": content_hash(snapshot, options),
        "as_at_on": snapshot.as_at_on,
        "authority": snapshot.authority,
        "code_version": __version__,
        "standard": standard_digest(),
        "options": dict(options),
        "sources": list(snapshot.files),
        "files": [
            {"source": source} | asdict(file)
            for source, delivered in snapshot.files.items()
            for file in delivered
        ],
        "supply": {name: asdict(supply) for name, supply in snapshot.supply.items()},
        "rows": {name: rows.num_rows for name, rows in tables.items()},
        "findings": {severity: severities.count(severity) for severity in sorted(set(severities))},
    }


def _write_parquet(path: Path, rows: pa.Table) -> None:
    with path.open("wb") as stream:
        pq.write_table(rows, stream, compression="zstd")
        stream.flush()
        os.fsync(stream.fileno())


def _write_json(path: Path, data: object) -> None:
    def plain(value: object) -> object:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, (set, frozenset)):
            return sorted(value)
        raise TypeError(f"{type(value).__name__} has no place in {path.name}")

    with path.open("w", encoding="utf-8") as stream:
        json.dump(data, stream, indent=1, default=plain, ensure_ascii=False)
        stream.flush()
        os.fsync(stream.fileno())


def _verify(folder: Path, counts: Mapping[str, int]) -> None:
    for name, expected in counts.items():
        found = pq.read_metadata(folder / f"{name}.parquet").num_rows
        if found != expected:
            raise OSError(f"{name}.parquet holds {found} rows, not {expected}: is the disk full?")


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
