"""How sure is a share of so few? The 95 percent interval of Wilson."""

from dataclasses import dataclass
from decimal import Decimal, localcontext

Z = Decimal("1.959963984540054")  # of the normal distribution, for 95 percent


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many, with the interval in which the true share lies 95 times of 100; in percent."""

    part: int
    whole: int
    percent: Decimal | None
    low: Decimal | None
    high: Decimal | None

    @property
    def said(self) -> str:
        """62.5%, 95% interval 30.6% to 86.3%, 5 of 8."""
        if self.percent is None:
            return "none"
        return f"{self.percent:.1f}%, 95% interval {self.interval}, {self.part} of {self.whole}"

    @property
    def interval(self) -> str:
        """30.6% to 86.3%; blank where there is none."""
        return "" if self.low is None else f"{self.low:.1f}% to {self.high:.1f}%"


def share(part: int, whole: int) -> Share:
    """A share with its interval; without numbers where the whole is nought."""
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is no share.")
    if not whole:
        return Share(part=0, whole=0, percent=None, low=None, high=None)
    with localcontext() as context:
        context.prec = 28
        number, seen = Decimal(whole), Decimal(part) / Decimal(whole)
        square = Z * Z
        middle = seen + square / (2 * number)
        spread = Z * ((seen * (1 - seen) + square / (4 * number)) / number).sqrt()
        below = 1 + square / number
        # Nought of n begins at nought and n of n ends at one, whatever the arithmetic leaves over.
        low = Decimal(0) if not part else (middle - spread) / below
        high = Decimal(1) if part == whole else (middle + spread) / below
    return Share(part=part, whole=whole, percent=seen * 100, low=low * 100, high=high * 100)
