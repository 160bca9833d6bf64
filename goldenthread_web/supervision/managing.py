"""Who is the manager of a supervisor?

Whoever supervises a supervisor is their manager. Where no agreement says who that is, the rules name a role:
a service manager for the team managers of their service, a head of service for the service managers.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Reach
from goldenthread_web.supervision.models import Agreement, Supervising
from goldenthread_web.supervision.rules import rules


def in_force(on: date, prefix: str = "") -> Q:
    """That a stretch with a first and a last day holds on a day."""
    ends = Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": on})
    return ends & Q(**{f"{prefix}starts_on__lte": on})


def managed_people(person: User, on: date) -> "QuerySet[User]":
    """The people whose manager this person is: by an agreement, or where none says so by the rules."""
    by_account = Q(agreement__supervisee=OuterRef("pk"))
    by_key = Q(agreement__supervisee=None, agreement__worker_id=OuterRef("worker_id"))
    told = Supervising.objects.filter(
        by_account | by_key & ~Q(agreement__worker_id=""), in_force(on), in_force(on, "agreement__")
    )
    people = User.objects.exclude(pk=person.pk).annotate(
        is_told=Exists(told), is_told_this=Exists(told.filter(person=person))
    )
    return people.filter(Q(is_told_this=True) | Q(is_told=False) & _by_the_rules(person))


def _by_the_rules(person: User) -> Q:
    below = [role for role, above in rules()["manager_of"].items() if above == person.role]
    if not below or not person.is_active:
        return Q(pk__in=[])
    if person.held_role.reach is not Reach.SERVICE:
        return Q(role__in=below)
    return Q(role__in=below, unit__service=person.unit.name) if person.unit else Q(pk__in=[])


def is_manager_of(person: User, supervisor: User, on: date) -> bool:
    """Whether the person is the manager of the supervisor."""
    return managed_people(person, on).filter(pk=supervisor.pk).exists()


def supervisor_of(agreement: Agreement, on: date) -> User | None:
    """Who supervises under an agreement on a day."""
    found = Supervising.objects.filter(in_force(on), agreement=agreement)
    one = found.select_related("person__unit").first()
    return None if one is None else one.person
