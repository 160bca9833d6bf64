"""Work out figures: every indicator asked for, its parts, by breakdown, for every period."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from goldenthread.engines import DuckDB, Engine
from goldenthread.figures.aggregate import Wanted, aggregated
from goldenthread.figures.availability import caveats
from goldenthread.figures.figure import (
    FINAL,
    NO_CASES,
    NOT_COMPUTABLE,
    PARTIAL,
    PROVISIONAL,
    Figure,
    value_of,
)
from goldenthread.figures.run import Loaded, Run
from goldenthread.figures.serving import Loads, serving
from goldenthread.indicators.catalogue import Definition, Route, catalogue
from goldenthread.indicators.part import Kind, ManyParts, Part
from goldenthread.indicators.topics import indicator_parts, parts_on
from goldenthread.periods import Period
from goldenthread.settings import Settings

PLACES = ("team", "worker", "service")


@dataclass
class Workings:
    """The runs of one request: one per load that serves a period, made when first needed."""

    loads: Loads
    periods: Sequence[Period]
    settings: Settings
    engine: Callable[[], Engine] = DuckDB
    _runs: dict[str, Run] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find out which load serves which period."""
        self.serving = serving(self.loads, self.periods)

    def run(self, load: Loaded) -> Run:
        """The run of one load, over all periods of the request."""
        key = f"{load.as_at_on}"
        if key not in self._runs:
            # A load made before a period began cannot serve it; the run still holds the period so
            # that positions agree, and nothing of it is read.
            folder = self.loads.compiled_folder()
            self._runs[key] = Run(load, self.periods, self.settings, self.engine(), folder)
        return self._runs[key]

    def by_load(self, definition: Definition) -> list[tuple[Loaded, list[int]]]:
        """The loads that serve an indicator, each with the positions of the periods it serves."""
        found: dict[str, tuple[Loaded, list[int]]] = {}
        for number, load in self.serving.of(definition).items():
            if load is not None:
                found.setdefault(f"{load.as_at_on}", (load, []))[1].append(number)
        return list(found.values())

    def unserved(self, definition: Definition) -> list[int]:
        """Positions of the periods no load can answer for."""
        return [number for number, load in self.serving.of(definition).items() if load is None]


@dataclass(frozen=True, eq=False)
class Request:
    """One part that can be worked out from one load for some periods."""

    definition: Definition
    part: Part
    route: Route
    position: int  # among the parts of its indicator


def figures(
    loads: Loads,
    periods: Sequence[Period],
    settings: Settings,
    *,
    refs: Sequence[str] | None = None,
    by: Sequence[str] = (),
    headlines_only: bool = False,
    engine: Callable[[], Engine] = DuckDB,
) -> Iterator[Figure]:
    """Every line of `goldenthread figures`, in its order. Raises LookupError if nothing is loaded.

    With `headlines_only` the parts are not worked out: most of the work where nobody looks at them.
    """
    workings = Workings(loads, periods, settings, engine)
    chosen = [catalogue()[ref] for ref in catalogue() if refs is None or ref in refs]
    if set(by) & set(PLACES):
        chosen = [definition for definition in chosen if definition.attribution is not None]
    lines: dict[str, list[Figure]] = {}
    wanted: dict[str, tuple[Loaded, list[tuple[Request, list[int]]]]] = {}
    for definition in chosen:
        requests, lines[definition.ref] = requests_of(workings, definition, headlines_only)
        for load, request, numbers in requests:
            wanted.setdefault(f"{load.as_at_on}", (load, []))[1].append((request, numbers))
    for load, requested in wanted.values():
        for figure in _worked_out(workings.run(load), requested, by):
            lines[figure.ref].append(figure)
    positions = {ref: _part_positions(ref) for ref in lines}
    for definition in chosen:
        yield from sorted(lines[definition.ref], key=lambda figure: _order(figure, positions[figure.ref]))


def requests_of(
    workings: Workings, definition: Definition, headlines_only: bool = False
) -> tuple[list[tuple[Loaded, Request, list[int]]], list[Figure]]:
    """The parts of an indicator that can be worked out, each with its load and the periods it serves;
    and lines that say what is missing for the others.
    """
    requests, lines = [], _unserved(workings, definition)
    for load, numbers in workings.by_load(definition):
        found, missing = _requests(workings.run(load), definition, headlines_only)
        requests += [(load, request, numbers) for request in found]
        for part, needs in missing:
            lines += [_missing(definition, load, workings.periods[n], part, needs) for n in numbers]
    return requests, lines


def _requests(
    run: Run, definition: Definition, headlines_only: bool
) -> tuple[list[Request], list[tuple[str, str]]]:
    """What one load allows: the parts it can answer, and (part, needs) for those it cannot."""
    route = run.supplies.route(definition)
    parts = None if route is None else parts_on(definition.ref, route.profile)
    if route is None or parts is None or isinstance(parts, str):
        return [], [("", parts if isinstance(parts, str) else definition.needs)]
    found, missing = [], []
    for position, part in enumerate(parts):
        if headlines_only and _code(part):
            continue
        if lacks := [what for what in part.needs if not run.supplies.has(what)]:
            missing.append((_code(part), ", ".join(lacks)))
            continue
        expanded = _expanded(run, part) if isinstance(part, ManyParts) else [part]
        found += [Request(definition, one, route, position) for one in expanded]
    return found, missing


