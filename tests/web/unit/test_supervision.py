"""Services and queries of supervision: who reads a file, what a session refuses, what it leaves behind."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from goldenthread.calendar import add_months
from goldenthread.standard import standard_tables
from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.supervision import (
    action_services,
    agreement_services,
    completing_services,
    compliance,
    files,
    opening_services,
    queries,
    session_services,
    standard_rows,
)
from goldenthread_web.supervision.due import due
from goldenthread_web.supervision.managing import supervisor_of
from goldenthread_web.supervision.models import Action, Agreement, Draft, Review, Session
from goldenthread_web.supervision.reading import file_of, read
from goldenthread_web.supervision.rules import frequencies, rules
from goldenthread_web.supervision.said import Discussed, Reviewed, Said
from goldenthread_web.supervision.workers import may_be_supervised_by
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person, a_unit, at
from tests.web.supervised import (
    WORDS,
    a_council,
    a_manager,
    a_session,
    a_worker,
    an_action,
    an_agreement,
    done,
    not_done,
    restricted,
)

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER, DECEMBER = date(2017, 10, 11), date(2017, 11, 8), date(2017, 12, 6)


@pytest.fixture
def council(settings, tmp_path):
    return a_council(settings, tmp_path)


@pytest.fixture
def manager(council):
    return a_manager()


def prior(agreement):
    """What the next session opens with."""
    return [one.action for one in file_of(agreement).prior()]


def waiting_for(person):
    """What waits for a word of the supervisor's manager."""
    files = read(queries.files_visible_to(person)).files
    managed = [one for one in files if queries.marked(one.agreement).is_manager]
    return [one.action for file in managed for one in file.actions if one.is_with_manager]


def texts_in_the_trail():
    return str(list(Event.objects.values("changes", "reason", "about_key")))


# Rules


def test_the_rules_are_whole():
    assert set(rules()["posts"].values()) <= set(frequencies())
    assert frequencies()["newly_qualified"].said == "every 2 weeks, every 4 after 26"
    assert all(len(code) <= 20 for of in ("action_kinds", "decisions", "answers") for code in rules()[of])


# Who is supervised


def test_a_manager_may_supervise_the_workers_of_the_team(manager):
    found = {one.worker_id: one for one in may_be_supervised_by(manager)}
    assert set(found) == {"W1", "W2"}
    assert found["W2"].role == "newly_qualified" and found["W1"].said == "Social worker W1, FSP 1"
    account = a_worker("W1")
    assert {one.worker_id: one.account for one in may_be_supervised_by(manager)}["W1"] == account
    an_agreement(manager, "W1")
    assert {one.worker_id for one in may_be_supervised_by(manager)} == {"W2"}
    above = a_person("service_manager")
    assert [one.account for one in may_be_supervised_by(above)] == [manager]
    assert may_be_supervised_by(a_person("qa_lead")) == []


def test_an_agreement_is_made_and_recorded(manager):
    made = an_agreement(manager, "W2")
    assert (made.role, made.worker_key, made.supervisors.get().person) == ("newly_qualified", "W2", manager)
    event = Event.objects.get(what="supervision.agreed")
    assert event.changes == {"role": "newly_qualified", "supervisor": manager.pk}
    with pytest.raises(StopIteration):
        an_agreement(manager, "W2")  # nobody has two


def test_an_agreement_is_the_supervisors_or_their_managers_to_make(manager):
    (worker, *_) = may_be_supervised_by(manager)
    said = {"supervisor": manager, "role": "social_worker", "starts_on": OCTOBER}
    with pytest.raises(NotAllowed):
        agreement_services.agree_to_supervise(worker, **said, by=a_person("qa_lead"))
    with pytest.raises(Refused, match="the supervisor’s manager"):
        agreement_services.agree_to_supervise(worker, **said, by=a_manager("FSP 2"))
    with pytest.raises(Refused, match="before it begins"):
        agreement_services.agree_to_supervise(
            worker, **said, kept_since_on=date(2017, 1, 1), by=a_person("service_manager")
        )
    agreement_services.agree_to_supervise(worker, **said, by=a_person("service_manager"))
    with pytest.raises(Refused, match="supervised already"):
        agreement_services.agree_to_supervise(worker, **said, by=manager)


