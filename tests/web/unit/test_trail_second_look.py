"""Whose openings of children's pages are worth a second look (test 15)?"""

from datetime import date, timedelta

import pytest

from goldenthread_web.trail.recording import record
from goldenthread_web.trail.second_look import MOST_IN_AN_HOUR, SecondLook, worth_a_second_look
from tests.web.builders import a_person, at

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = date(2018, 1, 9)  # a Tuesday


@pytest.fixture
def opens(monkeypatch):
    def opens(by, *moments, what="child.seen"):
        for number, moment in enumerate(moments):
            monkeypatch.setattr("goldenthread_web.trail.recording.now", lambda moment=moment: moment)
            record(what, ("child", f"{number:020d}"), by=by)

    return opens


def a_burst(first, number, minutes):
    return [first + timedelta(minutes=minutes * one / number) for one in range(number)]


def looks(since=DAY, until=DAY):
    return worth_a_second_look(since, until)


def test_many_children_within_an_hour_stand_out_and_as_many_over_a_day_do_not(opens):
    quick, slow = a_person(), a_person()
    opens(quick, *a_burst(at("2018-01-09 10:00"), MOST_IN_AN_HOUR + 1, 59))
    opens(slow, *a_burst(at("2018-01-09 09:00"), MOST_IN_AN_HOUR + 1, 480))
    many = MOST_IN_AN_HOUR + 1
    assert looks() == [SecondLook(on=DAY, person=quick.pk, children=many, in_an_hour=many, at_odd_hours=0)]


def test_one_child_opened_often_is_one_child(opens):
    by = a_person()
    for moment in a_burst(at("2018-01-09 10:00"), MOST_IN_AN_HOUR + 1, 59):
        opens(by, moment)
    assert looks() == []


@pytest.mark.parametrize(
    ("moment", "odd"),
    [
        ("2018-01-09 07:00", 0),
        ("2018-01-09 06:59", 1),
        ("2018-01-09 19:59", 0),
        ("2018-01-09 20:00", 1),
        ("2018-01-13 11:00", 1),  # a Saturday
        ("2018-04-02 11:00", 1),  # Easter Monday
        ("2018-07-10 19:30", 1),  # half past eight in the summer of England
    ],
)
def test_evenings_nights_and_days_nobody_works(opens, moment, odd):
    opens(a_person(), at(moment))
    assert [one.at_odd_hours for one in looks(at(moment).date(), at(moment).date())] == ([1] if odd else [])


def test_lists_and_other_days_do_not_count(opens):
    by = a_person()
    opens(by, at("2018-01-09 23:00"), what="children.seen")
    opens(by, at("2018-01-08 23:00"), at("2018-01-10 05:00"))
    assert looks() == []
    assert [one.on for one in looks(date(2018, 1, 8), date(2018, 1, 10))] == [
        date(2018, 1, 10),
        date(2018, 1, 8),
    ]
