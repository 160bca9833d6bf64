"""Strategy discussions and section 47 enquiries: do they start, end and lead on as they should?"""

from functools import partial

import ibis.expr.types as ir

from goldenthread.calendar import days_between
from goldenthread.populations.children import age_on, with_child
from goldenthread.populations.population import Population
from goldenthread.quality.facts import days_ago, is_open_on, with_facts
from goldenthread.quality.rule import Rule
from goldenthread.settings import file_starts_on
from goldenthread.standard import table

_discussions = table("strategy_discussions").rows


def _checked() -> ir.Table:
    rows = with_child(_discussions)
    rows = rows.mutate(age_held=age_on(rows, rows.held_on))
    rows = with_facts(
        "strategy_discussions",
        rows,
        table("referrals").rows,
        prefix="referral",
        facts={
            # A referral may be written up a few days after the discussion it led to.
            "has_open_referral": lambda t: (
                (days_between(t.held_on, t.referral_received_on) <= 5)
                & (t.referral_closed_on.isnull() | (t.referral_closed_on >= t.held_on))
            )
        },
    )
    rows = with_facts(
        "strategy_discussions",
        rows,
        table("conferences").rows.filter(lambda t: t.kind == "initial"),
        prefix="conference",
        facts={
            "has_conference": lambda t: t.conference_held_on >= t.held_on,
            "has_linked_conference": lambda t: (
                t.conference_strategy_discussion_id == t.strategy_discussion_id
            ),
        },
    )
    return with_facts(
        "strategy_discussions",
        rows,
        _discussions,
        facts={
            "is_second_of_day": lambda t: (
                (t.other_strategy_discussion_id != t.strategy_discussion_id)
                & (t.other_held_on == t.held_on)
                & t.is_s47_initiated
                & t.other_is_s47_initiated
            ),
            "started_during_other": lambda t: (
                (t.other_strategy_discussion_id != t.strategy_discussion_id)
                & t.is_s47_initiated
                & t.other_is_s47_initiated
                & (t.other_held_on < t.held_on)
                & is_open_on(t, "other", t.held_on, start="held_on", end="s47_ended_on")
            ),
        },
    )


_checked_discussions = Population(
    name="checked_discussions",
    about="Strategy discussions with the referral, conference and other enquiries around them.",
    rows=_checked(),
)
_d = _checked_discussions.table
_rule = partial(Rule, table="strategy_discussions", rows=_d)
_DATES = ("held_on", "s47_ended_on")

RULES = (
    _rule(
        code="discussion-before-concern",
        title="Strategy discussion was held before the concern arose",
        advice="Check both dates and correct the wrong one.",
        fails=_d.held_on < _d.concern_on,
        shows=("concern_on", "held_on"),
        needs=("strategy_discussions.concern_on", "strategy_discussions.held_on"),
    ),
    _rule(
        code="enquiry-ended-without-start",
        title="Section 47 enquiry has an end although none was started",
        advice="Mark the discussion as the one that started the enquiry, or take the end date out.",
        fails=~_d.is_s47_initiated & _d.s47_ended_on.notnull(),
        shows=(*_DATES, "is_s47_initiated"),
        needs=("strategy_discussions.s47_ended_on", "strategy_discussions.is_s47_initiated"),
    ),
    _rule(
        code="conference-required-without-enquiry",
        title="A child protection conference is required although no section 47 enquiry was started",
        advice="Record the enquiry, or correct what the discussion decided.",
        fails=~_d.is_s47_initiated & _d.is_icpc_required,
        shows=("held_on", "is_s47_initiated", "is_icpc_required"),
        needs=("strategy_discussions.is_icpc_required", "strategy_discussions.is_s47_initiated"),
    ),
    _rule(
        code="required-conference-not-held",
        title="A child protection conference was required and none is recorded eight weeks on",
        advice="Record the conference that was held; if none was, take it to the service manager today.",
        source="CIN census: initial conference",
        fails=_d.is_icpc_required
        & ~_d.has_conference
        & (days_ago(_d.held_on) > 56)
        & (_d.held_on >= file_starts_on("conferences")),
        shows=(*_DATES, "is_icpc_required"),
        needs=("strategy_discussions.is_icpc_required", "conferences=initial"),
    ),
    _rule(
        code="conference-held-though-not-required",
        title="The enquiry says no conference is needed and one is linked to it",
        advice="Correct the outcome of the enquiry, or the link of the conference.",
        source="CIN census: initial conference not required",
        fails=(_d.is_icpc_required == False) & _d.has_linked_conference,  # noqa: E712
        shows=("held_on", "is_icpc_required"),
        needs=("strategy_discussions.is_icpc_required", "conferences.strategy_discussion_id"),
    ),
    _rule(
        code="enquiry-left-open",
        title="Section 47 enquiry has been open for more than three months",
        advice="Record the day it was concluded and what it found.",
        fails=_d.is_s47_initiated & _d.s47_ended_on.isnull() & (days_ago(_d.held_on) > 92),
        shows=("held_on",),
        needs=("strategy_discussions.s47_ended_on",),
    ),
    _rule(
        code="enquiry-during-another",
        title="Section 47 enquiry started while an earlier one of the child was open",
        advice="End the earlier enquiry with its true date, or join the two.",
        fails=_d.started_during_other,
        shows=("strategy_discussion_id", *_DATES),
        needs=("strategy_discussions.s47_ended_on",),
    ),
    _rule(
        code="two-enquiries-on-one-day",
        title="Two section 47 enquiries of a child started on one day",
        advice="Mark only the last discussion of the day as the one that started the enquiry.",
        fails=_d.is_second_of_day,
        shows=("strategy_discussion_id", "held_on"),
        needs=("strategy_discussions.held_on", "strategy_discussions.is_s47_initiated"),
    ),
    _rule(
        code="enquiry-without-referral",
        title="Section 47 enquiry was started for a child without an open referral",
        advice="Record the referral, or check which child the enquiry is about.",
        fails=_d.is_s47_initiated & ~_d.has_open_referral & (_d.held_on >= file_starts_on("referrals")),
        shows=_DATES,
        needs=("strategy_discussions.held_on", "referrals.received_on", "referrals.closed_on"),
    ),
    _rule(
        code="action-details-without-actions",
        title="Strategy discussion has owners or dates of actions and no action",
        advice="Record the actions agreed, or correct the marks for owners and dates.",
        fails=(_d.has_actions == False) & (_d.has_action_owners | _d.has_action_dates).fill_null(False),  # noqa: E712
        shows=("held_on", "has_actions", "has_action_owners", "has_action_dates"),
        needs=("strategy_discussions.has_actions",),
    ),
    _rule(
        code="enquiry-about-an-adult",
        title="Section 47 enquiry is about a person aged 18 or over",
        advice="Check the date of birth and the date of the discussion.",
        fails=_d.is_s47_initiated & (_d.age_held >= 18),
        shows=("held_on", "born_on"),
        needs=("strategy_discussions.held_on", "children.born_on"),
    ),
)  # fmt: skip
