"""What people write in the improvement half, as rows of recorded tables: each fits."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import caches

from goldenthread.records_writing import write_records
from goldenthread.standard import table
from goldenthread_web.accounts.models import RoleProposal
from goldenthread_web.accounts.people_services import close_account
from goldenthread_web.config.clock import london, now
from goldenthread_web.figures.models import WorkedOut
from goldenthread_web.governance import following_services, knowing_services, meeting_services
from goldenthread_web.governance import standard_rows as governance
from goldenthread_web.improvement import (
    cycle_services,
    date_services,
    evidence_services,
    plan_services,
    stage_services,
    twelve_week_services,
)
from goldenthread_web.improvement import standard_rows as improvement
from goldenthread_web.improvement.models import (
    Action,
    DateChange,
    Deliverable,
    Embedding,
    Evidence,
    TwelveWeekPlan,
)
from goldenthread_web.inspections.models import Inspection
from goldenthread_web.parameters import standard_rows as parameters
from goldenthread_web.reports import standard_rows as reports
from goldenthread_web.risks import services as risk_services
from goldenthread_web.risks import standard_rows as risks
from goldenthread_web.risks.scales import Score
from goldenthread_web.trail.models import Event
from goldenthread_web.trail.recording import record
from goldenthread_web.worklist import standard_rows as worklist
from tests.unit.figure_lines import a_figure
from tests.web.builders import a_person, at, signed_in
from tests.web.figure_sets import a_set, a_target, not_computable, over_two_years
from tests.web.governing import a_body, a_meeting, a_member, a_safeguarding_action, begun, keeper
from tests.web.plan import DUE, a_decision, a_piece, a_recommendation, an_action
from tests.web.reporting import a_content, a_programme, a_report, figures, in_target, released, with_a_reason
from tests.web.unit.test_risks import a_risk

pytestmark = pytest.mark.django_db
TODAY = date(2018, 1, 2)


@pytest.fixture(autouse=True)
def nothing_kept():
    """What one test worked out is not another's."""
    caches["worked_out"].clear()


@pytest.fixture
def fits(tmp_path):
    """The rows of a table, after they were written as one: whatever does not fit is refused."""

    def rows_of(name, found):
        rows = list(found)
        assert all(set(row) <= {*table(name).column, "reference"} for row in rows)
        write_records(tmp_path, name, rows, authority="991")
        return rows

    return rows_of


def test_actions_of_the_plan(fits):
    by = a_person("programme_manager")
    action = an_action(recommendations=[a_recommendation(6), a_recommendation(2)], by=by)
    stage = stage_services.set_stage(
        1, name="Foundations", starts_on=date(2017, 4, 7), ends_on=date(2018, 3, 31), by=by
    )
    stage_services.add_aim(stage, text="Every child has a plan.", actions=[action], by=by)
    (row,) = fits("plan_actions", improvement.plan_actions())
    assert row == {
        "action_id": "plan:2.3.1",
        "kind": "plan",
        "recommendation_id": "2017-01-R2",
        "theme": "2 Theme 2",
        "component": "9 Component 9",
        "stage": "1 Foundations",
        "owner": "Head of service",
        "due_on": DUE,
        "status": "open",
        "completed_on": None,
        "evidence_verified_on": None,
        "reopened_on": None,
        "added_on": None,
        "withdrawn_on": None,
    }


def test_an_action_is_in_the_plan_since_the_first_version_that_holds_it(fits):
    by = a_person("programme_manager")
    for number, on in ((1, date(2017, 5, 9)), (2, date(2017, 9, 12))):
        an_action(f"2.3.{number}", by=by)
        cycle_services.approve_version(a_decision(on), summary="Agreed.", by=by)
    newest = an_action("2.3.3", by=by)
    plan_services.withdraw_action(newest, because="Done elsewhere.", on=date(2017, 12, 20), by=by)
    rows = fits("plan_actions", improvement.plan_actions())
    assert [(row["added_on"], row["withdrawn_on"]) for row in rows] == [
        (date(2017, 5, 9), None),
        (date(2017, 9, 12), None),
        (london(now()).date(), date(2017, 12, 20)),
    ]


