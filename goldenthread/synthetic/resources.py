"""What does it cost, and who complains? Budget lines month by month, and complaints by stage."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from goldenthread.synthetic import days
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.frequencies import drawn
from goldenthread.synthetic.teams import Staff

Row = tuple[Any, ...]
PREMIUM = 0.78  # what employees would have cost, of what agency staff did
LIMITS = {"1": 10, "2": 25, "3": 30}  # working days


@cache
def _lines() -> list[dict[str, Any]]:
    entry = files("goldenthread.synthetic") / "budget_lines.toml"
    return tomllib.loads(entry.read_text("utf-8"))["lines"]


def budget(area: Area) -> list[Row]:
    """Every line of every month, in the columns of the extract."""
    numbers = range(days.month(area.first), days.month(area.as_at + 1))
    return [_line(area, number, line) for number in numbers for line in _lines()]


def _line(area: Area, number: int, line: dict[str, Any]) -> Row:
    """A line in one month: budget, spend to date, forecast and what employees would have cost."""
    rng = area.rng
    month = date(number // 12, number % 12 + 1, 1)
    elapsed = (month.month - 4) % 12 + 1
    full = int(round(area.arc.budget * area.size / area.arc.children * line["share"], -3))
    forecast = full * line["outturn"] * rng.uniform(0.985, 1.015)
    spent = min(forecast, forecast * elapsed / 12 * rng.uniform(0.98, 1.02))
    instead = round(spent * PREMIUM) if line["category"] == "staffing_agency" else None
    place = (line["id"], f"{month:%Y-%m}", line["service"], line["category"], line.get("theme"))
    return (*place, full, round(spent), round(forecast), instead)


def complain(area: Area, staff: Staff) -> list[tuple[str, str, int, bool, int | None, str | None, str]]:
    """Complaints at each stage, answered in time or not."""
    rng, found = area.rng, []
    teams = [t for t in staff.teams if t.role in ("assessment", "long_term", "care", "leaving_care")]
    for _ in range(round(area.scaled(3.4) * 36)):
        name, team = area.ids.next("CO", 5), rng.choice(teams)
        day = days.working_day_near(rng, rng.randint(area.first, area.as_at))
        for stage in ("1", "2", "3"):
            if day > area.as_at:
                break
            is_complex = stage == "1" and rng.random() < 0.2
            limit = LIMITS[stage] * (2 if is_complex else 1)
            took = rng.randint(2, limit) if rng.random() < 0.68 else rng.randint(limit + 1, limit * 3)
            answered: int | None = days.add_working(day, took)
            outcome: str | None = drawn(rng, "complaint_outcome")
            if answered and answered > area.as_at:
                answered, outcome = None, None
            found.append(
                (name, stage, day, is_complex, answered, outcome, team.name_on(day, staff.restructure))
            )
            if answered is None or outcome == "withdrawn" or rng.random() > 0.12:
                break
            day = days.working_day_near(rng, answered + rng.randint(3, 20))
    return found
