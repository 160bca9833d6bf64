"""Workers that are killed, and workers that meet: with real processes, on the database the tests run on."""

import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from goldenthread.synthetic import write
from tests import compiling
from tests.web.own_installation import OwnInstallation

SOME = ("children", "teams", "allocations")  # the fewer, the sooner figures are worked out
LONGEST = 600  # seconds: the machine may be busy


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> Path:
    whole, some = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("some")
    write(whole, children=40)
    for name in SOME:
        shutil.copy(whole / "local_extracts" / f"{name}.csv", some)
    return some


@pytest.fixture(scope="module")
def compiled(tmp_path_factory) -> Path:
    """What definitions compile to, handed from one store to the next: compiling takes longer than loading."""
    return compiling.folder() or tmp_path_factory.mktemp("compiled")


@pytest.fixture
def own(tmp_path, compiled):
    made = OwnInstallation(tmp_path)
    made.environment[compiling.VARIABLE] = str(compiled)
    return made


def wait_until(read, wanted) -> list[dict]:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        rows = read()
        if wanted(rows):
            return rows
        time.sleep(0.02)
    raise AssertionError(f"did not come: {read()}")


def a_minute_passes(own: OwnInstallation) -> None:
    """The lease of whoever holds a run runs out."""
    own.python(
        "from datetime import timedelta\nfrom django.db.models import F\n"
        "earlier = F('beat_at') - timedelta(seconds=61)\n"
        "answer = LoadRun.objects.filter(state='running').update(beat_at=earlier)"
    )


def what_came_of_it(own: OwnInstallation) -> dict:
    return own.python(
        "from collections import Counter\nfrom goldenthread_web.trail.models import Event\n"
        "from goldenthread_web.trail.chain import verify\n"
        "runs = list(LoadRun.objects.order_by('id').values('state', 'attempt', 'sentence'))\n"
        "answer = dict(runs=runs, made=list(MadeLoad.objects.values_list('folder', flat=True)),\n"
        "  done=Event.objects.filter(what='load.done').count(), broken=verify().first_broken,\n"
        "  refused=Event.objects.filter(what='load.refused').count())"
    )


@pytest.mark.parametrize("stages", [("checking", "writing"), ("working out",)])
def test_workers_killed_in_mid_load_are_followed_by_another_and_nothing_is_done_twice(own, files, stages):
    own.deliver(files)
    with own.rows_of_runs() as read:
        for stage in stages:
            worker = own.start("work", "--alone")
            try:
                wait_until(read, lambda rows, stage=stage: rows[0]["stage"].startswith(stage))
            finally:
                os.kill(worker.pid, signal.SIGKILL)
                worker.wait()
            assert read()[0]["state"] == "running"
            a_minute_passes(own)
    own.run("work", "--until-idle")
    found = what_came_of_it(own)
    assert found["runs"] == [{"state": "done", "attempt": len(stages) + 1, "sentence": ""}]
    assert found["made"] == own.loads_in_store, "one load, whole, and nothing left of those cut short"
    assert len(found["made"]) == 1
    assert (found["done"], found["broken"]) == (1, None)
    assert not list((own.folder / "deliveries").glob("*/reading-*")), "links under names are gone"


@pytest.mark.both_databases
def test_two_workers_at_once_load_each_delivery_once_and_refuse_none(own, files, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(files, other, dirs_exist_ok=True)
    with (other / "allocations.csv").open("a") as stream:
        stream.write("\n")
    for folder, day in ((files, "2017-12-30"), (other, "2017-12-31"), (files, "2017-12-30")):
        own.deliver(folder, day)
    with own.rows_of_runs() as read:
        workers = [own.start("work", "--alone") for _ in range(2)]
        try:
            most = [0]

            def all_over(rows):
                most[0] = max(most[0], sum(row["state"] == "running" for row in rows))
                return all(row["state"] in ("done", "refused", "failed") for row in rows)

            wait_until(read, all_over)
        finally:
            for worker in workers:
                worker.terminate()
            ends = [worker.wait(timeout=LONGEST) for worker in workers]
        assert ends == [0, 0], "told to stop, they stop"
    found = what_came_of_it(own)
    assert found["runs"] == [{"state": "done", "attempt": 1, "sentence": ""}] * 3
    assert most == [1], "one at a time"
    assert len(own.loads_in_store) == 2, "the third delivery is the first again"
    assert len(found["made"]) == 3
    assert (found["done"], found["refused"], found["broken"]) == (3, 0, None)


def test_duties_are_done_by_one_worker_of_two(own):
    workers = [own.start("work", "--until-idle") for _ in range(2)]
    assert [worker.wait(timeout=LONGEST) for worker in workers] == [0, 0]
    first = own.python("answer = {d.name: d.began_at for d in RoutineBegun.objects.all()}")
    assert set(first) >= {"sweep", "pick_up"}
    own.run("work", "--until-idle")
    again = own.python("answer = {d.name: d.began_at for d in RoutineBegun.objects.all()}")
    assert again["pick_up"] == first["pick_up"], "it is not due yet"


def test_whoever_watches_over_a_worker_starts_another_when_it_is_killed(own):
    watching = own.start("work")
    try:
        first = _child_of(watching.pid)
        os.kill(first, signal.SIGKILL)
        second = _child_of(watching.pid, other_than=first)
        assert second != first
    finally:
        watching.terminate()
        assert watching.wait(timeout=LONGEST) == 0


def _child_of(pid: int, other_than: int = 0) -> int:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                parts = path.read_text().rsplit(") ", 1)
            except (FileNotFoundError, ProcessLookupError):
                continue
            number = int(path.parent.name)
            if int(parts[1].split()[1]) == pid and number != other_than and parts[1][0] != "Z":
                return number
        time.sleep(0.1)
    raise AssertionError("no worker was started")
