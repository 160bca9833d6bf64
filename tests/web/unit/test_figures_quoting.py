"""Figures for papers: the same as on the scorecard, on a day, in a view."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import caches

from goldenthread_web.figures.asked_once import asked_once
from goldenthread_web.figures.quoting import has_left_tolerance, is_at_target, quoted
from tests.web.builders import a_person
from tests.web.figure_sets import a_set, a_target, not_computable, over_two_years

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["worked_out"].clear()


def one(ref="FD-02", **asked):
    return quoted([ref], **{"is_public_view": False} | asked).get(ref)


def test_before_anything_was_worked_out_there_is_nothing():
    assert quoted(["FD-02"], is_public_view=False) == {}
    assert quoted([], is_public_view=False) == {}


def test_the_figure_of_a_day_is_that_of_the_last_month_up_to_it():
    a_set(over_two_years("FD-02", [50] * 23 + [74]))
    assert one().value == "74.0%" and one().cases == "148 of 200"
    assert one().ends_on == date(2017, 12, 31) and one().period == "December 2017"
    earlier = one(on=date(2017, 12, 30))
    assert earlier.value == "50.0%" and earlier.ends_on == date(2017, 11, 30)
    assert one(on=date(2015, 1, 1)) is None


def test_a_month_can_be_asked_for():
    a_set(over_two_years("FD-02", [49] * 19 + [60, 62, 64, 66, 74]))
    assert one().at(date(2017, 7, 15)).said == "49.0%"
    assert one().at(date(2014, 7, 15)) is None


def test_only_what_was_asked_is_there_and_all_of_it_in_three_queries(django_assert_max_num_queries):
    a_set(
        [*over_two_years("FD-02", [50] * 24), *over_two_years("CIN-02", [60] * 24), not_computable("CIN-03")]
    )
    with django_assert_max_num_queries(3):
        found = quoted(["FD-02", "CIN-03"], is_public_view=False)
    assert set(found) == {"FD-02", "CIN-03"}
    assert found["CIN-03"].value == "Not computable" and not found["CIN-03"].is_a_figure


def test_small_numbers_are_not_there_in_the_public_view():
    a_set(over_two_years("FD-02", [10] * 24, of=20))
    seen = one(is_public_view=True)
    assert seen.value == "c" and seen.number is None and seen.is_hidden
    assert "2 of 20" not in repr(seen)
    assert one().value == "10.0%"


@pytest.mark.parametrize(
    ("last_months", "left", "because"),
    [
        ([89, 89], True, "two months beyond the tolerance of 5 below 95"),
        ([91, 89], False, "one month only"),
        ([89, 91], False, "it came back"),
        ([90, 90], False, "on the edge of the tolerance is still near"),
        ([95, 95], False, "at target"),
    ],
)
def test_leaving_tolerance_takes_two_months(last_months, left, because):
    a_set(over_two_years("FD-02", [95] * 22 + last_months))
    a_target("FD-02", Decimal(95), by=a_person("director"), tolerance=Decimal(5))
    assert has_left_tolerance("FD-02") is left, because


def test_nothing_is_claimed_without_a_target_or_of_too_few_cases():
    a_set([*over_two_years("FD-02", [10] * 24), *over_two_years("CIN-02", [0] * 24, of=9)])
    a_target("CIN-02", Decimal(95), by=a_person("director"), tolerance=Decimal(5))
    assert not has_left_tolerance("FD-02")
    assert not has_left_tolerance("CIN-02") and not is_at_target("CIN-02")
    assert not has_left_tolerance("AS-02")  # not in the set at all


def test_at_target_for_three_months_running():
    a_set(over_two_years("FD-02", [90] * 21 + [95, 96, 97]))
    a_target("FD-02", Decimal(95), by=a_person("director"), tolerance=Decimal(5))
    assert is_at_target("FD-02")
    assert not is_at_target("FD-02", months=4)
    assert not is_at_target("FD-02", on=date(2017, 12, 30))


def test_a_team_is_told_apart_from_the_whole():
    of_team = over_two_years("FD-02", [80] * 24, breakdown={"team": "MASH"})
    a_set([*over_two_years("FD-02", [50] * 24), *of_team])
    assert one().value == "50.0%"
    assert one(team="MASH").value == "80.0%" and one(team="MASH").team == "MASH"
    assert one(team="Nobody") is None


def test_within_a_page_the_same_is_asked_once_and_outside_anew(django_assert_num_queries):
    a_set(over_two_years("FD-02", [50] * 24))
    with django_assert_num_queries(4), asked_once():  # the set, the targets, and the figures each time
        for _ in range(2):
            assert quoted(["FD-02"], is_public_view=True)["FD-02"].value == "50.0%"
    with django_assert_num_queries(6):
        for _ in range(2):
            quoted(["FD-02"], is_public_view=True)
