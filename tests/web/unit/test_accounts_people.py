"""Roles take two people, and nobody has a hand in their own (tests 6, 11, 17)."""

from datetime import date

import pytest
from django.contrib.auth.hashers import make_password

from goldenthread_web.accounts import people_services as services
from goldenthread_web.accounts.invitations import invited, path_for
from goldenthread_web.accounts.models import RoleProposal, User
from goldenthread_web.accounts.refusals import NotAllowed, NotForYourself, Refused
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person, a_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def council(settings):
    settings.DEMO, settings.LOCAL_ACCOUNTS = False, True


def last():
    return Event.objects.order_by("-id").first()


def proposed(person=None, *, role="team_manager", by=None, **values):
    given = {"unit": a_unit() if role == "team_manager" else None, "worker_id": "", "ends_on": None} | values
    return services.propose_role(
        person or a_person("programme_manager"), role=role, by=by or a_person("administrator"), **given
    )


def test_an_account_is_closed_until_somebody_else_approves(mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = services.make_account(
            email="New.Manager@Council.example",
            title="Team manager, FSP 1",
            role="team_manager",
            unit=a_unit(),
            by=a_person("administrator"),
        )
    assert (made.email, made.is_active, made.has_usable_password()) == (
        "new.manager@council.example",
        False,
        False,
    )
    assert not mailoutbox, "nobody is invited to a closed account"
    director = a_person("director")
    with django_capture_on_commit_callbacks(execute=True):
        services.decide(made.proposals.get(), is_approved=True, by=director)
    made.refresh_from_db()
    assert (made.is_active, made.role, made.unit.name) == (True, "team_manager", "FSP 1")
    approved = Event.objects.get(what="role.approved")
    assert (approved.by_id, approved.about_key) == (director.pk, str(made.pk))
    assert [message.to for message in mailoutbox] == [[made.email]]
    assert "/account/set-password/" in mailoutbox[0].body


def test_those_who_approve_are_told(mailoutbox, django_capture_on_commit_callbacks):
    officer, director = a_person("data_protection_officer"), a_person("director")
    a_person("head_of_service")
    with django_capture_on_commit_callbacks(execute=True):
        person = proposed().person
    assert sorted(message.to[0] for message in mailoutbox) == sorted([officer.email, director.email])
    assert person.email not in mailoutbox[0].body and person.title not in mailoutbox[0].body
    assert last().what == "notice.sent" and last().changes == {"to": 2, "sent": 2}


def test_a_notice_that_nobody_gets_is_an_event(monkeypatch, django_capture_on_commit_callbacks):
    def broken(*_):
        raise ConnectionRefusedError

    a_person("director")
    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    with django_capture_on_commit_callbacks(execute=True):
        proposed()
    assert last().what == "notice.not_sent" and last().changes == {"to": 1, "sent": 0}
    assert RoleProposal.objects.count() == 1


def test_nobody_proposes_for_themselves():
    administrator = a_person("administrator")
    with pytest.raises(NotForYourself, match="for yourself"):
        proposed(administrator, role="director", by=administrator)
    assert not RoleProposal.objects.exists()


def test_nobody_approves_what_they_proposed_or_what_is_about_them():
    director = a_person("director")
    about_them = proposed(director, role="head_of_service")
    with pytest.raises(NotForYourself):
        services.decide(about_them, is_approved=True, by=director)
    made_by_them = RoleProposal.objects.create(
        person=a_person(), role="director", proposed_by=director, proposed_at=last().at
    )
    with pytest.raises(NotForYourself):
        services.decide(made_by_them, is_approved=True, by=director)
    director.refresh_from_db()
    assert director.role == "director"


def test_the_database_itself_wants_two_people():
    from django.db import IntegrityError

    one = a_person("director")
    with pytest.raises(IntegrityError):
        RoleProposal.objects.create(
            person=a_person(),
            role="director",
            proposed_by=one,
            proposed_at=one.created_at,
            decided_by=one,
            is_approved=True,
        )


@pytest.mark.parametrize("role", ["team_manager", "head_of_service", "data_protection_officer", "director"])
def test_only_the_administrator_proposes(role):
    with pytest.raises(NotAllowed):
        proposed(by=a_person(role))


@pytest.mark.parametrize("role", ["administrator", "head_of_service", "team_manager"])
def test_only_the_director_and_the_officer_approve(role):
    proposal = proposed()
    with pytest.raises(NotAllowed):
        services.decide(proposal, is_approved=True, by=a_person(role))


def test_a_role_that_was_refused_changes_nothing():
    proposal = proposed()
    services.decide(proposal, is_approved=False, by=a_person("director"))
    proposal.person.refresh_from_db()
    assert proposal.person.role == "programme_manager"
    assert last().what == "role.refused"
    with pytest.raises(Refused, match="decided before"):
        services.decide(proposal, is_approved=True, by=a_person("director"))


def test_another_role_ends_the_sessions_of_the_old_one():
    proposal = proposed()
    before = proposal.person.get_session_auth_hash()
    services.decide(proposal, is_approved=True, by=a_person("director"))
    assert User.objects.get(pk=proposal.person.pk).get_session_auth_hash() != before


@pytest.mark.parametrize(
    ("role", "values", "sentence"),
    [
        ("chief_wizard", {}, "no such role"),
        ("team_manager", {"unit": None}, "choose the team"),
        ("service_manager", {"unit": "FSP 1"}, "choose the service"),
        ("team_manager", {"unit": "ended"}, "choose the team"),
        ("social_worker", {}, "worker key"),
        ("inspector", {}, "on which day the account ends"),
        ("inspector", {"ends_on": date(2018, 1, 1)}, "ended already"),
    ],
)
def test_a_role_that_would_see_the_wrong_children_or_none_is_refused(role, values, sentence):
    if values.get("unit") == "FSP 1":
        values = {"unit": a_unit()}
    if values.get("unit") == "ended":
        values = {"unit": a_unit("Gone", ends_on=date(2017, 12, 31))}
    with pytest.raises(Refused, match=sentence):
        proposed(role=role, **values)


def test_one_proposal_at_a_time():
    person = a_person("programme_manager")
    proposed(person)
    with pytest.raises(Refused, match="waits for a decision"):
        proposed(person)


def test_the_same_address_in_other_letters_is_the_same_account():
    a_person(email="manager@council.example")
    with pytest.raises(Refused, match="already"):
        services.make_account(
            email="MANAGER@council.example",
            title="Somebody",
            role="programme_manager",
            by=a_person("administrator"),
        )


def test_a_closed_account_opens_again_by_two_people_only():
    person, administrator = a_person("programme_manager"), a_person("administrator")
    services.close_account(person, by=administrator)
    assert (person.is_active, last().what, last().reason) == (False, "account.closed", "administrator")
    services.decide(proposed(person, by=administrator), is_approved=True, by=a_person("director"))
    person.refresh_from_db()
    assert person.is_active and person.opened_at is not None


@pytest.mark.parametrize("write", [services.close_account, services.send_link, services.remove_second_factor])
def test_an_administrator_does_nothing_to_their_own_account(write):
    administrator = a_person("administrator")
    with pytest.raises(NotForYourself):
        write(administrator, by=administrator)


def test_a_link_sets_a_password_once(mailoutbox, django_capture_on_commit_callbacks):
    person = a_person("programme_manager")
    with django_capture_on_commit_callbacks(execute=True):
        services.send_link(person, by=a_person("administrator"))
    token = mailoutbox[0].body.strip().rsplit("/", 1)[-1]
    assert invited(person.pk, token) == person
    services.set_password_by_link(password="seven slow herons wade", by=person)
    assert last().what == "account.password_set"
    assert invited(person.pk, token) is None


def test_a_link_is_no_good_for_another_account_a_closed_one_or_after_three_days(monkeypatch):
    person, other = a_person("programme_manager"), a_person("programme_manager")
    token = path_for(person).rsplit("/", 1)[-1]
    assert invited(other.pk, token) is None
    assert invited(person.pk, "guessed-token") is None
    from datetime import timedelta

    from goldenthread_web.accounts import invitations
    from goldenthread_web.config import clock

    later = clock.london(clock.now()).replace(tzinfo=None) + timedelta(days=3, minutes=1)
    monkeypatch.setattr(invitations._Tokens, "_now", lambda _: later)
    assert invited(person.pk, token) is None
    monkeypatch.undo()
    services.close_account(person, by=a_person("administrator"))
    assert invited(person.pk, token) is None


def test_an_account_of_the_demonstration_gets_no_link(settings):
    settings.DEMO = True
    with pytest.raises(Refused, match="has a password"):
        services.send_link(a_person("programme_manager"), by=a_person("administrator"))


def test_a_command_makes_only_those_who_make_the_others(capsys):
    from django.core.management import call_command

    call_command("make_account", "first@council.example", "Administrator", "administrator")
    person = User.objects.get()
    assert person.is_active and not person.has_usable_password()
    assert path_for(person).rsplit("/", 1)[0] in capsys.readouterr().out
    assert last().changes == {"role": "administrator", "how": "command"}
    with pytest.raises(Refused, match="proposed and approved"):  # a refusal is printed as its sentence
        call_command("make_account", "second@council.example", "Head of service", "head_of_service")


def test_dormant_accounts_are_closed_by_a_command(capsys):
    from datetime import timedelta

    from django.core.management import call_command

    from goldenthread_web.config.clock import now

    day = timedelta(days=1)
    never_here = a_person(created_at=now() - 90 * day)
    gone = a_person(created_at=now() - 400 * day, last_seen_at=now() - 91 * day)
    opened_again = a_person(created_at=now() - 400 * day, opened_at=now() - 2 * day)
    here = a_person(created_at=now() - 400 * day, last_seen_at=now() - 89 * day)
    call_command("close_dormant_accounts")
    assert set(User.objects.filter(is_active=False)) == {never_here, gone}
    assert set(User.objects.filter(is_active=True)) == {opened_again, here}
    assert Event.objects.filter(what="account.closed", reason="dormant").count() == 2
    assert "2 accounts closed" in capsys.readouterr().out


def test_no_account_has_a_password_that_somebody_else_chose():
    made = services.make_account(
        email="new@council.example", title="New", role="programme_manager", by=a_person("administrator")
    )
    assert not made.has_usable_password()
    assert make_password(None) != made.password
