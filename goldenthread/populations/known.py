"""What was known at the as-at date: standard and recorded tables as rules may read them.

The as-at view (specs `indicators`, conventions): a row whose event date is later does not exist,
and any later date on a row that exists is null. Links to records that are not there are null too
(rule R08). Snapshots at an earlier day narrow this further by themselves. In recorded tables what is
promised or planned for a later day stays: their columns say which dates may lie in the future.
"""

from collections.abc import Iterable
from functools import cache

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from goldenthread.settings import AS_AT_ON, supplied
from goldenthread.standard import Column, Table, recorded_tables, standard_tables, table

# Dates that may lie after the day of reading: they say what is due, not what happened.
_OF_THE_FUTURE = {("supervision_actions", "due_on"), ("training_completions", "expires_on")}

# A link is found in a row of the same child where the key of its target holds child_id (R08).
LINKS = {
    ("assessments", "referral_id"): ("referrals", "referral_id"),
    ("conferences", "strategy_discussion_id"): ("strategy_discussions", "strategy_discussion_id"),
    ("management_oversights", "assessment_id"): ("assessments", "assessment_id"),
    ("exploitation_records", "contact_id"): ("contacts", "contact_id"),
    ("supervision_actions", "supervision_id"): ("supervisions", "supervision_id"),
    ("supervision_actions", "reviewed_in_supervision_id"): ("supervisions", "supervision_id"),
    ("posts", "campaign_id"): ("recruitment_campaigns", "campaign_id"),
}


LOADED, SET_ASIDE = "loaded_", "set_aside_"

# Written by every load: each line read with what became of it, and everything found wrong.
LOAD_ROWS = ibis.table(
    {
        "source": "string",
        "file": "string",
        "sheet": "string",
        "row": "int64",
        "table": "string",
        "status": "string",
        "child_id": "string",
        "team": "string",
        "worker_id": "string",
    },
    name="load_rows",
)
DQ_FINDINGS = ibis.table(
    {
        "rule": "string",
        "severity": "string",
        "message": "string",
        "source": "string",
        "file": "string",
        "sheet": "string",
        "row": "int64",
        "table": "string",
        "column": "string",
        "value": "string",
        "child_id": "string",
        "team": "string",
        "worker_id": "string",
        "details": "string",
    },
    name="dq_findings",
)


def loaded(name: str) -> ir.Table:
    """The unbound table of a standard or native table as it lies in the load."""
    rows = table(name).rows
    return ibis.table(rows.schema(), name=f"{LOADED}{name}")


def set_aside(name: str) -> ir.Table:
    """The unbound table of the rows of a table that were read but not used."""
    rows = table(name).rows
    return ibis.table(rows.schema(), name=f"{SET_ASIDE}{name}")


def lies_in_load(name: str) -> pa.Schema | None:
    """The schema of a table as it lies in a load, before any as-at view; None for other names."""
    for prefix in (LOADED, SET_ASIDE):
        if name.startswith(prefix):
            return table(name.removeprefix(prefix)).arrow
    written = {"load_rows": LOAD_ROWS, "dq_findings": DQ_FINDINGS}.get(name)
    return None if written is None else written.schema().to_pyarrow()


@cache
def known_tables() -> dict[str, ir.Table]:
    """For each standard and recorded table, how the rows that rules read follow from those of the load."""
    return {name: _known(found) for name, found in {**standard_tables(), **recorded_tables()}.items()}


def _known(of: Table) -> ir.Table:
    rows = loaded(of.name)
    if of.name in ("children", "teams"):
        return rows
    if of.event_column:
        event = rows[of.event_column].cast("date")
        rows = rows.filter(event.isnull() | (event <= AS_AT_ON))
    rows = rows.mutate(**_later_dates_nulled(of, rows))
    for (owner, column), (target, key) in LINKS.items():
        if owner == of.name:
            rows = _link_resolved(rows, column, target, key)
    return rows


def _later_dates_nulled(of: Table, rows: ir.Table) -> dict[str, ir.Value]:
    values: dict[str, ir.Value] = {}
    for column in of.columns:
        is_date = column.type in ("date", "datetime")
        if not is_date or column.name == of.event_column or _may_be_later(of, column):
            continue
        is_later = rows[column.name].cast("date") > AS_AT_ON
        for name in _with_companions(column.name, column.type):
            values[name] = is_later.fill_null(False).ifelse(ibis.null(rows[name].type()), rows[name])
    return values


def _may_be_later(of: Table, column: Column) -> bool:
    is_planned = of.name in recorded_tables() and column.may_be_future
    return is_planned or (of.name, column.name) in _OF_THE_FUTURE


def _with_companions(name: str, kind: str) -> Iterable[str]:
    return (name, f"{name}_is_timed", f"{name}_utc") if kind == "datetime" else (name,)


def _link_resolved(rows: ir.Table, column: str, target: str, key: str) -> ir.Table:
    has_child = "child_id" in table(target).key
    wanted = ["authority", key, *(["child_id"] if has_child else [])]
    found = loaded(target).select(*wanted).distinct()
    found = found.rename({f"linked_{name}": name for name in wanted})
    matches = [rows.authority == found.linked_authority, rows[column] == found[f"linked_{key}"]]
    if has_child:
        matches.append(rows.child_id == found.linked_child_id)
    joined = rows.left_join(found, matches)
    is_found = joined[f"linked_{key}"].notnull() | ~supplied(target)
    resolved = is_found.ifelse(joined[column], ibis.null("string"))
    return joined.mutate(**{column: resolved}).drop(*[f"linked_{name}" for name in wanted])
