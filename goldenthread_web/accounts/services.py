"""What is written about people and their units: accounts, roles, units. Each is an Event."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.stretches import stretches
from goldenthread_web.config.clock import now, today
from goldenthread_web.trail.recording import record

VISIT = timedelta(days=30)  # how long the demonstration's auditor and inspector stay


@service(None)
def make_demo_account(
    *,
    email: str,
    title: str,
    role: str,
    unit: Unit | None,
    worker_id: str,
    ends_on: date | None,
    assigned: Iterable[str] = (),
    by: None,
) -> User:
    """An account of the demonstration, without a password; the one of that address is brought up to date."""
    if not settings.DEMO:
        raise Refused("Only a demonstration has accounts that anybody may use.")
    values = {"title": title, "role": role, "unit": unit, "worker_id": worker_id, "ends_on": ends_on}
    new = {"created_at": now(), "password": make_password(None)}
    # PostgreSQL locks no row together with one that need not be there, such as the unit of a person.
    person, is_new = User.objects.select_related(None).update_or_create(
        email=email, defaults=values | {"is_active": True}, create_defaults=values | new
    )
    person.assignments.all().delete()
    for reference in assigned:
        person.assignments.create(
            reference=reference, purpose="demo", starts_on=today(), ends_on=today() + VISIT
        )
    what = "account.made" if is_new else "account.renewed"
    record(what, person, by=by, changes={"role": role, "how": "demo"})
    return person


@service(None)
def take_over_units(rows: Iterable[Mapping[str, Any]], *, by: User | None = None) -> None:
    """Make teams and services what the rows of the extract's teams say (none: what is there stays).

    A unit that is no longer named has ended. Whoever works in a unit that goes on under the same name the
    day after goes with it; nobody is moved into a unit that merely bears an old name again.
    """
    wanted = stretches(rows)
    kept = []
    for one in wanted:
        unit, _ = Unit.objects.update_or_create(
            kind=one.kind,
            name=one.name,
            starts_on=one.starts_on,
            defaults={"service": one.service, "ends_on": one.ends_on},
        )
        kept.append(unit.pk)
    ended = 0
    if wanted:
        yesterday = today() - timedelta(days=1)
        gone = Unit.objects.exclude(pk__in=kept).exclude(ends_on__lte=yesterday)
        ended = gone.update(ends_on=yesterday)
        _go_along()
    record("units.taken_over", by=by, changes={"units": len(wanted), "ended": ended})


def _go_along() -> None:
    for person in User.objects.filter(unit__ends_on__isnull=False).select_related("unit"):
        unit = person.unit
        follows = Unit.objects.filter(
            kind=unit.kind, name=unit.name, starts_on=unit.ends_on + timedelta(days=1)
        ).first()
        if follows is not None:
            person.unit = follows
            person.save(update_fields=["unit"])
            record("account.unit_went_on", person, by=None, changes={"unit": [unit.pk, follows.pk]})
