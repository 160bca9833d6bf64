"""How does the council of the demonstration prepare its visits? As its programme manager said."""

import tomllib
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

from goldenthread_web.accounts.models import User
from goldenthread_web.config.clock import LONDON
from goldenthread_web.governance import readiness_services as services
from goldenthread_web.inspections.models import Visit
from goldenthread_web.inspections.queries import visits

_LEAD = "Lead inspector, Her Majesty’s Inspector"


def enter(*, on: date, manager: User) -> int:
    """Prepare every visit that is known on a day: those before it are ready and handed over; how many."""
    said = tomllib.loads((files("goldenthread_web.governance") / "readiness_demo.toml").read_text("utf-8"))
    known = [one for one in visits() if one.announced_on is not None and one.announced_on <= on]
    for visit in known:
        was = visit.ends_on < on
        for one in said["items"]:
            _item(visit, one, was, manager)
        for one in said["evidence"]:
            _evidence(visit, one, was, manager)
        for one in said["interviews"]:
            services.add_interview(
                visit,
                with_whom=one["with_whom"],
                starts_at=_at(visit.starts_on, one["time"]),
                place=one["place"],
                about=one["about"],
                inspector=_LEAD,
                by=manager,
            )
    return len(known)


def _item(visit: Visit, said: dict[str, Any], was: bool, manager: User) -> None:
    made = services.add_readiness_item(
        visit,
        text=said["text"],
        post=said["post"],
        due_on=visit.starts_on - timedelta(days=said["before"]),
        by=manager,
    )
    if was or said.get("ready"):
        services.tick_readiness_item(made, is_done=True, version=made.version, by=manager)


def _evidence(visit: Visit, said: dict[str, Any], was: bool, manager: User) -> None:
    made = services.add_evidence(
        visit,
        evidence_class=said["class"],
        what=said["what"],
        place=said["place"],
        reference=said.get("reference", ""),
        post=said["post"],
        is_ready=was or said.get("ready", False),
        by=manager,
    )
    if was:
        services.hand_over(
            made,
            to=_LEAD,
            handed_at=_at(visit.starts_on, "09:00"),
            channel="portal",
            handed_by="Programme manager",
            by=manager,
        )


def _at(day: date, at: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(at), tzinfo=LONDON)
