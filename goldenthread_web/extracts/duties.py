"""What does the service do again and again, and who does it when there are several workers?

Before a duty is done its row is changed from what was just read: of two workers one changes it, and does it.
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
from goldenthread_web.extracts.lease_services import begin_duty
from goldenthread_web.extracts.named_calls import named_call

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DutyOfService:
    """One duty, as duties.toml describes it."""

    name: str
    every_minutes: int
    calls: str


@cache
def duties() -> tuple[DutyOfService, ...]:
    """The duties; how often the pick-up folder is looked at is the installation's to say."""
    data = tomllib.loads((files("goldenthread_web.extracts") / "duties.toml").read_text("utf-8"))
    said = settings.INSTALLATION.service.get("pick_up_every_minutes")
    for entry in data["duty"]:
        if entry["name"] == "pick_up" and said:
            entry["every_minutes"] = int(said)
    return tuple(DutyOfService(**entry) for entry in data["duty"])


def do_what_is_due() -> list[str]:
    """Do every duty whose time has come and that no other worker has begun; their names."""
    done = []
    for duty in duties():
        call = named_call(duty.calls)
        if call is None or not begin_duty(duty.name, now() - timedelta(minutes=duty.every_minutes)):
            continue
        done.append(duty.name)
        try:
            call(by=None)
        except DatabaseError:
            raise
        except Exception as problem:  # one duty that fails must not keep the others from being done
            where = "".join(traceback.format_tb(problem.__traceback__))
            _log.error("The duty %s stopped by %s\n%s", duty.name, type(problem).__name__, where)
    return done
