"""Days: which are worked, how far apart two are, and when something is due."""

import json
from datetime import date, timedelta

import pytest

from goldenthread.calendar import (
    OutsideCalendar,
    add_months,
    add_working_days,
    age_on,
    bank_holidays,
    calendar_table,
    calendar_years,
    is_working_day,
    working_days_between,
)
from tests.samples import sample


def test_bank_holidays_are_those_of_the_specification() -> None:
    spec = json.loads(sample("specs/timescales.json").read_text("utf-8"))
    known = [holiday.day.isoformat() for holiday in bank_holidays() if not holiday.is_projected]
    assert known == sorted(spec["bank_holidays_england_2013_2027"])


@pytest.mark.parametrize(
    ("day", "is_worked", "because"),
    [
        ("2020-05-04", True, "moved to the 75th anniversary of VE Day"),
        ("2020-05-08", False, "VE Day"),
        ("2022-05-30", True, "moved for the Platinum Jubilee"),
        ("2022-06-02", False, "moved here"),
        ("2022-06-03", False, "Platinum Jubilee"),
        ("2022-09-19", False, "state funeral"),
        ("2023-05-08", False, "coronation"),
        ("2016-12-27", False, "for Christmas Day, a Sunday"),
        ("2017-01-02", False, "for New Year's Day, a Sunday"),
        ("2022-01-03", False, "for New Year's Day, a Saturday"),
        ("2026-12-28", False, "for Boxing Day, a Saturday"),
        ("2028-01-03", False, "projected: for New Year's Day, a Saturday"),
        ("2029-04-02", False, "projected: Easter Monday"),
        ("2030-08-26", False, "projected: last Monday of August"),
        ("2017-12-29", True, "between Christmas and New Year"),
        ("2017-12-30", False, "Saturday"),
    ],
)
def test_working_days(day: str, is_worked: bool, because: str) -> None:
    assert is_working_day(date.fromisoformat(day)) is is_worked, because


def test_what_is_not_yet_proclaimed_is_marked() -> None:
    assert {h.day.year for h in bank_holidays() if h.is_projected} == {2028, 2029, 2030}
    assert list(calendar_years()) == list(range(2013, 2031))


@pytest.mark.parametrize(
    ("start", "stop", "days", "because"),
    [
        ("2017-12-18", "2017-12-18", 0, "the day a clock starts is day 0"),
        ("2017-12-18", "2017-12-19", 1, "the next working day is day 1"),
        ("2017-12-16", "2017-12-18", 1, "from a Saturday, Monday is day 1"),
        ("2017-12-22", "2017-12-24", 0, "to a Sunday: as to the Friday before"),
        ("2017-12-22", "2017-12-27", 1, "Christmas Day and Boxing Day are not worked"),
        ("2017-10-02", "2017-12-04", 45, "the 45th working day"),
        ("2017-12-19", "2017-12-18", -1, "backwards"),
        ("2017-12-18", "2017-12-16", -1, "backwards, to a Saturday"),
        ("2017-12-17", "2017-12-15", 0, "backwards over a weekend: none is worked"),
    ],
)
def test_working_days_between(start: str, stop: str, days: int, because: str) -> None:
    begin, end = date.fromisoformat(start), date.fromisoformat(stop)
    assert working_days_between(begin, end) == days, because
    assert working_days_between(end, begin) == -days, because


@pytest.mark.parametrize(
    ("start", "number", "due", "because"),
    [
        ("2017-12-22", 0, "2017-12-22", "none: the day itself"),
        ("2017-12-23", 0, "2017-12-23", "none: also where it is a Saturday"),
        ("2017-12-22", 1, "2017-12-27", "over Christmas"),
        ("2017-12-23", 1, "2017-12-27", "from a Saturday"),
        ("2017-10-02", 45, "2017-12-04", "45 of 45"),
    ],
)
def test_the_nth_working_day(start: str, number: int, due: str, because: str) -> None:
    assert add_working_days(date.fromisoformat(start), number) == date.fromisoformat(due), because


def test_days_on_which_the_council_is_closed_are_not_worked() -> None:
    closed = (date(2017, 12, 27), date(2017, 12, 28))
    assert not is_working_day(closed[0], closed)
    assert working_days_between(date(2017, 12, 22), date(2017, 12, 29), closed) == 1
    assert add_working_days(date(2017, 12, 22), 1, closed) == date(2017, 12, 29)
    plain, extra = calendar_table(), calendar_table(closed)
    assert plain["working_day"][-1].as_py() - extra["working_day"][-1].as_py() == 2


