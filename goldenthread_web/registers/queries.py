"""How do the homes, the training of partners and the case system stand? Reads of the registers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet

from goldenthread_web.inspections.models import SettingInspection
from goldenthread_web.inspections.queries import setting_inspections
from goldenthread_web.registers.models import (
    ChildcareTerm,
    Entry,
    Estimate,
    FosterPlaces,
    Home,
    HomeInspection,
    Outage,
    SchoolMove,
    SchoolReturn,
    SchoolTerm,
    Training,
)
from goldenthread_web.ui.together import together

CHILDREN_HOME = "children_home"  # a code of inspections/places.toml


@dataclass(frozen=True, kw_only=True)
class Inspected:
    """One inspection of a home, entered here or among the inspections of settings."""

    on: date
    is_full: bool
    judgement: str  # a code of practice_grade
    entered_here: HomeInspection | None


@dataclass(frozen=True, kw_only=True)
class HomeLine:
    """A home with its inspections, the latest first."""

    home: Home
    inspections: tuple[Inspected, ...]

    @property
    def latest(self) -> Inspected | None:
        """The latest inspection."""
        return next(iter(self.inspections), None)

    @property
    def latest_full(self) -> Inspected | None:
        """The latest full inspection: its judgement counts."""
        return next((one for one in self.inspections if one.is_full), None)


@dataclass(frozen=True, kw_only=True)
class Agency:
    """An agency with its counts, the latest first."""

    name: str
    counts: tuple[Training, ...]

    @property
    def latest(self) -> Training:
        """The latest count."""
        return self.counts[0]


@dataclass(frozen=True, kw_only=True)
class Registers:
    """All three registers. `not_here`: homes that only the inspections of settings know, by name."""

    homes: tuple[HomeLine, ...]
    not_here: Mapping[str, tuple[SettingInspection, ...]]
    agencies: tuple[Agency, ...]
    outages: tuple[Outage, ...]


@dataclass(frozen=True, kw_only=True)
class Schooling:
    """Childcare term by term; the virtual school's terms with their children; schools and moves."""

    childcare: tuple[ChildcareTerm, ...]
    returns: tuple[tuple[str, date, int], ...]
    children: int  # who are matched to a school
    moves: int


def registers() -> Registers:
    """Everything that is on the registers. One query."""
    read = together(
        homes=Home.objects.all(),
        inspections=HomeInspection.objects.all(),
        settings=_of_homes(),
        counts=trainings(),
        outages=outages(),
    )
    elsewhere = _by_name(read["settings"])
    here: dict[int, list[HomeInspection]] = {}
    for one in read["inspections"]:
        here.setdefault(one.home_id, []).append(one)
    lines = [
        _line(home, here.get(home.pk, ()), elsewhere.pop(home.name.casefold(), ())) for home in read["homes"]
    ]
    return Registers(
        homes=tuple(lines),
        not_here={found[0].setting: found for _, found in sorted(elsewhere.items())},
        agencies=tuple(
            Agency(name=name, counts=tuple(counts))
            for name, counts in groupby(read["counts"], key=lambda one: one.agency)
        ),
        outages=tuple(read["outages"]),
    )


def homes() -> "QuerySet[Home]":
    """Every home of the register, by name."""
    return Home.objects.prefetch_related("inspections")


def home_line(home: Home) -> HomeLine:
    """One home with every inspection that is known of it."""
    elsewhere = _by_name(_of_homes().filter(setting__iexact=home.name))
    return _line(home, home.inspections.all(), elsewhere.get(home.name.casefold(), ()))


def trainings() -> "QuerySet[Training]":
    """Every count of those trained, by agency, the latest first."""
    return Training.objects.all()


def outages() -> "QuerySet[Outage]":
    """Every outage, the latest first."""
    return Outage.objects.all()


def schooling() -> Schooling:
    """What is known of school and childcare, without a child. Three queries."""
    terms = SchoolReturn.objects.order_by("-ended_on", "term").values_list("term", "ended_on")
    children = Count("reference", distinct=True)
    moves = SchoolMove.objects.aggregate(children=children, moves=Count("moved_on"))
    return Schooling(
        childcare=tuple(ChildcareTerm.objects.all()),
        returns=tuple(terms.annotate(children=children)),
        children=moves["children"],
        moves=moves["moves"],
    )


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What counts of one thing, and what was entered of it before, the newest first."""

    entry: Any
    before: tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Children of the area year by year; terms; places with foster carers: the latest first."""

    estimates: tuple[Kept, ...]
    terms: tuple[Kept, ...]
    places: tuple[Kept, ...]


def reference() -> Reference:
    """What figures are set beside and no extract holds. One query."""
    kinds = {"estimates": Estimate, "terms": SchoolTerm, "places": FosterPlaces}
    read = together(**{name: kind.objects.all() for name, kind in kinds.items()})
    found = {name: _kept(rows) for name, rows in read.items()}
    return Reference(
        estimates=tuple(sorted(found["estimates"], key=lambda one: (-one.entry.year, one.entry.area))),
        terms=tuple(sorted(found["terms"], key=lambda one: one.entry.started_on, reverse=True)),
        places=tuple(sorted(found["places"], key=lambda one: one.entry.as_at_on, reverse=True)),
    )


def in_force(kind: type[Entry]) -> list[Any]:
    """The latest entry of each thing, save what was taken back."""
    return [one.entry for one in _kept(kind._default_manager.all())]


def _kept(entries: Iterable[Entry]) -> list[Kept]:
    """Entries, the newest first, by what they are of."""
    of: dict[tuple[Any, ...], list[Entry]] = {}
    for one in entries:
        of.setdefault(tuple(getattr(one, name) for name in one.KEY), []).append(one)
    return [
        Kept(entry=latest, before=tuple(before))
        for latest, *before in of.values()
        if not latest.is_taken_back
    ]


def hours_of(outage: Outage) -> float | None:
    """How many hours it lasted; None: it goes on."""
    if outage.ended_at is None:
        return None
    return (outage.ended_at - outage.started_at) / timedelta(hours=1)


def is_full(one: SettingInspection) -> bool:
    """Whether it was a full one: an interim inspection says a direction, a full one does not."""
    return not one.direction


def _of_homes() -> "QuerySet[SettingInspection]":
    """Inspections of the council's own children's homes that stand among those of settings."""
    return setting_inspections().filter(setting_type=CHILDREN_HOME, is_own=True)


def _by_name(found: Iterable[SettingInspection]) -> dict[str, tuple[SettingInspection, ...]]:
    named: dict[str, tuple[SettingInspection, ...]] = {}
    for one in found:
        named[one.setting.casefold()] = (*named.get(one.setting.casefold(), ()), one)
    return named


def _line(home: Home, entered: Iterable[HomeInspection], elsewhere: Iterable[SettingInspection]) -> HomeLine:
    here = [
        Inspected(on=one.inspected_on, is_full=one.is_full, judgement=one.judgement, entered_here=one)
        for one in entered
    ]
    days = {one.on for one in here}
    there = [
        Inspected(on=one.inspected_on, is_full=is_full(one), judgement=one.outcome, entered_here=None)
        for one in elsewhere
        if one.inspected_on not in days
    ]
    found = sorted([*here, *there], key=lambda one: one.on, reverse=True)
    return HomeLine(home=home, inspections=tuple(found))
