"""What comes of a run: refused with a sentence while the last good data stays, or loaded (tests 45 to 47)."""

import io
import zipfile

import pytest

from goldenthread_web.extracts import jobs, services
from goldenthread_web.extracts.current import current
from goldenthread_web.extracts.jobs import work_once
from goldenthread_web.extracts.models import LoadRun
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person
from tests.web.deliveries import AS_AT, CHILDREN, VISITS, a_load, a_place, received

pytestmark = pytest.mark.django_db
NEVER = 3600.0  # seconds: no beat from beside falls into a test


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    return a_place(settings, tmp_path)


def what_comes_of(files, as_at_on=AS_AT) -> LoadRun:
    run = services.deliver(files, as_at_on=as_at_on, by=a_person("performance_analyst"))
    work_once("worker", beat_every=NEVER)
    run.refresh_from_db()
    return run


def refused(place, run) -> str:
    """The sentence of a run that was refused, which names no place on this machine."""
    assert (run.state, run.claimed_by) == ("refused", "worker")
    assert str(place) not in run.sentence
    assert Event.objects.filter(what="load.refused", about_key=str(run.pk)).count() == 1
    return run.sentence


def a_zip(**members) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def a_macro_workbook() -> bytes:
    return a_zip(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>", "xl/vbaProject.bin": "x"})


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"children": CHILDREN.encode("utf-16")}, "Nothing in the delivery of local extracts can be used"),
        (
            {"children": "child,born\nc1,2010-05-01\n"},
            "Nothing in the delivery of local extracts can be used",
        ),
        ({"notes.txt": "Hello"}, "not an extract that can be read"),
        ({"macros.xlsm": a_macro_workbook()}, "macros.xlsm is a macro workbook"),
        ({"hidden.xlsx": a_macro_workbook()}, "hidden.xlsx holds macros"),
        ({"bomb.zip": a_zip(**{"visits.csv": b"\0" * (11 * 2**20)})}, "as a ZIP bomb does"),
        ({"path.zip": a_zip(**{"../visits.csv": VISITS})}, "points outside the ZIP"),
        ({"doctype.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><Message>&a;</Message>"}, "doctype.xml"),
        ({"children": CHILDREN, "manifest.json": '{"as_at_on": "2017-12-30"}'}, "2017-12-30"),
        ({"children": CHILDREN, "manifest.json": '{"as_at_on": "2017-12-31", "la_code": "210"}'}, "210"),
    ],
)
def test_what_cannot_be_trusted_is_refused_and_the_last_good_data_stays(place, files, sentence):
    before = a_load(place)
    assert sentence in refused(place, what_comes_of(received(**files)))
    assert current() == before
    assert not list((place / "store").glob(".loading-*"))


def test_without_an_as_at_date_files_that_do_not_say_it_are_refused(place):
    assert "as-at date" in refused(place, what_comes_of(received(children=CHILDREN), as_at_on=None))


def test_far_fewer_rows_are_refused_as_such(place):
    before = a_load(place, as_at_on=AS_AT.replace(day=30))
    few = "\n".join(VISITS.splitlines()[:3])
    run = what_comes_of(received(children=CHILDREN, visits=few))
    assert "over 30% fewer" in refused(place, run)
    assert run.is_about_fewer_rows
    assert current() == before


def test_a_fault_of_the_programme_is_said_without_what_it_said(place, caplog):
    run = services.deliver(received(children=CHILDREN), as_at_on=AS_AT, by=a_person("performance_analyst"))
    (place / "deliveries" / run.delivery.key / "1").unlink()
    work_once("worker", beat_every=NEVER)
    run.refresh_from_db()
    assert run.state == "failed"
    assert run.sentence.startswith("The files were not loaded, and the last good data stays: a fault")
    assert f"name load {run.pk}" in run.sentence
    assert "FileNotFoundError" in caplog.text
    assert run.delivery.key not in caplog.text, "what an exception says may quote a row: it is not logged"


def test_a_run_that_stopped_its_worker_three_times_is_not_begun_again(place):
    run = services.deliver(received(children=CHILDREN), as_at_on=AS_AT, by=a_person("performance_analyst"))
    LoadRun.objects.filter(pk=run.pk).update(attempt=3)
    work_once("worker", beat_every=NEVER)
    run.refresh_from_db()
    assert run.state == "failed"
    assert run.sentence.startswith("The load was begun 3 times")


def test_while_another_holds_the_store_a_run_waits_and_is_not_refused(place):
    from goldenthread.store_writing import locked

    run = services.deliver(received(children=CHILDREN), as_at_on=AS_AT, by=a_person("performance_analyst"))
    with locked(place / "store"):
        assert work_once("worker", beat_every=NEVER) is None
    run.refresh_from_db()
    assert (run.state, run.attempt, run.sentence) == ("waiting", 0, "")


def test_what_is_wrong_is_worked_out_for_a_load_of_an_earlier_day_too(place, monkeypatch):
    """Its report has a page as every load's has, though another load is in force."""
    monkeypatch.setattr(jobs, "prepare", lambda load, tell: [])
    in_force = a_load(place)
    run = what_comes_of(received(children=CHILDREN), as_at_on=AS_AT.replace(day=1))
    assert (run.state, run.sentence) == ("done", "")
    assert current() == in_force
    assert run.stage == "working out what is wrong as at 2017-12-01"
    assert [path.stem for path in (place / "found_wrong").iterdir()] == [run.loads.get().folder]


def test_nothing_to_do():
    assert work_once("worker", beat_every=NEVER) is None