def test_a_file_goes_to_another_supervisor_with_a_day_and_a_reason(manager):
    agreement, other = an_agreement(manager), a_manager()
    said = {"version": 1, "because": "The manager left the council.", "by": manager}
    with pytest.raises(Refused, match="not after today"):
        agreement_services.change_supervisor(agreement, person=other, starts_on=date(2018, 2, 1), **said)
    with pytest.raises(Refused, match="role does not supervise"):
        agreement_services.change_supervisor(agreement, person=a_worker("W2"), starts_on=DECEMBER, **said)
    agreement_services.change_supervisor(agreement, person=other, starts_on=DECEMBER, **said)
    assert not queries.files_visible_to(manager).exists()
    assert queries.files_visible_to(other).get() == agreement
    assert supervisor_of(agreement, NOVEMBER) == manager
    assert supervisor_of(agreement, DECEMBER) == other
    with pytest.raises(Refused, match="Only the supervisor"):
        agreement_services.end_agreement(
            agreement, version=2, ends_on=date(2018, 1, 2), because="Gone for good.", by=manager
        )
    assert "The manager left" not in texts_in_the_trail()


def test_two_people_cannot_both_change_an_agreement(manager):
    agreement = an_agreement(manager)
    said = {"title": "Senior", "team": "FSP 1", "role": "social_worker", "counted_from_on": OCTOBER}
    agreement_services.change_agreement(agreement, version=1, **said, by=manager)
    with pytest.raises(SavedMeanwhile):
        agreement_services.change_agreement(agreement, version=1, **said, by=manager)
    assert Event.objects.get(what="supervision.changed").changes["fields"] == ["title"]


def test_an_exception_has_a_reason_and_its_days_are_free(manager):
    agreement = an_agreement(manager)
    said = {"weeks": None, "starts_on": NOVEMBER, "ends_on": date(2017, 12, 31), "by": manager}
    with pytest.raises(Refused, match="Say why"):
        agreement_services.set_other_frequency(agreement, version=1, reason="Ill", **said)
    agreement_services.set_other_frequency(agreement, version=1, reason="Ill since November.", **said)
    with pytest.raises(Refused, match="other days"):
        agreement_services.set_other_frequency(agreement, version=2, reason="Ill since November.", **said)
    file = file_of(agreement)
    away = due(file, DECEMBER)
    assert away.weeks is None and not away.is_judged and not away.is_late
    back = due(file, date(2018, 1, 2))
    assert back.next_on == date(2018, 1, 29), "counted from the return"


def test_an_ended_agreement_is_read_by_the_worker_alone(manager):
    worker = a_worker("W1")
    agreement = an_agreement(manager)
    agreement_services.end_agreement(
        agreement, version=1, ends_on=date(2018, 1, 1), because="Left the council.", by=manager
    )
    assert not queries.files_visible_to(manager).exists()
    assert queries.files_visible_to(worker).get() == agreement
    assert {one.worker_id for one in may_be_supervised_by(manager)} == {"W1", "W2"}


# How often


@pytest.mark.parametrize(
    ("role", "last", "on", "next_on", "is_late", "because"),
    [
        ("social_worker", NOVEMBER, DECEMBER, DECEMBER, False, "the day itself"),
        ("social_worker", NOVEMBER, date(2017, 12, 9), DECEMBER, False, "31 days, as SO-02 counts"),
        ("social_worker", NOVEMBER, date(2017, 12, 10), DECEMBER, True, "32 days"),
        ("newly_qualified", NOVEMBER, date(2017, 11, 26), date(2017, 11, 22), True, "every second week"),
    ],
)
def test_when_a_session_is_due(manager, role, last, on, next_on, is_late, because):
    agreement = an_agreement(manager, role=role)
    a_session(agreement, last)
    found = due(file_of(agreement), on)
    assert (found.next_on, found.is_late) == (next_on, is_late), because
    assert found.is_judged


def test_a_newly_qualified_worker_is_seen_less_often_after_half_a_year(manager):
    agreement = an_agreement(manager, role="newly_qualified", counted_from_on=date(2017, 6, 1))
    a_session(agreement, DECEMBER)
    file = file_of(agreement)
    assert due(file, DECEMBER).next_on == DECEMBER + timedelta(weeks=4)
    assert due(file, date(2017, 11, 29)).weeks == 2
    assert due(file, date(2017, 11, 30)).weeks == 4


