"""Deliveries and loads as they are written down, each with its Event."""

import stat

import pytest

from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.extracts import services
from goldenthread_web.extracts.kept_files import as_delivered
from goldenthread_web.extracts.models import Delivery, LoadRun
from goldenthread_web.extracts.receiving import _EICAR
from goldenthread_web.trail.models import Event, Seen
from tests.web.builders import a_person
from tests.web.deliveries import AS_AT, MOMENT, VISITS, a_load, a_place, a_run, received, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(settings, tmp_path):
    return a_place(settings, tmp_path)


@pytest.fixture
def analyst():
    return a_person("performance_analyst")


def test_a_delivery_is_kept_under_numbers_and_asked_to_be_loaded(place, analyst):
    run = services.deliver(received(visits=VISITS, children="child_id\n"), as_at_on=AS_AT, by=analyst)
    assert (run.state, run.as_at_on, run.asked_by) == ("waiting", AS_AT, analyst)
    kept = place / "deliveries" / run.delivery.key
    assert sorted(path.name for path in kept.iterdir()) == ["1", "2"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept.iterdir()} == {0o600}
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert (kept / "1").read_text() == VISITS
    delivered, asked = Event.objects.filter(what__in=("extracts.delivered", "load.asked")).order_by("id")
    assert delivered.changes["files"] == 2
    assert delivered.changes["sha256"] == [file.sha256 for file in run.delivery.files.all()]
    assert "visits" not in str(delivered.changes), "names of files are text that somebody chose"
    assert asked.changes == {"as_at_on": "2017-12-31", "accept_fewer": False, "mapping_corrected": False}


def test_files_bear_their_names_only_while_they_are_read(place, analyst):
    run = services.deliver(received(visits=VISITS), as_at_on=AS_AT, by=analyst)
    with as_delivered(run.delivery) as folder:
        assert [(path.name, path.read_text()) for path in folder.iterdir()] == [("visits.csv", VISITS)]
    assert not folder.exists()
    assert not list((place / "deliveries" / run.delivery.key).glob("reading-*"))


@pytest.mark.parametrize("role", ["team_manager", "director", "programme_manager", "administrator"])
def test_others_may_not_deliver(place, role):
    with pytest.raises(NotAllowed):
        services.deliver(received(visits=VISITS), as_at_on=AS_AT, by=a_person(role))
    assert not Delivery.objects.exists()


def test_a_delivery_with_one_bad_file_is_refused_whole(place, analyst):
    files = received(visits=VISITS, children=b"child_id\n" + _EICAR)
    with pytest.raises(Refused, match=r"^children.csv is a file for trying virus scanners"):
        services.deliver(files, as_at_on=AS_AT, by=analyst)
    assert not Delivery.objects.exists()


def test_no_file_and_one_name_twice_are_refused(place, analyst):
    with pytest.raises(Refused, match="No file was chosen"):
        services.deliver([], as_at_on=AS_AT, by=analyst)
    with pytest.raises(Refused, match="Two files are named visits.csv"):
        services.deliver(received(visits=VISITS) + received(visits=VISITS), as_at_on=AS_AT, by=analyst)


def test_loading_again_takes_the_same_files_with_other_options(place, analyst):
    run = services.deliver(received(visits=VISITS), as_at_on=AS_AT, by=analyst)
    with pytest.raises(Refused, match="not over yet"):
        services.load_again(run, by=analyst)
    run.state = LoadRun.State.REFUSED
    run.save()
    again = services.load_again(run, accept_fewer=True, by=analyst)
    assert (again.delivery, again.as_at_on, again.accept_fewer) == (run.delivery, AS_AT, True)
    assert Event.objects.filter(what="load.asked", changes__accept_fewer=True).count() == 1


def test_files_that_are_gone_cannot_be_loaded_again(analyst):
    run = a_run("done")
    services.give_up_files(run.delivery, by=None)
    with pytest.raises(Refused, match="deliver them again"):
        services.load_again(LoadRun.objects.get(), by=analyst)
    assert Event.objects.filter(what="extracts.files_deleted", about_key=str(run.delivery_id)).count() == 1


def test_the_mapping_in_force_is_the_last_that_led_to_a_load():
    assert services.mapping_in_force() is None
    a_run("done", mapping=[{"kind": "sheet", "sheet": "A"}])
    a_run("refused", asked_at=MOMENT.replace(hour=10), mapping=[{"kind": "sheet", "sheet": "B"}])
    assert services.mapping_in_force() == [{"kind": "sheet", "sheet": "A"}]


def test_rows_of_a_load_stand_beside_those_of_the_load_before_and_what_was_not_supplied_is_not_0(place):
    first = a_load(place, as_at_on=AS_AT.replace(day=1), contacts="contact_id,child_id,received_at\n")
    second = a_load(place, visits=VISITS + "v5,c1,cin,2017-12-03,true\n")
    run = a_run("running", claimed_by="one")
    services.note_loads(run, "one", [second], [first], by=None)
    services.note_loads(run, "one", [second], [first], by=None)
    made = run.loads.get()
    assert (made.rows["visits"], made.rows_before["visits"]) == (5, 4)
    assert made.compared_with == first.folder.name
    assert "posts" not in made.rows, "not supplied"


def test_a_long_list_is_not_exported_by_one_person(place):
    load, manager = a_load(place), a_person("team_manager")
    services.export_children(load, [wrong()] * 200, by=manager)
    event = Event.objects.get(what="children.exported")
    assert (event.about_key, event.reason, event.changes) == (load.folder.name, "data_quality", {"rows": 200})
    assert list(Seen.objects.values_list("reference", flat=True)) == [reference("c1")]
    with pytest.raises(Refused, match="201 rows"):
        services.export_children(load, [wrong()] * 201, by=manager)
    with pytest.raises(NotAllowed):
        services.export_children(load, [wrong()], by=a_person("qa_lead"))
