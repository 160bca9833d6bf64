"""What do case audits teach, what is done about it, and is it seen less often since? Reads of learning."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet

from goldenthread.calendar import add_months
from goldenthread_web.accounts.restrictions import restricted
from goldenthread_web.case_audits.following_comparing import FAILS, verdict_of
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.how_far import HIDDEN
from goldenthread_web.case_audits.models import CaseAudit, Learning, LearningOutcome, Themed
from goldenthread_web.case_audits.models.planning import Kind
from goldenthread_web.worklist.small_numbers import shown_numbers

State = CaseAudit.State
# Not looked for: what was chosen for a reason, or to look again, would be seen more often anyway.
_FAIR = ~Q(selection="targeted") & ~Q(kind=Kind.RE_AUDIT)


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """Three months, with how many case audits were completed in them."""

    starts_on: date
    ends_on: date

    @property
    def said(self) -> str:
        """Oct to Dec 2017."""
        return f"{self.starts_on:%b} to {self.ends_on:%b %Y}"


@dataclass(frozen=True, kw_only=True)
class ThemeLine:
    """One theme: in how many case audits it was seen, quarter by quarter, and what is done about it."""

    learning: Learning
    counts: tuple[str, ...]  # as they may be shown
    total: str
    number: int  # to sort by, and to tell whether it was seen; not shown
    outcomes: tuple[LearningOutcome, ...]

    @property
    def is_without_outcome(self) -> bool:
        """Whether it was seen, and nobody has said what is done about it."""
        return bool(self.number) and not self.outcomes and not self.learning.is_strength


@dataclass(frozen=True, kw_only=True)
class Since:
    """How often a theme was seen before an outcome was decided and how often since: of so many each."""

    outcome: LearningOutcome
    before: tuple[int, int]
    after: tuple[int, int]
    is_time: bool  # whether enough time has passed to ask


@dataclass(frozen=True, kw_only=True)
class Loop:
    """From a theme to what was done, and from there to the cases that were looked at again."""

    learning: Learning
    since: tuple[Since, ...]
    re_audits: int  # of case audits coded with it, completed
    better: int
    failed: int


def quarters(on: date) -> tuple[Quarter, ...]:
    """The last quarters, the latest last; the one under way is the last."""
    first = date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
    found = []
    for back in range(rules().trend_quarters - 1, -1, -1):
        starts_on = add_months(first, -3 * back)
        found.append(Quarter(starts_on=starts_on, ends_on=add_months(starts_on, 3) - timedelta(days=1)))
    return tuple(found)


def themes() -> "QuerySet[Learning]":
    """Every theme with what was decided about it, the latest first."""
    outcomes = LearningOutcome.objects.select_related("action", "standard__edition", "decided_by")
    return Learning.objects.prefetch_related(Prefetch("outcomes", outcomes))


def theme_lines(on: date, *, is_public_view: bool) -> list[ThemeLine]:
    """Every theme, those nobody has decided on first, then those seen most often. Four queries."""
    spans = quarters(on)
    counts = _counts(spans)
    found = list(themes())
    said = _shown({one.pk: counts.get(one.pk, Counter()) for one in found}, len(spans), is_public_view)
    lines = [
        ThemeLine(
            learning=one,
            counts=said[one.pk][:-1],
            total=said[one.pk][-1],
            number=sum(counts.get(one.pk, Counter()).values()),
            outcomes=tuple(one.outcomes.all()),
        )
        for one in found
    ]
    return sorted(lines, key=lambda one: (not one.is_without_outcome, -one.number, one.learning.title))


def loop_of(learning: Learning, on: date) -> Loop:
    """One theme from where it was seen to whether it is seen less often. Three queries.

    Case audits chosen for a reason and re-audits are left out before and after: they were looked for.
    """
    seen = _completed(on).filter(themed__learning=learning)
    everything = list(_completed(on).filter(_FAIR).values_list("completed_on", flat=True))
    coded = list(seen.filter(_FAIR).values_list("completed_on", flat=True))
    again = CaseAudit.objects.filter(
        kind=Kind.RE_AUDIT, state=State.COMPLETED, re_audit_of__themed__learning=learning
    ).select_related("re_audit_of")
    verdicts = [verdict_of(one) for one in again]
    return Loop(
        learning=learning,
        since=tuple(_since(one, everything, coded, on) for one in learning.outcomes.all()),
        re_audits=len(verdicts),
        better=verdicts.count("better"),
        failed=sum(one in FAILS for one in verdicts),
    )


def _completed(on: date) -> "QuerySet[CaseAudit]":
    found = CaseAudit.objects.filter(state=State.COMPLETED, completed_on__lte=on)
    return found.exclude(reference__in=restricted())


def _since(outcome: LearningOutcome, everything: Sequence[date], coded: Sequence[date], on: date) -> Since:
    """As long before as after, so that the two can be compared."""
    from_on = outcome.decided_on - (on - outcome.decided_on)

    def number(days: Iterable[date], *, is_after: bool) -> int:
        if is_after:
            return sum(outcome.decided_on < day <= on for day in days)
        return sum(from_on < day <= outcome.decided_on for day in days)

    return Since(
        outcome=outcome,
        before=(number(coded, is_after=False), number(everything, is_after=False)),
        after=(number(coded, is_after=True), number(everything, is_after=True)),
        is_time=(on - outcome.decided_on).days >= rules().quiet_after,
    )


def _counts(spans: Sequence[Quarter]) -> dict[int, Counter[int]]:
    """For each theme how many case audits show it in each quarter."""
    rows = Themed.objects.filter(
        case_audit__state=State.COMPLETED,
        case_audit__completed_on__gte=spans[0].starts_on,
        case_audit__completed_on__lte=spans[-1].ends_on,
    ).exclude(case_audit__reference__in=restricted())
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for theme, day in rows.values_list("learning", "case_audit__completed_on"):
        place = next(at for at, span in enumerate(spans) if span.starts_on <= day <= span.ends_on)
        found[theme][place] += 1
    return found


def _shown(counts: dict[int, Counter[int]], number: int, is_public_view: bool) -> dict[int, tuple[str, ...]]:
    """Each theme's numbers and their sum, as they may be shown."""
    if not is_public_view:
        return {
            theme: tuple(str(said[at]) for at in range(number)) + (str(sum(said.values())),)
            for theme, said in counts.items()
        }
    cells = {(str(theme), str(at)): said[at] for theme, said in counts.items() for at in range(number)}
    totals = {(str(theme), "all"): sum(said.values()) for theme, said in counts.items()}
    sums = [(total, [cell for cell in cells if cell[0] == total[0]]) for total in totals]
    look_up = shown_numbers(cells | totals, sums)

    def said_of(cell: tuple[str, str]) -> str:
        found = look_up(cell)
        return HIDDEN if found is None else str(found)

    return {
        theme: (*(said_of((str(theme), str(at))) for at in range(number)), said_of((str(theme), "all")))
        for theme in counts
    }
