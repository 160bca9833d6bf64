"""Pages of money, posts and reviews: what a person reads, what a form refuses, who signs."""

from datetime import date
from decimal import Decimal

import pytest

from goldenthread_web.resources import post_services, queries, services, signing
from goldenthread_web.resources.models import InvestmentLine, Post, ProcessReview, SignOff, Spend
from goldenthread_web.resources.quarters import Quarter
from tests.web.builders import a_person, signed_in
from tests.web.reading import page_of
from tests.web.unit.test_resources import TODAY, a_decision, a_line, spend

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(monkeypatch):
    """The second of January 2018, as in the demonstration."""
    from goldenthread_web.resources import changing_views, post_views, signing_views, views

    for module in (services, post_services, queries, views, changing_views, post_views, signing_views):
        monkeypatch.setattr(module, "today", lambda: TODAY)


@pytest.fixture
def manager():
    return a_person("programme_manager")


def read(client, address, expected=200, /, **posted):
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == expected, answer.content.decode()
    return page_of(answer)


def test_pages_without_money_say_what_to_do(client):
    signed_in(client, "programme_manager")
    assert "Enter the first line" in read(client, "/money/")
    assert "No quarter is signed yet" in read(client, "/money/sign-off/")
    assert "add those the programme depends on" in read(client, "/money/posts/")
    assert "add the first" in read(client, "/money/reviews/")


def test_the_list_says_lines_totals_and_variance(client, manager):
    line = a_line(manager, is_programme_cost=True, approved="4200000")
    a_line(manager, "M2", kind="recurrent", source="base_budget", approved="5200000")
    services.forecast_line(
        line, made_on=date(2017, 12, 1), amount=Decimal(4400000), because="Two more posts.", by=manager
    )
    signed_in(client, "scrutiny_member")
    page = read(client, "/money/")
    for words in ("£4.2m", "£5.2m", "£200,000 over what was approved", "All one-off money", "in all"):
        assert words in page, words
    assert "£9.4m" not in page and "/money/add/" not in page


def test_a_line_with_everything_it_has(client, manager):
    line = a_line(manager, approved="1000000")
    spend(line, "312.50", date(2017, 12, 1), manager)
    services.add_evidence(
        line, about_on=date(2017, 12, 1), shows="for", text="More stay.", with_figure=False, by=manager
    )
    signed_in(client, "elected_member")
    page = read(client, "/money/M1/")
    for words in ("£1,000,000 in all", "£312.50", "More stay.", "Posts end, or move", "WF-02"):
        assert words in page, words
    assert client.get("/money/M99/").status_code == 404


def test_a_line_is_entered_and_its_amount_approved(client):
    by = signed_in(client, "programme_manager")
    said = {
        "ref": "M1",
        "kind": "one_off",
        "title": "Practice coaches",
        "about": "Three coaches.",
        "source": "reserve",
        "is_programme_cost": "on",
        "starts_on": "2017-04-01",
        "ends_on": "2019-03-31",
        "post": "Head of service",
        "benefit": "Better plans.",
        "benefit_test_on": "2018-04-01",
        "exit_plan": "",
    }
    assert "plan for what happens" in read(client, "/money/add/", 400, **said)
    assert client.post("/money/add/", said | {"exit_plan": "Managers take over."}).status_code == 302
    decision = a_decision(by)
    page = read(client, "/money/M1/approve/", 400, amount="lots", decision=decision.pk)
    assert "Amount approved, in all: Write an amount in pounds" in page
    assert client.post("/money/M1/approve/", {"amount": "£450k", "decision": decision.pk}).status_code == 302
    assert "£450,000" in read(client, "/money/")


@pytest.mark.both_databases
def test_48_two_people_change_a_line_and_the_second_sees_both_values(client, manager):
    line = a_line(manager)
    signed_in(client, "programme_manager")
    names = ("title", "about", "source", "starts_on", "ends_on", "post", "indicator", "benefit", "exit_plan")
    posted = {name: getattr(line, name) for name in names} | {"benefit_test_on": "2018-04-01", "version": "1"}
    assert client.post("/money/M1/edit/", posted | {"title": "Coaches"}).status_code == 302
    page = read(client, "/money/M1/edit/", 409, **posted | {"title": "Mentors"})
    assert "Coaches" in page and "Mentors" in page
    assert InvestmentLine.objects.get().title == "Coaches"


