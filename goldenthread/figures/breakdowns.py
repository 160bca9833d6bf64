"""By what may figures be broken down, and which value does each row have?"""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from goldenthread.populations.children import age_on
from goldenthread.populations.placing import NOT_KNOWN
from goldenthread.standard import table

# Breakdown on the command line -> column of the rows.
PLACES = {"team": "team", "worker": "worker_id", "service": "service"}
OF_THE_CHILD = ("age_band", "sex", "ethnicity", "disability", "locality")
BREAKDOWNS = (*PLACES, *OF_THE_CHILD)

# The bands of the CIN census and SSDA903 publications, with young people over 18 apart.
_AGE_BANDS = (
    (0, 0, "under 1"),
    (1, 4, "1 to 4"),
    (5, 9, "5 to 9"),
    (10, 15, "10 to 15"),
    (16, 17, "16 to 17"),
)


@dataclass(frozen=True, eq=False)
class _Birth:
    """When a child was born, beside the columns of the same names that a population may have."""

    born_on: ir.DateValue
    is_unborn: ir.BooleanValue


def broken_down(rows: ir.Table, by: Sequence[str]) -> ir.Table:
    """The rows with one column per breakdown, named as on the command line."""
    if set(by) & set(OF_THE_CHILD):
        rows = _with_the_child(rows)
    return rows.mutate(**{name: rows[PLACES[name]] for name in by if name in PLACES and PLACES[name] != name})


def _with_the_child(rows: ir.Table) -> ir.Table:
    children = table("children").rows
    about = children.select(
        "authority",
        "child_id",
        breakdown_born_on=children.born_on,
        breakdown_is_unborn=children.is_unborn.fill_null(False),
        sex=children.sex,
        ethnicity=children.ethnicity,
        disability=children.has_disability.ifelse("yes", "no"),
        locality=children.locality,
    )
    kept = [column for column in rows.columns if column not in about.columns[4:]]
    joined = rows.select(*kept).left_join(about, ["authority", "child_id"]).select(*kept, *about.columns[2:])
    day = joined.on if "on" in kept else joined.ends_on
    # Conditions read the population's own columns: none of them is replaced.
    birth = _Birth(joined.breakdown_born_on, joined.breakdown_is_unborn)
    years = age_on(birth, day)  # type: ignore[arg-type]
    bands = [(years.between(first, last), label) for first, last, label in _AGE_BANDS]
    band = ibis.cases(*bands, (years >= 18, "18 and over"), (birth.is_unborn, "unborn"), else_=NOT_KNOWN)
    named = {
        name: ibis.coalesce(joined[name], NOT_KNOWN)
        for name in ("sex", "ethnicity", "disability", "locality")
    }
    return joined.mutate(age_band=band, **named).drop("breakdown_born_on", "breakdown_is_unborn")
