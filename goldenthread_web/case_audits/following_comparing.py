"""Is it better than it was? A re-audit beside the case audit that it repeats."""

from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread_web.case_audits.grading import grades
from goldenthread_web.case_audits.models import Answer, CaseAudit
from goldenthread_web.case_audits.models.doing import Grade
from goldenthread_web.standards.domains import domain_title, domains

WEAKEST = "inadequate"
_ANSWERS = {"not_met": 0, "partly": 1, "met": 2}
VERDICTS = {
    "better": "Better than the first time.",
    "same": "No better than the first time.",
    "worse": "Worse than the first time.",
    "still_inadequate": "Still inadequate.",
}
# What fails: it is shown against the actions of the plan that were to change it.
FAILS = frozenset({"worse", "still_inadequate"})


@dataclass(frozen=True, kw_only=True)
class Beside:
    """One question or grade, the first time and again. `moved`: better, worse, same; blank: not both said."""

    words: str
    first: str
    again: str
    moved: str


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Both in their parts, and what it comes to."""

    verdict: str  # a code of VERDICTS; blank until both are graded
    grades: tuple[Beside, ...]  # overall, impact, then the domains
    answers: tuple[Beside, ...]

    @property
    def sentence(self) -> str:
        """What it comes to."""
        return VERDICTS.get(self.verdict, "The re-audit is not completed yet.")

    @property
    def numbers(self) -> dict[str, int]:
        """How many questions are answered better, worse and the same."""
        return {way: sum(one.moved == way for one in self.answers) for way in ("better", "worse", "same")}


def verdict(first: str, again: str) -> str:
    """What two grades come to, as a code of VERDICTS; blank where one of them is not there."""
    if not first or not again:
        return ""
    if first == again == WEAKEST:
        return "still_inadequate"
    before, after = grades().index(first), grades().index(again)
    return "better" if after < before else "worse" if after > before else "same"


def verdict_of(re_audit: CaseAudit) -> str:
    """What a re-audit says of the case audit that it repeats, by the grades that count."""
    first = re_audit.re_audit_of
    return "" if first is None else verdict(first.final_grade, re_audit.final_grade)


def compared(re_audit: CaseAudit) -> Compared:
    """A re-audit beside the case audit that it repeats. One query for the answers of both."""
    first = re_audit.re_audit_of
    if first is None:
        raise ValueError(f"{re_audit.ref} repeats nothing.")
    answers = Answer.objects.filter(case_audit__in=(first, re_audit)).select_related(
        "question__standard", "question__question"
    )
    said: dict[int, list[Answer]] = {first.pk: [], re_audit.pk: []}
    for one in answers.order_by("question__position", "pk"):
        said[one.case_audit_id].append(one)
    return Compared(
        verdict=verdict_of(re_audit),
        grades=tuple(_grades(first, re_audit)),
        answers=tuple(_answers(said[first.pk], said[re_audit.pk])),
    )


def _grades(first: CaseAudit, again: CaseAudit) -> Iterable[Beside]:
    yield _beside("Overall", first.final_grade, again.final_grade)
    yield _beside("Impact on the child", first.impact, again.impact)
    for code in domains():
        before, after = first.domain_grades.get(code, ""), again.domain_grades.get(code, "")
        if before or after:
            yield _beside(domain_title(code), before, after)


def _beside(words: str, first: str, again: str) -> Beside:
    labels = dict(Grade.choices)
    found = verdict(first, again)
    return Beside(
        words=words,
        first=str(labels.get(first, "")),
        again=str(labels.get(again, "")),
        moved="same" if found == "still_inadequate" else found,
    )


def _answers(first: Iterable[Answer], again: Iterable[Answer]) -> Iterable[Beside]:
    """Question by question; the same one has the same code in every edition, or the same words."""
    before = {_key(one): one for one in first}
    after = {_key(one): one for one in again}
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        shown = other or one
        assert shown is not None
        yield Beside(
            words=shown.question.text,
            first=_said(one),
            again=_said(other),
            moved=_moved(one, other),
        )


def _key(answer: Answer) -> tuple[str, str]:
    question, standard = answer.question.question, answer.question.standard
    return (
        "" if standard is None else standard.code,
        answer.question.text if question is None else question.code,
    )


def _said(answer: Answer | None) -> str:
    return "" if answer is None else str(answer.get_answer_display())


def _moved(first: Answer | None, again: Answer | None) -> str:
    if first is None or again is None or first.answer not in _ANSWERS or again.answer not in _ANSWERS:
        return ""
    before, after = _ANSWERS[first.answer], _ANSWERS[again.answer]
    return "better" if after > before else "worse" if after < before else "same"
