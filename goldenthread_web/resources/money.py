"""How is money said, read and set against what was agreed? Exact decimals in pounds."""

import re
from decimal import ROUND_HALF_UP, Decimal

_MILLION = Decimal(1_000_000)
_PENNY = Decimal("0.01")
_WRITTEN = re.compile(
    r"(?P<minus>-|minus )?£?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>m|k)?"
)
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000}
MOST = Decimal(10_000_000_000)


def money_said(amount: Decimal) -> str:
    """£5.2m, £4.25m, £450,000, £312.50; less than nothing: minus £450,000.

    From a million on to ten thousand pounds, the half up; `money_exact` says every pound.
    """
    if amount < 0:
        return f"minus {money_said(-amount)}"
    if amount >= _MILLION:
        millions = (amount / _MILLION).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return f"£{_trimmed(millions)}m"
    return money_exact(amount)


def money_exact(amount: Decimal) -> str:
    """£5,200,000, with pence where there are any."""
    if amount < 0:
        return f"minus {money_exact(-amount)}"
    pounds = amount.quantize(_PENNY, ROUND_HALF_UP)
    return f"£{pounds:,.0f}" if pounds == pounds.to_integral_value() else f"£{pounds:,.2f}"


def money_read(text: str) -> Decimal:
    """The amount that £4,200,000, 4.2m, 450k or 312.50 says. ValueError with one sentence otherwise."""
    found = _WRITTEN.fullmatch(text.strip().lower().replace("\u2212", "-").replace("£ ", "£"))
    if found is None:
        raise ValueError("Write an amount in pounds, for example 450,000 or 4.2m.")
    amount = Decimal(found["number"].replace(",", "")) * _UNITS[found["unit"] or ""]
    if amount >= MOST:
        raise ValueError("Is that the right number of zeros? Ten billion pounds and more are not taken.")
    if amount != amount.quantize(_PENNY):
        raise ValueError("Write no more than two digits after the point: there is nothing below a penny.")
    amount = amount.quantize(_PENNY) if amount != amount.to_integral_value() else amount.quantize(Decimal(1))
    return -amount if found["minus"] else amount


def variance_said(expected: Decimal | None, agreed: Decimal | None) -> str:
    """What is expected against what was agreed: £200,000 over what was approved."""
    if agreed is None:
        return "nothing approved yet"
    if expected is None:
        return "no forecast yet"
    if expected == agreed:
        return "as approved"
    if expected > agreed:
        return f"{money_said(expected - agreed)} over what was approved"
    return f"{money_said(agreed - expected)} under what was approved"


def _trimmed(number: Decimal) -> str:
    said = f"{number:,.2f}".rstrip("0")
    return said.rstrip(".")
