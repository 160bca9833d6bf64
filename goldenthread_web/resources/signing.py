"""Which quarter is signed off, which is next, and does a signed one still say what the books say?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goldenthread_web.resources.models import InvestmentLine, SignOff, Spend
from goldenthread_web.resources.quarters import Quarter, quarter_of
from goldenthread_web.resources.queries import Standing, standing
from goldenthread_web.resources.sources import sources

AMOUNTS = ("approved", "profiled", "spent", "forecast")


@dataclass(frozen=True, kw_only=True)
class Signed:
    """One line as it was signed."""

    ref: str
    title: str
    kind: str
    source: str
    approved: Decimal | None
    profiled: Decimal | None
    spent: Decimal | None
    forecast: Decimal | None

    @property
    def source_said(self) -> str:
        """Where the money comes from, in words."""
        return sources().get(self.source, self.source)

    @property
    def basis(self) -> str:
        """What its amounts are about."""
        return "a year" if self.kind == InvestmentLine.Kind.RECURRENT else "in all"


@dataclass(frozen=True, kw_only=True)
class Restated:
    """A number that was signed, beside what the books say of that day now."""

    ref: str
    what: str
    signed: Decimal | None
    now: Decimal | None


def sign_offs() -> list[SignOff]:
    """Every quarter that was signed, the latest first."""
    return list(SignOff.objects.select_related("signed_by"))


def sign_off_of(quarter: Quarter) -> SignOff | None:
    """Who signed a quarter; None: nobody yet."""
    found = SignOff.objects.filter(year=quarter.year, quarter=quarter.number)
    return found.select_related("signed_by").first()


def signed_to() -> date | None:
    """The last day whose money is signed: nothing is entered on or before it. None: nothing is signed."""
    latest = SignOff.objects.order_by("-year", "-quarter").first()
    return None if latest is None else Quarter(latest.year, latest.quarter).ends_on


def next_quarter() -> Quarter | None:
    """The first quarter that nobody signed; None before the first line of money begins."""
    latest = signed_to()
    if latest is not None:
        return quarter_of(latest).following
    starts = list(InvestmentLine.objects.values_list("starts_on", flat=True))
    return quarter_of(min(starts)) if starts else None


def waiting(on: date) -> list[Quarter]:
    """Quarters that have ended by a day and that nobody signed, the earliest first."""
    found, quarter = [], next_quarter()
    while quarter is not None and quarter.ends_on < on:
        found.append(quarter)
        quarter = quarter.following
    return found


def entered_by(quarter: Quarter) -> set[int]:
    """Who entered money of a quarter: none of them signs it."""
    spends = Spend.objects.filter(spent_on__range=(quarter.starts_on, quarter.ends_on))
    return set(spends.values_list("entered_by_id", flat=True))


def frozen(found: list[Standing]) -> list[dict[str, str | None]]:
    """Lines as they are kept with a signature: amounts as text, exact."""
    return [
        {
            "ref": one.line.ref,
            "title": one.line.title,
            "kind": one.line.kind,
            "source": one.line.source,
            **{name: _text(getattr(one, name)) for name in AMOUNTS},
        }
        for one in found
    ]


def signed_lines(sign_off: SignOff) -> list[Signed]:
    """The lines as they were signed."""
    return [_signed(one) for one in sign_off.figures]


def as_signed(found: list[Standing]) -> list[Signed]:
    """Lines as they would be signed now."""
    return [_signed(one) for one in frozen(found)]


def restated(sign_off: SignOff) -> list[Restated]:
    """What the books say otherwise now of the last day of a signed quarter; the signature stands."""
    day = Quarter(sign_off.year, sign_off.quarter).ends_on
    signed = {one.ref: one for one in signed_lines(sign_off)}
    now = {one.line.ref: one for one in standing(day)}
    return [
        Restated(ref=ref, what=name, signed=before, now=after)
        for ref in sorted({*signed, *now})
        for name in AMOUNTS
        if (before := getattr(signed.get(ref), name, None)) != (after := getattr(now.get(ref), name, None))
    ]


def _signed(one: Mapping[str, str | None]) -> Signed:
    amounts = {name: _number(one[name]) for name in AMOUNTS}
    words = {name: one[name] or "" for name in ("ref", "title", "kind", "source")}
    return Signed(**words, **amounts)


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
