"""The review of every case of a service: frozen, handed out, reviewed, left before, closed, counted."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from goldenthread.standard import code_labels, table
from goldenthread_web.accounts import restriction_services
from goldenthread_web.accounts.demo import DOMAIN
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.accounts.roles import roles
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.case_reviews import leaving, progress, queries, services, standard_rows
from goldenthread_web.case_reviews.management.commands.make_demo_case_reviews import SEED
from goldenthread_web.case_reviews.models import Case, Exercise
from goldenthread_web.case_reviews.review_form import form_of_today, kept_form
from goldenthread_web.concerns.models import Concern
from goldenthread_web.sampling import cohorts
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person, a_unit
from tests.web.sampling_builders import a_council, a_lead, ref

pytestmark = pytest.mark.django_db
WHY = "Inspectors found children whom nobody had in mind."
ANSWERS = dict.fromkeys(form_of_today().questions, "yes")
REVIEW = {"answers": ANSWERS, "outcome": "remains", "text": "The plan works and the child is seen."}


@pytest.fixture(autouse=True)
def council(settings, tmp_path):
    return a_council(settings, tmp_path)


@pytest.fixture
def lead():
    return a_lead()


@pytest.fixture
def auditor():
    return a_person("auditor")


def an_exercise(by, **said) -> Exercise:
    asked = {
        "title": "Every case of family support",
        "why": WHY,
        "cohort": "open_cases",
        "teams": ("FSP 1", "FSP 2"),
        "frozen_on": date(2017, 12, 1),
        "due_on": date(2018, 2, 1),
    }
    return services.begin_exercise(**asked | said, by=by)


def reviewed(case, by, **said):
    case.refresh_from_db()
    return services.save_review(case, version=case.version, **REVIEW | {"is_done": True} | said, by=by)


def gone(monkeypatch, *numbers):
    """Let these children have no open case any more."""
    everybody = cohorts.candidates
    refs = {ref(number) for number in numbers}

    def without(code, on, **kwargs):
        if code == leaving.CLOSED:
            return [one for one in everybody("open_cases", on) if one.reference == ref(numbers[0])]
        return [one for one in everybody(code, on, **kwargs) if one.reference not in refs]

    monkeypatch.setattr(leaving.cohorts, "candidates", without)


def test_every_case_of_a_day_is_in_it(lead):
    found = an_exercise(lead)
    assert (found.ref, found.cases.count(), found.sample.population) == ("R1", 27, 27)
    assert found.sample.size_rule == "Every one" and found.form == form_of_today().as_json()
    event = Event.objects.get(what="case_review.begun")
    assert event.changes == {"cohort": "open_cases", "cases": 27}
    assert an_exercise(lead, teams=()).ref == "R2"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"title": " "}, "what it is called"),
        ({"why": "So."}, "why every case"),
        ({"due_on": date(2017, 12, 1)}, "after the day on which it begins"),
        ({"teams": ("Nobody's",)}, "nobody to choose from"),
    ],
)
def test_an_exercise_that_cannot_be_is_refused(lead, said, sentence):
    with pytest.raises(Refused, match=sentence):
        an_exercise(lead, **said)
    assert not Exercise.objects.exists()


def test_16_a_restricted_child_is_no_case_of_it(lead):
    head = a_person("head_of_service")
    restriction_services.propose_restriction(ref(3), reason="adoption", viewers=[head], by=head)
    found = an_exercise(lead)
    assert found.cases.count() == 26 and not found.cases.filter(child__reference=ref(3)).exists()


def test_only_who_leads_begins_and_hands_out(lead, auditor):
    with pytest.raises(NotAllowed):
        an_exercise(auditor)
    with pytest.raises(NotAllowed):
        services.hand_out(an_exercise(lead), reviewer=auditor, number=1, by=auditor)


def test_cases_are_handed_out_and_none_of_their_own(lead, auditor):
    found = an_exercise(lead)
    manager = a_person("team_manager", unit=a_unit("FSP 1"))
    assert services.hand_out(found, reviewer=manager, number=100, by=lead) == 9  # those of FSP 2
    assert services.hand_out(found, reviewer=auditor, number=5, teams=("FSP 1",), by=lead) == 5
    assert len(child_scope(auditor).references) == 5
    assert {one.child.team for one in queries.with_person(auditor)} == {"FSP 1"}
    with pytest.raises(Refused, match="no case for them here"):
        services.hand_out(found, reviewer=manager, number=5, by=lead)
    with pytest.raises(Refused, match="at least one"):
        services.hand_out(found, reviewer=auditor, number=0, by=lead)
    assert services.take_cases_back(found, reviewer=auditor, by=lead) == 5
    assert not child_scope(auditor).references and not queries.with_person(auditor)
    with pytest.raises(Refused, match="no case of this exercise"):
        services.take_cases_back(found, reviewer=auditor, by=lead)


@pytest.fixture
def cases(lead, auditor):
    found = an_exercise(lead)
    services.hand_out(found, reviewer=auditor, number=6, by=lead)
    return list(queries.with_person(auditor))


def test_a_case_is_saved_then_finished(cases, auditor):
    one = cases[0]
    services.save_review(
        one, version=1, answers={"seen": "yes"}, outcome="", text="", is_done=False, by=auditor
    )
    one.refresh_from_db()
    assert one.answers == {"seen": "yes"} and one.saved_at and one.reviewed_on is None
    with pytest.raises(SavedMeanwhile):
        services.save_review(one, version=1, **REVIEW, is_done=True, by=auditor)
    reviewed(one, auditor)
    one.refresh_from_db()
    assert (one.outcome, one.reviewed_on) == ("remains", date(2018, 1, 2))
    assert one.child.reference not in child_scope(auditor).references
    with pytest.raises(Refused, match="reviewed: nothing"):
        reviewed(one, auditor)
    event = Event.objects.filter(what="case_review.finished").get()
    assert event.changes == {"outcome": "remains", "answers": 6}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"answers": {"seen": "yes"}}, "every question"),
        ({"answers": {"sleeps": "yes"}}, "one of the answers"),
        ({"answers": ANSWERS | {"seen": "perhaps"}}, "one of the answers"),
        ({"outcome": ""}, "Choose an outcome"),
        ({"outcome": "celebrate"}, "one of the outcomes"),
        ({"text": "So."}, "in a sentence why"),
    ],
)
def test_a_review_that_is_none_is_refused(cases, auditor, said, sentence):
    with pytest.raises(Refused, match=sentence):
        reviewed(cases[0], auditor, **said)


def test_4_only_whoever_has_the_case_reviews_it(cases, lead):
    for other in (a_person("auditor"), lead):
        with pytest.raises(Refused, match="handed to somebody else"):
            reviewed(cases[0], other)


def test_an_immediate_concern_tells_whoever_answers_at_once(cases, auditor):
    one = cases[0]
    said = {"outcome": "concern", "is_done": False}
    with pytest.raises(Refused, match="fear for the child"):
        reviewed(one, auditor, **said)
    text = "Nobody has seen the child for ten weeks and a neighbour rang twice."
    reviewed(one, auditor, **said, concern_text=text)
    reviewed(one, auditor, outcome="concern", concern_text=text)  # told once
    made = Concern.objects.get()
    assert (made.source, made.source_ref, made.reference) == ("case_review", "R1", one.child.reference)
    one.refresh_from_db()
    assert one.concern == made
    far = progress.progress_of([one.exercise])[one.exercise.pk]
    assert far.concerns == 1 and far.outcomes["concern"] == 1


def test_who_leaves_before_is_no_longer_to_be_reviewed(cases, auditor, lead, monkeypatch):
    found = cases[0].exercise
    reviewed(cases[0], auditor)
    by_reference = {ref(number): number for number in range(1, 31)}
    leaving_numbers = [by_reference[one.child.reference] for one in (cases[1], cases[0])]
    gone(monkeypatch, *leaving_numbers)
    assert services.note_who_left(found, by=lead) == 1
    left = Case.objects.get(pk=cases[1].pk)
    assert left.left_on == found.frozen_on  # it closed before, by its record: not before it was frozen
    assert cases[1].child.reference not in child_scope(auditor).references
    cases[0].refresh_from_db()
    assert cases[0].left_on is None  # reviewed is reviewed
    with pytest.raises(Refused, match="no open case any more"):
        reviewed(cases[1], auditor)
    found.refresh_from_db()
    assert found.compared_on == date(2018, 1, 2)
    far = progress.progress_of([found])[found.pk].total
    assert (far.cases, far.left, far.to_review, far.reviewed, far.handed, far.waiting) == (
        27,
        1,
        26,
        1,
        4,
        21,
    )


def test_a_closing_that_nobody_recorded_is_seen_as_on_the_day_of_the_load(lead, monkeypatch):
    gone(monkeypatch, 5, 6)
    found = leaving.left_since([ref(5), ref(6), ref(7)], date(2018, 1, 2))
    assert found[ref(6)] == date(2017, 12, 31) and set(found) == {ref(5), ref(6)}
    assert leaving.left_since([ref(7)], date(2018, 1, 2)) == {}


def test_it_is_closed_with_words(cases, auditor, lead):
    found = cases[0].exercise
    with pytest.raises(Refused, match="what became of the cases"):
        services.close_exercise(found, version=1, found="", by=lead)
    services.close_exercise(found, version=1, found="Most were in order; 27 were not looked at.", by=lead)
    assert not child_scope(auditor).references
    assert Event.objects.get(what="case_review.closed").changes == {"not_reviewed": 27}
    for write in (
        lambda: reviewed(cases[0], auditor),
        lambda: services.note_who_left(Exercise.objects.get(), by=lead),
        lambda: services.hand_out(Exercise.objects.get(), reviewer=auditor, number=1, by=lead),
    ):
        with pytest.raises(Refused, match="R1 is closed"):
            write()


def test_what_was_asked_stays_what_it_was(lead):
    found = an_exercise(lead)
    found.form["questions"] = {"seen": "Was the child seen?"}
    found.save()
    assert list(kept_form(Exercise.objects.get().form).questions) == ["seen"]


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "wrong",
    [
        {"reviewed_on": date(2018, 1, 2)},
        {"reviewed_on": date(2018, 1, 2), "left_on": date(2018, 1, 2), "outcome": "remains"},
    ],
)
def test_the_database_knows_what_cannot_be(cases, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=cases[0].pk).update(**wrong)


def test_the_progress_is_that_of_the_figure(cases, auditor, lead):
    for one in cases[:4]:
        reviewed(one, auditor, outcome="close" if one == cases[0] else "remains")
    far = progress.progress_of(Exercise.objects.all())[cases[0].exercise_id]
    assert far.total.percent == pytest.approx(100 * 4 / 27)
    assert sum(one.cases for one in far.teams) == far.total.cases == 27
    assert (far.outcomes["close"], far.outcomes["remains"]) == (1, 3)
    [one] = progress.with_reviewers(cases[0].exercise)
    assert (one.handed, one.reviewed, one.open) == (6, 4, 2)


def test_whoever_sees_no_small_numbers_reads_none(cases, auditor):
    for one in cases[:4]:
        reviewed(one, auditor)
    far = progress.progress_of(Exercise.objects.all())[cases[0].exercise_id]
    total, *teams = progress.shown(far, is_public_view=True)
    assert (total.reviewed, total.percent) == ("c", "c")
    assert {one.reviewed for one in teams} <= {"c", "0"} and "c" in {one.reviewed for one in teams}
    assert dict(progress.outcomes_said(far, is_public_view=True))["Remains as it is"] is None
    assert progress.concerns_said(far, is_public_view=True) == "0"
    whole, *_ = progress.shown(far, is_public_view=False)
    assert (whole.cases, whole.reviewed, whole.percent) == ("27", "4", "15%")


def test_the_demonstration_reviewed_family_support_in_summer(capsys):
    for role in roles():
        a_person(role, email=f"{role.replace('_', '-')}@{DOMAIN}")
    call_command("make_demo_case_reviews")
    assert "26 of 27 cases reviewed." in capsys.readouterr().out
    found = Exercise.objects.get()
    assert set(found.sample.teams) == {"FSP 1", "FSP 2"}
    assert found.sample.seed == SEED, "told again, it is the same story"
    [rest] = found.cases.filter(reviewed_on=None)
    assert rest.reviewer.role == "auditor" and rest.child.reference in child_scope(rest.reviewer).references
    raised = Concern.objects.filter(source="case_review")
    assert len(raised) == 2 and all(one.resolved_at and one.resolved_by != one.raised_by for one in raised)
    call_command("make_demo_case_reviews")
    assert "nothing was changed" in capsys.readouterr().out


def test_the_demonstration_without_a_load_reviews_nobody(settings, tmp_path, capsys):
    settings.INSTALLATION = replace(settings.INSTALLATION, store=tmp_path / "none")
    call_command("make_demo_case_reviews")
    assert "Nothing is loaded" in capsys.readouterr().out and not Exercise.objects.exists()


def test_rows_fit_the_tables_of_the_standard(cases, auditor):
    reviewed(cases[0], auditor)
    cohort = list(standard_rows.case_review_cohorts())
    audits = list(standard_rows.audits())
    assert len(cohort) == 27 and len(audits) == 6
    assert {one["kind"] for one in audits} <= set(code_labels("audit_kind"))
    assert [one["completed_on"] for one in audits].count(None) == 5
    for name, rows in (("case_review_cohorts", cohort), ("audits", audits)):
        columns = {"reference" if c.name == "child_id" else c.name for c in table(name).columns}
        assert all(set(one) == columns for one in rows)
