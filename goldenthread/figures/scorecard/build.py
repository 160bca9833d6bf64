"""What does the scorecard of one day say? Every headline figure, month by month, and its sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.calendar import add_working_days
from goldenthread.figures.benchmarks import areas, average, comparable
from goldenthread.figures.figure import Figure
from goldenthread.figures.public import PublicFigure, public
from goldenthread.figures.scorecard.lines import Line, OpenFindings, line_of
from goldenthread.figures.scorecard.summary import Summary, summary
from goldenthread.figures.serving import Loads
from goldenthread.figures.targets import Target, target_on
from goldenthread.figures.work_out import figures as work_out
from goldenthread.indicators.catalogue import catalogue
from goldenthread.periods import Every, Period, periods
from goldenthread.settings import Settings

MONTHS = 24
COMPARED_WITH = ("England", "London")
CLOSES_AFTER = 10  # working days after the end of a month until it is closed (practice notes, 4.2)

Findings = Mapping[str, Mapping[str, int]]  # open findings on what each indicator reads, by severity


@dataclass(frozen=True, kw_only=True)
class About:
    """What a scorecard was made of."""

    council: str
    on: date
    as_at_on: date
    sources: tuple[str, ...]
    load_hash: str
    code_version: str
    errors: int
    warnings: int


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """A scorecard as values: the page and the terminal show the same."""

    about: About
    period: Period  # the latest
    domains: Mapping[str, tuple[Line, ...]]
    compared_with: tuple[str, ...]
    summary: Summary
    is_public: bool
    suppress_below: int
    provisional_until: date | None

    @property
    def lines(self) -> Iterable[Line]:
        """All lines, in the order of the catalogue."""
        for lines in self.domains.values():
            yield from lines


def months(on: date, as_at_on: date) -> list[Period]:
    """The months of a scorecard: the last holds its day, or the last day there is data for."""
    last = min(on, as_at_on)
    back = last.year * 12 + last.month - MONTHS
    first = date(back // 12, back % 12 + 1, 1)
    return periods(as_at_on=last, every=Every.MONTH, starts_on=first, ends_on=last)


def scorecard(
    loads: Loads,
    about: About,
    settings: Settings,
    targets: Mapping[str, Target],
    findings: Findings,
    *,
    for_public: bool = False,
    compared_with: Sequence[str] = COMPARED_WITH,
) -> Scorecard:
    """Work out the scorecard of a day. Raises LookupError if nothing is loaded."""
    series = months(about.on, about.as_at_on)
    headlines = list(work_out(loads, series, settings, headlines_only=True))
    return of_figures(
        headlines, about, settings, targets, findings, for_public=for_public, compared_with=compared_with
    )


def of_figures(
    headlines: Sequence[Figure],
    about: About,
    settings: Settings,
    targets: Mapping[str, Target],
    findings: Findings,
    *,
    for_public: bool = False,
    compared_with: Sequence[str] = COMPARED_WITH,
) -> Scorecard:
    """The scorecard that these headline figures make."""
    below = int(settings.value("suppress_below"))
    shown = _shown(headlines, below if for_public else None)
    return of_shown(
        shown, about, settings, targets, findings, is_public=for_public, compared_with=compared_with
    )


def of_shown(
    shown: Sequence[PublicFigure],
    about: About,
    settings: Settings,
    targets: Mapping[str, Target],
    findings: Findings,
    *,
    is_public: bool,
    compared_with: Sequence[str] = COMPARED_WITH,
    neighbours: Sequence[str] = (),
) -> Scorecard:
    """The scorecard of figures from which, where it is public, the small numbers have been taken already.

    `neighbours` are the areas whose average stands beside each figure as that of statistical neighbours.
    """
    by_ref: dict[str, list[PublicFigure]] = {}
    for one in shown:
        by_ref.setdefault(one.figure.ref, []).append(one)
    last = max((one.figure.period for one in shown), key=lambda period: period.ends_on)
    places = [area for area in compared_with if area in areas()]
    domains: dict[str, list[Line]] = {}
    for ref, figures in by_ref.items():
        definition = catalogue()[ref]
        line = line_of(
            definition,
            sorted(figures, key=lambda one: one.figure.period.starts_on),
            settings,
            target=target_on(targets, ref, last.ends_on),
            benchmarks=comparable(ref, places, last.ends_on) | average(ref, neighbours, last.ends_on),
            findings=_open(findings.get(ref, {})),
        )
        domains.setdefault(definition.area, []).append(line)
    lines = [line for domain in domains.values() for line in domain]
    return Scorecard(
        about=about,
        period=last,
        domains={area: tuple(domain) for area, domain in domains.items()},
        compared_with=tuple(places),
        summary=summary(lines, places),
        is_public=is_public,
        suppress_below=int(settings.value("suppress_below")),
        provisional_until=_provisional_until(last, about.as_at_on),
    )


def _open(counts: Mapping[str, int]) -> OpenFindings:
    return OpenFindings(counts.get("error", 0), counts.get("warning", 0))


def _shown(figures: Sequence[Figure], suppress_below: int | None) -> Sequence[PublicFigure]:
    if suppress_below is None:
        return [PublicFigure(figure=figure) for figure in figures]
    return public(figures, suppress_below=suppress_below).figures


def _provisional_until(period: Period, as_at_on: date) -> date | None:
    """The day on which the month closes, if the data was made before it: late recording still comes."""
    closes_on = add_working_days(period.full_ends_on, CLOSES_AFTER)
    return closes_on if as_at_on < closes_on else None
