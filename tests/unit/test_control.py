from dataclasses import replace
from decimal import Decimal

import pytest

from goldenthread.figures.control import Kind, limits, signals
from goldenthread.figures.direction import Word, direction
from goldenthread.indicators.catalogue import catalogue
from tests.unit.figure_lines import a_figure, a_month, a_series

STEADY = [70, 72, 69, 71, 70, 73, 68, 71, 70, 72, 69, 71]


def decimals(values):
    return [None if value is None else Decimal(str(value)) for value in values]


def of(values, ref="CP-03", **details):
    return direction(a_series(values, ref, **details), catalogue()[ref])


def kinds(values):
    series = decimals(values)
    return [
        (signal.kind, signal.is_up, signal.first, signal.last) for signal in signals(series, limits(series))
    ]


def test_limits_are_the_mean_and_266_mean_moving_ranges_either_side():
    # Moving ranges 2, 4, 6: mean 4. Mean of 10, 12, 8, 14 is 11. 2.66 * 4 = 10.64.
    found = limits(decimals([10, 12, 8, 14]))
    assert (found.centre, found.lower, found.upper) == (11, Decimal("0.36"), Decimal("21.64"))


def test_a_moving_range_is_between_neighbours_only():
    # 10 to 12 and 30 to 32; not 12 to 30 across the gap.
    found = limits(decimals([10, 12, None, 30, 32]))
    assert found.upper - found.centre == Decimal("5.32")


@pytest.mark.parametrize("values", [[], [5], [5, None, 7]])
def test_without_two_neighbours_there_are_no_limits(values):
    assert limits(decimals(values)) is None


def test_a_point_on_the_limit_is_not_beyond_it():
    found = limits(decimals([10, 12, 8, 14]))
    assert signals(decimals(["0.36", "21.64"]), found) == []
    assert [s.kind for s in signals(decimals(["0.35", "21.65"]), found)] == [Kind.BEYOND, Kind.BEYOND]


@pytest.mark.parametrize(
    ("points", "is_signal"), [(6, False), (7, True), (8, True)], ids=["6", "7 is a run", "8 is one run"]
)
def test_a_run_is_seven_on_one_side_of_the_mean(points, is_signal):
    high = [52, 53] * 4
    values = [48, 47] * 4 + high[:points]
    found = [s for s in kinds(values) if s[0] is Kind.RUN and s[1]]
    assert found == ([(Kind.RUN, True, 8, 7 + points)] if is_signal else [])


def test_a_point_exactly_on_the_mean_ends_a_run():
    values = [1, 1, 1, 0, 1, 1, 1, -1, -1, -1, -1, -1, -1]  # mean 0
    assert not [s for s in kinds(values) if s[0] is Kind.RUN]


@pytest.mark.parametrize(("points", "is_signal"), [(5, False), (6, True)])
def test_a_trend_is_six_points_that_each_rise(points, is_signal):
    values = [50, 40, 60, *range(40, 40 + points)]
    found = [s for s in kinds(values) if s[0] is Kind.TREND]
    assert found == ([(Kind.TREND, True, 3, 8)] if is_signal else [])


def test_an_equal_value_ends_a_trend():
    assert not [s for s in kinds([9, 1, 2, 3, 3, 4, 5, 6, 1]) if s[0] is Kind.TREND]


def test_a_gap_ends_runs_and_trends():
    rising = [1, 2, 3, None, 4, 5, 6]
    assert not [s for s in kinds([9, 0, 9, *rising]) if s[0] is not Kind.BEYOND]


def test_no_real_change_says_the_usual_range():
    found = of(STEADY)
    assert found.word is Word.NO_REAL_CHANGE
    assert not found.is_claimed
    assert found.sentence == "No real change: 71.0% is within the usual range, 64.0% to 77.0%."


@pytest.mark.parametrize(
    ("ref", "word"),
    [("CP-03", Word.IMPROVING), ("FD-07", Word.WORSENING), ("FD-03", Word.RISING)],
    ids=["high is better", "low is better", "neither"],
)
def test_a_rise_means_what_the_polarity_says(ref, word):
    assert of([*STEADY, 95], ref).word is word


@pytest.mark.parametrize(
    ("ref", "word"), [("CP-03", Word.WORSENING), ("FD-07", Word.IMPROVING), ("FD-03", Word.FALLING)]
)
def test_a_fall_means_what_the_polarity_says(ref, word):
    assert of([*STEADY, 40], ref).word is word


def test_the_change_is_in_percentage_points_of_a_percentage():
    found = of([*STEADY, 95])
    assert found.change == 95 - found.limits.centre
    assert found.sentence.startswith("Improving: 95.0% is 22.6 percentage points above the average of 72.4%")


def test_the_change_of_a_count_is_in_its_own_unit():
    found = of([100, 102, 99, 101, 100, 103, 98, 101, 180], "FD-01", of=None)
    assert found.word is Word.RISING
    assert "percent" not in found.sentence
    assert found.sentence.startswith("Rising: 180 is 70.7 above the average of 109.3")


def test_a_trend_says_from_where_to_where():
    # A wide swing first, so that no point is beyond a limit: only the six in a row speak.
    found = of([90, 20, 85, 25, 80, 50, 52, 54, 56, 58, 60])
    assert found.sentence == (
        "Improving: up 10.0 percentage points over 6 months in a row, from 50.0% to 60.0%."
    )


