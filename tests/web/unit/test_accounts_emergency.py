"""Break-glass: a reason, one child, 60 minutes, read only, told and judged (tests 12, 13, 14)."""

from datetime import timedelta

import pytest

from goldenthread_web.accounts import emergency_services as services
from goldenthread_web.accounts.emergencies import for_review, open_now, reasons
from goldenthread_web.accounts.models import EmergencyAccess
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.accounts.roles import Permission, roles
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.config import clock
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person

pytestmark = pytest.mark.django_db

CHILD = "0123456789abcdef0123"
WHY = "Called by the police at night."


def opened(by, child=CHILD, reason="harm_now", explanation=WHY):
    return services.ask(child, reason=reason, explanation=explanation, by=by)


def what():
    return [event.what for event in Event.objects.all()]


def test_it_opens_one_child_for_an_hour(monkeypatch):
    manager = a_person()
    access = opened(manager)
    assert child_scope(manager).references == {CHILD}
    assert access.ends_at - access.opened_at == timedelta(minutes=60)
    event = Event.objects.get()
    assert (event.what, event.about_kind, event.about_key, event.reason) == (
        "emergency.opened",
        "child",
        CHILD,
        "harm_now",
    )
    assert WHY not in str(event.changes) and len(event.changes["explanation"]) == 64
    later = clock.now() + timedelta(minutes=60)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert child_scope(manager).references == set()
    assert open_now(manager) == []


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"reason": ""}, "choose one of the reasons"),
        ({"reason": "curious"}, "choose one of the reasons"),
        ({"explanation": ""}, "15 characters"),
        ({"explanation": "14 characters."}, "15 characters"),
        ({"explanation": "a" + " " * 20 + "b"}, "15 characters"),
    ],
)
def test_without_a_reason_and_fifteen_characters_it_is_refused(values, sentence):
    with pytest.raises(Refused, match=sentence):
        opened(a_person(), **values)
    assert not EmergencyAccess.objects.exists() and not what()


def test_fifteen_characters_are_enough():
    assert opened(a_person(), explanation="15 characters..").pk


def test_a_suspended_person_gets_none():
    with pytest.raises(NotAllowed):
        opened(a_person(is_active=False))


@pytest.mark.parametrize("role", sorted(set(roles()) - {"team_manager", "service_manager"}))
def test_other_roles_get_none(role):
    assert Permission.BREAK_GLASS not in roles()[role].permissions
    with pytest.raises(NotAllowed):
        opened(a_person(role))


def test_the_fourth_within_the_hour_is_refused_and_told(mailoutbox, django_capture_on_commit_callbacks):
    officer, head = a_person("data_protection_officer"), a_person("head_of_service")
    manager = a_person()
    for number in range(3):
        opened(manager, f"{number:020x}")
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(3, 10):
            with pytest.raises(Refused, match="most that is given"):
                opened(manager, f"{number:020x}")
    assert EmergencyAccess.objects.count() == 3
    assert what().count("emergency.too_many") == 7
    assert {message.to[0] for message in mailoutbox} == {officer.email, head.email}
    assert all("too often" in message.subject for message in mailoutbox)


def test_after_an_hour_there_is_more(monkeypatch):
    manager = a_person()
    for number in range(3):
        opened(manager, f"{number:020x}")
    later = clock.now() + timedelta(minutes=61)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert opened(manager, CHILD).pk


def test_the_officer_and_the_head_of_service_are_told_without_the_child(
    mailoutbox, django_capture_on_commit_callbacks
):
    officer, head = a_person("data_protection_officer"), a_person("head_of_service")
    with django_capture_on_commit_callbacks(execute=True):
        opened(a_person())
    assert {message.to[0] for message in mailoutbox} == {officer.email, head.email}
    for message in mailoutbox:
        assert "/emergencies/" in message.body
        assert CHILD not in message.body + message.subject and WHY not in message.body


def test_the_same_child_is_not_opened_twice_at_once():
    manager = a_person()
    opened(manager)
    with pytest.raises(Refused, match="open already"):
        opened(manager)


def test_it_is_judged_once_and_by_somebody_else():
    access, officer = opened(a_person()), a_person("data_protection_officer")
    with pytest.raises(Refused, match="justified or not"):
        services.review(access, finding="perhaps", by=officer)
    services.review(access, finding="not_justified", by=officer)
    access.refresh_from_db()
    assert (access.finding, access.reviewed_by) == ("not_justified", officer)
    assert Event.objects.last().what == "emergency.reviewed"
    with pytest.raises(Refused, match="stands"):
        services.review(access, finding="justified", by=officer)


def test_nobody_judges_their_own():
    officer = a_person("data_protection_officer")
    own = EmergencyAccess.objects.create(
        person=officer,
        reference=CHILD,
        reason="cover",
        explanation=WHY,
        opened_at=clock.now(),
        ends_at=clock.now(),
    )
    with pytest.raises(Refused, match="your own"):
        services.review(own, finding="justified", by=officer)


def test_a_manager_judges_none():
    with pytest.raises(NotAllowed):
        services.review(opened(a_person()), finding="justified", by=a_person())


def test_what_nobody_judged_comes_first():
    judged, waiting = opened(a_person(), "1" * 20), opened(a_person(), "2" * 20)
    services.review(judged, finding="justified", by=a_person("data_protection_officer"))
    assert list(for_review()) == [waiting, judged]


def test_every_reason_is_a_code_that_the_trail_takes():
    manager = [a_person() for _ in reasons()]
    for person, reason in zip(manager, reasons(), strict=True):
        assert opened(person, reason=reason).reason == reason
