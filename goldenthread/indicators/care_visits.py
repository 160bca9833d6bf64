"""Visits due, adoption and outcomes of the return: what is counted over events of children in care."""

from goldenthread.indicators.part import mean, proportion
from goldenthread.populations.adoption import children_adopted, outcome_cohort
from goldenthread.populations.visits_due import visits_due

_due = visits_due.table

LAC_05 = proportion(
    visits_due,
    _due.next_on <= _due.due_on,
    done=_due.next_on.notnull(),
    not_due={"The visit is not yet due.": _due.next_on.isnull() & (_due.as_at_on <= _due.due_on)},
    clock="days",
    elapsed=_due.days,
    clock_start=_due.anchor_on,
    clock_stop=_due.next_on,
    words={
        "in_time": "Visited by the due date.",
        "late": "Visited after the due date.",
        "overdue": "The visit is overdue.",
    },
)

_adopted = children_adopted.table
_means = {
    "": (_adopted.days_to_placement, "from entering care to placement"),
    "a10": (_adopted.days_to_carers, "from entering care to living with the adopters"),
    "a2": (_adopted.days_to_match, "from placement order to matching"),
}
LAC_24 = tuple(
    mean(
        children_adopted,
        total=days,
        code=code,
        unknown={"A date is missing.": days.isnull()},
        words={"counted": f"An adopted child; counted {what}."},
    )
    for code, (days, what) in _means.items()
)

_child = outcome_cohort.table
_not_said = "The return does not say."
LAC_25 = (
    proportion(
        outcome_cohort,
        _child.is_convicted,
        where=(_child.age >= 10).fill_null(False),
        unknown={_not_said: _child.is_convicted.isnull()},
        words={"met": "Not convicted.", "not_met": "Convicted or cautioned in the year."},
    ),
    proportion(
        outcome_cohort,
        _child.has_substance_misuse,
        code="substance_misuse",
        unknown={_not_said: _child.has_substance_misuse.isnull()},
        words={"met": "No substance misuse.", "not_met": "Substance misuse identified."},
    ),
)

PARTS = {"LAC-05": LAC_05, "LAC-24": LAC_24, "LAC-25": LAC_25}
