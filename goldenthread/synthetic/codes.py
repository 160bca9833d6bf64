"""Which codes were in use? Codes come and go with the collection years of the returns."""

from datetime import date
from functools import cache

from goldenthread.standard import code_years


def collection_year(as_at: int) -> int:
    """The year of the last 31 March on or before the day: the latest returns a council has sent."""
    day = date.fromordinal(as_at)
    return day.year if (day.month, day.day) >= (3, 31) else day.year - 1


@cache
def in_use(code_set: str, year: int) -> frozenset[str]:
    """The codes of the set that may be used in a collection year."""
    found = code_years(code_set).items()
    return frozenset(code for code, (first, last) in found if (first or 0) <= year <= (last or 9999))
