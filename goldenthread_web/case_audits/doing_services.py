"""What is written of doing a case audit: kept while they write, saved, a concern raised, completed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_audits.completing import missing
from goldenthread_web.case_audits.doing_form import Said
from goldenthread_web.case_audits.grading import judged
from goldenthread_web.case_audits.handing_services import close_child
from goldenthread_web.case_audits.models import Answer, CaseAudit, Draft
from goldenthread_web.case_audits.moderating_services import after_completion
from goldenthread_web.case_audits.sections import sections_of
from goldenthread_web.concerns.models import Concern
from goldenthread_web.concerns.queries import has_open
from goldenthread_web.concerns.services import raise_concern as raise_one
from goldenthread_web.config.clock import now, today
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import SavedMeanwhile, check

DOING = "doing"  # the part of a draft
MOST_KEPT = 400_000  # characters of a draft: far more than anybody writes
_OPEN = (CaseAudit.State.HANDED_OUT, CaseAudit.State.UNDER_WAY)


@service(Permission.AUDIT_CASES)
def keep_draft(
    case_audit: CaseAudit, *, fields: Mapping[str, str], based_on: int, follows: str, by: User
) -> Draft:
    """Keep what is typed, as posted. `follows` is the moment of the draft it goes on from; blank: none.

    SavedMeanwhile where another window has kept something since: neither is overwritten by the other.
    """
    found = _own(case_audit, by)
    if sum(map(len, fields.values())) > MOST_KEPT:
        raise Refused("This is too long to keep: shorten it.")
    before = found.drafts.select_for_update().filter(kept_by=by, part=DOING).first()
    if before is not None and before.kept_at.isoformat() != follows:
        raise SavedMeanwhile
    values = {"fields": dict(fields), "based_on": based_on, "kept_at": now()}
    draft, _ = Draft.objects.update_or_create(case_audit=found, kept_by=by, part=DOING, defaults=values)
    record("case_audit.draft_kept", found, by=by)
    return draft


@service(Permission.AUDIT_CASES)
def drop_draft(case_audit: CaseAudit, *, by: User) -> None:
    """Forget what was typed and not saved."""
    case_audit.drafts.filter(kept_by=by, part=DOING).delete()
    record("case_audit.draft_dropped", case_audit, by=by)


@service(Permission.AUDIT_CASES)
def save(case_audit: CaseAudit, *, version: int, said: Said, follows: str = "", by: User) -> CaseAudit:
    """Save what is said so far, whole or not. Limiting judgements hold the grade down at once.

    The draft that this follows is done with; one that another window has kept since stays.
    """
    found = _own(case_audit, by)
    check(found, version)
    for name, value in said.own.items():
        setattr(found, name, value)
    found.domain_grades = dict(said.domain_grades)
    _answer_questions(found, said.answers)
    if found.state == CaseAudit.State.HANDED_OUT:
        found.state, found.begun_at = CaseAudit.State.UNDER_WAY, now()
    _limit(found)
    found.version += 1
    found.save()
    drafts = found.drafts.filter(kept_by=by, part=DOING)
    if follows:
        drafts.filter(kept_at=datetime.fromisoformat(follows)).delete()
    changes = {"answers": sum(bool(answer) for answer, _, _ in said.answers.values())}
    record("case_audit.saved", found, by=by, changes=changes | {"limits": found.limits})
    return found


@service(Permission.AUDIT_CASES)
def raise_concern(
    case_audit: CaseAudit, *, text: str, raised_at: datetime | None = None, by: User
) -> Concern:
    """Say that the child may be in danger now; until it is resolved the grade is inadequate."""
    found = _own(case_audit, by)
    if not found.reference:
        raise Refused("This case audit is about no child: raise the concern from the list of concerns.")
    if found.concern_id is not None:
        raise Refused("An immediate concern has been raised from this case audit already.")
    made = raise_one(
        found.reference,
        team=found.team,
        source=Concern.Source.CASE_AUDIT,
        source_ref=found.ref,
        text=text,
        raised_at=raised_at,
        by=by,
    )
    found.concern = made
    _limit(found)
    found.save(update_fields=["concern", "grade", "impact", "limits"])
    record("case_audit.concern_raised", found, by=by, changes={"concern": made.ref})
    return made


@service(Permission.AUDIT_CASES)
def complete(case_audit: CaseAudit, *, version: int, completed_on: date | None = None, by: User) -> CaseAudit:
    """Complete a case audit: nothing its auditor said changes any more; the child is closed to them."""
    found = _own(case_audit, by)
    check(found, version)
    answers = {one.question_id: one for one in found.answers.all()}
    lacking = missing(found, sections_of(found), answers)
    if lacking:
        raise Refused(lacking[0].sentence)
    on = completed_on or today()
    if not found.scheduled_on <= on <= today():
        raise Refused("It is completed today, or was since it was handed out.")
    _limit(found)
    found.state, found.completed_on, found.completed_at = CaseAudit.State.COMPLETED, on, now()
    found.version += 1
    found.save()
    found.drafts.filter(part=DOING).delete()
    close_child(found, by=by)
    after_completion(found, by=by)
    changes = {"grade": found.grade, "judged": found.judged_grade, "limits": found.limits}
    record("case_audit.completed", found, by=by, changes=changes)
    return found


def _own(case_audit: CaseAudit, by: User) -> CaseAudit:
    """The case audit as it stands now, held until the end: their own, and not completed."""
    found = CaseAudit.objects.select_for_update(of=("self",)).select_related("concern").get(pk=case_audit.pk)
    if found.auditor_id != by.pk:
        raise Refused("This case audit is another person’s.")
    if found.state not in _OPEN:
        raise Refused(f"{found.ref} is {found.get_state_display()}: nothing of it changes.")
    return found


def _answer_questions(case_audit: CaseAudit, said: Mapping[int, tuple[str, str, str]]) -> None:
    stored = {one.question_id: one for one in case_audit.answers.all()}
    new, changed = [], []
    for question, (answer, narrative, evidence) in said.items():
        row = stored.get(question)
        values: dict[str, Any] = {"answer": answer, "narrative": narrative, "evidence": evidence}
        if row is None and any(values.values()):
            new.append(Answer(case_audit=case_audit, question_id=question, **values))
        elif row is not None and any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    Answer.objects.bulk_create(new)
    Answer.objects.bulk_update(changed, ["answer", "narrative", "evidence"])


def _limit(case_audit: CaseAudit) -> None:
    """What limits allow of what the auditor judged."""
    allowed = judged(
        case_audit.judged_grade,
        case_audit.judged_impact,
        case_audit.domain_grades,
        is_unsafe=case_audit.is_unsafe,
        has_open_concern=bool(case_audit.reference) and has_open(case_audit.reference),
    )
    case_audit.grade, case_audit.impact = allowed.grade, allowed.impact
    case_audit.limits = list(allowed.codes)
