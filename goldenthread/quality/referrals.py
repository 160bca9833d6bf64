"""Referrals: do the dates and decisions of an episode of need fit, and do episodes fit together?"""

from functools import partial

import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_between, months_after
from goldenthread.populations.children import age_on, care_leavers, with_child
from goldenthread.populations.deaths import deaths
from goldenthread.populations.population import Population
from goldenthread.quality.activity import last_activity
from goldenthread.quality.facts import days_ago, overlap, with_facts
from goldenthread.quality.rule import Rule
from goldenthread.settings import AS_AT_ON
from goldenthread.standard import table

_referrals = table("referrals").rows.mutate(is_nfa=_.is_nfa.fill_null(False))


def _with_other_episodes(rows: ir.Table) -> ir.Table:
    def both_lead_on(t: ir.Table) -> ir.BooleanValue:
        return (t.other_referral_id != t.referral_id) & ~t.is_no_action & ~t.other_is_nfa

    def both_open(t: ir.Table) -> ir.BooleanValue:
        return t.closed_on.isnull() & t.other_closed_on.isnull()

    def ends_are_known(t: ir.Table) -> ir.BooleanValue:
        # Annex A says of each child when the latest episode ended, not when those before it did.
        return (t.from_source != "annex_a").fill_null(True)

    def is_earlier(t: ir.Table) -> ir.BooleanValue:
        return t.other_received_on < t.received_on

    return with_facts(
        "referrals",
        rows,
        _referrals,
        facts={
            "is_open_twice": lambda t: (
                both_lead_on(t) & both_open(t) & (t.other_received_on != t.received_on) & ends_are_known(t)
            ),
            "overlaps_earlier": lambda t: (
                both_lead_on(t)
                & ~both_open(t)
                & is_earlier(t)
                & ends_are_known(t)
                & overlap(t, "other", start="received_on", end="closed_on")
            ),
            "is_second_of_day": lambda t: (
                (t.other_referral_id != t.referral_id) & (t.other_received_on == t.received_on)
            ),
        },
        numbers={
            "referrals_in_12_months": lambda t: (
                (is_earlier(t) & (t.other_received_on > months_after(t.received_on, -12)))
                .fill_null(False)
                .cast("int64")
                .sum()
            )
        },
    )


def _checked() -> ir.Table:
    rows = with_child(table("referrals").rows)
    rows = rows.mutate(is_no_action=rows.is_nfa.fill_null(False), age_received=age_on(rows, rows.received_on))
    rows = rows.mutate(
        age_now=age_on(rows, AS_AT_ON), is_open_episode=rows.closed_on.isnull() & ~rows.is_no_action
    )
    rows = _with_other_episodes(rows)
    rows = with_facts(
        "referrals",
        rows,
        table("assessments").rows,
        prefix="assessment",
        facts={"was_assessed": lambda t: t.assessment_referral_id == t.referral_id},
    )
    rows = with_facts(
        "referrals",
        rows,
        table("care_periods").rows,
        prefix="care",
        facts={
            "is_in_care": lambda t: t.care_ended_on.isnull(),
            "was_adopted": lambda t: t.care_end_reason.isin(["E11", "E12"]),
        },
    )
    rows = with_facts(
        "referrals",
        rows,
        table("children").rows,
        prefix="child",
        facts={"has_no_disability": lambda t: ~t.child_has_disability},
    )
    rows = with_facts(
        "referrals",
        rows,
        care_leavers.table.select("authority", "child_id"),
        prefix="leaver",
        facts={"is_leaving_care": lambda t: t.leaver_child_id.notnull()},
    )
    rows = with_facts(
        "referrals", rows, deaths.table, prefix="death", numbers={"died_on": lambda t: t.death_died_on.max()}
    )
    return with_facts(
        "referrals",
        rows,
        last_activity.table,
        prefix="last",
        numbers={"last_activity_on": lambda t: t.last_happened_on.max()},
    )


_checked_referrals = Population(
    name="checked_referrals",
    about="Referrals with the child's other episodes and records.",
    rows=_checked(),
)
_r = _checked_referrals.table
_rule = partial(Rule, table="referrals", rows=_r)
_DATES = ("received_on", "decided_on", "closed_on")

