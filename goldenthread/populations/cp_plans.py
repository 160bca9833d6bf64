"""Child protection plans: started, ended, and how each open plan stands at the end of a period."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import (
    days_after,
    days_between,
    months_after,
    open_until,
    with_nth_working_day,
    with_working_day,
)
from goldenthread.periods import PERIOD
from goldenthread.populations.children import age_on, is_unborn_on, protected
from goldenthread.populations.periods_of import as_latest, in_period, with_latest, with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.settings import parameter, supplied
from goldenthread.standard import table

_plans = table("cp_plans").rows
_conferences = table("conferences").rows
_visits = table("visits").rows.mutate(visited_on=_.visited_at.cast("date"))
_core_groups = table("plan_meetings").rows.filter(_.kind == "core_group")
_cp_visits = _visits.filter(_.kind == "cp")


def _with_first_core_group(rows: ir.Table) -> ir.Table:
    """Add the first core group held while the plan was in force."""
    held = rows.inner_join(
        _core_groups,
        [
            rows.authority == _core_groups.authority,
            rows.child_id == _core_groups.child_id,
            _core_groups.held_on >= rows.started_on,
            (_core_groups.held_on <= open_until(rows.ended_on)),
        ],
    ).select("authority", "child_id", "cp_plan_id", held_on=_core_groups.held_on)
    first = held.group_by("authority", "child_id", "cp_plan_id").aggregate(
        first_core_group_on=_.held_on.min()
    )
    return rows.left_join(first, ["authority", "child_id", "cp_plan_id"]).select(
        *rows.columns, "first_core_group_on"
    )


def _with_earlier_plans(rows: ir.Table) -> ir.Table:
    """Add how many plans the child had before this one, and whether the file could tell."""
    earlier = _plans.select(
        "authority", "child_id", earlier_started_on=_.started_on, earlier_ended_on=_.ended_on
    )
    pairs = rows.select("authority", "child_id", "cp_plan_id", "started_on").inner_join(
        earlier, ["authority", "child_id", (_.started_on > earlier.earlier_started_on)]
    )
    window = parameter("previous_window")
    months = window.cases(("24m", 24), ("12m", 12), else_=0)
    is_recent = pairs.earlier_ended_on >= months_after(pairs.started_on, -months)
    counts = (window == "ever") | is_recent.fill_null(False)
    number = (
        pairs.filter(counts)
        .group_by("authority", "child_id", "cp_plan_id")
        .aggregate(earlier_plans=_.count())
    )
    rows = rows.left_join(number, ["authority", "child_id", "cp_plan_id"]).select(
        *rows.columns, "earlier_plans"
    )
    first = _plans.group_by("authority").aggregate(file_starts_on=_.started_on.min())
    rows = rows.left_join(first, "authority").select(*rows.columns, "file_starts_on")
    said = (window == "ever").ifelse(rows.previous_plan_count.fill_null(0), 0)
    return rows.mutate(previous_plans=ibis.greatest(said, rows.earlier_plans.fill_null(0)))


plans_started = Population(
    name="plans_started",
    about="Child protection plans that began in the period.",
    rows=placed(
        with_working_day(
            _with_earlier_plans(_with_first_core_group(in_period(_plans, "started_on"))),
            "started_on",
            "ended_on",
            "first_core_group_on",
        ).mutate(key=_.cp_plan_id),
        on="on",
        role="social_worker",
    ),
)

plans_ended = Population(
    name="plans_ended",
    about="Child protection plans that ended in the period.",
    rows=placed(
        in_period(_plans, "ended_on").mutate(key=_.cp_plan_id, days=days_between(_.started_on, _.ended_on)),
        on="on",
        role="social_worker",
    ),
)

_begun_or_ended = with_period(
    _plans,
    _plans.started_on.between(PERIOD.starts_on, PERIOD.ends_on)
    | _plans.ended_on.between(PERIOD.starts_on, PERIOD.ends_on).fill_null(False),
)
_has_begun = _begun_or_ended.started_on.between(_begun_or_ended.starts_on, _begun_or_ended.ends_on)
_has_ended = _begun_or_ended.ended_on.between(_begun_or_ended.starts_on, _begun_or_ended.ends_on)

plan_changes = Population(
    name="plan_changes",
    about="Child protection plans begun (1), ended (-1) or both (0) in the period, placed by their start.",
    rows=placed(
        _begun_or_ended.mutate(
            key=_.cp_plan_id,
            on=_.started_on,
            change=_has_begun.cast("int64") - _has_ended.fill_null(False).cast("int64"),
        ),
        on="on",
        role="social_worker",
    ),
)


def review_due(anchor: ir.DateValue, *, is_first: bool) -> ir.DateValue:
    """When a review conference falls due: 3 months after the start, then 6 after each review."""
    by_days = parameter("months_convention") == "days_91_183"
    months, days = (3, 91) if is_first else (6, 183)
    return by_days.ifelse(days_after(anchor, days), months_after(anchor, months))


def _reviews() -> ir.Table:
    """The reviews of each plan in order, each with whether all up to it were in time."""
    reviews = _conferences.filter(_conferences.kind == "review").select(
        "authority", "child_id", "conference_id", "held_on"
    )
    pairs = _plans.inner_join(
        reviews,
        [
            _plans.authority == reviews.authority,
            _plans.child_id == reviews.child_id,
            # A review on or before the start is of an earlier plan (DfE rule 8841).
            reviews.held_on > _plans.started_on,
        ],
    ).select(
        _plans.authority,
        _plans.child_id,
        _plans.cp_plan_id,
        _plans.started_on,
        reviews.conference_id,
        reviews.held_on,
    )
    order = ibis.window(
        group_by=["authority", "child_id", "cp_plan_id"], order_by=[pairs.held_on, pairs.conference_id]
    )
    each = pairs.mutate(previous_on=pairs.held_on.lag().over(order), until=pairs.held_on.lead().over(order))
    first_due = review_due(each.started_on, is_first=True)
    due_on = each.previous_on.isnull().ifelse(first_due, review_due(each.previous_on, is_first=False))
    each = each.mutate(late_due_on=(each.held_on > due_on).ifelse(due_on, ibis.null("date")))
    so_far = ibis.window(
        group_by=["authority", "child_id", "cp_plan_id"],
        order_by=[each.held_on, each.conference_id],
        preceding=None,
        following=0,
    )
    return each.mutate(last_late_due_on=each.late_due_on.max().over(so_far))


cp_reviews = Population(
    name="cp_reviews",
    about="Review conferences of each child protection plan; the latest due date that was missed so far.",
    rows=_reviews(),
)


def _with_reviews(rows: ir.Table) -> ir.Table:
    """Add the plan's last review at RD, when the next is due, and the last due date missed."""
    reviews = cp_reviews.table
    wanted = reviews.select(
        "authority",
        "child_id",
        "cp_plan_id",
        last_review_on=_.held_on,
        review_until=_.until,
        last_late_due_on=_.last_late_due_on,
    )
    matches = [
        rows.authority == wanted.authority,
        rows.child_id == wanted.child_id,
        rows.cp_plan_id == wanted.cp_plan_id,
        wanted.last_review_on <= rows.ends_on,
        (rows.ends_on < open_until(wanted.review_until)),
    ]
    joined = rows.left_join(wanted, matches).select(*rows.columns, "last_review_on", "last_late_due_on")
    due = joined.last_review_on.isnull().ifelse(
        months_after(joined.started_on, 3), months_after(joined.last_review_on, 6)
    )
    convention_due = joined.last_review_on.isnull().ifelse(
        review_due(joined.started_on, is_first=True), review_due(joined.last_review_on, is_first=False)
    )
    return joined.mutate(review_due_on=due, review_convention_due_on=convention_due)


