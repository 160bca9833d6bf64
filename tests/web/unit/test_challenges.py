"""Services and queries of challenges: stages and their clock, who sees what, and what the results come to."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404

from goldenthread.calendar import add_working_days
from goldenthread.standard import code_labels, standard_tables
from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.accounts.scopes import scope_or_none
from goldenthread_web.challenges import jobs, queries, raising_services, services, standard_rows
from goldenthread_web.challenges.models import Challenge
from goldenthread_web.challenges.raising_services import Raised
from goldenthread_web.challenges.results import results
from goldenthread_web.challenges.rules import choices, due_at, due_in_all, rules, stage_after, stages
from goldenthread_web.extracts.children import index
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person, a_unit
from tests.web.supervised import a_council, a_manager, restricted

pytestmark = pytest.mark.django_db
RAISED = date(2017, 11, 7)  # a Tuesday
TEXT = "The plan says nothing of the child’s day."


@pytest.fixture(autouse=True)
def council(settings, tmp_path):
    return a_council(settings, tmp_path)


@pytest.fixture
def officer():
    return a_person("iro", worker_id="W9")


def child(number="c1"):
    return index().by_reference[reference(number)]


def a_challenge(by, number="c1", *, raised_on=RAISED, **said):
    words = {
        "raised_as": "iro",
        "concern_type": "plan",
        "theme": "care_plan",
        "text": TEXT,
        "wanted": "A plan that begins with the child’s day.",
        "childs_view": "Says that mornings are the worst.",
        "no_view_because": "",
    }
    how = {name: said.pop(name) for name in ("stage", "left_out_because") if name in said}
    raised = Raised(**words | said)
    return raising_services.raise_challenge(child(number), raised, raised_on=raised_on, **how, by=by)


def answered(challenge, by, on=date(2017, 11, 9), **said):
    challenge.refresh_from_db()
    words = {"position": "agreed", "text": "You are right about it.", "will_do": "We rewrite it this week."}
    return services.answer_challenge(
        challenge, version=challenge.version, answered_on=on, by=by, **words | said
    )


def escalated(challenge, by, stage, on, reason="The answer changes nothing for the child."):
    challenge.refresh_from_db()
    return services.escalate(
        challenge, version=challenge.version, stage=stage, reason=reason, escalated_on=on, by=by
    )


def resolved(challenge, by, on, outcome="upheld"):
    challenge.refresh_from_db()
    return services.resolve(
        challenge,
        version=challenge.version,
        outcome=outcome,
        text="The plan was rewritten.",
        resolved_on=on,
        by=by,
    )


def test_all_stages_together_take_no_longer_than_the_total():
    assert sum(one.working_days for one in stages().values()) <= rules()["total_working_days"] == 20
    assert list(stages()) == ["informal", "1", "2", "3", "4"] and stage_after("4") is None
    assert {one.code for one in stages().values()} <= set(code_labels("escalation_stage"))
    assert set(choices("raised_by")) <= set(code_labels("raised_by"))
    assert all(len(code) <= 20 for of in ("themes", "concern_types", "outcomes") for code in choices(of))


def test_a_stage_is_never_due_after_the_whole():
    assert due_at("informal", RAISED, RAISED) == date(2017, 11, 10)
    assert due_in_all(RAISED) == date(2017, 12, 5)
    assert due_at("4", date(2017, 12, 4), RAISED) == date(2017, 12, 5)
    assert due_in_all(date(2017, 12, 15)) == date(2018, 1, 17), "over Christmas and New Year"


def test_a_challenge_is_raised(officer):
    made = a_challenge(officer)
    assert (made.ref, made.team, made.worker_id, made.stage) == ("R1", "FSP 1", "W1", "informal")
    assert (made.stage_due_on, made.due_on) == (date(2017, 11, 10), date(2017, 12, 5))
    assert made.steps.get().why == "raised"
    event = Event.objects.get(what="case_challenge.raised")
    assert (event.about_kind, event.about_key) == ("case_challenge", "R1")
    assert event.changes == {"theme": "care_plan", "stage": "informal"}
    assert TEXT not in str(list(Event.objects.values()))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"text": "Bad"}, "what is wrong"),
        ({"wanted": ""}, "what you ask for"),
        ({"childs_view": "", "no_view_because": ""}, "what the child says"),
        ({"theme": "weather"}, "one of the words"),
        ({"stage": "2"}, "why stages are left out"),
        ({"stage": "5"}, "Choose a stage"),
        ({"raised_on": date(2018, 1, 3)}, "lies ahead"),
    ],
)
def test_a_challenge_is_refused(officer, said, sentence):
    with pytest.raises(Refused, match=sentence):
        a_challenge(officer, **said)
    assert not Challenge.objects.exists()


def test_one_challenges_for_the_children_one_chairs(officer):
    with pytest.raises(Http404):
        a_challenge(officer, "c3")
    with pytest.raises(NotAllowed):
        a_challenge(a_manager())
    restricted("c1")
    with pytest.raises(Http404):
        a_challenge(officer)
    assert [one.child_id for one in queries.chaired_by(officer)] == ["c4"]


def test_a_stage_may_be_left_out_with_the_reason(officer):
    made = a_challenge(officer, stage="2", left_out_because="The team manager has no say over it.")
    assert made.steps.get().stages_left_out == ["informal", "1"]
    step = escalated(made, officer, "4", date(2017, 11, 8))
    assert (step.stages_left_out, step.due_on) == (["3"], date(2017, 11, 15))
    with pytest.raises(Refused, match="above the one"):
        escalated(made, officer, "4", date(2017, 11, 9))


def test_answers_come_from_whose_stage_it_is(officer):
    made = a_challenge(officer)
    manager, service = a_manager(), a_person("service_manager")
    with pytest.raises(Refused, match="not for you"):
        answered(made, a_manager("FSP 2"))
    with pytest.raises(NotAllowed):
        answered(made, officer)
    with pytest.raises(Refused, match="what is done about it"):
        answered(made, manager, will_do="")
    answered(made, manager)
    escalated(made, officer, "2", date(2017, 11, 10))
    with pytest.raises(Refused, match="Stage 2"):
        answered(made, manager, date(2017, 11, 13))
    with pytest.raises(Refused, match="on 10 November 2017"):
        answered(made, service, date(2017, 11, 9))
    answered(made, service, date(2017, 11, 13), position="not_agreed", will_do="")
    found = queries.challenges().get()
    assert [one.stage for one in queries.history(found).answers] == ["informal", "2"]
    assert queries.standing(found, date(2017, 11, 13)).is_answered
    assert Event.objects.filter(what="case_challenge.answered").count() == 2


def test_only_what_is_withdrawn_ends_without_an_answer(officer):
    made = a_challenge(officer)
    with pytest.raises(Refused, match="Nobody has answered yet"):
        resolved(made, officer, date(2017, 11, 9))
    resolved(made, officer, date(2017, 11, 9), "withdrawn")
    with pytest.raises(Refused, match="is resolved"):
        answered(made, a_manager())
    other = a_challenge(officer)
    answered(other, a_manager())
    with pytest.raises(Refused, match="Only whoever raised it"):
        resolved(other, a_person("iro", worker_id="W8"), date(2017, 11, 10))
    resolved(other, a_person("iro", worker_id="W9"), date(2017, 11, 10))  # who chairs the child now
    assert Event.objects.filter(what="case_challenge.resolved").count() == 2


def test_the_clock_takes_it_further_where_nobody_answers(officer, monkeypatch):
    made = a_challenge(officer)
    monkeypatch.setattr(jobs, "today", lambda: date(2017, 11, 10))
    jobs.escalate(by=None)
    made.refresh_from_db()
    assert made.stage == "informal", "the day itself is in time"
    for on, stage in ((date(2017, 11, 13), "1"), (date(2017, 11, 14), "1"), (date(2017, 11, 17), "2")):
        monkeypatch.setattr(jobs, "today", lambda on=on: on)
        jobs.escalate(by=None)
        made.refresh_from_db()
        assert made.stage == stage, on
    step = made.steps.last()
    assert (step.why, step.entered_by) == ("clock", None)
    answered(made, a_person("service_manager"), date(2017, 11, 17))
    monkeypatch.setattr(jobs, "today", lambda: date(2017, 12, 29))
    jobs.escalate(by=None)
    made.refresh_from_db()
    assert made.stage == "2", "it was answered"
    with pytest.raises(Refused, match="answered in time"):
        services.escalate_by_clock(made, on=date(2017, 12, 29), by=None)


def test_beyond_the_whole_it_goes_up_day_by_day_to_the_director(officer, monkeypatch):
    made = a_challenge(officer)
    on = date(2017, 12, 6)
    for stage in ("1", "2", "3", "4", "4"):
        monkeypatch.setattr(jobs, "today", lambda on=on: on)
        jobs.escalate(by=None)
        made.refresh_from_db()
        assert made.stage == stage
        on = add_working_days(on, 1)


def test_cafcass_at_any_stage_and_once(officer):
    made = a_challenge(officer)
    said = {"reason": "The child’s rights are at stake.", "referred_on": date(2017, 11, 8), "by": officer}
    services.refer_to_cafcass(made, version=1, **said)
    with pytest.raises(Refused, match="before"):
        services.refer_to_cafcass(made, version=2, **said)
    with pytest.raises(SavedMeanwhile):
        services.refer_to_cafcass(made, version=1, **said)
    assert Event.objects.get(what="case_challenge.referred").about_key == "R1"


def test_the_childs_record_is_ticked_once(officer):
    made = a_challenge(officer)
    with pytest.raises(NotAllowed):
        services.mark_on_file(made, version=1, by=a_manager())
    services.mark_on_file(made, version=1, by=officer)
    with pytest.raises(Refused, match="before"):
        services.mark_on_file(made, version=2, by=officer)
    made.refresh_from_db()
    assert made.on_file_by == officer and Event.objects.get(what="case_challenge.on_file")


def test_who_sees_which(officer):
    mine = a_challenge(officer)
    theirs = a_challenge(officer, "c4")
    elsewhere = a_person("service_manager", unit=a_unit("Front Door", kind="service"))
    for person, seen in (
        (officer, [theirs, mine]),
        (a_person("iro", worker_id="W9"), [theirs, mine]),
        (a_person("iro", worker_id="W8"), []),
        (a_manager(), [mine]),
        (a_manager("FSP 2"), [theirs]),
        (a_person("service_manager"), [theirs, mine]),
        (elsewhere, []),
        (a_person("qa_lead"), [theirs, mine]),
        (a_person("director"), [theirs, mine]),
        (a_person("programme_manager"), []),
    ):
        assert list(queries.visible_to(person)) == seen, person.role
    restricted("c1")
    for person in (officer, a_manager(), a_person("qa_lead"), a_person("service_manager")):
        assert mine not in queries.visible_to(person), person.role


def good(person):
    return list(queries.good_practice(scope_or_none(person), person))


def test_good_practice_is_noted_and_is_no_challenge(officer):
    said = {"theme": "voice", "noted_on": RAISED, "by": officer}
    with pytest.raises(Refused, match="what was done well"):
        raising_services.note_good_practice(child(), text="Good", **said)
    made = raising_services.note_good_practice(child(), text="Drawings told of a good and a bad day.", **said)
    assert (made.team, good(a_manager())) == ("FSP 1", [made])
    assert good(a_manager("FSP 2")) == []
    assert list(standard_rows.escalations()) == []
    assert Event.objects.get(what="good_practice.noted").changes == {"theme": "voice"}


def test_results_by_theme_team_and_quarter(officer):
    manager = a_manager()
    one, two = a_challenge(officer), a_challenge(officer, "c4", theme="drift")
    three = a_challenge(officer, theme="drift", raised_on=date(2017, 12, 20))
    answered(one, manager)
    answered(two, a_manager("FSP 2"))
    resolved(one, officer, date(2017, 12, 5))
    resolved(two, officer, date(2017, 12, 6), "not_upheld")
    found = results(a_person("qa_lead"), date(2017, 9, 1), date(2018, 1, 2))
    assert (found.whole.raised, found.whole.resolved) == (3, 2)
    assert (found.whole.in_time, found.whole.judged) == (1, 2), "day 20 is in time, day 21 is not"
    assert (found.whole.upheld, found.whole.decided) == (1, 2)
    assert [(row.name, row.raised) for row in found.themes][0] == ("Drift and delay", 2)
    assert {(row.name, row.raised) for row in found.teams} == {("FSP 1", 2), ("FSP 2", 1)}
    assert [row.raised for row in found.quarters] == [0, 3, 0] and three.is_open
    only = results(manager, date(2017, 9, 1), date(2018, 1, 2))
    assert only.whole.raised == 2


def test_small_numbers_are_hidden_from_whoever_sees_no_child(officer):
    for number in range(7):
        a_challenge(officer, "c1" if number else "c4", theme="drift" if number < 2 else "care_plan")
    found = results(a_person("programme_manager"), date(2017, 9, 1), date(2018, 1, 2))
    assert found.is_hidden and found.whole.in_time is None
    assert {row.name: row.raised for row in found.teams} == {"FSP 1": None, "FSP 2": None}
    assert {row.raised for row in found.themes} == {None}


def test_16_a_restricted_child_is_not_counted(officer):
    """Test 16 of the security notes."""
    a_challenge(officer)
    a_challenge(officer, "c4")
    restricted("c1")
    found = results(a_person("qa_lead"), date(2017, 9, 1), date(2018, 1, 2))
    assert found.whole.raised == 1 and [row.name for row in found.teams] == ["FSP 2"]


def test_59_every_mention_of_a_child_is_found(officer):
    """Test 59 of the security notes."""
    made = a_challenge(officer)
    answered(made, a_manager())
    said = {"theme": "voice", "text": "Drawings told of a good day.", "noted_on": RAISED}
    raising_services.note_good_practice(child(), **said, by=officer)
    assert [one.what for one in queries.mentions(reference("c1"))] == ["challenge", "good_practice", "answer"]
    assert queries.mentions(reference("c4")) == []


def test_the_rows_fit_the_standard(officer):
    informal, formal, court = a_challenge(officer), a_challenge(officer, "c4"), a_challenge(officer)
    escalated(formal, officer, "1", date(2017, 11, 9))
    services.refer_to_cafcass(
        court, version=1, reason="The child’s rights are at stake.", referred_on=RAISED, by=officer
    )
    rows = list(standard_rows.escalations())
    table = {column.name: column for column in standard_tables()["escalations"].columns}
    for row in rows:
        assert {"child_id" if key == "reference" else key for key in row} == set(table)
        for column in ("stage", "raised_by"):
            assert row[column] in code_labels(table[column].codes)
    assert [row["stage"] for row in rows] == ["informal", "formal", "cafcass"]
    assert rows[0]["reference"] == informal.reference and rows[1]["team"] == "FSP 2"


@pytest.mark.both_databases
def test_the_database_keeps_what_happened(officer):
    made = a_challenge(officer)
    answered(made, a_manager())
    noted = raising_services.note_good_practice(
        child(), theme="voice", text="Drawings told of a good day.", noted_on=RAISED, by=officer
    )
    for rows in (made.steps.all(), made.answers.all(), type(noted).objects.all()):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.delete()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        made.answers.update(text="Something else")


@pytest.mark.both_databases
def test_the_database_refuses_what_no_challenge_can_be(officer):
    made = a_challenge(officer)
    for values in (
        {"childs_view": "", "no_view_because": ""},
        {"outcome": "upheld"},
        {"resolved_on": RAISED},
        {"cafcass_on": RAISED},
        {"stage_due_on": date(2018, 1, 2)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Challenge.objects.filter(pk=made.pk).update(**values)
