"""Services and queries of money: what they refuse, the Events they leave, exact totals, signed quarters."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import example, given
from hypothesis import strategies as st

from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.programme.models import Body, Decision
from goldenthread_web.resources import post_services, queries, services, signing
from goldenthread_web.resources.models import InvestmentLine, Post, ProcessReview, Profile, Spend
from goldenthread_web.resources.money import money_exact, money_read, money_said, variance_said
from goldenthread_web.resources.quarters import Quarter, quarter_of, year_of, year_said
from goldenthread_web.resources.sources import sources
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person, at

TODAY = date(2018, 1, 2)
PENCE = st.decimals(Decimal("-9999999999.99"), Decimal("9999999999.99"), places=2)


@pytest.fixture(autouse=True)
def day(monkeypatch):
    """The second of January 2018, as in the demonstration."""
    for module in (services, queries, post_services):
        monkeypatch.setattr(module, "today", lambda: TODAY)


@pytest.fixture
def manager(db):
    return a_person("programme_manager")


@pytest.fixture
def officer(db):
    return a_person("section_151_officer")


def a_decision(by, on=date(2017, 3, 1), outcome="agreed"):
    body, _ = Body.objects.get_or_create(
        code="cabinet", name="Cabinet", purpose="Decides.", chair="Leader", rhythm="quarterly"
    )
    return Decision.objects.create(
        body=body,
        decided_on=on,
        proposed="Money for improvement",
        outcome=outcome,
        text="Agreed.",
        recorded_by=by,
        recorded_at=at("2018-01-01 09:00"),
    )


def a_line(by, ref="M1", *, kind="one_off", approved=None, decided_on=date(2017, 3, 1), **said):
    line = services.add_line(
        ref,
        kind=kind,
        by=by,
        **{
            "title": f"Line {ref}",
            "about": "People and tools for the programme.",
            "source": "reserve",
            "is_programme_cost": False,
            "starts_on": date(2017, 4, 1),
            "ends_on": None if kind == "recurrent" else date(2019, 3, 31),
            "post": "Head of finance",
            "person": None,
            "action": None,
            "indicator": "WF-02",
            "benefit": "Children keep their worker.",
            "benefit_test_on": date(2018, 4, 1),
            "exit_plan": "" if kind == "recurrent" else "Posts end, or move to the base budget.",
        }
        | said,
    )
    if approved is not None:
        services.approve(line, amount=Decimal(approved), decision=a_decision(by, decided_on), by=by)
    return line


def spend(line, amount, on, by):
    return services.enter_spend(line, spent_on=on, amount=Decimal(amount), note="Agency team", by=by)


@pytest.mark.parametrize(
    ("amount", "said", "exact"),
    [
        ("5200000", "£5.2m", "£5,200,000"),
        ("16000000", "£16m", "£16,000,000"),
        ("4215000", "£4.22m", "£4,215,000"),
        ("999999.99", "£999,999.99", "£999,999.99"),
        ("1000000", "£1m", "£1,000,000"),
        ("450000", "£450,000", "£450,000"),
        ("312.5", "£312.50", "£312.50"),
        ("0", "£0", "£0"),
        ("-450000", "minus £450,000", "minus £450,000"),
        ("-5200000", "minus £5.2m", "minus £5,200,000"),
        ("1234567890", "£1,234.57m", "£1,234,567,890"),
    ],
)
def test_money_is_said_in_one_way(amount, said, exact):
    assert money_said(Decimal(amount)) == said
    assert money_exact(Decimal(amount)) == exact


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("£4,200,000", "4200000"),
        ("4.2m", "4200000"),
        (" £4.2M ", "4200000"),
        ("450k", "450000"),
        ("312.50", "312.50"),
        ("-1,250", "-1250"),
        ("minus £450,000", "-450000"),
        ("\u2212" + "7", "-7"),
    ],
)
def test_money_is_read_as_people_write_it(text, amount):
    assert money_read(text) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write an amount"),
        ("lots", "Write an amount"),
        ("1,00", "Write an amount"),
        ("4.2.1", "Write an amount"),
        ("1e9", "Write an amount"),
        ("nan", "Write an amount"),
        ("0.001", "below a penny"),
        ("10,000,000,000", "number of zeros"),
        ("99999m", "number of zeros"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        money_read(text)


@given(PENCE)
@example(Decimal("0.00"))
@example(Decimal("-0.01"))
@example(Decimal("999999.99"))
def test_what_is_said_exactly_is_read_as_the_same_amount(amount):
    assert money_read(money_exact(amount)) == amount


@given(st.decimals(Decimal("-999999999.99"), Decimal("999999999.99"), places=2))
@example(Decimal("999999.99"))
@example(Decimal("1005000"))
def test_what_is_said_briefly_is_within_five_thousand_pounds_of_it(amount):
    assert abs(money_read(money_said(amount)) - amount) <= 5_000


@given(st.dates(date(2015, 1, 1), date(2030, 12, 31)))
@example(date(2017, 3, 31))
@example(date(2017, 4, 1))
@example(date(2018, 1, 1))
def test_every_day_is_in_one_quarter(day):
    quarter = quarter_of(day)
    assert quarter.starts_on <= day <= quarter.ends_on
    assert quarter_of(quarter.ends_on) == quarter and quarter_of(quarter.following.starts_on) != quarter
    assert quarter < quarter.following


def test_quarters_in_words():
    third = quarter_of(date(2017, 12, 31))
    assert (third.said, third.months_said) == ("Quarter 3 of 2017/18", "October to December 2017")
    assert Quarter(2017, 4).months_said == "January to March 2018"
    assert year_said(1999) == "1999/00" and year_of(date(2018, 3, 31)) == 2017


def test_variance_is_said_in_words():
    said = [(None, "1", "no forecast yet"), ("1", None, "nothing approved yet"), ("5", "5.00", "as approved")]
    said += [("1200000", "1000000", "£200,000 over what was approved")]
    said += [("999999", "1000000", "£1 under what was approved")]
    for expected, agreed, words in said:
        numbers = [None if one is None else Decimal(one) for one in (expected, agreed)]
        assert variance_said(*numbers) == words


AMOUNTS = st.decimals(Decimal("0.01"), Decimal("99999999.99"), places=2)
LINES = st.lists(
    st.tuples(
        st.sampled_from(["recurrent", "one_off"]),
        st.sampled_from(sorted(sources())),
        st.none() | AMOUNTS,
        AMOUNTS,
        st.none() | AMOUNTS,
    ),
    max_size=12,
)


@given(LINES)
@example([("one_off", "reserve", Decimal("0.10"), Decimal("0.20"), None)] * 3)
def test_totals_are_exact_and_never_add_the_two_kinds(made):
    standings = [
        queries.Standing(
            line=InvestmentLine(ref=f"M{number}", kind=kind, source=source),
            on=TODAY,
            approved=approved,
            decision=None,
            profiled=Decimal(0),
            planned=Decimal(0),
            spent=spent,
            forecast=forecast,
        )
        for number, (kind, source, approved, spent, forecast) in enumerate(made)
    ]
    found = queries.totals(of=standings)
    assert len({one.said for one in found}) == len(found)  # every total has a name of its own
    for kind in ("recurrent", "one_off"):
        of_kind = [one for one in made if one[0] == kind]
        whole = [one for one in found if one.kind == kind and not one.source]
        parts = [one for one in found if one.kind == kind and one.source]
        assert len(whole) == bool(of_kind)
        if not whole:
            assert not parts
            continue
        pence = sum(int((one[2] or 0) * 100) for one in of_kind)
        assert whole[0].approved * 100 == pence == sum(one.approved * 100 for one in parts)
        assert whole[0].spent * 100 == sum(int(one[3] * 100) for one in of_kind)
        assert whole[0].lines == sum(one.lines for one in parts) == len(of_kind)
        everywhere = all(one[4] is not None for one in of_kind)
        assert (whole[0].forecast is not None) == everywhere
        if everywhere:
            assert whole[0].forecast * 100 == sum(int(one[4] * 100) for one in of_kind)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"exit_plan": ""}, "plan for what happens"),
        ({"ends_on": None}, "needs its last day"),
        ({"ends_on": date(2017, 3, 31)}, "before the first"),
        ({"source": "lottery"}, "where the money comes from"),
        ({"indicator": "XX-99"}, "no indicator"),
    ],
)
def test_a_line_is_refused(manager, said, sentence):
    with pytest.raises(Refused, match=sentence):
        a_line(manager, **said)
    assert not InvestmentLine.objects.exists()


@pytest.mark.both_databases
def test_the_database_refuses_one_off_money_without_an_exit_plan(manager):
    line = a_line(manager)
    for values in ({"exit_plan": ""}, {"ends_on": None}, {"ends_on": date(2017, 3, 31)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            InvestmentLine.objects.filter(pk=line.pk).update(**values)


def test_a_line_is_added_and_changed_by_one_person_at_a_time(manager):
    line = a_line(manager)
    with pytest.raises(Refused, match="already"):
        a_line(manager)
    said = {name: getattr(line, name) for name in services.WORDS}
    services.edit_line(line, version=1, by=manager, **said | {"title": "Another title"})
    with pytest.raises(SavedMeanwhile):
        services.edit_line(line, version=1, by=manager, **said | {"title": "A third"})
    line.refresh_from_db()
    assert (line.title, line.version) == ("Another title", 2)
    assert Event.objects.get(what="money.line_added").changes["source"] == "reserve"
    assert Event.objects.get(what="money.line_changed").changes == {"fields": ["title"]}


def test_an_amount_rests_on_a_decision_in_favour(manager):
    line = a_line(manager)
    for outcome in ("noted", "deferred", "refused"):
        with pytest.raises(Refused, match="did not agree"):
            services.approve(
                line, amount=Decimal(1), decision=a_decision(manager, outcome=outcome), by=manager
            )
    decision = a_decision(manager)
    with pytest.raises(Refused, match="more than nothing"):
        services.approve(line, amount=Decimal(0), decision=decision, by=manager)
    services.approve(line, amount=Decimal("4500000"), decision=decision, by=manager)
    with pytest.raises(Refused, match="already"):
        services.approve(line, amount=Decimal("4200000"), decision=decision, by=manager)
    assert Event.objects.get(what="money.approved").changes == {"amount": "4500000", "decision": decision.pk}


def test_one_fact_has_one_value_on_a_day(manager):
    line = a_line(manager, is_programme_cost=True, approved="4500000", decided_on=date(2017, 4, 4))
    later = a_decision(manager, date(2017, 12, 19))
    services.approve(line, amount=Decimal("4200000"), decision=later, by=manager)
    a_line(manager, "M2", kind="recurrent", source="base_budget", approved="5200000")
    a_line(manager, "M3", source="capital", approved="16000000")
    assert queries.cost_of_programme(date(2017, 11, 1)).said == "£4.5m in all"
    found = queries.cost_of_programme()
    assert (found.said, found.decision) == ("£4.2m in all", later)
    assert queries.growth().said == "£5.2m a year"
    assert queries.facts()["money.M3.approved"].said == "£16m in all"
    assert queries.cost_of_programme(date(2017, 1, 1)) is None
    assert len(queries.facts()) == 3 * 2 + 2


def test_what_is_spent_counts_by_year_or_in_all(manager):
    once = a_line(manager, approved="1000000")
    every_year = a_line(manager, "M2", kind="recurrent", starts_on=date(2016, 4, 1), approved="500000")
    for line in (once, every_year):
        spend(line, "100000.10", date(2017, 4, 1), manager)
        spend(line, "50000.20", date(2017, 12, 31), manager)
    spend(every_year, "7", date(2017, 3, 31), manager)
    found = {one.line.ref: one.spent for one in queries.standing(date(2017, 12, 30))}
    assert found == {"M1": Decimal("100000.10"), "M2": Decimal("100000.10")}
    assert {one.spent for one in queries.standing()} == {Decimal("150000.30")}
    assert queries.standing(date(2017, 3, 31))[-1].spent == 7  # of the year before


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"spent_on": date(2018, 1, 3)}, "lies ahead"),
        ({"spent_on": date(2017, 3, 31)}, "begins on"),
        ({"amount": Decimal(0)}, "Enter an amount"),
        ({"note": " "}, "what it was spent on"),
    ],
)
def test_spending_is_refused(manager, said, sentence):
    line = a_line(manager)
    with pytest.raises(Refused, match=sentence):
        services.enter_spend(
            line,
            **{"spent_on": date(2017, 6, 1), "amount": Decimal(1), "note": "Agency team"} | said,
            by=manager,
        )
    assert not Spend.objects.exists()


def test_plan_and_forecast_against_what_was_approved(manager):
    line = a_line(manager, approved="1000000")
    third, fourth = Quarter(2017, 3), Quarter(2017, 4)
    services.plan_line(line, amounts={third: Decimal(300000), fourth: Decimal(700000)}, by=manager)
    services.forecast_line(
        line, made_on=date(2017, 12, 1), amount=Decimal(1200000), because="Two more posts.", by=manager
    )
    one = queries.standing(date(2017, 12, 31))[0]
    assert (one.profiled, one.planned, one.forecast) == (300000, 1000000, 1200000)
    assert one.variance == "£200,000 over what was approved" and one.is_over
    assert queries.standing(date(2017, 11, 30))[0].variance == "no forecast yet"
    services.plan_line(line, amounts={third: Decimal(0)}, by=manager)
    assert Profile.objects.get().quarter == 4
    assert Event.objects.filter(what="money.planned").first().changes == {
        "quarters": {"2017.3": "300000", "2017.4": "700000"}
    }


def test_a_forecast_of_another_year_does_not_count(manager):
    line = a_line(manager, kind="recurrent", approved="500000", starts_on=date(2016, 4, 1))
    services.forecast_line(
        line, made_on=date(2017, 3, 1), amount=Decimal(480000), because="Posts were empty.", by=manager
    )
    assert queries.standing(date(2017, 3, 31))[0].forecast == 480000
    assert queries.standing(date(2017, 4, 1))[0].forecast is None


def test_a_quarter_is_signed_by_somebody_else_and_then_stands(manager, officer):
    line = a_line(manager, approved="1000000")
    spend(line, "100000", date(2017, 5, 1), manager)
    first = Quarter(2017, 1)
    with pytest.raises(NotAllowed):
        services.sign_off(first, statement="Checked.", by=manager)
    with pytest.raises(Refused, match="in order"):
        services.sign_off(first.following, statement="Checked.", by=officer)
    with pytest.raises(Refused, match="not over"):
        services.sign_off(Quarter(2017, 4), statement="Checked.", by=officer)
    with pytest.raises(Refused, match="what you sign"):
        services.sign_off(first, statement=" ", by=officer)
    signed = services.sign_off(first, statement="Checked.", by=officer)
    assert signing.signed_to() == date(2017, 6, 30) and signing.next_quarter() == first.following
    assert [one.said for one in signing.waiting(TODAY)] == ["Quarter 2 of 2017/18", "Quarter 3 of 2017/18"]
    with pytest.raises(Refused, match="is signed and stays"):
        spend(line, "-100000", date(2017, 6, 30), manager)
    with pytest.raises(Refused, match="is signed"):
        services.plan_line(line, amounts={first: Decimal(1)}, by=manager)
    with pytest.raises(Refused, match="is signed"):
        services.forecast_line(
            line, made_on=date(2017, 6, 1), amount=Decimal(1), because="Late news.", by=manager
        )
    spend(line, "-40000", date(2017, 7, 1), manager)
    assert not signing.restated(signed)
    assert signing.signed_lines(signed)[0].spent == 100000
    assert queries.standing()[0].spent == 60000
    assert Event.objects.get(what="money.signed_off").changes == {"year": 2017, "quarter": 1}


def test_who_entered_money_does_not_sign_it(manager, officer):
    line = a_line(manager)
    Spend.objects.create(
        line=line,
        spent_on=date(2017, 5, 1),
        amount=Decimal(1),
        note="Agency team",
        entered_by=officer,
        entered_at=at("2017-05-02 09:00"),
    )
    with pytest.raises(Refused, match="Somebody else must sign"):
        services.sign_off(Quarter(2017, 1), statement="Checked.", by=officer)


def test_what_is_found_later_stands_beside_what_was_signed(manager, officer):
    line = a_line(manager)
    signed = services.sign_off(Quarter(2017, 1), statement="Checked.", by=officer)
    services.approve(line, amount=Decimal("10.50"), decision=a_decision(manager), by=manager)
    found = signing.restated(signed)
    assert [(one.ref, one.what, one.signed, one.now) for one in found] == [
        ("M1", "approved", None, Decimal("10.50"))
    ]
    assert signing.signed_lines(signed)[0].approved is None


@pytest.mark.both_databases
def test_the_database_keeps_what_was_approved_spent_and_signed(manager, officer):
    line = a_line(manager, approved="1000000")
    spend(line, "100000", date(2017, 5, 1), manager)
    signed = services.sign_off(Quarter(2017, 1), statement="Checked.", by=officer)
    for rows, values in (
        (line.approvals.all(), {"amount": Decimal(1)}),
        (line.spends.all(), {"amount": Decimal(1)}),
        (type(signed).objects.all(), {"figures": []}),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.update(**values)
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.delete()


def test_what_came_of_the_money(manager, monkeypatch):
    line = a_line(manager, benefit_test_on=date(2017, 12, 1))
    assert queries.benefits_to_test() == [line]
    said = {"text": "More are permanent.", "about_on": date(2017, 12, 15), "by": manager}
    with pytest.raises(Refused, match="Too early to say"):
        services.add_evidence(line, shows="not_yet", with_figure=False, **said)
    with pytest.raises(Refused, match="no figure"):
        services.add_evidence(line, shows="for", with_figure=True, **said)
    services.add_evidence(line, shows="not_yet", with_figure=False, test_again_on=date(2018, 4, 1), **said)
    line.refresh_from_db()
    assert line.benefit_test_on == date(2018, 4, 1) and not queries.benefits_to_test()
    event = Event.objects.get(what="money.evidence_added")
    assert event.changes["shows"] == "not_yet" and "permanent" not in str(event.changes)


def test_a_post_without_somebody_for_good_says_by_when(manager):
    said = {"title": "Principal social worker", "since": date(2017, 9, 1), "by": manager}
    with pytest.raises(Refused, match="by when"):
        post_services.add_post(**said, status="interim")
    with pytest.raises(Refused, match="before it became"):
        post_services.add_post(**said, status="vacant", expected_on=date(2017, 8, 1))
    post = post_services.add_post(**said, status="interim", expected_on=date(2018, 4, 1))
    with pytest.raises(Refused, match="on the list"):
        post_services.add_post(**said, status="permanent")
    changed = {"status": "permanent", "since": date(2018, 1, 1), "expected_on": None, "note": ""}
    post_services.change_post(post, version=1, **changed, by=manager)
    with pytest.raises(SavedMeanwhile):
        post_services.change_post(post, version=1, **changed, by=manager)
    assert Event.objects.get(what="post.changed").changes == {"status": ["interim", "permanent"]}


@pytest.mark.both_databases
def test_the_database_refuses_an_open_post_without_a_day(manager):
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(title="Head of service", status="vacant", since=date(2017, 9, 1))


def test_a_review_shows_an_effect_only_once_it_is_live(manager):
    said = {
        "title": "Chronologies",
        "as_is": "Written by hand, weeks late.",
        "to_be": "Drawn from the record the same day.",
        "post": "Head of service",
        "live_due_on": date(2018, 3, 1),
        "by": manager,
    }
    with pytest.raises(Refused, match="once it is live"):
        post_services.add_review(**said, effect="Half the time.")
    review = post_services.add_review(**said)
    post_services.change_review(
        review, version=1, live_on=date(2017, 12, 1), effect="Half the time.", by=manager
    )
    with pytest.raises(SavedMeanwhile):
        post_services.change_review(review, version=1, effect="", by=manager)
    with pytest.raises(Refused, match="not live yet"):
        post_services.change_review(review, version=2, live_on=date(2018, 2, 1), by=manager)
    assert ProcessReview.objects.get().effect == "Half the time."
    assert Event.objects.filter(what__startswith="process_review").count() == 2


@pytest.mark.both_databases
def test_lines_ask_the_database_little(manager, django_assert_max_num_queries):
    for number in range(1, 7):
        a_line(manager, f"M{number}", approved="1000")
    with django_assert_max_num_queries(8):
        assert len(queries.standing()) == 6
