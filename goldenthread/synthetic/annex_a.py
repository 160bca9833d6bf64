"""How does the authority fill its Annex A workbook? Eleven lists, as they stand on the as-at date."""

import csv
import tomllib
from contextlib import ExitStack
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

from goldenthread.standard import Column, native_tables
from goldenthread.synthetic import days
from goldenthread.synthetic.annex_a_care_rows import CARE_LIST_ROWS
from goldenthread.synthetic.annex_a_rows import LIST_ROWS, Cells
from goldenthread.synthetic.arcs import Arc
from goldenthread.synthetic.dirt import Planted
from goldenthread.synthetic.telling import Told
from goldenthread.synthetic.workbook import Cell, ErrorCell, Workbook

FILE = "annex_a.xlsx"
LATER_LAYOUT_FROM = date(2022, 1, 1)
SMUDGED = 0.01  # of the cells: written otherwise than asked for, but readable
BROKEN = 0.0005  # of the dates that may be missing: nothing that can be read
SMUDGED_GENDER = {"a) Male": "Male", "b) Female": "F"}


@cache
def _layouts() -> dict[str, Any]:
    entry = files("goldenthread.synthetic") / "annex_a_layouts.toml"
    return tomllib.loads(entry.read_text("utf-8"))


@cache
def _written(code_set: str) -> dict[str, str]:
    """The codes of ours as the workbook writes them."""
    entry = files("goldenthread.standard") / "codes" / f"{code_set}.csv"
    rows = csv.DictReader(entry.read_text("utf-8").splitlines())
    found: dict[str, str] = {}
    for row in rows:
        found.setdefault(row["standard"] or row["label"], row["written"])
        found.setdefault(row["code"], row["written"])
    return found


class AnnexA:
    """The open workbook; the rows of each list are added area by area."""

    def __init__(
        self, story: Arc, as_at: int, seed: int, planted: list[Planted], open_files: ExitStack
    ) -> None:
        self.as_at = date.fromordinal(as_at)
        self.is_later = self.as_at >= LATER_LAYOUT_FROM
        self.layout = _layouts()["2024" if self.is_later else "2019"]
        self.rng = Random(f"{seed}/{story.code}/workbook")  # noqa: S311 (invented data, not secrecy)
        self.planted = planted
        sheets = [self.layout["sheet"].format(number=number) for number in range(1, 12)]
        told = f"Synthetic data: {story.name} is an invented authority. Nobody in this workbook exists."
        self.book = Workbook(sheets, f"Annex A, {story.name} (synthetic)", told, open_files)
        for number, sheet in enumerate(sheets, 1):
            if self.layout["titles"]:
                self.book.add(sheet, [self.layout["titles"][number - 1]], is_heading=True)
            self.book.add(sheet, [self._heading(number, c) for c in self._columns(number)], is_heading=True)

    def _columns(self, number: int) -> list[Column]:
        table = native_tables()[f"annex_a_list_{number}"]
        names = self.layout["columns"].get(str(number), table.column)
        return [table.column[name] for name in names]

    def _heading(self, number: int, column: Column) -> str:
        own = self.layout.get("headings", {}).get(str(number), {})
        return own.get(column.name, column.header or column.name)

    def add(self, told: Told) -> None:
        """Write the children of one area into every list they belong to."""
        for number, rows in (LIST_ROWS | CARE_LIST_ROWS).items():
            columns = self._columns(number)
            sheet = self.layout["sheet"].format(number=number)
            for cells in rows(told):
                values = [self._value(column, cells.get(column.name)) for column in columns]
                line = self.book.add(sheet, values)
                for column, value in zip(columns, values, strict=True):
                    if isinstance(value, ErrorCell) or value == "#N/A":
                        self._note(sheet, line, column, cells)

    def _note(self, sheet: str, line: int, column: Column, cells: Cells) -> None:
        whose = cells.get("child_id")
        self.planted.append(
            Planted(FILE, line, "unreadable", "error_cell", column.name, str(whose) if whose else None, sheet)
        )

    def _value(self, column: Column, value: Any) -> Cell:
        """The value as this council writes it: mostly as asked for."""
        if column.type == "date":
            return self._date(column, value)
        if value is None:
            return None
        if column.codes:
            return self._code(column.codes, str(value))
        if column.name == "age" and isinstance(value, int):
            return self._age(value)
        if isinstance(value, str) and " " in value and self.rng.random() < SMUDGED:
            return value.replace(" ", "\u00a0")
        return value

    def _code(self, code_set: str, value: str) -> str:
        written = _written(code_set).get(value, value)
        if self.rng.random() < SMUDGED:
            return SMUDGED_GENDER.get(written, written.partition(") ")[2] or written)
        return written

    def _age(self, age: int) -> Cell:
        if age < 0 or (not self.is_later and self.rng.random() > SMUDGED):
            return age
        return round(age + self.rng.random() * 0.99, 4) if self.is_later else float(age)

    def _date(self, column: Column, day: int | None) -> Cell:
        chance = self.rng.random()
        if not column.required and chance < BROKEN:
            return ErrorCell("#N/A") if chance < BROKEN / 2 else "#N/A"
        if day is None:
            return None
        if chance > 1 - SMUDGED:
            text = days.iso(day) or ""
            return f"{text[8:]}/{text[5:7]}/{text[:4]}"
        return date.fromordinal(day)

    def save(self, folder: Path) -> None:
        """Write the workbook."""
        self.book.save(folder / FILE, self.as_at)
