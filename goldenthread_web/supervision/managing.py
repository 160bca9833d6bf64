"""Who is the manager of a supervisor, and whose manager is this person?

Whoever supervises a supervisor is their manager. Where no agreement says who that is, the rules name a role:
a service manager for the team managers of their service, a head of service for the service managers.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Reach, roles
from goldenthread_web.supervision.models import Agreement, Supervising
from goldenthread_web.supervision.rules import rules


def in_force(on: date, prefix: str = "") -> Q:
    """That a stretch with a first and a last day holds on a day."""
    ends = Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": on})
    return ends & Q(**{f"{prefix}starts_on__lte": on})


def supervisors_of(people: Iterable[User], on: date) -> dict[int, User]:
    """By the number of each of these people, the one who supervises them; nobody where no agreement says."""
    found = list(people)
    keys = {one.worker_id: one.pk for one in found if one.worker_id}
    theirs = Q(agreement__supervisee__in=[one.pk for one in found])
    if keys:
        theirs |= Q(agreement__supervisee=None, agreement__worker_id__in=list(keys))
    rows = Supervising.objects.filter(theirs, in_force(on), in_force(on, "agreement__"))
    return {
        one.agreement.supervisee_id or keys[one.agreement.worker_id]: one.person
        for one in rows.select_related("agreement", "person__unit")
    }


def managed_by(person: User, on: date) -> list[User]:
    """The supervisors whose manager this person is."""
    supervisors = list(
        User.objects.filter(pk__in=Supervising.objects.filter(in_force(on)).values("person"))
        .exclude(pk=person.pk)
        .select_related("unit")
    )
    told = supervisors_of(supervisors, on)
    return [
        one
        for one in supervisors
        if (told[one.pk].pk == person.pk if one.pk in told else _is_over(person, one))
    ]


def managers_of(supervisor: User, on: date) -> list[User]:
    """The people who are the manager of a supervisor: one as a rule; none where nobody is."""
    told = supervisors_of([supervisor], on)
    if supervisor.pk in told:
        return [told[supervisor.pk]]
    role = rules()["manager_of"].get(supervisor.role)
    if role is None:
        return []
    people = User.objects.filter(role=role, is_active=True).exclude(pk=supervisor.pk)
    return [one for one in people if _is_over(one, supervisor)]


def is_manager_of(person: User, supervisor: User, on: date) -> bool:
    """Whether the person is the manager of the supervisor."""
    told = supervisors_of([supervisor], on)
    if supervisor.pk in told:
        return told[supervisor.pk].pk == person.pk
    return person.pk != supervisor.pk and _is_over(person, supervisor)


def _is_over(person: User, supervisor: User) -> bool:
    """Whether the rules make the person the supervisor's manager."""
    if not person.is_active or rules()["manager_of"].get(supervisor.role) != person.role:
        return False
    if roles()[person.role].reach is not Reach.SERVICE:
        return True
    return (
        person.unit is not None
        and supervisor.unit is not None
        and supervisor.unit.service == person.unit.name
    )


def of_supervisors(people: Iterable[User], on: date) -> "QuerySet[Agreement]":
    """The agreements under which these people supervise on a day."""
    now = Supervising.objects.filter(in_force(on), person__in=list(people))
    return Agreement.objects.filter(pk__in=now.values("agreement"))