def test_a_run_is_compared_with_the_months_before():
    found = of([60, 40, 60, 40, 60, 40, 60, 40, 56, 58, 55, 57, 56, 58, 56])
    assert found.word is Word.IMPROVING
    assert "7 months in a row above the average of 53.1%" in found.sentence
    assert "on average 6.6 percentage points above the months before" in found.sentence


def test_a_signal_that_is_over_claims_nothing_now():
    found = of([*STEADY[:6], 95, *STEADY[6:]])
    assert found.word is Word.NO_REAL_CHANGE
    assert [signal.last for signal in found.signals] == [6]


def test_small_denominators_get_no_direction():
    at_nine, at_ten = (a_series([*STEADY, 95])[:-1] for _ in range(2))
    at_nine.append(a_figure(n=9, of=9, month=12))
    at_ten.append(a_figure(n=10, of=10, month=12))
    found = direction(at_nine, catalogue()["CP-03"])
    assert (found.word, found.is_claimed) == (Word.SMALL_NUMBERS, False)
    assert "small numbers" in found.sentence
    assert direction(at_ten, catalogue()["CP-03"]).is_claimed


@pytest.mark.parametrize(
    ("of_cases", "is_claimed"), [(60, False), (80, True)], ids=["1.9 cases", "2.5 cases"]
)
def test_a_change_of_one_or_two_cases_is_no_claim_however_steady_the_series(of_cases, is_claimed):
    series = a_series([100] * 23, of=of_cases)
    series.append(a_figure(value="96.7", n=Decimal("0.967") * of_cases, of=of_cases, month=23))
    found = direction(series, catalogue()["CP-03"])
    assert found.is_claimed == is_claimed
    assert (
        is_claimed or found.sentence == "No real change: 3.2 percentage points, which is fewer than 2 cases."
    )


def test_a_mean_may_change_by_less_than_a_case():
    loads = [20] * 8 + ["19.8", "19.6", "19.4", "19.2", "19.0", "18.8"]
    series = [a_figure("WF-05", 1999, "100.6", value=value, month=at) for at, value in enumerate(loads)]
    found = direction(series, catalogue()["WF-05"])
    assert found.is_claimed, found.sentence
    assert abs(found.change) < 2


def test_a_quarter_is_said_by_its_days():
    quarter = replace(a_month(0), ends_on=a_month(2).ends_on, full_ends_on=a_month(2).ends_on)
    found = direction([a_figure(value=None, period=quarter)], catalogue()["CP-03"])
    assert "there is no figure for 1 January 2016 to 31 March 2016" in found.sentence


def test_a_change_that_cannot_be_seen_is_no_claim():
    series = [a_figure("CP-03", 996_000 + 100 * (month > 8), 1_000_000, month=month) for month in range(24)]
    series = [replace(one, value=one.numerator / 10_000) for one in series]
    assert (
        direction(series, catalogue()["CP-03"]).sentence == "No real change: less than 0.1 percentage points."
    )


def test_small_denominators_before_are_left_out():
    series = a_series([*STEADY, 95])
    series[3] = a_figure(n=0, of=9, month=3)
    found = direction(series, catalogue()["CP-03"])
    assert found.values[3] is None
    assert found.limits.lower > 50


def test_small_counts_get_no_direction():
    assert of([0, 1, 0, 1, 0, 1, 0, 1, 9], "FD-04", of=None).word is Word.SMALL_NUMBERS
    assert of([0, 1, 0, 1, 0, 1, 0, 1, 10], "FD-04", of=None).word is Word.WORSENING


@pytest.mark.parametrize(("periods", "word"), [(7, Word.TOO_FEW_PERIODS), (8, Word.NO_REAL_CHANGE)])
def test_too_few_periods_get_no_direction(periods, word):
    found = of(STEADY[:periods])
    assert found.word is word
    assert (word is not Word.TOO_FEW_PERIODS) or "too few periods (7; at least 8" in found.sentence


def test_no_figure_is_no_direction():
    found = of([*STEADY, None])
    assert (found.word, found.sentence) == (
        Word.NO_FIGURE,
        "No direction is given: there is no figure for January 2017.",
    )


def test_a_partial_figure_claims_nothing_and_counts_for_nothing():
    series = a_series([*STEADY, 95])
    assert (
        direction([*series[:-1], replace(series[-1], status="partial")], catalogue()["CP-03"]).word
        is Word.PARTIAL
    )
    series[0] = replace(series[0], status="partial")
    assert direction(series, catalogue()["CP-03"]).values[0] is None


def test_a_count_of_a_month_that_is_not_over_is_compared_with_nothing():
    series = a_series([100, 102, 99, 101, 100, 103, 98, 101, 30], "FD-01", of=None)
    series[-1] = replace(series[-1], period=a_month(8, cut_to=9), status="provisional")
    found = direction(series, catalogue()["FD-01"])
    assert (found.is_claimed, found.sentence) == (False, "No direction is given: September 2016 is not over.")


def test_limits_shown_of_a_percentage_stay_within_0_and_100():
    found = of([98, 100, 92, 100, 97, 100, 94, 100, 99])
    assert found.limits.upper == 100
