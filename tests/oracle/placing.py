"""The team and worker of a row: attribution, attribution date and reporting team."""

from datetime import date

from tests.oracle.cases import allocation_on, latest, open_case, open_episode, open_rows, status_rows
from tests.oracle.days import on
from tests.oracle.extracts import Record, View
from tests.oracle.specs import CATALOGUE

NOT_KNOWN = "not known"


def attribution(ref: str, part: str = "") -> dict | None:
    """The attribution of a part: its own, else that of the indicator; None: no breakdown."""
    entry = CATALOGUE[ref]
    for listed in entry.get("parts", []):
        if listed["code"] == part and "attribution" in listed:
            return listed["attribution"]
    return entry["attribution"]


def place(
    view: View,
    ref: str,
    record: Record | None = None,
    *,
    child: str | None = None,
    part: str = "",
    p0: date | None = None,
    p1: date | None = None,
    due: date | None = None,
    at: date | None = None,
    counted: bool = True,
) -> tuple[str | None, str | None]:
    """(reporting team, worker_id) of a row or a child; (None, None) where attribution is null.

    `record` is the row counted: for a worker, the posts row that `latest` chooses among those the rule
    counts. `child` alone will do where the rule counts children. `due` is D. `at` overrides the
    attribution date. `counted`: False for a row that is not in the denominator (denominator_date).
    """
    rule = attribution(ref, part)
    if rule is None:
        return None, None
    tables, dates = rule["table"], rule["date"]
    if isinstance(dates, list):  # each row by its own table
        dates, tables = dates[tables.index(record.table)], record.table
    if counted and "denominator_date" in rule:
        dates = rule["denominator_date"]
    named = {"RD": view.rd, "P0": p0, "P1": p1, "D": due}
    d = at or (named[dates] if dates in named else on(record[dates])) or view.rd
    child = child or (record or {}).get("child_id")
    if rule["prefer"] == "allocation":
        team, worker = _by_allocation(view, rule, tables, record, child, d)
    else:
        team, worker = _by_row(view, rule, tables, record, child, d)
    return reporting_team(view, team, d), worker or NOT_KNOWN


def _by_allocation(view, rule, tables, record, child, d):
    """The child's allocation; the row's own team only where allocations.csv is not supplied."""
    found = _allocation(view, rule, child, d)
    if not view.supplies("allocations"):
        found = _own_row(view, tables, record, child, d)
    return (found.get("team"), found.get("worker_id")) if found else (None, None)


def _by_row(view, rule, tables, record, child, d):
    """The row's own team and worker, each else that of the allocation."""
    own = _own_row(view, tables, record, child, d) or {}
    found = _allocation(view, rule, child, d) or {}
    return own.get("team") or found.get("team"), own.get("worker_id") or found.get("worker_id")


def _allocation(view: View, rule: dict, child: str | None, d: date) -> Record | None:
    role = rule["role"]
    if role is None or child is None:
        return None
    if role == "social_worker_or_personal_adviser":
        role = "social_worker" if child in open_case(view) else "personal_adviser"
    return allocation_on(view, child, role, d)


def _own_row(view: View, tables, record: Record | None, child: str, d: date) -> Record | None:
    """The row itself; for a list of tables, the child's open row in the first table that has one."""
    if isinstance(tables, str):
        return record if record is not None else open_row(view, tables, child, d)
    found = (open_row(view, table, child, d) for table in tables)
    return next((row for row in found if row is not None), None)


def open_row(view: View, table: str, child: str, d: date) -> Record | None:
    """The child's row in force on d: the open episode, the care leaver status, or the latest open row."""
    if table == "referrals":
        return open_episode(view, child, d)
    if table == "care_leaver_statuses":
        return status_rows(view, d).get(child)
    return open_rows(view, table, d).get(child)


def reporting_team(view: View, team: str | None, d: date) -> str:
    """The reporting team of a team on a date; the team text itself where teams.csv is not supplied."""
    if team is None:
        return NOT_KNOWN
    if not view.supplies("teams"):
        return team
    in_force = [
        r
        for r in view.rows("teams")
        if r["team"] == team
        and r["effective_from_on"] <= d
        and (r["effective_to_on"] is None or d <= r["effective_to_on"])
    ]
    found = latest(in_force, "effective_from_on")
    return (found["reporting_team"] or team) if found else NOT_KNOWN
