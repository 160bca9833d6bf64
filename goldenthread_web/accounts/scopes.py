"""Whose children may this person see? The only place that answers it; every child-level query asks for it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import NoChildren
from goldenthread_web.accounts.roles import Reach
from goldenthread_web.accounts.units import teams_of
from goldenthread_web.config.clock import now, today

_MAKING = object()
# Opened are emergencies, and samples handed over. Barred are restricted children whose list the person is
# not on, and children to whom they are related. Every page asks for it: Django takes twenty times as long to
# write this statement as a database to answer it.
_ONE_BY_ONE = """
    SELECT reference, 'opened' FROM accounts_emergencyaccess
    WHERE person_id = %(person)s AND ends_at > %(now)s
    UNION SELECT reference, 'opened' FROM accounts_assignment
    WHERE %(is_assigned)s AND person_id = %(person)s AND starts_on <= %(today)s AND ends_on >= %(today)s
    UNION SELECT reference, 'barred' FROM accounts_restriction
    WHERE kind = 'restrict' AND ended_at IS NULL
    AND id NOT IN (SELECT restriction_id FROM accounts_restriction_viewers WHERE user_id = %(person)s)
    UNION SELECT reference, 'barred' FROM accounts_relation
    WHERE person_id = %(person)s AND withdrawn_at IS NULL
"""


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


def child_scope(person: User, *, with_assigned: bool = False) -> ChildScope:
    """Whose children this person may see now. Raises NoChildren for roles that are aggregate-only.

    `with_assigned` adds the children handed to them for a while also where they have children of their own:
    whoever audits the cases of another team sees those in their case audits, not in their own lists.
    """
    role, on, moment = person.held_role, today(), now()
    if not role.sees_children or not person.is_active:
        raise NoChildren(f"The role {role.title} sees figures only.")
    opened, barred = _one_by_one(person, on, moment, with_assigned or role.reach is Reach.ASSIGNED)
    return ChildScope(
        everyone=role.reach is Reach.AUTHORITY,
        teams=frozenset(teams_of(person, on)),
        worker_id=person.worker_id if role.reach is Reach.OWN else "",
        references=frozenset(opened - barred),
        barred=frozenset(barred),
        person_id=person.pk,
        _made_by=_MAKING,
    )


def scope_or_none(person: User, *, with_assigned: bool = False) -> ChildScope | None:
    """The same; None for roles that are aggregate-only."""
    try:
        return child_scope(person, with_assigned=with_assigned)
    except NoChildren:
        return None


def _one_by_one(person: User, on: date, moment: datetime, is_assigned: bool) -> tuple[set[str], set[str]]:
    """References of the children opened to the person one by one, and of those barred."""
    with connection.cursor() as cursor:
        cursor.execute(
            _ONE_BY_ONE,
            {
                "person": person.pk,
                "is_assigned": is_assigned,
                "today": connection.ops.adapt_datefield_value(on),
                "now": connection.ops.adapt_datetimefield_value(moment),
            },
        )
        found = cursor.fetchall()
    return {one for one, how in found if how == "opened"}, {one for one, how in found if how == "barred"}
