"""What is worked out once for a load and a day: what is due, who holds each child, who needs an eye on them?

It is kept as Parquet in the installation's folder, beside the store: rows of children never enter the
web database. Whoever needs it first works it out; a load's job does so before anybody asks.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from goldenthread.calendar import add_months, add_working_days
from goldenthread.figures.availability import Supplies
from goldenthread.figures.run import Loaded
from goldenthread.populations.placing import NOT_KNOWN
from goldenthread.records import RecordedLoad, Records
from goldenthread.records_writing import write_records
from goldenthread.settings import Settings
from goldenthread.store import Load, Store
from goldenthread.worklist import caseload_board as board
from goldenthread.worklist import contacts_waiting as waiting
from goldenthread.worklist import funnel
from goldenthread.worklist import steps as stepping
from goldenthread.worklist.answering import answering_teams
from goldenthread.worklist.held import COLUMNS as HELD
from goldenthread.worklist.held import held
from goldenthread.worklist.lines import Line, Only, State, worklist
from goldenthread.worklist.watched import watch_lists, watches
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.current import current, local_settings
from goldenthread_web.extracts.named_calls import named_call

SCHOOL_TERMS = "goldenthread_web.registers.standard_rows.school_terms"
FUNNEL_MONTHS = 24  # how far back the front door's contacts are followed
_KEY = ("item", "child_id", "worker_id")
Key = tuple[str | None, ...]

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
        ("is_new", pa.bool_()),  # overdue, and not so when the day before was read
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
            ("here", pa.int64()),
            ("children", pa.int64()),
            ("families", pa.int64()),
            *[(name, pa.int64()) for name in ("looked_after", "protected", "leaving_care")],
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
    "funnel": funnel.COLUMNS,
}
_COLUMNS = {name: str(schema) for name, schema in _TABLES.items()}
_NEEDS = {
    "caseloads": board.NEEDS,
    "contacts": waiting.NEEDS,
    "steps": stepping.NEEDS,
    "funnel": funnel.NEEDS,
}


@dataclass(frozen=True, eq=False)  # a day is itself alone: what is made of it is kept by it
class Day:
    """A load as read on a day, as Arrow tables, and what the load cannot tell.

    `lines` and `held` are read on the day itself; what comes from indicators (`watched`) and from the state
    of records (`caseloads`, `contacts`, `steps`, `funnel`) is as at the load's own day. What of these the
    load cannot tell is empty and named in `lacks`, with what was not supplied: missing is not none.
    """

    load: Load
    on: date
    lines: pa.Table
    held: pa.Table
    watched: pa.Table
    caseloads: pa.Table
    contacts: pa.Table
    steps: pa.Table
    funnel: pa.Table
    lacks: dict[str, tuple[str, ...]]
    not_available: tuple[dict[str, str], ...]
    compared_with: date  # the earlier day against which `is_new` of a line is told


def day() -> Day | None:
    """The load in force as read today; None before anything was loaded.

    Nobody who opens a page waits for a working-out that a job does each morning: until it is done the same
    load as last read stands in, and the page says to which day it counts. Only where there is none at all
    is it worked out at once.
    """
    load = current()
    if load is None:
        return None
    on, local = today(), local_settings()
    folder = _folder(load, on, local)
    if not folder.is_dir() and folder.parent.is_dir():
        kept = [date.fromisoformat(path.name) for path in folder.parent.glob("????-??-??")]
        if earlier := [each for each in kept if each < on]:
            return _read(load, max(earlier), _folder(load, max(earlier), local))
    return of(load, on, local)


def of(load: Load, on: date, local: Settings) -> Day:
    """A load as read on a day; worked out now if that was not done before."""
    folder = _folder(load, on, local)
    if not folder.is_dir():
        _work_out(load, on, local, folder)
    return _read(load, on, folder)


def _folder(load: Load, on: date, local: Settings) -> Path:
    """One folder per load, settings and day: another settings file is another answer, other columns too."""
    said = json.dumps(
        [dict(local.parameters), dict(local.timeliness_basis), _COLUMNS], sort_keys=True, default=str
    )
    key = hashlib.sha256(said.encode()).hexdigest()[:12]
    return settings.INSTALLATION.folder / "days" / f"{load.folder.name}-{key}" / on.isoformat()


def _work_out(load: Load, on: date, local: Settings, folder: Path) -> None:
    compiled = settings.INSTALLATION.store / "compiled"
    with _with_terms(load) as beside_terms:
        found = worklist(beside_terms, on, local, compiled_folder=compiled)
    watching = watch_lists(Store(settings.INSTALLATION.store), load.as_at_on, local)
    before, compared_with = _overdue_before(load, on, local, folder)
    answering = answering_teams(load, on, local, compiled_folder=compiled)
    tables = {
        "lines": _answered_for(_table("lines", _with_news(found.lines(), before)), answering),
        "watched": _answered_for(_table("watched", watching.watched), answering),
        "held": held(load, on, local, compiled_folder=compiled),
        **_as_at(load, local, compiled),
    }
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = Path(mkdtemp(dir=folder.parent, prefix=".writing-"))
    for name, table in tables.items():
        pq.write_table(table, beside / f"{name}.parquet")
    missing = [asdict(one) for one in found.not_available]
    missing += [
        {"item": code, "label": watches()[code].title, "why": why}
        for code, why in watching.not_available.items()
    ]
    supplies = Supplies(load.supply)
    lacks = {name: [need for need in needs if not supplies.has(need)] for name, needs in _NEEDS.items()}
    told = {"not_available": missing, "compared_with": compared_with.isoformat(), "lacks": lacks}
    (beside / "told.json").write_text(json.dumps(told), "utf-8")
    try:
        beside.rename(folder)
    except OSError:  # somebody else was first, with the same answer
        for path in beside.iterdir():
            path.unlink()
        beside.rmdir()


@contextmanager
def _with_terms(load: Load) -> Iterator[Loaded]:
    """The load with the school terms that people entered: by them education plans fall due."""
    call = named_call(SCHOOL_TERMS)
    terms = [] if call is None else list(call())
    with TemporaryDirectory() as folder:
        if terms:
            write_records(Path(folder), "school_terms", terms, authority=load.authority)
        yield RecordedLoad(load, Records.open(Path(folder)))


def _answered_for(rows: pa.Table, answering: Mapping[str, str]) -> pa.Table:
    """The rows, those with neither team nor worker placed in the team that answers for the child."""
    columns = (rows[name].to_pylist() for name in ("child_id", "team", "worker_id"))
    teams = [
        answering.get(child, NOT_KNOWN) if team == worker == NOT_KNOWN else team
        for child, team, worker in zip(*columns, strict=True)
    ]
    return rows.set_column(rows.schema.get_field_index("team"), "team", pa.array(teams, pa.string()))


def _as_at(load: Load, local: Settings, compiled: Path) -> dict[str, pa.Table]:
    """What comes from the state of records, as at the load's own day."""
    on = load.as_at_on
    followed = funnel.funnel(load, add_months(on, -FUNNEL_MONTHS), local, compiled_folder=compiled)
    return {
        "caseloads": _table("caseloads", board.caseloads(load, on, local, compiled_folder=compiled)),
        "contacts": _table("contacts", waiting.contacts_waiting(load, on, local, compiled_folder=compiled)),
        "steps": _table("steps", stepping.steps(load, on, local, compiled_folder=compiled)),
        "funnel": funnel.COLUMNS.empty_table() if followed is None else followed,
    }