def test_a_day_that_a_body_moved_is_promised_until_then(fits):
    by = a_person("programme_manager")
    action = an_action(by=by)
    cycle_services.approve_version(a_decision(date(2017, 5, 9)), summary="Agreed.", by=by)
    moves = (
        (date(2017, 5, 1), DUE - timedelta(40)),  # before it was in the plan
        (date(2017, 9, 19), DUE - timedelta(20)),
        (date(2017, 11, 21), DUE - timedelta(10)),
        (date(2017, 11, 21), DUE - timedelta(5)),  # twice on one day: the last counts
    )
    for on, before in moves:
        DateChange.objects.create(
            action=action, which="baseline", before=before, after=DUE, because="Late.", on=on,
            decision=a_decision(on), by=by, at=now(),
        )  # fmt: skip
    rows = fits("plan_actions", improvement.plan_actions())
    assert [(row["action_id"], row["due_on"], row["added_on"], row["withdrawn_on"]) for row in rows] == [
        ("plan:2.3.1 until 2017-09-19", DUE - timedelta(20), date(2017, 5, 9), date(2017, 9, 19)),
        ("plan:2.3.1 until 2017-11-21", DUE - timedelta(10), date(2017, 9, 19), date(2017, 11, 21)),
        ("plan:2.3.1", DUE, date(2017, 11, 21), None),
    ]


def test_how_an_action_stands_is_what_somebody_said():
    by = a_person("programme_manager")
    an_action("2.3.1", by=by)
    blocked, done, gone = (an_action(f"2.3.{n}", by=by) for n in (2, 3, 4))
    date_services.report_trouble(blocked, version=1, blocked_because="No system yet.", by=by)
    piece = a_piece(done)
    done.refresh_from_db()
    date_services.finish_action(done, on=date(2017, 12, 20), by=by)
    evidence_services.verify_evidence(piece, by=a_person("qa_lead"))
    Action.objects.filter(pk=gone.pk).update(withdrawn_on=TODAY, withdrawn_because="Not needed.")
    found = {row["action_id"]: row for row in improvement.plan_actions()}
    assert [row["status"] for row in found.values()] == ["open", "at_risk", "complete", "withdrawn"]
    assert found["plan:2.3.3"]["completed_on"] == date(2017, 12, 20)
    assert found["plan:2.3.3"]["evidence_verified_on"] == london(now()).date()


def test_an_action_that_fell_back_was_opened_again():
    by = a_person("qa_lead")
    action = an_action()
    piece = a_piece(action)
    award = Embedding.objects.create(
        action=action, awarded_by=by, awarded_at=now(), awarded_on=date(2017, 10, 1), retest_on=DUE
    )
    award.evidence.add(piece)
    (row,) = improvement.plan_actions()
    assert (row["evidence_verified_on"], row["reopened_on"]) == (date(2017, 10, 1), None)
    award.reverted_on, award.reverted_at, award.reverted_why = date(2017, 12, 1), now(), "expired"
    award.save()
    (row,) = improvement.plan_actions()
    assert row["reopened_on"] == date(2017, 12, 1)


def test_deliverables_of_twelve_weeks(fits):
    by = a_person("programme_manager")
    plan = twelve_week_services.begin(
        title="Supervision", cause="The letter.", starts_on=date(2017, 10, 9), by=by
    )
    action = an_action(by=by)
    made = [
        twelve_week_services.add_deliverable(
            plan, action=action, text="It is there.", lead_post="Head of practice", week_due=week, by=by
        )
        for week in (2, 4, 6)
    ]
    twelve_week_services.finish_deliverable(made[0], on=date(2017, 10, 20), result="It is there now.", by=by)
    Deliverable.objects.filter(pk=made[2].pk).update(outcome="dropped", outcome_because="Not needed.")
    rows = [row for row in fits("plan_actions", improvement.plan_actions()) if row["kind"] == "twelve_week"]
    assert {row["added_on"] for row in rows} == {date(2017, 10, 9)}
    assert [(row["due_on"], row["status"], row["completed_on"]) for row in rows] == [
        (date(2017, 10, 22), "complete", date(2017, 10, 20)),
        (date(2017, 11, 5), "open", None),
        (date(2017, 11, 19), "withdrawn", None),
    ]
    assert rows[0]["owner"] == "Head of practice" and TwelveWeekPlan.objects.count() == 1


