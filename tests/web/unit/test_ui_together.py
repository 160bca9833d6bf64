"""Several lists in one query: the same rows as each by itself, with the same types, in the same order."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db.models import F

from goldenthread_web.governance.models import Meeting
from goldenthread_web.programme.models import Body, Component, Theme
from goldenthread_web.resources.models import InvestmentLine, Spend
from goldenthread_web.ui.together import together
from tests.web.builders import a_person
from tests.web.reporting import AT, a_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def kept(row):
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def test_rows_are_those_of_each_list_by_itself(django_assert_num_queries):
    a_programme()
    body = Body.objects.get(code="cabinet")
    for day in (9, 2):
        Meeting.objects.create(
            body=body,
            starts_at=datetime(2018, 1, day, 14, 30, tzinfo=UTC),
            freezes_on=date(2018, 1, 1),
            place="Room “B” \\ 2",
        )
    wanted = {
        "meetings": Meeting.objects.annotate(body_name=F("body__name")),
        "bodies": Body.objects.order_by("-code"),
        "themes": Theme.objects.defer("focus"),
        "nothing": Component.objects.filter(pk__in=[]),
    }
    alone = {name: list(rows) for name, rows in wanted.items()}
    with django_assert_num_queries(1):
        read = together(**wanted)
    assert {name: list(map(kept, rows)) for name, rows in read.items()} == {
        name: list(map(kept, rows)) for name, rows in alone.items()
    }
    assert [one.starts_at.day for one in read["meetings"]] == [2, 9]
    assert read["meetings"][0].body_name == "Cabinet" and read["nothing"] == []
    # What was not read is asked for when it is wanted.
    assert read["themes"][0].focus == "What leadership is for."


def test_there_may_be_no_list():
    assert together() == {}


def test_money_comes_back_to_the_penny():
    by, penny = a_person("programme_manager"), Decimal("1234567.89")
    line = InvestmentLine.objects.create(
        ref="M1",
        title="A line",
        about="Tests.",
        kind="recurrent",
        source="base_budget",
        starts_on=date(2017, 4, 1),
        post="Head of service",
        benefit="Something for children.",
        benefit_test_on=date(2018, 4, 1),
    )
    Spend.objects.create(
        line=line, spent_on=date(2017, 5, 1), amount=penny, note="May", entered_by=by, entered_at=AT
    )
    assert [one.amount for one in together(spends=Spend.objects.all())["spends"]] == [penny]
