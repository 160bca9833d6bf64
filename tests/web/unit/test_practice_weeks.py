"""Services and queries of Practice Weeks: what they refuse, what they record, who opens what (test 3)."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404

from goldenthread.standard.schema import table
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.accounts.roles import Permission, roles
from goldenthread_web.concerns.models import Concern
from goldenthread_web.extracts.children import index
from goldenthread_web.practice_weeks import (
    learning_services,
    numbers,
    observation_services,
    queries,
    standard_rows,
    week_services,
)
from goldenthread_web.practice_weeks.models import (
    Observation,
    OwnTheme,
    PracticeWeek,
    RosterEntry,
    WeekReport,
    YouSaid,
)
from goldenthread_web.practice_weeks.wording import Access, activities, may_open_records, shipped_themes
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person, a_unit
from tests.web.morning import a_morning
from tests.web.plan import an_action
from tests.web.practice_week_builders import (
    FIRST,
    SAW,
    a_week,
    an_entry,
    consented,
    people_said,
    reported,
    seen,
)

pytestmark = pytest.mark.django_db
OF_RECORDS = [code for code, one in activities().items() if one.access is Access.CASE_RECORD]
TAKES_PART = [code for code, role in roles().items() if Permission.OBSERVE_PRACTICE in role.permissions]
AGGREGATE = [code for code in TAKES_PART if not roles()[code].sees_children]


def test_the_data_are_whole():
    assert {one.access for one in activities().values()} == set(Access)
    assert len(OF_RECORDS) == 4 and AGGREGATE == [
        "programme_manager",
        "board_member",
        "elected_member",
        "improvement_partner",
    ]
    for one in activities().values():
        assert one.questions and all(text.endswith("?") for text in one.questions), one.code
        assert one.access.words and one.access.brief
    for theme in ("ict", "caseloads", "training", "compliance", "communication"):
        assert theme in shipped_themes()


def test_a_week_is_planned_and_its_report_is_due_twenty_working_days_later():
    week = a_week()
    assert (week.ref, f"{week.report_due_on}") == ("W1", "2017-12-20")
    event = Event.objects.get(what="practice_week.planned")
    assert event.changes == {"days": ["2017-11-20", "2017-11-22"]}
    assert (
        f"{a_week(starts_on=date(2017, 12, 4), ends_on=date(2017, 12, 6)).report_due_on}" == "2018-01-08"
    ), "neither Christmas, Boxing Day nor New Year's Day counts"


def test_a_week_is_refused():
    with pytest.raises(Refused, match="before the first"):
        a_week(ends_on=date(2017, 11, 19))
    with pytest.raises(Refused, match="at most 14 days"):
        a_week(ends_on=date(2017, 12, 4))
    with pytest.raises(NotAllowed):
        a_week(a_person("head_of_service"))
    assert not PracticeWeek.objects.exists()


@pytest.mark.both_databases
def test_a_week_is_changed_by_one_at_a_time_and_keeps_its_roster_within_its_days():
    week = a_week()
    an_entry(week, on=date(2017, 11, 22))
    words = {"theme": "Visits", "purpose": "See.", "plan": "Meet at nine.", "by": week.planned_by}
    with pytest.raises(Refused, match="entries on other days"):
        week_services.edit_week(week, version=1, starts_on=FIRST, ends_on=date(2017, 11, 21), **words)
    week_services.edit_week(week, version=1, starts_on=FIRST, ends_on=date(2017, 11, 23), **words)
    with pytest.raises(SavedMeanwhile):
        week_services.edit_week(week, version=1, starts_on=FIRST, ends_on=date(2017, 11, 24), **words)
    week.refresh_from_db()
    assert (week.theme, week.ends_on, week.version) == ("Visits", date(2017, 11, 23), 2)


@pytest.mark.parametrize("role", AGGREGATE)
@pytest.mark.parametrize("activity", OF_RECORDS)
def test_3_whoever_sees_figures_only_is_never_rostered_for_what_opens_a_record(role, activity):
    week = a_week()
    with pytest.raises(Refused, match="opens a child’s record"):
        an_entry(week, activity=activity, person=a_person(role))
    entry = an_entry(week, person=a_person(role))
    words = {"on": FIRST, "half": "morning", "post": "Mayor", "team": "", "with_whom": ""}
    with pytest.raises(Refused, match="opens a child’s record"):
        week_services.change_entry(
            entry, version=1, activity=activity, person=entry.person, **words, by=week.planned_by
        )


@pytest.mark.parametrize("activity", OF_RECORDS)
def test_3_nor_is_anybody_without_an_account(activity):
    with pytest.raises(Refused, match="opens a child’s record"):
        an_entry(a_week(), activity=activity, post="Mayor")


@pytest.mark.both_databases
def test_3_the_database_itself_wants_an_account_for_what_opens_a_record():
    entry = an_entry(a_week())
    with pytest.raises(IntegrityError), transaction.atomic():
        RosterEntry.objects.filter(pk=entry.pk).update(access="case_record")


@pytest.mark.parametrize("role", sorted(set(TAKES_PART) - set(AGGREGATE)))
def test_roles_that_see_children_may_take_part_in_everything(role):
    week, person = a_week(), a_person(role)
    assert may_open_records(person)
    entry = an_entry(week, activity="shadowing", person=person)
    assert queries.entry(person, entry.pk) == entry
    assert Event.objects.get(what="practice_week.rostered").changes["access"] == "case_record"


def test_3_no_query_gives_an_aggregate_only_role_what_opens_a_record():
    week = a_week()
    head = a_person("head_of_service")
    opened = an_entry(week, activity="shadowing", person=head)
    for role in AGGREGATE:
        person = a_person(role)
        # However it came about: the row names them, and yet no query gives it.
        RosterEntry.objects.filter(pk=opened.pk).update(person=person)
        assert not queries.openable_by(person).filter(access=Access.CASE_RECORD).exists()
        assert not queries.own_entries(person, from_on=FIRST).exists()
        with pytest.raises(Http404):
            queries.entry(person, opened.pk)
        opened.refresh_from_db()
        assert not queries.may_write(opened, person) and not queries.may_read(opened, person)
        with pytest.raises(Refused, match="The leader who was there"):
            seen(opened, person)


def test_who_moves_to_a_role_without_children_keeps_no_way_in():
    week, person = a_week(), a_person("service_manager")
    entry = an_entry(week, activity="case_review", person=person)
    seen(entry)
    assert queries.may_read(queries.entry(person, entry.pk), person)
    person.role = "elected_member"
    person.save()
    with pytest.raises(Http404):
        queries.entry(person, entry.pk)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"on": date(2017, 11, 23)}, "outside the Practice Week"),
        ({"activity": "lunch"}, "no such activity"),
        ({"half": "evening"}, "morning or the afternoon"),
        ({"post": " "}, "Name the post"),
    ],
)
def test_an_entry_is_refused(said, sentence):
    with pytest.raises(Refused, match=sentence):
        an_entry(a_week(), **said)


def test_who_takes_no_part_is_not_rostered_and_nobody_is_in_two_places():
    week = a_week()
    with pytest.raises(Refused, match="takes no part"):
        an_entry(week, person=a_person("scrutiny_member"))
    person = a_person("director")
    an_entry(week, person=person)
    with pytest.raises(Refused, match="in that half of the day"):
        an_entry(week, person=person, activity="shadowing")
    an_entry(week, person=person, half="afternoon")
    an_entry(week)
    with pytest.raises(Refused, match="in that half of the day"):
        an_entry(week, activity="buddying")
    assert [one.ref for one in week.roster.all()] == ["W1-1", "W1-3", "W1-2"]


def test_a_family_says_yes_before_anybody_comes():
    week = a_week()
    member = a_person("elected_member")
    entry = an_entry(week, activity="observed_visit", person=member)
    with pytest.raises(Refused, match="family said yes"):
        seen(entry)
    said = {"consent_taken_by": "Social worker", "worker_present": "Social worker"}
    with pytest.raises(Refused, match="before the leader comes"):
        week_services.record_consent(entry, version=1, consent_on=date(2017, 11, 21), **said, by=member)
    with pytest.raises(Refused, match="which worker"):
        week_services.record_consent(
            entry, version=1, consent_on=FIRST, **said | {"worker_present": " "}, by=member
        )
    with pytest.raises(Refused, match="whoever plans"):
        week_services.record_consent(
            entry, version=1, consent_on=FIRST, **said, by=a_person("team_manager", unit=a_unit("FSP 2"))
        )
    consented(entry)
    assert Event.objects.get(what="practice_week.consent_recorded").changes == {"on": "2017-11-13"}
    assert seen(entry).written_by == member
    with pytest.raises(Refused, match="No family is there"):
        consented(an_entry(week))


def test_another_time_needs_consent_anew():
    week = a_week()
    entry = consented(an_entry(week, activity="observed_visit"))
    words = {"on": FIRST, "activity": "observed_visit", "post": "Mayor", "person": None}
    words |= {"team": "FSP 1", "with_whom": "", "by": week.planned_by}
    entry = week_services.change_entry(entry, version=2, half="morning", **words)
    assert not entry.needs_consent and entry.post == "Mayor"
    entry = week_services.change_entry(entry, version=3, half="afternoon", **words)
    assert entry.needs_consent and entry.worker_present == ""


@pytest.mark.both_databases
def test_what_is_written_or_cancelled_is_moved_no_more():
    week = a_week()
    held, called_off = an_entry(week), an_entry(week, post="Mayor")
    seen(held)
    held.refresh_from_db()
    with pytest.raises(Refused, match="written already"):
        week_services.cancel_entry(held, version=2, because="Ill.", on=FIRST, by=week.planned_by)
    with pytest.raises(Refused, match="written already"):
        seen(held)
    with pytest.raises(Refused, match="Say why"):
        week_services.cancel_entry(called_off, version=1, because=" ", on=FIRST, by=week.planned_by)
    week_services.cancel_entry(called_off, version=1, because="Ill.", on=FIRST, by=week.planned_by)
    with pytest.raises(SavedMeanwhile):
        week_services.cancel_entry(called_off, version=1, because="Ill.", on=FIRST, by=week.planned_by)
    with pytest.raises(Refused, match="is cancelled"):
        seen(called_off)


def test_what_was_seen_is_written_by_who_was_there():
    week = a_week()
    member, keeper = a_person("elected_member"), week.planned_by
    own, without = an_entry(week, person=member), an_entry(week, activity="buddying")
    with pytest.raises(Refused, match="who was there"):
        seen(own, keeper)
    made = seen(own, answers={"0": "yes", "1": "not_seen"}, themes=["ict", "ict", "caseloads"])
    assert [one.theme for one in made.codings.all()] == ["caseloads", "ict"]
    assert seen(without, keeper).entry.post == "Chief executive", "written down for who has no account"
    event = Event.objects.filter(what="practice_week.observed").first()
    assert event.changes == {"themes": ["caseloads", "ict"], "is_concern": False, "told": False}
    assert SAW not in str(list(Event.objects.values()))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"saw": "  "}, "what you saw"),
        ({"answers": {"9": "yes"}}, "fits none of the questions"),
        ({"answers": {"0": "maybe"}}, "fits none of the questions"),
        ({"themes": ["weather"]}, "no such theme"),
        ({"held_on": date(2017, 11, 19)}, "on the day of the roster or after it"),
        ({"held_on": date(2018, 1, 3)}, "on the day of the roster or after it"),
    ],
)
def test_an_observation_is_refused(said, sentence):
    entry = an_entry(a_week())
    with pytest.raises(Refused, match=sentence):
        seen(entry, **said)
    assert not Observation.objects.exists()


def test_76_who_fears_for_a_child_raises_a_concern_with_what_they_saw(settings, tmp_path):
    a_morning(settings, tmp_path)
    week, head = a_week(), a_person("head_of_service")
    entry = an_entry(week, activity="shadowing", person=head)
    with pytest.raises(Refused, match="which child"):
        seen(entry, fear={"text": "The child was not seen for three months."})
    made = seen(entry, fear={"child": index().find("c1"), "text": "The child was not seen for three months."})
    concern = Concern.objects.get()
    assert made.concern == concern and made.is_concern
    assert (concern.source, concern.source_ref, concern.team) == ("practice_week", "W1-1", "FSP 1")
    assert concern.notices.exists(), "whoever answers for the child was told at once"


def test_76_who_sees_no_child_says_whom_they_told():
    entry = an_entry(a_week(), person=a_person("elected_member"))
    for fear in ({}, {"told_post": "Team manager"}, {"child": "c1", "text": "The child was not seen."}):
        with pytest.raises(Refused, match="whom you told and when"):
            seen(entry, fear=fear)
    at = datetime(2017, 11, 20, 11, 30, tzinfo=UTC)
    made = seen(entry, fear={"told_post": "Team manager", "told_at": at})
    assert (made.is_concern, made.concern, made.told_post) == (True, None, "Team manager")
    assert not Concern.objects.exists(), "without a child there is no concern"
    assert Event.objects.get(what="practice_week.observed").changes["told"] is True


@pytest.mark.both_databases
def test_76_the_database_itself_keeps_no_fear_that_went_nowhere():
    made = seen(an_entry(a_week()))
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.filter(pk=made.pk).update(is_concern=True)


def test_who_reads_what_was_seen():
    week = a_week()
    a_unit("FSP 1")
    family = consented(an_entry(week, activity="observed_visit", person=a_person("board_member")))
    seen(family)
    floor = an_entry(week, person=a_person("elected_member"), half="afternoon")
    seen(floor)
    readers = {
        role: a_person(role)
        for role in ("qa_lead", "programme_manager", "director", "team_manager", "elected_member")
    }
    able = {
        role: (queries.may_read(family, person), queries.may_read(floor, person))
        for role, person in readers.items()
    }
    assert able == {
        "qa_lead": (True, True),
        "programme_manager": (False, True),  # never what a child is in
        "director": (True, True),
        "team_manager": (True, True),  # of their own team: others are on no roster they see
        "elected_member": (False, False),  # their own alone
    }
    assert queries.may_read(family, family.person) and queries.may_read(floor, floor.person)
    other = a_person("team_manager", unit=a_unit("FSP 2"))
    assert not queries.roster_for(other, week).exists()
    assert queries.roster_for(readers["team_manager"], week).count() == 2
    assert queries.roster_for(readers["programme_manager"], week).count() == 2


@pytest.mark.both_databases
def test_themes_are_coded_afterwards_and_a_council_adds_its_own():
    week = a_week()
    made = seen(an_entry(week, activity="focus_group_staff"), themes=["ict"])
    by = week.planned_by
    own = observation_services.add_theme("Car parking", by=by)
    assert (own.code, queries.themes()["car_parking"]) == ("car_parking", "Car parking")
    for words in ("Car  parking", "car parking", "caseloads"):
        with pytest.raises(Refused, match="already"):
            observation_services.add_theme(words, by=by)
    with pytest.raises(Refused, match="few words"):
        observation_services.add_theme("!!", by=by)
    observation_services.code_observation(made, version=1, themes=["car_parking", "training"], by=by)
    assert [one.theme for one in made.codings.all()] == ["car_parking", "training"]
    with pytest.raises(SavedMeanwhile):
        observation_services.code_observation(made, version=1, themes=[], by=by)
    assert OwnTheme.objects.count() == 1 and Event.objects.filter(what="practice_week.coded").count() == 1


def test_a_programme_manager_does_not_code_what_a_family_is_in():
    week = a_week()
    entry = consented(an_entry(week, activity="observed_visit"))
    made = seen(entry)
    with pytest.raises(Refused, match="sees those children"):
        observation_services.code_observation(made, version=1, themes=[], by=a_person("programme_manager"))


@pytest.mark.both_databases
def test_you_said_we_did_from_said_to_published():
    week = a_week()
    by = week.planned_by
    action = an_action()
    one = people_said(week, action=action)
    assert Event.objects.get(what="you_said.added").changes == {"theme": "ict", "action": action.ref}
    assert list(queries.published()) == []
    words = {name: getattr(one, name) for name in learning_services.WORDS} | {"post": "Head of property"}
    learning_services.change_you_said(one, version=1, **words, by=by)
    with pytest.raises(SavedMeanwhile):
        learning_services.change_you_said(one, version=1, **words, by=by)
    one.refresh_from_db()
    for did, on, sentence in (
        (" ", date(2017, 12, 19), "what was done"),
        ("Forty laptops are new.", date(2018, 1, 3), "lies ahead"),
        ("Forty laptops are new.", date(2017, 11, 19), "before anybody said it"),
    ):
        with pytest.raises(Refused, match=sentence):
            learning_services.we_did(one, version=2, did=did, done_on=on, by=by)
    learning_services.we_did(one, version=2, did="Forty laptops are new.", done_on=date(2017, 12, 19), by=by)
    assert Event.objects.get(what="you_said.done").changes == {"done_on": "2017-12-19", "in_time": True}
    one.refresh_from_db()
    with pytest.raises(Refused, match="stays as it was"):
        learning_services.change_you_said(one, version=3, **words, by=by)
    with pytest.raises(Refused, match="already"):
        learning_services.we_did(one, version=3, did="Again.", done_on=date(2017, 12, 19), by=by)
    assert learning_services.publish_you_said(week, on=date(2017, 12, 20), by=by) == 1
    with pytest.raises(Refused, match="published already"):
        learning_services.publish_you_said(week, on=date(2017, 12, 20), by=by)
    assert [found.did for found in queries.published()] == ["Forty laptops are new."]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"theme": "weather"}, "no such theme"),
        ({"audience": "cats"}, "who said it"),
        ({"said": " "}, "what was said"),
        ({"post": ""}, "which post"),
    ],
)
def test_you_said_is_refused(said, sentence):
    with pytest.raises(Refused, match=sentence):
        people_said(a_week(), **said)
    assert not YouSaid.objects.exists()


@pytest.mark.both_databases
def test_a_report_keeps_its_numbers_and_is_never_changed():
    week = a_week()
    by = week.planned_by
    seen(an_entry(week), themes=["ict"])
    an_entry(week, post="Mayor", activity="buddying", team="")
    for on, sentence in ((date(2017, 11, 21), "not over"), (date(2018, 1, 3), "lies ahead")):
        with pytest.raises(Refused, match=sentence):
            reported(week, on=on)
    assert queries.is_report_late(week, date(2017, 12, 21)) and not queries.is_report_late(
        week, date(2017, 12, 20)
    )
    report = reported(week)
    assert Event.objects.get(what="practice_week.reported").changes == {"report": report.pk, "in_time": True}
    seen(week.roster.get(number=2), by)
    found = queries.week("W1")
    assert queries.numbers_of(found).counts["held"] == 1, "as it was reported"
    assert queries.numbers_now(found).counts["held"] == 2
    reported(found, on=date(2017, 12, 21))
    assert queries.numbers_of(queries.week("W1")).counts["held"] == 2, "a corrected report counts"
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        WeekReport.objects.filter(pk=report.pk).update(strengths="")
    with pytest.raises(Refused, match="What was|what was"):
        learning_services.write_report(
            found, reported_on=date(2017, 12, 21), strengths=" ", in_the_way="x", follows="y", by=by
        )


def test_the_latest_week_comes_first_and_is_compared_with_the_one_before_it():
    days = [(date(2017, 5, 15), "May"), (date(2017, 11, 20), "November"), (date(2017, 8, 7), "August")]
    made = {theme: a_week(starts_on=day, ends_on=day, theme=theme) for day, theme in days}
    assert [one.theme for one in queries.weeks()] == ["November", "August", "May"]
    assert queries.week_before(made["November"]) == made["August"]
    assert queries.week_before(made["May"]) is None


def test_the_numbers_of_a_week_beside_the_one_before():
    before = a_week(starts_on=date(2017, 5, 15), ends_on=date(2017, 5, 17))
    seen(an_entry(before), themes=["ict"])
    week = a_week()
    by = week.planned_by
    for number, post in enumerate(("Chief executive", "Director", "Mayor")):
        seen(
            an_entry(week, post=post, team=f"FSP {number % 2 + 1}"), themes=["ict", "training"][: number + 1]
        )
    entry = an_entry(week, post="Chair of the board", activity="observed_visit")
    week_services.cancel_entry(entry, version=1, because="The family said no.", on=FIRST, by=by)
    one = people_said(week, action=an_action())
    people_said(week, theme="training")
    learning_services.we_did(one, version=1, did="Forty are new.", done_on=date(2017, 12, 21), by=by)
    told = queries.told(queries.week(week.ref))
    counts = told.numbers.counts
    assert {
        name: counts[name] for name in ("planned", "held", "cancelled", "observations", "teams", "leaders")
    } == {
        "planned": 4,
        "held": 3,
        "cancelled": 1,
        "observations": 3,
        "teams": 2,
        "leaders": 3,
    }
    assert {name: counts[name] for name in ("said", "done", "done_in_time", "linked")} == {
        "said": 2,
        "done": 1,
        "done_in_time": 0,
        "linked": 1,
    }
    assert told.numbers.themes == {"ict": 3, "training": 2}
    assert told.numbers.by_activity == {"observed_visit": (1, 0), "walking_the_floor": (3, 3)}
    assert (told.before.ref, told.numbers_before.counts["held"]) == (before.ref, 1)
    whole = numbers.shown(told.numbers, is_public_view=False)
    lines = numbers.compared(whole, numbers.shown(told.numbers_before, is_public_view=False))
    assert {line.words: line.change for line in lines}["Activities held"] == 2
    assert numbers.from_kept(told.numbers.kept()) == told.numbers
    assert numbers.compared(whole, None)[0].change is None


def test_a_public_view_sees_no_small_number_and_nothing_that_would_tell_one():
    kept = {
        "counts": {name: 20 for name, _ in numbers.LINES}
        | {"concerns": 12, "concerns_in_time": 9, "told": 0},
        "by_activity": {},
        "themes": {"ict": 12, "training": 3, "communication": 18, "recognition": 0},
        "teams": [],
        "leaders": [],
    }
    shown = numbers.shown(numbers.from_kept(kept), is_public_view=True)
    assert list(shown.themes) == sorted(shown.themes), (
        "in the order of numbers they would tell which is larger"
    )
    assert shown.themes == {
        "ict": 12,
        "training": None,  # three
        "communication": None,  # all but two
        "recognition": 0,
    }
    # Nine of twelve in time leaves three that were late.
    assert None in (shown.counts["concerns"], shown.counts["concerns_in_time"])
    assert (shown.counts["told"], shown.counts["planned"]) == (0, 20)
    kept["counts"] |= {"concerns": 2, "concerns_in_time": 2}
    shown = numbers.shown(numbers.from_kept(kept), is_public_view=True)
    assert (shown.counts["concerns"], shown.counts["concerns_in_time"]) == (None, None)


def test_observations_become_rows_of_the_standard_table_without_a_child():
    week = a_week()
    seen(an_entry(week, activity="focus_group_staff", team=""), held_on=date(2017, 11, 21))
    an_entry(week, post="Mayor")
    an_entry(week, activity="case_review", person=a_person("director"))  # a case review is no observation
    rows = list(standard_rows.audits())
    columns = {column.name for column in table("audits").columns} - {"child_id"} | {"reference"}
    assert all(set(row) == columns for row in rows)
    said = [
        (row["audit_id"], row["kind"], row["team"], row["reference"], row["completed_on"]) for row in rows
    ]
    assert said == [
        ("practice-week-W1-1", "observation", None, None, date(2017, 11, 21)),
        ("practice-week-W1-2", "observation", "FSP 1", None, None),
    ]
