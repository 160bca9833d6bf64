from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.figures.shortfall import missing, shortfall
from goldenthread.figures.wording import NUMBER, PERCENT, Unit
from goldenthread.indicators.catalogue import catalogue
from tests.unit.figure_lines import a_figure

HIGH, LOW, NEUTRAL, BACKLOG = (catalogue()[ref] for ref in ("CP-03", "FD-07", "FD-03", "FD-04"))


def short(definition, n, of, target, unit=PERCENT, counted=("child", "children")):
    return shortfall(a_figure(definition.ref, n, of), definition, unit, Decimal(str(target)), counted)


@pytest.mark.parametrize(
    ("n", "of", "target", "sentence"),
    [
        (716, 834, 95, "77 more children to reach 95.0%"),  # 792.3 must be 793
        (95, 100, 95, "at target"),  # exactly on it
        (94, 100, 95, "1 more child to reach 95.0%"),
        (96, 100, 95, "at target"),
        (949, 1000, 94.9, "at target"),
        (9495, 10000, 95, "5 more children to reach 95.0%"),  # 94.95 prints as 95.0 and is not there
        (0, 3, 100, "3 more children to reach 100.0%"),
    ],
)
def test_how_many_more_reach_a_target(n, of, target, sentence):
    assert short(HIGH, n, of, target).sentence == sentence


@pytest.mark.parametrize(
    ("n", "of", "target", "sentence"),
    [
        (20, 100, 15, "5 children too many for 15.0%"),
        (15, 100, 15, "at target"),
        (16, 100, 15, "1 child too many for 15.0%"),
        (3, 10, 15, "2 children too many for 15.0%"),  # 1.5 allow 1
        (0, 10, 0, "at target"),
    ],
)
def test_how_many_are_too_many(n, of, target, sentence):
    assert short(LOW, n, of, target).sentence == sentence


def test_a_backlog_is_measured_in_cases():
    assert (
        short(BACKLOG, 89, None, 10, NUMBER, ("contact", "contacts")).sentence
        == "79 contacts too many for 10"
    )
    assert short(BACKLOG, 10, None, 10, NUMBER).amount == 0


def test_posts_are_counted_in_tenths():
    found = short(catalogue()["WF-01"], "63.8", "153.4", 15, counted=("full-time post", "full-time posts"))
    assert found.sentence == "40.8 full-time posts too many for 15.0%"  # 23.01 allow 23.0


@pytest.mark.parametrize(
    "figure",
    [
        a_figure("CP-03", 0, 0),
        a_figure("CP-03", value=None),
        a_figure("CP-03", value="37", of=20),
        a_figure("CP-03", 12, value="37"),
    ],
    ids=["no cases", "no figure", "a median", "of nothing"],
)
def test_nothing_counted_is_no_shortfall(figure):
    assert shortfall(figure, HIGH, PERCENT, Decimal(95)) is None
    assert missing(figure, HIGH, PERCENT) is None


def test_more_than_all_is_no_number_of_cases():
    # Full-time posts filled by two people at a time: 101 of 100 leave nobody who misses the standard.
    assert missing(a_figure("CP-03", 101, 100), HIGH, PERCENT) is None


def test_neither_high_nor_low_has_no_shortfall():
    assert short(NEUTRAL, 10, 20, 80) is None
    assert missing(a_figure("FD-03", 10, 20), NEUTRAL, PERCENT) is None


def test_a_mean_has_no_shortfall():
    figure = a_figure("WF-05", 1999, "100.6", value="19.9")
    assert shortfall(figure, catalogue()["WF-05"], Unit(after=" cases"), Decimal(16)) is None


@pytest.mark.parametrize(
    ("definition", "n", "of", "sentence"),
    [
        (HIGH, 716, 834, "118 children"),
        (HIGH, 9, 9, "none"),
        (LOW, 1, 9, "1 child"),
        (BACKLOG, 89, None, "89 children"),
    ],
)
def test_without_a_target_it_says_how_many_miss_the_standard(definition, n, of, sentence):
    unit = NUMBER if of is None else PERCENT
    assert missing(a_figure(definition.ref, n, of), definition, unit).sentence == sentence


@given(st.integers(1, 5000), st.integers(0, 5000), st.decimals(0, 100, places=1))
def test_the_shortfall_is_the_smallest_number_that_reaches_the_target(of, n, target):
    n = min(n, of)
    needed = short(HIGH, n, of, target).amount
    assert (n + needed) * 100 >= target * of
    assert needed == 0 or (n + needed - 1) * 100 < target * of
    many = short(LOW, n, of, target).amount
    assert (n - many) * 100 <= target * of
    assert many == 0 or (n - many + 1) * 100 > target * of
