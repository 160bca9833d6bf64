"""What else is recorded of the same child, worker or team? Facts that rules compare a row with.

One join and one aggregate give all the facts that rest on the same other table, so that the rules
of a table are worked out together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import ibis.expr.operations as ops
import ibis.expr.types as ir

from goldenthread.calendar import days_between
from goldenthread.settings import AS_AT_ON
from goldenthread.standard import table

Fact = Callable[[ir.Table], ir.Value]
CHILD = ("child_id",)


@dataclass
class _Read:
    """A table that remembers which of its columns were asked for."""

    table: ir.Table
    names: set[str] = field(default_factory=set)

    def __getitem__(self, name: str) -> Any:
        self.names.add(name)
        return self.table[name]

    def __getattr__(self, name: str) -> Any:
        return self[name]


# What rows with facts were made of: the rows without them, and the tables of facts to join. Facts
# that rest on the same rows are joined side by side: nested queries take far longer to compile.
_MADE_OF: dict[ops.Node, tuple[ir.Table, tuple["_Found", ...]]] = {}


@dataclass(frozen=True)
class _Found:
    """Facts by the key of the rows."""

    table: ir.Table
    facts: tuple[str, ...]
    numbers: tuple[str, ...]


def with_facts(
    name: str,
    rows: ir.Table,
    others: ir.Table,
    *,
    prefix: str = "other",
    on: Sequence[str | tuple[str, str]] = CHILD,
    facts: dict[str, Fact] | None = None,
    numbers: dict[str, Fact] | None = None,
) -> ir.Table:
    """Add to the rows of table `name` what some `others` say: `facts` is any of them so, `numbers` sums up.

    The columns of the others are seen as `<prefix>_<column>`. `on` names the columns, beside the
    authority, that must agree. A fact is false where there is no other row, a number is null.
    """
    facts, numbers = facts or {}, numbers or {}
    key = ["authority", *table(name).key]
    other = others.rename({f"{prefix}_{column}": column for column in others.columns})
    agree = [(column, column) if isinstance(column, str) else column for column in ("authority", *on)]
    matches = [(own, f"{prefix}_{column}") for own, column in agree]
    used = _columns_read(rows.inner_join(other, matches), [*facts.values(), *numbers.values()])
    own = list(dict.fromkeys([*key, *[own for own, _ in matches], *[c for c in rows.columns if c in used]]))
    seen = list(dict.fromkeys([*[column for _, column in matches], *[c for c in other.columns if c in used]]))
    rests_on, earlier = _MADE_OF.get(rows.op(), (rows, ()))
    if not set(own) <= set(rests_on.columns):
        rests_on, earlier = rows, ()
    pairs = rests_on.select(*own).inner_join(other.select(*seen), matches)
    found = pairs.group_by(key).aggregate(
        **{fact: says(pairs).fill_null(False).any() for fact, says in facts.items()},
        **{number: says(pairs) for number, says in numbers.items()},
    )
    return _joined(rests_on, key, (*earlier, _Found(found, tuple(facts), tuple(numbers))))


def _columns_read(pairs: ir.Table, says: Sequence[Fact]) -> set[str]:
    reader = _Read(pairs)
    for fact in says:
        fact(reader)  # type: ignore[arg-type]
    return reader.names


def _joined(rows: ir.Table, key: Sequence[str], found: tuple[_Found, ...]) -> ir.Table:
    joined = rows
    for number, each in enumerate(found):
        renamed = each.table.rename({f"{column}_of_{number}": column for column in key})
        joined = joined.left_join(renamed, [(column, f"{column}_of_{number}") for column in key])
    columns = {column: joined[column] for column in rows.columns}
    for each in found:
        columns |= {fact: joined[fact].fill_null(False) for fact in each.facts}
        columns |= {number: joined[number] for number in each.numbers}
    result = joined.select(**columns)
    _MADE_OF[result.op()] = (rows, found)
    return result


def with_team_of_worker(name: str, rows: ir.Table) -> ir.Table:
    """Add the `team` in which the worker of each row has a post today."""
    posts = table("posts").rows
    return with_facts(
        name,
        rows,
        posts,
        prefix="post",
        on=("worker_id",),
        numbers={"team": lambda t: t.post_team.max(where=t.post_ended_on.isnull())},
    )


def is_open_on(
    pairs: ir.Table, prefix: str, day: ir.Value, *, start: str = "started_on", end: str = "ended_on"
) -> ir.BooleanValue:
    """Whether the other row is open on a day: the end is the first day no longer in force."""
    ended = pairs[f"{prefix}_{end}"]
    return (pairs[f"{prefix}_{start}"] <= day) & (ended.isnull() | (ended > day))


def overlap(
    pairs: ir.Table, prefix: str, *, start: str = "started_on", end: str = "ended_on"
) -> ir.BooleanValue:
    """Whether row and other row are both open on some day; one that ends before it starts never is."""
    own_end, other_end = pairs[end], pairs[f"{prefix}_{end}"]
    own_start, other_start = pairs[start], pairs[f"{prefix}_{start}"]
    is_ever_open = (own_end.isnull() | (own_end > own_start)) & (
        other_end.isnull() | (other_end > other_start)
    )
    return (
        is_ever_open
        & (other_end.isnull() | (own_start < other_end))
        & (own_end.isnull() | (other_start < own_end))
    )


def days_ago(day: ir.DateValue) -> ir.IntegerValue:
    """How many days before the as-at date; negative after it."""
    return days_between(day, AS_AT_ON)
