"""What is wrong in the data of each team, for whom, and what do they do about it on Monday?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from goldenthread_web.accounts.models import Unit
from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.accounts.units import open_units
from goldenthread_web.config.clock import today
from goldenthread_web.extracts import found_wrong
from goldenthread_web.extracts.children import index, naming_nobody_barred, unbarred
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
    """What a person can mend: of their teams, no child whom only other teams hold and no barred one.

    What is found wrong of one child may name another, in the value or in the sentences: it goes as well.
    """
    rows = unbarred(found.rows, scope, "child_id", "value")
    found = FoundWrong(found.load, naming_nobody_barred(rows, scope, "value", "message", "details"))
    if scope.everyone:
        return found
    of_teams = found.of_teams(scope.teams)
    elsewhere = {child.child_id for child in index().by_reference.values() if not child.is_within(scope)}
    is_elsewhere = pc.is_in(of_teams.rows["child_id"], pa.array(sorted(elsewhere), pa.string()))
    return FoundWrong(found.load, of_teams.rows.filter(pc.invert(is_elsewhere)))


def teams_within(found: FoundWrong, scope: ChildScope) -> dict[str, str]:
    """The teams a person answers for, with their services: those that exist, and those with open findings."""
    services = {unit.name: unit.service for unit in open_units(Unit.Kind.TEAM, today())}
    for row in found.counts("service", "team"):
        services.setdefault(str(row["team"]), str(row["service"]))
    return {team: service for team, service in services.items() if scope.everyone or team in scope.teams}


def team_lines(found: FoundWrong, teams: Mapping[str, str]) -> list[TeamLine]:
    """One line a team, by service and name, also for one with nothing wrong; what has no team comes last."""
    counted = {team: dict.fromkeys(SEVERITIES, 0) for team in teams}
    for row in found.counts("team", "severity"):
        counted[str(row["team"])][str(row["severity"])] = int(str(row["findings"]))
    children = {str(row["team"]): int(str(row["children"])) for row in found.counts("team")}
    lines = [
        TeamLine(team, service, **counted[team], children=children.get(team, 0))
        for team, service in teams.items()
    ]
    return sorted(lines, key=lambda line: (line.team == found_wrong.NOT_KNOWN, line.service, line.team))


def case_link(child_id: str | None) -> str:
    """Where the case system shows the child; blank where the installation does not say."""
    pattern = settings.INSTALLATION.service.get("case_system_link")
    return pattern.replace("{child_id}", quote(child_id, safe="")) if pattern and child_id else ""
