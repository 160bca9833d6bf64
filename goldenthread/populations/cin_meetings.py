"""Child in need meetings: when is each one due, and when was the next one held?"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_after, days_between, open_until, with_nth_working_day, with_working_day
from goldenthread.populations.children import looked_after_at, with_cp_plan_at
from goldenthread.populations.moments import own_days
from goldenthread.populations.periods_of import in_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.settings import parameter
from goldenthread.standard import table

_plans = table("cin_plans").rows
_meetings = table("plan_meetings").rows.filter(_.kind.isin(["cin_meeting", "cin_review"]))

_PLAN = ("authority", "child_id", "cin_plan_id", "started_on", "ended_on", "team", "worker_id")


def _days_met() -> ir.Table:
    """The days of each plan on which a meeting was held; several meetings of one day count once."""
    days = _meetings.select("authority", "child_id", "held_on").distinct()
    pairs = _plans.inner_join(
        days,
        [
            _plans.authority == days.authority,
            _plans.child_id == days.child_id,
            days.held_on >= _plans.started_on,
            (days.held_on <= open_until(_plans.ended_on)),
        ],
    )
    return pairs.select(*[_plans[name] for name in _PLAN], "held_on")


def _due() -> ir.Table:
    """One due date after the start of each plan, and one after each meeting but for a closing plan."""
    met = _days_met()
    of_plan = ibis.window(group_by=["authority", "child_id", "cin_plan_id"], order_by="held_on")
    interval = parameter("cin_meeting_interval_days")
    after_meeting = met.mutate(
        anchor_on=met.held_on,
        next_on=met.held_on.lead().over(of_plan),
        due_on=days_after(met.held_on, interval),
        is_first=ibis.literal(False),
    ).drop("held_on")
    first = met.group_by("authority", "child_id", "cin_plan_id").aggregate(next_on=_.held_on.min())
    plans = _plans.select(*_PLAN)
    started = plans.left_join(first, ["authority", "child_id", "cin_plan_id"]).select(*_PLAN, "next_on")
    started = with_working_day(started.mutate(anchor_on=_.started_on), "anchor_on")
    started = with_nth_working_day(started, "due_on", "anchor_on", parameter("cin_meeting_first_wd"))
    after_start = started.mutate(is_first=ibis.literal(True)).select(*after_meeting.columns)
    both = ibis.union(after_meeting, after_start)
    is_open = (both.started_on <= both.due_on) & (open_until(both.ended_on) > both.due_on)
    return both.filter(is_open)


cin_due_dates = Population(
    name="cin_due_dates",
    about="Days in the period on which a meeting of an open plan was due, and the meeting that followed.",
    rows=in_period(_due(), "due_on"),
)


def _in_need_when_due() -> ir.Table:
    """Of what fell due, that of children neither looked after nor on a protection plan on the day."""
    rows = cin_due_dates.table
    at = own_days(rows, "due_on")
    for elsewhere in (looked_after_at(at), with_cp_plan_at(at)):
        days = elsewhere.select("authority", "child_id", due_on=_.ends_on)
        rows = rows.anti_join(days, ["authority", "child_id", "due_on"])
    return rows


cin_due_in_need = Population(
    name="cin_due_in_need",
    about="Child in need meetings that fell due in the period, of children in need only.",
    rows=_in_need_when_due(),
)


def _with_clock() -> ir.Table:
    rows = with_working_day(cin_due_in_need.table, "anchor_on", "next_on")
    until = ibis.coalesce(rows.next_on, rows.as_at_on)
    until_working_day = ibis.coalesce(rows.next_on_working_day, rows.as_at_on_working_day)
    return rows.mutate(
        key=rows.cin_plan_id.concat("|").concat(rows.due_on.cast("string")),
        working_days=until_working_day - rows.anchor_on_working_day,
        days=days_between(rows.anchor_on, until),
    )


cin_meetings_due = Population(
    name="cin_meetings_due",
    about="Child in need meetings that fell due in the period, with when the next was held and who was to.",
    rows=placed(_with_clock(), on="on", role="social_worker", prefer="allocation"),
)
