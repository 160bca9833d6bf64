"""What did a dip sample find, item by item, and how sure is that? And how was it the times before?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from goldenthread.figures.suppression import DEFAULT_BELOW, rounded_to
from goldenthread_web.dip_samples.models import Answer, DipSample, Item
from goldenthread_web.sampling.intervals import Interval, interval
from goldenthread_web.worklist.small_numbers import ROUND_TO

FEWEST_FOR_A_SHARE = 10  # of fewer cases no percentage is shown to whoever sees no small numbers
HIDDEN = "c"


@dataclass(frozen=True, kw_only=True)
class ItemResult:
    """How often an item was yes, of the cases to which it applies."""

    item: Item
    yes: int
    no: int
    not_applicable: int
    threshold: int

    @property
    def of(self) -> int:
        """In how many cases the item applies and was answered."""
        return self.yes + self.no

    @property
    def percent(self) -> float | None:
        """The share that was yes; None where it applied to nobody."""
        return 100 * self.yes / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """Where the share of all cases may lie."""
        return interval(self.yes, self.of)

    @property
    def is_below(self) -> bool:
        """Whether too few were yes."""
        return self.percent is not None and self.percent < self.threshold


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A result as a person may read it; blank where it is hidden from them."""

    item: Item
    number: str
    percent: str
    interval: str
    not_applicable: str
    is_below: bool | None  # None: hidden, or nobody to judge
    is_hidden: bool


def results_of(dip_samples: Iterable[DipSample]) -> Mapping[int, tuple[ItemResult, ...]]:
    """The results of each dip sample by its key. One query, beside the items that were read with it."""
    wanted = list(dip_samples)
    counts: dict[tuple[int, int, str], int] = defaultdict(int)
    found = Answer.objects.filter(line__dip_sample__in=wanted).order_by()
    for row in found.values("line__dip_sample", "item", "said").annotate(number=Count("pk")):
        counts[row["line__dip_sample"], row["item"], row["said"]] = row["number"]
    return {
        one.pk: tuple(
            ItemResult(
                item=item,
                yes=counts[one.pk, item.pk, Answer.Said.YES],
                no=counts[one.pk, item.pk, Answer.Said.NO],
                not_applicable=counts[one.pk, item.pk, Answer.Said.NOT_APPLICABLE],
                threshold=one.design_version.threshold,
            )
            for item in one.design_version.items.all()
        )
        for one in wanted
    }


def shown(results: Sequence[ItemResult], *, is_public_view: bool) -> list[Shown]:
    """The results as a person may read them: small numbers hidden, and what would give them back."""
    return [_public(one) if is_public_view else _whole(one) for one in results]


def _whole(one: ItemResult) -> Shown:
    return Shown(
        item=one.item,
        number=f"{one.yes} of {one.of}",
        percent="" if one.percent is None else f"{one.percent:.0f}%",
        interval="" if one.interval is None else one.interval.said,
        not_applicable=f"{one.not_applicable}",
        is_below=None if one.percent is None else one.is_below,
        is_hidden=False,
    )


def _public(one: ItemResult) -> Shown:
    """The share alone, of a number rounded to five; nothing where yes, no or their sum is small.

    To how many it did not apply is never told: with the size of the sample that would give the others back.
    """
    is_few = 0 < one.of < FEWEST_FOR_A_SHARE or any(0 < n < DEFAULT_BELOW for n in (one.yes, one.no))
    if is_few or one.percent is None:
        said = HIDDEN if is_few else ""
        return Shown(
            item=one.item,
            number=said,
            percent=said,
            interval="",
            not_applicable=HIDDEN,
            is_below=None,
            is_hidden=is_few,
        )
    return Shown(
        item=one.item,
        number=f"of about {rounded_to(Decimal(one.of), ROUND_TO)}",
        percent=f"{one.percent:.0f}%",
        interval="",
        not_applicable=HIDDEN,
        is_below=one.is_below,
        is_hidden=False,
    )


def below_said(found: Sequence[ItemResult], *, is_public_view: bool) -> str:
    """Which items are below the threshold, as a list of their short names; blank: none that may be told."""
    said = shown(found, is_public_view=is_public_view)
    return ", ".join(one.item.short for one in said if one.is_below)


@dataclass(frozen=True, kw_only=True)
class Series:
    """The same design asked again and again of children chosen in the same way; never of others."""

    method: str  # in words
    dip_samples: tuple[DipSample, ...]  # the earliest first
    rows: tuple[tuple[str, tuple[Shown | None, ...]], ...]  # an item's short name, and each time's result


def compared(finished: Sequence[DipSample], *, is_public_view: bool) -> list[Series]:
    """What was found each time, side by side; children chosen for a reason apart from those at random."""
    results = results_of(finished)
    by_method: dict[str, list[DipSample]] = defaultdict(list)
    for one in sorted(finished, key=lambda one: (one.sample.drawn_on, one.pk)):
        by_method[one.sample.get_method_display()].append(one)
    return [_series(method, found, results, is_public_view) for method, found in sorted(by_method.items())]


def _series(
    method: str,
    found: Sequence[DipSample],
    results: Mapping[int, tuple[ItemResult, ...]],
    is_public_view: bool,
) -> Series:
    names: dict[str, str] = {}
    of_item: dict[tuple[str, int], Shown] = {}
    for one in found:
        for said in shown(results[one.pk], is_public_view=is_public_view):
            names[said.item.code] = said.item.short
            of_item[said.item.code, one.pk] = said
    rows = tuple(
        (short, tuple(of_item.get((code, one.pk)) for one in found)) for code, short in names.items()
    )
    return Series(method=method, dip_samples=tuple(found), rows=rows)
