"""Which actions of the plan does a re-audit that failed speak against? Those that were to change it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
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
    found = _not_shown([re_audit])
    return found[0] if found else None


def waiting() -> list[Against]:
    """Every re-audit that failed and is not shown against the plan yet, the latest first. Five queries."""
    found = CaseAudit.objects.filter(kind=Kind.RE_AUDIT, state=CaseAudit.State.COMPLETED)
    return _not_shown(found.filter(re_audit_of__isnull=False).select_related("re_audit_of", "moderation"))


def _not_shown(re_audits: Iterable[CaseAudit]) -> list[Against]:
    """Those of these re-audits that failed for good, each with the actions that do not show it yet."""
    failed = [one for one in re_audits if verdict_of(one) in FAILS and not _is_moderated_still(one)]
    linked = _linked({one.re_audit_of_id for one in failed if one.re_audit_of_id is not None})
    if not linked:
        return []
    shown = set(
        plan.evidence()
        .filter(where__in=[where_of(one) for one in failed])
        .order_by()
        .values_list("where", "action")
    )
    live = plan.actions().in_bulk({key for keys in linked.values() for key in keys})
    found = []
    for one in failed:
        keys = sorted(linked.get(one.re_audit_of_id or 0, ()))
        actions = tuple(live[key] for key in keys if key in live and (where_of(one), key) not in shown)
        if actions:
            found.append(Against(re_audit=one, verdict=verdict_of(one), actions=actions))
    return found


def _is_moderated_still(re_audit: CaseAudit) -> bool:
    moderation = getattr(re_audit, "moderation", None)
    return moderation is not None and moderation.settled_at is None


def _linked(firsts: Collection[int]) -> dict[int, set[int]]:
    """Keys of the plan's actions that case audits led to: directly, or by their themes of learning."""
    own = CaseAuditAction.objects.filter(case_audit__in=firsts, plan_action__isnull=False)
    learned = LearningOutcome.objects.filter(learning__themed__case_audit__in=firsts, action__isnull=False)
    found: dict[int, set[int]] = defaultdict(set)
    for first, action in (
        *own.order_by().values_list("case_audit", "plan_action"),
        *learned.order_by().values_list("learning__themed__case_audit", "action"),
    ):
        if first in firsts:
            found[first].add(action)
    return found
