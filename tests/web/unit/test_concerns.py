"""Services of immediate concerns: what they refuse, what they record, who is told by when (tests 52, 54)."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, transaction

from goldenthread_web.accounts.models import Relation, Restriction
from goldenthread_web.accounts.refusals import NotAllowed, NotForYourself, Refused
from goldenthread_web.concerns import absence_services, counts, queries, services
from goldenthread_web.concerns.banners import banners
from goldenthread_web.concerns.clocks import clocks, time_left
from goldenthread_web.concerns.models import Absence, Concern, Notice, NoticeMail, SafetyRecord
from goldenthread_web.config.clock import london, now
from goldenthread_web.trail.models import Event, Seen
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person, a_unit
from tests.web.concern_builders import (
    CHILD,
    FEARED,
    FRIDAY,
    a_concern,
    an_absence,
    clock,
    people,
    runs,
    told,
)

pytestmark = pytest.mark.django_db
PLAN = "The window is locked and the child sleeps at the grandmother's tonight."


def rows(table):
    """The lines of a drawn table, each a list of its cells; the first two lines are its head."""
    lines = [line for line in table.strip().splitlines()][2:]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


# By the clock, on every day of the year. A time in the table is what clocks in England show.
CLOCKS = """
raised           | acknowledge by   | safe by          | because
-----------------+------------------+------------------+--------------------------------------------------
2017-11-21 10:00 | 2017-11-21 14:00 | 2017-11-22 10:00 | a Tuesday in office hours
2017-12-22 18:30 | 2017-12-22 22:30 | 2017-12-23 18:30 | the Friday evening before Christmas
2017-12-25 09:00 | 2017-12-25 13:00 | 2017-12-26 09:00 | Christmas Day is a day like any other
2017-04-13 17:45 | 2017-04-13 21:45 | 2017-04-14 17:45 | the evening before Good Friday
2017-04-17 12:00 | 2017-04-17 16:00 | 2017-04-18 12:00 | Easter Monday
2017-12-31 22:00 | 2018-01-01 02:00 | 2018-01-01 22:00 | over the turn of the year
2017-03-25 23:30 | 2017-03-26 04:30 | 2017-03-27 00:30 | clocks go forward: four hours, five on the clock
2017-10-28 23:30 | 2017-10-29 02:30 | 2017-10-29 22:30 | clocks go back: four hours, three on the clock
2017-07-14 23:30 | 2017-07-15 03:30 | 2017-07-15 23:30 | in summer time, half an hour before midnight
2016-02-28 21:00 | 2016-02-29 01:00 | 2016-02-29 21:00 | a leap day
"""


@pytest.mark.parametrize(("raised", "acknowledge", "safe", "because"), rows(CLOCKS))
def test_the_clock_runs_on_every_day_of_the_year(raised, acknowledge, safe, because):
    concern = a_concern(at=raised)
    said = [f"{london(one):%Y-%m-%d %H:%M}" for one in (concern.acknowledge_by, concern.safe_by)]
    assert said == [acknowledge, safe], because


# Who is told by when, where nobody answers. The team manager holds FSP 1; nobody is away.
LADDER = """
the routine runs | so far told                | because
-----------------+----------------------------+----------------------------------------------
2017-12-22 18:31 | team head                  | at once, and no further
2017-12-22 22:29 | team head                  | a minute before the time is over
2017-12-22 22:30 | team head service          | on the minute: four hours of a Friday evening
2017-12-23 00:29 | team head service          | not two hours later yet
2017-12-23 00:30 | team head service director | Saturday, half past midnight
"""


@pytest.mark.parametrize(("at", "so_far", "because"), rows(LADDER))
@pytest.mark.both_databases
def test_52_nobody_acknowledges_and_it_goes_up_step_by_step(at, so_far, because):
    concern = a_concern(people()["lead"])
    runs(at)
    assert told(concern) == so_far.split(), because


def test_a_routine_that_was_down_tells_all_who_should_have_been_told_by_now():
    concern = a_concern(people()["lead"])
    assert runs("2017-12-24 09:00") == 1
    steps = ["first", "first", "deputy", "director", "safe", "safe"]
    assert [one.step for one in concern.notices.all()] == steps
    assert {london(one.told_at).day for one in concern.notices.exclude(step="first")} == {24}


@pytest.mark.both_databases
def test_each_is_told_once_whoever_runs_the_routine():
    concern = a_concern(people()["lead"])
    assert [runs("2017-12-22 22:30"), runs("2017-12-22 22:30"), runs("2017-12-22 22:31")] == [1, 0, 0]
    assert told(concern, "deputy") == ["service"]
    assert Event.objects.filter(what="concern.told").count() == 2


@pytest.mark.both_databases
def test_a_worker_who_looked_before_another_one_told_tells_nobody_again(monkeypatch):
    concern = a_concern(people()["lead"])
    seen = queries.waiting(clock("2017-12-22 22:30"))
    assert [len(one.notices.all()) for one in seen] == [2]
    assert runs("2017-12-22 22:30") == 1
    monkeypatch.setattr(queries, "waiting", lambda at: seen)
    assert runs("2017-12-22 22:30") == 0
    assert told(concern, "deputy") == ["service"]


@pytest.mark.both_databases
def test_the_database_itself_lets_nobody_be_told_twice_at_a_step():
    concern = a_concern(people()["lead"])
    one = concern.notices.first()
    again = {"step": one.step, "post": one.post, "told_at": now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        concern.notices.create(person=one.person, **again)
    concern.notices.create(nobody="vacant", **again)
    with pytest.raises(IntegrityError), transaction.atomic():
        concern.notices.create(nobody="vacant", **again)
    with pytest.raises(IntegrityError), transaction.atomic():
        concern.notices.create(**again | {"post": "Nobody, and no reason"})


# Who is away from when to when, who stands in, and who is told first of what is raised at a moment.
ABSENCES = """
away | from       | to         | stands in | raised           | told at once  | because
-----+------------+------------+-----------+------------------+---------------+--------------------------
team | 2017-12-22 | 2018-01-02 | service   | 2017-12-22 18:30 | service head  | the first day away
team | 2017-12-11 | 2017-12-22 | service   | 2017-12-22 23:59 | service head  | to the end of the last day
team | 2017-12-11 | 2017-12-21 | service   | 2017-12-22 00:00 | team head     | back with the new day
team | 2017-07-15 | 2017-07-16 | service   | 2017-07-14 23:30 | team head     | the eve, by our clocks
team | 2017-07-15 | 2017-07-16 | service   | 2017-07-15 00:30 | service head  | the eve still in Greenwich
head | 2017-12-22 | 2018-01-02 | director  | 2017-12-25 12:00 | team director | Christmas Day
head | 2017-12-22 | 2018-01-02 | team      | 2017-12-25 12:00 | team          | told once, for both posts
"""


@pytest.mark.parametrize(("away", "first", "last", "deputy", "raised", "at_once", "because"), rows(ABSENCES))
def test_52_who_is_on_leave_is_passed_over_to_their_deputy_at_once(
    away, first, last, deputy, raised, at_once, because
):
    by = people()
    an_absence(by[away], by[deputy], first, last)
    concern = a_concern(by["lead"], at=raised)
    assert told(concern) == at_once.split(), because


def test_a_deputy_who_is_away_too_is_passed_over_and_a_circle_ends():
    by = people()
    other = a_person("team_manager", title="other", unit=a_unit("FSP 2"))
    an_absence(by["team"], other, "2017-12-22", "2017-12-30")
    an_absence(other, by["service"], "2017-12-31", "2018-01-05")
    Absence.objects.filter(person=other).update(starts_on=date(2017, 12, 22))
    first = a_concern(by["lead"])
    assert told(first) == ["service", "head"]
    assert first.notices.first().instead_of == by["team"]
    Absence.objects.filter(person=other).update(deputy=by["team"])
    second = a_concern(by["lead"], text="Another child of the family was not seen.")
    assert told(second) == ["Team manager, FSP 1: away", "head"]


def test_who_goes_on_leave_before_answering_is_stood_in_for_at_the_next_step():
    by = people()
    other = a_person("team_manager", title="other", unit=a_unit("FSP 2"))
    an_absence(by["team"], other, "2017-12-23", "2018-01-02")
    concern = a_concern(by["lead"], at="2017-12-22 21:00")
    assert told(concern) == ["team", "head"]
    runs("2017-12-23 01:00")
    assert told(concern, "deputy") == ["service", "other"]


def test_a_post_that_nobody_holds_is_shown_as_such():
    head, lead = a_person("head_of_service", title="head"), a_person("qa_lead")
    concern = a_concern(lead, team="FSP 9")
    assert told(concern) == ["Team manager, FSP 9: vacant", "head"]
    assert told(a_concern(lead, team="", text="A child without a team is not safe."))[0] == (
        "Team manager, team not known: vacant"
    )
    assert head.is_active


def test_where_a_step_reaches_nobody_the_next_is_taken_at_once():
    director, lead = a_person("director", title="director"), a_person("qa_lead")
    concern = a_concern(lead)
    assert told(concern, "first") == ["Team manager, FSP 1: vacant", "Head of service: vacant"]
    assert told(concern, "director") == ["director"] and director.is_active
    nobody = Event.objects.get(what="concern.told").changes
    assert nobody == {"steps": ["deputy", "director", "first"], "told": 1, "nobody": 3}


def test_whoever_raised_it_does_not_count_as_somebody_who_was_told():
    by = people()
    concern = a_concern(by["head"])
    assert told(concern) == ["team", "Head of service: raised_it"]


def test_16_nobody_is_told_of_a_child_they_may_not_see():
    by = people()
    Relation.objects.create(person=by["team"], reference=CHILD, declared_at=now())
    concern = a_concern(by["lead"])
    assert told(concern) == ["Team manager, FSP 1: barred", "head"]
    assert not banners(by["team"]) and len(banners(by["head"])) == 1
    assert queries.visible_to(by["team"]) == []
    assert [one.ref for one in queries.visible_to(by["head"])] == [concern.ref]


def test_16_of_a_restricted_child_those_on_its_list_are_told():
    by = people()
    restricted = Restriction.objects.create(
        reference=CHILD,
        kind="restrict",
        reason="staff",
        proposed_by=by["head"],
        proposed_at=now(),
        decided_by=by["director"],
        decided_at=now(),
        is_approved=True,
    )
    restricted.viewers.set([by["service"], by["lead"]])
    concern = a_concern(by["lead"])
    assert told(concern) == [
        "Team manager, FSP 1: barred",
        "Head of service: barred",
        "service",
    ]
    assert queries.visible_to(by["director"]) == [] and not banners(by["director"])
    with pytest.raises(Refused, match="no such child"):
        a_concern(by["director"], text="Whoever is not on the list raises nothing about the child.")


def test_what_is_raised_leaves_an_event_without_a_word_of_it():
    lead = a_person("qa_lead")
    concern = a_concern(lead, source_ref="A7")
    event = Event.objects.get(what="concern.raised")
    assert (event.about_key, event.changes) == (str(concern.pk), {"source": "case_audit"})
    assert list(Seen.objects.filter(event_id=event.pk).values_list("reference", flat=True)) == [CHILD]
    assert FEARED not in str(list(Event.objects.values()))
    assert (concern.ref, concern.team, concern.source_ref) == ("C1", "FSP 1", "A7")


@pytest.mark.both_databases
def test_a_button_pressed_twice_raises_one_concern():
    lead = a_person("qa_lead")
    first = a_concern(lead)
    assert a_concern(lead, at="2017-12-22 18:31") == first
    assert a_concern(lead, at="2017-12-22 19:31").ref == "C2"
    assert Event.objects.filter(what="concern.raised").count() == 2


@pytest.mark.parametrize("text", ["", "   ", "Help!"])
def test_a_concern_says_what_is_feared(text):
    with pytest.raises(Refused, match="in a sentence"):
        a_concern(text=text)


def test_3_roles_that_see_no_child_raise_none_and_are_told_whom_to_tell():
    for role in ("elected_member", "board_member", "programme_manager", "improvement_partner"):
        with pytest.raises(Refused, match="tell the worker or their manager"):
            a_concern(a_person(role))
    with pytest.raises(NotAllowed):
        a_concern(a_person("social_worker"))
    assert not Concern.objects.exists()


def test_a_mail_goes_to_whoever_is_told_and_holds_a_link_alone(django_capture_on_commit_callbacks):
    by = people()
    with django_capture_on_commit_callbacks(execute=True):
        concern = a_concern(by["lead"])
    assert [one.to for one in mail.outbox] == [[by["team"].email], [by["head"].email]]
    for one in mail.outbox:
        assert f"/concerns/{concern.ref}/" in one.body and "22 December 2017 at 22:30" in one.body
        for secret in (CHILD, "c1", "FSP", FEARED, "window"):
            assert secret not in one.subject + one.body
    assert {one.is_mail_sent for one in concern.notices.all()} == {True}
    assert Event.objects.get(what="notice.sent").changes == {"to": 2, "sent": 2}


def test_52_a_mail_that_cannot_be_sent_leaves_the_notice_and_is_tried_again(
    django_capture_on_commit_callbacks, settings, caplog
):
    by = people()
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.web.concern_builders.NoMailServer"
    with django_capture_on_commit_callbacks(execute=True):
        concern = a_concern(by["lead"])
    assert {one.is_mail_sent for one in concern.notices.all()} == {False}
    assert Event.objects.get(what="notice.not_sent").changes == {"to": 2, "sent": 0}
    assert "could not be sent" in caplog.text and FEARED not in caplog.text
    assert len(banners(by["team"])) == 1, "the screen says it all the same"
    settings.EMAIL_BACKEND = works
    runs("2017-12-22 18:39")
    assert not mail.outbox, "ten minutes are not over"
    runs("2017-12-22 18:40")
    runs("2017-12-22 18:41")
    assert len(mail.outbox) == 2
    assert {one.is_mail_sent for one in concern.notices.all()} == {True}


def test_a_notice_whose_mail_was_never_tried_is_tried_by_the_routine():
    concern = a_concern(people()["lead"])  # its transaction never ends here: no mail goes out by itself
    assert {one.is_mail_sent for one in concern.notices.all()} == {None}
    runs("2017-12-22 18:45")
    assert len(mail.outbox) == 2


@pytest.mark.both_databases
def test_it_is_acknowledged_once_and_then_nobody_further_is_told():
    by = people()
    concern = a_concern(by["lead"])
    services.acknowledge(concern, at=clock("2017-12-22 19:10"), by=by["team"])
    with pytest.raises(services.Meanwhile, match="team has acknowledged"):
        services.acknowledge(concern, at=clock("2017-12-22 19:11"), by=by["head"])
    assert runs("2017-12-23 18:29") == 0
    assert told(concern) == ["team", "head"]
    assert Event.objects.get(what="concern.acknowledged").changes == {"in_time": True}


def test_safety_not_recorded_in_time_goes_up_though_it_was_acknowledged():
    by = people()
    concern = a_concern(by["lead"])
    services.acknowledge(concern, at=clock("2017-12-22 19:10"), by=by["team"])
    assert runs("2017-12-23 18:30") == 1
    assert told(concern, "safe") == ["service", "director"]
    assert runs("2017-12-23 18:31") == 0


def test_who_may_answer():
    by = people()
    concern = a_concern(by["team"], team="FSP 1")
    other = a_person("team_manager", unit=a_unit("FSP 2"))
    with pytest.raises(NotForYourself, match="You raised"):
        services.acknowledge(concern, by=by["team"])
    with pytest.raises(Refused, match="answers for the child"):
        services.acknowledge(concern, by=other)
    with pytest.raises(NotAllowed):
        services.acknowledge(concern, by=by["lead"])
    services.acknowledge(concern, by=by["service"])
    assert Concern.objects.get().acknowledged_by == by["service"]


def test_a_deputy_of_another_team_sees_and_answers_what_they_were_told_until_it_is_resolved():
    by = people()
    other = a_person("team_manager", title="other", unit=a_unit("FSP 2"))
    an_absence(by["team"], other, "2017-12-22", "2018-01-02")
    concern = a_concern(by["lead"])
    assert queries.visible_to(other) == [concern] and queries.may_answer(concern, other)
    services.record_safety(
        concern, version=1, is_safe=True, plan=PLAN, at=clock("2017-12-22 20:00"), by=other
    )
    concern.refresh_from_db()
    assert (concern.acknowledged_by, concern.is_safe, concern.version) == (other, True, 2)
    resolve(concern, by["head"])
    concern.refresh_from_db()
    assert queries.visible_to(other) == [] and not queries.may_answer(concern, other)


def resolve(concern, by, at="2017-12-27 10:00", version=None):
    concern.refresh_from_db()
    version = version or concern.version
    said = "The lock is in place; the plan names who checks it."
    return services.resolve(concern, version=version, resolution=said, at=clock(at), by=by)


def test_safe_or_not_each_record_is_kept_and_not_safe_goes_up_at_once():
    by = people()
    concern = a_concern(by["lead"])
    unsafe = {"is_safe": False, "plan": "The worker is on the way; the police were asked to look."}
    services.record_safety(concern, version=1, **unsafe, at=clock("2017-12-22 19:00"), by=by["team"])
    assert told(concern, "unsafe") == ["head", "director"]
    assert Event.objects.get(what="concern.safety_recorded").changes == {"is_safe": False}
    services.record_safety(concern, version=2, **unsafe, at=clock("2017-12-22 20:00"), by=by["head"])
    assert len(told(concern, "unsafe")) == 2, "told once"
    services.record_safety(
        concern, version=3, is_safe=True, plan=PLAN, at=clock("2017-12-22 23:00"), by=by["team"]
    )
    concern.refresh_from_db()
    assert [one.is_safe for one in concern.safety_records.all()] == [False, False, True]
    assert concern.is_safe and concern.safety_first_at == clock("2017-12-22 19:00")
    assert PLAN not in str(list(Event.objects.values()))


@pytest.mark.both_databases
def test_two_people_record_at_once_and_the_second_is_told():
    by = people()
    concern = a_concern(by["lead"])
    said = {"is_safe": True, "plan": PLAN, "at": clock("2017-12-22 19:00")}
    services.record_safety(concern, version=1, **said, by=by["team"])
    with pytest.raises(SavedMeanwhile):
        services.record_safety(concern, version=1, **said, by=by["head"])
    assert SafetyRecord.objects.count() == 1


def test_it_is_resolved_by_somebody_else_and_only_once_the_child_is_safe():
    by = people()
    raiser = by["head"]
    concern = a_concern(raiser)
    with pytest.raises(Refused, match="Record first that the child is safe"):
        resolve(concern, by["team"])
    with pytest.raises(NotForYourself, match="acknowledges it first"):
        services.record_safety(concern, version=1, is_safe=True, plan=PLAN, by=raiser)
    services.record_safety(
        concern, version=1, is_safe=True, plan=PLAN, at=clock("2017-12-22 19:00"), by=by["team"]
    )
    with pytest.raises(NotForYourself, match="somebody else must resolve"):
        resolve(concern, raiser)
    with pytest.raises(Refused, match="before the concern was raised"):
        resolve(concern, by["director"], at="2017-12-22 18:29")
    assert queries.has_open(CHILD) and queries.with_open([CHILD, "x"]) == {CHILD}
    resolve(concern, by["director"])
    assert not queries.has_open(CHILD) and queries.open_concerns_of(CHILD) == []
    with pytest.raises(Refused, match="is resolved"):
        services.record_safety(concern, version=3, is_safe=True, plan=PLAN, by=by["director"])
    assert Event.objects.filter(what="concern.resolved").count() == 1


@pytest.mark.both_databases
def test_the_database_itself_keeps_the_rules():
    by = people()
    concern = a_concern(by["head"])
    services.record_safety(
        concern, version=1, is_safe=True, plan=PLAN, at=clock("2017-12-22 19:00"), by=by["team"]
    )
    row, raiser = Concern.objects.filter(pk=concern.pk), by["head"]
    for wrong in (
        {"resolved_by": raiser, "resolved_at": now()},
        {"acknowledged_by": raiser},
        {"resolved_at": now(), "is_safe": False},
        {"resolved_at": now(), "acknowledged_at": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**wrong)
    NoticeMail.objects.create(notice=Notice.objects.first(), tried_at=now(), is_sent=True)
    services.note_opened(concern, by=by["team"])
    for kept in (Notice, NoticeMail, SafetyRecord, concern.notices.first().openings.model):
        for change in (lambda rows: rows.update(id=9999), lambda rows: rows._raw_delete("default")):
            with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
                change(kept.objects.all())


def test_what_a_concern_waits_for_in_words():
    by = people()
    concern = a_concern(by["lead"])
    clock_at = queries.clock_of(concern, clock("2017-12-22 19:10"))
    assert (clock_at.waits_for, clock_at.left) == ("somebody to acknowledge it", "3 hours 20 minutes left")
    assert not clock_at.is_late and queries.clock_of(concern, clock("2017-12-22 22:30")).is_late is False
    late = queries.clock_of(concern, clock("2017-12-22 22:42"))
    assert (late.left, late.is_late, late.tone) == ("12 minutes late", True, "bad")
    services.acknowledge(concern, at=clock("2017-12-22 22:44"), by=by["team"])
    concern.refresh_from_db()
    assert queries.clock_of(concern, clock("2017-12-22 22:44")).left == "19 hours 46 minutes left"
    services.record_safety(concern, version=2, is_safe=False, plan=PLAN, by=by["team"])
    concern.refresh_from_db()
    assert queries.clock_of(concern, now()).waits_for == "the child to be made safe"


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (timedelta(hours=4), "4 hours left"),
        (timedelta(minutes=61), "1 hour 1 minute left"),
        (timedelta(seconds=30), "less than a minute left"),
        (timedelta(0), "less than a minute late"),
        (timedelta(days=-2, hours=-1), "2 days 1 hour late"),
        (timedelta(days=-1, minutes=-30), "1 day late"),
    ],
)
def test_time_left_in_words(gap, said):
    at = clock(FRIDAY)
    assert time_left(at + gap, at) == said


def test_the_banner_goes_once_the_child_is_safe():
    by = people()
    concern = a_concern(by["lead"], at="2018-01-02 00:10")
    (one,) = banners(by["team"])
    assert (
        one["href"] == f"/concerns/{concern.ref}/" and "waits for somebody to acknowledge it" in one["text"]
    )
    assert "c1" not in str(one) and "FSP" not in str(one)
    assert not banners(by["service"]), "who was not told is not warned"
    assert not banners(by["lead"])
    services.acknowledge(concern, by=by["head"])
    assert "whether the child is safe" in banners(by["team"])[0]["text"]
    services.record_safety(concern, version=2, is_safe=True, plan=PLAN, by=by["team"])
    assert not banners(by["team"])


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"deputy": "team"}, "stands in for themselves"),
        ({"deputy": "lead"}, "does not answer concerns"),
        ({"ends_on": date(2017, 12, 21)}, "before the first"),
        ({"by": "service"}, "Enter your own"),
    ],
)
def test_an_absence_is_refused(changed, sentence):
    by = people()
    said = {
        "deputy": "service",
        "starts_on": date(2017, 12, 22),
        "ends_on": date(2018, 1, 2),
        "by": "team",
    } | changed
    said |= {name: by[said[name]] for name in ("deputy", "by")}
    with pytest.raises(Refused, match=sentence):
        absence_services.enter_absence(by["team"], **said)
    assert not Absence.objects.exists()


def test_absences_do_not_overlap_and_a_deputy_is_here():
    by = people()
    manager, deputy = by["team"], by["service"]
    an_absence(manager, deputy, "2017-12-22", "2018-01-02")
    with pytest.raises(Refused, match="overlaps"):
        an_absence(manager, deputy, "2018-01-02", "2018-01-05")
    with pytest.raises(Refused, match="is away in that time too"):
        an_absence(deputy, manager, "2017-12-30", "2018-01-05")
    an_absence(manager, deputy, "2018-01-03", "2018-01-05")
    event = Event.objects.filter(what="absence.entered").first()
    assert event.changes == {"days": ["2017-12-22", "2018-01-02"], "deputy": deputy.pk}


def test_a_head_of_service_enters_and_ends_the_absence_of_somebody_who_is_ill():
    by = people()
    head = by["head"]
    made = an_absence(by["team"], by["service"], "2017-12-22", "2018-01-02", by=head)
    with pytest.raises(Refused, match="ends by then"):
        absence_services.end_absence(made, last_day=date(2018, 1, 2), by=head)
    with pytest.raises(Refused, match="Enter your own"):
        absence_services.end_absence(made, last_day=date(2017, 12, 27), by=by["service"])
    absence_services.end_absence(made, last_day=date(2017, 12, 27), by=head)
    made.refresh_from_db()
    assert made.ends_on == date(2017, 12, 27)
    absence_services.end_absence(made, last_day=date(2017, 12, 21), by=by["team"])
    assert not Absence.objects.exists()
    with pytest.raises(Refused, match="taken away already"):
        absence_services.end_absence(made, last_day=date(2017, 12, 21), by=head)
    assert Event.objects.filter(what="absence.ended").count() == 2


def test_how_many_and_how_many_of_them_in_time():
    by = people()
    at = clock("2018-01-02 09:00")
    first = a_concern(by["lead"], at="2017-11-30 23:30")
    services.record_safety(
        first, version=1, is_safe=True, plan=PLAN, at=clock("2017-12-01 03:30"), by=by["team"]
    )
    second = a_concern(by["lead"], source="dip_sample", source_ref="D2")
    services.record_safety(
        second, version=1, is_safe=True, plan=PLAN, at=clock("2017-12-22 22:31"), by=by["team"]
    )
    resolve(second, by["director"])
    a_concern(by["lead"], at="2018-01-02 08:00", text="What is still in time is not counted.")
    november, december, january = counts.by_month(date(2017, 11, 5), 3, at=at)
    assert (november.raised, november.acknowledged, november.to) == (
        1,
        counts.Share(1, 1),
        date(2017, 11, 30),
    )
    assert (december.raised, december.acknowledged, december.safe) == (
        1,
        counts.Share(0, 1),
        counts.Share(1, 1),
    )
    assert (january.raised, january.acknowledged, january.is_open) == (1, counts.Share(0, 0), 1)
    whole = counts.answered(date(2017, 11, 1), date(2017, 12, 31), at=at)
    assert (whole.raised, whole.resolved, whole.is_open) == (2, 1, 1)
    assert counts.answered(date(2017, 11, 1), date(2017, 12, 31), at=at, source="dip_sample").raised == 1
    assert counts.answered_of("dip_sample", ["D2"], at=at).acknowledged == counts.Share(0, 1)
    assert counts.answered_of("dip_sample", ["D3"], at=at) is None


def test_the_clocks_are_as_written():
    found = clocks()
    assert (found.acknowledge, found.safe) == (timedelta(hours=4), timedelta(hours=24))
    assert [one.step for one in found.steps] == ["first", "deputy", "director"]
    assert found.steps[0].after == timedelta(0) and found.steps[1].after == found.acknowledge
    steps = {*(one.step for one in found.steps), found.when_safety_is_late.step, found.when_not_safe.step}
    assert steps == set(Notice.Step.values)
