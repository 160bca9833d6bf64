"""@page and @service: without the permission nothing runs, and what leaves no Event did not happen."""

import pytest
from django.test import RequestFactory

from goldenthread_web.accounts.models import Unit
from goldenthread_web.accounts.protecting import page, service
from goldenthread_web.accounts.refusals import NotAllowed, NotRecorded, Refused
from goldenthread_web.accounts.roles import Permission, roles
from goldenthread_web.trail.models import Event
from goldenthread_web.trail.recording import record
from tests.web.builders import a_person, a_unit

pytestmark = pytest.mark.django_db


@service(Permission.MANAGE_PEOPLE)
def write(*, by, fails=False, says=True):
    unit = a_unit("Made")
    if says:
        record("unit.made", unit, by=by)
    if fails:
        raise Refused("No.")
    return unit


def test_a_service_runs_for_those_who_may_and_leaves_its_event():
    assert write(by=a_person("administrator")).name == "Made"
    assert Event.objects.get().what == "unit.made"


@pytest.mark.parametrize("who", [lambda: a_person("director"), lambda: None])
def test_a_service_does_not_run_for_others(who):
    with pytest.raises(NotAllowed, match="manage accounts.*ask the administrator"):
        write(by=who())
    assert not Unit.objects.filter(name="Made").exists()


def test_a_service_wants_to_know_by_whom():
    with pytest.raises(KeyError):
        write()


def test_a_closed_account_writes_nothing():
    with pytest.raises(NotAllowed):
        write(by=a_person("administrator", is_active=False))


def test_what_leaves_no_event_did_not_happen():
    with pytest.raises(NotRecorded):
        write(by=a_person("administrator"), says=False)
    assert not Unit.objects.filter(name="Made").exists()


def test_what_is_refused_half_way_did_not_happen_and_left_no_event():
    with pytest.raises(Refused):
        write(by=a_person("administrator"), fails=True)
    assert not Unit.objects.filter(name="Made").exists() and not Event.objects.exists()


@page(Permission.SEE_TRAIL, asks=["q"], one_of={"sort": ["day", "kind"]})
def shown(request):
    """A page."""
    return "shown"


def ask(person, asked="q=1"):
    request = RequestFactory().get(f"/trail/?{asked}")
    request.user = person
    return shown(request)


def test_a_page_is_shown_to_those_who_may():
    assert ask(a_person("data_protection_officer")) == "shown"


@pytest.mark.parametrize("asked", ["", "q=1&q=2", "sort=day", "sort=&q=", "draft=put"])
def test_a_page_is_asked_for_what_it_knows(asked):
    assert ask(a_person("data_protection_officer"), asked) == "shown"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("q=1&name=c1", "This page cannot be asked for “name”: take it out of the address."),
        ("q__startswith=1", "This page cannot be asked for “q__startswith”: take it out of the address."),
        ("sort=day&sort=password", "“sort” in the address can be one of these: day, kind."),
    ],
)
def test_9_what_a_page_does_not_know_is_refused_in_a_sentence(asked, said):
    with pytest.raises(Refused) as refusal:
        ask(a_person("data_protection_officer"), asked)
    assert str(refusal.value) == said


def test_a_page_is_refused_to_others_and_that_is_an_event():
    person = a_person("director")
    with pytest.raises(NotAllowed):
        ask(person)
    event = Event.objects.get()
    assert (event.what, event.by_id, event.about_key) == ("page.refused", person.pk, "see_trail")


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_page():
    from django.contrib.auth.models import AnonymousUser

    assert ask(AnonymousUser())["Location"] == "/accounts/login/?next=/trail/%3Fq%3D1"


# The files that a director reads


def test_there_are_the_nineteen_roles_each_described():
    assert len(roles()) == 19
    for role in roles().values():
        assert role.title and role.description.endswith(".") and role.permissions


def test_every_permission_has_its_words_and_somebody_who_has_it():
    held = frozenset().union(*(role.permissions for role in roles().values()))
    for permission in Permission:
        assert permission.words and permission.ask
        assert permission in held, f"nobody may {permission.words}"


def test_no_role_both_proposes_and_approves():
    for role in roles().values():
        assert not {Permission.MANAGE_PEOPLE, Permission.APPROVE_ROLES} <= role.permissions, role.code
