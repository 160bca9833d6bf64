"""Doing a case audit: kept, saved, held down by limits, refused while something is missing, kept for good."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404

from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.case_audits import doing_services as services
from goldenthread_web.case_audits.completing import missing
from goldenthread_web.case_audits.doing_form import Said
from goldenthread_web.case_audits.models import Answer, CaseAudit, ProFormaQuestion
from goldenthread_web.case_audits.sections import sections_of
from goldenthread_web.concerns.models import Concern
from goldenthread_web.extracts.children import index
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person
from tests.web.case_audit_builders import C1, a_case_audit, a_pro_forma, completed, everything, stored
from tests.web.morning import a_morning

pytestmark = pytest.mark.django_db
FEAR = "He is left alone at night, and tonight again."


@pytest.fixture(autouse=True)
def morning(settings, tmp_path):
    a_morning(settings, tmp_path)


@pytest.fixture
def lead():
    return a_person("qa_lead")


@pytest.fixture
def auditor():
    return a_person("auditor")


@pytest.fixture
def case_audit(lead, auditor):
    return a_case_audit(lead, auditor)


def saved(case_audit, by, **said):
    found = stored(case_audit)
    return services.save(found, version=found.version, said=everything(found, **said), by=by)


def lacking(case_audit):
    found = stored(case_audit)
    answers = {one.question_id: one for one in found.answers.all()}
    return {one.field: one.sentence for one in missing(found, sections_of(found), answers)}


def test_what_is_said_is_saved_whole_or_not(case_audit, auditor):
    services.save(
        case_audit,
        version=1,
        said=Said(own={"strengths": "Visits."}, answers={}, domain_grades={}),
        by=auditor,
    )
    found = stored(case_audit)
    assert (found.strengths, found.state, found.version, found.grade) == ("Visits.", "under_way", 2, "")
    assert found.begun_at is not None
    saved(case_audit, auditor, answer="partly")
    assert {one.answer for one in found.answers.all()} == {"partly"}
    saved(case_audit, auditor, answer="met")
    assert {one.answer for one in found.answers.all()} == {"met"} and found.answers.count() == 4
    event = Event.objects.filter(what="case_audit.saved").last()
    assert event.changes == {"answers": 4, "limits": []}


def test_limits_hold_the_grade_down_and_what_was_judged_is_kept(case_audit, auditor):
    found = saved(case_audit, auditor, grade="outstanding", domains="requires_improvement")
    assert (found.judged_grade, found.grade, found.limits) == ("outstanding", "good", ["weakest-domain"])
    found = saved(case_audit, auditor, judged_impact="good", is_unsafe=True)
    assert (found.judged_impact, found.impact, found.limits) == (
        "good",
        "requires_improvement",
        ["unsafe-now"],
    )


@pytest.mark.both_databases
def test_a_draft_is_kept_and_goes_with_what_is_saved(case_audit, auditor):
    def keep(text, follows, based_on=1):
        return services.keep_draft(
            case_audit, fields={"strengths": text}, based_on=based_on, follows=follows, by=auditor
        )

    first = keep("One", "")
    second = keep("One two", first.kept_at.isoformat())
    assert (second.pk, second.fields) == (first.pk, {"strengths": "One two"})
    # Another window that does not know of it overwrites nothing.
    with pytest.raises(SavedMeanwhile):
        keep("Three", "")
    with pytest.raises(SavedMeanwhile):
        keep("Three", first.kept_at.isoformat())
    said = everything(case_audit)
    services.save(case_audit, version=1, said=said, follows=first.kept_at.isoformat(), by=auditor)
    assert case_audit.drafts.get().fields == {"strengths": "One two"}  # of another window: it stays
    services.save(case_audit, version=2, said=said, follows=second.kept_at.isoformat(), by=auditor)
    assert not case_audit.drafts.exists()
    with pytest.raises(Refused, match="too long"):
        keep("x" * (services.MOST_KEPT + 1), "")
    keep("Again", "", based_on=3)
    services.drop_draft(case_audit, by=auditor)
    assert not case_audit.drafts.exists()
    kept = Event.objects.filter(what="case_audit.draft_kept")
    assert kept.count() == 3 and not any(one.changes for one in kept)  # never what was typed


@pytest.mark.both_databases
def test_48_two_windows_and_the_second_saves_nothing(case_audit, auditor):
    saved(case_audit, auditor)
    with pytest.raises(SavedMeanwhile):
        services.save(case_audit, version=1, said=everything(case_audit, strengths="Other"), by=auditor)
    with pytest.raises(SavedMeanwhile):
        services.complete(case_audit, version=1, by=auditor)
    assert stored(case_audit).strengths == "Visits with a purpose."


def test_only_its_auditor_writes(case_audit, lead):
    for write in (
        lambda: services.save(case_audit, version=1, said=everything(case_audit), by=lead),
        lambda: services.keep_draft(case_audit, fields={}, based_on=1, follows="", by=lead),
        lambda: services.complete(case_audit, version=1, by=lead),
        lambda: services.raise_concern(case_audit, text=FEAR, by=lead),
    ):
        with pytest.raises(Refused, match="another person"):
            write()
    with pytest.raises(NotAllowed):
        services.save(case_audit, version=1, said=everything(case_audit), by=a_person("social_worker"))


# what is said in place of everything | the field, a sentence about it
LACKING = [
    ({"looked_to_on": None}, "looked_from_on", "from which day to which"),
    ({"looked_to_on": date(2017, 5, 31)}, "looked_to_on", "lies before the first"),
    ({"with_practitioner": None}, "with_practitioner", "with the practitioner"),
    ({"family_contacted": None}, "family_contacted", "with the family"),
    ({"lived_experience": "He is well."}, "lived_experience", "what it is like to be this child"),
    ({"judged_impact": ""}, "judged_impact", "Grade the impact"),
    ({"impact_text": ""}, "impact_text", "what is better for the child"),
    ({"is_unsafe": None}, "is_unsafe", "whether the child is unsafe now"),
    ({"is_unsafe": True}, "is_unsafe", "raise an immediate concern first"),
    ({"judged_grade": ""}, "judged_grade", "a grade"),
    ({"grade_text": "Good."}, "grade_text", "why it is this grade"),
    ({"strengths": " "}, "strengths", "done well"),
    ({"to_improve": ""}, "to_improve", "make it better"),
]


@pytest.mark.parametrize(
    ("said", "field", "words"), LACKING, ids=[row[1] + "-" + row[2][:9] for row in LACKING]
)
def test_what_is_missing_is_said_at_its_field(case_audit, auditor, said, field, words):
    saved(case_audit, auditor, **said)
    assert list(lacking(case_audit)) == [field] and words in lacking(case_audit)[field]
    with pytest.raises(Refused, match=words):
        services.complete(case_audit, version=2, by=auditor)
    assert stored(case_audit).state == "under_way"


def test_answers_and_domains_that_are_missing(case_audit, auditor):
    everything_said = everything(case_audit)
    first, second, third, fourth = everything_said.answers
    said = Said(
        own=everything_said.own,
        answers={
            first: ("", "", ""),
            second: ("not_met", "", ""),
            third: ("na", "", ""),
            fourth: ("met", "", ""),
        },
        domain_grades={},
    )
    services.save(case_audit, version=1, said=said, by=auditor)
    assert lacking(case_audit) == {
        f"q{first}": "Assessment and analysis: answer question 1.",
        "grade_assessment": "Assessment and analysis: give this domain a grade.",
        f"q{second}_seen": "Plans and planning: say what you saw at question 1: it is not met in full.",
        "grade_plan": "Plans and planning: give this domain a grade.",
        "grade_childs_voice": "Child’s voice and lived experience: give this domain a grade.",
    }
    # A domain that does not apply needs no grade.
    assert "grade_oversight" not in lacking(case_audit)


def test_questions_for_other_children_are_not_asked(lead, auditor):
    pro_forma = a_pro_forma(lead, cohorts=["looked_after"])
    other = a_case_audit(lead, auditor, pro_forma=pro_forma, cohort="protection_plan")
    assert [section.code for section in sections_of(other)] == ["assessment", "plan", "oversight"]
    # Of all open cases, or of no group: the child may be looked after, and it can be said not to apply.
    for cohort in ("looked_after", "open_cases", ""):
        other.cohort = cohort
        assert len(sections_of(other)) == 4, cohort
    # What is completed asked what was answered, whatever such a child would be asked today.
    CaseAudit.objects.update(cohort="open_cases")
    done = completed(stored(other), auditor)
    assert len(sections_of(done)) == 4
    done.cohort = "protection_plan"
    assert len(sections_of(done)) == 4


def test_4_completed_it_is_closed_to_its_auditor_and_kept(case_audit, auditor):
    assert index().child(C1, child_scope(auditor)).child_id == "c1"
    found = completed(case_audit, auditor)
    assert (found.state, found.grade, found.completed_on) == ("completed", "good", date(2018, 1, 2))
    with pytest.raises(Http404):
        index().child(C1, child_scope(auditor))
    with pytest.raises(Refused, match="nothing of it changes"):
        saved(case_audit, auditor)
    event = Event.objects.get(what="case_audit.completed")
    assert event.changes == {"grade": "good", "judged": "good", "limits": []}
    assert Event.objects.filter(what="case_audit.followed").exists()


def test_a_day_on_which_it_is_not_completed(case_audit, auditor):
    saved(case_audit, auditor)
    for day in (date(2018, 1, 1), date(2018, 1, 3)):
        with pytest.raises(Refused, match="completed today"):
            services.complete(case_audit, version=2, completed_on=day, by=auditor)


@pytest.mark.both_databases
def test_the_database_keeps_the_first_grade(case_audit, auditor, lead):
    completed(case_audit, auditor)
    rows = CaseAudit.objects.filter(pk=case_audit.pk)
    for change in (
        {"grade": "outstanding"},
        {"judged_grade": "outstanding"},
        {"state": "under_way"},
        {"lived_experience": "Other."},
        {"limits": ["open-concern"]},
        {"auditor": lead},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        case_audit.answers.update(answer="not_met")
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.filter(case_audit=case_audit).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete(rows.db)
    # What follows stands beside it.
    rows.update(moderated_grade="requires_improvement", moderated_on=date(2018, 1, 2))
    found = stored(case_audit)
    assert (found.grade, found.final_grade) == ("good", "requires_improvement")
    found.closed_on = date(2018, 1, 2)
    found.save()  # every column as it was: nothing that is kept changes


@pytest.mark.both_databases
def test_the_database_wants_the_child_in_it(case_audit):
    """Whoever goes past the services completes nothing without the child's experience."""
    values = {"state": "completed", "grade": "good", "completed_on": date(2018, 1, 2)}
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseAudit.objects.filter(pk=case_audit.pk).update(**values)


