"""What is written of the children of the area, of school terms and of places with foster carers.

Nothing is overwritten: each entry is dated, and the latest of the same year, term or day counts.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.registers.models import Entry, Estimate, FosterPlaces, SchoolTerm
from goldenthread_web.registers.queries import in_force
from goldenthread_web.registers.reference_files import rows_of
from goldenthread_web.trail.recording import record

FIRST_YEAR = 2000
_ACADEMIC_YEAR = re.compile(r"(\d{4})/(\d{2})")


@service(Permission.KEEP_REGISTERS)
def enter_estimate(*, area: str, year: int, population_0_17: int | None, source: str, by: User) -> Entry:
    """Say how many children aged 0 to 17 an area had in the middle of a year; none takes it back."""
    return _entered(Estimate, {"area": area, "year": year, "population_0_17": population_0_17}, source, by)


@service(Permission.KEEP_REGISTERS)
def enter_term(
    *, academic_year: str, term: str, started_on: date | None, ended_on: date | None, source: str, by: User
) -> Entry:
    """Say when a term of the council's schools begins and ends; no days take it back."""
    said = {"academic_year": academic_year, "term": term, "started_on": started_on, "ended_on": ended_on}
    return _entered(SchoolTerm, said, source, by)


@service(Permission.KEEP_REGISTERS)
def enter_places(
    *, as_at_on: date, approved_places: int | None, occupied_places: int | None, source: str, by: User
) -> Entry:
    """Say how many places with foster carers are approved on a day, and taken; none takes the count back."""
    said = {
        "as_at_on": as_at_on,
        "approved_places": approved_places,
        "occupied_places": occupied_places,
    }
    return _entered(FosterPlaces, said, source, by)


@service(Permission.KEEP_REGISTERS)
def take_entries(data: bytes, *, source: str, by: User) -> int:
    """Take over a file of estimates, terms or places: every line becomes an entry, or none does."""
    kind, rows = rows_of(data)
    named = _named(source)
    try:
        made = [kind(**_checked(kind, row), source=named, entered_by=by, entered_at=now()) for row in rows]
    except Refused as refusal:
        raise Refused(f"{refusal} Nothing of the file was taken over.") from None
    if kind is SchoolTerm:
        keys = {_key(one) for one in made}
        _check_apart([*made, *(one for one in in_force(SchoolTerm) if _key(one) not in keys)])
    kind._default_manager.bulk_create(made)
    record("register_file.taken", ("register", kind._meta.model_name), by=by, changes={"rows": len(made)})
    return len(made)


def _entered(kind: type[Entry], said: dict[str, Any], source: str, by: User) -> Entry:
    """Put an entry beside those that are there."""
    made = kind(**_checked(kind, said), source=_named(source), entered_by=by, entered_at=now())
    others = [one for one in in_force(kind) if _key(one) != _key(made)]
    if made.is_taken_back and len(others) == len(in_force(kind)):
        raise Refused("Nothing was entered for that, so there is nothing to take back.")
    if kind is SchoolTerm and not made.is_taken_back:
        _check_apart([*others, made])
    made.save()
    what = "register_entry.taken_back" if made.is_taken_back else "register_entry.made"
    said = {name: getattr(made, name) for name in (*kind.KEY, *kind.SAID)}
    days = {name: value.isoformat() for name, value in said.items() if isinstance(value, date)}
    numbers = {name: value for name, value in said.items() if isinstance(value, int)}
    record(what, made, by=by, changes=days | numbers)
    return made


def _key(one: Entry) -> tuple[Any, ...]:
    return tuple(getattr(one, name) for name in one.KEY)


def _named(source: str) -> str:
    if not source.strip():
        raise Refused("Say where it is from.")
    return source.strip()


def _checked(kind: type[Entry], said: dict[str, Any]) -> dict[str, Any]:
    """What was said, trimmed; refused where it cannot be."""
    said = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    values = [said[name] for name in kind.SAID]
    if any(value is None for value in values) and any(value is not None for value in values):
        raise Refused("Give both, or neither to take back what was entered.")
    {Estimate: _check_estimate, SchoolTerm: _check_term, FosterPlaces: _check_places}[kind](**said)
    return said


def _check_estimate(*, area: str, year: int, population_0_17: int | None) -> None:
    if not FIRST_YEAR <= year <= today().year:
        raise Refused(f"The year of an estimate is from {FIRST_YEAR} to this year.")
    if population_0_17 is not None and population_0_17 < 1:
        raise Refused("In an area without children there is no rate: correct the number.")


def _check_term(*, academic_year: str, term: str, started_on: date | None, ended_on: date | None) -> None:
    if not term:
        raise Refused("Name the term.")
    found = _ACADEMIC_YEAR.fullmatch(academic_year)
    if found is None or int(found[2]) != (int(found[1]) + 1) % 100:
        raise Refused("Write the school year as 2017/18.")
    if started_on is None or ended_on is None:
        return
    if ended_on <= started_on:
        raise Refused("A term ends after it begins: correct one of the two days.")
    first = int(found[1])
    if not date(first, 8, 1) <= started_on <= ended_on <= date(first + 1, 8, 31):
        raise Refused("A term lies between August and the August after: correct the school year or the days.")


def _check_places(*, as_at_on: date, approved_places: int | None, occupied_places: int | None) -> None:
    if as_at_on > today():
        raise Refused("The day of the count lies ahead: enter it once it has come.")
    if approved_places == 0 and occupied_places:
        raise Refused("Places are taken of which none is approved: correct one of the two numbers.")


def _check_apart(terms: Iterable[Any]) -> None:
    """No two terms share a day, or nobody could say which is the current one."""
    listed = sorted(terms, key=lambda one: one.started_on)
    for before, after in zip(listed, listed[1:], strict=False):
        if after.started_on <= before.ended_on:
            raise Refused("Two terms share a day: correct the days, so that one follows the other.")
