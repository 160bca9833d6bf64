"""Pages of challenges: who reads which, what a form refuses, why whoever sees every child looks."""

from datetime import date

import pytest

from goldenthread_web.accounts.children import reference
from goldenthread_web.challenges.models import Challenge, GoodPractice
from goldenthread_web.trail.models import Event, Seen
from tests.web.asking import MOST, asked
from tests.web.builders import a_person, signed_in
from tests.web.deliveries import a_place
from tests.web.reading import page_of
from tests.web.supervised import a_council, a_manager, restricted
from tests.web.unit.test_challenges import TEXT, a_challenge, answered, escalated, resolved

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(settings, tmp_path):
    return a_council(settings, tmp_path)


@pytest.fixture
def officer(council, client):
    return signed_in(client, "iro", worker_id="W9")


SAID = {
    "child": reference("c1"),
    "raised_as": "iro",
    "concern_type": "plan",
    "theme": "care_plan",
    "text": TEXT,
    "wanted": "A plan that begins with the child’s day.",
    "childs_view": "Says that mornings are the worst.",
    "stage": "informal",
    "raised_on": "2018-01-02",
}


def read(client, address, status=200, **posted):
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return page_of(answer)


def test_before_the_first_the_page_says_what_to_do(client, officer):
    page = read(client, "/challenges/")
    assert "No challenge has been raised" in page and "Raise a challenge" in page
    assert "No challenge was raised in these days" in read(client, "/challenges/results/")


def test_a_challenge_is_raised_and_stands_on_the_lists(client, officer):
    page = read(client, "/challenges/raise/")
    assert ">c1<" in page and ">c4<" in page and ">c3<" not in page
    for wrong, sentence in (
        ({"childs_view": ""}, "say why the child was not asked"),
        ({"stage": "2"}, "Say why stages are left out."),
        ({"child": reference("c3")}, "Select a valid choice"),
        ({"text": "Ring 020 7946 0123 about the plan."}, "This looks like a telephone number."),
    ):
        page = read(client, "/challenges/raise/", 400, **SAID | wrong)
        assert sentence in page, wrong
        assert "A plan that begins with" in page, "nothing that was typed is lost"
    assert client.post("/challenges/raise/", SAID)["Location"] == "/challenges/R1/"
    page = read(client, "/challenges/R1/")
    for words in (TEXT, "mornings are the worst", ">c1</a>", "Take it further", "5 January 2018"):
        assert words in page, words
    assert "R1 Quality of the care plan" in read(client, "/challenges/")
    client.force_login(a_manager())
    page = read(client, "/challenges/")
    assert "Yours to answer" in page and "child c1" in page
    client.force_login(a_manager("FSP 2"))
    assert "/challenges/R1/" not in read(client, "/challenges/")
    read(client, "/challenges/R1/", 404)


def test_it_is_answered_taken_further_and_resolved(client, officer):
    a_challenge(officer, raised_on=date(2018, 1, 2))
    client.force_login(a_manager())
    posted = {"version": "1", "position": "agreed", "text": "You are right about it.", "will_do": ""}
    posted["answered_on"] = "2018-01-02"
    assert TEXT in read(client, "/challenges/R1/answer/")
    assert "what is done about it" in read(client, "/challenges/R1/answer/", 400, **posted)
    posted["will_do"] = "We rewrite it this week."
    assert client.post("/challenges/R1/answer/", posted).status_code == 302
    read(client, "/challenges/R1/escalate/", 403)
    client.force_login(officer)
    further = {"version": "2", "stage": "2", "reason": "Nothing has changed.", "escalated_on": "2018-01-02"}
    assert client.post("/challenges/R1/escalate/", further).status_code == 302
    page = read(client, "/challenges/R1/")
    assert "Stage 2: service manager" in page and "Left out: Stage 1: team manager." in page
    conflict = read(client, "/challenges/R1/escalate/", 409, **further | {"stage": "3"})
    assert "Somebody else changed this" in conflict
    client.force_login(a_manager())
    read(client, "/challenges/R1/answer/", 404)
    client.force_login(a_person("service_manager"))
    assert client.post("/challenges/R1/answer/", posted | {"version": "3"}).status_code == 302
    client.force_login(officer)
    referred = {"version": "4", "reason": "The child’s rights.", "referred_on": "2018-01-02"}
    assert client.post("/challenges/R1/cafcass/", referred).status_code == 302
    assert client.post("/challenges/R1/on-file", {"version": "5"}).status_code == 302
    ended = {
        "version": "6",
        "outcome": "partly",
        "text": "The plan was rewritten.",
        "resolved_on": "2018-01-02",
    }
    assert client.post("/challenges/R1/resolve/", ended).status_code == 302
    page = read(client, "/challenges/R1/")
    for words in ("Partly upheld", "Resolved in time", "Referred to CAFCASS", "In the child’s record"):
        assert words in page, words
    assert Challenge.objects.get().outcome == "partly"
    assert "The plan was rewritten." not in str(list(Event.objects.values()))


