"""Conferences and reviews: do they fit the plan, the enquiry and the child they are about?"""

from functools import partial

import ibis.expr.types as ir

from goldenthread.calendar import days_between
from goldenthread.populations.children import age_on, is_unborn_on, with_child
from goldenthread.populations.population import Population
from goldenthread.quality.facts import with_facts
from goldenthread.quality.rule import Rule
from goldenthread.settings import complete_since, file_starts_on
from goldenthread.standard import table

_conferences = table("conferences").rows


def _with_plans(rows: ir.Table) -> ir.Table:
    """Add how the day of the conference lies to the child's protection plans."""

    def is_before_end(t: ir.Table) -> ir.BooleanValue:
        # A plan may be ended at the review itself.
        return t.plan_ended_on.isnull() | (t.plan_ended_on >= t.held_on)

    def is_of_known_plan(t: ir.Table) -> ir.BooleanValue:
        # The plan it belongs to may lie before what another source holds of plans.
        return (t.plan_from_source == t.from_source) | (t.held_on >= complete_since("cp_plans"))

    return with_facts(
        "conferences",
        rows,
        table("cp_plans").rows,
        prefix="plan",
        facts={
            "starts_plan": lambda t: t.plan_started_on == t.held_on,
            "is_under_plan": lambda t: (t.plan_started_on < t.held_on) & is_before_end(t),
            "is_before_plan": lambda t: t.held_on <= t.plan_started_on,
            "contradicts_plan": lambda t: (t.held_on <= t.plan_started_on) & is_of_known_plan(t),
            "is_during_plan": lambda t: (
                (t.plan_started_on < t.held_on) & (t.plan_ended_on.isnull() | (t.plan_ended_on > t.held_on))
            ),
        },
    )


def _with_enquiries(rows: ir.Table) -> ir.Table:
    """Add the day of the linked discussion, and whether any enquiry came before."""
    return with_facts(
        "conferences",
        rows,
        table("strategy_discussions").rows,
        prefix="discussion",
        facts={
            "has_enquiry": lambda t: (
                t.discussion_is_s47_initiated & days_between(t.discussion_held_on, t.held_on).between(0, 183)
            )
        },
        numbers={
            "discussed_on": lambda t: t.discussion_held_on.max(
                where=t.discussion_strategy_discussion_id == t.strategy_discussion_id
            )
        },
    )


def _checked() -> ir.Table:
    rows = with_child(_conferences)
    rows = rows.mutate(age_held=age_on(rows, rows.held_on), was_unborn=is_unborn_on(rows, rows.held_on))
    rows = _with_enquiries(_with_plans(rows))
    rows = with_facts(
        "conferences",
        rows,
        table("care_periods").rows,
        prefix="care",
        facts={
            "was_in_care": lambda t: (
                (t.care_started_on <= t.held_on) & (t.care_ended_on.isnull() | (t.care_ended_on >= t.held_on))
            )
        },
    )
    return with_facts(
        "conferences",
        rows,
        _conferences,
        facts={
            "is_second_of_day": lambda t: (
                (t.other_conference_id != t.conference_id)
                & (t.other_kind == t.kind)
                & (t.other_held_on == t.held_on)
            )
        },
    )


_checked_conferences = Population(
    name="checked_conferences",
    about="Conferences and reviews with the plans, enquiries and care around them.",
    rows=_checked(),
)
_c = _checked_conferences.table
_rule = partial(Rule, table="conferences", rows=_c)
_is_initial, _is_review = _c.kind == "initial", _c.kind == "review"

