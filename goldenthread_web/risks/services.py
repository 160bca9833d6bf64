"""What is written of risks: entered, changed, scored, escalated, closed, and what mitigates them."""

from datetime import date
from typing import Any

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.programme.models import Body
from goldenthread_web.risks.models import ControlTest, EarlyWarning, Mitigation, Movement, Risk
from goldenthread_web.risks.scales import LEVELS, Score
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check

# What is changed by editing; scores, escalation and closing have services of their own, and leave a note.
WORDS = ("if_text", "then_text", "cause", "event", "impact", "category", "theme", "post", "person")
WORDS += ("proximity", "appetite", "review_on")
SHORTEST_NOTE = 10


@service(Permission.KEEP_RISKS)
def enter_risk(
    ref: str,
    *,
    inherent: Score,
    current: Score,
    target: Score,
    identified_on: date,
    note: str,
    by: User,
    **said: Any,
) -> Risk:
    """Enter a risk. `said` are the fields of WORDS; `note` says why it is scored so."""
    _check_words(said)
    if Risk.objects.filter(ref=ref).exists():
        raise Refused(f"There is a risk {ref[:10]} already: give this one another reference.")
    for score in (inherent, current, target):
        _check_score(score)
    _check_day(identified_on)
    if current.number > inherent.number:
        raise Refused("The current score cannot be higher than it was before anything was done.")
    risk = Risk.objects.create(
        ref=ref,
        identified_on=identified_on,
        **said,
        **_fields("inherent", inherent),
        **_fields("current", current),
        **_fields("target", target),
    )
    _move(risk, Movement.Kind.ENTERED, moved_on=identified_on, came_from=None, note=note, by=by)
    record("risk.entered", risk, by=by, changes={"score": current.number, "target": target.number})
    return risk


@service(Permission.KEEP_RISKS)
def edit_risk(risk: Risk, *, version: int, target: Score, by: User, **said: Any) -> Risk:
    """Say a risk in other words, or bring it elsewhere. SavedMeanwhile where somebody else did first."""
    _check_words(said)
    _check_score(target)
    found = _locked(risk, version)
    _check_open(found)
    changed = [name for name, value in said.items() if getattr(found, name) != value]
    if target != found.target:
        changed.append("target")
    for name, value in (said | _fields("target", target)).items():
        setattr(found, name, value)
    _save(found)
    record("risk.changed", found, by=by, changes={"fields": sorted(changed)})
    return found


@service(Permission.KEEP_RISKS)
def score_risk(risk: Risk, *, version: int, score: Score, moved_on: date, note: str, by: User) -> Movement:
    """Score a risk, with a note that says why: also where it stays the same."""
    _check_score(score)
    found = _locked(risk, version)
    _check_open(found)
    _check_after(found, moved_on)
    before = found.current
    found.current_likelihood, found.current_impact = score.likelihood, score.impact
    _save(found)
    made = _move(found, Movement.Kind.SCORED, moved_on=moved_on, came_from=before, note=note, by=by)
    record("risk.scored", found, by=by, changes={"score": [before.number, score.number]})
    return made


@service(Permission.KEEP_RISKS)
def escalate_risk(risk: Risk, *, version: int, body: Body, moved_on: date, note: str, by: User) -> Movement:
    """Hand a risk to a body above, with a note on what is asked of it."""
    found = _locked(risk, version)
    _check_open(found)
    _check_after(found, moved_on)
    if found.escalated_to_id == body.pk:
        raise Refused(f"{found.ref} is with {body.name} already.")
    found.escalated_to, found.escalated_on = body, moved_on
    _save(found)
    kind = Movement.Kind.ESCALATED
    made = _move(found, kind, moved_on=moved_on, came_from=found.current, note=note, by=by, body=body)
    record("risk.escalated", found, by=by, changes={"body": body.code})
    return made


