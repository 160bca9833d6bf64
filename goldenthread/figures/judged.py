"""How one row stands to one part: its status, whether it is counted, and what it adds.

These expressions are the only reading of a Part: figures sum them, lists print them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

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
    exact = weight.fill_null(0).cast("int64" if weight.type().is_integer() else EXACT)
    return condition.ifelse(exact, ibis.literal(0).cast(exact.type()))


def _any(conditions: Conditions) -> ir.BooleanValue | None:
    """Whether any of the conditions holds; None where there are none, to be left out of what is compiled."""
    return any_of(conditions) if conditions else None


def _all(*conditions: ir.BooleanValue | None) -> ir.BooleanValue:
    return reduce(and_, [condition for condition in conditions if condition is not None])


def _not(condition: ir.BooleanValue | None) -> ir.BooleanValue | None:
    return None if condition is None else ~condition


def judged(part: Part, definition: Definition) -> Judged:
    """Read a part: see Part for the order in which conditions apply."""
    # Never a constant: even a condition that always holds is a column of the rows.
    inside = part.of.table.period.notnull() if part.where is None else holds(part.where)
    excluded, not_due, unknown = _any(part.excluded), _any(part.not_due), _any(part.unknown)
    kept, judged_all_the_same = _any(part.unknown_in), _any(part.unknown_achieved)
    is_due = _all(inside, _not(excluded), _not(not_due))
    is_judged = _all(is_due, _not(unknown))
    achieved = _all(is_judged, holds(part.achieved), _not(kept))
    counted = is_judged if part.counted is None else is_judged & holds(part.counted)
    if part.done is not None:
        achieved = achieved & holds(part.done)
        counted = counted & (holds(part.done) | _counts_overdue(definition))
    unknowns = [is_due & unknown] if unknown is not None else []
    unknowns += [is_judged & known for known in (kept, judged_all_the_same) if known is not None]
    is_unknown = reduce(or_, unknowns) if unknowns else inside & False
    set_aside = [(excluded, "excluded"), (not_due, "not_due")]
    set_aside += [(condition, "unknown") for condition in (unknown, kept, judged_all_the_same)]
    status = _status(part, definition, achieved, counted)
    if said := [(condition, word) for condition, word in set_aside if condition is not None]:
        status = ibis.cases(*said, else_=status)
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
