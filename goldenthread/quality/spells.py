"""When was what open for a child: an episode of need, a plan, a period of care?"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.populations.population import Population
from goldenthread.quality.facts import Fact, is_open_on, with_facts
from goldenthread.standard import table

# What each spell is, and the columns it starts and ends with.
_SPELLS = {
    "referrals": ("received_on", "closed_on"),
    "cin_plans": ("started_on", "ended_on"),
    "cp_plans": ("started_on", "ended_on"),
    "care_periods": ("started_on", "ended_on"),
    "private_fostering_arrangements": ("notified_on", "ended_on"),
}
# An open one of these means that the child's case is open.
CASE = ("referrals", "cin_plans", "cp_plans", "care_periods")


def _spells() -> ir.Table:
    parts = []
    for name, (start, end) in _SPELLS.items():
        rows = table(name).rows
        if name == "referrals":
            rows = rows.filter(~rows.is_nfa.fill_null(False))
        parts.append(
            rows.select(
                "authority", "child_id", what=ibis.literal(name), started_on=rows[start], ended_on=rows[end]
            )
        )
    return ibis.union(*parts)


spells = Population(
    name="spells",
    about="Episodes of need, plans, periods of care and private fostering of each child, with their days.",
    rows=_spells(),
)


def with_spells(name: str, rows: ir.Table, day: str) -> ir.Table:
    """Add what was open on each row's day: `case_was_open`, `was_in_care` and so on.

    The day on which something ends still counts, except for `case_was_open`: a visit may end a plan.
    """

    def on_day(what: str) -> Fact:
        def holds(t: ir.Table) -> ir.BooleanValue:
            until = t.spell_ended_on.isnull() | (t.spell_ended_on >= t[day])
            return (t.spell_what == what) & (t.spell_started_on <= t[day]) & until

        return holds

    return with_facts(
        name,
        rows,
        spells.table,
        prefix="spell",
        facts={
            "case_was_open": lambda t: t.spell_what.isin(CASE) & is_open_on(t, "spell", t[day]),
            "was_in_need_plan": on_day("cin_plans"),
            "was_protected": on_day("cp_plans"),
            "was_in_care": on_day("care_periods"),
            "was_privately_fostered": on_day("private_fostering_arrangements"),
        },
    )


def _closures() -> ir.Table:
    referrals = table("referrals").rows
    return referrals.group_by("authority", "child_id").aggregate(last_closed_on=_.closed_on.max())


last_closures = Population(
    name="last_closures",
    about="The day on which each child's last closed episode of need was closed.",
    rows=_closures().filter(_.last_closed_on.notnull()),
)
