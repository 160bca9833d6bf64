"""Management oversight recorded here: by whom, about whom, and what the trail says of it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.emergency_services import ask
from goldenthread_web.accounts.refusals import NoChildren, NotAllowed, Refused
from goldenthread_web.extracts.children import index
from goldenthread_web.trail.models import Event
from goldenthread_web.worklist import services
from goldenthread_web.worklist.forms import OversightForm
from goldenthread_web.worklist.free_text import warnings_about
from goldenthread_web.worklist.models import Oversight
from tests.web.builders import a_person, a_unit
from tests.web.morning import a_morning

pytestmark = pytest.mark.django_db
TODAY = date(2018, 1, 2)
SAID = {
    "decided_on": TODAY,
    "decision": "continue",
    "direction": "Visit this week and speak with the school.",
    "next_on": date(2018, 2, 13),
}


@pytest.fixture(autouse=True)
def council(settings, tmp_path):
    return a_morning(settings, tmp_path)


def child(child_id):
    return index().by_reference[reference(child_id)]


def manager(team="FSP 1", role="team_manager"):
    return a_person(role, unit=a_unit(team))


def test_oversight_is_an_event_without_a_word_of_what_was_written():
    by = manager()
    made = services.record_oversight(child("c1"), **SAID, by=by)
    event = Event.objects.get(what="oversight.recorded")
    assert (event.about_kind, event.about_key, event.by_id) == ("child", reference("c1"), by.pk)
    assert event.changes == {"decision": "continue", "decided_on": "2018-01-02", "next_on": "2018-02-13"}
    assert (made.team, made.direction, made.reference) == ("FSP 1", SAID["direction"], reference("c1"))


def test_oversight_of_another_teams_child_is_refused():
    with pytest.raises(Refused, match="child's own manager"):
        services.record_oversight(child("c4"), **SAID, by=manager())
    assert not Oversight.objects.exists()


def test_emergency_access_is_for_reading_only():
    by = manager()
    ask(child("c4").reference, reason="harm_now", explanation="Their own team cannot be reached.", by=by)
    with pytest.raises(Refused, match="Emergency access is for reading only"):
        services.record_oversight(child("c4"), **SAID, by=by)
    made = services.record_oversight(child("c4"), **SAID, by=manager("FSP 2"))
    with pytest.raises(Refused, match="Emergency access is for reading only"):
        services.mark_copied(child("c4"), made, by=by)
    assert Event.objects.filter(what__startswith="oversight.").count() == 1


def test_a_manager_who_opened_their_own_child_in_an_emergency_stays_their_manager():
    by = manager()
    by.emergencies.create(
        reference=child("c1").reference,
        reason="harm_now",
        opened_at="2018-01-02T09:00Z",
        ends_at="2099-01-02T10:00Z",
    )
    services.record_oversight(child("c1"), **SAID, by=by)


@pytest.mark.parametrize("role", ["social_worker", "iro", "performance_analyst", "director", "board_member"])
def test_who_may_not_record_oversight(role):
    with pytest.raises((NotAllowed, NoChildren)):
        services.record_oversight(child("c1"), **SAID, by=a_person(role))
    assert not Oversight.objects.exists()


def test_a_decision_is_marked_as_copied_once():
    by = manager()
    made = services.record_oversight(child("c1"), **SAID, by=by)
    services.mark_copied(child("c1"), made, by=by)
    event = Event.objects.get(what="oversight.copied")
    assert (event.about_key, event.changes) == (reference("c1"), {"oversight": made.pk})
    with pytest.raises(Refused, match="before"):
        services.mark_copied(child("c1"), made, by=by)


def test_a_decision_about_one_child_is_not_marked_under_another():
    by = manager()
    made = services.record_oversight(child("c1"), **SAID, by=by)
    with pytest.raises(Refused, match="another child"):
        services.mark_copied(child("c2"), made, by=by)
    made.refresh_from_db()
    assert made.copied_at is None


def test_the_next_oversight_comes_later_whatever_the_form_says():
    by = manager()
    with pytest.raises(IntegrityError), transaction.atomic():
        services.record_oversight(child("c1"), **SAID | {"next_on": TODAY}, by=by)


# What may be typed


def form(**changes):
    typed = {name: str(value) for name, value in (SAID | changes).items()}
    return OversightForm(typed, today=TODAY, weeks=6)


def test_a_plain_text_needs_no_check():
    assert form().is_valid()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ring 020 7946 0123 before the visit on Friday.", "telephone number"),
        ("The family moved to AB1 2CD, visit them there.", "postcode"),
        ("NHS number 943 476 5919 is to be corrected.", "NHS number"),
        ("Write to somebody@school.example about attendance.", "e-mail address"),
        ("The child was born on 5 May 2010, check the record.", "date of birth"),
        ("The pupil is A123456789012 at the new school.", "unique pupil number"),
    ],
)
def test_what_looks_like_a_persons_details_is_pointed_out_until_it_was_checked(text, kind):
    assert any(kind in said for said in warnings_about(text))
    first = form(direction=text)
    assert not first.is_valid() and first.needs_check
    assert kind in first.errors["direction"][0]
    assert form(direction=text, is_checked="on").is_valid()


def test_dates_of_visits_are_no_dates_of_birth():
    assert warnings_about("Seen on 5 May 2017 at 10:30; the plan of 2017-04-03 goes on for 12 weeks.") == []


def test_a_decision_of_tomorrow_or_a_next_one_before_it_is_refused():
    tomorrow = TODAY + timedelta(1)
    assert "after today" in form(decided_on=tomorrow, next_on=date(2018, 3, 1)).errors["decided_on"][0]
    assert "must be after this decision" in form(next_on=TODAY).errors["next_on"][0]
