"""What is written of the programme: the aim, its frame, bodies, decisions."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.programme.models import Body, Component, Decision, Enabler, Numbered, Programme, Theme
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check

_T = TypeVar("_T", bound=Numbered)


@service(Permission.EDIT_PLAN)
def set_aim(
    *,
    name: str,
    framework: str,
    target_grade: str,
    starts_on: date,
    target_on: date,
    version: int = 0,
    by: User,
) -> Programme:
    """Say what the programme is to reach by when; the aim before it stands on the trail.

    Here and below, `version` 0: it is not there yet. Raises SavedMeanwhile if somebody else saved first.
    """
    if target_on <= starts_on:
        raise Refused("The day to reach the aim must come after the day the programme starts.")
    check(Programme.objects.select_for_update().first(), version)
    found, is_new = Programme.objects.update_or_create(
        pk=1,
        defaults={
            "version": version + 1,
            "name": name,
            "framework": framework,
            "target_grade": target_grade,
            "starts_on": starts_on,
            "target_on": target_on,
        },
    )
    what = "programme.started" if is_new else "programme.changed"
    record(what, found, by=by, changes={"grade": target_grade, "by": target_on.isoformat()})
    return found


@service(Permission.EDIT_PLAN)
def set_component(number: int, *, title: str, looks_like: str, version: int = 0, by: User) -> Component:
    """Add a component of a good service, or say it in other words."""
    found = _set_numbered(Component, number, title=title, looks_like=looks_like, version=version)
    record("component.set", found, by=by)
    return found


@service(Permission.EDIT_PLAN)
def set_enabler(number: int, *, title: str, looks_like: str, version: int = 0, by: User) -> Enabler:
    """Add an enabler of improvement, or say it in other words."""
    found = _set_numbered(Enabler, number, title=title, looks_like=looks_like, version=version)
    record("enabler.set", found, by=by)
    return found


def _set_numbered(kind: type[_T], number: int, *, title: str, looks_like: str, version: int) -> _T:
    check(kind.objects.select_for_update().filter(number=number).first(), version)
    found, _ = kind.objects.update_or_create(
        number=number, defaults={"title": title, "looks_like": looks_like, "version": version + 1}
    )
    return found


@service(Permission.EDIT_PLAN)
def set_theme(
    number: int,
    *,
    title: str,
    focus: str,
    post: str,
    components: Iterable[Component],
    remaining: str = "",
    version: int = 0,
    by: User,
) -> Theme:
    """Add a theme, or say it in other words, with the components it serves."""
    serves = list(components)
    if not serves:
        raise Refused("Name at least one component of a good service that the theme serves.")
    check(Theme.objects.select_for_update().filter(number=number).first(), version)
    said = {"title": title, "focus": focus, "remaining": remaining, "post": post}
    found, _ = Theme.objects.update_or_create(number=number, defaults=said | {"version": version + 1})
    found.components.set(serves)
    record("theme.set", found, by=by, changes={"components": [one.number for one in serves]})
    return found


@service(Permission.KEEP_MEETINGS)
def add_body(code: str, *, by: User, **said: object) -> Body:
    """Enter a body. `said` are the fields of Body."""
    made = Body.objects.create(code=code, **said)
    record("body.added", made, by=by)
    return made


@service(Permission.KEEP_MEETINGS)
def change_body(body: Body, *, version: int, by: User, **said: object) -> Body:
    """Change what is said of a body. Raises SavedMeanwhile if somebody else did so first."""
    found = Body.objects.select_for_update().get(pk=body.pk)
    check(found, version)
    for name, value in said.items():
        setattr(found, name, value)
    found.version += 1
    found.save()
    record("body.changed", found, by=by)
    return found


@service(Permission.RECORD_DECISIONS)
def record_decision(
    body: Body,
    *,
    decided_on: date,
    proposed: str,
    outcome: str,
    text: str,
    minute: str = "",
    by: User,
) -> Decision:
    """Write down what a body decided. Nothing changes it afterwards."""
    if decided_on > today():
        raise Refused("A decision is recorded once it has been made: the day lies ahead.")
    made = Decision.objects.create(
        body=body,
        decided_on=decided_on,
        proposed=proposed,
        outcome=Decision.Outcome(outcome),
        text=text,
        minute=minute,
        recorded_by=by,
        recorded_at=now(),
    )
    record("decision.recorded", made, by=by, changes={"body": body.code, "outcome": outcome})
    return made
