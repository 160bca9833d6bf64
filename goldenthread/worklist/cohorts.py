"""From which children, or records of children, may a sample be drawn on a day?

Cohorts are data (cohorts.toml). Their rows are those of the populations that figures count, so that how many
there were to choose from and the figure on the scorecard cannot disagree.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa

from goldenthread.figures.availability import Supplies
from goldenthread.figures.breakdowns import broken_down
from goldenthread.figures.run import Loaded, Run
from goldenthread.periods import Period
from goldenthread.settings import Settings
from goldenthread.worklist.cohort_rows import NARROWINGS

COLUMNS = pa.schema(
    [
        *[(name, pa.string()) for name in ("child_id", "key", "team", "worker_id", "service", "age_band")],
        ("day", pa.date32()),
    ]
)


class NotDelivered(Exception):
    """The load cannot tell who is in the cohort; the message says what was not delivered."""


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """Children, or records of children, from whom a sample may be drawn."""

    code: str
    title: str
    about: str  # one sentence
    population: str
    day: str
    needs: tuple[str, ...]
    days: int = 0  # events of so many days; 0: children as they stand
    looks_back: int = 0
    narrowed: str = ""

    @property
    def is_of_events(self) -> bool:
        """Whether its rows are things that happened, of which a child may have several."""
        return self.days > 0


@cache
def cohorts() -> Mapping[str, Cohort]:
    """Every cohort by its code, in the order of the file."""
    data = tomllib.loads((files("goldenthread.worklist") / "cohorts.toml").read_text("utf-8"))
    return {code: _read(code, entry) for code, entry in data.items()}


def _read(code: str, entry: dict[str, object]) -> Cohort:
    about = str(entry["about"]).format(days=entry.get("days", 0))
    needs = entry["needs"]
    return Cohort(code=code, **(entry | {"about": about, "needs": tuple(needs)}))  # type: ignore[arg-type]


def not_delivered(load: Loaded, code: str) -> str:
    """Why the load cannot tell who is in the cohort, as a sentence; blank where it can."""
    supplies = Supplies(load.supply)
    lacking = [need for need in cohorts()[code].needs if not _has(supplies, need)]
    if not lacking:
        return ""
    tables = dict.fromkeys(need.partition("=")[0].partition(".")[0] for need in lacking)
    absent = [name for name in tables if not supplies.has(name)]
    told = [*absent, *(need for need in lacking if need.partition("=")[0].partition(".")[0] not in absent)]
    return f"{cohorts()[code].title} cannot be told: not delivered are {', '.join(told)}."


def _has(supplies: Supplies, need: str) -> bool:
    name, _, kinds = need.partition("=")
    if not kinds:
        return supplies.has(name)
    return any(supplies.has(f"{name}={kind}") for kind in kinds.split("|"))


def cohort(
    load: Loaded, code: str, on: date, settings: Settings, *, compiled_folder: Path | None = None
) -> pa.Table:
    """The rows of a cohort on a day, with the team and worker of each. Raises NotDelivered."""
    if why := not_delivered(load, code):
        raise NotDelivered(why)
    asked = cohorts()[code]
    back = max(asked.days + asked.looks_back - 1, 0)
    run = Run(load, [Period(on - timedelta(back), on, on)], settings, compiled_folder=compiled_folder)
    return run.read(lambda: _rows(asked), key=f"cohort:{code}").cast(COLUMNS)


def _rows(asked: Cohort) -> ir.Table:
    module, _, name = asked.population.partition(".")
    rows = getattr(import_module(f"goldenthread.populations.{module}"), name).table
    if asked.narrowed:
        rows = NARROWINGS[asked.narrowed](rows, asked.days)
    rows = broken_down(rows.filter(rows.child_id.notnull()).mutate(day=rows[asked.day]), ["age_band"])
    found = rows.select(*COLUMNS.names).distinct()
    return found.order_by("child_id", "key")