def test_before_a_first_session_is_due_nobody_is_judged(manager):
    agreement = an_agreement(manager, starts_on=DECEMBER)
    file = file_of(agreement)
    assert not due(file, date(2018, 1, 2)).is_judged
    never = due(file, date(2018, 1, 7))
    assert never.is_judged and never.is_late


def test_a_session_in_a_group_is_not_the_next_one(manager):
    agreement = an_agreement(manager)
    a_session(agreement, OCTOBER)
    a_session(agreement, NOVEMBER, kind="group")
    assert due(file_of(agreement), DECEMBER).last_on == OCTOBER


# Sessions


def test_51_a_session_is_not_completed_while_an_action_has_no_outcome(manager):
    """Test 51 of the security notes."""
    agreement = an_agreement(manager)
    first = a_session(agreement, NOVEMBER, an_action(), an_action("Write the chronology."))
    session = session_services.begin_session(agreement, kind="one_to_one", held_on=DECEMBER, by=manager)
    one, two = prior(agreement)
    with pytest.raises(Refused) as refused:
        completing_services.complete_session(
            session, version=1, said=Said(reviews=[done(one, DECEMBER)]), by=manager
        )
    assert str(refused.value) == (
        f"Before this session can be completed, say what became of S{first.pk}.2 (Write the chronology.)."
    )
    one.refresh_from_db()
    session.refresh_from_db()
    assert one.state == "open" and not session.is_completed and not Review.objects.exists()
    completing_services.complete_session(
        session, version=1, said=Said(reviews=[done(one, DECEMBER), not_done(two)]), by=manager
    )
    event = Event.objects.filter(what="supervision.completed").last()
    assert event.changes == {"reviewed": 2, "not_done": 1, "actions": 0, "children": 0}


def test_every_open_action_of_every_earlier_session_is_looked_at(manager):
    agreement = an_agreement(manager)
    a_session(agreement, OCTOBER, an_action())
    first = prior(agreement)
    a_session(agreement, NOVEMBER, an_action("Another."), reviews=[not_done(first[0])])
    assert {one.text for one in prior(agreement)} == {WORDS, "Another."}


def test_what_was_reported_as_done_is_looked_at_once_more(manager):
    worker = a_worker("W1")
    agreement = an_agreement(manager)
    a_session(agreement, NOVEMBER, an_action())
    (action,) = prior(agreement)
    with pytest.raises(Refused, match="Only the worker or the supervisor"):
        action_services.report_done(action, version=1, done_on=DECEMBER, by=a_manager("FSP 2"))
    action_services.report_done(action, version=1, done_on=date(2017, 11, 20), by=worker)
    assert not file_of(agreement).to_do
    (action,) = prior(agreement)
    a_session(agreement, DECEMBER, reviews=[done(action, date(2017, 11, 20))])
    assert prior(agreement) == []
    assert Event.objects.get(what="supervision.action_done").by_id == worker.pk


@pytest.mark.parametrize(
    ("review", "sentence"),
    [
        ({"outcome": "done"}, "on which day"),
        ({"outcome": "done", "done_on": date(2017, 11, 7)}, "between the two sessions"),
        ({"outcome": "done", "done_on": date(2017, 12, 7)}, "between the two sessions"),
        ({"outcome": "not_done", "reason": "No"}, "why .* is not done"),
        ({"outcome": "superseded"}, "which action replaces"),
        ({"outcome": "superseded", "replaced_by": "new:1"}, "which action replaces"),
    ],
)
def test_an_outcome_is_refused(manager, review, sentence):
    agreement = an_agreement(manager)
    a_session(agreement, NOVEMBER, an_action())
    (action,) = prior(agreement)
    with pytest.raises(Refused, match=sentence):
        a_session(agreement, DECEMBER, reviews=[Reviewed(action=action.pk, **review)])
    assert not Review.objects.exists()


