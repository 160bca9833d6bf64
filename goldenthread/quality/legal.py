"""Private fostering and proceedings: do they fit the child's age and the other records?"""

from functools import partial

import ibis.expr.types as ir

from goldenthread.populations.children import age_on, looked_after, with_child
from goldenthread.populations.population import Population
from goldenthread.quality.facts import days_ago, overlap, with_facts
from goldenthread.quality.rule import Rule
from goldenthread.settings import AS_AT_ON
from goldenthread.standard import table

_arrangements = table("private_fostering_arrangements").rows
_proceedings = table("legal_proceedings").rows


def _checked_arrangement_rows() -> ir.Table:
    rows = with_child(_arrangements)
    rows = rows.mutate(age_now=age_on(rows, AS_AT_ON), is_open=rows.ended_on.isnull())
    rows = with_facts(
        "private_fostering_arrangements",
        rows,
        looked_after.table.select("authority", "child_id"),
        prefix="care",
        facts={"is_looked_after": lambda t: t.care_child_id.notnull()},
    )
    return with_facts(
        "private_fostering_arrangements",
        rows,
        _arrangements,
        facts={
            "overlaps": lambda t: (
                (t.other_arrangement_id != t.arrangement_id)
                & overlap(t, "other", start="notified_on", end="ended_on")
            )
        },
    )


def _checked_proceeding_rows() -> ir.Table:
    rows = with_child(_proceedings)
    rows = rows.mutate(age_started=age_on(rows, rows.started_on), is_open=rows.ended_on.isnull())
    return with_facts(
        "legal_proceedings",
        rows,
        _proceedings,
        facts={
            "overlaps": lambda t: (
                ((t.other_proceeding_id != t.proceeding_id) | (t.other_started_on != t.started_on))
                & (t.other_kind == t.kind)
                & overlap(t, "other")
            ),
            "is_issued": lambda t: (
                (t.kind == "pre_proceedings")
                & (t.other_kind == "care_proceedings")
                & (t.other_started_on >= t.started_on)
            ),
        },
    )


_checked_arrangements = Population(
    name="checked_private_fostering",
    about="Private fostering arrangements with the child's age and care.",
    rows=_checked_arrangement_rows(),
)
_checked_proceedings = Population(
    name="checked_legal_proceedings",
    about="Proceedings with the child's age and the other proceedings.",
    rows=_checked_proceeding_rows(),
)
_a, _p = _checked_arrangements.table, _checked_proceedings.table
_arrangement = partial(Rule, table="private_fostering_arrangements", rows=_a)
_proceeding = partial(Rule, table="legal_proceedings", rows=_p)

RULES = (
    _arrangement(
        code="private-fostering-at-16",
        title="Private fostering arrangement is open for a person aged 16 or over",
        advice="End the arrangement on the 16th birthday, unless the child is disabled and under 18.",
        source="Children Act 1989, section 66",
        fails=_a.is_open & (_a.age_now >= 16),
        shows=("notified_on", "born_on"),
        needs=("private_fostering_arrangements.ended_on", "children.born_on"),
    ),
    _arrangement(
        code="private-fostering-of-looked-after-child",
        title="Private fostering arrangement is open for a child who is looked after",
        advice="End the arrangement on the day the child came into care.",
        fails=_a.is_open & _a.is_looked_after,
        shows=("notified_on",),
        needs=("private_fostering_arrangements.ended_on", "care_periods.ended_on"),
    ),
    _arrangement(
        code="private-fostering-assessed-before-notice",
        title="Private fostering was assessed before the council knew of it",
        advice="Check both dates and correct the wrong one.",
        fails=_a.assessment_completed_on < _a.notified_on,
        shows=("notified_on", "assessment_completed_on"),
        needs=("private_fostering_arrangements.assessment_completed_on",),
    ),
    _arrangement(
        code="overlapping-private-fostering",
        title="Two private fostering arrangements of a child overlap",
        advice="End the first with its true date, or remove the one entered twice.",
        fails=_a.overlaps,
        shows=("arrangement_id", "notified_on", "ended_on"),
        needs=("private_fostering_arrangements.ended_on",),
    ),
    _proceeding(
        code="overlapping-proceedings",
        title="Two proceedings of one kind are open for a child on one day",
        advice="End the first with its true date, or remove the one entered twice.",
        fails=_p.overlaps,
        shows=("proceeding_id", "kind", "started_on", "ended_on"),
        needs=("legal_proceedings.ended_on", "legal_proceedings.kind"),
    ),
    _proceeding(
        code="pre-proceedings-left-open",
        title="Pre-proceedings are still open although the case has gone to court",
        advice="End them on the day of the decision to issue.",
        fails=_p.is_open & _p.is_issued,
        shows=("kind", "started_on"),
        needs=("legal_proceedings.ended_on", "legal_proceedings=care_proceedings"),
    ),
    _proceeding(
        code="proceedings-at-17",
        title="Care proceedings were issued for a person aged 17 or over",
        advice="Check the date of birth: no care order can be made from the 17th birthday.",
        source="Children Act 1989, section 31(3)",
        fails=(_p.kind == "care_proceedings") & (_p.age_started >= 17),
        shows=("kind", "started_on", "born_on"),
        needs=("legal_proceedings.started_on", "legal_proceedings.kind", "children.born_on"),
    ),
    _proceeding(
        code="proceedings-open-two-years",
        title="Proceedings have been open for more than two years",
        advice="Record the final order, or the decision to step down, with its date.",
        fails=_p.is_open & (days_ago(_p.started_on) > 730),
        shows=("kind", "started_on"),
        needs=("legal_proceedings.ended_on",),
    ),
)
