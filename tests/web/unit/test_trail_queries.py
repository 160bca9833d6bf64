"""Who saw this child, what did this person see: exact, and by index however long the trail (test 44)."""

from datetime import date

import pytest
from django.db import connection

from goldenthread_web.trail.queries import Asked, children_of, events, kinds
from goldenthread_web.trail.recording import record
from goldenthread_web.trail.words import about_words, event_words, value_words
from tests.web.builders import a_person, at
from tests.web.long_trail import child, fill

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

CHILD, OTHER = "a" * 20, "b" * 20


def test_who_saw_a_child_is_whoever_had_them_in_a_list_or_on_a_page():
    one, two, three = a_person(), a_person(), a_person()
    listed = record("children.seen", ("figure", "AS-02"), by=one, children=[CHILD, OTHER])
    opened = record("child.seen", ("child", CHILD), by=two, children=[CHILD])
    written = record("oversight.recorded", ("child", CHILD), by=two)
    record("children.seen", ("figure", "AS-02"), by=three, children=[OTHER])
    record("child.seen", ("child", OTHER), by=three, children=[OTHER])
    assert list(events(Asked(child=CHILD))) == [written, opened, listed]
    assert events(Asked(child=CHILD)).count() == 3
    assert children_of([listed, opened, written]) == {listed.pk: [CHILD, OTHER], opened.pk: [CHILD]}


def test_what_a_person_saw():
    one, two = a_person(), a_person()
    mine = [record("child.seen", ("child", CHILD), by=one), record("account.signed_out", one, by=one)]
    record("child.seen", ("child", CHILD), by=two)
    record("account.closed", one, by=two)
    assert list(events(Asked(person=one.pk))) == mine[::-1]


def test_days_are_days_in_england(monkeypatch):
    written = {}
    for moment in ("2018-06-30 22:59", "2018-06-30 23:00", "2018-07-01 22:59", "2018-07-01 23:00"):
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: at(moment))
        written[moment] = record("child.seen", ("child", CHILD), by=None)
    found = events(Asked(since=date(2018, 7, 1), until=date(2018, 7, 1)))
    assert list(found) == [written["2018-07-01 22:59"], written["2018-06-30 23:00"]], "one hour before UTC"


def test_each_kind_is_listed_once():
    assert kinds() == []
    for what in ("child.seen", "account.closed", "child.seen", "role.proposed"):
        record(what, by=None)
    assert kinds() == ["account.closed", "child.seen", "role.proposed"]


def test_an_event_without_words_of_its_own_is_said_by_its_name():
    assert event_words("child.seen") == "Opened the child's page"
    assert event_words("load.finished") == "Load finished"


def test_in_a_long_trail_exactly_those_of_one_child_are_found():
    fill(20_000)
    wanted = [number for number in range(20_000, 0, -1) if child(number) == child(7)]
    assert [event.pk for event in events(Asked(child=child(7)))] == wanted != []


@pytest.mark.parametrize(
    "asked",
    [
        Asked(child=CHILD),
        Asked(person=7),
        Asked(what="child.seen"),
        Asked(since=date(2018, 1, 1), until=date(2018, 1, 2)),
    ],
)
def test_nothing_is_found_by_reading_the_whole_trail(asked):
    """A plan that searches is as fast over a million Events as over a thousand."""
    fill(20_000)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE trail_event")
            cursor.execute("ANALYZE trail_seen")
        plan = events(asked)[:50].explain()
    if connection.vendor == "sqlite":
        assert "SCAN trail_event" not in plan and "SCAN U0" not in plan, plan
    else:
        assert "Seq Scan on trail_event" not in plan and "hashed SubPlan" not in plan, plan


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "none"),
        ([], "none"),
        (True, "yes"),
        (False, "no"),
        (34, "34"),
        ("case_audit", "case audit"),
        ("2018-02-27", "27 February 2018"),
        ("2017-12-31-5ea1026c638e", "31 December 2017"),
        ("a" * 64, "aaaaaaaaaaaa…"),
        (["minuted", "approved"], "minuted, approved"),
        (list("abcdefg"), "a, b, c, d, e, and 2 more"),
        ({"is_late": False, "due_on": "2017-12-04"}, "late: no, due on: 4 December 2017"),
    ],
)
def test_a_value_of_an_event_is_said_in_words(value, said):
    assert value_words(value) == said


def test_every_list_of_children_and_every_kind_has_words_of_its_own():
    assert about_words("list", "weekly.2018-01-01.all.overdue") == "Weekly sheet"
    assert about_words("list", "case_audits.mine") == "Case audits of their own"
    assert about_words("caseaudit", "122") == "Case audit 122"
    assert about_words("findings", "2017-12-31-5ea1026c638e").endswith("as at 31 December 2017")
