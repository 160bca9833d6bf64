"""What else is recorded of the same child, worker or team? Facts that rules compare a row with.

One join and one aggregate give all the facts that rest on the same other table, so that the rules
of a table are worked out together.
"""

from collections.abc import Callable, Sequence

import ibis
import ibis.expr.types as ir

from goldenthread.calendar import days_between
from goldenthread.settings import AS_AT_ON
from goldenthread.standard import table

Fact = Callable[[ir.Table], ir.Value]
CHILD = ("child_id",)


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
    pairs = rows.inner_join(other, [(own, f"{prefix}_{column}") for own, column in agree])
    found = pairs.group_by(key).aggregate(
        **{fact: says(pairs).fill_null(False).any() for fact, says in facts.items()},
        **{number: says(pairs) for number, says in numbers.items()},
    )
    joined = rows.left_join(found, key).select(*rows.columns, *facts, *numbers)
    return joined.mutate(**{fact: joined[fact].fill_null(False) for fact in facts}) if facts else joined


def without_facts(rows: ir.Table, names: dict[str, str]) -> ir.Table:
    """Add columns of nulls, where nothing can be looked up."""
    return rows.mutate(**{name: ibis.null(kind) for name, kind in names.items()})


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
    is_ever_open = (own_end.isnull() | (own_end > own_start)) & (other_end.isnull() | (other_end > other_start))
    return (
        is_ever_open
        & (other_end.isnull() | (own_start < other_end))
        & (own_end.isnull() | (other_start < own_end))
    )


def days_ago(day: ir.DateValue) -> ir.IntegerValue:
    """How many days before the as-at date; negative after it."""
    return days_between(day, AS_AT_ON)
