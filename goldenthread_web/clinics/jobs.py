"""What do clinics do by themselves? On Monday morning each team's is ready; a worker sees to it."""

from collections.abc import Collection
from datetime import date

from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.units import open_units
from goldenthread_web.clinics.models import Clinic
from goldenthread_web.clinics.services import prepare_clinic
from goldenthread_web.config.clock import today
from goldenthread_web.extracts import day as days
from goldenthread_web.extracts import found_wrong
from goldenthread_web.extracts.current import current, local_settings
from goldenthread_web.worklist.weekly_services import monday_of


def prepare(*, by: None) -> int:
    """Make this week's clinic of each team ready, once; how many there were to make."""
    return prepare_week(monday_of(today()), on=today(), by=by)


def prepare_week(monday: date, *, on: date, only: Collection[str] | None = None, by: User | None) -> int:
    """The clinics of a week, read as on a day: of every team there is, or of some."""
    load = current()
    if load is None:
        return 0
    ready = set(Clinic.objects.filter(monday=monday).values_list("team", flat=True))
    teams = {unit.name: unit.service for unit in open_units(Unit.Kind.TEAM, on) if unit.name not in ready}
    if only is not None:
        teams = {team: service for team, service in teams.items() if team in only}
    if not teams:
        return 0
    local = local_settings()
    day, wrong = days.of(load, on, local), found_wrong.of(load, local)
    for team, service in sorted(teams.items()):
        prepare_clinic(team, monday, service=service, day=day, wrong=wrong, by=by)
    return len(teams)
