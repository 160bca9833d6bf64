"""Pages of meetings: who reads which, what is written where, and how little they ask the database."""

from datetime import date

import pytest
from icalendar import Calendar
from lxml import html

from goldenthread_web.clinics.models import Clinic
from goldenthread_web.config.clock import now
from goldenthread_web.governance import following_services, knowing_services, meeting_services
from goldenthread_web.governance.models import (
    Ask,
    AskAnswer,
    Challenge,
    Meeting,
    MeetingAction,
    Minute,
    PlannedEvent,
)
from goldenthread_web.programme.models import Body, Component, Decision
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person, signed_in
from tests.web.governing import (
    a_body,
    a_meeting,
    a_member,
    a_safeguarding_action,
    again,
    an_ask,
    begun,
    item_of,
    keeper,
)
from tests.web.reading import page_of

pytestmark = pytest.mark.django_db
CLOSED = "Improvement board"


@pytest.fixture
def boards():
    """A board behind doors and a committee in public, each with a meeting held and one ahead."""
    by = keeper()
    made = {"by": by}
    for code in ("improvement_board", "scrutiny"):
        body = a_body(code, by=by)
        held = a_meeting(body, "2017-12-12", by=by, status="held")
        made[code] = (body, held, a_meeting(body, "2018-02-22", by=by), an_ask(held, f"Ask of {code}", by=by))
    made["later"] = a_meeting(made["improvement_board"][0], "2018-04-12", by=by)
    return made


