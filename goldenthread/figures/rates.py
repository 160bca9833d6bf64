"""Out of how many children is a rate? The mid-year estimates of the area that its figures are of.

A rate is of the calendar year before the one in which its period ends: the year to 31 March 2018 goes with
mid-2017. Of a locality it is where its estimate was entered; a team, a worker or an age band has no
population, and their rates stay numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from goldenthread.figures.run import Run
from goldenthread.periods import Period
from goldenthread.standard import table

TABLE = "reference_population"
WHOLE = "whole"  # stands for the area of the council, whatever its code
_estimates = table(TABLE).rows


@dataclass(frozen=True)
class Estimates:
    """Children aged 0 to 17, by area and calendar year."""

    authority: str
    by_area_and_year: Mapping[tuple[str, int], int]

    def of(self, breakdown: Mapping[str, str], period: Period) -> Decimal | None:
        """The children whom a figure's rate is out of; None where no estimate was entered."""
        areas = {(): (self.authority, WHOLE), ("locality",): (breakdown.get("locality", ""),)}
        keys = [(area, period.ends_on.year - 1) for area in areas.get(tuple(breakdown), ())]
        found = next((self.by_area_and_year[key] for key in keys if key in self.by_area_and_year), 0)
        return Decimal(found) if found else None


def estimates(run: Run) -> Estimates:
    """What was entered, as the run reads it."""
    rows: Sequence[Mapping[str, object]] = ()
    if run.supplies.has(TABLE):
        columns = ("area", "year", "population_0_17")
        rows = run.read(lambda: _estimates.select(*columns), key=f"rows:{TABLE}").to_pylist()
    found = {(str(row["area"]), int(str(row["year"]))): int(str(row["population_0_17"])) for row in rows}
    return Estimates(run.load.authority, found)
