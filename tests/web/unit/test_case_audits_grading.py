"""Limiting judgements: what holds a grade down, at every boundary."""

import pytest

from goldenthread_web.case_audits import grading
from goldenthread_web.case_audits.models.doing import Grade

O, G, R, I = "outstanding", "good", "requires_improvement", "inadequate"  # noqa: E741 - the four grades
WEAKEST, OPEN, UNSAFE = "weakest-domain", "open-concern", "unsafe-now"

# grade, assessment, plan, oversight, unsafe, open concern, impact | grade allowed, codes | because
TABLE = [
    (O, O, O, O, False, False, O, O, (), "nothing is weak"),
    (O, G, O, O, False, False, O, O, (), "one above the weakest is allowed"),
    (O, R, O, O, False, False, O, G, (WEAKEST,), "two above the assessment is not"),
    (O, O, R, O, False, False, O, G, (WEAKEST,), "nor above the plan"),
    (O, O, O, R, False, False, O, G, (WEAKEST,), "nor above oversight"),
    (G, R, R, R, False, False, G, G, (), "good is one above requires improvement"),
    (O, I, O, O, False, False, O, R, (WEAKEST,), "three above falls by two"),
    (G, I, G, G, False, False, G, R, (WEAKEST,), "two above inadequate"),
    (R, I, I, I, False, False, R, R, (), "requires improvement is one above inadequate"),
    (I, O, O, O, False, False, I, I, (), "a limit never lifts a grade"),
    (O, "", "", "", False, False, O, O, (), "no domain has a grade"),
    (O, "", "", R, False, False, O, G, (WEAKEST,), "what did not apply does not count"),
    (O, O, O, O, False, True, O, I, (OPEN,), "an open concern makes it inadequate"),
    (R, R, R, R, False, True, R, I, (OPEN,), "whatever it was"),
    (I, R, R, R, False, True, R, I, (), "it was inadequate anyhow"),
    (O, I, O, O, False, True, O, I, (OPEN, WEAKEST), "both hold; the lower wins"),
    (G, G, G, G, True, False, G, G, (UNSAFE,), "unsafe holds the impact, not the grade"),
    (G, G, G, G, True, False, R, G, (), "that impact is allowed"),
    (G, G, G, G, None, False, O, G, (), "not said yet whether the child is safe"),
    ("", G, G, G, False, True, "", "", (), "nothing graded yet"),
    (O, I, G, G, True, True, O, I, (UNSAFE, OPEN, WEAKEST), "all three"),
]


@pytest.mark.parametrize(
    (
        "grade",
        "assessment",
        "plan",
        "oversight",
        "unsafe",
        "concern",
        "impact",
        "allowed",
        "codes",
        "because",
    ),
    TABLE,
    ids=[row[-1] for row in TABLE],
)
def test_limits(grade, assessment, plan, oversight, unsafe, concern, impact, allowed, codes, because):
    domains = {"assessment": assessment, "plan": plan, "oversight": oversight, "recording": I}
    assert grading.limited(grade, domains, unsafe, concern, impact) == (allowed, codes), because


@pytest.mark.parametrize(
    ("impact", "unsafe", "allowed"),
    [(O, True, R), (G, True, R), (R, True, R), (I, True, I), (O, False, O), ("", True, "")],
)
def test_impact_of_an_unsafe_child(impact, unsafe, allowed):
    assert grading.judged(G, impact, {}, is_unsafe=unsafe, has_open_concern=False).impact == allowed


def test_the_file_is_sound():
    """Its grades are those of the model, each limit has a sentence, and codes are said in its order."""
    assert set(grading.grades()) == set(Grade.values)
    assert all(one.sentence.endswith(".") and one.holds in {"overall", "impact"} for one in grading.limits())
    assert [one.code for one in grading.limits()] == [UNSAFE, OPEN, WEAKEST]
    assert grading.sentences([WEAKEST, UNSAFE])[0] == grading.limits()[0].sentence
