"""Terms of the council's schools: which one holds a day, and which go before and after it?

In a holiday the current term is the last one ended. No holiday lasts a quarter of a year: after so long
without a term the next were not entered, and nothing is said of the days until the next that was.
"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_after
from goldenthread.populations.population import Population, first_per
from goldenthread.standard import table

LONGEST_HOLIDAY = 92  # days

_terms = table("school_terms").rows


def _in_order() -> ir.Table:
    """Each term with its neighbours; null where the neighbour was not entered."""
    rows = first_per(_terms, "authority", "started_on", order=[ibis.desc(_terms.ended_on), _terms.term])
    rows = rows.select("authority", "started_on", "ended_on")
    window = ibis.window(group_by="authority", order_by=rows.started_on)
    rows = rows.mutate(
        before_started_on=_.started_on.lag().over(window),
        before_ended_on=_.ended_on.lag().over(window),
        after_started_on=_.started_on.lead().over(window),
        after_ended_on=_.ended_on.lead().over(window),
    )
    holiday_over = days_after(rows.ended_on, LONGEST_HOLIDAY + 1)
    follows_on = rows.started_on < days_after(rows.before_ended_on, LONGEST_HOLIDAY + 1)
    nothing = ibis.null("date")
    return rows.select(
        "authority",
        in_force_from=rows.started_on,
        in_force_until=ibis.least(holiday_over, ibis.coalesce(rows.after_started_on, holiday_over)),
        term_before_started_on=follows_on.ifelse(rows.before_started_on, nothing),
        term_after_ended_on=(rows.after_started_on < holiday_over).ifelse(rows.after_ended_on, nothing),
    )


terms_in_order = Population(
    name="terms_in_order",
    about="Terms of school, each with the days on which it is the current one and its neighbours.",
    rows=_in_order(),
)


def with_term(rows: ir.Table, day: str, **columns: str) -> ir.Table:
    """Add columns of the term that is current on each row's day; null where none was entered for it."""
    wanted = terms_in_order.table.select(
        "authority", "in_force_from", "in_force_until", **{new: _[old] for new, old in columns.items()}
    )
    matches = [
        rows.authority == wanted.authority,
        wanted.in_force_from <= rows[day],
        rows[day] < wanted.in_force_until,
    ]
    return rows.left_join(wanted, matches).select(*rows.columns, *columns)
