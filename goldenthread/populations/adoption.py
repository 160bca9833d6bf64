"""Adoption: how long did children adopted in the last three years wait? (Annex A list 10)"""

import ibis
import ibis.expr.types as ir

from goldenthread.calendar import age, days_between, months_after
from goldenthread.periods import PERIOD
from goldenthread.populations.early_help import not_placed
from goldenthread.populations.periods_of import with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.standard import table

_adoptions = table("annex_a_list_10").rows


def _adopted() -> ir.Table:
    ordered_on = _adoptions.adoption_order_date
    rows = with_period(
        _adoptions, (ordered_on > months_after(PERIOD.ends_on, -36)) & (ordered_on <= PERIOD.ends_on)
    )
    with_carers_on = ibis.least(rows.placed_for_adoption_date, rows.fostering_for_adoption_date)
    return not_placed(
        rows.mutate(
            key=ibis.literal(""),
            days_to_placement=days_between(rows.entered_care_date, rows.placed_for_adoption_date),
            days_to_carers=days_between(rows.entered_care_date, with_carers_on),
            days_to_match=days_between(rows.placement_order_date, rows.matching_date),
        )
    )


children_adopted = Population(
    name="children_adopted",
    about="Children adopted in the three years to the end of the period.",
    rows=_adopted(),
)

_outcomes = table("ssda903_oc2").rows


def _outcome_cohort() -> ir.Table:
    """Children looked after for a year at the 31 March of the return, with what it says of them."""
    rows = with_period(_outcomes, PERIOD.ends_on == PERIOD.as_at_on)
    rows = rows.mutate(age=age(rows.born_on, rows.ends_on), key=ibis.literal(""))
    return placed(rows, on="ends_on", role="social_worker", prefer="allocation")


outcome_cohort = Population(
    name="outcome_cohort",
    about="The outcome cohort of the SSDA903 return at its 31 March.",
    rows=_outcome_cohort(),
)
