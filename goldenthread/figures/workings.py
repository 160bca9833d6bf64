"""What one request works with: a run for each load that serves a period, and what will be asked of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from goldenthread.engines import DuckDB, Engine
from goldenthread.figures.aggregate import Wanted, asked_for
from goldenthread.figures.names import Asked
from goldenthread.figures.run import Loaded, Run
from goldenthread.figures.serving import Loads, serving
from goldenthread.indicators.catalogue import Definition, catalogue
from goldenthread.indicators.part import ManyParts, Part
from goldenthread.indicators.topics import parts_on
from goldenthread.periods import Period
from goldenthread.settings import Settings

PLACES = ("team", "worker", "service")
_CODES = "codes:"  # begins the keys of statements that read codes
_ANY_CODE = "any code"  # stands for those that are not known before they were read
_MANY = 20  # statements: so many are worth to compile what they rest on for the columns that they need


@dataclass(frozen=True)
class Question:
    """Which figures are wanted: of all indicators or some, of the whole or by a breakdown."""

    refs: Sequence[str] | None = None
    by: Sequence[str] = ()
    headlines_only: bool = False

    def definitions(self) -> list[Definition]:
        """The indicators that it is about."""
        chosen = [catalogue()[ref] for ref in catalogue() if self.refs is None or ref in self.refs]
        if set(self.by) & set(PLACES):
            return [definition for definition in chosen if definition.attribution is not None]
        return chosen


@dataclass
class Workings:
    """The runs of one request: one per load that serves a period, made when first needed."""

    loads: Loads
    periods: Sequence[Period]
    settings: Settings
    engine: Callable[[], Engine] = DuckDB
    _runs: dict[str, Run] = field(default_factory=dict)
    _codes: dict[tuple[str, str], list[str]] = field(default_factory=dict)

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

    def foresee(self, questions: Sequence[Question]) -> None:
        """Say everything that will be asked: less is worked out where it is known what is not needed."""
        asked: dict[str, tuple[Loaded, list[Asked]]] = {}
        for question in questions:
            wanted: dict[str, list[Wanted]] = {}
            for definition in question.definitions():
                for load, _ in self.by_load(definition):
                    key = f"{load.as_at_on}"
                    _, statements = asked.setdefault(key, (load, []))
                    for _, part in answerable(self.run(load), definition, question.headlines_only)[0]:
                        if isinstance(part, ManyParts):
                            statements.append(_codes_of(part))
                            part = part.part(_ANY_CODE)
                        wanted.setdefault(key, []).append(Wanted(definition, part))
            for key, parts in wanted.items():
                asked[key][1].extend(asked_for(parts, question.by))
        for load, statements in asked.values():
            if len(statements) >= _MANY:
                self.run(load).foresee(statements)
                self._read_codes(load, statements)

    def _read_codes(self, load: Loaded, statements: Sequence[Asked]) -> None:
        """Read the codes that occur all at once."""
        asked = list({key: one for one in statements if (key := one[1]) and key.startswith(_CODES)}.values())
        for (_, key), rows in zip(asked, self.run(load).read_all(asked), strict=True):
            self._codes[f"{load.as_at_on}", f"{key}"] = _sorted_codes(rows)

    def parts(self, load: Loaded, many: ManyParts) -> list[Part]:
        """One part per code that occurs in any period, in text order."""
        asked = _codes_of(many)
        key = f"{load.as_at_on}", f"{asked[1]}"
        if key not in self._codes:
            self._codes[key] = _sorted_codes(self.run(load).read(*asked))
        return [many.part(code) for code in self._codes[key]]

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


def answerable(
    run: Run, definition: Definition, headlines_only: bool
) -> tuple[list[tuple[int, Part | ManyParts]], list[tuple[str, str]]]:
    """What one load allows: the parts it can answer, by position, and (part, needs) for those it cannot."""
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
        else:
            found.append((position, part))
    return found, missing


def _code(part: Part | ManyParts) -> str:
    return part.code if isinstance(part, Part) else part.name


def _codes_of(many: ManyParts) -> Asked:
    source = many.of.table if many.codes_from is None else many.codes_from
    return lambda: source.select(code=many.codes).distinct(), f"{_CODES}{many.of.name}:{many.name}"


def _sorted_codes(rows: pa.Table) -> list[str]:
    return sorted(code for code in rows["code"].to_pylist() if code is not None)
