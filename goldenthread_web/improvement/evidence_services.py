"""What is written of evidence and impact: added, verified, judged, embedded, tested again, fallen back."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import NotForYourself, Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.improvement.checking import (
    check_indicator,
    check_live,
    check_not_ahead,
    check_words,
    is_owner,
)
from goldenthread_web.improvement.embedding import why_not
from goldenthread_web.improvement.figures_kept import kept
from goldenthread_web.improvement.models import Action, Embedding, Evidence
from goldenthread_web.improvement.reverting import Fall
from goldenthread_web.improvement.rules import fresh_until
from goldenthread_web.inspections.models import Finding
from goldenthread_web.trail.recording import record


@service(Permission.UPDATE_ACTIONS)
def add_evidence(
    action: Action,
    *,
    kind: str,
    text: str,
    result: str,
    about_on: date,
    received_on: date | None = None,
    expires_on: date | None = None,
    ref: str = "",
    finding: Finding | None = None,
    where: str = "",
    by: User,
) -> Evidence:
    """Add a piece of evidence: the day it is about, the day it came, and until when it is fresh.

    The figure of an indicator is frozen as it stood on the day it is about.
    """
    check_live(action)
    came_on = check_not_ahead(received_on or today(), "The day it came")
    if about_on > came_on:
        raise Refused("Evidence cannot be about a day after it came: correct one of the two days.")
    goes_stale = expires_on or fresh_until(kind, about_on)
    if goes_stale <= about_on:
        raise Refused("Evidence must be fresh for at least a day: correct the day it expires.")
    frozen = _frozen(kind, ref, about_on)
    if kind == Evidence.Kind.INSPECTOR and finding is None:
        raise Refused("Name the finding whose words these are.")
    if kind == Evidence.Kind.DOCUMENT and not where.strip():
        raise Refused("Say where the document is kept.")
    made = Evidence.objects.create(
        action=action,
        kind=Evidence.Kind(kind),
        text=check_words(text, "what it shows"),
        result=Evidence.Result(result),
        about_on=about_on,
        received_on=came_on,
        expires_on=goes_stale,
        ref=ref if frozen else "",
        figure=frozen,
        finding=finding if kind == Evidence.Kind.INSPECTOR else None,
        where=where.strip(),
        added_by=by,
        added_at=now(),
    )
    changes = {"action": action.ref, "kind": kind, "result": result, "about": about_on.isoformat()}
    record("evidence.added", made, by=by, changes=changes)
    return made


@service(Permission.VERIFY_IMPACT)
def verify_evidence(evidence: Evidence, *, by: User) -> Evidence:
    """Somebody other than whoever added it has looked at it, and it says what is written of it."""
    if evidence.verified_by_id is not None:
        raise Refused("This evidence has been verified already.")
    if evidence.added_by_id == by.pk:
        raise NotForYourself("Somebody else must verify evidence that you added.")
    evidence.verified_by, evidence.verified_at = by, now()
    evidence.save(update_fields=["verified_by", "verified_at"])
    record("evidence.verified", evidence, by=by, changes={"action": evidence.action.ref})
    return evidence


@service(Permission.UPDATE_ACTIONS)
def judge_impact(
    action: Action,
    impact: int,
    *,
    because: str,
    test_on: date | None = None,
    test_ref: str = "",
    on: date | None = None,
    by: User,
) -> Action:
    """Say whether children are better off for it. Too early to say: on which day, by what is it tested?

    Clear and sustained rest on evidence that is fresh and says so.
    """
    check_live(action)
    day = on or today()
    if impact == Action.Impact.TOO_EARLY:
        if test_on is None or test_on <= day:
            raise Refused("Too early to say: name a day ahead on which it will be tested.")
        if not test_ref:
            raise Refused("Too early to say: name the indicator by which it will be tested.")
        check_indicator(test_ref)
    elif impact >= Action.Impact.CLEAR and not _is_shown(action, day):
        raise Refused("A clear impact has to be shown: add evidence of it that is fresh and says so.")
    words = check_words(because, "what this rests on")
    action.impact, action.impact_because = Action.Impact(impact), words
    action.impact_by, action.impact_on = by, day
    is_early = impact == Action.Impact.TOO_EARLY
    action.test_on, action.test_ref = (test_on, test_ref) if is_early else (None, "")
    action.version += 1
    action.save()
    record("action.impact_judged", ("action", action.ref), by=by, changes={"impact": impact})
    return action


@service(Permission.VERIFY_IMPACT)
def award_embedded(
    action: Action, *, evidence: Iterable[Evidence], retest_on: date, on: date | None = None, by: User
) -> Embedding:
    """Say that a done action is embedded: by somebody else than its owner, on two kinds of fresh evidence."""
    pieces, day = list(evidence), on or today()
    _check_award(action, pieces, retest_on, day, by)
    if Embedding.objects.filter(action=action, reverted_at__isnull=True).exists():
        raise Refused(f"Action {action.ref} is embedded already: test it again instead.")
    made = Embedding.objects.create(
        action=action, awarded_by=by, awarded_at=now(), awarded_on=day, retest_on=retest_on
    )
    made.evidence.set(pieces)
    changes = {"evidence": [one.pk for one in pieces], "retest": retest_on.isoformat()}
    record("action.embedded", ("action", action.ref), by=by, changes=changes)
    return made


@service(Permission.VERIFY_IMPACT)
def retest(
    embedding: Embedding, *, evidence: Iterable[Evidence], retest_on: date, on: date | None = None, by: User
) -> Embedding:
    """An embedded action was tested again and holds; what it rests on now takes the place of what it did."""
    if embedding.reverted_at is not None:
        raise Refused("It is embedded no longer: it can be awarded anew.")
    pieces = list(evidence)
    _check_award(embedding.action, pieces, retest_on, on or today(), by)
    embedding.retest_on = retest_on
    embedding.save(update_fields=["retest_on"])
    embedding.evidence.set(pieces)
    changes = {"evidence": [one.pk for one in pieces], "retest": retest_on.isoformat()}
    record("action.tested_again", ("action", embedding.action.ref), by=by, changes=changes)
    return embedding


@service(None)
def fall_back(embedding: Embedding, fall: Fall, *, by: None) -> Embedding:
    """Write down that an award no longer holds. The service does this by itself; nobody has to ask."""
    if embedding.reverted_at is not None:
        raise Refused("It fell back before.")
    embedding.reverted_at, embedding.reverted_on = now(), fall.on
    embedding.reverted_why, embedding.reverted_because = fall.why, fall.because
    embedding.save(update_fields=["reverted_at", "reverted_on", "reverted_why", "reverted_because"])
    record("action.fell_back", ("action", embedding.action.ref), by=by, changes={"why": fall.why})
    return embedding


def _check_award(action: Action, pieces: list[Evidence], retest_on: date, day: date, by: User) -> None:
    check_live(action)
    if is_owner(action, by):
        raise NotForYourself("Somebody other than its owner must say that an action is embedded.")
    refused = why_not(action, pieces, retest_on=retest_on, day=day)
    if refused:
        raise Refused(refused)


def _frozen(kind: str, ref: str, about_on: date) -> dict[str, Any] | None:
    if kind != Evidence.Kind.INDICATOR:
        return None
    if not ref:
        raise Refused("Name the indicator whose figure it is.")
    check_indicator(ref)
    found = kept([ref], on=about_on).get(ref)
    if found is None:
        raise Refused(f"There is no figure of {ref} for that day: load it first, or name another day.")
    return asdict(found)


def _is_shown(action: Action, day: date) -> bool:
    return any(
        piece.result == Evidence.Result.FOR and piece.expires_on >= day for piece in action.evidence.all()
    )
