"""The programme: what is aimed at, and what bodies decided. Decisions are never changed."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.programme import queries, services
from goldenthread_web.programme.models import Body, Component, Decision, Programme, Theme
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person

pytestmark = pytest.mark.django_db


def an_aim(by=None, **values):
    said = {
        "name": "Improvement programme",
        "framework": "SIF",
        "target_grade": "good",
        "starts_on": date(2017, 4, 7),
        "target_on": date(2019, 4, 7),
    }
    return services.set_aim(**said | values, by=by or a_person("programme_manager"))


def a_body(code="cabinet", by=None, **values):
    said = {"name": "Cabinet", "purpose": "Decides.", "chair": "Leader", "rhythm": "quarterly"}
    return services.add_body(code, **said | values, by=by or a_person("programme_manager"))


def a_decision(body, **values):
    said = {
        "decided_on": date(2017, 6, 27),
        "proposed": "Agree the plan",
        "outcome": "agreed",
        "text": "Agreed.",
    }
    return services.record_decision(body, **said | values, by=a_person("programme_manager"))


def last_event():
    return Event.objects.order_by("-id").first()


def test_there_is_one_aim_and_changing_it_is_an_event():
    an_aim()
    assert last_event().what == "programme.started"
    an_aim(target_on=date(2019, 6, 30), version=1)
    assert Programme.objects.count() == 1 and queries.programme().target_on == date(2019, 6, 30)
    assert last_event().what == "programme.changed"
    assert last_event().changes == {"grade": "good", "by": "2019-06-30"}


def test_an_aim_that_ends_before_it_starts_is_refused():
    with pytest.raises(Refused, match="must come after"):
        an_aim(target_on=date(2017, 4, 7))
    assert queries.programme() is None


@pytest.mark.both_databases
def test_the_database_holds_no_second_programme():
    an_aim()
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.create(
            pk=2,
            name="Another",
            framework="SIF",
            target_grade="good",
            starts_on=date(2017, 1, 1),
            target_on=date(2018, 1, 1),
        )


def test_a_theme_serves_a_component():
    by = a_person("programme_manager")
    with pytest.raises(Refused, match="at least one component"):
        services.set_theme(1, title="Leadership", focus="", post="Director", components=[], by=by)
    component = services.set_component(3, title="Backing", looks_like="Money follows.", by=by)
    theme = services.set_theme(
        1, title="Leadership", focus="", post="Director", components=[component], by=by
    )
    assert last_event().changes == {"components": [3]}
    assert list(queries.themes()[0].components.all()) == [component] and str(theme) == "1 Leadership"


def test_decisions_are_recorded_once_made_and_found_by_body_and_day():
    cabinet, board = a_body(), a_body("board", name="Board")
    with pytest.raises(Refused, match="lies ahead"):
        a_decision(cabinet, decided_on=date(2018, 1, 3))
    agreed = a_decision(cabinet)
    assert last_event().what == "decision.recorded" and last_event().changes == {
        "body": "cabinet",
        "outcome": "agreed",
    }
    refused = a_decision(board, outcome="refused", decided_on=date(2017, 9, 1))
    assert list(queries.decisions(of=cabinet)) == [agreed]
    assert list(queries.decisions(to=date(2017, 8, 1))) == [agreed]
    assert agreed.is_in_favour and not refused.is_in_favour
    assert list(queries.in_favour()) == [agreed]


@pytest.mark.parametrize("role", ["board_member", "team_manager", "performance_analyst", "administrator"])
def test_whoever_may_not_record_decisions_records_none(role):
    cabinet = a_body()
    with pytest.raises(NotAllowed):
        services.record_decision(
            cabinet,
            decided_on=date(2017, 6, 27),
            proposed="p",
            outcome="agreed",
            text="t",
            by=a_person(role),
        )
    assert not Decision.objects.exists()


def test_the_demonstration_has_an_aim_four_themes_ten_components_and_its_bodies():
    a_person("director", email="director@demo.example")
    call_command("make_demo_programme", verbosity=0)
    assert Theme.objects.count() == 4 and Component.objects.count() == 10
    links = sum(theme.components.count() for theme in queries.themes())
    assert links == 15 and {c.pk for t in queries.themes() for c in t.components.all()} == set(
        Component.objects.values_list("pk", flat=True)
    )
    assert Body.objects.filter(is_operational=True).count() == 1
    assert queries.body("cabinet").verb == "endorse" and queries.body("nobody") is None
    before = Event.objects.count()
    call_command("make_demo_programme", verbosity=0)
    assert Event.objects.count() == before
