"""Figures of what people write, on the pages of figures: like any other, and as fresh as it says."""

from datetime import UTC, datetime

import pytest
from django.core.cache import caches

from goldenthread_web.figures.models import WorkedOut
from tests.web.builders import signed_in
from tests.web.figure_sets import a_set, over_two_years
from tests.web.reading import page_of

pytestmark = pytest.mark.django_db
READ_AT = datetime(2018, 1, 2, 9, 30, tzinfo=UTC)
SAID = "Records kept in this service as at 2 January 2018 at 09:30."


@pytest.fixture(autouse=True)
def some():
    caches["worked_out"].clear()
    figures = [*over_two_years("QA-02", [60] * 12), *over_two_years("FD-02", [70] * 12)]
    return a_set(figures, records="a" * 64, records_at=READ_AT)


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return page_of(answer)


def test_an_indicator_of_records_is_shown_like_any_other_and_says_when_they_were_read(client):
    signed_in(client, "head_of_service")
    page = read(client, "/indicators/QA-02/")
    assert SAID in page and "60.0%" in page and "cannot be worked out" not in page
    WorkedOut.objects.update(records_at=READ_AT.replace(hour=14))
    assert "as at 2 January 2018 at 14:30" in read(
        client, "/indicators/QA-02/"
    )  # read again, and nothing new


def test_an_indicator_of_extracts_says_nothing_of_records(client):
    signed_in(client, "head_of_service")
    assert "Records kept in this service" not in read(client, "/indicators/FD-02/")


def test_the_scorecard_says_when_they_were_read(client):
    signed_in(client, "elected_member")
    page = read(client, "/scorecard/")
    assert SAID in page and "QA-02" in page


def test_before_any_were_read_nothing_is_said(client):
    WorkedOut.objects.update(records_at=None)
    signed_in(client, "head_of_service")
    assert "Records kept in this service" not in read(client, "/scorecard/") + read(
        client, "/indicators/QA-02/"
    )
