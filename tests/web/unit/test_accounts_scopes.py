"""Whose children somebody may see; figures-only roles can get no scope at all (tests 1-4, 18, 19)."""

from datetime import date, timedelta

import pytest

from goldenthread_web.accounts.models import Assignment, EmergencyAccess
from goldenthread_web.accounts.refusals import NoChildren
from goldenthread_web.accounts.roles import Permission, Reach, roles
from goldenthread_web.accounts.scopes import ChildScope, child_scope
from goldenthread_web.config.clock import now
from tests.web.builders import a_person, a_unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

CHILD = "a" * 20
AGGREGATE_ONLY = sorted(code for code, role in roles().items() if role.reach is Reach.NONE)


def test_members_board_partners_officer_and_administrator_are_aggregate_only():
    assert set(AGGREGATE_ONLY) == {
        "programme_manager",
        "board_member",
        "elected_member",
        "scrutiny_member",
        "section_151_officer",
        "solicitor",
        "improvement_partner",
        "data_protection_officer",
        "administrator",
    }


@pytest.mark.parametrize("role", AGGREGATE_ONLY)
def test_an_aggregate_only_role_gets_no_scope_whatever_stands_in_its_account(role):
    person = a_person(role, unit=a_unit(), worker_id="W1")
    Assignment.objects.create(
        person=person,
        reference=CHILD,
        purpose="case_audit",
        starts_on=date(2018, 1, 1),
        ends_on=date(2018, 12, 31),
    )
    EmergencyAccess.objects.create(
        person=person,
        reference=CHILD,
        reason="cover",
        explanation="x" * 20,
        opened_at=now(),
        ends_at=now() + timedelta(hours=1),
    )
    with pytest.raises(NoChildren, match="figures only"):
        child_scope(person)


@pytest.mark.parametrize("role", AGGREGATE_ONLY)
def test_an_aggregate_only_role_has_no_permission_that_leads_to_children(role):
    lead_there = {
        Permission.SEE_CHILDREN,
        Permission.SEE_CHILDREN_BEHIND_FIGURES,
        Permission.EXPORT_CHILDREN,
        Permission.APPROVE_EXPORTS,
        Permission.SEE_WORKLIST,
        Permission.RECORD_OVERSIGHT,
        Permission.BREAK_GLASS,
        Permission.LOAD_EXTRACTS,
    }
    assert not roles()[role].permissions & lead_there


@pytest.mark.parametrize("role", sorted({"data_protection_officer", "administrator"}))
def test_the_officer_and_the_administrator_see_no_data_at_all(role):
    sees = {one for one in roles()[role].permissions if one.startswith("see_")}
    assert sees <= {Permission.SEE_TRAIL, Permission.SEE_JOBS}


def test_a_scope_cannot_be_made_by_hand():
    with pytest.raises(NoChildren):
        ChildScope(
            everyone=True,
            teams=frozenset(),
            worker_id="",
            references=frozenset(),
            barred=frozenset(),
            person_id=1,
        )


def test_a_social_worker_sees_their_own_and_their_team_does_not_widen_it():
    scope = child_scope(a_person("social_worker", unit=a_unit(), worker_id="W1"))
    assert (scope.everyone, scope.teams, scope.worker_id) == (False, frozenset(), "W1")


def test_a_social_worker_without_a_key_sees_nobody():
    assert child_scope(a_person("social_worker")).is_empty


def test_a_team_manager_sees_the_team_while_it_exists():
    assert child_scope(a_person("team_manager", unit=a_unit("FSP 1"))).teams == {"FSP 1"}
    ended = a_unit("FSP 9", ends_on=date(2018, 1, 1))
    assert child_scope(a_person("team_manager", unit=ended)).is_empty
    starts = a_unit("FSP 8", starts_on=date(2018, 1, 3))
    assert child_scope(a_person("team_manager", unit=starts)).is_empty


def test_a_worker_key_widens_no_manager():
    assert child_scope(a_person("team_manager", worker_id="W1")).worker_id == ""


def test_a_manager_with_a_unit_of_the_wrong_kind_sees_nobody():
    service = a_unit("Family Support", kind="service")
    assert child_scope(a_person("team_manager", unit=service)).is_empty
    assert child_scope(a_person("service_manager", unit=a_unit())).is_empty


def test_a_service_manager_sees_the_teams_of_the_service_today():
    a_unit("FSP 1"), a_unit("FSP 2"), a_unit("AI 1", service="Assessment")
    a_unit("FSP 3", ends_on=date(2017, 12, 31)), a_unit("FSP 4", starts_on=date(2018, 2, 1))
    assert child_scope(a_person("service_manager")).teams == {"FSP 1", "FSP 2"}


@pytest.mark.parametrize("role", ["head_of_service", "director", "performance_analyst", "qa_lead"])
def test_some_see_everybody_and_must_give_a_reason_behind_a_figure(role):
    assert child_scope(a_person(role)).everyone
    assert roles()[role].needs_reason


@pytest.mark.parametrize("role", ["auditor", "inspector"])
def test_an_assignment_is_seen_from_its_first_to_its_last_day(role):
    person = a_person(role)
    for reference, starts, ends in (
        ("1" * 20, date(2017, 12, 1), date(2018, 1, 1)),
        ("2" * 20, date(2017, 12, 1), date(2018, 1, 2)),
        ("3" * 20, date(2018, 1, 2), date(2018, 1, 31)),
        ("4" * 20, date(2018, 1, 3), date(2018, 1, 31)),
    ):
        Assignment.objects.create(
            person=person, reference=reference, purpose="case_audit", starts_on=starts, ends_on=ends
        )
    scope = child_scope(person)
    assert scope.references == {"2" * 20, "3" * 20}
    assert not scope.everyone and not scope.teams


def test_an_assignment_is_nothing_to_other_roles():
    manager = a_person("team_manager")
    Assignment.objects.create(
        person=manager,
        reference=CHILD,
        purpose="case_audit",
        starts_on=date(2018, 1, 1),
        ends_on=date(2018, 2, 1),
    )
    assert child_scope(manager).references == set()


def test_a_closed_account_gets_no_scope():
    with pytest.raises(NoChildren):
        child_scope(a_person("director", is_active=False))


def test_a_reference_tells_nothing_and_is_another_in_another_installation(settings, monkeypatch):
    from goldenthread_web.accounts.children import LENGTH, reference

    reference.cache_clear()
    here = reference("C-1")
    assert len(here) == LENGTH and "C-1" not in here and here == reference("C-1") != reference("C-2")
    monkeypatch.setitem(settings.INSTALLATION.secrets, "children", "another key" * 4)
    reference.cache_clear()
    assert reference("C-1") != here
    reference.cache_clear()
