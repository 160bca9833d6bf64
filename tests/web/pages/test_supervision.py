"""Pages of supervision: who reads what, what a form refuses, what is kept while somebody writes."""

from datetime import date

import pytest

from goldenthread_web.accounts.children import reference
from goldenthread_web.supervision import opening_services, queries, session_services
from goldenthread_web.supervision.models import Action, Agreement, Direction, Draft, Opening, Session
from goldenthread_web.supervision.reading import file_of
from goldenthread_web.supervision.said import Discussed
from goldenthread_web.trail.models import Event, Seen
from tests.web.asking import MOST, asked
from tests.web.builders import a_person, a_unit, signed_in
from tests.web.deliveries import a_place
from tests.web.reading import page_of
from tests.web.supervised import (
    WORDS,
    a_council,
    a_manager,
    a_session,
    a_worker,
    an_action,
    an_agreement,
    not_done,
    restricted,
)

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER, DECEMBER = date(2017, 10, 11), date(2017, 11, 8), date(2017, 12, 6)
SECRET = "Tired after the visits of last week."


@pytest.fixture
def council(settings, tmp_path):
    return a_council(settings, tmp_path)


@pytest.fixture
def manager(council, client):
    return signed_in(client, person=a_manager())


def read(client, address, status=200, **posted):
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return page_of(answer)


def prior(agreement):
    """What the next session opens with."""
    return [one.action for one in file_of(agreement).prior()]


def discussed(child="c1"):
    return Discussed(reference=reference(child), decision="change", direction="Visit every week.")


def test_before_anybody_is_supervised_the_page_says_what_to_do(client, manager):
    page = read(client, "/supervision/")
    assert "You supervise nobody here yet" in page and "Ask your manager to name you" in page
    assert "Nobody is supervised here yet" in read(client, "/supervision/compliance/")


def test_a_worker_is_named_and_a_session_begun(client, manager):
    page = read(client, "/supervision/workers/add/")
    assert "Social worker W1, FSP 1" in page and "W3" not in page
    said = {"worker": "worker:W1", "role": "", "starts_on": "2017-12-01", "kept_since_on": "2017-12-01"}
    assert "chosen yet" in read(client, "/supervision/workers/add/", 400, **said | {"worker": ""})
    agreement = Agreement.objects.none()
    answer = client.post("/supervision/workers/add/", said)
    agreement = Agreement.objects.get()
    assert answer["Location"] == f"/supervision/workers/{agreement.pk}/"
    page = read(client, "/supervision/")
    assert "Social worker W1" in page and "Begin a session" in page
    begin = f"/supervision/workers/{agreement.pk}/begin/"
    assert "lies ahead" in read(client, begin, 400, held_on="2018-01-03", kind="one_to_one")
    answer = client.post(begin, {"held_on": "2018-01-02", "kind": "one_to_one"})
    assert answer["Location"] == f"/supervision/sessions/{Session.objects.get().pk}/write/"
    assert "Go on writing" in read(client, "/supervision/")


def fields_of(session, action, **said):
    return {
        "version": session.version,
        "complete": "1",
        f"a{action.pk}-outcome": "done",
        f"a{action.pk}-done_on": "2017-12-20",
        "s-wellbeing": SECRET,
        f"c{reference('c1')}-decision": "change",
        f"c{reference('c1')}-direction": "Visit every week, and ask the school.",
        "n1-text": "Ask the school for its view.",
        "n1-kind": "child",
        "n1-reference": reference("c2"),
        "n1-owner": "supervisee",
        "n1-due_on": "2018-01-20",
        "s-next_on": "2018-01-30",
    } | said


@pytest.fixture
def session(manager):
    agreement = an_agreement(manager)
    a_session(agreement, DECEMBER, an_action(child="c1"))
    return session_services.begin_session(agreement, kind="one_to_one", held_on=date(2018, 1, 2), by=manager)


