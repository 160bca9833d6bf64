"""What is below an indicator on the thread? Its latest figure, that of each team, the way to the children."""

from dataclasses import dataclass

from goldenthread.figures.wording import is_month, period_said
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.figures.behind import asked_at
from goldenthread_web.figures.card import current_set, line_of, scorecard_of
from goldenthread_web.figures.indicator import reading_of
from goldenthread_web.figures.lines import MONTH, shown


@dataclass(frozen=True)
class Behind:
    """One figure with where the children behind it are asked for; blank for who may not see any."""

    label: str
    value: str
    cases: str
    href: str


@dataclass(frozen=True)
class Teams:
    """The whole and its teams in the latest month."""

    period: str
    whole: Behind
    teams: tuple[Behind, ...]


def teams_behind(ref: str, person: User) -> Teams | None:
    """The latest figures of an indicator by team, without small numbers where a person sees none.

    None where there is no figure.
    """
    found = current_set()
    if found is None:
        return None
    is_public = person.held_role.is_public_view
    line = line_of(scorecard_of(found, is_public_view=is_public), ref)
    if line is None or not line.is_computable:
        return None
    period, reading = line.latest.period, reading_of(line, found.margin)
    may_ask = person.may(Permission.SEE_CHILDREN_BEHIND_FIGURES)
    lines = found.worked_out.figure_lines.filter(
        ref=ref, every=MONTH, part="", breakdown="team", period_start=period.starts_on
    ).order_by("breakdown_value")
    teams = []
    for one in shown(lines, is_public_view=is_public):
        if not is_month(one.figure.period):
            continue
        team = one.figure.breakdown["team"]
        said = reading.said(team, one)
        has_rows = may_ask and one.figure.value is not None
        teams.append(
            Behind(team, said.value, said.cases, asked_at(ref, period, team=team) if has_rows else "")
        )
    whole = Behind("All teams", line.value, line.cases, asked_at(ref, period) if may_ask else "")
    return Teams(period_said(period), whole, tuple(teams))
