"""The story of the demonstration: what is known on its day, and good in the end."""

from dataclasses import replace
from datetime import date

import pytest

from goldenthread_web.governance.readiness_demo import enter as prepare
from goldenthread_web.improvement.ledger_demo import enter as answer
from goldenthread_web.improvement.ledger_queries import ledger
from goldenthread_web.inspections.demo import enter
from goldenthread_web.inspections.models import HandOver, Inspection, Intervention, Letter, Visit
from tests.web.builders import a_person
from tests.web.unit.test_ledger import an_action

pytestmark = pytest.mark.django_db


def story(settings, on):
    service = settings.INSTALLATION.service | {"today": on}
    settings.INSTALLATION = replace(settings.INSTALLATION, service=service)
    manager = a_person("programme_manager")
    told = enter(on=on, manager=manager)
    action = an_action(starts_on=date(2017, 4, 7))
    action.recommendations.set(Inspection.objects.order_by("starts_on").first().recommendations.all())
    answer(on=on, manager=manager)
    prepare(on=on, manager=manager)
    return told


def test_at_the_start_of_2018_one_answer_is_overdue_and_some_wait(settings):
    told = story(settings, date(2018, 1, 2))
    assert (told.counts["letters"], told.counts["visits"], told.counts["recommendations"]) == (2, 3, 15)
    second = ledger(date(2017, 12, 1), on=date(2018, 1, 2))
    assert second.weaknesses >= 17 and second.repeats == 5
    assert 0 < len(second.open_weaknesses) < second.weaknesses
    assert ledger(on=date(2018, 1, 2)).overdue == 1
    assert Inspection.objects.get().grade == "Inadequate"
    assert not HandOver.objects.filter(item__visit__number=3).exists()


def test_in_the_end_it_is_good_and_everything_is_answered(settings):
    on = date(2019, 8, 1)
    story(settings, on)
    assert (Visit.objects.count(), Letter.objects.count()) == (6, 6)
    assert Inspection.objects.order_by("-starts_on").first().grade == "Good"
    found = ledger(on=on)
    assert found.dispositioned == found.findings and found.overdue == 0
    assert Intervention.objects.get().ended_on == on


def test_before_the_first_visit_nothing_of_it_is_known(settings):
    told = story(settings, date(2017, 6, 1))
    assert "letters" not in told.counts and "visits" not in told.counts
