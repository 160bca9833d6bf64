"""What is worked out after a load: by one at a time, and written down only where something changed."""

import fcntl
from importlib.util import find_spec

import pytest

from goldenthread_web.accounts.models import Unit
from goldenthread_web.extracts import preparing
from goldenthread_web.extracts.named_calls import named_call
from goldenthread_web.extracts.routines import routines
from goldenthread_web.trail.models import Event
from tests.web.deliveries import a_load, a_place

TEAMS = (
    "team,reporting_team,service,effective_from_on,effective_to_on\n"
    "FSP 1,FSP 1,Family Support,2015-04-01,\nFSP 2,FSP 2,Family Support,2015-04-01,2016-03-31\n"
)


@pytest.fixture
def place(settings, tmp_path):
    return a_place(settings, tmp_path)


@pytest.mark.django_db
def test_units_are_taken_over_once_and_again_only_when_they_changed(place):
    load = a_load(place, teams=TEAMS)
    for _ in range(3):
        preparing.take_over_units(load, by=None)
    assert Event.objects.filter(what="units.taken_over").count() == 1
    assert set(Unit.objects.values_list("name", flat=True)) == {"FSP 1", "FSP 2", "Family Support"}
    Unit.objects.filter(name="FSP 1").update(service="Elsewhere")
    preparing.take_over_units(load, by=None)
    assert Unit.objects.get(name="FSP 1").service == "Family Support"
    assert Event.objects.filter(what="units.taken_over").count() == 2


@pytest.mark.django_db
def test_while_another_works_things_out_the_duty_is_left_to_it(place):
    load = a_load(place, teams=TEAMS)
    assert preparing.current() == load
    with (place / "working-out.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        preparing.prepare_today(by=None)
    assert not Event.objects.exists()


def test_before_anything_was_loaded_there_is_nothing_to_work_out(place):
    preparing.prepare_today(by=None)
    assert not (place / "working-out.lock").exists()


@pytest.mark.parametrize("path", [one.calls for one in (*preparing.steps(), *routines())])
def test_every_call_that_the_data_names_is_there(path):
    assert callable(named_call(path)), path


def test_a_call_into_an_app_that_is_not_there_is_none():
    assert find_spec("goldenthread_web.elsewhere") is None
    assert named_call("goldenthread_web.elsewhere.services.prepare") is None
    assert named_call("goldenthread_web.extracts.not_there.prepare") is None
    assert named_call("goldenthread_web.extracts.sweeping.not_there") is None


@pytest.mark.django_db
def test_a_load_without_teams_has_the_teams_that_hold_a_child(place):
    """What an Annex A alone gives: allocations name teams, and no file lists them."""
    allocations = (
        "allocation_id,child_id,team,worker_id,role,started_on\na1,c1,FSP 1,W1,social_worker,2017-06-01\n"
    )
    load = a_load(place, allocations=allocations)
    preparing.take_over_units(load, by=None)
    assert [(unit.name, unit.service) for unit in Unit.objects.filter(kind="team")] == [
        ("FSP 1", "not known")
    ]
