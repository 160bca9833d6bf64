"""Results of headline indicators: at target, better than before, and for how long?"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.periods import PERIOD
from goldenthread.populations.early_help import not_placed
from goldenthread.populations.periods_of import with_period
from goldenthread.populations.population import Population
from goldenthread.standard import table

_results = table("indicator_results").rows


def _reaches_target(rows: ir.Table) -> ir.BooleanValue:
    """Whether the value reaches its target in the direction of polarity; false where either is missing."""
    reached = ibis.cases(
        (rows.polarity == "high", rows.value >= rows.target),
        (rows.polarity == "low", rows.value <= rows.target),
        else_=rows.value == rows.target,
    )
    return reached.fill_null(False)


def _with_earlier() -> ir.Table:
    """Each result beside those of the indicator's two periods before it."""
    rows = _results.mutate(is_at_target=_reaches_target(_results))
    window = ibis.window(group_by=["authority", "indicator_id"], order_by=rows.period_end)
    return rows.mutate(
        previous_value=rows.value.lag().over(window),
        was_at_target=rows.is_at_target.lag().over(window).fill_null(False),
        was_before_that=rows.is_at_target.lag(2).over(window).fill_null(False),
    )


def _at_the_end() -> ir.Table:
    rows = _with_earlier()
    rows = with_period(rows.filter(rows.is_headline), rows.period_end == PERIOD.ends_on)
    key = rows.indicator_id + "|" + rows.period_end.strftime("%Y-%m-%d")
    gain = rows.value - rows.previous_value
    gain = ibis.cases((rows.polarity == "high", gain), (rows.polarity == "low", -gain))
    return not_placed(
        rows.mutate(
            child_id=ibis.null("string"),
            key=key,
            gain=gain,
            is_sustained=_.is_at_target & _.was_at_target & _.was_before_that,
        )
    )


headline_results = Population(
    name="headline_results",
    about="Results of headline indicators for periods that end with the period, beside the two before them.",
    rows=_at_the_end(),
)
