"""The pick-up folder: what stopped growing is taken once, what is refused stays and is told once."""

from datetime import date

import pytest

from goldenthread_web.extracts import pick_up, services
from goldenthread_web.extracts.models import Delivery, LoadRun, PickUp
from goldenthread_web.extracts.queries import not_picked_up
from goldenthread_web.trail.models import Event
from tests.web.deliveries import CHILDREN, VISITS, a_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    (tmp_path / "incoming").mkdir()
    a_place(settings, tmp_path, pick_up_folder="incoming")
    return tmp_path / "incoming"


def look(times=1):
    for _ in range(times):
        pick_up.look(by=None)


def test_files_are_taken_once_they_stopped_growing(folder):
    file = folder / "visits.csv"
    file.write_text(VISITS[:20])
    look()
    file.write_text(VISITS[:60])
    look()
    file.write_text(VISITS)
    look()
    assert not Delivery.objects.exists(), "it grew between the looks"
    look()
    run = LoadRun.objects.get()
    assert (run.delivery.how, run.asked_by, run.as_at_on) == ("picked_up", None, None)
    assert [(one.name, one.bytes) for one in run.delivery.files.all()] == [("visits.csv", len(VISITS))]
    look(3)
    assert LoadRun.objects.count() == 1, "taken once"
    assert file.exists(), "until it is loaded it stays"


def test_a_folder_named_as_a_day_says_up_to_when_its_files_hold_everything(folder):
    for name in ("2017-12-31", "weekly"):
        (folder / name).mkdir()
        (folder / name / "children.csv").write_text(CHILDREN)
    look(2)
    assert [run.as_at_on for run in LoadRun.objects.order_by("id")] == [date(2017, 12, 31), None]


def test_what_was_loaded_is_removed(folder):
    (folder / "2017-12-31").mkdir()
    (folder / "2017-12-31" / "children.csv").write_text(CHILDREN)
    look(2)
    LoadRun.objects.update(state=LoadRun.State.DONE)
    look()
    assert list(folder.iterdir()) == []


def test_what_was_refused_stays_and_is_not_taken_again_until_it_changes(folder):
    file = folder / "children.csv"
    file.write_text(CHILDREN)
    look(2)
    LoadRun.objects.update(state=LoadRun.State.REFUSED)
    look(3)
    assert file.exists()
    assert LoadRun.objects.count() == 1
    file.write_text(CHILDREN + "c3,2012-01-01\n")
    look(2)
    assert LoadRun.objects.count() == 2


@pytest.mark.parametrize("name", ["2018-02-01", "2017-12-31"])
def test_what_cannot_be_taken_is_told_once(folder, name):
    """A day to come, or a name that is none."""
    (folder / name).mkdir()
    (folder / name / ("children.csv" if name == "2018-02-01" else "a;b.csv")).write_text(CHILDREN)
    look(5)
    assert not Delivery.objects.exists()
    assert [one.folder for one in not_picked_up()] == [name]
    assert Event.objects.filter(what="pick_up.refused").count() == 1
    assert not list((folder.parent / "deliveries" / "receiving").iterdir()), "no copy is left"


def test_links_and_hidden_files_are_not_taken(folder, tmp_path):
    (tmp_path / "secret.csv").write_text("x")
    (folder / "children.csv").symlink_to(tmp_path / "secret.csv")
    (folder / ".half.csv").write_text("x")
    look(2)
    assert not PickUp.objects.exists()


def test_without_a_folder_there_is_nothing_to_do(settings, tmp_path, caplog):
    a_place(settings, tmp_path)
    look()
    assert caplog.text == ""
    a_place(settings, tmp_path, pick_up_folder="not-there")
    look()
    assert "not-there" in caplog.text


def test_taking_is_an_event(folder):
    (folder / "children.csv").write_text(CHILDREN)
    look(2)
    event = Event.objects.get(what="pick_up.taken")
    assert event.changes == {"load_run": LoadRun.objects.get().pk}
    assert services.PickUp.objects.get().run == LoadRun.objects.get()
