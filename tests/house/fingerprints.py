"""Does any definition compile to other SQL than before? One hash per population and per indicator.

`python -m tests.house.fingerprints` (or `make definitions`) writes definitions.json anew. It refuses an
indicator whose SQL changed under an unchanged version, unless told that no figure moves.
"""

import argparse
import ast
import hashlib
import inspect
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import ibis.expr.operations as ops
import ibis.expr.types as ir

from goldenthread.figures.judged import judged
from goldenthread.indicators.catalogue import Definition, catalogue
from goldenthread.indicators.part import ManyParts, Part, holds
from goldenthread.indicators.topics import indicator_parts
from goldenthread.populations.known import known_tables
from goldenthread.populations.population import Population, Sequential, named, needed_tables
from goldenthread.settings import SCALARS, Settings

SNAPSHOT = Path(__file__).with_name("definitions.json")
_LEFT_OUT = re.compile(r"EXCLUDE \(([^)]*)\)")
_MADE_UP = re.compile(r"\bibis_[a-z_]+_[a-z0-9]{26}\b")
A_CODE = "a.b"  # a code for parts that have one per value: <source>.<outcome>

Compile = Callable[[ir.Table, Mapping[ops.Node, Any]], str]


def value(name: str) -> Any:
    """What a scalar stands for while compiling: the defaults, so that a changed default shows."""
    if name == "as_at_on":
        return date(2017, 12, 31)
    if name == "as_at_ends_at":
        return datetime(2018, 1, 1)
    if name == "authority":
        return "999"
    kind, _, _ = name.partition(":")
    if kind == "supplied":
        return True
    if kind in ("file_starts_on", "complete_since"):
        return date(1990, 1, 1)
    return Settings().bound(name)


def sql(expression: ir.Table, compile_sql: Compile) -> str:
    """The expression as SQL, with the default value of every parameter."""
    nodes = expression.op().find(ops.ScalarParameter)
    return _steady(compile_sql(expression, {node: value(SCALARS[node]) for node in nodes}))


def _steady(text: str) -> str:
    """The SQL without what Ibis chooses anew in each process: the order of columns left out, some names."""
    text = _LEFT_OUT.sub(lambda found: f"EXCLUDE ({', '.join(sorted(found[1].split(', ')))})", text)
    names = {name: f"made_up_{number}" for number, name in enumerate(dict.fromkeys(_MADE_UP.findall(text)))}
    return _MADE_UP.sub(lambda found: names[found[0]], text)


def expressions_of(name: str) -> Iterator[ir.Table]:
    """The expressions a population or a table as known consists of."""
    population = named(name)
    if isinstance(population, Population):
        yield population.rows
    elif isinstance(population, Sequential):
        yield from population.inputs.values()
    elif name in known_tables():
        yield known_tables()[name]


@cache
def below(name: str) -> frozenset[str]:
    """The population and everything it rests on."""
    found = {name}
    for expression in expressions_of(name):
        for other in needed_tables(expression):
            found |= below(other)
    return frozenset(found)


def parts_of(ref: str) -> list[Part]:
    """The parts of an indicator, with one example of those that are made per code."""
    return [part.part(A_CODE) if isinstance(part, ManyParts) else part for part in indicator_parts()[ref]]


def tables_of(ref: str) -> Iterator[ir.Table]:
    """What the parts of an indicator say of each row, as one table per population, and their wholes."""
    definition, by_population = catalogue()[ref], {}
    for part in parts_of(ref):
        by_population.setdefault(part.of.name, []).append(part)
        if part.whole is not None:
            yield part.whole
    for parts in by_population.values():
        columns: dict[str, ir.Value] = {}
        for number, part in enumerate(parts):
            columns |= {f"{name}_{number}": one for name, one in _said(part, definition).items()}
        yield parts[0].of.table.select("period", "authority", **columns)
    for many in indicator_parts()[ref]:
        if isinstance(many, ManyParts):
            source = many.of.table if many.codes_from is None else many.codes_from
            yield source.select(code=many.codes)


