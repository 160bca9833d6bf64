"""Who has no open case any more, and since when?"""

from collections.abc import Collection
from datetime import date

from goldenthread_web.sampling import cohorts

OPEN, CLOSED = "open_cases", "closed"


def left_since(references: Collection[str], on: date) -> dict[str, date]:
    """The children of these without an open case on a day, each with the day on which the case closed.

    Where no closing is recorded it is the day of the load, the first on which the child was seen to be gone.
    """
    load = cohorts.load_in_force()
    still = {one.reference for one in cohorts.candidates(OPEN, on, load=load)}
    gone = set(references) - still
    if not gone:
        return {}
    closed: dict[str, date] = {}
    for one in cohorts.candidates(CLOSED, on, load=load):
        if one.reference in gone and one.day is not None:
            closed[one.reference] = max(one.day, closed.get(one.reference, one.day))
    return {one: closed.get(one, cohorts.as_at(load, on)) for one in gone}
