"""Who holds a load: claimed by one, renewed, taken over, given back, finished once (test 64)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from goldenthread_web.config.clock import now
from goldenthread_web.extracts import services
from goldenthread_web.extracts.lease_services import (
    LostLease,
    begin_routine,
    claim,
    give_back,
    held_by,
    renewed,
    tell,
)
from goldenthread_web.extracts.models import LoadRun
from goldenthread_web.trail.models import Event
from tests.web.deliveries import MOMENT, a_place, a_run

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def falls_silent(run):
    LoadRun.objects.filter(pk=run.pk).update(beat_at=now() - timedelta(seconds=61))


def test_the_longest_waiting_is_taken_first_and_by_one():
    later, first = a_run(asked_at=MOMENT + timedelta(hours=1)), a_run()
    assert claim("one") == first
    assert claim("two") is None, "one load at a time"
    services.finish(first, "one", LoadRun.State.DONE, by=None)
    assert claim("two") == later


def test_the_database_itself_allows_one_running_load():
    a_run("running")
    with pytest.raises(IntegrityError), transaction.atomic():
        a_run("running")


def test_a_lease_that_is_renewed_is_not_taken_and_one_that_is_not_renewed_is():
    run = a_run()
    claim("one")
    assert claim("two") is None
    falls_silent(run)
    taken = claim("two")
    assert (taken, taken.attempt, taken.claimed_by) == (run, 2, "two")


def test_a_worker_that_cannot_write_keeps_its_run_as_long_as_it_is_there(settings, tmp_path):
    a_place(settings, tmp_path)
    run = a_run()
    claim("one")
    with renewed(run, "one"):
        falls_silent(run)
        assert claim("two") is None
    taken = claim("two")
    assert (taken, taken.claimed_by) == (run, "two")
    assert not list((tmp_path / "workers").iterdir())


def test_what_a_killed_worker_left_keeps_nobody_away(settings, tmp_path):
    a_place(settings, tmp_path)
    run = a_run()
    claim("one")
    (tmp_path / "workers").mkdir()
    (tmp_path / "workers" / "one.lock").touch()  # nobody holds it
    falls_silent(run)
    assert claim("two") == run
    assert not list((tmp_path / "workers").iterdir())


def test_a_run_that_fell_silent_comes_before_those_that_wait():
    silent = a_run(asked_at=MOMENT)
    claim("one")
    a_run(asked_at=MOMENT - timedelta(days=1))
    falls_silent(silent)
    assert claim("two") == silent


def test_whoever_lost_the_lease_changes_nothing():
    run = a_run()
    claim("one")
    falls_silent(run)
    claim("two")
    with pytest.raises(LostLease):
        tell(run, "one", "writing", 1, 2)
    with pytest.raises(LostLease):
        services.note_loads(run, "one", [], [], by=None)
    with pytest.raises(LostLease):
        services.finish(run, "one", LoadRun.State.REFUSED, sentence="No.", by=None)
    give_back(run, "one")
    assert held_by(run, "two").exists()
    assert not Event.objects.filter(what__startswith="load.").exists()


def test_telling_how_far_it_is_renews_the_lease():
    run = a_run()
    claim("one")
    falls_silent(run)
    tell(run, "one", "checking", 1, 3)
    run.refresh_from_db()
    assert (run.stage, run.stage_done, run.stage_total) == ("checking", 1, 3)
    assert claim("two") is None


def test_a_run_given_back_is_as_if_it_had_not_been_taken():
    run = a_run()
    claim("one")
    give_back(run, "one")
    run.refresh_from_db()
    assert (run.state, run.attempt, run.claimed_by, run.beat_at) == ("waiting", 0, "", None)


def test_a_run_is_finished_once_and_that_is_an_event():
    run = a_run()
    claim("one")
    services.finish(run, "one", LoadRun.State.REFUSED, sentence="Not these.", by=None)
    with pytest.raises(LostLease):
        services.finish(run, "one", LoadRun.State.DONE, by=None)
    run.refresh_from_db()
    assert (run.state, run.sentence) == ("refused", "Not these.")
    event = Event.objects.get(what="load.refused")
    assert (event.about_kind, event.about_key, event.changes) == ("loadrun", str(run.pk), {"loads": []})


def test_a_duty_is_begun_when_it_is_due_and_by_one():
    minute = timedelta(minutes=1)
    assert begin_routine("sweep", now() - minute)
    assert not begin_routine("sweep", now() - minute)
    assert begin_routine("sweep", now() + minute)
