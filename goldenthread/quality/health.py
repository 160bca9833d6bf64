"""Health checks and education plans: are they of the right child, age and period of care?"""

from functools import partial

import ibis.expr.types as ir

from goldenthread.populations.children import age_on, with_child
from goldenthread.populations.population import Population
from goldenthread.quality.facts import with_facts
from goldenthread.quality.rule import Rule
from goldenthread.quality.spells import with_spells
from goldenthread.settings import file_starts_on
from goldenthread.standard import table

_checks = table("health_checks").rows
_peps = table("peps").rows


def _checked_health() -> ir.Table:
    rows = with_child(_checks)
    rows = rows.mutate(age_done=age_on(rows, rows.done_on))
    rows = with_spells("health_checks", rows, "done_on")
    rows = with_facts(
        "health_checks",
        rows,
        table("care_periods").rows,
        prefix="care",
        numbers={
            "in_care_since_on": lambda t: t.care_started_on.max(
                where=(t.care_started_on <= t.done_on)
                & (t.care_ended_on.isnull() | (t.care_ended_on > t.done_on))
            )
        },
    )

    def is_earlier_assessment(t: ir.Table) -> ir.BooleanValue:
        return (t.other_result == "completed") & t.other_done_on.between(t.in_care_since_on, t.done_on)

    return with_facts(
        "health_checks",
        rows,
        _checks,
        facts={
            "is_twice": lambda t: (
                (t.other_check_id != t.check_id) & (t.other_kind == t.kind) & (t.other_done_on == t.done_on)
            ),
            "has_initial_before": lambda t: (
                is_earlier_assessment(t)
                & t.other_kind.isin(["iha", "health_assessment"])
                & (t.other_check_id != t.check_id)
            ),
            "is_second_initial": lambda t: (
                is_earlier_assessment(t) & (t.other_kind == "iha") & (t.other_done_on < t.done_on)
            ),
        },
    )


def _checked_peps() -> ir.Table:
    rows = with_child(_peps)
    rows = rows.mutate(age_held=age_on(rows, rows.held_on))
    rows = with_spells("peps", rows, "held_on")
    return with_facts(
        "peps",
        rows,
        _peps,
        facts={"is_twice": lambda t: (t.other_pep_id != t.pep_id) & (t.other_held_on == t.held_on)},
    )


_checked_health_checks = Population(
    name="checked_health_checks",
    about="Health checks with the child's age, the care around them and the other checks.",
    rows=_checked_health(),
)
_checked_education_plans = Population(
    name="checked_peps",
    about="Personal education plans with the child's age and the care around them.",
    rows=_checked_peps(),
)
_h, _p = _checked_health_checks.table, _checked_education_plans.table
_health = partial(Rule, table="health_checks", rows=_h)
_pep = partial(Rule, table="peps", rows=_p)
_is_done = _h.result == "completed"

