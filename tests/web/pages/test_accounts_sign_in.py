"""Getting in and staying in: passwords, lock-out, second factor, time-outs (tests 17, 41, 70, 71, 74, 79)."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.sign_in_services import note_failure
from goldenthread_web.config import clock
from goldenthread_web.trail.chain import verify
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person, at, signed_in

pytestmark = pytest.mark.django_db

PASSWORD = "seven slow herons wade"
IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"


@pytest.fixture
def local(settings):
    """A council's installation with accounts of its own."""
    settings.DEMO, settings.LOCAL_ACCOUNTS = False, True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_counts_from_before():
    from django.core.cache import cache

    cache.clear()


class Clock:
    """A clock that the test moves."""

    def __init__(self, monkeypatch):
        self.moment = clock.now()
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.moment)

    def forward(self, **by):
        self.moment += timedelta(**by)


@pytest.fixture
def time(monkeypatch):
    return Clock(monkeypatch)


def sign_in(client, person, password=PASSWORD, **headers):
    return client.post("/accounts/login/", {"login": person.email, "password": password}, **headers)


def is_in(client):
    return "_auth_user_id" in client.session


def events(*what):
    return [event.what for event in Event.objects.all() if not what or event.what in what]


def code_of(person):
    secret = totp.decrypt(Authenticator.objects.get(user=person, type="totp").data["secret"])
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def with_app(person):
    totp.TOTP.activate(person, totp.generate_totp_secret())
    return person


# Passwords


def test_a_password_alone_leads_to_the_second_factor_and_to_no_other_page(client, local):
    person = a_person(password=PASSWORD)
    assert sign_in(client, person)["Location"] == "/"
    for page in ("/", "/account", "/account/stay"):
        assert client.get(page)["Location"] == "/accounts/second-factor/"
    assert "Set up an authenticator app" in client.get("/accounts/second-factor/").content.decode()


def test_setting_up_the_app_opens_the_service(client, local, monkeypatch):
    # A test's transaction is never committed; elsewhere this runs before the answer leaves.
    monkeypatch.setattr("django.db.transaction.on_commit", lambda then: then())
    person = a_person(password=PASSWORD)
    sign_in(client, person)
    page = client.get("/accounts/second-factor/set-up/").content.decode()
    assert "<svg" in page and "style=" not in page and "<?xml" not in page
    secret = client.session["mfa.totp.secret"]
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    answer = client.post("/accounts/second-factor/set-up/", {"code": code})
    assert answer["Location"] == "/accounts/second-factor/recovery-codes/"
    shown = client.get(answer["Location"]).content.decode()
    assert shown.count("<code>") == 10 and "****" not in shown
    assert client.get("/account").status_code == 200
    assert events() == ["account.signed_in", "account.second_factor_set"]
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept, "a copy of the database alone must not make codes"


def test_a_code_is_asked_for_at_the_next_sign_in_and_works_once(client, local):
    person = with_app(a_person(password=PASSWORD))
    assert sign_in(client, person)["Location"] == "/accounts/second-factor/code/"
    assert not is_in(client)
    assert client.get("/account").status_code == 302
    code = code_of(person)
    assert client.post("/accounts/second-factor/code/", {"code": code})["Location"] == "/"
    assert client.get("/account").status_code == 200
    again = Client()
    sign_in(again, person)
    assert (
        "That code is wrong or was used"
        in again.post("/accounts/second-factor/code/", {"code": code}).content.decode()
    )
    assert not is_in(again)
    assert events("account.second_factor_failed") == ["account.second_factor_failed"]


def test_codes_cannot_be_tried_out(client, local):
    person = with_app(a_person(password=PASSWORD))
    sign_in(client, person)
    for _ in range(5):
        client.post("/accounts/second-factor/code/", {"code": "000000"})
    answer = client.post("/accounts/second-factor/code/", {"code": code_of(person)})
    assert "too many failed attempts" in answer.content.decode()
    assert not is_in(client)
    assert "account.locked_out" in events()