def test_51_the_record_opens_with_the_last_actions_and_is_refused_without_their_outcome(
    client, manager, session
):
    """Test 51 of the security notes."""
    address = f"/supervision/sessions/{session.pk}/write/"
    page = read(client, address)
    (action,) = prior(session.agreement)
    assert page.index(WORDS) < page.index("Wellbeing") < page.index("What is to be done now")
    posted = fields_of(session, action) | {f"a{action.pk}-outcome": ""}
    page = read(client, address, 400, **posted)
    assert f"say what became of {action.ref} ({WORDS})" in page
    assert SECRET in page, "nothing that was typed is lost"
    answer = client.post(address, fields_of(session, action))
    assert answer.status_code == 302, answer.content.decode()
    page = read(client, answer["Location"])
    for words in (SECRET, "Change the plan", "child c1", "Ask the school for its view.", "30 January 2018"):
        assert words in page, words
    assert "Copy this to the child’s record" in page


def test_a_record_says_what_is_missing_in_each_line(client, manager, session):
    address = f"/supervision/sessions/{session.pk}/write/"
    (action,) = prior(session.agreement)
    wrong = {
        f"c{reference('c1')}-direction": "",
        "n1-due_on": "",
        "n1-reference": "",
        "s-wellbeing": "Ring the father on 020 7946 0123.",
    }
    page = read(client, address, 400, **fields_of(session, action, **wrong))
    for words in (
        "say what is to be done, by when, and why",
        "Due on: enter the day",
        "Child: choose whom it is for",
        "This looks like a telephone number.",
    ):
        assert words in page, words
    checked = {"s-wellbeing": "Ring the father on 020 7946 0123.", "s-is_checked": "on"}
    assert client.post(address, fields_of(session, action, **checked)).status_code == 302


def test_49_what_is_typed_is_there_after_the_session_ended(client, manager, session):
    """Test 49 of the security notes: kept while typing, restored after signing in again."""
    address = f"/supervision/sessions/{session.pk}/"
    kept = read(client, f"{address}draft/", 200, **{"s-wellbeing": SECRET, "n2-text": "Half a", "lines": "3"})
    assert "Kept" in kept and "<html" not in kept
    client.logout()
    assert client.get(f"{address}write/").status_code == 302
    client.force_login(manager)
    page = read(client, f"{address}write/")
    assert SECRET in page and "Half a" in page and "This is what you wrote" in page
    answer = client.post(f"{address}write/", {"s-wellbeing": "More", "more": "1", "lines": "3"})
    assert answer["Location"].endswith("#new-actions")
    assert "New action, line 6" in read(client, f"{address}write/")
    answer = client.post(f"{address}write/", {"s-wellbeing": "Enough", "keep": "1", "lines": "6"})
    assert answer["Location"] == session.agreement.get_absolute_url()
    assert Draft.objects.get().fields == {"s-wellbeing": "Enough", "lines": "6"}
    assert SECRET not in str(list(Event.objects.values("changes")))


def test_nobody_else_sees_what_is_being_written(client, manager, session):
    session_services.keep_draft(session, fields={"s-wellbeing": SECRET}, by=manager)
    address = f"/supervision/sessions/{session.pk}/"
    for person in (a_worker("W1"), a_person("service_manager")):
        client.force_login(person)
        page = read(client, address)
        assert SECRET not in page and "is being written" in page
        assert client.get(f"{address}write/").status_code in (403, 404)
        assert client.post(f"{address}draft/", {"s-wellbeing": "Mine"}).status_code in (403, 404)


def test_a_session_that_did_not_take_place_is_taken_away(client, manager, session):
    address = f"/supervision/sessions/{session.pk}/"
    assert "did not take place" in read(client, f"{address}write/")
    assert client.post(f"{address}drop", {"version": "1"}).status_code == 302
    read(client, address, 404)


def test_a_completed_session_is_not_written_again(client, manager):
    found = a_session(an_agreement(manager), DECEMBER)
    read(client, f"/supervision/sessions/{found.pk}/write/", 404)
    read(client, f"/supervision/sessions/{found.pk}/draft/", 404, **{"s-wellbeing": "Later"})


def test_two_windows_cannot_both_complete_a_session(client, manager, session):
    (action,) = prior(session.agreement)
    address = f"/supervision/sessions/{session.pk}/write/"
    assert "in another window" in read(client, address, 400, **fields_of(session, action, version="7"))


