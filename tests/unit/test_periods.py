"""Periods: which days each figure of a series is about."""

from datetime import date

import pytest

from goldenthread.periods import Every, Period, one_period, periods

AS_AT = date(2017, 12, 31)


def said(found: list[Period]) -> list[str]:
    return [f"{one.starts_on}..{one.ends_on}{' cut' if one.is_provisional else ''}" for one in found]


@pytest.mark.parametrize(
    ("every", "first", "last", "expected"),
    [
        (Every.DAY, "2017-02-28", "2017-03-01", ["2017-02-28..2017-02-28", "2017-03-01..2017-03-01"]),
        (Every.WEEK, "2017-12-06", "2017-12-11", ["2017-12-04..2017-12-10", "2017-12-11..2017-12-17"]),
        (Every.MONTH, "2016-02-15", "2016-03-01", ["2016-02-01..2016-02-29", "2016-03-01..2016-03-31"]),
        (Every.QUARTER, "2017-05-31", "2017-07-01", ["2017-04-01..2017-06-30", "2017-07-01..2017-09-30"]),
        (Every.YEAR, "2016-12-31", "2017-01-01", ["2016-01-01..2016-12-31", "2017-01-01..2017-12-31"]),
        (
            Every.YEAR_TO_DATE,
            "2017-03-10",
            "2017-04-10",
            ["2016-04-01..2017-03-31", "2017-04-01..2017-04-30"],
        ),
        (
            Every.ROLLING_12_MONTHS,
            "2017-01-31",
            "2017-02-01",
            ["2016-02-01..2017-01-31", "2016-03-01..2017-02-28"],
        ),
    ],
)
def test_the_first_holds_the_first_day_and_the_last_the_last(
    every: Every, first: str, last: str, expected: list[str]
) -> None:
    found = periods(
        as_at_on=AS_AT, every=every, starts_on=date.fromisoformat(first), ends_on=date.fromisoformat(last)
    )
    assert said(found) == expected


@pytest.mark.parametrize(
    ("starts_on", "expected"),
    [
        ("2017-04-10", ["2017-04-10..2017-07-09", "2017-07-10..2017-10-09"]),
        ("2017-01-31", ["2017-04-30..2017-07-30", "2017-07-31..2017-10-30"]),
        ("2018-01-15", ["2017-04-15..2017-07-14", "2017-07-15..2017-10-14"]),
    ],
)
def test_quarters_of_the_programme_count_from_its_first_day(starts_on: str, expected: list[str]) -> None:
    found = periods(
        as_at_on=AS_AT,
        every=Every.PROGRAMME_QUARTER,
        starts_on=date(2017, 5, 1),
        ends_on=date(2017, 8, 1),
        programme_starts_on=date.fromisoformat(starts_on),
    )
    assert said(found) == expected


def test_quarters_of_a_programme_without_a_first_day_are_refused() -> None:
    with pytest.raises(ValueError, match="programme_starts_on"):
        periods(as_at_on=AS_AT, every=Every.PROGRAMME_QUARTER)


@pytest.mark.parametrize("every", list(Every))
def test_there_are_12_periods_where_no_first_day_is_given(every: Every) -> None:
    found = periods(as_at_on=AS_AT, every=every, programme_starts_on=date(2017, 4, 10))
    assert len(found) == 12
    assert found[-1].starts_on <= AS_AT <= found[-1].full_ends_on
    assert len({one.full_ends_on for one in found}) == 12


def test_only_the_as_at_date_cuts_a_period() -> None:
    found = periods(as_at_on=date(2017, 12, 15), every=Every.MONTH, starts_on=date(2017, 11, 20))
    assert said(found) == ["2017-11-01..2017-11-30", "2017-12-01..2017-12-15 cut"]
    assert [one.days for one in found] == [30, 15]


def test_a_period_that_begins_after_the_as_at_date_is_left_out() -> None:
    later = {"starts_on": date(2017, 12, 1), "ends_on": date(2018, 2, 28)}
    assert said(periods(as_at_on=AS_AT, every=Every.MONTH, **later)) == ["2017-12-01..2017-12-31"]
    assert periods(as_at_on=AS_AT, starts_on=date(2018, 1, 1)) == []
    assert periods(as_at_on=AS_AT, every=Every.MONTH, starts_on=date(2018, 1, 1)) == []
    assert one_period(date(2018, 1, 1), date(2018, 1, 31), AS_AT) == []


def test_without_a_length_it_is_one_period() -> None:
    assert said(periods(as_at_on=AS_AT)) == ["2017-12-01..2017-12-31"]
    assert said(periods(as_at_on=AS_AT, ends_on=date(2017, 10, 17))) == ["2017-10-01..2017-10-17"]
    assert said(periods(as_at_on=AS_AT, starts_on=date(2017, 4, 1), ends_on=date(2018, 3, 31))) == [
        "2017-04-01..2017-12-31 cut"
    ]


@pytest.mark.parametrize("every", [None, Every.MONTH])
def test_a_first_day_after_the_last_is_refused(every: Every | None) -> None:
    with pytest.raises(ValueError, match="2017-12-01, is after the last day, 2017-11-01"):
        periods(as_at_on=AS_AT, every=every, starts_on=date(2017, 12, 1), ends_on=date(2017, 11, 1))
