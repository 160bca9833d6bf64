"""What is written in the registers: homes and their inspections, training of partners, outages."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import LONDON, now, today
from goldenthread_web.registers.models import Home, HomeInspection, Outage, Training, judgement_choices
from goldenthread_web.trail.recording import record
from goldenthread_web.trail.references import next_ref
from goldenthread_web.ui.conflicts import check


@service(Permission.KEEP_REGISTERS)
def add_home(*, name: str, opened_on: date | None = None, by: User) -> Home:
    """Put a home on the register. It gets a reference that names no place."""
    name = _checked_name(name)
    _check_not_ahead(opened_on, "The day it opened")
    if Home.objects.filter(name__iexact=name).exists():
        raise Refused("A home of that name is on the register already: open its page.")
    made = Home.objects.create(ref=next_ref(Home, "H"), name=name, opened_on=opened_on)
    record("home.added", ("home", made.ref), by=by)
    return made


@service(Permission.KEEP_REGISTERS)
def change_home(
    home: Home, *, version: int, name: str, opened_on: date | None, closed_on: date | None, by: User
) -> Home:
    """Another name, or the days on which it opened and closed."""
    found = Home.objects.select_for_update().get(pk=home.pk)
    check(found, version)
    name = _checked_name(name)
    _check_not_ahead(opened_on, "The day it opened")
    _check_not_ahead(closed_on, "The day it closed")
    if opened_on is not None and closed_on is not None and closed_on < opened_on:
        raise Refused("A home cannot close before it opened: correct one of the two days.")
    if Home.objects.filter(name__iexact=name).exclude(pk=home.pk).exists():
        raise Refused("Another home has that name: give this one its own.")
    found.name, found.opened_on, found.closed_on = name, opened_on, closed_on
    _save(found)
    record("home.changed", ("home", found.ref), by=by, changes={"is_closed": closed_on is not None})
    return found


@service(Permission.KEEP_REGISTERS)
def enter_inspection(
    home: Home, *, inspected_on: date, is_full: bool, judgement: str, by: User
) -> HomeInspection:
    """Enter what an inspection judged of a home."""
    _check_inspection(home, inspected_on, judgement)
    if home.inspections.filter(inspected_on=inspected_on).exists():
        raise Refused("The inspection of that day is there already: correct it instead.")
    made = HomeInspection.objects.create(
        home=home,
        inspected_on=inspected_on,
        is_full=is_full,
        judgement=judgement,
        entered_by=by,
        entered_at=now(),
    )
    _record_inspection("home.inspection_entered", made, by)
    return made


@service(Permission.KEEP_REGISTERS)
def correct_inspection(
    inspection: HomeInspection, *, version: int, inspected_on: date, is_full: bool, judgement: str, by: User
) -> HomeInspection:
    """Correct what was entered of an inspection."""
    found = HomeInspection.objects.select_for_update().get(pk=inspection.pk)
    check(found, version)
    _check_inspection(found.home, inspected_on, judgement)
    others = found.home.inspections.exclude(pk=found.pk)
    if others.filter(inspected_on=inspected_on).exists():
        raise Refused("Another inspection was entered for that day: correct that one.")
    found.inspected_on, found.is_full, found.judgement = inspected_on, is_full, judgement
    _save(found)
    _record_inspection("home.inspection_corrected", found, by)
    return found


@service(Permission.KEEP_REGISTERS)
def count_training(
    *, agency: str, as_at_on: date, target_count: int, trained_count: int, by: User
) -> Training:
    """Say how many of an agency are to be trained in thresholds, and how many are by a day."""
    said = _checked_training(agency, as_at_on, target_count, trained_count)
    if Training.objects.filter(agency=said["agency"], as_at_on=as_at_on).exists():
        raise Refused("This agency was counted for that day already: correct that count.")
    made = Training.objects.create(**said, entered_by=by, entered_at=now())
    _record_training("training.counted", made, by)
    return made


@service(Permission.KEEP_REGISTERS)
def correct_training(
    training: Training,
    *,
    version: int,
    agency: str,
    as_at_on: date,
    target_count: int,
    trained_count: int,
    by: User,
) -> Training:
    """Correct a count."""
    found = Training.objects.select_for_update().get(pk=training.pk)
    check(found, version)
    said = _checked_training(agency, as_at_on, target_count, trained_count)
    others = Training.objects.exclude(pk=found.pk)
    if others.filter(agency=said["agency"], as_at_on=as_at_on).exists():
        raise Refused("This agency was counted for that day already: correct that count.")
    for name, value in said.items():
        setattr(found, name, value)
    _save(found)
    _record_training("training.corrected", found, by)
    return found


@service(Permission.KEEP_REGISTERS)
def enter_outage(
    *, what: str, started_at: datetime, ended_at: datetime | None, planned_hours: Decimal, by: User
) -> Outage:
    """Enter a time in which nobody could work in the case system; without an end while it goes on."""
    said = _checked_outage(what, started_at, ended_at, planned_hours)
    made = Outage.objects.create(**said, entered_by=by, entered_at=now())
    _record_outage("outage.entered", made, by)
    return made


@service(Permission.KEEP_REGISTERS)
def change_outage(
    outage: Outage,
    *,
    version: int,
    what: str,
    started_at: datetime,
    ended_at: datetime | None,
    planned_hours: Decimal,
    by: User,
) -> Outage:
    """Say that an outage is over, or correct it."""
    found = Outage.objects.select_for_update().get(pk=outage.pk)
    check(found, version)
    said = _checked_outage(what, started_at, ended_at, planned_hours, besides=found)
    for name, value in said.items():
        setattr(found, name, value)
    _save(found)
    _record_outage("outage.changed", found, by)
    return found


def _checked_name(name: str) -> str:
    if not name.strip():
        raise Refused("Name the home.")
    return name.strip()


def _check_not_ahead(day: date | None, what: str) -> None:
    if day is not None and day > today():
        raise Refused(f"{what} lies ahead: enter it once it has come.")


def _check_inspection(home: Home, inspected_on: date, judgement: str) -> None:
    _check_not_ahead(inspected_on, "The day of the inspection")
    if judgement not in dict(judgement_choices()):
        raise Refused("Choose one of the four judgements.")
    if home.opened_on is not None and inspected_on < home.opened_on:
        raise Refused("The home had not opened on that day: correct one of the two days.")
    if home.closed_on is not None and inspected_on > home.closed_on:
        raise Refused("The home had closed by that day: correct one of the two days.")


def _checked_training(agency: str, as_at_on: date, target_count: int, trained_count: int) -> dict[str, Any]:
    if not agency.strip():
        raise Refused("Name the agency.")
    _check_not_ahead(as_at_on, "The day of the count")
    if target_count < 1:
        raise Refused("Say how many of the agency are to be trained: at least one.")
    if not 0 <= trained_count <= target_count:
        raise Refused("No more can be trained than are to be: correct one of the two numbers.")
    return {
        "agency": agency.strip(),
        "as_at_on": as_at_on,
        "target_count": target_count,
        "trained_count": trained_count,
    }


def _checked_outage(
    what: str,
    started_at: datetime,
    ended_at: datetime | None,
    planned_hours: Decimal,
    besides: Outage | None = None,
) -> dict[str, Any]:
    if not what.strip():
        raise Refused("Say what could not be done.")
    latest = _end_of_today()
    if started_at > latest or (ended_at is not None and ended_at > latest):
        raise Refused("That time lies ahead: enter an outage once it has begun, and its end once it is over.")
    if ended_at is not None and ended_at <= started_at:
        raise Refused("An outage ends after it begins: correct one of the two times.")
    if planned_hours < 0:
        raise Refused("Hours that were announced cannot be fewer than none.")
    others = Outage.objects.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=started_at))
    if ended_at is not None:
        others = others.filter(started_at__lt=ended_at)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        raise Refused(
            "Another outage was entered for that time: change that one, so that no hour counts twice."
        )
    return {
        "what": what.strip(),
        "started_at": started_at,
        "ended_at": ended_at,
        "planned_hours": planned_hours,
    }


def _end_of_today() -> datetime:
    return datetime.combine(today(), datetime.max.time(), LONDON)


def _save(row: Home | HomeInspection | Training | Outage) -> None:
    row.version += 1
    row.save()


def _record_inspection(what: str, one: HomeInspection, by: User) -> None:
    changes = {"on": one.inspected_on.isoformat(), "judgement": one.judgement, "is_full": one.is_full}
    record(what, ("home", one.home.ref), by=by, changes=changes)


def _record_training(what: str, one: Training, by: User) -> None:
    changes = {"on": one.as_at_on.isoformat(), "of": one.target_count, "trained": one.trained_count}
    record(what, one, by=by, changes=changes)


def _record_outage(what: str, one: Outage, by: User) -> None:
    record(what, one, by=by, changes={"is_over": one.ended_at is not None})
