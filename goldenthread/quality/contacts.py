"""Contacts: do decision, outcome and what followed fit together?"""

from functools import partial

import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_between
from goldenthread.populations.children import age_on, with_child
from goldenthread.populations.population import Population
from goldenthread.quality.facts import days_ago, is_open_on, with_facts
from goldenthread.quality.rule import Rule
from goldenthread.settings import file_starts_on
from goldenthread.standard import table

_referrals = table("referrals").rows
_early_help = table("early_help_episodes").rows


def _checked() -> ir.Table:
    rows = with_child(table("contacts").rows)
    rows = rows.mutate(received_on=_.received_at.cast("date"), decided_on=_.decided_at.cast("date"))
    rows = rows.mutate(age_at_contact=age_on(rows, rows.received_on))
    rows = with_facts(
        "contacts",
        rows,
        _referrals.filter(~_referrals.is_nfa.fill_null(False)),
        prefix="referral",
        facts={
            "was_open": lambda t: is_open_on(
                t, "referral", t.received_on, start="received_on", end="closed_on"
            ),
        },
    )
    rows = with_facts(
        "contacts",
        rows,
        _referrals,
        prefix="referral",
        facts={
            "has_referral": lambda t: days_between(t.decided_on, t.referral_received_on).between(-31, 14),
            "has_referral_at_once": lambda t: (
                (t.referral_received_on >= t.received_on) & (t.referral_received_on <= t.decided_on)
            ),
        },
    )
    open_records = [
        table(name).rows.select("authority", "child_id", "started_on", "ended_on")
        for name in ("cin_plans", "cp_plans", "care_periods")
    ]
    rows = with_facts(
        "contacts",
        rows,
        open_records[0].union(*open_records[1:]),
        prefix="plan",
        facts={"had_plan": lambda t: is_open_on(t, "plan", t.received_on)},
    )
    rows = with_facts(
        "contacts",
        rows,
        _early_help,
        prefix="help",
        facts={"has_early_help": lambda t: days_between(t.received_on, t.help_started_on).between(-365, 30)},
    )
    twice = table("contacts").rows.mutate(received_on=_.received_at.cast("date"))
    return with_facts(
        "contacts",
        rows,
        twice,
        facts={
            "is_twice": lambda t: (
                (t.other_contact_id != t.contact_id)
                & (t.other_received_at == t.received_at)
                & t.received_at_is_timed
                & t.other_received_at_is_timed
                & (t.other_source == t.source)
            )
        },
    )


_checked_contacts = Population(
    name="checked_contacts", about="Contacts with what followed them.", rows=_checked()
)
_c = _checked_contacts.table
_both_timed = (_c.received_at_is_timed & _c.decided_at_is_timed).fill_null(False)
_rule = partial(Rule, table="contacts", rows=_c)

RULES = (
    _rule(
        code="contact-decided-before-received",
        title="Contact was decided on before it was received",
        advice="Check both times and correct the wrong one; until then the contact counts in no timeliness.",
        severity="error",
        fails=_both_timed.ifelse(_c.decided_at_utc < _c.received_at_utc, _c.decided_on < _c.received_on),
        shows=("received_at", "decided_at"),
        needs=("contacts.decided_at", "contacts.received_at"),
    ),
    _rule(
        code="contact-outcome-without-decision",
        title="Contact has an outcome and no date of decision",
        advice="Ask the manager who decided for the day and time, and record them.",
        fails=_c.outcome.notnull() & _c.decided_at.isnull(),
        shows=("received_at", "outcome"),
        needs=("contacts.decided_at", "contacts.outcome"),
    ),
    _rule(
        code="contact-left-undecided",
        title="Contact has waited more than four weeks for a decision",
        advice=(
            "If it was dealt with, record the decision and its true date; if not, take it to a manager "
            "today."
        ),
        fails=_c.decided_at.isnull() & _c.outcome.isnull() & (days_ago(_c.received_on) > 28),
        shows=("received_at", "source"),
        needs=("contacts.decided_at", "contacts.outcome"),
    ),
    _rule(
        code="contact-became-no-referral",
        title="Contact was decided to be a referral and no referral was recorded",
        advice="Open the referral the decision asked for, or correct the outcome of the contact.",
        fails=(_c.outcome == "referral") & ~_c.has_referral & (days_ago(_c.decided_on) > 14)
        & (_c.received_on >= file_starts_on("referrals")),
        shows=("received_at", "decided_at", "outcome"),
        needs=("contacts.outcome", "contacts.decided_at", "referrals.received_on"),
    ),
    _rule(
        code="contact-closed-yet-referred",
        title="Contact was closed without action although a referral came of it",
        advice="Set the outcome of the contact to referral, or check whose the referral is.",
        fails=_c.outcome.isin(["nfa", "information_advice"]) & _c.has_referral_at_once,
        shows=("received_at", "decided_at", "outcome"),
        needs=("contacts.outcome", "contacts.decided_at", "referrals.received_on"),
    ),
    _rule(
        code="contact-for-open-case-without-case",
        title="Contact was passed to an open case and the child had none",
        advice="Find out where the contact went, and correct the outcome or reopen the case.",
        fails=(_c.outcome == "open_case") & ~_c.was_open & ~_c.had_plan
        & (_c.received_on >= file_starts_on("referrals")),
        shows=("received_at", "outcome"),
        needs=("contacts.outcome", "referrals.received_on", "referrals.closed_on"),
    ),
    _rule(
        code="contact-without-early-help",
        title="Contact was passed to early help and no early help was recorded",
        advice="Ask early help whether they have the family; open the episode or correct the outcome.",
        fails=(_c.outcome == "early_help") & ~_c.has_early_help & (days_ago(_c.received_on) > 30)
        & (_c.received_on >= file_starts_on("early_help_episodes")),
        shows=("received_at", "decided_at", "outcome"),
        needs=("contacts.outcome", "early_help_episodes.started_on"),
    ),
    _rule(
        code="contact-recorded-twice",
        title="Two contacts of a child came at the same minute from the same source",
        advice="Keep the fuller record and remove the other.",
        fails=_c.is_twice,
        shows=("received_at", "source", "outcome"),
        needs=("contacts.received_at", "contacts.source"),
    ),
    _rule(
        code="contact-about-an-adult",
        title="Contact is about a person aged 18 or over",
        advice="Check the date of birth; if it is right, pass the contact to adult services or leaving care.",
        fails=_c.age_at_contact >= 18,
        shows=("received_at", "born_on", "outcome"),
        needs=("contacts.received_at", "children.born_on"),
    ),
)  # fmt: skip
