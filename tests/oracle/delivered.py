"""A delivery drawn as text in a worked example: every file, column and kind supplied unless left out."""

import csv
from functools import cache

from tests.oracle.conventions import Data
from tests.oracle.extracts import SCHEMA
from tests.oracle.specs import TABLES


@cache
def _kinds(table: str) -> list[str]:
    """Every kind of a table; none where it has no kind column."""
    column = next(
        (c for c in SCHEMA[table]["columns"] if c["name"] == SCHEMA[table].get("kind_column")), None
    )
    if column is None:
        return []
    path = TABLES.parent / "codes" / f"{column['codes']}.csv"
    return [line["code"] for line in csv.DictReader(path.read_text("utf-8").splitlines())]


def drawn(table: str, text: str) -> list[dict]:
    """One row a line under a line of column names; - is blank. A key not drawn is the child_id, and for a
    child's second row and those after it child_id.2 and so on."""
    head, *lines = [line.split() for line in text.strip().splitlines() if line.strip()]
    key = (
        next(name for name in SCHEMA[table]["key"] if name != "child_id")
        if table != "children"
        else "child_id"
    )
    rows, seen = [], {}
    for line in lines:
        row = {k: "" if v == "-" else v for k, v in zip(head, line, strict=True)}
        rows.append(row)
        if "child_id" not in row:  # of no child: its key is drawn
            continue
        child = row["child_id"]
        seen[child] = seen.get(child, 0) + 1
        row.setdefault(key, child if seen[child] == 1 else f"{child}.{seen[child]}")
    return rows


def delivery(*, without: tuple[str, ...] = (), **tables: str) -> Data:
    """The tables drawn, the rest empty; `without` names files or file.column that are not supplied."""
    given = {
        name: drawn(name, tables[name]) if name in tables else [] for name in SCHEMA if name not in without
    }
    supplied = {
        name: {
            "columns": [c["name"] for c in SCHEMA[name]["columns"] if f"{name}.{c['name']}" not in without],
            "kinds_supplied": _kinds(name),
        }
        for name in given
    }
    return Data.of(given, supplied)


def in_care(children: str, since: str = "2015-01-01") -> str:
    """care_periods: one open period for each of these children."""
    return "child_id started_on\n" + "\n".join(f"{child} {since}" for child in children.split())
