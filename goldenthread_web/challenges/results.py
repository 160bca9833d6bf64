"""What do challenges come to? How many, about what, of which team, resolved in time, upheld.

Read from what the person may see; whose role sees figures only gets numbers without the small ones.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.calendar import add_months
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.scopes import scope_or_none
from goldenthread_web.challenges.models import Challenge
from goldenthread_web.challenges.queries import challenges, standing, within
from goldenthread_web.challenges.rules import choices
from goldenthread_web.worklist.small_numbers import shown_numbers

UPHELD = ("upheld", "partly")


@dataclass(frozen=True, kw_only=True)
class Row:
    """The numbers of one theme, team or quarter. None: hidden because it is small."""

    name: str
    raised: int | None
    resolved: int | None
    judged: int | None  # resolved, or beyond their time: those of which in time can be said
    in_time: int | None
    decided: int | None  # with an outcome that is not withdrawn
    upheld: int | None


@dataclass(frozen=True, kw_only=True)
class Results:
    """What challenges raised in a stretch of days come to."""

    since: date
    until: date
    whole: Row
    themes: Sequence[Row]
    teams: Sequence[Row]
    quarters: Sequence[Row]
    is_hidden: bool  # small numbers are, and the others rounded


def results(person: User, since: date, until: date) -> Results:
    """The results a person may see, counted at the end of the last day."""
    scope = scope_or_none(person)
    found = challenges() if scope is None else within(scope, person)
    rows = list(found.filter(raised_on__gte=since, raised_on__lte=until))
    themes = choices("themes")
    full = Results(
        since=since,
        until=until,
        whole=_row("All", rows, until),
        themes=_grouped(rows, lambda one: themes[one.theme], until),
        teams=_grouped(rows, lambda one: one.team, until),
        quarters=[_row(name, few, until) for name, few in _by_quarter(rows, since, until)],
        is_hidden=False,
    )
    return _hidden(full) if scope is None or person.held_role.is_public_view else full


def _grouped(rows: Sequence[Challenge], by: Callable[[Challenge], str], on: date) -> list[Row]:
    groups: dict[str, list[Challenge]] = {}
    for one in rows:
        groups.setdefault(by(one), []).append(one)
    return [_row(name, found, on) for name, found in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0]))]


def _row(name: str, rows: Iterable[Challenge], on: date) -> Row:
    found = list(rows)
    at = [(one, standing(one, on)) for one in found]
    judged = [(one, how) for one, how in at if not one.is_open or not how.is_in_time]
    decided = [one for one in found if one.outcome not in ("", "withdrawn")]
    return Row(
        name=name,
        raised=len(found),
        resolved=sum(not one.is_open for one in found),
        judged=len(judged),
        in_time=sum(how.is_in_time for _, how in judged),
        decided=len(decided),
        upheld=sum(one.outcome in UPHELD for one in decided),
    )


def _hidden(full: Results) -> Results:
    """The same for whoever sees no child: how many were raised, without the small numbers, and no more."""
    groups = {"theme": full.themes, "team": full.teams, "quarter": full.quarters}
    cells = {("all", ""): full.whole.raised or 0}
    cells |= {(kind, one.name): one.raised or 0 for kind, rows in groups.items() for one in rows}
    sums = [(("all", ""), [(kind, one.name) for one in rows]) for kind, rows in groups.items() if rows]
    number = shown_numbers(cells, sums)

    def told(name: str, cell: tuple[str, str]) -> Row:
        nothing = dict.fromkeys(("resolved", "judged", "in_time", "decided", "upheld"))
        return Row(name=name, raised=number(cell), **nothing)

    return Results(
        since=full.since,
        until=full.until,
        whole=told(full.whole.name, ("all", "")),
        themes=[told(one.name, ("theme", one.name)) for one in full.themes],
        teams=[told(one.name, ("team", one.name)) for one in full.teams],
        quarters=[told(one.name, ("quarter", one.name)) for one in full.quarters],
        is_hidden=True,
    )


def _by_quarter(rows: Sequence[Challenge], since: date, until: date) -> list[tuple[str, list[Challenge]]]:
    """The challenges raised in each quarter of a year, from the first to the last."""
    first = date(since.year, (since.month - 1) // 3 * 3 + 1, 1)
    found = []
    while first <= until:
        after = add_months(first, 3)
        name = f"{first:%B} to {add_months(first, 2):%B %Y}"
        found.append((name, [one for one in rows if first <= one.raised_on < after]))
        first = after
    return found
