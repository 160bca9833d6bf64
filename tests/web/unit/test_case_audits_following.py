"""What follows a case audit: actions, plans, re-audits, what they show against the plan; the Events."""

from datetime import date

import pytest
from django.core import mail

from goldenthread_web.accounts.refusals import NoChildren, NotAllowed, Refused
from goldenthread_web.case_audits import following_services as services
from goldenthread_web.case_audits import jobs, learning_services, moderating_services
from goldenthread_web.case_audits.following_comparing import compared, verdict
from goldenthread_web.case_audits.following_evidence import waiting
from goldenthread_web.case_audits.following_queries import may_act, may_see
from goldenthread_web.case_audits.following_re_audit_services import make_re_audit
from goldenthread_web.case_audits.following_re_audits import to_make
from goldenthread_web.case_audits.following_rules import plan_due, re_audit_due, rules
from goldenthread_web.case_audits.models import CaseAudit, CaseAuditAction, Learning, Moderation
from goldenthread_web.case_audits.models.doing import Grade
from goldenthread_web.improvement.models import Evidence
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person, a_unit
from tests.web.following_builders import DONE_ON, TODAY, a_case_audit, a_programme
from tests.web.plan import an_action
from tests.web.sampling_builders import a_council, ref

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def council(settings, tmp_path):
    return a_council(settings, tmp_path)


@pytest.fixture
def manager():
    """Of the team that holds the child c1."""
    return a_person("team_manager", unit=a_unit("FSP 1"))


def a_weak_one(grade="requires_improvement", child=1, **said):
    """A weak case audit of a child of FSP 1, with the days by which something is due."""
    made = a_case_audit(grade, reference=ref(child), **said)
    moderating_services.after_completion(made, by=made.auditor)
    made.refresh_from_db()
    return made


def an_audit_action(case_audit, by, **said):
    words = {"kind": "child", "text": "See the child.", "owner": "Social worker", "due_on": date(2018, 1, 12)}
    return services.set_action(case_audit, **words | said, by=by)


def test_the_rules_are_of_the_grades_there_are():
    assert rules().always | rules().plan_after | set(rules().re_audit_days) <= set(Grade.values)
    assert plan_due("inadequate", date(2017, 12, 21)) == date(2018, 1, 2)  # over Christmas
    assert plan_due("good", DONE_ON) is None and re_audit_due("outstanding", DONE_ON) is None
    assert re_audit_due("inadequate", DONE_ON) == date(2017, 12, 20)


def test_an_action_has_a_post_and_a_day(manager):
    made = an_audit_action(a_weak_one(), manager)
    assert (made.ref, made.team, made.set_on) == (f"{made.case_audit.ref}.1", "FSP 1", TODAY)
    event = Event.objects.get(what="case_audit_action.set")
    assert event.changes == {"kind": "child", "due_on": "2018-01-12"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"text": " "}, "what is to be done"),
        ({"owner": ""}, "the post"),
        ({"due_on": date(2018, 1, 1)}, "within the year to come"),
        ({"due_on": date(2019, 2, 1)}, "within the year to come"),
        ({"set_on": date(2017, 10, 1), "due_on": date(2017, 12, 1)}, "since the case audit was handed out"),
    ],
)
def test_an_action_is_refused(manager, said, sentence):
    with pytest.raises(Refused, match=sentence):
        an_audit_action(a_weak_one(), manager, **said)
    assert not CaseAuditAction.objects.exists()


def test_an_auditor_sets_actions_while_they_audit_and_not_afterwards():
    open_one = a_case_audit(state="under_way", reference=ref(1))
    an_audit_action(open_one, open_one.auditor)
    with pytest.raises(NoChildren):
        an_audit_action(open_one, a_person("qa_lead"))
    done = a_case_audit("good", auditor=a_person("auditor"), reference=ref(2))
    an_audit_action(done, a_person("qa_lead"))