def test_money_is_spent_planned_and_forecast(client, manager):
    a_line(manager, approved="1000000")
    signed_in(client, "programme_manager")
    posted = {"spent_on": "2017-12-01", "amount": "12,000", "note": "Agency team"}
    assert "lies ahead" in read(client, "/money/M1/spend/", 400, **posted | {"spent_on": "2018-01-03"})
    assert client.post("/money/M1/spend/", posted).status_code == 302
    assert Spend.objects.get().amount == 12000
    assert "Quarter 1 of 2017/18" in read(client, "/money/M1/plan/")
    assert client.post("/money/M1/plan/", {"q2017_3": "0.5m", "q2017_4": ""}).status_code == 302
    posted = {"made_on": "2018-01-02", "amount": "1.1m", "because": "Two more posts."}
    assert client.post("/money/M1/forecast/", posted).status_code == 302
    page = read(client, "/money/M1/")
    assert "£100,000 over what was approved" in page and "£500,000" in page


def test_what_came_of_it_is_said(client, manager):
    a_line(manager)
    signed_in(client, "programme_manager")
    posted = {"shows": "not_yet", "about_on": "2018-01-02", "text": "Coaches came late."}
    assert "Too early to say needs" in read(client, "/money/M1/evidence/", 400, **posted)
    assert client.post("/money/M1/evidence/", posted | {"test_again_on": "2018-06-01"}).status_code == 302
    assert "Too early to say" in read(client, "/money/M1/")


def test_a_quarter_is_signed_on_its_page_by_the_section_151_officer(client, manager):
    line = a_line(manager, approved="1000000")
    spend(line, "100000", date(2017, 5, 1), manager)
    signed_in(client, "programme_manager")
    assert "Sign it" not in read(client, "/money/sign-off/2017/1/")
    assert client.post("/money/sign-off/2017/1/", {"statement": "Checked."}).status_code == 403
    signed_in(client, "section_151_officer")
    assert "Quarter 1 of 2017/18" in read(client, "/money/sign-off/")
    assert "signed in order" in read(client, "/money/sign-off/2017/2/", 400, statement="Checked.")
    assert client.post("/money/sign-off/2017/1/", {"statement": "Checked."}).status_code == 302
    page = read(client, "/money/sign-off/2017/1/")
    assert "as it was signed" in page and "£100,000" in page and "Sign it" not in page
    decision = a_decision(manager, date(2017, 6, 1))
    services.approve(line, amount=Decimal(900000), decision=decision, by=manager)
    page = read(client, "/money/sign-off/2017/1/")
    assert "Found since it was signed" in page and "£900,000" in page
    assert signing.signed_lines(SignOff.objects.get())[0].approved == 1000000
    assert client.get("/money/sign-off/2017/5/").status_code == 404


def test_a_post_is_added_and_changed(client):
    signed_in(client, "programme_manager")
    posted = {"title": "Principal social worker", "status": "vacant", "since": "2017-09-01"}
    assert "by when" in read(client, "/money/posts/add/", 400, **posted)
    assert client.post("/money/posts/add/", posted | {"expected_on": "2017-12-01"}).status_code == 302
    assert "Overdue" in read(client, "/money/posts/")
    address = f"/money/posts/{Post.objects.get().pk}/"
    posted = {"status": "permanent", "since": "2018-01-01", "version": "1"}
    assert client.post(address, posted).status_code == 302
    assert "Somebody else changed" in read(client, address, 409, **posted | {"status": "interim"})


def test_a_review_is_added_and_goes_live(client):
    signed_in(client, "programme_manager")
    posted = {"title": "Chronologies", "as_is": "By hand.", "to_be": "From the record."}
    posted |= {"post": "Head of service", "live_due_on": "2017-12-01"}
    assert client.post("/money/reviews/add/", posted).status_code == 302
    assert "Overdue" in read(client, "/money/reviews/")
    address = f"/money/reviews/{ProcessReview.objects.get().pk}/"
    assert "once it is live" in read(client, address, 400, **posted, effect="Half the time.", version="1")
    assert client.post(address, posted | {"live_on": "2017-12-15", "version": "1"}).status_code == 302
    assert "Live since 15 Dec 2017" in read(client, "/money/reviews/")


@pytest.mark.both_databases
def test_pages_ask_the_database_little(client, manager, django_assert_max_num_queries):
    for number in range(1, 7):
        spend(a_line(manager, f"M{number}", approved="1000"), "10", date(2017, 5, 1), manager)
    signed_in(client, "section_151_officer")
    services.sign_off(Quarter(2017, 1), statement="Checked.", by=a_person("section_151_officer"))
    for page in ("", "M1/", "sign-off/", "sign-off/2017/1/", "sign-off/2017/2/", "posts/", "reviews/"):
        with django_assert_max_num_queries(12):
            assert client.get(f"/money/{page}").status_code == 200
