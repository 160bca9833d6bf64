"""Work out figures: every indicator asked for, its parts, by breakdown, for every period."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from goldenthread.engines import DuckDB, Engine
from goldenthread.figures.figure import NOT_COMPUTABLE, Figure
from goldenthread.figures.lines import Request, worked_out
from goldenthread.figures.run import Loaded, Run
from goldenthread.figures.serving import Loads, serving
from goldenthread.indicators.catalogue import Definition, catalogue
from goldenthread.indicators.part import ManyParts, Part
from goldenthread.indicators.topics import indicator_parts, parts_on
from goldenthread.periods import Period
from goldenthread.settings import Settings

# The place of a part, a breakdown value, and lines of these.
_Lines = tuple[tuple[int, str], tuple[str, ...], list[Figure]]

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

    def close(self) -> None:
        """Let go of what was worked out."""
        for run in self._runs.values():
            run.engine.close()
        self._runs.clear()

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
    yield from broken_down(workings, refs=refs, by=by, headlines_only=headlines_only, is_last=True)


def broken_down(
    workings: Workings,
    *,
    refs: Sequence[str] | None = None,
    by: Sequence[str] = (),
    headlines_only: bool = False,
    is_last: bool = False,
) -> Iterator[Figure]:
    """The same from workings that are there already: the next breakdown reads the same populations.

    After the last one nothing is read any more, and populations are let go of on the way.
    """
    chosen = [catalogue()[ref] for ref in catalogue() if refs is None or ref in refs]
    if set(by) & set(PLACES):
        chosen = [definition for definition in chosen if definition.attribution is not None]
    lines: dict[str, list[_Lines]] = {}
    wanted: dict[str, tuple[Loaded, list[tuple[Request, list[int]]]]] = {}
    for definition in chosen:
        place = _place(definition.ref)
        requests, missing = requests_of(workings, definition, headlines_only)
        lines[definition.ref] = [(place(line.part), (), [line]) for line in missing]
        for load, request, numbers in requests:
            wanted.setdefault(f"{load.as_at_on}", (load, []))[1].append((request, numbers))
    for load, requested in wanted.values():
        for request, value, found in worked_out(workings.run(load), requested, by, is_last=is_last):
            ref = request.definition.ref
            lines[ref].append((_place(ref)(request.part.code), value, found))
    for definition in chosen:
        yield from _in_order(lines[definition.ref])


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


def _place(ref: str) -> Callable[[str], tuple[int, str]]:
    """Where each part of an indicator stands among its lines: by position, then by code."""
    parts = indicator_parts().get(ref, ())
    positions = {part.code: n for n, part in enumerate(parts) if isinstance(part, Part)}
    many = next((n for n, part in enumerate(parts) if isinstance(part, ManyParts)), 0)
    return lambda code: (positions[code], "") if code in positions else (many, code)


def _in_order(lines: Sequence[_Lines]) -> Iterator[Figure]:
    """By part and breakdown value, and within these by period, whichever load each came from."""
    ordered = sorted(lines, key=itemgetter(0, 1))
    for _, same in groupby(ordered, key=itemgetter(0, 1)):
        yield from sorted((f for each in same for f in each[2]), key=lambda figure: figure.period.starts_on)