def test_good_practice_is_noted_on_its_page(client, officer):
    posted = {"child": reference("c4"), "theme": "voice", "noted_on": "2018-01-02"}
    posted["text"] = "Drawings told of a good and a bad day."
    assert client.post("/challenges/good-practice/", posted).status_code == 302
    assert posted["text"] in read(client, "/challenges/")
    client.force_login(a_manager("FSP 2"))
    assert posted["text"] in read(client, "/challenges/")
    assert GoodPractice.objects.get().team == "FSP 2"


def test_whoever_sees_every_child_says_why_first(client, officer):
    made = a_challenge(officer)
    escalated(made, officer, "3", date(2017, 11, 8))
    head = signed_in(client, "head_of_service")
    page = read(client, "/challenges/")
    assert "R1 Quality of the care plan" in page and "c1" not in page.split("<main")[1].split("</main>")[0]
    for address in ("/challenges/R1/", "/challenges/R1/answer/"):
        page = read(client, address)
        assert "Why do you look at these children?" in page and TEXT not in page
    assert "Choose why" in read(client, "/challenges/R1/?reason=curiosity")
    assert not Seen.objects.filter(reference=reference("c1")).exists()
    page = read(client, "/challenges/R1/?reason=safeguarding")
    assert TEXT in page and "/challenges/R1/answer/?reason=safeguarding" in page
    event = Event.objects.get(what="case_challenge.seen")
    assert (event.by_id, event.reason) == (head.pk, "safeguarding")
    assert TEXT in read(client, "/challenges/R1/answer/?reason=safeguarding")


def test_what_is_seen_is_recorded_before_it_is_shown(client, officer, monkeypatch):
    from django.db import DatabaseError

    a_challenge(officer)
    client.force_login(a_manager())

    def full(*args, **kwargs):
        raise DatabaseError("no space left")

    monkeypatch.setattr("goldenthread_web.trail.recording._append", full)
    for address in ("/challenges/", "/challenges/R1/", "/challenges/R1/answer/"):
        assert TEXT not in read(client, address, 503)


def test_16_a_restricted_child_has_no_challenge(client, officer):
    """Test 16 of the security notes."""
    a_challenge(officer)
    restricted("c1")
    for person in (officer, a_manager(), a_person("service_manager"), a_person("qa_lead")):
        client.force_login(person)
        assert "/challenges/R1/" not in read(client, "/challenges/")
        read(client, "/challenges/R1/", 404)
        assert "No challenge was raised" in read(client, "/challenges/results/")


def test_results_are_read_for_other_days_too(client, officer):
    manager = a_manager()
    made = a_challenge(officer)
    answered(made, manager)
    resolved(made, officer, date(2017, 11, 20))
    client.force_login(manager)
    page = read(client, "/challenges/results/")
    assert "1 of 1" in page and "Quality of the care plan" in page and "October to December 2017" in page
    assert "No challenge was raised" in read(client, "/challenges/results/?since=2017-12-01")
    assert "1 of 1" in read(client, "/challenges/results/?since=nonsense&until=2030-01-01")
    assert "None is like that" in read(client, "/challenges/?show=late")
    assert "Resolved in time" in read(client, "/challenges/?show=all&theme=nonsense")


@pytest.mark.parametrize("role", ["social_worker", "programme_manager", "elected_member", "administrator"])
def test_others_have_no_such_pages(client, council, role):
    signed_in(client, role)
    for address in ("/challenges/", "/challenges/results/", "/challenges/R1/", "/challenges/raise/"):
        read(client, address, 403)


def test_before_the_first_load_no_child_can_be_chosen(client, settings, tmp_path):
    a_place(settings, tmp_path)
    signed_in(client, "iro", worker_id="W9")
    assert "No challenge has been raised" in read(client, "/challenges/")
    assert "Select a valid choice" in read(client, "/challenges/raise/", 400, **SAID)


@pytest.mark.both_databases
def test_pages_ask_the_database_little(client, officer):
    for number in range(6):
        made = a_challenge(officer, "c1" if number % 2 else "c4")
        escalated(made, officer, "2", date(2017, 11, 8))
    for person in (officer, a_person("service_manager")):
        client.force_login(person)
        client.get("/challenges/")
        for address in ("/challenges/", "/challenges/R2/", "/challenges/results/", "/challenges/?show=all"):
            count, status = asked(client, address)
            assert status == 200 and count <= MOST, f"{address} answered {status} and asked {count} times"
    client.force_login(officer)
    for address in ("/challenges/raise/", "/challenges/R2/escalate/", "/challenges/R2/resolve/"):
        count, status = asked(client, address)
        assert status == 200 and count <= MOST, f"{address} answered {status} and asked {count} times"
