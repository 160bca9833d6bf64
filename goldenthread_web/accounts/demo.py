"""Which accounts has the demonstration? One per role, without passwords, on its own sign-in page alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings

from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Reach, Role, roles
from goldenthread_web.accounts.services import VISIT, make_demo_account
from goldenthread_web.accounts.units import open_units
from goldenthread_web.config.clock import today

DOMAIN = "demo.example"


@dataclass(frozen=True)
class DemoAccount:
    """An account that anybody may use, as the sign-in page lists it."""

    id: int
    title: str
    role: Role


def accounts() -> list[DemoAccount]:
    """The demonstration's accounts in the order of roles.toml; none anywhere else."""
    if not settings.DEMO:
        return []
    order = list(roles())
    people = User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True)
    found = [DemoAccount(person.pk, person.title, person.held_role) for person in people]
    return sorted(found, key=lambda account: (order.index(account.role.code), account.title))


def account(number: str) -> User | None:
    """The account that a button names; None: it is not one of the demonstration's."""
    if not settings.DEMO or not number.isdecimal():
        return None
    return User.objects.filter(pk=number, email__endswith=f"@{DOMAIN}", is_active=True).first()


def account_of(role: str) -> User:
    """The demonstration's first account of a role. Refused where there is no demonstration."""
    found = [one.id for one in accounts() if one.role.code == role]
    if not found:
        raise Refused("There is no demonstration here: make_demo_accounts makes its accounts.")
    return User.objects.get(pk=found[0])


def make_accounts(*, team: str, workers: Mapping[str, str], sample: Iterable[str] = ()) -> list[User]:
    """One account per role. `team` is a team with children; `workers` a worker with children, by role.

    `sample` are the references of the children handed to the auditor and to the inspector. Where a role
    needs a worker and none is named, the account sees nobody.
    """
    its_team = open_units(Unit.Kind.TEAM, today()).filter(name=team).first()
    if its_team is None:
        raise Refused(f"There is no team {team} today: take over the units of the load first.")
    its_service = open_units(Unit.Kind.SERVICE, today()).filter(name=its_team.service).first()
    units = {Reach.TEAM: its_team, Reach.SERVICE: its_service}
    made, references = [], list(sample)
    for role in roles().values():
        unit = its_team if role.code == "social_worker" else units.get(role.reach)
        made.append(
            make_demo_account(
                email=f"{role.code.replace('_', '-')}@{DOMAIN}",
                title=role.title if unit is None else f"{role.title}, {unit.name}",
                role=role.code,
                unit=unit,
                worker_id=workers.get(role.code, ""),
                ends_on=today() + VISIT if role.is_time_boxed else None,
                assigned=references if role.reach is Reach.ASSIGNED else (),
                by=None,
            )
        )
    return made
