"""What is written of a challenge once it is raised: answered, taken further, referred, resolved."""

from collections.abc import Sequence
from datetime import date, datetime

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.challenges import queries
from goldenthread_web.challenges.checks import about, check_codes, check_said, left_out_between, not_ahead
from goldenthread_web.challenges.models import Answer, Challenge, Step
from goldenthread_web.challenges.rules import due_at, stage_after, stages
from goldenthread_web.config.clock import now, today
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check


@service(Permission.ANSWER_CHALLENGES)
def answer_challenge(
    challenge: Challenge,
    *,
    version: int,
    position: str,
    text: str,
    will_do: str,
    answered_on: date | None = None,
    answered_at: datetime | None = None,
    by: User,
) -> Answer:
    """Answer at the stage it is at. Whoever raised it says whether that resolves it."""
    found, on = _locked(challenge, version), not_ahead(answered_on)
    if not queries.visible_to(by).filter(pk=found.pk).exists():
        raise Refused("This challenge is not for you to answer.")
    if by.pk == found.raised_by_id:
        raise Refused("Somebody other than whoever raised it answers.")
    if by.role not in stages()[found.stage].answered_by:
        raise Refused(f"It has reached {stages()[found.stage].title}: somebody above you answers.")
    check_said(text, "what you answer")
    if position != Answer.Position.NOT_AGREED:
        check_said(will_do, "what is done about it, by whom and by when")
    _check_since(found, on)
    made = found.answers.create(
        stage=found.stage,
        position=Answer.Position(position),
        text=text.strip(),
        will_do=will_do.strip(),
        answered_on=on,
        answered_by=by,
        answered_at=answered_at or now(),
    )
    _save(found)
    record(
        "case_challenge.answered", about(found), by=by, changes={"stage": found.stage, "position": position}
    )
    return made


@service(Permission.RAISE_CHALLENGES)
def escalate(
    challenge: Challenge,
    *,
    version: int,
    stage: str,
    reason: str,
    escalated_on: date | None = None,
    by: User,
) -> Step:
    """Take it to a higher stage, with the reason; stages between may be left out."""
    found, on = _locked(challenge, version), not_ahead(escalated_on)
    _check_raiser(found, by)
    if stage not in stages() or stages()[stage].place <= stages()[found.stage].place:
        raise Refused("Choose a stage above the one it is at.")
    check_said(reason, "why it goes further")
    _check_since(found, on)
    return _go_to(found, stage, on, Step.Why.ESCALATED, reason, by)


@service(None)
def escalate_by_clock(challenge: Challenge, *, on: date | None = None, by: None = None) -> Step:
    """Nobody answered the stage in time: it goes one stage up by itself."""
    found, day = Challenge.objects.select_for_update().get(pk=challenge.pk), on or today()
    after = stage_after(found.stage)
    if not queries.standing(found, day).is_answer_late or after is None:
        raise Refused("It was answered in time, or can go no further.")
    return _go_to(found, after.key, day, Step.Why.CLOCK, "", None)


@service(Permission.RAISE_CHALLENGES)
def refer_to_cafcass(
    challenge: Challenge, *, version: int, reason: str, referred_on: date | None = None, by: User
) -> Challenge:
    """Refer it to CAFCASS, at any stage. Its clock goes on."""
    found, on = _locked(challenge, version), not_ahead(referred_on)
    _check_raiser(found, by)
    check_said(reason, "why it is referred")
    _check_since(found, on)
    if found.cafcass_on is not None:
        raise Refused("It was referred to CAFCASS before.")
    found.cafcass_on, found.cafcass_because = on, reason.strip()
    _save(found)
    record("case_challenge.referred", about(found), by=by, changes={"referred_on": on.isoformat()})
    return found


@service(Permission.RAISE_CHALLENGES)
def resolve(
    challenge: Challenge,
    *,
    version: int,
    outcome: str,
    text: str,
    resolved_on: date | None = None,
    by: User,
) -> Challenge:
    """Whoever raised it says how it ended; only one that is withdrawn ends without an answer."""
    found, on = _locked(challenge, version), not_ahead(resolved_on)
    _check_raiser(found, by)
    check_codes({"outcomes": outcome})
    check_said(text, "what came of it for the child")
    if outcome != "withdrawn" and not found.answers.exists():
        raise Refused("Nobody has answered yet: wait for the answer, take it further, or withdraw it.")
    _check_since(found, on)
    found.outcome, found.outcome_text, found.resolved_on = outcome, text.strip(), on
    _save(found)
    record("case_challenge.resolved", about(found), by=by, changes={"outcome": outcome, "stage": found.stage})
    return found


@service(Permission.RAISE_CHALLENGES)
def mark_on_file(
    challenge: Challenge, *, version: int, marked_at: datetime | None = None, by: User
) -> Challenge:
    """Say that the challenge now stands in the child's record, with its days."""
    found = Challenge.objects.select_for_update().get(pk=challenge.pk)
    check(found, version)
    _check_raiser(found, by)
    if found.on_file_at is not None:
        raise Refused("It was said before that it stands in the child’s record.")
    found.on_file_at, found.on_file_by = marked_at or now(), by
    _save(found)
    record("case_challenge.on_file", about(found), by=by)
    return found


def _go_to(found: Challenge, stage: str, on: date, why: Step.Why, reason: str, by: User | None) -> Step:
    left_out = left_out_between(found.stage, stage)
    before, found.stage = found.stage, stage
    found.stage_due_on = max(due_at(stage, on, found.raised_on), min(on, found.due_on))
    made = _enter(found, why, on, reason, left_out, by)
    _save(found)
    record(
        "case_challenge.escalated", about(found), by=by, changes={"stage": [before, stage], "why": str(why)}
    )
    return made


def _enter(
    challenge: Challenge, why: Step.Why, on: date, reason: str, left_out: Sequence[str], by: User | None
) -> Step:
    return challenge.steps.create(
        stage=challenge.stage,
        entered_on=on,
        due_on=challenge.stage_due_on,
        why=why,
        reason=reason.strip(),
        left_out=",".join(left_out),
        entered_by=by,
        entered_at=now(),
    )


def _locked(challenge: Challenge, version: int) -> Challenge:
    found = Challenge.objects.select_for_update().get(pk=challenge.pk)
    check(found, version)
    if not found.is_open:
        raise Refused(f"{found.ref} is resolved: raise another challenge.")
    return found


def _save(challenge: Challenge) -> None:
    challenge.version += 1
    challenge.save()


def _check_raiser(challenge: Challenge, by: User) -> None:
    if not queries.may_raise(by, challenge):
        raise Refused("Only whoever raised it, or chairs the child now, does this.")


def _check_since(challenge: Challenge, on: date) -> None:
    last = max(
        [
            challenge.raised_on,
            *challenge.steps.values_list("entered_on", flat=True),
            *challenge.answers.values_list("answered_on", flat=True),
        ]
    )
    if on < last:
        raise Refused(f"The last thing that happened with it was on {last:%-d %B %Y}: enter a later day.")
