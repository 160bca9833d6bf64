"""The same rows with fewer columns: what is left of an expression where only some of its columns are read.

A population has columns for lists, for reasons and for other populations, and sums read few of them. What
nobody reads is left out all the way down, to the tables that the expression rests on.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import ibis.expr.operations as ops
import ibis.expr.types as ir

Columns = Mapping[str, tuple[str, ...]]  # of each table that is read, the columns


def narrowed(expression: ir.Table, columns: Collection[str] | None = None) -> ir.Table:
    """An expression that gives the same rows with these columns, and reads no others than it needs.

    No columns named: with all it has. The order of columns stays. Raises KeyError for one it does not have.
    """
    root = expression.op()
    wanted = set(root.schema if columns is None else columns)
    return _only(_Rebuilt(_needed(root, wanted)).relation(root), wanted).to_expr()


def columns_read(expression: ir.Table) -> Columns:
    """The columns of the unbound tables that an expression reads, by table."""
    needed = _needed(expression.op(), expression.columns)
    tables = {node.name: columns for node, columns in needed.items() if isinstance(node, ops.UnboundTable)}
    return {name: tuple(sorted(tables[name])) for name in sorted(tables)}


def _needed(root: ops.Relation, columns: Iterable[str]) -> dict[ops.Relation, set[str]]:
    found = _Needed()
    found.need(root, columns)
    found.complete()
    return found.of


class _Needed:
    """Which columns of each relation below are needed."""

    def __init__(self) -> None:
        self.of: dict[ops.Relation, set[str]] = {}

    def need(self, node: ops.Relation, columns: Iterable[str] = ()) -> None:
        """These columns are needed of a relation, and therefore what they rest on."""
        if node not in self.of:
            self.of[node] = set()
            self._rows(node)
        new = set(columns) - self.of[node]
        if new:
            self.of[node] |= new
            self._columns(node, new)

    def complete(self) -> None:
        """Where only the number of rows matters, one column stands for them."""
        while bare := [node for node, columns in self.of.items() if not columns]:
            for node in bare:
                self.need(node, [next(iter(node.schema))])

    def _rows(self, node: ops.Relation) -> None:
        """What decides which rows a relation has."""
        match node:
            case ops.UnboundTable():
                pass
            case ops.Reference() | ops.DropColumns() | ops.Project():
                self.need(node.parent)
            case ops.Filter():
                self.need(node.parent)
                self._values(node.predicates)
            case ops.Aggregate():
                self.need(node.parent)
                self.need(node, node.groups)
            case ops.JoinChain():
                for table in (node.first, *(link.table for link in node.rest)):
                    self.need(table)
                self._values(predicate for link in node.rest for predicate in link.predicates)
            case ops.Union(distinct=False):
                self.need(node.left)
                self.need(node.right)
            case _:  # distinct rows, and whatever else: any column may decide which rows there are
                for child in node.__children__:
                    if isinstance(child, ops.Relation):
                        self.need(child, child.schema)
                    else:
                        self._values([child])
                self.need(node, node.schema)

    def _columns(self, node: ops.Relation, columns: set[str]) -> None:
        """What columns of a relation rest on."""
        match node:
            case ops.Reference() | ops.DropColumns() | ops.Filter():
                self.need(node.parent, columns)
            case ops.Project() | ops.JoinChain():
                self._values(node.values[name] for name in columns)
            case ops.Aggregate():
                self._values(node.groups[name] for name in columns & set(node.groups))
                self._values(node.metrics[name] for name in columns & set(node.metrics))
            case ops.Union(distinct=False):
                self.need(node.left, columns)
                self.need(node.right, columns)

    def _values(self, values: Iterable[ops.Node]) -> None:
        for value in values:
            for node in value.find(_names_a_relation, filter=ops.Value):
                match node:
                    case ops.Field():
                        self.need(node.rel, [node.name])
                    case ops.CountStar():
                        self.need(node.arg)
                    case _:  # another query inside this one, and whatever else
                        for relation in filter(_is_relation, node.__args__):
                            self.need(relation, relation.schema)


def _is_relation(argument: object) -> bool:
    return isinstance(argument, ops.Relation)


def _names_a_relation(node: ops.Node) -> bool:
    return any(map(_is_relation, node.__args__))


class _Rebuilt:
    """The relations with what is needed of them, each built once."""

    def __init__(self, needed: Mapping[ops.Relation, set[str]]):
        self._needed = needed
        self._built: dict[ops.Relation, ops.Relation] = {}

    def relation(self, node: ops.Relation) -> ops.Relation:
        if node not in self._built:
            self._built[node] = self._relation(node)
        return self._built[node]

    def _relation(self, node: ops.Relation) -> ops.Relation:
        needed = self._needed[node]
        match node:
            case ops.UnboundTable():
                return _only(node, needed)
            case ops.DropColumns():
                parent = self.relation(node.parent)
                dropped = frozenset(node.columns_to_drop) & frozenset(parent.schema)
                return node.copy(parent=parent, columns_to_drop=dropped) if dropped else parent
            case ops.Project():
                return node.copy(parent=self.relation(node.parent), values=self._named(node.values, needed))
            case ops.Aggregate():
                metrics = self._named(node.metrics, needed)
                groups = self._named(node.groups, needed)
                return node.copy(parent=self.relation(node.parent), groups=groups, metrics=metrics)
            case ops.JoinChain():
                rest = [
                    link.copy(table=self.relation(link.table), predicates=self._each(link.predicates))
                    for link in node.rest
                ]
                first = self.relation(node.first)
                return node.copy(first=first, rest=rest, values=self._named(node.values, needed))
            case ops.Union(distinct=False):
                left, right = (_only(self.relation(one), needed) for one in (node.left, node.right))
                return node.copy(left=left, right=_in_order(right, left.schema))
            case _:
                return self._copy(node)

    def _copy(self, node: ops.Node) -> Any:
        arguments = zip(node.__argnames__, node.__args__, strict=True)
        return node.copy(**{name: self._argument(value) for name, value in arguments})

    def _argument(self, value: Any) -> Any:
        if isinstance(value, ops.Relation):
            return self.relation(value)
        if isinstance(value, ops.Node):
            return self._value(value)
        if isinstance(value, tuple):
            return tuple(self._argument(one) for one in value)
        return value

    def _named(self, values: Mapping[str, ops.Value], needed: set[str]) -> dict[str, ops.Node]:
        return {name: self._value(value) for name, value in values.items() if name in needed}

    def _each(self, values: Iterable[ops.Node]) -> tuple[ops.Node, ...]:
        return tuple(self._value(value) for value in values)

    def _value(self, value: ops.Node) -> ops.Node:
        found = value.find(_names_a_relation, filter=ops.Value)
        return value.replace({node: self._copy(node) for node in found}, filter=ops.Value)


def _kept(node: ops.Relation, needed: set[str]) -> list[str]:
    return [name for name in node.schema if name in needed]


def _only(node: ops.Relation, needed: set[str]) -> ops.Relation:
    """Without columns that only others need."""
    if set(node.schema) == needed:
        return node
    return ops.Project(node, {name: ops.Field(node, name) for name in _kept(node, needed)})


def _in_order(node: ops.Relation, order: Iterable[str]) -> ops.Relation:
    names = list(order)
    return (
        node
        if list(node.schema) == names
        else ops.Project(node, {name: ops.Field(node, name) for name in names})
    )
