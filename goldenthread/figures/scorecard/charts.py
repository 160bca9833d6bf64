"""How is a series drawn, so that the usual variation and real changes can be seen? (SVG, no scripts)"""

import json
import re
from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from decimal import Decimal
from functools import cache
from html import escape
from typing import Any

from goldenthread.figures.scorecard.lines import Line
from goldenthread.figures.wording import Unit, period_said

FONT = "Arial, Helvetica, sans-serif"
INK, LINE, BAND, SIGNAL = "#0b0c0c", "#1d4f7c", "#e4ecf2", "#a33a00"
WIDTH, HEIGHT = 440, 200
KINDS = ["usual", "unusual", "left out"]
LABELLED = 6  # months between labels of the time axis, counted back from the last
# Room on the right for the latest value, also in a wider font than the drawer measured.
PADDING = {"left": 4, "top": 10, "right": 26, "bottom": 4}
SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 132, 36, 4


def is_drawn(line: Line) -> bool:
    """Whether there is a series to draw."""
    return sum(one.figure.value is not None for one in line.shown) > 1


def sparkline(line: Line) -> str:
    """The series as a small picture, with a sentence for those who do not see it."""
    values = [one.figure.value for one in line.shown]
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, high = min(known), max(known)
    points = [_spark_point(at, value, len(values), low, high) for at, value in enumerate(values)]
    paths = "".join(f'<path d="M{"L".join(stretch)}"/>' for stretch in _stretches(points) if len(stretch) > 1)
    dots = [stretch[0] for stretch in _stretches(points) if len(stretch) == 1]
    last = next(point for point in reversed(points) if point)
    marks = "".join(_dot(point, 2) for point in dots) + _dot(last, 3.5)
    label = f"{_first_and_last(line)}, lowest {line.unit.said(low)}, highest {line.unit.said(high)}"
    return (
        f'<svg class="spark" role="img" aria-label="{escape(label)}" width="{SPARK_WIDTH}" '
        f'height="{SPARK_HEIGHT}" viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}">{paths}{marks}</svg>'
    )


def _spark_point(at: int, value: Decimal | None, count: int, low: Decimal, high: Decimal) -> str:
    if value is None:
        return ""
    across = SPARK_EDGE + at * (SPARK_WIDTH - 2 * SPARK_EDGE) / (count - 1)
    share = float((value - low) / (high - low)) if high > low else 0.5
    down = SPARK_HEIGHT - SPARK_EDGE - share * (SPARK_HEIGHT - 2 * SPARK_EDGE)
    return f"{across:.1f} {down:.1f}"


def _stretches(points: Sequence[str]) -> list[list[str]]:
    """Neighbouring points; a month without a value is a gap, never a line across it."""
    found: list[list[str]] = [[]]
    for point in points:
        if point:
            found[-1].append(point)
        elif found[-1]:
            found.append([])
    return [stretch for stretch in found if stretch]


def _dot(point: str, radius: float) -> str:
    across, down = point.split()
    return f'<circle cx="{across}" cy="{down}" r="{radius}"/>'


def _first_and_last(line: Line) -> str:
    known = [one.figure for one in line.shown if one.figure.value is not None]
    first, last = known[0], known[-1]
    assert first.value is not None and last.value is not None
    return (
        f"From {line.unit.said(first.value)} in {period_said(first.period)} to "
        f"{line.unit.said(last.value)} in {period_said(last.period)}"
    )


def chart(line: Line) -> str:
    """The control chart of a series as SVG: the usual range, the average, and points beyond the usual."""
    import vl_convert  # only this page draws; the other commands need not wait for it

    drawn = _specification(line)
    svg = vl_convert.vegalite_to_svg(json.dumps(drawn))
    return _embedded(svg, f"chart-{line.ref}")


def _specification(line: Line) -> dict[str, Any]:
    drawn = deepcopy(_template())
    limits = line.direction.limits
    points = _points(line)
    values = [point["value"] for point in points]
    ends = [] if limits is None else [float(limits.lower), float(limits.upper)]
    domain = _domain([*values, *ends], line.unit)
    spans = [] if limits is None else [_span(line, limits.lower, limits.centre, limits.upper)]
    drawn["datasets"] = {"points": points, "usual": spans, "latest": points[-1:]}
    labelled = [_date(one.figure.period.starts_on) for one in line.shown[::-1][::LABELLED]]
    for layer in drawn["layer"]:
        encoding = layer["encoding"]
        if encoding["x"]["field"] == "month":
            encoding["x"]["axis"] |= {"values": labelled}
        encoding["y"]["scale"] = {"domain": domain, "nice": False}
        encoding["y"]["axis"] = {"labelExpr": _axis_labels(line.unit), "tickCount": 5, "title": None}
    return drawn


