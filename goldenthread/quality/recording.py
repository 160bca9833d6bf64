"""Recording: was an event written down before it happened, more than a year after, or with many others?"""

import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_between
from goldenthread.populations.recording import EVENTS
from goldenthread.quality.rule import Rule
from goldenthread.settings import AS_AT_ON
from goldenthread.standard import table

_WHAT = {
    "visits": "Visit",
    "plan_meetings": "Plan meeting",
    "management_oversights": "Management oversight",
    "conferences": "Conference",
    "strategy_discussions": "Strategy discussion",
    "missing_episodes": "Missing episode",
}


def _rules(name: str, event: str) -> tuple[Rule, Rule]:
    rows: ir.Table = table(name).rows
    happened_on, recorded_on = rows[event].cast("date"), rows.recorded_at.cast("date")
    slug = _WHAT[name].lower().replace(" ", "-")
    shows, needs = (event, "recorded_at"), (f"{name}.recorded_at", f"{name}.{event}")
    return (
        Rule(
            code=f"{slug}-recorded-before-it-happened",
            title=f"{_WHAT[name]} was entered in the case system before it happened",
            advice=(
                "Correct the date of the event: it was planned for that day, or has the wrong month or year."
            ),
            source="Indicator DQ-04",
            table=name,
            rows=rows,
            fails=recorded_on < happened_on,
            shows=shows,
            needs=needs,
        ),
        Rule(
            code=f"{slug}-recorded-a-year-late",
            title=f"{_WHAT[name]} was entered in the case system more than a year after it happened",
            advice="Check the year of the event.",
            severity="info",
            table=name,
            rows=rows,
            fails=days_between(happened_on, recorded_on) > 365,
            shows=shows,
            needs=needs,
        ),
    )


# What makes entries of the last day many (security notes, test 83): so many at least, and this share of all
# oversights of so many days. What is entered within some days of the oversight is not meant.
AT_LEAST, ONE_IN, OF_DAYS, HELD_BEFORE = 10, 4, 31, 3


def _entered_together() -> ir.Table:
    """Oversights, each with how many were entered on the last day of the load, and how many are recent."""
    rows = table("management_oversights").rows
    since = days_between(rows.overseen_on, AS_AT_ON)
    rows = rows.mutate(
        is_late=((rows.recorded_at.cast("date") == AS_AT_ON) & (since >= HELD_BEFORE)).fill_null(False),
        is_recent=since.between(0, OF_DAYS - 1).fill_null(False),
    )
    of_authority = rows.group_by("authority").aggregate(
        entered=_.is_late.cast("int64").sum(), recent=_.is_recent.cast("int64").sum()
    )
    return rows.left_join(of_authority, "authority").select(*rows.columns, "entered", "recent")


def _together() -> Rule:
    rows = _entered_together()
    return Rule(
        code="management-oversight-entered-with-many-others",
        title="Management oversight was entered days later, on the last day, with many others",
        advice=(
            "Look at what was written: each entry says what was decided for this child. Ask the manager why "
            "they were entered together, and read the figures of these days with that in mind."
        ),
        source="Notes on security, test 83",
        table="management_oversights",
        rows=rows,
        fails=rows.is_late & (rows.entered >= AT_LEAST) & (rows.entered * ONE_IN >= rows.recent),
        shows=("overseen_on", "recorded_at"),
        needs=("management_oversights.recorded_at", "management_oversights.overseen_on"),
    )


RULES = (*(rule for name, (event, _key) in EVENTS.items() for rule in _rules(name, event)), _together())
