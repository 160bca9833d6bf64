"""How did the clinics of the demonstration go? Held one after the other, as a service manager would."""

import tomllib
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from goldenthread.calendar import add_working_days
from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.accounts.units import open_units
from goldenthread_web.clinics import queries, services
from goldenthread_web.clinics.jobs import prepare_week
from goldenthread_web.clinics.kinds import kinds
from goldenthread_web.clinics.models import Clinic, ClinicAction, ClinicException
from goldenthread_web.config.clock import today
from goldenthread_web.programme.queries import bodies
from goldenthread_web.worklist.weekly_services import monday_of


@cache
def said() -> dict[str, Any]:
    """The story, as data."""
    return tomllib.loads((files("goldenthread_web.clinics") / "demo.toml").read_text("utf-8"))


def tell() -> int:
    """Hold every clinic whose week has come; this week's is only made ready. How many were held."""
    led = _led()
    held = 0
    for number, monday in enumerate(said()["mondays"]):
        if monday + timedelta(days=1) > today():
            break
        chairs = {team: chair for team, (since, chair) in led.items() if since <= monday}
        prepare_week(monday, on=monday, only=chairs, by=None)
        for clinic in Clinic.objects.filter(monday=monday, team__in=sorted(chairs)):
            _hold(clinic, number, chairs[clinic.team])
            held += 1
    this_week = monday_of(today())
    if not Clinic.objects.filter(monday=this_week).exists():
        prepare_week(this_week, on=today(), by=None)
    _escalate(led)
    return held


def _led() -> dict[str, tuple[date, User]]:
    """Which teams hold clinics, since when, under whose chair: the first that the story names."""
    found: dict[str, tuple[date, User]] = {}
    for one in said()["chairs"]:
        chair = account_of(one["role"])
        teams = child_scope(chair).teams
        if "services" in one:
            units = open_units(Unit.Kind.TEAM, today()).filter(service__in=one["services"])
            teams = frozenset(units.values_list("name", flat=True))
        for team in sorted(teams):
            found.setdefault(team, (one["since"], chair))
    return found


def _hold(clinic: Clinic, number: int, chair: User) -> None:
    day = clinic.monday + timedelta(days=1)
    begun = services.begin_clinic(clinic, held_on=day, by=chair)
    scope = child_scope(chair)
    for action in queries.without_answer(queries.actions_of(begun, scope).opening):
        _follow(action, begun, number, day, chair)
    for exception in queries.exceptions_of(begun, scope):
        if kinds()[exception.kind].is_judged:
            _judge(exception, begun, day, chair)
    services.close_clinic(begun, by=chair)


def _follow(action: ClinicAction, clinic: Clinic, number: int, day: date, chair: User) -> None:
    """Most of what was agreed is done; some of it a little late, and what is not goes on to the next."""
    roll = _roll(f"{action.ref}{clinic.monday}")
    if roll < said()["done"][number]:
        late = timedelta(days=2 if roll % 6 == 0 else 0)
        services.settle_action(
            action,
            outcome="done",
            text="",
            completed_on=max(action.set_on, min(action.due_on + late, day)),
            version=action.version,
            by=chair,
        )
    else:
        services.carry_action(action, clinic, because="It was begun and is not finished.", by=chair)


def _judge(exception: ClinicException, clinic: Clinic, day: date, chair: User) -> None:
    roll = _roll(f"{exception.item}{exception.reference}{exception.worker_id}{clinic.monday}")
    reason, passed = "recording_lag", 0
    for code, share in said()["often"].items():
        passed += share
        if roll < passed:
            reason = code
            break
    unsafe = bool(exception.reference) and exception.kind == "new" and roll == 1
    services.judge(
        exception,
        reason=reason,
        is_safe=not unsafe if exception.reference else None,
        note=said()["unsafe"]["note"] if unsafe else "",
        version=exception.version,
        by=chair,
    )
    if unsafe or (roll % 4 == 0):
        text = said()["unsafe"]["action"] if unsafe else said()["actions"][reason]
        services.set_action(
            clinic,
            exception=exception,
            text=text,
            owner=exception.worker_id or "Team manager",
            due_on=add_working_days(day, 0 if unsafe else 4),
            set_on=day,
            by=chair,
        )


def _escalate(led: dict[str, tuple[date, User]]) -> None:
    board = next((body for body in bodies() if body.is_operational), None)
    for one in said()["escalations"]:
        monday = said()["mondays"][one["clinic"] - 1]
        held = Clinic.objects.filter(monday=monday, state=Clinic.State.CLOSED, service=one["service"])
        clinic = held.order_by("team").first()
        if board is None or clinic is None:
            continue
        chair = led[clinic.team][1]
        made = services.escalate(
            clinic, action=None, body=board, text=one["text"], wanted=one["wanted"], by=chair
        )
        if "answer" in one and one["answered_on"] <= today():
            services.answer_escalation(
                made, answer=one["answer"], answered_on=one["answered_on"], by=account_of("programme_manager")
            )


def _roll(text: str) -> int:
    """A number under a hundred that is the same each time."""
    return int(sha256(text.encode()).hexdigest(), 16) % 100