@pytest.mark.parametrize("day", [date(2012, 12, 31), date(2031, 1, 1)])
def test_a_year_without_bank_holidays_is_a_loud_error(day: date) -> None:
    with pytest.raises(OutsideCalendar, match="lies outside the bank holidays held"):
        is_working_day(day)
    with pytest.raises(OutsideCalendar):  # a clock that is read, or stops, in such a year
        working_days_between(day - timedelta(30), day)
    with pytest.raises(OutsideCalendar):
        working_days_between(day, day - timedelta(30))
    with pytest.raises(OutsideCalendar):
        add_working_days(day, 0)


@pytest.mark.parametrize(
    ("start", "stop", "days", "because"),
    [
        ("2012-12-24", "2013-01-02", 6, "25 and 26 December 2012 are not listed, 1 January 2013 is"),
        ("2012-12-31", "2013-01-02", 1, "1 January 2013 is a bank holiday"),
        ("2009-06-01", "2013-01-01", 935, "187 weeks of five weekdays, and a bank holiday"),
    ],
)
def test_a_clock_may_start_before_the_bank_holidays_held(
    start: str, stop: str, days: int, because: str
) -> None:
    begin, end = date.fromisoformat(start), date.fromisoformat(stop)
    assert working_days_between(begin, end) == days, because
    assert working_days_between(end, begin) == -days, because


def test_a_clock_does_not_start_before_all_days_or_after_them() -> None:
    with pytest.raises(OutsideCalendar, match="1969-12-31 is before 1970-01-01"):
        working_days_between(date(1969, 12, 31), date(2020, 1, 1))
    with pytest.raises(OutsideCalendar, match="lies outside the bank holidays held"):
        working_days_between(date(2020, 1, 1), date(2031, 1, 1))
    with pytest.raises(OutsideCalendar, match="20 working days after 2012-11-01"):
        add_working_days(date(2012, 11, 1), 20)
    assert add_working_days(date(2012, 12, 31), 1) == date(2013, 1, 2)


def test_a_due_day_beyond_the_bank_holidays_is_a_loud_error() -> None:
    with pytest.raises(OutsideCalendar, match="5 working days after 2030-12-30"):
        add_working_days(date(2030, 12, 30), 5)


@pytest.mark.parametrize(
    ("start", "number", "day"),
    [
        ("2017-08-31", 6, "2018-02-28"),
        ("2019-08-31", 6, "2020-02-29"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2017-01-31", 3, "2017-04-30"),
        ("2017-03-31", -1, "2017-02-28"),
        ("2017-11-15", 2, "2018-01-15"),
        ("2017-12-15", -12, "2016-12-15"),
    ],
)
def test_months_are_clamped_to_their_end(start: str, number: int, day: str) -> None:
    assert add_months(date.fromisoformat(start), number) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("born", "on", "years", "because"),
    [
        ("2000-06-15", "2018-06-14", 17, "the day before the birthday"),
        ("2000-06-15", "2018-06-15", 18, "the birthday"),
        ("2000-02-29", "2018-02-28", 17, "29 February falls on 1 March in other years"),
        ("2000-02-29", "2018-03-01", 18, "29 February falls on 1 March in other years"),
        ("2000-02-29", "2020-02-29", 20, "a leap year has its own"),
    ],
)
def test_ages_are_completed_years(born: str, on: str, years: int, because: str) -> None:
    assert age_on(date.fromisoformat(born), date.fromisoformat(on)) == years, because


def test_the_table_of_days_numbers_working_days_as_the_functions_do() -> None:
    rows = {row["day"]: row for row in calendar_table().to_pylist()}
    for start, stop in [
        (date(2017, 12, 16), date(2018, 1, 2)),
        (date(2013, 1, 1), date(2030, 12, 31)),
        (date(1970, 1, 1), date(2013, 1, 1)),
        (date(2009, 6, 1), date(2017, 12, 31)),
    ]:
        found = rows[stop]["working_day"] - rows[start]["working_day"]
        assert found == working_days_between(start, stop)
    assert not rows[date(2017, 12, 25)]["is_working"]
    assert rows[date(2017, 12, 29)]["is_working"]
