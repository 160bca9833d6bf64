"""What a population is, and in which order populations are worked out.

A population is a named table whose rows are an Ibis expression over standard tables, PERIOD,
CALENDAR and other populations. The engine works it out once, for all periods and all authorities;
whatever is built on it (other populations, every indicator, every list) reads the same rows.

A population that indicators count has at least `period`, `authority`, `child_id`, `key`, `team`,
`worker_id` and `service`; one row counts once in each period it falls in.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

_ALL: dict[str, "Population | Sequential"] = {}


@dataclass(frozen=True, eq=False, kw_only=True)
class Population:
    """Rows with a name: `rows` says how they are worked out, `table` is what others build on."""

    name: str
    about: str
    rows: ir.Table
    # False: worked out anew at each reading, for rows that are many and read once.
    is_kept: bool = True

    def __post_init__(self) -> None:
        """Names are unique: they are the names of tables in the engine."""
        if self.name in _ALL:
            raise ValueError(f"Two populations are called {self.name}.")
        _ALL[self.name] = self

    @cached_property
    def table(self) -> ir.Table:
        """The worked-out rows, as an unbound table."""
        return ibis.table(self.rows.schema(), name=self.name)

    def __getattr__(self, column: str) -> ir.Column:
        """A column of the worked-out rows: `looked_after.started_on`."""
        if column.startswith("_"):
            raise AttributeError(column)
        return self.table[column]


@dataclass(frozen=True, eq=False, kw_only=True)
class Sequential:
    """Rows that only a step-by-step rule gives (each step depends on the one before).

    `inputs` are read from the engine, `work` makes the rows, and they are bound under the name. Only
    for rules no set expression can say, over few columns: everything else is a Population.
    """

    name: str
    about: str
    inputs: Mapping[str, ir.Table]
    schema: pa.Schema
    work: Callable[[Mapping[str, pa.Table]], pa.Table]

    def __post_init__(self) -> None:
        """Names are unique: they are the names of tables in the engine."""
        if self.name in _ALL:
            raise ValueError(f"Two populations are called {self.name}.")
        _ALL[self.name] = self

    @cached_property
    def table(self) -> ir.Table:
        """The worked-out rows, as an unbound table."""
        return ibis.table(ibis.Schema.from_pyarrow(self.schema), name=self.name)


def needed_tables(expression: ir.Expr) -> list[str]:
    """Names of the unbound tables an expression reads, each once, in text order."""
    return sorted({node.name for node in expression.op().find(ops.UnboundTable)})


def populations() -> Mapping[str, Population | Sequential]:
    """Every population that the modules imported so far define, by name."""
    return dict(_ALL)


def named(name: str) -> Population | Sequential | None:
    """The population of that name; None if no module that was imported defines one."""
    return _ALL.get(name)


def first_per(rows: ir.Table, *by: str, order: Iterable[ir.Value | str]) -> ir.Table:
    """The first row of each group, in that order."""
    number = ibis.row_number().over(group_by=list(by), order_by=list(order))
    return rows.mutate(row_in_group=number).filter(lambda t: t.row_in_group == 0).drop("row_in_group")
