"""Which quarter of which financial year is a day in? A financial year begins on 1 April."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a financial year: 2017 and 3 are October to December 2017."""

    year: int
    number: int

    @property
    def starts_on(self) -> date:
        """Its first day."""
        month = 3 * self.number + 1
        return date(self.year, month, 1) if self.number < 4 else date(self.year + 1, 1, 1)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.following.starts_on - timedelta(days=1)

    @property
    def following(self) -> "Quarter":
        """The next one."""
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    @property
    def before(self) -> "Quarter":
        """The one before."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def said(self) -> str:
        """Quarter 3 of 2017/18."""
        return f"Quarter {self.number} of {year_said(self.year)}"

    @property
    def months_said(self) -> str:
        """October to December 2017."""
        return f"{self.starts_on:%B} to {self.ends_on:%B %Y}"


def quarter_of(day: date) -> Quarter:
    """The quarter that holds a day."""
    return Quarter(year_of(day), (day.month - 4) % 12 // 3 + 1)


def year_of(day: date) -> int:
    """The financial year that holds a day, by the year it begins in."""
    return day.year if day.month >= 4 else day.year - 1


def year_said(year: int) -> str:
    """2017/18."""
    return f"{year}/{(year + 1) % 100:02d}"
