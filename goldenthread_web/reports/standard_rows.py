"""What do figures read of what was published? Each number of a figure in a public release: was it hidden?

A release holds nothing that it hides. What a hidden number was stands in the set of figures that the release
names, which is kept as long as a report names it (`sets_named`).
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.config.clock import london
from goldenthread_web.figures.lines import MONTH
from goldenthread_web.figures.models import FigureLine
from goldenthread_web.reports.models import Release, Report
from goldenthread_web.reports.queries import released_with_figures

NUMBERS = ("numerator", "denominator")


def published_cells() -> Iterator[dict[str, Any]]:
    """Numerator and denominator of every figure of people that left the house in a public report.

    Also in one that was withdrawn since. What counts no people needs no protection: it is no cell of these.
    """
    releases = [one for one in released_with_figures() if one.is_public]
    were = _as_worked_out(releases)
    for release in releases:
        for kept in release.figures:
            if not catalogue()[kept["ref"]].counts_people:
                continue
            known = were.get((kept["figures"], kept["ref"], kept["ends_on"]), {})
            for name in NUMBERS:
                value = Decimal(kept[name]) if kept[name] is not None else known.get(name)
                if value is not None:
                    yield _cell(release, f"{kept['ref']} {kept['ends_on']} {name}", value, kept[name] is None)


def sets_named() -> set[str]:
    """The keys of the sets of figures that reports and releases name: these are not cleared away."""
    lists = [*Report.objects.values_list("figures", flat=True)]
    lists += Release.objects.values_list("figures", flat=True)
    return {kept["figures"] for figures in lists for kept in figures if kept["figures"]}


def _cell(release: Release, cell: str, value: Decimal, is_hidden: bool) -> dict[str, Any]:
    """A number that is hidden although it is not small protects one that is."""
    return {
        "publication_id": str(release.pk),
        "cell": cell,
        "value": value,
        "is_suppressed": is_hidden,
        "is_secondary": is_hidden and not 1 <= value <= 5,
        "published_on": london(release.released_at).date(),
    }


def _as_worked_out(releases: Iterable[Release]) -> dict[tuple[str, str, str], dict[str, Decimal | None]]:
    """What was worked out, by set, indicator and last day of the month. One query."""
    named = [kept for release in releases for kept in release.figures]
    lines = FigureLine.objects.filter(
        worked_out__key__in={kept["figures"] for kept in named},
        ref__in={kept["ref"] for kept in named},
        every=MONTH,
        breakdown="",
        part="",
    )
    read = lines.values_list("worked_out__key", "ref", "period_end", *NUMBERS)
    return {
        (key, ref, ends_on.isoformat()): dict(zip(NUMBERS, numbers, strict=True))
        for key, ref, ends_on, *numbers in read
    }
