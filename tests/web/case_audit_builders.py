"""Case audits for tests: a pro forma, a programme, one handed out, what an auditor says of it."""

from datetime import date
from itertools import count

from goldenthread_web.accounts.children import reference
from goldenthread_web.case_audits import doing_services, handing_services, programme_services
from goldenthread_web.case_audits.doing_form import Said
from goldenthread_web.case_audits.models import CaseAudit, ProForma, ProFormaQuestion
from goldenthread_web.config.clock import now
from goldenthread_web.standards.models import Edition, Question, Standard
from tests.web.builders import a_person

_numbers = count(1)
C1, C2, C3, C4 = (reference(one) for one in ("c1", "c2", "c3", "c4"))
DOMAINS = ("assessment", "plan", "oversight", "childs_voice")
DUE, HANDED_OUT = date(2018, 1, 15), date(2018, 1, 2)


def an_edition(by):
    """An edition with one standard and one question for each of four domains, still a draft."""
    found = Edition.objects.first()
    if found is not None:
        return found
    edition = Edition.objects.create(number=1, drafted_by=by, drafted_at=now())
    for place, domain in enumerate(DOMAINS, 1):
        standard = Standard.objects.create(
            edition=edition,
            code=f"{domain}-1",
            domain=domain,
            position=place,
            section=domain,
            statement=f"Statement of {domain}.",
            inadequate="I",
            requires_improvement="R",
            good="G",
            outstanding="O",
        )
        Question.objects.create(
            standard=standard, code=f"{domain}-q", position=1, text=f"Is {domain} well done?"
        )
    return edition


def a_pro_forma(by=None, *, kind="full", is_published=True, cohorts=None):
    """A published pro forma with one question of each of four domains; `cohorts` of the last one."""
    maker = by or a_person("qa_lead")
    edition = an_edition(maker)
    made = ProForma.objects.create(
        code=f"pro-forma-{next(_numbers)}",
        title="Full case audit",
        kind=kind,
        edition=edition,
        made_by=maker,
        made_at=now(),
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
    if cohorts is not None:
        Question.objects.filter(code="childs_voice-q").update(cohorts=cohorts)
    if is_published:
        ProForma.objects.filter(pk=made.pk).update(published_by=maker, published_at=now())
        made.refresh_from_db()
    return made


def programme_words(pro_forma, **said):
    """What a programme says."""
    return {
        "title": "Monthly case audits",
        "theme": "",
        "kind": "full",
        "cycle": "monthly",
        "pro_forma": pro_forma,
        "cohorts": ["open_cases"],
        "size": 2,
        "days": 10,
        "starts_on": date(2017, 12, 1),
        "ends_on": None,
        "owner": "Head of quality assurance",
    } | said


def a_programme(by, auditors, **said):
    """A monthly programme that draws two children of every open case."""
    words = programme_words(said.pop("pro_forma", None) or a_pro_forma(by), **said)
    return programme_services.make_programme(auditors=auditors, by=by, **words)


def a_case_audit(by, auditor, child=C1, **said):
    """One case audit handed out for a reason."""
    values = {
        "kind": "full",
        "team": "FSP 1",
        "selection": "targeted",
        "selection_reason": "The case is about to close.",
        "due_on": DUE,
        "scheduled_on": HANDED_OUT,
        "reference": child,
        "cohort": "open_cases",
    } | said
    if "pro_forma" not in values:
        values["pro_forma"] = a_pro_forma(by, kind=values["kind"])
    return handing_services.hand_out(auditor=auditor, by=by, **values)


def everything(case_audit, *, answer="met", grade="good", domains="good", **own):
    """All that a case audit asks, said."""
    questions = ProFormaQuestion.objects.filter(pro_forma=case_audit.pro_forma)
    said = {
        "looked_from_on": date(2017, 6, 1),
        "looked_to_on": date(2017, 12, 31),
        "with_practitioner": True,
        "family_contacted": False,
        "lived_experience": "I am warm and fed, and nobody asks me how I am.",
        "judged_impact": "good",
        "impact_text": "School is every day now, and bedtimes are calm.",
        "is_unsafe": False,
        "judged_grade": grade,
        "grade_text": "The plan is clear and followed, and reviewed in time.",
        "strengths": "Visits with a purpose.",
        "to_improve": "The father is not part of the plan.",
        "reflection": "",
    } | own
    if not case_audit.reference:
        for name in ("family_contacted", "lived_experience", "judged_impact", "impact_text", "is_unsafe"):
            said.pop(name)
    return Said(
        own=said,
        answers={one.pk: (answer, "Seen in the plan of June.", "Plan, June") for one in questions},
        domain_grades={one.domain: domains for one in questions},
    )


def completed(case_audit, auditor, **said):
    """A case audit completed with everything said."""
    doing_services.save(
        case_audit, version=case_audit.version, said=everything(case_audit, **said), by=auditor
    )
    case_audit.refresh_from_db()
    return doing_services.complete(case_audit, version=case_audit.version, by=auditor)


def stored(case_audit) -> CaseAudit:
    """As the database has it now."""
    return CaseAudit.objects.get(pk=case_audit.pk)
