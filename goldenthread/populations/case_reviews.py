"""The review of every case of a service: which children of the frozen cohort have been looked at again?"""

import ibis.expr.types as ir
from ibis import _

from goldenthread.periods import PERIOD
from goldenthread.populations.periods_of import with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.standard import table

_cohorts = table("case_review_cohorts").rows
_audits = table("audits").rows


def _with_first_review(rows: ir.Table) -> ir.Table:
    """Add the day of the child's first review in the exercise on or after the cohort was fixed."""
    reviews = _audits.filter(_audits.kind == "case_review").select(
        "authority", "exercise", "child_id", reviewed_on=_.completed_on
    )
    joined = rows.inner_join(reviews, ["authority", "exercise", "child_id"])
    since = joined.filter(joined.reviewed_on >= joined.frozen_on)
    first = since.group_by("authority", "exercise", "child_id").aggregate(reviewed_on=_.reviewed_on.min())
    return rows.left_join(first, ["authority", "exercise", "child_id"]).select(*rows.columns, "reviewed_on")


def _cohort() -> ir.Table:
    rows = with_period(_cohorts, _cohorts.frozen_on <= PERIOD.ends_on)
    rows = _with_first_review(rows.select(*[c for c in rows.columns if not c.startswith("from_")]))
    return placed(rows.mutate(key=_.exercise), on="ends_on", role="social_worker", prefer="allocation")


case_review_cohort = Population(
    name="case_review_cohort",
    about="Children in the frozen cohort of an exercise, with their first review in it.",
    rows=_cohort(),
)
