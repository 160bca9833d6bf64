"""How does the authority write its local extracts? Every table as rows, and the files and their manifest."""

import csv
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from goldenthread.standard import standard_tables
from goldenthread.synthetic import days
from goldenthread.synthetic.area import HISTORY_MONTHS
from goldenthread.synthetic.care_rows import CARE_ROWS
from goldenthread.synthetic.case_rows import CASE_ROWS
from goldenthread.synthetic.council_rows import council_rows
from goldenthread.synthetic.dirt import Planted, Planter
from goldenthread.synthetic.slips import Slip
from goldenthread.synthetic.telling import Told

Row = tuple[Any, ...]


class Extracts:
    """The open files of one delivery; rows are added area by area."""

    def __init__(self, folder: Path, planter: Planter, open_files: ExitStack) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.planter = folder, planter
        self._writers: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        self.kinds: dict[str, set[str]] = {}
        for name, table in standard_tables().items():
            file = open_files.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            self._writers[name] = csv.writer(file, lineterminator="\n")
            self._writers[name].writerow([column.name for column in table.columns])
            self.lines[name] = 1

    def add(self, told: Told) -> None:
        """Write everything of one area."""
        for table, rows in groupby(area_rows(told), key=lambda entry: entry[0]):
            self.write(table, [row for _, row in rows], told.slips.made)

    def write(self, table: str, rows: list[Row], slips: list[Slip]) -> None:
        """Append rows of a table, and the mistakes planted among them."""
        kind = standard_tables()[table].kind_column
        if kind:
            place = list(standard_tables()[table].column).index(kind)
            self.kinds.setdefault(table, set()).update(row[place] for row in rows)
        rows = self.planter.plant(standard_tables()[table], rows, self.lines[table] + 1)
        self._find(table, rows, {(slip.key, slip.child): slip for slip in slips if slip.table == table})
        self._writers[table].writerows(rows)
        self.lines[table] += len(rows)

    def _find(self, table: str, rows: list[Row], slips: dict[tuple[str, str], Slip]) -> None:
        """Note the line of every contradiction that was made in this table."""
        for place, row in enumerate(rows if slips else ()):
            slip = slips.get((row[0], row[1] if table != "children" else row[0]))
            if slip:
                line = self.lines[table] + 1 + place
                self.planter.planted.append(
                    Planted(f"{table}.csv", line, slip.kind, slip.rule, None, slip.child)
                )

    def write_manifest(self, as_at_on: date, la_code: str, name: str) -> None:
        """Say what the files hold and from when."""
        first = days.add_months(as_at_on.toordinal(), -HISTORY_MONTHS) + 1
        files: dict[str, dict[str, Any]] = {}
        for table_name, table in standard_tables().items():
            entry: dict[str, Any] = {}
            if table.event_column:
                entry["covers_from_on"] = days.iso(first)
            if table.kind_column:
                entry["kinds_supplied"] = sorted(self.kinds.get(table_name, ()))
            if entry:
                files[f"{table_name}.csv"] = entry
        manifest = {
            "note": f"Synthetic data: {name} is an invented authority and its number is fictitious.",
            "as_at_on": as_at_on.isoformat(),
            "la_code": la_code,
            "files": files,
        }
        _write(self.folder / "manifest.json", manifest)

    def write_planted(self, path: Path, name: str) -> None:
        """List what was planted, beside the delivery: a delivery holds nothing but its files."""
        planted = {
            "note": f"Synthetic data: mistakes planted in the files of {name}, an invented authority.",
            "rate": self.planter.rate,
            "planted": [asdict(entry) for entry in self.planter.planted],
        }
        _write(path, planted)


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def area_rows(told: Told) -> Iterator[tuple[str, Row]]:
    """Every row of an area with the table it belongs to, table by table."""
    for table, rows in (CASE_ROWS | CARE_ROWS).items():
        for child in told.written:
            for row in rows(told, child):
                yield table, row
    yield from council_rows(told)
