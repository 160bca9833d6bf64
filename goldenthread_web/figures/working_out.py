"""Which figures are worked out after a load: of what, by what, for which periods, and what of them is public?

One set of workings serves every breakdown of a series, so that populations are worked out once, whole: three
series compile them once. Where only what people write has changed, the figures that do not read it are taken
over from the set before.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from goldenthread.checking.open_failures import failures_by_rule, open_failures
from goldenthread.checking.report import told
from goldenthread.figures.breakdowns import OF_THE_CHILD
from goldenthread.figures.disclosure import place_of
from goldenthread.figures.figure import NOT_COMPUTABLE, Figure
from goldenthread.figures.public import public
from goldenthread.figures.publication import (
    NotPublished,
    code_version,
    parameters_used,
    publication_names,
    read,
)
from goldenthread.figures.restatement import differences
from goldenthread.figures.serving import Loads
from goldenthread.figures.work_out import broken_down
from goldenthread.figures.workings import Question, Workings
from goldenthread.indicators.catalogue import catalogue
from goldenthread.periods import Every, Period, periods
from goldenthread.settings import Settings
from goldenthread.store import Load, Store
from goldenthread_web.figures.recorded import (
    Written,
    beside,
    readers,
    readers_of_figures,
    with_results,
)
from goldenthread_web.figures.targets import in_force

MONTHS = 36
# How many months members see of a headline; of its parts the latest. Each month more could tell another.
PUBLIC_MONTHS = 24
PLACES = ("team", "service")


@dataclass(frozen=True)
class Found:
    """A figure, the series it belongs to, and what of it may not be shown in public (None: nothing of it)."""

    every: Every
    figure: Figure
    hidden: frozenset[str] | None


@dataclass(frozen=True)
class TakenOver:
    """What another set says of the indicators that do not read what people write.

    `seen` was judged for the public view, and is judged again beside the new figures; `whole` are the months
    without a breakdown. What nobody judged is copied from set to set.
    """

    seen: tuple[tuple[Every, Figure], ...] = ()
    whole: tuple[Figure, ...] = ()


def basis_of(store: Store, local: Settings) -> dict[str, Any]:
    """What a set rests on besides what people write: the same `basis`, the same figures of extracts."""
    loads = [{"as_at_on": one.as_at_on.isoformat(), "hash": one.hash} for one in store.loads()]
    used = parameters_used(local)
    about = {"loads": loads, "settings": used, "code_version": code_version()}
    return about | {"basis": _digest(about)}


def key_of(load: Load, basis: dict[str, Any], written: Written) -> str:
    """What tells sets apart: their basis, what people wrote, and the targets of each month."""
    days = [period.ends_on for period in _months(load.as_at_on)]
    targets = [(day, sorted((ref, one.value) for ref, one in in_force(day).items())) for day in days]
    return _digest([basis["basis"], written.name, targets])


def described(load: Load, basis: dict[str, Any], written: Written) -> dict[str, Any]:
    """What a set of figures is worked out from, under the names of its columns."""
    return basis | {
        "key": key_of(load, basis, written),
        "settings_digest": _digest(basis["settings"]),
        "load_folder": load.folder.name,
        "load_hash": load.hash,
        "as_at_on": load.as_at_on,
        "sources": list(load.sources),
        "findings": open_failures(load),
        "findings_of_load": dict(load.manifest["findings"]),
        "records": written.name,
        "records_at": written.read_at,
    }


@dataclass
class Making:
    """A set of figures being worked out. `written` are the records they read; at the end with the results."""

    store: Store
    local: Settings
    load: Load
    written: Written
    taken_over: TakenOver | None = None  # None: every figure is worked out

    def figures(self) -> Iterator[Found]:
        """Every figure that is kept of a load, those first that no member sees.

        What may be shown in public is judged together: a month follows from its year, a group from its whole.
        """
        before = self.taken_over or TakenOver()
        seen, whole = list(before.seen), list(before.whole)
        refs = catalogue() if self.taken_over is None else readers()
        last = readers_of_figures()
        yield from self._worked_out([ref for ref in refs if ref not in last], seen, whole)
        self.written = with_results(self.written, whole, self.load.authority)
        yield from self._worked_out(last, seen, whole)
        seen.sort(key=lambda one: catalogue()[one[1].ref].order)
        yield from _with_hidden(seen, int(self.local.value("suppress_below")))

    def _worked_out(
        self, refs: Sequence[str], seen: list[tuple[Every, Figure]], whole: list[Figure]
    ) -> Iterator[Found]:
        """Give what nobody judges for the public view; put the rest on the lists."""
        loads, as_at_on = beside(self.store, self.written.name), self.load.as_at_on
        for every, figure in _by_month(loads, self.local, as_at_on, refs):
            if not figure.breakdown:
                whole.append(figure)
            if every is None:
                yield Found(Every.MONTH, figure, None)
            else:
                seen.append((every, figure))
        seen += _now_by_child(loads, self.local, as_at_on, refs)
        seen += _over_the_year(loads, self.local, as_at_on, refs)


def _by_month(
    loads: Loads, local: Settings, as_at_on: date, refs: Sequence[str]
) -> Iterator[tuple[Every | None, Figure]]:
    """Month by month, of the whole and by place. Without a series: for those who see all numbers only."""
    workings = Workings(loads, _months(as_at_on), local)
    latest, first_seen = workings.periods[-1], workings.periods[-PUBLIC_MONTHS].starts_on
    whole, places = Question(refs), [Question(refs, [place], headlines_only=True) for place in PLACES]
    for figure in broken_down(workings, whole):
        is_seen = figure.period == latest or (not figure.part and figure.period.starts_on >= first_seen)
        yield Every.MONTH if is_seen else None, figure
    for number, question in enumerate(places, 1):
        for figure in broken_down(workings, question, is_last=number == len(places)):
            if figure.period == latest and _is_of_a_day(figure.ref):
                yield Every.MONTH, figure
            elif figure.status != NOT_COMPUTABLE:
                yield None, figure
    workings.close()


def _now_by_child(
    loads: Loads, local: Settings, as_at_on: date, refs: Collection[str]
) -> Iterator[tuple[Every, Figure]]:
    """What is read at a day, at the latest, by what is known of the child."""
    days = [ref for ref in _split(of_children())[0] if ref in refs]
    workings = Workings(loads, _months(as_at_on)[-1:], local)
    for question in _by_child(days):
        yield from ((Every.MONTH, figure) for figure in broken_down(workings, question))
    workings.close()


def _over_the_year(
    loads: Loads, local: Settings, as_at_on: date, refs: Collection[str]
) -> Iterator[tuple[Every, Figure]]:
    """What happens over time, over twelve months: whole, by place and by what is known of the child."""
    workings = Workings(loads, _rolling_year(as_at_on), local)
    flows = [ref for ref in _split(catalogue())[1] if ref in refs]
    questions = [Question(flows), *(Question(flows, [place], headlines_only=True) for place in PLACES)]
    questions += _by_child([ref for ref in _split(of_children())[1] if ref in refs])
    for question in questions:
        yield from ((Every.ROLLING_12_MONTHS, figure) for figure in broken_down(workings, question))
    workings.close()


def _with_hidden(seen: Sequence[tuple[Every, Figure]], below: int) -> Iterator[Found]:
    kept = [(every, one) for every, one in seen if one.status != NOT_COMPUTABLE or not one.breakdown]
    shown = public([figure for _, figure in kept], suppress_below=below).figures
    for (every, figure), one in zip(kept, shown, strict=True):
        yield Found(every, figure, one.hidden)


def caveats(load: Load, store: Store, whole: Sequence[Figure]) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """By indicator: findings that are open on what it reads, and figures that are not what was published."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for ref, counts in failures_by_rule(load).items():
        found.setdefault(ref, {})["failures"] = [
            dict(zip(("title", "advice"), told(rule, table), strict=True))
            | {"rule": rule, "table": table, "severity": severity, "number": number}
            for (rule, table, severity), number in counts.items()
        ]
    for ref, lines in groupby(sorted(_restated(store, whole), key=itemgetter("ref")), key=itemgetter("ref")):
        found.setdefault(ref, {})["restatements"] = list(lines)
    return found


