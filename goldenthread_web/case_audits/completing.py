"""What is still missing before a case audit can be completed? One sentence for each thing, and its field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldenthread_web.case_audits import kinds
from goldenthread_web.case_audits.models import Answer, CaseAudit
from goldenthread_web.case_audits.sections import Section

SHORTEST = 20  # characters of what is told in a sentence


@dataclass(frozen=True, kw_only=True)
class Missing:
    """One thing that is not there yet, and the field of the form in which it goes."""

    field: str
    sentence: str


def answer_field(question: int) -> str:
    """The name of the field for the answer to a question."""
    return f"q{question}"


def words_field(question: int) -> str:
    """The name of the field for what was seen."""
    return f"q{question}_seen"


def where_field(question: int) -> str:
    """The name of the field for where it is seen."""
    return f"q{question}_where"


def grade_field(domain: str) -> str:
    """The name of the field for the grade of a domain."""
    return f"grade_{domain}"


def missing(
    case_audit: CaseAudit, sections: Sequence[Section], answers: Mapping[int, Answer]
) -> list[Missing]:
    """Everything that is missing, in the order of the page."""
    found = list(_of_the_look(case_audit))
    for section in sections:
        found += _of_section(case_audit, section, answers)
    if kinds.rules_of(case_audit.kind).about_child:
        found += _of_the_child(case_audit)
    return found + list(_of_the_whole(case_audit))


def _of_the_look(case_audit: CaseAudit) -> Iterator[Missing]:
    if case_audit.looked_from_on is None or case_audit.looked_to_on is None:
        yield Missing(
            field="looked_from_on", sentence="Say from which day to which day of the record you looked at."
        )
    elif case_audit.looked_to_on < case_audit.looked_from_on:
        yield Missing(field="looked_to_on", sentence="The last day you looked at lies before the first.")
    if case_audit.with_practitioner is None:
        yield Missing(
            field="with_practitioner", sentence="Say whether you looked at it with the practitioner."
        )
    if case_audit.reference and case_audit.family_contacted is None:
        yield Missing(field="family_contacted", sentence="Say whether you spoke with the family.")


def _of_section(case_audit: CaseAudit, section: Section, answers: Mapping[int, Answer]) -> Iterator[Missing]:
    said = [answers.get(one.pk) for one in section.questions]
    for place, (question, answer) in enumerate(zip(section.questions, said, strict=True), 1):
        if answer is None or not answer.answer:
            yield Missing(
                field=answer_field(question.pk), sentence=f"{section.title}: answer question {place}."
            )
        elif answer.answer in (Answer.Said.PARTLY, Answer.Said.NOT_MET) and not answer.narrative.strip():
            yield Missing(
                field=words_field(question.pk),
                sentence=f"{section.title}: say what you saw at question {place}: it is not met in full.",
            )
    applies = any(one is None or one.answer != Answer.Said.NA for one in said)
    if section.has_grade and applies and not case_audit.domain_grades.get(section.code):
        yield Missing(field=grade_field(section.code), sentence=f"{section.title}: give this domain a grade.")


def _of_the_child(case_audit: CaseAudit) -> Iterator[Missing]:
    if len(case_audit.lived_experience.strip()) < SHORTEST:
        yield Missing(
            field="lived_experience", sentence="Say in a sentence or two what it is like to be this child."
        )
    if not case_audit.judged_impact:
        yield Missing(field="judged_impact", sentence="Grade the impact on the child.")
    if len(case_audit.impact_text.strip()) < SHORTEST:
        yield Missing(
            field="impact_text", sentence="Say in a sentence or two what is better for the child, or is not."
        )
    if case_audit.is_unsafe is None:
        yield Missing(field="is_unsafe", sentence="Say whether the child is unsafe now.")
    elif case_audit.is_unsafe and case_audit.concern_id is None:
        yield Missing(
            field="is_unsafe",
            sentence="You say that the child is unsafe now: raise an immediate concern first.",
        )


def _of_the_whole(case_audit: CaseAudit) -> Iterator[Missing]:
    if not case_audit.judged_grade:
        yield Missing(field="judged_grade", sentence="Give the case audit a grade.")
    if len(case_audit.grade_text.strip()) < SHORTEST:
        yield Missing(field="grade_text", sentence="Say in a sentence or two why it is this grade.")
    if not case_audit.strengths.strip():
        yield Missing(field="strengths", sentence="Name at least one thing that was done well.")
    if not case_audit.to_improve.strip():
        yield Missing(field="to_improve", sentence="Name at least one thing that would make it better.")
