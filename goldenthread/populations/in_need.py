"""Children in need: open episodes, plans with their last review and visit, and episodes that closed."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_between, months_after
from goldenthread.periods import PERIOD
from goldenthread.populations.children import (
    children_in_need,
    flagged,
    looked_after,
    open_episodes,
    with_cin_plan,
    with_cp_plan,
)
from goldenthread.populations.moments import CHILD
from goldenthread.populations.periods_of import as_latest, in_period, with_latest, with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.populations.referrals import countable_referrals
from goldenthread.settings import supplied
from goldenthread.standard import table

_referrals = table("referrals").rows
_visits = table("visits").rows
_assessments = table("assessments").rows
_reviews = table("plan_meetings").rows.filter(_.kind == "cin_review")
_meetings = table("plan_meetings").rows.filter(_.kind.isin(["cin_meeting", "cin_review"]))

episodes_open = Population(
    name="episodes_open",
    about="Children with an open episode of need, each once.",
    rows=placed(
        open_episodes.table.mutate(key=ibis.literal(""), days=days_between(_.received_on, _.ends_on)),
        on="ends_on",
        role="social_worker",
        prefer="allocation",
    ),
)


def _days_seen() -> ir.Table:
    """The days on which a child was seen, at a visit of a kind that counts for a child in need."""
    kinds = ["cin", "cp", "assessment", "looked_after", "other"]
    seen = ~supplied("visits.is_seen") | _visits.is_seen.fill_null(False)
    visits = _visits.filter(_visits.kind.isin(kinds) & seen)
    return visits.select("authority", "child_id", visited_on=visits.visited_at.cast("date")).distinct()


def _plans() -> ir.Table:
    """Open plans of children neither looked after nor on a child protection plan."""
    rows = flagged(with_cin_plan.table, "is_looked_after", looked_after)
    rows = flagged(rows, "is_protected", with_cp_plan)
    rows = rows.filter(~rows.is_looked_after & ~rows.is_protected).drop("is_looked_after", "is_protected")
    rows = with_latest(rows, as_latest(_reviews, "held_on"), "held_on", "ends_on", last_review_on="held_on")
    rows = with_latest(
        rows, as_latest(_days_seen(), "visited_on"), "visited_on", "ends_on", last_visit_on="visited_on"
    )
    # A review before the plan began was of an earlier plan; a visit before it still counts.
    is_of_plan = rows.last_review_on >= rows.started_on
    return rows.mutate(
        key=ibis.literal(""), last_review_on=is_of_plan.ifelse(rows.last_review_on, ibis.null("date"))
    )


cin_plans_open = Population(
    name="cin_plans_open",
    about="Children with a child in need plan who are neither looked after nor on a protection plan.",
    rows=placed(_plans(), on="ends_on", role="social_worker", prefer="allocation"),
)


def _with_meetings() -> ir.Table:
    """The same plans with the last meeting or review held under each."""
    rows = cin_plans_open.table
    rows = with_latest(rows, as_latest(_meetings, "held_on"), "held_on", "ends_on", last_meeting_on="held_on")
    is_of_plan = rows.last_meeting_on >= rows.started_on
    return rows.mutate(last_meeting_on=is_of_plan.ifelse(rows.last_meeting_on, ibis.null("date")))


cin_plans_met = Population(
    name="cin_plans_met",
    about="Children in need with a plan, and the last meeting or review held under it.",
    rows=_with_meetings(),
)


def _unplanned() -> ir.Table:
    """Children past assessment without a plan, and the first assessment that found services are needed."""
    rows = children_in_need.table
    rows = rows.filter(rows.is_past_assessment & rows.cin_started_on.isnull())
    found = rows.inner_join(
        _assessments.filter(_assessments.is_services_required),
        [
            rows.authority == _assessments.authority,
            rows.child_id == _assessments.child_id,
            _assessments.started_on.between(rows.open_date, rows.ends_on),
            _assessments.authorised_on <= rows.ends_on,
        ],
    ).select(*[rows[c] for c in CHILD], authorised_on=_assessments.authorised_on)
    first = found.group_by(*CHILD).aggregate(assessed_on=_.authorised_on.min())
    return rows.left_join(first, list(CHILD)).select(*rows.columns, "assessed_on")


children_without_plan = Population(
    name="children_without_plan",
    about="Children in need past assessment who have no plan, with the day it found services are needed.",
    rows=_unplanned(),
)

episodes_closed = Population(
    name="episodes_closed",
    about="Episodes of need that closed in the period.",
    rows=placed(
        in_period(_referrals.filter(~_referrals.is_nfa.fill_null(False)), "closed_on").mutate(
            key=_.referral_id, days=days_between(_.received_on, _.closed_on)
        ),
        on="on",
        role="social_worker",
    ),
)


def _with_next_referral(rows: ir.Table) -> ir.Table:
    """Add the child's first countable referral after the episode closed."""
    closed = rows.select("authority", "child_id", "closed_on").distinct()
    referrals = countable_referrals.table.select("authority", "child_id", next_on=_.received_on)
    later = closed.inner_join(
        referrals,
        [
            closed.authority == referrals.authority,
            closed.child_id == referrals.child_id,
            referrals.next_on > closed.closed_on,
        ],
    ).select(*closed.columns, "next_on")
    first = later.group_by(*closed.columns).aggregate(next_referral_on=_.next_on.min())
    return rows.left_join(first, closed.columns).select(*rows.columns, "next_referral_on")


def _closed_a_year_before() -> ir.Table:
    """Placed, and with the next referral, before it is said in which periods each counts: it is in many."""
    rows = _with_next_referral(_referrals.filter(_referrals.closed_on.notnull()))
    rows = placed(rows.mutate(key=_.referral_id, on=_.closed_on), on="on", role="social_worker")
    return with_period(
        rows,
        (rows.closed_on > months_after(PERIOD.ends_on, -24))
        & (rows.closed_on <= months_after(PERIOD.ends_on, -12))
        & (rows.received_on <= PERIOD.ends_on),
    )


episodes_closed_before = Population(
    name="episodes_closed_before",
    about="Episodes that closed in the year before the last twelve months, with the referral that followed.",
    rows=_closed_a_year_before(),
)