def test_an_action_is_replaced_by_a_new_one_or_by_one_carried_on(manager):
    agreement = an_agreement(manager)
    a_session(agreement, NOVEMBER, an_action("First."), an_action("Second."), an_action("Third."))
    one, two, three = prior(agreement)
    reviews = [
        not_done(three),
        Reviewed(action=one.pk, outcome="superseded", replaced_by="new:0"),
        Reviewed(action=two.pk, outcome="superseded", replaced_by=f"action:{three.pk}"),
    ]
    session = a_session(agreement, DECEMBER, an_action("Fourth."), reviews=reviews)
    for action in (one, two, three):
        action.refresh_from_db()
    assert one.superseded_by == session.actions.get() and two.superseded_by == three
    assert (one.state, one.closed_on, three.state) == ("superseded", DECEMBER, "open")
    with pytest.raises(Refused, match="which action replaces"):
        a_session(
            agreement,
            date(2018, 1, 2),
            reviews=[Reviewed(action=three.pk, outcome="superseded", replaced_by=f"action:{three.pk}")]
            + [not_done(one) for one in session.actions.all()],
        )


@pytest.mark.parametrize(
    ("held_on", "sentence"),
    [
        (date(2018, 1, 3), "lies ahead"),
        (date(2017, 8, 31), "before the agreement"),
        (NOVEMBER, "The last session was on 8 November 2017"),
    ],
)
def test_a_session_has_a_day_of_its_own(manager, held_on, sentence):
    agreement = an_agreement(manager)
    a_session(agreement, NOVEMBER)
    with pytest.raises(Refused, match=sentence):
        session_services.begin_session(agreement, kind="one_to_one", held_on=held_on, by=manager)


def test_only_whoever_supervises_today_writes(manager):
    agreement = an_agreement(manager)
    above = a_person("service_manager")
    with pytest.raises(Refused, match="Only whoever supervises"):
        session_services.begin_session(agreement, kind="one_to_one", held_on=NOVEMBER, by=above)
    session = session_services.begin_session(agreement, kind="one_to_one", held_on=NOVEMBER, by=manager)
    with pytest.raises(Refused, match="is under way"):
        session_services.begin_session(agreement, kind="one_to_one", held_on=DECEMBER, by=manager)
    with pytest.raises(Refused, match="Only whoever supervises"):
        session_services.keep_draft(session, fields={"s-wellbeing": "Mine"}, by=above)


def test_a_session_is_about_the_workers_own_children(manager):
    agreement = an_agreement(manager)
    for said in (
        {"discussions": [Discussed(reference=reference("c3"), decision="change", direction="Visit more.")]},
        {"discussions": [Discussed(reference=reference("c4"), decision="change", direction="Visit more.")]},
    ):
        with pytest.raises(Refused, match="children whom this worker holds"):
            a_session(agreement, NOVEMBER, **said)
        Session.objects.all().delete()
    with pytest.raises(Refused, match="children whom this worker holds"):
        a_session(agreement, NOVEMBER, an_action(child="c3"))
    Session.objects.all().delete()
    told = Discussed(reference=reference("c1"), decision="change", direction="Visit every week.")
    session = a_session(agreement, NOVEMBER, an_action(child="c2"), discussions=[told])
    assert session.discussions.get().direction == "Visit every week."
    assert session.actions.get().reference == reference("c2")
    assert "Visit every week" not in texts_in_the_trail() and WORDS not in texts_in_the_trail()


def test_16_a_restricted_child_is_not_discussed_nor_told_of(manager):
    """Test 16 of the security notes."""
    agreement = an_agreement(manager)
    a_session(agreement, NOVEMBER, an_action("What is secret.", child="c2"))
    restricted("c2")
    told = Discussed(reference=reference("c2"), decision="change", direction="Visit every week.")
    with pytest.raises(Refused) as refused:
        a_session(agreement, DECEMBER, discussions=[told])
    assert "secret" not in str(refused.value) and "whom you may not see" in str(refused.value)


