"""What do references to indicators say: the figure, a month, a change, what is lacking, which way it goes?"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.urls import reverse

from goldenthread.figures.wording import day_said
from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.figures.quoting import Point, Quoted
from goldenthread_web.reports.documents import Run
from goldenthread_web.reports.frame import Frame, Unresolved

_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-\d{2})?")
NOT_SHOWN = "too few to show"
Resolver = Callable[[tuple[str, ...], Frame], Run]


def month_of(text: str) -> date:
    """2017-06 as a day of that month."""
    match = _MONTH.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12:
        raise Unresolved(f"{text} is no month: write it as 2017-06.")
    return date(int(match[1]), int(match[2]), 1)


def figure(words: tuple[str, ...], frame: Frame) -> Run:
    """74.0% (500 of 676, December 2017)."""
    ref, month = _ref(words, "at")
    one, point = frame.quoted(ref), frame.point(ref, month)
    said = [f"{point.ends_on:%B %Y}"]
    if frame.is_hidden(ref, point):
        value = NOT_SHOWN
    else:
        value = _value(one, point)
        said = [point.cases, *said] if point.cases and point.cases != point.said else said
    if one.is_provisional and point.ends_on == one.ends_on:
        said.append("provisional")
    return _run("figure", f"{value} ({', '.join(said)})", f"{ref} {point.ends_on:%Y-%m}", ref)


def change(words: tuple[str, ...], frame: Frame) -> Run:
    """up 25.0 percentage points since July 2017, an improvement."""
    ref, month = _ref(words, "from")
    if month is None:
        raise Unresolved(f"Say since when: [[change {ref} from 2017-06]].")
    one, then, now = frame.quoted(ref), frame.point(ref, month), frame.point(ref)
    key = f"{ref} {then.ends_on:%Y-%m} {now.ends_on:%Y-%m}"
    since = f"since {then.ends_on:%B %Y}"
    if frame.is_hidden(ref, then) or frame.is_hidden(ref, now) or then.number is None or now.number is None:
        return _run("change", f"not shown {since}, as numbers are small", key, ref)
    return _run(
        "change", f"{moved(one, now.number - then.number)} {since}{_judged(one, then, now)}", key, ref
    )


def moved(one: Quoted, change: Decimal) -> str:
    """up 25.0 percentage points; unchanged."""
    if not change:
        return "unchanged"
    way, size = ("up" if change > 0 else "down"), abs(change)
    if one.value.endswith("%"):
        return f"{way} {size:.1f} percentage {'point' if size == 1 else 'points'}"
    return f"{way} {size.normalize():,f}"


def _judged(one: Quoted, then: Point, now: Point) -> str:
    assert then.number is not None and now.number is not None
    if then.number == now.number or one.polarity.startswith("Neither"):
        return ""
    is_better = (now.number > then.number) == one.polarity.startswith("Higher")
    return ", an improvement" if is_better else ", which is worse"


def shortfall(words: tuple[str, ...], frame: Frame) -> Run:
    """165 more children to reach 95.0%."""
    ref, _ = _ref(words)
    one, point = frame.quoted(ref), frame.point(ref)
    if not one.target:
        raise Unresolved(f"{ref} has no target: set one, or leave the shortfall out.")
    if frame.is_hidden(ref, point) or not one.shortfall:
        return _run("shortfall", "how many are lacking is not shown, as numbers are small", ref, ref)
    return _run("shortfall", one.shortfall, ref, ref)


def target(words: tuple[str, ...], frame: Frame) -> Run:
    """95.0%."""
    ref, _ = _ref(words)
    one = frame.quoted(ref)
    if not one.target:
        raise Unresolved(f"{ref} has no target: set one, or leave it out.")
    return _run("target", one.target, ref, ref)


def direction(words: tuple[str, ...], frame: Frame) -> Run:
    """The sentence of its chart, without the number where it may not be shown."""
    ref, _ = _ref(words)
    one, point = frame.quoted(ref), frame.point(ref)
    if frame.is_hidden(ref, point):
        return _run("direction", "No direction is given: small numbers are not shown.", ref, ref)
    return _run("direction", one.finding, ref, ref)


def period(words: tuple[str, ...], frame: Frame) -> Run:
    """December 2017."""
    ref, _ = _ref(words)
    return _run("period", f"{frame.point(ref).ends_on:%B %Y}", ref, ref)


def _value(one: Quoted, point: Point) -> str:
    """With its unit, also for a month long past."""
    return one.value if point.ends_on == one.ends_on else point.said


def _ref(words: tuple[str, ...], joint: str = "") -> tuple[str, date | None]:
    """The indicator and, where the reference may name one, the month."""
    if len(words) == 1 and words[0] in catalogue():
        return words[0], None
    if joint and len(words) == 3 and words[1] == joint and words[0] in catalogue():
        return words[0], month_of(words[2])
    if words and words[0] not in catalogue():
        raise Unresolved(f"There is no indicator {words[0]}: look it up under Definitions.")
    more = f" or [[... CIN-02 {joint} 2017-06]]" if joint else ""
    raise Unresolved(f"Name one indicator, for example [[... CIN-02]]{more}.")


def _run(kind: str, text: str, key: str, ref: str) -> Run:
    return Run(text=text, kind=kind, key=key, href=reverse("figures:indicator", args=[ref]))


def as_at_said(frame: Frame) -> str:
    """What the figures rest on, and how old they are when they are read."""
    days, day = frame.age_in_days, day_said(frame.content.as_at_on)
    recorded = None if frame.set is None else frame.set.worked_out.as_at_on
    when = "the day it comes out" if frame.body is None else f"the meeting of {day_said(frame.meeting_on)}"
    age = f"{days:,} {'day' if days == 1 else 'days'} before {when}"
    if recorded is None or recorded == frame.content.as_at_on:
        return f"Everything recorded to the end of {day}: {age}."
    return f"Figures to {day}, {age}, from everything recorded to the end of {day_said(recorded)}."


FIGURES: dict[str, Resolver] = {
    "figure": figure,
    "change": change,
    "shortfall": shortfall,
    "target": target,
    "direction": direction,
    "period": period,
}
