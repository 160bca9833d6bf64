"""Of which year is an SSDA903 return, going by its dates?

The return of a year covers 1 April of the year before to 31 March. Every episode in it is open or
ended in that year, so the ends of episodes say which year it is, even where a few are mistyped.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.ingest.extract import Refused, Severity
from goldenthread.ingest.returns.cells import YEARS, read_day_first_date
from goldenthread.ingest.ssda903.files import Delivered
from goldenthread.ingest.values import Unreadable

# In order: the first item with a date decides. Starts go back years: there the latest counts.
_ENDS = (
    ("ssda903_episodes", "DEC"),
    ("ssda903_missing", "MIS_START"),
    ("ssda903_reviews", "REVIEW"),
)
_STARTS = (("ssda903_social_worker_episodes", "SW_DECOM"), ("ssda903_episodes", "DECOM"))


def return_year_of(day: date) -> int:
    """The year of the return that covers a day."""
    return day.year + (day >= date(day.year, 4, 1))


@dataclass(frozen=True)
class _Evidence:
    """What the dates say about the year; from starts alone it may also be a later one."""

    year: int | None
    reason: str
    may_be_later: bool = False

    def speaks_against(self, year: int) -> bool:
        if self.year is None or (self.may_be_later and year > self.year):
            return False
        return year != self.year


def settle_year(files: Sequence[Delivered], given: int | None, made_on: date | None = None) -> int:
    """The year given, else the year the dates agree on, else that of the last 31 March on or before
    the day the files were made; Refused where nothing says.
    """
    found = _year_of_dates(files)
    if found.year is None and made_on is not None:
        year = made_on.year - ((made_on.month, made_on.day) < (3, 31))
        found = _Evidence(
            year, f"the dates do not say ({found.reason}), and the files were made on {made_on}"
        )
    first = next(file for file in files if file.status == "read")
    year = given if given is not None else found.year
    if year is None:
        raise Refused(
            f"The year of the SSDA903 return cannot be told: {found.reason}; "
            "give the day the files were made (--as-at)."
        )
    if year not in YEARS:
        raise Refused(
            f"This is an SSDA903 return of {year}; returns of {YEARS[0]} to {YEARS[-1]} can be read."
        )
    if given is None:
        first.remarks.once("return-year", f"Read as the return of {year}: {found.reason}.", row=None)
    elif found.speaks_against(given):
        message = f"The year given is {given}, but {found.reason}."
        first.remarks.once("return-year", message, row=None, severity=Severity.WARNING)
    return year


def _year_of_dates(files: Sequence[Delivered]) -> _Evidence:
    for table, heading in _ENDS:
        years = Counter(return_year_of(day) for day in _days(files, table, heading))
        if years:
            year, number = years.most_common(1)[0]
            said = f"{number:,} of {years.total():,} {heading} dates are in the year to 31 March {year}"
            return _Evidence(year, said) if number * 2 > years.total() else _Evidence(None, f"only {said}")
    for table, heading in _STARTS:
        days = list(_days(files, table, heading))
        if days:
            year = return_year_of(max(days))
            said = f"the latest {heading}, {max(days)}, is in the year to 31 March {year}"
            return _Evidence(year, said, may_be_later=True)
    return _Evidence(None, "no file holds a date of an episode, a missing episode or a review")


def _days(files: Sequence[Delivered], table: str, heading: str) -> list[date]:
    days: list[date] = []
    for file in files:
        if file.table != table or file.status != "read":
            continue
        for text in file.texts(heading):
            try:
                days.append(read_day_first_date(text.strip()))
            except Unreadable:
                continue  # reported when the column itself is read
    return days