RULES = (
    _health(
        code="health-check-before-birth",
        title="Health check was done before the child was born",
        advice="Check the date of birth and the date of the check.",
        fails=_h.done_on < _h.born_on,
        shows=("kind", "done_on", "born_on"),
        needs=("health_checks.done_on", "children.born_on"),
    ),
    _health(
        code="health-assessment-outside-care",
        title="Statutory health assessment was done while the child was not in care",
        advice="Check the date of the assessment and the period of care.",
        fails=_h.kind.isin(["iha", "rha"]) & _is_done & ~_h.was_in_care
        & (_h.done_on >= file_starts_on("care_periods")),
        shows=("kind", "done_on"),
        needs=("health_checks.done_on", "health_checks.kind", "care_periods.ended_on"),
    ),
    _health(
        code="review-health-assessment-first",
        title="Review health assessment was done before any initial one of the period of care",
        advice="If it was the first, record it as initial; else record the initial one.",
        fails=(_h.kind == "rha") & _is_done & _h.in_care_since_on.notnull() & ~_h.has_initial_before
        & (_h.in_care_since_on >= file_starts_on("health_checks")),
        shows=("done_on", "in_care_since_on"),
        needs=("health_checks.kind", "health_checks=iha", "care_periods.started_on"),
    ),
    _health(
        code="second-initial-health-assessment",
        title="Period of care has more than one initial health assessment",
        advice="Record the later one as a review.",
        fails=(_h.kind == "iha") & _is_done & _h.is_second_initial,
        shows=("done_on", "in_care_since_on"),
        needs=("health_checks=iha", "health_checks.kind", "care_periods.started_on"),
    ),
    _health(
        code="dental-check-of-a-baby",
        title="Dental check was completed for a child under one",
        advice="Check the date of birth and the kind of the check.",
        fails=(_h.kind == "dental") & _is_done & (_h.age_done < 1),
        shows=("kind", "done_on", "born_on"),
        needs=("health_checks.kind", "children.born_on"),
    ),
    _health(
        code="questionnaire-outside-ages",
        title="Strengths and difficulties questionnaire is of a child under 4 or over 17",
        advice="Check the date of birth; the score is asked for from 4 to 17 only.",
        source="SSDA903 rules 188 and 189",
        fails=(_h.kind == "sdq") & _is_done & ((_h.age_done < 4) | (_h.age_done > 17)),
        shows=("done_on", "score", "born_on"),
        needs=("health_checks.kind", "health_checks=sdq", "children.born_on"),
    ),
    _health(
        code="questionnaire-without-score",
        title="Completed strengths and difficulties questionnaire has no score",
        advice="Enter the total difficulties score.",
        source="SSDA903 rule 186",
        fails=(_h.kind == "sdq") & _is_done & _h.score.isnull(),
        shows=("done_on", "result", "score"),
        needs=("health_checks.score", "health_checks=sdq"),
    ),
    _health(
        code="score-without-completed-questionnaire",
        title="Score belongs to no completed strengths and difficulties questionnaire",
        advice="Correct the kind or the result of the check, or take the score out.",
        source="SSDA903 rule 197a",
        fails=_h.score.notnull() & ((_h.kind != "sdq") | (_h.result != "completed")),
        shows=("kind", "result", "score"),
        needs=("health_checks.score", "health_checks.result"),
    ),
    _health(
        code="health-check-recorded-twice",
        title="Two health checks of one kind are recorded for a child on one day",
        advice="Keep one of them.",
        fails=_h.is_twice,
        shows=("check_id", "kind", "done_on"),
        needs=("health_checks.done_on", "health_checks.kind"),
    ),
    _pep(
        # Children of three and four have one where they go to nursery.
        code="education-plan-under-three",
        title="Personal education plan is of a child under three",
        advice="Check the date of birth and whose plan it is.",
        fails=_p.age_held < 3,
        shows=("held_on", "born_on"),
        needs=("peps.held_on", "children.born_on"),
    ),
    _pep(
        code="education-plan-after-18",
        title="Personal education plan was made for a person aged 18 or over",
        advice="Record it with the pathway plan, or correct the date of birth.",
        fails=_p.age_held >= 18,
        shows=("held_on", "born_on"),
        needs=("peps.held_on", "children.born_on"),
    ),
    _pep(
        code="education-plan-outside-care",
        title="Personal education plan was made while the child was not in care",
        advice="Check the date of the plan and the period of care.",
        fails=~_p.was_in_care & (_p.age_held < 18).fill_null(True)
        & (_p.held_on >= file_starts_on("care_periods")),
        shows=("held_on",),
        needs=("peps.held_on", "care_periods.ended_on"),
    ),
    _pep(
        code="education-plan-recorded-twice",
        title="Two personal education plans of a child are recorded for one day",
        advice="Keep one of them.",
        fails=_p.is_twice,
        shows=("pep_id", "held_on"),
        needs=("peps.held_on",),
    ),
)  # fmt: skip
