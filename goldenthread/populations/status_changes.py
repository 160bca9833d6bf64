"""Changes of status: from in need to protected or looked after, and back, which came first?

`status(d)` of the conventions, worked out on every day on which it can have changed.
"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import birthday, open_until, with_nth_working_day, with_working_day
from goldenthread.periods import PERIOD
from goldenthread.populations.cases import flagged, in_need_at, open_cases_at, open_episode_at
from goldenthread.populations.children import (
    is_served,
    looked_after_at,
    status_in_force_at,
    with_care_period_at,
    with_cin_plan_at,
    with_cp_plan_at,
)
from goldenthread.populations.moments import CHILD, own_days
from goldenthread.populations.periods_of import with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.settings import parameter
from goldenthread.standard import table

_children = table("children").rows
_assessments = table("assessments").rows
_statuses = table("care_leaver_statuses").rows
_spells = [table(name).rows for name in ("cin_plans", "cp_plans", "care_periods")]
_spells.append(table("referrals").rows.mutate(started_on=_.received_on, ended_on=_.closed_on))


def _days(rows: ir.Table, day: ir.DateValue) -> ir.Table:
    return rows.select("authority", "child_id", day=day)


def _grace_is_over() -> ir.Table:
    """The first day on which what began on a day has been open for longer than the days of grace."""
    begun = ibis.union(*[_days(rows, rows.started_on) for rows in _spells], distinct=True)
    begun = with_nth_working_day(
        with_working_day(begun, "day"), "over_on", "day", parameter("cin_plan_grace_wd") + 1
    )
    return _days(begun, begun.over_on)


def _eighteenth_birthdays() -> ir.Table:
    care = table("care_periods").rows.select("authority", "child_id").distinct()
    children = _children.semi_join(care, ["authority", "child_id"])
    return _days(children, birthday(children.born_on, 18))


def _days_of_change() -> ir.Table:
    """Every day on which a child's status can change, from the first day of the first period on."""
    found = [_days(rows, rows.started_on) for rows in _spells]
    found += [_days(rows, rows.ended_on) for rows in _spells]
    found += [_days(_assessments, _assessments[name]) for name in ("started_on", "authorised_on")]
    found += [_days(_statuses, _statuses.recorded_on), _grace_is_over(), _eighteenth_birthdays()]
    days = ibis.union(*found, distinct=True)
    asked = PERIOD.aggregate(first_on=PERIOD.starts_on.min(), last_on=PERIOD.ends_on.max())
    days = days.cross_join(asked)
    days = days.filter(days.day <= days.last_on)
    # What happened before the first period tells how a child stood when it began.
    return days.mutate(day=ibis.greatest(days.day, days.first_on))


status_days = Population(
    name="status_days",
    about="The days, of each child's own, on which the child's status can have changed.",
    rows=own_days(_days_of_change(), "day"),
)

_at = status_days.table

looked_after_on_days = Population(
    name="looked_after_on_days",
    about="Children looked after on their status days.",
    rows=looked_after_at(_at),
)
with_cp_plan_on_days = Population(
    name="with_cp_plan_on_days",
    about="Children with a child protection plan on their status days.",
    rows=with_cp_plan_at(_at),
)
with_cin_plan_on_days = Population(
    name="with_cin_plan_on_days",
    about="Children with a child in need plan on their status days.",
    rows=with_cin_plan_at(_at),
)
open_episodes_on_days = Population(
    name="open_episodes_on_days",
    about="Children with an open episode of need on their status days.",
    rows=open_episode_at(_at),
)
leaving_care_on_days = Population(
    name="leaving_care_on_days",
    about="Young people who receive leaving care services on their status days.",
    rows=status_in_force_at(_at).filter(is_served),
)
open_cases_on_days = Population(
    name="open_cases_on_days",
    about="Children with an open case on their status days.",
    rows=open_cases_at(
        episodes=open_episodes_on_days.table,
        cin=with_cin_plan_on_days.table,
        cp=with_cp_plan_on_days.table,
        care=with_care_period_at(_at),
    ),
)
in_need_on_days = Population(
    name="in_need_on_days",
    about="Children in need on their status days, and whether assessment is past.",
    rows=in_need_at(
        open_cases_on_days.table,
        looked_after=looked_after_on_days.table,
        protected=with_cp_plan_on_days.table,
        leaving_care=leaving_care_on_days.table,
    ),
)


def _statuses_on_days() -> ir.Table:
    """Each child's status from one day to the next, and the day of its next change."""
    rows = _at
    in_need = in_need_on_days.table.filter(in_need_on_days.is_past_assessment)
    groups = {
        "looked_after": looked_after_on_days,
        "cp": with_cp_plan_on_days,
        "cin": in_need,
        "assessment": open_cases_on_days,
        "care_leaver": leaving_care_on_days,
    }
    for name, group in groups.items():
        rows = flagged(rows, name, group)
    rows = rows.mutate(status=ibis.cases(*[(rows[name], name) for name in groups], else_="closed"))
    place = open_cases_on_days.table.select(*CHILD, "team", "worker_id")
    rows = rows.drop(*groups).left_join(place, list(CHILD))
    rows = rows.select("authority", "child_id", "status", "team", "worker_id", day=_.ends_on)
    of_child = {"group_by": ["authority", "child_id"], "order_by": "day"}
    rows = rows.mutate(
        until=rows.day.lead().over(ibis.window(**of_child)),
        before=rows.status.lag().over(ibis.window(**of_child)),
    )
    changed_on = (rows.status != rows.before).ifelse(rows.day, ibis.null("date"))
    later = ibis.window(**of_child, preceding=None, following=(1, None))
    return rows.mutate(changes_on=changed_on.min().over(later)).drop("before")


statuses_on_days = Population(
    name="statuses_on_days",
    about="Each child's status from one day to the next, and when it changes.",
    rows=_statuses_on_days(),
)


def _starting() -> ir.Table:
    """Children in need, protected or looked after on the first day of each period, and what came next."""
    days = statuses_on_days.table.filter(_.status.isin(["cin", "cp", "looked_after"]))
    rows = with_period(days, (days.day <= PERIOD.starts_on) & (PERIOD.starts_on < open_until(days.until)))
    # A change after the period is none of it.
    rows = rows.mutate(
        changes_on=(rows.changes_on <= rows.ends_on).ifelse(rows.changes_on, ibis.null("date"))
    )
    later = statuses_on_days.table.select("authority", "child_id", changes_on=_.day, became=_.status)
    joined = rows.left_join(later, ["authority", "child_id", "changes_on"])
    return joined.select(*rows.columns, "became").mutate(key=ibis.literal(""), on=_.starts_on)


status_changes = Population(
    name="status_changes",
    about="Children in need, protected or looked after as a period begins, with their first change in it.",
    rows=placed(_starting(), on="on", role="social_worker", prefer="allocation"),
)
