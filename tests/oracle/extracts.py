"""One delivery of local extracts as plain rows, what it supplied, and how it stood on a day."""

import csv
import json
import tomllib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from tests.oracle import days as calendar
from tests.oracle.days import Moment, on
from tests.oracle.specs import PARAMETERS, RECORDED, TABLES


def _described(folder: Path) -> dict[str, dict]:
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))}


NATIVE = _described(RECORDED)  # tables that no council delivers
SCHEMA = {**_described(TABLES), **NATIVE}
TYPES = {name: {c["name"]: c["type"] for c in table["columns"]} for name, table in SCHEMA.items()}

# R08: a link that is not found is blank. True: the key of the target holds child_id.
LINKS = [
    ("assessments", "referral_id", "referrals", "referral_id", True),
    ("conferences", "strategy_discussion_id", "strategy_discussions", "strategy_discussion_id", True),
    ("management_oversights", "assessment_id", "assessments", "assessment_id", True),
    ("exploitation_records", "contact_id", "contacts", "contact_id", True),
    ("supervision_actions", "supervision_id", "supervisions", "supervision_id", False),
    ("supervision_actions", "reviewed_in_supervision_id", "supervisions", "supervision_id", False),
    ("posts", "campaign_id", "recruitment_campaigns", "campaign_id", False),
]
# as_at_view: the two dates that may lie after RD, and the tables that are outside the view.
LATER_DATES = {("supervision_actions", "due_on"), ("training_completions", "expires_on")}
LATER_DATES |= {(table, column) for table in NATIVE for column in ("due_on", "scheduled_on", "withdrawn_on")}
OUTSIDE_THE_VIEW = {"children", "teams"}


class Record(dict):
    """One row of a standard table: every column of the table is a key, None where blank."""

    def __init__(self, table: str, values: dict):
        unknown = set(values) - set(TYPES[table])
        if unknown:
            raise KeyError(f"{table} has no column {sorted(unknown)}")
        super().__init__({c: read(t, values.get(c)) for c, t in TYPES[table].items()})
        self.table = table

    @property
    def key(self) -> str:
        """The key columns other than child_id, joined with |."""
        return "|".join(str(self[c]) for c in SCHEMA[self.table]["key"] if c != "child_id")

    def but(self, **values) -> "Record":
        """A copy with some values replaced."""
        copy = Record.__new__(Record)
        dict.__init__(copy, {**self, **values})
        copy.table = self.table
        return copy

    def __hash__(self) -> int:
        return id(self)


def read(kind: str, value):
    """A clean value by its type; text is parsed, anything else is taken as it is."""
    if not isinstance(value, str):
        if kind == "datetime" and isinstance(value, date):
            timed = isinstance(value, datetime)
            return Moment(value.date(), value.hour, value.minute) if timed else Moment(value)
        return Decimal(value) if kind == "decimal" and isinstance(value, int) else value
    text = value.strip()
    if not text:
        return None
    readers = {
        "integer": int,
        "decimal": Decimal,
        "boolean": lambda t: {"true": True, "false": False}[t.lower()],
        "date": date.fromisoformat,
        "datetime": Moment.read,
        "date_or_month": lambda t: date.fromisoformat(t if len(t) > 7 else t + "-01"),
        "code_list": lambda t: [code.strip() for code in t.split(";") if code.strip()],
    }
    return readers.get(kind, str)(text)