def test_a_recommendation_is_closed_by_the_last_action_that_answers_it(fits):
    by = a_person("programme_manager")
    answered, unanswered = a_recommendation(6), a_recommendation(7)
    assert not list(improvement.recommendations())  # no inspection was published
    Inspection.objects.update(published_on=date(2017, 4, 7))
    actions = [an_action(f"2.3.{n}", recommendations=[answered], by=by) for n in (1, 2)]
    for number, action in enumerate(actions, 1):
        piece = a_piece(action)
        action.refresh_from_db()
        date_services.finish_action(action, on=date(2017, 12, number), by=by)
        found = {row["recommendation_id"]: row for row in improvement.recommendations()}
        assert found["2017-01-R6"]["closed_on"] == (date(2017, 12, 2) if number == 2 else None)
        evidence_services.verify_evidence(piece, by=a_person("qa_lead"))
    Evidence.objects.filter(action=actions[0]).update(verified_at=at("2017-12-10 09:00"))
    Evidence.objects.filter(action=actions[1]).update(verified_at=at("2017-12-12 09:00"))
    found = {row["recommendation_id"]: row for row in fits("recommendations", improvement.recommendations())}
    assert found["2017-01-R6"]["verified_on"] == date(2017, 12, 12)
    assert (found["2017-01-R7"]["closed_on"], found["2017-01-R7"]["source"]) == (None, "SIF 2017")
    assert {row["published_on"] for row in found.values()} == {date(2017, 4, 7)}
    assert unanswered.number == 7


def test_risks_were_reviewed_when_they_were_last_moved(fits):
    by = a_person("programme_manager")
    risk = a_risk(by)
    risk_services.score_risk(
        risk,
        version=1,
        score=Score(3, 4),
        moved_on=date(2017, 12, 1),
        note="Seven newly qualified workers have started.",
        by=by,
    )
    assert fits("risks", risks.risks()) == [
        {
            "risk_id": "K1",
            "opened_on": date(2017, 5, 1),
            "closed_on": None,
            "likelihood": 3,
            "impact": 4,
            "reviewed_on": date(2017, 12, 1),
        }
    ]
    assert [tuple(row.values()) for row in fits("risk_reviews", risks.risk_reviews())] == [
        ("K1", date(2017, 12, 1), 3, 4),
        ("K1", date(2017, 5, 1), 4, 4),
    ]


def test_meetings_count_for_the_day_they_were_planned_for_first(fits):
    by = keeper()
    body = a_body(by=by, quorum=2)
    members = [a_member(body, post, by=by) for post in ("Chair", "Member")]
    moved = a_meeting(body, "2017-10-10", by=by)
    for on in ("2017-10-17 14:00", "2017-10-24 14:00"):
        said = {"place": "", "minutes_allotted": 60, "note": ""}
        moved = meeting_services.move_meeting(moved, starts_at=at(on), version=moved.version, by=by, **said)
    held = begun(a_meeting(body, "2017-11-14", by=by), by)
    meeting_services.note_attendance(
        held, post=members[0].post, membership=members[0], presence="present", by=by
    )
    begun(a_meeting(body, "2017-12-12", by=by), by)
    cancelled = a_meeting(body, "2018-01-16", by=by)
    meeting_services.cancel_meeting(cancelled, because="Nobody can come.", by=by)
    said = [
        (row["forum"], row["scheduled_on"], row["held_on"], row["is_quorate"])
        for row in fits("meetings", governance.meetings())
    ]
    assert said == [
        ("operational_board", date(2017, 10, 10), None, None),
        ("operational_board", date(2017, 11, 14), date(2017, 11, 14), False),
        ("operational_board", date(2017, 12, 12), date(2017, 12, 12), None),
        ("operational_board", date(2018, 1, 16), None, None),
    ]


