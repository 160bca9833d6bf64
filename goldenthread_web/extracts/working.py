"""How does a worker go on, from run to run and routine to routine, until it is told to stop?"""

import logging
import os
import signal
import subprocess
import sys
import threading
from types import FrameType

from django.db import DatabaseError, close_old_connections

from goldenthread_web.config.answering import sentence_about
from goldenthread_web.extracts.jobs import work_once
from goldenthread_web.extracts.lease_services import new_worker
from goldenthread_web.extracts.routines import do_what_is_due

LOOK_EVERY = 1.0  # seconds
AFTER_TROUBLE = 5.0

_log = logging.getLogger(__name__)


def work(*, until_idle: bool = False) -> None:
    """Do what there is to do. `until_idle`: end when nothing is waiting."""
    worker, stop, parent = new_worker(), threading.Event(), os.getppid()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stopper(stop))
    while not stop.is_set():
        did = _one_round(worker)
        if until_idle and did is False:
            return
        if os.getppid() != parent:  # whoever watches over this worker is gone, and will start another
            return
        if not did:
            stop.wait(AFTER_TROUBLE if did is None else LOOK_EVERY)


def _one_round(worker: str) -> bool | None:
    """Whether there was something to do; None: the database could not be asked."""
    close_old_connections()
    try:
        do_what_is_due()
        return work_once(worker) is not None
    except DatabaseError as problem:
        why = sentence_about(problem) or type(problem).__name__
        _log.error("The database could not be asked for work: %s", why)
        return None


def _stopper(stop: threading.Event):  # noqa: ANN202 - a signal handler
    def stop_after_this(number: int, frame: FrameType | None) -> None:
        stop.set()

    return stop_after_this


def watch_over_a_worker() -> None:
    """Keep one worker going in a process of its own: one that dies (of memory, mostly) is replaced."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stopper(stop))
    command = [sys.executable, "-m", "goldenthread_web", "work", "--alone"]
    while not stop.is_set():
        with subprocess.Popen(command) as worker:  # noqa: S603 - our own command
            while worker.poll() is None and not stop.wait(LOOK_EVERY):
                continue
            if stop.is_set():
                worker.terminate()
                worker.wait()
                return
        _log.error("The worker ended with %s; another is started.", worker.returncode)
        stop.wait(LOOK_EVERY)