def test_a_draft_is_kept_for_whoever_writes_and_goes_with_the_session(manager):
    agreement = an_agreement(manager)
    session = session_services.begin_session(agreement, kind="one_to_one", held_on=NOVEMBER, by=manager)
    for words in ("First words", "Other words"):
        session_services.keep_draft(session, fields={"s-wellbeing": words}, by=manager)
    assert queries.draft_of(session, manager).fields == {"s-wellbeing": "Other words"}
    assert queries.draft_of(session, a_person("service_manager")) is None
    with pytest.raises(Refused, match="too long"):
        session_services.keep_draft(session, fields={"s-wellbeing": "x" * 200_001}, by=manager)
    assert "Other words" not in texts_in_the_trail()
    completing_services.complete_session(
        session, version=1, said=Said(notes={"wellbeing": "Other words"}), by=manager
    )
    assert not Draft.objects.exists()
    with pytest.raises(Refused, match="is completed"):
        session_services.keep_draft(session.__class__.objects.get(), fields={}, by=manager)


def test_a_session_that_did_not_take_place_leaves_the_actions_as_they_were(manager):
    agreement = an_agreement(manager)
    a_session(agreement, NOVEMBER, an_action())
    session = session_services.begin_session(agreement, kind="one_to_one", held_on=DECEMBER, by=manager)
    session_services.drop_session(session, version=1, by=manager)
    assert [one.held_on for one in queries.sessions()] == [NOVEMBER]
    assert len(prior(agreement)) == 1
    a_session(agreement, DECEMBER, reviews=[not_done(prior(agreement)[0])])


def test_sessions_from_paper_are_of_before_and_may_have_looked_at_nothing(manager):
    agreement = an_agreement(manager, kept_since_on=date(2017, 12, 1))
    said = {"kind": "one_to_one", "by": manager}
    completing_services.enter_from_paper(agreement, held_on=OCTOBER, said=Said(actions=[an_action()]), **said)
    completing_services.enter_from_paper(agreement, held_on=NOVEMBER, said=Said(), **said)
    with pytest.raises(Refused, match="begin it as a session"):
        completing_services.enter_from_paper(agreement, held_on=DECEMBER, said=Said(), **said)
    with pytest.raises(Refused, match="as one from paper"):
        session_services.begin_session(agreement, held_on=date(2017, 11, 9), **said)
    with pytest.raises(Refused, match="say what became of"):
        a_session(agreement, DECEMBER)
    assert [one.is_from_paper for one in queries.sessions()][-2:] == [True, True]


def test_a_decision_is_marked_as_copied_once(manager):
    worker = a_worker("W1")
    agreement = an_agreement(manager)
    told = Discussed(reference=reference("c1"), decision="change", direction="Visit every week.")
    a_session(agreement, NOVEMBER, discussions=[told])
    (decision,) = queries.sessions().get().discussions.all()
    with pytest.raises(Refused, match="Only the supervisor or the worker"):
        session_services.mark_copied(decision, by=a_person("service_manager"))
    session_services.mark_copied(decision, by=worker)
    with pytest.raises(Refused, match="before"):
        session_services.mark_copied(decision, by=manager)
    event = Event.objects.get(what="supervision.copied")
    assert (event.about_kind, event.about_key) == ("child", reference("c1"))


def test_the_worker_agrees_to_the_record(manager):
    worker = a_worker("W1")
    agreement = an_agreement(manager)
    session = a_session(agreement, NOVEMBER)
    with pytest.raises(NotAllowed):
        session_services.agree_to_record(session, by=a_person("director"))
    with pytest.raises(Refused, match="Only the worker"):
        session_services.agree_to_record(session, by=manager)
    session_services.agree_to_record(session, by=worker)
    with pytest.raises(Refused, match="agreed before"):
        session_services.agree_to_record(session, by=worker)


# Carried


def carried_twice(agreement):
    a_session(agreement, OCTOBER, an_action())
    for on in (NOVEMBER, DECEMBER):
        (action,) = prior(agreement)
        a_session(agreement, on, reviews=[not_done(action)])
    return Action.objects.get()


