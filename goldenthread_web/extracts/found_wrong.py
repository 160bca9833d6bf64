"""What was found wrong in a load, with the team and worker who can mend it?

Worked out once per load and kept as Parquet in the installation's folder: it names children, so it never
enters the web database.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings

from goldenthread.checking.report import report, told
from goldenthread.ingest.extract import FINDINGS_SCHEMA
from goldenthread.settings import Settings
from goldenthread.store import Load, Store

NOT_KNOWN = "not known"  # the team of what cannot be given to one
SEVERITIES = ("error", "warning", "info")
_SCHEMA = FINDINGS_SCHEMA.append(pa.field("service", pa.string()))


@dataclass(frozen=True)
class FoundWrong:
    """Everything found wrong in a load: one row a finding, the most serious first."""

    load: Load
    rows: pa.Table

    def only(self, **wanted: str | None) -> "FoundWrong":
        """Cut to rows with these values; None or blank: whatever the value."""
        rows = self.rows
        for name, value in wanted.items():
            if value:
                rows = rows.filter(pc.equal(rows[name], value))
        return FoundWrong(self.load, rows)

    def of_teams(self, teams: frozenset[str]) -> "FoundWrong":
        """Cut to what these teams can mend."""
        wanted = pc.is_in(self.rows["team"], pa.array(sorted(teams), pa.string()))
        return FoundWrong(self.load, self.rows.filter(wanted))

    def counts(self, *by: str) -> list[dict[str, object]]:
        """How many findings, and of how many children, by these columns."""
        grouped = self.rows.group_by(list(by)).aggregate(
            [([], "count_all"), ("child_id", "count_distinct", pc.CountOptions(mode="only_valid"))]
        )
        found = grouped.rename_columns(
            {"count_all": "findings", "child_id_count_distinct": "children"}
        ).to_pylist()
        return sorted(found, key=lambda row: tuple(str(row[name] or "") for name in by))

    def values(self, name: str) -> list[str]:
        """The values of a column, for a choice."""
        return sorted(value for value in self.rows[name].unique().to_pylist() if value)


@dataclass(frozen=True)
class RuleBroken:
    """A rule that rows break: what is wrong, what to do about it, and how often."""

    rule: str
    table: str
    severity: str
    title: str
    advice: str
    findings: int
    children: int


def by_rule(found: FoundWrong) -> list[RuleBroken]:
    """One line for each rule: errors first, then the most frequent."""
    lines = []
    for row in found.counts("rule", "table", "severity"):
        rule, table = str(row["rule"]), str(row["table"] or "")
        title, advice = told(rule, table)
        lines.append(
            RuleBroken(rule, table, str(row["severity"]), title, advice, row["findings"], row["children"])
        )
    return sorted(lines, key=lambda one: (SEVERITIES.index(one.severity), -one.findings, one.rule, one.table))


def of(load: Load, local: Settings) -> FoundWrong:
    """What was found wrong in a load; worked out now if that was not done before."""
    path = settings.INSTALLATION.folder / "found_wrong" / f"{load.folder.name}.parquet"
    if not path.is_file():
        _work_out(load, local, path)
    return _read(load, path)


def _work_out(load: Load, local: Settings, path: Path) -> None:
    found = report(Store(settings.INSTALLATION.store), load, local)
    rows = [{name: row[name] or None for name in _SCHEMA.names} for row in found.rows]
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".writing-", delete=False) as beside:
        pq.write_table(pa.Table.from_pylist(rows, schema=_SCHEMA), beside)
    Path(beside.name).rename(path)


@lru_cache(maxsize=4)
def _read(load: Load, path: Path) -> FoundWrong:
    return FoundWrong(load, pq.read_table(path))
