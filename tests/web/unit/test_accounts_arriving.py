"""The person and the session of a request are what Django itself would read."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.forms.models import model_to_dict

from goldenthread_web.accounts.arriving import Backend, SessionStore, person
from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.config.clock import now, today
from tests.web.builders import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def a_team():
    return Unit.objects.create(kind=Unit.Kind.TEAM, name="AI East", service="Assessment", starts_on=today())


@pytest.mark.parametrize("has_unit", [True, False])
def test_a_person_is_read_whole_with_their_unit(has_unit, django_assert_num_queries):
    made, unit = a_person("team_manager"), a_team() if has_unit else None
    User.objects.filter(pk=made.pk).update(last_seen_at=now(), starts_on=today(), session_number=3, unit=unit)
    with django_assert_num_queries(1):
        found = person(made.pk)
        unit = found.unit
    expected = User.objects.get(pk=made.pk)
    assert model_to_dict(found) == model_to_dict(expected)
    assert [getattr(found, f.attname) for f in User._meta.concrete_fields] == [
        getattr(expected, f.attname) for f in User._meta.concrete_fields
    ]
    assert (unit is None) is not has_unit
    if has_unit:
        assert model_to_dict(unit) == model_to_dict(expected.unit) and unit.is_open(today())
    assert found == expected and not found._state.adding


def test_nobody_is_read_who_may_not_sign_in():
    gone = a_person("team_manager", is_active=False)
    assert person(gone.pk) is not None
    assert Backend().get_user(gone.pk) is None
    assert Backend().get_user(gone.pk + 1) is None and person(gone.pk + 1) is None


def test_a_session_is_read_until_it_expires():
    store = SessionStore()
    store["began_at"] = 12.5
    store.create()
    assert SessionStore(store.session_key)["began_at"] == 12.5
    Session.objects.filter(pk=store.session_key).update(expire_date=now() - timedelta(seconds=1))
    late = SessionStore(store.session_key)
    assert "began_at" not in late and late.session_key is None


def test_a_session_that_was_tampered_with_is_empty():
    store = SessionStore()
    store["began_at"] = 12.5
    store.create()
    Session.objects.filter(pk=store.session_key).update(session_data="not signed by us")
    assert "began_at" not in SessionStore(store.session_key)
