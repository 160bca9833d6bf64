"""Whose children may this person see? The only place that answers it; every child-level query asks for it."""

from dataclasses import dataclass
from datetime import date, datetime

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import NoChildren
from goldenthread_web.accounts.roles import Reach
from goldenthread_web.accounts.units import teams_of
from goldenthread_web.config.clock import now, today

_MAKING = object()


@dataclass(frozen=True)
class ChildScope:
    """The children a person may see today: by team, by worker, or one by one. Made by `child_scope` alone.

    `everyone` is every child; else a child is seen who is held by one of `teams`, who is allocated to
    `worker_id` in any role, or whose keyed reference is among `references`.
    """

    everyone: bool
    teams: frozenset[str]
    worker_id: str
    references: frozenset[str]
    person_id: int
    _made_by: object = None

    def __post_init__(self) -> None:
        """Refuse to be made elsewhere: a scope put together by hand would be a hole in the wall."""
        if self._made_by is not _MAKING:
            raise NoChildren("A scope of children comes from child_scope alone.")

    @property
    def is_empty(self) -> bool:
        """Whether nobody can be seen through it."""
        return not (self.everyone or self.teams or self.worker_id or self.references)


def child_scope(person: User) -> ChildScope:
    """Whose children this person may see now. Raises NoChildren for roles that are aggregate-only."""
    role, on, moment = person.held_role, today(), now()
    if not role.sees_children or not person.is_active:
        raise NoChildren(f"The role {role.title} sees figures only.")
    references = _assigned(person, on) | _emergencies(person, moment)
    return ChildScope(
        everyone=role.reach is Reach.AUTHORITY,
        teams=frozenset(teams_of(person, on)),
        worker_id=person.worker_id if role.reach is Reach.OWN else "",
        references=frozenset(references),
        person_id=person.pk,
        _made_by=_MAKING,
    )


def _assigned(person: User, on: date) -> set[str]:
    if person.held_role.reach is not Reach.ASSIGNED:
        return set()
    in_force = person.assignments.filter(starts_on__lte=on, ends_on__gte=on)
    return set(in_force.values_list("reference", flat=True))


def _emergencies(person: User, moment: datetime) -> set[str]:
    return set(person.emergencies.filter(ends_at__gt=moment).values_list("reference", flat=True))
