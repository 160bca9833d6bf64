"""Clinics: what they look at by themselves, what they refuse, what they leave on the trail."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.models import Restriction
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.clinics import jobs, queries, services
from goldenthread_web.clinics.kinds import kinds, reasons
from goldenthread_web.clinics.models import Clinic, ClinicAction, ClinicException
from goldenthread_web.clinics.reading import Found, chosen
from goldenthread_web.clinics.standard_rows import plan_actions
from goldenthread_web.config.clock import now
from goldenthread_web.programme.models import Body
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person, a_unit
from tests.web.clinic_days import MONDAY, a_clinic
from tests.web.morning import a_morning

pytestmark = pytest.mark.django_db
TODAY = date(2018, 1, 2)


@pytest.fixture(autouse=True)
def council(settings, tmp_path):
    return a_morning(settings, tmp_path)


@pytest.fixture
def chair():
    return a_person("service_manager")


def last_event():
    return Event.objects.order_by("-id").first()


def judged(clinic, by, **said):
    """Every exception of a clinic that must be, judged."""
    for one in clinic.exceptions.all():
        if kinds()[one.kind].is_judged:
            values = {"reason": "capacity", "is_safe": True if one.reference else None, "note": ""}
            services.judge(one, **{**values, **said}, version=one.version, by=by)


def opening(clinic, by):
    """What a clinic begins with, as somebody sees it."""
    return list(queries.actions_of(clinic, child_scope(by)).opening)


def held(clinic, by, *, on=TODAY):
    services.begin_clinic(clinic, held_on=on, by=by)
    judged(clinic, by)
    return clinic


# Made ready


def test_on_monday_every_team_has_its_clinic_and_once_only():
    assert jobs.prepare(by=None) == 3
    assert set(Clinic.objects.values_list("team", "monday")) == {
        (team, MONDAY) for team in ("FSP 1", "FSP 2", "MASH")
    }
    assert jobs.prepare(by=None) == 0
    assert last_event().what == "clinic.prepared"


def test_it_looks_at_what_is_overdue_due_and_drifting_in_its_own_team():
    clinic = a_clinic()
    found = {(one.kind, one.item, one.reference) for one in clinic.exceptions.all()}
    assert ("new", "cin_visit", reference("c1")) in found  # last seen on the first of September
    assert not any(one == reference("c4") for _, _, one in found)  # of another team
    assert any(kind == "drift" for kind, _, _ in found)
    assert {one.first_seen_on for one in clinic.exceptions.all()} == {MONDAY}


def test_what_an_earlier_clinic_saw_is_a_repeat(chair):
    before = a_clinic(monday=MONDAY - timedelta(weeks=1))
    again = a_clinic()
    repeats = again.exceptions.filter(kind="repeat")
    assert repeats and not again.exceptions.filter(kind="new").exists()
    assert {(one.clinics, one.first_seen_on) for one in repeats} == {(2, before.monday)}


def test_what_was_seen_more_than_a_quarter_ago_is_new_again():
    a_clinic(monday=MONDAY - timedelta(weeks=14))
    assert not a_clinic().exceptions.filter(kind="repeat").exists()


def test_a_restricted_child_is_no_matter_for_a_clinic(chair):
    Restriction.objects.create(
        reference=reference("c1"), kind="restrict", reason="staff", proposed_by=chair, proposed_at=now()
    )
    assert not a_clinic().exceptions.filter(reference=reference("c1")).exists()


def test_a_child_restricted_later_is_not_shown_and_holds_nothing_up(chair):
    clinic = a_clinic()
    Restriction.objects.create(
        reference=reference("c1"), kind="restrict", reason="staff", proposed_by=chair, proposed_at=now()
    )
    shown = queries.exceptions_of(clinic, child_scope(chair))
    assert shown and reference("c1") not in {one.reference for one in shown}


def test_one_clinic_takes_the_gravest_and_says_how_many_it_leaves():
    most = kinds()["new"].most
    found = [Found(kind="new", item="cin_visit", label="Visit", reference=f"r{n}") for n in range(most + 3)]
    taken, left = chosen([Found(kind="drift", item="no_plan", label="No plan", reference="r1"), *found])
    assert [one.reference for one in taken] == [*(f"r{n}" for n in range(most)), "r1"]
    assert left == {"new": 3}


@pytest.mark.both_databases
def test_a_team_has_one_clinic_a_week():
    clinic = a_clinic()
    with pytest.raises(IntegrityError), transaction.atomic():
        Clinic.objects.create(
            team=clinic.team, monday=MONDAY, on=TODAY, as_at_on=TODAY, prepared_at=now(), load_hash="x"
        )


# Held


def test_who_begins_it_has_the_chair(chair):
    clinic = services.begin_clinic(a_clinic(), by=chair)
    assert (clinic.state, clinic.chair, clinic.held_on) == ("under_way", chair, TODAY)
    assert last_event().what == "clinic.begun"
    with pytest.raises(Refused, match="under way: it cannot begin"):
        services.begin_clinic(clinic, by=chair)


def test_it_is_held_in_its_week_and_not_ahead(chair):
    clinic = a_clinic()
    for day in (MONDAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Refused, match="held in its week"):
            services.begin_clinic(clinic, held_on=day, by=chair)


def test_only_those_who_answer_for_the_team_write_in_it(chair):
    clinic = a_clinic()
    for role in ("team_manager", "qa_lead", "director"):
        with pytest.raises(NotAllowed):
            services.begin_clinic(clinic, by=a_person(role))
    elsewhere = a_person("service_manager", unit=a_unit("Front Door", kind="service"))
    with pytest.raises(Refused, match="answer for the team"):
        services.begin_clinic(clinic, by=elsewhere)
    one = clinic.exceptions.filter(kind="new").first()
    said = {"reason": "capacity", "is_safe": True, "note": "", "version": 1}
    with pytest.raises(Refused, match="answer for the team"):
        services.judge(one, **said, by=a_person("qa_lead"))
    services.judge(one, **said, by=a_person("team_manager"))  # their own team: they may prepare it
    assert last_event().what == "clinic.exception_judged"


def test_two_people_do_not_overwrite_each_other(chair):
    one = a_clinic().exceptions.filter(kind="new").first()
    said = {"reason": "capacity", "is_safe": True, "note": ""}
    services.judge(one, **said, version=1, by=chair)
    with pytest.raises(SavedMeanwhile):
        services.judge(one, **said, version=1, by=chair)


def test_another_reason_is_said_in_words(chair):
    one = a_clinic().exceptions.filter(kind="new").first()
    with pytest.raises(Refused, match="what the reason is"):
        services.judge(one, reason="other", is_safe=True, note=" ", version=1, by=chair)
    with pytest.raises(Refused, match="one of the reasons"):
        services.judge(one, reason="laziness", is_safe=True, note="", version=1, by=chair)
    assert "worker_absence" in reasons()


def test_one_reason_may_do_for_several_but_safety_is_said_child_by_child(chair):
    clinic = a_clinic()
    item = clinic.exceptions.filter(kind="new").first().item
    number = services.give_reason_to_all(clinic, "new", item, reason="capacity", by=chair)
    same = clinic.exceptions.filter(kind="new", item=item)
    assert number == same.count() == same.filter(reason="capacity", is_safe=None).count()
    with pytest.raises(Refused, match="has a reason already"):
        services.give_reason_to_all(clinic, "new", item, reason="capacity", by=chair)


def test_it_is_not_closed_before_everything_is_judged(chair):
    clinic = services.begin_clinic(a_clinic(), by=chair)
    with pytest.raises(Refused, match="whether the child is safe; left"):
        services.close_clinic(clinic, by=chair)
    judged(clinic, chair)
    assert services.close_clinic(clinic, note="Good talk.", by=chair).state == "closed"
    assert last_event().what == "clinic.closed"
    assert "Good talk" not in str(last_event().changes)


def test_a_child_who_is_not_safe_needs_an_action(chair):
    clinic = services.begin_clinic(a_clinic(), by=chair)
    judged(clinic, chair)
    one = clinic.exceptions.filter(kind="new").first()
    services.judge(one, reason="capacity", is_safe=False, note="", version=2, by=chair)
    with pytest.raises(Refused, match="each child who is not safe; left: 1"):
        services.close_clinic(clinic, by=chair)
    services.set_action(clinic, exception=one, text="See the child", owner="W1", due_on=TODAY, by=chair)
    services.close_clinic(clinic, by=chair)


# Actions


def test_actions_are_agreed_in_a_clinic_under_way(chair):
    clinic = a_clinic()
    said = {"exception": None, "text": "Ring", "owner": "W1", "by": chair}
    with pytest.raises(Refused, match="Begin the clinic first"):
        services.set_action(clinic, due_on=TODAY, **said)
    services.begin_clinic(clinic, by=chair)
    with pytest.raises(Refused, match="lies before the clinic"):
        services.set_action(clinic, due_on=MONDAY, **said)
    with pytest.raises(Refused, match="what is to be done"):
        services.set_action(clinic, due_on=TODAY, **{**said, "owner": " "})
    assert services.set_action(clinic, due_on=TODAY, **said).ref == "CA1"
    assert last_event().what == "clinic.action_set"


@pytest.fixture
def two_weeks(chair):
    """A clinic of last week with an action, and the one of this week."""
    before = held(a_clinic(monday=MONDAY - timedelta(weeks=1)), chair, on=date(2017, 12, 27))
    action = services.set_action(
        before, exception=None, text="Ring", owner="W1", due_on=date(2017, 12, 29), by=chair
    )
    services.close_clinic(before, by=chair)
    return action, held(a_clinic(), chair)


def test_last_times_actions_come_first_and_each_needs_an_answer(two_weeks, chair):
    action, clinic = two_weeks
    assert opening(clinic, chair) == [action]
    with pytest.raises(Refused, match="became of each earlier action; without an answer: CA1"):
        services.close_clinic(clinic, by=chair)
    services.carry_action(action, clinic, because="No time.", by=chair)
    with pytest.raises(Refused, match="carried on already"):
        services.carry_action(action, clinic, because="No time.", by=chair)
    services.close_clinic(clinic, by=chair)
    assert opening(clinic, chair)[0].times == 1


def test_an_action_about_a_child_restricted_since_is_not_shown_and_holds_nothing_up(two_weeks, chair):
    _, clinic = two_weeks
    about = clinic.exceptions.exclude(reference="").first()
    said = {"exception": about, "text": "Visit", "owner": "W1", "due_on": TODAY + timedelta(days=1)}
    made = services.set_action(clinic, **said, by=chair)
    later = Clinic(team=clinic.team, monday=MONDAY + timedelta(weeks=1))
    assert queries.actions_of(clinic, child_scope(chair)).agreed == (made,) and made in opening(later, chair)
    Restriction.objects.create(
        reference=about.reference, kind="restrict", reason="staff", proposed_by=chair, proposed_at=now()
    )
    assert not queries.actions_of(clinic, child_scope(chair)).agreed and made not in opening(later, chair)


def test_an_action_is_settled_once_on_a_day_that_has_been(two_weeks, chair):
    action, clinic = two_weeks
    said = {"text": "", "version": 1, "by": chair}
    for day in (date(2017, 12, 26), TODAY + timedelta(days=1)):
        with pytest.raises(Refused, match="between the day it was agreed and today"):
            services.settle_action(action, outcome="done", completed_on=day, **said)
    with pytest.raises(Refused, match="no longer needed"):
        services.settle_action(action, outcome="superseded", completed_on=TODAY, **said)
    services.settle_action(action, outcome="done", completed_on=TODAY, **said)
    assert last_event().what == "clinic.action_settled"
    with pytest.raises(Refused, match="settled before"):
        services.settle_action(action, outcome="done", completed_on=TODAY, **{**said, "version": 2})
    services.close_clinic(clinic, by=chair)


def test_a_clinic_that_was_not_held_says_why_and_its_actions_come_to_the_next(two_weeks, chair):
    action, clinic = two_weeks
    with pytest.raises(Refused, match="why it was not held"):
        services.clinic_not_held(clinic, because="", by=chair)
    services.clinic_not_held(clinic, because="Snow.", by=chair)
    later = Clinic(team=clinic.team, monday=MONDAY + timedelta(weeks=1))
    assert opening(later, chair) == [action]


# Whether it helps, and what goes further up


def test_the_clinics_of_a_team_in_numbers(two_weeks, chair):
    action, clinic = two_weeks
    services.settle_action(action, outcome="done", text="", completed_on=TODAY, version=1, by=chair)
    (effect,) = queries.effects(since=date(2017, 12, 1), on=TODAY, teams=["FSP 1"])
    assert (effect.held, len(effect.weeks)) == (1, 2)
    assert (effect.set, effect.settled, effect.due, effect.on_time) == (1, 1, 1, 0)  # four days late
    assert effect.days_to_clear == 3  # the 28th, the 29th and the second of January
    overdue = ClinicException.objects.filter(clinic__team="FSP 1", kind__in=("new", "repeat"))
    assert effect.overdue == overdue.count()
    assert effect.repeats == overdue.filter(kind="repeat").count() > 0


def a_board():
    return Body.objects.create(
        code="operational", name="Operational board", purpose="p", chair="Director", is_operational=True
    )


def test_what_the_team_cannot_solve_goes_to_the_operational_board(chair):
    clinic = services.begin_clinic(a_clinic(), by=chair)
    said = {"action": None, "text": "Two posts are empty.", "wanted": "Agree on cover.", "by": chair}
    other = Body.objects.create(code="cabinet", name="Cabinet", purpose="p", chair="Mayor")
    with pytest.raises(Refused, match="not the operational board"):
        services.escalate(clinic, body=other, **said)
    with pytest.raises(Refused, match="looks like a postcode"):
        services.escalate(clinic, body=a_board(), **{**said, "text": "The family at E14 2BG waits."})
    board = Body.objects.get(code="operational")
    made = services.escalate(clinic, body=board, **said)
    assert list(queries.open_escalations()) == [made]
    by = a_person("programme_manager")
    with pytest.raises(Refused, match="what the board answered"):
        services.answer_escalation(made, answer="", by=by)
    services.answer_escalation(made, answer="Cover is agreed.", by=by)
    assert not queries.open_escalations()
    with pytest.raises(Refused, match="This was answered"):
        services.answer_escalation(made, answer="Again.", by=by)


def test_its_actions_are_rows_of_the_standard(two_weeks):
    from goldenthread.standard import recorded_tables

    (row,) = plan_actions()
    assert set(row) <= set(recorded_tables()["plan_actions"].column)
    assert row | {"action_id": "CA1", "kind": "clinic", "team": "FSP 1", "completed_on": None} == row


@pytest.mark.both_databases
def test_an_action_is_settled_on_a_day_or_not_at_all(two_weeks):
    action, _ = two_weeks
    with pytest.raises(IntegrityError), transaction.atomic():
        ClinicAction.objects.filter(pk=action.pk).update(outcome="done")
