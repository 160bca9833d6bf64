"""How do the council's own records read in the local extracts? Teams, posts, supervision and money."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from goldenthread.synthetic.case_rows import NOTED, past
from goldenthread.synthetic.days import iso
from goldenthread.synthetic.teams import Post, PostSpell, Team
from goldenthread.synthetic.telling import Told

Row = tuple[Any, ...]
PARENT = "Children's Social Care"
HELP = "Early Help and Prevention"
OPENED = 2200  # days before the history began: when the teams were set up


def council_rows(told: Told) -> Iterator[tuple[str, Row]]:
    """Every row that is not about one child, with its table."""
    for team in told.staff.teams:
        for row in _team(told, team):
            yield "teams", row
    for post in told.staff.posts:
        for spell in post.spells:
            for part in _parts(told, post, spell):
                yield "posts", _post(told, post, part)
    yield from _supervised(told)
    for line in told.budget:
        yield "budget_lines", line
    for name, stage, received, is_complex, answered, outcome, team in told.complaints:
        row = (name, stage, iso(received), NOTED[is_complex], iso(answered), outcome, team)
        yield "complaints", row


def _team(told: Told, team: Team) -> Iterator[Row]:
    restructure = told.staff.restructure
    begins = iso(team.created or told.area.first - OPENED)
    parent = HELP if team.role in ("early_help", "edge_of_care") else PARENT
    manager = _manager(told, team, told.area.as_at)
    if team.before and restructure and restructure <= told.area.as_at:
        before = _manager(told, team, restructure - 1)
        yield (team.before, begins, iso(restructure - 1), team.service, parent, team.name, before)
        yield (team.name, iso(restructure), None, team.service, parent, None, manager)
    else:
        name = team.before if team.before and restructure else team.name
        yield (name, begins, None, team.service, parent, None if name == team.name else team.name, manager)


def _manager(told: Told, team: Team, day: int) -> str | None:
    for post in team.posts:
        held = post.holder(day) if post.role in ("team_manager", "service_manager") else None
        if held and held.worker:
            return held.worker.id
    return None


def _parts(told: Told, post: Post, spell: PostSpell) -> Iterator[PostSpell]:
    """The spell, in two where the team was restructured under it."""
    restructure = told.staff.restructure
    if spell.start > told.area.as_at:
        return
    if not (post.team.before and restructure and spell.start < restructure < spell.end):
        yield spell
        return
    reason = "internal" if spell.worker else "deleted"
    yield replace(spell, end=restructure, reason=reason, leave=None, sickness=None, is_asye=False)
    if restructure <= told.area.as_at:
        yield replace(spell, start=restructure, is_converted=False, campaign=None)


def _post(told: Told, post: Post, spell: PostSpell) -> Row:
    worker = spell.worker
    ended = past(told, spell.end)
    away = spell.leave or (None, None)
    return (
        post.id,
        worker.id if worker else None,
        f"Worker {worker.id[1:]}" if worker else None,
        post.team.name_on(min(told.area.as_at, spell.end - 1), told.staff.restructure),
        post.role,
        NOTED[post.is_social_worker],
        spell.employment,
        f"{spell.fte:.2f}",
        NOTED[post.is_funded(spell)],
        NOTED[spell.is_asye],
        iso(spell.start),
        ended,
        spell.reason if ended else None,
        NOTED[spell.is_converted] if spell.employment == "permanent" else None,
        spell.campaign,
        iso(away[0]),
        past(told, away[1]),
        spell.sickness,
        worker.ethnicity if worker else None,
        worker.sex if worker else None,
        worker.born if worker else None,
    )


def _supervised(told: Told) -> Iterator[tuple[str, Row]]:
    for name, worker, manager, kind, held in told.supervisions:
        yield "supervisions", (name, worker, manager, kind, iso(held))
    for name, session, child, due, done, reviewed in told.actions:
        yield "supervision_actions", (name, session, child, iso(due), iso(done), reviewed)
    for worker, course, completed, expires in told.training:
        yield "training_completions", (worker, course, iso(completed), iso(expires))
    for campaign, role, opened, closed, applied, shortlisted, offers, starters in told.campaigns:
        row = (campaign, role, iso(opened), iso(closed), applied, shortlisted, offers, starters)
        yield "recruitment_campaigns", row
