"""Which immediate concerns does the demonstration tell of? Two, and who was away: invented."""

import tomllib
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.units import open_units
from goldenthread_web.concerns import absence_services, services
from goldenthread_web.concerns.jobs import escalate
from goldenthread_web.concerns.models import Absence, Concern
from goldenthread_web.concerns.queries import team_of
from goldenthread_web.config.clock import LONDON, today
from goldenthread_web.extracts.children import Child, index


def tell_story() -> int:
    """Write the concerns as people would have, up to the day before today; how many there are.

    A council without children has none.
    """
    said = tomllib.loads((files("goldenthread_web.concerns") / "demo.toml").read_text("utf-8"))
    children = _children(account_of("team_manager"))
    for one in said["absences"]:
        if not Absence.objects.filter(starts_on=one["starts_on"]).exists():
            person, deputy = account_of(one["role"]), account_of(one["deputy"])
            days = {"starts_on": one["starts_on"], "ends_on": one["ends_on"]}
            absence_services.enter_absence(person, deputy=deputy, **days, by=person)
    told = [one for one in said["concerns"] if _is_past(one["raised_at"]) and one["whose"] in children]
    for one in told:
        _told(one, children[one["whose"]])
    return len(told)


def _told(one: dict[str, Any], child: Child) -> Concern:
    concern = services.raise_concern(
        child.reference,
        team=team_of(child),
        source=one["source"],
        text=one["text"],
        raised_at=_moment(one["raised_at"]),
        by=account_of(one["raised_by"]),
    )
    if "escalates_at" in one:
        escalate(by=None, at=_moment(one["escalates_at"]))
    for step in one["steps"]:
        if _is_past(step["at"]):
            _done(concern, step)
    return concern


def _done(concern: Concern, step: dict[str, Any]) -> None:
    concern.refresh_from_db()
    by, at = account_of(step["by"]), _moment(step["at"])
    if step["does"] == "acknowledge":
        services.acknowledge(concern, at=at, by=by)
    elif step["does"] == "record_safety":
        safe = {"is_safe": step["is_safe"], "plan": step["plan"]}
        services.record_safety(concern, version=concern.version, **safe, at=at, by=by)
    else:
        services.resolve(concern, version=concern.version, resolution=step["resolution"], at=at, by=by)


def _children(manager: User) -> dict[str, Child]:
    """A child of the manager's own team, and one of another team of the service; the same each time."""
    if manager.unit is None:
        return {}
    own, teams = manager.unit.name, open_units(Unit.Kind.TEAM, today()).filter(service=manager.unit.service)
    others = set(teams.values_list("name", flat=True)) - {own}
    found: dict[str, Child] = {}
    for child in sorted(index().by_reference.values(), key=lambda one: one.reference):
        if team_of(child) == own:
            found.setdefault("own", child)
        elif team_of(child) in others and own not in child.teams:
            found.setdefault("other", child)
    return found


def _moment(said: datetime) -> datetime:
    return said.replace(tzinfo=LONDON)


def _is_past(said: datetime) -> bool:
    """Whether it lies before today: what happens today is still to come."""
    day: date = said.date()
    return day < today()