def _counted_visits() -> ir.Table:
    """Visits under the plan at which the child was seen, where that is asked for and supplied."""
    must_be_seen = parameter("require_seen") & supplied("visits.is_seen")
    return _cp_visits.filter(~must_be_seen | _cp_visits.is_seen.fill_null(False))


def _visit_days() -> ir.Table:
    """Days with a visit under the plan: was the child seen alone, or is that not recorded?"""
    return _cp_visits.group_by("authority", "child_id", "visited_on").aggregate(
        is_alone=_.is_seen_alone.fill_null(False).any(),
        is_not_recorded=_.is_seen_alone.isnull().any(),
    )


def _since_start(rows: ir.Table, *columns: str) -> ir.Table:
    """Blank the dates of events before the plan began: they belong to an earlier one."""
    return rows.mutate(
        **{c: (rows[c] >= rows.started_on).ifelse(rows[c], ibis.null("date")) for c in columns}
    )


def _plan_state() -> ir.Table:
    rows = _with_reviews(protected.table)
    rows = with_latest(
        rows, as_latest(_core_groups, "held_on"), "held_on", "ends_on", last_core_group_on="held_on"
    )
    rows = with_latest(
        rows, as_latest(_counted_visits(), "visited_on"), "visited_on", "ends_on", last_visit_on="visited_on"
    )
    rows = with_latest(
        rows,
        as_latest(_visit_days(), "visited_on"),
        "visited_on",
        "ends_on",
        last_any_visit_on="visited_on",
        is_alone="is_alone",
        is_alone_not_recorded="is_not_recorded",
    )
    rows = _since_start(rows, "last_core_group_on", "last_visit_on", "last_any_visit_on")
    rows = with_working_day(rows, "last_visit_on")
    rows = with_nth_working_day(rows, "review_soon_until", "ends_on", parameter("review_due_soon_wd"))
    return rows.mutate(
        age=age_on(rows, rows.ends_on),
        is_not_yet_born=is_unborn_on(rows, rows.ends_on),
        days=days_between(rows.started_on, rows.ends_on),
    )


plans_open = Population(
    name="plans_open",
    about="cpp(RD): open child protection plans with last visit, core group and review, and what is due.",
    rows=_plan_state(),
)