def test_an_event_for_councillors_is_one_however_many_came(fits):
    posts = ["Councillor, ward 1", "Councillor, ward 2"]
    knowing_services.log_development(
        posts, kind="seminar", topic="programme", held_on=date(2017, 9, 20), by=keeper()
    )
    (row,) = fits("meetings", governance.meetings())
    assert (row["forum"], row["scheduled_on"], row["held_on"]) == (
        "member_event",
        date(2017, 9, 20),
        date(2017, 9, 20),
    )


def test_an_event_that_was_planned_and_not_held_is_told(fits):
    said = {"kind": "seminar", "topic": "programme", "by": keeper()}
    late, _ = (
        knowing_services.plan_event(planned_on=day, **said) for day in (date(2017, 9, 20), date(2017, 11, 1))
    )
    knowing_services.log_development(["Ward 1"], planned=late, held_on=date(2017, 9, 27), **said)
    knowing_services.log_development(["Ward 1"], held_on=date(2017, 12, 6), **said)  # nobody planned it
    rows = fits("meetings", governance.meetings())
    assert [(row["forum"], row["scheduled_on"], row["held_on"]) for row in rows] == [
        ("member_event", date(2017, 9, 20), date(2017, 9, 27)),
        ("member_event", date(2017, 11, 1), None),
        ("member_event", date(2017, 12, 6), date(2017, 12, 6)),
    ]


def test_what_meetings_asked_for(fits):
    by = keeper()
    meeting = a_meeting(on="2017-11-14", by=by, status="held")
    action = following_services.set_action(
        meeting, text="Write it down.", post="Head of service", due_on=date(2017, 12, 1), by=by
    )
    following_services.close_action(action, outcome="Written.", version=1, closed_on=date(2017, 12, 5), by=by)
    followed = a_safeguarding_action(meeting, by=by)
    rows = fits("meeting_actions", governance.meeting_actions())
    assert [(row["action_id"], row["due_on"], row["completed_on"]) for row in rows] == [
        (f"action:{action.pk}", date(2017, 12, 1), date(2017, 12, 5)),
        (f"safeguarding:{followed.pk}", date(2018, 3, 1), None),
    ]
    assert {row["meeting_id"] for row in rows} == {str(meeting.pk)}


def test_headlines_stand_with_the_target_of_their_month(fits):
    by = a_person("director")
    a_target("FD-02", 80, by=by, starts_on=date(2017, 4, 1))
    a_target("FD-02", None, by=by, starts_on=date(2017, 12, 1))
    figures_of = [
        *over_two_years("FD-02", [70, 75]),
        not_computable("GOV-02"),
        *over_two_years("FD-02", [70], part="m3"),
        *over_two_years("FD-02", [70], breakdown={"team": "FSP 1"}),
        *over_two_years("QA-13", [70]),
    ]
    rows = fits("indicator_results", parameters.indicator_results(figures_of))
    assert [(row["indicator_id"], row["period_end"], row["value"], row["target"]) for row in rows] == [
        ("FD-02", date(2017, 11, 30), Decimal("70.0"), Decimal(80)),
        ("FD-02", date(2017, 12, 31), Decimal("75.0"), None),
        ("GOV-02", date(2017, 12, 31), None, None),
    ]
    assert {(row["polarity"], row["is_headline"]) for row in rows} == {("high", True)}
    assert not list(parameters.indicator_results())  # no set is in force
    a_set(over_two_years("FD-02", [70]))
    assert len(list(parameters.indicator_results())) == 1


def test_a_line_that_lacks_something_gives_way_to_one_with_a_value():
    rows = parameters.indicator_results([not_computable("FD-02"), a_figure("FD-02", n=1, of=2, month=23)])
    assert [row["value"] for row in rows] == [Decimal("50.0")]


