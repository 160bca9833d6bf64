"""The pages of people, roles and emergency access: status, access, what a person reads."""

from datetime import timedelta

import pytest
from django.urls import reverse

from goldenthread_web.accounts.models import EmergencyAccess, RoleProposal, User
from goldenthread_web.accounts.roles import roles
from goldenthread_web.config.clock import now
from goldenthread_web.extracts.children import Child, ChildIndex
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person, a_unit, signed_in
from tests.web.full_disk import full_disk
from tests.web.reading import page_of

pytestmark = pytest.mark.django_db


def read(answer):
    assert answer.status_code == 200, answer.status_code
    return page_of(answer)


def proposal_for(person, by=None, role="head_of_service"):
    return RoleProposal.objects.create(
        person=person, role=role, proposed_by=by or a_person("administrator"), proposed_at=now()
    )


# The first page, and my own


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("team_manager", "worklist:this_morning"),
        ("data_protection_officer", "trail:search"),
        ("administrator", "accounts:people"),
        ("qa_lead", "case_audits:list"),
        ("auditor", "case_audits:mine"),
        ("programme_manager", "improvement:plan"),
        ("improvement_partner", "figures:scorecard"),
        ("section_151_officer", "resources:list"),
        ("solicitor", "reports:list"),
    ],
)
def test_home_is_where_the_work_of_a_role_begins(client, role, first):
    signed_in(client, role)
    assert client.get("/")["Location"] == reverse(first)


@pytest.mark.parametrize("role", roles())
def test_every_role_may_open_the_page_it_begins_at(client, role):
    signed_in(client, role)
    assert client.get("/", follow=True).status_code == 200


def test_my_account_says_what_i_may_do_and_when_i_was_here(client):
    person = a_person("team_manager", email="team-manager@demo.example")
    client.post("/demo/sign-in", {"account": person.pk})
    page = read(client.get("/account"))
    assert roles()["team_manager"].description.replace("'", "&#39;") in page
    assert "Record management oversight" in page and "manage accounts" not in page.lower()
    assert "You work in FSP 1." in page
    assert "127.0.0.1" in page


def test_a_page_that_the_role_may_not_open_says_whom_to_ask_and_is_an_event(client):
    person = signed_in(client, "board_member")
    answer = client.get(reverse("accounts:people"))
    assert answer.status_code == 403
    assert "Your role does not let you manage accounts. If you need to, ask the administrator." in (
        answer.content.decode()
    )
    event = Event.objects.get()
    assert (event.what, event.by_id, event.about_key) == ("page.refused", person.pk, "manage_people")


def test_every_role_is_described(client):
    signed_in(client, "social_worker")
    page = read(client.get(reverse("accounts:roles")))
    for role in roles().values():
        assert role.description.replace("'", "&#39;") in page


# People


@pytest.mark.both_databases
def test_the_list_is_filtered_and_paged(client, django_assert_max_num_queries):
    signed_in(client, "administrator")
    for number in range(60):
        a_person("programme_manager", title=f"Programme manager {number}")
    a_person("director", title="The director", is_active=False)
    proposal_for(a_person("auditor", title="Auditor, waiting", is_active=False))
    with django_assert_max_num_queries(12):
        page = read(client.get(reverse("accounts:people")))
    assert "1 to 50 of 64 accounts" in page
    closed = read(client.get(reverse("accounts:people"), {"state": "closed"}))
    assert (
        "The director" in closed
        and "Auditor, waiting" not in closed
        and "Programme" not in closed.split("<table")[1]
    )
    assert "Auditor, waiting" in read(client.get(reverse("accounts:people"), {"state": "waiting"}))
    assert "1 account" in read(client.get(reverse("accounts:people"), {"words": "manager 59"}))
    assert client.get(reverse("accounts:people"), {"state": "anything"}).status_code == 404


def test_making_an_account_takes_a_second_person(client):
    signed_in(client, "administrator")
    values = {
        "email": "new@council.example",
        "title": "Team manager, FSP 1",
        "role": "team_manager",
        "unit": a_unit().pk,
    }
    assert client.post(reverse("accounts:new"), values).status_code == 302
    person = User.objects.get(email="new@council.example")
    assert not person.is_active
    approver = signed_in(client, "director")
    page = read(client.get(reverse("accounts:proposals")))
    assert "new@council.example" in page and "FSP 1" in page
    client.post(reverse("accounts:decide", args=[person.proposals.get().pk]), {"answer": "approve"})
    person.refresh_from_db()
    assert (person.is_active, person.role) == (True, "team_manager")
    assert Event.objects.get(what="role.approved").by_id == approver.pk


