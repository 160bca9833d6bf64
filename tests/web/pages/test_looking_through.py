"""Whoever writes where many read is asked once more about words of a child, details of a person (20, 81)."""

import pytest

from goldenthread_web.governance.models import Minute
from goldenthread_web.improvement.models import Action, WeeklyNote
from tests.web.builders import signed_in
from tests.web.concern_builders import a_concern
from tests.web.governing import a_body, a_meeting, begun, item_of
from tests.web.pages import test_improvement

pytestmark = pytest.mark.django_db
plan, form_of = test_improvement.plan, test_improvement.form_of

FEARED = "The neighbour saw the boy’s uncle leave the house at night and told nobody of it."
PASTED = "As we heard, the NEIGHBOUR saw the boy's uncle\nleave the house at night."
ABOUT_A_CHILD = "also stands in an immediate concern, written about one child"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PASTED, ABOUT_A_CHILD),
        ("Ask about 943 476 5919.", "This looks like an NHS number."),
        ("Ask about A123456789012.", "This looks like a unique pupil number."),
        ("Families of B15 2TT wait.", "This looks like a postcode."),
        ("The boy, born 2 May 2010, waits.", "This looks like a date of birth."),
    ],
)
def test_20_81_words_of_a_child_in_the_plan_are_pointed_out_and_saved_only_if_sent_again(
    client,
    plan,
    text,
    said,
):
    a_concern(text=FEARED)
    signed_in(client, "programme_manager")
    address, before = "/plan/actions/2.3.1/edit/change/", plan["first"].text
    sent = form_of(plan["first"], text=text)
    first = client.post(address, sent)
    assert first.status_code == 400 and said in first.text and "save again as it is" in first.text
    assert Action.objects.get(ref="2.3.1").text == before
    assert (
        client.post(address, sent | {"text": f"{text} Or so."}).status_code == 400
    )  # other words: asked anew
    assert client.post(address, sent | {"text": f"{text} Or so."}).status_code == 302
    assert Action.objects.get(ref="2.3.1").text == f"{text} Or so."


def test_20_81_other_words_are_saved_at_once(client, plan):
    a_concern(text=FEARED)
    signed_in(client, "programme_manager")
    sent = form_of(
        plan["first"], text="The neighbour saw the boy’s uncle, and 1,204 of 1,310 visits were in time."
    )
    assert client.post("/plan/actions/2.3.1/edit/change/", sent).status_code == 302


def test_20_81_words_of_a_child_in_the_minutes_are_pointed_out(client):
    a_concern(text=FEARED)
    by = signed_in(client, "programme_manager")
    meeting = a_meeting(a_body(by=by), "2017-12-12", by=by)
    begun(meeting, by)
    address = f"/meetings/{meeting.pk}/write/minute/{item_of(meeting).pk}"
    sent = {"minute-text": PASTED, "minute-version": 0}
    first = client.post(address, sent)
    assert first.status_code == 400 and ABOUT_A_CHILD in first.text
    assert not Minute.objects.exists()
    assert client.post(address, sent).status_code == 302
    assert Minute.objects.get().text == PASTED


def test_20_81_words_of_a_child_in_the_twelve_weeks_are_pointed_out(client, plan):
    a_concern(text=FEARED)
    signed_in(client, "director")
    first = client.post("/plan/twelve-weeks/1/note/", {"text": PASTED})
    assert first.status_code == 400 and ABOUT_A_CHILD in first.text
    assert not WeeklyNote.objects.filter(text=PASTED).exists()
