"""Referrals: which of them count (specs `indicators`, FD-06), and what was there before each?"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import with_working_day
from goldenthread.populations.periods_of import in_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.settings import supplied
from goldenthread.standard import table

_all = table("referrals").rows
_from_annex_a = (_all.from_source == "annex_a").fill_null(False)
# An episode of need that only list 6 of Annex A names is no referral received.
_referrals = _all.filter(~(_from_annex_a & (_all.from_sheet == "list_6").fill_null(False)))

# For indicators that read countable referrals: without these columns no referral is left out because
# an episode was already open, and the figure is partial.
WITHOUT_CLOSURES = {
    f"referrals.{column}": (
        f"referrals.csv has no {column}, so referrals during an open episode are counted too"
    )
    for column in ("closed_on", "is_nfa")
}

_says_when_closed = supplied("referrals.closed_on") & supplied("referrals.is_nfa")


def _with_repeats() -> ir.Table:
    """Of a child's referrals of one day one counts: one with further action if any, then the highest id."""
    of_day = ibis.window(
        group_by=["authority", "child_id", "received_on"],
        order_by=[_referrals.is_nfa.fill_null(False).cast("int8"), ibis.desc(_referrals.referral_id)],
    )
    return _referrals.mutate(is_same_day_repeat=ibis.row_number().over(of_day) > 0)


def _open_before() -> ir.Table:
    """For each day of a referral: until when an episode that began on an earlier day was open."""
    is_episode = ~_referrals.is_nfa.fill_null(False)
    until = ibis.coalesce(_referrals.closed_on, ibis.date("9999-12-31"))
    days = _referrals.group_by("authority", "child_id", "received_on").aggregate(
        open_until=until.max(where=is_episode)
    )
    before = ibis.window(
        group_by=["authority", "child_id"], order_by="received_on", preceding=(None, 1), following=None
    )
    return days.mutate(open_before=days.open_until.max().over(before)).drop("open_until")


def _with_openness() -> ir.Table:
    rows = _with_repeats()
    joined = rows.left_join(_open_before(), ["authority", "child_id", "received_on"])
    joined = joined.select(*rows.columns, "open_before")
    was_open = (joined.open_before > joined.received_on).fill_null(False)
    # List 3 of Annex A has no closures: none of its referrals is left out as already open.
    is_judged = _says_when_closed & (joined.from_source != "annex_a").fill_null(True)
    joined = joined.mutate(is_already_open=is_judged & was_open).drop("open_before")
    return joined.mutate(is_countable=~joined.is_already_open & ~joined.is_same_day_repeat)


referral_standing = Population(
    name="referral_standing",
    about="Every referral, and whether it counts: not twice on one day, nor while an episode was open.",
    rows=_with_openness(),
)

_of_child = ibis.window(group_by=["authority", "child_id"], order_by="received_on")
_countable = referral_standing.table.filter(referral_standing.is_countable).drop(
    "is_countable", "is_already_open", "is_same_day_repeat"
)

countable_referrals = Population(
    name="countable_referrals",
    about="Every countable referral known at the as-at date, with the day of the child's one before.",
    rows=_countable.mutate(previous_on=_countable.received_on.lag().over(_of_child)),
)


def _received() -> ir.Table:
    standing = referral_standing.table
    previous = countable_referrals.table.select("authority", "child_id", "referral_id", "previous_on")
    rows = standing.left_join(previous, ["authority", "child_id", "referral_id"])
    rows = rows.select(*standing.columns, "previous_on").mutate(key=_.referral_id)
    rows = in_period(rows, "received_on")
    return placed(with_working_day(rows, "received_on", "decided_on"), on="on", role="social_worker")


referrals_received = Population(
    name="referrals_received",
    about="Referrals received in the period; those that count are is_countable.",
    rows=_received(),
)

_cin_plans, _cp_plans, _care_periods = (
    table(name).rows for name in ("cin_plans", "cp_plans", "care_periods")
)
_assessments = table("assessments").rows
_strategy = table("strategy_discussions").rows


def _services() -> ir.Table:
    """Every day on which an assessment, a section 47 enquiry, a plan or a period of care began."""
    begun = [
        rows.mutate(begun_on=rows.started_on) for rows in (_assessments, _cin_plans, _cp_plans, _care_periods)
    ]
    begun.append(_strategy.filter(_strategy.is_s47_initiated).mutate(begun_on=_.held_on))
    return ibis.union(*[rows.select("authority", "child_id", "begun_on") for rows in begun], distinct=True)


def _with_first(events: ir.Table, name: str) -> ir.Table:
    """Referrals received, with the first of the child's events (`begun_on`) on or after each."""
    rows = referrals_received.table
    wanted = rows.select("authority", "child_id", "received_on").distinct()
    since = wanted.inner_join(
        events,
        [
            wanted.authority == events.authority,
            wanted.child_id == events.child_id,
            events.begun_on >= wanted.received_on,
        ],
    ).select(*wanted.columns, events.begun_on)
    first = since.group_by(*wanted.columns).aggregate(**{name: since.begun_on.min()})
    joined = rows.left_join(first, wanted.columns).select(*rows.columns, name)
    return with_working_day(joined, name)


referrals_with_service = Population(
    name="referrals_with_service",
    about="Referrals received in the period, with the first assessment, enquiry, plan or care that followed.",
    rows=_with_first(_services(), "served_on"),
)

_allocations = table("allocations").rows
_to_worker = (_allocations.role == "social_worker") & _allocations.worker_id.notnull()

referrals_allocated = Population(
    name="referrals_allocated",
    about="Referrals received in the period, with the first social worker who was given the child.",
    rows=_with_first(_allocations.filter(_to_worker).mutate(begun_on=_.started_on), "allocated_on"),
)