def test_an_immediate_concern_is_tied_to_it_and_makes_it_inadequate(case_audit, auditor):
    saved(case_audit, auditor)
    made = services.raise_concern(stored(case_audit), text=FEAR, by=auditor)
    found = stored(case_audit)
    assert (found.concern, found.grade, found.limits) == (made, "inadequate", ["open-concern"])
    assert (made.reference, made.source, made.source_ref) == (C1, "case_audit", found.ref)
    assert found.version == 2  # what was typed meanwhile still goes on from it
    event = Event.objects.get(what="case_audit.concern_raised")
    assert event.changes == {"concern": made.ref}
    with pytest.raises(Refused, match="has been raised"):
        services.raise_concern(stored(case_audit), text=FEAR, by=auditor)
    found = completed(stored(case_audit), auditor, is_unsafe=True)
    assert (found.grade, found.judged_grade) == ("inadequate", "good")
    assert found.limits == ["unsafe-now", "open-concern"]


def test_a_concern_that_somebody_else_raised_counts_too(case_audit, auditor, lead):
    from goldenthread_web.concerns.services import raise_concern

    raise_concern(C1, team="FSP 1", source=Concern.Source.OTHER, text=FEAR, by=lead)
    assert saved(case_audit, auditor).limits == ["open-concern"]


def test_what_is_about_no_child(lead, auditor):
    file = a_case_audit(lead, auditor, kind="supervision_file", reference="", about="File of a social worker")
    with pytest.raises(Refused, match="about no child"):
        services.raise_concern(file, text=FEAR, by=auditor)
    found = completed(file, auditor)
    assert (found.state, found.impact, found.lived_experience) == ("completed", "", "")
    assert not ProFormaQuestion.objects.exclude(standard__isnull=False).exists()
