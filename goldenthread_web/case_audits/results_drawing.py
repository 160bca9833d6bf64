"""How are performance and quality drawn? Teams as numbered points in a field with two lines, as SVG."""

from collections.abc import Sequence

from markupsafe import Markup

WIDTH, HEIGHT = 640, 440
LEFT, RIGHT, TOP, BOTTOM = 56, 20, 24, 56
TICKS = (0, 25, 50, 75, 100)
RADIUS = 11
Point = tuple[float, float]


def field(
    points: Sequence[tuple[str, Point]],
    lines: Point,
    label: str,
    *,
    across: str,
    up: str,
    corners: Sequence[str],
) -> Markup:
    """Points from 0 to 100 both ways, each with its mark, in a field parted by two lines.

    `corners` are said at the top right, the bottom right, the top left and the bottom left. Nothing where
    there is no point. The numbers stand in the table beside it.
    """
    if not points:
        return Markup("")
    parts = [
        _ticks(),
        _lines(lines),
        _corners(corners),
        _axes(across, up),
        *(_point(mark, point) for mark, point in points),
    ]
    return Markup(
        '<svg class="gt-chart gt-field" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" '
        'height="{}">{}</svg>'
    ).format(label, WIDTH, HEIGHT, WIDTH, HEIGHT, Markup("").join(parts))


def _across(value: float) -> float:
    return LEFT + min(max(value, 0.0), 100.0) / 100 * (WIDTH - LEFT - RIGHT)


def _down(value: float) -> float:
    return HEIGHT - BOTTOM - min(max(value, 0.0), 100.0) / 100 * (HEIGHT - TOP - BOTTOM)


def _line(css: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(
        css, *(f"{one:.1f}" for one in (x1, y1, x2, y2))
    )


def _text(css: str, x: float, y: float, words: object, anchor: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>').format(
        css, f"{x:.1f}", f"{y:.1f}", anchor, words
    )


def _ticks() -> Markup:
    found = Markup("")
    for value in TICKS:
        found += _line("gt-chart__grid", LEFT, _down(value), WIDTH - RIGHT, _down(value))
        found += _text("gt-chart__tick", LEFT - 8, _down(value) + 4, f"{value}%", "end")
        found += _text("gt-chart__tick", _across(value), HEIGHT - BOTTOM + 18, f"{value}%", "middle")
    return found


def _lines(lines: Point) -> Markup:
    across, up = lines
    return _line("gt-chart__target", _across(across), TOP, _across(across), HEIGHT - BOTTOM) + _line(
        "gt-chart__target", LEFT, _down(up), WIDTH - RIGHT, _down(up)
    )


def _corners(corners: Sequence[str]) -> Markup:
    top, bottom, left, right = TOP + 14, HEIGHT - BOTTOM - 8, LEFT + 6, WIDTH - RIGHT - 6
    places = ((right, top, "end"), (right, bottom, "end"), (left, top, "start"), (left, bottom, "start"))
    return Markup("").join(
        _text("gt-field__corner", x, y, words, anchor)
        for words, (x, y, anchor) in zip(corners, places, strict=True)
    )


def _axes(across: str, up: str) -> Markup:
    return _text("gt-chart__tick", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, across, "middle") + _text(
        "gt-chart__tick", LEFT, TOP - 10, up, "start"
    )


def _point(mark: str, point: Point) -> Markup:
    x, y = _across(point[0]), _down(point[1])
    return Markup('<circle class="gt-field__point" cx="{}" cy="{}" r="{}"/>').format(
        f"{x:.1f}", f"{y:.1f}", RADIUS
    ) + _text("gt-field__mark", x, y + 4, mark, "middle")
