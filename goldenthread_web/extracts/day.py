"""What is worked out once for a load and a day: what is due, and who holds each child.

It is kept as Parquet in the installation's folder, beside the store: rows of children never enter the
web database. Whoever needs it first works it out; a load's job does so before anybody asks.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from goldenthread.settings import Settings
from goldenthread.store import Load
from goldenthread.worklist.held import held
from goldenthread.worklist.lines import worklist
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.current import current, local_settings

_LINES = pa.schema(
    [
        *[(name, pa.string()) for name in ("item", "label", "child_id", "worker_id", "team")],
        *[(name, pa.date32()) for name in ("clock_start", "last_done", "next_due")],
        ("working_days_overdue", pa.int64()),
        ("working_days_to_go", pa.int64()),
        ("state", pa.string()),
        ("timescale", pa.string()),
        ("open", pa.int64()),
        ("why", pa.string()),
    ]
)


@dataclass(frozen=True)
class Day:
    """A load as read on a day: `lines` of the worklist, `held` children, and what cannot be told."""

    load: Load
    on: date
    lines: pa.Table
    held: pa.Table
    not_available: tuple[dict[str, str], ...]


def day(on: date | None = None) -> Day | None:
    """The load in force as read today (or on another day); None before anything was loaded."""
    load = current()
    return None if load is None else of(load, on or today(), local_settings())


def of(load: Load, on: date, local: Settings) -> Day:
    """A load as read on a day; worked out now if that was not done before."""
    folder = _folder(load, on, local)
    if not folder.is_dir():
        _work_out(load, on, local, folder)
    return _read(load, on, folder)


def _folder(load: Load, on: date, local: Settings) -> Path:
    """One folder per load, settings and day: another settings file is another answer."""
    said = json.dumps([dict(local.parameters), dict(local.timeliness_basis)], sort_keys=True, default=str)
    key = hashlib.sha256(said.encode()).hexdigest()[:12]
    return settings.INSTALLATION.folder / "days" / f"{load.folder.name}-{key}" / on.isoformat()


def _work_out(load: Load, on: date, local: Settings, folder: Path) -> None:
    compiled = settings.INSTALLATION.store / "compiled"
    found = worklist(load, on, local, compiled_folder=compiled)
    lines = pa.Table.from_pylist([asdict(line) for line in found.lines()], schema=_LINES)
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = Path(mkdtemp(dir=folder.parent, prefix=".writing-"))
    pq.write_table(lines, beside / "lines.parquet")
    pq.write_table(held(load, on, local, compiled_folder=compiled), beside / "held.parquet")
    missing = [asdict(one) for one in found.not_available]
    (beside / "not_available.json").write_text(json.dumps(missing), "utf-8")
    try:
        beside.rename(folder)
    except OSError:  # somebody else was first, with the same answer
        for path in beside.iterdir():
            path.unlink()
        beside.rmdir()


@lru_cache(maxsize=3)
def _read(load: Load, on: date, folder: Path) -> Day:
    missing = json.loads((folder / "not_available.json").read_text("utf-8"))
    return Day(
        load=load,
        on=on,
        lines=pq.read_table(folder / "lines.parquet"),
        held=pq.read_table(folder / "held.parquet"),
        not_available=tuple(missing),
    )
