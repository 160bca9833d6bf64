"""Pages of Practice Weeks: what each role reads and may do, forms that refuse, the report to print."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread_web.concerns.models import Concern
from goldenthread_web.practice_weeks import learning_services
from goldenthread_web.practice_weeks.models import Observation, PracticeWeek, WeekReport
from tests.web.builders import a_person, a_unit, signed_in
from tests.web.morning import a_morning
from tests.web.plan import an_action
from tests.web.practice_week_builders import SAW, a_week, an_entry, consented, people_said, reported, seen
from tests.web.reading import page_of

pytestmark = pytest.mark.django_db
_ASKS_NOTHING = re.compile(r"(BEGIN|COMMIT|SAVEPOINT|RELEASE SAVEPOINT)\b")


@pytest.fixture
def keeper():
    return a_person("qa_lead")


@pytest.fixture
def week(keeper):
    a_unit("FSP 1")
    return a_week(keeper)


def read(client, address, status=200, **posted):
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return page_of(answer)


def test_an_empty_list_says_what_to_do(client, keeper):
    signed_in(client, person=keeper)
    page = read(client, "/practice-weeks/")
    assert "Plan the first one" in page and "You are on no roster" in page
    signed_in(client, "elected_member")
    page = read(client, "/practice-weeks/")
    assert "The quality assurance lead plans them." in page and "/practice-weeks/add/" not in page
    assert "If you fear for a child" in page


def test_a_week_is_planned_and_a_leader_put_on_its_roster(client, keeper):
    a_unit("FSP 1")
    mayor = a_person("elected_member", title="Mayor")
    signed_in(client, person=keeper)
    said = {"theme": "Visits", "purpose": "See visits.", "plan": "Meet at nine."}
    days = {"starts_on": "2018-01-15", "ends_on": "2018-01-17"}
    assert "before the first" in read(
        client, "/practice-weeks/add/", 400, **said | days | {"ends_on": "2018-01-14"}
    )
    assert client.post("/practice-weeks/add/", said | days)["Location"] == "/practice-weeks/W1/"
    form = read(client, "/practice-weeks/W1/roster/")
    assert "Wednesday 17 January" in form and "(opens a child’s record)" in form and "FSP 1" in form
    entry = {"on": "2018-01-15", "half": "morning", "activity": "shadowing", "post": "Mayor", "team": "FSP 1"}
    page = read(client, "/practice-weeks/W1/roster/", 400, **entry, person=mayor.pk)
    assert "Shadowing opens a child’s record" in page and "never for elected members" in page
    posted = entry | {"activity": "walking_the_floor", "person": mayor.pk}
    assert client.post("/practice-weeks/W1/roster/", posted).status_code == 302
    page = read(client, "/practice-weeks/W1/")
    assert "W1-1 Walking the floor" in page and "Mayor" in page and "The report is due by" in page


def test_3_a_member_sees_their_own_part_and_nothing_that_opens_a_record(client, week):
    mayor = a_person("elected_member", title="Mayor")
    own = an_entry(week, person=mayor)
    other = an_entry(week, activity="shadowing", person=a_person("director"))
    signed_in(client, person=mayor)
    page = read(client, "/practice-weeks/W1/")
    assert own.ref in page and other.ref not in page and "/change/" not in page
    assert "Write what I saw" in read(client, f"/practice-weeks/roster/{own.pk}/")
    for address in ("", "observe/", "consent/"):
        assert client.get(f"/practice-weeks/roster/{other.pk}/{address}").status_code == 404
    for address in ("change/", "cancel/", "themes/"):
        assert client.get(f"/practice-weeks/roster/{other.pk}/{address}").status_code == 403


def test_3_who_plans_without_seeing_children_moves_an_entry_and_does_not_open_it(client, week):
    entry = an_entry(week, activity="case_review", person=a_person("director"))
    signed_in(client, "programme_manager")
    page = read(client, "/practice-weeks/W1/")
    assert "W1-1 Case review" in page and f"/practice-weeks/roster/{entry.pk}/change/" in page
    assert f'href="/practice-weeks/roster/{entry.pk}/"' not in page
    assert client.get(f"/practice-weeks/roster/{entry.pk}/").status_code == 404


@pytest.mark.both_databases
def test_48_two_people_move_an_entry_and_the_second_sees_both(client, week, keeper):
    entry = an_entry(week)
    signed_in(client, person=keeper)
    said = {"on": "2017-11-20", "half": "morning", "activity": "walking_the_floor", "post": "Mayor"}
    said |= {"team": "FSP 1", "person": "", "with_whom": "", "version": "1"}
    address = f"/practice-weeks/roster/{entry.pk}/change/"
    assert client.post(address, said).status_code == 302
    page = read(client, address, 409, **said | {"post": "Chair of the board"})
    assert "Mayor" in page and "Chair of the board" in page
    answer = client.post(f"/practice-weeks/roster/{entry.pk}/cancel/", {"because": "Ill.", "version": "2"})
    assert answer.status_code == 302
    assert "Cancelled" in read(client, "/practice-weeks/W1/")


def test_consent_then_what_was_seen(client, week):
    mayor = a_person("elected_member", title="Mayor")
    entry = an_entry(week, activity="observed_visit", person=mayor)
    signed_in(client, person=mayor)
    page = read(client, f"/practice-weeks/roster/{entry.pk}/")
    assert "without it the leader does not go" in page and "Write what I saw" not in page
    said = {
        "consent_on": "2017-11-13",
        "consent_taken_by": "Social worker",
        "worker_present": "Social worker",
    }
    address = f"/practice-weeks/roster/{entry.pk}/consent/"
    assert client.post(address, said | {"version": "1"}).status_code == 302
    assert "Said yes on 13 November 2017" in read(client, f"/practice-weeks/roster/{entry.pk}/")
    form = read(client, f"/practice-weeks/roster/{entry.pk}/observe/")
    assert (
        "Was the child spoken to alone" in form
        and "Whom did you tell?" in form
        and "Which child?" not in form
    )
    said = {"held_on": "2017-11-20", "answer_0": "yes", "saw": SAW, "themes": ["ict"], "version": "2"}
    page = read(client, f"/practice-weeks/roster/{entry.pk}/observe/", 400, **said, is_fear="yes")
    assert "Tell the worker or their manager now, then say so here." in page and SAW in page
    told = {"is_fear": "yes", "told_post": "Team manager", "told_on": "2017-11-20", "told_time": "11:30"}
    assert client.post(f"/practice-weeks/roster/{entry.pk}/observe/", said | told).status_code == 302
    page = read(client, f"/practice-weeks/roster/{entry.pk}/")
    assert SAW in page and "Team manager was told on 20 November 2017 at 11:30" in page
    assert "ICT and equipment" in page
    assert client.get(f"/practice-weeks/roster/{entry.pk}/observe/").status_code == 404
    signed_in(client, "programme_manager")
    page = read(client, f"/practice-weeks/roster/{entry.pk}/")
    assert SAW not in page and "read by those who see these children" in page


def test_76_a_leader_who_sees_children_raises_a_concern_with_what_they_saw(client, week, settings, tmp_path):
    a_morning(settings, tmp_path)
    head = a_person("head_of_service", title="Head")
    entry = an_entry(week, activity="shadowing", person=head)
    signed_in(client, person=head)
    said = {"held_on": "2017-11-20", "saw": SAW, "is_fear": "yes", "fear_child": "nobody", "version": "1"}
    page = read(client, f"/practice-weeks/roster/{entry.pk}/observe/", 400, **said)
    assert "no such child on your list" in page and "Say it in a sentence" in page
    said |= {"fear_child": "c1", "fear_text": "The child was not seen for three months."}
    assert client.post(f"/practice-weeks/roster/{entry.pk}/observe/", said).status_code == 302
    assert Concern.objects.get().source_ref == "W1-1" and Observation.objects.get().is_concern
    page = read(client, f"/practice-weeks/roster/{entry.pk}/")
    assert "/concerns/C1/" in page and "three months" not in page


def test_81_what_looks_like_a_person_s_details_is_asked_about_once_more(client, week):
    mayor = a_person("elected_member", title="Mayor")
    entry = an_entry(week, person=mayor)
    signed_in(client, person=mayor)
    said = {
        "held_on": "2017-11-20",
        "saw": "Ring the aunt on 020 7946 0018.",
        "is_fear": "no",
        "version": "1",
    }
    address = f"/practice-weeks/roster/{entry.pk}/observe/"
    assert "looks like a telephone number" in read(client, address, 400, **said)
    assert client.post(address, said | {"is_checked": "on"}).status_code == 302


def test_themes_are_coded_by_who_plans(client, week, keeper):
    entry = an_entry(week, activity="focus_group_staff")
    seen(entry)
    signed_in(client, person=keeper)
    assert client.post("/practice-weeks/themes/add/", {"words": "Car parking"}).status_code == 302
    assert "already" in read(client, "/practice-weeks/themes/add/", 400, words="Caseloads")
    address = f"/practice-weeks/roster/{entry.pk}/themes/"
    assert "Car parking" in read(client, address)
    assert client.post(address, {"themes": ["car_parking"], "version": "1"}).status_code == 302
    assert read(client, address, 409, themes="ict", version="1")
    assert "Car parking" in read(client, f"/practice-weeks/roster/{entry.pk}/")


def test_you_said_we_did_is_entered_done_and_published(client, week, keeper):
    action = an_action()
    signed_in(client, person=keeper)
    assert "Nothing is published yet" in read(client, "/practice-weeks/you-said/")
    said = {
        "theme": "ict",
        "audience": "staff",
        "said": "Signing in takes ten minutes.",
        "doing": "Replace them.",
    }
    said |= {"post": "Head of ICT", "due_on": "2017-12-20", "action": action.pk}
    assert client.post("/practice-weeks/W1/you-said/", said).status_code == 302
    page = read(client, "/practice-weeks/W1/")
    assert "Overdue since 20 Dec 2017" in page and "Publish to staff" in page and "action 2.3.1" in page
    number = week.you_said.get().pk
    changed = said | {"post": "Head of property", "version": "1"}
    assert client.post(f"/practice-weeks/you-said/{number}/change/", changed).status_code == 302
    assert read(client, f"/practice-weeks/you-said/{number}/change/", 409, **changed)
    posted = {"did": "Forty laptops are new.", "done_on": "2017-12-19", "version": "2"}
    assert client.post(f"/practice-weeks/you-said/{number}/did/", posted).status_code == 302
    assert (
        "Published to staff: 1 entry."
        in client.post("/practice-weeks/W1/publish", follow=True).content.decode()
    )
    signed_in(client, "social_worker")
    page = read(client, "/practice-weeks/you-said/")
    for words in (
        "Forty laptops are new.",
        "ICT and equipment",
        "Head of property",
        "done on 19 December 2017",
    ):
        assert words in page, words
    assert client.get("/practice-weeks/").status_code == 403


def test_the_report_is_written_read_compared_and_hides_small_numbers(client, keeper):
    a_unit("FSP 1")
    before = a_week(keeper, starts_on=date(2017, 5, 15), ends_on=date(2017, 5, 17), theme="Assessments")
    seen(an_entry(before), themes=["ict"])
    week = a_week(keeper)
    seen(an_entry(week), themes=["ict", "caseloads"])
    people_said(week)
    learning_services.publish_you_said(week, on=date(2017, 12, 1), by=keeper)
    signed_in(client, "scrutiny_member")
    assert "not written yet" in read(client, "/practice-weeks/W2/report/")
    signed_in(client, person=keeper)
    page = read(client, "/practice-weeks/W2/report/")
    assert "Not written yet; due by 20 December 2017." in page and "Compared with Practice Week W1" in page
    assert "Overdue" in read(client, "/practice-weeks/W2/")
    said = {
        "strengths": "Workers know their children.",
        "in_the_way": "Slow laptops.",
        "follows": "New ones.",
    }
    answer = client.post("/practice-weeks/W2/report/write/", said | {"reported_on": "2017-12-18"})
    assert answer.status_code == 302 and WeekReport.objects.count() == 1
    page = read(client, "/practice-weeks/W2/report/")
    for words in ("Slow laptops.", "Walking the floor", "Caseloads", "Written on 18 December 2017", "FSP 1"):
        assert words in page, words
    assert "hidden: it is small" not in page and "Correct the report" in read(client, "/practice-weeks/W2/")
    assert "Report of 18 Dec 2017" in read(client, "/practice-weeks/")
    signed_in(client, "scrutiny_member")
    page = read(client, "/practice-weeks/W2/report/")
    assert "hidden: it is small" in page and "Small numbers about children and people are hidden" in page
    assert "Practice Week W2" in read(client, "/practice-weeks/you-said/")


def test_the_first_report_has_nothing_to_compare_with(client, week, keeper):
    seen(an_entry(week))
    reported(week)
    signed_in(client, "director")
    assert "nothing to compare it with" in read(client, "/practice-weeks/W1/report/")


def test_a_week_is_changed_on_its_page(client, week, keeper):
    signed_in(client, person=keeper)
    said = {
        "theme": "Visits",
        "purpose": "See.",
        "plan": "",
        "starts_on": "2017-11-20",
        "ends_on": "2017-11-24",
    }
    assert client.post("/practice-weeks/W1/edit/", said | {"version": "1"}).status_code == 302
    assert PracticeWeek.objects.get().theme == "Visits"
    assert "Somebody else changed this" in read(client, "/practice-weeks/W1/edit/", 409, **said, version="1")
    assert client.get("/practice-weeks/W9/").status_code == 404


def test_no_page_asks_the_database_more_than_twelve_times(client, week, keeper):
    member = a_person("board_member")
    for number in range(8):
        entry = consented(an_entry(week, activity="observed_visit", post=f"Leader {number}"))
        seen(entry, themes=["ict", "caseloads"])
        people_said(week, theme="training", action=an_action(f"2.3.{number + 2}"))
    own = an_entry(week, person=member)
    learning_services.publish_you_said(week, on=date(2017, 12, 1), by=keeper)
    reported(week)
    pages = ("", "W1/", "W1/report/", "you-said/", f"roster/{own.pk}/", "W1/roster/", "W1/you-said/")
    for person in (keeper, member, a_person("service_manager")):
        signed_in(client, person=person)
        for page in pages:
            if client.get(f"/practice-weeks/{page}").status_code != 200:
                continue
            with CaptureQueriesContext(connection) as found:
                client.get(f"/practice-weeks/{page}")
            asked = [one["sql"] for one in found if not _ASKS_NOTHING.match(one["sql"])]
            assert len(asked) <= 12, "\n".join([person.role, page, *asked])
