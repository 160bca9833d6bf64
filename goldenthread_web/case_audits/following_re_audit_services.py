"""What is written when the service itself makes a re-audit: handed to somebody else than the first time."""

from datetime import date

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.case_audits.following_re_audits import holders_now, pro_forma_now
from goldenthread_web.case_audits.following_rules import rules, working_days_after
from goldenthread_web.case_audits.handing_services import tell_auditor
from goldenthread_web.case_audits.kinds import open_after_due
from goldenthread_web.case_audits.models import CaseAudit
from goldenthread_web.case_audits.models.doing import Grade
from goldenthread_web.case_audits.models.planning import Kind
from goldenthread_web.case_audits.workers import tier_of
from goldenthread_web.config.clock import today
from goldenthread_web.trail.recording import record
from goldenthread_web.trail.references import next_ref
from goldenthread_web.ui.words import day_said


@service(None)
def make_re_audit(
    first: CaseAudit, auditor: User, *, on: date | None = None, by: User | None = None
) -> CaseAudit:
    """Hand the case of a weak case audit to somebody else, to be done by the day on which it is due."""
    day = on or today()
    if first.re_audit_due_on is None or not first.reference:
        raise Refused(f"No re-audit of {first.ref} is due.")
    if auditor.pk == first.auditor_id:
        raise Refused("A re-audit is done by somebody else than the first time.")
    team, worker_id = holders_now(first.reference, first.team, first.worker_id)
    grade = Grade(first.final_grade).label.lower()
    made = CaseAudit.objects.create(
        ref=next_ref(CaseAudit, "A"),
        kind=Kind.RE_AUDIT,
        pro_forma=pro_forma_now(first.pro_forma),
        reference=first.reference,
        cohort=first.cohort,
        team=team,
        worker_id=worker_id,
        worker_tier=tier_of(worker_id),
        selection="targeted",
        selection_reason=f"Case audit {first.ref} of {day_said(first.completed_on)} was graded {grade}.",
        auditor=auditor,
        scheduled_on=day,
        # Late already: whoever is handed it still has some days.
        due_on=max(first.re_audit_due_on, working_days_after(day, rules().re_audit_least_days)),
        re_audit_of=first,
    )
    # As for any other case audit; this one nobody hands out.
    auditor.assignments.create(
        reference=made.reference,
        purpose=f"case_audit.{made.ref}",
        starts_on=day,
        ends_on=made.due_on + open_after_due(),
    )
    tell_auditor(auditor)
    changes = {"of": first.ref, "auditor": auditor.pk}
    record("case_audit.re_audit_made", made, by=by, changes=changes)
    return made
