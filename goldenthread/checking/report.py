"""What was found: by rule, by team, and row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from goldenthread.checking.running import RULES_RUN, check_load, skipped_rules
from goldenthread.checking.standard_checks import all_checks, filed
from goldenthread.figures.run import Run
from goldenthread.ingest.extract import findings_table
from goldenthread.periods import PERIOD, Period
from goldenthread.populations.known import DQ_FINDINGS, LOAD_ROWS
from goldenthread.populations.moments import MOMENT
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.populations.read_lines import PLACE, at_place
from goldenthread.quality.rules import all_rules
from goldenthread.settings import AUTHORITY, Settings
from goldenthread.store import Load, Store

_SEVERITIES = ("error", "warning", "info")


def _placed_findings() -> ir.Table:
    """Every finding with the reporting team and worker of its row, else of its child."""
    lines = at_place(LOAD_ROWS).group_by(*PLACE)
    lines = lines.aggregate(
        line_child=_.child_id.min(), line_team=_.team.min(), line_worker=_.worker_id.min()
    )
    found = at_place(DQ_FINDINGS.filter(_.rule != RULES_RUN))
    joined = found.left_join(lines, list(PLACE)).select(
        *found.columns, "line_child", "line_team", "line_worker"
    )
    joined = joined.mutate(
        child_id=ibis.coalesce(joined.child_id, joined.line_child),
        team=ibis.coalesce(joined.team, joined.line_team),
        worker_id=ibis.coalesce(joined.worker_id, joined.line_worker),
        authority=AUTHORITY,
    ).drop("line_child", "line_team", "line_worker")
    at_end = joined.cross_join(PERIOD.select(*MOMENT))
    return placed(at_end, on="ends_on", role="social_worker")


placed_findings = Population(
    name="placed_findings",
    about="Everything found wrong, with the reporting team and worker at the as-at date.",
    rows=_placed_findings(),
    is_kept=False,
)


@dataclass(frozen=True)
class Report:
    """The findings of one load, and the rules that were not run, with what they lacked."""

    rows: list[dict[str, Any]]
    not_run: Mapping[str, tuple[str, ...]]

    def by_rule(self) -> list[dict[str, Any]]:
        """One line for each rule with findings: errors first, then the most frequent."""
        lines: dict[tuple[str, str, str], dict[str, Any]] = {}
        for row in self.rows:
            key = (row["rule"], row["table"] or "", row["severity"])
            line = lines.setdefault(key, _line_of(*key))
            line["findings"] += 1
            line["children"].add(row["child_id"])
        for line in lines.values():
            line["children"] = len(line["children"] - {None})
        return sorted(lines.values(), key=_most_serious)

    def by_team(self) -> list[dict[str, Any]]:
        """One line for each team: how many findings of each severity, and of how many children."""
        lines: dict[str, dict[str, Any]] = {}
        for row in self.rows:
            line = lines.setdefault(
                row["team"], {"team": row["team"], **dict.fromkeys(_SEVERITIES, 0), "children": set()}
            )
            line[row["severity"]] += 1
            line["children"].add(row["child_id"])
        for line in lines.values():
            line["children"] = len(line["children"] - {None})
        return [lines[team] for team in sorted(lines)]


def report(
    store: Store,
    load: Load,
    settings: Settings,
    *,
    team: str | None = None,
    severity: str | None = None,
    rule: str | None = None,
) -> Report:
    """Everything found in a load, cut to a team, a severity or a rule (its id or its code)."""
    at_end = [Period(load.as_at_on, load.as_at_on, load.as_at_on)]
    run = Run(load, at_end, settings, compiled_folder=store.compiled_folder())
    if not was_checked(load):  # loaded without the rules: they are run now
        checked = check_load(load, settings, compiled_folder=store.compiled_folder())
        run.hand_in("dq_findings", _with(load.findings(), findings_table(checked.all_findings)))
    rows = run.read(placed_findings.table).to_pylist()
    run.engine.close()
    rows = [row for row in rows if team is None or row["team"] == team]
    rows = [row for row in rows if severity is None or row["severity"] == severity]
    if rule is not None:
        wanted = filed_under(rule)
        rows = [row for row in rows if (row["rule"], row["table"] if wanted[1] else "") == wanted]
    return Report(sorted(rows, key=_place), skipped_rules(run.supplies))


def was_checked(load: Load) -> bool:
    """Whether the rules were run over the load when it was made."""
    return RULES_RUN in load.findings()["rule"].unique().to_pylist()


def filed_under(rule: str) -> tuple[str, str]:
    """What the findings of a rule are filed under, and its table where a code says which; blank: any."""
    for each in all_rules():
        if rule == each.code:
            return each.name, each.table
    return rule, ""


def known_rule(rule: str) -> bool:
    """Whether there is a rule, or something the readers file, of that id or code."""
    return rule in filed() or any(rule in (each.code, each.name) for each in all_rules())


def _with(first: pa.Table, second: pa.Table) -> pa.Table:
    return pa.concat_tables([first, second], promote_options="default")


def _line_of(rule: str, table: str, severity: str) -> dict[str, Any]:
    title, advice = told(rule, table)
    return {
        "rule": rule,
        "severity": severity,
        "table": table,
        "findings": 0,
        "children": set(),
        "title": title,
        "advice": advice,
    }


def told(rule: str, table: str) -> tuple[str, str]:
    """What is wrong and what to do about it, for findings filed under a rule in a table."""
    if rule in filed():
        return filed()[rule]["title"], filed()[rule]["advice"]
    for each in all_rules():
        if (each.name, each.table) == (rule, table):
            return each.title, each.advice
    return filed()["reading"]["title"], filed()["reading"]["advice"]


def _most_serious(line: Mapping[str, Any]) -> tuple[object, ...]:
    return (_SEVERITIES.index(line["severity"]), -line["findings"], line["rule"], line["table"])


def _place(row: Mapping[str, Any]) -> Sequence[Any]:
    order = _SEVERITIES.index(row["severity"])
    return (order, row["rule"], row["file"] or "", row["sheet"] or "", row["row"] or 0, row["column"] or "")


def catalogue_of_checks() -> list[dict[str, Any]]:
    """Everything that is looked for, one line a check."""
    return [
        {
            "code": check.code,
            "id": check.id,
            "severity": check.severity,
            "table": check.table,
            "column": check.column,
            "title": check.title,
            "advice": check.advice,
            "needs": check.needs,
            "source": check.source,
        }
        for check in all_checks()
    ]
