"""The data protection officer's pages: who saw this child, what did this person see, is the trail whole?"""

import csv
import io

import pytest
from django.urls import reverse

from goldenthread_web.accounts.children import reference
from goldenthread_web.trail.models import Event
from goldenthread_web.trail.recording import record
from tests.web.builders import a_person, at, signed_in
from tests.web.reading import page_of

pytestmark = pytest.mark.django_db

CHILD = "C-4711"


@pytest.fixture
def officer(client):
    return signed_in(client, "data_protection_officer")


def read(answer):
    assert answer.status_code == 200, answer.status_code
    return page_of(answer)


def rows(page):
    return page.split("<tbody")[1].split("</tbody>")[0].count("<tr") if "<tbody" in page else 0


def test_who_saw_a_child_by_their_id_without_the_id_in_an_address(client, officer):
    manager = a_person(title="Team manager, FSP 1")
    seen = reference(CHILD)
    record("children.seen", ("figure", "AS-02"), by=manager, children=[seen, reference("C-2")])
    record("child.seen", ("child", seen), by=manager, children=[seen])
    record("child.seen", ("child", reference("C-2")), by=a_person(title="Somebody else"))
    led_to = client.post(reverse("trail:find_child"), {"child": f" {CHILD} "})["Location"]
    assert CHILD not in led_to and seen in led_to
    page = read(client.get(led_to))
    assert rows(page) == 2
    assert "Team manager, FSP 1" in page and "Opened the child&#39;s page" in page
    table = page.split("<tbody")[1]
    assert "Somebody else" not in table
    assert client.post(reverse("trail:find_child"), {"child": seen})["Location"] == led_to
    assert client.post(reverse("trail:find_child"), {"child": ""}).status_code == 400


def test_looking_is_an_event_but_does_not_count_as_seeing_the_child(client, officer):
    seen = reference(CHILD)
    client.get(reverse("trail:search"), {"child": seen})
    event = Event.objects.get()
    assert (event.what, event.by_id, event.changes) == ("trail.searched", officer.pk, {"child": seen})
    assert rows(read(client.get(reverse("trail:search"), {"child": seen}))) == 0


def test_what_a_person_saw_by_kind_and_day(client, officer):
    person, other = a_person(title="Team manager, FSP 1"), a_person()
    record("child.seen", ("child", reference(CHILD)), by=person)
    record("account.signed_out", person, by=person)
    record("child.seen", ("child", reference(CHILD)), by=other)
    page = read(client.get(reverse("trail:search"), {"person": person.pk}))
    assert "What Team manager, FSP 1 did and saw" in page and rows(page) == 2
    page = read(client.get(reverse("trail:search"), {"person": person.pk, "what": "child.seen"}))
    assert rows(page) == 1
    page = read(client.get(reverse("trail:search"), {"until": "2018-01-01"}))
    assert rows(page) == 0


@pytest.mark.parametrize(
    "query", [{"child": CHILD}, {"person": "x"}, {"what": "<b>"}, {"since": "yesterday"}, {"person": -1}]
)
def test_a_search_that_makes_no_sense_is_refused_in_a_sentence(client, officer, query):
    answer = client.get(reverse("trail:search"), query)
    assert answer.status_code == 400
    assert f"The search cannot be read: correct {next(iter(query))}." in answer.content.decode()


@pytest.mark.both_databases
def test_a_long_trail_is_paged_with_few_queries(client, officer, django_assert_max_num_queries):
    people = [a_person() for _ in range(5)]
    for number in range(120):
        seen = [f"{number:020x}", f"{number + 1:020x}"]
        record("children.seen", ("figure", "AS-02"), by=people[number % 5], children=seen)
    client.get("/account")  # the session's first request writes when it began
    with django_assert_max_num_queries(12):
        page = read(client.get(reverse("trail:search")))
    assert rows(page) == 50
    assert "1 to 50 of 120 Events" in page or "1 to 50 of 121 Events" in page
    assert "2 children" in page
    assert rows(read(client.get(reverse("trail:search"), {"page": 3}))) >= 20


def test_the_copy_is_what_the_page_shows_and_no_formula(client, officer):
    person = a_person(title="=HYPERLINK(evil)")
    record("child.seen", ("child", reference(CHILD)), by=person, reason="cover", children=[reference(CHILD)])
    record("child.seen", ("child", reference("C-2")), by=person)
    answer = client.get(reverse("trail:copy"), {"child": reference(CHILD)})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert len(lines) == 1
    assert (lines[0]["by"], lines[0]["reason"]) == ("'=HYPERLINK(evil)", "cover")
    assert lines[0]["children"] == reference(CHILD)
    assert Event.objects.filter(what="trail.exported", by_id=officer.pk).count() == 1
    assert answer["Content-Disposition"] == 'attachment; filename="trail.csv"'


def test_verifying_says_that_the_trail_is_whole_or_where_not(client, officer):
    from tests.web.unit.test_trail_recording import run, unprotected

    for _ in range(3):
        record("child.seen", ("child", reference(CHILD)), by=None)
    assert "has not run yet" in read(client.get(reverse("trail:chain")))
    assert "The newest 3 Events are whole" in read(client.post(reverse("trail:chain")))
    second = Event.objects.all()[1]
    unprotected()
    run("UPDATE trail_event SET by_role = 'director' WHERE id = %s", second.pk)
    page = read(client.post(reverse("trail:chain")))
    assert f"broken at Event {second.pk}: its content was changed" in page


def test_nobody_else_looks_into_the_trail(client):
    for role in ("administrator", "director", "head_of_service", "performance_analyst"):
        signed_in(client, role)
        for name in ("search", "copy", "chain"):
            assert client.get(reverse(f"trail:{name}")).status_code == 403, (role, name)


def test_an_account_that_is_no_longer_there_is_named_by_its_number(client, officer):
    record("child.seen", ("child", reference(CHILD)), by=_Gone())
    assert "Account 4711" in read(client.get(reverse("trail:search")))


class _Gone:
    pk, role = 4711, "team_manager"


def test_15_what_is_worth_a_second_look_is_said_by_person_and_day(client, officer, monkeypatch):
    manager = a_person(title="Team manager, FSP 1")
    monkeypatch.setattr("goldenthread_web.trail.recording.now", lambda: at("2018-01-09 22:30"))
    record("child.seen", ("child", reference(CHILD)), by=manager, children=[reference(CHILD)])
    monkeypatch.undo()
    page = read(client.get("/trail/second-look?week=2018-01-08"))
    assert "Team manager, FSP 1" in page and "9 January 2018" in page and reference(CHILD) not in page
    assert f'href="/trail/?person={manager.pk}&amp;since=2018-01-09&amp;until=2018-01-09"' in page
    assert "?week=2018-01-01" in page  # the week before
    assert "Nothing stands out in this week" in read(client.get("/trail/second-look"))
    assert client.get("/trail/second-look?week=soon").status_code == 404
    searched = Event.objects.filter(what="trail.searched").first()
    assert searched.changes == {"what": "child.seen", "since": "2018-01-08", "until": "2018-01-14"}
