"""Which checks follow from the data standard itself, without a rule being written?

Every column has a type, may have a code set, may be required or part of a key; the specification of
the local extracts says which dates, references and cells are looked at. The readers make these
checks; here they are told, so that the list of all checks is whole.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from goldenthread.ingest.local_extracts.rules import RULES
from goldenthread.quality.rule import OURS, Rule, Severity
from goldenthread.quality.rules import all_rules
from goldenthread.standard import Column, Table, standard_tables

_KINDS = {
    "date": "a date",
    "date_or_month": "a date or a month",
    "month": "a month",
    "datetime": "a date, with or without a time",
    "boolean": "true or false",
    "integer": "a whole number",
    "decimal": "a number",
}
_DAYS = ("date", "date_or_month", "month", "datetime")
_SOURCE = "Specification of the local extracts"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that is looked for, whether a written rule or what the standard asks for."""

    code: str
    id: str  # what its findings are filed under
    severity: Severity
    table: str
    column: str
    title: str
    advice: str
    source: str
    needs: str = ""


@cache
def filed() -> Mapping[str, Mapping[str, str]]:
    """Title and advice of what the readers file, by the name it is filed under."""
    return tomllib.loads((files("goldenthread.checking") / "filed.toml").read_text("utf-8"))


@cache
def all_checks() -> tuple[Check, ...]:
    """Everything that is looked for: what follows from the standard, then the written rules."""
    return (*standard_checks(), *[_as_check(rule) for rule in all_rules()])


@cache
def standard_checks() -> tuple[Check, ...]:
    """The checks that follow from the tables, columns and codes of the standard."""
    return tuple(check for table in standard_tables().values() for check in _of_table(table))


def _as_check(rule: Rule) -> Check:
    return Check(
        code=rule.code,
        id=rule.name,
        severity=rule.severity,
        table=rule.table,
        column=rule.columns[0] if rule.columns else "",
        title=rule.title,
        advice=rule.advice,
        source=rule.source,
        needs=", ".join(rule.needs),
    )


def _of_table(table: Table) -> Iterator[Check]:
    yield _check(table, "", "key", "R07", "error", f"Two rows have the same {' and '.join(table.key)}")
    for column in table.columns:
        yield from _of_column(table, column)
    for name, start in RULES.ends.items():
        owner, end = name.split(".")
        if owner == table.name:
            yield _check(table, end, "order", "R09", "error", f"{end} is before {start}")
    for expected in RULES.expected:
        if expected.table == table.name:
            title = f"{expected.column} is blank where a value is expected"
            yield _check(table, expected.column, "expected", "R16", "warning", title)


def _of_column(table: Table, column: Column) -> Iterator[Check]:
    name, place = column.name, f"{table.name}.{column.name}"
    if name in table.required:
        yield _check(table, name, "required", "R05", "error", f"{name} is blank")
    if column.codes:
        yield _check(table, name, "code", "R05", "error", f"{name} is not a code of the set {column.codes}")
    elif column.type in _KINDS:
        yield _check(table, name, "type", "R05", "error", f"{name} is not {_KINDS[column.type]}")
    if place in RULES.limits:
        low, high = RULES.limits[place]
        yield _check(table, name, "limits", "R05", "error", f"{name} is not between {low} and {high}")
    if column.type in _DAYS and place not in RULES.may_be_future:
        yield _check(table, name, "future", "R09", "warning", f"{name} is after the as-at date")
    if column.type in _DAYS:
        yield _check(table, name, "past", "R09", "warning", f"{name} is before {RULES.earliest}")
    target = RULES.links.get(place) or RULES.lookups.get(name)
    if target and target.split(".")[0] != table.name:
        title = f"{name} is not in {target.split('.')[0]}.csv"
        yield _check(table, name, "reference", "R08", "warning", title)


def _check(table: Table, column: str, what: str, rule: str, severity: Severity, title: str) -> Check:
    place = "-".join(part.replace("_", "-") for part in (table.name, column, what) if part)
    return Check(
        code=place,
        id=rule,
        severity=severity,
        table=table.name,
        column=column,
        title=title,
        advice=filed()[rule]["advice"],
        source=f"{_SOURCE}: {rule}" if rule != "R05" else OURS,
    )
