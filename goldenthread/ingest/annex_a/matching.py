"""Which sheet is which list, which heading is which column, and why?

Every answer is a line of the mapping report: a list of plain dictionaries that can be written as
JSON, corrected by hand and given back. What is given back is used as it stands; only what it does
not mention is matched again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from goldenthread.ingest.annex_a.faults import Fault, column_letters
from goldenthread.ingest.annex_a.headings import (
    LEAST_LEAD,
    LEAST_SCORE,
    LISTS,
    headings,
    is_part_of_the_template,
    named_list,
    numbered_list,
    score,
    table_of,
    words_of,
)
from goldenthread.ingest.annex_a.sheets import Row
from goldenthread.ingest.extract import Refused

Mapping = Sequence[dict[str, object]]

ROWS_SEARCHED = 30  # a title and a few notes may stand above the headings
_LEAST_HEADINGS = 3  # of a list that the title names
_LEAST_SHARE = 0.6  # of the headings only one list has, where the title does not name it


@dataclass(frozen=True)
class HeadingMatch:
    """One heading of a sheet, and the column it was taken for."""

    position: int  # from 0
    heading: str
    column: str | None
    matched_by: str  # exact, later layout, alias, fuzzy, given, not matched
    score: float = 0.0
    note: str = ""


@dataclass
class SheetMatch:
    """What a sheet was taken for."""

    title: str
    number: int | None = None  # the list
    header_row: int | None = None
    matched_by: str = "not a list"
    note: str = ""
    problem: str = ""  # why a sheet that should be a list was not read
    headings: list[HeadingMatch] = field(default_factory=list)

    @cached_property
    def columns(self) -> dict[str, int]:
        """Where each column of the list stands, from 0."""
        return {match.column: match.position for match in self.headings if match.column}

    @property
    def missing(self) -> list[str]:
        """Columns of the list that no heading was taken for, those of later layouts left out."""
        if self.number is None:
            return []
        found, added = self.columns, headings().added[self.number]
        return [c.name for c in table_of(self.number).columns if c.name not in found and c.name not in added]

    @property
    def layout(self) -> str | None:
        """Which layout the headings are of, where they tell."""
        if self.number is None:
            return None
        if any(match.matched_by == "later layout" for match in self.headings):
            return "2022 to 2024"
        return "2022 to 2024" if headings().added[self.number] & set(self.columns) else "August 2019"


def match_sheet(title: str, head: list[Row], mapping: Mapping = ()) -> SheetMatch:
    """What a sheet is, from its title and its first rows, or from the mapping given."""
    given = [entry for entry in mapping if entry.get("sheet") == title]
    for entry in given:
        if entry.get("kind") == "sheet":
            return _as_given(title, head, entry, given)
    if is_part_of_the_template(title):
        return SheetMatch(title, matched_by="sheet of the template")
    number = numbered_list(title)
    if number is not None:
        return _match_titled(title, head, number, "number in the title", given)
    named = named_list(title)
    if named is not None and _own(head, named):
        return _match_titled(title, head, named, "name in the title", given)
    return _match_by_headings(title, head, named, given)


def _as_given(title: str, head: list[Row], entry: dict[str, object], given: Mapping) -> SheetMatch:
    number = entry.get("list")
    if number is None:
        return SheetMatch(title, matched_by="given")
    if number not in LISTS:
        raise Refused(f"The mapping takes sheet {title} for list {number}: lists are numbered 1 to 11.")
    row = entry.get("header_row")
    rows = [r for r in head if r[0] == row] if row else head
    if not rows:
        raise Refused(f"The mapping says the headings of sheet {title} are in row {row}, which is not there.")
    found = _best_header(rows, int(str(number)), given)
    return SheetMatch(title, int(str(number)), found[0], "given", headings=found[1])


def _match_titled(title: str, head: list[Row], number: int, why: str, given: Mapping) -> SheetMatch:
    row, found = _best_header(head, number, given)
    if len([match for match in found if match.column]) < _LEAST_HEADINGS:
        problem = f"its title names list {number} but no row has the headings of that list"
        return SheetMatch(title, problem=problem)
    better = [other for other in LISTS if _own(head, other) > max(_own(head, number), 1)]
    if better:
        problem = f"its title names list {number} but its headings are those of list {better[0]}"
        return SheetMatch(title, problem=problem)
    return SheetMatch(title, number, row, why, headings=found)


def _match_by_headings(title: str, head: list[Row], named: int | None, given: Mapping) -> SheetMatch:
    fitting = [number for number in LISTS if _fits(head, number)]
    if not fitting:
        return SheetMatch(title, problem="" if named is None else f"it has no headings of list {named}")
    if len(fitting) > 1:
        either = " or ".join(f"list {number}" for number in fitting)
        return SheetMatch(title, problem=f"its headings could be those of {either}")
    row, found = _best_header(head, fitting[0], given)
    return SheetMatch(title, fitting[0], row, "headings", headings=found)


def _fits(head: list[Row], number: int) -> bool:
    """Whether the headings alone tell that this is the list: its id and most of what only it has."""
    _, found = _best_header(head, number)
    columns = {match.column for match in found}
    own = _own_columns(number)
    return table_of(number).columns[0].name in columns and len(own & columns) >= _LEAST_SHARE * len(own)


def _own(head: list[Row], number: int) -> int:
    """How many headings that only this list has stand in one row word for word."""
    own = _own_columns(number)
    wordings = headings().columns[number]
    official = {wordings[name].official for name in own}
    return max(
        (len(official & {words_of(heading_text(cell)) for cell in cells}) for _, cells in head), default=0
    )


def _own_columns(number: int) -> set[str]:
    every = {column.name for column in table_of(number).columns}
    return every - headings().shared - headings().added[number]


def _best_header(head: list[Row], number: int, given: Mapping = ()) -> tuple[int | None, list[HeadingMatch]]:
    """The row with the most headings of a list, and what each of them was taken for."""
    best: tuple[int | None, list[HeadingMatch]] = (None, [])
    most = 0
    for row, cells in head:
        texts = {position: heading_text(cell) for position, cell in enumerate(cells)}
        texts = {position: text for position, text in texts.items() if text}
        if not _has_a_heading(texts, number, given):
            continue  # likeness is only worth measuring in a row that has some heading word for word
        found = match_headings(texts, number, given)
        count = sum(match.column is not None for match in found)
        if count > most:
            best, most = (row, found), count
    return best


def _has_a_heading(texts: dict[int, str], number: int, given: Mapping) -> bool:
    words = {words_of(text) for text in texts.values()}
    asked = {words_of(str(entry["heading"])) for entry in given if entry.get("heading")}
    return len(texts) > 1 and any(
        words & ({wording.official} | wording.later | wording.aliases | asked)
        for wording in headings().columns[number].values()
    )


def heading_text(cell: object) -> str:
    """The text of a cell in a row of headings, white space tidied."""
    return "" if cell is None or isinstance(cell, Fault) else " ".join(str(cell).split())


def match_headings(texts: dict[int, str], number: int, given: Mapping = ()) -> list[HeadingMatch]:
    """What each heading of a row was taken for: as given, else by its words, else by likeness."""
    found = _given_headings(texts, number, given)
    for kind in ("exact", "later layout", "alias"):
        _match_words(texts, number, kind, found)
    _match_likeness(texts, number, found)
    return [found[position] for position in sorted(found)]


def _given_headings(texts: dict[int, str], number: int, given: Mapping) -> dict[int, HeadingMatch]:
    found: dict[int, HeadingMatch] = {}
    for entry in given:
        if entry.get("kind") != "column" or not entry.get("heading"):
            continue
        column = entry.get("column")
        if column is not None and column not in table_of(number).column:
            raise Refused(f"The mapping names a column {column}, which list {number} does not have.")
        if column is not None and column in {match.column for match in found.values()}:
            raise Refused(f"The mapping gives column {column} of list {number} to two headings.")
        position = _position_of(entry, texts)
        if position is not None:
            name = None if column is None else str(column)
            found[position] = HeadingMatch(position, texts[position], name, "given", 1.0 if name else 0.0)
    return found


def _position_of(entry: dict[str, object], texts: dict[int, str]) -> int | None:
    """Where the heading of a line of the mapping stands: by its words, of two the one in its place."""
    words = words_of(str(entry["heading"]))
    places = [position for position, text in texts.items() if words_of(text) == words]
    in_place = [position for position in places if column_letters(position) == entry.get("position")]
    return (in_place or places or [None])[0]


def _match_words(texts: dict[int, str], number: int, kind: str, found: dict[int, HeadingMatch]) -> None:
    for column, wording in headings().columns[number].items():
        wordings = {
            "exact": {wording.official},
            "later layout": wording.later,
            "alias": wording.aliases,
        }[kind]
        places = [p for p, text in texts.items() if p not in found and words_of(text) in wordings]
        taken = column in {match.column for match in found.values()}
        for place in places:
            if taken:
                note = f"also looks like {column}, which another heading was taken for"
                found[place] = HeadingMatch(place, texts[place], None, "not matched", note=note)
            elif len(places) > 1:
                note = f"one of {len(places)} headings for {column}: say in the mapping which to use"
                found[place] = HeadingMatch(place, texts[place], None, "not matched", note=note)
            else:
                found[place] = HeadingMatch(place, texts[place], column, kind, 1.0)


def _match_likeness(texts: dict[int, str], number: int, found: dict[int, HeadingMatch]) -> None:
    left = {position: text for position, text in texts.items() if position not in found}
    nearest = {position: _nearest(text, number) for position, text in left.items()}
    taken = {match.column for match in found.values()}
    for position in sorted(left, key=lambda p: -nearest[p][1]):
        column, likeness, note = nearest[position]
        if column is not None and column in taken:
            note = f"looks like {column}, which another heading was taken for"
            column = None
        taken.add(column)
        kind = "fuzzy" if column else "not matched"
        found[position] = HeadingMatch(position, left[position], column, kind, round(likeness, 3), note)


def _nearest(text: str, number: int) -> tuple[str | None, float, str]:
    """The column a misspelt heading is nearest to; none if it is near to none, or to two alike."""
    words = words_of(text)
    scores = sorted(
        (
            (max(score(words, wording) for wording in (w.official, *w.later)), column)
            for column, w in headings().columns[number].items()
        ),
        reverse=True,
    )
    (best, column), (second, other) = scores[0], scores[1]
    if best < LEAST_SCORE:
        return None, best, ""
    if best - second < LEAST_LEAD:
        return None, best, f"could be {column} or {other}: say in the mapping which"
    return column, best, ""
