"""Which load serves which period? (precedence, local extracts spec)

Indicators of a period are read at the as-at date of the load in force. A snapshot or rolling one at an
earlier day is read from the load of that day if there is one, else from the latest load of local
extracts made on or after it, whose history allows it; else it is not computable for that day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from goldenthread.figures.run import Loaded
from goldenthread.indicators.catalogue import Definition
from goldenthread.periods import Period


class Loads(Protocol):
    """The loads of a store."""

    def current(self) -> Loaded | None:
        """The load in force."""
        ...

    def serving(self, on: date) -> Loaded | None:
        """The load that answers for a day."""
        ...

    def compiled_folder(self) -> Path | None:
        """Where compiled definitions are kept; None keeps them in the process only."""
        ...


@dataclass(frozen=True)
class Serving:
    """For each period of a series (by position): the load that answers, None if none does."""

    of_periods: Mapping[int, Loaded]
    snapshots: Mapping[int, Loaded | None]

    def of(self, definition: Definition) -> Mapping[int, Loaded | None]:
        """The load for each period, by what the indicator looks at."""
        return self.of_periods if definition.measure_type == "period" else self.snapshots


def serving(loads: Loads, periods: Sequence[Period]) -> Serving:
    """Find the load for each period; the load in force must exist."""
    current = loads.current()
    if current is None:
        raise LookupError("nothing is loaded")
    return Serving(
        of_periods=dict.fromkeys(range(len(periods)), current),
        snapshots={n: _snapshot(loads, current, period) for n, period in enumerate(periods)},
    )


def _snapshot(loads: Loads, current: Loaded, period: Period) -> Loaded | None:
    return current if period.ends_on == current.as_at_on else loads.serving(period.ends_on)
