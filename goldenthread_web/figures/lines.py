"""How does a figure become a line of the database, and a line a figure again?"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from goldenthread.figures.figure import FINAL, NO_CASES, Figure, whole
from goldenthread.figures.public import PublicFigure
from goldenthread.indicators.catalogue import catalogue
from goldenthread.periods import Period
from goldenthread_web.figures.models import FigureLine, WorkedOut

MONTH, ROLLING = "month", "rolling_12_months"
_READ = (
    "ref",
    "part",
    "breakdown",
    "breakdown_value",
    "period_start",
    "period_end",
    "period_full_end",
    "numerator",
    "denominator",
    "unknown",
    "value",
    "status",
    "note",
    "hidden",
)


def line_of(worked_out: WorkedOut, every: str, figure: Figure, hidden: frozenset[str] | None) -> FigureLine:
    """The line a figure becomes."""
    breakdown, value = next(iter(figure.breakdown.items()), ("", ""))
    return FigureLine(
        worked_out=worked_out,
        ref=figure.ref,
        part=figure.part,
        version=catalogue()[figure.ref].version,
        every=every,
        breakdown=breakdown,
        breakdown_value=value,
        period_start=figure.period.starts_on,
        period_end=figure.period.ends_on,
        period_full_end=figure.period.full_ends_on,
        numerator=_plain(figure.numerator),
        denominator=_plain(figure.denominator),
        unknown=figure.unknown,
        value=figure.value,
        status=figure.status,
        note=figure.note,
        hidden=None if hidden is None else ",".join(sorted(hidden)),
    )


def _plain(amount: Decimal | None) -> Decimal | None:
    """Without the zeros that a sum carries: 509.0000 is 509."""
    return None if amount is None else whole(amount)


def shown(lines: QuerySet[FigureLine], *, is_public_view: bool) -> Iterator[PublicFigure]:
    """The figures of lines, in their order; in the public view without what may not be shown."""
    if is_public_view:
        lines = lines.filter(hidden__isnull=False)
    for row in lines.values_list(*_READ):
        read: dict[str, Any] = dict(zip(_READ, row, strict=True))
        hidden = frozenset((read.pop("hidden") or "").split(",")) - {""} if is_public_view else frozenset()
        read.pop("hidden", None)
        yield PublicFigure(figure=_figure(read, hidden), hidden=hidden)


def figures_of(lines: Iterable[PublicFigure]) -> list[Figure]:
    """The figures alone."""
    return [one.figure for one in lines]


def _figure(read: dict[str, Any], hidden: frozenset[str]) -> Figure:
    start, end, full_end = (read.pop(name) for name in ("period_start", "period_end", "period_full_end"))
    breakdown, value = read.pop("breakdown"), read.pop("breakdown_value")
    read |= dict.fromkeys(hidden)
    if read["status"] == NO_CASES and "denominator" in hidden:
        read["status"] = FINAL  # "no cases" would say the 0 that is hidden
    definition = catalogue()[read["ref"]]
    return Figure(
        code=definition.code,
        title=definition.title,
        authority="",
        breakdown={breakdown: value} if breakdown else {},
        period=Period(start, end, full_end),
        **read,
    )
