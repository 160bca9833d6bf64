"""Which figures of a release would be others today? What was released stays; the others stand beside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.figures.quoting import Point, quoted

POINTS, CASES = Decimal(1), Decimal(5)  # a difference beyond these is pointed out


@dataclass(frozen=True, kw_only=True)
class Revision:
    """A figure as it was released and as it is worked out now."""

    ref: str
    title: str
    month: str
    released: str
    now: str
    why: str  # retro-entered records, or another definition
    is_large: bool


def revised(figures: Iterable[dict[str, Any]]) -> list[Revision]:
    """Figures that come out otherwise now, in the public view. Small numbers tell nothing here either."""
    listed = list(figures)
    if not listed:
        return []
    last = max(date.fromisoformat(one["ends_on"]) for one in listed)
    current = quoted({one["ref"] for one in listed}, on=last, is_public_view=True)
    found = []
    for one in sorted(listed, key=lambda kept: (kept["ref"], kept["ends_on"])):
        if one["ref"] not in current:
            continue
        point = current[one["ref"]].at(date.fromisoformat(one["ends_on"]))
        revision = None if point is None else _revision(one, point)
        if revision is not None:
            found.append(revision)
    return found


def _revision(kept: dict[str, Any], point: Point) -> Revision | None:
    version = catalogue()[kept["ref"]].version
    if version != kept["version"]:
        why, is_large = (
            f"the definition changed from version {kept['version']} to {version}: a break in the series",
            True,
        )
    elif kept["is_hidden"] or point.number is None or kept["number"] is None:
        return None
    elif (kept["numerator"], kept["denominator"], kept["number"]) == _numbers(point):
        return None
    else:
        why = "records that were entered or corrected later"
        is_large = abs(point.number - Decimal(kept["number"])) > POINTS or _moved(kept, point) > CASES
    return Revision(
        ref=kept["ref"],
        title=kept["title"],
        month=kept["month"],
        released=_said(kept["value"], kept["cases"]),
        now=_said(point.said, point.cases),
        why=why,
        is_large=is_large,
    )


def _numbers(point: Point) -> tuple[str | None, ...]:
    return tuple(
        None if one is None else str(one) for one in (point.numerator, point.denominator, point.number)
    )


def _moved(kept: dict[str, Any], point: Point) -> Decimal:
    if kept["numerator"] is None or point.numerator is None:
        return Decimal(0)
    return abs(Decimal(kept["numerator"]) - point.numerator)


def _said(value: str, cases: str) -> str:
    return f"{value} ({cases})" if cases and cases != value else value
