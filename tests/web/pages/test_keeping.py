"""What is typed and not saved: kept while somebody types, there when they come back, dropped once saved."""

from datetime import timedelta

import pytest

from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.config.clock import now
from goldenthread_web.improvement.models import Update
from goldenthread_web.programme.draft_services import KEPT_FOR, drop_draft, drop_old_drafts, keep_draft
from goldenthread_web.programme.models import Body, Draft
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person, signed_in
from tests.web.governing import a_body
from tests.web.pages.test_improvement import plan  # noqa: F401  a plan with one of everything

pytestmark = pytest.mark.django_db
PAGE = "/bodies/cabinet/edit/"
SAID = {"name": "Cabinet", "purpose": "Decides.", "chair": "Leader", "rhythm": "quarterly", "quorum": "3"}


@pytest.fixture
def cabinet():
    return a_body("cabinet", by=a_person("programme_manager"), **{**SAID, "quorum": 3})


def typed(client, page=PAGE, *, htmx=True, **said):
    """What the page sends while somebody types, or with the button where the browser cannot."""
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(page, said if htmx else said | {"keep": "1"}, headers=headers)


def text_of(answer):
    return answer.content.decode()


def follows():
    return Draft.objects.get().kept_at.isoformat()


def test_what_is_typed_is_there_after_the_session_ended_and_gone_once_saved(client, cabinet):
    person = signed_in(client, "programme_manager")
    answer = typed(client, **SAID | {"purpose": "Decides what matters", "version": "1"})
    assert "Kept " in text_of(answer) and "also after you were signed out" in text_of(answer)
    assert Event.objects.order_by("-id").first().what == "draft.kept"
    client.logout()
    signed_in(client, person=person)
    page = text_of(client.get(PAGE))
    assert "This is what you typed and did not save" in page and "Decides what matters" in page
    assert Body.objects.get().purpose == "Decides."
    answer = client.post(PAGE, SAID | {"purpose": "Decides it all", "version": "1", "follows": follows()})
    assert answer.status_code == 302 and Body.objects.get().purpose == "Decides it all"
    assert not Draft.objects.exists() and "did not save" not in text_of(client.get(PAGE))


def test_without_javascript_a_button_keeps_it_and_it_can_be_dropped(client, cabinet):
    signed_in(client, "programme_manager")
    answer = typed(client, htmx=False, **SAID | {"purpose": "Half a thought", "version": "1"})
    assert answer.status_code == 302 and Body.objects.get().purpose == "Decides."
    page = text_of(client.get(PAGE))
    assert "Half a thought" in page and "Keep it and go on later" in page
    assert client.post(PAGE, {"drop": "1"}).url == PAGE
    assert not Draft.objects.exists() and "Half a thought" not in text_of(client.get(PAGE))
    assert Event.objects.order_by("-id").first().what == "draft.dropped"


def test_nobody_else_sees_it(client, cabinet):
    signed_in(client, "programme_manager")
    typed(client, **SAID | {"purpose": "Mine alone", "version": "1"})
    signed_in(client, "programme_manager", email="another@demo.example")
    assert "Mine alone" not in text_of(client.get(PAGE))
    with pytest.raises(Refused, match="somebody else"):
        drop_draft(Draft.objects.get(), by=a_person("director"))


def test_a_second_window_overwrites_nothing(client, cabinet):
    signed_in(client, "programme_manager")
    typed(client, **SAID | {"purpose": "In the first", "version": "1"})
    answer = typed(client, **SAID | {"purpose": "In the second", "version": "1"})
    assert "Not kept" in text_of(answer) and "another window" in text_of(answer)
    answer = typed(client, htmx=False, **SAID | {"purpose": "In the second", "version": "1"})
    assert answer.status_code == 400 and "In the second" in text_of(answer)
    assert Draft.objects.get().fields["purpose"] == ["In the first"]
    client.post(PAGE, SAID | {"purpose": "In the second", "version": "1"})
    assert Draft.objects.exists(), "what the first window kept is not the second's to drop"


def test_where_something_was_saved_since_both_are_shown(client, cabinet):
    signed_in(client, "programme_manager")
    typed(client, **SAID | {"purpose": "As I typed it", "version": "1"})
    Body.objects.update(purpose="As they saved it", version=2)
    page = text_of(client.get(PAGE))
    assert "You typed something here and did not save it" in page
    assert "As I typed it" in page and "As they saved it" in page
    assert ">As they saved it</textarea>" in page
    page = text_of(client.get(PAGE + "?draft=put"))
    assert ">As I typed it</textarea>" in page and 'name="version" value="2"' in page


def test_after_a_mistake_the_form_stays_with_what_it_began_with(client, cabinet):
    signed_in(client, "programme_manager")
    Body.objects.update(purpose="As they saved it", version=2)
    answer = client.post(PAGE, SAID | {"chair": "", "version": "1"})
    assert answer.status_code == 400 and 'name="version" value="1"' in text_of(answer)
    answer = client.post(PAGE, SAID | {"purpose": "As I wrote it", "version": "1"})
    page = text_of(answer)
    assert answer.status_code == 409 and "As they saved it" in page and "As I wrote it" in page
    assert 'name="version" value="2"' in page, "whoever saves now has seen what differs"
    assert client.post(PAGE, SAID | {"purpose": "Joined", "version": "2"}).status_code == 302
    assert Body.objects.get().purpose == "Joined" and Body.objects.get().version == 3


def test_an_owners_monthly_update_is_kept_with_its_choices(client, plan):  # noqa: F811
    signed_in(client, "team_manager")
    page = f"/plan/months/{plan['cycle'].pk}/report/update/"
    said = {"action": plan["second"].pk, "text": "Half of it", "forecast_on": "2018-01-31", "version": "0"}
    typed(client, page, **said)
    shown = text_of(client.get(page))
    assert ">Half of it</textarea>" in shown and 'value="2018-01-31"' in shown
    assert f'<option value="{plan["second"].pk}" selected' in shown
    before = Update.objects.count()
    assert client.post(page, said | {"follows": follows()}).status_code == 302
    assert Update.objects.count() == before + 1 and not Draft.objects.exists()


def test_a_book_is_not_kept_and_what_nobody_came_back_to_is_forgotten():
    person = a_person("team_manager")
    with pytest.raises(Refused, match="too long"):
        keep_draft("/plan/", fields={"text": ["x" * 400_001]}, based_on=0, follows="", by=person)
    kept = keep_draft("/plan/", fields={"text": ["x"]}, based_on=0, follows="", by=person)
    assert drop_old_drafts() == 0 and str(kept).startswith("/plan/")
    Draft.objects.update(kept_at=now() - KEPT_FOR - timedelta(days=1))
    assert drop_old_drafts() == 1 and not Draft.objects.exists()
