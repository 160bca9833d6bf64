"""Pages of voices: who reads words and who numbers, what a form keeps, what an open survey hides."""

from datetime import date

import pytest

from goldenthread_web.accounts.children import reference
from goldenthread_web.trail.models import Seen
from goldenthread_web.voice import services
from goldenthread_web.voice.models import Feedback, Reply, Response, Survey, Told
from tests.web.builders import a_person, a_unit, signed_in
from tests.web.reading import page_of
from tests.web.supervised import a_council, a_manager
from tests.web.unit.test_voice import a_survey, a_voice, answers

pytestmark = pytest.mark.django_db


def read(client, address, status=200, **posted):
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return page_of(answer)


@pytest.fixture
def lead():
    return a_person("qa_lead", email="lead@example.org")


def test_an_empty_page_says_whom_to_ask(client):
    signed_in(client, "programme_manager")
    page = read(client, "/voice/")
    assert "not heard in the last three months: ask them" in page
    assert "Nothing has been answered yet" in page
    assert "No survey has been opened yet" in read(client, "/voice/surveys/")


def test_a_member_reads_numbers_and_what_was_done_but_no_words(client, lead):
    a_voice(lead)
    said = {"theme": "visits", "audience": "child", "said": "Visits are late.", "owner": "Team manager"}
    waiting = services.begin_reply(**said, due_on=date(2018, 2, 1), by=lead)
    signed_in(client, "elected_member")
    page = read(client, "/voice/")
    assert "too few to be shown" in page and "says he will" not in page and "Visits are late." not in page
    read(client, "/voice/said/", 403)
    services.finish_reply(waiting, did="They are on time.", done_on=date(2018, 1, 2), version=1, by=lead)
    assert "They are on time." in read(client, "/voice/")


def test_words_are_for_the_manager_of_the_team(client, lead):
    a_voice(lead, team="FSP 1")
    a_voice(lead, team="FSP 2", text="Of another team.")
    signed_in(client, "team_manager")
    page = read(client, "/voice/said/")
    assert "says he will" in page and "Of another team." not in page
    other = Feedback.objects.get(team="FSP 2")
    read(client, f"/voice/said/{other.pk}/", 404)
    assert "Nothing like that" in read(client, "/voice/said/?theme=home")


def test_what_somebody_said_is_written_down(client):
    a_unit("FSP 1")
    signed_in(client, "social_worker")
    said = {
        "audience": "child",
        "channel": "conversation",
        "received_on": "2018-01-02",
        "team": "FSP 1",
        "asking": "",
        "text": "Ring me on 07700 900123.",
        "is_positive": "yes",
    }
    page = read(client, "/voice/said/add/", 400, **said, themes=["visits"])
    assert "This looks like a telephone number." in page  # before anything is kept
    assert "I have read the warning" in page and "07700 900123" in page
    read(client, "/voice/said/add/", 302, **{**said, "text": "He listens."}, themes=["listened_to"])
    assert Feedback.objects.get().is_positive is True


def test_words_are_coded_and_a_second_person_is_told(client, lead):
    made = a_voice(lead)
    signed_in(client, "qa_lead")
    said = {"text": "He comes.", "themes": ["visits", "home"], "is_positive": "", "version": 1}
    read(client, f"/voice/said/{made.pk}/", 302, **said)
    assert "home" in Feedback.objects.get().themes
    read(client, f"/voice/said/{made.pk}/", 409, **said)


def test_you_said_we_did(client):
    signed_in(client, "qa_lead")
    said = {"audience": "staff", "theme": "systems", "said": "Laptops fail.", "owner": "Head of ICT"}
    rung = said | {"said": "Laptops fail: ring 020 7946 0123."}
    page = read(client, "/voice/replies/add/", 400, **rung, due_on="2017-12-20", action="")
    assert "This looks like a telephone number." in page and not Reply.objects.exists()
    read(client, "/voice/replies/add/", 302, **said, due_on="2017-12-20", action="")
    assert "Overdue" in read(client, "/voice/")
    reply = Reply.objects.get()
    read(client, f"/voice/replies/{reply.pk}/", 302, did="They work.", done_on="2018-01-02", version=1)
    page = read(client, "/voice/")
    assert "They work." in page and "Said, and not yet done" not in page


def test_a_round_of_asking(client):
    signed_in(client, "qa_lead")
    said = {"title": "Parents", "audience": "parent", "channel": "form", "invited": 40}
    read(client, "/voice/ask/", 302, **said, starts_on="2018-01-02", ends_on="2018-03-30")
    assert "0 of 40" in read(client, "/voice/")


