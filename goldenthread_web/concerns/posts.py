"""Who answers for a child of a team on a day, who stands in for them, and which posts nobody holds?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.restrictions import in_force
from goldenthread_web.accounts.roles import Permission, Reach, roles
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.accounts.units import open_units
from goldenthread_web.concerns.models import Absence, Concern, Notice
from goldenthread_web.config.clock import london

ON_THE_LIST = "On the list of those who may see this child"


@dataclass(frozen=True, kw_only=True)
class Told:
    """Whom to tell for a post; nobody, and why."""

    post: str
    person: User | None = None
    instead_of: User | None = None
    nobody: str = ""


def to_tell(concern: Concern, of_roles: Iterable[str], at: datetime) -> list[Told]:
    """Whom to tell for the posts of these roles at a moment: each person once, stand-ins for who is away.

    Where everybody is barred from a restricted child, those on the child's list who answer concerns are told.
    """
    on = london(at).date()
    away = away_on(on)
    found = [one for role in of_roles for one in _of_role(role, concern.team, on, away)]
    checked = _once_each([_checked(one, concern) for one in found])
    if any(one.nobody == Notice.Nobody.BARRED for one in checked) and not any(one.person for one in checked):
        checked += _on_the_list(concern)
    return checked


def away_on(on: date) -> dict[int, User]:
    """Who is away on a day: the number of each person, with who stands in."""
    rows = Absence.objects.filter(starts_on__lte=on, ends_on__gte=on).select_related("deputy")
    return {one.person_id: one.deputy for one in rows}


def stand_in_of(person: User, away: Mapping[int, User]) -> User | None:
    """Who stands in for somebody who is away: a stand-in who is away too is passed over to theirs."""
    passed, deputy = {person.pk}, away[person.pk]
    while deputy.pk in away and deputy.pk not in passed:
        passed.add(deputy.pk)
        deputy = away[deputy.pk]
    is_here = deputy.pk not in passed and deputy.may(Permission.ANSWER_CONCERNS)
    return deputy if is_here else None


def who_may_answer() -> "QuerySet[User]":
    """Everybody whose role lets them answer a concern."""
    codes = [code for code, role in roles().items() if Permission.ANSWER_CONCERNS in role.permissions]
    return User.objects.filter(role__in=codes, is_active=True)


def keeps_absences_of(person_id: int, by: User) -> bool:
    """Whether somebody enters and ends a person's absences: their own, or whose reach is every child."""
    return by.pk == person_id or by.held_role.reach is Reach.AUTHORITY


def _of_role(role: str, team: str, on: date, away: Mapping[int, User]) -> list[Told]:
    """Whoever holds the post for the team, or who stands in; one without a person where nobody holds it."""
    post, holders = _post(role, team, on)
    if not holders:
        return [Told(post=post, nobody=Notice.Nobody.VACANT)]
    return [_here(post, person, away) for person in holders]


def _here(post: str, person: User, away: Mapping[int, User]) -> Told:
    if person.pk not in away:
        return Told(post=post, person=person)
    deputy = stand_in_of(person, away)
    return Told(
        post=post, person=deputy, instead_of=person, nobody="" if deputy is not None else Notice.Nobody.AWAY
    )


def _post(role: str, team: str, on: date) -> tuple[str, list[User]]:
    """What the post is called, and who holds it."""
    title, reach = roles()[role].title, roles()[role].reach
    people = User.objects.filter(role=role, is_active=True).order_by("pk")
    if reach is Reach.AUTHORITY:
        return title, list(people)
    unit = team
    if reach is Reach.SERVICE:
        found = open_units(Unit.Kind.TEAM, on).filter(name=team).first()
        unit = found.service if found is not None else ""
    kind = Unit.Kind.SERVICE if reach is Reach.SERVICE else Unit.Kind.TEAM
    holders = people.filter(unit__kind=kind, unit__name=unit) if unit else people.none()
    held = [person for person in holders if person.unit.is_open(on)]
    return f"{title}, {unit or 'team not known'}", held


def _checked(one: Told, concern: Concern) -> Told:
    """Nobody answers what they raised themselves, and nobody is told of a child they may not see."""
    if one.person is None:
        return one
    if one.person.pk == concern.raised_by_id:
        return Told(post=one.post, instead_of=one.instead_of, nobody=Notice.Nobody.RAISED_IT)
    if concern.reference in child_scope(one.person).barred:
        return Told(post=one.post, instead_of=one.instead_of, nobody=Notice.Nobody.BARRED)
    return one


def _on_the_list(concern: Concern) -> list[Told]:
    people = {
        person.pk: person
        for restriction in in_force(concern.reference).prefetch_related("viewers")
        for person in restriction.viewers.all()
        if person.may(Permission.ANSWER_CONCERNS) and person.pk != concern.raised_by_id
    }
    seeing = [one for one in people.values() if concern.reference not in child_scope(one).barred]
    return [Told(post=ON_THE_LIST, person=person) for person in seeing]


def _once_each(found: list[Told]) -> list[Told]:
    """Without a second line for a person, or for an empty post."""
    kept: dict[tuple[int | None, str], Told] = {}
    for one in found:
        key = (one.person.pk, "") if one.person is not None else (None, one.post)
        kept.setdefault(key, one)
    return list(kept.values())