@service(Permission.KEEP_RISKS)
def take_back_risk(risk: Risk, *, version: int, moved_on: date, note: str, by: User) -> Movement:
    """The body above no longer needs to hold a risk: its owner does."""
    found = _locked(risk, version)
    _check_open(found)
    _check_after(found, moved_on)
    if found.escalated_to is None:
        raise Refused(f"{found.ref} is not escalated.")
    found.escalated_to, found.escalated_on = None, None
    _save(found)
    kind = Movement.Kind.RETURNED
    made = _move(found, kind, moved_on=moved_on, came_from=found.current, note=note, by=by)
    record("risk.taken_back", found, by=by)
    return made


@service(Permission.KEEP_RISKS)
def close_risk(risk: Risk, *, version: int, moved_on: date, note: str, by: User) -> Movement:
    """Close a risk, with the reason. It is kept, and can be opened again."""
    found = _locked(risk, version)
    _check_open(found)
    _check_after(found, moved_on)
    found.closed_on, found.closed_because = moved_on, _checked_note(note)
    found.escalated_to, found.escalated_on = None, None
    _save(found)
    made = _move(found, Movement.Kind.CLOSED, moved_on=moved_on, came_from=found.current, note=note, by=by)
    record("risk.closed", found, by=by, changes={"score": found.current.number})
    return made


@service(Permission.KEEP_RISKS)
def reopen_risk(
    risk: Risk, *, version: int, moved_on: date, review_on: date, note: str, by: User
) -> Movement:
    """Open a closed risk again: it was closed too early, or came back."""
    found = _locked(risk, version)
    if found.closed_on is None:
        raise Refused(f"{found.ref} is open.")
    _check_after(found, moved_on)
    found.closed_on, found.closed_because, found.review_on = None, "", review_on
    _save(found)
    made = _move(found, Movement.Kind.REOPENED, moved_on=moved_on, came_from=found.current, note=note, by=by)
    record("risk.reopened", found, by=by)
    return made


@service(Permission.KEEP_RISKS)
def add_mitigation(
    risk: Risk,
    *,
    kind: str,
    text: str,
    post: str,
    action: Any = None,
    test_due_on: date | None = None,
    by: User,
) -> Mitigation:
    """Say what is done about a risk: an action of the plan, or a control with the day of its next test."""
    _check_open(risk)
    is_control = kind == Mitigation.Kind.CONTROL
    if is_control and test_due_on is None:
        raise Refused("Say when the control is tested next: a control nobody tests cannot be relied on.")
    if is_control and action is not None:
        raise Refused("A control is no action of the plan: leave the action out, or choose the other kind.")
    made = Mitigation.objects.create(
        risk=risk,
        kind=kind,
        text=text,
        post=post,
        action=action,
        test_due_on=test_due_on if is_control else None,
    )
    record("risk.mitigation_added", risk, by=by, changes={"mitigation": made.pk, "kind": kind})
    return made


@service(Permission.KEEP_RISKS)
def end_mitigation(mitigation: Mitigation, *, ended_on: date, by: User) -> None:
    """A mitigation is no longer there; it stays on the page of the risk."""
    if mitigation.ended_on is not None:
        raise Refused("This mitigation has ended already.")
    _check_day(ended_on)
    mitigation.ended_on = ended_on
    mitigation.version += 1
    mitigation.save(update_fields=["ended_on", "version"])
    record("risk.mitigation_ended", mitigation.risk, by=by, changes={"mitigation": mitigation.pk})


