"""Which embedded actions are embedded no longer? What falls back by itself, and why.

Asked whenever an action is shown, and by a routine that writes it down and tells the board.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread_web.config.clock import today
from goldenthread_web.figures.quoting import Quoted, quoted
from goldenthread_web.improvement.models import ActionIndicator, Embedding, Evidence
from goldenthread_web.improvement.rules import rules
from goldenthread_web.ui.words import day_said

RED = "R"


@dataclass(frozen=True, kw_only=True)
class Fall:
    """Why an award no longer holds."""

    why: str  # a code of Embedding.Reverted
    because: str  # the sentence
    on: date


def falls(awards: Collection[Embedding], *, on: date | None = None) -> dict[int, Fall]:
    """Of awards in force, those that no longer hold on a day, by key. Five queries at most; none without any.

    What is not known of an indicator makes nothing fall.
    """
    if not awards:
        return {}
    day = on or today()
    keys = [award.action_id for award in awards]
    linked: dict[int, list[str]] = {}
    for action, ref in ActionIndicator.objects.filter(action__in=keys, is_of_impact=True).values_list(
        "action_id", "ref"
    ):
        linked.setdefault(action, []).append(ref)
    figures = quoted({ref for refs in linked.values() for ref in refs}, on=day, is_public_view=False)
    looked_again: dict[int, list[Evidence]] = {}
    for piece in Evidence.objects.filter(
        action__in=keys,
        kind=Evidence.Kind.CASE_AUDIT,
        result=Evidence.Result.AGAINST,
        received_on__lte=day,
    ):
        looked_again.setdefault(piece.action_id, []).append(piece)
    found = {}
    for award in awards:
        fall = (
            _by_indicator(linked.get(award.action_id, ()), figures, day)
            or _by_case_audit(award, looked_again.get(award.action_id, ()))
            or _by_expiry(award, day)
        )
        if fall is not None:
            found[award.pk] = fall
    return found


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


def _by_indicator(refs: Iterable[str], figures: dict[str, Quoted], day: date) -> Fall | None:
    for ref in refs:
        figure = figures.get(ref)
        if figure is not None and has_left_tolerance(figure):
            said = (
                f"{ref} was out of its tolerance for {rules().tolerance_months} months in a row, "
                f"{figure.value} in {figure.period}."
            )
            return Fall(why=Embedding.Reverted.INDICATOR, because=said, on=day)
    return None


def _by_case_audit(award: Embedding, against: Iterable[Evidence]) -> Fall | None:
    for piece in against:
        if piece.added_at > award.awarded_at:
            said = f"A case audit of {day_said(piece.about_on)} shows that it does not work."
            return Fall(why=Embedding.Reverted.CASE_AUDIT, because=said, on=piece.received_on)
    return None


def _by_expiry(award: Embedding, day: date) -> Fall | None:
    pieces = list(award.evidence.all())
    if len(kinds_shown(pieces, day)) >= rules().kinds_needed:
        return None
    stale = [piece.expires_on for piece in pieces if piece.expires_on < day]
    last = max(stale, default=day)
    said = f"Evidence expired on {day_said(last)}; what is left is not of {rules().kinds_needed} kinds."
    return Fall(why=Embedding.Reverted.EXPIRED, because=said, on=min(day, last + timedelta(days=1)))