def test_what_is_carried_twice_goes_to_the_supervisors_manager_until_they_answer(manager):
    above, elsewhere = (
        a_person("service_manager"),
        a_person("service_manager", unit=a_unit("X", kind="service")),
    )
    agreement = an_agreement(manager)
    a_session(agreement, OCTOBER, an_action())
    (action,) = prior(agreement)
    a_session(agreement, NOVEMBER, reviews=[not_done(action)])
    assert waiting_for(above) == []
    (action,) = prior(agreement)
    a_session(agreement, DECEMBER, reviews=[not_done(action)])
    assert waiting_for(above) == [action]
    assert waiting_for(elsewhere) == waiting_for(manager) == []
    said = {"version": 3, "answer": "another_day", "text": "Do it with the health visitor."}
    with pytest.raises(Refused, match="Only the supervisor’s manager"):
        action_services.answer_carried(action, **said, by_on=date(2018, 1, 20), by=manager)
    with pytest.raises(Refused, match="the day ahead"):
        action_services.answer_carried(action, **said, by=above)
    action_services.answer_carried(action, **said, by_on=date(2018, 1, 20), by=above)
    assert waiting_for(above) == []
    with pytest.raises(Refused, match="does not wait"):
        action_services.answer_carried(action, **said | {"version": 4}, by_on=date(2018, 1, 20), by=above)
    assert "health visitor" not in texts_in_the_trail()
    (action,) = prior(agreement)
    a_session(agreement, date(2018, 1, 2), reviews=[not_done(action)])
    assert waiting_for(above) == [], "once since the answer"


@pytest.mark.parametrize(
    ("answer", "state", "owner"), [("stop", "stopped", "supervisee"), ("taken_over", "open", "manager")]
)
def test_an_answer_ends_the_action_or_takes_it_over(manager, answer, state, owner):
    action = carried_twice(an_agreement(manager))
    action_services.answer_carried(
        action, version=3, answer=answer, text="I see to it myself.", by=a_person("service_manager")
    )
    action.refresh_from_db()
    assert (action.state, action.owner) == (state, owner)
    assert Event.objects.get(what="supervision.carried_answered").changes == {"answer": answer, "carried": 2}


# Who reads


def test_a_file_is_read_by_three_people_and_nobody_else(manager):
    worker, above = a_worker("W1"), a_person("service_manager")
    agreement = an_agreement(manager)
    session = a_session(agreement, NOVEMBER)
    for person in (manager, worker, above):
        assert queries.visible_to(person).get() == session, person
    others = [a_manager("FSP 2"), a_manager(), a_worker("W2")]
    others += [a_person(role) for role in ("director", "qa_lead", "head_of_service", "auditor", "iro")]
    others += [a_person("service_manager", unit=a_unit("Front Door", kind="service"))]
    for person in others:
        assert not queries.visible_to(person).exists(), person
        assert not queries.files_visible_to(person).exists(), person


def test_whoever_supervises_the_supervisor_is_their_manager_whatever_the_rules_say(manager):
    above, other = a_person("service_manager"), a_person("service_manager")
    agreement = an_agreement(manager)
    (worker,) = [one for one in may_be_supervised_by(other) if one.account == manager]
    agreement_services.agree_to_supervise(
        worker, supervisor=other, role="manager", starts_on=OCTOBER, by=other
    )
    assert agreement in queries.files_visible_to(other)
    assert agreement not in queries.files_visible_to(above)
    head = a_person("head_of_service")
    found = queries.with_standing(head).filter(is_managed=True)
    assert list(found) == [queries.with_standing(manager).get(is_own=True)]


def test_a_worker_whose_account_came_later_reads_their_file(manager):
    agreement = an_agreement(manager, "W2")
    assert queries.files_visible_to(a_worker("W2")).get() == agreement
    assert not queries.files_visible_to(a_person("social_worker", worker_id="")).exists()


