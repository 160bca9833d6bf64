"""What does the service do again and again, and who does it when there are several workers?

Before a routine is done its row is changed from what was just read: of two workers one changes it, and acts.
"""

import logging
import tomllib
import traceback
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files

from django.conf import settings
from django.db import DatabaseError

from goldenthread_web.config.clock import now
from goldenthread_web.extracts.lease_services import begin_routine
from goldenthread_web.extracts.named_calls import named_call

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Routine:
    """One routine, as routines.toml describes it."""

    name: str
    every_minutes: int
    calls: str


@cache
def routines() -> tuple[Routine, ...]:
    """The routines; how often the pick-up folder is looked at is the installation's to say."""
    data = tomllib.loads((files("goldenthread_web.extracts") / "routines.toml").read_text("utf-8"))
    said = settings.INSTALLATION.service.get("pick_up_every_minutes")
    for entry in data["routine"]:
        if entry["name"] == "pick_up" and said:
            entry["every_minutes"] = int(said)
    return tuple(Routine(**entry) for entry in data["routine"])


def do_what_is_due() -> list[str]:
    """Do every routine whose time has come and that no other worker has begun; their names."""
    done = []
    for routine in routines():
        call = named_call(routine.calls)
        if call is None or not begin_routine(routine.name, now() - timedelta(minutes=routine.every_minutes)):
            continue
        done.append(routine.name)
        try:
            call(by=None)
        except DatabaseError:
            raise
        except Exception as problem:  # one routine that fails must not keep the others from being done
            where = "".join(traceback.format_tb(problem.__traceback__))
            _log.error("The routine %s stopped by %s\n%s", routine.name, type(problem).__name__, where)
    return done
