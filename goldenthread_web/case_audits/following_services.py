"""What is written of what follows: actions set and done, plans recorded, re-audits waived, the end."""

from datetime import date, timedelta

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import NoChildren, Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_audits.following_dates import re_audits_of
from goldenthread_web.case_audits.following_evidence import against, where_of
from goldenthread_web.case_audits.following_queries import may_act, may_set_actions
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.models import CaseAudit, CaseAuditAction
from goldenthread_web.case_audits.models.doing import Grade
from goldenthread_web.config.clock import today
from goldenthread_web.improvement.evidence_services import add_evidence
from goldenthread_web.improvement.models import Action, Evidence
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check
from goldenthread_web.ui.words import day_said

LONGEST = timedelta(days=366)


@service(Permission.AUDIT_CASES)
def set_action(
    case_audit: CaseAudit,
    *,
    kind: str,
    text: str,
    owner: str,
    due_on: date,
    team: str = "",
    set_on: date | None = None,
    by: User,
) -> CaseAuditAction:
    """Say what somebody is to do: its auditor until it is completed, afterwards whoever leads or manages."""
    found = CaseAudit.objects.select_for_update().get(pk=case_audit.pk)
    day = set_on or today()
    if not may_set_actions(by, found):
        raise NoChildren("This case audit is not one of yours.")
    if found.closed_on is not None:
        raise Refused(f"{found.ref} is closed: whatever had to follow it has.")
    if not text.strip() or not owner.strip():
        raise Refused("Say what is to be done, and the post that does it.")
    if not day <= due_on <= day + LONGEST:
        raise Refused("Name a day within the year to come by which it is to be done.")
    if not found.scheduled_on <= day <= today():
        raise Refused("An action is set since the case audit was handed out, and not ahead of today.")
    made = CaseAuditAction.objects.create(
        case_audit=found,
        ref=f"{found.ref}.{found.actions.count() + 1}",
        kind=CaseAuditAction.Kind(kind),
        text=text.strip(),
        owner=owner.strip(),
        team=team.strip() or found.team,
        set_on=day,
        due_on=due_on,
        set_by=by,
    )
    changes = {"kind": kind, "due_on": due_on.isoformat()}
    record("case_audit_action.set", made, by=by, changes=changes)
    return made


@service(Permission.ACT_ON_CASE_AUDITS)
def complete_action(
    action: CaseAuditAction, *, version: int, outcome: str, completed_on: date, by: User
) -> CaseAuditAction:
    """Say that an action is done and what came of it: whoever works with the child, or manages the team."""
    if not may_act(by, action.case_audit):
        raise NoChildren("This action is not one of your team.")
    return _complete(action, version, outcome, completed_on, by)


@service(Permission.LEAD_CASE_AUDITS)
def complete_system_action(
    action: CaseAuditAction, *, version: int, outcome: str, completed_on: date, by: User
) -> CaseAuditAction:
    """The same for what changes how we work, by whoever leads case audits."""
    if action.kind != CaseAuditAction.Kind.SYSTEM:
        raise Refused("What is for a child or with a worker is completed by those who work with them.")
    return _complete(action, version, outcome, completed_on, by)


@service(Permission.LEAD_CASE_AUDITS)
def take_into_plan(
    action: CaseAuditAction, plan_action: Action, *, version: int, by: User
) -> CaseAuditAction:
    """What is to change in how we work became part of an action of the improvement plan."""
    if action.kind != CaseAuditAction.Kind.SYSTEM:
        raise Refused("Only what changes how we work becomes part of the plan.")
    found = _locked_action(action, version)
    found.plan_action = plan_action
    found.version += 1
    found.save(update_fields=["plan_action", "version"])
    record("case_audit_action.in_plan", found, by=by, changes={"action": plan_action.ref})
    return found


@service(Permission.ACT_ON_CASE_AUDITS)
def record_plan(case_audit: CaseAudit, *, version: int, on: date | None = None, by: User) -> CaseAudit:
    """Say that the actions set after a weak grade are the whole plan: its clock stops that day."""
    found = _locked(case_audit)
    check(found, version)
    day = on or today()
    if not may_act(by, found):
        raise NoChildren("This case audit is not one of your team.")
    if found.plan_due_on is None:
        raise Refused(f"No plan is needed after {found.ref}.")
    if found.remedial_completed_on is not None:
        raise Refused(f"The plan after {found.ref} was recorded before.")
    if not found.actions.exclude(kind=CaseAuditAction.Kind.SYSTEM).exists():
        raise Refused("Set at least one action for the child or with the worker first.")
    if not found.completed_on <= day <= today():
        raise Refused("The plan was recorded on a day after the case audit, and not ahead of today.")
    found.remedial_completed_on = day
    found.version += 1
    found.save(update_fields=["remedial_completed_on", "version"])
    record("case_audit.plan_recorded", found, by=by, changes={"on": day.isoformat()})
    return found


