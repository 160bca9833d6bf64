"""What does one column of a file hold? Batches of texts as the Arrow fields of a standard table."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.ingest.values import LONGEST_TEXT, Unreadable, london_day, reader_of
from goldenthread.standard.schema import Column

_REMEMBERED = 50_000  # texts per column: enough for decades of days
_CLOCK_TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?$"


@dataclass(frozen=True)
class Values:
    """A column as read: its stored fields, and the texts that were cut, rounded or not readable."""

    fields: dict[str, pa.Array]
    unreadable: list[tuple[int, str, str]]  # position, text, why
    altered: list[tuple[int, str, str]]  # position, text, what was done to it


class ColumnReader:
    """Reads one column of one file, batch by batch; each different text is worked out once."""

    def __init__(self, column: Column, limits: tuple[float, float] | None = None) -> None:
        self.column = column
        self._read = reader_of(column, limits)
        self._known: dict[str, Any] = {"": None}
        self._wrong: dict[str, str] = {}
        self._rounded: dict[str, str] = {}
        self.gives_months = False  # where days are possible

    def read(self, texts: pa.Array) -> Values:
        """The values of a batch of texts as delivered."""
        trimmed = pc.utf8_trim_whitespace(texts)
        if self.column.type == "text":
            return self._text(trimmed)
        encoded = trimmed.dictionary_encode()
        each = self._moments(encoded.dictionary) if self.column.type == "datetime" else self._fields(encoded)
        fields = {name: array.take(encoded.indices) for name, array in each.items()}
        return Values(fields, _places(trimmed, self._wrong), _places(trimmed, self._rounded))

    def _fields(self, encoded: pa.DictionaryArray) -> dict[str, pa.Array]:
        values = [self._value(text) for text in encoded.dictionary.to_pylist()]
        return stored_fields(self.column, values)

    def _moments(self, texts: pa.Array) -> dict[str, pa.Array]:
        """Date-times: those of a plain shape all at once, the others one by one."""
        fields = dict(zip(_moment_fields(self.column), _plain_moments(texts), strict=True))
        others = fields[f"{self.column.name}_utc"].is_null()
        read = [self._value(text) for text in texts.filter(others).to_pylist()]
        one_by_one = stored_fields(self.column, read)
        return {name: pc.replace_with_mask(array, others, one_by_one[name]) for name, array in fields.items()}

    def _value(self, text: str) -> Any:
        if text in self._known:
            return self._known[text]
        try:
            value = self._read(text)
        except Unreadable as problem:
            value = None
            self._wrong[text] = str(problem)
        if isinstance(value, Decimal) and len(text.partition(".")[2].rstrip("0")) > 4:
            self._rounded[text] = "was rounded to four decimals"
        if self.column.type == "date_or_month" and value and len(text) == len("2017-12"):
            self.gives_months = True
        if len(self._known) < _REMEMBERED:
            self._known[text] = value
        return value

    def _text(self, trimmed: pa.Array) -> Values:
        long = pc.fill_null(pc.greater(pc.utf8_length(trimmed), LONGEST_TEXT), False)
        altered: list[tuple[int, str, str]] = []
        if pc.any(long).as_py():
            at = pc.indices_nonzero(long).to_pylist()
            altered = [(i, trimmed[i].as_py(), f"was cut to {LONGEST_TEXT} characters") for i in at]
            trimmed = pc.utf8_slice_codeunits(trimmed, 0, LONGEST_TEXT)
        values = pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)
        return Values({self.column.name: values}, [], altered)


def _places(texts: pa.Array, reasons: dict[str, str]) -> list[tuple[int, str, str]]:
    if not reasons:
        return []
    found = pc.indices_nonzero(pc.is_in(texts, value_set=pa.array(list(reasons), pa.string())))
    return [(i, texts[i].as_py(), reasons[texts[i].as_py()]) for i in found.to_pylist()]


def stored_fields(column: Column, values: list[Any]) -> dict[str, pa.Array]:
    """Values of one column as the Arrow fields of its table: three for a date-time, else one."""
    if column.type != "datetime":
        return {column.name: pa.array(values, column.arrow)}
    local, is_timed, utc = _moment_fields(column)
    return {
        local: pa.array([v and v.local for v in values], pa.timestamp("us")),
        is_timed: pa.array([v and v.is_timed for v in values], pa.bool_()),
        utc: pa.array([v and v.utc for v in values], pa.timestamp("us")),
    }


def _moment_fields(column: Column) -> tuple[str, str, str]:
    return column.name, f"{column.name}_is_timed", f"{column.name}_utc"


def _plain_moments(texts: pa.Array) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Local time, is_timed and instant of clock times on days without a change of clocks, else null."""
    timed = pc.if_else(pc.match_substring_regex(texts, _CLOCK_TIME), texts, pa.scalar(None, pa.string()))
    days = pc.utf8_slice_codeunits(timed, 0, 10).dictionary_encode()
    midnights, ahead = _days(days.dictionary.to_pylist())
    hours = pc.utf8_slice_codeunits(timed, 11, 13).cast(pa.int64())
    minutes = pc.utf8_slice_codeunits(timed, 14, 16).cast(pa.int64())
    microseconds = pc.multiply(pc.add(pc.multiply(hours, 60), minutes), 60_000_000)
    local = pc.add(midnights.take(days.indices), microseconds.cast(pa.duration("us")))
    utc = pc.subtract(local, ahead.take(days.indices))
    return local, utc.is_valid(), utc


def _days(texts: list[str]) -> tuple[pa.Array, pa.Array]:
    """Midnight of each day, and how far London is ahead of UTC on it; null where that changes."""
    midnights: list[datetime | None] = []
    ahead: list[timedelta | None] = []
    for text in texts:
        try:
            midnight, offset = london_day(text)
        except Unreadable:
            midnight, offset = None, None
        midnights.append(midnight)
        ahead.append(offset)
    return pa.array(midnights, pa.timestamp("us")), pa.array(ahead, pa.duration("us"))
