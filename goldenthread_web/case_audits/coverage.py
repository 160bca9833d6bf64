"""Which teams' cases were looked at lately? Gaps first. How long that is: following.toml."""

from dataclasses import dataclass
from datetime import date

from goldenthread.calendar import add_months
from goldenthread_web.accounts.models import Unit
from goldenthread_web.accounts.restrictions import restricted
from goldenthread_web.accounts.units import open_units
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.how_far import HIDDEN
from goldenthread_web.case_audits.queries import latest_of_teams
from goldenthread_web.extracts.children import index
from goldenthread_web.worklist.small_numbers import shown_numbers


@dataclass(frozen=True, kw_only=True)
class TeamLine:
    """One team: how many of its cases were looked at, and when the last one was."""

    team: str
    service: str
    number: str
    latest_on: date | None

    @property
    def is_gap(self) -> bool:
        """Whether no case of it was looked at."""
        return self.latest_on is None


def covered(on: date, *, is_public_view: bool) -> list[TeamLine]:
    """Every team of a day with children, those nobody looked at first, then the longest ago."""
    found = latest_of_teams(on, add_months(on, -rules().coverage_months), restricted())
    services = {unit.name: unit.service for unit in open_units(Unit.Kind.TEAM, on)}
    # A team without a child has no case to look at: managers, reviewing officers.
    if held := {team for child in index().by_reference.values() for team in child.teams}:
        services = {team: service for team, service in services.items() if team in held or team in found}
    numbers = {team: found[team][0] if team in found else 0 for team in services}
    said = {team: f"{number:,}" for team, number in numbers.items()}
    if is_public_view:
        cells = {(team,): number for team, number in numbers.items()}
        everything = ("all teams",)
        look_up = shown_numbers(cells | {everything: sum(numbers.values())}, [(everything, list(cells))])
        hidden = {team: look_up((team,)) for team in numbers}
        said = {team: HIDDEN if number is None else f"{number:,}" for team, number in hidden.items()}
    lines = [
        TeamLine(
            team=team,
            service=services[team],
            number=said[team],
            latest_on=found[team][1] if team in found else None,
        )
        for team in sorted(services)
    ]
    return sorted(lines, key=lambda line: line.latest_on or date.min)
