"""What must be said about the rows of a list, and where exactly?"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

from goldenthread.ingest.annex_a.cells import Value
from goldenthread.ingest.annex_a.columns import ColumnReader, Tally
from goldenthread.ingest.annex_a.faults import column_letters
from goldenthread.ingest.annex_a.headings import table_of
from goldenthread.ingest.annex_a.matching import SheetMatch
from goldenthread.ingest.extract import Finding, Severity
from goldenthread.ingest.values import LONGEST_TEXT

SOURCE = "annex_a"
_WITHHELD = ("placement_postcode",)  # R14: what is wrong in it may be an address


def sheet_name(number: int | None) -> str:
    """The name of a list in ids and coordinates, whatever the title of its sheet."""
    return f"list_{number}"


@dataclass
class RowFindings:
    """The findings of one list."""

    file: str
    match: SheetMatch
    findings: list[Finding] = field(default_factory=list)
    child_ids: dict[int, str] = field(default_factory=dict)  # by row

    def add(
        self,
        row: int | None,
        rule: str,
        severity: Severity,
        text: str,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Say something about a row or, with a column, about one cell of it."""
        message = f"{self._place(row, column)} {text}"
        self.findings.append(
            Finding(
                rule=rule,
                severity=severity,
                message=message,
                source=SOURCE,
                file=self.file,
                sheet=sheet_name(self.match.number),
                row=row,
                table=f"annex_a_list_{self.match.number}",
                column=column,
                value=None if column in _WITHHELD or not value else value[:LONGEST_TEXT],
                child_id=None if row is None else self.child_ids.get(row),
            )
        )

    def _place(self, row: int | None, column: str | None) -> str:
        if column is None or column not in self.match.columns:
            return f"Row {row}"
        heading = table_of(self.match.number or 0).column[column].header
        letters = column_letters(self.match.columns[column])
        return f"Cell {letters}{row} ({heading})" if row else f"Column {letters} ({heading})"


def cell_findings(found: RowFindings, reader: ColumnReader) -> None:
    """Every cell that could not be read, or was read with a doubt."""
    reader.finish()
    for noted in reader.noted:
        note = noted.note
        found.add(noted.row, note.rule, note.severity, note.text, reader.column.name, noted.text)
    for tally in reader.tallies.values():
        _tally_finding(found, reader.column.name, tally)


def _tally_finding(found: RowFindings, column: str, tally: Tally) -> None:
    place = f"{column_letters(found.match.columns[column])}{tally.first_row}"
    cells = "one such cell" if tally.count == 1 else f"{tally.count:,} such cells"
    text = f"{tally.note.text} There {'is' if tally.count == 1 else 'are'} {cells}, the first in {place}."
    found.add(None, tally.note.rule, tally.note.severity, text, column, tally.text)


def required_findings(
    found: RowFindings, reader: ColumnReader, rows: Sequence[int], values: Sequence[Value]
) -> None:
    """A blank cell without which the row stands for no event."""
    column = reader.column
    if not column.required or None not in values:
        return
    said = {noted.row for noted in reader.noted}
    for row, value in zip(rows, values, strict=True):
        if value is None and row not in said:
            text = "is blank: the row is kept, but nothing is counted from it that hangs on this date."
            found.add(row, "R05", Severity.ERROR, text, column.name)


@cache
def _date_rules() -> tuple[date, dict[str, dict[str, str]]]:
    data = tomllib.loads((files("goldenthread.ingest.annex_a") / "dates.toml").read_text("utf-8"))
    return data["earliest"], data["ends"]


def date_findings(
    found: RowFindings, rows: Sequence[int], values: dict[str, list[Value]], as_at_on: date
) -> None:
    """Dates after the as-at date, dates long ago and ends before their start (rule R09)."""
    earliest, ends = _date_rules()
    table = table_of(found.match.number or 0)
    for name, days in values.items():
        if table.column[name].type != "date":
            continue
        late = None if table.column[name].may_be_future else f"is after the as-at date {as_at_on}."
        odd = {day for day in set(days) if isinstance(day, date) and not earliest <= day <= as_at_on}
        for i, day in enumerate(days) if odd else ():
            if day not in odd or not isinstance(day, date):
                continue
            if day < earliest:
                found.add(rows[i], "R09", Severity.WARNING, f"is before {earliest}.", name, str(day))
            elif late and not (name == "date_of_birth" and _is_unborn(values, i)):
                found.add(rows[i], "R09", Severity.WARNING, late, name, str(day))
    for end, start in ends.get(str(found.match.number), {}).items():
        if end in values and start in values:
            _end_findings(found, rows, values, start, end)


def _is_unborn(values: dict[str, list[Value]], i: int) -> bool:
    return "age" in values and values["age"][i] == -1


def _end_findings(
    found: RowFindings, rows: Sequence[int], values: dict[str, list[Value]], start: str, end: str
) -> None:
    heading = table_of(found.match.number or 0).column[start].header
    for row, first, last in zip(rows, values[start], values[end], strict=True):
        if isinstance(first, date) and isinstance(last, date) and last < first:
            text = f"is before {heading}, {first}: the row is kept and is never open."
            found.add(row, "R09", Severity.ERROR, text, end, str(last))


def duplicate_findings(found: RowFindings, rows: Sequence[int], values: dict[str, list[Value]]) -> set[int]:
    """Which rows repeat an earlier one in every column (R07); one with only its key is a doubt."""
    table = table_of(found.match.number or 0)
    ids = values[table.columns[0].name]
    seen_once, repeated = set[Value](), set[Value]()
    for child in ids:
        (repeated if child in seen_once else seen_once).add(child)
    if not repeated:
        return set()
    every = list(values.values())
    key = [values[name] for name in table.key if name in values]
    whole: dict[tuple[Value, ...], int] = {}
    keyed: dict[tuple[Value, ...], int] = {}
    duplicates: set[int] = set()
    for i, child in enumerate(ids):
        if child not in repeated:
            continue
        first = whole.setdefault(tuple([column[i] for column in every]), i)
        same = tuple([column[i] for column in key])
        if first != i:
            duplicates.add(i)
            text = f"is the same as row {rows[first]} in every column: one of them is kept."
            found.add(rows[i], "R07", Severity.INFO, text)
        elif len(key) == len(table.key) and None not in same and keyed.setdefault(same, i) != i:
            text = f"is for the same {_key_in_words(table.key)} as row {rows[keyed[same]]}: both are kept."
            found.add(rows[i], "R07", Severity.WARNING, text)
    return duplicates


def _key_in_words(key: Sequence[str]) -> str:
    return " and ".join(name.replace("_", " ").replace("child id", "child") for name in key)
