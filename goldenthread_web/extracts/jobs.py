"""How does one run go, from its files to figures that people can look at?

Whatever happens ends in a state and a sentence. A worker that is killed leaves the run to the next, which
does the same again: the store knows a load by its content, and every step after it gives the same each time.
"""

import logging
import traceback
from functools import partial

from django.conf import settings
from django.db import InterfaceError, OperationalError

from goldenthread.checking import check_snapshot
from goldenthread.ingest.extract import Refused
from goldenthread.loading import FewerRows
from goldenthread.loading import load as load_files
from goldenthread.settings import BadSettings
from goldenthread.store import Load, Store
from goldenthread.store_writing import StoreBusy
from goldenthread_web.accounts.refusals import Refused as RuleBroken
from goldenthread_web.extracts import found_wrong, services
from goldenthread_web.extracts.current import current, local_settings, store
from goldenthread_web.extracts.kept_files import READ_AS, as_delivered
from goldenthread_web.extracts.lease_services import (
    BEAT_EVERY,
    MOST_ATTEMPTS,
    LostLease,
    claim,
    give_back,
    renewed,
    tell,
)
from goldenthread_web.extracts.models import LoadRun
from goldenthread_web.extracts.preparing import prepare

_log = logging.getLogger(__name__)
_State = LoadRun.State


def work_once(worker: str, *, beat_every: float = BEAT_EVERY) -> LoadRun | None:
    """Do the next run and return it as it was when it was taken; None if there is none that can be begun."""
    run = claim(worker)
    if run is None:
        return None
    with renewed(run, worker, beat_every):
        try:
            _do(run, worker)
        except StoreBusy:
            give_back(run, worker)
            return None
        except LostLease as lost:
            _log.warning("%s", lost)
    return run


def _do(run: LoadRun, worker: str) -> None:
    if run.attempt > MOST_ATTEMPTS:
        sentence = (
            f"The load was begun {MOST_ATTEMPTS} times and each time whatever did it was stopped, perhaps "
            "because memory ran out: tell whoever looks after the service."
        )
        services.finish(run, worker, _State.FAILED, sentence=sentence, by=None)
        return
    try:
        _load_and_prepare(run, worker)
    except (StoreBusy, LostLease):
        raise
    except (Refused, BadSettings, RuleBroken) as refusal:
        services.finish(
            run,
            worker,
            _State.REFUSED,
            sentence=_said(refusal),
            is_about_fewer_rows=isinstance(refusal, FewerRows),
            by=None,
        )
    except (OperationalError, InterfaceError) as problem:
        _log_fault(run, problem)  # left as it is: the lease ends, and the run is taken up again
    except Exception as problem:  # whatever it is, the person who waits must be told
        _log_fault(run, problem)
        services.finish(run, worker, _State.FAILED, sentence=_fault_said(run), by=None)


def _load_and_prepare(run: LoadRun, worker: str) -> None:
    told = partial(tell, run, worker)
    before = _loads()
    loads = _load(run, told)
    services.note_loads(run, worker, loads, before, by=None)
    for number, load in enumerate(loads):  # also of an earlier day, which is not in force
        told(f"working out what is wrong as at {load.as_at_on}", number, len(loads))
        found_wrong.of(load, local_settings())
    in_force = current()
    if in_force is not None:
        prepare(in_force, told)
    services.finish(run, worker, _State.DONE, by=None)


def _loads() -> list[Load]:
    held = store()
    return [] if held is None else held.loads()


def _load(run: LoadRun, told: "partial[None]") -> list[Load]:
    kept = settings.INSTALLATION.store
    compiled = Store(kept).compiled_folder() if store() is not None else None
    with as_delivered(run.delivery) as folder:
        return load_files(
            [folder],
            as_at_on=run.as_at_on,
            store=kept,
            authority=settings.INSTALLATION.council.get("code") or None,
            accept_fewer=run.accept_fewer,
            mapping=run.mapping,
            check=partial(check_snapshot, settings=local_settings(), compiled_folder=compiled),
            progress=told,
        )


def _said(refusal: Exception) -> str:
    """The sentence, without the places on this machine that it may name."""
    words = []
    for word in str(refusal).split(" "):
        words.append(word.rsplit(f"/{READ_AS}/", 1)[-1] if str(settings.MEDIA_ROOT) in word else word)
    return " ".join(words)


def _fault_said(run: LoadRun) -> str:
    loaded = run.loads.exists()
    what = (
        "The files were loaded, but not everything could be worked out from them"
        if loaded
        else ("The files were not loaded, and the last good data stays")
    )
    return f"{what}: a fault of the programme. Tell whoever looks after the service, and name load {run.pk}."


def _log_fault(run: LoadRun, problem: Exception) -> None:
    """Where it happened and of what kind; never what was said, which may quote a child's row."""
    where = "".join(traceback.format_tb(problem.__traceback__))
    _log.error("Load run %s stopped by %s\n%s", run.pk, type(problem).__name__, where)
