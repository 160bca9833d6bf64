"""What is written of clinics: made ready, held, judged, agreed, settled, carried on, put before a board."""

from datetime import date

from django.db.models import F

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import NoChildren, Refused
from goldenthread_web.accounts.restrictions import restricted
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.clinics import queries, reading
from goldenthread_web.clinics.kinds import reasons
from goldenthread_web.clinics.models import Carried, Clinic, ClinicAction, ClinicException, Escalation
from goldenthread_web.config.clock import now, today
from goldenthread_web.extracts.day import Day
from goldenthread_web.extracts.found_wrong import FoundWrong
from goldenthread_web.programme.models import Body
from goldenthread_web.trail.recording import record
from goldenthread_web.trail.references import next_ref
from goldenthread_web.ui.conflicts import check
from goldenthread_web.ui.words import day_said
from goldenthread_web.worklist.free_text import warnings_about

State = Clinic.State


@service(None)
def prepare_clinic(
    team: str, monday: date, *, service: str, day: Day, wrong: FoundWrong | None, by: User | None
) -> Clinic:
    """Read what is exceptional in a team on a day and keep it as the clinic of that week.

    Refused where there is one already: what was read stays as read.
    """
    if Clinic.objects.filter(team=team, monday=monday).exists():
        raise Refused(f"The clinic of {team} in the week of {day_said(monday)} is ready already.")
    seen = queries.seen_before(team, monday)
    every = reading.exceptions(day, team, wrong=wrong, seen=seen, restricted=restricted())
    found, left_out = reading.chosen(every)
    made = Clinic.objects.create(
        team=team,
        service=service,
        monday=monday,
        on=day.on,
        load_folder=day.load.folder.name,
        load_hash=day.load.hash,
        as_at_on=day.load.as_at_on,
        left_out=left_out,
        lacks=[one["label"] for one in day.not_available],
        prepared_at=now(),
    )
    rows = reading.as_rows(found, seen, monday)
    ClinicException.objects.bulk_create([ClinicException(clinic=made, **row) for row in rows])
    record(
        "clinic.prepared", made, by=by, changes={"exceptions": len(rows), "left_out": sum(left_out.values())}
    )
    return made


@service(Permission.RUN_CLINICS)
def begin_clinic(clinic: Clinic, *, held_on: date | None = None, by: User) -> Clinic:
    """Begin: whoever begins it takes the chair."""
    found = _locked(clinic, by)
    if found.state != State.READY:
        raise Refused(f"This clinic is {found.get_state_display()}: it cannot begin.")
    day = held_on or today()
    if not found.monday <= day <= today():
        raise Refused("A clinic is held in its week or after it, and not ahead of today.")
    found.state, found.chair, found.held_on = State.UNDER_WAY, by, day
    _save(found)
    record("clinic.begun", found, by=by, changes={"held_on": day.isoformat()})
    return found


@service(Permission.SEE_CLINICS)
def judge(
    exception: ClinicException, *, reason: str, is_safe: bool | None, note: str, version: int, by: User
) -> ClinicException:
    """Say why something is an exception and whether the child is safe. Managers may say it beforehand."""
    clinic = _of_team(exception.clinic, by)
    if not clinic.is_open:
        raise Refused(f"This clinic is {clinic.get_state_display()}: nothing is added to it.")
    if reason and reason not in reasons():
        raise Refused("Choose one of the reasons.")
    found = ClinicException.objects.select_for_update().get(pk=exception.pk)
    check(found, version)
    if reason == "other" and not note.strip():
        raise Refused("Say in a few words what the reason is.")
    found.reason, found.is_safe, found.note = reason, is_safe, note.strip()
    found.said_by, found.said_at = by, now()
    found.version += 1
    found.save()
    changes = {"clinic": clinic.pk, "reason": reason, "is_safe": is_safe}
    record("clinic.exception_judged", ("clinic_exception", str(found.pk)), by=by, changes=changes)
    return found


@service(Permission.RUN_CLINICS)
def give_reason_to_all(clinic: Clinic, kind: str, item: str, *, reason: str, by: User) -> int:
    """Give one reason to every exception of a kind and duty that has none; safety is said child by child."""
    found = _locked(clinic, by)
    if not found.is_open:
        raise Refused(f"This clinic is {found.get_state_display()}: nothing is added to it.")
    if reason not in reasons() or reason == "other":
        raise Refused("Choose one of the reasons that says it by itself.")
    barred = child_scope(by).barred
    left = ClinicException.objects.filter(clinic=found, kind=kind, item=item, reason="")
    number = left.exclude(reference__in=sorted(barred)).update(
        reason=reason, said_by=by, said_at=now(), version=F("version") + 1
    )
    if not number:
        raise Refused("Every one of these has a reason already.")
    record("clinic.reason_given", found, by=by, changes={"kind": kind, "item": item, "number": number})
    return number


@service(Permission.RUN_CLINICS)
def set_action(
    clinic: Clinic,
    *,
    exception: ClinicException | None,
    text: str,
    owner: str,
    due_on: date,
    set_on: date | None = None,
    by: User,
) -> ClinicAction:
    """Agree what somebody does by when."""
    found = _locked(clinic, by)
    if found.state != State.UNDER_WAY:
        raise Refused("Begin the clinic first: actions are agreed in it.")
    if not text.strip() or not owner.strip():
        raise Refused("Say what is to be done, and who does it.")
    day = set_on or found.held_on or today()
    if due_on < day:
        raise Refused("The day lies before the clinic: choose a later one.")
    made = ClinicAction.objects.create(
        clinic=found,
        exception=exception,
        ref=next_ref(ClinicAction, "CA"),
        text=text.strip(),
        owner=owner.strip(),
        set_on=day,
        due_on=due_on,
        set_by=by,
    )
    record("clinic.action_set", made, by=by, changes={"clinic": found.pk, "due": due_on.isoformat()})
    return made


