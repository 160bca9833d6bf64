"""What do the registers of the demonstration hold? Homes, agencies, outages, school, children: invented."""

import tomllib
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files
from typing import Any
from zlib import crc32

from django.core.management.base import BaseCommand
from django.db import transaction

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.models import User
from goldenthread_web.config.clock import LONDON, today
from goldenthread_web.extracts.children import index
from goldenthread_web.registers import reference_services, schooling_services, services
from goldenthread_web.registers.models import Home, Outage, Training
from goldenthread_web.registers.schooling_files import MOVES, RETURNS


class Command(BaseCommand):
    """`make_demo_registers`, once the demonstration has its accounts."""

    help = "Fill the registers of the demonstration."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        """Write them as the programme manager would; what lies after today is left out."""
        if Home.objects.exists() or Training.objects.exists() or Outage.objects.exists():
            self.stdout.write("There is something on the registers already: nothing was changed.")
            return
        by, day = account_of("programme_manager"), today()
        said = tomllib.loads((files("goldenthread_web.registers") / "demo.toml").read_text("utf-8"))
        for one in said["homes"]:
            _home(one, day, by)
        for one in said["training"]:
            for on, trained in one["counts"]:
                if on <= day:
                    services.count_training(
                        agency=one["agency"],
                        as_at_on=on,
                        target_count=one["target"],
                        trained_count=trained,
                        by=by,
                    )
        for one in said["outages"]:
            if one["over"].date() <= day:
                _outage(one, by)
        _childcare([one for one in said["childcare"] if one["counted_on"] <= day], by)
        _reference(said, day, by)
        pupils = _pupils()
        if pupils:
            _school(pupils, [one for one in said["school_terms"] if one["ended_on"] <= day], by)
        self.stdout.write(
            f"{Home.objects.count()} homes, {Training.objects.count()} counts of training, "
            f"{Outage.objects.count()} outages, {len(pupils)} children at school."
        )


def _home(one: dict[str, Any], day: date, by: User) -> None:
    home = services.add_home(name=one["name"], opened_on=one["opened_on"], by=by)
    for inspection in one["inspections"]:
        if inspection["on"] <= day:
            services.enter_inspection(
                home,
                inspected_on=inspection["on"],
                is_full=inspection["is_full"],
                judgement=inspection["judgement"],
                by=by,
            )
    if "closed_on" in one and one["closed_on"] <= day:
        services.change_home(
            home,
            version=home.version,
            name=home.name,
            opened_on=home.opened_on,
            closed_on=one["closed_on"],
            by=by,
        )


def _outage(one: dict[str, Any], by: User) -> None:
    services.enter_outage(
        what=one["what"],
        started_at=_in_england(one["began"]),
        ended_at=_in_england(one["over"]),
        planned_hours=Decimal(one.get("planned", 0)),
        by=by,
    )


def _childcare(terms: list[dict[str, Any]], by: User) -> None:
    for one in terms:
        schooling_services.count_childcare(
            term=one["term"],
            counted_on=one["counted_on"],
            eligible_count=one["eligible"],
            taking_up_count=one["taking"],
            by=by,
        )


def _reference(said: dict[str, Any], day: date, by: User) -> None:
    """What the analyst would enter: estimates once the year has begun, terms ahead, places as counted."""
    source = "Invented with the demonstration (synthetic): of no real place"
    for one in said["estimates"]:
        if one["year"] <= day.year:
            reference_services.enter_estimate(
                area="", year=one["year"], population_0_17=one["children"], source=source, by=by
            )
    for academic_year, term, first, last in said["terms"]["days"]:
        reference_services.enter_term(
            academic_year=academic_year, term=term, started_on=first, ended_on=last, source=source, by=by
        )
    for one in said["places"]:
        if one["on"] <= day:
            reference_services.enter_places(
                as_at_on=one["on"],
                approved_places=one["approved"],
                occupied_places=one["taken"],
                source=source,
                by=by,
            )


def _pupils() -> list[str]:
    """Ids of the children of the load who have a reviewing officer, and so may be looked after."""
    children = index().by_reference.values()
    return sorted(one.child_id for one in children if any(role == "iro" for role, _, _ in one.holders))


def _school(pupils: list[str], terms: list[dict[str, Any]], by: User) -> None:
    """What the virtual school would hand over: most children miss little, some miss much, a few move."""
    returns = [",".join(RETURNS)]
    for number, term in enumerate(terms):
        for child in pupils:
            drawn = crc32(f"{child} {number}".encode())
            missed = term["sessions"] * (drawn % 9) // 100 if drawn % 8 else term["sessions"] // 6
            suspended = int(drawn % 29 == 0)
            returns.append(
                f"{child},{term['term']},{term['ended_on']},{term['sessions']},{missed},{suspended}"
            )
    schooling_services.take_returns("\n".join(returns).encode(), by=by)
    moves = [",".join(MOVES)]
    moves += [f"{child},{'2017-11-06' if crc32(child.encode()) % 9 == 0 else ''}" for child in pupils]
    schooling_services.take_moves("\n".join(moves).encode(), by=by)


def _in_england(moment: datetime) -> datetime:
    return moment.replace(tzinfo=LONDON)
