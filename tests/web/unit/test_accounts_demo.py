"""The demonstration's accounts: one per role, without passwords, and nowhere else (test 74)."""

from datetime import date

import pytest

from goldenthread_web.accounts import demo
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import roles
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person, a_unit

pytestmark = pytest.mark.django_db


def made(**values):
    a_unit("FSP 1"), a_unit("Family Support", kind="service")
    given = {"workers": {"social_worker": "W1", "iro": "W2"}, "sample": ["a" * 20, "b" * 20]}
    return {person.role: person for person in demo.make_accounts(team="FSP 1", **given | values)}


@pytest.mark.both_databases
def test_there_is_one_account_for_each_role_with_children_to_see():
    accounts = made()
    assert list(accounts) == list(roles())
    assert accounts["team_manager"].title == "Team manager, FSP 1"
    assert accounts["service_manager"].title == "Service manager, Family Support"
    assert child_scope(accounts["team_manager"]).teams == {"FSP 1"}
    assert child_scope(accounts["service_manager"]).teams == {"FSP 1"}
    assert child_scope(accounts["social_worker"]).worker_id == "W1"
    assert child_scope(accounts["iro"]).worker_id == "W2"
    assert child_scope(accounts["auditor"]).references == {"a" * 20, "b" * 20}
    assert accounts["inspector"].ends_on == date(2018, 2, 1)


def test_no_account_has_a_password():
    assert not any(person.has_usable_password() for person in made().values())


def test_making_them_again_brings_them_up_to_date():
    made()
    User.objects.filter(role="director").update(is_active=False)
    again = made(sample=["c" * 20])
    assert User.objects.count() == 19
    assert again["director"].is_active
    assert child_scope(again["auditor"]).references == {"c" * 20}
    assert Event.objects.filter(what="account.made").count() == 19
    assert Event.objects.filter(what="account.renewed").count() == 19


def test_the_sign_in_page_lists_them_in_the_order_of_the_roles(client):
    made()
    a_person("director", title="Somebody of the council")
    page = client.get("/accounts/login/").content.decode()
    places = [page.index(role.description.replace("'", "&#39;")) for role in roles().values()]
    assert places == sorted(places)
    assert "Somebody of the council" not in page
    assert page.count("demo/sign-in") == 19
    assert 'type="password"' not in page


def test_a_team_that_is_not_there_is_refused():
    with pytest.raises(Refused, match="no team FSP 9"):
        demo.make_accounts(team="FSP 9", workers={})


def test_there_are_none_outside_the_demonstration(settings):
    found = made()["director"]
    settings.DEMO = False
    assert demo.accounts() == []
    assert demo.account(str(found.pk)) is None
    with pytest.raises(Refused, match="Only a demonstration"):
        made()
