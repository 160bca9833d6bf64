"""The plan: what each service refuses, and the Event it leaves."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from goldenthread_web.accounts.refusals import NotAllowed, NotForYourself, Refused
from goldenthread_web.figures.models import FigureLine
from goldenthread_web.improvement import (
    cycle_services,
    date_services,
    evidence_services,
    nightly,
    plan_services,
    stage_services,
    twelve_week_services,
)
from goldenthread_web.improvement.exceptions import exceptions
from goldenthread_web.improvement.models import Action, DateChange, Evidence, Objective, PlanVersion
from goldenthread_web.improvement.models.twelve_weeks import WEEKS
from goldenthread_web.improvement.standing import standing
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person
from tests.web.plan import (
    DUE,
    STARTS,
    a_component,
    a_decision,
    a_piece,
    a_recommendation,
    an_action,
    an_objective,
)

pytestmark = pytest.mark.django_db
TODAY = date(2018, 1, 2)


@pytest.fixture
def manager():
    return a_person("programme_manager")


@pytest.fixture
def lead():
    return a_person("team_manager")


@pytest.fixture
def verifier():
    return a_person("qa_lead")


def last():
    event = Event.objects.order_by("-id").first()
    return event.what, event.about_key, event.changes


# --- objectives and actions


def test_an_objective_serves_a_component_and_has_a_reference_of_its_own(manager):
    an_objective()
    assert last()[:2] == ("objective.added", "O2.3")
    with pytest.raises(Refused, match="already"):
        an_objective()
    with pytest.raises(Refused, match="at least one component"):
        an_objective("O2.4", components=[])
    with pytest.raises(Refused, match="cannot be a reference"):
        an_objective("O 2.4")
    assert Objective.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"intended_impact": " "}, "what will be better for children"),
        ({"lead_post": ""}, "which post answers"),
        ({"text": ""}, "what will be done"),
        ({"baseline_due_on": STARTS - timedelta(days=1)}, "before it starts"),
        ({"outside_decision": "Thresholds"}, "who must make the decision"),
        ({"outside_decision": "Thresholds", "outside_body": "Partnership"}, "when that decision is expected"),
    ],
)
def test_an_action_that_is_no_promise_is_refused(values, sentence):
    with pytest.raises(Refused, match=sentence):
        an_action(**values)
    assert not Action.objects.exists()


def test_an_action_keeps_its_first_forecast_and_is_an_event():
    made = an_action()
    assert (made.baseline_due_on, made.forecast_due_on) == (DUE, DUE)
    assert last() == ("action.added", "2.3.1", {"due": "2018-03-31"})
    with pytest.raises(NotAllowed):
        an_action("2.3.2", by=a_person("board_member"), objective=made.objective)


def test_a_decision_of_somebody_else_that_is_late_is_a_reason_and_an_exception(manager):
    due_on = STARTS + timedelta(days=20)
    more = {"outside_decision": "New thresholds.", "outside_body": "Partnership", "outside_due_on": due_on}
    made = an_action(**more)
    assert exceptions(due_on) == []
    found = {one.kind: one.why for one in exceptions(due_on + timedelta(days=1))}
    assert set(found) == {"at_risk", "decision_overdue"}
    assert "a decision, 1 day overdue: Partnership: New thresholds." in found["at_risk"]
    assert found["decision_overdue"].startswith("Partnership was to decide by ")
    assert [one.kind for one in exceptions(due_on + timedelta(days=15))] == ["off_track", "decision_overdue"]
    made.outside_decided_on = due_on + timedelta(days=16)
    made.save()
    assert exceptions(due_on + timedelta(days=16)) == []


def test_of_two_people_who_edit_one_action_the_second_saves_nothing(manager):
    made = an_action()
    said = {"objective": made.objective, "recommendations": [], "components": [], "version": 1}
    plan_services.change_action(made, text="The first.", **said, by=manager)
    with pytest.raises(SavedMeanwhile):
        plan_services.change_action(made, text="The second.", **said, by=a_person("director"))
    made.refresh_from_db()
    assert (made.text, made.version) == ("The first.", 2)


@pytest.mark.both_databases
def test_the_database_itself_wants_a_test_of_what_is_too_early_to_say():
    made = an_action()
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=made.pk).update(impact=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=made.pk).update(impact=0, test_on=DUE)
    Action.objects.filter(pk=made.pk).update(impact=0, test_on=DUE, test_ref="CIN-02")


def test_an_indicator_is_one_of_the_catalogue(manager):
    made = an_action()
    with pytest.raises(Refused, match="no indicator XX-99"):
        plan_services.set_indicator(made, "XX-99", by=manager)
    with pytest.raises(Refused, match="on which day"):
        plan_services.set_indicator(made, "CIN-02", baseline="40%", by=manager)
    plan_services.set_indicator(made, "CIN-02", target="95%", by=manager)
    assert last() == ("action.indicator_set", "2.3.1", {"indicator": "CIN-02"})
    plan_services.drop_indicator(made, "CIN-02", by=manager)
    with pytest.raises(Refused, match="not tested by"):
        plan_services.drop_indicator(made, "CIN-02", by=manager)


def test_what_is_withdrawn_stays_and_takes_nothing_more(manager, lead):
    made = an_action()
    with pytest.raises(Refused, match="why it is withdrawn"):
        plan_services.withdraw_action(made, because=" ", by=manager)
    plan_services.withdraw_action(made, because="Merged with 2.3.2.", by=manager)
    with pytest.raises(Refused, match="was withdrawn"):
        cycle_services.add_note(made, text="Still here.", by=lead)
    assert Action.objects.filter(ref="2.3.1").exists()


# --- days


def test_a_forecast_moves_and_the_day_promised_stays(lead):
    made = an_action()
    date_services.move_forecast(made, to=DUE + timedelta(days=12), because="The lease.", by=lead)
    made.refresh_from_db()
    assert made.baseline_due_on == DUE
    assert standing(made).status.letter == "A"
    change = DateChange.objects.get()
    assert (change.which, change.before, change.after) == ("forecast", DUE, DUE + timedelta(days=12))
    assert last()[2] == {"from": "2018-03-31", "to": "2018-04-12"}
    with pytest.raises(Refused, match="why the day moves"):
        date_services.move_forecast(made, to=DUE, because="", by=lead)


def test_another_day_promised_needs_a_decision_that_agrees(manager):
    made = an_action()
    with pytest.raises(Refused, match="needs a decision of a body"):
        date_services.move_baseline(made, to=DUE + timedelta(9), because="Late.", decision=None, by=manager)
    with pytest.raises(Refused, match="a decision that agrees"):
        no = a_decision(outcome="refused")
        date_services.move_baseline(made, to=DUE + timedelta(9), because="Late.", decision=no, by=manager)
    yes = a_decision()
    date_services.move_baseline(made, to=DUE + timedelta(9), because="Late.", decision=yes, by=manager)
    made.refresh_from_db()
    assert made.baseline_due_on == made.forecast_due_on == DUE + timedelta(9)
    assert DateChange.objects.get().before == DUE  # the day first promised is kept


@pytest.mark.both_databases
def test_the_database_refuses_to_change_what_was_said_once(lead, manager):
    made = an_action()
    note = cycle_services.add_note(made, text="It goes on.", by=lead)
    version = cycle_services.approve_version(a_decision(), summary="The first.", by=manager)
    change = date_services.move_forecast(made, to=DUE + timedelta(1), because="Late.", by=lead)
    for row, values in ((note, {"text": "No."}), (version, {"summary": "No."}), (change, {"because": "No."})):
        with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**values)
        with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).delete()


def test_an_action_is_done_once_its_milestones_are_and_there_is_evidence(manager, lead):
    made = an_action()
    step = plan_services.add_milestone(made, text="Agreed", baseline_on=date(2017, 12, 1), by=manager)
    with pytest.raises(Refused, match="1 of its milestones"):
        date_services.finish_action(made, on=TODAY, by=lead)
    with pytest.raises(Refused, match="lies ahead"):
        date_services.finish_milestone(step, on=TODAY + timedelta(1), by=lead)
    date_services.finish_milestone(step, on=date(2017, 12, 4), by=lead)
    assert step.slippage == 3 and last()[2] == {"action": "2.3.1", "late": 3}
    with pytest.raises(Refused, match="no evidence"):
        date_services.finish_action(made, on=TODAY, by=lead)
    a_piece(made)
    date_services.finish_action(made, on=TODAY, by=lead)
    assert standing(made).status.letter == "C"


def test_a_status_by_hand_goes_down_or_has_a_reason(manager):
    made = an_action()
    with pytest.raises(Refused, match="are shown"):
        date_services.say_status(made, "B", because="It is.", by=manager)
    with pytest.raises(Refused, match="worked out already"):
        date_services.say_status(made, "G", by=manager)
    date_services.say_status(made, "R", by=manager)
    assert standing(made).status.is_by_hand and last()[2] == {"from": "G", "to": "R"}
    date_services.say_status(made, "", by=manager)
    Action.objects.filter(pk=made.pk).update(blocked_because="No money.")
    made.refresh_from_db()
    with pytest.raises(Refused, match="needs a reason"):
        date_services.say_status(made, "A", by=manager)
    date_services.say_status(made, "A", because="The money comes on Monday.", by=manager)
    assert standing(made).status.letter == "A"


# --- evidence, impact, embedded


def test_evidence_has_two_days_and_goes_stale(lead):
    made = an_action()
    piece = a_piece(made)
    assert (piece.about_on, piece.received_on, piece.expires_on) == (
        date(2017, 12, 1), date(2017, 12, 5), date(2018, 12, 1),
    )  # fmt: skip
    with pytest.raises(Refused, match="about a day after it came"):
        a_piece(made, about_on=date(2017, 12, 6))
    with pytest.raises(Refused, match="lies ahead"):
        a_piece(made, received_on=TODAY + timedelta(1))
    with pytest.raises(Refused, match="Name the indicator"):
        a_piece(made, "indicator")
    with pytest.raises(Refused, match="no figure of CIN-02"):
        a_piece(made, "indicator", ref="CIN-02")
    with pytest.raises(Refused, match="Name the finding"):
        a_piece(made, "inspector")
    with pytest.raises(Refused, match="where the document is kept"):
        a_piece(made, "document")


def test_nobody_verifies_what_they_added(verifier):
    piece = a_piece(an_action(), by=verifier)
    with pytest.raises(NotForYourself):
        evidence_services.verify_evidence(piece, by=verifier)
    evidence_services.verify_evidence(piece, by=a_person("director"))
    assert last()[0] == "evidence.verified"


def test_too_early_to_say_has_a_day_and_an_indicator(lead):
    made = an_action()
    for values, sentence in (
        ({}, "name a day ahead"),
        ({"test_on": TODAY, "test_ref": "CIN-02"}, "name a day ahead"),
        ({"test_on": DUE}, "name the indicator"),
        ({"test_on": DUE, "test_ref": "XX-1"}, "no indicator"),
    ):
        with pytest.raises(Refused, match=sentence):
            evidence_services.judge_impact(made, 0, because="New.", **values, by=lead)
    evidence_services.judge_impact(made, 0, because="New.", test_on=DUE, test_ref="CIN-02", by=lead)
    assert last() == ("action.impact_judged", "2.3.1", {"impact": 0})
    with pytest.raises(Refused, match="has to be shown"):
        evidence_services.judge_impact(made, 3, because="We feel it.", by=lead)


def done_with_evidence(verifier, *, kinds=("case_audit", "feedback"), **values):
    """A done action and its evidence, verified."""
    made, lead = an_action(**values), a_person("team_manager")
    pieces = [a_piece(made, kind, by=lead) for kind in kinds]
    for piece in pieces:
        evidence_services.verify_evidence(piece, by=verifier)
    date_services.finish_action(made, on=TODAY, by=lead)
    return made, pieces


RETEST = date(2018, 7, 2)


def test_embedded_needs_evidence_of_two_kinds_verified_and_fresh(verifier):
    made, pieces = done_with_evidence(verifier)
    inspector_like = a_piece(made)
    against = a_piece(made, result="against", about_on=date(2017, 11, 1))
    stale = a_piece(made, "feedback", expires_on=date(2017, 12, 31))
    for evidence, sentence in (
        ([], "without any"),
        (pieces[:1], "at least 2 kinds"),
        ([pieces[0], inspector_like], "Nobody has verified"),
        ([pieces[0], stale], "has expired"),
        ([pieces[1], against], "does not say that it works"),
    ):
        with pytest.raises(Refused, match=sentence):
            evidence_services.award_embedded(made, evidence=evidence, retest_on=RETEST, by=verifier)
    with pytest.raises(Refused, match="tested again"):
        evidence_services.award_embedded(made, evidence=pieces, retest_on=TODAY, by=verifier)
    evidence_services.award_embedded(made, evidence=pieces, retest_on=RETEST, by=verifier)
    assert standing(made).status.letter == "B" and last()[0] == "action.embedded"


def test_nobody_says_so_of_their_own_action(verifier):
    by_name, pieces = done_with_evidence(verifier, lead=verifier, lead_post="Somebody else")
    with pytest.raises(NotForYourself):
        evidence_services.award_embedded(by_name, evidence=pieces, retest_on=RETEST, by=verifier)
    by_post, pieces = done_with_evidence(
        verifier, ref="2.3.2", lead_post=verifier.title, objective=by_name.objective
    )
    with pytest.raises(NotForYourself):
        evidence_services.award_embedded(by_post, evidence=pieces, retest_on=RETEST, by=verifier)
    with pytest.raises(NotAllowed):
        evidence_services.award_embedded(
            by_post, evidence=pieces, retest_on=RETEST, by=a_person("programme_manager")
        )


def test_what_is_not_done_cannot_be_embedded(verifier):
    made = an_action()
    piece = a_piece(made)
    with pytest.raises(Refused, match="only what is done"):
        evidence_services.award_embedded(made, evidence=[piece], retest_on=RETEST, by=verifier)


def embedded(verifier, **values):
    made, pieces = done_with_evidence(verifier, **values)
    return made, evidence_services.award_embedded(made, evidence=pieces, retest_on=RETEST, by=verifier)


def test_it_falls_back_by_itself_when_its_evidence_expires(verifier, settings, mailoutbox):
    made, award = embedded(verifier)
    assert nightly.fall_back_by_themselves() == 0
    on = date(2018, 12, 2)  # the day after a year
    found = standing(made, on=on)
    assert found.status.letter == "A" and "Evidence expired on 1 December 2018" in found.status.reasons[0]
    assert [one.kind for one in exceptions(on)] == ["fell_back"]
    Evidence.objects.update(expires_on=TODAY - timedelta(1))
    assert nightly.fall_back_by_themselves() == 1
    award.refresh_from_db()
    assert award.reverted_why == "expired"
    assert Event.objects.filter(what="action.fell_back", about_key="2.3.1", by_id=None).exists()
    assert nightly.fall_back_by_themselves() == 0  # once
    assert standing(made).status.letter == "A"


def test_it_falls_back_when_a_later_case_audit_fails(verifier):
    made, _ = embedded(verifier)
    a_piece(made, result="mixed", about_on=TODAY, received_on=TODAY)
    assert standing(made).status.letter == "B"
    a_piece(made, result="against", about_on=TODAY, received_on=TODAY)
    assert standing(made).status.letter == "A"
    assert nightly.fall_back_by_themselves() == 1
    with pytest.raises(Refused, match="embedded no longer"):
        evidence_services.retest(made.embeddings.get(), evidence=[], retest_on=RETEST, by=verifier)


def test_it_falls_back_when_an_indicator_leaves_its_tolerance(verifier, manager, monkeypatch):
    from goldenthread_web.improvement import embedding, reverting
    from goldenthread_web.improvement import standing as standing_module

    letters = ["G", "G", "G"]

    def said(refs, **_):
        points = [type("Point", (), {"letter": letter})() for letter in letters]
        figure = type("Q", (), {"points": points, "value": "40%", "period": "December 2017"})()
        return dict.fromkeys(refs, figure)

    for module in (embedding, reverting, standing_module):
        monkeypatch.setattr(module, "quoted", said)
    made, _ = embedded(verifier)
    plan_services.set_indicator(made, "CIN-02", target="95%", by=manager)
    assert standing(made).status.letter == "B"
    letters[:] = ["G", "R", "A"]
    assert standing(made).status.letter == "B"  # one month of two
    letters[:] = ["G", "R", "R"]
    assert "CIN-02 was out of its tolerance" in standing(made).status.reasons[0]
    assert nightly.fall_back_by_themselves() == 1
    assert made.embeddings.get().reverted_why == "indicator"


def test_an_embedded_action_is_tested_again(verifier):
    made, award = embedded(verifier)
    lead = a_person("team_manager")
    fresh = [a_piece(made, kind, by=lead, about_on=date(2017, 12, 30), received_on=TODAY)
             for kind in ("case_audit", "feedback")]  # fmt: skip
    for piece in fresh:
        evidence_services.verify_evidence(piece, by=verifier)
    evidence_services.retest(award, evidence=fresh, retest_on=date(2018, 10, 1), by=verifier)
    assert award.retest_on == date(2018, 10, 1) and set(award.evidence.all()) == set(fresh)


# --- months


def a_cycle(manager, name="December 2017", month=12):
    days = [date(2017, month, day) for day in (1, 15, 18, 20, 28)]
    return cycle_services.open_cycle(
        name, opened_on=days[0], updates_due_on=days[1], freeze_on=days[2], challenge_on=days[3],
        board_on=days[4], by=manager,
    )  # fmt: skip


def test_a_month_is_reported_frozen_and_challenged(manager, lead):
    made = an_action()
    cycle = a_cycle(manager)
    assert standing(made).status.letter == "A"  # its update did not come
    with pytest.raises(Refused, match="Freeze the cycle first"):
        cycle_services.put_challenge(cycle, made, question="Why?", by=manager)
    cycle_services.report(cycle, made, text="On time.", forecast_on=DUE, on=date(2017, 12, 14), by=lead)
    with pytest.raises(Refused, match="has its update"):
        cycle_services.report(cycle, made, text="Again.", forecast_on=DUE, by=lead)
    cycle_services.freeze(cycle, on=date(2017, 12, 18), by=manager)
    assert cycle.snapshot["2.3.1"]["letter"] == "G" and cycle.snapshot["2.3.1"]["has_update"]
    with pytest.raises(Refused, match="frozen already"):
        cycle_services.freeze(cycle, by=manager)
    with pytest.raises(Refused, match="is frozen"):
        cycle_services.report(cycle, an_action("2.3.9"), text="Late.", forecast_on=DUE, by=lead)
    asked = cycle_services.put_challenge(cycle, made, question="How do you know?", by=manager)
    assert "unanswered" in [one.kind for one in exceptions()]
    cycle_services.answer_challenge(asked, answer="We looked at twelve records.", by=lead)
    with pytest.raises(Refused, match="has been answered"):
        cycle_services.answer_challenge(asked, answer="Again.", by=lead)


def test_an_update_with_another_forecast_moves_it(manager, lead):
    made = an_action()
    cycle_services.report(
        a_cycle(manager), made, text="Two weeks late.", forecast_on=DUE + timedelta(14), by=lead
    )
    made.refresh_from_db()
    assert made.forecast_due_on == DUE + timedelta(14)
    assert DateChange.objects.get().because == "Two weeks late."


def test_days_of_a_month_follow_one_another(manager):
    with pytest.raises(Refused, match="follow one another"):
        cycle_services.open_cycle(
            "x", opened_on=TODAY, updates_due_on=DUE, freeze_on=TODAY, challenge_on=DUE, board_on=DUE,
            by=manager,
        )  # fmt: skip
    a_cycle(manager)
    with pytest.raises(Refused, match="already"):
        a_cycle(manager)


def test_a_next_step_says_what_became_of_it(manager, lead):
    step = cycle_services.set_next_step(an_action().objective.theme, text="Roll out.", due_on=DUE, by=manager)
    with pytest.raises(Refused, match="what became of it"):
        cycle_services.close_next_step(step, outcome="done", said="", by=lead)
    cycle_services.close_next_step(step, outcome="done", said="In every team.", by=lead)
    assert last()[0] == "next_step.closed"


def test_a_version_rests_on_a_decision_of_its_own_and_on_something_new(manager):
    with pytest.raises(Refused, match="nothing to approve"):
        cycle_services.approve_version(a_decision(), summary="Nothing.", by=manager)
    made = an_action()
    with pytest.raises(Refused, match="needs a decision of a body"):
        cycle_services.approve_version(None, summary="First.", by=manager)
    first = a_decision()
    cycle_services.approve_version(first, summary="First.", by=manager)
    with pytest.raises(Refused, match="Nothing differs"):
        cycle_services.approve_version(a_decision(code="board"), summary="Second.", by=manager)
    an_action("2.3.2", objective=made.objective)
    with pytest.raises(Refused, match="approved another version"):
        cycle_services.approve_version(first, summary="Second.", by=manager)
    cycle_services.approve_version(a_decision(code="board"), summary="Second.", by=manager)
    assert list(PlanVersion.objects.values_list("number", flat=True)) == [2, 1]


# --- stages


def test_a_stage_is_reviewed_by_a_body_and_aims_are_carried(manager):
    action = an_action()
    one = stage_services.set_stage(
        1, name="Foundations", starts_on=date(2017, 4, 7), ends_on=date(2017, 10, 31), by=manager
    )
    with pytest.raises(Refused, match="belong to another stage"):
        stage_services.set_stage(2, name="Embedding", starts_on=date(2017, 10, 31), ends_on=DUE, by=manager)
    two = stage_services.set_stage(2, name="Embedding", starts_on=date(2017, 11, 1), ends_on=DUE, by=manager)
    with pytest.raises(Refused, match="Tie the aim"):
        stage_services.add_aim(one, text="Better.", by=manager)
    with pytest.raises(Refused, match="Say where CIN-02"):
        stage_services.add_aim(one, text="Better.", ref="CIN-02", by=manager)
    met = stage_services.add_aim(one, text="Plans.", actions=[action], by=manager)
    moved = stage_services.add_aim(one, text="Visits.", ref="CIN-02", target="95%", by=manager)
    said = {"held_on": date(2017, 11, 2), "because": "Seen.", "by": manager}
    outcomes = {met.pk: "met", moved.pk: "carried"}
    with pytest.raises(Refused, match="every aim"):
        stage_services.hold_gate(
            one, decision=a_decision(), outcome="passed", outcomes={met.pk: "met"}, **said
        )
    with pytest.raises(Refused, match="with aims carried on"):
        stage_services.hold_gate(one, decision=a_decision(), outcome="passed", outcomes=outcomes, **said)
    with pytest.raises(Refused, match="does not agree"):
        stage_services.hold_gate(
            one,
            decision=a_decision(outcome="deferred"),
            outcome="with_aims_carried",
            outcomes=outcomes,
            **said,
        )
    stage_services.hold_gate(
        one, decision=a_decision(), outcome="with_aims_carried", outcomes=outcomes, **said
    )
    assert [aim.carried_from_id for aim in two.aims.all()] == [moved.pk]
    assert last()[2] == {"stage": 1, "outcome": "with_aims_carried"}
    with pytest.raises(Refused, match="reviewed already"):
        stage_services.hold_gate(
            one, decision=a_decision(), outcome="with_aims_carried", outcomes=outcomes, **said
        )


# --- twelve weeks


def twelve_weeks(manager, **values):
    said = {"title": "Plans for children", "cause": "The second visit", "starts_on": date(2017, 11, 6)}
    return twelve_week_services.begin(**said | values, by=manager)


def test_twelve_weeks_start_on_a_monday_and_count(manager):
    with pytest.raises(Refused, match="start on a Monday"):
        twelve_weeks(manager, starts_on=date(2017, 11, 7))
    plan = twelve_weeks(manager)
    weeks = [
        plan.week_of(date(2017, 11, 5)),
        plan.week_of(date(2017, 11, 6)),
        plan.week_of(date(2017, 11, 13)),
    ]
    assert weeks == [0, 1, 2] and plan.week_of(plan.ends_on) == WEEKS == plan.week_of(date(2019, 1, 1))
    assert plan.ends_on == date(2018, 1, 28)


def test_a_deliverable_that_is_done_stands_as_evidence_at_its_action(manager, lead):
    action, plan = an_action(), twelve_weeks(manager)
    said = {"action": action, "text": "Every plan read", "lead_post": "Team manager"}
    with pytest.raises(Refused, match="week 1 to 12"):
        twelve_week_services.add_deliverable(plan, **said, week_due=13, by=manager)
    made = twelve_week_services.add_deliverable(plan, **said, week_due=2, by=manager)
    piece = twelve_week_services.finish_deliverable(made, on=TODAY, result="All 40 were read.", by=lead)
    assert piece.action == action and piece.kind == "deliverable"
    with pytest.raises(Refused, match="done already"):
        twelve_week_services.finish_deliverable(made, on=TODAY, result="Again.", by=lead)


def test_so_many_deliverables_are_open_at_most(manager):
    action, plan = an_action(), twelve_weeks(manager)
    for number in range(20):
        twelve_week_services.add_deliverable(
            plan, action=action, text=f"Thing {number}", lead_post="Lead", week_due=2, by=manager
        )
    with pytest.raises(Refused, match="20 deliverables are open"):
        twelve_week_services.add_deliverable(
            plan, action=action, text="One more", lead_post="Lead", week_due=2, by=manager
        )


def test_the_checkpoint_the_note_and_the_summary(manager):
    plan = twelve_weeks(manager)
    with pytest.raises(Refused, match="every second week"):
        twelve_week_services.hold_checkpoint(plan, 3, decided="Go on.", by=manager)
    twelve_week_services.hold_checkpoint(plan, 2, decided="Go on.", held_on=date(2017, 11, 17), by=manager)
    with pytest.raises(Refused, match="has been held"):
        twelve_week_services.hold_checkpoint(plan, 2, decided="Go on.", by=manager)
    with pytest.raises(Refused, match="week 6"):
        twelve_week_services.sum_up_halfway(plan, text="Half.", on=date(2017, 12, 10), by=manager)
    twelve_week_services.sum_up_halfway(plan, text="Half.", on=date(2017, 12, 11), by=manager)
    with pytest.raises(Refused, match="the director's"):
        twelve_week_services.write_weekly_note(plan, text="Good.", by=a_person("qa_lead"))
    note = twelve_week_services.write_weekly_note(plan, text="Good.", by=a_person("director"))
    assert note.week == 9


def test_the_close_says_of_every_open_deliverable_what_becomes_of_it_and_feeds_the_next(manager, lead):
    action, plan = an_action(), twelve_weeks(manager)
    made = [
        twelve_week_services.add_deliverable(
            plan, action=action, text=text, lead_post="Lead", week_due=2, by=manager
        )
        for text in ("Done", "Carried", "Dropped")
    ]
    twelve_week_services.finish_deliverable(made[0], on=TODAY, result="There.", by=lead)
    with pytest.raises(Refused, match="Close the twelve-week plan before it"):
        twelve_weeks(manager, starts_on=date(2018, 1, 29), follows=plan)
    with pytest.raises(Refused, match="carried to the next plan or dropped"):
        twelve_week_services.close(plan, outcomes={}, learning="Much.", by=manager)
    outcomes = {made[1].pk: ("carried", "Not yet."), made[2].pk: ("dropped", "Not needed.")}
    with pytest.raises(Refused, match="what was learnt"):
        twelve_week_services.close(plan, outcomes=outcomes, learning="", by=manager)
    twelve_week_services.close(plan, outcomes=outcomes, learning="Start with the plans.", by=manager)
    with pytest.raises(Refused, match="is closed"):
        twelve_week_services.hold_checkpoint(plan, 2, decided="Go on.", by=manager)
    following = twelve_weeks(manager, starts_on=date(2018, 1, 29), follows=plan)
    assert [(one.text, one.carried_from_id) for one in following.deliverables.all()] == [
        ("Carried", made[1].pk)
    ]


def test_no_figure_is_frozen_where_there_is_none(manager):
    assert not FigureLine.objects.exists()
    with pytest.raises(Refused, match="no figure of CIN-02 for week 0"):
        twelve_week_services.watch_indicator(twelve_weeks(manager), "CIN-02", target="95%", by=manager)


def test_time_for_one_task(manager, lead):
    made = twelve_week_services.set_focus_time(
        an_action(recommendations=[a_recommendation()], components=[a_component()]),
        team="FSP 1", on=date(2017, 12, 6), task="Read every plan", by=manager,
    )  # fmt: skip
    twelve_week_services.say_focus_result(made, result="All were read.", by=lead)
    assert last()[0] == "focus_time.result_said"
