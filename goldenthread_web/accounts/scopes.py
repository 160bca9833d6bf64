"""Whose children may this person see? The only place that answers it; every child-level query asks for it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Value

from goldenthread_web.accounts.models import Restriction, User
from goldenthread_web.accounts.refusals import NoChildren
from goldenthread_web.accounts.roles import Reach
from goldenthread_web.accounts.units import teams_of
from goldenthread_web.config.clock import now, today

_MAKING = object()


@dataclass(frozen=True)
class ChildScope:
    """The children a person may see today: by team, by worker, or one by one. Made by `child_scope` alone.

    `everyone` is every child; else a child is seen who is held by one of `teams`, who is allocated to
    `worker_id` in any role, or whose keyed reference is among `references`. Whoever is among `barred` is
    never seen, whatever else holds: a restricted child, or one to whom the person is related.
    """

    everyone: bool
    teams: frozenset[str]
    worker_id: str
    references: frozenset[str]
    barred: frozenset[str]
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
    opened, barred = _one_by_one(person, on, moment)
    return ChildScope(
        everyone=role.reach is Reach.AUTHORITY,
        teams=frozenset(teams_of(person, on)),
        worker_id=person.worker_id if role.reach is Reach.OWN else "",
        references=frozenset(opened - barred),
        barred=frozenset(barred),
        person_id=person.pk,
        _made_by=_MAKING,
    )


def _one_by_one(person: User, on: date, moment: datetime) -> tuple[set[str], set[str]]:
    """Children opened to the person one by one, and those barred: read at once, as every page asks for them.

    Opened are samples handed over, and emergencies. Barred are restricted children whose list the person is
    not on, and children to whom they are related.
    """
    opened, barred = Value("opened"), Value("barred")
    restricted = Restriction.objects.filter(kind=Restriction.Kind.RESTRICT, ended_at__isnull=True)
    relations = person.relations.filter(withdrawn_at__isnull=True)
    parts = [
        person.emergencies.filter(ends_at__gt=moment).order_by().values_list("reference", opened),
        restricted.exclude(viewers=person).order_by().values_list("reference", barred),
        relations.order_by().values_list("reference", barred),
    ]
    if person.held_role.reach is Reach.ASSIGNED:
        in_force = person.assignments.filter(starts_on__lte=on, ends_on__gte=on)
        parts.append(in_force.order_by().values_list("reference", opened))
    found = list(parts[0].union(*parts[1:]))
    return {one for one, how in found if how == "opened"}, {one for one, how in found if how == "barred"}