def test_numbers_that_left_the_house_and_what_was_hidden_of_them(fits):
    a_programme()
    figures(fd=[50] * 23 + [1], cin=[50] * 24, of=200)
    writer = a_person("programme_manager")
    in_target(writer)
    made = released(a_report(with_a_reason(a_content(writer), writer), writer, "public_summary"), writer)
    rows = {row["cell"]: row for row in fits("published_cells", reports.published_cells())}
    assert made.is_public and {row["publication_id"] for row in rows.values()} == {str(made.pk)}
    hidden = rows["FD-02 2017-12-31 numerator"]
    assert (hidden["value"], hidden["is_suppressed"], hidden["is_secondary"]) == (Decimal(2), True, False)
    shown = rows["CIN-02 2017-12-31 numerator"]
    assert (shown["value"], shown["is_suppressed"], shown["is_secondary"]) == (Decimal(100), False, False)
    assert shown["published_on"] == london(made.released_at).date()
    assert reports.sets_named() == {WorkedOut.objects.get().key}


def test_what_left_the_house_for_members_alone_is_not_published():
    a_programme()
    figures()
    writer = a_person("programme_manager")
    in_target(writer)
    made = released(a_report(with_a_reason(a_content(writer), writer), writer, "improvement_board"), writer)
    assert not made.is_public and not list(reports.published_cells()) and reports.sets_named()


def opened(person, page="due", what="children.seen"):
    return record(what, ("list", f"worklist.{page}"), by=person)


def test_who_opened_the_worklist_is_told_once_a_day(fits):
    manager, other = a_person("team_manager", worker_id="w1"), a_person("team_manager")
    for person in (
        manager,
        manager,
        other,
        a_person("head_of_service", worker_id="w2"),
    ):
        opened(person)
    opened(manager, "drift", "list.seen")
    record("children.seen", ("list", "front_door.steps"), by=manager)
    today = london(now()).date()
    rows = fits("usage_log", worklist.usage_log())
    assert {(row["worker_id"], row["view"], row["viewed_at"]) for row in rows} == {
        ("w1", "account", today),
        ("w1", "worklist.due", today),
        ("w1", "worklist.drift", today),
        (f"account:{other.pk}", "account", today),  # without a worker id it is an account all the same
        (f"account:{other.pk}", "worklist.due", today),
    }
    assert len(rows) == 5 and {row["user_role"] for row in rows} == {"team_manager"}


def test_an_account_begins_with_the_role_and_ends_with_it():
    administrator = a_person("administrator")
    manager = a_person("team_manager", worker_id="w1", created_at=at("2017-05-01 09:00"))
    (row,) = worklist.usage_log()
    assert (row["view"], row["viewed_at"]) == ("account", date(2017, 5, 1))
    close_account(manager, by=administrator)
    assert not list(worklist.usage_log())
    moment = now()
    RoleProposal.objects.create(
        person=manager,
        role="team_manager",
        proposed_by=administrator,
        proposed_at=moment,
        decided_by=a_person("director"),
        decided_at=moment,
        is_approved=True,
    )
    record(
        "role.approved", manager, by=None, changes={"proposal": 1, "role": ["social_worker", "team_manager"]}
    )
    manager.role, manager.is_active = "head_of_service", True
    manager.save()
    record(
        "role.approved",
        manager,
        by=None,
        changes={"proposal": 2, "role": ["team_manager", "head_of_service"]},
    )
    today = london(now()).date()
    assert [(row["view"], row["viewed_at"]) for row in worklist.usage_log()] == [
        ("account", today),
        ("account_closed", today),
    ]


def test_an_account_with_a_last_day_says_so():
    a_person("team_manager", worker_id="w1", starts_on=date(2017, 6, 1), ends_on=TODAY + timedelta(30))
    assert [(row["view"], row["viewed_at"]) for row in worklist.usage_log()] == [
        ("account", date(2017, 6, 1)),
        ("account_closed", date(2018, 2, 1)),
    ]


def test_an_empty_worklist_that_was_opened_leaves_an_event(client, monkeypatch):
    from goldenthread_web.worklist import views

    monkeypatch.setattr(views, "_begun", lambda _: None)
    person = signed_in(client, "team_manager", worker_id="w1")
    assert client.get("/this-morning/").status_code == 200  # nothing is loaded: nothing was there to see
    assert not Event.objects.filter(what__endswith=".seen").exists()

    class Asked:
        user = person

    views._saw(Asked(), [], "due")
    event = Event.objects.get(what="list.seen")
    assert (event.about_key, event.by_id) == ("worklist.due", person.pk)
