"""What follows which case audit, and who may see it? Reads of actions, plans, re-audits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.case_audits.models import CaseAudit, CaseAuditAction, Moderation
from goldenthread_web.case_audits.reading import readable, scope_for_case_audits
from goldenthread_web.extracts.children import index
from goldenthread_web.sampling.queries import may_see as is_within

State = CaseAudit.State


def completed() -> "QuerySet[CaseAudit]":
    """Completed case audits with whatever a page about what follows shows of them."""
    actions = CaseAuditAction.objects.select_related("set_by", "completed_by", "plan_action")
    again = CaseAudit.objects.exclude(state=State.WITHDRAWN).select_related("auditor", "moderation")
    return (
        CaseAudit.objects.filter(state=State.COMPLETED)
        .select_related("auditor", "pro_forma", "re_audit_of__moderation", "concern", "moderation__moderator")
        .prefetch_related(Prefetch("actions", actions), Prefetch("re_audits", again))
    )


def may_see(person: User, case_audit: CaseAudit) -> bool:
    """Whether what follows a case audit, and with it its grade, is for this person's eyes."""
    try:
        readable(person, case_audit)
    except (Http404, Refused):
        return False
    return case_audit.state == State.COMPLETED


def may_act(person: User, case_audit: CaseAudit) -> bool:
    """Whether a person works with the child of a case audit, or manages the team: in their own right.

    Neither a case handed out to be audited nor emergency access, which is for reading, makes anybody act.
    """
    if not person.may(Permission.ACT_ON_CASE_AUDITS):
        return False
    scope = scope_for_case_audits(person)
    if scope is None or not case_audit.reference:
        return scope is not None and within_scope(case_audit, scope)
    child = index().by_reference.get(case_audit.reference)
    if child is None:
        return scope.everyone and case_audit.reference not in scope.barred
    return child.is_own(scope)


def may_set_actions(person: User, case_audit: CaseAudit) -> bool:
    """Whether a person may say what is to be done: its auditor until it is completed, then who sees it."""
    if case_audit.state in (State.HANDED_OUT, State.UNDER_WAY):
        return case_audit.auditor_id == person.pk
    return may_see(person, case_audit)


def within_scope(case_audit: CaseAudit, scope: ChildScope) -> bool:
    """The child is within the scope; for what is about no child, the team is."""
    if case_audit.reference:
        return is_within(case_audit.reference, scope)
    return scope.everyone or case_audit.team in scope.teams


@dataclass(frozen=True, kw_only=True)
class ActionLine:
    """One action with what a list says of it. `child_id` blank: about no child, or held by nobody now."""

    action: CaseAuditAction
    child_id: str
    is_overdue: bool
    is_late: bool  # done, after its day


def actions() -> "QuerySet[CaseAuditAction]":
    """Every action after a completed case audit, what is due first."""
    found = CaseAuditAction.objects.filter(case_audit__state=State.COMPLETED)
    return found.select_related("case_audit__auditor", "plan_action").order_by("due_on", "pk")


def lines(found: Iterable[CaseAuditAction], on: date) -> list[ActionLine]:
    """Actions as lines of a list."""
    by_reference = index().by_reference
    return [
        ActionLine(
            action=one,
            child_id=_child_id(by_reference, one.case_audit.reference),
            is_overdue=one.completed_on is None and one.due_on < on,
            is_late=one.completed_on is not None and one.completed_on > one.due_on,
        )
        for one in found
    ]


def to_close() -> "QuerySet[CaseAudit]":
    """Case audits after which nothing is left to do: no action, no second look, no plan, no re-audit."""
    open_actions = CaseAuditAction.objects.filter(case_audit=OuterRef("pk"), completed_on__isnull=True)
    open_looks = Moderation.objects.filter(case_audit=OuterRef("pk"), settled_at__isnull=True)
    done_again = CaseAudit.objects.filter(re_audit_of=OuterRef("pk"), state=State.COMPLETED)
    found = CaseAudit.objects.filter(state=State.COMPLETED, closed_on__isnull=True)
    found = found.exclude(Exists(open_actions)).exclude(Exists(open_looks))
    found = found.exclude(plan_due_on__isnull=False, remedial_completed_on__isnull=True)
    return found.exclude(~Exists(done_again), re_audit_due_on__isnull=False)


def _child_id(by_reference: dict[str, object], reference: str) -> str:
    child = by_reference.get(reference)
    return "" if child is None else str(child.child_id)  # type: ignore[attr-defined]
