"""Signing in, out and everywhere out; a person's own page."""

import pytest

from tests.web.builders import a_person

pytestmark = pytest.mark.django_db


def test_x(client):
    a_person()
    assert client.get("/accounts/login/").status_code == 200
