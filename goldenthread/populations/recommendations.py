"""Recommendations of the inspection in force: which were closed, and verified, by the end of a period?"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.periods import PERIOD
from goldenthread.populations.early_help import not_placed
from goldenthread.populations.periods_of import with_period
from goldenthread.populations.population import Population
from goldenthread.standard import table

_recommendations = table("recommendations").rows


def _at_the_end() -> ir.Table:
    is_published = _recommendations.published_on <= PERIOD.ends_on
    rows = with_period(_recommendations, is_published | _recommendations.published_on.isnull())
    latest_on = rows.published_on.max().over(ibis.window(group_by=["period", "authority"]))
    rows = rows.mutate(latest_on=latest_on)  # Spark knows no window in a condition
    rows = rows.filter(rows.published_on.isnull() | (rows.published_on == rows.latest_on)).drop("latest_on")
    is_closed, is_verified = (
        (rows[day] <= rows.ends_on).fill_null(False) for day in ("closed_on", "verified_on")
    )
    return not_placed(
        rows.mutate(
            child_id=ibis.null("string"),
            key=_.recommendation_id,
            is_closed=is_closed,
            is_verified=is_verified,
        )
    )


recommendations_in_force = Population(
    name="recommendations_in_force",
    about="Recommendations of the inspection in force, as they stood at the end of the period.",
    rows=_at_the_end(),
)
