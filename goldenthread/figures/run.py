"""One working-out: a load, some periods and the settings, bound to an engine.

Populations are worked out once, each when it is first needed, for all periods at once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import ibis.expr.types as ir
import pyarrow as pa

from goldenthread.calendar import CALENDAR, calendar_table, require_year
from goldenthread.engines import DuckDB, Engine
from goldenthread.figures.availability import Supplies, TableSupply
from goldenthread.figures.compiled import Compiled
from goldenthread.figures.names import Asked, File, Names, StepByStep
from goldenthread.figures.steps import Readers, Step, in_turn
from goldenthread.periods import PERIOD, PERIOD_DAY, Period
from goldenthread.settings import Settings


class Loaded(Protocol):
    """The load that figures are worked out from."""

    @property
    def as_at_on(self) -> date:
        """The day to whose end everything recorded is in it."""
        ...

    @property
    def authority(self) -> str:
        """Code of the council whose data it is."""
        ...

    @property
    def supply(self) -> Mapping[str, TableSupply]:
        """What was supplied, by table."""
        ...

    def table_path(self, name: str) -> Path | None:
        """The Parquet file of a table; None where it has none."""
        ...


MANDATORY_COURSES = pa.schema(
    [("course", pa.string()), ("roles", pa.string()), ("validity_months", pa.int64())]
)


_ASKED = "asked:"  # begins the names of steps that bring rows here


@dataclass
class Run:
    """Tables, calendar and periods bound to names in an engine, with every scalar's value."""

    load: Loaded
    periods: Sequence[Period]
    settings: Settings
    engine: Engine = field(default_factory=DuckDB)
    compiled_folder: Path | None = None
    _bound: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Bind what every definition may read."""
        require_year(self.load.as_at_on)
        for period in self.periods:
            require_year(period.starts_on)
            require_year(period.ends_on)
        self.supplies = Supplies(self.load.supply)
        compiled = Compiled(self.engine.dialect, self.compiled_folder)
        self.names = Names(compiled, self._value, self.engine.sql)
        extra = [date.fromisoformat(str(day)) for day in self.settings.value("extra_non_working_days")]
        calendar = calendar_table(extra)
        self.engine.bind_rows(CALENDAR.get_name(), calendar)
        rows = _period_rows(self.periods, self.load.as_at_on, calendar)
        self.engine.bind_rows(PERIOD.get_name(), rows)
        self.engine.bind_rows(PERIOD_DAY.get_name(), _period_day_rows(self.periods, rows))
        self.engine.bind_rows("mandatory_courses", _courses(self.settings.value("mandatory_courses")))

    def _value(self, name: str) -> Any:
        if name == "as_at_on":
            return self.load.as_at_on
        if name == "as_at_ends_at":
            return _end_of(self.load.as_at_on)
        if name == "authority":
            return self.load.authority
        kind, _, what = name.partition(":")
        if kind == "supplied":
            return self.supplies.has(what)
        if kind == "file_starts_on":
            supply = self.supplies.tables.get(what)
            return supply and supply.starts_on or date.min
        if kind == "complete_since":
            return self.supplies.complete_since(what)
        return self.settings.bound(name)

    def read(self, expression: ir.Table | Callable[[], ir.Table], key: str | None = None) -> pa.Table:
        """Work out an expression over populations and bring its rows here.

        With a key that names the expression (the same key, the same expression in this version of
        the code) it is built and compiled only if that was not done before.
        """
        (found,) = self.read_all([(expression, key)])
        return found

    def foresee(self, asked: Sequence[Asked]) -> None:
        """Say all that will be read: what it rests on will have only the columns that are needed for it.

        That is less to work out, but it is compiled for these columns first.
        """
        self.names.foresee(asked)

    def read_all(self, asked: Sequence[Asked], *, is_last: bool = False) -> list[pa.Table]:
        """The same for several expressions, as many statements at a time as the engine can.

        Where nothing will be read after them, what they read is let go of after its last reader.
        """
        statements = [self.names.statement(one) for one in asked]
        steps = self._before(name for statement in statements for name in statement.reads)
        for number, statement in enumerate(statements):
            read = partial(self.engine.read, statement.sql)
            steps.append(Step(f"{_ASKED}{number}", tuple(statement.reads), read))
        found = self._work(steps, is_last)
        return [found[f"{_ASKED}{number}"] for number in range(len(asked))]

    def _work(self, steps: Sequence[Step], is_last: bool = False) -> dict[str, pa.Table]:
        """Do what is planned; the rows that were asked for, by step."""
        found, readers = {}, Readers(steps)
        for step, result in in_turn(steps, self.engine.at_once):
            if step.name.startswith(_ASKED):
                found[step.name] = result
            else:
                self._bound.add(step.name)
            for name in readers.done(step) if is_last else ():
                self.engine.forget(name)
                self._bound.discard(name)
        return found

    def _before(self, names: Iterable[str]) -> list[Step]:
        """The steps that make these tables and what they rest on, unless they are there."""
        return [self._step(name) for name in self.names.in_order(names, self._bound)]

    def _step(self, name: str) -> Step:
        found = self.names.stands_for(name)
        if isinstance(found, File):
            return Step(name, (), partial(self._bind_file, name, found))
        if isinstance(found, StepByStep):
            return Step(name, tuple(found.reads), partial(self._work_out, found))
        make = self.engine.view if found.is_view else self.engine.keep
        return Step(name, tuple(found.made.reads), partial(make, name, found.made.sql), found.is_view)

    def _work_out(self, rule: StepByStep) -> None:
        rows = {label: self.engine.read(read.sql) for label, read in rule.inputs.items()}
        self.engine.bind_rows(rule.population.name, rule.population.work(rows))

    def hand_in(self, name: str, rows: pa.Table) -> None:
        """Let rows that lie in no file stand for a table of the load, for example `loaded_visits`."""
        self.engine.bind_rows(name, rows)
        self._bound.add(name)

    def _bind_file(self, name: str, file: File) -> None:
        """Let a name stand for a table as it lies in the load; an empty one where it was not supplied."""
        path = self.load.table_path(file.of)
        if path is None:
            self.engine.bind_rows(name, file.schema.empty_table())
        else:
            self.engine.bind_parquet(name, [path])


def _end_of(day: date) -> datetime:
    """The instant at which a day ends in London, in UTC."""
    midnight = datetime.combine(day + timedelta(1), time(), ZoneInfo("Europe/London"))
    return midnight.astimezone(UTC).replace(tzinfo=None)


def _courses(courses: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(courses, schema=MANDATORY_COURSES)


def _period_day_rows(periods: Sequence[Period], rows: pa.Table) -> pa.Table:
    """The rows of PERIOD_DAY: those of PERIOD, once for each of its days."""
    days = [
        (number, period.starts_on + timedelta(n))
        for number, period in enumerate(periods)
        for n in range(period.days)
    ]
    of_days = rows.take(pa.array([number for number, _ in days], pa.int64()))
    return of_days.add_column(0, "day", pa.array([day for _, day in days], pa.date32()))


def _period_rows(periods: Sequence[Period], as_at_on: date, calendar: pa.Table) -> pa.Table:
    """The rows of PERIOD, with the running numbers of working days its columns stand for."""
    running, first = calendar["working_day"], calendar["day"][0].as_py()  # every day from the first on

    def number(day: date) -> int:
        return running[(day - first).days].as_py()

    return pa.table(
        {
            "period": pa.array(range(len(periods)), pa.int64()),
            "starts_on": pa.array([p.starts_on for p in periods], pa.date32()),
            "ends_on": pa.array([p.ends_on for p in periods], pa.date32()),
            "as_at_on": pa.array([as_at_on] * len(periods), pa.date32()),
            "starts_on_working_day": pa.array([number(p.starts_on) for p in periods], pa.int64()),
            "before_starts_on_working_day": pa.array(
                [number(p.starts_on - timedelta(1)) for p in periods], pa.int64()
            ),
            "ends_on_working_day": pa.array([number(p.ends_on) for p in periods], pa.int64()),
            "as_at_on_working_day": pa.array([number(as_at_on)] * len(periods), pa.int64()),
        }
    )
