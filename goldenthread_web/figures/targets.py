"""Which targets and statistical neighbours are in force on a day?"""

from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from goldenthread.figures import targets as library
from goldenthread.store import SETTINGS
from goldenthread_web.figures.asked_once import once
from goldenthread_web.figures.models import Neighbours, Target


def in_force(on: date) -> dict[str, library.Target]:
    """The target of each indicator that has one; those decided here go before those of the settings file."""
    return dict(once(("targets", on), lambda: _in_force(on)))


def _in_force(on: date) -> dict[str, library.Target]:
    path = settings.INSTALLATION.store / SETTINGS
    found = {ref: one for ref, one in library.read_targets(path).items() if one.starts_on <= on}
    for one in once("decided targets", _decided):
        if one.starts_on > on:
            break
        if one.value is None:
            found.pop(one.ref, None)
        else:
            found[one.ref] = library.Target(
                value=one.value,
                owner=one.owner,
                starts_on=one.starts_on,
                tolerance=one.tolerance,
                stretch=one.stretch,
            )
    return found


def _decided() -> list[Target]:
    """Every target that was ever decided, in the order in which they came into force."""
    return list(Target.objects.filter(is_approved=True).order_by("starts_on", "decided_at", "id"))


def neighbours(on: date) -> tuple[str, ...]:
    """The areas that count as statistical neighbours; none where nobody chose any."""
    found = Neighbours.objects.filter(starts_on__lte=on).first()
    return () if found is None else tuple(found.areas)


def undecided() -> "QuerySet[Target]":
    """Targets that wait for a second person."""
    return Target.objects.filter(is_approved__isnull=True).select_related("proposed_by")


def history(ref: str) -> "QuerySet[Target]":
    """Every target that was proposed for an indicator, the latest first."""
    return Target.objects.filter(ref=ref).select_related("proposed_by", "decided_by")
