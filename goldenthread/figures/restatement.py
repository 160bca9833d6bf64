"""What would the present load say today of what was published?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from goldenthread.figures.disclosure import place_of
from goldenthread.figures.figure import Figure
from goldenthread.figures.publication import (
    Publication,
    PublishedLoad,
    code_version,
    definition_version,
    parameters_used,
)
from goldenthread.figures.wording import is_percentage
from goldenthread.indicators.catalogue import catalogue
from goldenthread.periods import Period
from goldenthread.settings import Settings

# A difference larger than these is pointed out (practice notes, 4.2).
POINTS = Decimal(1)
CHILDREN = Decimal(5)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A line that is not what was published; one side is None where there is no such line."""

    published: Figure | None
    present: Figure | None
    is_flagged: bool

    @property
    def line(self) -> Figure:
        """Whichever side there is, for what names the line."""
        found = self.published or self.present
        assert found is not None
        return found


def published_periods(figures: Iterable[Figure]) -> list[Period]:
    """The days that were published. A period cut then is compared over the same days now."""
    found = {replace(figure.period, full_ends_on=figure.period.ends_on) for figure in figures}
    return sorted(found, key=lambda period: (period.starts_on, period.ends_on))


def differences(published: Sequence[Figure], present: Sequence[Figure]) -> list[Difference]:
    """Every line that differs, in the order of the publication; lines that are new come last."""
    now = {place_of(figure): figure for figure in present}
    then = {place_of(figure): figure for figure in published}
    both = [_difference(figure, now.get(place)) for place, figure in then.items()]
    added = [_difference(None, figure) for place, figure in now.items() if place not in then]
    return [one for one in (*both, *added) if one is not None]


def _difference(published: Figure | None, present: Figure | None) -> Difference | None:
    if published is None or present is None:
        return Difference(published=published, present=present, is_flagged=True)
    numbers = ("numerator", "denominator", "unknown", "value")
    if all(getattr(published, name) == getattr(present, name) for name in numbers):
        return None
    return Difference(published=published, present=present, is_flagged=_is_large(published, present))


def _is_large(published: Figure, present: Figure) -> bool:
    if (published.value is None) != (present.value is None):
        return True
    if is_percentage(published, catalogue()[published.ref]) and published.value is not None:
        assert present.value is not None
        if abs(present.value - published.value) > POINTS:
            return True
    pairs = [(published.numerator, present.numerator), (published.denominator, present.denominator)]
    if any((a is None) != (b is None) for a, b in pairs):
        return True
    return any(abs(b - a) > CHILDREN for a, b in pairs if a is not None and b is not None)


def causes(
    publication: Publication, settings: Settings, loads: Sequence[PublishedLoad], records: str | None = None
) -> list[str]:
    """What has changed since the publication, in sentences: the data, the parameters, the definitions."""
    manifest = publication.manifest
    found = []
    if [load.hash for load in loads] != [load["hash"] for load in manifest["loads"]]:
        days = ", ".join(str(load.as_at_on) for load in loads)
        found.append(f"Other data is loaded than was published from (as at {days}).")
    if records != manifest.get("records"):
        found.append("What people wrote is not what was published from: other records lie beside the loads.")
    found += _changed_parameters(manifest["parameters"], parameters_used(settings))
    words = [ref for ref, version in manifest["definitions"].items() if _is_changed(ref, version)]
    if words:
        found.append(f"The words of these definitions have changed: {', '.join(words)}.")
    if manifest["code_version"] != code_version():
        found.append(f"The code is {code_version()}; it was {manifest['code_version']}.")
    return found


def _changed_parameters(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    names = [name for name in now if then.get(name) != now[name]]
    return [f"The parameter {name} is {now[name]!r}; it was {then.get(name)!r}." for name in names]


def _is_changed(ref: str, version: str) -> bool:
    return ref not in catalogue() or definition_version(ref) != version
