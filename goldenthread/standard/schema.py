"""What a standard table is: its columns, their types and codes, and where each one comes from.

The tables themselves are data: `tables/*.toml` holds one file per table of the local extracts
(the *standard tables*, on which rules and indicators run), `native/*.toml` one per list or
group of a statutory return, kept as it was delivered, and `recorded/*.toml` one per table that no
council delivers: what people write in the service is handed over in it. Code sets are
`codes/*.csv` (code, label).
"""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable

import ibis
import ibis.expr.types as ir
import pyarrow as pa

# Where each record was read: kept with every row of every table.
COORDINATES = {
    "from_source": pa.string(),  # local_extracts, cin_census, ssda903, annex_a, workforce_census
    "from_file": pa.string(),
    "from_sheet": pa.string(),  # sheet of a workbook; blank for other files
    "from_row": pa.int64(),  # line or row number in that file or sheet, the header being line 1
}

_ARROW = {
    "text": pa.string(),
    "code": pa.string(),
    "code_list": pa.list_(pa.string()),
    "integer": pa.int64(),
    "decimal": pa.decimal128(18, 4),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "date_or_month": pa.date32(),  # a month is its first day
    "month": pa.date32(),  # its first day
    "datetime": pa.timestamp("us"),  # local wall-clock time; see Table.arrow for its companions
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: what it means, what it may hold, and where each return keeps it."""

    name: str
    type: str
    meaning: str
    required: bool = False
    key_field: bool = False  # counted by the completeness indicator DQ-02
    codes: str | None = None  # name of the code set
    annex_a: tuple[str, ...] = ()
    cin_census: tuple[str, ...] = ()
    ssda903: tuple[str, ...] = ()
    ssd: str | None = None
    header: str | None = None  # the official heading, for tables that mirror a return
    from_year: int | None = None  # first collection year that has it; None: as long as we know
    to_year: int | None = None  # last collection year that has it; None: still collected
    may_be_future: bool = False  # a date after the as-at date is no finding (rule R09)

    @property
    def arrow(self) -> pa.DataType:
        """The Arrow type of the stored column."""
        return _ARROW[self.type]

    @property
    def sources(self) -> tuple[str, ...]:
        """Where each return keeps it, in words."""
        return (
            *((f"official heading: {self.header}",) if self.header else ()),
            *(f"Annex A {place}" for place in self.annex_a),
            *(f"CIN census {place}" for place in self.cin_census),
            *(f"SSDA903 {place}" for place in self.ssda903),
            *((f"SSD {self.ssd}",) if self.ssd else ()),
        )


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of the standard: a file of a council, or a list or group of a return."""

    name: str
    about: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    file: str | None = None  # name of the local extract
    expected_size: str = ""
    kind_column: str | None = None
    event_column: str | None = None

    @cached_property
    def column(self) -> dict[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def arrow(self) -> pa.Schema:
        """The stored schema: authority, the columns, then where each row was read.

        A date-time `x_at` is stored as local wall-clock time (a date alone is midnight) with two
        companions: `x_at_is_timed` (was a time given?) and `x_at_utc` (the instant, for hours).
        """
        fields = [pa.field("authority", pa.string())]
        for column in self.columns:
            fields.append(pa.field(column.name, column.arrow))
            if column.type == "datetime":
                fields.append(pa.field(f"{column.name}_is_timed", pa.bool_()))
                fields.append(pa.field(f"{column.name}_utc", pa.timestamp("us")))
        fields += [pa.field(name, kind) for name, kind in COORDINATES.items()]
        return pa.schema(fields)

    @cached_property
    def rows(self) -> ir.Table:
        """The unbound Ibis table that rules and indicators are written against."""
        return ibis.table(ibis.Schema.from_pyarrow(self.arrow), name=self.name)

    @property
    def required(self) -> tuple[str, ...]:
        """Columns without a value in which a row cannot be used: the required ones and the key."""
        return tuple(c.name for c in self.columns if c.required or c.name in self.key)


def _read(entry: Traversable) -> Table:
    data = tomllib.loads(entry.read_text(encoding="utf-8"))
    columns = tuple(
        Column(**{k: tuple(v) if isinstance(v, list) else v for k, v in column.items()})
        for column in data.pop("columns")
    )
    return Table(**{k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}, columns=columns)


def _folder(name: str) -> dict[str, Table]:
    folder = files("goldenthread.standard") / name
    found = [_read(entry) for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return {found_table.name: found_table for found_table in sorted(found, key=lambda t: t.name)}


@cache
def standard_tables() -> dict[str, Table]:
    """The tables rules and indicators run on, by name: those of the local extracts."""
    return _folder("tables")


@cache
def native_tables() -> dict[str, Table]:
    """The lists and groups of the statutory returns as delivered, by name."""
    return _folder("native")


@cache
def recorded_tables() -> dict[str, Table]:
    """The tables that the service fills from what people write in it, by name."""
    return _folder("recorded")


def table(name: str) -> Table:
    """The table of that name, standard, native or recorded; KeyError if there is none."""
    return standard_tables().get(name) or native_tables().get(name) or recorded_tables()[name]


@cache
def code_labels(name: str) -> dict[str, str]:
    """A code set: its codes, as they are stored, with their labels."""
    entry = files("goldenthread.standard") / "codes" / f"{name}.csv"
    return {row["code"]: row["label"] for row in csv.DictReader(entry.read_text("utf-8").splitlines())}


@cache
def code_years(name: str) -> dict[str, tuple[int | None, int | None]]:
    """The first and last collection year of each code; None where the set does not say."""
    entry = files("goldenthread.standard") / "codes" / f"{name}.csv"
    return {
        row["code"]: (_year(row.get("from_year")), _year(row.get("to_year")))
        for row in csv.DictReader(entry.read_text("utf-8").splitlines())
    }


def _year(text: str | None) -> int | None:
    return int(text) if text else None