# Confidential


def test_the_record_is_read_by_three_people_and_for_others_does_not_exist(client, manager):
    agreement = an_agreement(manager)
    found = a_session(agreement, DECEMBER, an_action(child="c1"), notes={"wellbeing": SECRET})
    addresses = [f"/supervision/sessions/{found.pk}/", f"/supervision/workers/{agreement.pk}/"]
    for person in (manager, a_worker("W1"), a_person("service_manager")):
        client.force_login(person)
        assert SECRET in read(client, addresses[0]) and WORDS in read(client, addresses[1])
        assert read(client, f"{addresses[1]}preparation/")
    event = Event.objects.filter(what="supervision.seen").last()
    assert (event.about_key, event.by_role) == (str(found.pk), "service_manager")
    assert Seen.objects.filter(event_id=event.pk).get().reference == reference("c1")
    others = [a_manager("FSP 2"), a_manager(), a_worker("W2")]
    others += [
        a_person(role)
        for role in ("director", "head_of_service", "qa_lead", "auditor", "iro", "performance_analyst")
    ]
    others += [a_person(role) for role in ("programme_manager", "administrator", "inspector")]
    for person in others:
        client.force_login(person)
        for address in addresses:
            assert SECRET not in read(client, address, 404), person
        assert client.get(f"{addresses[1]}preparation/").status_code in (403, 404)
        action = found.actions.get()
        assert client.get(f"/supervision/actions/{action.pk}/done/").status_code == 404
        assert client.get(f"/supervision/actions/{action.pk}/carried/").status_code in (403, 404)


def test_compliance_shows_no_word_and_no_child(client, manager):
    agreement = an_agreement(manager)
    a_session(
        agreement, DECEMBER, an_action(child="c1"), notes={"wellbeing": SECRET}, discussions=[discussed()]
    )
    for role in ("director", "qa_lead", "performance_analyst", "head_of_service"):
        signed_in(client, role)
        page = read(client, "/supervision/compliance/")
        assert "Social worker W1" in page and "1 of 1" in page
        for words in (SECRET, WORDS, "Visit every week", reference("c1"), "child c1"):
            assert words not in page, words
    signed_in(client, person=a_manager("FSP 2"))
    assert "W1" not in read(client, "/supervision/compliance/?team=FSP+1")


def test_what_inspectors_get_is_recorded_and_runs_nothing(client, manager):
    a_session(an_agreement(manager), DECEMBER, an_action("=cmd()"))
    for what in ("sessions", "actions"):
        answer = client.get(f"/supervision/compliance/{what}.csv")
        text = answer.content.decode("utf-8-sig")
        assert answer["Content-Type"].startswith("text/csv") and "W1" in text and "cmd" not in text
    assert [e.about_key for e in Event.objects.filter(what="supervision.exported")] == [
        "supervision.sessions",
        "supervision.actions",
    ]
    read(client, "/supervision/compliance/children.csv", 404)
    signed_in(client, person=a_manager("FSP 2"))
    assert "W1" not in client.get("/supervision/compliance/sessions.csv").content.decode()


def test_a_session_is_opened_to_an_auditor_and_to_nobody_else(client, manager):
    found = a_session(an_agreement(manager), DECEMBER, notes={"wellbeing": SECRET})
    auditor, other = a_person("auditor", title="Case auditor, west"), a_person("auditor")
    read(client, "/supervision/openings/", 404)
    signed_in(client, "head_of_service")
    assert "No session was ever opened" in read(client, "/supervision/openings/")
    posted = {"session": found.pk, "person": auditor.pk, "case_audit": "A12", "ends_on": "2018-01-12"}
    posted["reason"] = "Drawn for the case audit of December."
    page = read(client, "/supervision/openings/add/", 400, **posted | {"case_audit": "the twelfth"})
    assert "write its reference" in page and SECRET not in page
    assert client.post("/supervision/openings/add/", posted).status_code == 302
    assert "Case auditor, west" in read(client, "/supervision/openings/")
    read(client, f"/supervision/sessions/{found.pk}/", 404)
    client.force_login(auditor)
    assert "Drawn for the case audit" in read(client, "/supervision/opened/")
    page = read(client, f"/supervision/sessions/{found.pk}/")
    assert SECRET in page and "open to you for a case audit" in page
    read(client, f"/supervision/workers/{found.agreement_id}/", 404)
    client.force_login(other)
    read(client, f"/supervision/sessions/{found.pk}/", 404)
    signed_in(client, "head_of_service")
    assert client.post(f"/supervision/openings/{Opening.objects.get().pk}/withdraw").status_code == 302
    client.force_login(auditor)
    read(client, f"/supervision/sessions/{found.pk}/", 404)


