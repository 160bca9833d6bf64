"""Who works on which load, and how is the work of a worker that died taken up again?

A worker takes a run by changing its row from what it just read to its own: of two who try, one changes a row
and the other none. It renews the row while it works; a row not renewed for a minute may be taken by another.
The database itself allows one running load. Nothing else of the queue needs to be right.

A worker that cannot write for a minute, because somebody holds the database, looks silent and is not. So it
also holds a file of its own locked while it works: the system gives the lock up when the process ends,
however it ends, and as long as it is held nobody takes the run.
"""

import fcntl
import logging
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F, Q

from goldenthread_web.config.clock import now
from goldenthread_web.extracts.models import LoadRun, RoutineBegun

LEASE = timedelta(seconds=60)
BEAT_EVERY = 10.0  # seconds
AGAIN_AFTER = 1.0  # seconds, where the lease could not be renewed
MOST_ATTEMPTS = 3

_log = logging.getLogger(__name__)


class LostLease(Exception):
    """Another worker has taken the run: this one must not change anything more of it."""


def new_worker() -> str:
    """A name for a worker that no other has."""
    return secrets.token_hex(16)


def claim(worker: str) -> LoadRun | None:
    """Take the next run: one whose worker fell silent, else the longest waiting; None if there is none."""
    silent = Q(state=LoadRun.State.RUNNING, beat_at__lt=now() - LEASE)
    free = LoadRun.objects.filter(silent | Q(state=LoadRun.State.WAITING))
    # A run that fell silent comes first: while it is not over, the database allows no other.
    run = free.order_by("state", "asked_at", "id").first()
    if run is None or (run.state == LoadRun.State.RUNNING and _is_at_work(run.claimed_by)):
        return None
    as_read = LoadRun.objects.filter(
        pk=run.pk, state=run.state, claimed_by=run.claimed_by, beat_at=run.beat_at
    )
    try:
        with transaction.atomic():
            taken = as_read.update(
                state=LoadRun.State.RUNNING,
                claimed_by=worker,
                beat_at=now(),
                attempt=F("attempt") + 1,
                stage="starting",
                stage_done=0,
                stage_total=0,
            )
    except IntegrityError:  # another load is running
        return None
    return LoadRun.objects.get(pk=run.pk) if taken else None


def held_by(run: LoadRun, worker: str):  # noqa: ANN201 - a queryset
    """The run's row, if the worker still holds it."""
    return LoadRun.objects.filter(pk=run.pk, state=LoadRun.State.RUNNING, claimed_by=worker)


def tell(run: LoadRun, worker: str, stage: str, done: int = 0, total: int = 0) -> None:
    """Say how far the work is, and renew the lease; LostLease if another has it."""
    stage = stage[:80]
    told = held_by(run, worker).update(stage=stage, stage_done=done, stage_total=total, beat_at=now())
    if not told:
        raise LostLease(f"Run {run.pk} is held by another worker.")


def give_back(run: LoadRun, worker: str) -> None:
    """Put the run back into the queue as if it had not been taken: it could not be begun yet."""
    held_by(run, worker).update(
        state=LoadRun.State.WAITING, claimed_by="", beat_at=None, attempt=F("attempt") - 1, stage=""
    )


@contextmanager
def renewed(run: LoadRun, worker: str, every: float = BEAT_EVERY) -> Iterator[None]:
    """Renew the lease from beside the work, however long one step of it takes."""
    stop = threading.Event()
    beating = threading.Thread(target=_beat, args=(run, worker, every, stop), daemon=True)
    with _at_work(worker):
        beating.start()
        try:
            yield
        finally:
            stop.set()
            beating.join()


@contextmanager
def _at_work(worker: str) -> Iterator[None]:
    """Hold the worker's file locked."""
    path = _file_of(worker)
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _is_at_work(worker: str) -> bool:
    """Whether the worker's process still holds its file; what a killed one left is taken away."""
    path = _file_of(worker)
    try:
        with path.open() as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _file_of(worker: str) -> Path:
    return settings.INSTALLATION.folder / "workers" / f"{worker}.lock"


def _beat(run: LoadRun, worker: str, every: float, stop: threading.Event) -> None:
    wait = every
    while not stop.wait(wait):
        wait = every
        try:
            if not held_by(run, worker).update(beat_at=now()):
                return
        except DatabaseError as problem:  # busy or away for a moment: the lease outlasts several beats
            wait = min(every, AGAIN_AFTER)
            _log.warning("The lease of run %s could not be renewed: %s", run.pk, type(problem).__name__)
        finally:
            connection.close()


def begin_routine(name: str, if_before: datetime) -> bool:
    """Whether this worker is to see to a routine now: it is due, and no other worker was faster."""
    routine, _ = RoutineBegun.objects.get_or_create(name=name)
    if routine.began_at is not None and routine.began_at > if_before:
        return False
    return bool(RoutineBegun.objects.filter(pk=routine.pk, began_at=routine.began_at).update(began_at=now()))
