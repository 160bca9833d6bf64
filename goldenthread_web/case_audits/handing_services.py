"""What is written when one case audit is handed out, given more time, handed on or withdrawn."""

from datetime import date
from typing import Any

from django.urls import reverse

from goldenthread.calendar import add_months
from goldenthread.figures.wording import day_said
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.telling import tell_person
from goldenthread_web.case_audits.kinds import open_after_due, rules_of
from goldenthread_web.case_audits.models import CaseAudit, ProForma
from goldenthread_web.case_audits.models.planning import Kind
from goldenthread_web.config.clock import today
from goldenthread_web.sampling.conflicts import conflicts_of
from goldenthread_web.sampling.handing_services import hand_over, take_back
from goldenthread_web.trail.recording import record
from goldenthread_web.trail.references import next_ref
from goldenthread_web.ui.conflicts import check

_OPEN = (CaseAudit.State.HANDED_OUT, CaseAudit.State.UNDER_WAY)
# What says which case it is, beside those that every case audit has.
ABOUT = (
    "reference",
    "about",
    "cohort",
    "worker_id",
    "worker_tier",
    "selection_reason",
    "round",
    "re_audit_of",
)


@service(Permission.LEAD_CASE_AUDITS)
def hand_out(
    *,
    kind: str,
    pro_forma: ProForma,
    auditor: User,
    team: str,
    selection: str,
    due_on: date,
    scheduled_on: date | None = None,
    tells: bool = True,
    by: User,
    **about: Any,
) -> CaseAudit:
    """Hand one case audit to an auditor. `about` are fields of ABOUT; `tells`: the auditor gets a mail."""
    if unknown := sorted(set(about) - set(ABOUT)):
        raise TypeError(f"A case audit has no {', '.join(unknown)} to say.")
    scheduled = scheduled_on or today()
    _check_case(kind, pro_forma, about, scheduled, due_on)
    _check_auditor(auditor, about.get("reference", ""))
    made = CaseAudit.objects.create(
        ref=next_ref(CaseAudit, "A"),
        kind=kind,
        pro_forma=pro_forma,
        auditor=auditor,
        team=team,
        selection=selection,
        scheduled_on=scheduled,
        due_on=due_on,
        **about,
    )
    _open_child(made, since=scheduled, by=by)
    if tells:
        tell_auditor(auditor)
    record("case_audit.handed_out", made, by=by, changes={"kind": kind, "auditor": auditor.pk})
    return made


@service(Permission.LEAD_CASE_AUDITS)
def give_time(case_audit: CaseAudit, *, version: int, due_on: date, by: User) -> CaseAudit:
    """Give a case audit a later day; its child stays open to the auditor as long."""
    found = _locked(case_audit, version)
    if due_on <= found.due_on or due_on < today():
        raise Refused(f"Give it a later day: it is due on {day_said(found.due_on)} now.")
    before, found.due_on = found.due_on, due_on
    _save(found)
    close_child(found, by=by)
    _open_child(found, since=today(), by=by)
    changes = {"due_on": [before.isoformat(), due_on.isoformat()]}
    record("case_audit.given_time", found, by=by, changes=changes)
    return found


@service(Permission.LEAD_CASE_AUDITS)
def hand_on(case_audit: CaseAudit, *, version: int, auditor: User, by: User) -> CaseAudit:
    """Hand a case audit that nobody has begun to another auditor."""
    found = _locked(case_audit, version)
    if found.state != CaseAudit.State.HANDED_OUT or found.drafts.exists():
        raise Refused(
            f"{found.ref} is under way: what one auditor saw is not another's. Withdraw it and hand out anew."
        )
    if auditor.pk == found.auditor_id:
        raise Refused(f"{auditor.title} has {found.ref} already.")
    _check_auditor(auditor, found.reference)
    before = found.auditor_id
    close_child(found, by=by)
    found.auditor = auditor
    _save(found)
    _open_child(found, since=today(), by=by)
    tell_auditor(auditor)
    record("case_audit.handed_on", found, by=by, changes={"auditor": [before, auditor.pk]})
    return found


