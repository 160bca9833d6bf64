"""How results are printed: as CSV, JSON or a table; messages go to standard error."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from goldenthread.figures.figure import rounded

_FOLDED = 20  # characters: what is wider may be folded to this, so that dates, numbers and ids never are
_BORDERS = 3  # of each column


class Format(StrEnum):
    """What to print."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def refuse(sentence: str) -> NoReturn:
    """Say in one sentence on standard error why nothing was done, and leave with exit code 2."""
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


def check_place(out: Path) -> None:
    """Refuse before anything is worked out where a file cannot be put."""
    if not out.parent.is_dir():
        refuse(f"There is no folder {out.parent}: make it first.")
    if out.is_dir():
        refuse(f"{out} is a folder: give the name of a file in it.")


def cell(value: object) -> str:
    """A value as it stands in a CSV: blank, true or false, a date, a number without trailing zeros."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{rounded(value, 4):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def show(columns: Sequence[str], lines: Iterable[Mapping[str, object]], form: Format) -> None:
    """Print lines with these columns in the form asked for."""
    if form is Format.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([cell(line[name]) for name in columns] for line in lines)
    elif form is Format.JSON:
        data = [{name: _json(line[name]) for name in columns} for line in lines]
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    else:
        _print_table(columns, [[cell(line[name]) for name in columns] for line in lines])


def _print_table(columns: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """A table in which no head and no number is cut, however narrow the terminal; in a file, a line a row."""
    console = Console()
    natural = [max(map(len, column)) for column in zip(columns, *lines, strict=True)]
    width = console.width if console.is_terminal else sum(natural) + _BORDERS * len(columns) + 1
    widths = _fitted(natural, [len(name) for name in columns], width - _BORDERS * len(columns) - 1)
    console.width = max(width, sum(widths) + _BORDERS * len(columns) + 1)
    table = Table()
    for name, wide in zip(columns, widths, strict=True):
        table.add_column(name, width=wide, overflow="fold")
    for line in lines:
        table.add_row(*map(Text, line))  # what is delivered is text here, never markup of the terminal
    console.print(table)


def _fitted(natural: Sequence[int], heads: Sequence[int], room: int) -> list[int]:
    """Widths that fit into the room: long columns give way together, but never below what can be read."""
    least = [min(wide, max(head, _FOLDED)) for wide, head in zip(natural, heads, strict=True)]
    widths = list(natural)
    while sum(widths) > room and widths != least:
        longest = max(wide for wide, low in zip(widths, least, strict=True) if wide > low)
        widths = [
            wide - 1 if wide == longest and wide > low else wide
            for wide, low in zip(widths, least, strict=True)
        ]
    return widths


def _json(value: object) -> object:
    if isinstance(value, Decimal):
        return float(rounded(value, 4))
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return cell(value)
