"""People and units for tests: only what matters to the test is said."""

from datetime import UTC, date, datetime
from itertools import count

from django.contrib.auth.hashers import make_password
from django.test import Client

from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.roles import roles
from goldenthread_web.config.clock import now

_numbers = count(1)


def a_unit(name="FSP 1", *, kind="team", service="Family Support", starts_on=date(2015, 4, 1), ends_on=None):
    """A team, or a service, in one stretch of time."""
    values = {"service": service if kind == "team" else "", "ends_on": ends_on}
    return Unit.objects.get_or_create(kind=kind, name=name, starts_on=starts_on, defaults=values)[0]


def a_person(role="team_manager", *, password=None, unit=None, created_at=None, **values):
    """A person with an account. Managers get a unit of their own kind unless one is named."""
    if unit is None:
        unit = {
            "team": lambda: a_unit(),
            "service": lambda: a_unit("Family Support", kind="service"),
        }.get(roles()[role].reach, lambda: None)()
    return User.objects.create(
        **{
            "email": f"{role.replace('_', '-')}-{next(_numbers)}@people.example",
            "title": roles()[role].title,
            "role": role,
            "unit": unit,
            "password": make_password(password),
            "created_at": created_at or now(),
        }
        | values
    )


def signed_in(client: Client, role="team_manager", **values):
    """A person of the role, signed in with this client; the person."""
    person = values.pop("person", None) or a_person(role, **values)
    client.force_login(person)
    return person


def at(text: str) -> datetime:
    """A moment in UTC: at("2018-01-02 09:30")."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