@service(Permission.LEAD_CASE_AUDITS)
def withdraw(case_audit: CaseAudit, *, version: int, because: str, by: User) -> CaseAudit:
    """Take a case audit back that will not be done, with the reason. It stays, and counts for nothing."""
    if not because.strip():
        raise Refused("Say in a sentence why it is withdrawn.")
    found = _locked(case_audit, version)
    if found.concern_id is not None:
        raise Refused(f"{found.ref} raised an immediate concern: it is completed, not withdrawn.")
    close_child(found, by=by)
    found.state, found.withdrawn_because = CaseAudit.State.WITHDRAWN, because.strip()
    _save(found)
    found.drafts.all().delete()
    record("case_audit.withdrawn", found, by=by)
    return found


def close_child(case_audit: CaseAudit, *, by: User) -> None:
    """From now on the auditor cannot open the child for this case audit."""
    if case_audit.reference:
        take_back(case_audit.auditor, purpose=_purpose(case_audit), by=by)


def tell_auditor(auditor: User, number: int = 1) -> None:
    """A sentence and a link to their own list; nothing of a child."""
    waiting = "A case audit is" if number == 1 else f"{number} case audits are"
    tell_person(
        auditor,
        what="case_audit",
        subject="Case audits for you" if number > 1 else "A case audit for you",
        sentence=f"{waiting} waiting for you in Golden Thread.",
        path=reverse("case_audits:mine"),
    )


def _open_child(case_audit: CaseAudit, *, since: date, by: User) -> None:
    """Let the auditor open the child until some time after the due day."""
    if case_audit.reference:
        hand_over(
            case_audit.auditor,
            [case_audit.reference],
            purpose=_purpose(case_audit),
            since_on=since,
            until_on=case_audit.due_on + open_after_due(),
            by=by,
        )


def _purpose(case_audit: CaseAudit) -> str:
    return f"case_audit.{case_audit.ref}"


def _check_case(kind: str, pro_forma: ProForma, about: dict[str, Any], scheduled: date, due_on: date) -> None:
    rules, reference = rules_of(kind), about.get("reference", "")
    if pro_forma.published_at is None or pro_forma.withdrawn_at is not None:
        raise Refused(f"{pro_forma.title} is not in use: choose a pro forma that is published.")
    if due_on < scheduled:
        raise Refused("The day by which it is to be done lies before the day on which it is handed out.")
    if rules.about_child and not reference:
        raise Refused("Say which child it is about.")
    if not rules.about_child and (reference or not about.get("about", "").strip()):
        raise Refused(f"{Kind(kind).label}: say what is looked at; it is about no one child.")
    if kind == Kind.RE_AUDIT and about.get("re_audit_of") is None:
        raise Refused("A re-audit names the case audit that it repeats.")
    if rules.again_after_months and reference:
        _check_not_again(reference, rules.again_after_months, scheduled)


def _check_not_again(reference: str, months: int, scheduled: date) -> None:
    """No child twice in so many months: their worker and family are not looked at again and again."""
    since = add_months(scheduled, -months)
    before = CaseAudit.objects.filter(reference=reference, scheduled_on__gt=since)
    latest = before.exclude(state=CaseAudit.State.WITHDRAWN).first()
    if latest is not None:
        raise Refused(
            f"This child was chosen for case audit {latest.ref} on {day_said(latest.scheduled_on)}: "
            f"no child is looked at twice in {months} months."
        )


def _check_auditor(auditor: User, reference: str) -> None:
    if not auditor.may(Permission.AUDIT_CASES):
        raise Refused(f"{auditor.title} does not audit cases.")
    if reference and (why := conflicts_of(auditor, [reference]).get(reference)):
        raise Refused(f"{auditor.title} cannot look at this case: {why}")


def _locked(case_audit: CaseAudit, version: int) -> CaseAudit:
    """The case audit as it stands now, held until the end; refused where it is completed or withdrawn."""
    found = CaseAudit.objects.select_for_update().get(pk=case_audit.pk)
    check(found, version)
    if found.state not in _OPEN:
        raise Refused(f"{found.ref} is {found.get_state_display()}: nothing of it changes.")
    return found


def _save(case_audit: CaseAudit) -> None:
    case_audit.version += 1
    case_audit.save()
