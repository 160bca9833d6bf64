"""The rows that case audits give to the tables of records: what indicators of practice are worked out from.

Withdrawn case audits are left out, with whatever belongs to them. What a column says of grades is said once a
case audit is completed. An answer that a standard is met in part counts as not met.
"""

from collections.abc import Iterator
from typing import Any

from goldenthread_web.case_audits.models import Answer, CaseAudit, CaseAuditAction
from goldenthread_web.case_audits.models.planning import Kind

_WITHDRAWN = CaseAudit.State.WITHDRAWN
_COMPLETED = CaseAudit.State.COMPLETED
_KINDS = {Kind.OBSERVATION: "observation"}
_ANSWERS = {Answer.Said.PARTLY: "not_met"}


def audits() -> Iterator[dict[str, Any]]:
    """Every case audit that counts, handed out or done."""
    found = CaseAudit.objects.exclude(state=_WITHDRAWN).select_related("re_audit_of").order_by("pk")
    for one in found:
        is_done = one.state == _COMPLETED
        yield {
            "audit_id": one.ref,
            "kind": _KINDS.get(Kind(one.kind), "case_audit"),
            "reference": one.reference or None,
            "team": one.team,
            "worker_id": one.worker_id or None,
            "selection": one.selection,
            "scheduled_on": one.scheduled_on,
            "due_on": one.due_on,
            "completed_on": one.completed_on if is_done else None,
            "grade": one.grade or None if is_done else None,
            "moderated_grade": one.moderated_grade or None,
            "moderated_on": one.moderated_on,
            "remedial_completed_on": one.remedial_completed_on,
            "reaudit_of_audit_id": one.re_audit_of.ref if one.re_audit_of else None,
            "exercise": None,
        }


def audit_items() -> Iterator[dict[str, Any]]:
    """Every answer to a question that cites a practice standard, once its case audit is completed."""
    found = Answer.objects.filter(case_audit__state=_COMPLETED, question__standard__isnull=False)
    found = found.select_related("case_audit", "question__standard").order_by(
        "case_audit_id", "question__position"
    )
    for one in found.iterator(chunk_size=2000):
        standard = one.question.standard
        assert standard is not None
        yield {
            "audit_id": one.case_audit.ref,
            "item": str(one.question_id),
            "standard": standard.code,
            "answer": _ANSWERS.get(Answer.Said(one.answer), one.answer) if one.answer else None,
            "tags": standard.tags,
        }


def audit_actions() -> Iterator[dict[str, Any]]:
    """Every action that followed a completed case audit."""
    found = CaseAuditAction.objects.filter(case_audit__state=_COMPLETED).select_related("case_audit")
    for one in found.order_by("pk"):
        yield {
            "action_id": one.ref,
            "audit_id": one.case_audit.ref,
            "due_on": one.due_on,
            "completed_on": one.completed_on,
        }
