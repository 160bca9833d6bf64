"""How one row stands to one part: its status, whether it is counted, and what it adds.

These expressions are the only reading of a Part: figures sum them, lists print them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from goldenthread.indicators.catalogue import Definition
from goldenthread.indicators.part import Conditions, Kind, Part, any_of, holds
from goldenthread.settings import parameter

EXACT = "decimal(38, 10)"  # sums of FTE and pounds are exact; shares of days are cut far below a penny


@dataclass(frozen=True, eq=False)
class Judged:
    """The expressions of one part over its population's rows (those that fulfil `where`)."""

    part: Part
    in_numerator: ir.BooleanValue
    counted: ir.BooleanValue
    is_unknown: ir.BooleanValue
    status: ir.StringValue
    because: ir.StringValue  # the sentence of the condition that set the row aside, else null

    @property
    def numerator(self) -> ir.NumericValue:
        """What the row adds to the numerator."""
        return _weight(self.in_numerator, self.part.numerator)

    @property
    def denominator(self) -> ir.NumericValue:
        """What the row adds to the denominator."""
        return _weight(self.counted, self.part.denominator)

    @property
    def is_relevant(self) -> ir.BooleanValue:
        """Whether the row makes a line of figures: counted, in the numerator or unknown."""
        return self.counted | self.in_numerator | self.is_unknown


def _weight(condition: ir.BooleanValue, weight: ir.NumericValue | None) -> ir.NumericValue:
    if weight is None:
        return condition.cast("int64")
    return condition.ifelse(weight.fill_null(0).cast(EXACT), ibis.literal(0).cast(EXACT))


def _within(part: Part, conditions: Conditions) -> ir.BooleanValue:
    return any_of(conditions) & (ibis.literal(True) if part.where is None else holds(part.where))


def judged(part: Part, definition: Definition) -> Judged:
    """Read a part: see Part for the order in which conditions apply."""
    # Never a constant: even a condition that always holds is a column of the rows.
    inside = part.of.table.period.notnull() if part.where is None else holds(part.where)
    excluded, not_due = _within(part, part.excluded), _within(part, part.not_due)
    unknown, kept = _within(part, part.unknown), _within(part, part.unknown_in)
    is_judged = inside & ~excluded & ~not_due & ~unknown
    achieved = holds(part.achieved) & is_judged & ~kept
    counted = is_judged & (ibis.literal(True) if part.counted is None else holds(part.counted))
    if part.done is not None:
        achieved = achieved & holds(part.done)
        counted = counted & (holds(part.done) | _counts_overdue(definition))
    left_out = is_judged & kept
    is_unknown = (inside & ~excluded & ~not_due & unknown) | left_out
    if part.unknown_achieved:
        judged_all_the_same = _within(part, part.unknown_achieved)
        kept, is_unknown = kept | judged_all_the_same, is_unknown | (is_judged & judged_all_the_same)
    status = ibis.cases(
        (excluded, "excluded"),
        (not_due, "not_due"),
        (unknown | kept, "unknown"),
        else_=_status(part, definition, achieved, counted),
    )
    return Judged(part, achieved, counted, is_unknown, status, _because(part))


def _counts_overdue(definition: Definition) -> ir.BooleanValue:
    basis = parameter("timeliness_basis", definition.ref)
    return (basis == "").ifelse(ibis.literal(definition.default_basis == "due"), basis == "due")


def _status(
    part: Part, definition: Definition, achieved: ir.BooleanValue, counted: ir.BooleanValue
) -> ir.StringValue:
    """Status of a judged row; null where no row is judged, as `met` is blank there."""
    if part.done is not None:
        in_time = achieved if part.in_time is None else holds(part.in_time)
        return ibis.cases((in_time, "in_time"), (holds(part.done), "late"), else_="overdue")
    if not part.is_judged or part.kind in (Kind.MEAN, Kind.STATISTIC):
        return ibis.null("string")
    met = met_when_counted(definition, achieved)
    return ibis.cases((~counted, ibis.null("string")), (met, "met"), else_="not_met")


def met_when_counted(definition: Definition, in_numerator: ir.BooleanValue) -> ir.BooleanValue:
    """The standard is met where the row is in the numerator; for low polarity where it is not."""
    return ~in_numerator if definition.polarity == "low" else in_numerator


def _because(part: Part) -> ir.StringValue:
    """The sentence of the first condition that sets the row aside."""
    ordered: list[Mapping[str, ir.BooleanValue]] = [
        part.excluded,
        part.not_due,
        part.unknown,
        part.unknown_in,
        part.unknown_achieved,
    ]
    cases = [
        (holds(condition), sentence) for conditions in ordered for sentence, condition in conditions.items()
    ]
    if not cases:
        return ibis.null("string")
    return ibis.cases(*cases, else_=ibis.null("string"))