def test_another_teams_manager_sees_and_does_nothing(manager):
    found = a_weak_one()
    other = a_person("team_manager", unit=a_unit("MASH", service="Front Door"))
    made = an_audit_action(found, manager)
    assert may_see(manager, found) and may_act(manager, found)
    assert not may_see(other, found) and not may_act(other, found)
    assert not may_see(a_person("performance_analyst"), found)
    with pytest.raises(NoChildren):
        services.complete_action(made, version=1, outcome="Seen.", completed_on=TODAY, by=other)
    with pytest.raises(NoChildren):
        an_audit_action(found, other)


def test_an_action_is_done_with_an_outcome(manager):
    made = an_audit_action(a_weak_one(), manager)
    with pytest.raises(Refused, match="what came of it"):
        services.complete_action(made, version=1, outcome=" ", completed_on=TODAY, by=manager)
    with pytest.raises(Refused, match="not ahead"):
        services.complete_action(made, version=1, outcome="x", completed_on=date(2018, 1, 3), by=manager)
    with pytest.raises(SavedMeanwhile):
        services.complete_action(made, version=7, outcome="Seen.", completed_on=TODAY, by=manager)
    worker = a_person("social_worker", worker_id="W1")
    services.complete_action(made, version=1, outcome="Seen alone.", completed_on=TODAY, by=worker)
    made.refresh_from_db()
    assert (made.outcome, made.completed_by) == ("Seen alone.", worker)
    with pytest.raises(Refused, match="already"):
        services.complete_action(made, version=2, outcome="Again.", completed_on=TODAY, by=manager)


def test_what_changes_how_we_work_is_done_by_whoever_leads_and_may_join_the_plan(manager):
    lead = a_person("qa_lead")
    found = a_weak_one()
    one = an_audit_action(found, manager, kind="system")
    with pytest.raises(Refused, match="work with them"):
        services.complete_system_action(
            an_audit_action(found, manager), version=1, outcome="x", completed_on=TODAY, by=lead
        )
    action = an_action()
    services.take_into_plan(one, action, version=1, by=lead)
    one.refresh_from_db()
    assert one.plan_action == action
    services.complete_system_action(one, version=2, outcome="Changed.", completed_on=TODAY, by=lead)
    with pytest.raises(NotAllowed):
        services.take_into_plan(one, action, version=3, by=manager)


def test_the_clock_of_a_plan_stops_when_it_is_recorded(manager):
    found = a_weak_one()
    with pytest.raises(Refused, match="at least one action"):
        services.record_plan(found, version=1, by=manager)
    an_audit_action(found, manager, kind="system")
    with pytest.raises(Refused, match="at least one action"):
        services.record_plan(found, version=1, by=manager)
    an_audit_action(found, manager, kind="worker")
    services.record_plan(found, version=1, on=date(2017, 11, 27), by=manager)
    found.refresh_from_db()
    assert found.remedial_completed_on == date(2017, 11, 27)
    with pytest.raises(Refused, match="before"):
        services.record_plan(found, version=2, by=manager)
    good = a_case_audit("good", reference=ref(2))
    with pytest.raises(Refused, match="No plan is needed"):
        services.record_plan(good, version=1, by=manager)


def test_a_re_audit_is_waived_with_a_reason_of_the_list():
    lead, found = a_person("qa_lead"), a_weak_one()
    with pytest.raises(Refused, match="Choose why"):
        services.waive_re_audit(found, version=1, why="no_time", by=lead)
    services.waive_re_audit(found, version=1, why="case_closed", by=lead)
    found.refresh_from_db()
    assert (found.re_audit_waived, found.re_audit_due_on) == ("case_closed", None)
    with pytest.raises(Refused, match="No re-audit"):
        services.waive_re_audit(found, version=2, why="case_closed", by=lead)


