"""Work out figures: every indicator asked for, its parts, by breakdown, for every period."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from goldenthread.engines import DuckDB, Engine
from goldenthread.figures.figure import NOT_COMPUTABLE, Figure
from goldenthread.figures.lines import Request, worked_out
from goldenthread.figures.run import Loaded
from goldenthread.figures.serving import Loads
from goldenthread.figures.workings import Question, Workings, answerable
from goldenthread.indicators.catalogue import Definition
from goldenthread.indicators.part import ManyParts, Part
from goldenthread.indicators.topics import indicator_parts
from goldenthread.periods import Period
from goldenthread.settings import Settings

# The place of a part, a breakdown value, and lines of these.
_Lines = tuple[tuple[int, str], tuple[str, ...], list[Figure]]


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
    question = Question(refs, by, headlines_only)
    workings.foresee([question])
    yield from broken_down(workings, question, is_last=True)


def broken_down(workings: Workings, question: Question, *, is_last: bool = False) -> Iterator[Figure]:
    """The same from workings that are there already: the next question reads the same populations.

    After the last one nothing is read any more, and populations are let go of on the way.
    """
    by, chosen = question.by, question.definitions()
    lines: dict[str, list[_Lines]] = {}
    wanted: dict[str, tuple[Loaded, list[tuple[Request, list[int]]]]] = {}
    for definition in chosen:
        place = _place(definition.ref)
        requests, missing = requests_of(workings, definition, question.headlines_only)
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
        run = workings.run(load)
        found, missing = answerable(run, definition, headlines_only)
        route = run.supplies.route(definition)
        for position, part in found:
            assert route is not None, definition.ref
            parts = [part] if isinstance(part, Part) else workings.parts(load, part)
            requests += [(load, Request(definition, one, route, position), numbers) for one in parts]
        for part, needs in missing:
            lines += [_missing(definition, load, workings.periods[n], part, needs) for n in numbers]
    return requests, lines


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
