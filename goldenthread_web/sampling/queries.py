"""How was a sample drawn, and would it be drawn so again? Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.extracts.children import index
from goldenthread_web.extracts.cohorts import load_of
from goldenthread_web.sampling import cohorts
from goldenthread_web.sampling.drawing import Candidate, drawn
from goldenthread_web.sampling.models import Sample, SampledChild


@dataclass(frozen=True, kw_only=True)
class Again:
    """What came of drawing a sample again: the same children in the same order, others, or nothing."""

    is_same: bool | None
    said: str


@dataclass(frozen=True, kw_only=True)
class Whom:
    """A sampled child as whoever looks at the case sees them; `child_id` blank: no load tells it any more."""

    row: SampledChild
    child_id: str


def samples() -> QuerySet[Sample]:
    """Every sample with who drew it, the latest first."""
    return Sample.objects.select_related("drawn_by")


def drawn_again(sample: Sample) -> Again:
    """Draw a sample again with its seed, from its load as on its day, and compare."""
    if sample.method == Sample.Method.TARGETED:
        return Again(is_same=None, said="These children were chosen one by one, so there is nothing to draw.")
    found = _candidates(sample)
    if not found:
        return Again(
            is_same=None, said="The load it was drawn from is no longer here, so it cannot be drawn again."
        )
    out = set(sample.left_out_children.values_list("reference", flat=True))
    free = [one for one in found if one.reference not in out]
    was = list(sample.children.values_list("reference", "key"))
    if len({one.reference for one in free}) != sample.population:
        return Again(
            is_same=False,
            said="That cohort reads differently today: a local limit or a definition has changed since.",
        )
    now = [(one.reference, one.key) for one in drawn(free, len(was), sample.seed, sample.strata)]
    if now == was:
        return Again(
            is_same=True, said="Drawn again with the same seed: the same children, in the same order."
        )
    return Again(
        is_same=False, said="Drawn again with the same seed: other children. Somebody must look into it."
    )


def whom(rows: Iterable[SampledChild], sample: Sample, scope: ChildScope) -> dict[str, Whom]:
    """The sampled children whom a person may see, by reference: within their scope, and never a barred one.

    Whoever is no longer held by anybody is found in the cohort they were drawn from.
    """
    ids = child_ids(sample)
    return {
        row.reference: Whom(row=row, child_id=ids.get(row.reference, ""))
        for row in rows
        if may_see(row.reference, scope)
    }


def may_see(reference: str, scope: ChildScope) -> bool:
    """Whether the scope covers the child, held by somebody today or not."""
    if reference in scope.barred:
        return False
    child = index().by_reference.get(reference)
    return scope.everyone or reference in scope.references or (child is not None and child.is_within(scope))


def child_ids(sample: Sample) -> Mapping[str, str]:
    """Ids of children by reference: of those held today, and of the cohort a sample was drawn from."""
    then = {one.reference: one.child_id for one in _candidates(sample)}
    return then | {one: child.child_id for one, child in index().by_reference.items()}


def _candidates(sample: Sample) -> list[Candidate]:
    """The cohort a sample was drawn from; nobody where its load is gone or no longer tells."""
    load = load_of(sample.load_folder)
    if load is None or load.hash != sample.load_hash:
        return []
    try:
        return cohorts.candidates(sample.cohort, sample.as_at_on, load=load, teams=sample.teams)
    except Refused:
        return []