def test_removing_the_app_asks_for_the_password_and_closes_the_service_again(client, local, time):
    person = with_app(a_person(password=PASSWORD))
    sign_in(client, person)
    client.post("/accounts/second-factor/code/", {"code": code_of(person)})
    assert "/accounts/reauthenticate/" in client.get("/accounts/second-factor/remove/")["Location"]
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/second-factor/remove/")
    assert client.get("/account")["Location"] == "/accounts/second-factor/"
    assert "account.second_factor_removed" in events()


def test_a_renewed_key_of_the_installation_leaves_no_code_that_fits(local, settings):
    person = with_app(a_person(password=PASSWORD))
    settings.SECRET_KEY = "another" * 8
    kept = Authenticator.objects.get(user=person).wrap()
    blank = totp.format_hotp_value(totp.hotp_value("", next(totp.yield_hotp_counters_from_time())))
    assert not kept.validate_code(blank)


def test_a_session_begins_with_a_new_key(client, local):
    person = a_person(password=PASSWORD)
    client.get("/accounts/login/")
    planted = client.session.session_key
    sign_in(client, person)
    assert client.session.session_key != planted


def test_there_is_no_sign_up_no_reset_and_no_default_password(client, local):
    for page in (
        "signup",
        "password/reset",
        "email",
        "confirm-email",
        "login/code",
        "3rdparty",
        "social/signup",
    ):
        assert client.get(f"/accounts/{page}/").status_code == 404, page
    assert not User.objects.exists()


def test_a_demonstration_account_exists_in_the_demonstration_only(client, local):
    person = a_person(email="team-manager@demo.example")
    assert client.post("/demo/sign-in", {"account": person.pk}).status_code == 404
    assert "demonstration" not in client.get("/accounts/login/").content.decode()
    assert not is_in(client)


def test_in_the_demonstration_a_button_signs_in_and_nothing_else_does(client):
    person = a_person(email="team-manager@demo.example")
    other = a_person()
    assert client.post("/demo/sign-in", {"account": other.pk}).status_code == 404
    assert client.post("/demo/sign-in", {"account": "1 OR 1=1"}).status_code == 404
    assert client.get("/demo/sign-in").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/demo/sign-in", {"account": person.pk}).status_code == 403
    answer = client.post("/demo/sign-in", {"account": person.pk, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert is_in(client)


@pytest.mark.parametrize("is_demo", [True, False])
def test_where_there_are_no_passwords_none_is_tried(client, settings, is_demo):
    settings.DEMO, settings.LOCAL_ACCOUNTS = is_demo, is_demo
    assert 'type="password"' not in client.get("/accounts/login/").content.decode()
    assert sign_in(client, a_person(password=PASSWORD)).status_code == 404
    assert not is_in(client)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"is_active": False}, "Your account is closed"),
        ({"starts_on": date(2018, 1, 3)}, "starts on a later day"),
        ({"ends_on": date(2018, 1, 1)}, "has ended"),
        ({"created_at": at("2017-01-01 09:00")}, "was not used for a long time"),
    ],
)
def test_who_may_not_come_in_is_told_why_after_the_right_password_alone(client, local, values, sentence):
    person = a_person(password=PASSWORD, **values)
    assert sentence not in sign_in(client, person, "wrong").content.decode()
    answer = sign_in(client, person)
    assert (answer.status_code, is_in(client)) == (403, False)
    assert sentence in answer.content.decode()
    assert "account.turned_away" in events()


def test_a_dormant_account_is_closed_for_good(client, local):
    person = a_person(password=PASSWORD, created_at=at("2017-01-01 09:00"))
    sign_in(client, person)
    person.refresh_from_db()
    assert not person.is_active
    assert events("account.closed") == ["account.closed"]


# Lock-out


