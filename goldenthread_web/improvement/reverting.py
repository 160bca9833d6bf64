"""Which embedded actions are embedded no longer? What falls back by itself, and why.

Asked whenever an action is shown, and by a routine that writes it down and tells the board.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, OuterRef, Subquery

from goldenthread_web.config.clock import today
from goldenthread_web.figures.quoting import Quoted, quoted
from goldenthread_web.improvement.models import Embedding, Evidence
from goldenthread_web.improvement.rules import rules
from goldenthread_web.ui.words import day_said

RED = "R"


@dataclass(frozen=True, kw_only=True)
class Fall:
    """Why an award no longer holds."""

    why: str  # a code of Embedding.Reverted
    because: str  # the sentence
    on: date


@dataclass(kw_only=True)
class InForce:
    """An award with what may make it fall: its evidence, indicators, a case audit that failed since."""

    award: Embedding
    rests_on: dict[int, Evidence]
    refs: set[str]
    failed_about_on: date | None = None


def awards_of(actions: Iterable[int] | None = None, *, on: date) -> dict[int, InForce]:
    """The latest award of each action that ever had one, by key of the action. One query.

    No award is without evidence, so it is read from there.
    """
    failed = Evidence.objects.filter(
        action=OuterRef("embedding__action"),
        kind=Evidence.Kind.CASE_AUDIT,
        result=Evidence.Result.AGAINST,
        added_at__gt=OuterRef("embedding__awarded_at"),
        received_on__lte=on,
    )
    rows = Embedding.evidence.through.objects.select_related(
        "embedding__awarded_by", "embedding__action", "evidence"
    )
    if actions is not None:
        rows = rows.filter(embedding__action__in=list(actions))
    rows = rows.annotate(
        ref=F("embedding__action__indicators__ref"),
        is_of_impact=F("embedding__action__indicators__is_of_impact"),
        failed_about_on=Subquery(failed.values("about_on")[:1]),
    )
    found: dict[int, InForce] = {}
    for row in rows.order_by("-embedding__awarded_at", "-embedding_id"):
        award = row.embedding
        latest = found.setdefault(award.action_id, InForce(award=award, rests_on={}, refs=set()))
        if latest.award.pk == award.pk:
            latest.rests_on[row.evidence_id] = row.evidence
            latest.failed_about_on = row.failed_about_on
            if row.is_of_impact:
                latest.refs.add(row.ref)
    return found


def falls(*, on: date | None = None, of: Iterable[int] | None = None) -> dict[int, tuple[Embedding, Fall]]:
    """Every award in force that no longer holds on a day, by key of its action. Four queries at most."""
    day = on or today()
    awards = {key: one for key, one in awards_of(of, on=day).items() if one.award.reverted_at is None}
    refs = {ref for one in awards.values() for ref in one.refs}
    figures = quoted(refs, on=day, is_public_view=False)
    found = {}
    for key, one in awards.items():
        fall = fall_of(one, figures, day)
        if fall is not None:
            found[key] = (one.award, fall)
    return found


def fall_of(one: InForce, figures: Mapping[str, Quoted], day: date) -> Fall | None:
    """Why an award in force no longer holds on a day; None: it does. What is not known makes nothing fall."""
    if one.award.reverted_at is not None:
        return None
    return (
        _by_indicator(sorted(one.refs), figures, day)
        or _by_case_audit(one.failed_about_on, day)
        or _by_expiry(list(one.rests_on.values()), day)
    )


def kinds_shown(pieces: Iterable[Evidence], day: date) -> set[str]:
    """What the evidence looks at that is fresh on a day and says that it works: figures, records."""
    looks_at = rules().looks_at
    return {
        looks_at[piece.kind]
        for piece in pieces
        if piece.kind in looks_at and piece.result == Evidence.Result.FOR and piece.expires_on >= day
    }


def has_left_tolerance(figure: Quoted | None) -> bool:
    """Whether an indicator was beyond its tolerance in each of the last months; False where not known."""
    months = rules().tolerance_months
    if figure is None or len(figure.points) < months:
        return False
    return all(point.letter == RED for point in figure.points[-months:])


def _by_indicator(refs: Iterable[str], figures: Mapping[str, Quoted], day: date) -> Fall | None:
    for ref in refs:
        figure = figures.get(ref)
        if figure is not None and has_left_tolerance(figure):
            said = (
                f"{ref} was out of its tolerance for {rules().tolerance_months} months in a row, "
                f"{figure.value} in {figure.period}."
            )
            return Fall(why=Embedding.Reverted.INDICATOR, because=said, on=day)
    return None


def _by_case_audit(about_on: date | None, day: date) -> Fall | None:
    if about_on is None:
        return None
    said = f"A case audit of {day_said(about_on)} shows that it does not work."
    return Fall(why=Embedding.Reverted.CASE_AUDIT, because=said, on=day)


def _by_expiry(rests_on: Collection[Evidence], day: date) -> Fall | None:
    if len(kinds_shown(rests_on, day)) >= rules().kinds_needed:
        return None
    stale = [piece.expires_on for piece in rests_on if piece.expires_on < day]
    last = max(stale, default=day)
    said = f"Evidence expired on {day_said(last)}; what is left is not of {rules().kinds_needed} kinds."
    return Fall(why=Embedding.Reverted.EXPIRED, because=said, on=min(day, last + timedelta(days=1)))