def test_16_a_child_restricted_since_is_not_told_of(client, manager):
    """Test 16 of the security notes."""
    agreement = an_agreement(manager)
    found = a_session(agreement, DECEMBER, an_action(child="c1"), discussions=[discussed()])
    restricted("c1")
    for address in (
        f"/supervision/sessions/{found.pk}/",
        f"/supervision/workers/{agreement.pk}/",
        f"/supervision/workers/{agreement.pk}/preparation/",
        "/supervision/directions/",
    ):
        page = read(client, address)
        for words in (WORDS, "Visit every week", ">c1<", "child c1", "Child c1"):
            assert words not in page, (address, words)
    assert not Seen.objects.filter(reference=reference("c1")).exists()


# Between sessions


def test_the_worker_reads_agrees_and_reports(client, manager):
    worker = a_worker("W1")
    agreement = an_agreement(manager)
    found = a_session(agreement, DECEMBER, an_action(child="c1"), discussions=[discussed()])
    client.force_login(worker)
    page = read(client, "/supervision/")
    assert WORDS in page and "child c1" in page and "Whom I supervise" not in page
    assert "I have read it and agree" in read(client, f"/supervision/sessions/{found.pk}/")
    client.post(f"/supervision/sessions/{found.pk}/agree")
    assert "The worker agreed to the record" in read(client, f"/supervision/sessions/{found.pk}/")
    client.post(f"/supervision/decisions/{found.discussions.get().pk}/copied")
    assert "In the child’s record" in read(client, f"/supervision/sessions/{found.pk}/")
    action = found.actions.get()
    address = f"/supervision/actions/{action.pk}/done/"
    assert WORDS in read(client, address)
    assert "not after today" in read(client, address, 400, version="1", done_on="2018-01-09")
    assert client.post(address, {"version": "1", "done_on": "2017-12-20"}).status_code == 302
    assert "Nothing is open" in read(client, f"/supervision/workers/{agreement.pk}/")


@pytest.mark.both_databases
def test_48_an_action_answered_meanwhile_shows_a_conflict(client, manager):
    found = a_session(an_agreement(manager), DECEMBER, an_action())
    action = found.actions.get()
    address = f"/supervision/actions/{action.pk}/done/"
    assert "Somebody else changed this" in read(client, address, 409, version="4", done_on="2017-12-20")
    action.refresh_from_db()
    assert action.state == "open"


def test_what_was_carried_twice_stands_on_the_managers_page_until_it_is_answered(client, manager):
    agreement = an_agreement(manager)
    a_session(agreement, OCTOBER, an_action())
    for on in (NOVEMBER, DECEMBER):
        a_session(agreement, on, reviews=[not_done(one) for one in prior(agreement)])
    assert "With the supervisor’s manager" in read(client, f"/supervision/workers/{agreement.pk}/")
    signed_in(client, "service_manager")
    page = read(client, "/supervision/")
    assert "Carried twice: what happens?" in page and "The family was away that week." in page
    action = Action.objects.get()
    address = f"/supervision/actions/{action.pk}/carried/"
    assert "carried 2 times" in read(client, address)
    posted = {"version": "3", "answer": "another_day", "text": "Do it with the health visitor."}
    assert "the day ahead" in read(client, address, 400, **posted)
    assert client.post(address, posted | {"by_on": "2018-01-20"}).status_code == 302
    assert "Carried twice" not in read(client, "/supervision/")
    assert "Do it with the health visitor." in read(client, f"/supervision/workers/{agreement.pk}/")


