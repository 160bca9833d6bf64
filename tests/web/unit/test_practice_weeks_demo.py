"""The demonstration's Practice Weeks and concerns: told to the day before, once, without a council too."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command

from goldenthread_web.accounts.demo import DOMAIN
from goldenthread_web.accounts.roles import roles
from goldenthread_web.concerns.banners import banners
from goldenthread_web.concerns.models import Absence, Concern
from goldenthread_web.config.clock import london
from goldenthread_web.practice_weeks import queries
from goldenthread_web.practice_weeks.models import PracticeWeek, RosterEntry, YouSaid
from tests.web.builders import a_person
from tests.web.morning import a_morning

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """One account of each role, as the demonstration has them: its team manager runs FSP 1."""
    return {
        code: a_person(code, email=f"{code.replace('_', '-')}@{DOMAIN}", title=role.title)
        for code, role in roles().items()
    }


def told(settings, on=date(2018, 1, 2)):
    service = settings.INSTALLATION.service | {"today": on}
    settings.INSTALLATION = replace(settings.INSTALLATION, service=service)
    call_command("make_demo_practice_weeks", verbosity=0)


@pytest.mark.both_databases
def test_two_weeks_and_two_concerns_are_told_once(settings, tmp_path, people, capsys):
    a_morning(settings, tmp_path)
    told(settings)
    assert "2 Practice Weeks, 2 immediate concerns." in capsys.readouterr().out
    told(settings)
    assert "nothing was changed" in capsys.readouterr().out
    assert PracticeWeek.objects.count() == 2 and Concern.objects.count() == 2


def test_the_second_week_is_reported_in_time_and_compared_with_the_first(settings, people):
    told(settings)
    found = queries.told(queries.week("W2"))
    assert found.report is not None and found.report.reported_on <= found.week.report_due_on
    counts, before = found.numbers.counts, found.numbers_before.counts
    assert (counts["planned"], counts["held"], before["held"]) == (13, 12, 6)
    assert {"ict", "caseloads", "training", "compliance", "communication"} <= set(found.numbers.themes)
    assert (counts["said"], counts["done"]) == (6, 3) and counts["told"] == 1
    assert YouSaid.objects.filter(published_on__isnull=True).count() == 0
    late = [one for one in YouSaid.objects.all() if not one.is_done and one.due_on < date(2018, 1, 2)]
    assert not late


def test_3_no_record_is_opened_to_whoever_sees_no_child(settings, people):
    told(settings)
    for one in RosterEntry.objects.filter(access="case_record"):
        assert one.person.held_role.sees_children, one


def test_76_the_friday_before_christmas(settings, tmp_path, people):
    a_morning(settings, tmp_path)
    told(settings)
    first, second = Concern.objects.order_by("raised_at")
    when = [first.raised_at, first.acknowledged_at, first.safety_first_at, first.resolved_at]
    assert [f"{london(one):%a %d %H:%M}" for one in when] == [
        "Fri 22 18:30",
        "Fri 22 22:41",
        "Fri 22 23:35",
        "Thu 28 15:10",
    ]
    steps = [(one.step, one.person.title) for one in first.notices.all()]
    assert steps[:3] == [
        ("first", "Service manager"),  # stands in for the team manager
        ("first", "Head of service"),
        ("deputy", "Service manager"),
    ]
    assert first.notices.first().instead_of == people["team_manager"]
    assert [one.is_safe for one in first.safety_records.all()] == [False, True]
    assert second.is_open and second.acknowledged_at < second.acknowledge_by and second.is_safe is None
    assert len(banners(people["head_of_service"])) == 1 and not banners(people["director"])
    assert Absence.objects.count() == 2


def test_in_the_end_nothing_is_left_open(settings, tmp_path, people):
    a_morning(settings, tmp_path)
    told(settings, date(2019, 8, 1))
    assert not Concern.objects.filter(resolved_at__isnull=True).exists()
    assert not YouSaid.objects.filter(done_on__isnull=True).exists()


def test_before_the_first_week_there_is_nothing_to_tell(settings, people):
    told(settings, date(2017, 5, 1))
    assert not PracticeWeek.objects.exists() and not Concern.objects.exists()
