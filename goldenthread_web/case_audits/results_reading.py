"""What did case audits find? Every completed one as a few codes, read at once; never a child or a worker.

Case audits chosen at random, at random within groups, for a reason, and to look again are four different
questions: they are read together and never counted together. A stratified sample takes at least one from each
group, which gives the smallest more weight than they have, so it is not added to a random one either.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread_web.accounts.restrictions import restricted
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.grading import grades
from goldenthread_web.case_audits.models import Answer, CaseAudit
from goldenthread_web.case_audits.models.planning import Kind
from goldenthread_web.case_audits.results_intervals import Share, share

GOOD = ("good", "outstanding")
RE_AUDIT = "re_audit"
# How a case was chosen: what stands in one figure. Re-audits are of cases that were weak.
SELECTIONS = {
    "random": "Chosen at random",
    "stratified": "At random within groups",
    "targeted": "Chosen for a reason",
    RE_AUDIT: "Looked at again",
}


@dataclass(frozen=True, kw_only=True)
class Look:
    """One completed case audit as figures need it. `grade` is the one that counts."""

    pk: int
    completed_on: date
    grade: str
    impact: str
    kind: str
    selection: str  # of SELECTIONS
    team: str
    tier: str
    cohort: str
    domain_grades: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Mix:
    """How many case audits have which grade."""

    counts: tuple[int, ...]  # in the order of grades, the best first

    @property
    def number(self) -> int:
        """How many there are."""
        return sum(self.counts)

    @property
    def good(self) -> Share:
        """The share that is good or outstanding, with its interval."""
        return share(sum(self.counts[grades().index(one)] for one in GOOD), self.number)

    @property
    def is_enough(self) -> bool:
        """Whether a share of them may be said."""
        return self.number >= rules().least_for_share

    def share_of(self, grade: str) -> Share:
        """The share with one grade, with its interval."""
        return share(self.counts[grades().index(grade)], self.number)


_FIELDS = ("pk", "completed_on", "grade", "moderated_grade", "impact", "kind", "selection", "team")
_FIELDS += ("worker_tier", "cohort", "domain_grades")


def looks(from_on: date, to_on: date) -> list[Look]:
    """Every case audit completed between two days, both included. Two queries.

    Children whom only named people see are not among them: a small count could tell of one.
    """
    rows = CaseAudit.objects.filter(
        state=CaseAudit.State.COMPLETED, completed_on__gte=from_on, completed_on__lte=to_on
    ).exclude(reference__in=restricted())
    return [
        Look(
            pk=row["pk"],
            completed_on=row["completed_on"],
            grade=row["moderated_grade"] or row["grade"],
            impact=row["impact"],
            kind=row["kind"],
            selection=RE_AUDIT if row["kind"] == Kind.RE_AUDIT else row["selection"],
            team=row["team"],
            tier=row["worker_tier"],
            cohort=row["cohort"],
            domain_grades=row["domain_grades"],
        )
        for row in rows.order_by("completed_on", "pk").values(*_FIELDS)
    ]


def like_with_like(found: Iterable[Look], *, selection: str, kind: str = "") -> list[Look]:
    """Those that may stand in one figure: chosen in one way, asking the same of a case.

    Kind blank: whatever looks at a case for the first time; looking again is a selection of its own.
    """
    kinds = (kind,) if kind else (RE_AUDIT,) if selection == RE_AUDIT else rules().first_kinds
    return [one for one in found if one.selection == selection and one.kind in kinds]


def mix(found: Iterable[Look]) -> Mix:
    """Their grades."""
    said = [one.grade for one in found]
    return Mix(counts=tuple(said.count(grade) for grade in grades()))


def domain_mix(found: Iterable[Look], domain: str) -> Mix:
    """Their grades in one domain, where they have one."""
    said = [one.domain_grades.get(domain, "") for one in found]
    return Mix(counts=tuple(said.count(grade) for grade in grades()))


def crossed(found: Iterable[Look]) -> tuple[tuple[int, ...], ...]:
    """Grade of practice (rows) by impact on the child (columns), the best first."""
    pairs = [(one.grade, one.impact) for one in found]
    return tuple(tuple(pairs.count((grade, impact)) for impact in grades()) for grade in grades())


@dataclass(frozen=True, kw_only=True)
class StandardMet:
    """One practice standard: how often it was met where it applied."""

    code: str
    domain: str
    statement: str
    met: int
    partly: int
    not_met: int

    @property
    def share(self) -> Share:
        """The share of answers that say it was met; in part is not met."""
        return share(self.met, self.met + self.partly + self.not_met)


def standards_met(of: Sequence[int]) -> list[StandardMet]:
    """Every standard these case audits asked about, the one met least often first. One query."""
    rows = Answer.objects.filter(case_audit__in=of, question__standard__isnull=False).exclude(
        answer__in=("", Answer.Said.NA)
    )
    names = ("question__standard__code", "question__standard__domain", "question__standard__statement")
    counts: dict[str, dict[str, int]] = {}
    words: dict[str, tuple[str, str]] = {}
    # The wording of the latest edition stands for the standard in every edition.
    for code, domain, statement, answer in rows.order_by("question__standard__edition_id", "pk").values_list(
        *names, "answer"
    ):
        said = counts.setdefault(code, {"met": 0, "partly": 0, "not_met": 0})
        said[answer] += 1
        words[code] = (domain, statement)
    found = [
        StandardMet(code=code, domain=words[code][0], statement=words[code][1], **said)
        for code, said in counts.items()
    ]
    return sorted(found, key=lambda one: (one.share.percent or 0, one.code))
