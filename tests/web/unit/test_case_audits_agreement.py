"""Agreement between two looks, leaning of auditors, intervals of shares: against tables worked by hand."""

from fractions import Fraction

import pytest

from goldenthread_web.case_audits.grading import grades
from goldenthread_web.case_audits.moderating_agreement import agreement, leanings
from goldenthread_web.case_audits.results_intervals import share

O, G, R, I = "outstanding", "good", "requires_improvement", "inadequate"  # noqa: E741 - as in the tables


def pairs(*said):
    """Pairs of grades with how often each was given: (first, again, number)."""
    return [(first, again) for first, again, number in said for _ in range(number)]


def test_two_grades_are_the_kappa_of_the_textbook():
    # 20 and 15 agree of 50; by chance half would: (0.7 - 0.5) / (1 - 0.5).
    found = agreement(pairs((G, G, 20), (G, R, 5), (R, G, 10), (R, R, 15)), grades())
    assert (found.pairs, found.agreed, found.share) == (50, 35, Fraction(7, 10))
    assert found.kappa == Fraction(2, 5) and found.why == ""


def test_four_grades_by_hand():
    # Margins 1 2 1 2 and 1 1 3 1. Seen: two pairs one apart, 2. Expected: 22 + 16 + 6 + 32 = 76, over 6.
    said = pairs((O, O, 1), (G, G, 1), (G, R, 1), (R, R, 1), (I, I, 1), (I, R, 1))
    found = agreement(said, grades())
    assert found.kappa == 1 - Fraction(2 * 6, 76) == Fraction(16, 19)
    assert found.table == ((1, 0, 0, 0), (0, 1, 1, 0), (0, 0, 1, 0), (0, 0, 1, 1))


def test_far_apart_counts_for_more_than_one_apart():
    near = agreement(pairs((O, O, 5), (I, I, 5), (G, R, 2)), grades())
    far = agreement(pairs((O, O, 5), (I, I, 5), (O, I, 2)), grades())
    assert near.share == far.share and near.kappa > far.kappa


@pytest.mark.parametrize(
    ("said", "kappa"),
    [
        ([(G, G, 3), (I, I, 3)], 1),  # always the same
        ([(O, I, 1), (I, O, 1)], -1),  # always the furthest apart
        ([(G, G, 5), (R, G, 5)], 0),  # the moderator gives everything one grade: no more than chance
    ],
)
def test_the_ends_of_kappa(said, kappa):
    assert agreement(pairs(*said), grades()).kappa == kappa


def test_where_nothing_can_be_said():
    none = agreement([], grades())
    assert (none.pairs, none.share, none.kappa) == (0, None, None) and "looked at again" in none.why
    same = agreement(pairs((G, G, 7)), grades())
    assert same.share == 1 and same.kappa is None and "same grade" in same.why


def test_who_grades_gently_and_who_hard():
    said = [
        *[(1, G, R)] * 4,
        (1, G, G),  # four of five a grade too good
        *[(2, R, G)] * 5,  # each a grade too hard
        *[(3, G, I)] * 4,  # too few to say
    ]
    gentle, hard, few = leanings(said, grades(), least=5)
    assert (gentle.auditor, gentle.pairs, gentle.mean) == (1, 5, Fraction(4, 5))
    assert (hard.auditor, hard.mean) == (2, Fraction(-1))
    assert (few.auditor, few.pairs, few.mean) == (3, 4, None)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (81, 263, "25.53", "36.62"),  # the examples of Newcombe 1998, method 3
        (15, 148, "6.24", "16.05"),
        (0, 20, "0.00", "16.11"),
        (1, 29, "0.61", "17.18"),
        (20, 20, "83.89", "100.00"),
    ],
)
def test_the_interval_of_a_share(part, whole, low, high):
    found = share(part, whole)
    assert (f"{found.interval.low:.2f}", f"{found.interval.high:.2f}") == (low, high)
    assert found.interval.low <= found.percent <= found.interval.high + 1e-9


def test_a_share_of_none():
    assert share(0, 0).percent is None and share(0, 0).said == "none"
    assert share(5, 8).said == "62.5%, 95% interval 31% to 86%, 5 of 8"
    with pytest.raises(ValueError, match="no share"):
        share(3, 2)
