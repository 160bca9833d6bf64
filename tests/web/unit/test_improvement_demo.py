"""The plan of the demonstration: everything there is to show, and nothing that lies ahead."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command

from goldenthread_web.accounts.roles import roles
from goldenthread_web.improvement import demo
from goldenthread_web.improvement.coverage import by_component, by_recommendation
from goldenthread_web.improvement.models import Action, Cycle, Embedding, GateReview, Milestone, PlanVersion
from goldenthread_web.improvement.queries import twelve_week_plan_of
from goldenthread_web.improvement.standing import counts, standings
from tests.web.builders import a_person
from tests.web.plan import a_recommendation

pytestmark = pytest.mark.django_db
BODIES = "goldenthread_web.programme.management.commands.make_demo_programme.account_of"


def tell(monkeypatch):
    people = {code: a_person(code) for code in roles()}
    monkeypatch.setattr(BODIES, people.__getitem__)
    monkeypatch.setattr(demo, "account_of", people.__getitem__)
    for number in range(1, 16):
        a_recommendation(number)
    call_command("make_demo_programme", verbosity=0)
    call_command("make_demo_improvement")


def test_every_status_is_there_and_every_recommendation_is_covered(monkeypatch, capsys):
    tell(monkeypatch)
    assert all(counts(standings()).values()), counts(standings())
    assert Action.objects.count() == 34
    assert Embedding.objects.filter(reverted_why="case_audit").count() == 1
    assert Action.objects.filter(impact=0, test_on__isnull=False).count() == 1
    assert not by_recommendation(is_public_view=False).uncovered
    assert not by_component(is_public_view=False).uncovered
    assert [one.decision.body.code for one in PlanVersion.objects.all()] == ["improvement_board", "cabinet"]
    assert twelve_week_plan_of(date(2018, 1, 2)).week_of(date(2018, 1, 2)) == 6
    assert Cycle.objects.filter(frozen_at__isnull=False).count() == 6 and Cycle.objects.count() == 7
    assert not Milestone.objects.filter(done_on__gt=date(2018, 1, 2)).exists()
    assert GateReview.objects.count() == 1
    call_command("make_demo_improvement")
    assert "nothing was changed" in capsys.readouterr().out


def test_in_the_end_it_is_good(monkeypatch, settings):
    service = settings.INSTALLATION.service | {"today": date(2019, 8, 1)}
    settings.INSTALLATION = replace(settings.INSTALLATION, service=service)
    tell(monkeypatch)
    found = counts(standings())
    assert found["R"] == found["G"] == found["W"] == 0
    assert Action.objects.get(ref="2.1.3").outside_decided_on == date(2018, 3, 14)
    assert found["B"] >= 3 and found["C"] + found["B"] + found["A"] == 34
    assert GateReview.objects.count() == 3
    assert not Embedding.objects.filter(reverted_at__isnull=True, retest_on__lte=date(2019, 8, 1)).exists()