RULES = (
    _rule(
        id="X06",
        code="conference-made-no-plan",
        title="Conference decided on a child protection plan and none starts on that day",
        advice="Record the plan from the day of the conference, or correct the decision.",
        fails=_is_initial & _c.is_cp_plan_made & ~_c.starts_plan & (_c.held_on >= complete_since("cp_plans")),
        shows=("held_on", "is_cp_plan_made"),
        needs=("conferences.is_cp_plan_made", "conferences=initial", "cp_plans.started_on"),
    ),
    _rule(
        id="X14",
        code="conference-before-discussion",
        title="Initial conference was held before the strategy discussion it is linked to",
        advice="Check both dates, and that the conference is linked to the right discussion.",
        fails=_is_initial & (_c.held_on < _c.discussed_on),
        shows=("held_on", "discussed_on", "strategy_discussion_id"),
        needs=("conferences.held_on", "conferences.strategy_discussion_id", "strategy_discussions.held_on"),
    ),
    _rule(
        id="X16",
        code="review-on-or-before-plan-start",
        title="Review conference was held on or before the day the plan started",
        advice=(
            "Check the date of the review and the start of the plan; an initial conference is not a "
            "review."
        ),
        source="CIN census: rule 8841",
        fails=_is_review & _c.contradicts_plan & ~_c.is_under_plan,
        shows=("held_on", "kind"),
        needs=("conferences.held_on", "conferences=review", "cp_plans.started_on"),
    ),
    _rule(
        code="review-without-plan",
        title="Review conference was held and the child had no plan any more, or never had one",
        advice="Check the end of the plan and the date of the review.",
        fails=_is_review & ~_c.is_under_plan & ~_c.is_before_plan
        & (_c.held_on >= file_starts_on("cp_plans")),
        shows=("held_on", "kind"),
        needs=("conferences.held_on", "conferences=review", "cp_plans.started_on"),
    ),
    _rule(
        code="initial-conference-during-plan",
        title="Initial conference was held while the child was already on a plan",
        advice="Record it as a review, or end the earlier plan with its true date.",
        fails=_is_initial & _c.is_during_plan,
        shows=("held_on", "kind"),
        needs=("conferences=initial", "conferences.held_on", "cp_plans.ended_on"),
    ),
    _rule(
        code="initial-conference-without-enquiry",
        title="Initial conference was held and no section 47 enquiry of the six months before is recorded",
        advice="Record the strategy discussion that started the enquiry and link the conference to it.",
        fails=_is_initial
        & _c.strategy_discussion_id.isnull()
        & ~_c.has_enquiry
        & (_c.held_on >= file_starts_on("strategy_discussions")),
        shows=("held_on", "kind"),
        needs=("conferences.strategy_discussion_id", "conferences=initial", "strategy_discussions.held_on"),
    ),
    _rule(
        code="decisions-sent-before-conference",
        title="Decisions were sent out before the conference was held",
        advice="Check both dates and correct the wrong one.",
        fails=_c.decisions_sent_on < _c.held_on,
        shows=("held_on", "decisions_sent_on"),
        needs=("conferences.decisions_sent_on",),
    ),
    _rule(
        code="minutes-sent-before-conference",
        title="Minutes were sent out before the conference was held",
        advice="Check both dates and correct the wrong one.",
        fails=_c.minutes_sent_on < _c.held_on,
        shows=("held_on", "minutes_sent_on"),
        needs=("conferences.minutes_sent_on",),
    ),
    _rule(
        code="plan-made-at-review",
        title="A review is marked as having made a child protection plan",
        advice="Take the mark out; only initial and transfer-in conferences make a plan.",
        fails=_c.kind.isin(["review", "looked_after_review"]) & _c.is_cp_plan_made,
        shows=("held_on", "kind", "is_cp_plan_made"),
        needs=("conferences.is_cp_plan_made",),
    ),
    _rule(
        code="looked-after-review-outside-care",
        title="Review of a looked-after child was held while the child was not in care",
        advice="Check the date of the review and the period of care.",
        fails=(_c.kind == "looked_after_review") & ~_c.was_in_care
        & (_c.held_on >= file_starts_on("care_periods")),
        shows=("held_on", "kind"),
        needs=("conferences.held_on", "conferences=looked_after_review", "care_periods.ended_on"),
    ),
    _rule(
        code="under-four-code-for-older-child",
        title="Participation says the child was under 4 and the child was older",
        advice="Record how the child took part in the conference or review.",
        source="SSDA903 rule 440",
        fails=(_c.participation == "PN0") & (_c.age_held >= 4),
        shows=("held_on", "participation", "born_on"),
        needs=("conferences.participation", "children.born_on"),
    ),
    _rule(
        code="participation-of-child-under-four",
        title="Participation is recorded for a child who was under 4",
        advice="Use the code for a child under 4, or correct the date of birth.",
        source="SSDA903 rule 441",
        fails=(_c.participation != "PN0") & ((_c.age_held < 4) | _c.was_unborn),
        shows=("held_on", "participation", "born_on"),
        needs=("conferences.participation", "children.born_on"),
    ),
    _rule(
        code="conference-recorded-twice",
        title="Two conferences of one kind are recorded for a child on one day",
        advice="Keep the fuller record and remove the other.",
        fails=_c.is_second_of_day,
        shows=("conference_id", "kind", "held_on"),
        needs=("conferences.held_on", "conferences.kind"),
    ),
)  # fmt: skip