RULES = (
    _rule(
        code="referral-decided-before-received",
        title="Referral was decided on before it was received",
        advice="Check both dates and correct the wrong one.",
        fails=_r.decided_on < _r.received_on,
        shows=_DATES,
        needs=("referrals.decided_on",),
    ),
    _rule(
        code="referral-closed-before-decided",
        title="Referral was closed before it was decided on",
        advice="Check both dates and correct the wrong one.",
        fails=(_r.closed_on < _r.decided_on) & (_r.closed_on >= _r.received_on),
        shows=_DATES,
        needs=("referrals.closed_on", "referrals.decided_on"),
    ),
    _rule(
        code="referral-left-undecided",
        title="Referral has waited more than four weeks for a decision",
        advice="Record the manager's decision and its date, or close the referral.",
        fails=_r.decided_on.isnull() & _r.is_nfa.isnull() & _r.closed_on.isnull()
        & (days_ago(_r.received_on) > 28),
        shows=("received_on", "source"),
        needs=("referrals.decided_on", "referrals.is_nfa", "referrals.closed_on"),
    ),
    _rule(
        code="no-action-referral-with-assessment",
        title="Referral says no further action and has an assessment",
        advice="Correct the decision of the referral, or link the assessment to the referral it belongs to.",
        source="CIN census: ReferralNFA",
        fails=_r.is_no_action & _r.was_assessed,
        shows=("received_on", "is_nfa"),
        needs=("referrals.is_nfa", "assessments.referral_id"),
    ),
    _rule(
        code="two-open-episodes",
        title="Child has two open episodes of need",
        advice="Keep the episode that is worked on and close the other with its true date.",
        fails=_r.is_open_twice,
        shows=("referral_id", "received_on", "closed_on"),
        needs=("referrals.closed_on",),
    ),
    _rule(
        code="referral-during-open-episode",
        title="Referral was received while an earlier episode was still open",
        advice="Check when the earlier episode ended; if it had not, record the news as a contact to it.",
        fails=_r.overlaps_earlier,
        shows=("referral_id", "received_on", "closed_on"),
        needs=("referrals.closed_on",),
    ),
    _rule(
        code="two-referrals-on-one-day",
        title="Child has two referrals of one day",
        advice="Keep one of them: they are counted once.",
        source="Indicator FD-06",
        fails=_r.is_second_of_day,
        shows=("referral_id", "received_on", "source"),
        needs=("referrals.received_on",),
    ),
    _rule(
        code="close-reason-of-open-referral",
        title="Referral has a reason for closure and no closing date",
        advice="Record the day the case was closed, or take the reason out if it is open.",
        fails=_r.close_reason.notnull() & _r.closed_on.isnull(),
        shows=("received_on", "close_reason"),
        needs=("referrals.closed_on", "referrals.close_reason"),
    ),
    _rule(
        code="open-case-without-activity",
        title="Nothing is recorded for more than six months in an open case",
        advice="Visit the child, or record the work that was done; close the case if it has ended.",
        fails=_r.is_open_episode
        & (days_ago(_r.received_on) > 183)
        & ((days_ago(_r.last_activity_on) > 183) | _r.last_activity_on.isnull()),
        shows=("received_on", "last_activity_on"),
        needs=("referrals.closed_on", "visits.visited_at", "assessments.started_on"),
    ),
    _rule(
        code="referral-after-death",
        title="Referral was received after the child had died",
        advice="Check whose referral it is, and whether the death was recorded on the right child.",
        fails=_r.received_on > _r.died_on,
        shows=("received_on", "died_on"),
        needs=("referrals.received_on", "referrals.close_reason"),
    ),
    _rule(
        code="open-case-after-death",
        title="Case is open although the child has died",
        advice="Close the case, or correct the record that says the child has died.",
        fails=_r.is_open_episode & (_r.received_on <= _r.died_on),
        shows=("received_on", "died_on"),
        needs=("referrals.closed_on", "referrals.close_reason"),
    ),
    _rule(
        code="closed-as-adopted-without-adoption",
        title="Case was closed because of adoption and no period of care ended so",
        advice=(
            "Record the end of the period of care with the reason adopted, or correct the reason for "
            "closure."
        ),
        fails=(_r.close_reason == "RC1") & ~_r.was_adopted,
        shows=("closed_on", "close_reason"),
        needs=("referrals.close_reason", "care_periods.end_reason"),
    ),
    _rule(
        code="need-not-stated-in-open-case",
        title="Primary need is still not stated nine weeks into a case",
        advice="Agree the child's primary need with the manager and record it.",
        source="CIN census: primary need",
        fails=_r.is_open_episode & (_r.primary_need == "N0") & (days_ago(_r.received_on) > 63),
        shows=("received_on", "primary_need"),
        needs=("referrals.primary_need", "referrals.closed_on"),
    ),
    _rule(
        code="need-is-disability-child-has-none",
        title="Primary need is the child's disability and the child is recorded without one",
        advice="Record the child's disability, or correct the primary need.",
        fails=_r.is_open_episode & (_r.primary_need == "N2") & _r.has_no_disability,
        shows=("received_on", "primary_need"),
        needs=("referrals.primary_need", "children.has_disability"),
    ),
    _rule(
        code="earlier-referrals-undercounted",
        title="Fewer referrals in the last twelve months are stated than the list holds",
        advice="Let the case system count again; if it cannot, correct the number by the list.",
        source="CIN census and Annex A list 3: referrals in the last twelve months",
        fails=_r.previous_referrals_12m < _r.referrals_in_12_months,
        shows=("received_on", "previous_referrals_12m", "referrals_in_12_months"),
        needs=("referrals.previous_referrals_12m",),
    ),
    _rule(
        code="referral-long-before-birth",
        title="Referral was received more than ten months before the child was born",
        advice="Check the date of birth and the date of the referral.",
        fails=days_between(_r.received_on, _r.born_on) > 300,
        shows=("received_on", "born_on"),
        needs=("referrals.received_on", "children.born_on"),
    ),
    _rule(
        code="referral-of-an-adult",
        title="Referral was received for a person aged 18 or over",
        advice="Check the date of birth; if it is right, the referral belongs to adult services.",
        fails=_r.age_received >= 18,
        shows=("received_on", "born_on"),
        needs=("referrals.received_on", "children.born_on"),
    ),
    _rule(
        code="case-open-after-18",
        title="Case is still open after the 18th birthday and no care leaver service explains it",
        advice="Close the case, or record the leaving care status that keeps it open.",
        fails=_r.is_open_episode & (_r.age_now >= 18) & (_r.age_received < 18) & ~_r.is_leaving_care
        & ~_r.is_in_care,
        shows=("received_on", "born_on"),
        needs=("referrals.closed_on", "children.born_on"),
    ),
)  # fmt: skip
