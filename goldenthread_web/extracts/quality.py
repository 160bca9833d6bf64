"""What is wrong in the data of each team, for whom, and what do they do about it on Monday?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.extracts import found_wrong
from goldenthread_web.extracts.children import index
from goldenthread_web.extracts.current import current, local_settings
from goldenthread_web.extracts.found_wrong import SEVERITIES, FoundWrong

COLUMNS = (
    ("severity", "Severity"),
    ("rule", "Rule"),
    ("team", "Team"),
    ("worker_id", "Worker"),
    ("child_id", "Child"),
    ("message", "What is wrong"),
    ("table", "Table"),
    ("column", "Column"),
    ("value", "Value"),
    ("details", "Details"),
    ("source", "Source"),
    ("file", "File"),
    ("sheet", "Sheet"),
    ("row", "Row"),
)


@dataclass(frozen=True)
class TeamLine:
    """A team beside the others: how much is open."""

    team: str
    service: str
    error: int
    warning: int
    info: int
    children: int


class Rows(Sequence[dict[str, Any]]):
    """The rows of a table, read when their page is shown."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    def __len__(self) -> int:
        return self._table.num_rows

    def __getitem__(self, part: Any) -> Any:
        if isinstance(part, slice):
            start, stop, _ = part.indices(len(self))
            return self._table.slice(start, stop - start).to_pylist()
        return self._table.slice(part, 1).to_pylist()[0]


def open_findings() -> FoundWrong | None:
    """Everything found wrong in the load in force; None before anything was loaded."""
    load = current()
    return None if load is None else found_wrong.of(load, local_settings())


def within(found: FoundWrong, scope: ChildScope) -> FoundWrong:
    """What a person can mend: of their teams, and not of a child whom only other teams hold by now."""
    if scope.everyone:
        return found
    of_teams = found.of_teams(scope.teams)
    elsewhere = {child.child_id for child in index().by_reference.values() if not child.is_within(scope)}
    is_elsewhere = pc.is_in(of_teams.rows["child_id"], pa.array(sorted(elsewhere), pa.string()))
    return FoundWrong(found.load, of_teams.rows.filter(pc.invert(is_elsewhere)))


def team_lines(found: FoundWrong) -> list[TeamLine]:
    """One line a team, by service and name; what cannot be given to a team comes last."""
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for row in found.counts("service", "team", "severity"):
        place = counted.setdefault((str(row["service"]), str(row["team"])), dict.fromkeys(SEVERITIES, 0))
        place[str(row["severity"])] = int(str(row["findings"]))
    children = {(row["service"], row["team"]): row["children"] for row in found.counts("service", "team")}
    lines = [
        TeamLine(team, service, **counts, children=children[service, team])
        for (service, team), counts in counted.items()
    ]
    return sorted(lines, key=lambda line: (line.team == found_wrong.NOT_KNOWN, line.service, line.team))


def case_link(child_id: str | None) -> str:
    """Where the case system shows the child; blank where the installation does not say."""
    pattern = settings.INSTALLATION.service.get("case_system_link")
    return pattern.replace("{child_id}", quote(child_id, safe="")) if pattern and child_id else ""
