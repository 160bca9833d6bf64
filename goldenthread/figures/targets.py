"""Which target has this council set for an indicator, and how does a figure stand to it?"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from goldenthread.figures.figure import Figure
from goldenthread.figures.wording import Unit
from goldenthread.indicators.catalogue import Definition, catalogue
from goldenthread.settings import BadSettings

FEWEST_RATED = 10


@dataclass(frozen=True)
class Target:
    """A target: local, owned, and in force from a day."""

    value: Decimal
    owner: str
    starts_on: date
    # How far from the target is still near it, in the unit of the figure; None: the council's margin.
    tolerance: Decimal | None = None
    stretch: Decimal | None = None  # where the council wants to be in the end


@dataclass(frozen=True)
class Rating:
    """How a figure stands to its target: a letter and a word, never a colour alone."""

    letter: str  # G, A, R
    word: str


GREEN = Rating("G", "at target")
AMBER = Rating("A", "near target")
RED = Rating("R", "off target")


def read_targets(path: Path) -> dict[str, Target]:
    """The targets of a store's settings; none where the file is absent. Raises BadSettings."""
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(path.read_text("utf-8")).get("targets", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path.name} cannot be read as TOML: {error}.") from error
    if not isinstance(tables, dict):
        raise BadSettings('settings.toml: targets is not a table; write [targets."CP-03"].')
    return {ref: _target(ref, entry) for ref, entry in tables.items()}


def _target(ref: str, entry: Any) -> Target:
    name = f'settings.toml: [targets."{ref}"]'
    if ref not in catalogue():
        raise BadSettings(f"{name} is of no indicator: `goldenthread indicators` lists them all.")
    if not isinstance(entry, Mapping) or set(entry) != {"value", "owner", "from"}:
        raise BadSettings(f"{name} needs a value, an owner and the day it counts from, and nothing else.")
    value, owner, starts_on = entry["value"], entry["owner"], entry["from"]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadSettings(f"{name}: value must be a number, not {value!r}.")
    if not isinstance(owner, str) or not owner.strip():
        raise BadSettings(f"{name}: owner must name the post that answers for the target.")
    if not isinstance(starts_on, date):
        raise BadSettings(f"{name}: from must be a date, for example 2017-04-01, not {starts_on!r}.")
    number = Decimal(str(value))
    if not number.is_finite():
        raise BadSettings(f"{name}: value must be a number, not {value!r}.")
    return Target(number, owner.strip(), starts_on)


def target_on(targets: Mapping[str, Target], ref: str, day: date) -> Target | None:
    """The target in force on a day."""
    target = targets.get(ref)
    return target if target is not None and target.starts_on <= day else None


def rating(
    figure: Figure, definition: Definition, unit: Unit, target: Target, margin: Decimal
) -> Rating | None:
    """Green at target, amber within the margin of it, red beyond; None for small numbers or no figure.

    Where neither high nor low is better the target is a value to stay close to: green within the
    margin, else red. The margin is in percentage points, so what is no percentage is green or red, unless
    the target has a tolerance of its own.
    """
    if figure.value is None or (figure.denominator is not None and figure.denominator < FEWEST_RATED):
        return None
    value = _exact(figure, unit)
    allowed = tolerance_of(target, unit, margin)
    if definition.polarity == "neutral":
        return GREEN if abs(value - target.value) <= allowed else RED
    short = target.value - value if definition.polarity == "high" else value - target.value
    if short <= 0:
        return GREEN
    return AMBER if short <= allowed else RED


def tolerance_of(target: Target, unit: Unit, margin: Decimal) -> Decimal:
    """How far from a target is still near it."""
    if target.tolerance is not None:
        return target.tolerance
    return margin if unit.is_percent else Decimal(0)


def _exact(figure: Figure, unit: Unit) -> Decimal:
    """The value before rounding: 94.96% prints as 95.0% and is not at 95%."""
    if unit.is_percent and figure.numerator is not None and figure.denominator:
        return figure.numerator * 100 / figure.denominator
    assert figure.value is not None
    return figure.value
