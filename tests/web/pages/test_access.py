"""Every page x every role is as access.csv says, and no address is without protection (tests 2, 3, 19)."""

import pytest

from goldenthread_web.accounts.roles import roles
from tests.web.pages import access

pytestmark = pytest.mark.django_db

RENEW = "`python -m tests.web.pages.access --write` renews tests/web/pages/access.csv: review its difference"


def test_every_view_is_a_page_or_open_or_allauths():
    assert not access.unprotected(), "put @page(Permission.X) or @open_page on these views"


def test_every_view_of_allauth_on_the_list_exists():
    assert {name for name, _, _ in access.addresses()} >= access.ALLAUTH


def test_access_is_as_written():
    found, said = access.reality(), access.written()
    assert list(next(iter(said.values()))) == list(roles()), f"the roles changed: {RENEW}"
    assert sorted(set(found) - set(said)) == [], f"pages without a line: {RENEW}"
    assert sorted(set(said) - set(found)) == [], f"lines without a page: {RENEW}"
    wrong = [
        f"{page}, {role}: written {said[page][role]}, found {answer}"
        for page, answers in found.items()
        for role, answer in answers.items()
        if said[page][role] != answer
    ]
    assert not wrong, "\n".join([*wrong, RENEW])


def test_nobody_who_is_not_signed_in_opens_a_page(client):
    from django.urls import reverse

    for name, view, arguments in access.addresses():
        if getattr(view, "is_page", False):
            answer = client.get(reverse(name, kwargs=arguments or None))
            assert answer.status_code in (302, 405), name
            if answer.status_code == 302:
                assert answer["Location"].startswith("/accounts/login/"), name
            else:
                assert client.post(reverse(name, kwargs=arguments or None)).status_code == 302, name
