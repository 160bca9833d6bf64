"""Which tables build themselves from what is recorded? Figures and priorities; registers stand apart."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import dropwhile

from django.urls import reverse

from goldenthread_web.figures.quoting import Point
from goldenthread_web.reports.documents import Chart, Paragraph, Run, Table, Text, plain
from goldenthread_web.reports.figure_facts import NOT_SHOWN, as_at_said, moved
from goldenthread_web.reports.frame import Frame, Headline, Unresolved, headlines
from goldenthread_web.reports.models import Priority
from goldenthread_web.reports.public_tables import FOR_ALL
from goldenthread_web.reports.register_tables import REGISTERS

MOST_MONTHS = 13
MOST_IN_BRIEF = 4
UNKNOWN = "Not computable"


def table(words: tuple[str, ...], frame: Frame) -> Table:
    """The table of a name."""
    maker = _TABLES.get(words[0]) if len(words) == 1 else None
    if maker is None:
        raise Unresolved(f"There is no table {' '.join(words)}: there are {', '.join(sorted(_TABLES))}.")
    return maker(frame)


def cells(*texts: str) -> tuple[Text, ...]:
    """A row of plain cells."""
    return tuple(plain(text) for text in texts)


def known_headlines(frame: Frame, theme: int | None = None) -> list[Headline]:
    """The headline indicators that have a figure, all or those of a theme."""
    frame.want(one.ref for one in headlines())
    return [
        one
        for one in headlines()
        if (theme is None or one.theme == theme)
        and one.ref in frame.figures
        and frame.figures[one.ref].value not in (UNKNOWN, "No cases")
    ]


def first_month(frame: Frame, ref: str) -> date | None:
    """The month in which the programme started, or the first after it that has a figure; not the last."""
    starts_on = frame.programme.starts_on.replace(day=1)
    one = frame.quoted(ref)
    later = [
        point
        for point in one.points
        if point.ends_on >= starts_on and point.number is not None and not frame.is_hidden(ref, point)
    ]
    return later[0].ends_on if later and later[0].ends_on < one.ends_on else None


def _headlines(frame: Frame) -> Table:
    rows = [_headline(frame, one) for one in known_headlines(frame)]
    return Table(
        caption="How children are served",
        columns=("What", "At the start", "Now", "Change", "Target and rating", "Still lacking"),
        rows=tuple(rows),
        key="headlines",
        note=f"{as_at_said(frame)} The start is {frame.programme.starts_on:%B %Y}, for all alike, or the "
        "first month with a figure after it. A dash: there is none. Small numbers are not shown.",
    )


def _headline(frame: Frame, one: Headline) -> tuple[Text, ...]:
    found, now = frame.quoted(one.ref), frame.point(one.ref)
    hidden = frame.is_hidden(one.ref, now)
    start = first_month(frame, one.ref)
    then = None if start is None else frame.point(one.ref, start)
    has_then = then is not None and then.number is not None and not frame.is_hidden(one.ref, then)
    change = "–"
    if has_then and not hidden and now.number is not None:
        assert then is not None and then.number is not None
        change = moved(found, now.number - then.number)
    cases = "" if hidden or not now.cases else f"{now.cases}, "
    rating = "" if hidden or not now.letter else f"; {now.letter}: {found.word.lower()}"
    value = _value(one.ref, now.ends_on, NOT_SHOWN if hidden else now.said)
    return (
        plain(f"{one.name} ({one.ref}; {found.polarity.lower()})"),
        plain(f"{then.said} ({then.ends_on:%b %Y})" if then is not None and has_then else "–"),
        (value, Run(text=f" ({cases}{now.ends_on:%b %Y})")),
        plain(change),
        plain(f"{found.target or 'none set'}{rating}"),
        plain("–" if hidden or not found.shortfall else found.shortfall),
    )


def _brief(frame: Frame) -> Table:
    """By exception: what is off its target, then what is near it, as many as one page holds."""
    found = [(one, frame.point(one.ref, is_named=False)) for one in known_headlines(frame)]
    told = [
        (one, now) for one, now in found if now.letter in ("R", "A") and not frame.is_hidden(one.ref, now)
    ]
    told.sort(key=lambda pair: "RA".index(pair[1].letter))
    left = len(found) - len(told[:MOST_IN_BRIEF])
    red = sum(now.letter == "R" for _, now in told[MOST_IN_BRIEF:])
    off = f", {red} of them off target," if red else ""
    return Table(
        caption="Not at target yet",
        columns=("What", "Now", "Target and rating"),
        rows=tuple(_in_brief(frame, one, now) for one, now in told[:MOST_IN_BRIEF]),
        key="brief",
        note=f"{as_at_said(frame)} The full report has {left} more figures{off} and what each means.",
        empty="No figure that can be shown is off or near its target.",
    )


def _in_brief(frame: Frame, one: Headline, now: Point) -> tuple[Text, ...]:
    _, _, value, _, target, _ = _headline(frame, one)
    return (plain(one.name), (value[0], Run(text=f" ({now.cases})" if now.cases else "")), target)


def _figures(frame: Frame) -> Table:
    """Those in a sentence or a table. The other months of a chart stand beside it."""
    rows = []
    for (ref, ends_on), kept in sorted(frame.used.items()):
        if not kept["is_named"]:
            continue
        value = _value(ref, ends_on, kept["value"])
        provisional = " (provisional)" if kept["is_provisional"] else ""
        rows.append(
            (
                plain(f"{ref} {kept['title']}"),
                plain(kept["month"]),
                (value, Run(text=provisional)) if provisional else (value,),
                plain(kept["target"] or "none set"),
                plain(kept["direction"] or "–"),
                plain(f"version {kept['version']}"),
            )
        )
    load = next((kept["load"][:12] for kept in frame.used.values() if kept["load"]), "none")
    return Table(
        caption="Every figure named in this report",
        columns=("Indicator", "Month", "Value", "Target", "Direction", "Definition"),
        rows=tuple(rows),
        key="figures",
        note=f"{as_at_said(frame)} Worked out from load {load}. A c stands for a number too small to show.",
    )


def _definitions(frame: Frame) -> Table:
    found: dict[str, str] = {}
    for (ref, _), kept in sorted(frame.used.items()):
        found.setdefault(ref, kept["means"])
    return Table(
        caption="What the figures mean",
        columns=("Indicator", "Meaning"),
        rows=tuple(cells(ref, means) for ref, means in found.items()),
        key="definitions",
    )


def _priorities(frame: Frame) -> Table:
    return Table(
        caption="Priorities of the next period",
        columns=("Number", "Priority"),
        rows=tuple(cells(str(one.number), one.text) for one in frame.priorities),
        key="priorities",
        empty="No priorities are set yet: enter them on the page of this content.",
    )


def _became(frame: Frame) -> Table:
    return Table(
        caption="What became of the priorities of the last report",
        columns=("Priority", "Became", "In words"),
        rows=tuple(_account(one) for one in frame.promised),
        key="became",
        empty="There was no report before this one.",
    )


def _account(one: Priority) -> tuple[Text, ...]:
    if not one.became:
        raise Unresolved(
            f"Nobody has said what became of priority {one.number} of the last report: say it on the page of "
            "this content."
        )
    return cells(one.text, one.get_became_display(), one.account)


def chart(words: tuple[str, ...], frame: Frame) -> Chart | Paragraph:
    """The months of an indicator as a drawing with its numbers; one sentence where none may be shown."""
    if len(words) != 1:
        raise Unresolved("Name one indicator: [[chart CIN-02]].")
    ref = words[0]
    one, _ = frame.quoted(ref), frame.point(ref)
    # Months before the first figure are left out; one without a figure among the others is said to be.
    shown = list(dropwhile(lambda point: point.said == UNKNOWN, one.points[-MOST_MONTHS:]))
    hidden = [frame.is_hidden(ref, point) for point in shown]
    for point in shown:
        if point.said != UNKNOWN:
            frame.point(ref, point.ends_on, is_named=False)
    name = next((line.name for line in headlines() if line.ref == ref), one.title)
    title = f"{name}, by month"
    if any(hidden) and all(point.number is None for point in shown if not frame.is_hidden(ref, point)):
        return _nothing_shown(title, ref)
    finding = "No direction is given: the latest number is too small to show." if hidden[-1] else one.finding
    if any(hidden):
        finding += " A c stands for a number too small to show."
    return Chart(
        ref=ref,
        title=title,
        sentence=finding,
        months=tuple(f"{point.ends_on:%b %Y}" for point in shown),
        values=tuple(
            None if is_hidden or point.number is None else float(point.number)
            for point, is_hidden in zip(shown, hidden, strict=True)
        ),
        rows=tuple(
            (
                plain(f"{point.ends_on:%B %Y}"),
                (_value(ref, point.ends_on, "c" if is_hidden else point.said),),
                plain("–" if is_hidden else point.cases),
            )
            for point, is_hidden in zip(shown, hidden, strict=True)
        ),
        is_percent=one.value.endswith("%"),
        target=_number(one.target) if one.value.endswith("%") else None,
    )


def _nothing_shown(title: str, ref: str) -> Paragraph:
    """Said once: thirteen rows of c would say no more, and take longer to read."""
    why = Run(text="not shown", kind="chart", key=ref, href=_indicator(ref))
    return Paragraph(
        text=(
            Run(text=f"{title}: "),
            why,
            Run(text=", as no month has a number large enough to show."),
        )
    )


def _value(ref: str, ends_on: date, text: str) -> Run:
    """A value that leads to its indicator."""
    return Run(text=text, kind="figure", key=f"{ref} {ends_on:%Y-%m}", href=_indicator(ref))


def _number(target: str) -> float | None:
    try:
        return float(target.rstrip("%").replace(",", ""))
    except ValueError:
        return None


def _indicator(ref: str) -> str:
    return reverse("figures:indicator", args=[ref])


_TABLES: dict[str, Callable[[Frame], Table]] = {
    "headlines": _headlines,
    "brief": _brief,
    "figures": _figures,
    "definitions": _definitions,
    "priorities": _priorities,
    "became": _became,
    **REGISTERS,
    **FOR_ALL,
}


def names() -> Iterable[str]:
    """The tables there are."""
    return _TABLES