def test_an_agreement_is_changed_handed_over_and_ended_on_its_pages(client, manager):
    agreement = an_agreement(manager)
    address = f"/supervision/workers/{agreement.pk}"
    posted = {"title": "Senior social worker", "team": "FSP 1", "role": "social_worker"}
    posted |= {"counted_from_on": "2017-09-01", "version": "1"}
    assert client.post(f"{address}/change/", posted).status_code == 302
    page = read(client, f"{address}/change/", 409, **posted | {"title": "Social worker"})
    assert "Somebody else changed this" in page and "Senior social worker" in page
    away = {"weeks": "", "starts_on": "2017-12-01", "ends_on": "2017-12-31", "version": "2"}
    assert "Say why" in read(client, f"{address}/frequency/", 400, **away, reason="Ill")
    away["reason"] = "Away since the first of December."
    assert client.post(f"{address}/frequency/", away).status_code == 302
    assert "away" in read(client, f"{address}/")
    other = a_manager()
    handed = {"person": other.pk, "starts_on": "2018-01-02", "because": "Another team.", "version": "3"}
    assert client.post(f"{address}/supervisor/", handed)["Location"] == "/supervision/"
    read(client, f"{address}/", 404)
    client.force_login(other)
    ended = {"ends_on": "2018-01-02", "because": "Left the council.", "version": "4"}
    assert client.post(f"{address}/end/", ended).status_code == 302
    read(client, f"{address}/end/", 404)


def test_a_session_from_paper_is_entered_by_its_day(client, manager):
    agreement = an_agreement(manager, kept_since_on=date(2017, 12, 1))
    address = f"/supervision/workers/{agreement.pk}/paper/"
    assert "Enter a session from paper" in read(client, f"/supervision/workers/{agreement.pk}/")
    assert "begin it as a session" in read(client, address, 400, held_on="2017-12-05", kind="one_to_one")
    assert client.post(address, {"held_on": "2017-11-08", "kind": "one_to_one"}).status_code == 302
    assert "From paper" in read(client, f"/supervision/workers/{agreement.pk}/")


# Preparation and direction


def test_the_preparation_is_made_of_the_worklist(client, manager):
    agreement = an_agreement(manager)
    a_session(agreement, DECEMBER, an_action(child="c1"))
    page = read(client, f"/supervision/workers/{agreement.pk}/preparation/")
    assert page.index("Child c1") < page.index("Child c2"), "the gravest first"
    assert "Child c3" not in page and "Child c4" not in page
    for words in (WORDS, "children held, at most 25", "CIN visit", "Overdue by 64 working days"):
        assert words in page, words
    assert "Last management oversight: 2 October 2017." in page
    assert "last supervised on" not in page and "Supervision action" not in page, "the file itself says that"
    seen = Event.objects.filter(what="children.seen", about_key="supervision.preparation").last()
    assert set(Seen.objects.filter(event_id=seen.pk).values_list("reference", flat=True)) == {
        reference("c1"),
        reference("c2"),
    }
    client.force_login(a_worker("W1"))
    assert "Child c1" in read(client, f"/supervision/workers/{agreement.pk}/preparation/")


def test_whoever_sees_every_child_sees_them_for_supervision(client, council):
    head, manager = a_person("head_of_service"), a_person("service_manager")
    agreement = an_agreement(head, "")
    assert agreement.supervisee == manager
    client.force_login(head)
    page = read(client, f"/supervision/workers/{agreement.pk}/preparation/")
    assert "No child on your list is held by this worker" in page


def test_children_whom_other_teams_hold_are_counted_and_not_shown(client, manager):
    agreement = an_agreement(manager)
    type(agreement).objects.update(worker_id="W3")
    page = read(client, f"/supervision/workers/{agreement.pk}/preparation/")
    assert "1 child of this worker is held in FSP 2, whose children are not on your list" in page
    assert "c4" not in page
    restricted("c4")
    assert "of this worker" not in read(client, f"/supervision/workers/{agreement.pk}/preparation/")


