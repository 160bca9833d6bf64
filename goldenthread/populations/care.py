"""Looked-after children as they stand at the end of a period, and periods of care that begin and end."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_after, months_after, with_nth_working_day, with_working_day
from goldenthread.populations.care_reviews import in_care, with_last_review
from goldenthread.populations.children import age_on, is_school_age, is_unborn_on, with_child
from goldenthread.populations.periods_of import as_latest, in_period, with_latest
from goldenthread.populations.placements import children_placed
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population, first_per
from goldenthread.populations.school_terms import with_term
from goldenthread.settings import parameter
from goldenthread.standard import table

_care_periods = table("care_periods").rows
_visits = table("visits").rows.mutate(visited_on=_.visited_at.cast("date"))
_health = table("health_checks").rows
_peps = table("peps").rows
_oversights = table("management_oversights").rows

HEALTH_ASSESSMENTS = ["iha", "rha", "health_assessment"]
CHILD = ["period", "authority", "child_id"]

care_visits = _visits.filter((_visits.kind == "looked_after") & _visits.is_seen.fill_null(True))


def visit_due(
    rows: ir.Table, *, last: ir.DateValue, on: ir.DateValue, is_reviewed: ir.BooleanValue
) -> ir.DateValue:
    """When the next visit falls due after `last`, by the visiting rule in force on a day (LAC-04)."""
    first, usual = parameter("lac_visit_first_days"), parameter("lac_visit_days")
    settled = (on >= months_after(rows.since_on, 12)) & rows.is_long_term.fill_null(False)
    rule = rows.visit_rule.fill_null("standard")
    weekly = days_after(last, first)
    return ibis.cases(
        (last.isnull(), days_after(rows.since_on, first)),
        ((rule == "standard") & settled, months_after(last, parameter("lac_long_term_visit_months"))),
        ((rule == "reg19") & ~is_reviewed, weekly),
        ((rule == "reg24_or_ico_home") & ~is_reviewed, weekly),
        (rule == "reg24_or_ico_home", days_after(last, 28)),
        else_=days_after(last, usual),
    )


def _with_visits(rows: ir.Table) -> ir.Table:
    """Add the last visit since the placement began, and when the next is due."""
    rows = rows.mutate(since_on=ibis.coalesce(rows.placement_started_on, rows.started_on))
    rows = with_latest(
        rows, as_latest(care_visits, "visited_on"), "visited_on", "ends_on", last_visit_on="visited_on"
    )
    is_since = rows.last_visit_on >= rows.since_on
    rows = rows.mutate(last_visit_on=is_since.ifelse(rows.last_visit_on, ibis.null("date")))
    is_reviewed = (rows.last_review_since_placed_on >= rows.since_on).fill_null(False)
    due = visit_due(rows, last=rows.last_visit_on, on=rows.ends_on, is_reviewed=is_reviewed)
    return rows.mutate(visit_due_on=due)


def _with_health(rows: ir.Table) -> ir.Table:
    """Add the last checks of each kind at RD, whether before or after care began."""
    done = _health.filter(_.result == "completed")
    order = ibis.window(group_by=["authority", "child_id"], order_by=[_.done_on, _.check_id])
    assessments = done.filter(_.kind.isin(HEALTH_ASSESSMENTS)).mutate(before_on=_.done_on.lag().over(order))
    rows = with_latest(
        rows,
        as_latest(assessments, "done_on", order=("check_id",)),
        "done_on",
        "ends_on",
        last_health_on="done_on",
        health_before_on="before_on",
    )
    dental = as_latest(done.filter(_.kind == "dental"), "done_on", order=("check_id",))
    rows = with_latest(rows, dental, "done_on", "ends_on", last_dental_on="done_on")
    immunised = as_latest(_health.filter(_.kind == "immunisations"), "done_on", order=("check_id",))
    rows = with_latest(rows, immunised, "done_on", "ends_on", immunisation_result="result")
    scored = as_latest(_health.filter((_.kind == "sdq") & _.score.notnull()), "done_on", order=("check_id",))
    return with_latest(rows, scored, "done_on", "ends_on", last_sdq_on="done_on", sdq_score="score")


def with_midpoint(rows: ir.Table) -> ir.Table:
    """Add the first check by the reviewing officer after the last review, known at RD."""
    checks = _oversights.filter(_oversights.kind == "iro_midpoint")
    found = rows.inner_join(
        checks,
        [
            rows.authority == checks.authority,
            rows.child_id == checks.child_id,
            checks.overseen_on > rows.last_review_on,
            checks.overseen_on <= rows.ends_on,
        ],
    ).select(*[rows[c] for c in CHILD], overseen_on=checks.overseen_on)
    first = found.group_by(*CHILD).aggregate(midpoint_on=_.overseen_on.min())
    return rows.left_join(first, CHILD).select(*rows.columns, "midpoint_on")


def _state() -> ir.Table:
    rows = with_last_review(children_placed.table, "started_on")
    since = rows.mutate(since_on=ibis.coalesce(rows.placement_started_on, rows.started_on))
    reviewed = with_last_review(since.drop("last_review_on", "reviews_held"), "since_on").select(
        *CHILD, last_review_since_placed_on=_.last_review_on
    )
    rows = rows.left_join(reviewed, CHILD).select(*rows.columns, "last_review_since_placed_on")
    return _with_visits(rows)


looked_after_visited = Population(
    name="looked_after_visited",
    about="lac(RD) with placement, last visit and review, and when the next visit is due.",
    rows=_state(),
)


def _with_care(rows: ir.Table) -> ir.Table:
    held = _peps.select("authority", "child_id", "pep_id", pep_on=_.held_on)
    rows = with_latest(
        rows, as_latest(held, "pep_on", order=("pep_id",)), "pep_on", "ends_on", last_pep_on="pep_on"
    )
    is_since = (rows.last_pep_on >= rows.started_on).fill_null(False)
    rows = rows.mutate(last_pep_on=is_since.ifelse(rows.last_pep_on, ibis.null("date")))
    rows = with_term(rows, "ends_on", peps_of_term_since="term_before_started_on")
    rows = with_term(rows, "last_pep_on", next_pep_of_term_on="term_after_ended_on")
    rows = with_working_day(with_midpoint(rows), "first_care_plan_on")
    by_then = {
        column: (rows[column] <= rows.ends_on).fill_null(False).ifelse(rows[column], ibis.null("date"))
        for column in ("first_care_plan_on", "latest_care_plan_on")
    }
    rows = rows.mutate(**by_then)
    return rows.mutate(
        age=age_on(rows, rows.ends_on),
        is_not_yet_born=is_unborn_on(rows, rows.ends_on),
        is_of_school_age=is_school_age(rows, rows.ends_on),
    )


looked_after_state = Population(
    name="looked_after_state",
    about="lac(RD) with visits, reviews, health, education and care plan as at RD.",
    rows=_with_care(_with_health(looked_after_visited.table)),
)


def _with_first_health_assessment(rows: ir.Table) -> ir.Table:
    """Add the initial health assessment of the period of care: an assessment whose type is not stated
    counts only if it is the first completed one.
    """
    done = _health.filter((_.result == "completed") & _.kind.isin(HEALTH_ASSESSMENTS))
    pairs = rows.inner_join(
        done,
        [
            rows.authority == done.authority,
            rows.child_id == done.child_id,
            done.done_on >= rows.started_on,
        ],
    ).select("period", rows.authority, rows.care_period_id, done.kind, done.done_on, done.check_id)
    order = [pairs.done_on, pairs.check_id]
    first = first_per(pairs, "period", "authority", "care_period_id", order=order)
    unstated = first.filter(first.kind == "health_assessment").select(
        "period", "authority", "care_period_id", "done_on"
    )
    stated = pairs.filter(pairs.kind == "iha").select("period", "authority", "care_period_id", "done_on")
    found = (
        ibis.union(stated, unstated)
        .group_by("period", "authority", "care_period_id")
        .aggregate(first_health_on=_.done_on.min())
    )
    return rows.left_join(found, ["period", "authority", "care_period_id"]).select(
        *rows.columns, "first_health_on"
    )


def _started() -> ir.Table:
    rows = with_child(in_period(_care_periods.filter(in_care(_care_periods)), "started_on"))
    rows = with_working_day(_with_first_health_assessment(rows), "started_on", "first_health_on")
    rows = with_nth_working_day(rows, "health_due_on", "started_on", parameter("iha_limit_wd"))
    return rows.mutate(key=rows.care_period_id, age=age_on(rows, rows.started_on))


def _with_return(rows: ir.Table) -> ir.Table:
    """Add whether the child had left care in the twelve months before."""
    left = _care_periods.select("authority", "child_id", other_id=_.care_period_id, left_on=_.ended_on)
    back = rows.inner_join(
        left,
        [
            rows.authority == left.authority,
            rows.child_id == left.child_id,
            rows.care_period_id != left.other_id,
            left.left_on <= rows.started_on,
            left.left_on >= months_after(rows.started_on, -12),
        ],
    ).select("period", rows.authority, rows.care_period_id)
    back = back.distinct().mutate(has_returned=True)
    joined = rows.left_join(back, ["period", "authority", "care_period_id"]).select(
        *rows.columns, "has_returned"
    )
    return joined.mutate(has_returned=joined.has_returned.fill_null(False))


care_started = Population(
    name="care_started",
    about="Periods of care that began in the period, short breaks left out.",
    rows=placed(_with_return(_started()), on="on", role="social_worker"),
)


care_started_children = Population(
    name="care_started_children",
    about="Children who became looked after in the period, by the latest start.",
    rows=first_per(
        care_started.table, *CHILD, order=[ibis.desc(_.started_on), ibis.desc(_.care_period_id)]
    ).mutate(key=ibis.literal("")),
)


def _ceased(rows: ir.Table) -> ir.Table:
    """The last period of care of each child that ended in the period, if the child then left care."""
    last = first_per(
        in_period(rows, "ended_on"), *CHILD, order=[ibis.desc(_.ended_on), ibis.desc(_.care_period_id)]
    )
    return last.filter((last.end_reason != "X1").fill_null(True)).mutate(key=ibis.literal(""))


care_ceased = Population(
    name="care_ceased",
    about="Children who left care in the period, short breaks left out.",
    rows=placed(_ceased(_care_periods.filter(in_care(_care_periods))), on="on", role="social_worker"),
)


def _left_for_good() -> ir.Table:
    """Children whose latest period of care ended in the period, if they then left care."""
    order = ibis.window(
        group_by=["authority", "child_id"],
        order_by=[ibis.desc(_care_periods.started_on), ibis.desc(_care_periods.care_period_id)],
    )
    numbered = _care_periods.mutate(number=ibis.row_number().over(order))
    last = in_period(numbered.filter(numbered.number == 0).drop("number"), "ended_on")
    return last.filter((last.end_reason != "X1").fill_null(True)).mutate(key=ibis.literal(""))


care_left = Population(
    name="care_left",
    about="Children whose latest period of care ended in the period, whatever its legal status.",
    rows=placed(_left_for_good(), on="on", role="social_worker"),
)