def read(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return page_of(answer)


def test_members_read_their_own_bodies_and_public_ones_and_nobody_elses(client, boards):
    person = signed_in(client, "scrutiny_member")
    body, held, ahead, asked = boards["improvement_board"]
    page = read(client, "/meetings/")
    assert "Ask of scrutiny" in page and "Ask of improvement_board" not in page
    hidden = [f"/meetings/bodies/{body.code}/", f"/meetings/asks/{asked.pk}/"]
    hidden += [f"/meetings/{one.pk}/{end}" for one in (held, ahead) for end in ("", "pack/", "minutes/")]
    for address in hidden:
        read(client, address, 404)
    for register in ("asks", "actions", "challenges", "attendance"):
        assert "Ask of improvement_board" not in read(client, f"/meetings/{register}/?body={body.code}")
    for end in ("", "pack/", "minutes/"):
        read(client, f"/meetings/{boards['scrutiny'][1].pk}/{end}")
    a_member(body, person=person, by=boards["by"])
    for address in hidden:
        read(client, address)


def test_whoever_may_not_read_papers_is_shown_no_link_to_them(client, boards):
    person = signed_in(client, "scrutiny_member")
    body, _, ahead, asked = boards["improvement_board"]
    briefing = a_meeting(a_body("leaders_briefing", by=boards["by"]), "2018-02-06", by=boards["by"])
    a_member(briefing.body, person=person, by=boards["by"])
    frozen = boards["scrutiny"][2]
    meeting_services.freeze_pack(frozen, by=boards["by"])
    shown = {
        f"/bodies/{body.code}/": f"/meetings/bodies/{body.code}/",
        "/meetings/forward/": f"/meetings/{ahead.pk}/",
        f"/meetings/{frozen.pk}/pack/": f"/meetings/{boards['later'].pk}/",
        f"/meetings/{briefing.pk}/briefing/": f"/meetings/asks/{asked.pk}/",
    }
    for address, link in shown.items():
        answer = client.get(address)
        assert "improvement" in page_of(answer).lower() and f'href="{link}"' not in answer.content.decode()
    a_member(body, person=person, by=boards["by"])
    for address, link in shown.items():
        assert f'href="{link}"' in client.get(address).content.decode(), (address, link)


def test_no_page_of_meetings_shows_a_way_to_a_child(client, boards):
    signed_in(client, "scrutiny_member")
    for address in ("/meetings/", f"/meetings/{boards['scrutiny'][2].pk}/pack/", "/meetings/forward/"):
        page = read(client, address)
        assert "/children/" not in page and "/behind/" not in page


@pytest.mark.both_databases
@pytest.mark.parametrize("role", ["programme_manager", "scrutiny_member"])
def test_the_pages_ask_the_database_little(client, boards, role, django_assert_max_num_queries):
    signed_in(client, role)
    body, held, ahead, asked = boards["scrutiny"]
    client.get("/meetings/")  # the first page of a session writes that it began
    pages = ["", "forward/", "asks/", "actions/", "challenges/", "attendance/", "development/", "visits/"]
    pages += ["partners/", f"bodies/{body.code}/", f"asks/{asked.pk}/", f"{held.pk}/", f"{held.pk}/pack/"]
    pages += [f"{ahead.pk}/", f"{held.pk}/minutes/"]
    for page in pages:
        with django_assert_max_num_queries(12):
            read(client, f"/meetings/{page}")
    for address in ("/decisions/", "/programme/", "/bodies/"):
        with django_assert_max_num_queries(12):
            read(client, address)


def test_a_pack_that_is_not_frozen_is_shown_as_it_would_be(client, boards, django_assert_max_num_queries):
    signed_in(client, "scrutiny_member")
    ahead = boards["scrutiny"][2]
    # What plan, risks, figures and findings say of the day is read at once; frozen, it is one row.
    with django_assert_max_num_queries(40):
        page = read(client, f"/meetings/{ahead.pk}/pack/")
    assert "as it would be if it were frozen today" in page
    assert page.index("Ask of scrutiny") < page.index("Apologies, interests")


def test_a_meeting_is_planned_frozen_and_cancelled(client):
    by = signed_in(client, "programme_manager")
    body = a_body(by=by)
    said = {
        "on": "2018-01-10",
        "at": "09:30",
        "until": "2018-03-31",
        "place": "Room 2",
        "minutes_allotted": 90,
    }
    assert (
        client.post(
            f"/meetings/bodies/{body.code}/plan/", said | {"on": "2018-01-06", "until": ""}
        ).status_code
        == 400
    )
    assert client.post(f"/meetings/bodies/{body.code}/plan/", said).status_code == 302
    meetings = list(Meeting.objects.all())
    assert [one.on.isoformat() for one in meetings] == ["2018-01-10", "2018-02-14", "2018-03-14"]
    first, second, _ = meetings
    move = {
        "on": "2018-02-15",
        "at": "09:30",
        "place": "Room 3",
        "minutes_allotted": 90,
        "note": "",
        "version": 1,
    }
    assert client.post(f"/meetings/{second.pk}/move/", move).status_code == 302
    answer = client.post(f"/meetings/{second.pk}/move/", move | {"place": "Room 4"})
    assert answer.status_code == 409 and "Somebody else changed this" in answer.content.decode()
    assert client.post(f"/meetings/{first.pk}/step/freeze").status_code == 302
    answer = client.post(f"/meetings/{first.pk}/step/cancel", {"because": ""})
    assert answer.status_code == 400 and "Say why" in answer.content.decode()
    assert client.post(f"/meetings/{first.pk}/step/cancel", {"because": "Snow."}).status_code == 302
    assert again(first).status == "cancelled"
    assert client.post(f"/meetings/{first.pk}/step/dance").status_code == 404


def test_items_are_put_on_the_agenda_changed_and_taken_off(client):
    by = signed_in(client, "programme_manager")
    meeting = a_meeting(by=by)
    said = {"kind": "spotlight", "title": "Thresholds", "minutes_allotted": 50, "number": 4}
    more = {"witnesses": "Head teacher\nChief superintendent", "enquiry": "Are they known?\nAre they used?"}
    assert client.post(f"/meetings/{meeting.pk}/items/", said | {"title": ""}).status_code == 400
    assert client.post(f"/meetings/{meeting.pk}/items/", said | more).status_code == 302
    page = read(client, f"/meetings/{meeting.pk}/")
    assert "Witnesses: Head teacher, Chief superintendent" in page and "<li>Are they used?</li>" in page
    item = meeting.items.get(title="Thresholds")
    changed = {
        "kind": "paper",
        "title": "Papers",
        "minutes_allotted": 5,
        "number": 4,
        "version": item.version,
    }
    assert client.post(f"/meetings/items/{item.pk}/", changed).status_code == 302
    assert client.post(f"/meetings/items/{item.pk}/", changed).status_code == 409  # somebody was first
    assert client.post(f"/meetings/items/{item.pk}/", {"remove": "1"}).status_code == 302
    answer = client.post(f"/meetings/items/{meeting.items.get(kind='asks').pk}/", {"remove": "1"})
    assert answer.status_code == 400 and "cannot be taken off" in answer.content.decode()


def test_witnesses_and_lines_of_enquiry_stand_in_agenda_pack_and_minutes(client):
    by = signed_in(client, "programme_manager")
    meeting = a_meeting(on="2017-12-12", by=by)
    said = {"kind": "spotlight", "title": "Thresholds", "minutes_allotted": 50}
    more = {"witnesses": "Head teacher\nChief superintendent", "enquiry": "Are they known?\nAre they used?"}
    assert client.post(f"/meetings/{meeting.pk}/items/", said | more).status_code == 302
    assert client.post(f"/meetings/{meeting.pk}/step/freeze").status_code == 302
    assert client.post(f"/meetings/{meeting.pk}/step/hold").status_code == 302
    item = meeting.items.get(title="Thresholds")
    minute = {"minute-text": "They are known.", "minute-version": 0}
    assert client.post(f"/meetings/{meeting.pk}/write/minute/{item.pk}", minute).status_code == 302
    for address in (f"/meetings/{meeting.pk}/?at={item.pk}", f"/meetings/{meeting.pk}/pack/"):
        page = read(client, address)
        assert "Witnesses: Head teacher, Chief superintendent" in page and "<li>Are they used?</li>" in page
        assert "</b> 50 min" in page
    page = read(client, f"/meetings/{meeting.pk}/minutes/")
    assert "Witnesses: Head teacher, Chief superintendent" in page
    assert "Key lines of enquiry: Are they known? Are they used?" in page


@pytest.mark.both_databases
def test_48_two_people_change_one_item_and_the_second_sees_both_values(client):
    by = signed_in(client, "programme_manager")
    item = a_meeting(by=by).items.get(kind="indicators")
    said = {"kind": "indicators", "minutes_allotted": 10, "number": item.number, "version": item.version}
    address = f"/meetings/items/{item.pk}/"
    assert client.post(address, said | {"title": "Figures and teams"}).status_code == 302
    answer = client.post(address, said | {"title": "Figures and districts"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Somebody else changed this" in page
    assert "Figures and teams" in page and "Figures and districts" in page
    item.refresh_from_db()
    assert item.title == "Figures and teams"
    (shown,) = html.fromstring(page).xpath("//input[@name='version']/@value")
    assert int(shown) == item.version  # saved once more, having seen both, it is taken
    assert client.post(address, said | {"title": "Both", "version": item.version}).status_code == 302


def test_a_meeting_is_run_on_one_page(client):
    by = signed_in(client, "programme_manager")
    body = a_body("operational_board", by=by, quorum=1)
    member = a_member(body, "Director", by=by)
    earlier = a_meeting(body, "2017-11-14", by=by, status="held")
    action = a_safeguarding_action(earlier, by=by)
    meeting = a_meeting(body, "2017-12-12", by=by)
    assert client.post(f"/meetings/{meeting.pk}/step/hold").status_code == 302
    item = item_of(meeting)
    here = f"/meetings/{meeting.pk}/write"

    def write(what, key=item.pk, **said):
        return client.post(f"{here}/{what}/{key}", {f"{what}-{name}": value for name, value in said.items()})

    assert (
        client.post(f"/meetings/{meeting.pk}/attendance", {f"presence-{member.pk}": "present"}).status_code
        == 302
    )
    again = {f"presence-{member.pk}": "absent", f"version-{member.pk}": "0"}  # as before anybody noted it
    answer = client.post(f"/meetings/{meeting.pk}/attendance", again)
    page = answer.content.decode()
    assert answer.status_code == 400 and "noted attendance meanwhile" in page
    assert f'name="version-{member.pk}" value="1"' in page
    answer = write("minute", text="", version=0)
    assert answer.status_code == 400 and "Minute: not filled in yet" in answer.content.decode()
    assert write("minute", text="It was discussed.", version=0).status_code == 302
    answer = write("minute", text="Otherwise.", version=0)  # somebody wrote before
    page = answer.content.decode()
    assert answer.status_code == 409 and "It was discussed." in page and ">Otherwise.</textarea>" in page
    assert 'name="minute-version" value="1"' in page, "whoever saves once more has seen both"
    assert write("minute", text="It was discussed. Otherwise.", version=1).status_code == 302
    assert write("decision", proposed="To go on.", outcome="agreed", text="Agreed.").status_code == 302
    assert write("action", text="Bring a list.", post="Lead", due_on="2018-01-10").status_code == 302
    assert write("ask", text="How many?", post="Chair", to_post="Director").status_code == 302
    assert write("challenge", text="Is that so?", post="Chair").status_code == 302
    safeguarding = meeting.items.get(kind="safeguarding")
    said = {"text": "Visit all.", "post": "Lead", "due_on": "2018-01-10"}
    assert write("safeguarding", safeguarding.pk, **said).status_code == 302
    assert write("dance").status_code == 404
    answer = client.post(f"/meetings/{meeting.pk}/step/finish")
    assert answer.status_code == 400 and "got no outcome" in answer.content.decode()
    assert action.text in read(client, f"/meetings/{meeting.pk}/?at={safeguarding.pk}")
    review = f"/meetings/{meeting.pk}/safeguarding/{action.pk}"
    said = {f"review-{action.pk}-result": "closed", f"review-{action.pk}-text": "All were seen."}
    answer = client.post(review, said)
    assert answer.status_code == 400 and "closed on evidence" in answer.content.decode()
    assert client.post(review, said | {f"review-{action.pk}-evidence": "Dip sample"}).status_code == 302
    assert client.post(f"/meetings/{meeting.pk}/step/finish").status_code == 302
    page = read(client, f"/meetings/{meeting.pk}/minutes/")
    for text in (
        "It was discussed.",
        "Agreed.",
        "Bring a list.",
        "How many?",
        "Is that so?",
        "All were seen.",
    ):
        assert text in page, text
    assert Minute.objects.count() == Decision.objects.count() == MeetingAction.objects.count() == 1
    assert "Agreed." in read(client, "/decisions/")
    assert "To go on." in read(client, f"/decisions/{Decision.objects.get().pk}/")


def test_a_member_asks_is_answered_and_sends_it_back(client, boards):
    body, _, ahead, _ = boards["scrutiny"]
    member = signed_in(client, "scrutiny_member")
    said = {"text": "Who is heard?", "to_post": "Director"}
    answer = client.post(f"/meetings/{ahead.pk}/speak/ask/", said)
    assert answer.status_code == 400 and "Only members" in answer.content.decode()
    a_member(body, "Scrutiny lead", person=member, by=boards["by"])
    assert client.post(f"/meetings/{ahead.pk}/speak/ask/", said).status_code == 302
    assert client.post(f"/meetings/{ahead.pk}/speak/challenge/", {"text": "Is it?"}).status_code == 302
    assert client.get(f"/meetings/{ahead.pk}/speak/dance/").status_code == 404
    asked = Ask.objects.get(text="Who is heard?")
    assert client.post(f"/meetings/asks/{asked.pk}/answer", {}).status_code == 403
    client.force_login(boards["by"])
    answered = {"text": "Care leavers.", "post": "Director"}
    answer = client.post(f"/meetings/asks/{asked.pk}/answer", answered)
    assert answer.status_code == 400 and "where the answer can be checked" in answer.content.decode()
    assert client.post(f"/meetings/asks/{asked.pk}/answer", answered | {"evidence": "x"}).status_code == 302
    client.force_login(member)
    given = AskAnswer.objects.get()
    assert "Is it answered?" in read(client, f"/meetings/asks/{asked.pk}/")
    back = {"verdict": "back", "because": ""}
    assert client.post(f"/meetings/answers/{given.pk}/judge", back).status_code == 400
    back["because"] = "Who else?"
    assert client.post(f"/meetings/answers/{given.pk}/judge", back).status_code == 302
    assert "Who else?" in read(client, f"/meetings/asks/{asked.pk}/")
    client.force_login(boards["by"])
    following_services.answer_ask(
        Ask.objects.get(pk=asked.pk), text="Parents too.", post="Director", evidence="x", by=boards["by"]
    )
    latest = AskAnswer.objects.get(text="Parents too.")
    said = {"verdict": "accepted", "because": "", "post": "Chair of scrutiny"}
    assert client.post(f"/meetings/answers/{latest.pk}/said", said).status_code == 302
    assert Ask.objects.get(pk=asked.pk).state == "accepted"
    challenged = Challenge.objects.get()
    said = {"answer": "It is.", "outcome": "", "evidence": "", "version": 1}
    assert client.post(f"/meetings/challenges/{challenged.pk}/", said).status_code == 302
    assert client.post(f"/meetings/challenges/{challenged.pk}/", said | {"answer": "No."}).status_code == 409


def test_whoever_answers_for_themselves_is_refused_and_it_is_noted(client, boards):
    body, _, _, asked = boards["scrutiny"]
    person = signed_in(client, "scrutiny_member")
    a_member(body, "Scrutiny lead", person=person, by=boards["by"])
    said = {"text": "Three.", "post": "Scrutiny lead", "evidence": "CIN-02", "report": ""}
    answered = following_services.answer_ask(asked, by=boards["by"], **said)
    address = f"/meetings/answers/{answered.pk}/judge"
    answer = client.post(address, {"verdict": "accepted", "because": ""})
    assert answer.status_code == 403 and "Somebody else must say" in answer.content.decode()
    assert Event.objects.filter(what="account.own_attempt").count() == 1
    assert AskAnswer.objects.get(pk=answered.pk).is_accepted is None


def test_an_action_is_closed_with_what_came_of_it(client, boards):
    signed_in(client, "programme_manager")
    held = boards["improvement_board"][1]
    action = following_services.set_action(
        held, text="Bring it.", post="Lead", due_on=date(2017, 12, 20), by=boards["by"]
    )
    page = f"/meetings/actions/{action.pk}/close/"
    assert client.post(page, {"outcome": "", "version": 1}).status_code == 400
    assert client.post(page, {"outcome": "Brought.", "version": 9}).status_code == 409
    assert client.post(page, {"outcome": "Brought.", "version": 1}).status_code == 302
    assert "Brought." in read(client, "/meetings/actions/")


def test_members_of_a_body_and_their_development(client):
    by = signed_in(client, "programme_manager")
    a_body("scrutiny", by=by)
    said = {"post": "Scrutiny lead", "role": "member", "starts_on": "2017-05-01", "is_councillor": "on"}
    assert client.post("/meetings/bodies/scrutiny/members/", said | {"post": ""}).status_code == 400
    assert client.post("/meetings/bodies/scrutiny/members/", said).status_code == 302
    assert client.post("/meetings/bodies/scrutiny/members/", said).status_code == 400
    took = {"kind": "seminar", "topic": "exploitation", "held_on": "2017-07-13", "posts": ["Scrutiny lead"]}
    assert client.post("/meetings/development/", took | {"posts": []}).status_code == 400
    assert client.post("/meetings/development/", took).status_code == 302
    page = read(client, "/meetings/development/")
    assert "13 Jul 2017" in page and "not yet" in page
    planned = {"plan-kind": "seminar", "plan-topic": "exploitation", "plan-planned_on": "2017-12-14"}
    assert client.post("/meetings/development/plan/", planned | {"plan-topic": "x"}).status_code == 302
    assert client.post("/meetings/development/plan/", planned).status_code == 302
    page = read(client, "/meetings/development/")
    assert "14 Dec 2017" in page and "not held" in page and "14 December 2017: seminar" in page
    number = str(PlannedEvent.objects.get().pk)
    held = took | {"held_on": "2017-12-15", "planned": number}
    assert client.post("/meetings/development/", held).status_code == 302
    page = read(client, "/meetings/development/")
    assert "14 Dec 2017" not in page and "15 Dec 2017" in page
    client.post("/meetings/elections/", {"held_on": "2017-11-09"})
    assert "Induction after the election of 9 November 2017" in read(client, "/meetings/development/")
    number = Body.objects.get(code="scrutiny")
    member = a_member(number, "Another", by=by)
    client.post(f"/meetings/memberships/{member.pk}/end", {"ends_on": "2017-12-31"})
    member.refresh_from_db()
    assert member.ends_on == date(2017, 12, 31)


def test_visits_and_partners_are_logged_and_only_read_by_others(client):
    by = signed_in(client, "programme_manager")
    said = {"visited_on": "2017-12-05", "post": "Chief executive", "team": "Front door", "findings": "Good."}
    answer = client.post("/meetings/visits/", said | {"action": "Chase."})
    assert answer.status_code == 400 and "something is to be done" in answer.content.decode()
    said |= {"action": "Chase.", "action_post": "Lead", "due_on": "2018-01-09"}
    assert client.post("/meetings/visits/", said).status_code == 302
    work = {"agency": "Riverside School", "kind": "school", "held_on": "2017-12-01", "about": "Referrals."}
    assert client.post("/meetings/partners/", work | {"post": "Link officer"}).status_code == 302
    assert "Riverside School" in read(client, "/meetings/partners/")
    signed_in(client, "board_member")
    assert "Record the visit" not in read(client, "/meetings/visits/")
    assert client.post("/meetings/partners/", work | {"post": "x", "agency": "Another"}).status_code == 200
    assert "Another" not in read(client, "/meetings/partners/")
    assert by.may


def test_what_each_partner_promised_is_told_to_those_who_read_the_body(client, boards):
    for code, agency in (("improvement_board", "Health"), ("scrutiny", "Police")):
        following_services.set_action(
            boards[code][1],
            text=f"Promise of {agency}.",
            post="Head",
            agency=agency,
            due_on=date(2017, 12, 20),
            by=boards["by"],
        )
    signed_in(client, "scrutiny_member")
    page = read(client, "/meetings/partners/")
    assert "Promise of Police." in page and "Promise of Health." not in page
    signed_in(client, "programme_manager")
    page = read(client, "/meetings/partners/")
    assert "Promise of Health." in page and "overdue since 20 Dec 2017" in page


def test_the_forward_plan_reaches_other_calendars_with_what_keeps_its_name(client):
    by = keeper()
    meeting = a_meeting(a_body("cabinet", by=by), "2018-03-20", by=by, place="Council chamber")
    assert client.get("/meetings/forward-plan.ics").status_code == 302  # only for those signed in
    signed_in(client, "elected_member")
    page = read(client, "/meetings/forward/")
    assert "March 2018" in page and "Cabinet" in page

    def events():
        answer = client.get("/meetings/forward-plan.ics")
        assert answer["Content-Type"].startswith("text/calendar")
        return {str(one["uid"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}

    before = events()
    one = before[f"meeting-{meeting.pk}@goldenthread.invalid"]
    assert str(one["summary"]) == "Cabinet" and one.decoded("dtstart").hour == 14
    meeting_services.move_meeting(
        meeting,
        starts_at=meeting.starts_at.replace(day=21),
        place="Hall",
        minutes_allotted=60,
        note="",
        version=1,
        by=by,
    )
    after = events()
    assert set(after) == set(before) and str(after[one["uid"]]["location"]) == "Hall"


def test_the_briefing_sheet(client):
    by = signed_in(client, "programme_manager")
    meeting = a_meeting(a_body("leaders_briefing", by=by, rhythm="fortnightly"), "2018-01-04", by=by)
    assert "Independent chair comes this time" in read(client, f"/meetings/{meeting.pk}/briefing/")


def test_the_programme_and_its_bodies(client):
    signed_in(client, "programme_manager")
    assert "Nobody has said yet" in read(client, "/programme/")
    aim = {"name": "Programme", "framework": "SIF", "target_grade": "good"}
    late = {"starts_on": "2019-04-07", "target_on": "2017-04-07"}
    assert client.post("/programme/aim/", aim | late).status_code == 400
    right = {"starts_on": "2017-04-07", "target_on": "2019-04-07"}
    assert client.post("/programme/aim/", aim | right).status_code == 302
    assert client.post("/programme/components/1/", {"title": "Strong leaders"}).status_code == 302
    theme = {"title": "Leadership", "post": "Director"}
    assert client.post("/programme/themes/1/", theme).status_code == 400
    number = (
        read(client, "/programme/themes/1/").split('name="components"')[1].split('value="')[1].split('"')[0]
    )
    assert client.post("/programme/themes/1/", theme | {"components": [number]}).status_code == 302
    page = read(client, "/programme/")
    assert "1 Leadership" in page and "37%" in page and "460" in page  # days left of 730
    body = {
        "code": "cabinet",
        "name": "Cabinet",
        "purpose": "Decides.",
        "chair": "Leader",
        "rhythm": "quarterly",
    }
    assert client.post("/bodies/add/", body | {"quorum": 3}).status_code == 302
    assert client.post("/bodies/add/", body | {"quorum": 3}).status_code == 400
    assert client.post("/bodies/cabinet/edit/", body | {"quorum": 4, "version": 1}).status_code == 302
    assert "4 voting members" in read(client, "/bodies/cabinet/")
    signed_in(client, "board_member")
    assert "Enter a body" not in read(client, "/bodies/") and client.get("/programme/aim/").status_code == 403


@pytest.mark.both_databases
def test_48_two_people_say_the_frame_of_the_plan_and_the_second_sees_both(client):
    signed_in(client, "programme_manager")
    component = {"title": "Strong leaders", "looks_like": ""}
    assert client.post("/programme/components/1/", component).status_code == 302
    theme = {
        "title": "Leadership",
        "focus": "",
        "post": "Director",
        "components": [Component.objects.get().pk],
    }
    aim = {"name": "Programme", "framework": "SIF", "target_grade": "good"}
    aim |= {"starts_on": "2017-04-07", "target_on": "2019-04-07"}
    stage = {"name": "Foundations", "starts_on": "2017-04-07", "ends_on": "2017-10-31", "statement": ""}
    frame = (
        ("/programme/components/1/", component, "title", 1),
        ("/programme/themes/1/", theme, "title", 0),
        ("/programme/aim/", aim, "name", 0),
        ("/plan/stages/1/change/", stage, "name", 0),
    )
    for address, said, name, version in frame:
        seen = said | {"version": version}
        assert client.post(address, seen | {name: "As the first says"}).status_code == 302
        answer = client.post(address, seen | {name: "As the second says"})
        page = page_of(answer)
        assert answer.status_code == 409 and "Somebody else changed this" in page, address
        assert "As the first says" in page and "As the second says" in page
        (shown,) = html.fromstring(answer.content).xpath("//main//input[@name='version']/@value")
        assert int(shown) == version + 1
        assert client.post(address, said | {"version": shown, name: "As both say"}).status_code == 302


def test_an_exempt_item_is_read_inside_the_body_alone(client, boards, django_assert_max_num_queries):
    by = signed_in(client, "programme_manager")
    body = boards["scrutiny"][0]
    ahead = a_meeting(body, "2018-01-02", by=by)
    said = {"kind": "paper", "title": "Price of placements", "minutes_allotted": 20, "paper": "SECRET PRICE"}
    said |= {"presenter": "SECRET PRESENTER", "sought": "SECRET DECISION SOUGHT", "verb": "agree"}
    add = f"/meetings/{ahead.pk}/items/"
    assert "Say why the public interest" in page_of(client.post(add, said | {"exempt_under": "3"}))
    assert "Choose the paragraph" in page_of(client.post(add, said | {"exempt_because": "It is."}))
    why = {"exempt_under": "3", "exempt_because": "Providers would learn what the others ask."}
    assert client.post(add, said | why).status_code == 302
    item = ahead.items.get(title="Price of placements")
    pack, minutes, page = (f"/meetings/{ahead.pk}/{end}" for end in ("pack/", "minutes/", ""))
    part_two = read(client, pack).split("Part II")[1]
    assert "SECRET PRICE" in part_two and "Schedule 12A to the Local Government Act 1972" in part_two
    ahead = begun(again(ahead), by)
    item = ahead.items.get(pk=item.pk)
    meeting_services.note_attendance(ahead, post="Chair", presence="present", by=by)
    meeting_services.note_minute(item, text="SECRET MINUTE", version=0, by=by)
    decision = meeting_services.decide(
        item, proposed="SECRET", outcome="agreed", text="SECRET DECISION", by=by
    )
    asked = following_services.record_ask(
        ahead, text="SECRET ASK", post="Chair of scrutiny", to_post="Director", item=item, by=by
    )
    following_services.set_action(
        ahead, text="SECRET ACTION", post="Director", due_on=date(2018, 3, 1), item=item, by=by
    )
    following_services.record_challenge(ahead, text="SECRET CHALLENGE", post="Chair", item=item, by=by)
    meeting_services.finish_minutes(ahead, by=by)
    later = a_meeting(body, "2018-01-18", by=by)
    read_there = (
        pack, minutes, page, f"/meetings/{later.pk}/pack/", f"/meetings/{later.pk}/", "/meetings/",
        f"/meetings/bodies/{body.code}/", "/meetings/asks/", "/meetings/actions/", "/meetings/challenges/",
        "/decisions/", "/search/?q=ECRE", f"/thread/meeting/{ahead.pk}/",
    )  # fmt: skip
    own = (f"/meetings/asks/{asked.pk}/", f"/decisions/{decision.pk}/")
    outsider = signed_in(client, "improvement_partner")
    for address in read_there:
        with django_assert_max_num_queries(20):
            shown = read(client, address)
        assert "SECRET" not in shown, address
    for address in own:
        read(client, address, 404)
    for address in (pack, minutes, page):
        told = read(client, address)
        assert "Price of placements" in told and "Providers would learn" in told and "aragraph 3" in told
    assert "from exempt items" in read(client, f"/meetings/{later.pk}/pack/")
    a_member(body, person=outsider, by=by)
    for address in read_there[:3] + own:
        assert "SECRET" in read(client, address), address
    carried = read(client, f"/meetings/{later.pk}/pack/").split("Part II")[1]
    assert all(f"SECRET {word}" in carried for word in ("ACTION", "ASK", "MINUTE"))


def test_an_item_is_kept_back_while_it_is_discussed_and_opened_later(client, boards):
    by = signed_in(client, "programme_manager")
    _, held, _, _ = boards["scrutiny"]
    item = item_of(held, "opening")
    meeting_services.note_minute(item, text="Said behind doors.", version=0, by=by)
    address = f"/meetings/items/{item.pk}/exempt/"
    assert "Keep it from the public" in read(client, f"/meetings/{held.pk}/")
    why = {"exempt_under": "5", "exempt_because": "Advice of the solicitor.", "version": item.version}
    assert client.post(address, why).status_code == 302
    assert client.post(address, why | {"exempt_because": "Otherwise."}).status_code == 409
    signed_in(client, "improvement_partner")
    assert "Said behind doors." not in read(client, f"/meetings/{held.pk}/minutes/")
    assert client.get(address).status_code == 403
    signed_in(client, "programme_manager")
    opened = {"exempt_under": "", "exempt_because": "", "version": item.version + 1}
    assert client.post(address, opened).status_code == 302
    signed_in(client, "improvement_partner")
    assert "Said behind doors." in read(client, f"/meetings/{held.pk}/minutes/")


def test_whoever_leaves_a_body_no_longer_reads_it(client, boards):
    person = a_person("board_member")
    membership = a_member(boards["improvement_board"][0], person=person, by=boards["by"])
    signed_in(client, person=person)
    page = f"/meetings/{boards['improvement_board'][1].pk}/"
    read(client, page)
    knowing_services.end_membership(membership, ends_on=date(2018, 1, 1), by=boards["by"])
    read(client, page, 404)


def test_clinics_stand_among_the_bodies_with_how_far_this_week_is(client, boards):
    for number, state in enumerate(("closed", "closed", "not_held", "ready")):
        Clinic.objects.create(
            team=f"FSP {number}",
            monday="2017-12-18",
            on="2017-12-18",
            as_at_on="2017-12-18",
            prepared_at=now(),
            load_hash="x",
            load_folder="x",
            state=state,
            **{"not_held_because": "Snow."} if state == "not_held" else {},
            **{"held_on": "2017-12-19", "chair": boards["by"]} if state == "closed" else {},
        )
    signed_in(client, "scrutiny_member")
    page = read(client, "/meetings/")
    assert "week of 18 December 2017" in page and "2 of 4 held, 1 not held" in page
    assert "/clinics/" not in client.get("/meetings/").content.decode()
    signed_in(client, "programme_manager")
    assert 'href="/clinics/">Performance clinics' in client.get("/meetings/").content.decode()


def test_a_safeguarding_action_without_a_meeting_ahead_is_told_where_meetings_are_listed(client):
    by = keeper()
    body = a_body(by=by)
    first = a_meeting(body, "2017-12-13", by=by, status="held")
    a_safeguarding_action(first, by=by)
    ahead = a_meeting(body, "2018-01-10", by=by)
    signed_in(client, person=by)
    assert "Next before its meeting of 10 January 2018." in read(client, "/meetings/actions/")
    meeting_services.cancel_meeting(ahead, because="Snow.", by=by)
    assert "no meeting planned to look at it" in read(client, "/meetings/actions/")
    assert "1 with no meeting planned to look at it" in read(client, "/meetings/")
