"""How does the council of the demonstration prepare its visits? As its programme manager said.

`know_itself` enters its self-evaluation, and the calendar around the day on which it expects a call.
"""

import tomllib
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

from goldenthread_web.accounts.models import User
from goldenthread_web.config.clock import LONDON
from goldenthread_web.figures.quoting import quoted
from goldenthread_web.governance import countdown_services as countdowns
from goldenthread_web.governance import readiness_services as services
from goldenthread_web.governance import self_evaluation_services as self_evaluation
from goldenthread_web.governance.models import Statement
from goldenthread_web.governance.practice_found import met
from goldenthread_web.governance.self_evaluation import areas_on
from goldenthread_web.improvement.queries import action
from goldenthread_web.inspections.models import Visit
from goldenthread_web.inspections.queries import findings, visits

_LEAD = "Lead inspector, Her Majesty’s Inspector"


def enter(*, on: date, manager: User) -> int:
    """Prepare every visit that is known on a day: those before it are ready and handed over; how many."""
    said = _read("readiness_demo.toml")
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


def know_itself(*, on: date, manager: User) -> int:
    """Say what the council knows of itself on a day, and open the calendar of the next call.

    What a statement rests on is entered as far as it was known by then. How many statements there are.
    """
    told = _read("self_evaluation_demo.toml")
    judged = areas_on(on)
    said = [one for one in told["statements"] if one["area"] in judged]
    for one in said:
        made = self_evaluation.write_statement(
            area=one["area"],
            sign=one["sign"],
            text=one["text"],
            grade=one.get("grade", ""),
            confidence=one["confidence"],
            next_step=one.get("next_step", ""),
            action=action(one["action"]) if "action" in one else None,
            by=manager,
        )
        for piece in one["evidence"]:
            _because(made, piece, on, manager)
    calendar = told["calendar"]
    opened = countdowns.open_countdown(
        title=calendar["title"], kind=calendar["kind"], day_zero_on=calendar["day_zero"], by=manager
    )
    items = list(opened.items.all())
    for number in calendar["ready"]:
        countdowns.tick_countdown_item(items[number], is_done=True, version=1, by=manager)
    return len(said)


def _because(statement: Statement, said: dict[str, Any], on: date, manager: User) -> None:
    kind, key = said["kind"], said.get("key", "")
    finding = findings(to=on).filter(ref=said["finding"]).first() if "finding" in said else None
    is_known = {
        "finding": lambda: finding is not None,
        "case_audit": lambda: any(one.percent is not None for one in met(key, is_public_view=True)),
        "figure": lambda: any(one.is_a_figure for one in quoted([key], is_public_view=True).values()),
    }
    if kind in is_known and not is_known[kind]():
        return
    self_evaluation.add_statement_evidence(
        statement,
        kind=kind,
        key=key,
        finding=finding,
        about_on=said.get("about"),
        where=said.get("where", ""),
        text=said.get("text", ""),
        by=manager,
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("goldenthread_web.governance") / name).read_text("utf-8"))


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
