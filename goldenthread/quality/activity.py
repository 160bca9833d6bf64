"""When was something last done for a child?"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.populations.population import Population
from goldenthread.standard import table

_EVENTS = (
    ("contacts", "received_at"),
    ("referrals", "received_on"),
    ("referrals", "decided_on"),
    ("assessments", "started_on"),
    ("assessments", "authorised_on"),
    ("strategy_discussions", "held_on"),
    ("conferences", "held_on"),
    ("plan_meetings", "held_on"),
    ("management_oversights", "overseen_on"),
    ("visits", "visited_at"),
    ("cin_plans", "started_on"),
    ("cp_plans", "started_on"),
    ("care_periods", "started_on"),
    ("placements", "started_on"),
    ("health_checks", "done_on"),
    ("peps", "held_on"),
    ("pathway_plans", "done_on"),
    ("missing_episodes", "started_at"),
)


def _latest(name: str, column: str) -> ir.Table:
    rows = table(name).rows
    return rows.group_by("authority", "child_id").aggregate(happened_on=rows[column].cast("date").max())


last_activity = Population(
    name="last_activity",
    about="The last day on which anything was done or recorded for each child.",
    rows=ibis.union(*[_latest(name, column) for name, column in _EVENTS])
    .group_by("authority", "child_id")
    .aggregate(happened_on=_.happened_on.max()),
)