def test_a_session_is_opened_for_a_case_audit_by_the_head_of_service_alone(manager):
    agreement, auditor, head = an_agreement(manager), a_person("auditor"), a_person("head_of_service")
    one, other = a_session(agreement, NOVEMBER), a_session(agreement, DECEMBER)
    said = {"case_audit": "A12", "reason": "Drawn for the case audit of December."}
    said |= {"person": auditor, "ends_on": date(2018, 1, 20)}
    with pytest.raises(Refused, match="Only the head of service"):
        opening_services.open_session(one, **said, by=manager)
    for changed, sentence in (
        ({"reason": "Why"}, "Say in a sentence"),
        ({"ends_on": date(2018, 1, 1)}, "within the next 28 days"),
        ({"ends_on": date(2018, 2, 20)}, "within the next 28 days"),
        ({"person": a_person("social_worker")}, "Choose somebody else"),
        ({"person": manager}, "reads the session anyway"),
        ({"person": head}, "Choose somebody else"),
    ):
        with pytest.raises(Refused, match=sentence):
            opening_services.open_session(one, **said | changed, by=head)
    opening = opening_services.open_session(one, **said, by=head)
    assert list(queries.visible_to(auditor)) == [one] and other != one
    assert not queries.files_visible_to(auditor).exists()
    assert "Drawn for" not in texts_in_the_trail()
    opening_services.withdraw_opening(opening, by=head)
    assert not queries.visible_to(auditor).exists()
    with pytest.raises(Refused, match="before"):
        opening_services.withdraw_opening(opening, by=head)
    assert Event.objects.filter(what="supervision.closed").count() == 1


def test_an_opening_ends_on_its_day(manager, monkeypatch):
    auditor = a_person("auditor")
    one = a_session(an_agreement(manager), NOVEMBER)
    opening_services.open_session(
        one,
        person=auditor,
        case_audit="A12",
        reason="Drawn for the case audit of December.",
        ends_on=date(2018, 1, 10),
        by=a_person("head_of_service"),
    )
    for on, sees in ((date(2018, 1, 10), True), (date(2018, 1, 11), False)):
        monkeypatch.setattr(queries, "today", lambda on=on: on)
        assert queries.visible_to(auditor).exists() is sees


def test_59_every_mention_of_a_child_is_found(manager):
    """Test 59 of the security notes: a request for access finds what supervision holds."""
    agreement = an_agreement(manager)
    told = Discussed(reference=reference("c1"), decision="change", direction="Visit every week.")
    a_session(agreement, NOVEMBER, an_action(child="c1"), discussions=[told])
    assert [(one.what, one.text) for one in queries.mentions(reference("c1"))] == [
        ("action", WORDS),
        ("discussion", "Visit every week."),
    ]
    assert queries.mentions(reference("c2")) == []


# Does it take place?


def test_the_shares_of_a_team(manager):
    one, two = an_agreement(manager), an_agreement(manager, "W2", kept_since_on=date(2017, 12, 1))
    a_session(
        one, NOVEMBER, an_action(due_on=date(2017, 11, 20)), an_action("Late.", due_on=date(2017, 11, 20))
    )
    first, late = prior(one)
    a_session(one, DECEMBER, reviews=[done(first, date(2017, 11, 20)), done(late, date(2017, 11, 21))])
    completing_services.enter_from_paper(
        two, held_on=OCTOBER, kind="one_to_one", said=Said(actions=[an_action(due_on=NOVEMBER)]), by=manager
    )
    completing_services.enter_from_paper(two, held_on=NOVEMBER, kind="one_to_one", said=Said(), by=manager)
    on = date(2018, 1, 2)
    of = compliance.kept(["FSP 1"])
    (found,) = compliance.by_team(of, add_months(on, -3), on)
    assert (found.name, found.held) == ("FSP 1", 4)
    assert (found.in_time.met, found.in_time.of) == (1, 2), "W2 was to be seen every second week"
    assert (found.reviewed.met, found.reviewed.of) == (2, 3), "the paper session looked at nothing"
    assert (found.done.met, found.done.of) == (1, 3)
    months = {row.name: row for row in compliance.by_month(of, on)}
    assert months["December 2017"].reviewed.percent == 100 and months["November 2017"].reviewed.percent == 0
    assert compliance.kept(["FSP 2"]) == ()
    assert [one.agreement.worker_id for one in compliance.supervised(of, on)] == ["W2", "W1"]


def test_what_is_replaced_or_stopped_counts_as_neither_done_nor_late(manager):
    action = carried_twice(an_agreement(manager))
    action_services.answer_carried(
        action, version=3, answer="stop", text="No longer needed.", by=a_person("service_manager")
    )
    assert compliance.done(compliance.kept(None), OCTOBER, date(2018, 1, 2)).of == 0
    (row,) = standard_rows.supervision_actions()
    assert (row["due_on"], row["completed_on"]) == (None, date(2018, 1, 2))


