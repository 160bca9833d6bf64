"""How results are printed: as CSV, JSON or a table; messages go to standard error."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NoReturn

import typer
from rich.console import Console
from rich.table import Table

from goldenthread.figures.figure import rounded


class Format(StrEnum):
    """What to print."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def refuse(sentence: str) -> NoReturn:
    """Say in one sentence on standard error why nothing was done, and leave with exit code 2."""
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


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
        table = Table(*columns)
        for line in lines:
            table.add_row(*[cell(line[name]) for name in columns])
        Console().print(table)


def _json(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return cell(value)
