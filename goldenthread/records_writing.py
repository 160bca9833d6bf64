"""How do rows of what people wrote become a recorded table, whole and of the right form?

    write_records(folder, "risks", rows, authority="East")

A row is a dictionary by column; a column that it lacks is blank. Whatever does not fit the table is refused
in one sentence, and nothing is written.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq

from goldenthread.ingest.extract import Refused
from goldenthread.records import RECORDED, may_be_recorded
from goldenthread.standard import Column, Table, code_labels

_LONDON = ZoneInfo("Europe/London")


def write_records(folder: Path, table: str, rows: Iterable[Mapping[str, object]], *, authority: str) -> Path:
    """Write the rows of one table into a folder of records; the file appears whole, or not at all.

    Text, code: str. Code list: an iterable of str. Integer: int. Decimal: Decimal or int. Boolean: bool.
    Date: date. Date-time: datetime (without a zone it is London's), or date where no time is known.
    Rows are put in the order of their key, so that the same rows give the same file.
    """
    of = may_be_recorded().get(table)
    if of is None:
        raise Refused(f"There is no table of records of the name {table}.")
    found = sorted((_read(of, row) for row in rows), key=lambda row: _key(of, row))
    _refuse_twins(of, found)
    for number, row in enumerate(found, start=1):
        row |= {"authority": authority, "from_source": RECORDED, "from_row": number}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{table}.parquet"
    partial = folder / f".{table}.{os.getpid()}"
    pq.write_table(pa.Table.from_pylist(found, schema=of.arrow), partial)
    partial.replace(path)
    return path


def _read(table: Table, row: Mapping[str, object]) -> dict[str, Any]:
    if unknown := sorted(set(row) - set(table.column)):
        raise Refused(f"{table.name} has no column {', '.join(unknown)}.")
    found: dict[str, Any] = {}
    for column in table.columns:
        given = row.get(column.name)
        value = None if given == "" else given
        if value is None:
            if column.name in table.required:
                raise Refused(f"{table.name}.{column.name} is blank in a row that needs it.")
            continue
        found |= _stored(table, column, value)
    return found


def _stored(table: Table, column: Column, value: object) -> dict[str, Any]:
    """A value as it is stored, with its companions; Refused where it does not fit."""
    try:
        if column.type == "datetime":
            return _moment(column.name, value)
        stored = _AS_STORED[column.type](value)
    except (TypeError, ArithmeticError):
        raise Refused(f"{table.name}.{column.name}: {value!r} is no {column.type}.") from None
    given = stored if isinstance(stored, list) else [stored]
    if column.codes and (unknown := [code for code in given if code not in code_labels(column.codes)]):
        known = ", ".join(code_labels(column.codes))
        raise Refused(f"{table.name}.{column.name}: {unknown[0]!r} is none of {known}.")
    return {column.name: stored}


def _moment(name: str, value: object) -> dict[str, Any]:
    """A moment as London's wall clock shows it, whether its time is known, and the instant."""
    if isinstance(value, datetime):
        local = value.replace(tzinfo=_LONDON) if value.tzinfo is None else value.astimezone(_LONDON)
        instant = local.astimezone(UTC).replace(tzinfo=None)
        return {name: local.replace(tzinfo=None), f"{name}_is_timed": True, f"{name}_utc": instant}
    return {name: datetime.combine(_day(value), time()), f"{name}_is_timed": False}


def _only(*kinds: type) -> Callable[[object], Any]:
    def read(value: object) -> object:
        if type(value) not in kinds:
            raise TypeError
        return value

    return read


def _text(value: object) -> str:
    """A text, also of a kind of its own (the members of an enumeration are)."""
    if not isinstance(value, str):
        raise TypeError
    return str.__str__(value)


def _texts(value: object) -> list[str]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise TypeError
    return sorted({_text(one) for one in value})


def _decimal(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, Decimal | int) or not Decimal(value).is_finite():
        raise TypeError
    return Decimal(value).quantize(Decimal("0.0001"))


_day = _only(date)
_AS_STORED: Mapping[str, Callable[[object], Any]] = {
    "text": _text,
    "code": _text,
    "code_list": _texts,
    "integer": _only(int),
    "decimal": _decimal,
    "boolean": _only(bool),
    "date": _day,
    "date_or_month": _day,
    "month": _day,
}


def _key(table: Table, row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in table.key)


def _refuse_twins(table: Table, ordered: list[dict[str, Any]]) -> None:
    for one, other in zip(ordered, ordered[1:], strict=False):
        if _key(table, one) == _key(table, other):
            raise Refused(f"{table.name} has two rows of the key {' | '.join(_key(table, one))}.")
