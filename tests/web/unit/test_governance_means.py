"""What a pack says by itself of money, posts and partners: nobody has to write it."""

from datetime import date
from decimal import Decimal

import pytest

from goldenthread_web.governance import agenda, following_services, meeting_services, sources
from goldenthread_web.governance.models import AgendaItem, Meeting
from goldenthread_web.inspections.models import Visit
from goldenthread_web.resources.models import Forecast, InvestmentLine, Post
from goldenthread_web.resources.services import approve
from tests.web.builders import a_person, at
from tests.web.figure_sets import a_set, over_two_years
from tests.web.governing import a_body, a_meeting, a_member, keeper
from tests.web.plan import a_decision, an_action

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
Kind = AgendaItem.Kind
ON = date(2018, 1, 2)


def told(kind, meeting=None, on=ON):
    return {one.title: one for one in sources.entries(kind, meeting or Meeting(), on)}


def a_line(ref="M1", approved="450000", expected=None, **said):
    by = a_person("programme_manager")
    words = {"title": "Academy", "about": "People.", "kind": "one_off", "source": "reserve", "post": "Head"}
    words |= {"starts_on": date(2017, 4, 1), "ends_on": date(2019, 3, 31), "exit_plan": "Posts end."}
    words |= {"benefit": "Children keep their worker.", "benefit_test_on": date(2018, 4, 1)}
    line = InvestmentLine.objects.create(ref=ref, **words | said)
    approve(line, amount=Decimal(approved), decision=a_decision(date(2017, 3, 1)), by=by)
    if expected:
        Forecast.objects.create(
            line=line,
            made_on=date(2017, 12, 29),
            amount=Decimal(expected),
            because="Rooms cost more.",
            entered_by=by,
            entered_at=at("2018-01-01 09:00"),
        )
    return line


def test_money_is_told_by_kind_and_then_what_is_out_of_the_ordinary():
    assert told(Kind.MONEY) == {}
    a_line(expected="500000")
    a_line("M2", title="Conferences", ends_on=date(2018, 5, 31), benefit_test_on=date(2017, 12, 1))
    found = told(Kind.MONEY)
    assert found["All one-off money"].text == "£900,000 in all approved, £0 spent to date."
    over = found["M1 Academy"]
    assert (over.text, over.tag, over.tone) == ("Rooms cost more.", "£50,000 over what was approved", "bad")
    of_second = [one for one in sources.entries(Kind.MONEY, Meeting(), ON) if one.title.startswith("M2")]
    assert [one.tag for one in of_second] == ["benefit not looked at", "ends on 31 May 2018"]
    assert found["Quarter 3 of 2017/18"].tag == "not signed"


def test_posts_that_nobody_fills_for_good_are_told_with_the_figures_of_the_workforce():
    a_set(over_two_years("WF-01", range(20, 44), of=100))
    Post.objects.create(title="Director", status="permanent", since=date(2016, 9, 5))
    for title, status, expected in (("Head", "interim", "2018-04-30"), ("Manager", "vacant", "2018-03-31")):
        Post.objects.create(title=title, status=status, since=date(2017, 12, 11), expected_on=expected)
    first, *posts = sources.entries(Kind.WORKFORCE, Meeting(), ON)
    assert first.ref == "WF-01"
    assert [(one.title, one.tag, one.tone) for one in posts] == [
        ("Manager", "vacant", "bad"),
        ("Head", "interim", "attention"),
    ]


def test_partners_are_told_by_who_came_and_what_each_promised_here_and_in_the_plan():
    by = keeper()
    body, other = a_body("partnership", by=by), a_body("cabinet", by=by)
    police = a_member(body, "Chief superintendent", agency="Police", by=by)
    meeting = a_meeting(body, "2017-10-18", by=by, status="held")
    meeting_services.note_attendance(meeting, membership=police, presence="apologies", by=by)
    elsewhere = a_meeting(other, "2017-10-19", by=by, status="held")
    for held, agency in ((meeting, "Police"), (elsewhere, "Health")):
        following_services.set_action(
            held, text="Train front desks.", post="Head", agency=agency, due_on=date(2017, 12, 1), by=by
        )
    an_action("2.3.1", partner="Police, schools")
    found = told(Kind.PARTNERS, a_meeting(body, "2018-01-16", by=by))
    assert set(found) == {"Police", "schools"}  # what was promised to another body stays there
    assert found["Police"].text == (
        "At 0 of 1 meetings in the last twelve months. Overdue since 1 December 2017: Train front desks."
        " Action 2.3.1 of the plan: on track."
    )
    assert (found["Police"].tag, found["Police"].tone) == ("1 overdue", "bad")


def test_the_next_visit_stands_before_what_has_no_answer():
    for number, day in ((3, "2018-05-01"), (4, "2018-03-06")):
        Visit.objects.create(number=number, starts_on=day, ends_on=day, focus="Care leavers")
    (entry,) = told(Kind.FINDINGS).values()
    assert (entry.title, entry.text) == ("Monitoring visit 4, 6 March 2018", "It looks at: Care leavers")


def test_the_board_gets_them_without_anybody_writing():
    by = keeper()
    meeting = a_meeting(a_body("improvement_board", by=by), "2018-01-16", by=by)
    a_line()
    parts = {part.kind: part for part in agenda.parts(meeting, on=ON)}
    assert {Kind.MONEY, Kind.WORKFORCE, Kind.PARTNERS} <= set(parts)
    assert parts[Kind.MONEY].entries and parts[Kind.WORKFORCE].empty
    pack = meeting_services.freeze_pack(meeting, by=by)
    assert "All one-off money" in str(pack.content)
