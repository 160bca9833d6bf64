"""Which kept rows hold dates or cells that cannot be right together? (R09 and R16)"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.calendar import age_on
from goldenthread.ingest.extract import Severity
from goldenthread.ingest.local_extracts.rows import FileRows
from goldenthread.ingest.local_extracts.rules import RULES, Expected
from goldenthread.ingest.values import day_of

_DAYS = ("date", "date_or_month", "month", "datetime")


def check_dates(file: FileRows, as_at_on: date) -> None:
    """Report dates after the as-at date or before 1990, and rows that end before they start (R09)."""
    rows = file.kept
    for column in file.table.columns:
        if column.type not in _DAYS or column.name not in file.columns:
            continue
        days = day_of(rows[column.name])
        if f"{file.table.name}.{column.name}" not in RULES.may_be_future:
            late = _true(pc.greater(days, as_at_on))
            what = f"is after the as-at date {as_at_on}"
            file.report("R09", Severity.WARNING, column.name, what, rows, late)
        early = _true(pc.less(days, RULES.earliest))
        file.report("R09", Severity.WARNING, column.name, f"is before {RULES.earliest}", rows, early)
    for name, start in RULES.ends.items():
        table, end = name.split(".")
        if table == file.table.name and {start, end} <= file.columns:
            what = f"is before {start}: the row was kept and is never open"
            file.report("R09", Severity.ERROR, end, what, rows, _before(rows, end, start))


def _before(rows: pa.Table, end: str, start: str) -> pa.ChunkedArray:
    """Whether the row ends before it starts: by instants where both have a time, else by days."""
    by_day = _true(pc.less(day_of(rows[end]), day_of(rows[start])))
    if f"{end}_utc" not in rows.column_names or f"{start}_utc" not in rows.column_names:
        return by_day
    by_instant = pc.less(rows[f"{end}_utc"], rows[f"{start}_utc"])
    return pc.if_else(by_instant.is_valid(), _true(by_instant), by_day)


def _true(mask: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(mask, False)


def check_conditions(files: Mapping[str, FileRows], as_at_on: date) -> None:
    """Report cells that contradict their row, or are blank where a value is expected (R16)."""
    if "posts" in files:
        _check_vacancies(files["posts"])
    if "children" in files:
        _check_births(files["children"], as_at_on)
    for expected in RULES.expected:
        if expected.table in files and expected.column in files[expected.table].columns:
            _check_expected(files, expected)


def _check_vacancies(posts: FileRows) -> None:
    rows = posts.kept
    wrong = pc.and_(_true(pc.equal(rows["employment"], "vacant")), rows["worker_id"].is_valid())
    posts.report("R16", Severity.WARNING, "worker_id", "is set although the post is vacant", rows, wrong)


def _check_births(children: FileRows, as_at_on: date) -> None:
    rows = children.kept
    wrong = pc.and_(_true(rows["is_unborn"]), _true(pc.less_equal(rows["born_on"], as_at_on)))
    what = f"is on or before the as-at date {as_at_on} although is_unborn is true"
    children.report("R16", Severity.WARNING, "born_on", what, rows, wrong)


def _check_expected(files: Mapping[str, FileRows], expected: Expected) -> None:
    file = files[expected.table]
    rows = file.kept
    rows = rows.filter(rows[expected.column].is_null())
    unreadable = file.unreadable.get(expected.column)
    if unreadable:  # not blank as delivered: R05 has reported it
        rows = rows.filter(pc.invert(pc.is_in(rows["from_row"], value_set=pa.array(sorted(unreadable)))))
    for condition in expected.when:
        rows = rows.filter(_holds(files, file, rows, condition))
    everywhere = pa.chunked_array([pa.repeat(True, rows.num_rows)])
    what = f"is blank although {_why(expected)}"
    file.report("R16", Severity.WARNING, expected.column, what, rows, everywhere)


def _holds(
    files: Mapping[str, FileRows], file: FileRows, rows: pa.Table, condition: Mapping[str, Any]
) -> pa.ChunkedArray:
    column = condition["column"]
    if condition.get("or_not_supplied") and column not in file.columns:
        return pa.chunked_array([pa.repeat(True, rows.num_rows)])
    values = rows[column]
    if "is" in condition:
        return pc.is_in(values, value_set=pa.array(condition["is"]))
    if "is_not" in condition:
        return pc.invert(pc.is_in(values, value_set=pa.array(condition["is_not"])))
    if "child_aged" in condition:
        aged = _aged(files, condition["child_aged"])
        days = day_of(values).to_pylist()
        marks = [aged(child, day) for child, day in zip(rows["child_id"].to_pylist(), days, strict=True)]
        return pa.chunked_array([marks], pa.bool_())
    return values.is_valid()


def _aged(files: Mapping[str, FileRows], years: int) -> Callable[[str, date], bool]:
    """Whether a child has reached that age on a day; yes where the age is not known."""
    if "children" not in files:
        return lambda child, day: True
    rows = files["children"].kept
    births = zip(rows["born_on"].to_pylist(), rows["is_unborn"].to_pylist(), strict=True)
    known = dict(zip(rows["child_id"].to_pylist(), births, strict=True))

    def aged(child: str, day: date) -> bool:
        born_on, is_unborn = known.get(child, (None, None))
        if is_unborn:
            return False
        return born_on is None or (born_on <= day and age_on(born_on, day) >= years)

    return aged


def _why(expected: Expected) -> str:
    reasons = []
    for condition in expected.when:
        column = condition["column"]
        if "child_aged" in condition:
            reasons.append(f"the child is {condition['child_aged']} or over, or of unknown age, on {column}")
        elif "is" in condition:
            reasons.append(f"{column} is {_or(condition['is'])}")
        elif "is_not" in condition:
            reasons.append(f"{column} is not {_or(condition['is_not'])}")
        elif condition.get("or_not_supplied"):
            reasons.append(f"{column} is set or not supplied")
        else:
            reasons.append(f"{column} is set")
    return " and ".join(reasons)


def _or(values: list[Any]) -> str:
    return " or ".join(str(value).lower() if isinstance(value, bool) else str(value) for value in values)
