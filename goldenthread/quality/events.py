"""Visits, meetings and oversights: did they happen while the case they belong to was open?"""

from functools import partial

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.populations.children import is_served, is_unborn_on, with_child
from goldenthread.populations.deaths import deaths
from goldenthread.populations.periods_of import as_latest, with_latest
from goldenthread.populations.population import Population
from goldenthread.quality.facts import with_facts
from goldenthread.quality.rule import Rule
from goldenthread.quality.spells import CASE, last_closures, with_spells
from goldenthread.settings import complete_since, file_starts_on
from goldenthread.standard import table

_statuses = table("care_leaver_statuses").rows
_AFTER_CLOSURE = ("referrals.closed_on", "cin_plans.ended_on", "cp_plans.ended_on", "care_periods.ended_on")


def _with_case(name: str, rows: ir.Table, day: str) -> ir.Table:
    """Add what was open on the day, when the case was last closed, and whether a care leaver is meant."""
    rows = with_spells(name, rows, day)
    rows = with_facts(
        name,
        rows,
        last_closures.table,
        prefix="closure",
        numbers={"last_closed_on": lambda t: t.closure_last_closed_on.max()},
    )
    served = _statuses.mutate(is_leaving_care=is_served(_statuses))
    rows = with_latest(
        rows,
        as_latest(served, "recorded_on", order=("status_id",)),
        "recorded_on",
        day,
        is_leaving_care="is_leaving_care",
    )
    # What was open then may have ended before a return of one year or six months begins.
    is_known = ibis.and_(*[rows[day] >= complete_since(name) for name in CASE])
    return rows.mutate(
        is_after_closure=(rows[day] > rows.last_closed_on)
        & ~rows.case_was_open
        & ~rows.is_leaving_care.fill_null(False)
        & is_known
    )


def _with_twins(name: str, rows: ir.Table, *same: str) -> ir.Table:
    """Add whether another row of the child agrees in these columns."""
    key = next(column for column in table(name).key if column != "child_id")

    def is_twice(t: ir.Table) -> ir.BooleanValue:
        agrees = t[f"other_{key}"] != t[key]
        for column in same:
            agrees = agrees & (t[f"other_{column}"] == t[column])
        return agrees

    return with_facts(
        name, rows, rows.select("authority", "child_id", key, *same), facts={"is_twice": is_twice}
    )


def _visits() -> ir.Table:
    rows = with_child(table("visits").rows).mutate(visited_on=_.visited_at.cast("date"))
    rows = rows.mutate(was_unborn=is_unborn_on(rows, rows.visited_on), hour=rows.visited_at.hour())
    rows = _with_case("visits", rows, "visited_on")
    rows = with_facts(
        "visits", rows, deaths.table, prefix="death", numbers={"died_on": lambda t: t.death_died_on.max()}
    )
    return _with_twins("visits", rows, "kind", "visited_at", "visited_at_is_timed")


def _meetings() -> ir.Table:
    rows = _with_case("plan_meetings", table("plan_meetings").rows, "held_on")
    return _with_twins("plan_meetings", rows, "kind", "held_on")


def _oversights() -> ir.Table:
    rows = _with_case("management_oversights", table("management_oversights").rows, "overseen_on")
    rows = with_facts(
        "management_oversights",
        rows,
        table("assessments").rows,
        prefix="assessment",
        facts={
            "is_outside_assessment": lambda t: (
                (t.assessment_assessment_id == t.assessment_id)
                & (
                    (t.overseen_on < t.assessment_started_on)
                    | (t.overseen_on > t.assessment_authorised_on).fill_null(False)
                )
            )
        },
    )
    return _with_twins("management_oversights", rows, "kind", "overseen_on", "worker_id")


_checked_visits = Population(
    name="checked_visits", about="Visits with what was open on their day.", rows=_visits()
)
_checked_meetings = Population(
    name="checked_meetings", about="Plan meetings with what was open on their day.", rows=_meetings()
)
_checked_oversights = Population(
    name="checked_oversights",
    about="Management oversights with what was open on their day.",
    rows=_oversights(),
)
_v, _m, _o = _checked_visits.table, _checked_meetings.table, _checked_oversights.table
_visit = partial(Rule, table="visits", rows=_v)
_meeting = partial(Rule, table="plan_meetings", rows=_m)
_oversight = partial(Rule, table="management_oversights", rows=_o)
_AFTER_CLOSURE_ADVICE = "Check the date; if it is right, reopen the case or record the work where it belongs."

