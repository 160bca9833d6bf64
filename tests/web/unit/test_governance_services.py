"""Meetings, packs, minutes, asks: what each service refuses, and the Event it leaves."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from goldenthread_web.accounts.refusals import NotAllowed, NotForYourself, Refused
from goldenthread_web.governance import (
    agenda,
    briefings,
    following_services,
    jobs,
    knowing,
    knowing_services,
    meeting_services,
    packs,
    queries,
    series,
)
from goldenthread_web.governance.models import Ask, Meeting, Pack
from goldenthread_web.improvement import exceptions, plan_services
from goldenthread_web.programme.models import Decision
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person
from tests.web.governing import a_body, a_meeting, a_member, again, an_ask, begun, item_of, keeper, minuted
from tests.web.plan import an_action

pytestmark = pytest.mark.django_db


def told(what):
    return Event.objects.filter(what=what).count()


def kinds(meeting):
    return [part.kind for part in agenda.parts(meeting, on=meeting.on, only=())]


@pytest.mark.parametrize(
    ("rhythm", "first", "until", "expected"),
    [
        ("fortnightly", "2017-12-12", "2018-01-12", ["2017-12-12", "2017-12-27", "2018-01-09"]),  # Boxing Day
        ("monthly", "2017-11-14", "2018-02-28", ["2017-11-14", "2017-12-12", "2018-01-09", "2018-02-13"]),
        ("quarterly", "2017-08-31", "2018-03-01", ["2017-08-31", "2017-11-23", "2018-02-22"]),  # fourth week
        ("weekly", "2018-03-26", "2018-04-09", ["2018-03-26", "2018-04-03", "2018-04-09"]),  # Easter Monday
        ("as_needed", "2018-01-06", "2018-12-31", ["2018-01-08"]),  # a Saturday
        ("monthly", "2018-02-01", "2018-01-01", []),
    ],
)
def test_a_series_keeps_its_week_and_never_falls_on_a_day_off(rhythm, first, until, expected):
    found = series.days(rhythm, date.fromisoformat(first), date.fromisoformat(until))
    assert [day.isoformat() for day in found] == expected


def test_a_meeting_is_planned_with_its_standard_agenda_and_the_day_its_pack_is_frozen():
    meeting = a_meeting(a_body("improvement_board"), "2018-01-16")
    assert meeting.freezes_on == date(2018, 1, 9) and meeting.minutes_allotted == 160
    assert kinds(meeting)[:4] == ["asks", "actions", "opening", "update"]
    assert kinds(a_meeting(a_body(), "2018-01-16"))[:3] == ["asks", "actions", "safeguarding"]
    assert told("meeting.planned") == 2


def test_a_series_leaves_days_alone_on_which_the_body_meets():
    by, body = keeper(), a_body()
    a_meeting(body, "2018-02-14", by=by)
    first = datetime(2018, 1, 10, 9, 30, tzinfo=UTC)
    made = meeting_services.plan_series(body, first=first, until=date(2018, 3, 31), by=by)
    assert [one.on.isoformat() for one in made] == ["2018-01-10", "2018-03-14"]
    with pytest.raises(Refused, match="every day of that series already"):
        meeting_services.plan_series(body, first=first, until=date(2018, 3, 31), by=by)
    with pytest.raises(Refused, match="comes before the first meeting"):
        meeting_services.plan_series(body, first=first, until=date(2017, 3, 31), by=by)


def test_when_a_meeting_cannot_be():
    by, body = keeper(), a_body()
    with pytest.raises(Refused, match="weekend or a bank holiday"):
        a_meeting(body, "2018-01-06", by=by)
    a_meeting(body, "2018-01-16", by=by)
    with pytest.raises(Refused, match="meets at that time already"):
        a_meeting(body, "2018-01-16", by=by)
    with pytest.raises(NotAllowed):
        a_meeting(body, "2018-01-17", by=a_person("board_member"))


def test_a_meeting_is_moved_with_its_pack_by_whoever_saw_it_last():
    by = keeper()
    meeting = a_meeting(by=by)
    said = {"starts_at": datetime(2018, 1, 18, 14, tzinfo=UTC), "place": "Hall", "minutes_allotted": 60}
    moved = meeting_services.move_meeting(meeting, note="Workforce.", version=1, by=by, **said)
    assert (moved.on, moved.freezes_on, told("meeting.moved")) == (date(2018, 1, 18), date(2018, 1, 15), 1)
    with pytest.raises(SavedMeanwhile):
        meeting_services.move_meeting(again(meeting), note="", version=1, by=by, **said)
    meeting_services.freeze_pack(again(meeting), by=by)
    with pytest.raises(Refused, match="pack is frozen"):
        meeting_services.move_meeting(again(meeting), note="", version=2, by=by, **said)


@pytest.mark.both_databases
def test_after_freezing_nothing_in_a_pack_changes():
    by, body = keeper(), a_body("scrutiny")
    earlier = a_meeting(body, "2017-12-12", by=by, status="held")
    asked = an_ask(earlier, by=by)
    meeting = a_meeting(body, by=by)
    pack = meeting_services.freeze_pack(meeting, by=by)
    assert asked.text in str(pack.content) and pack.digest == packs.digest_of(pack.content)
    following_services.answer_ask(asked, text="Forty.", post="Director", evidence="CIN-09", by=by)
    meeting_services.add_item(
        meeting, kind="paper", title="New", late_because="The letter came today.", by=by
    )
    kept = Pack.objects.get(meeting=meeting)
    assert kept.content == pack.content and packs.digest_of(kept.content) == kept.digest
    assert "New" not in str(kept.content)
    for change in (
        lambda: Pack.objects.update(digest="x"),
        lambda: Pack.objects.filter(pk=kept.pk)._raw_delete("default"),
        kept.save,
    ):
        with pytest.raises(Exception, match="never changed or removed"), transaction.atomic():
            change()
    assert told("pack.frozen") == 2  # and that of the meeting before
    with pytest.raises(Refused, match="frozen already"):
        meeting_services.freeze_pack(again(meeting), by=by)


def test_a_late_paper_is_listed_as_late_and_says_why():
    by = keeper()
    meeting = a_meeting(by=by)
    assert not meeting_services.add_item(meeting, kind="paper", title="In time", by=by).is_late
    meeting_services.freeze_pack(meeting, by=by)
    with pytest.raises(Refused, match="say why this comes late"):
        meeting_services.add_item(meeting, kind="paper", title="Late", by=by)
    late = meeting_services.add_item(meeting, kind="paper", title="Late", late_because="Came today.", by=by)
    assert late.is_late and agenda.parts(meeting, on=meeting.on, only=())[-1].is_late
    with pytest.raises(Refused, match="by themselves"):
        meeting_services.add_item(meeting, kind="asks", title="Asks", by=by)
    with pytest.raises(Refused, match="add a late paper"):
        meeting_services.change_item(item_of(again(meeting)), title="Other", version=1, by=by)
    with pytest.raises(Refused, match="nothing is taken off"):
        meeting_services.remove_item(item_of(again(meeting)), by=by)


def test_an_item_is_changed_by_whoever_saw_it_last_and_taken_off():
    by = keeper()
    item = item_of(a_meeting(by=by))
    meeting_services.change_item(item, title="Off track", version=1, by=by)
    with pytest.raises(SavedMeanwhile):
        meeting_services.change_item(item, title="Something else", version=1, by=by)
    meeting_services.remove_item(item, by=by)
    assert told("agenda.item_removed") == 1


def test_a_pack_freezes_by_itself_on_its_day_without_its_author():
    by = keeper()
    due = a_meeting(a_body("improvement_board", by=by), "2018-01-09", by=by)  # freezes on 2 January
    later = a_meeting(a_body(by=by), "2018-01-16", by=by)
    assert jobs.freeze_what_is_due(by=None) == 1 and jobs.freeze_what_is_due(by=None) == 0
    assert (again(due).status, again(later).status) == ("frozen", "planned")
    pack = Pack.objects.get()
    assert pack.frozen_by is None and pack.content["parts"][0]["kind"] == "asks"
    with pytest.raises(Refused, match="has not come"):
        meeting_services.freeze_by_itself(later, by=None)


def test_from_begun_to_approved():
    by, body = keeper(), a_body("improvement_board", quorum=1)
    member = a_member(body, by=by)
    with pytest.raises(Refused, match="has not come"):
        begun(a_meeting(body, "2018-01-16", by=by), by)
    meeting = a_meeting(body, "2017-12-12", by=by)
    with pytest.raises(Refused, match="begin the meeting first"):
        meeting_services.note_attendance(meeting, membership=member, presence="present", by=by)
    begun(meeting, by)
    assert Pack.objects.get().frozen_on == date(2017, 12, 12)  # the pack of its day
    said = {"proposed": "To go on.", "outcome": "agreed", "text": "The board goes on."}
    with pytest.raises(Refused, match="no quorum"):
        meeting_services.decide(item_of(meeting), by=by, **said)
    with pytest.raises(Refused, match="attendance first"):
        meeting_services.finish_minutes(meeting, by=by)
    with pytest.raises(Refused, match="came instead"):
        meeting_services.note_attendance(meeting, membership=member, presence="deputy", by=by)
    meeting_services.note_attendance(meeting, membership=member, presence="deputy", deputy="Deputy", by=by)
    with pytest.raises(SavedMeanwhile):
        meeting_services.note_attendance(meeting, membership=member, presence="absent", by=by)
    made = meeting_services.decide(item_of(meeting), by=by, **said)
    assert made.minute == f"12.12.2017 item {item_of(meeting).number}" and made.decided_on == meeting.on
    minute = meeting_services.note_minute(item_of(meeting), text="It was discussed.", version=0, by=by)
    with pytest.raises(SavedMeanwhile):
        meeting_services.note_minute(item_of(meeting), text="Otherwise.", version=0, by=by)
    meeting_services.finish_minutes(meeting, by=by)
    meeting_services.note_minute(item_of(meeting), text="Corrected.", version=minute.version, by=by)
    meeting_services.approve_minutes(meeting, by=by)
    with pytest.raises(Refused, match="until they are approved"):
        meeting_services.note_minute(item_of(meeting), text="Again.", version=2, by=by)
    with pytest.raises(Refused, match="cannot be cancelled"):
        meeting_services.cancel_meeting(meeting, because="No.", by=by)
    assert [told(f"meeting.{what}") for what in ("held", "minuted", "approved")] == [1, 1, 1]
    assert told("attendance.noted") == 1 and told("minute.written") == 2 and told("decision.recorded") == 1


def test_a_member_of_another_body_is_not_noted():
    by = keeper()
    stranger = a_member(a_body("cabinet", by=by), by=by)
    with pytest.raises(Refused, match="does not belong"):
        meeting_services.note_attendance(
            a_meeting(on="2017-12-12", by=by, status="held"), membership=stranger, presence="present", by=by
        )


def test_a_decision_recorded_before_the_minutes_is_put_under_its_item():
    from goldenthread_web.programme.services import record_decision

    by, body = keeper(), a_body("improvement_board")
    meeting = a_meeting(body, "2017-12-12", by=by, status="held")
    said = {"proposed": "x", "outcome": "noted", "text": "Noted.", "by": by}
    other = record_decision(body, decided_on=date(2017, 12, 11), **said)
    with pytest.raises(Refused, match="another body or of another day"):
        meeting_services.tie_decision(item_of(meeting), decision=other, by=by)
    made = record_decision(body, decided_on=meeting.on, **said)
    meeting_services.tie_decision(item_of(meeting), decision=made, by=by)
    with pytest.raises(Refused, match="already"):
        meeting_services.tie_decision(item_of(meeting), decision=made, by=by)
    assert [one.decision for one in queries.decisions_at(meeting)] == [made] and told("decision.tied") == 1
    assert Decision.objects.count() == 2


def test_an_action_is_on_every_agenda_until_it_is_closed_with_an_outcome():
    by, body = keeper(), a_body("improvement_board")
    first = a_meeting(body, "2017-11-14", by=by, status="held")
    said = {"text": "Bring a list.", "post": "Head of service"}
    with pytest.raises(Refused, match="before the meeting that sets it"):
        following_services.set_action(first, due_on=date(2017, 11, 1), by=by, **said)
    action = following_services.set_action(first, due_on=date(2017, 12, 1), by=by, **said)

    def carried(meeting):
        return [entry.title for entry in agenda.parts(meeting, on=meeting.on, only=["actions"])[1].entries]

    second, third = (a_meeting(body, day, by=by) for day in ("2017-12-12", "2018-01-16"))
    assert carried(first) == [] and carried(second) == carried(third) == ["Bring a list."]
    with pytest.raises(Refused, match="what came of"):
        following_services.close_action(action, outcome=" ", version=1, by=by)
    with pytest.raises(SavedMeanwhile):
        following_services.close_action(action, outcome="Brought.", version=9, by=by)
    following_services.close_action(action, outcome="Brought.", version=1, by=by)
    assert carried(third) == []
    with pytest.raises(Refused, match="closed already"):
        following_services.close_action(action, outcome="Brought.", version=2, by=by)
    assert told("meeting_action.set") == told("meeting_action.closed") == 1


def test_an_ask_is_first_in_every_pack_until_its_answer_is_accepted():
    by, body = keeper(), a_body("scrutiny")
    first = a_meeting(body, "2017-11-23", by=by, status="held")
    next_one = a_meeting(body, "2018-02-22", by=by)
    asked = an_ask(first, by=by)
    assert (asked.due_at, asked.due_on) == (next_one, next_one.on)

    def first_part(meeting):
        return agenda.parts(meeting, on=meeting.on)[0]

    part = first_part(next_one)
    assert part.kind == "asks" and [one.title for one in part.entries] == [asked.text]
    with pytest.raises(Refused, match="where the answer can be checked"):
        following_services.answer_ask(asked, text="Forty.", post="Director", by=by)
    answer = following_services.answer_ask(asked, text="Few.", post="Director", evidence="Report", by=by)
    assert first_part(next_one).entries[0].tag == "answered, to be accepted"
    with pytest.raises(Refused, match="Whoever answered"):
        following_services.record_judgement(answer, is_accepted=True, post="Director", by=by)
    with pytest.raises(Refused, match="what the answer lacks"):
        following_services.record_judgement(answer, is_accepted=False, post="Chair", by=by)
    following_services.record_judgement(answer, is_accepted=False, post="Chair", because="How many?", by=by)
    assert "sent back: How many?" in first_part(next_one).entries[0].why
    better = following_services.answer_ask(asked, text="Forty.", post="Director", evidence="CIN-09", by=by)
    following_services.record_judgement(better, is_accepted=True, post="Chair", by=by)
    assert first_part(next_one).entries == ()
    with pytest.raises(Refused, match="accepted already"):
        following_services.answer_ask(asked, text="More.", post="Director", evidence="x", by=by)
    assert [told(f"ask.{what}") for what in ("made", "answered", "sent_back", "accepted")] == [1, 2, 1, 1]


def test_members_ask_challenge_and_accept_and_nobody_else():
    by, body = keeper(), a_body("scrutiny")
    member, stranger = a_person("scrutiny_member"), a_person("scrutiny_member")
    a_member(body, "Scrutiny lead", person=member, by=by)
    meeting = a_meeting(body, by=by)
    for speak in (following_services.ask, following_services.challenge):
        with pytest.raises(Refused, match="Only members"):
            said = {"to_post": "Director"} if speak is following_services.ask else {}
            speak(meeting, text="Why?", by=stranger, **said)
    asked = following_services.ask(meeting, text="Why?", to_post="Director", by=member)
    challenged = following_services.challenge(meeting, text="Is that so?", by=member)
    assert asked.post == challenged.post == "Scrutiny lead" and asked.asked_by == member
    answer = following_services.answer_ask(asked, text="So.", post="Director", evidence="CIN-09", by=by)
    with pytest.raises(Refused, match="Only members"):
        following_services.judge_answer(answer, is_accepted=True, by=stranger)
    following_services.judge_answer(answer, is_accepted=True, by=member)
    assert Ask.objects.get().state == "accepted" and told("challenge.made") == 1
    own = following_services.answer_ask(
        following_services.ask(meeting, text="Who?", to_post="Scrutiny lead", by=member),
        text="We.",
        post="Scrutiny lead",
        evidence="Minutes",
        by=by,
    )
    with pytest.raises(NotForYourself):
        following_services.judge_answer(own, is_accepted=True, by=member)


def test_a_challenge_gets_its_answer():
    by = keeper()
    meeting = a_meeting(on="2017-12-12", by=by, status="held")
    made = following_services.record_challenge(meeting, post="Chair", text="Is that so?", by=by)
    with pytest.raises(Refused, match="what the answer"):
        following_services.answer_challenge(made, answer=" ", outcome="", evidence="", version=1, by=by)
    following_services.answer_challenge(
        made, answer="No.", outcome="Changed.", evidence="x", version=1, by=by
    )
    with pytest.raises(SavedMeanwhile):
        following_services.answer_challenge(made, answer="Yes.", outcome="", evidence="", version=1, by=by)
    assert told("challenge.recorded") == told("challenge.answered") == 1


def test_who_may_read_what():
    by = keeper()
    closed, public = a_body("improvement_board", by=by), a_body("cabinet", by=by)
    meetings = [a_meeting(closed, by=by), a_meeting(public, by=by)]
    person = a_person("board_member")
    day = date(2018, 1, 2)

    def visible(to):
        return set(Meeting.objects.visible_to(to, day))

    assert visible(by) == visible(a_person("director")) == set(meetings)
    assert visible(person) == {meetings[1]}
    membership = a_member(closed, person=person, by=by)
    assert visible(person) == set(meetings) and queries.may_read(person, closed, day)
    knowing_services.end_membership(membership, ends_on=date(2018, 1, 1), by=by)
    assert visible(person) == {meetings[1]} and not queries.may_read(person, closed, day)
    with pytest.raises(Refused, match="ended already"):
        knowing_services.end_membership(membership, ends_on=date(2018, 1, 1), by=by)
    assert told("membership.began") == told("membership.ended") == 1


def test_a_post_belongs_to_a_body_once_at_a_time():
    by, body = keeper(), a_body()
    a_member(body, by=by)
    with pytest.raises(Refused, match="already"):
        a_member(body, by=by)


def test_the_chair_comes_every_other_time_and_next_time_if_they_could_not():
    by, body = keeper(), a_body("leaders_briefing", rhythm="fortnightly")
    days = ("2017-11-09", "2017-11-23", "2017-12-07", "2017-12-21", "2018-01-04", "2018-01-18")
    meetings = [a_meeting(body, day, by=by) for day in days]
    post = "Independent chair"

    def comes():
        return [briefings.comes(meeting, post) for meeting in meetings]

    assert comes() == [True, False, True, False, True, False]
    begun(meetings[2], by)
    meeting_services.note_attendance(meetings[2], post=post, presence="apologies", by=by)
    assert comes() == [True, False, True, True, False, True]
    meeting_services.cancel_meeting(meetings[3], because="Snow.", by=by)
    assert briefings.comes(meetings[4], post)


def test_the_briefing_sheet_builds_itself():
    by, body = keeper(), a_body("leaders_briefing", rhythm="fortnightly")
    scrutiny = a_body("scrutiny", by=by)
    a_meeting(scrutiny, "2018-01-18", by=by)
    an_ask(a_meeting(scrutiny, "2017-11-23", by=by, status="held"), by=by)
    sheet = briefings.sheet(a_meeting(body, "2018-01-04", by=by), date(2018, 1, 2))
    assert sheet.alternates == "Independent chair" and sheet.comes
    assert [entry.title for entry in sheet.asks] == ["How many children have no plan?"]
    assert "Scrutiny" in [one.title for one in sheet.ahead]


def test_the_briefing_sheet_tells_an_action_once_by_the_gravest():
    by = keeper()
    late = an_action(by=by)
    plan_services.add_milestone(late, text="Panel agreed", baseline_on=date(2017, 11, 1), by=by)
    told = [one.kind for one in exceptions.exceptions(date(2018, 1, 2)) if one.ref == late.ref]
    assert len(told) > 1
    meeting = a_meeting(a_body("leaders_briefing", rhythm="fortnightly", by=by), "2018-01-04", by=by)
    found = briefings.sheet(meeting, date(2018, 1, 2)).exceptions
    assert [(one.ref, one.tag) for one in found] == [(late.ref, "Off track")]


def test_coverage_says_who_has_not_had_what_and_an_election_starts_it_anew():
    by, body = keeper(), a_body("scrutiny")
    a_member(body, "Chair of scrutiny", is_councillor=True, by=by)
    a_member(body, "River ward", is_councillor=True, starts_on=date(2017, 11, 9), by=by)
    a_member(body, "Officer", by=by)
    said = {"kind": "seminar", "topic": "exploitation", "by": by}
    knowing_services.log_development(["Chair of scrutiny", "River ward"], held_on=date(2017, 7, 13), **said)
    with pytest.raises(Refused, match="there already"):
        knowing_services.log_development(["River ward"], held_on=date(2017, 7, 13), **said)
    with pytest.raises(Refused, match="lies ahead"):
        knowing_services.log_development(["River ward"], held_on=date(2018, 7, 13), **said)
    with pytest.raises(Refused, match="at least one councillor"):
        knowing_services.log_development([], held_on=date(2017, 7, 13), **said)
    knowing_services.note_election(held_on=date(2017, 11, 9), by=by)
    covered = knowing.coverage(date(2018, 1, 2))
    assert [row.post for row in covered.rows] == ["Chair of scrutiny", "River ward"]
    assert [row.post for row in covered.without("exploitation")] == ["River ward"]
    assert [row.post for row in covered.new] == ["River ward"]
    assert len(covered.new[0].lacks_induction) == 5
    assert told("development.logged") == told("election.noted") == 1


def test_an_event_for_councillors_is_planned_and_then_held_or_not():
    by = keeper()
    said = {"kind": "seminar", "topic": "exploitation", "by": by}
    late = knowing_services.plan_event(planned_on=date(2017, 7, 13), **said)
    same = knowing_services.plan_event(planned_on=date(2017, 9, 13), **said)
    never = knowing_services.plan_event(planned_on=date(2017, 10, 13), **said)
    with pytest.raises(Refused, match="planned for that day already"):
        knowing_services.plan_event(planned_on=date(2017, 7, 13), **said)
    with pytest.raises(Refused, match="one of the topics"):
        knowing_services.plan_event(kind="seminar", topic="cooking", planned_on=date(2018, 2, 1), by=by)
    with pytest.raises(Refused, match="another kind or topic"):
        log = {"kind": "visit", "topic": "exploitation", "held_on": date(2017, 7, 20), "by": by}
        knowing_services.log_development(["River ward"], planned=late, **log)
    knowing_services.log_development(["River ward"], planned=late, held_on=date(2017, 7, 20), **said)
    knowing_services.log_development(["River ward"], held_on=date(2017, 9, 13), **said)
    with pytest.raises(Refused, match="held on another day"):
        knowing_services.log_development(["River ward"], planned=late, held_on=date(2017, 8, 1), **said)
    for one in (late, same, never):
        one.refresh_from_db()
    assert [one.held_on for one in (late, same, never)] == [date(2017, 7, 20), date(2017, 9, 13), None]
    assert knowing.planned_events(date(2018, 1, 2)) == [never]
    assert told("member_event.planned") == 3


def test_attendance_counts_deputies_as_there_and_puts_who_came_least_first():
    by, body = keeper(), a_body("improvement_board")
    police = a_member(body, "Chief", agency="Police", by=by)
    chair = a_member(body, "Chair", by=by)
    for day, presence in (("2017-11-14", "deputy"), ("2017-12-12", "apologies")):
        meeting = a_meeting(body, day, by=by, status="held")
        meeting_services.note_attendance(
            meeting, membership=police, presence=presence, deputy="Deputy", by=by
        )
        meeting_services.note_attendance(meeting, membership=chair, presence="present", by=by)
    grid = knowing.attendance_grid(body, date(2017, 1, 1), date(2018, 1, 2))
    assert [(row.post, row.there, row.own, row.held) for row in grid.rows] == [
        ("Chief", 1, 0, 2),
        ("Chair", 2, 2, 2),
    ]
    assert grid.agencies == (("Police", 1, 2),)


def test_visits_and_work_with_partners():
    by = keeper()
    said = {
        "visited_on": date(2017, 12, 5),
        "post": "Chief executive",
        "team": "Front door",
        "findings": "Good.",
    }
    with pytest.raises(Refused, match="who does"):
        knowing_services.record_visit(action="Chase answers.", by=by, **said)
    visit = knowing_services.record_visit(
        action="Chase answers.", action_post="Service manager", due_on=date(2018, 1, 9), by=by, **said
    )
    with pytest.raises(Refused, match="what came of it"):
        knowing_services.close_visit(visit, outcome="", by=by)
    knowing_services.close_visit(visit, outcome="Chased.", by=by)
    with pytest.raises(Refused, match="closed already"):
        knowing_services.close_visit(visit, outcome="Chased.", by=by)
    with pytest.raises(Refused, match="Nothing was to be done"):
        knowing_services.close_visit(knowing_services.record_visit(by=by, **said), outcome="x", by=by)
    work = {"agency": "Riverside School", "kind": "school", "about": "Referrals.", "post": "Link officer"}
    with pytest.raises(Refused, match="lies ahead"):
        knowing_services.log_engagement(held_on=date(2018, 2, 1), by=by, **work)
    with pytest.raises(Refused, match="next step"):
        knowing_services.log_engagement(held_on=date(2017, 12, 1), next_on=date(2017, 12, 1), by=by, **work)
    knowing_services.log_engagement(held_on=date(2017, 12, 1), next_on=date(2018, 2, 1), by=by, **work)
    assert told("governance_visit.recorded") == 2 and told("governance_visit.closed") == 1
    assert told("engagement.logged") == 1


def test_no_text_of_anybody_stands_on_the_trail():
    by, body = keeper(), a_body("scrutiny")
    meeting = a_meeting(body, "2017-12-12", by=by, status="held")
    asked = an_ask(meeting, "CANARY ask", by=by)
    following_services.answer_ask(asked, text="CANARY answer", post="x", evidence="CANARY", by=by)
    following_services.record_challenge(meeting, post="CANARY", text="CANARY", by=by)
    meeting_services.note_minute(item_of(meeting, "spotlight"), text="CANARY", version=0, by=by)
    minuted(a_meeting(a_body("cabinet", by=by), "2017-12-12", by=by), by)
    for event in Event.objects.all():
        assert "CANARY" not in f"{event.about_key} {event.reason} {event.changes}"