def test_a_direction_is_given_for_a_child_handed_over_lately(client, manager):
    page = read(client, "/supervision/directions/")
    assert ">c3<" in page and "0 of 1" in page and "None recorded" in page and ">c1<" not in page
    address = f"/supervision/directions/{reference('c3')}/"
    assert "Handed to W2 on 20 December 2017" in read(client, address)
    posted = {"given_on": "2017-12-21", "first": "Read the chronology, then visit with the last worker."}
    posted |= {"first_by_on": "2017-12-29", "first_visit_by_on": "2017-12-29"}
    assert "come after the direction" in read(client, address, 400, **posted | {"first_by_on": "2017-12-20"})
    assert client.post(address, posted).status_code == 302
    page = read(client, "/supervision/directions/")
    assert "1 of 1" in page and "Read the chronology" in page
    assert "with a direction" in read(client, "/supervision/directions/?only=without")
    event = Event.objects.get(what="direction.given")
    assert (event.about_key, "Read the" in str(event.changes)) == (reference("c3"), False)
    client.force_login(a_worker("W2"))
    assert "Read the chronology" in read(client, "/supervision/")
    assert Direction.objects.get().given_by == manager


def test_a_direction_for_a_child_of_another_team_does_not_exist(client, council):
    signed_in(client, person=a_manager("FSP 2"))
    page = read(client, "/supervision/directions/")
    assert ">c3<" not in page and "No child was handed to a worker of your teams" in page
    for child in ("c3", "c1", "nobody"):
        read(client, f"/supervision/directions/{reference(child)}/", 404)


def test_before_the_first_load_nothing_is_said_to_be_none(client, settings, tmp_path):
    a_place(settings, tmp_path)
    manager = signed_in(client, person=a_manager())
    a_worker("W1")
    agreement = an_agreement(manager)
    assert "No extract has been loaded yet" in read(client, "/supervision/directions/")
    page = read(client, f"/supervision/workers/{agreement.pk}/preparation/")
    assert "No extract has been loaded yet" in page
    found = session_services.begin_session(agreement, kind="other", held_on=date(2018, 1, 2), by=manager)
    assert "knows no child" in read(client, f"/supervision/sessions/{found.pk}/write/")


@pytest.mark.both_databases
def test_pages_ask_the_database_little(client, manager):
    above = a_person("service_manager")
    agreements = [an_agreement(manager, worker) for worker in ("W1", "W2")]
    for agreement in agreements:
        for number, on in enumerate((OCTOBER, NOVEMBER, DECEMBER)):
            reviews = [not_done(one) for one in prior(agreement)]
            a_session(agreement, on, an_action(f"Action {number}"), reviews=reviews)
    last = session_services.begin_session(
        agreements[0], kind="one_to_one", held_on=date(2018, 1, 2), by=manager
    )
    session_services.keep_draft(last, fields={"s-wellbeing": SECRET}, by=manager)
    found = queries.sessions().get(held_on=DECEMBER, agreement=agreements[0])
    opening_services.open_session(
        found,
        person=a_person("auditor"),
        case_audit="A12",
        reason="Drawn for the case audit of December.",
        ends_on=date(2018, 1, 12),
        by=a_person("head_of_service"),
    )
    file = f"/supervision/workers/{agreements[0].pk}/"
    pages = ["/supervision/", file, f"{file}preparation/", f"/supervision/sessions/{found.pk}/"]
    own = [f"/supervision/sessions/{last.pk}/write/", f"{file}change/", "/supervision/workers/add/"]
    for person, addresses in (
        (manager, [*pages, *own, "/supervision/compliance/", "/supervision/directions/"]),
        (above, [*pages, "/supervision/compliance/"]),
        (a_worker("W1"), pages),
        (a_person("head_of_service"), ["/supervision/", "/supervision/openings/"]),
    ):
        client.force_login(person)
        for address in addresses:
            count, status = asked(client, address)
            assert status == 200 and count <= MOST, f"{address} answered {status} and asked {count} times"


def test_a_service_manager_sees_their_managers_workers_only(client, manager):
    an_agreement(manager)
    signed_in(client, "service_manager")
    assert "Whom my managers supervise" in read(client, "/supervision/")
    signed_in(client, "service_manager", unit=a_unit("Front Door", kind="service"))
    assert "Whom my managers supervise" not in read(client, "/supervision/")
