"""Who may read a case audit, and who must grade it first?"""

from collections.abc import Iterable

from django.http import Http404
from django.urls import reverse

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import ChildScope, scope_or_none
from goldenthread_web.case_audits.models import CaseAudit, Moderation, Round
from goldenthread_web.extracts.children import index
from goldenthread_web.figures.asked_once import once
from goldenthread_web.sampling.queries import child_ids, may_see, samples


class GradeFirst(Refused):
    """A person is to grade a case audit a second time, blind, and has not: they would see the first grade."""

    def __init__(self, ref: str) -> None:
        super().__init__(
            f"You are to look at case {ref} again: give your own grade before you read the first."
        )
        self.leads_to = reverse("case_audits:moderation", args=[ref])


def readable(person: User, case_audit: CaseAudit) -> CaseAudit:
    """The case audit, where the person may read it; 404 where not.

    Its auditor reads what they wrote, also when the child is no longer open to them; whoever leads them reads
    all; the child's own managers and worker read what is completed.
    GradeFirst where the person is to grade it a second time and has not.
    """
    if not _may_read(person, case_audit):
        raise Http404("There is no such case audit on your list.")
    check_blind(person, case_audit)
    return case_audit


def check_blind(person: User, case_audit: CaseAudit) -> None:
    """Raise GradeFirst where the person is to grade the case audit a second time and has not."""
    second = getattr(case_audit, "moderation", None)
    if second is not None and second.moderator_id == person.pk and second.blind_at is None:
        raise GradeFirst(case_audit.ref)


def must_grade_first(person: User, keys: Iterable[int]) -> frozenset[int]:
    """Which of these case audits a person is to grade blind and has not: they see no first grade yet."""
    found = Moderation.objects.filter(case_audit__in=list(keys), moderator=person, blind_at__isnull=True)
    return frozenset(found.values_list("case_audit_id", flat=True))


def child_id_of(case_audit: CaseAudit) -> str:
    """The child's id, from the sample where nobody holds the child any more; blank: nothing tells it."""
    if not case_audit.reference:
        return ""
    child = index().by_reference.get(case_audit.reference)
    if child is not None:
        return child.child_id
    if case_audit.round_id is None:
        return ""
    of_round = Round.samples.through.objects.filter(round=case_audit.round_id)
    drawn = samples().filter(pk__in=of_round.values("sample"), children__reference=case_audit.reference)
    sample = drawn.first()
    return "" if sample is None else child_ids(sample).get(case_audit.reference, "")


def scope_for_case_audits(person: User) -> ChildScope | None:
    """The children a person may see, those handed to them among them; None for roles without any.

    Asked once for a page that is answered within `asked_once`.
    """
    return once(("scope for case audits", person.pk), lambda: scope_or_none(person, with_assigned=True))


def _may_read(person: User, case_audit: CaseAudit) -> bool:
    is_auditor, leads = case_audit.auditor_id == person.pk, person.may(Permission.LEAD_CASE_AUDITS)
    if not case_audit.reference:
        return is_auditor or leads or _answers_for_team(person, case_audit)
    scope = scope_for_case_audits(person)
    if scope is None or case_audit.reference in scope.barred:
        return False
    if is_auditor:
        return True
    return may_see(case_audit.reference, scope) and (leads or (_is_said(case_audit) and _acts_on(person)))


def _is_said(case_audit: CaseAudit) -> bool:
    return case_audit.state == CaseAudit.State.COMPLETED


def _acts_on(person: User) -> bool:
    """The child's worker and managers, and whoever answers for all children."""
    return person.may(Permission.ACT_ON_CASE_AUDITS) or person.may(Permission.MODERATE_CASE_AUDITS)


def _answers_for_team(person: User, case_audit: CaseAudit) -> bool:
    """What is about no child is read, once completed, by those who answer for the team."""
    scope = scope_for_case_audits(person)
    if scope is None or not _is_said(case_audit) or not person.may(Permission.ACT_ON_CASE_AUDITS):
        return False
    return scope.everyone or case_audit.team in scope.teams