@service(Permission.LEAD_CASE_AUDITS)
def waive_re_audit(case_audit: CaseAudit, *, version: int, why: str, by: User) -> CaseAudit:
    """Say why a re-audit that is due is not made."""
    found = _locked(case_audit)
    check(found, version)
    if why not in rules().waived:
        raise Refused("Choose why the case is not looked at again.")
    if found.re_audit_due_on is None:
        raise Refused(f"No re-audit of {found.ref} is due.")
    if re_audits_of(found).exists():
        raise Refused(f"The re-audit of {found.ref} is handed out: withdraw that first.")
    found.re_audit_waived, found.re_audit_due_on = why, None
    found.version += 1
    found.save(update_fields=["re_audit_waived", "re_audit_due_on", "version"])
    record("case_audit.re_audit_waived", found, by=by, changes={"why": why})
    return found


@service(Permission.UPDATE_ACTIONS)
def show_against_plan(re_audit: CaseAudit, *, on: date | None = None, by: User) -> list[Evidence]:
    """Add a re-audit that failed as evidence against each action of the plan that was to change it.

    What is embedded falls back by that.
    """
    found = against(re_audit)
    if found is None or re_audit.completed_on is None or re_audit.re_audit_of is None:
        raise Refused(f"{re_audit.ref} speaks against no action of the plan that it is not shown at already.")
    grade = Grade(re_audit.final_grade).label.lower()
    text = (
        f"A case looked at again is {grade}: re-audit {re_audit.ref} of case audit "
        f"{re_audit.re_audit_of.ref}, completed on {day_said(re_audit.re_audit_of.completed_on)}."
    )
    made = [
        add_evidence(
            action,
            kind=Evidence.Kind.CASE_AUDIT,
            text=text,
            result=Evidence.Result.AGAINST,
            about_on=re_audit.completed_on,
            received_on=on,
            where=where_of(re_audit),
            by=by,
        )
        for action in found.actions
    ]
    changes = {"verdict": found.verdict, "actions": [action.ref for action in found.actions]}
    record("case_audit.shown_against_plan", re_audit, by=by, changes=changes)
    return made


def show_if_it_fails(case_audit: CaseAudit, *, on: date | None = None, by: User) -> None:
    """Show a re-audit against the plan at once where whoever finished it may; else the lead is asked to."""
    if case_audit.re_audit_of_id and by.may(Permission.UPDATE_ACTIONS) and against(case_audit) is not None:
        show_against_plan(case_audit, on=on, by=by)


@service(None)
def close_case_audit(case_audit: CaseAudit, *, on: date | None = None, by: User | None = None) -> CaseAudit:
    """Everything that had to follow a case audit has: it is closed."""
    found = _locked(case_audit)
    found.closed_on = on or today()
    found.version += 1
    found.save(update_fields=["closed_on", "version"])
    record("case_audit.closed", found, by=by, changes={"on": found.closed_on.isoformat()})
    return found


def _complete(
    action: CaseAuditAction, version: int, outcome: str, completed_on: date, by: User
) -> CaseAuditAction:
    found = _locked_action(action, version)
    if found.completed_on is not None:
        raise Refused(f"{found.ref} is done already.")
    if not outcome.strip():
        raise Refused("Say in a sentence what came of it.")
    if not found.set_on <= completed_on <= today():
        raise Refused("It was done on a day after it was set, and not ahead of today.")
    found.outcome, found.completed_on, found.completed_by = outcome.strip(), completed_on, by
    found.version += 1
    found.save()
    changes = {"on": completed_on.isoformat(), "is_late": completed_on > found.due_on}
    record("case_audit_action.completed", found, by=by, changes=changes)
    return found


def _locked(case_audit: CaseAudit) -> CaseAudit:
    """The case audit as it stands now, held until the end; refused while nothing may follow it."""
    found = CaseAudit.objects.select_for_update().get(pk=case_audit.pk)
    if found.state != CaseAudit.State.COMPLETED:
        raise Refused(f"{found.ref} is {found.get_state_display()}: something follows once it is completed.")
    if found.closed_on is not None:
        raise Refused(f"{found.ref} is closed: whatever had to follow it has.")
    return found


def _locked_action(action: CaseAuditAction, version: int) -> CaseAuditAction:
    found = CaseAuditAction.objects.select_for_update().get(pk=action.pk)
    check(found, version)
    return found
