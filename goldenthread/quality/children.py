"""Children: can what is recorded of the child be right?"""

from functools import partial

import ibis
import ibis.expr.types as ir

from goldenthread.calendar import days_between
from goldenthread.populations.children import open_cases
from goldenthread.populations.population import Population
from goldenthread.quality.facts import days_ago, with_facts
from goldenthread.quality.rule import Rule
from goldenthread.settings import AS_AT_ON
from goldenthread.standard import table

_WITH_RECORDS = (
    "contacts",
    "early_help_episodes",
    "referrals",
    "assessments",
    "strategy_discussions",
    "conferences",
    "cin_plans",
    "cp_plans",
    "care_periods",
    "care_leaver_statuses",
    "private_fostering_arrangements",
    "missing_episodes",
    "visits",
    "allocations",
)


def _recorded() -> ir.Table:
    """Every child of whom anything is recorded."""
    parts = [table(name).rows.select("authority", "child_id") for name in _WITH_RECORDS]
    return ibis.union(*parts, distinct=True)


def _checked() -> ir.Table:
    rows = table("children").rows
    rows = rows.mutate(is_unborn=rows.is_unborn.fill_null(False))
    rows = with_facts(
        "children",
        rows,
        open_cases.table.select("authority", "child_id", "open_date"),
        prefix="case",
        facts={"has_open_case": lambda t: t.case_open_date <= AS_AT_ON},
        numbers={"open_since_on": lambda t: t.case_open_date.min()},
    )
    same = rows.select("authority", "child_id", "family_id", "born_on", "sex", "ethnicity", "is_unborn")
    rows = with_facts(
        "children",
        rows,
        same,
        on=("family_id",),
        facts={
            "has_double": lambda t: (
                (t.other_child_id != t.child_id)
                & ~t.is_unborn
                & ~t.other_is_unborn
                & (t.other_born_on == t.born_on)
                & (t.other_sex == t.sex)
                & (t.other_ethnicity == t.ethnicity)
            )
        },
    )
    return with_facts(
        "children",
        rows,
        _recorded(),
        prefix="record",
        facts={"has_record": lambda t: t.record_child_id.notnull()},
    )


_checked_children = Population(
    name="checked_children",
    about="Children with what their other records say of them.",
    rows=_checked(),
)
_c = _checked_children.table
_rule = partial(Rule, table="children", rows=_c)
_OPEN = ("referrals.closed_on", "assessments.started_on")

RULES = (
    _rule(
        id="X13",
        code="unborn-although-due",
        title="Child is still recorded as unborn after the birth",
        advice=(
            "Record the date of birth and take the unborn mark off; if the pregnancy ended, close the record."
        ),
        fails=_c.is_unborn
        & ((_c.born_on <= AS_AT_ON).fill_null(False) | (days_ago(_c.expected_birth_on) > 28)),
        shows=("born_on", "expected_birth_on"),
        needs=("children.is_unborn",),
    ),
    _rule(
        code="unborn-without-due-date",
        title="Unborn child has no expected date of birth",
        advice="Ask the midwife or the parent for the expected date of birth and record it.",
        fails=_c.is_unborn & _c.expected_birth_on.isnull() & _c.born_on.isnull(),
        shows=("expected_birth_on",),
        needs=("children.expected_birth_on", "children.is_unborn"),
    ),
    _rule(
        code="unborn-due-too-late",
        title="Expected date of birth is more than 42 weeks ahead",
        advice="Check the year and month of the expected date of birth.",
        fails=_c.is_unborn & (days_ago(_c.expected_birth_on) < -294),
        shows=("expected_birth_on",),
        needs=("children.expected_birth_on", "children.is_unborn"),
    ),
    _rule(
        code="birth-far-from-due-date",
        title="Date of birth is more than four months from the expected date",
        advice="Check both dates: one of them has probably the wrong month or year.",
        fails=~_c.is_unborn & (days_between(_c.expected_birth_on, _c.born_on).abs() > 122),
        shows=("born_on", "expected_birth_on"),
        needs=("children.born_on", "children.expected_birth_on"),
    ),
    _rule(
        code="ethnicity-not-obtained-in-open-case",
        title="Ethnicity is still not obtained for a case open more than nine weeks",
        advice="Ask the family at the next visit and record the answer; choose refused if they decline.",
        source="CIN census: ethnicity",
        fails=~_c.is_unborn & (_c.ethnicity == "NOBT") & (days_ago(_c.open_since_on) > 63),
        shows=("ethnicity", "open_since_on"),
        needs=("children.ethnicity", *_OPEN),
    ),
    _rule(
        code="sex-not-known-in-open-case",
        title="Sex of a born child with an open case is not known",
        advice="Record the child's sex as the case system asks for it.",
        source="CIN census: sex",
        fails=~_c.is_unborn & _c.sex.isin(["U", "N"]) & _c.has_open_case,
        shows=("sex", "born_on"),
        needs=("children.sex", *_OPEN),
    ),
    _rule(
        code="child-perhaps-recorded-twice",
        title="Two children of one family share date of birth, sex and ethnicity",
        advice="If they are not twins, ask the data team to merge the two records.",
        severity="info",
        fails=_c.has_double,
        shows=("family_id", "born_on", "sex"),
        needs=("children.family_id", "children.born_on", "children.sex", "children.ethnicity"),
    ),
    _rule(
        code="child-without-any-record",
        title="Nothing is recorded of the child in any other list",
        advice="Check whether the child was created by mistake, or whether the records are under another id.",
        severity="info",
        fails=~_c.has_record,
        shows=("born_on",),
        needs=("children", "contacts", "referrals", "care_periods", "early_help_episodes"),
    ),
)
