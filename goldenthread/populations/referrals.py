"""Referrals: which of them count (specs `indicators`, FD-06), and what was there before each?"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import with_working_day
from goldenthread.periods import PERIOD
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population, first_per
from goldenthread.settings import supplied
from goldenthread.standard import table

_referrals = table("referrals").rows

# For indicators that read countable referrals: without these columns no referral is left out because
# an episode was already open, and the figure is partial.
WITHOUT_CLOSURES = {
    f"referrals.{column}": (
        f"referrals.csv has no {column}, so referrals of children with an episode already open are counted too"
    )
    for column in ("closed_on", "is_nfa")
}

_says_when_closed = supplied("referrals.closed_on") & supplied("referrals.is_nfa")


def _one_a_day() -> ir.Table:
    """Of a child's referrals of one day one counts: one not closed with no further action if there is one."""
    is_nfa = _referrals.is_nfa.fill_null(False)
    return first_per(
        _referrals.mutate(is_no_action=is_nfa.cast("int8")),
        "authority",
        "child_id",
        "received_on",
        order=[_.is_no_action, ibis.desc(_.referral_id)],
    ).drop("is_no_action")


def _open_before() -> ir.Table:
    """Until when an episode of the child that began on an earlier day was open, for each day of a referral."""
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
    rows = _one_a_day()
    joined = rows.left_join(_open_before(), ["authority", "child_id", "received_on"])
    joined = joined.select(*rows.columns, "open_before")
    was_open = (joined.open_before > joined.received_on).fill_null(False)
    return joined.mutate(is_already_open=_says_when_closed & was_open).drop("open_before")


referral_days = Population(
    name="referral_days",
    about="One referral per child and day; is_already_open where an episode of the child was open that day.",
    rows=_with_openness(),
)

_of_child = ibis.window(group_by=["authority", "child_id"], order_by="received_on")
_countable = referral_days.table.filter(~referral_days.is_already_open).drop("is_already_open")

countable_referrals = Population(
    name="countable_referrals",
    about="Every countable referral known at the as-at date, with the day of the child's one before.",
    rows=_countable.mutate(previous_on=_countable.received_on.lag().over(_of_child)),
)


def _received() -> ir.Table:
    days = referral_days.table
    previous = countable_referrals.table.select("authority", "child_id", "received_on", "previous_on")
    rows = days.left_join(previous, ["authority", "child_id", "received_on"])
    rows = rows.select(*days.columns, "previous_on").mutate(key=_.referral_id, on=_.received_on)
    rows = rows.join(PERIOD, rows.received_on.between(PERIOD.starts_on, PERIOD.ends_on)).select(
        PERIOD.period, PERIOD.as_at_on, PERIOD.as_at_on_working_day, *[rows[c] for c in rows.columns]
    )
    return placed(with_working_day(rows, "received_on", "decided_on"), on="on", role="social_worker")


referrals_received = Population(
    name="referrals_received",
    about="Referrals received in the period, one per child and day; countable unless is_already_open.",
    rows=_received(),
)