def test_fields_that_are_not_asked_for_change_nothing(client):
    signed_in(client, "administrator")
    person = a_person("programme_manager")
    more = {"is_active": "", "email": "else@council.example", "is_approved": "on", "decided_by": person.pk,
            "session_number": 9, "password": "x", "person": 1, "proposed_by": person.pk}  # fmt: skip
    client.post(reverse("accounts:person", args=[person.pk]), {"role": "director"} | more)
    after = User.objects.get(pk=person.pk)
    assert (after.email, after.role, after.is_active, after.session_number) == (
        person.email,
        "programme_manager",
        True,
        0,
    )
    proposal = person.proposals.get()
    assert (proposal.role, proposal.is_approved, proposal.decided_by) == ("director", None, None)
    assert proposal.proposed_by != person


def test_what_is_refused_stands_beside_the_form(client):
    signed_in(client, "administrator")
    person = a_person("programme_manager")
    page = read(client.post(reverse("accounts:person", args=[person.pk]), {"role": "team_manager"}))
    assert "choose the team that the person answers for" in page
    assert "There is a problem" in page
    assert not RoleProposal.objects.exists()


def test_nobody_changes_their_own_rights_and_trying_is_told(
    client, mailoutbox, django_capture_on_commit_callbacks
):
    officer = a_person("data_protection_officer")
    me = signed_in(client, "administrator")
    page = read(client.get(reverse("accounts:person", args=[me.pk])))
    assert "another administrator changes it" in page and "Ask for approval" not in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("accounts:person", args=[me.pk]), {"role": "director"})
    assert answer.status_code == 403
    assert "You cannot propose a role for yourself" in answer.content.decode()
    assert Event.objects.filter(what="account.own_attempt", by_id=me.pk).count() == 1
    assert [message.to for message in mailoutbox] == [[officer.email]]
    for action in ("close", "send_link", "remove_second_factor"):
        assert client.post(reverse(f"accounts:{action}", args=[me.pk])).status_code == 403
    me.refresh_from_db()
    assert (me.role, me.is_active) == ("administrator", True)


def test_an_approver_has_no_buttons_for_what_is_about_them(client):
    me = signed_in(client, "director")
    proposal = proposal_for(me)
    assert "Somebody else must decide on this" in read(client.get(reverse("accounts:proposals")))
    assert (
        client.post(reverse("accounts:decide", args=[proposal.pk]), {"answer": "approve"}).status_code == 403
    )
    assert client.post(reverse("accounts:decide", args=[proposal.pk]), {}).status_code == 400


def test_closing_an_account_ends_its_sessions(client):
    from django.test import Client

    leaver, theirs = a_person(), Client()
    signed_in(theirs, person=leaver)
    assert theirs.get("/account").status_code == 200
    signed_in(client, "administrator")
    client.post(reverse("accounts:close", args=[leaver.pk]))
    assert theirs.get("/account").status_code == 302
    page = read(client.get(reverse("accounts:person", args=[leaver.pk])))
    assert "Account closed" in page and "Propose to open it" in page


def test_a_link_leads_to_a_password_and_then_to_nothing(client, settings):
    from goldenthread_web.accounts.invitations import path_for

    settings.DEMO, settings.LOCAL_ACCOUNTS = False, True
    person = a_person("programme_manager")
    link = path_for(person)
    assert "Set your password" in read(client.get(link))
    assert "At least 14" in read(client.post(link, {"new_password1": "short", "new_password2": "short"}))
    new = "seven slow herons wade"
    assert client.post(link, {"new_password1": new, "new_password2": new})["Location"] == "/accounts/login/"
    assert "This link no longer works" in client.get(link).content.decode()
    client.post("/accounts/login/", {"login": person.email, "password": new})
    assert "_auth_user_id" in client.session


# Emergency access

CHILD = Child("C-4711", "a" * 20, (("social_worker", "FSP 2", "W9"),))
MINE = Child("C-1", "b" * 20, (("social_worker", "FSP 1", "W1"),))


