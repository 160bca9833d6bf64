"""Which case audits show a theme of learning?"""

from collections.abc import Iterable

from goldenthread_web.case_audits.models import Learning, Themed


def seen_in(learning: Learning, of: Iterable[int]) -> set[int]:
    """Keys of those of these case audits that show a theme."""
    found = Themed.objects.filter(learning=learning, case_audit__in=list(of))
    return set(found.values_list("case_audit", flat=True))
