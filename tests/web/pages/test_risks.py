"""Pages of the risk register: what a person reads, what a form refuses, two people at once."""

from datetime import date

import pytest

from goldenthread_web.risks import queries, services
from goldenthread_web.risks.models import Mitigation, Movement, Risk
from goldenthread_web.risks.scales import Score
from tests.web.builders import a_person, signed_in
from tests.web.reading import page_of
from tests.web.unit.test_risks import NOTE, a_body, a_risk, moved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(monkeypatch):
    """The second of January 2018, as in the demonstration."""
    from goldenthread_web.risks import changing_views, views

    for module in (services, queries, views, changing_views):
        monkeypatch.setattr(module, "today", lambda: date(2018, 1, 2))


@pytest.fixture
def risk():
    return a_risk(a_person("programme_manager"))


def read(client, address, status=200, **posted):
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return page_of(answer)


def test_an_empty_register_says_what_to_do(client):
    signed_in(client, "programme_manager")
    assert "Enter the first one" in read(client, "/risks/")
    assert "No risk is open" in read(client, "/risks/map/")


def test_the_register_says_how_each_moved_since_a_day(client, risk):
    moved(risk, a_person("programme_manager"), (3, 4), date(2017, 12, 1))
    signed_in(client, "scrutiny_member")
    page = read(client, "/risks/?since=2017-11-01")
    assert "Down from 16 to 12" in page and NOTE in page
    assert "If posts stay empty" in page and "then children change their worker" in page
    assert "/risks/add/" not in page  # a member changes nothing
    assert "Unchanged" in read(client, "/risks/?since=2017-12-20")
    assert "No risk is like that" in read(client, "/risks/?band=V")
    assert "No risk is like that" in read(client, "/risks/?only=up")
    assert "K1" in read(client, "/risks/?since=tomorrow&band=Q")


def test_closed_ones_are_kept(client, risk):
    services.close_risk(
        risk, version=1, moved_on=date(2017, 6, 1), note="All posts are filled.", by=a_person("director")
    )
    signed_in(client, "board_member")
    assert "K1 If" not in read(client, "/risks/")
    assert "Closed 1 Jun 2017" in read(client, "/risks/?closed=1")
    assert "All posts are filled." in read(client, "/risks/K1/")


def test_the_heat_map_and_its_table(client, risk):
    signed_in(client, "elected_member")
    page = read(client, "/risks/map/")
    assert "gt-heat__cell--4" in page and "4 likely" in page and ">K1</a>" in page


def test_a_risk_with_everything_it_has(client, risk):
    by = a_person("programme_manager")
    services.escalate_risk(
        risk, version=1, body=a_body(), moved_on=date(2017, 6, 1), note="The board decides on pay.", by=by
    )
    services.add_mitigation(
        risk, kind="control", text="Ring round.", post="Head", test_due_on=date(2017, 12, 1), by=by
    )
    services.add_warning(risk, ref="WF-02", because="Agency workers leave first.", by=by)
    signed_in(client, "programme_manager")
    page = read(client, "/risks/K1/")
    for words in ("Never tested", "Overdue", "WF-02", "improvement board", "Beyond the appetite", "K1"):
        assert words in page, words
    assert client.get("/risks/K99/").status_code == 404


def test_a_risk_is_entered(client):
    signed_in(client, "programme_manager")
    assert 'value="K1"' in read(client, "/risks/add/")
    said = {
        "ref": "K1",
        "if_text": "If posts stay empty,",
        "then_text": "children wait.",
        "cause": "Pay.",
        "event": "Workers leave.",
        "impact": "They wait.",
        "category": "people",
        "post": "Head of service",
        "target_likelihood": "2",
        "target_impact": "3",
        "proximity": "now",
        "appetite": "cautious",
        "review_on": "2018-03-01",
        "inherent_likelihood": "5",
        "inherent_impact": "5",
        "current_likelihood": "4",
        "current_impact": "4",
        "identified_on": "2017-05-01",
        "note": "Entered when the plan was made.",
    }
    assert "filled in yet" in read(client, "/risks/add/", 400, **said | {"post": ""})
    assert "write K and a number" in read(client, "/risks/add/", 400, **said | {"ref": "R1"})
    assert "before anything was done" in read(client, "/risks/add/", 400, **said | {"inherent_impact": "1"})
    assert client.post("/risks/add/", said)["Location"] == "/risks/K1/"
    assert Risk.objects.get().sentence == "If posts stay empty, then children wait."


