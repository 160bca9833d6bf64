"""School and childcare: are looked-after children at school, do they stay there, is childcare taken up?"""

from goldenthread.indicators.part import proportion
from goldenthread.populations.schooling import (
    childcare_counts,
    children_with_school_moves,
    children_with_school_returns,
)

_term = childcare_counts.table
EH_08 = proportion(
    childcare_counts,
    _term.taking_up_count > 0,
    numerator=_term.taking_up_count,
    denominator=_term.eligible_count,
    excluded={
        "The numbers of this term were not entered.": _term.eligible_count.isnull()
        | _term.taking_up_count.isnull()
    },
    told={"taking": _term.taking_up_count, "eligible": _term.eligible_count},
    words={"met": "{taking} of {eligible} take it up.", "not_met": "Nobody of {eligible} takes it up."},
)

_pupil = children_with_school_moves.table
LAC_22 = proportion(
    children_with_school_moves,
    _pupil.moves > 0,
    excluded={"The child is matched to no school.": _pupil.moves.isnull()},
    told={"moves": _pupil.moves},
    words={"met": "No move of school in the school year.", "not_met": "Moved school in the year: {moves}."},
)

_child = children_with_school_returns.table
_MISSED_A_TENTH = 10
_no_return = {"The virtual school has no return of the child.": _child.returns.isnull()}
_no_sessions = {
    **_no_return,
    "There was no session to miss.": (_child.possible == 0) & (_child.blank_sessions == 0),
}
_no_age = {"The child's date of birth is not known.": ~_child.is_age_known}
_blank_sessions = {
    **_no_age,
    "A return does not say how many sessions there were, or were missed.": _child.blank_sessions > 0,
}
_was_suspended = (_child.suspensions > 0).fill_null(False)
_blank_suspensions = {
    **_no_age,
    "A return does not say whether the child was suspended.": (_child.blank_suspensions > 0)
    & ~_was_suspended,
}
_told = {"missed": _child.missed, "possible": _child.possible, "suspensions": _child.suspensions}

LAC_26 = (
    proportion(
        children_with_school_returns,
        _child.missed > 0,
        numerator=_child.missed,
        denominator=_child.possible,
        excluded=_no_sessions,
        unknown=_blank_sessions,
        told=_told,
        words={"met": "Missed {missed} of {possible} sessions.", "not_met": "Missed none of {possible}."},
    ),
    proportion(
        children_with_school_returns,
        _child.missed * _MISSED_A_TENTH >= _child.possible,
        code="persistent_absence",
        excluded=_no_sessions,
        unknown=_blank_sessions,
        told=_told,
        words={
            "met": "Missed {missed} of {possible} sessions, a tenth or more.",
            "not_met": "Missed {missed} of {possible} sessions, less than a tenth.",
        },
    ),
    proportion(
        children_with_school_returns,
        _was_suspended,
        code="suspended",
        excluded=_no_return,
        unknown=_blank_suspensions,
        told=_told,
        words={"met": "Suspended: {suspensions}.", "not_met": "Not suspended."},
    ),
)

PARTS = {"EH-08": EH_08, "LAC-22": LAC_22, "LAC-26": LAC_26}
