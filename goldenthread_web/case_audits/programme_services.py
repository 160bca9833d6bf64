"""What is written of programmes of case audits: made, changed."""

from datetime import date
from typing import Any

from goldenthread.worklist.cohorts import cohorts
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_audits.kinds import rules_of
from goldenthread_web.case_audits.models import AuditProgramme, ProForma
from goldenthread_web.case_audits.models.planning import Kind
from goldenthread_web.config.clock import now
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check

# What a programme says besides its auditors.
WORDS = ("title", "theme", "kind", "cycle", "pro_forma", "cohorts", "size", "days", "starts_on", "ends_on")
WORDS += ("owner",)


@service(Permission.LEAD_CASE_AUDITS)
def make_programme(*, auditors: list[User], by: User, **said: Any) -> AuditProgramme:
    """A programme of case audits. `said` are the fields of WORDS."""
    _check(said, auditors)
    made = AuditProgramme.objects.create(**said, made_by=by, made_at=now())
    made.auditors.set(auditors)
    record("case_audit_programme.made", made, by=by, changes={"kind": made.kind, "size": made.size})
    return made


@service(Permission.LEAD_CASE_AUDITS)
def edit_programme(
    programme: AuditProgramme, *, version: int, auditors: list[User], by: User, **said: Any
) -> AuditProgramme:
    """Change a programme; rounds that were begun stay as they are."""
    _check(said, auditors)
    found = AuditProgramme.objects.select_for_update().get(pk=programme.pk)
    check(found, version)
    changed = sorted(name for name, value in said.items() if getattr(found, name) != value)
    for name, value in said.items():
        setattr(found, name, value)
    found.version += 1
    found.save()
    found.auditors.set(auditors)
    changes = {"fields": changed, "auditors": len(auditors)}
    record("case_audit_programme.changed", found, by=by, changes=changes)
    return found


def _check(said: dict[str, Any], auditors: list[User]) -> None:
    if wrong := sorted(set(said) ^ set(WORDS)):
        raise TypeError(f"A programme says {', '.join(WORDS)}: see {', '.join(wrong)}.")
    if not rules_of(said["kind"]).in_programmes:
        raise Refused(f"{Kind(said['kind']).label}: such a case audit is asked for by itself.")
    _check_pro_forma(said["pro_forma"], said["kind"])
    if not said["cohorts"] or set(said["cohorts"]) - set(cohorts()):
        raise Refused("Choose at least one group of children to draw from.")
    if said["size"] < len(said["cohorts"]):
        raise Refused("A round must be at least as large as the number of groups of children.")
    if not auditors:
        raise Refused("Choose at least one auditor.")
    for auditor in auditors:
        if not auditor.may(Permission.AUDIT_CASES):
            raise Refused(f"{auditor.title} does not audit cases.")
    _check_days(said["starts_on"], said["ends_on"], said["days"])


def _check_pro_forma(pro_forma: ProForma, kind: str) -> None:
    if pro_forma.published_at is None or pro_forma.withdrawn_at is not None:
        raise Refused(f"{pro_forma.title} is not in use: choose a pro forma that is published.")
    if pro_forma.kind != kind:
        raise Refused(f"{pro_forma.title} is for another kind of case audit: {pro_forma.get_kind_display()}.")


def _check_days(starts_on: date, ends_on: date | None, days: int) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Refused("The last day lies before the first.")
    if not 1 <= days <= 60:
        raise Refused("Give each case audit 1 to 60 working days.")
