"""Which actions and plans after case audits stand on a list? Those within a scope, narrowed as asked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.case_audits.following_queries import ActionLine, actions, lines, within_scope
from goldenthread_web.case_audits.models import CaseAudit, CaseAuditAction
from goldenthread_web.case_audits.reading import must_grade_first

STATES = {"open": "Open", "overdue": "Overdue", "done": "Done", "all": "All"}
MOST_DONE = 200  # done ones on a list: the latest


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How a list is narrowed; blank: not."""

    state: str = "open"
    team: str = ""
    kind: str = ""

    def keeps(self, line: ActionLine) -> bool:
        """Whether a line stands on the list."""
        action = line.action
        is_open = action.completed_on is None
        in_state = {
            "open": is_open,
            "overdue": line.is_overdue,
            "done": not is_open,
            "all": True,
        }[self.state]
        return in_state and self.team in ("", action.team) and self.kind in ("", action.kind)


@dataclass(frozen=True, kw_only=True)
class TeamCount:
    """How many actions of a team are open and how many of these overdue."""

    team: str
    open: int
    overdue: int


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list of actions with what is counted over all of them, and the plans that are due."""

    lines: list[ActionLine]
    teams: list[TeamCount]
    plans: list[CaseAudit]
    on_time: int  # of those done
    done: int
    fields: list[dict[str, Any]]
    references: list[str]
    day: date


def narrowed(given: Mapping[str, str]) -> Asked:
    """What a query asks for; what it cannot ask for is not asked."""
    state, kind = given.get("state", "open"), given.get("kind", "")
    return Asked(
        state=state if state in STATES else "open",
        team=given.get("team", ""),
        kind=kind if kind in CaseAuditAction.Kind.values else "",
    )


def listing(scope: ChildScope, asked: Asked, on: date, *, person: User) -> Listing:
    """The list, within a scope. What a person is to grade blind first is not on it."""
    found = [one for one in actions() if within_scope(one.case_audit, scope)]
    plans = CaseAudit.objects.filter(
        state=CaseAudit.State.COMPLETED, plan_due_on__isnull=False, remedial_completed_on__isnull=True
    )
    due = [one for one in plans.order_by("plan_due_on") if within_scope(one, scope)]
    hidden = must_grade_first(person, {one.case_audit_id for one in found} | {one.pk for one in due})
    said = lines((one for one in found if one.case_audit_id not in hidden), on)
    kept = [line for line in said if asked.keeps(line)]
    if asked.state in ("done", "all"):
        kept = kept[-MOST_DONE:]
    shown = [one for one in due if one.pk not in hidden]
    done = [line for line in said if line.action.completed_on is not None]
    return Listing(
        lines=kept,
        teams=_teams(said),
        plans=shown,
        on_time=sum(not line.is_late for line in done),
        done=len(done),
        fields=_fields(asked, sorted({line.action.team for line in said})),
        references=sorted(
            {line.action.case_audit.reference for line in kept if line.action.case_audit.reference}
            | {one.reference for one in shown if one.reference}
        ),
        day=on,
    )


def _teams(said: Iterable[ActionLine]) -> list[TeamCount]:
    """Teams with something open, those with most overdue first."""
    rows = [line for line in said if line.action.completed_on is None]
    opened = Counter(line.action.team for line in rows)
    overdue = Counter(line.action.team for line in rows if line.is_overdue)
    found = [TeamCount(team=team, open=number, overdue=overdue[team]) for team, number in opened.items()]
    return sorted(found, key=lambda one: (-one.overdue, one.team))


def _fields(asked: Asked, teams: Iterable[str]) -> list[dict[str, Any]]:
    def options(first: str, of: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
        said = [{"value": "", "text": first}] if first else []
        return said + [{"value": value, "text": text} for value, text in of]

    named = [(team, team) for team in teams]
    kinds = [(str(code), str(words)) for code, words in CaseAuditAction.Kind.choices]
    return [
        {"name": "state", "label": "State", "value": asked.state, "options": options("", STATES.items())},
        {
            "name": "team",
            "label": "Team",
            "value": asked.team,
            "options": options("Every team", named),
        },
        {"name": "kind", "label": "For whom", "value": asked.kind, "options": options("Everybody", kinds)},
    ]
