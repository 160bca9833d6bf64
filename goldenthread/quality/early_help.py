"""Early help: do episodes and their assessments fit each other and what came after?"""

from functools import partial

import ibis
import ibis.expr.types as ir

from goldenthread.calendar import days_between
from goldenthread.populations.children import looked_after, protected
from goldenthread.populations.population import Population
from goldenthread.quality.facts import days_ago, overlap, with_facts
from goldenthread.quality.rule import Rule
from goldenthread.standard import table

_episodes = table("early_help_episodes").rows


def _statutory() -> ir.Table:
    parts = [population.table.select("authority", "child_id") for population in (looked_after, protected)]
    return ibis.union(*parts, distinct=True)


def _approaches() -> ir.Table:
    """Days on which a child came to the front door."""
    contacts, referrals = table("contacts").rows, table("referrals").rows
    return ibis.union(
        contacts.select("authority", "child_id", came_on=contacts.received_at.cast("date")),
        referrals.select("authority", "child_id", came_on=referrals.received_on),
    )


def _checked() -> ir.Table:
    rows = with_facts(
        "early_help_episodes",
        _episodes,
        _statutory(),
        prefix="statutory",
        facts={"is_statutory": lambda t: t.statutory_child_id.notnull()},
    )
    rows = with_facts(
        "early_help_episodes",
        rows,
        _approaches(),
        prefix="approach",
        facts={"came_back": lambda t: days_between(t.ended_on, t.approach_came_on).between(-28, 28)},
    )
    return with_facts(
        "early_help_episodes",
        rows,
        _episodes,
        facts={
            "overlaps": lambda t: (
                (t.other_episode_id != t.episode_id) & (t.other_service == t.service) & overlap(t, "other")
            )
        },
    )


_checked_episodes = Population(
    name="checked_early_help_episodes",
    about="Early help episodes with the child's other episodes and statutory plans.",
    rows=_checked(),
)
_e = _checked_episodes.table
_rule = partial(Rule, table="early_help_episodes", rows=_e)
_DATES = ("service", "started_on", "ended_on")
_is_open = _e.ended_on.isnull()

RULES = (
    _rule(
        code="early-help-assessment-outside-episode",
        title="Early help assessment ended before the episode began or after it ended",
        advice="Check the dates of assessment and episode.",
        fails=(_e.assessment_completed_on < _e.started_on) | (_e.assessment_started_on > _e.ended_on),
        shows=(*_DATES, "assessment_started_on", "assessment_completed_on"),
        needs=("early_help_episodes.assessment_completed_on", "early_help_episodes.started_on"),
    ),
    _rule(
        code="early-help-assessment-without-start",
        title="Early help assessment is complete and has no start",
        advice="Record the day the assessment started.",
        fails=_e.assessment_completed_on.notnull() & _e.assessment_started_on.isnull(),
        shows=("started_on", "assessment_completed_on"),
        needs=("early_help_episodes.assessment_started_on", "early_help_episodes.assessment_completed_on"),
    ),
    _rule(
        code="overlapping-early-help",
        title="Two early help episodes of one service overlap for a child",
        advice="Join them, or end the first with its true date.",
        fails=_e.overlaps,
        shows=("episode_id", *_DATES),
        needs=("early_help_episodes.ended_on", "early_help_episodes.service"),
    ),
    _rule(
        code="reason-for-end-of-open-early-help",
        title="Early help episode has a reason for its end and no end date",
        advice="Record the day the episode ended, or take the reason out.",
        fails=_is_open & _e.end_reason.notnull(),
        shows=("started_on", "end_reason"),
        needs=("early_help_episodes.end_reason", "early_help_episodes.ended_on"),
    ),
    _rule(
        code="early-help-of-protected-child",
        title="Early help is open for a child who is looked after or on a child protection plan",
        advice="End the early help episode as stepped up on the day the statutory plan began.",
        fails=_is_open & (_e.service == "early_help") & _e.is_statutory,
        shows=("service", "started_on"),
        needs=(
            "early_help_episodes.ended_on",
            "early_help_episodes.service",
            "care_periods.ended_on",
            "cp_plans.ended_on",
        ),
    ),
    _rule(
        code="stepped-up-without-contact",
        title="Early help ended by stepping up and no contact or referral is recorded around that day",
        advice="Record the contact or referral, or correct the reason for the end.",
        fails=(_e.end_reason == "step_up") & (_e.service == "early_help") & (days_ago(_e.ended_on) > 28)
        & ~_e.came_back,
        shows=("ended_on", "end_reason"),
        needs=("early_help_episodes.end_reason", "contacts.received_at", "referrals.received_on"),
    ),
    _rule(
        code="early-help-open-two-years",
        title="Early help episode has been open for more than two years",
        advice="Review it with the lead professional and end it if the help has ended.",
        fails=_is_open & (days_ago(_e.started_on) > 730),
        shows=("service", "started_on", "lead_professional"),
        needs=("early_help_episodes.ended_on",),
    ),
)  # fmt: skip
