"""How are figures kept as a table, and read back exactly as they were?"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyarrow as pa

from goldenthread.figures.figure import Figure
from goldenthread.figures.public import PublicFigure
from goldenthread.figures.suppression import SUPPRESSED
from goldenthread.periods import Period

_AMOUNT = pa.decimal128(38, 10)  # as exact as sums of posts and pounds are worked out
SCHEMA = pa.schema(
    [
        ("ref", pa.string()),
        ("part", pa.string()),
        ("code", pa.string()),
        ("title", pa.string()),
        ("authority", pa.string()),
        ("breakdown", pa.string()),  # JSON, in the order it was asked for
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("period_full_end", pa.date32()),  # the last day of the whole period, where it was cut
        ("numerator", _AMOUNT),
        ("denominator", _AMOUNT),
        ("unknown", pa.int64()),
        ("value", _AMOUNT),
        ("status", pa.string()),
        ("note", pa.string()),
    ]
)
_TEXTS = ("ref", "part", "code", "title", "authority", "status", "note")
_AMOUNTS = ("numerator", "denominator", "value")
_COLUMNS = ("ref", "part", "title", "authority")
_NUMBERS = ("numerator", "denominator", "unknown", "value", "status", "note")


def frozen(figures: Iterable[Figure]) -> pa.Table:
    """The figures as one table, in their order."""
    return pa.Table.from_pylist([_row(figure) for figure in figures], schema=SCHEMA)


def _row(figure: Figure) -> dict[str, Any]:
    return {
        **{name: getattr(figure, name) for name in (*_TEXTS, *_AMOUNTS, "unknown")},
        "breakdown": json.dumps(dict(figure.breakdown), ensure_ascii=False),
        "period_start": figure.period.starts_on,
        "period_end": figure.period.ends_on,
        "period_full_end": figure.period.full_ends_on,
    }


def figures_of(table: pa.Table) -> list[Figure]:
    """The figures of a table."""
    return [
        Figure(
            **{name: row[name] for name in (*_TEXTS, "unknown")},
            **{name: _plain(row[name]) for name in _AMOUNTS},
            breakdown=json.loads(row["breakdown"]),
            period=Period(row["period_start"], row["period_end"], row["period_full_end"]),
        )
        for row in table.to_pylist()
    ]


def _plain(value: Decimal | None) -> Decimal | None:
    """Without the zeros that the table adds: 509.0000 is 509."""
    if value is None:
        return None
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def public_csv(figures: Iterable[PublicFigure], by: Sequence[str]) -> str:
    """What the public is shown, as a CSV: `c` where a number is hidden, and nothing else behind it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*_COLUMNS, *by, "period_start", "period_end", *_NUMBERS])
    for line in figures:
        figure = line.figure
        writer.writerow(
            [
                *(_safe(getattr(figure, name)) for name in _COLUMNS),
                *(_safe(figure.breakdown.get(name, "")) for name in by),
                figure.period.starts_on,
                figure.period.ends_on,
                *(_cell(name, line.shown(name)) for name in _NUMBERS),
            ]
        )
    return text.getvalue()


def public_figures_of(figures: Sequence[Figure], text: str) -> list[PublicFigure]:
    """The public figures of a CSV, line by line beside the figures they were made of."""
    lines = []
    for figure, row in zip(figures, csv.DictReader(io.StringIO(text)), strict=True):
        hidden = frozenset(name for name in _NUMBERS[:4] if row[name] == SUPPRESSED)
        lines.append(PublicFigure(figure=replace(figure, **dict.fromkeys(hidden)), hidden=hidden))
    return lines


def _cell(name: str, value: object) -> object:
    if isinstance(value, Decimal):
        # A value keeps the one decimal it is printed with.
        return f"{value:f}" if name == "value" else f"{_plain(value):f}"
    return _safe(value) if isinstance(value, str) else "" if value is None else value


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r") else text