def test_a_worker_answers_a_survey_once(client, lead):
    survey = a_survey(lead)
    signed_in(client, "social_worker")
    assert "Pulse" in read(client, "/surveys/")
    page = read(client, f"/surveys/{survey.pk}/")
    assert "what they said is not tied to it" in page and "Your team" in page
    read(client, f"/surveys/{survey.pk}/", 302, proud="agree", team="")
    page = read(client, "/surveys/")
    assert "No survey waits for you" in page and "Write down what somebody said" in page
    read(client, f"/surveys/{survey.pk}/", 404)
    assert Response.objects.count() == 1


def test_an_open_survey_shows_no_answers(client, lead):
    survey = a_survey(lead)
    answers(survey, lead, "FSP 1", 9)
    signed_in(client, "director")
    page = read(client, f"/voice/surveys/{survey.pk}/")
    assert "9 of 40 have answered" in page and "9 of 9" not in page
    Survey.objects.update(closes_on=date(2017, 12, 31))
    page = read(client, f"/voice/surveys/{survey.pk}/")
    assert "9 of 9" in page and "FSP 1" in page


def test_answers_of_partners_are_entered(client, lead):
    survey = a_survey(lead, kind="thresholds", audience="partner", items=["threshold_know"], asks_team=False)
    signed_in(client, "qa_lead")
    read(client, f"/voice/surveys/{survey.pk}/enter/", 302, threshold_know="agree")
    assert Response.objects.count() == 1
    read(client, f"/voice/surveys/{a_survey(lead).pk}/enter/", 404)


def test_a_survey_is_opened_and_what_people_were_told_is_noted(client):
    signed_in(client, "qa_lead")
    said = {"title": "Model", "kind": "model", "audience": "staff", "invited": 40}
    days = {"opens_on": "2018-01-02", "closes_on": "2018-01-19"}
    page = read(client, "/voice/surveys/add/", 400, **said, **days, items=["proud"])
    assert "Choose what is asked." in page
    read(client, "/voice/surveys/add/", 302, **said, **days, items=["model_words"])
    told = {"kind": "model", "audience": "staff", "subject": "One page", "how": "By e-mail", "reached": ""}
    read(client, "/voice/told/add/", 302, **told, told_on="2018-01-02")
    assert Told.objects.get().reached is None
    page = read(client, "/voice/surveys/")
    assert "One page" in page and "0 of 40" in page


@pytest.fixture
def council(settings, tmp_path):
    return a_council(settings, tmp_path)


def test_what_is_about_one_child_is_read_by_those_who_may_see_the_child(client, council):
    lead = signed_in(client, "qa_lead")
    said = {
        "audience": "parent",
        "reference": "c9",
        "channel": "conversation",
        "received_on": "2018-01-02",
        "text": "She rings back the same day.",
        "themes": ["listened_to"],
        "is_positive": "yes",
    }
    page = read(client, "/voice/said/add/", 400, **said)
    assert "There is no such child on your list" in page and not Feedback.objects.exists()
    read(client, "/voice/said/add/", 302, **said | {"reference": "c1"})
    made = Feedback.objects.get()
    assert made.reference == reference("c1") and made.entered_by == lead
    address, link = f"/voice/said/{made.pk}/", f"/children/{reference('c1')}/"
    page = read(client, "/voice/said/")
    assert link in page and "one child" in page and "child c1" not in page  # nobody asked them why yet
    assert Seen.objects.filter(reference=reference("c1")).exists()
    # The manager of the child's team reads it, the manager of another team does not, nor whoever sees figures
    signed_in(client, person=a_manager("FSP 1"))
    page = read(client, "/voice/said/")
    assert "rings back" in page and "child c1" in page
    assert 'value="c1"' in read(client, address)
    signed_in(client, person=a_manager("FSP 2"))
    assert "rings back" not in read(client, "/voice/said/")
    read(client, address, 404)
    signed_in(client, "programme_manager", email="programme@example.org")
    assert "rings back" not in read(client, "/voice/said/")
    read(client, address, 404)
    assert "Child it is about" not in read(client, "/voice/said/add/")


def test_a_child_is_named_afterwards_or_no_longer(client, council, lead):
    made = a_voice(lead, team="FSP 1")
    signed_in(client, "qa_lead")
    said = {"text": "He comes.", "themes": ["visits"], "is_positive": ""}
    read(client, f"/voice/said/{made.pk}/", 302, **said, reference="c1", version=1)
    assert Feedback.objects.get().reference == reference("c1")
    page = read(client, f"/voice/said/{made.pk}/")
    assert f'value="{reference("c1")}"' in page
    read(client, f"/voice/said/{made.pk}/", 302, **said, reference="", version=2)
    assert Feedback.objects.get().reference == ""


def test_whoever_must_say_why_first_is_shown_no_number_of_a_child(client, council, lead):
    a_voice(lead, reference=reference("c1"))
    signed_in(client, "head_of_service", email="head@example.org")
    page = read(client, "/voice/said/")
    assert "about <a" in page and "one child" in page and "child c1" not in page
