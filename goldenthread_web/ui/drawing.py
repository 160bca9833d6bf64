"""How is a series drawn on the server as SVG: gaps where nothing is known, and no style attributes?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

from markupsafe import Markup

Number = Decimal | int | float | None
Point = tuple[float, float]

SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 128, 32, 5
BAR_WIDTH, BAR_HEIGHT = 200, 14
WIDE, SMALL, CHART_HEIGHT = 960, 620, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 72, 26, 30  # room for the numbers, the last value, the notes and the months
MOST_MONTHS_LABELLED = 7
TICKS = 4


def sparkline(values: Sequence[Number], label: str) -> Markup:
    """A series as a small picture; `label` says what it shows. Nothing where fewer than two are known."""
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return Markup("")
    low, high = min(known), max(known)
    step = (SPARK_WIDTH - 2 * SPARK_EDGE) / (len(values) - 1)
    points = [
        None
        if value is None
        else (
            SPARK_EDGE + at * step,
            _height(float(value), low, high, SPARK_EDGE, SPARK_HEIGHT - SPARK_EDGE),
        )
        for at, value in enumerate(values)
    ]
    return Markup(
        '<svg class="gt-spark" role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}">'
        "{}{}</svg>"
    ).format(
        label,
        SPARK_WIDTH,
        SPARK_HEIGHT,
        SPARK_WIDTH,
        SPARK_HEIGHT,
        _lines(points, "gt-spark__line"),
        _dot(next(point for point in reversed(points) if point), 3, "gt-spark__last"),
    )


def bar(value: Number, most: Number, tone: str = "") -> Markup:
    """A bar from nothing to `value` of `most`. The number stands beside it, so the picture is silent."""
    share = min(max(float(value or 0) / float(most), 0), 1) if most else 0
    return Markup(
        '<svg class="gt-bar{}" aria-hidden="true" width="100%" height="{}" viewBox="0 0 {} {}" '
        'preserveAspectRatio="none"><rect class="gt-bar__ground" width="{}" height="{}"/>'
        '<rect class="gt-bar__fill" width="{}" height="{}"/></svg>'
    ).format(
        f" gt-bar--{tone}" if tone else "",
        BAR_HEIGHT,
        BAR_WIDTH,
        BAR_HEIGHT,
        BAR_WIDTH,
        BAR_HEIGHT,
        f"{share * BAR_WIDTH:.1f}",
        BAR_HEIGHT,
    )


@dataclass(frozen=True)
class Scale:
    """Where a value and a position stand in the chart."""

    low: float
    high: float
    step: float
    count: int
    width: int

    @property
    def right(self) -> float:
        """Where the drawing ends and the last value is written."""
        return self.width - RIGHT

    def across(self, at: float) -> float:
        """Where the value at this position stands, from the left."""
        return LEFT + at * (self.right - LEFT) / max(self.count - 1, 1)

    def down(self, value: float) -> float:
        """Where a value stands, from the top."""
        return _height(value, self.low, self.high, TOP, CHART_HEIGHT - BOTTOM)


def trend(
    values: Sequence[Number],
    labels: Sequence[str],
    label: str,
    *,
    unit: str = "",
    limits: tuple[Number, Number, Number] | None = None,
    target: Number = None,
    unusual: Sequence[int] = (),
    notes: Sequence[tuple[int, str]] = (),
    decimals: int = 1,
    ceiling: Number = None,
    small: bool = False,
) -> Markup:
    """A series over time: `limits` (lower, average, upper) as a band, the target dashed, unusual points as
    diamonds, `notes` as (position, one letter) that the page explains below, the last value in figures.
    `ceiling` is the most a value can be, for example 100 for a percentage. `small`: for half a page.
    """
    known = [float(value) for value in values if value is not None]
    if not known:
        return Markup("")
    drawn = known + [float(one) for one in (*(limits or ()), target) if one is not None]
    scale = _scale(drawn, len(values), None if ceiling is None else float(ceiling), SMALL if small else WIDE)
    points = [
        None if value is None else (scale.across(at), scale.down(float(value)))
        for at, value in enumerate(values)
    ]
    parts = [
        _band(scale, limits),
        _axis(scale, unit),
        _months(scale, labels),
        _target(scale, target),
        _notes(scale, notes),
        _lines(points, "gt-chart__line"),
        *(
            _diamond(point) if at in unusual else _dot(point, 2.5, "gt-chart__dot")
            for at, point in enumerate(points)
            if point
        ),
        _last(points, values, unit, decimals),
    ]
    return Markup(
        '<svg class="gt-chart{}" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">'
        "{}</svg>"
    ).format(
        " gt-chart--small" if small else "",
        label,
        scale.width,
        CHART_HEIGHT,
        scale.width,
        CHART_HEIGHT,
        Markup("").join(parts),
    )


def _height(value: float, low: float, high: float, top: float, bottom: float) -> float:
    share = (value - low) / (high - low) if high > low else 0.5
    return bottom - share * (bottom - top)


def _scale(drawn: Sequence[float], count: int, most: float | None, width: int) -> Scale:
    """From a round number below to a round number above, with even steps between them."""
    low, high = min(drawn), max(drawn)
    rough = max(high - low, abs(high) * 0.05, 1e-6) / TICKS
    size = 10.0 ** floor(log10(rough))
    step = next(size * by for by in (1, 2, 2.5, 5, 10) if size * by >= rough * 0.999)
    bottom, top = floor(low / step) * step, ceil(high / step) * step
    if most is not None and high <= most < top:
        top = most
    return Scale(bottom, top if top > bottom else bottom + step, step, count, width)


def _lines(points: Sequence[Point | None], css: str) -> Markup:
    """Lines between neighbours; never one across a gap. A value alone between two gaps becomes a dot."""
    found = Markup("")
    stretch: list[Point] = []
    for point in [*points, None]:
        if point:
            stretch.append(point)
            continue
        if len(stretch) > 1:
            path = "L".join(f"{across:.1f} {down:.1f}" for across, down in stretch)
            found += Markup('<path class="{}" d="M{}"/>').format(css, path)
        elif stretch:
            found += _dot(stretch[0], 2, f"{css}-alone")
        stretch = []
    return found


def _dot(point: Point, radius: float, css: str) -> Markup:
    return Markup('<circle class="{}" cx="{}" cy="{}" r="{}"/>').format(
        css, f"{point[0]:.1f}", f"{point[1]:.1f}", radius
    )


def _diamond(point: Point) -> Markup:
    across, down = point
    return Markup('<path class="gt-chart__unusual" d="M{} {}l6 6l-6 6l-6 -6z"/>').format(
        f"{across:.1f}", f"{down - 6:.1f}"
    )


def _text(across: float, down: float, words: object, css: str, anchor: str = "start") -> Markup:
    return Markup('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>').format(
        css, f"{across:.1f}", f"{down:.1f}", anchor, words
    )


def _rule(css: str, across: tuple[float, float], down: tuple[float, float]) -> Markup:
    return Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
        css, *(f"{one:.1f}" for one in (*across, *down))
    )


def _axis(scale: Scale, unit: str) -> Markup:
    found = Markup("")
    for at in range(int((scale.high - scale.low) / scale.step + 1e-6) + 1):
        value = scale.low + at * scale.step
        down = scale.down(value)
        found += _rule("gt-chart__grid", (LEFT, scale.right), (down, down))
        found += _text(LEFT - 8, down + 4, f"{round(value, 2):,g}{unit}", "gt-chart__tick", "end")
    return found


def _months(scale: Scale, labels: Sequence[str]) -> Markup:
    """Labels counted back from the last, so that the latest is always named."""
    every = -(-len(labels) // MOST_MONTHS_LABELLED) or 1
    return Markup("").join(
        _text(scale.across(at), CHART_HEIGHT - 8, labels[at], "gt-chart__tick", "middle")
        for at in range(len(labels) - 1, -1, -every)
    )


def _band(scale: Scale, limits: tuple[Number, Number, Number] | None) -> Markup:
    if limits is None or any(one is None for one in limits):
        return Markup("")
    lower, centre, upper = (scale.down(float(one)) for one in limits if one is not None)
    left, right = float(LEFT), scale.right
    return Markup(
        '<rect class="gt-chart__band" x="{}" y="{}" width="{}" height="{}"/>{}'
    ).format(left, f"{upper:.1f}", right - left, f"{lower - upper:.1f}",
             _rule("gt-chart__centre", (left, right), (centre, centre)))  # fmt: skip


def _target(scale: Scale, target: Number) -> Markup:
    if target is None:
        return Markup("")
    down = scale.down(float(target))
    return _rule("gt-chart__target", (LEFT, scale.right), (down, down)) + _text(
        LEFT + 4, down - 6, "target", "gt-chart__target-word"
    )


def _notes(scale: Scale, notes: Sequence[tuple[int, str]]) -> Markup:
    return Markup("").join(
        _rule("gt-chart__note-line", (scale.across(at), scale.across(at)), (TOP, CHART_HEIGHT - BOTTOM))
        + _text(scale.across(at), TOP - 8, letter, "gt-chart__note", "middle")
        for at, letter in notes
    )


def _last(points: Sequence[Point | None], values: Sequence[Number], unit: str, decimals: int) -> Markup:
    at = max(at for at, point in enumerate(points) if point)
    across, down = points[at] or (0.0, 0.0)
    said = f"{float(values[at] or 0):,.{decimals}f}{unit}"
    return _dot((across, down), 4.5, "gt-chart__last") + _text(across + 10, down + 5, said, "gt-chart__value")
