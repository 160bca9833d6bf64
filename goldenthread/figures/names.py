"""What does a name stand for: a file of the load, rows of a statement, or rows worked out step by step?

Where everything that will be read is known before, only the columns that are needed for it are worked out.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from goldenthread.figures.compiled import Compiled, Statement
from goldenthread.populations.known import LOADED, known_tables, lies_in_load
from goldenthread.populations.narrowed import Columns, columns_read, narrowed
from goldenthread.populations.population import Population, Sequential, named
from goldenthread.settings import SCALARS
from goldenthread.standard import native_tables, recorded_tables, standard_tables, table

# An expression, or what builds it, and the key that names it.
Asked = tuple[ir.Table | Callable[[], ir.Table], str | None]


@dataclass(frozen=True)
class File:
    """A table as it lies in the load."""

    of: str
    schema: pa.Schema


@dataclass(frozen=True)
class Rows:
    """What a statement gives; a view is worked out anew at each reading."""

    made: Statement
    is_view: bool


@dataclass(frozen=True)
class StepByStep:
    """What a rule makes of the rows that these statements give."""

    population: Sequential
    inputs: Mapping[str, Statement]

    @property
    def reads(self) -> Columns:
        """All that is read for it."""
        return {name: tuple(sorted(columns)) for name, columns in together(self.inputs.values()).items()}


@dataclass
class Names:
    """The names of one run: `value` says what a scalar is in it, `sql` is the engine's compiler."""

    compiled: Compiled
    value: Callable[[str], Any]
    sql: Callable[[ir.Table, dict[ops.Node, Any]], str]
    _foreseen: dict[str, frozenset[str]] = field(default_factory=dict)

    def statement(self, asked: Asked, columns: Collection[str] | None = None) -> Statement:
        """The statement of an expression, with these columns or with all it has.

        With a key it is compiled only if it was not before.
        """
        key, build = _keyed(asked, columns)
        if key is not None:
            return self.compiled.statement(key, build, self.value, self.sql)
        built = build()
        values = {node: self.value(SCALARS[node]) for node in built.op().find(ops.ScalarParameter)}
        return Statement(self.sql(built, values), columns_read(built))

    def stands_for(self, name: str) -> File | Rows | StepByStep:
        """What lies behind a name that `in_order` gave."""
        if (file := _file(name)) is not None:
            return file
        population = named(name)
        if isinstance(population, Sequential):
            return StepByStep(
                population, {k: self.statement(asked) for k, asked in _inputs(population).items()}
            )
        rows = _rows(name)
        assert rows is not None, name
        made = self.statement((rows, name), self._foreseen.get(name))
        return Rows(made, population is not None and not population.is_kept)

    def in_order(self, names: Iterable[str], there: Collection[str]) -> list[str]:
        """What has to be made before all these can be read, and these, each after those it is made from."""
        order: dict[str, None] = {}
        self._add_in_order(names, there, order)
        return list(order)

    def foresee(self, asked: Sequence[Asked]) -> None:
        """Let only columns be worked out that are needed for what is asked, all of which must be named."""
        needed: dict[str, set[str]] = {}
        for one in asked:
            add(needed, self._reads(one))
        order = self.in_order(list(needed), ())
        for name in reversed(order):
            if (rows := _rows(name)) is not None:
                add(needed, self._reads((rows, name), needed[name]))
            for one in _inputs(named(name)).values():
                add(needed, self._reads(one))
        self._foreseen = {name: frozenset(needed[name]) for name in order}

    def _reads(self, asked: Asked, columns: Collection[str] | None = None) -> Columns:
        key, build = _keyed(asked, columns)
        return columns_read(build()) if key is None else self.compiled.reads(key, build)

    def _add_in_order(self, names: Iterable[str], there: Collection[str], order: dict[str, None]) -> None:
        for name in names:
            if name not in there and name not in order and (below := self._below(name)) is not None:
                self._add_in_order(below, there, order)
                order[name] = None

    def _below(self, name: str) -> Collection[str] | None:
        """The tables that one is made from; None for those bound from the start."""
        if _file(name) is not None:
            return ()
        if (rows := _rows(name)) is not None:
            return self._reads((rows, name))
        population = named(name)
        return population and [one for asked in _inputs(population).values() for one in self._reads(asked)]


def together(readers: Iterable[Statement]) -> dict[str, set[str]]:
    """The columns that any of them reads, by table."""
    read: dict[str, set[str]] = {}
    for reader in readers:
        add(read, reader.reads)
    return read


def add(read: dict[str, set[str]], more: Columns) -> None:
    """Add what more is read."""
    for name, columns in more.items():
        read.setdefault(name, set()).update(columns)


def _keyed(asked: Asked, columns: Collection[str] | None) -> tuple[str | None, Callable[[], ir.Table]]:
    """What is asked with these columns: its key, and what builds it."""
    expression, key = asked
    if key is not None and columns is not None:
        key = f"{key}:{','.join(sorted(columns))}"
    return key, lambda: narrowed(expression() if callable(expression) else expression, columns)


def _file(name: str) -> File | None:
    if (schema := lies_in_load(name)) is not None:
        return File(name.removeprefix(LOADED), schema)
    if name in standard_tables() or name in recorded_tables() or name not in native_tables():
        return None
    return File(name, table(name).arrow)


def _rows(name: str) -> Callable[[], ir.Table] | None:
    """What builds the expression behind a name; None where none lies behind it."""
    if name in standard_tables() or name in recorded_tables():
        return lambda: known_tables()[name]
    population = named(name)
    return (lambda: population.rows) if isinstance(population, Population) else None


def _inputs(population: Population | Sequential | None) -> dict[str, Asked]:
    """What a rule reads, each with its key; nothing where it is no rule."""
    if not isinstance(population, Sequential):
        return {}
    return {
        label: (expression, f"{population.name}.{label}") for label, expression in population.inputs.items()
    }
