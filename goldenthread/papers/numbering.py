"""Which number does Word print before a paragraph that it numbers by itself?"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 9  # levels that a list of Word can have
_BULLET = "bullet"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Level:
    """One level of a list: where it starts, how it counts and what is printed."""

    start: int
    counts: str  # Word's name of the way to count
    prints: str
    style: str  # the style whose paragraphs are of this level
    restarts: bool  # when a level above goes on
    is_plain: bool  # the levels above are printed as figures, however they count

    @classmethod
    def of(cls, element) -> "Level":
        """As the file says it."""
        start = _value(element, "start")
        return cls(
            start=int(start) if start.isdecimal() else 0,  # as Word does where nothing is said
            counts=_value(element, "numFmt") or "decimal",
            prints=_value(element, "lvlText"),
            style=_value(element, "pStyle"),
            restarts=_value(element, "lvlRestart") != "0",
            is_plain=element.find(f"{_W}isLgl") is not None,
        )


@dataclass
class _List:
    """A list as Word knows it: the lists that share `counter` go on counting where the other stopped."""

    counter: str
    levels: dict[int, Level]
    begins: dict[int, int] = field(default_factory=dict)  # levels that this list counts anew, from where


class Numbering:
    """The lists of a document, counted paragraph by paragraph in the order of the page."""

    def __init__(self, numbering, styles) -> None:
        """Of the two parts of the file that say so; `numbering` is None where nothing is numbered."""
        self._styles = {one.get(_W + "styleId"): one for one in styles.iter(_W + "style")}
        self._lists = {} if numbering is None else _lists(numbering, self._styles)
        self._counts: dict[str, dict[int, int]] = {}

    def label(self, paragraph) -> str | None:
        """What is printed before a paragraph; blank for a bullet; None if Word puts nothing there."""
        place = self._place(paragraph)
        if place is None:
            return None
        found, at = place
        level = found.levels[at]
        if level.counts in (_BULLET, "none"):
            return "" if level.counts == _BULLET else None
        return self._printed(found, at, self._next(found, at))

    def _place(self, paragraph) -> tuple[_List, int] | None:
        """The list and the level of a paragraph: said by itself, else by its style or one it rests on."""
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = _value(paragraph.find(f"{_W}pPr"), "pStyle") or self._usual()
        named, at = _value(own, "numId"), _value(own, "ilvl")
        seen: set[str] = set()
        while style in self._styles and style not in seen and not named:
            seen.add(style)
            above = self._styles[style].find(f"{_W}pPr/{_W}numPr")
            named = _value(above, "numId")
            linked = self._level_of(named, style)
            at = at or (_value(above, "ilvl") if linked is None else str(linked))
            style = _value(self._styles[style], "basedOn")
        found = self._lists.get(named)
        number = int(at) if at.isdecimal() else 0
        return None if found is None or number not in found.levels else (found, number)

    def _usual(self) -> str:
        """The style of a paragraph that names none."""
        for name, style in self._styles.items():
            if style.get(_W + "type") == "paragraph" and style.get(_W + "default") in ("1", "true"):
                return name
        return ""

    def _level_of(self, named: str, style: str) -> int | None:
        found = self._lists.get(named)
        levels = {} if found is None else found.levels
        return next((at for at, level in levels.items() if level.style == style), None)

    def _next(self, found: _List, at: int) -> dict[int, int]:
        """Count on. What stands deeper starts again, unless it says that it does not."""
        counts = self._counts.setdefault(found.counter, {})
        if at in found.begins:
            counts[at] = found.begins.pop(at)
        else:
            counts[at] = counts[at] + 1 if at in counts else found.levels[at].start
        for deeper in [one for one in counts if one > at]:
            if deeper not in found.levels or found.levels[deeper].restarts:
                del counts[deeper]
        for higher in range(at):
            if higher in found.levels:
                counts.setdefault(higher, found.levels[higher].start)
        return counts

    def _printed(self, found: _List, at: int, counts: dict[int, int]) -> str:
        def said(match: re.Match[str]) -> str:
            one = int(match[1]) - 1
            if one not in counts or one not in found.levels:
                return ""
            counted = "decimal" if found.levels[at].is_plain else found.levels[one].counts
            return _WAYS.get(counted, str)(counts[one])

        return re.sub(r"%(\d)", said, found.levels[at].prints).strip()


def _lists(numbering, styles) -> dict[str, _List]:
    """The lists of a document by their number."""
    shapes = {one.get(_W + "abstractNumId"): one for one in numbering.iter(_W + "abstractNum")}
    named = {one.get(_W + "numId"): one for one in numbering.iter(_W + "num")}
    found: dict[str, _List] = {}
    for number, one in named.items():
        shape = _shape(one, shapes, named, styles)
        if shape is None or number == "0":  # 0 says: no list
            continue
        made = _List(counter=shape.get(_W + "abstractNumId"), levels=_levels(shape))
        for over in one.iter(_W + "lvlOverride"):
            at = int(over.get(_W + "ilvl"))
            made.levels |= _levels(over)
            if (start := _value(over, "startOverride")).isdecimal():
                made.begins[at] = int(start)
        found[number] = made
    return found


def _shape(one, shapes, named, styles):
    """What a list looks like, also where that is said by a style of lists."""
    shape = shapes.get(_value(one, "abstractNumId"))
    style = styles.get(_value(shape, "numStyleLink"))
    if style is None:
        return shape
    linked = named.get(_value(style.find(f"{_W}pPr/{_W}numPr"), "numId"))
    return shape if linked is None else shapes.get(_value(linked, "abstractNumId"))


def _levels(element) -> dict[int, Level]:
    said = {int(one.get(_W + "ilvl")): Level.of(one) for one in element.findall(_W + "lvl")}
    return {at: level for at, level in said.items() if at < _DEEPEST}


def _value(element, name: str) -> str:
    """What a property says; blank where it is not there."""
    found = None if element is None else element.find(_W + name)
    return "" if found is None else found.get(_W + "val") or ""


def _letters(number: int) -> str:
    """a to z, then aa, bb: as Word counts."""
    return "" if number < 1 else chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    said = ""
    for value, sign in _ROMAN:
        said, number = said + sign * (number // value), number % value
    return said


_WAYS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
}