class Data:
    """The rows of one delivery by table, and which files, columns and kinds it supplied."""

    def __init__(
        self, tables: dict[str, list[Record]], columns: dict[str, set[str]], manifest: dict | None = None
    ):
        self.manifest = manifest or {}
        self.columns = columns
        self.tables = tables
        for table, column, target, key, of_child in LINKS:
            if table in tables and target in tables:
                found = {(r[key], r["child_id"] if of_child else None) for r in tables[target]}
                tables[table] = [
                    r
                    if (r[column], r["child_id"] if of_child else None) in found
                    else r.but(**{column: None})
                    for r in tables[table]
                ]
        self.children = {r["child_id"]: r for r in tables.get("children", [])}

    @classmethod
    def read(cls, folder, records=None) -> "Data":
        """The delivery in a folder, and native tables in another. Its values are taken to be clean: nothing
        is quarantined here."""
        folder, tables, columns = Path(folder), {}, {}
        for name, schema in SCHEMA.items():
            path = Path(records or folder) / f"{name}.csv" if name in NATIVE else folder / schema["file"]
            if path.exists():
                with path.open(encoding="utf-8-sig", newline="") as lines:
                    header, *body = [line for line in csv.reader(lines) if line]
                header = [head.strip().lower() for head in header]
                columns[name] = set(header) & set(TYPES[name])
                tables[name] = [
                    Record(name, {c: v for c, v in zip(header, line, strict=True) if c in TYPES[name]})
                    for line in body
                ]
        manifest = folder / "manifest.json"
        return cls(tables, columns, json.loads(manifest.read_text("utf-8")) if manifest.exists() else None)

    @classmethod
    def of(cls, tables: dict[str, list[dict]], supplied: dict | None = None) -> "Data":
        """Rows given in a test. A table given is supplied with the columns that any of its rows names
        (all columns where it has no rows); `supplied` = {table: {"columns": [...], "kinds_supplied": [...],
        "covers_from_on": "YYYY-MM-DD"}} says otherwise."""
        supplied = supplied or {}
        columns = {}
        for name, given in tables.items():
            named = set().union(*given) if given else set(TYPES[name])
            columns[name] = set(supplied.get(name, {}).get("columns", named))
        files = {
            SCHEMA[name].get("file", name): {k: v for k, v in s.items() if k != "columns"}
            for name, s in supplied.items()
        }
        return cls(
            {n: [Record(n, r) for r in given] for n, given in tables.items()}, columns, {"files": files}
        )

    @property
    def as_at_on(self) -> date | None:
        """The as-at date of the manifest."""
        return read("date", self.manifest.get("as_at_on"))

    def _stated(self, table: str) -> dict:
        return self.manifest.get("files", {}).get(SCHEMA[table].get("file", table), {})

    def kinds(self, table: str) -> set[str]:
        """Kinds supplied: those with a row in the whole delivery, and those the manifest names."""
        column = SCHEMA[table].get("kind_column")
        stated = set(self._stated(table).get("kinds_supplied", []))
        return ({r[column] for r in self.tables.get(table, [])} - {None}) | stated if column else set()

    def supplies(self, table: str, column: str | None = None, kind: str | None = None) -> bool:
        """True if the file, and the column and the kind if named, were supplied (R12)."""
        if table not in self.tables or (column and column not in self.columns[table]):
            return False
        return kind is None or kind in self.kinds(table)

    def covers_from_on(self, table: str) -> date | None:
        """The covers_from_on that the manifest states for the file."""
        return read("date", self._stated(table).get("covers_from_on")) if table in SCHEMA else None

    def starts_on(self, table: str) -> date | None:
        """Where the file starts (R11): covers_from_on, else the earliest event date of its rows."""
        if self.covers_from_on(table):
            return self.covers_from_on(table)
        return min((event_on(r) for r in self.tables.get(table, []) if event_on(r)), default=None)

    def child(self, child_id: str) -> Record:
        """The child's row of children; every column blank where the child is not in the file (R08)."""
        return self.children.get(child_id) or Record("children", {"child_id": child_id})

    def view(self, rd: date, parameters: dict | None = None) -> "View":
        """The as_at_view of the delivery on rd."""
        return View(self, rd, {**PARAMETERS, **(parameters or {})})


def event_on(record: Record) -> date | None:
    """The date in the event column of a row (a month counts from its first day)."""
    value = record.get(SCHEMA[record.table].get("event_column", ""))
    return date.fromisoformat(value + "-01") if isinstance(value, str) else on(value)


class View:
    """The delivery as it stood at the end of rd: later rows do not exist, later dates are blank."""

    def __init__(self, data: Data, rd: date, parameters: dict):
        self.data, self.rd, self.parameters = data, rd, parameters
        self._rows: dict[str, list[Record]] = {}
        self._by_child: dict[str, dict[str, list[Record]]] = {}
        self.remembered: dict = {}  # answers that cost a pass over the tables

    def rows(self, table: str) -> list[Record]:
        """The rows of a table in the view; none where the file is not supplied."""
        if table not in self._rows:
            rows = self.data.tables.get(table, [])
            if table not in OUTSIDE_THE_VIEW:
                rows = [self._seen(r) for r in rows if not (event_on(r) and event_on(r) > self.rd)]
            self._rows[table] = rows
        return self._rows[table]

    def rows_of(self, table: str, child_id: str) -> list[Record]:
        """The rows of one child in the view."""
        if table not in self._by_child:
            index: dict[str, list[Record]] = {}
            for record in self.rows(table):
                index.setdefault(record["child_id"], []).append(record)
            self._by_child[table] = index
        return self._by_child[table].get(child_id, [])

    def _seen(self, record: Record) -> Record:
        later = {
            c: None
            for c, t in TYPES[record.table].items()
            if t in ("date", "datetime")
            and (record.table, c) not in LATER_DATES
            and record[c] is not None
            and on(record[c]) > self.rd
        }
        return record.but(**later) if later else record

    def child(self, child_id: str) -> Record:
        """The child's row of children, which is outside the view."""
        return self.data.child(child_id)

    def supplies(self, table: str, column: str | None = None, kind: str | None = None) -> bool:
        """True if the delivery supplied the file, and the column and the kind if named."""
        return self.data.supplies(table, column, kind)

    def wd(self, a, b) -> int:
        """Working days from a to b, with extra_non_working_days."""
        return calendar.wd(a, b, tuple(self.parameters["extra_non_working_days"]))

    def add_wd(self, a, n: int) -> date:
        """The n-th working day after a, with extra_non_working_days."""
        return calendar.add_wd(a, n, tuple(self.parameters["extra_non_working_days"]))