@service(Permission.SEE_CLINICS)
def settle_action(
    action: ClinicAction, *, outcome: str, text: str, completed_on: date, version: int, by: User
) -> ClinicAction:
    """Say that an action is done, or no longer needed and why."""
    _of_team(action.clinic, by)
    found = ClinicAction.objects.select_for_update().get(pk=action.pk)
    check(found, version)
    if found.outcome:
        raise Refused(f"{found.ref} was settled before, on {day_said(found.completed_on)}.")
    if not found.set_on <= completed_on <= today():
        raise Refused("The day it was done lies between the day it was agreed and today.")
    if outcome == ClinicAction.Outcome.SUPERSEDED and not text.strip():
        raise Refused("Say why it is no longer needed.")
    found.outcome, found.outcome_text = ClinicAction.Outcome(outcome), text.strip()
    found.completed_on, found.settled_by = completed_on, by
    found.version += 1
    found.save()
    record("clinic.action_settled", found, by=by, changes={"outcome": outcome})
    return found


@service(Permission.RUN_CLINICS)
def carry_action(action: ClinicAction, clinic: Clinic, *, because: str, by: User) -> Carried:
    """Carry an action on to the next clinic; the day that was promised stays."""
    found = _locked(clinic, by)
    if not found.is_open:
        raise Refused(f"This clinic is {found.get_state_display()}: nothing is added to it.")
    if action.outcome:
        raise Refused(f"{action.ref} is settled: there is nothing to carry.")
    if not because.strip():
        raise Refused("Say why it was not done.")
    made, is_new = Carried.objects.get_or_create(
        action=action,
        clinic=found,
        defaults={"because": because.strip(), "carried_by": by, "carried_at": now()},
    )
    if not is_new:
        raise Refused(f"{action.ref} is carried on already.")
    record("clinic.action_carried", action, by=by, changes={"clinic": found.pk})
    return made


@service(Permission.RUN_CLINICS)
def close_clinic(clinic: Clinic, *, note: str = "", by: User) -> Clinic:
    """Close: refused until every earlier action has its outcome and every exception its judgement."""
    found = _locked(clinic, by)
    if found.state != State.UNDER_WAY:
        raise Refused(f"This clinic is {found.get_state_display()}: only one under way is closed.")
    scope = child_scope(by)
    if lacking := queries.lacking(queries.actions_of(found, scope), queries.exceptions_of(found, scope)):
        raise Refused(" ".join(lacking))
    found.state, found.closed_at, found.note = State.CLOSED, now(), note.strip()
    _save(found)
    record("clinic.closed", found, by=by)
    return found


@service(Permission.RUN_CLINICS)
def clinic_not_held(clinic: Clinic, *, because: str, by: User) -> Clinic:
    """Say that it was not held and why. Its actions come to the next one."""
    found = _locked(clinic, by)
    if found.state == State.CLOSED:
        raise Refused("This clinic was held and closed.")
    if not because.strip():
        raise Refused("Say why it was not held.")
    found.state, found.not_held_because = State.NOT_HELD, because.strip()
    _save(found)
    record("clinic.not_held", found, by=by)
    return found


@service(Permission.RUN_CLINICS)
def escalate(
    clinic: Clinic, *, action: ClinicAction | None, body: Body, text: str, wanted: str, by: User
) -> Escalation:
    """Put before the operational board what the team cannot solve. Its members see no child."""
    found = _locked(clinic, by)
    if not body.is_operational:
        raise Refused(f"{body.name} is not the operational board: choose the one to which actions return.")
    if not text.strip() or not wanted.strip():
        raise Refused("Say what cannot be solved here, and what the board is asked to do.")
    if warned := warnings_about(f"{text} {wanted}"):
        raise Refused(f"{' '.join(warned)} The board sees no child: say it without.")
    made = Escalation.objects.create(
        clinic=found,
        action=action,
        body=body,
        text=text.strip(),
        wanted=wanted.strip(),
        escalated_on=found.held_on or today(),
        escalated_by=by,
    )
    record("clinic.escalated", made, by=by, changes={"clinic": found.pk, "body": body.code})
    return made


@service(Permission.RECORD_DECISIONS)
def answer_escalation(
    escalation: Escalation, *, answer: str, answered_on: date | None = None, by: User
) -> Escalation:
    """Write down what the board answered; the team's next clinic reads it."""
    found = Escalation.objects.select_for_update().get(pk=escalation.pk)
    if found.answered_on:
        raise Refused(f"This was answered on {day_said(found.answered_on)}.")
    if not answer.strip():
        raise Refused("Say what the board answered.")
    found.answer, found.answered_on, found.answered_by = answer.strip(), answered_on or today(), by
    found.save()
    record("clinic.escalation_answered", found, by=by)
    return found


def _locked(clinic: Clinic, by: User) -> Clinic:
    return _of_team(Clinic.objects.select_for_update().get(pk=clinic.pk), by)


def _of_team(clinic: Clinic, by: User) -> Clinic:
    """The clinic, if the person runs clinics or manages the team; else refused."""
    try:
        scope = child_scope(by)
    except NoChildren as why:
        raise Refused("Clinics are written by those who answer for the team's children.") from why
    may_run = by.may(Permission.RUN_CLINICS) and (scope.everyone or clinic.team in scope.teams)
    if not (may_run or clinic.team in scope.teams):
        raise Refused("Clinics are written by those who answer for the team's children.")
    return clinic


def _save(clinic: Clinic) -> None:
    clinic.version += 1
    clinic.save()