def _points(line: Line) -> list[dict[str, Any]]:
    unusual = line.direction.unusual
    found = []
    for at, one in enumerate(line.shown):
        if one.figure.value is None:
            continue
        judged = line.direction.values[at] is not None
        kind = "unusual" if at in unusual else "usual" if judged else "left out"
        month = one.figure.period.starts_on.isoformat()
        value = one.figure.value
        found.append({"month": month, "value": float(value), "kind": kind, "said": line.unit.briefly(value)})
    # A gap in the months is a gap in the line.
    run = 0
    for before, point in zip([None, *found], found, strict=False):
        if before is not None and _months(point["month"]) - _months(before["month"]) > 1:
            run += 1
        point["run"] = run
    return found


def _date(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "date": day.day}


def _months(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7])


def _span(line: Line, lower: Decimal, centre: Decimal, upper: Decimal) -> dict[str, Any]:
    first, last = line.shown[0].figure.period, line.shown[-1].figure.period
    return {
        "from": first.starts_on.isoformat(),
        "to": last.starts_on.isoformat(),
        "lower": float(lower),
        "centre": float(centre),
        "upper": float(upper),
    }


def _domain(values: Sequence[float], unit: Unit) -> list[float]:
    low, high = min(values), max(values)
    room = (high - low) * 0.12 or max(abs(high) * 0.1, 1)
    low, high = low - room, high + room
    return [max(low, 0), min(high, 101) if unit.is_percent else high]


def _axis_labels(unit: Unit) -> str:
    """Numbers with their sign; longer units are in the heading."""
    after = "%" if unit.is_percent else ""
    return f"'{unit.before}' + format(datum.value, ',.4~g') + '{after}'"


@cache
def _template() -> dict[str, Any]:
    """The chart without its data: built once, as building is slower than drawing."""
    import altair as alt

    month = alt.X("month:T", axis=alt.Axis(format="%b %Y", title=None, labelAngle=0, labelFlush=False))
    start, end = alt.X("from:T"), alt.X2("to:T")
    usual, points, latest = alt.NamedData("usual"), alt.NamedData("points"), alt.NamedData("latest")
    colours = alt.Scale(domain=KINDS, range=[LINE, SIGNAL, "white"])
    edges = alt.Scale(domain=KINDS, range=[LINE, SIGNAL, LINE])
    shapes = alt.Scale(domain=KINDS, range=["circle", "diamond", "circle"])
    sizes = alt.Scale(domain=KINDS, range=[36, 110, 36])
    point = {
        "fill": alt.Fill("kind:N", scale=colours, legend=None),
        "stroke": alt.Stroke("kind:N", scale=edges, legend=None),
        "shape": alt.Shape("kind:N", scale=shapes, legend=None),
        "size": alt.Size("kind:N", scale=sizes, legend=None),
    }
    layers = [
        alt.Chart(usual).mark_rect(color=BAND).encode(x=start, x2=end, y=alt.Y("lower:Q"), y2="upper:Q"),
        alt.Chart(usual)
        .mark_rule(color=LINE, strokeDash=[6, 4])
        .encode(x=start, x2=end, y=alt.Y("centre:Q")),
        alt.Chart(points)
        .mark_line(color=LINE, strokeWidth=2.5)
        .encode(month, alt.Y("value:Q"), detail="run:N"),
        alt.Chart(points).mark_point(opacity=1).encode(month, alt.Y("value:Q"), **point),
        alt.Chart(latest)
        .mark_text(align="left", baseline="middle", dx=9, color=INK, fontSize=18, fontWeight="bold")
        .encode(month, alt.Y("value:Q"), text="said:N"),
    ]
    drawn = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
    drawn = drawn.configure(font=FONT, aria=False, background="transparent", padding=PADDING)
    drawn = drawn.configure_axis(labelFontSize=16, labelColor=INK, gridColor="#d5dbe0", domainColor="#6b7780")
    found = drawn.configure_view(stroke=None).to_dict()
    return {key: value for key, value in found.items() if key != "$schema"}


def _embedded(svg: str, name: str) -> str:
    """The SVG as part of a page: no namespaces, a name of its own for everything, hidden from readers
    of the screen (its heading, sentence and table say the same).
    """
    svg = re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", svg)
    svg = re.sub(r'\b(id="|url\(#|href="#)', rf"\g<1>{name}-", svg)
    svg = re.sub(r'\s(role|aria-[a-z]+)="[^"]*"', "", svg)
    return re.sub(r"<svg\b", '<svg aria-hidden="true" focusable="false"', svg, count=1)