def test_83_many_sessions_entered_in_the_last_day_are_pointed_out(manager, settings):
    """Test 83 of the security notes: what is entered just before figures are counted."""
    on = date(2018, 1, 2)
    agreement = an_agreement(manager)
    for day in (date(2017, 12, 5), date(2017, 12, 12), date(2017, 12, 19)):
        a_session(agreement, day, completed_at=at("2018-01-02 08:00"))
    assert compliance.entered_late(compliance.kept(None), on) == 3
    assert compliance.entered_late(compliance.kept(None), on + timedelta(days=1)) == 0
    Session.objects.filter(held_on=date(2017, 12, 5)).update(completed_at=at("2017-12-05 17:00"))
    assert compliance.entered_late(compliance.kept(None), on) == 0, "two are not many"


def test_the_files_for_inspectors_hold_no_word_and_no_child(manager):
    agreement = an_agreement(manager)
    told = Discussed(reference=reference("c1"), decision="change", direction="Visit every week.")
    a_session(agreement, NOVEMBER, an_action(child="c1"), discussions=[told], notes={"wellbeing": "Tired."})
    (action,) = prior(agreement)
    a_session(agreement, DECEMBER, reviews=[not_done(action)])
    of = compliance.kept(None)
    for columns, rows in files.FILES.values():
        found = rows(of)
        assert all(len(row) == len(columns) for row in found) and found
        for words in (WORDS, "Visit every", "Tired", "c1", reference("c1"), "The family was away"):
            assert words not in str(found), words
    first, second = files.session_rows(of)
    assert first[10:] == [0, 0, 1] and second[10:] == [1, 1, 0] and second[6] == 28
    (row,) = files.action_rows(of)
    assert row[-3:] == [f"S{queries.sessions().first().pk}"] * 2 + [1]


# Rows of the standard


def test_the_rows_fit_the_standard(manager):
    agreement = an_agreement(manager)
    a_session(agreement, NOVEMBER, an_action(child="c1"), an_action("Second."))
    for action in prior(agreement):
        assert action.reviews.count() == 0
    reviews = [not_done(one) for one in prior(agreement)]
    last = a_session(agreement, DECEMBER, reviews=reviews)
    session_services.begin_session(agreement, kind="one_to_one", held_on=date(2018, 1, 2), by=manager)
    tables = standard_tables()
    for name, rows in (
        ("supervisions", list(standard_rows.supervisions())),
        ("supervision_actions", list(standard_rows.supervision_actions())),
    ):
        columns = {column.name: column for column in tables[name].columns}
        for row in rows:
            keys = {"child_id" if key == "reference" else key for key in row}
            assert keys == set(columns)
            assert all(row[key] is not None for key in row if key in columns and columns[key].required)
        assert len(rows) == 2, name
    sessions = list(standard_rows.supervisions())
    assert [one["kind"] for one in sessions] == ["one_to_one"] * 2 and sessions[0]["worker_id"] == "W1"
    first = next(iter(standard_rows.supervision_actions()))
    assert first["reviewed_in_supervision_id"] == str(last) and first["reference"] == reference("c1")


# What the database itself refuses


@pytest.mark.both_databases
def test_the_database_keeps_what_was_said(manager):
    action = carried_twice(an_agreement(manager))
    action_services.answer_carried(
        action, version=3, answer="stop", text="No longer needed.", by=a_person("service_manager")
    )
    for rows in (action.reviews.all(), action.answers.all()):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.update(recorded_by=manager) if rows.model is Review else rows.update(text="Other")
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.delete()


@pytest.mark.both_databases
def test_the_database_refuses_what_no_supervision_can_be(manager):
    agreement = an_agreement(manager)
    session = a_session(agreement, NOVEMBER, an_action())
    session_services.begin_session(agreement, kind="one_to_one", held_on=DECEMBER, by=manager)
    for model, values in (
        (Agreement, {"worker_id": ""}),
        (Agreement, {"ends_on": DECEMBER}),
        (Action, {"state": "done"}),
        (Action, {"kind": "child"}),
        (Action, {"done_on": DECEMBER}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(state="under_way", completed_at=None, completed_by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        agreement.supervisors.create(
            person=manager, starts_on=DECEMBER, recorded_by=manager, recorded_at=session.begun_at
        )