RULES = (
    _visit(
        id="X04",
        code="visit-after-closure",
        title="Visit took place after the case was closed",
        advice=_AFTER_CLOSURE_ADVICE,
        fails=_v.is_after_closure,
        shows=("visited_at", "kind", "last_closed_on"),
        needs=("visits.visited_at", *_AFTER_CLOSURE),
    ),
    _meeting(
        id="X04",
        code="meeting-after-closure",
        title="Plan meeting took place after the case was closed",
        advice=_AFTER_CLOSURE_ADVICE,
        fails=_m.is_after_closure,
        shows=("held_on", "kind", "last_closed_on"),
        needs=("plan_meetings.held_on", *_AFTER_CLOSURE),
    ),
    _oversight(
        id="X04",
        code="oversight-after-closure",
        title="Management oversight is dated after the case was closed",
        advice=_AFTER_CLOSURE_ADVICE,
        fails=_o.is_after_closure,
        shows=("overseen_on", "kind", "last_closed_on"),
        needs=("management_oversights.overseen_on", *_AFTER_CLOSURE),
    ),
    _visit(
        code="seen-alone-but-not-seen",
        title="Visit says the child was seen alone and was not seen",
        advice="Correct whether the child was seen.",
        fails=_v.is_seen_alone & (_v.is_seen == False),  # noqa: E712
        shows=("visited_at", "kind", "is_seen", "is_seen_alone"),
        needs=("visits.is_seen", "visits.is_seen_alone"),
    ),
    _visit(
        code="protection-visit-without-plan",
        title="Child protection visit took place while the child was on no such plan",
        advice="Correct the kind of the visit, or the dates of the plan.",
        fails=(_v.kind == "cp") & ~_v.was_protected & (_v.visited_on >= file_starts_on("cp_plans")),
        shows=("visited_at", "kind"),
        needs=("visits.kind", "visits.visited_at", "cp_plans.ended_on"),
    ),
    _visit(
        code="looked-after-visit-outside-care",
        title="Statutory visit to a looked-after child took place while the child was not in care",
        advice="Correct the kind of the visit, or the dates of the period of care.",
        fails=(_v.kind == "looked_after") & ~_v.was_in_care
        & (_v.visited_on >= file_starts_on("care_periods")),
        shows=("visited_at", "kind"),
        needs=("visits.kind", "visits.visited_at", "care_periods.ended_on"),
    ),
    _visit(
        code="care-leaver-visit-without-status",
        title="Care leaver was visited before any leaving care status was recorded",
        advice="Record the leaving care status, or correct the kind of the visit.",
        fails=(_v.kind == "care_leaver")
        & _v.is_leaving_care.isnull()
        & (_v.visited_on >= file_starts_on("care_leaver_statuses")),
        shows=("visited_at", "kind"),
        needs=("visits.kind", "visits.visited_at", "care_leaver_statuses.recorded_on"),
    ),
    _visit(
        code="private-fostering-visit-without-arrangement",
        title="Private fostering visit took place and no arrangement is recorded for that day",
        advice="Record the arrangement, or correct the kind of the visit.",
        fails=(_v.kind == "private_fostering") & ~_v.was_privately_fostered,
        shows=("visited_at", "kind"),
        needs=("visits.kind", "visits.visited_at", "private_fostering_arrangements.notified_on"),
    ),
    _visit(
        code="unborn-child-seen",
        title="Visit says the child was seen before the birth",
        advice="Record the visit as one to the parents, or correct the date of birth.",
        fails=_v.was_unborn & _v.is_seen,
        shows=("visited_at", "kind", "born_on"),
        needs=("visits.is_seen", "visits.visited_at", "children.born_on"),
    ),
    _visit(
        code="visit-after-death",
        title="Child was seen at a visit after the day of death",
        advice="Check whose visit it is, and whether the death was recorded on the right child.",
        fails=(_v.visited_on > _v.died_on) & _v.is_seen.fill_null(True),
        shows=("visited_at", "died_on"),
        needs=("visits.visited_at", "referrals.close_reason"),
    ),
    _visit(
        code="visit-recorded-twice",
        title="Two visits of one kind to a child are recorded for the same time",
        advice="Keep the fuller record and remove the other.",
        fails=_v.is_twice,
        shows=("visit_id", "kind", "visited_at"),
        needs=("visits.visited_at", "visits.kind"),
    ),
    _visit(
        code="visit-at-night",
        title="Visit is recorded between midnight and six in the morning",
        advice="Check the time of the visit; leave it if it was an emergency at night.",
        severity="info",
        fails=_v.visited_at_is_timed & (_v.hour < 6),
        shows=("visited_at", "kind"),
        needs=("visits.visited_at",),
    ),
    _meeting(
        code="core-group-without-protection-plan",
        title="Core group was held while the child was on no child protection plan",
        advice="Correct the kind of the meeting, or the dates of the plan.",
        fails=(_m.kind == "core_group") & ~_m.was_protected & (_m.held_on >= file_starts_on("cp_plans")),
        shows=("held_on", "kind"),
        needs=("plan_meetings.kind", "plan_meetings.held_on", "cp_plans.ended_on"),
    ),
    _meeting(
        code="plan-review-without-plan",
        title="Review of a child in need plan was held while there was no plan",
        advice="Record the plan that was reviewed, or correct the kind of the meeting.",
        fails=(_m.kind == "cin_review") & ~_m.was_in_need_plan & (_m.held_on >= file_starts_on("cin_plans")),
        shows=("held_on", "kind"),
        needs=("plan_meetings.kind", "plan_meetings.held_on", "cin_plans.ended_on"),
    ),
    _meeting(
        code="meeting-recorded-twice",
        title="Two meetings of one kind are recorded for a child on one day",
        advice="Keep the fuller record and remove the other.",
        fails=_m.is_twice,
        shows=("meeting_id", "kind", "held_on"),
        needs=("plan_meetings.held_on", "plan_meetings.kind"),
    ),
    _oversight(
        code="checkpoint-without-assessment",
        title="Checkpoint of an assessment does not say which assessment",
        advice="Link the checkpoint to the assessment it looked at.",
        fails=(_o.kind == "assessment_checkpoint") & _o.assessment_id.isnull(),
        shows=("overseen_on", "kind"),
        needs=("management_oversights.assessment_id", "management_oversights.kind"),
    ),
    _oversight(
        code="checkpoint-outside-assessment",
        title="Checkpoint is dated before its assessment started or after it was authorised",
        advice="Check the date, and that the checkpoint is linked to the right assessment.",
        fails=(_o.kind == "assessment_checkpoint") & _o.is_outside_assessment,
        shows=("overseen_on", "assessment_id"),
        needs=(
            "management_oversights.overseen_on",
            "management_oversights.assessment_id",
            "assessments.started_on",
        ),
    ),
    _oversight(
        code="midpoint-review-outside-care",
        title="Mid-point check is dated while the child was neither in care nor on a child protection plan",
        advice="Check the date of the check, and the dates of the period of care or of the plan.",
        # Reviewing officers check on children in care, conference chairs on those with a plan (LAC-27).
        fails=(_o.kind == "iro_midpoint") & ~_o.was_in_care & ~_o.was_protected
        & (_o.overseen_on >= file_starts_on("care_periods"))
        & (_o.overseen_on >= file_starts_on("cp_plans")),
        shows=("overseen_on", "kind"),
        needs=(
            "management_oversights.overseen_on",
            "management_oversights=iro_midpoint",
            "care_periods.ended_on",
            "cp_plans.ended_on",
        ),
    ),
    _oversight(
        code="oversight-recorded-twice",
        title="Two oversights of one kind by one worker are recorded for a child on one day",
        advice="Keep the fuller record and remove the other.",
        fails=_o.is_twice,
        shows=("oversight_id", "kind", "overseen_on"),
        needs=("management_oversights.overseen_on", "management_oversights.worker_id"),
    ),
)  # fmt: skip
