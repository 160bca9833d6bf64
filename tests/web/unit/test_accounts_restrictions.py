"""Restricted children and declared relations: four eyes, and for everybody (tests 12, 15, 16)."""

import pytest
from django.db import IntegrityError, transaction

from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.emergency_services import NO_SUCH_CHILD, ask
from goldenthread_web.accounts.models import Assignment, EmergencyAccess, Restriction
from goldenthread_web.accounts.refusals import NotAllowed, NotForYourself, Refused
from goldenthread_web.accounts.relation_services import declare_relation, withdraw_relation
from goldenthread_web.accounts.restriction_services import (
    decide_restriction,
    propose_lifting,
    propose_restriction,
)
from goldenthread_web.accounts.roles import Permission, roles
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.config.clock import today
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
CHILD, OTHER = reference("c1"), reference("c2")


def proposed(*viewers, by=None, reason="police_operation", child=CHILD):
    return propose_restriction(child, reason=reason, viewers=viewers, by=by or a_person("head_of_service"))


def approved(*viewers, child=CHILD):
    made = proposed(*viewers, child=child)
    decide_restriction(made, is_approved=True, by=a_person("data_protection_officer"))
    return made


def is_barred(person, child=CHILD):
    return child in child_scope(person).barred


def test_from_the_proposal_on_only_those_on_the_list_see_the_child():
    on_it, director = a_person("team_manager"), a_person("director")
    proposed(on_it)
    assert is_barred(director) and not is_barred(on_it)
    assert not is_barred(director, OTHER)


def test_who_proposes_is_on_no_list_and_does_not_decide():
    head = a_person("head_of_service")
    made = proposed(by=head)
    with pytest.raises(NotForYourself, match="you proposed it"):
        decide_restriction(made, is_approved=True, by=head)
    assert is_barred(head)
    made.refresh_from_db()
    assert made.decided_at is None


def test_the_database_refuses_one_who_decides_on_their_own():
    head = a_person("head_of_service")
    made = proposed(by=head)
    with pytest.raises(IntegrityError), transaction.atomic():
        Restriction.objects.filter(pk=made.pk).update(decided_by=head)
    with pytest.raises(IntegrityError), transaction.atomic():
        Restriction.objects.filter(pk=made.pk).update(ended_at=made.proposed_at)


def test_a_first_proposal_that_is_refused_restricts_nobody_any_longer():
    director = a_person("director")
    made = proposed()
    decide_restriction(made, is_approved=False, by=director)
    assert not is_barred(director)
    with pytest.raises(Refused, match="decided before"):
        decide_restriction(made, is_approved=True, by=director)


def test_it_is_lifted_only_when_somebody_else_approves_that():
    analyst, head = a_person("performance_analyst"), a_person("head_of_service")
    approved()
    lifting = propose_lifting(CHILD, by=head)
    assert is_barred(analyst)
    with pytest.raises(NotForYourself):
        decide_restriction(lifting, is_approved=True, by=head)
    assert is_barred(analyst)
    decide_restriction(lifting, is_approved=True, by=a_person("director"))
    assert not is_barred(analyst)
    with pytest.raises(Refused, match="not restricted"):
        propose_lifting(CHILD, by=head)


def test_lifting_that_is_refused_leaves_everything_as_it_was():
    analyst = a_person("performance_analyst")
    approved()
    lifting = propose_lifting(CHILD, by=a_person("head_of_service"))
    decide_restriction(lifting, is_approved=False, by=a_person("director"))
    assert is_barred(analyst)


def test_while_another_list_waits_only_who_is_on_both_sees_the_child():
    stays, leaves, comes = (a_person("team_manager") for _ in range(3))
    approved(stays, leaves)
    other = proposed(stays, comes)
    assert [is_barred(person) for person in (stays, leaves, comes)] == [False, True, True]
    decide_restriction(other, is_approved=True, by=a_person("director"))
    assert [is_barred(person) for person in (stays, leaves, comes)] == [False, True, False]


def test_another_list_that_is_refused_leaves_the_one_before():
    stays, comes = a_person("team_manager"), a_person("team_manager")
    approved(stays)
    decide_restriction(proposed(comes), is_approved=False, by=a_person("director"))
    assert (is_barred(stays), is_barred(comes)) == (False, True)


def test_the_list_widens_nobodys_reach():
    worker = a_person("social_worker", worker_id="W2")
    approved(worker)
    assert CHILD not in child_scope(worker).references


def test_one_proposal_waits_for_a_child_at_a_time():
    proposed()
    with pytest.raises(Refused, match="waits for a decision"):
        proposed()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [({"reason": ""}, "choose one of the reasons"), ({"reason": "because"}, "choose one of the reasons")],
)
def test_without_a_reason_it_is_refused(values, sentence):
    with pytest.raises(Refused, match=sentence):
        proposed(**values)


