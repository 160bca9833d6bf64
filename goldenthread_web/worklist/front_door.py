"""What became of the contacts of some months, who waits, and who is between services? For pages, as counts.

Whoever may see no small numbers gets whole quarters only, with small numbers and what would tell them hidden
and the others rounded: a page that answers any question about any days would tell them one by one.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.core.cache import caches

from goldenthread.calendar import add_months
from goldenthread.settings import Settings
from goldenthread.worklist.funnel_counts import FunnelCounts, counted, ends, label_of
from goldenthread_web.extracts.current import local_settings
from goldenthread_web.extracts.day import FUNNEL_MONTHS, Day
from goldenthread_web.worklist.small_numbers import shown_numbers
from goldenthread_web.worklist.steps import COUNTED, step_counts

FEWEST_FOR_PERCENTAGE = 10  # in whatever a member can see
_AGES = (  # of a contact without a decision, in hours: from, to below
    ("Under 24 hours", 0, 24),
    ("24 to 47 hours", 24, 48),
    ("48 to 71 hours", 48, 72),
    ("3 or 4 days", 72, 120),
    ("5 days or more", 120, None),
)
NO_TIME = "No time of day recorded"
Number = int | None  # None: hidden


@dataclass(frozen=True)
class Months:
    """Some months whose contacts are followed."""

    code: str
    words: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class Part:
    """So many of so many; a percentage where it may be told."""

    numerator: Number
    denominator: Number
    is_public: bool

    @property
    def percent(self) -> float | None:
        """The share, or None where it is hidden or of nothing."""
        if self.numerator is None or not self.denominator:
            return None
        if self.is_public and self.denominator < FEWEST_FOR_PERCENTAGE:
            return None
        return 100 * self.numerator / self.denominator


@dataclass(frozen=True, kw_only=True)
class StageShown:
    """One stage of the funnel."""

    label: str
    reached: Number
    open: Number
    ended: Number


@dataclass(frozen=True, kw_only=True)
class EndShown:
    """One place at which contacts stand."""

    label: str
    kind: str
    number: Number


@dataclass(frozen=True, kw_only=True)
class SourceShown:
    """One agency."""

    source: str
    received: Number
    decided: Number
    referrals: Part
    no_further_action: Part
    not_told: Number


@dataclass(frozen=True, kw_only=True)
class Followed:
    """The contacts of some months, as the page shows them."""

    received: Number
    open: Number
    stages: Sequence[StageShown]
    ends: Sequence[EndShown]
    sources: Sequence[SourceShown]
    in_time: Part
    referrals: Part


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """Contacts without a decision, by age."""

    total: Number
    beyond: Number
    ages: Sequence[tuple[str, Number]]


def months_to_choose(as_at: date, *, is_public: bool) -> list[Months]:
    """Stretches of months that can be chosen; whole quarters only for whoever may see no small numbers."""
    since = add_months(as_at, -FUNNEL_MONTHS)
    first_of_month = (as_at + timedelta(1)).replace(day=1)
    quarter = first_of_month.replace(month=(first_of_month.month - 1) // 3 * 3 + 1)
    quarters = [_months(add_months(quarter, -3 * n), 3) for n in range(1, FUNNEL_MONTHS // 3 + 1)]
    if is_public:
        return [one for one in quarters if one.starts_on > since]
    rolling = [
        Months(f"last-{n}", f"Last {n} months", add_months(as_at, -n) + timedelta(1), as_at)
        for n in (3, 6, 12)
    ]
    single = [_months(add_months(first_of_month, -n), 1) for n in range(1, 13)]
    return [*rolling, *(one for one in quarters + single if one.starts_on > since)]


def _months(first: date, number: int) -> Months:
    last = add_months(first, number) - timedelta(1)
    words = f"{first:%B %Y}" if number == 1 else f"{first:%B} to {last:%B %Y}"
    return Months(f"{first:%Y-%m}-{number}", words, first, last)


def followed(day: Day, months: Months, *, is_public: bool) -> Followed:
    """The contacts of some months: kept for the load, the settings and the months."""
    local = local_settings()
    said = json.dumps([dict(local.parameters), dict(local.timeliness_basis)], sort_keys=True, default=str)
    key = hashlib.sha256(f"{day.load.hash}{months}{is_public}{said}".encode()).hexdigest()
    return caches["worked_out"].get_or_set(
        f"front_door:{key}",
        lambda: _followed(counted(day.funnel, months.starts_on, months.ends_on), local, is_public),
    )


def _followed(counts: FunnelCounts, local: Settings, is_public: bool) -> Followed:
    number = shown_numbers(*_cells(counts)) if is_public else _cells(counts)[0].get
    stages = [
        StageShown(
            label=stage.label,
            reached=number(("stage", stage.code)),
            open=number(("open", stage.code)),
            ended=number(("ended", stage.code)),
        )
        for stage in counts.stages
    ]
    return Followed(
        received=number(("stage", counts.stages[0].code)),
        open=number(("all_open",)),
        stages=stages,
        ends=[
            EndShown(label=label_of(end, local), kind=end.kind, number=number(("end", code)))
            for code, end in ends().items()
            if counts.ends[code]
        ],
        sources=[
            SourceShown(
                source=one.source,
                received=number((one.source, "received")),
                decided=number((one.source, "decided")),
                referrals=_part(number, (one.source, "referrals"), (one.source, "told"), is_public),
                no_further_action=_part(number, (one.source, "nfa"), (one.source, "told"), is_public),
                not_told=number((one.source, "not_told")),
            )
            for one in counts.sources
        ],
        in_time=_part(number, ("in_time",), ("timed",), is_public),
        referrals=_part(number, ("all", "referrals"), ("all", "told"), is_public),
    )


def _part(number: Callable[[Any], Number], of: object, whole: object, is_public: bool) -> Part:
    return Part(numerator=number(of), denominator=number(whole), is_public=is_public)


Cells = dict[tuple[str, ...], int]
Sums = list[tuple[tuple[str, ...], list[tuple[str, ...]]]]


def _cells(counts: FunnelCounts) -> tuple[Cells, Sums]:
    """Every number of the page, and which are the sums of which: also of those that the page leaves out."""
    cells: Cells = {("end", code): number for code, number in counts.ends.items()}
    cells[("all_open",)] = counts.open
    sums: Sums = []
    for stage, following in zip(counts.stages, [*counts.stages[1:], None], strict=True):
        here = [end for end in ends().values() if end.stage == stage.code]
        cells |= {
            ("stage", stage.code): stage.reached,
            ("open", stage.code): stage.open,
            ("ended", stage.code): stage.ended,
        }
        goes_on = [("end", end.code) for end in here if end.kind in ("open", "late")]
        stops = [("end", end.code) for end in here if end.kind in ("ended", "untold")]
        sums += [(("open", stage.code), goes_on)] if goes_on else []
        sums += [(("ended", stage.code), stops)] if stops else []
        after = [("stage", following.code)] if following else [("end", e.code) for e in here]
        sums.append((("stage", stage.code), [("open", stage.code), ("ended", stage.code), *after]))
    sums.append((("all_open",), [("open", stage.code) for stage in counts.stages]))
    of_all = _of_sources(counts, cells, sums)
    cells |= {("in_time",): counts.in_time.numerator, ("timed",): counts.in_time.denominator}
    cells[("untimely",)] = counts.in_time.denominator - counts.in_time.numerator
    cells[("not_timed",)] = counts.received - counts.in_time.denominator
    sums.append((("timed",), [("in_time",), ("untimely",)]))
    sums.append((("stage", counts.stages[0].code), [("timed",), ("not_timed",)]))
    return cells | of_all, sums


def _of_sources(counts: FunnelCounts, cells: Cells, sums: Sums) -> Cells:
    """The numbers of each agency, which add up to those of all."""
    found: Cells = {}
    for one in counts.sources:
        told = one.referrals.denominator
        found |= {
            (one.source, "received"): one.received,
            (one.source, "decided"): one.decided,
            (one.source, "waiting"): one.received - one.decided,
            (one.source, "told"): told,
            (one.source, "not_told"): one.decided - told,
            (one.source, "referrals"): one.referrals.numerator,
            (one.source, "nfa"): one.no_further_action,
            (one.source, "otherwise"): told - one.referrals.numerator - one.no_further_action,
        }
        sums.append(((one.source, "received"), [(one.source, "decided"), (one.source, "waiting")]))
        sums.append(((one.source, "decided"), [(one.source, "told"), (one.source, "not_told")]))
        parts = [(one.source, name) for name in ("referrals", "nfa", "otherwise")]
        sums.append(((one.source, "told"), parts))
    wholes = {
        "received": ("stage", "received"),
        "decided": ("stage", "decided"),
        "nfa": ("end", "nfa"),
        "told": ("all", "told"),
        "referrals": ("all", "referrals"),
    }
    found |= {("all", "told"): counts.referrals.denominator, ("all", "referrals"): counts.referrals.numerator}
    for name, whole in wholes.items():
        if counts.sources:
            sums.append((whole, [(one.source, name) for one in counts.sources]))
    return found


def backlog(day: Day, *, is_public: bool) -> Backlog:
    """Contacts without a decision at the end of the load's day, by age."""
    hours = day.contacts["hours"]
    cells: Cells = {("age", NO_TIME): hours.null_count}
    for words, low, high in _AGES:
        is_here = pc.greater_equal(hours, low)
        if high is not None:
            is_here = pc.and_(is_here, pc.less(hours, high))
        cells[("age", words)] = _true(is_here)
    ages = [("age", words) for words, _, _ in _AGES] + [("age", NO_TIME)]
    cells[("total",)] = day.contacts.num_rows
    cells[("beyond",)] = _true(day.contacts["is_beyond_limit"])
    cells[("inside",)] = cells[("total",)] - cells[("beyond",)]
    sums: Sums = [(("total",), ages), (("total",), [("beyond",), ("inside",)])]
    number = shown_numbers(cells, sums) if is_public else cells.get
    shown = [key for key in ages if key[1] != NO_TIME or cells[key]]
    return Backlog(
        total=number(("total",)), beyond=number(("beyond",)), ages=[(key[1], number(key)) for key in shown]
    )


def steps_in_short(day: Day, *, is_public: bool) -> dict[str, dict[str, Number]]:
    """Steps of the last twelve months by direction: all of them, picked up in time, late, waiting, lost."""
    counts = step_counts(day)
    cells: Cells = {(direction, name): n for direction, of in counts.items() for name, n in of.items()}
    sums: Sums = [((direction, "all"), [(direction, name) for name in COUNTED]) for direction in counts]
    number = shown_numbers(cells, sums) if is_public else cells.get
    return {direction: {name: number((direction, name)) for name in of} for direction, of in counts.items()}


def _true(column: pa.ChunkedArray) -> int:
    return pc.sum(column.cast(pa.int64())).as_py() or 0