def test_the_sixth_wrong_password_locks_even_the_right_one_out(client, local):
    person = a_person(password=PASSWORD)
    for _ in range(5):
        assert "is wrong" in sign_in(client, person, "wrong").content.decode()
    answer = sign_in(client, person)
    assert "this account is locked" in answer.content.decode()
    assert not is_in(client)
    assert events() == ["account.sign_in_failed", "account.sign_in_failed", "account.locked_out"]
    assert [event.changes["count"] for event in Event.objects.all()] == [1, 5, 1]
    assert {event.about_key for event in Event.objects.all()} == {str(person.pk)}


def test_another_address_or_spelling_buys_no_further_attempts(client, local):
    person = a_person(password=PASSWORD)
    for number in range(5):
        client.post(
            "/accounts/login/",
            {"login": person.email.upper(), "password": "wrong"},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
            HTTP_HOST="localhost",
        )
    answer = sign_in(client, person, headers={"X-Forwarded-For": "198.51.100.1"})
    assert "this account is locked" in answer.content.decode()
    assert {event.address for event in Event.objects.all()} == {"127.0.0.1"}


def test_behind_a_proxy_the_address_is_what_the_proxy_saw(client, local, settings, monkeypatch):
    monkeypatch.setitem(settings.INSTALLATION.service, "proxies", 1)
    person = a_person(password=PASSWORD)
    sign_in(client, person, "wrong", headers={"X-Forwarded-For": "198.51.100.9, 203.0.113.7"})
    assert Event.objects.get().address == "203.0.113.7"


def test_the_lock_opens_after_a_quarter_of_an_hour(client, local, monkeypatch):
    person = a_person(password=PASSWORD)
    for _ in range(6):
        sign_in(client, person, "wrong")
    import time as clock_of_machine

    later = clock_of_machine.time() + 15 * 60 + 1
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: later)
    sign_in(client, person)
    assert is_in(client)


def test_41_ten_thousand_failures_leave_a_hundred_events_and_no_line_of_a_log(local, settings, caplog):
    """Beneath the pages, which let thirty a minute through: as if they came from everywhere at once."""
    settings.CACHES = settings.CACHES | {
        "default": {"BACKEND": IN_MEMORY, "OPTIONS": {"MAX_ENTRIES": 200_000}}
    }
    with caplog.at_level("DEBUG"):
        for number in range(10_000):
            note_failure("sign_in_failed", None, f"invented-{number}@nowhere.example")
        assert Event.objects.count() == 102  # a hundred, the thousandth and the ten-thousandth
        for _ in range(10_000):
            note_failure("locked_out", None, "one@nowhere.example")
    told = Event.objects.filter(what="account.locked_out")
    assert [event.changes["count"] for event in told] == [1, 5, 10, 100, 1000, 10_000]
    assert caplog.messages == []
    assert verify().first_broken is None


def test_41_one_address_that_asks_too_often_is_told_to_wait_whatever_it_says_of_itself(client, local):
    person = a_person(password=PASSWORD)
    answers = [
        sign_in(client, person, "wrong", headers={"X-Forwarded-For": f"198.51.100.{number}"}).status_code
        for number in range(31)
    ]
    assert answers[29:] == [200, 429]
    assert "account.rate_limited" in events()
    assert {event.address for event in Event.objects.all()} == {"127.0.0.1"}


# Sessions


def test_an_idle_session_ends(client, time):
    signed_in(client)
    assert client.get("/account").status_code == 200
    time.forward(minutes=59)
    assert client.get("/account").status_code == 200
    time.forward(minutes=61)
    answer = client.get("/account")
    assert answer["Location"] == "/accounts/login/?next=/account"
    assert not is_in(client)
    assert events("account.session_ended") == ["account.session_ended"]


def test_a_session_ends_after_ten_hours_however_busy(client, time):
    signed_in(client)
    for _ in range(13):
        assert client.get("/account").status_code == 200
        time.forward(minutes=45)
    time.forward(minutes=20)
    assert client.get("/account").status_code == 302


