"""What is written of the self-evaluation: statements, their editions, and why the council knows them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.figures.quoting import quoted
from goldenthread_web.governance.models import Statement, StatementEvidence
from goldenthread_web.governance.practice_found import met
from goldenthread_web.governance.self_evaluation import areas_on, framework_on
from goldenthread_web.improvement.models import Action
from goldenthread_web.inspections.models import Finding
from goldenthread_web.trail.recording import record

_Kind = StatementEvidence.Kind


@service(Permission.HAND_OVER_EVIDENCE)
def write_statement(*, area: str, by: User, **said: Any) -> Statement:
    """Say something of an area that inspectors judge: its first edition, of today.

    `said`: sign, text, grade, confidence, next_step and action.
    """
    if area not in areas_on(today()):
        raise Refused("Choose the area from the list.")
    made = _made(framework_on(today()).code, area, said, None, by)
    record("self_evaluation.stated", made, by=by, changes={"area": area, "sign": made.sign})
    return made


@service(Permission.HAND_OVER_EVIDENCE)
def review_statement(
    statement: Statement, *, holding: Iterable[StatementEvidence] = (), by: User, **said: Any
) -> Statement:
    """Look at a statement again: a new edition, of today, takes its place.

    `holding`: evidence that still holds.
    """
    found = _in_force(statement)
    pieces = list(holding)
    made = _made(found.framework, found.area, said, found, by)
    for one in pieces:
        if one.statement_id != found.pk:
            raise Refused("Keep evidence of this statement only.")
    StatementEvidence.objects.bulk_create(_copy(one, made) for one in reversed(pieces))
    changes = {"edition": made.edition, "kept": len(pieces), "sign": made.sign}
    record("self_evaluation.reviewed", made, by=by, changes=changes)
    return made


@service(Permission.HAND_OVER_EVIDENCE)
def end_statement(statement: Statement, *, because: str, by: User) -> Statement:
    """The council no longer says it; what it said stays to be read."""
    found = _in_force(statement)
    if not because.strip():
        raise Refused("Say why the council no longer says it.")
    found.ended_on, found.ended_because = today(), because.strip()
    found.save(update_fields=["ended_on", "ended_because"])
    record("self_evaluation.ended", found, by=by)
    return found


@service(Permission.HAND_OVER_EVIDENCE)
def add_statement_evidence(
    statement: Statement,
    *,
    kind: str,
    text: str = "",
    about_on: date | None = None,
    key: str = "",
    finding: Finding | None = None,
    where: str = "",
    by: User,
) -> StatementEvidence:
    """Say why the council knows it. Figures and case audits are frozen as everybody may see them today."""
    found = _in_force(statement)
    given: Mapping[str, Any] = _WHAT_IT_SAYS[_Kind(kind)](key=key, finding=finding, where=where.strip())
    day = given.get("about_on") or about_on
    if day is None or day > today():
        raise Refused("Give the day it is about: today or earlier.")
    if not text.strip() and not given.get("said") and finding is None:
        raise Refused("Say in a sentence what it shows.")
    made = StatementEvidence.objects.create(
        statement=found,
        kind=_Kind(kind),
        text=text.strip(),
        added_by=by,
        added_at=now(),
        **{**given, "about_on": day},
    )
    record("self_evaluation.evidence_added", found, by=by, changes={"kind": kind, "about": day.isoformat()})
    return made


def _figure(*, key: str, **_: Any) -> dict[str, Any]:
    one = quoted([key], is_public_view=True).get(key) if key else None
    if one is None or not one.is_a_figure:
        raise Refused("Choose an indicator that has a figure.")
    cases = f" ({one.cases})" if one.cases else ""
    against = f"; target {one.target}" if one.target else ""
    return {
        "key": key,
        "about_on": one.ends_on,
        "said": f"{one.title}: {one.value}{cases} in {one.period}{against}",
    }


def _case_audits(*, key: str, **_: Any) -> dict[str, Any]:
    shown = [one for one in met(key, is_public_view=True) if one.percent is not None] if key else []
    if not shown:
        raise Refused("Choose a practice standard that enough case audits have looked at.")
    shares = "; ".join(f"{one.chosen.lower()} {one.share} ({one.number})" for one in shown)
    standard = shown[0].standard.statement
    return {"key": key, "about_on": today(), "said": f"“{standard}” Met in case audits {shares}"}


def _finding(*, finding: Finding | None, **_: Any) -> dict[str, Any]:
    if finding is None or finding.withdrawn_at is not None:
        raise Refused("Choose a finding that stands.")
    return {"finding": finding, "about_on": finding.said_on}


def _kept_somewhere(*, where: str, **_: Any) -> dict[str, Any]:
    if not where:
        raise Refused("Say where it is kept.")
    return {"where": where}


_WHAT_IT_SAYS = {
    _Kind.FIGURE: _figure,
    _Kind.CASE_AUDIT: _case_audits,
    _Kind.FINDING: _finding,
    _Kind.FEEDBACK: _kept_somewhere,
    _Kind.DOCUMENT: _kept_somewhere,
}
_WORDS: Collection[str] = ("sign", "text", "grade", "confidence", "next_step", "action")


def _made(
    framework: str, area: str, said: Mapping[str, Any], replaces: Statement | None, by: User
) -> Statement:
    unknown = sorted(set(said) - set(_WORDS))
    if unknown:
        raise TypeError(f"A statement has no {', '.join(unknown)} to say.")
    action: Action | None = said.get("action")
    step = said.get("next_step", "").strip()
    if said["sign"] == Statement.Sign.WEAKNESS and action is None and not step:
        raise Refused("A weakness says what is done about it: name the action of the plan, or the next step.")
    if not said["text"].strip():
        raise Refused("Say what the council knows of itself.")
    return Statement.objects.create(
        framework=framework,
        area=area,
        sign=Statement.Sign(said["sign"]),
        text=said["text"].strip(),
        grade=said.get("grade", ""),
        confidence=Statement.Confidence(said["confidence"]),
        next_step=step,
        action=action,
        edition=1 if replaces is None else replaces.edition + 1,
        replaces=replaces,
        dated_on=today(),
        written_by=by,
        written_at=now(),
    )


def _copy(one: StatementEvidence, to: Statement) -> StatementEvidence:
    copied = {
        name: getattr(one, name) for name in ("kind", "about_on", "text", "key", "said", "finding", "where")
    }
    return StatementEvidence(statement=to, added_by=one.added_by, added_at=one.added_at, **copied)


def _in_force(statement: Statement) -> Statement:
    found = Statement.objects.select_for_update().get(pk=statement.pk)
    if found.ended_on is not None:
        raise Refused("The council no longer says it.")
    if Statement.objects.filter(replaces=found).exists():
        raise Refused("A newer edition took its place: go on from that one.")
    return found
