"""What does the scorecard say, for people who see all numbers and for those who see no small ones?

It is built from the figures in the database, once per set of figures, targets, view and day in each process.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet, Subquery

from goldenthread.figures.scorecard import Line, Scorecard
from goldenthread.figures.scorecard.build import MONTHS, About, of_shown
from goldenthread.settings import Settings, defaults
from goldenthread.store import SETTINGS
from goldenthread_web.config.clock import today
from goldenthread_web.figures.asked_once import once
from goldenthread_web.figures.lines import MONTH, shown
from goldenthread_web.figures.models import Annotation, Neighbours, Owner, Target, WorkedOut
from goldenthread_web.figures.targets import in_force
from goldenthread_web.ui.council import council

COMPARED_WITH = ("England", "London")
# When did people last say something of figures?
_SAID: dict[str, tuple[type[Model], str]] = {
    "target_decided": (Target, "decided_at"),
    "neighbours_chosen": (Neighbours, "entered_at"),
    "owner_named": (Owner, "entered_at"),
    "annotation_entered": (Annotation, "entered_at"),
    "annotation_withdrawn": (Annotation, "withdrawn_at"),
}


@dataclass(frozen=True)
class CurrentSet:
    """The figures in force, and all that is said of them: the same key, the same pages."""

    key: str
    worked_out: WorkedOut = field(compare=False)
    neighbours: tuple[str, ...] = field(compare=False)

    @cached_property
    def settings(self) -> Settings:
        """The settings it was worked out with, whatever they are now."""
        return settings_of(self.worked_out)

    @cached_property
    def margin(self) -> Decimal:
        """How many percentage points from a target without a tolerance of its own are still near it."""
        return Decimal(str(self.settings.value("rag_amber_margin_pp")))


def current_set() -> CurrentSet | None:
    """The figures in force; None before anything was worked out."""
    return once("current set", _current_set)


def _current_set() -> CurrentSet | None:
    latest = {name: Subquery(_latest(model, name_of)) for name, (model, name_of) in _SAID.items()}
    chosen = Neighbours.objects.filter(starts_on__lte=today()).values("areas")[:1]
    sets = WorkedOut.objects.filter(state=WorkedOut.State.CURRENT).defer("loads")
    found = sets.annotate(**latest, neighbours=Subquery(chosen)).first()
    if found is None:
        return None
    path = settings.INSTALLATION.store / SETTINGS
    changed = path.stat().st_mtime_ns if path.is_file() else 0
    said = [str(getattr(found, name)) for name in latest]
    parts = [found.pk, found.key, today().isoformat(), changed, *said]
    key = hashlib.sha256(repr(parts).encode()).hexdigest()
    return CurrentSet(key, found, tuple(found.neighbours or ()))


def _latest(model: type[Model], name: str) -> QuerySet[Any, Any]:
    return model._default_manager.filter(**{f"{name}__isnull": False}).order_by(f"-{name}").values(name)[:1]


@lru_cache(maxsize=4)
def scorecard_of(found: CurrentSet, *, is_public_view: bool) -> Scorecard:
    """The scorecard of a set of figures with the targets in force today."""
    set_of, on = found.worked_out, today()
    lines = set_of.figure_lines.filter(
        every=MONTH, breakdown="", part="", period_start__gte=_first(set_of.as_at_on)
    )
    return of_shown(
        list(shown(lines.order_by("id"), is_public_view=is_public_view)),
        _about(set_of, on),
        found.settings,
        in_force(on),
        set_of.findings,
        is_public=is_public_view,
        compared_with=COMPARED_WITH,
        neighbours=found.neighbours,
    )


def line_of(card: Scorecard, ref: str) -> Line | None:
    """What the scorecard says of one indicator."""
    return next((line for line in card.lines if line.ref == ref), None)


def _first(as_at_on: date) -> date:
    """The first of the months a scorecard looks at."""
    back = as_at_on.year * 12 + as_at_on.month - MONTHS
    return date(back // 12, back % 12 + 1, 1)


def _about(found: WorkedOut, on: date) -> About:
    return About(
        council=council().name,
        on=on,
        as_at_on=found.as_at_on,
        sources=tuple(found.sources),
        load_hash=found.load_hash,
        code_version=found.code_version,
        errors=found.findings_of_load.get("error", 0),
        warnings=found.findings_of_load.get("warning", 0),
    )


def settings_of(found: WorkedOut) -> Settings:
    """The settings a set was worked out with, whatever they are now."""
    used: dict[str, Any] = found.settings
    starts_on = used.get("programme_starts_on")
    return Settings(
        parameters={name: used[name] for name in defaults() if name in used},
        timeliness_basis=used.get("timeliness_basis of single indicators", {}),
        programme_starts_on=None if starts_on is None else date.fromisoformat(starts_on),
    )
