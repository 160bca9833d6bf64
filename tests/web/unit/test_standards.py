"""The default set; editions drafted, proposed, adopted by somebody else; what the database keeps."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from goldenthread.indicators.catalogue import catalogue
from goldenthread.settings import defaults
from goldenthread.standard import code_labels
from goldenthread.worklist.cohorts import cohorts
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.programme.models import Body, Decision
from goldenthread_web.standards import comparing, queries, services, standard_services
from goldenthread_web.standards.domains import domain_title, domains, impact, limiting
from goldenthread_web.standards.forms import QUESTION_COHORTS
from goldenthread_web.standards.library import default_standards
from goldenthread_web.standards.models import Edition, Question, Standard
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person, at
from tests.web.standards_builders import (
    a_draft,
    adopted,
    an_edition,
    proposed,
    said_of,
    the_question,
    the_standard,
)

pytestmark = pytest.mark.django_db


# --- domains and the default set


def test_ten_domains_three_of_which_limit_and_impact_apart():
    assert len(domains()) == 10
    assert limiting() == {"assessment", "plan", "oversight"}
    assert impact().code not in domains()
    assert domain_title("impact") == "Impact on the child" and domain_title("gone") == "gone"
    assert all(one.about.endswith(".") and one.title for one in (*domains().values(), impact()))


def test_every_domain_has_three_standards_or_more_each_whole():
    standards = default_standards()
    assert len(standards) >= 30 and len({one.code for one in standards}) == len(standards)
    for code in domains():
        assert sum(one.domain == code for one in standards) >= 3, code
    for one in standards:
        for name in ("section", "statement", "statute", "training"):
            assert getattr(one, name), (one.code, name)
        for grade in ("inadequate", "requires_improvement", "good", "outstanding"):
            assert 60 <= len(getattr(one, grade)) <= 400, (one.code, grade)
        assert len(one.expectations) >= 3 and 1 <= len(one.questions) <= 4, one.code
        assert one.statement.endswith(".") and one.statement.count(".") == 1, one.code
        assert all(line.startswith(("I ", "We ")) for line in one.expectations), one.code


def test_every_standard_names_only_what_is_there():
    for one in default_standards():
        assert set(one.indicators) <= set(catalogue()), one.code
        assert set(one.tags) <= set(code_labels("standard_tag")), one.code
        for question in one.questions:
            assert question.text.endswith("?") and set(question.cohorts) <= QUESTION_COHORTS, question.code
    codes = [question.code for one in default_standards() for question in one.questions]
    assert len(set(codes)) == len(codes)
    assert {tag for one in default_standards() for tag in one.tags} == set(code_labels("standard_tag"))


def test_each_grade_is_about_the_child_and_no_time_limit_said_again():
    for one in default_standards():
        grades = (one.inadequate, one.requires_improvement, one.good, one.outstanding)
        assert len(set(grades)) == 4
        assert not any(" working days" in text for text in grades), one.code


# Time limits that a council may set otherwise: each stands in the words of its standard as it is by default.
CLOCKS = [
    ("whole-story-before-deciding", "one working day", "contact_decision_wd", 1),
    ("danger-outside-home", "72 hours", "rhi_hours", 72),
    ("ten-day-review", "working day 10", "assessment_checkpoint_wd", [10]),
    ("as-long-as-it-needs", "45 working days", "assessment_limit_wd", 45),
    ("child-in-need-plan", "six months", "cin_review_months", 6),
    ("care-plan-and-permanence", "within 10 working days", "care_plan_wd", 10),
    ("pathway-plan", "six months", "pathway_review_months", 6),
    ("no-drift", "16 weeks", "plo_days", 112),
    ("seen-and-seen-alone", "10 working days on a protection plan", "cp_visit_interval_wd", 10),
    ("seen-and-seen-alone", "28 days for a child in need", "cin_visit_interval_days", 28),
    ("seen-and-seen-alone", "six weeks in the first year", "lac_visit_days", 42),
    ("direction-at-allocation", "one working day", "allocation_wd", 1),
    ("supervision-actions-reviewed", "31 days", "supervision_days", 31),
    ("oversight-that-changes-something", "(56 days)", "oversight_days", 56),
    ("strategy-actions-recorded", "three working days", "strategy_limit_wd", 3),
    ("checks-before-conference", "15 working days", "icpc_limit_wd", 15),
    ("conference-that-decides", "15 working days", "icpc_limit_wd", 15),
    ("minutes-in-time", "minutes within 20 working days", "cp_minutes_limit_wd", 20),
    ("minutes-in-time", "plan within one working day", "cp_decisions_limit_wd", 1),
    ("core-groups-test-progress", "within 10 working days", "core_group_first_wd", 10),
    ("core-groups-test-progress", "six weeks", "core_group_interval_days", 42),
    ("challenge-until-it-changes", "20 working days", "escalation_wd", 20),
    ("reviews-for-the-child", "within 20 working days", "first_review_wd", 20),
]


@pytest.mark.parametrize(("code", "words", "parameter", "value"), CLOCKS)
def test_a_time_limit_in_words_is_the_default_of_its_parameter(code, words, parameter, value):
    clock = next(one.clock for one in default_standards() if one.code == code)
    assert words in clock and defaults()[parameter] == value


def test_the_letter_is_answered():
    """What inspectors faulted in December 2017 has a standard and a question each."""
    asked = " ".join(q.text for one in default_standards() for q in one.questions)
    for words in (
        "what these circumstances mean for this particular child",
        "reviewed at day ten",
        "all multi-agency checks made",
        "actions of the strategy discussion recorded",
        "each step of the protection plan",
        "plan and minutes reach",
        "reviewing officer or chair challenge",
        "every action of the one before",
        "core group say what the plan has changed",
        "direction at allocation",
        "heard in their conference",
    ):
        assert words in asked, words


# --- editions


def test_the_first_edition_begins_with_the_default_set():
    draft = a_draft()
    assert (draft.number, draft.state) == (1, "draft")
    assert draft.standards.count() == len(default_standards())
    assert Question.objects.filter(standard__edition=draft).count() == sum(
        len(one.questions) for one in default_standards()
    )
    event = Event.objects.get(what="edition.begun")
    assert event.changes == {"number": 1} and event.about_key == str(draft.pk)
    with pytest.raises(Refused, match="being made already"):
        a_draft()


def test_an_edition_says_what_it_is_for():
    with pytest.raises(Refused, match="what is new"):
        a_draft(about="  ")
    draft = a_draft()
    draft = services.say_what_is_new(draft, version=1, about="Sharper.", by=draft.drafted_by)
    assert draft.about == "Sharper." and Event.objects.filter(what="edition.said").exists()
    with pytest.raises(SavedMeanwhile):
        services.say_what_is_new(draft, version=1, about="Other.", by=draft.drafted_by)


def test_it_is_adopted_with_a_date_by_somebody_else():
    lead, director = a_person("qa_lead"), a_person("director")
    edition = proposed(a_draft(by=lead))
    with pytest.raises(NotAllowed):
        adopted(edition, by=lead)
    edition = adopted(edition, by=director)
    assert (edition.in_force_on, edition.adopted_by) == (date(2017, 8, 14), director)
    assert [one.what for one in Event.objects.order_by("id")] == [
        "edition.begun",
        "edition.proposed",
        "edition.adopted",
    ]
    assert Event.objects.get(what="edition.adopted").changes == {"number": 1, "from": "2017-08-14"}


def test_who_proposed_it_does_not_adopt_it(monkeypatch):
    both = a_person("director")
    monkeypatch.setattr(type(both), "may", lambda self, permission: True)
    edition = proposed(a_draft(by=both))
    with pytest.raises(Refused, match="somebody else adopts it"):
        adopted(edition, by=both)


def test_it_holds_from_the_day_of_adopting_at_the_earliest_and_after_the_one_before():
    first = an_edition("2017-08-14")
    draft = a_draft(on="2017-12-20", about="After the visit.")
    standard_services.remove_standard(
        the_standard(draft, "written-for-the-child"), version=1, by=draft.drafted_by
    )
    second = proposed(draft, on="2017-12-21")
    director = a_person("director")

    def adopt(in_force_on):
        return services.adopt_edition(
            second, version=second.version, in_force_on=in_force_on, by=director, at=at("2018-01-02 09:00")
        )

    with pytest.raises(Refused, match="at the earliest"):
        adopt(date(2018, 1, 1))
    second = adopt(date(2018, 2, 1))
    assert queries.edition_on(date(2018, 1, 31)) == first
    assert queries.edition_on(date(2018, 2, 1)) == second
    assert queries.edition_on(date(2017, 8, 13)) is None
    draft = a_draft(on="2018-01-03", about="Too early.")
    standard_services.remove_standard(the_standard(draft), version=1, by=draft.drafted_by)
    second = proposed(draft, on="2018-01-03")
    with pytest.raises(Refused, match="must come after it"):
        adopt(date(2018, 1, 15))


def test_a_decision_that_does_not_agree_is_refused():
    body = Body.objects.create(code="board", name="Board", purpose="x", chair="Chair", rhythm="monthly")
    decision = Decision.objects.create(
        body=body,
        decided_on=date(2017, 8, 10),
        proposed="To adopt",
        outcome="deferred",
        text="Later",
        recorded_by=a_person("programme_manager"),
        recorded_at=at("2017-08-10 10:00"),
    )
    edition = proposed(a_draft())
    with pytest.raises(Refused, match="does not agree"):
        services.adopt_edition(
            edition,
            version=edition.version,
            in_force_on=date(2017, 8, 14),
            decision=decision,
            by=a_person("director"),
            at=at("2017-08-14 09:00"),
        )


def test_what_waits_is_sent_back_or_taken_back():
    director, lead = a_person("director"), a_person("qa_lead")
    draft = a_draft(by=lead)
    with pytest.raises(Refused, match="nobody has proposed it"):
        services.send_back_edition(draft, version=1, because="Shorter.", by=director)
    edition = proposed(draft)
    with pytest.raises(Refused, match="what must change"):
        services.send_back_edition(edition, version=edition.version, because=" ", by=director)
    edition = services.send_back_edition(edition, version=edition.version, because="Shorter.", by=director)
    assert (edition.state, edition.sent_back_because, edition.proposed_by) == ("draft", "Shorter.", None)
    edition = proposed(edition)
    assert edition.sent_back_because == ""
    edition = services.take_back_edition(edition, version=edition.version, by=lead)
    assert edition.is_draft
    found = set(Event.objects.values_list("what", flat=True))
    assert {"edition.sent_back", "edition.taken_back"} <= found


def test_an_edition_is_proposed_once_it_is_whole_and_says_something_new():
    draft = a_draft()
    lead = draft.drafted_by
    for code in ("identity-shapes-the-work", "language-and-understanding", "disability-and-extra-barriers"):
        standard_services.remove_standard(the_standard(draft, code), version=1, by=lead)
    with pytest.raises(Refused, match="no standard yet in Diversity and identity"):
        proposed(draft)
    made = standard_services.add_standard(
        draft, "who-they-are", by=lead, **said_of(the_standard(draft), domain="identity")
    )
    with pytest.raises(Refused, match="Nothing asks whether this is kept"):
        proposed(draft)
    standard_services.add_question(made, text="Is it?", by=lead)
    adopted(proposed(draft))
    again = a_draft(on="2017-09-01", about="Nothing new.")
    with pytest.raises(Refused, match="says what edition 1 says"):
        proposed(again, on="2017-09-02")


def test_a_draft_can_be_thrown_away_an_adopted_edition_not():
    edition = an_edition()
    draft = a_draft(on="2017-09-01")
    services.discard_edition(draft, version=1, by=draft.drafted_by)
    assert Event.objects.get(what="edition.discarded").changes == {"number": 2}
    for refused in (
        lambda: services.discard_edition(edition, version=edition.version, by=edition.drafted_by),
        lambda: services.propose_edition(edition, version=edition.version, by=edition.drafted_by),
        lambda: standard_services.remove_standard(the_standard(edition), version=1, by=edition.drafted_by),
        lambda: standard_services.add_question(the_standard(edition), text="?", by=edition.drafted_by),
    ):
        with pytest.raises(Refused, match="never changed"):
            refused()


# --- standards and questions of a draft


@pytest.fixture
def draft():
    return a_draft()


@pytest.fixture
def lead(draft):
    return draft.drafted_by


def test_a_standard_is_added_at_the_end_of_its_domain(draft, lead):
    said = said_of(the_standard(draft), domain="referral", statement="Nobody waits.")
    made = standard_services.add_standard(draft, "nobody-waits", by=lead, **said)
    listed = list(queries.standards_of(draft))
    assert [one.code for one in listed if one.domain == "referral"][-1] == "nobody-waits"
    assert [one.position for one in listed] == list(range(1, len(listed) + 1))
    assert [one.domain.code for one in queries.chapters(listed)] == list(domains())
    assert Event.objects.get(what="standard.added").changes == {"edition": 1, "standard": "nobody-waits"}
    with pytest.raises(Refused, match="already"):
        standard_services.add_standard(draft, made.code, by=lead, **said)
    with pytest.raises(Refused, match="small letters"):
        standard_services.add_standard(draft, "Nobody Waits", by=lead, **said)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"domain": "money"}, "no domain money"),
        ({"good": " "}, "what good looks like"),
        ({"expectations": []}, "at least one expectation"),
        ({"indicators": ["XX-99"]}, "no indicator XX-99"),
        ({"tags": ["clever"]}, "no tag clever"),
    ],
)
def test_a_standard_that_is_not_whole_is_refused(draft, lead, other, sentence):
    one = the_standard(draft)
    with pytest.raises(Refused, match=sentence):
        standard_services.change_standard(one, version=1, by=lead, **said_of(one, **other))


def test_a_field_that_is_none_is_an_error(draft, lead):
    one = the_standard(draft)
    with pytest.raises(TypeError, match="colour"):
        standard_services.change_standard(one, version=1, by=lead, **said_of(one, colour="red"))


def test_a_standard_changes_with_its_version(draft, lead):
    one = the_standard(draft)
    said = said_of(one, statement="Day ten counts.", domain="oversight")
    changed = standard_services.change_standard(one, version=1, by=lead, **said)
    assert (changed.version, changed.domain) == (2, "oversight")
    event = Event.objects.get(what="standard.changed")
    assert event.changes["fields"] == ["domain", "statement"]
    with pytest.raises(SavedMeanwhile):
        standard_services.change_standard(one, version=1, by=lead, **said)
    standard_services.remove_standard(changed, version=2, by=lead)
    with pytest.raises(Refused, match="took this standard out"):
        standard_services.change_standard(one, version=2, by=lead, **said)


def test_standards_are_put_in_another_order_within_their_domain(draft, lead):
    plan = [one for one in queries.standards_of(draft) if one.domain == "plan"]
    every = [one.code for one in queries.standards_of(draft)]
    first, second = plan[:2]
    standard_services.move_standard(second, is_up=True, by=lead)
    at = every.index(first.code)
    moved = [*every[:at], second.code, first.code, *every[at + 2 :]]
    assert [one.code for one in queries.standards_of(draft)] == moved
    assert Event.objects.get(what="standard.moved").changes == {
        "edition": draft.number,
        "standard": second.code,
        "before": first.code,
    }
    # What a pro forma would ask follows it.
    asked = [one.standard.code for one in queries.questions_of(draft)]
    assert asked.index(second.code) < asked.index(first.code)
    standard_services.move_standard(second, is_up=False, by=lead)
    assert [one.code for one in queries.standards_of(draft)] == every
    for one, is_up in ((first, True), (plan[-1], False)):
        with pytest.raises(Refused, match="of its domain already"):
            standard_services.move_standard(one, is_up=is_up, by=lead)
    proposed(draft)
    with pytest.raises(Refused, match="take it back first"):
        standard_services.move_standard(second, is_up=True, by=lead)


def test_questions_are_added_changed_and_taken_out(draft, lead):
    one = the_standard(draft)
    with pytest.raises(Refused, match="Write the question"):
        standard_services.add_question(one, text=" ", by=lead)
    with pytest.raises(Refused, match="no cohort everyone"):
        standard_services.add_question(one, text="Was it?", cohorts=["everyone"], by=lead)
    made = standard_services.add_question(one, text="Was it?", cohorts=["assessment"], by=lead)
    assert (made.code, made.position) == ("question-1", 3)
    changed = standard_services.change_question(made, version=1, text="Was it held?", by=lead)
    assert (changed.text, changed.cohorts, changed.version) == ("Was it held?", [], 2)
    with pytest.raises(SavedMeanwhile):
        standard_services.change_question(made, version=1, text="Mine?", by=lead)
    standard_services.add_question(one, text="And?", by=lead)
    with pytest.raises(Refused, match="at most 4"):
        standard_services.add_question(one, text="And more?", by=lead)
    standard_services.remove_question(changed, version=2, by=lead)
    with pytest.raises(Refused, match="took this question out"):
        standard_services.remove_question(changed, version=2, by=lead)
    whats = {"standard.question_added", "standard.question_changed", "standard.question_removed"}
    assert whats <= set(Event.objects.values_list("what", flat=True))


def test_nobody_else_writes(draft):
    with pytest.raises(NotAllowed):
        standard_services.add_question(the_standard(draft), text="?", by=a_person("team_manager"))


def test_standards_are_found_by_their_words_and_domain(draft):
    every = list(queries.standards_of(draft))
    assert [one.code for one in queries.found(every, words="SUPERVISION action ESCALATED")] == []
    assert "supervision-actions-reviewed" in [
        one.code for one in queries.found(every, words="supervision came back second time")
    ]
    assert {one.domain for one in queries.found(every, domain="plan")} == {"plan"}
    assert queries.found(every) == every
    assert "ten-day-review" in [one.code for one in queries.found(every, words="AS-06")]


def test_of_whom_a_question_is_asked():
    assert queries.is_asked_of([], ["looked_after"]) and queries.is_asked_of(["looked_after"], [])
    assert queries.is_asked_of(["looked_after"], ["open_cases"]) and "open_cases" in cohorts()
    assert not queries.is_asked_of(["looked_after"], ["protection_plan"])


# --- two editions compared


def test_two_editions_are_compared_word_by_word():
    first = an_edition()
    draft = a_draft(on="2017-12-20", about="After the visit.")
    lead = draft.drafted_by
    one = the_standard(draft)
    said = said_of(one, clock="A manager’s review on working day 8 of the assessment.", domain="oversight")
    standard_services.change_standard(one, version=1, by=lead, **said)
    question = the_question(draft)
    standard_services.remove_question(question, version=1, by=lead)
    standard_services.add_standard(draft, "new-one", by=lead, **said_of(one, statement="All new."))
    standard_services.remove_standard(the_standard(draft, "no-drift"), version=1, by=lead)
    found = {one.standard.code: one for one in comparing.compared(first, draft)}
    assert {code: one.kind for code, one in found.items()} == {
        "ten-day-review": "changed",
        "new-one": "added",
        "no-drift": "dropped",
    }
    changes = {change.label: change.pieces for change in found["ten-day-review"].changes}
    assert [(piece.text, piece.kind) for piece in changes["Time limit"]] == [
        ("A manager’s review on working day", "same"),
        ("10", "gone"),
        ("8", "new"),
        ("of the assessment.", "same"),
    ]
    assert [piece.kind for piece in changes["Question"]] == ["gone"]
    assert [piece.text for piece in changes["Domain"] if piece.kind == "gone"] == ["Assessment", "analysis"]
    assert comparing.compared(first, first) == []


def test_a_later_edition_keeps_codes_and_questions_of_standards():
    first = an_edition()
    draft = a_draft(on="2017-12-20")
    assert draft.number == 2
    codes = [list(queries.questions_of(one).values_list("standard__code", "code")) for one in (first, draft)]
    assert codes[0] == codes[1] and len(codes[0]) > 50


# --- what the database keeps


@pytest.mark.both_databases
def test_an_adopted_edition_is_kept_by_the_database():
    edition = an_edition()
    one, question = the_standard(edition), the_question(edition)
    draft = a_draft(on="2017-09-01")
    free = the_standard(draft)
    free.edition = edition
    free.code = "smuggled-in"
    for write in (
        lambda: Edition.objects.filter(pk=edition.pk).update(about="Other words."),
        lambda: Edition.objects.filter(pk=edition.pk).delete(),
        lambda: Standard.objects.filter(pk=one.pk).update(good="Other words."),
        lambda: Standard.objects.filter(pk=one.pk).update(edition=draft, code="taken-away"),
        lambda: Standard.objects.filter(pk=one.pk)._raw_delete("default"),
        lambda: Question.objects.filter(pk=question.pk).update(text="Other?"),
        lambda: Question.objects.filter(pk=question.pk).delete(),
        lambda: Question.objects.create(standard=one, code="late", position=9, text="Late?"),
        free.save,
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            write()
    assert the_standard(draft).edition == draft


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite replaces rows")
def test_nothing_replaces_a_row_of_an_adopted_edition():
    edition = an_edition()
    question, draft = the_question(edition), a_draft(on="2017-09-01")
    with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO standards_question"
            " (id, code, position, text, cohorts, version, standard_id)"
            " VALUES (%s, 'other', 1, 'Other?', '[]', 1, %s)",
            [question.pk, the_standard(draft).pk],
        )


@pytest.mark.both_databases
def test_one_edition_is_in_the_making_and_two_people_adopt():
    draft = a_draft()
    lead = draft.drafted_by
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(number=2, state="proposed", drafted_by=lead, drafted_at=at("2017-08-01 09:00"))
    for values in (
        {"adopted_by": lead, "proposed_by": lead, "in_force_on": date(2017, 8, 14)},
        {"adopted_by": lead, "proposed_by": None, "in_force_on": date(2017, 8, 14)},
        {"adopted_by": a_person("director"), "proposed_by": lead, "in_force_on": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Edition.objects.filter(pk=draft.pk).update(state="adopted", **values)
