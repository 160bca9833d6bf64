"""Reviews held of children in care in the period, and the children, all of whose reviews they are."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import open_until
from goldenthread.populations.care_reviews import in_care
from goldenthread.populations.children import age_on, is_unborn_on
from goldenthread.populations.enquiries import conferences_held
from goldenthread.populations.population import Population, first_per
from goldenthread.settings import parameter
from goldenthread.standard import table

_care_periods = table("care_periods").rows


def _held_in_care() -> ir.Table:
    """Reviews on a day on which the child was in care, other than in short breaks."""
    reviews = conferences_held.table.filter(conferences_held.kind == "looked_after_review")
    periods = _care_periods.filter(in_care(_care_periods))
    inside = reviews.inner_join(
        periods,
        [
            reviews.authority == periods.authority,
            reviews.child_id == periods.child_id,
            periods.started_on <= reviews.held_on,
            (open_until(periods.ended_on) >= reviews.held_on),
        ],
    ).select("period", reviews.authority, reviews.child_id, reviews.conference_id)
    rows = reviews.inner_join(inside.distinct(), ["period", "authority", "child_id", "conference_id"])
    rows = rows.select(*reviews.columns)
    return rows.mutate(age=age_on(rows, rows.held_on), is_not_yet_born=is_unborn_on(rows, rows.held_on))


def _judged() -> ir.Table:
    rows = _held_in_care()
    took_part = rows.participation.isin([f"PN{number}" for number in range(1, 7)]).fill_null(False)
    is_old_enough = (rows.age >= parameter("participation_min_age")).fill_null(True)
    return rows.mutate(has_taken_part=took_part).filter(~rows.is_not_yet_born & is_old_enough)


def _by_child() -> ir.Table:
    """With lac_review_level=child: each child once, by the review that decides.

    That is one in which the child is known to have had no part, else one that does not say, else one in
    which it had; what is left out decides only if there is nothing else.
    """
    rows = _judged()
    rank = ibis.cases(
        (rows.participation == "PN0", 4),
        (rows.born_on.isnull(), 3),
        (rows.participation.isnull(), 1),
        (rows.has_taken_part, 2),
        else_=0,
    )
    first = first_per(rows, "period", "authority", "child_id", order=[rank, _.held_on, _.key])
    return first.mutate(key=ibis.literal(""))


_by_child_level = parameter("lac_review_level") == "child"

reviews_in_care = Population(
    name="reviews_in_care",
    about="Looked-after reviews held in the period (or the children reviewed, by setting).",
    rows=ibis.union(_judged().filter(~_by_child_level), _by_child().filter(_by_child_level)),
)
