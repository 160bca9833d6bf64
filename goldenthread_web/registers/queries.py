"""How do the homes, the training of partners and the case system stand? Reads of the registers."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import QuerySet

from goldenthread_web.inspections.models import SettingInspection
from goldenthread_web.inspections.queries import setting_inspections
from goldenthread_web.registers.models import Home, HomeInspection, Outage, Training

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


def homes() -> "QuerySet[Home]":
    """Every home of the register, by name."""
    return Home.objects.prefetch_related("inspections")


def home_lines() -> list[HomeLine]:
    """Every home with every inspection that is known of it. Three queries."""
    elsewhere = _of_settings()
    return [_line(home, elsewhere.get(home.name.casefold(), ())) for home in homes()]


def home_line(home: Home) -> HomeLine:
    """One home with every inspection that is known of it."""
    return _line(home, _of_settings().get(home.name.casefold(), ()))


def not_in_register() -> list[tuple[str, list[SettingInspection]]]:
    """The council's own children's homes that were inspected and are on no register here, by name."""
    known = {name.casefold() for name in Home.objects.values_list("name", flat=True)}
    found = [(listed[0].setting, listed) for name, listed in _of_settings().items() if name not in known]
    return sorted(found)


def agencies() -> list[Agency]:
    """Each agency with its counts. One query."""
    return [
        Agency(name=name, counts=tuple(counts))
        for name, counts in groupby(Training.objects.all(), key=lambda one: one.agency)
    ]


def trainings() -> "QuerySet[Training]":
    """Every count of those trained, by agency, the latest first."""
    return Training.objects.all()


def outages() -> "QuerySet[Outage]":
    """Every outage, the latest first."""
    return Outage.objects.all()


def hours_of(outage: Outage) -> float | None:
    """How many hours it lasted; None: it goes on."""
    if outage.ended_at is None:
        return None
    return (outage.ended_at - outage.started_at) / timedelta(hours=1)


def _of_settings() -> dict[str, list[SettingInspection]]:
    """Inspections of the council's own homes that stand among those of settings, by name in small letters."""
    found: dict[str, list[SettingInspection]] = {}
    for one in setting_inspections().filter(setting_type=CHILDREN_HOME, is_own=True):
        found.setdefault(one.setting.casefold(), []).append(one)
    return found


def is_full(one: SettingInspection) -> bool:
    """Whether it was a full one: an interim inspection says a direction, a full one does not."""
    return not one.direction


def _line(home: Home, elsewhere: "list[SettingInspection] | tuple[()]") -> HomeLine:
    here = [
        Inspected(on=one.inspected_on, is_full=one.is_full, judgement=one.judgement, entered_here=one)
        for one in home.inspections.all()
    ]
    days = {one.on for one in here}
    there = [
        Inspected(on=one.inspected_on, is_full=is_full(one), judgement=one.outcome, entered_here=None)
        for one in elsewhere
        if one.inspected_on not in days
    ]
    found = sorted([*here, *there], key=lambda one: one.on, reverse=True)
    return HomeLine(home=home, inspections=tuple(found))
