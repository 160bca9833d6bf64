"""What does the sheet of a Monday say, team beside team, and what has changed since the Monday before?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from goldenthread.worklist.items import items
from goldenthread_web.accounts.models import Unit
from goldenthread_web.accounts.units import open_units
from goldenthread_web.worklist.models import WeeklyLine, WeeklySnapshot
from goldenthread_web.worklist.morning import NOT_KNOWN

ELSEWHERE = "Team not known"


@dataclass(frozen=True)
class Level:
    """How much of what is open is overdue: a shade with a letter and a word."""

    number: int
    letter: str
    word: str
    share: float  # overdue of open, from here on
    overdue: int = 1  # and at least so many


# The last shade is for many: one of two is half, and no alarm.
LEVELS = (
    Level(0, "N", "none overdue", 0.0, 0),
    Level(1, "F", "under a tenth overdue", 0.0),
    Level(2, "S", "a tenth or more overdue", 0.1),
    Level(3, "M", "a quarter or more overdue", 0.25),
    Level(4, "H", "half or more overdue, and five at least", 0.5, 5),
)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One number of the sheet, and what it was a week before."""

    team: str
    item: str
    label: str
    open: int
    overdue: int
    soon: int
    children: int
    before: int | None  # overdue on the Monday before; None: not known

    @property
    def share(self) -> float:
        """Overdue, of what is open."""
        return self.overdue / self.open if self.open else 0.0

    @property
    def level(self) -> Level:
        """The shade."""
        fits = [one for one in LEVELS if self.share >= one.share and self.overdue >= one.overdue]
        return fits[-1]

    @property
    def change(self) -> str:
        """Against the Monday before, in words; blank where that is not known."""
        if self.before is None:
            return ""
        more = self.overdue - self.before
        if not more:
            return "the same"
        return f"{abs(more):,} more" if more > 0 else f"{abs(more):,} fewer"


@dataclass(frozen=True, kw_only=True)
class OfService:
    """The teams of one service side by side: duties down, teams across."""

    name: str
    teams: Sequence[str]
    rows: Sequence[tuple[str, str, Sequence[Cell | None]]]  # item, label, one cell for each team


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The whole sheet of a Monday."""

    snapshot: WeeklySnapshot
    before: WeeklySnapshot | None
    whole: Cell
    teams: Sequence[Cell]  # the largest share overdue first
    services: Sequence[OfService]
    duties: Sequence[Cell]  # of all teams together, in the order of the child's journey
    service_of: Mapping[str, str] = field(default_factory=dict)


def snapshots() -> list[WeeklySnapshot]:
    """Every Monday that has a sheet, the latest first."""
    return list(WeeklySnapshot.objects.all())


def sheet(snapshot: WeeklySnapshot, before: WeeklySnapshot | None) -> Sheet:
    """The sheet of a Monday beside the one of the Monday before, where there is one."""
    earlier = {} if before is None else {(one.team, one.item): one.overdue for one in before.lines.all()}
    cells = {
        (one.team, one.item): _cell(one, None if before is None else earlier.get((one.team, one.item), 0))
        for one in snapshot.lines.all()
    }
    teams = [cell for (team, item), cell in cells.items() if team and not item]
    service_of = _services(snapshot.monday, [cell.team for cell in teams])
    return Sheet(
        snapshot=snapshot,
        before=before,
        whole=cells.get(("", "")) or _nothing(before),
        teams=sorted(teams, key=lambda cell: (cell.team == NOT_KNOWN, -cell.share, cell.team)),
        services=_side_by_side(cells, service_of),
        duties=[cells["", item] for item in _in_order(cells) if ("", item) in cells],
        service_of=service_of,
    )


def the_week_before(snapshot: WeeklySnapshot, all_of_them: Sequence[WeeklySnapshot]) -> WeeklySnapshot | None:
    """The sheet of the Monday before; None where that week has none."""
    wanted = snapshot.monday - timedelta(weeks=1)
    return next((one for one in all_of_them if one.monday == wanted), None)


def _cell(line: WeeklyLine, before: int | None) -> Cell:
    return Cell(
        team=line.team,
        item=line.item,
        label=line.label,
        open=line.open,
        overdue=line.overdue,
        soon=line.soon,
        children=line.children,
        before=before,
    )


def _nothing(before: WeeklySnapshot | None) -> Cell:
    counted = 0 if before is not None else None
    return Cell(team="", item="", label="", open=0, overdue=0, soon=0, children=0, before=counted)


def _services(on: date, teams: Sequence[str]) -> dict[str, str]:
    """The service of each team on the day, in the order in which the pages show them."""
    known = dict(open_units(Unit.Kind.TEAM, on).values_list("name", "service"))
    of = {team: known.get(team) or ELSEWHERE for team in teams}
    return dict(sorted(of.items(), key=lambda one: (one[1] == ELSEWHERE, one[1], one[0])))


def _in_order(cells: Mapping[tuple[str, str], Cell]) -> list[str]:
    """Duties in the order of the child's journey; one that is no more comes last."""
    present = {item for _, item in cells if item}
    return [item for item in items() if item in present] + sorted(present - set(items()))


def _side_by_side(cells: Mapping[tuple[str, str], Cell], service_of: Mapping[str, str]) -> list[OfService]:
    teams: dict[str, list[str]] = defaultdict(list)
    for team, service in service_of.items():
        teams[service].append(team)
    found = []
    for service, names in teams.items():
        rows = [
            (item, cells["", item].label, [cells.get((team, item)) for team in names])
            for item in _in_order(cells)
            if any((team, item) in cells for team in names)
        ]
        rows.append(("", "All duties", [cells.get((team, "")) for team in names]))
        found.append(OfService(name=service, teams=names, rows=rows))
    return found
