"""The pages of the thread and of search: what a person reads, and who reads what."""

import pytest
from django.core.cache import caches

from goldenthread_web.reports.services import write_section
from tests.web.builders import a_person, signed_in
from tests.web.figure_sets import a_set, over_two_years
from tests.web.governing import a_meeting
from tests.web.pages.test_figures import read
from tests.web.reporting import a_content, a_programme, a_report, figures, released
from tests.web.threads import a_thread

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["worked_out"].clear()


def test_the_thread_of_an_action_says_what_is_above_and_below_it(client, django_assert_max_num_queries):
    a_thread()
    signed_in(client, "programme_manager")
    with django_assert_max_num_queries(12):
        page = read(client.get("/thread/action/2.1.1/"))
    up, down = page.index("Up: what it answers to"), page.index("Down: what it rests on")
    assert up < page.index("O2.1 Every child in need has a plan") < down
    assert down < page.index("1 December 2017: A note of the weekly review")


def test_from_an_indicator_it_is_one_click_to_the_children(client):
    a_thread()
    of_team = over_two_years("CIN-02", [80] * 24, breakdown={"team": "FSP 1"})
    a_set([*over_two_years("CIN-02", [78] * 24), *of_team])
    signed_in(client, "head_of_service")
    page = client.get("/thread/indicator/CIN-02/").content.decode()
    assert "/figures/CIN-02/children?start=2017-12-01&amp;end=2017-12-31&amp;team=FSP+1" in page
    assert "78.0%" in page and "80.0%" in page


def test_a_member_sees_no_way_to_children_and_no_small_number(client):
    a_thread()
    of_team = over_two_years("CIN-02", [10] * 24, of=20, breakdown={"team": "FSP 1"})
    a_set([*over_two_years("CIN-02", [78] * 24), *of_team])
    signed_in(client, "scrutiny_member")
    page = client.get("/thread/indicator/CIN-02/").content.decode()
    assert "/children?" not in page and "Not for your role" in page
    assert "10.0%" not in page and "2 of 20" not in page


def test_a_report_hangs_between_its_meeting_and_what_it_rests_on(client, django_assert_max_num_queries):
    a_programme()
    figures()
    by = a_person("programme_manager")
    content = a_content(by)
    write_section(content, "summary", text="Of contacts, [[change FD-02 from 2017-07]].", version=0, by=by)
    report = a_report(content, by)
    made = released(report, by)
    meeting = a_meeting(report.body, "2018-03-20")
    a_meeting(report.body, "2018-04-20")
    signed_in(client, "programme_manager")
    with django_assert_max_num_queries(12):
        page = read(client.get(f"/thread/release/{made.pk}/"))
    up, down = page.index("Up: what it answers to"), page.index("Down: what it rests on")
    assert up < page.index("Cabinet, 20 March 2018, up from") < down < page.index("FD-02 % of contacts")
    assert "20 April 2018" not in page
    with django_assert_max_num_queries(12):
        page = read(client.get(f"/thread/meeting/{meeting.pk}/"))
    assert page.index("Down: what it rests on") < page.index(
        "progress report, quarter 3 2017/18, 20 March 2018"
    )
    page = client.get("/thread/indicator/FD-02/").content.decode()
    place = f"/reports/releases/{made.pk}/#1.1"
    assert place in page and page.count("How children are served") == 2  # its section, and the table once
    assert 'id="1.1"' in client.get(f"/reports/releases/{made.pk}/").content.decode()


def test_what_is_not_there_and_what_is_not_for_a_role_are_the_same(client):
    a_thread()
    signed_in(client, "social_worker")
    assert client.get("/thread/risk/K1/").status_code == 404
    assert client.get("/thread/risk/K99/").status_code == 404
    assert client.get("/thread/anything/1/").status_code == 404


def test_search_says_what_it_found_and_what_to_do_when_it_found_nothing(
    client, django_assert_max_num_queries
):
    a_thread()
    signed_in(client, "programme_manager")
    assert "Words to look for" in read(client.get("/search/"))
    with django_assert_max_num_queries(12):
        page = read(client.get("/search/", {"q": "week plan"}))
    assert "2.1.1 Review each child without a plan every week" in page
    assert "Nothing that you may see holds all of: nowhere" in read(client.get("/search/", {"q": "nowhere"}))
    assert "at least one word of 2 letters" in read(client.get("/search/", {"q": "x"}))


def test_what_somebody_typed_is_shown_as_text(client):
    signed_in(client, "programme_manager")
    page = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page
