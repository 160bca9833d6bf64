"""What was published, from what, when and by whom, and what of it would be otherwise today? Reads only."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404

from goldenthread.figures.figure import Figure
from goldenthread.figures.publication import NotPublished, Publication, publication_names, read
from goldenthread.figures.restatement import causes
from goldenthread.figures.wording import NUMBER, day_said, number, period_said, unit_of
from goldenthread.indicators.catalogue import Definition, catalogue
from goldenthread_web.accounts.models import User
from goldenthread_web.extracts.current import local_settings, store
from goldenthread_web.figures.definition import part_said
from goldenthread_web.figures.models import Caveats, WorkedOut
from goldenthread_web.figures.parameter_words import parameter_said, parameter_words
from goldenthread_web.trail.models import Event

_PARAMETER = re.compile(r"^The parameter (\w+)(?= is )")
PUBLISHED = "figures.published"  # the Event, about a publication's hash


@dataclass(frozen=True, kw_only=True)
class Published:
    """A publication as a list shows it."""

    name: str
    on: date  # the day to which its figures go
    indicators: int
    figures: int
    loads: tuple[date, ...]  # the loads it was made from, by their as-at days
    is_public: bool  # made for the public, without small numbers
    at: datetime | None  # none: published from the command line, which records neither when nor who
    by: str
    revised: int  # figures that would be others today
    large: int  # of these, by more than 1 percentage point or 5 children


def published() -> tuple[list[Published], list[str]]:
    """Every publication, the latest day first; and a sentence for each that cannot be read."""
    whole, damaged = _whole()
    return sorted(_told(whole), key=lambda one: (one.on, one.name), reverse=True), damaged


def standing() -> tuple[frozenset[str], list[str]]:
    """Indicators that stand in a publication, which two people move; a sentence for each that cannot be read.

    Nobody knows what stands in one that cannot be read: then every indicator counts as published.
    """
    whole, damaged = _whole()
    refs = catalogue().keys() if damaged else {ref for one in whole for ref in one.manifest["definitions"]}
    return frozenset(refs), damaged


def told(one: Publication) -> Published:
    """One publication as a list shows it."""
    return _told([one])[0]


def _told(whole: Sequence[Publication]) -> list[Published]:
    noted, changed = _noted(whole), _changed()
    listed = []
    for one in whole:
        manifest, (at, by) = one.manifest, noted.get(key_of(one), (None, ""))
        listed.append(
            Published(
                name=one.name,
                on=one.asked.on,
                indicators=len(manifest["definitions"]),
                figures=manifest["figures"],
                loads=tuple(date.fromisoformat(load["as_at_on"]) for load in manifest["loads"]),
                is_public=one.is_public,
                at=at,
                by=by,
                revised=sum(changed[one.name].values()),
                large=changed[one.name][True],
            )
        )
    return listed


def publication(name: str) -> Publication:
    """A publication by its name; 404 where there is none, NotPublished where it cannot be read."""
    if name not in publication_names(settings.INSTALLATION.store):
        raise Http404("There is no such publication.")
    return read(settings.INSTALLATION.store, name)


def key_of(one: Publication) -> str:
    """What the trail calls it: its name is free text."""
    return str(one.manifest["hash"])[:40]


def why_revised(one: Publication) -> list[str]:
    """What has changed since, in sentences: data, parameters, definitions, code; not what people wrote."""
    kept = store()
    loads = [] if kept is None else kept.loads()
    found = causes(one, local_settings(), loads, one.manifest.get("records"))
    return [_PARAMETER.sub(_by_its_words, sentence) for sentence in found]


def _by_its_words(found: re.Match[str]) -> str:
    """A parameter of the library as the page of local parameters calls it."""
    return f"The parameter “{parameter_said(found[1])}”" if found[1] in parameter_words() else found[0]


def headlines(one: Publication) -> list[tuple[str, str, str, str]]:
    """For each indicator: its reference, title, the last period published of the whole, and its value."""
    latest: dict[str, Figure] = {}
    for figure in _figures(one.folder, one.manifest["hash"]):
        if not figure.breakdown and not figure.part:
            before = latest.get(figure.ref)
            if before is None or figure.period.ends_on > before.period.ends_on:
                latest[figure.ref] = figure
    return [(ref, figure.title, period_said(figure.period), _value(figure)) for ref, figure in latest.items()]


def revised_of(one: Publication) -> list[tuple[str, str, list[str]]]:
    """Figures of a publication that would be others today: reference, title, and cells of a table."""
    found = []
    for ref, lines in _restatements():
        mine = [line for line in lines if line["publication"] == one.name]
        definition = catalogue()[ref]
        found += [(ref, definition.title, row[1:]) for row in revised_rows(mine, definition)]
    return found


def revised_rows(restatements: Iterable[Mapping[str, Any]], definition: Definition) -> list[list[str]]:
    """Publication, days, part, as published, as of today, and how large the difference is."""
    rows = []
    for one in restatements:
        # Each in its own unit: parts of one indicator are percentages, counts and days beside each other.
        sides = [_side(_Side.of(one[name]), definition) for name in ("published", "present")]
        days = " to ".join(day_said(date.fromisoformat(one[name])) for name in ("period_start", "period_end"))
        large = "More than 1 percentage point or 5 children" if one["is_flagged"] else "Small"
        rows.append([one["publication"], days, part_said(one["part"]), *sides, large])
    return rows


@dataclass(frozen=True)
class _Side:
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None

    @classmethod
    def of(cls, numbers: Mapping[str, str | None]) -> "_Side":
        """As it was kept, in text."""
        return cls(*(None if (kept := numbers[one.name]) is None else Decimal(kept) for one in fields(cls)))


def _side(side: _Side, definition: Definition) -> str:
    """One side of a revised figure: its value and what it is made of."""
    said = "No figure" if side.value is None else unit_of(side, definition).said(side.value)
    if side.numerator is None or side.denominator is None:
        return said
    return f"{said} ({number(side.numerator)} of {number(side.denominator)})"


def _value(figure: Figure) -> str:
    if figure.value is None:
        return ""
    definition = catalogue().get(figure.ref)  # none: published by an earlier version of the service
    return (NUMBER if definition is None else unit_of(figure, definition)).said(figure.value)


def _whole() -> tuple[list[Publication], list[str]]:
    whole, damaged = [], []
    for name in publication_names(settings.INSTALLATION.store):
        try:
            whole.append(read(settings.INSTALLATION.store, name))
        except NotPublished as why:
            damaged.append(str(why))
    return whole, damaged


def _noted(whole: Sequence[Publication]) -> dict[str, tuple[datetime, str]]:
    """By the trail's name of each publication: when it was published, and by which post."""
    keys = [key_of(one) for one in whole]
    events = list(Event.objects.filter(about_kind="publication", about_key__in=keys, what=PUBLISHED))
    titles = dict(User.objects.filter(pk__in=[one.by_id for one in events]).values_list("pk", "title"))
    return {one.about_key: (one.at, titles.get(one.by_id, "")) for one in events}


def _changed() -> dict[str, Counter[bool]]:
    """By publication: how many of its figures would be others today, by whether the difference is large."""
    found: dict[str, Counter[bool]] = defaultdict(Counter)
    for _, lines in _restatements():
        for line in lines:
            found[line["publication"]][bool(line["is_flagged"])] += 1
    return found


def _restatements() -> list[tuple[str, list[dict[str, Any]]]]:
    told = Caveats.objects.filter(worked_out__state=WorkedOut.State.CURRENT).exclude(restatements=[])
    return list(told.order_by("ref").values_list("ref", "restatements"))


@lru_cache(maxsize=16)
def _figures(folder: Path, _hash: str) -> tuple[Figure, ...]:
    """The figures of a publication, which nothing changes."""
    return tuple(Publication(folder, {}).figures())
