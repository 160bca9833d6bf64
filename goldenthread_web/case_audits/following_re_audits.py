"""Which cases are to be looked at again soon, and who does it? Somebody else than the first time."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission, roles
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.models import AuditProgramme, CaseAudit, ProForma
from goldenthread_web.extracts.children import index
from goldenthread_web.sampling.conflicts import conflicts_of

State = CaseAudit.State
NOBODY = "No auditor is free of the case: hand it out yourself."
CLOSED = "Nobody holds the child now: say why the case is not looked at again, or hand it out yourself."


@dataclass(frozen=True, kw_only=True)
class ToMake:
    """A re-audit whose time has come. `auditor` None: it cannot be made by itself, and `why` says why."""

    first: CaseAudit
    auditor: User | None
    why: str


def due_soon(on: date) -> "QuerySet[CaseAudit]":
    """Case audits whose re-audit is due soon, or should have been, and is not handed out."""
    until = on + timedelta(days=rules().re_audit_made_before)
    found = CaseAudit.objects.filter(state=State.COMPLETED, re_audit_due_on__lte=until)
    again = CaseAudit.objects.exclude(state=State.WITHDRAWN).filter(re_audit_of__isnull=False)
    found = found.exclude(pk__in=again.values("re_audit_of"))
    return found.select_related("pro_forma").order_by("re_audit_due_on", "pk")


def to_make(on: date) -> list[ToMake]:
    """Each re-audit whose time has come, with whoever has the fewest case audits of those who may."""
    people = _auditors()
    found = []
    for first in due_soon(on):
        if first.reference not in index().by_reference:
            found.append(ToMake(first=first, auditor=None, why=CLOSED))
            continue
        auditor = next((one for one in people if _may(one, first)), None)
        found.append(ToMake(first=first, auditor=auditor, why="" if auditor else NOBODY))
        if auditor is not None:
            people.sort(key=lambda one: one is auditor)  # the next case goes to somebody else first
    return found


def stuck(on: date) -> list[ToMake]:
    """What was not handed out although its time has come; why is told as far as it is known at once."""
    held = index().by_reference
    return [
        ToMake(first=one, auditor=None, why=NOBODY if one.reference in held else CLOSED)
        for one in due_soon(on)
    ]


def holders_now(reference: str, team: str, worker_id: str) -> tuple[str, str]:
    """The team and social worker who hold the child now; those of the first time where that is not known."""
    child = index().by_reference.get(reference)
    if child is None:
        return team, worker_id
    held = [(one, worker) for role, one, worker in child.holders if role == "social_worker"]
    return held[0] if held else (team, worker_id)


def pro_forma_now(first: ProForma) -> ProForma:
    """The version of a pro forma that is in use; the one of the first time where none is."""
    in_use = ProForma.objects.filter(
        code=first.code, published_at__isnull=False, withdrawn_at__isnull=True
    ).order_by("-number")
    return in_use.first() or first


def _auditors() -> list[User]:
    """The auditors of programmes, else those who lead case audits; whoever has least to do first."""
    open_ones = Count("pk", filter=Q(state__in=(State.HANDED_OUT, State.UNDER_WAY)))
    held = dict(CaseAudit.objects.order_by().values_list("auditor").annotate(number=open_ones))
    codes = [code for code, role in roles().items() if Permission.AUDIT_CASES in role.permissions]
    leads = [code for code in codes if Permission.LEAD_CASE_AUDITS in roles()[code].permissions]
    people = User.objects.filter(is_active=True, role__in=codes)
    of_programmes = set(AuditProgramme.auditors.through.objects.values_list("user", flat=True))
    chosen = [one for one in people if one.pk in of_programmes or one.role in leads]
    return sorted(chosen, key=lambda one: (one.pk not in of_programmes, held.get(one.pk, 0), one.pk))


def _may(person: User, first: CaseAudit) -> bool:
    return (
        person.pk != first.auditor_id
        and first.reference not in child_scope(person, with_assigned=True).barred
        and not conflicts_of(person, [first.reference])
    )