def test_a_score_without_a_note_is_refused_on_the_page(client, risk):
    signed_in(client, "head_of_service")
    posted = {"version": "1", "likelihood": "3", "impact": "4", "moved_on": "2018-01-02"}
    page = read(client, "/risks/K1/score/", 400, **posted, note="")
    assert "Why does it move, or why does it stay? Not filled in yet" in page
    assert client.post("/risks/K1/score/", posted | {"note": NOTE}).status_code == 302
    assert Movement.objects.count() == 2


@pytest.mark.both_databases
def test_48_two_people_change_a_risk_and_the_second_sees_both_values(client, risk):
    signed_in(client, "programme_manager")
    read(client, "/risks/K1/edit/")
    posted = {name: getattr(risk, name) for name in ("if_text", "then_text", "cause", "event", "impact")}
    posted |= {"category": "people", "post": "Director", "target_likelihood": "2", "target_impact": "3"}
    posted |= {"proximity": "now", "appetite": "cautious", "review_on": "2018-03-01", "version": "1"}
    assert client.post("/risks/K1/edit/", posted | {"post": "Head of practice"}).status_code == 302
    page = read(client, "/risks/K1/edit/", 409, **posted)
    assert "Somebody else changed this" in page and "Head of practice" in page and "Director" in page
    risk.refresh_from_db()
    assert (risk.post, risk.version) == ("Head of practice", 2)
    assert 'name="version" value="2"' in page  # who saves again now does so knowingly
    assert client.post("/risks/K1/edit/", posted | {"version": "2"}).status_code == 302
    risk.refresh_from_db()
    assert risk.post == "Director"


def test_a_risk_is_escalated_closed_and_opened_on_its_page(client, risk):
    signed_in(client, "programme_manager")
    body = a_body()
    posted = {"moved_on": "2018-01-02", "note": "The board decides on pay."}
    page = read(client, "/risks/K1/standing/", 400, **posted, what="escalate", version="1")
    assert "choose the one it is escalated to" in page
    for version, what in enumerate(("escalate", "take_back", "close", "reopen"), 1):
        said = posted | {"what": what, "version": version, "body": body.pk if what == "escalate" else ""}
        answer = client.post("/risks/K1/standing/", said)
        assert answer.status_code == 302, answer.content.decode()
    assert risk.movements.count() == 5


def test_a_control_is_added_tested_and_ended(client, risk):
    signed_in(client, "programme_manager")
    posted = {"kind": "control", "text": "Ring round.", "post": "Head"}
    assert "tested next" in read(client, "/risks/K1/mitigations/add/", 400, **posted)
    posted["test_due_on"] = "2018-02-01"
    assert client.post("/risks/K1/mitigations/add/", posted).status_code == 302
    control = Mitigation.objects.get()
    posted = {"result": "partly", "tested_on": "2018-01-02", "note": "One of three answered."}
    address = f"/risks/mitigations/{control.pk}/test/"
    assert "after this one" in read(client, address, 400, **posted, next_due_on="2018-01-02")
    assert client.post(address, posted | {"next_due_on": "2018-04-01"}).status_code == 302
    assert "Partly effective" in read(client, "/risks/K1/")
    assert client.post(f"/risks/mitigations/{control.pk}/end").status_code == 302
    assert "Ended 2 Jan 2018" in read(client, "/risks/K1/")


def test_a_warning_is_added_and_removed(client, risk):
    signed_in(client, "programme_manager")
    posted = {"ref": "WF-02", "because": "Agency workers leave first."}
    assert client.post("/risks/K1/warnings/add/", posted).status_code == 302
    assert "already" in read(client, "/risks/K1/warnings/add/", 400, **posted)
    assert client.post(f"/risks/warnings/{risk.warnings.get().pk}/remove").status_code == 302
    assert not risk.warnings.exists()


@pytest.mark.both_databases
def test_pages_ask_the_database_little(client, risk, django_assert_max_num_queries):
    by = signed_in(client, "programme_manager")
    for number in range(2, 7):
        one = a_risk(by, f"K{number}")
        services.add_warning(one, ref="WF-02", because="Agency workers leave first.", by=by)
        services.add_mitigation(
            one, kind="control", text="Ring round.", post="Head", test_due_on=date(2018, 2, 1), by=by
        )
    for page in ("/risks/", "/risks/map/", "/risks/K2/", "/risks/K2/edit/", "/risks/K2/standing/"):
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200
    assert Score(4, 4) == queries.register()[0].score
