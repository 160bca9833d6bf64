"""How an example of a rule is drawn, and how all of them are loaded at once.

The rule's own table is drawn with `fails` (yes or no) and `because`; other tables are named. A row
without a child is of the child with the row's number, so the first row of one table speaks of the
same child as the first row of another. Ids and teams of one example are its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from goldenthread.quality.rules import all_rules
from goldenthread.standard import Table, code_labels, standard_tables
from tests.builders import EARLY, ALoad, Supplied, drawn, stored

AS_AT = date(2017, 12, 31)
_ANSWERS = ("fails", "because")


@dataclass(frozen=True)
class Example:
    """One rule by example: its own rows with the expected answer, and the other tables."""

    code: str
    own: str
    also: Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """One row of an example as it lies in the load of all examples."""

    code: str
    table: str
    row: int
    fails: bool
    because: str


def example(code: str, own: str, **also: str) -> Example:
    """An example of the rule with that code."""
    return Example(code, own, also)


def loaded(examples: list[Example], folder: Path) -> tuple[ALoad, list[Line]]:
    """One load that holds every example, and where the rows of each are."""
    rules = {rule.code: rule for rule in all_rules()}
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in standard_tables()}
    lines: list[Line] = []
    for number, one in enumerate(examples):
        own = rules[one.code].table
        for name, text in [(own, one.own), *one.also.items()]:
            answered = name == own and text is one.own
            for place, cells in enumerate(drawn(text), start=1):
                at = len(rows[name]) + 2
                rows[name].append(_stored(standard_tables()[name], cells, at, number, place))
                if answered:
                    assert cells["because"], f"say why: {cells}"
                    lines.append(Line(one.code, own, at, cells["fails"] == "yes", cells["because"]))
    load = ALoad(folder, AS_AT)
    for name, table in standard_tables().items():
        pq.write_table(pa.Table.from_pylist(rows[name], schema=table.arrow), folder / f"{name}.parquet")
        load.supply[name] = _everything(table)
    return load, lines


def _stored(table: Table, cells: Mapping[str, str], at: int, number: int, place: int) -> dict[str, object]:
    known = {name: text for name, text in cells.items() if name not in _ANSWERS}
    assert set(known) <= set(table.column), f"{table.name} has no {set(known) - set(table.column)}"
    if "child_id" in table.column:
        known.setdefault("child_id", str(place))
    own = {name: _of_example(name, text, number) for name, text in known.items()}
    return stored(table, own, at)


def _of_example(column: str, text: str, number: int) -> str:
    is_shared = column.endswith("_id") or column == "team"
    return f"{number}-{text}" if is_shared and text else text


def _everything(table: Table) -> Supplied:
    columns = frozenset(table.column)
    kinds: frozenset[str] = frozenset()
    if table.kind_column:
        kinds = frozenset(code_labels(table.column[table.kind_column].codes or ""))
    filled_by = dict.fromkeys(columns, "local_extracts")
    return Supplied(columns, kinds, date.fromisoformat(EARLY), None, filled_by)
