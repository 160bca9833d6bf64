"""How are performance and quality drawn? Teams as numbered points in a field with two lines, as SVG."""

from collections.abc import Sequence

from markupsafe import Markup

WIDTH, HEIGHT = 640, 440
LEFT, RIGHT, TOP, BOTTOM = 56, 20, 24, 56
TICKS = (0, 25, 50, 75, 100)
RADIUS, MORE = 11, 3  # of a point; and half as wide again for each further letter
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
        _corners(corners, lines[1]),
        _axes(across, up),
        *(_point(", ".join(marks), point) for point, marks in _together(points).items()),
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


def _together(points: Sequence[tuple[str, Point]]) -> dict[Point, list[str]]:
    """Marks by where they stand: of two teams at one place neither hides the other."""
    found: dict[Point, list[str]] = {}
    for mark, (across, up) in points:
        found.setdefault((round(across, 1), round(up, 1)), []).append(mark)
    return found


def _corners(corners: Sequence[str], line: float) -> Markup:
    """Under the upper edge, and under the line that parts good from not yet good."""
    top, bottom, left, right = TOP + 16, _down(line) + 18, LEFT + 6, WIDTH - RIGHT - 6
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
    half = RADIUS + MORE * (len(mark) - 1)
    return Markup('<rect class="gt-field__point" x="{}" y="{}" width="{}" height="{}" rx="{}"/>').format(
        f"{x - half:.1f}", f"{y - RADIUS:.1f}", 2 * half, 2 * RADIUS, RADIUS
    ) + _text("gt-field__mark", x, y + 4, mark, "middle")
