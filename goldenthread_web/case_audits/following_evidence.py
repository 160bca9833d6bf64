"""Which actions of the plan does a re-audit that failed speak against? Those that were to change it."""

from dataclasses import dataclass

from goldenthread_web.case_audits.following_comparing import FAILS, verdict_of
from goldenthread_web.case_audits.models import CaseAudit, CaseAuditAction, LearningOutcome
from goldenthread_web.case_audits.models.planning import Kind
from goldenthread_web.improvement import queries as plan
from goldenthread_web.improvement.models import Action


@dataclass(frozen=True, kw_only=True)
class Against:
    """A re-audit that failed, with the actions of the plan against which it is not shown yet."""

    re_audit: CaseAudit
    verdict: str
    actions: tuple[Action, ...]


def where_of(re_audit: CaseAudit) -> str:
    """What a piece of evidence says of where it comes from: so it is added once."""
    return f"Case audit {re_audit.ref}"


def against(re_audit: CaseAudit) -> Against | None:
    """What a re-audit speaks against once its grade is final; None: nothing that is not shown already."""
    verdict = verdict_of(re_audit)
    if verdict not in FAILS or _is_moderated_still(re_audit) or re_audit.re_audit_of is None:
        return None
    linked = set(_linked(re_audit.re_audit_of))
    shown = set(
        plan.evidence().filter(where=where_of(re_audit), action__in=linked).values_list("action", flat=True)
    )
    found = tuple(plan.actions().filter(pk__in=linked - shown))
    return Against(re_audit=re_audit, verdict=verdict, actions=found) if found else None


def waiting() -> list[Against]:
    """Every re-audit that failed and is not shown against the plan yet, the latest first."""
    found = CaseAudit.objects.filter(kind=Kind.RE_AUDIT, state=CaseAudit.State.COMPLETED)
    found = found.filter(re_audit_of__isnull=False).select_related("re_audit_of", "moderation")
    failed = [one for one in found if verdict_of(one) in FAILS]
    return [said for one in failed if (said := against(one)) is not None]


def _is_moderated_still(re_audit: CaseAudit) -> bool:
    moderation = getattr(re_audit, "moderation", None)
    return moderation is not None and moderation.settled_at is None


def _linked(first: CaseAudit) -> list[int]:
    """Keys of the plan's actions that the first case audit led to: directly, or by its themes of learning."""
    own = CaseAuditAction.objects.filter(case_audit=first, plan_action__isnull=False)
    learned = LearningOutcome.objects.filter(learning__themed__case_audit=first, action__isnull=False)
    return [*own.values_list("plan_action", flat=True), *learned.values_list("action", flat=True)]
