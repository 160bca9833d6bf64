"""How sure is a share of so few case audits? So many of so many, with the interval beside it."""

from dataclasses import dataclass

from goldenthread_web.sampling.intervals import Interval
from goldenthread_web.sampling.intervals import interval as interval_of


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share in percent, with the interval in which the true one lies 95 times of 100; None of nothing."""

    part: int
    whole: int
    percent: float | None
    interval: Interval | None

    @property
    def said(self) -> str:
        """62.5%, 95% interval 31% to 86%, 5 of 8."""
        if self.percent is None or self.interval is None:
            return "none"
        return f"{self.percent:.1f}%, 95% interval {self.interval.said}, {self.part} of {self.whole}"


def share(part: int, whole: int) -> Share:
    """A share with its interval; without numbers where the whole is nought."""
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is no share.")
    percent = 100 * part / whole if whole else None
    return Share(part=part, whole=whole, percent=percent, interval=interval_of(part, whole))