def test_a_narrative_page_ends_sooner(client, time):
    from goldenthread_web.accounts import views

    signed_in(client)
    client.get("/account")
    views.mine.is_narrative = True
    try:
        time.forward(minutes=16)
        assert client.get("/account").status_code == 302, "idle for longer than such a page allows"
        signed_in(client)
        client.get("/account")
    finally:
        views.mine.is_narrative = False
    time.forward(minutes=16)
    assert client.get("/account").status_code == 302, "such a page stood open"


def test_the_page_says_when_the_session_ends_and_staying_prolongs_it(client, time):
    signed_in(client)
    time.moment = time.moment.replace(hour=10, minute=0, second=0)
    assert "signed out at" in client.get("/account").content.decode()
    time.forward(minutes=56)
    said = client.post("/account/stay").json()
    assert said["ends_at"].startswith((time.moment + timedelta(minutes=60)).isoformat()[:16])
    time.forward(minutes=56)
    assert client.get("/account").status_code == 200


def test_a_leaver_is_out_at_the_next_request(client):
    person = signed_in(client)
    assert client.get("/account").status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/account").status_code == 302


def test_an_account_that_ends_is_out_at_the_next_request(client):
    person = signed_in(client, "inspector", ends_on=date(2018, 1, 2))
    assert client.get("/account").status_code == 200
    User.objects.filter(pk=person.pk).update(ends_on=date(2018, 1, 1))
    assert client.get("/account").status_code == 302


def test_a_changed_role_ends_the_sessions_of_the_old_one(client):
    person = signed_in(client)
    client.get("/account")
    User.objects.filter(pk=person.pk).update(role="social_worker")
    assert client.get("/account").status_code == 302


def test_signing_out_everywhere_ends_every_session(client):
    person = signed_in(client)
    other = Client()
    signed_in(other, person=person)
    assert other.get("/account").status_code == 200
    client.post("/account/sign-out-everywhere")
    assert client.get("/account").status_code == 302
    assert other.get("/account").status_code == 302
    assert events() == ["account.signed_out_everywhere"]


def test_signing_out_ends_the_session_on_the_server(client):
    signed_in(client)
    cookie = client.cookies["session"].value
    client.post("/accounts/logout/")
    stolen = Client()
    stolen.cookies["session"] = cookie
    assert stolen.get("/account").status_code == 302
    assert events() == ["account.signed_out"]


def test_no_page_of_a_signed_in_person_is_kept_by_the_browser(client):
    signed_in(client)
    assert client.get("/account")["Cache-Control"] == "no-store"


def test_when_somebody_was_here_is_written_now_and_then(client, time):
    person = signed_in(client)
    seen = []
    for _ in range(4):
        client.get("/account")
        person.refresh_from_db()
        seen.append(person.last_seen_at)
        time.forward(minutes=2)
    assert seen[0] == seen[1] == seen[2] < seen[3]


def test_a_new_password_ends_the_other_sessions_and_is_an_event(client, local):
    person = with_app(a_person(password=PASSWORD))
    other = Client()
    for one in (client, other):
        sign_in(one, person)
    client.post("/accounts/second-factor/code/", {"code": code_of(person)})
    signed_in(other, person=User.objects.get(pk=person.pk))
    assert other.get("/account").status_code == 200
    new = "another heap of words"
    answer = client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302, answer.content.decode()
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    assert "account.password_changed" in events()
    assert User.objects.get(pk=person.pk).check_password(new)


def test_a_short_password_is_refused(client, local):
    person = with_app(a_person(password=PASSWORD))
    sign_in(client, person)
    client.post("/accounts/second-factor/code/", {"code": code_of(person)})
    page = client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    )
    assert "at least 14" in page.content.decode()


def test_a_form_sent_too_late_leads_to_the_first_page_and_a_part_of_a_page_to_the_sign_in_page(client, time):
    assert client.post("/account/stay")["Location"] == "/accounts/login/?next=/"
    assert client.get("/account?part=1")["Location"] == "/accounts/login/?next=/account%3Fpart%3D1"
    answer = client.get("/account", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/accounts/login/")
    signed_in(client)
    client.get("/account")
    time.forward(minutes=61)
    answer = client.get("/account", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/accounts/login/")