def _said(part: Part, definition: Definition) -> dict[str, ir.Value]:
    row = judged(part, definition)
    said = {"numerator": row.numerator, "denominator": row.denominator, "is_unknown": row.is_unknown}
    if part.value is not None:
        said["value"] = part.value
    for number, condition in enumerate(part.partial.values()):
        said[f"partial_{number}"] = holds(condition)
    return said


def _facts(ref: str) -> list[object]:
    """What moves a figure and is no SQL: how parts become values, and what decides that there is none."""
    definition = catalogue()[ref]
    of_parts = [
        [part.kind, part.code, part.has_denominator, part.is_no_cases_when_empty, part.factor, part.quantile,
         part.distinct, part.needs, sorted(part.partial_without)]
        for part in parts_of(ref)
    ]  # fmt: skip
    return [
        definition.measure_type,
        definition.unit,
        definition.default_basis,
        definition.attribution,
        of_parts,
    ]


def _digest(*content: object) -> str:
    return hashlib.sha256(json.dumps(content, default=str, sort_keys=True).encode()).hexdigest()[:12]


def _hash_of_population(name: str, compile_sql: Compile) -> str:
    population = named(name)
    statements = [sql(expression, compile_sql) for expression in expressions_of(name)]
    if isinstance(population, Sequential):
        tree = ast.parse(inspect.getsource(inspect.getmodule(population.work)))
        statements.append(ast.dump(tree))
    if name == "calendar":
        statements.append((files("goldenthread") / "bank_holidays.csv").read_text("utf-8"))
    return _digest(statements)


def fingerprints(compile_sql: Compile) -> dict[str, Any]:
    """The hash of every population that an indicator rests on, and of every indicator."""
    resting: dict[str, list[str]] = {}
    own: dict[str, str] = {}
    for ref in indicator_parts():
        tables = list(tables_of(ref))
        own[ref] = _digest([sql(table, compile_sql) for table in tables], _facts(ref))
        resting[ref] = sorted(frozenset().union(*(below(n) for t in tables for n in needed_tables(t))))
    names = sorted({name for found in resting.values() for name in found})
    populations = {name: _hash_of_population(name, compile_sql) for name in names}
    return {
        "populations": populations,
        "indicators": {
            ref: {
                "version": catalogue()[ref].version,
                "sql": own[ref],
                "with_populations": _digest(own[ref], [populations[name] for name in resting[ref]]),
            }
            for ref in indicator_parts()
        },
    }


def changed(then: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, str]:
    """Indicators whose definition differs under an unchanged version, with what in them does."""
    populations = [
        name for name, found in now["populations"].items() if then["populations"].get(name) != found
    ]
    found = {}
    for ref, entry in now["indicators"].items():
        before = then["indicators"].get(ref)
        if before and before["with_populations"] != entry["with_populations"]:
            if before["version"] >= entry["version"]:
                own = ["its parts"] if before["sql"] != entry["sql"] else []
                rests = {name for table in tables_of(ref) for n in needed_tables(table) for name in below(n)}
                found[ref] = ", ".join(own + [f"population {name}" for name in populations if name in rests])
    return found


def snapshot() -> dict[str, Any]:
    """The hashes as committed."""
    return json.loads(SNAPSHOT.read_text("utf-8"))


def main() -> None:
    """Write definitions.json anew."""
    from goldenthread.engines import DuckDB

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument(
        "--no-figure-moves",
        action="store_true",
        help="the SQL differs and every figure stays: a change of form, or a newer Ibis or sqlglot",
    )
    asked = parser.parse_args()
    now = fingerprints(DuckDB().sql)
    moved = changed(snapshot(), now) if SNAPSHOT.exists() and not asked.no_figure_moves else {}
    if moved:
        lines = "\n".join(f"  {ref}: {what}" for ref, what in moved.items())
        sys.exit(
            f"These definitions changed under an unchanged version:\n{lines}\nRaise the version of each in "
            'goldenthread/indicators/words and say in CHANGELOG.md, under "Figures", what moves. If no '
            "figure moves: make definitions NO_FIGURE_MOVES=1"
        )
    SNAPSHOT.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", "utf-8")
    sys.stdout.write(f"{len(now['indicators'])} indicators, {len(now['populations'])} populations written.\n")


if __name__ == "__main__":
    main()
