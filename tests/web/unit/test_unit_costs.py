"""What a service costs for each child: from the ledger and the library's figure, and hidden where that is."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.resources import queries, services
from goldenthread_web.resources.models import ServiceSpend
from goldenthread_web.resources.quarters import Quarter
from goldenthread_web.resources.unit_costs import left_in_all, one_off_money, service_costs
from goldenthread_web.trail.models import Event
from tests.unit.figure_lines import a_figure
from tests.web.builders import a_person, signed_in
from tests.web.figure_sets import a_set
from tests.web.reading import page_of
from tests.web.unit.test_resources import a_line, spend

pytestmark = pytest.mark.django_db
TODAY = date(2018, 1, 2)
SEPTEMBER, DECEMBER = 20, 23  # months of the figures
THIRD = Quarter(2017, 3)


@pytest.fixture
def manager():
    return a_person("programme_manager")


def cost(by, amount, quarter=THIRD, code="looked_after", **said):
    return services.enter_service_spend(
        code, quarter=quarter, amount=Decimal(amount), **({"source": "Ledger"} | said), by=by
    )


def children(*numbers):
    return a_set(
        [
            a_figure("LAC-01", n=number, month=month)
            for month, number in zip((SEPTEMBER, DECEMBER), numbers, strict=True)
        ]
    )


def looked_after(*, is_public_view=False):
    return next(
        one for one in service_costs(TODAY, is_public_view=is_public_view) if one.code == "looked_after"
    )


def test_the_cost_for_each_child_is_money_over_children_at_the_end(manager):
    children(300, 330)
    cost(manager, "3000000", THIRD.before)
    cost(manager, "3000001")
    told = looked_after()
    assert [(one.children, one.per_child) for one in told.quarters] == [
        (300, Decimal(10000)),
        (330, Decimal(9091)),
    ]
    assert told.sentence == (
        "£9,091 for each looked-after child in quarter 3 of 2017/18, £909 less than in quarter 2 of 2017/18."
    )


def test_the_latest_entry_counts_and_those_before_it_stay(manager):
    children(300, 330)
    first = cost(manager, "33000")
    assert looked_after().sentence == "£100 for each looked-after child in quarter 3 of 2017/18."
    cost(manager, "330000")
    assert [one.per_child for one in looked_after().quarters] == [Decimal(1000)]
    cost(manager, "300000", THIRD.before)
    assert looked_after().sentence.endswith(", as in quarter 2 of 2017/18.")
    assert (
        ServiceSpend.objects.count() == 3 == Event.objects.filter(what="money.service_spend_entered").count()
    )
    with pytest.raises(DatabaseError, match="enter it again"), transaction.atomic():
        ServiceSpend.objects.filter(pk=first.pk).update(amount=Decimal(1))


def test_what_is_hidden_gives_no_cost_either(manager):
    children(300, 3)
    cost(manager, "30000")
    assert [one.per_child for one in looked_after().quarters] == [Decimal(10000)]
    (hidden,) = looked_after(is_public_view=True).quarters
    assert (hidden.children, hidden.per_child, hidden.why) == (None, None, "hidden: a small number")
    assert looked_after(is_public_view=True).sentence.startswith("No quarter has both")


def test_without_a_figure_or_a_child_there_is_no_cost(manager):
    cost(manager, "30000")
    assert looked_after().quarters[0].why == "no figure for the quarter’s last day"
    children(300, 0)
    assert (looked_after().quarters[0].why, looked_after().quarters[0].per_child) == ("no child", None)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"code": "libraries"}, "from the list"),
        ({"quarter": Quarter(2017, 4)}, "not over yet"),
        ({"amount": "-1"}, "nothing or more"),
        ({"source": " "}, "which ledger"),
    ],
)
def test_what_is_entered_is_of_the_ledger_and_over(manager, said, sentence):
    with pytest.raises(Refused, match=sentence):
        cost(manager, **({"amount": "1"} | said))
    with pytest.raises(NotAllowed):
        cost(a_person("board_member"), "1")


def test_one_off_money_says_what_is_left_and_what_happens_then(manager):
    line = a_line(manager, approved="1000")
    spend(line, "400", date(2017, 12, 1), manager)
    a_line(manager, "M2", kind="recurrent", source="base_budget", approved="5000")
    (only,) = one_off_money(queries.standing(TODAY))
    assert (only.left, only.exit_plan) == (Decimal(600), line.exit_plan)
    assert left_in_all([only]) == Decimal(600)


def test_the_page_says_it_and_a_form_enters_it(client, manager, django_assert_max_num_queries):
    children(300, 330)
    signed_in(client, "programme_manager")
    posted = {"code": "looked_after", "quarter": "2017-3", "amount": "3.3m", "source": "Ledger"}
    assert client.post("/money/costs/enter/", posted | {"quarter": "2017-4"}).status_code == 400
    for said in (posted, posted | {"quarter": "2017-2", "amount": "3m"}):
        assert client.post("/money/costs/enter/", said).status_code == 302
    with django_assert_max_num_queries(12):
        page = page_of(client.get("/money/costs/"))
    for words in ("£10,000", "£3,300,000", "as in quarter 2", "<svg", "No quarter is entered yet"):
        assert words in page, words
    signed_in(client, "scrutiny_member")
    assert "Enter what a service cost" not in page_of(client.get("/money/costs/"))
    assert client.get("/money/costs/enter/").status_code == 403