def test_a_re_audit_makes_itself_by_somebody_else_before_it_is_due():
    first = a_person("team_manager", unit=a_unit("FSP 2"))
    other = a_person("team_manager", unit=a_unit("MASH", service="Front Door"))
    a_programme(first, other)
    weak = a_weak_one("inadequate", auditor=first)
    Moderation.objects.all().delete()
    assert jobs.hand_out_re_audits(date(2017, 11, 28)) == 0  # more than three weeks before
    assert jobs.hand_out_re_audits(date(2017, 11, 29)) == 1
    again = CaseAudit.objects.get(re_audit_of=weak)
    assert (again.kind, again.selection, again.auditor, again.round) == ("re_audit", "targeted", other, None)
    assert again.due_on == date(2017, 12, 20) and weak.ref in again.selection_reason
    assert (again.team, again.worker_id) == ("FSP 1", "W1")
    (given,) = other.assignments.all()
    assert (given.reference, given.purpose) == (ref(1), f"case_audit.{again.ref}")
    assert jobs.hand_out_re_audits(TODAY) == 0
    CaseAudit.objects.filter(pk=again.pk).update(state="withdrawn")
    assert jobs.hand_out_re_audits(TODAY) == 1  # withdrawn: it is made anew, and late
    late = CaseAudit.objects.exclude(state="withdrawn").get(re_audit_of=weak)
    assert late.due_on == date(2018, 1, 9)  # five working days


def test_a_re_audit_waits_for_the_lead_where_nobody_is_free_or_nobody_holds_the_child():
    first = a_person("team_manager", unit=a_unit("FSP 2"))
    a_programme(first, a_person("team_manager", unit=a_unit("FSP 1")))  # the other manages the child's team
    a_weak_one(auditor=first)
    a_weak_one(auditor=first, child=99)
    said = {one.first.reference: one.why for one in to_make(TODAY)}
    assert "No auditor is free" in said[ref(1)] and "Nobody holds the child" in said[ref(99)]
    assert jobs.hand_out_re_audits(TODAY) == 0
    with pytest.raises(Refused, match="somebody else"):
        make_re_audit(CaseAudit.objects.get(reference=ref(1)), first, by=None)


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        ("inadequate", "good", "better"),
        ("requires_improvement", "requires_improvement", "same"),
        ("requires_improvement", "inadequate", "worse"),
        ("inadequate", "inadequate", "still_inadequate"),
        ("", "good", ""),
    ],
)
def test_two_grades_beside_each_other(first, again, said):
    assert verdict(first, again) == said


def test_a_re_audit_beside_what_it_repeats_question_by_question():
    first = a_weak_one("inadequate", answers=("not_met", "partly"))
    again = a_case_audit(
        "good", kind="re_audit", re_audit_of=first, reference=first.reference, answers=("met", "na")
    )
    found = compared(again)
    assert found.verdict == "better" and found.sentence == "Better than the first time."
    assert [(one.first, one.again, one.moved) for one in found.answers] == [
        ("Not met", "Met", "better"),
        ("Partly met", "Does not apply", ""),
    ]
    assert found.numbers == {"better": 1, "worse": 0, "same": 0}
    assert found.grades[0].words == "Overall" and found.grades[1].moved == "better"


def a_failed_one(action, by, *, again="inadequate"):
    """A re-audit that failed, of a case audit that led to an action of the plan and to a theme."""
    first = a_weak_one()
    one = an_audit_action(first, by, kind="system")
    services.take_into_plan(one, action, version=1, by=a_person("qa_lead"))
    return a_case_audit(again, kind="re_audit", re_audit_of=first, reference=first.reference)


def test_a_re_audit_that_failed_stands_against_the_plan_once_its_grade_is_final(manager):
    action = an_action()
    again = a_failed_one(action, manager)
    moderating_services.after_completion(again, by=again.auditor)
    assert not Evidence.objects.exists() and waiting() == []  # it is looked at again first
    look = Moderation.objects.get(case_audit=again)
    moderator = look.moderator
    moderating_services.give_blind_grade(look, grade="inadequate", text="No better.", by=moderator)
    (made,) = Evidence.objects.all()
    assert (made.action, made.kind, made.result, made.about_on) == (action, "case_audit", "against", DONE_ON)
    assert again.ref in made.text and ref(1) not in made.text and made.expires_on == date(2018, 11, 20)
    again.refresh_from_db()
    with pytest.raises(Refused, match="no action"):
        services.show_against_plan(again, by=moderator)  # once


