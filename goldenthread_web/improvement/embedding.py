"""May an action be called embedded? What still speaks against it, in one sentence."""

from collections.abc import Sequence
from datetime import date

from goldenthread_web.figures.quoting import Quoted, quoted
from goldenthread_web.improvement.models import Action, Evidence
from goldenthread_web.improvement.reverting import has_left_tolerance, kinds_shown
from goldenthread_web.improvement.rules import rules
from goldenthread_web.improvement.standing import standing
from goldenthread_web.improvement.status import WORDS

# What nobody needs to verify: a figure the service froze itself, and words from a stored letter.
_OWN_PROOF = (Evidence.Kind.INDICATOR, Evidence.Kind.INSPECTOR)


def why_not(action: Action, pieces: Sequence[Evidence], *, retest_on: date, day: date) -> str:
    """Why these pieces do not make it embedded on a day; blank: they do."""
    letter = standing(action, on=day).status.letter
    fell_back = letter == "A" and action.done_on is not None
    if letter not in ("C", "B") and not fell_back:
        return (
            f"It is {WORDS[letter].lower()}: only what is done, with every milestone and evidence, "
            "can be embedded."
        )
    if retest_on <= day:
        return "Name a day ahead on which it will be tested again."
    if not pieces:
        return "Choose the evidence it rests on: without any it cannot be embedded."
    return _of_pieces(action, pieces, day) or _of_figures(action, pieces, day)


def _of_pieces(action: Action, pieces: Sequence[Evidence], day: date) -> str:
    if any(piece.action_id != action.pk for piece in pieces):
        return "The evidence belongs to another action."
    for piece in pieces:
        if piece.expires_on < day:
            return f"The evidence of {piece.about_on:%d/%m/%Y} has expired: take fresher evidence."
        if piece.result != Evidence.Result.FOR:
            return f"The evidence of {piece.about_on:%d/%m/%Y} does not say that it works."
        if piece.verified_by_id is None and piece.kind not in _OWN_PROOF:
            return f"Nobody has verified the evidence of {piece.about_on:%d/%m/%Y} yet."
    shown = kinds_shown(pieces, day)
    if len(shown) < rules().kinds_needed:
        said = " and ".join(sorted(shown)) or "no kind that shows impact"
        return (
            f"It needs evidence of at least {rules().kinds_needed} kinds (figures, children's records, "
            f"what people say); these are of: {said}."
        )
    return ""


def _of_figures(action: Action, pieces: Sequence[Evidence], day: date) -> str:
    """A figure counts once its indicator was at target for long enough; none linked is out of tolerance."""
    cited = {piece.ref for piece in pieces if piece.kind == Evidence.Kind.INDICATOR}
    linked = set(action.indicators.filter(is_of_impact=True).values_list("ref", flat=True))
    figures = quoted(cited | linked, on=day, is_public_view=False)
    months = rules().at_target_months
    for ref in sorted(cited):
        if not is_at_target(figures.get(ref)):
            return f"{ref} was not at its target in each of the last {months} months: it does not count yet."
    for ref in sorted(linked):
        if has_left_tolerance(figures.get(ref)):
            return f"{ref} was out of its tolerance for {rules().tolerance_months} months in a row."
    return ""


def is_at_target(figure: Quoted | None) -> bool:
    """Whether an indicator was at its target in each of the last months; False where that is not known."""
    months = rules().at_target_months
    if figure is None or len(figure.points) < months:
        return False
    return all(point.letter == "G" for point in figure.points[-months:])
