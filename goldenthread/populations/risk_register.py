"""The risk register: which risks were open at the end of a period, and when were they last looked at?"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_between, open_until
from goldenthread.periods import PERIOD
from goldenthread.populations.early_help import not_placed
from goldenthread.populations.periods_of import with_period
from goldenthread.populations.population import Population, first_per
from goldenthread.standard import table

_risks = table("risks").rows
_reviews = table("risk_reviews").rows
_OF_A_RISK = ("period", "authority", "risk_id")


def _latest_reviews() -> ir.Table:
    """The latest review of each risk by the end of each period, with the score from then on."""
    rows = with_period(_reviews, _reviews.reviewed_on <= PERIOD.ends_on)
    rows = first_per(rows, *_OF_A_RISK, order=[ibis.desc(rows.reviewed_on)])
    return rows.select(*_OF_A_RISK, seen_on="reviewed_on", was_likely="likelihood", was_grave="impact")


def _open() -> ir.Table:
    is_open = (_risks.opened_on <= PERIOD.ends_on) & (open_until(_risks.closed_on) > PERIOD.ends_on)
    rows = with_period(_risks, is_open)
    reviews = _latest_reviews()
    rows = rows.left_join(reviews, list(_OF_A_RISK)).select(
        *rows.columns, "seen_on", "was_likely", "was_grave"
    )
    # A review after that day was not known on it.
    reviewed_on = (rows.reviewed_on <= rows.ends_on).ifelse(rows.reviewed_on, ibis.null("date"))
    reviewed_on = ibis.greatest(
        ibis.coalesce(rows.seen_on, reviewed_on), ibis.coalesce(reviewed_on, rows.seen_on)
    )
    rows = rows.mutate(
        looked_at_on=ibis.coalesce(reviewed_on, rows.opened_on),
        likelihood=ibis.coalesce(rows.was_likely, rows.likelihood),
        impact=ibis.coalesce(rows.was_grave, rows.impact),
    )
    rows = rows.mutate(
        child_id=ibis.null("string"),
        key=_.risk_id,
        score=_.likelihood * _.impact,
        days=days_between(_.looked_at_on, _.ends_on),
    )
    return not_placed(rows)


risks_open = Population(
    name="risks_open",
    about="Risks open at the end of the period, with their score and the day they were last looked at.",
    rows=_open(),
)