@service(Permission.KEEP_RISKS)
def test_control(
    mitigation: Mitigation,
    *,
    tested_on: date,
    result: str,
    note: str,
    next_due_on: date,
    by: User,
) -> ControlTest:
    """Say whether a control works, and when it is tested next."""
    if not mitigation.is_control:
        raise Refused("Only a control is tested; an action is followed in the plan.")
    if mitigation.ended_on is not None:
        raise Refused("This control has ended: add another if there is one.")
    _check_day(tested_on)
    if next_due_on <= tested_on:
        raise Refused("The next test must come after this one.")
    made = ControlTest.objects.create(
        mitigation=mitigation,
        tested_on=tested_on,
        result=result,
        note=_checked_note(note),
        recorded_by=by,
        recorded_at=now(),
    )
    mitigation.test_due_on = next_due_on
    mitigation.version += 1
    mitigation.save(update_fields=["test_due_on", "version"])
    changes = {"mitigation": mitigation.pk, "result": result}
    record("risk.control_tested", mitigation.risk, by=by, changes=changes)
    return made


@service(Permission.KEEP_RISKS)
def add_warning(risk: Risk, *, ref: str, because: str, by: User) -> EarlyWarning:
    """Name an indicator that would show the risk coming."""
    if ref not in catalogue():
        raise Refused(f"There is no indicator {ref[:10]}.")
    if risk.warnings.filter(ref=ref).exists():
        raise Refused(f"{ref} warns of this risk already.")
    made = EarlyWarning.objects.create(risk=risk, ref=ref, because=because)
    record("risk.warning_added", risk, by=by, changes={"indicator": ref})
    return made


@service(Permission.KEEP_RISKS)
def remove_warning(warning: EarlyWarning, *, by: User) -> None:
    """The indicator says nothing of the risk any more."""
    record("risk.warning_removed", warning.risk, by=by, changes={"indicator": warning.ref})
    warning.delete()


def _locked(risk: Risk, version: int) -> Risk:
    """The risk as it stands now, held until the end; SavedMeanwhile where it is not what the person saw."""
    found = Risk.objects.select_for_update().get(pk=risk.pk)
    check(found, version)
    return found


def _save(risk: Risk) -> None:
    risk.version += 1
    risk.save()


def _move(
    risk: Risk,
    kind: str,
    *,
    moved_on: date,
    came_from: Score | None,
    note: str,
    by: User,
    body: Body | None = None,
) -> Movement:
    return Movement.objects.create(
        risk=risk,
        kind=kind,
        moved_on=moved_on,
        from_likelihood=None if came_from is None else came_from.likelihood,
        from_impact=None if came_from is None else came_from.impact,
        to_likelihood=risk.current_likelihood,
        to_impact=risk.current_impact,
        body=body,
        note=_checked_note(note),
        recorded_by=by,
        recorded_at=now(),
    )


def _checked_note(note: str) -> str:
    if len(note.strip()) < SHORTEST_NOTE:
        raise Refused("Say why in a sentence: a risk does not move without a note.")
    return note.strip()


def _check_words(said: dict[str, Any]) -> None:
    unknown = sorted(set(said) - set(WORDS))
    if unknown:
        raise TypeError(f"A risk has no {', '.join(unknown)} to say.")
    if not said.get("post"):
        raise Refused("Name the post that answers for the risk.")


def _check_score(score: Score) -> None:
    if score.likelihood not in LEVELS or score.impact not in LEVELS:
        raise Refused("Likelihood and impact are of five levels, 1 to 5.")


def _check_day(day: date) -> None:
    if day > today():
        raise Refused("The day lies ahead: enter what has happened.")


def _check_open(risk: Risk) -> None:
    if risk.closed_on is not None:
        raise Refused(f"{risk.ref} is closed: open it again first.")


def _check_after(risk: Risk, day: date) -> None:
    """Movements follow each other: none is put before one that is there."""
    _check_day(day)
    latest = risk.movements.first()
    if latest is not None and day < latest.moved_on:
        raise Refused(
            f"{risk.ref} moved last on {latest.moved_on:%Y-%m-%d}: a movement cannot come before that day."
        )


def _fields(kind: str, score: Score) -> dict[str, int]:
    return {f"{kind}_likelihood": score.likelihood, f"{kind}_impact": score.impact}
