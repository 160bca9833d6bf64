"""What does the council of the demonstration do about its findings? As its programme manager said."""

import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

from goldenthread.calendar import add_working_days
from goldenthread_web.accounts.models import User
from goldenthread_web.improvement.ledger_services import dispose
from goldenthread_web.improvement.models import Action, Disposition
from goldenthread_web.improvement.queries import actions
from goldenthread_web.inspections.models import Finding
from goldenthread_web.inspections.queries import findings

_AFTER = 4  # working days after the letter came


def enter(*, on: date, manager: User) -> int:
    """Answer the findings that were answered by a day; how many. One whose action is not there waits."""
    said = tomllib.loads((files("goldenthread_web.improvement") / "ledger_demo.toml").read_text("utf-8"))
    answering = _answering()
    answered = 0
    for finding in findings(to=on):
        one = said.get(finding.ref, {})
        day = one.get("on") or add_working_days(finding.paragraph.letter.received_on, _AFTER)
        if day > on:
            continue
        answer = _answer(finding, one, answering, said["strength"])
        if answer is None:
            continue
        dispose(finding, **answer, decided_on=day, version=finding.version, by=manager)
        answered += 1
    return answered


def _answering() -> dict[int, Action]:
    """The first live action for each recommendation."""
    found: dict[int, Action] = {}
    for action in actions().prefetch_related("recommendations"):
        for recommendation in action.recommendations.all():
            found.setdefault(recommendation.pk, action)
    return found


def _answer(
    finding: Finding, said: dict[str, Any], answering: dict[int, Action], strength: str
) -> dict[str, Any] | None:
    if "reason" in said:
        return {"kind": Disposition.Kind.NO_ACTION, "reason": said["reason"]}
    if finding.valence not in (Finding.Valence.WEAKNESS, Finding.Valence.FOCUS):
        return {"kind": Disposition.Kind.NO_ACTION, "reason": strength}
    action = answering.get(finding.recommendation_id or 0)
    if action is None:
        return None
    return {"kind": said.get("kind", Disposition.Kind.EXISTING_ACTION), "action": action}
