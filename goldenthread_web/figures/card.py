"""What does the scorecard say, for people who see all numbers and for those who see no small ones?

It is built from the figures in the database, once per set of figures, targets, view and day in each process.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet, Subquery

from goldenthread.figures.scorecard import Line, Scorecard
from goldenthread.figures.scorecard.build import MONTHS, About, of_shown
from goldenthread.settings import Settings, defaults
from goldenthread.store import SETTINGS
from goldenthread_web.config.clock import today
from goldenthread_web.figures import targets
from goldenthread_web.figures.lines import MONTH, shown
from goldenthread_web.figures.models import Annotation, Neighbours, Owner, Target, WorkedOut
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
_HEAVY = ("settings", "findings", "findings_of_load", "loads")


@dataclass(frozen=True)
class CurrentSet:
    """The figures in force, and a text that changes whenever what people say of them does."""

    worked_out: WorkedOut
    revision: str

    @property
    def key(self) -> str:
        """What is derived from it is cached under this."""
        return f"{self.worked_out.pk}:{self.revision}:{today().isoformat()}"


def current_set() -> CurrentSet | None:
    """The figures in force, without what only a few pages read; None before anything was worked out."""
    latest = {name: Subquery(_latest(model, field)) for name, (model, field) in _SAID.items()}
    sets = WorkedOut.objects.filter(state=WorkedOut.State.CURRENT).defer(*_HEAVY)
    found = sets.annotate(**latest).first()
    if found is None:
        return None
    path = settings.INSTALLATION.store / SETTINGS
    changed = path.stat().st_mtime_ns if path.is_file() else 0
    said = [str(getattr(found, name)) for name in latest]
    return CurrentSet(found, hashlib.sha256(repr([*said, changed]).encode()).hexdigest()[:16])


def _latest(model: type[Model], field: str) -> QuerySet[Any, Any]:
    return (
        model._default_manager.filter(**{f"{field}__isnull": False}).order_by(f"-{field}").values(field)[:1]
    )


def scorecard_of(found: CurrentSet, *, is_public_view: bool) -> Scorecard:
    """The scorecard of a set of figures with the targets in force today."""
    return _scorecard(found.worked_out.pk, found.revision, is_public_view, today())


def line_of(card: Scorecard, ref: str) -> Line | None:
    """What the scorecard says of one indicator."""
    return next((line for line in card.lines if line.ref == ref), None)


@lru_cache(maxsize=4)
def _scorecard(number: int, _revision: str, is_public_view: bool, on: date) -> Scorecard:
    found = WorkedOut.objects.get(pk=number)
    lines = found.figure_lines.filter(
        every=MONTH, breakdown="", part="", period_start__gte=_first(found.as_at_on)
    )
    return of_shown(
        list(shown(lines.order_by("id"), is_public_view=is_public_view)),
        _about(found, on),
        settings_of(found),
        targets.in_force(on),
        found.findings,
        is_public=is_public_view,
        compared_with=COMPARED_WITH,
        neighbours=targets.neighbours(on),
    )


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
