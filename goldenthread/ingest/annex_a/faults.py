"""Which cells of a sheet hold an error or a formula without a saved value?

The fast reader turns both into an empty cell without a word. They are found here in the XML of the
sheet itself, and only where a quick look has shown that there are any.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from goldenthread.ingest.annex_a.package import Package
from goldenthread.ingest.extract import Refused

_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,8})")
_MOST_SPREAD = 60_000_000  # rows x columns that the fast reader would lay out in memory


class FaultKind(StrEnum):
    """Why a cell that is not empty has no value."""

    ERROR = "error_cell"
    FORMULA = "formula_without_value"


@dataclass(frozen=True)
class Fault:
    """What stands in a cell that has no value: `#N/A`, or the formula."""

    kind: FaultKind
    text: str


Faults = dict[int, dict[int, Fault]]  # row -> column -> fault; rows from 1, columns from 0


def faults_of(package: Package, title: str) -> Faults:
    """Every error cell and valueless formula of a sheet, by row and column."""
    part = package.sheets[title]
    if not package.looks[part].needs_reading:
        return {}
    found: Faults = {}
    last_row = last_column = 0
    try:
        for row, column, cell in _cells(package, part):
            fault = _fault(cell)
            if fault:
                found.setdefault(row, {})[column] = fault
            if len(cell):
                last_row, last_column = max(last_row, row), max(last_column, column + 1)
    except etree.XMLSyntaxError as error:
        raise Refused(
            f"{package.path.name} is damaged in sheet {title}: open it in Excel and save it again as .xlsx."
        ) from error
    if last_row * last_column > _MOST_SPREAD:
        spread = f"{last_row:,} rows and {last_column:,} columns"
        raise Refused(
            f"Sheet {title} of {package.path.name} spreads over {spread}: "
            "delete the stray cells far from the list and load it again."
        )
    return found


def _cells(package: Package, part: str):  # noqa: ANN202 - a generator of (row, column, element)
    """Every cell element of a sheet with its place; a row is forgotten once it has been read."""
    row = 0
    rows = etree.iterparse(
        package.stream(part),  # type: ignore[arg-type]
        events=("end",),
        tag="{*}row",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for _, element in rows:
        row = int(element.get("r") or row + 1)
        column = -1
        for cell in element.iterchildren("{*}c"):
            place = split_reference(cell.get("r"))
            column = column_number(place[0]) if place else column + 1
            yield place[1] if place else row, column, cell
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _fault(cell: etree._Element) -> Fault | None:
    kind = cell.get("t")
    value = formula = None
    for child in cell:
        name = etree.QName(child).localname
        if name == "v":
            value = child.text or ""
        elif name == "f":
            formula = child.text or ""
        else:
            return None  # text written in the cell itself
    if kind == "e":
        return Fault(FaultKind.ERROR, value or "#ERROR")
    if formula is not None and not value and not (kind == "str" and value is not None):
        return Fault(FaultKind.FORMULA, f"={formula}" if formula else "a shared formula")
    return None


def split_reference(reference: str | None) -> tuple[str, int] | None:
    """The letters and the number of a cell reference such as AB12."""
    place = _REFERENCE.fullmatch(reference or "")
    return (place[1], int(place[2])) if place else None


def column_number(letters: str) -> int:
    """The number of a column, from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """The letters of a column, from 0: 0 is A, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
