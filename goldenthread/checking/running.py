"""Which records break a rule? Every rule is run over one load, and none is left out in silence.

Rules on the same rows are worked out together. A rule that raises is a finding of its own; one that
needs what was not supplied is skipped and named.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from goldenthread.calendar import OutsideCalendar
from goldenthread.figures.availability import Supplies
from goldenthread.figures.run import Loaded, Run
from goldenthread.ingest.combine import Snapshot
from goldenthread.ingest.extract import Finding, Severity
from goldenthread.ingest.values import as_written
from goldenthread.periods import Period
from goldenthread.quality.rule import Rule
from goldenthread.quality.rules import all_rules
from goldenthread.settings import Settings
from goldenthread.standard.schema import COORDINATES

# What is filed beside the findings of the rules themselves.
RULES_RUN = "rules_run"  # one line in each load that was checked: how many rules were run
RULE_FAILED = "rule_failed"  # a rule that could not be run
_LONGEST_VALUE = 200
_OWN = ("child_id", "team", "worker_id")


@dataclass(frozen=True)
class Checked:
    """What came of running the rules."""

    findings: list[Finding]
    skipped: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by code: what was not supplied
    failed: dict[str, str] = field(default_factory=dict)  # by code: why it could not be run

    @property
    def all_findings(self) -> list[Finding]:
        """The findings, with one line that says how many rules were run."""
        return [*self.findings, _rules_run(self)]


def skipped_rules(supplies: Supplies, rules: Sequence[Rule] | None = None) -> dict[str, tuple[str, ...]]:
    """The rules that are not run, by code, with what they need and was not supplied."""
    lacking = {
        rule.code: tuple(need for need in rule.needs if not supplies.has(need))
        for rule in (all_rules() if rules is None else rules)
    }
    return {code: needs for code, needs in lacking.items() if needs}


def run_rules(run: Run, rules: Sequence[Rule] | None = None) -> Checked:
    """Run the rules over the load of a run whose one period is its as-at date."""
    chosen = all_rules() if rules is None else rules
    checked = Checked([], skipped_rules(run.supplies, chosen))
    groups: dict[Any, list[Rule]] = {}
    for rule in chosen:
        if rule.code not in checked.skipped:
            groups.setdefault(rule.rows.op(), []).append(rule)
    for group in groups.values():
        _run_group(run, group, checked)
    return checked


def check_load(
    load: Loaded,
    settings: Settings,
    rules: Sequence[Rule] | None = None,
    *,
    compiled_folder: Path | None = None,
) -> Checked:
    """Run the rules over a load that is in a store."""
    try:
        run = Run(load, _as_at(load), settings, compiled_folder=compiled_folder)
    except OutsideCalendar as problem:
        return Checked([_not_run_at_all(problem)])
    try:
        return run_rules(run, rules)
    finally:
        run.engine.close()


def check_snapshot(
    snapshot: Snapshot,
    settings: Settings,
    rules: Sequence[Rule] | None = None,
    *,
    compiled_folder: Path | None = None,
) -> list[Finding]:
    """Run the rules over a snapshot before it is written, as `loading.load` asks for it."""
    held = _Held(snapshot.as_at_on, snapshot.authority, snapshot.supply)
    try:
        run = Run(held, _as_at(held), settings, compiled_folder=compiled_folder)
    except OutsideCalendar as problem:
        return [_not_run_at_all(problem)]
    try:
        for name, rows in snapshot.tables.items():
            run.hand_in(f"loaded_{name}", rows)
        return run_rules(run, rules).all_findings
    finally:
        run.engine.close()


@dataclass(frozen=True)
class _Held:
    """A snapshot as a load: its tables are handed in, none lies in a file."""

    as_at_on: date
    authority: str
    supply: Any

    def table_path(self, name: str) -> None:
        return None


def _as_at(load: Any) -> list[Period]:
    return [Period(load.as_at_on, load.as_at_on, load.as_at_on)]


def _run_group(run: Run, group: Sequence[Rule], checked: Checked) -> None:
    """The findings of rules on the same rows; on any failure each rule is tried by itself."""
    try:
        rows = run.read(failing(group))
    except Exception as problem:  # whatever a rule raises, it must be told and not stop the others
        if len(group) > 1:
            for rule in group:
                _run_group(run, [rule], checked)
            return
        checked.failed[group[0].code] = _in_one_line(problem)
        checked.findings.append(_rule_failed(group[0], problem))
        return
    checked.findings.extend(_findings(group, rows))


def failing(group: Sequence[Rule]) -> ir.Table:
    """The rows that break any rule of a group, with what has to be shown of them."""
    rows = group[0].rows
    shown = dict.fromkeys(column for rule in group for column in (*_in_doubt(rule), *rule.shows))
    columns: dict[str, ir.Value] = {f"shown_{name}": rows[name] for name in shown}
    for name in COORDINATES:
        kind = "int64" if name == "from_row" else "string"
        columns[name] = rows[name] if name in rows.columns else ibis.null(kind)
    for name in _OWN:
        columns[name] = rows[name] if name in rows.columns else ibis.null("string")
    fails = {f"fails_{number}": rule.fails.fill_null(False) for number, rule in enumerate(group)}
    selected = rows.select(**columns, **fails)
    return selected.filter(ibis.or_(*[selected[name] for name in fails]))


def _in_doubt(rule: Rule) -> tuple[str, ...]:
    """The column in which a finding is filed, if its rows hold it."""
    return tuple(column for column in rule.columns[:1] if column in rule.rows.columns)


def _findings(group: Sequence[Rule], rows: pa.Table) -> list[Finding]:
    found = []
    ordered = rows.sort_by([("from_file", "ascending"), ("from_row", "ascending")])
    for number, rule in enumerate(group):
        for row in ordered.filter(ordered[f"fails_{number}"]).to_pylist():
            found.append(_finding(rule, row))
    return found


def _finding(rule: Rule, row: dict[str, Any]) -> Finding:
    value = row[f"shown_{rule.columns[0]}"] if _in_doubt(rule) else None
    details = [(name, row[f"shown_{name}"]) for name in rule.shows]
    return Finding(
        rule=rule.name,
        severity=Severity(rule.severity),
        message=f"{rule.title}.",
        source=row["from_source"] or "",
        file=row["from_file"] or "",
        sheet=row["from_sheet"],
        row=row["from_row"],
        table=rule.table,
        column=rule.columns[0] if rule.columns else None,
        value=None if value is None else as_written(value)[:_LONGEST_VALUE],
        child_id=row["child_id"],
        team=row["team"],
        worker_id=row["worker_id"],
        details="; ".join(f"{name}: {'' if v is None else as_written(v)}" for name, v in details),
    )


def _rule_failed(rule: Rule, problem: Exception) -> Finding:
    return Finding(
        rule=RULE_FAILED,
        severity=Severity.ERROR,
        message=f"The rule {rule.code} could not be run, so nothing is known of it: {_in_one_line(problem)}",
        source="",
        file="",
        table=rule.table,
        value=rule.code,
    )


def _not_run_at_all(problem: Exception) -> Finding:
    return Finding(
        rule=RULE_FAILED,
        severity=Severity.ERROR,
        message=f"No rule could be run: {_in_one_line(problem)}",
        source="",
        file="",
    )


def _rules_run(checked: Checked) -> Finding:
    total, skipped, failed = len(all_rules()), len(checked.skipped), len(checked.failed)
    return Finding(
        rule=RULES_RUN,
        severity=Severity.INFO,
        message=(
            f"{total - skipped - failed} rules were run, {skipped} were not because something they need "
            f"was not supplied, {failed} could not be run."
        ),
        source="",
        file="",
    )


def _in_one_line(problem: Exception) -> str:
    return " ".join(f"{type(problem).__name__}: {problem}".split())[:300]
