"""What did case audits, dip samples and learning find about some areas of practice? No child, no worker.

Case audits chosen in different ways answer different questions: they stand in rows of their own. The days are
those of the pages of results, so that the same number is said in both places.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from goldenthread_web.case_audits.models import Answer, Learning, Themed
from goldenthread_web.case_audits.results_hiding import share_said, so_many
from goldenthread_web.case_audits.results_intervals import share
from goldenthread_web.case_audits.results_narrowing import QUARTER, spans
from goldenthread_web.case_audits.results_reading import SELECTIONS, Look, like_with_like, looks
from goldenthread_web.config.clock import today
from goldenthread_web.dip_samples import queries as dip_samples
from goldenthread_web.dip_samples.models import DipSample
from goldenthread_web.dip_samples.results import ItemResult, Shown, results_of, shown
from goldenthread_web.governance.counting import number_of
from goldenthread_web.inspections.frames import practice_areas
from goldenthread_web.standards import queries as standards
from goldenthread_web.standards.domains import domain_title
from goldenthread_web.standards.models import Standard
from goldenthread_web.ui.together import together


@dataclass(frozen=True, kw_only=True)
class Met:
    """How often one practice standard was met in case audits chosen in one way, as it may be shown."""

    standard: Standard
    chosen: str
    share: str
    interval: str
    number: str
    percent: float | None  # as far as it is shown

    @property
    def href(self) -> str:
        """The thread of the standard."""
        return reverse("thread:of", args=["standard", self.standard.code])


@dataclass(frozen=True, kw_only=True)
class Dipped:
    """The latest dip sample of a design, as it may be shown."""

    dip_sample: DipSample
    results: tuple[Shown, ...]

    @property
    def below(self) -> list[Shown]:
        """The items below the threshold, as far as that is shown."""
        return [one for one in self.results if one.is_below]

    @property
    def is_hidden(self) -> bool:
        """Whether something of it is a small number."""
        return any(one.is_hidden for one in self.results)


@dataclass(frozen=True, kw_only=True)
class Open:
    """A theme of learning about which nothing has been decided yet."""

    learning: Learning
    domain: str
    seen: str  # in how many case audits of how many


@dataclass(frozen=True, kw_only=True)
class Found:
    """What is known of practice in some areas."""

    met: tuple[Met, ...]
    dipped: tuple[Dipped, ...]
    learning: tuple[Open, ...]

    @property
    def by_choice(self) -> dict[str, list[Met]]:
        """By how cases were chosen: what is met least often first, what cannot be said last."""
        found: dict[str, list[Met]] = {}
        for one in sorted(self.met, key=lambda one: (one.percent is None, one.percent or 0)):
            found.setdefault(one.chosen, []).append(one)
        return {words: found[words] for words in SELECTIONS.values() if words in found}


def talks_of(text: str, areas: Iterable[str]) -> bool:
    """Whether a text talks of any of these areas of practice: it holds one of their words."""
    known = practice_areas()
    words = [re.escape(word) for code in areas if code in known for word in known[code].words]
    return bool(words) and re.search(rf"\b(?:{'|'.join(words)})", text, re.IGNORECASE) is not None


def found_about(areas: Collection[str], refs: Collection[str], *, is_public_view: bool) -> Found:
    """What case audits, dip samples and learning say of areas of practice and their indicators. Seven
    queries.

    A standard belongs to them that rests on one of the indicators or talks of an area; so do the question of
    a dip sample and a theme of learning that talk of one.
    """
    audited = _looks()
    seen = Themed.objects.filter(case_audit__in=[one.pk for one in audited], learning=OuterRef("pk"))
    told = together(
        standards=standards.standards_in_force().annotate(rests_on=Cast("indicators", TextField())),
        learning=Learning.objects.filter(outcomes__isnull=True, is_strength=False).annotate(
            seen=number_of(seen, "learning")
        ),
    )
    about = [one for one in told["standards"] if _is_about(one, areas, refs)]
    learning = [one for one in told["learning"] if talks_of(f"{one.title} {domain_title(one.domain)}", areas)]
    return Found(
        met=_met(about, audited, is_public_view=is_public_view),
        dipped=_dipped(areas, is_public_view=is_public_view),
        learning=tuple(
            Open(
                learning=one,
                domain=domain_title(one.domain),
                seen=so_many(one.seen, len(audited), is_public_view=is_public_view),
            )
            for one in sorted(learning, key=lambda one: (-one.seen, one.title))
        ),
    )


def met(code: str, *, is_public_view: bool) -> tuple[Met, ...]:
    """How often the standard of a code was met, by how cases were chosen. Four queries."""
    return _met(standards.standards_in_force().filter(code=code), _looks(), is_public_view=is_public_view)


def _looks() -> list[Look]:
    asked = spans(today(), QUARTER)
    return looks(asked[0].starts_on, asked[-1].ends_on)


def _is_about(one: Standard, areas: Collection[str], refs: Collection[str]) -> bool:
    rests_on: str = one.rests_on  # type: ignore[attr-defined]
    return any(f'"{ref}"' in rests_on for ref in refs) or talks_of(f"{one.section} {one.statement}", areas)


def _met(of: Iterable[Standard], audited: list[Look], *, is_public_view: bool) -> tuple[Met, ...]:
    """Met in part is not met; what does not apply is not counted."""
    by_code = {one.code: one for one in of}
    chosen = {
        look.pk: selection
        for selection in SELECTIONS
        for look in like_with_like(audited, selection=selection)
    }
    said = Answer.objects.filter(case_audit__in=list(chosen), question__standard__code__in=list(by_code))
    counts: Counter[tuple[str, str, bool]] = Counter()
    rows = said.exclude(answer__in=("", Answer.Said.NA)).order_by()
    for code, case_audit, answer in rows.values_list("question__standard__code", "case_audit", "answer"):
        counts[code, chosen[case_audit], answer == Answer.Said.MET] += 1
    found = []
    for code, standard in by_code.items():
        for selection, words in SELECTIONS.items():
            one = share(
                counts[code, selection, True], counts[code, selection, True] + counts[code, selection, False]
            )
            if not one.whole:
                continue
            percent, interval = share_said(one, is_public_view=is_public_view)
            number = so_many(one.part, one.whole, is_public_view=is_public_view)
            found.append(
                Met(
                    standard=standard,
                    chosen=words,
                    share=percent,
                    interval=interval,
                    number=number,
                    percent=one.percent if interval else None,
                )
            )
    return tuple(found)


def _dipped(areas: Collection[str], *, is_public_view: bool) -> tuple[Dipped, ...]:
    """The latest finished dip sample of each design about the areas. Three queries."""
    finished = dip_samples.dip_samples().filter(state=DipSample.State.FINISHED)
    latest: dict[int, DipSample] = {}
    for one in finished.prefetch_related("design_version__items").order_by("-finished_on", "-pk"):
        said = one.design_version
        if talks_of(f"{said.title} {said.question}", areas):
            latest.setdefault(said.design_id, one)
    results = results_of(latest.values()) if latest else {}

    def as_shown(of: tuple[ItemResult, ...]) -> tuple[Shown, ...]:
        return tuple(shown(of, is_public_view=is_public_view))

    return tuple(Dipped(dip_sample=one, results=as_shown(results[one.pk])) for one in latest.values())