@pytest.fixture
def children(monkeypatch):
    found = ChildIndex({child.reference: child for child in (CHILD, MINE)}, {})

    def find(self, typed):
        return next((one for one in (CHILD, MINE) if typed in (one.child_id, one.reference)), None)

    monkeypatch.setattr(ChildIndex, "find", find)
    monkeypatch.setattr("goldenthread_web.worklist.emergency.index", lambda: found)


ASKED = {"child": "C-4711", "reason": "harm_now", "explanation": "Called by the police at night."}


def test_asking_leads_to_the_child_and_every_page_says_so(client, children):
    person = signed_in(client)
    answer = client.post(reverse("worklist:emergency"), ASKED)
    assert answer["Location"] == reverse("worklist:child", args=[CHILD.reference])
    assert "C-4711" not in answer["Location"]
    assert person.emergencies.get().reference == CHILD.reference
    page = read(client.get("/account"))
    assert "Emergency access to one child until" in page
    assert reverse("worklist:child", args=[CHILD.reference]) in page


def test_a_child_on_my_list_needs_no_emergency(client, children):
    signed_in(client)
    answer = client.post(reverse("worklist:emergency"), ASKED | {"child": "C-1"})
    assert answer["Location"] == reverse("worklist:child", args=[MINE.reference])
    assert not EmergencyAccess.objects.exists()


def test_what_is_missing_stands_beside_the_form(client, children):
    signed_in(client)
    page = read(client.post(reverse("worklist:emergency"), {"child": "C-4711"}))
    assert 'href="#id_reason"' in page and 'href="#id_explanation"' in page, "errors lead to their fields"
    page = read(client.post(reverse("worklist:emergency"), ASKED | {"explanation": "14 characters."}))
    assert "15 characters or more" in page
    assert not EmergencyAccess.objects.exists()


def test_ids_cannot_be_tried_out(client, children):
    signed_in(client)
    for number in range(10):
        page = read(client.post(reverse("worklist:emergency"), ASKED | {"child": f"C-{number}000"}))
        assert "There is no child with that id" in page
    page = read(client.post(reverse("worklist:emergency"), ASKED | {"child": "C-9999"}))
    assert "Too many ids were tried" in page
    assert Event.objects.filter(what="account.child_not_found").count() == 3, "the first, fifth and tenth"


def test_the_officer_gives_each_a_finding(client):
    access = EmergencyAccess.objects.create(
        person=a_person(title="Team manager, FSP 1"),
        reference=CHILD.reference,
        reason="harm_now",
        explanation="Called by the police at night.",
        opened_at=now(),
        ends_at=now() + timedelta(minutes=60),
    )
    signed_in(client, "data_protection_officer")
    page = read(client.get(reverse("accounts:emergencies")))
    assert "Team manager, FSP 1" in page and "Called by the police at night." in page
    assert "may be at risk of harm now" in page and "still open" in page
    assert (
        client.post(reverse("accounts:review", args=[access.pk]), {"finding": "perhaps"}).status_code == 400
    )
    client.post(reverse("accounts:review", args=[access.pk]), {"finding": "justified"})
    assert "Finding" in read(client.get(reverse("accounts:emergencies")))
    access.refresh_from_db()
    assert access.finding == "justified"


# When the trail cannot be written


def test_what_cannot_be_recorded_is_not_done_and_not_shown(client, children, caplog):
    signed_in(client)
    with full_disk():
        answer = client.post(reverse("worklist:emergency"), ASKED)
        assert answer.status_code == 503
        page = answer.content.decode()
        assert "must be recorded, and that is not possible" in page
        assert "C-4711" not in page and CHILD.reference not in page and "Traceback" not in page
        assert not EmergencyAccess.objects.exists()
        assert any(record.levelname == "CRITICAL" for record in caplog.records), "an alarm"
        signed_in(client, "data_protection_officer")
        assert client.get(reverse("trail:search")).status_code == 503


def test_a_database_that_does_not_answer_is_said(client, monkeypatch):
    from django.db import OperationalError

    def gone(*_, **__):
        raise OperationalError("connection refused")

    monkeypatch.setattr("goldenthread_web.accounts.views.recent_sign_ins", gone)
    signed_in(client)
    answer = client.get("/account")
    assert answer.status_code == 503
    assert "connection refused" not in answer.content.decode()
