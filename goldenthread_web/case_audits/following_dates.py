"""By when does something follow a case audit? The days that a grade brings with it."""

from datetime import date

from goldenthread_web.case_audits.following_rules import plan_due, re_audit_due
from goldenthread_web.case_audits.models import CaseAudit


def put_dates(case_audit: CaseAudit, grade: str, *, counted_from: date) -> None:
    """Put on a case audit by when its plan and its re-audit are due; the caller saves it.

    A plan that is recorded stays as it is, and so does the day of a re-audit that is handed out or waived.
    What is about no child is not looked at again as a case.
    """
    if case_audit.remedial_completed_on is None:
        case_audit.plan_due_on = plan_due(grade, counted_from)
    if not case_audit.re_audit_waived and not re_audits_of(case_audit).exists():
        case_audit.re_audit_due_on = re_audit_due(grade, counted_from) if case_audit.reference else None


def re_audits_of(case_audit: CaseAudit):  # noqa: ANN201 - a queryset
    """The re-audits of a case audit that were not withdrawn, the latest first."""
    return case_audit.re_audits.exclude(state=CaseAudit.State.WITHDRAWN)