def test_a_list_names_only_people_who_see_children():
    for person in (a_person("board_member"), a_person("team_manager", is_active=False)):
        with pytest.raises(Refused, match="no open account that sees children"):
            proposed(person)
    assert not Restriction.objects.exists()


@pytest.mark.parametrize("role", sorted(roles()))
def test_who_may_propose_and_who_may_decide(role):
    person, made = a_person(role), proposed()
    if role in ("head_of_service", "director"):
        assert proposed(by=person, child=OTHER).proposed_by == person
    else:
        with pytest.raises(NotAllowed):
            proposed(by=person, child=OTHER)
    if role in ("head_of_service", "director", "data_protection_officer"):
        decide_restriction(made, is_approved=True, by=person)
        assert made.proposed_by != person
    else:
        with pytest.raises(NotAllowed):
            decide_restriction(made, is_approved=True, by=person)


def test_the_trail_says_who_proposed_and_who_decided_in_codes_alone():
    viewer = a_person("team_manager")
    made = approved(viewer)
    first, second = Event.objects.filter(what__startswith="restriction.")
    assert (first.what, first.about_key, first.reason) == ("restriction.proposed", CHILD, "police_operation")
    assert first.changes == {"restriction": made.pk, "kind": "restrict", "people": [viewer.pk]}
    assert second.what == "restriction.approved" and second.by_role == "data_protection_officer"


def test_the_director_too_sees_nothing_of_a_child_to_whom_they_are_related():
    director, head = a_person("director"), a_person("head_of_service")
    declare_relation(CHILD, by=director)
    assert is_barred(director) and not is_barred(head) and not is_barred(director, OTHER)


def test_being_on_the_list_opens_no_relative():
    director = a_person("director")
    declare_relation(CHILD, by=director)
    approved(director)
    assert is_barred(director)


def test_a_relative_does_not_decide_who_sees_the_child():
    director = a_person("director")
    declare_relation(CHILD, by=director)
    with pytest.raises(NotForYourself, match="related to the child"):
        decide_restriction(proposed(), is_approved=False, by=director)


@pytest.mark.parametrize("role", ["data_protection_officer", "administrator"])
def test_a_relation_is_withdrawn_by_somebody_else(role):
    worker = a_person("social_worker", worker_id="W1")
    made = declare_relation(CHILD, by=worker)
    with pytest.raises(NotAllowed):
        withdraw_relation(made, by=worker)
    withdraw_relation(made, by=a_person(role))
    assert not is_barred(worker)
    assert declare_relation(CHILD, by=worker).pk != made.pk


def test_nobody_withdraws_their_own_relation_whatever_their_role():
    officer = a_person("data_protection_officer")
    made = declare_relation(CHILD, by=officer)
    with pytest.raises(NotForYourself):
        withdraw_relation(made, by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        officer.relations.update(withdrawn_by=officer)


def test_a_relation_is_declared_once_and_recorded():
    worker = a_person("social_worker", worker_id="W1")
    declare_relation(CHILD, by=worker)
    with pytest.raises(Refused, match="before"):
        declare_relation(CHILD, by=worker)
    event = Event.objects.get(what="relation.declared")
    assert (event.by_id, event.about_kind, event.about_key) == (worker.pk, "child", CHILD)


@pytest.mark.parametrize("how", ["restricted", "related"])
def test_an_emergency_opens_neither_and_does_not_tell_why(how):
    manager = a_person("team_manager")
    approved() if how == "restricted" else declare_relation(CHILD, by=manager)
    with pytest.raises(Refused) as refusal:
        ask(CHILD, reason="harm_now", explanation="Called by the police at night.", by=manager)
    assert str(refusal.value) == NO_SUCH_CHILD
    assert not EmergencyAccess.objects.exists()


def test_an_emergency_that_is_open_ends_when_the_child_is_restricted():
    manager = a_person("team_manager")
    ask(CHILD, reason="harm_now", explanation="Called by the police at night.", by=manager)
    assert child_scope(manager).references == {CHILD}
    proposed()
    assert child_scope(manager).references == set()


def test_a_sample_does_not_hand_over_a_restricted_child():
    auditor = a_person("auditor")
    for child in (CHILD, OTHER):
        Assignment.objects.create(
            person=auditor, reference=child, purpose="case_audit", starts_on=today(), ends_on=today()
        )
    proposed()
    assert child_scope(auditor).references == {OTHER}


def test_proposing_and_deciding_are_two_permissions():
    may = {code for code, role in roles().items() if Permission.RESTRICT_CHILDREN in role.permissions}
    assert may == {"head_of_service", "director"}
