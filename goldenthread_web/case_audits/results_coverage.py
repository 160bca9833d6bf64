"""Which kinds of worker and groups of children were not looked at in the last twelve months? Gaps first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.standard.schema import code_labels
from goldenthread_web.case_audits.how_far import HIDDEN
from goldenthread_web.case_audits.results_reading import Look
from goldenthread_web.case_audits.workers import NEWLY_QUALIFIED
from goldenthread_web.extracts.day import day
from goldenthread_web.sampling.cohorts import choices
from goldenthread_web.worklist.small_numbers import shown_numbers

NEWLY_QUALIFIED_SAID = "Newly qualified social worker"


@dataclass(frozen=True, kw_only=True)
class CoverLine:
    """A kind of post, or a group of children: how many of its cases were looked at, and when last."""

    title: str
    number: str
    latest_on: date | None

    @property
    def is_gap(self) -> bool:
        """Whether nobody looked."""
        return self.latest_on is None


def by_tier(looks: Iterable[Look], *, is_public_view: bool) -> list[CoverLine]:
    """Every kind of post that holds children today."""
    return _lines(_tiers(), [(one.tier, one.completed_on) for one in looks], is_public_view)


def by_cohort(looks: Iterable[Look], *, is_public_view: bool) -> list[CoverLine]:
    """Every group of children, as they stand, that the load can tell."""
    wanted = {one.code: one.title for one in choices() if not one.is_of_events and not one.why_not}
    return _lines(wanted, [(one.cohort, one.completed_on) for one in looks], is_public_view)


def _tiers() -> dict[str, str]:
    found = day()
    if found is None:
        return {}
    columns = (found.caseloads[name].to_pylist() for name in ("post", "is_newly_qualified"))
    codes = {NEWLY_QUALIFIED if is_new else post for post, is_new in zip(*columns, strict=True)}
    labels = code_labels("post_role") | {NEWLY_QUALIFIED: NEWLY_QUALIFIED_SAID}
    return {code: labels.get(code, code) for code in sorted(codes - {"", None})}


def _lines(wanted: Mapping[str, str], seen: list[tuple[str, date]], is_public_view: bool) -> list[CoverLine]:
    numbers = {code: sum(one == code for one, _ in seen) for code in wanted}
    said = _said(numbers, is_public_view)
    lines = [
        CoverLine(
            title=title,
            number=said[code],
            latest_on=max((on for one, on in seen if one == code), default=None),
        )
        for code, title in wanted.items()
    ]
    return sorted(lines, key=lambda line: line.latest_on or date.min)


def _said(numbers: Mapping[str, int], is_public_view: bool) -> dict[str, str]:
    if not is_public_view:
        return {code: str(number) for code, number in numbers.items()}
    cells = {(code,): number for code, number in numbers.items()}
    look_up = shown_numbers(cells | {("all",): sum(numbers.values())}, [(("all",), list(cells))])
    shown = {code: look_up((code,)) for code in numbers}
    return {code: HIDDEN if number is None else str(number) for code, number in shown.items()}
