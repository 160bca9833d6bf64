"""What an indicator is made of: parts, each one population with one yes or no condition.

The headline is the part with a blank code. Figures, breakdowns, lists of children and worked
examples all come from the same rows of the part's population, so they cannot disagree.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

import ibis
import ibis.expr.types as ir

from goldenthread.populations import Population

Conditions = Mapping[str, ir.BooleanValue]  # a sentence that gives the reason, and when it holds


class Kind(StrEnum):
    """How numerator and denominator become a value."""

    PROPORTION = "proportion"  # numerator / denominator * 100
    COUNT = "count"  # the numerator
    RATE = "rate"  # the numerator per 10,000 children where the population is known
    MEAN = "mean"  # numerator / denominator * factor
    STATISTIC = "statistic"  # a quantile of a duration; the denominator is the number of rows


@dataclass(frozen=True, eq=False, kw_only=True)
class Part:
    """One figure of an indicator: which rows it counts, and what counts as achieved.

    A row of the population that fulfils `where` is, in this order: excluded, not yet due, unknown
    (left out), unknown but kept in the denominator as not achieved (`unknown_in`), or judged.
    A judged row is achieved or not; with a clock (`done` is set) it is in time, late or overdue.
    """

    kind: Kind
    of: Population
    achieved: ir.BooleanValue
    code: str = ""
    where: ir.BooleanValue | None = None
    excluded: Conditions = field(default_factory=dict)
    not_due: Conditions = field(default_factory=dict)
    unknown: Conditions = field(default_factory=dict)
    unknown_in: Conditions = field(default_factory=dict)
    # Unknown, and judged all the same by the rest of what is known (GOV-03).
    unknown_achieved: Conditions = field(default_factory=dict)
    # Timeliness: has the clock stopped? Rows not done are overdue and count only with basis due.
    done: ir.BooleanValue | None = None
    # Bands of a timeliness indicator: the row's status is that of the limit, not of the band.
    in_time: ir.BooleanValue | None = None
    # Rows in the numerator only (leavers over posts): not in the denominator.
    counted: ir.BooleanValue | None = None
    numerator: ir.NumericValue | None = None  # weight of an achieved row; default 1
    denominator: ir.NumericValue | None = None  # weight of a counted row; default 1
    # A denominator that is no sum over the rows: `period`, `authority`, `number`, the same for each team.
    whole: ir.Table | None = None
    has_denominator: bool = True
    # A count over nobody is a good 0; set where it is no cases all the same (WF-10).
    is_no_cases_when_empty: bool = False
    is_judged: bool = True  # False for sums in which no row meets or misses a standard
    factor: tuple[int, int] = (1, 1)  # means: times the first, by the second
    # Statistics: (1, 2) is the lower median; None the average.
    quantile: tuple[int, int] | None = None
    value: ir.NumericValue | None = None  # statistics: the duration
    distinct: str | None = None  # count each value of this column once
    clock_start: ir.DateValue | None = None
    clock_stop: ir.DateValue | None = None
    # In which unit: a text where the rule says, an expression where a parameter decides.
    clock: Literal["working_days", "days"] | ir.StringValue | None = None
    elapsed: ir.IntegerValue | None = None  # how long: clock_start to clock_stop, else to RD
    # Sentences for judged rows by status: in_time, late, overdue, met, not_met. They may hold
    # {working_days}, {days}, {elapsed} (3 working days), {clock_start}, {clock_stop} and those of `told`.
    words: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, ir.Value] = field(default_factory=dict)  # more values for the sentences
    # What this part reads and the headline does not: table, table.column or table=kind.
    needs: tuple[str, ...] = ()
    # The figure is partial where any row of it fulfils a condition; the sentence names what is missing.
    partial: Conditions = field(default_factory=dict)
    # The figure is partial where this was not supplied.
    partial_without: Mapping[str, str] = field(default_factory=dict)
    # What was not supplied is named in the note, and the figure stands.
    named_without: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, kw_only=True)
class ManyParts:
    """Parts with one code per value that occurs: `<category>`, `<source>.<outcome>`."""

    name: str  # as the specification writes it: <category>
    of: Population
    codes: ir.StringValue  # the codes, one a row of the population (or of `codes_from`)
    part: Callable[[str], Part]
    codes_from: ir.Table | None = None
    needs: tuple[str, ...] = ()


def _false() -> ir.BooleanValue:
    return ibis.literal(False, "boolean")  # pyright: ignore[reportReturnType]


def holds(condition: ir.BooleanValue | None) -> ir.BooleanValue:
    """The condition with an unknown read as false: true only where it is known to hold."""
    return _false() if condition is None else condition.fill_null(False)


def any_of(conditions: Conditions) -> ir.BooleanValue:
    """Whether any of the conditions holds."""
    result = _false()
    for condition in conditions.values():
        result = result | holds(condition)
    return result


def proportion(of: Population, achieved: ir.BooleanValue, **details: object) -> Part:
    """A percentage of rows."""
    return Part(kind=Kind.PROPORTION, of=of, achieved=achieved, **details)  # type: ignore[arg-type]


def count(of: Population, achieved: ir.BooleanValue | None = None, **details: object) -> Part:
    """A number of rows; without a condition every row counts and there is no denominator."""
    if achieved is None:
        details.setdefault("has_denominator", False)
        achieved = ~_false()
    return Part(kind=Kind.COUNT, of=of, achieved=achieved, **details)  # type: ignore[arg-type]


def rate(of: Population, achieved: ir.BooleanValue | None = None, **details: object) -> Part:
    """A number of rows, per 10,000 children aged 0 to 17 where the population is known."""
    achieved = ~_false() if achieved is None else achieved
    return Part(kind=Kind.RATE, of=of, achieved=achieved, has_denominator=False, **details)  # type: ignore[arg-type]


def mean(
    of: Population, *, total: ir.NumericValue, over: ir.NumericValue | None = None, **details: object
) -> Part:
    """A sum over a sum: cases per FTE, mean days, pounds a week."""
    details.setdefault("is_judged", False)
    return Part(
        kind=Kind.MEAN,
        of=of,
        achieved=ibis.literal(True),
        numerator=total,
        denominator=over,
        **details,  # type: ignore[arg-type]
    )


def statistic(
    of: Population, *, value: ir.NumericValue, quantile: tuple[int, int] | None, **details: object
) -> Part:
    """A quantile: the value at position ceil(n * quantile) in ascending order; None: the average."""
    return Part(
        kind=Kind.STATISTIC,
        of=of,
        achieved=ibis.literal(False),
        value=value,
        quantile=quantile,
        is_judged=False,
        **details,  # type: ignore[arg-type]
    )


def coded(part: Part, code: str, **changes: object) -> Part:
    """The same part under another code, with changes."""
    return replace(part, code=code, **changes)  # type: ignore[arg-type]
