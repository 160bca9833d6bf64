"""What do figures read of figures? The headline indicators month by month, with the target of each day.

GOV-05 counts the results of this service's own indicators, so it is worked out after all the others of a set
and from their figures: `goldenthread_web.figures.working_out` hands them in. No result of an indicator that
reads these rows is among them, so nothing goes in a circle, and a set never counts the results of another.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from goldenthread.figures.figure import Figure
from goldenthread.figures.scorecard.summary import HEADLINE_TIER
from goldenthread.figures.wording import is_month
from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.figures.card import current_set
from goldenthread_web.figures.lines import MONTH, figures_of, shown
from goldenthread_web.figures.targets import in_force


def indicator_results(figures: Iterable[Figure] | None = None) -> Iterator[dict[str, Any]]:
    """A row per headline indicator and month of these figures; of the set in force where none are named."""
    on = cache(in_force)
    for one in _headlines(_of_set_in_force() if figures is None else figures):
        definition = catalogue()[one.ref]
        target = on(one.period.ends_on).get(one.ref)
        yield {
            "indicator_id": one.ref,
            "period_end": one.period.ends_on,
            "value": one.value,
            "target": None if target is None else target.value,
            "polarity": definition.polarity,
            "is_headline": True,
        }


def _headlines(figures: Iterable[Figure]) -> Iterable[Figure]:
    """One figure for each headline indicator and month; one with a value before one that lacks something."""
    found: dict[tuple[str, date], Figure] = {}
    for one in figures:
        is_headline = not one.part and not one.breakdown and catalogue()[one.ref].tier == HEADLINE_TIER
        if is_headline and is_month(one.period):
            place = one.ref, one.period.ends_on
            if place not in found or found[place].value is None:
                found[place] = one
    return found.values()


def _of_set_in_force() -> list[Figure]:
    found = current_set()
    if found is None:
        return []
    lines = found.worked_out.figure_lines.filter(every=MONTH, breakdown="", part="").order_by("id")
    return figures_of(shown(lines, is_public_view=False))
