"""When did a child die, as far as any record says so?"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.populations.population import Population
from goldenthread.standard import table


def _said() -> ir.Table:
    """Every record that says a child has died, with the day it gives."""
    referrals, care = table("referrals").rows, table("care_periods").rows
    statuses = table("care_leaver_statuses").rows
    parts = (
        referrals.filter(_.close_reason == "RC2").select("authority", "child_id", died_on=_.closed_on),
        care.filter(_.end_reason == "E2").select("authority", "child_id", died_on=_.ended_on),
        statuses.filter(_.in_touch == "DIED").select("authority", "child_id", died_on=_.recorded_on),
    )
    return ibis.union(*parts)


deaths = Population(
    name="deaths",
    about="Children who have died, with the latest day that a record gives.",
    rows=_said()
    .filter(_.died_on.notnull())
    .group_by("authority", "child_id")
    .aggregate(died_on=_.died_on.max()),
)
