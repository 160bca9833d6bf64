"""What goes when its time is up, and what stays."""

from datetime import timedelta
from os import utime
from shutil import rmtree

import pytest

from goldenthread_web.config.clock import now, today
from goldenthread_web.extracts import services
from goldenthread_web.extracts.models import Delivery, LoadRun
from goldenthread_web.extracts.receiving import waiting_room
from goldenthread_web.extracts.sweeping import DAYS_KEPT, sweep
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person
from tests.web.deliveries import AS_AT, CHILDREN, a_load, a_place, found_wrong, received, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    return a_place(settings, tmp_path)


def a_kept_delivery(state, hours_ago):
    run = services.deliver(received(children=CHILDREN), as_at_on=AS_AT, by=a_person("performance_analyst"))
    over = run.State(state) not in (run.State.WAITING, run.State.RUNNING)
    finished = now() - timedelta(hours=hours_ago) if over else None
    LoadRun.objects.filter(pk=run.pk).update(state=state, finished_at=finished)
    return run.delivery


def are_kept(place, delivery):
    return (place / "deliveries" / delivery.key / "1").exists()


@pytest.mark.parametrize(
    ("state", "hours_ago", "kept"),
    [
        ("done", 23, True),
        ("done", 25, False),
        ("refused", 25, True),
        ("refused", 24 * 14 + 1, False),
        ("failed", 24 * 14 + 1, False),
        ("waiting", 10_000, True),
        ("running", 10_000, True),
    ],
)
def test_files_go_as_policy_says(place, state, hours_ago, kept):
    delivery = a_kept_delivery(state, hours_ago)
    sweep(by=None)
    assert are_kept(place, delivery) is kept
    assert Event.objects.filter(what="extracts.files_deleted").count() == (0 if kept else 1)
    again = Delivery.objects.get(pk=delivery.pk)
    assert (again.files_deleted_at is None) is kept
    assert again.files.get().sha256, "the hash stays"


def test_files_that_are_being_loaded_again_stay(place):
    delivery = a_kept_delivery("done", 100)
    LoadRun.objects.create(delivery=delivery, asked_at=now())
    sweep(by=None)
    assert are_kept(place, delivery)


def test_what_killed_processes_left_goes_after_a_day(place):
    of_load = f"{a_load(place).folder.name}-key"
    files = [
        waiting_room() / "half",
        place / "found_wrong" / ".writing-a",
        place / "weeks/2018-01-01/.writing-b",
    ]
    folders = [place / "deliveries" / "unknown", place / "days" / of_load / ".writing-c"]
    left = [*files, *folders]
    for path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    for path in folders:
        path.mkdir(parents=True)
        (path / "lines.parquet").write_text("x")
    sweep(by=None)
    assert all(path.exists() for path in left), "somebody may be at it"
    long_ago = (now() - timedelta(days=2)).timestamp()
    for path in left:
        utime(path, (long_ago, long_ago))
    sweep(by=None)
    assert not any(path.exists() for path in left)


def test_old_days_go(place):
    days = place / "days" / f"{a_load(place).folder.name}-key"
    for day in (today(), today() - DAYS_KEPT, today() - DAYS_KEPT - timedelta(days=1)):
        (days / day.isoformat()).mkdir(parents=True)
    sweep(by=None)
    assert len(list(days.iterdir())) == 2


def test_rows_behind_figures_go_when_nobody_asked_for_them_for_long(place):
    for name, days in (("used", 13), ("old", 15)):
        (place / "behind" / name).mkdir(parents=True)
        moment = (now() - timedelta(days=days)).timestamp()
        utime(place / "behind" / name, (moment, moment))
    sweep(by=None)
    assert [path.name for path in (place / "behind").iterdir()] == ["used"]


@pytest.fixture
def a_load_that_is_gone(place):
    """Two loads with what was worked out from each; one is then removed. The one that stays."""
    stays, gone = a_load(place), a_load(place, as_at_on=AS_AT.replace(day=1))
    for load in (stays, gone):
        found_wrong(place, load, [wrong()])
        (place / "days" / f"{load.folder.name}-0123456789ab" / today().isoformat()).mkdir(parents=True)
    rmtree(gone.folder)
    return stays


def test_what_was_worked_out_from_a_load_goes_with_it(place, a_load_that_is_gone):
    stays = a_load_that_is_gone.folder.name
    sweep(by=None)
    assert [path.stem for path in (place / "found_wrong").iterdir()] == [stays]
    assert [path.name for path in (place / "days").iterdir()] == [f"{stays}-0123456789ab"]


def test_while_the_store_is_away_nothing_goes(place, a_load_that_is_gone):
    (place / "store").rename(place / "away")
    sweep(by=None)
    assert len(list((place / "found_wrong").iterdir())) == 2
    assert len(list((place / "days").iterdir())) == 2
