"""Recording: was an event written down before it happened, or more than a year after?"""

import ibis.expr.types as ir

from goldenthread.calendar import days_between
from goldenthread.populations.recording import EVENTS
from goldenthread.quality.rule import Rule
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


RULES = tuple(rule for name, (event, _key) in EVENTS.items() for rule in _rules(name, event))
