"""What a population is, and in which order populations are worked out.

A population is a named table whose rows are an Ibis expression over standard tables, PERIOD,
CALENDAR and other populations. The engine works it out once, for all periods and all authorities;
whatever is built on it (other populations, every indicator, every list) reads the same rows.

A population that indicators count has at least `period`, `authority`, `child_id`, `key`, `team`,
`worker_id` and `service`; one row counts once in each period it falls in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

_ALL: dict[str, "Population"] = {}


@dataclass(frozen=True, eq=False, kw_only=True)
class Population:
    """Rows with a name: `rows` says how they are worked out, `table` is what others build on."""

    name: str
    about: str
    rows: ir.Table

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


def needed_tables(expression: ir.Expr) -> list[str]:
    """Names of the unbound tables an expression reads, each once, in text order."""
    return sorted({node.name for node in expression.op().find(ops.UnboundTable)})


def materialised_in_order(expressions: Iterable[ir.Expr]) -> list[Population]:
    """The populations these expressions rest on, each after those it is built from."""
    ordered: dict[str, Population] = {}

    def visit(name: str) -> None:
        population = _ALL.get(name)
        if population is None or name in ordered:
            return
        for below in needed_tables(population.rows):
            visit(below)
        ordered[name] = population

    for expression in expressions:
        for name in needed_tables(expression):
            visit(name)
    return list(ordered.values())


def first_per(rows: ir.Table, *by: str, order: Iterable[ir.Value | str]) -> ir.Table:
    """The first row of each group, in that order."""
    number = ibis.row_number().over(group_by=list(by), order_by=list(order))
    return rows.mutate(row_in_group=number).filter(lambda t: t.row_in_group == 0).drop("row_in_group")
