"""What is worked out once for a load and a day: what is due, who holds each child, who needs an eye on them?

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
from goldenthread.store import Load, Store
from goldenthread.worklist.caseload_board import caseloads
from goldenthread.worklist.contacts_waiting import contacts_waiting
from goldenthread.worklist.held import COLUMNS as HELD
from goldenthread.worklist.held import held
from goldenthread.worklist.lines import worklist
from goldenthread.worklist.steps import steps
from goldenthread.worklist.watched import watch_lists, watches
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


_TABLES = {
    "lines": _LINES,
    "held": pa.schema([(name, pa.string()) for name in HELD]),
    "watched": pa.schema(
        [
            *[(name, pa.string()) for name in ("code", "child_id", "key", "team", "worker_id")],
            ("since_on", pa.date32()),
            ("days", pa.int64()),
            ("why", pa.string()),
        ]
    ),
    "caseloads": pa.schema(
        [
            *[(name, pa.string()) for name in ("worker_id", "team", "role", "post")],
            ("is_newly_qualified", pa.bool_()),
            ("fte", pa.decimal128(18, 4)),
            ("children", pa.int64()),
            ("families", pa.int64()),
            ("ceiling", pa.int64()),
        ]
    ),
    "contacts": pa.schema(
        [
            *[(name, pa.string()) for name in ("child_id", "contact_id")],
            ("received_at", pa.timestamp("us")),
            *[(name, pa.string()) for name in ("source", "team", "worker_id")],
            ("working_days", pa.int64()),
            ("hours", pa.int64()),
            ("is_beyond_limit", pa.bool_()),
        ]
    ),
    "steps": pa.schema(
        [
            *[(name, pa.string()) for name in ("direction", "child_id", "key")],
            ("left_on", pa.date32()),
            *[(name, pa.string()) for name in ("reason", "team", "worker_id")],
            ("picked_up_on", pa.date32()),
            ("working_days", pa.int64()),
        ]
    ),
}


@dataclass(frozen=True)
class Day:
    """A load as read on a day, as Arrow tables, and what the load cannot tell.

    `lines` and `held` are read on the day itself; what comes from indicators (`watched`) and from the state
    of records (`caseloads`, `contacts`, `steps`) is as at the load's own day.
    """

    load: Load
    on: date
    lines: pa.Table
    held: pa.Table
    watched: pa.Table
    caseloads: pa.Table
    contacts: pa.Table
    steps: pa.Table
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
    watching = watch_lists(Store(settings.INSTALLATION.store), load.as_at_on, local)
    as_at = load.as_at_on
    rows = {
        "lines": found.lines(),
        "watched": watching.watched,
        "caseloads": caseloads(load, as_at, local, compiled_folder=compiled),
        "contacts": contacts_waiting(load, as_at, local, compiled_folder=compiled),
        "steps": steps(load, as_at, local, compiled_folder=compiled),
    }
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = Path(mkdtemp(dir=folder.parent, prefix=".writing-"))
    for name, entries in rows.items():
        table = pa.Table.from_pylist([asdict(entry) for entry in entries], schema=_TABLES[name])
        pq.write_table(table, beside / f"{name}.parquet")
    pq.write_table(held(load, on, local, compiled_folder=compiled), beside / "held.parquet")
    missing = [asdict(one) for one in found.not_available]
    missing += [
        {"item": code, "label": watches()[code].title, "why": why}
        for code, why in watching.not_available.items()
    ]
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
        **{name: pq.read_table(folder / f"{name}.parquet") for name in _TABLES},
        not_available=tuple(missing),
    )
