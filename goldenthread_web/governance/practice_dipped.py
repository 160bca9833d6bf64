"""Which dip samples are below their threshold, for a board? No child, no team; small numbers hidden."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from goldenthread.calendar import add_months
from goldenthread.figures.wording import day_said
from goldenthread_web.dip_samples.models import Answer, DipSample, Item
from goldenthread_web.dip_samples.results import ItemResult, shown
from goldenthread_web.governance.counting import number_of
from goldenthread_web.governance.practice_line import Line
from goldenthread_web.sampling.models import Sample

MONTHS = 12


def lists(on: date) -> "dict[str, QuerySet[Any]]":
    """The items of the latest dip samples, as it stood on a day, with how they were answered."""
    latest = _latest(on)
    answers = Answer.objects.filter(
        item=OuterRef("pk"), line__dip_sample=OuterRef("design_version__dip_samples")
    )
    of_sample = Q(design_version__dip_samples__in=latest.values("pk"))
    items = Item.objects.filter(of_sample).annotate(
        dip_sample=F("design_version__dip_samples__pk"),
        title=F("design_version__title"),
        threshold=F("design_version__threshold"),
        finished_on=F("design_version__dip_samples__finished_on"),
        method=F("design_version__dip_samples__sample__method"),
        said_yes=number_of(answers.filter(said=Answer.Said.YES), "item"),
        said_no=number_of(answers.filter(said=Answer.Said.NO), "item"),
    )
    return {"dipped": items}


def lines(read: Mapping[str, list[Any]]) -> list[Line]:
    """A line for each dip sample below its threshold, the lowest share first; then what is hidden."""
    by_sample: dict[int, list[Any]] = defaultdict(list)
    for one in read["dipped"]:
        by_sample[one.dip_sample].append(one)
    found, hidden = [], 0
    for items in by_sample.values():
        results = [_result(one) for one in items]
        said = shown(results, is_public_view=True)
        below = [(result, one) for result, one in zip(results, said, strict=True) if one.is_below]
        hidden += any(one.is_hidden for one in said)
        if below:
            lowest = min(result.percent or 0 for result, _ in below)
            found.append((lowest, _line(items[0], [f"{one.item.short} {one.percent}" for _, one in below])))
    told = [line for _, line in sorted(found, key=lambda pair: (pair[0], pair[1].title))]
    return told + ([_hidden(hidden)] if hidden else [])


def _latest(on: date) -> "QuerySet[DipSample]":
    """The last one of each design, of those at random and of those for a reason."""
    finished = DipSample.objects.filter(
        state=DipSample.State.FINISHED, finished_on__gt=add_months(on, -MONTHS), finished_on__lte=on
    ).order_by()
    same = {one: OuterRef(one) for one in ("design_version__design", "sample__method")}
    later = finished.filter(**same).filter(
        Q(finished_on__gt=OuterRef("finished_on"))
        | Q(finished_on=OuterRef("finished_on"), pk__gt=OuterRef("pk"))
    )
    return finished.filter(~Exists(later))


def _result(one: Any) -> ItemResult:
    return ItemResult(item=one, yes=one.said_yes, no=one.said_no, not_applicable=0, threshold=one.threshold)


def _line(first: Any, below: list[str]) -> Line:
    how = "chosen for a reason" if first.method == Sample.Method.TARGETED else "chosen at random"
    return Line(
        title=f"Dip sample: {first.title}",
        text=f"Below {first.threshold}% in cases {how}, finished on {day_said(first.finished_on)}: "
        f"{', '.join(below)}.",
        tag="below its threshold",
        tone="bad",
    )


def _hidden(number: int) -> Line:
    of = "1 dip sample" if number == 1 else f"{number} dip samples"
    return Line(
        title="Dip samples that cannot be told in full",
        text=f"Some results of the latest {of} are hidden: small numbers.",
    )
