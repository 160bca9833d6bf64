"""What does one case audit ask? The questions of its pro forma that concern its child, by domain."""

from dataclasses import dataclass

from goldenthread_web.case_audits.models import CaseAudit, ProFormaQuestion
from goldenthread_web.standards.domains import domains, impact
from goldenthread_web.standards.queries import is_asked_of


@dataclass(frozen=True, kw_only=True)
class Section:
    """One domain with its questions."""

    code: str
    title: str
    about: str
    questions: tuple[ProFormaQuestion, ...]

    @property
    def has_grade(self) -> bool:
        """Whether it has a grade of its own: the impact on the child is graded for the whole."""
        return self.code != impact().code


def sections_of(case_audit: CaseAudit) -> list[Section]:
    """The domains that its pro forma asks about, in the order of the standards. One query.

    What a completed one asked is what was answered, whatever would be asked of such a child today.
    """
    found = ProFormaQuestion.objects.filter(pro_forma=case_audit.pro_forma_id)
    found = found.select_related("standard", "question")
    if case_audit.state == CaseAudit.State.COMPLETED:
        answered = case_audit.answers.exclude(answer="")
        asked = list(found.filter(pk__in=answered.values("question")))
    else:
        asked = [one for one in found if concerns(one, case_audit.cohort)]
    known = [*domains().values(), impact()]
    sections = [
        Section(
            code=domain.code,
            title=domain.title,
            about=domain.about,
            questions=tuple(one for one in asked if one.domain == domain.code),
        )
        for domain in known
    ]
    return [section for section in sections if section.questions]


def concerns(question: ProFormaQuestion, cohort: str) -> bool:
    """Whether a question concerns a child of a cohort: one of the library may be for some children only."""
    if question.question is None or not cohort:
        return True
    return is_asked_of(question.question.cohorts, [cohort])
