"""What is written of challenges: raised, answered, taken further, resolved; and good practice noted."""

from collections.abc import Sequence
from datetime import date, datetime

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.challenges import queries
from goldenthread_web.challenges.models import Answer, Challenge, GoodPractice, Step
from goldenthread_web.challenges.rules import choices, due_at, due_in_all, rules, stage_after, stages
from goldenthread_web.config.clock import now, today
from goldenthread_web.extracts.children import Child, index
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check


@service(Permission.RAISE_CHALLENGES)
def raise_challenge(
    child: Child,
    *,
    raised_as: str,
    concern_type: str,
    theme: str,
    text: str,
    wanted: str,
    childs_view: str,
    no_view_because: str,
    stage: str = "informal",
    left_out_because: str = "",
    raised_on: date | None = None,
    raised_at: datetime | None = None,
    by: User,
) -> Challenge:
    """Challenge what is done, or not done, for a child whom one reviews or chairs."""
    on = _not_ahead(raised_on)
    found = index().child(child.reference, child_scope(by))
    if found.reference not in {one.reference for one in queries.chaired_by(by)}:
        raise Refused("Challenge for children whose reviews or conferences you chair.")
    _check_codes({"raised_by": raised_as, "concern_types": concern_type, "themes": theme})
    _check_said(text, "what is wrong for the child")
    _check_said(wanted, "what you ask for")
    if not childs_view.strip() and not no_view_because.strip():
        raise Refused("Say what the child says of it, or why the child was not asked.")
    left_out = _left_out("", stage)
    if left_out:
        _check_said(left_out_because, "why stages are left out")
    team, worker = queries.holder_of(found)
    challenge = Challenge.objects.create(
        ref=f"R{Challenge.objects.count() + 1}",
        reference=found.reference,
        team=team,
        worker_id=worker,
        raised_as=raised_as,
        raised_by=by,
        raised_on=on,
        raised_at=raised_at or now(),
        concern_type=concern_type,
        theme=theme,
        text=text.strip(),
        wanted=wanted.strip(),
        childs_view=childs_view.strip(),
        no_view_because="" if childs_view.strip() else no_view_because.strip(),
        stage=stage,
        stage_due_on=due_at(stage, on, on),
        due_on=due_in_all(on),
    )
    _enter(challenge, Step.Why.RAISED, on, left_out_because if left_out else "", left_out, by)
    record(
        "case_challenge.raised",
        _about(challenge),
        by=by,
        changes={"theme": theme, "stage": stage},
    )
    return challenge


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
    found, on = _locked(challenge, version), _not_ahead(answered_on)
    if not queries.visible_to(by).filter(pk=found.pk).exists():
        raise Refused("This challenge is not for you to answer.")
    if by.pk == found.raised_by_id:
        raise Refused("Somebody other than whoever raised it answers.")
    if by.role not in stages()[found.stage].answered_by:
        raise Refused(f"It has reached {stages()[found.stage].title}: somebody above you answers.")
    _check_said(text, "what you answer")
    if position != Answer.Position.NOT_AGREED:
        _check_said(will_do, "what is done about it, by whom and by when")
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
        "case_challenge.answered", _about(found), by=by, changes={"stage": found.stage, "position": position}
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
    found, on = _locked(challenge, version), _not_ahead(escalated_on)
    _check_raiser(found, by)
    if stage not in stages() or stages()[stage].place <= stages()[found.stage].place:
        raise Refused("Choose a stage above the one it is at.")
    _check_said(reason, "why it goes further")
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
    found, on = _locked(challenge, version), _not_ahead(referred_on)
    _check_raiser(found, by)
    _check_said(reason, "why it is referred")
    _check_since(found, on)
    if found.cafcass_on is not None:
        raise Refused("It was referred to CAFCASS before.")
    found.cafcass_on, found.cafcass_because = on, reason.strip()
    _save(found)
    record("case_challenge.referred", _about(found), by=by, changes={"referred_on": on.isoformat()})
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
    found, on = _locked(challenge, version), _not_ahead(resolved_on)
    _check_raiser(found, by)
    _check_codes({"outcomes": outcome})
    _check_said(text, "what came of it for the child")
    if outcome != "withdrawn" and not found.answers.exists():
        raise Refused("Nobody has answered yet: wait for the answer, take it further, or withdraw it.")
    _check_since(found, on)
    found.outcome, found.outcome_text, found.resolved_on = outcome, text.strip(), on
    _save(found)
    record(
        "case_challenge.resolved", _about(found), by=by, changes={"outcome": outcome, "stage": found.stage}
    )
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
    record("case_challenge.on_file", _about(found), by=by)
    return found


@service(Permission.RAISE_CHALLENGES)
def note_good_practice(
    child: Child,
    *,
    theme: str,
    text: str,
    noted_on: date | None = None,
    noted_at: datetime | None = None,
    by: User,
) -> GoodPractice:
    """Note what was done well for a child: teams learn from it as from a challenge."""
    on = _not_ahead(noted_on)
    found = index().child(child.reference, child_scope(by))
    if found.reference not in {one.reference for one in queries.chaired_by(by)}:
        raise Refused("Note it for children whose reviews or conferences you chair.")
    _check_codes({"themes": theme})
    _check_said(text, "what was done well")
    team, worker = queries.holder_of(found)
    made = GoodPractice.objects.create(
        reference=found.reference,
        team=team,
        worker_id=worker,
        theme=theme,
        text=text.strip(),
        noted_on=on,
        noted_by=by,
        noted_at=noted_at or now(),
    )
    record("good_practice.noted", made, by=by, changes={"theme": theme})
    return made


def _go_to(found: Challenge, stage: str, on: date, why: Step.Why, reason: str, by: User | None) -> Step:
    left_out = _left_out(found.stage, stage)
    before, found.stage = found.stage, stage
    found.stage_due_on = max(due_at(stage, on, found.raised_on), min(on, found.due_on))
    made = _enter(found, why, on, reason, left_out, by)
    _save(found)
    record(
        "case_challenge.escalated", _about(found), by=by, changes={"stage": [before, stage], "why": str(why)}
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


def _left_out(present: str, wanted: str) -> list[str]:
    """The stages between the present one and the one it goes to; blank: it is at none yet."""
    if wanted not in stages():
        raise Refused("Choose a stage.")
    since = stages()[present].place + 1 if present else 0
    return [one.key for one in stages().values() if since <= one.place < stages()[wanted].place]


def _about(challenge: Challenge) -> tuple[str, str]:
    """How the trail names it: meetings have challenges too, of another kind."""
    return "case_challenge", challenge.ref


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


def _check_codes(said: dict[str, str]) -> None:
    if any(code not in choices(of) for of, code in said.items()):
        raise Refused("Choose one of the words of each list.")


def _check_said(text: str, what: str) -> None:
    if len(text.strip()) < rules()["shortest_reason"]:
        raise Refused(f"Say in a sentence {what}.")


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


def _not_ahead(day: date | None) -> date:
    on = day or today()
    if on > today():
        raise Refused("This day lies ahead: enter the day on which it happened.")
    return on
