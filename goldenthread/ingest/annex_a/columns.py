"""What does a whole column of cells say, and where are the cells about which something must be said?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from goldenthread.ingest.annex_a.cells import (
    Note,
    Setting,
    Value,
    as_text,
    could_be_month_first,
    reader_of,
)
from goldenthread.ingest.annex_a.sheets import Cell
from goldenthread.ingest.extract import Severity
from goldenthread.standard import Column

_REMEMBERED = 500_000  # different cells of one column; then it starts to remember afresh


@dataclass(frozen=True)
class Noted:
    """A cell about which something must be said."""

    row: int
    text: str
    note: Note


@dataclass
class Tally:
    """A note that is given once for the whole column."""

    first_row: int
    text: str
    note: Note
    count: int = 0


@dataclass
class ColumnReader:
    """Reads the cells of one column, each different cell once, and keeps what must be said."""

    column: Column
    setting: Setting
    noted: list[Noted] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    either_way: list[tuple[int, str]] = field(default_factory=list)  # dates that hang on the order

    def __post_init__(self) -> None:
        self._read = reader_of(self.column, self.setting)
        self._values: dict[Cell, Value] = {}
        self._notes: dict[Cell, Note] = {}
        self._either: set[Cell] = set()

    def read(self, given: Sequence[Cell], rows: Sequence[int]) -> list[Value]:
        """The values of the next cells, which stand in these rows."""
        cells, different = _told_apart(given)
        self._learn(different)
        if not self._notes.keys().isdisjoint(different):
            self._note(cells, rows)
        if not self._either.isdisjoint(different):
            pairs = zip(rows, cells, strict=True)
            self.either_way += [(row, as_text(cell)) for row, cell in pairs if cell in self._either]
        return list(map(self._values.__getitem__, cells))

    def _learn(self, different: set[Cell]) -> None:
        if len(self._values) > _REMEMBERED:
            self._values.clear()
            self._notes.clear()
        for cell in different - self._values.keys():
            read = self._read(cell)
            self._values[cell] = read.value
            if read.note:
                self._notes[cell] = read.note
            if self.column.type == "date" and could_be_month_first(cell):
                self._either.add(cell)

    def _note(self, cells: Sequence[Cell], rows: Sequence[int]) -> None:
        for row, cell in zip(rows, cells, strict=True):
            note = self._notes.get(cell)
            if note is None:
                continue
            if not note.once:
                self.noted.append(Noted(row, as_text(cell), note))
                continue
            tally = self.tallies.setdefault(note.rule, Tally(row, as_text(cell), note))
            tally.count += 1

    def finish(self) -> None:
        """If a date could only be read month first, every date that would read either way is doubtful."""
        if any(noted.note.rule == "month_first" for noted in self.noted):
            note = Note(
                "month_first",
                Severity.WARNING,
                "was read as day/month/year, but other dates of this column have the month first: check it.",
            )
            self.noted += [Noted(row, text, note) for row, text in self.either_way]


def _told_apart(cells: Sequence[Cell]) -> tuple[Sequence[Cell], set[Cell]]:
    """The cells and the different ones among them; true and 1 are one key, so true becomes text."""
    different: set[Cell] = set(cells)
    if (1 in different or 0 in different) and bool in set(map(type, cells)):
        apart: list[Cell] = [str(cell).upper() if isinstance(cell, bool) else cell for cell in cells]
        return apart, set(apart)
    return cells, different
