"""Which children are restricted, why may one be, and what waits for a second person? Reads only."""

from django.db.models import F, Q, QuerySet

from goldenthread_web.accounts.models import Relation, Restriction
from goldenthread_web.accounts.reason_words import words_by_code


def reasons() -> dict[str, str]:
    """The reasons for which a child can be restricted, by code."""
    return words_by_code("restriction_reasons.toml")


def in_force(reference: str) -> QuerySet[Restriction]:
    """What was approved of a child and still counts."""
    return Restriction.objects.filter(reference=reference, is_approved=True, ended_at__isnull=True)


def listed_now(reference: str) -> list[str]:
    """E-mail addresses of who may see a restricted child by what was approved: to start another list from."""
    approved = in_force(reference).filter(kind=Restriction.Kind.RESTRICT)
    found = approved.filter(viewers__isnull=False).order_by("viewers__email")
    return list(found.values_list("viewers__email", flat=True))


def standing() -> QuerySet[Restriction]:
    """What waits for a decision, the longest waiting first; then what was approved and still counts."""
    found = Restriction.objects.filter(
        Q(decided_at__isnull=True) | Q(is_approved=True, ended_at__isnull=True)
    )
    shown = found.select_related("proposed_by", "decided_by").prefetch_related("viewers")
    return shown.order_by(F("decided_at").asc(nulls_first=True), "proposed_at")


def relations() -> QuerySet[Relation]:
    """Every relation that somebody declared and that counts, the newest first."""
    return Relation.objects.filter(withdrawn_at__isnull=True).select_related("person")


def restricted() -> set[str]:
    """References of the children whom only named people see: from the proposal on, as for every scope."""
    return set(restricted_rows())


def restricted_rows() -> "QuerySet[Restriction, str]":
    """The same, to be asked for as part of another question."""
    found = Restriction.objects.filter(kind=Restriction.Kind.RESTRICT, ended_at__isnull=True)
    return found.values_list("reference", flat=True)
