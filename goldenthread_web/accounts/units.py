"""Which teams does a person work in or answer for, on a day?"""

from datetime import date

from django.db.models import Q

from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.roles import Reach


def open_units(kind: Unit.Kind, on: date):  # noqa: ANN201 - a queryset
    """The services or teams that exist on a day."""
    return Unit.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), kind=kind, starts_on__lte=on)


def teams_of(person: User, on: date) -> list[str]:
    """Names of the teams whose children the person's reach covers; none where it is not by team."""
    if person.unit is None:
        return []
    reach = person.held_role.reach
    if reach is Reach.TEAM and person.unit.kind == Unit.Kind.TEAM:
        return [person.unit.name] if person.unit.is_open(on) else []
    if reach is Reach.SERVICE and person.unit.kind == Unit.Kind.SERVICE:
        teams = open_units(Unit.Kind.TEAM, on).filter(service=person.unit.name)
        return sorted(set(teams.values_list("name", flat=True)))
    return []