def _table(name: str, entries: Iterable[Any]) -> pa.Table:
    rows = [entry if isinstance(entry, dict) else asdict(entry) for entry in entries]
    return pa.Table.from_pylist(rows, schema=_TABLES[name])


def _with_news(lines: Iterable[Line], before: set[Key]) -> Iterator[dict[str, Any]]:
    for line in lines:
        is_new = line.state == State.OVERDUE and (line.item, line.child_id, line.worker_id) not in before
        yield asdict(line) | {"is_new": is_new}


def _overdue_before(load: Load, on: date, local: Settings, folder: Path) -> tuple[set[Key], date]:
    """What was overdue when the list was last read before that day, and which day that was.

    Where no earlier day was kept, the same load is read as on the working day before.
    """
    kept = {date.fromisoformat(path.name): path for path in folder.parent.parent.glob("*/????-??-??")}
    earlier = [day for day in kept if day < on]
    if earlier:
        rows = pq.read_table(kept[max(earlier)] / "lines.parquet", columns=[*_KEY, "state"]).to_pylist()
        overdue = [row for row in rows if row["state"] == State.OVERDUE]
        return {tuple(row[name] for name in _KEY) for row in overdue}, max(earlier)
    day_before = add_working_days(on, -1)
    only = Only(state=State.OVERDUE)
    found = worklist(
        load, day_before, local, only=only, compiled_folder=settings.INSTALLATION.store / "compiled"
    )
    return {(line.item, line.child_id, line.worker_id) for line in found.lines()}, day_before


@lru_cache(maxsize=3)
def _read(load: Load, on: date, folder: Path) -> Day:
    told = json.loads((folder / "told.json").read_text("utf-8"))
    return Day(
        load=load,
        on=on,
        **{name: pq.read_table(folder / f"{name}.parquet") for name in _TABLES},
        lacks={name: tuple(needs) for name, needs in told["lacks"].items() if needs},
        not_available=tuple(told["not_available"]),
        compared_with=date.fromisoformat(told["compared_with"]),
    )