def _restated(store: Store, whole: Sequence[Figure]) -> Iterator[dict[str, Any]]:
    """Figures of the whole that were published for the same days and are others now."""
    now = {place_of(figure): figure for figure in whole}
    for name in publication_names(store.path):
        try:
            published = read(store.path, name)
        except NotPublished:  # the pages of what was published say so; the other figures go on
            continue
        then = [figure for figure in published.figures() if place_of(figure) in now]
        for one in differences(then, [now[place_of(figure)] for figure in then]):
            if one.published is not None and one.present is not None:
                yield {
                    "ref": one.line.ref,
                    "part": one.line.part,
                    "publication": name,
                    "period_start": one.line.period.starts_on.isoformat(),
                    "period_end": one.line.period.ends_on.isoformat(),
                    "published": _said(one.published),
                    "present": _said(one.present),
                    "is_flagged": one.is_flagged,
                }


def _said(figure: Figure) -> dict[str, str | None]:
    names = ("numerator", "denominator", "value")
    return {name: None if (value := getattr(figure, name)) is None else f"{value:f}" for name in names}


def _by_child(refs: Sequence[str]) -> list[Question]:
    return [Question(refs, [breakdown], headlines_only=True) for breakdown in OF_THE_CHILD]


def _is_of_a_day(ref: str) -> bool:
    """Whether it is read at the end of a period, so that a year of it is no more than its last day."""
    return catalogue()[ref].measure_type != "period"


def _split(refs: Iterable[str]) -> tuple[list[str], list[str]]:
    """The indicators read at a day, and those of what happens over time."""
    listed = list(refs)
    days = [ref for ref in listed if _is_of_a_day(ref)]
    return days, [ref for ref in listed if ref not in days]


def of_children() -> list[str]:
    """The indicators whose rows are children: age, sex, ethnicity, disability and locality mean something."""
    return [ref for ref, definition in catalogue().items() if "ethnicity" in definition.breakdowns]


def _months(as_at_on: date) -> list[Period]:
    back = as_at_on.year * 12 + as_at_on.month - MONTHS
    first = date(back // 12, back % 12 + 1, 1)
    return periods(as_at_on=as_at_on, every=Every.MONTH, starts_on=first, ends_on=as_at_on)


def _rolling_year(as_at_on: date) -> Sequence[Period]:
    return periods(as_at_on=as_at_on, every=Every.ROLLING_12_MONTHS, starts_on=as_at_on, ends_on=as_at_on)


def _digest(data: object) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()
