"""The least that any engine would need: the same columns, or the same elements, read once."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from lxml import etree

from goldenthread.engines import DuckDB
from goldenthread.figures.steps import Step, in_turn
from goldenthread.standard import table

_ENGINE = DuckDB()  # opened when the process starts: the limit is the reading alone


def scan(folders: Sequence[str], tables: Sequence[str]) -> dict[str, Any]:
    """One statement for each table, over all folders: every value of every column goes into a number."""
    steps = []
    for name in tables:
        _ENGINE.bind_parquet(name, [Path(folder) / f"{name}.parquet" for folder in folders])
        # Written down here: to compile it would take longer than to read a small table.
        values = ", ".join(f'BIT_XOR(HASH("{column}"))' for column in table(name).arrow.names)
        sql = f'SELECT COUNT(*) AS rows, {values} FROM "{name}"'  # noqa: S608, names of the standard
        steps.append(Step(name, (), partial(_ENGINE.read, sql)))
    rows = sum(found["rows"][0].as_py() for _, found in in_turn(steps, _ENGINE.at_once))
    return {"rows": rows}


def elements(path: str) -> dict[str, Any]:
    """Every element of a file, each forgotten when its record ends."""
    found = 0
    for _, element in etree.iterparse(path, events=("end",), no_network=True, resolve_entities=False):
        found += 1
        if element.tag == "Child":
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return {"elements": found}