def _code(part: Part | ManyParts) -> str:
    return part.code if isinstance(part, Part) else part.name


def _expanded(run: Run, many: ManyParts) -> list[Part]:
    """One part per code that occurs in any period, in text order."""
    source = many.of.table if many.codes_from is None else many.codes_from
    key = f"codes:{many.of.name}:{many.name}"
    found = run.read(lambda: source.select(code=many.codes).distinct(), key)["code"].to_pylist()
    return [many.part(code) for code in sorted(code for code in found if code is not None)]


def _missing(definition: Definition, load: Loaded | None, period: Period, part: str, needs: str) -> Figure:
    return Figure(
        ref=definition.ref,
        part=part,
        code=definition.code,
        title=definition.title,
        authority="" if load is None else load.authority,
        breakdown={},
        period=period,
        numerator=None,
        denominator=None,
        unknown=None,
        value=None,
        status=NOT_COMPUTABLE,
        note=f"not computable: needs {needs}",
    )


def _unserved(workings: Workings, definition: Definition) -> list[Figure]:
    current = workings.loads.current()
    found = []
    for number in workings.unserved(definition):
        period = workings.periods[number]
        needs = f"a load made on {period.ends_on}, or local extracts made on or after it"
        found.append(_missing(definition, current, period, "", needs))
    return found


def _worked_out(run: Run, wanted: list[tuple[Request, list[int]]], by: Sequence[str]) -> Iterator[Figure]:
    """The figures of all requests of one load."""
    table = aggregated(run, [Wanted(request.definition, request.part) for request, _ in wanted], by)
    sums: dict[int, dict[tuple[str, ...], dict[int, dict[str, object]]]] = {}
    for row in table.to_pylist():
        value = tuple(str(row[name]) for name in by)
        sums.setdefault(row["wanted"], {}).setdefault(value, {})[row["period"]] = row
    for number, (request, numbers) in enumerate(wanted):
        found = sums.get(number, {})
        if not by:
            found = found or {(): {}}
        for value, rows in found.items():
            if by and not any(rows[n]["relevant"] for n in numbers if n in rows):
                continue
            for n in numbers:
                yield _figure(run, request, n, dict(zip(by, value, strict=True)), rows.get(n))


def _figure(
    run: Run, request: Request, number: int, breakdown: Mapping[str, str], row: Mapping[str, object] | None
) -> Figure:
    part, definition, period = request.part, request.definition, run.periods[number]
    sums = row or {"numerator": Decimal(0), "denominator": Decimal(0), "unknown": 0, "statistic": None}
    numerator, denominator = sums["numerator"], sums["denominator"]
    if part.kind is Kind.STATISTIC:
        numerator = None
    shown = denominator if part.has_denominator else None
    value = value_of(part, definition, numerator, shown, sums["statistic"])
    notes = _notes(run, request, period, row)
    status = FINAL
    is_count = definition.is_count and part.kind not in (Kind.STATISTIC, Kind.MEAN)
    is_count = is_count and not part.is_no_cases_when_empty
    if part.has_denominator and not denominator and not is_count:
        status, value = NO_CASES, None
        # Only where a numerator may stand over nobody (WF-10) is it shown.
        numerator = numerator if part.is_no_cases_when_empty or numerator is None else Decimal(0)
    elif period.is_provisional:
        status = PROVISIONAL
    elif notes:
        status = PARTIAL
    return Figure(
        ref=definition.ref,
        part=part.code,
        code=definition.code,
        title=definition.title,
        authority=run.load.authority,
        breakdown=breakdown,
        period=period,
        numerator=numerator,
        denominator=shown,
        unknown=int(sums["unknown"]),
        value=value,
        status=status,
        note="; ".join(
            notes + [said for what, said in part.named_without.items() if not run.supplies.has(what)]
        ),
    )


def _notes(run: Run, request: Request, period: Period, row: Mapping[str, object] | None) -> list[str]:
    part, definition = request.part, request.definition
    reads_at = run.load.as_at_on if definition.measure_type == "period" else period.ends_on
    notes = caveats(definition, part, request.route, run.supplies, period, reads_at)
    if row is not None:
        flags = zip(part.partial, row["partial"], strict=True)
        notes += [sentence for sentence, is_partial in flags if is_partial]
    return notes


def _part_positions(ref: str) -> dict[str, int]:
    parts = indicator_parts().get(ref, ())
    return {part.code: n for n, part in enumerate(parts) if isinstance(part, Part)}


def _order(figure: Figure, positions: Mapping[str, int]) -> tuple[object, ...]:
    many = next(
        (n for n, p in enumerate(indicator_parts().get(figure.ref, ())) if isinstance(p, ManyParts)), 0
    )
    place = positions.get(figure.part, many)
    code = figure.part if figure.part not in positions else ""
    return (place, code, tuple(figure.breakdown.values()), figure.period.starts_on)
