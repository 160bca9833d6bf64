"""Moderation: who is looked at again and by whom, blind before final, which grade counts; the Events."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from goldenthread_web.accounts.models import Relation
from goldenthread_web.accounts.refusals import NotAllowed, NotForYourself, Refused
from goldenthread_web.accounts.restriction_services import propose_restriction
from goldenthread_web.case_audits import moderating_services as services
from goldenthread_web.case_audits.following_queries import may_see
from goldenthread_web.case_audits.models import CaseAudit, Moderation
from goldenthread_web.case_audits.moderating_drawing import batches, drawn, how_many
from goldenthread_web.case_audits.reading import must_grade_first
from goldenthread_web.config.clock import now
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person, a_unit
from tests.web.following_builders import TODAY, a_case_audit, a_round

pytestmark = pytest.mark.django_db
CHILD = "a" * 20


@pytest.fixture
def moderator():
    return a_person("qa_lead")


def looked_again(case_audit, moderator, **said):
    """A moderation of this case audit by this moderator."""
    made = services.ask_for(case_audit, moderator, by=a_person("qa_lead"))
    if said:
        services.give_blind_grade(made, text="What it rests on.", by=moderator, **said)
        made.refresh_from_db()
    return made


def test_every_inadequate_and_outstanding_one_is_looked_at_again_at_once(moderator):
    for grade in ("inadequate", "outstanding"):
        done = a_case_audit(grade)
        services.after_completion(done, by=done.auditor)
        found = Moderation.objects.get(case_audit=done)
        assert (found.why, found.moderator, found.due_on) == ("grade", moderator, date(2017, 12, 4))
        services.after_completion(done, by=done.auditor)  # once more does no harm
    for grade in ("good", "requires_improvement"):
        done = a_case_audit(grade)
        services.after_completion(done, by=done.auditor)
        assert not Moderation.objects.filter(case_audit=done).exists()
    event = Event.objects.filter(what="moderation.begun").first()
    assert set(event.changes) == {"case_audit", "moderator"}


def test_what_follows_a_weak_grade_has_its_days(moderator):
    weak = a_case_audit("requires_improvement", reference=CHILD)
    services.after_completion(weak, by=weak.auditor)
    assert (weak.plan_due_on, weak.re_audit_due_on) == (date(2017, 11, 27), date(2018, 1, 15))
    failed = a_case_audit("inadequate", reference=CHILD)
    services.after_completion(failed, by=failed.auditor)
    assert (failed.plan_due_on, failed.re_audit_due_on) == (date(2017, 11, 27), date(2017, 12, 20))
    good = a_case_audit("good", reference=CHILD)
    services.after_completion(good, by=good.auditor)
    assert (good.plan_due_on, good.re_audit_due_on) == (None, None)
    with pytest.raises(Refused, match="not completed"):
        services.after_completion(a_case_audit(state="under_way"), by=a_person("auditor"))


def test_an_observation_cannot_be_looked_at_again(moderator):
    seen = a_case_audit("outstanding", kind="observation")
    services.after_completion(seen, by=seen.auditor)
    assert not Moderation.objects.exists()


@pytest.mark.parametrize(("of", "number"), [(0, 0), (3, 3), (5, 5), (6, 5), (25, 5), (26, 6), (60, 12)])
def test_a_fifth_is_drawn_and_at_least_five(of, number):
    assert how_many(of) == number


def test_the_same_seed_draws_the_same_and_the_order_of_the_list_does_not_matter():
    refs = [f"A{number}" for number in range(1, 41)]
    first = drawn(refs, "month-2017-11-abc")
    assert first == drawn(reversed(refs), "month-2017-11-abc") and len(first) == 8
    assert first != drawn(refs, "month-2017-11-abd")


def test_a_round_is_drawn_from_once_it_is_over(moderator):
    of = a_round()
    done = [a_case_audit("good", round=of, completed_on=date(2017, 10, 10)) for _ in range(8)]
    a_case_audit("inadequate", round=of)  # looked at again anyway, and not drawn from
    busy = a_case_audit(state="under_way", round=of)
    assert batches(date(2017, 11, 6)) == []
    (batch,) = batches(date(2017, 11, 7))  # ten working days after its due day it is drawn from as it is
    assert batch.key == f"round-{done[0].ref}" and set(batch.case_audits) == set(done)
    CaseAudit.objects.filter(pk=busy.pk).update(state="withdrawn")
    (batch,) = batches(date(2017, 10, 20))
    made = services.draw(batch, on=date(2017, 10, 20), by=None)
    assert len(made) == 5 and {one.why for one in made} == {"drawn"}
    (seed,) = {one.seed for one in made}
    assert [one.case_audit.ref for one in made] == drawn([one.ref for one in done], seed)
    assert batches(date(2017, 12, 31)) == []
    event = Event.objects.get(what="moderation.drawn")
    assert event.changes["seed"] == seed and event.changes["from"] == 8 and len(event.changes["drawn"]) == 5


def test_what_is_of_no_round_is_drawn_from_once_its_month_is_over(moderator):
    a_case_audit("good", completed_on=date(2017, 11, 30))
    assert batches(date(2017, 11, 30)) == []
    (batch,) = batches(date(2017, 12, 1))
    assert batch.key == "month-2017-11"
    services.draw(batch, on=date(2017, 12, 1), by=None)
    late = a_case_audit("good", completed_on=date(2017, 11, 29))
    CaseAudit.objects.filter(pk=late.pk)  # completed before the drawing, but written after it
    assert batches(date(2017, 12, 2)) == []
    later = a_case_audit("requires_improvement", state="under_way")
    later.state, later.completed_on, later.completed_at = "completed", date(2017, 11, 29), now()
    later.save()
    (batch,) = batches(date(2017, 12, 2))
    assert batch.case_audits == (later,)


def test_nobody_looks_again_at_what_they_have_to_do_with():
    auditor = a_person("qa_lead")
    manager = a_person("head_of_service", unit=a_unit("FSP 1"))
    related, barred = a_person("director"), a_person("auditor")
    Relation.objects.create(person=related, reference=CHILD, declared_at=now())
    propose_restriction(
        CHILD,
        reason=_a_reason(),
        viewers=[auditor, manager, related],
        by=a_person("head_of_service", is_active=True, unit=None),
    )
    done = a_case_audit("good", auditor=auditor, reference=CHILD)
    for person, sentence in (
        (auditor, "audited it themselves"),
        (related, "may not see the child"),
        (barred, "may not see the child"),
        (a_person("team_manager"), "do not moderate"),
    ):
        with pytest.raises(Refused, match=sentence):
            services.ask_for(done, person, by=a_person("qa_lead"))


def _a_reason():
    from goldenthread_web.accounts.restrictions import reasons

    return next(iter(reasons()))


def test_whoever_audited_it_the_first_time_does_not_moderate_the_re_audit():
    first = a_case_audit("inadequate", auditor=a_person("qa_lead"))
    again = a_case_audit("inadequate", kind="re_audit", re_audit_of=first)
    with pytest.raises(Refused, match="the first time"):
        services.ask_for(again, first.auditor, by=a_person("qa_lead"))
    services.after_completion(again, by=again.auditor)
    assert Moderation.objects.get(case_audit=again).moderator != first.auditor


def test_where_nobody_is_free_somebody_is_named():
    done = a_case_audit("outstanding", auditor=a_person("qa_lead"))
    services.after_completion(done, by=done.auditor)
    waiting = Moderation.objects.get(case_audit=done)
    assert waiting.moderator is None
    head = a_person("head_of_service")
    with pytest.raises(NotAllowed):
        services.name_moderator(waiting, head, by=head)
    services.name_moderator(waiting, head, on=TODAY, by=done.auditor)
    waiting.refresh_from_db()
    assert (waiting.moderator, waiting.due_on) == (head, date(2018, 1, 16))
    with pytest.raises(Refused, match="already"):
        services.name_moderator(waiting, head, by=done.auditor)


def test_work_goes_to_whoever_has_least_of_it():
    one, other = a_person("auditor"), a_person("auditor")
    for _ in range(4):
        done = a_case_audit("outstanding")
        services.after_completion(done, by=done.auditor)
    held = [Moderation.objects.filter(moderator=person).count() for person in (one, other)]
    assert held == [2, 2]


def test_the_child_is_open_to_the_moderator_until_it_is_settled(moderator):
    done = a_case_audit("good", reference=CHILD)
    made = looked_again(done, moderator)
    (given,) = moderator.assignments.all()
    assert (given.reference, given.purpose) == (CHILD, f"moderation.{done.ref}")
    assert given.ends_on == made.due_on + timedelta(days=28)
    services.give_blind_grade(made, grade="good", text="The same.", by=moderator)
    given.refresh_from_db()
    assert given.ends_on < TODAY


def test_blind_comes_first_and_stays(moderator):
    done = a_case_audit("good")
    made = looked_again(done, moderator)
    assert must_grade_first(moderator, [done.pk]) == {done.pk} and not may_see(moderator, done)
    with pytest.raises(Refused, match="your own grade first"):
        services.settle(made, grade="good", reason="", is_agreed=True, by=moderator)
    with pytest.raises(Refused, match="four grades"):
        services.give_blind_grade(made, grade="fair", text="Words.", by=moderator)
    with pytest.raises(Refused, match="what your grade rests on"):
        services.give_blind_grade(made, grade="good", text=" ", by=moderator)
    services.give_blind_grade(made, grade="requires_improvement", text="No plan.", by=moderator)
    with pytest.raises(Refused, match="stays as it was given"):
        services.give_blind_grade(made, grade="good", text="After all.", by=moderator)
    done.refresh_from_db()
    assert must_grade_first(moderator, [done.pk]) == set() and may_see(moderator, done)
    with pytest.raises(Refused, match="whoever gave it settles it"):
        services.name_moderator(made, a_person("auditor"), by=a_person("qa_lead"))
    assert Event.objects.get(what="moderation.graded").changes == {"case_audit": done.ref, "is_same": False}


def test_an_auditor_cannot_give_or_settle_the_grade_of_their_own_case_audit(moderator):
    auditor = a_person("qa_lead")
    made = looked_again(a_case_audit("good", auditor=auditor), moderator)
    for person in (auditor, a_person("head_of_service")):
        with pytest.raises(NotForYourself):
            services.give_blind_grade(made, grade="good", text="Mine.", by=person)
        with pytest.raises(NotForYourself):
            services.settle(made, grade="good", reason="", is_agreed=True, by=person)
    with pytest.raises(NotAllowed):
        services.give_blind_grade(made, grade="good", text="Words.", by=a_person("team_manager"))


def test_two_who_agree_settle_it(moderator):
    done = a_case_audit("good")
    made = looked_again(done, moderator, grade="good")
    done.refresh_from_db()
    assert (made.final_grade, made.is_agreed, made.reason) == ("good", True, "")
    assert (done.moderated_grade, done.final_grade, done.moderated_on) == ("good", "good", TODAY)
    with pytest.raises(Refused, match="settled already"):
        services.settle(made, grade="good", reason="", is_agreed=True, by=moderator)


def test_another_grade_counts_with_a_reason_and_the_first_is_kept(moderator):
    done = a_case_audit("good", reference=CHILD)
    services.after_completion(done, by=done.auditor)
    made = looked_again(done, moderator, grade="requires_improvement")
    with pytest.raises(Refused, match="why another grade"):
        services.settle(made, grade="requires_improvement", reason=" ", is_agreed=False, by=moderator)
    services.settle(
        made, grade="requires_improvement", reason="The plan has no dates.", is_agreed=True, by=moderator
    )
    done.refresh_from_db()
    assert (done.grade, done.moderated_grade, done.final_grade) == (
        "good",
        "requires_improvement",
        "requires_improvement",
    )
    # It was not weak before: its plan and re-audit count from the day on which it became so.
    assert (done.plan_due_on, done.re_audit_due_on) == (date(2018, 1, 9), date(2018, 2, 27))
    assert Event.objects.get(what="moderation.settled").changes["is_changed"] is True


def test_a_weak_grade_that_is_lifted_needs_no_plan(moderator):
    done = a_case_audit("inadequate", reference=CHILD, domain_grades={"plan": "good"})
    services.after_completion(done, by=done.auditor)
    made = Moderation.objects.get(case_audit=done)
    services.give_blind_grade(made, grade="good", text="It is on file.", by=moderator)
    services.settle(made, grade="good", reason="The plan was on file.", is_agreed=True, by=moderator)
    done.refresh_from_db()
    assert (done.plan_due_on, done.re_audit_due_on, done.final_grade) == (None, None, "good")


def test_limiting_judgements_hold_for_the_grade_that_counts(moderator):
    done = a_case_audit(
        "requires_improvement",
        judged_grade="good",
        limits=["weakest-domain"],
        domain_grades={"plan": "inadequate"},
    )
    made = looked_again(done, moderator)
    services.give_blind_grade(made, grade="outstanding", text="It helps.", by=moderator)
    # Limits hold both down to one grade above the plan: they agree.
    made.refresh_from_db()
    assert (made.blind_grade, made.final_grade, made.is_agreed) == (
        "outstanding",
        "requires_improvement",
        True,
    )
    other = a_case_audit("inadequate", domain_grades={"plan": "inadequate"})
    second = looked_again(other, moderator, grade="requires_improvement")
    with pytest.raises(Refused, match="one above the weakest"):
        services.settle(second, grade="good", reason="Because.", is_agreed=True, by=moderator)


@pytest.mark.both_databases
def test_the_database_keeps_blind_before_final(moderator):
    made = looked_again(a_case_audit("good"), moderator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Moderation.objects.filter(pk=made.pk).update(final_grade="good")


@pytest.mark.both_databases
def test_only_one_moderation_of_a_case_audit(moderator):
    done = a_case_audit("good")
    looked_again(done, moderator)
    with pytest.raises(Refused, match="already"):
        services.ask_for(done, a_person("auditor"), by=moderator)