def test_where_the_moderator_may_not_the_lead_shows_it(manager):
    action, moderator, lead = an_action(), a_person("auditor"), a_person("qa_lead")
    again = a_failed_one(action, manager)
    look = moderating_services.ask_for(again, moderator, by=lead)
    moderating_services.give_blind_grade(look, grade="inadequate", text="No better.", by=moderator)
    assert not Evidence.objects.exists()
    (found,) = waiting()
    assert (found.re_audit, found.verdict, found.actions) == (again, "worse", (action,))
    services.show_against_plan(found.re_audit, by=lead)
    assert waiting() == [] and Evidence.objects.get().action == action


def test_a_theme_leads_to_the_plan_too(manager):
    lead, action = a_person("qa_lead"), an_action()
    first = a_weak_one("inadequate")
    learning_services.begin_themes(by=lead)
    theme = Learning.objects.get(code="plan-without-dates")
    learning_services.code_with(first, [theme], by=first.auditor)
    learning_services.decide_outcome(
        theme, kind="plan_action", text="Taken into the plan.", action=action, by=lead
    )
    again = a_case_audit("inadequate", kind="re_audit", re_audit_of=first, reference=first.reference)
    (found,) = waiting()
    assert (found.re_audit, found.verdict, found.actions) == (again, "still_inadequate", (action,))


def test_a_case_audit_closes_once_nothing_is_left_to_do(manager):
    good = a_case_audit("good", reference=ref(3))
    weak = a_weak_one()
    one = an_audit_action(weak, manager)
    assert jobs.close_what_is_done(TODAY) == 1
    good.refresh_from_db()
    assert good.closed_on == TODAY
    with pytest.raises(Refused, match="is closed"):
        an_audit_action(good, a_person("qa_lead"))
    services.record_plan(weak, version=1, by=manager)
    services.complete_action(one, version=1, outcome="Seen.", completed_on=TODAY, by=manager)
    assert jobs.close_what_is_done(TODAY) == 0  # its re-audit is due
    a_case_audit("good", kind="re_audit", re_audit_of=weak, reference=weak.reference, state="under_way")
    assert jobs.close_what_is_done(TODAY) == 0
    a_case_audit("good", kind="re_audit", re_audit_of=weak, reference=weak.reference)
    assert jobs.close_what_is_done(TODAY) == 2
    assert Event.objects.filter(what="case_audit.closed").count() == 3


def test_whoever_is_late_is_told_once_with_a_link_and_nothing_of_a_child(
    manager, django_capture_on_commit_callbacks
):
    weak = a_weak_one()
    an_audit_action(weak, manager, set_on=date(2017, 11, 21), due_on=date(2017, 12, 1))
    an_audit_action(weak, manager, set_on=date(2017, 11, 21), due_on=date(2017, 12, 4))
    late = a_case_audit(state="handed_out", reference=ref(4))
    with django_capture_on_commit_callbacks(execute=True):
        jobs.nightly(by=None)
        jobs.nightly(by=None)
    told = {(one.to[0], one.subject) for one in mail.outbox}
    assert (manager.email, "Actions after case audits that are overdue") in told
    assert (manager.email, "Plans after case audits that are overdue") in told
    assert (late.auditor.email, "Case audits that are overdue") in told
    (actions,) = [one for one in mail.outbox if one.subject.startswith("Actions")]
    assert "2 actions" in actions.body and "http" in actions.body
    for one in mail.outbox:
        assert ref(1) not in one.body and weak.ref not in one.body


def test_the_night_begins_second_looks_and_hands_out_re_audits():
    a_programme(a_person("team_manager", unit=a_unit("FSP 2")))
    a_person("qa_lead")
    a_case_audit("good", reference=ref(5))
    a_case_audit("outstanding", reference=ref(6))  # completed before there was moderation
    a_weak_one()
    jobs.nightly(by=None)
    assert sorted(Moderation.objects.values_list("why", flat=True)) == ["drawn", "drawn", "grade"]
    assert CaseAudit.objects.filter(kind="re_audit").count() == 1
    jobs.nightly(by=None)
    assert Moderation.objects.count() == 3 and CaseAudit.objects.filter(kind="re_audit").count() == 1
