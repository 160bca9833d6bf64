"""Case audits for tests of what follows them, with pro forma and standards; only what matters is said."""

from datetime import UTC, date, datetime

from django.utils import timezone

from goldenthread_web.case_audits.models import (
    Answer,
    CaseAudit,
    ProForma,
    ProFormaQuestion,
    Round,
)
from goldenthread_web.case_audits.models.planning import AuditProgramme
from goldenthread_web.standards.models import Edition, Question, Standard
from goldenthread_web.trail.references import next_ref
from tests.web.builders import a_person, a_unit

TODAY = date(2018, 1, 2)
DONE_ON = date(2017, 11, 20)  # a Monday
_STANDARDS = {"plan-says-who": "plan", "childs-words": "childs_voice"}


def an_edition(by):
    """The edition of the standards in force, with two standards and a question for each."""
    found = Edition.objects.first()
    if found is not None:
        return found
    # Its standards are written while it is a draft: afterwards the database keeps them.
    made = Edition.objects.create(number=1, drafted_by=by, drafted_at=timezone.now())
    for place, (code, domain) in enumerate(_STANDARDS.items(), 1):
        standard = Standard.objects.create(
            edition=made,
            code=code,
            domain=domain,
            position=place,
            section="Section",
            statement=f"Statement of {code}.",
            inadequate="i",
            requires_improvement="r",
            good="g",
            outstanding="o",
            tags=["smart_plan"] if domain == "plan" else ["childs_voice"],
        )
        Question.objects.create(standard=standard, code=f"{code}-1", position=1, text=f"Is {code} met?")
    return made


def a_pro_forma(by=None):
    """A published pro forma with a question for each standard."""
    found = ProForma.objects.first()
    if found is not None:
        return found
    by = by or a_person("programme_manager")
    edition = an_edition(by)
    made = ProForma.objects.create(
        code="full", title="Full case audit", kind="full", edition=edition, made_by=by, made_at=timezone.now()
    )
    for place, question in enumerate(Question.objects.filter(standard__edition=edition), 1):
        ProFormaQuestion.objects.create(
            pro_forma=made,
            position=place,
            domain=question.standard.domain,
            text=question.text,
            standard=question.standard,
            question=question,
        )
    made.published_by, made.published_at = by, timezone.now()
    made.save()
    return made


def a_programme(*auditors, by=None, **values):
    """A programme with these auditors."""
    by = by or a_person("programme_manager")
    said = {
        "title": "Case audits of every month",
        "kind": "full",
        "cycle": "monthly",
        "pro_forma": a_pro_forma(by),
        "cohorts": ["open_cases"],
        "size": 10,
        "days": 15,
        "starts_on": date(2017, 8, 1),
        "owner": "Quality assurance lead",
        "made_by": by,
        "made_at": timezone.now(),
    }
    made = AuditProgramme.objects.create(**said | values)
    made.auditors.set(auditors)
    return made


def a_round(programme=None, *, starts_on=date(2017, 10, 2), due_on=date(2017, 10, 23)):
    """A round of a programme."""
    of = programme or a_programme()
    return Round.objects.create(
        programme=of, number=of.rounds.count() + 1, starts_on=starts_on, due_on=due_on
    )


def a_case_audit(grade="good", *, auditor=None, answers=("met", "met"), state="completed", **values):
    """A case audit, completed with a grade and its answers unless another state is named."""
    auditor = auditor or a_person("team_manager", unit=a_unit("FSP 9"))
    done_on = values.pop("completed_on", DONE_ON)
    said = {
        "ref": next_ref(CaseAudit, "A"),
        "kind": "full",
        "pro_forma": a_pro_forma(),
        "reference": "",
        "team": "FSP 1",
        "selection": "random",
        "auditor": auditor,
        "scheduled_on": date(2017, 11, 1) if done_on >= date(2017, 11, 1) else done_on,
        "due_on": max(done_on, date(2017, 11, 24)),
        "state": "under_way",
        "lived_experience": "Waiting is long for a child of four.",
        "impact": grade,
        "is_unsafe": False,
        "grade": grade,
        "judged_grade": grade,
        "grade_text": "What the first grade rests on.",
        "domain_grades": {"assessment": grade, "plan": grade, "oversight": grade},
        "strengths": "The plan is clear.",
        "to_improve": "The plan is late.",
    }
    made = CaseAudit.objects.create(**said | values)
    for question, answer in zip(made.pro_forma.questions.all(), answers, strict=False):
        Answer.objects.create(case_audit=made, question=question, answer=answer, narrative="Seen.")
    if state == "completed":
        made.state, made.completed_on, made.completed_at = state, done_on, a_moment(done_on)
    else:
        made.state = state
    made.save()
    return made


def a_moment(day):
    """Noon of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
