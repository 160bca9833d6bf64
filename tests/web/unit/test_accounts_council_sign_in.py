"""The council's own sign-in: a genuine token for a pre-made account, or nobody gets in (tests 17, 18, 71)."""

import base64
import json
import threading
import time
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from goldenthread_web.config import clock
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person

pytestmark = pytest.mark.django_db

CLIENT = "golden-thread"
GENUINE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
FORGED = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class FakeCouncil:
    """A sign-in of a council, served in this process; `claims` and `sign` say what it hands out."""

    def __init__(self):
        self.claims, self.headers, self.key, self.algorithm = {}, {"kid": "one"}, GENUINE, "RS256"
        self.issuer_said = None
        self.renewal, self.prolongs = "first", (200, {"access_token": "opaque", "refresh_token": "next"})
        self.asked = []
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self._answer(fake.configuration() if "well-known" in self.path else fake.keys())

            def do_POST(self):
                sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
                asked = {name: values[0] for name, values in parse_qs(sent).items()}
                fake.asked.append(asked)
                if asked["grant_type"] == "refresh_token":
                    status, body = fake.prolongs
                    self._answer(body, status)
                else:
                    self._answer(fake.given())

            def _answer(self, body, status=200):
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(body).encode())

            def log_message(self, *_):
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/tenant/v2.0"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def configuration(self):
        return {
            "issuer": self.issuer_said or self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self):
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(GENUINE.public_key()))
        return {"keys": [key | {"kid": "one", "use": "sig", "alg": "RS256"}]}

    def given(self):
        """What is handed out for a code."""
        given = {"access_token": "opaque", "token_type": "Bearer", "id_token": self.token()}
        return given | ({"refresh_token": self.renewal} if self.renewal else {})

    def token(self):
        if self.algorithm == "none":
            head, body = ({"alg": "none", "kid": "one"}, self.claims)
            parts = (
                base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (head, body)
            )
            return b".".join((*parts, b"")).decode()
        return jwt.encode(self.claims, self.key, algorithm=self.algorithm, headers=self.headers)


@pytest.fixture
def council(settings):
    fake = FakeCouncil()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "council",
                    "name": "the council",
                    "client_id": CLIENT,
                    "secret": "not a real one",
                    "settings": {"server_url": fake.address},
                }
            ],
        }
    }
    settings.DEMO = False
    yield fake
    fake.server.shutdown()
    fake.server.server_close()


def sign_in(client, council, **claims):
    """Press the button, come back from the council with a token of these claims."""
    led_to = urlsplit(client.post("/accounts/council/", {"next": "/account"})["Location"])
    asked = {name: values[0] for name, values in parse_qs(led_to.query).items()}
    genuine = {
        "iss": council.address,
        "aud": CLIENT,
        "sub": "subject-1",
        "email": "manager@council.example",
        "email_verified": True,
        "nonce": asked["nonce"],
        "iat": int(time.time()),
        "exp": int(time.time()) + 300,
    }
    council.claims = {name: value for name, value in (genuine | claims).items() if value is not None}
    return client.get("/accounts/council/answer/", {"code": "a-code", "state": asked["state"]})


def is_in(client):
    return "_auth_user_id" in client.session


def test_a_person_with_an_account_is_let_in_and_tied(client, council):
    person = a_person(email="manager@council.example")
    answer = sign_in(client, council)
    assert (answer.status_code, answer["Location"]) == (302, "/account")
    assert client.get("/account").status_code == 200, "no second factor of ours: the council asks for it"
    events = list(Event.objects.values_list("what", flat=True))
    assert events == ["account.tied", "account.signed_in"]
    tied = SocialAccount.objects.get()
    assert (tied.user, tied.uid, tied.extra_data) == (person, "subject-1", {})
    assert "code_verifier" in council.asked[0]


def test_the_next_time_it_is_the_identity_that_counts_not_the_address(client, council):
    person = a_person(email="manager@council.example")
    sign_in(client, council)
    client.post("/accounts/logout/")
    sign_in(client, council, email="renamed@council.example")
    assert int(client.session["_auth_user_id"]) == person.pk
    assert SocialAccount.objects.get().extra_data.get("name") is None


def test_another_identity_with_the_same_address_is_refused(client, council):
    a_person(email="manager@council.example")
    sign_in(client, council)
    client.post("/accounts/logout/")
    answer = sign_in(client, council, sub="subject-2")
    assert answer.status_code == 403
    assert "tied to another sign-in" in answer.content.decode()
    assert not is_in(client)


WRONG = {
    "issuer": {"iss": "https://elsewhere.example"},
    "audience": {"aud": "another-service"},
    "several audiences and nobody named": {"aud": [CLIENT, "another-service"]},
    "made for another party": {"azp": "another-service"},
    "nonce": {"nonce": "of another conversation"},
    "no nonce": {"nonce": None},
    "expired": {"exp": int(time.time()) - 3600},
    "no end": {"exp": None},
    "from the future": {"iat": int(time.time()) + 3600},
    "no subject": {"sub": None},
}


@pytest.mark.parametrize("why", WRONG)
def test_a_token_that_does_not_fit_lets_nobody_in(client, council, why):
    a_person(email="manager@council.example")
    answer = sign_in(client, council, **WRONG[why])
    assert answer.status_code == 401
    assert "could not be trusted" in answer.content.decode()
    assert not is_in(client)
    assert [event.what for event in Event.objects.all()] == ["account.sign_in_failed"]


def forge_none(council):
    council.algorithm = "none"


def forge_key(council):
    council.key = FORGED


def forge_symmetric(council):
    """The public key, which everybody has, used as a shared secret."""
    council.algorithm = "HS256"
    council.key = GENUINE.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def forge_unknown_key(council):
    council.headers = {"kid": "two"}


def forge_issuer(council):
    council.issuer_said = "https://elsewhere.example"


@pytest.mark.parametrize("forge", [forge_none, forge_key, forge_unknown_key, forge_issuer])
def test_a_forged_token_lets_nobody_in(client, council, forge):
    a_person(email="manager@council.example")
    forge(council)
    assert sign_in(client, council).status_code == 401
    assert not is_in(client)


def test_a_public_key_is_no_shared_secret(client, council, monkeypatch):
    a_person(email="manager@council.example")
    monkeypatch.setattr("jwt.algorithms.is_pem_format", lambda _: False)  # let us forge it at all
    forge_symmetric(council)
    assert sign_in(client, council).status_code == 401
    assert not is_in(client)


def test_an_answer_nobody_asked_for_lets_nobody_in(client, council):
    a_person(email="manager@council.example")
    answer = client.get("/accounts/council/answer/", {"code": "a-code", "state": "invented"})
    assert answer.status_code == 401
    assert not is_in(client)


def test_the_address_of_the_page_cannot_change_what_is_asked(client, council):
    led_to = client.post("/accounts/council/?scope=files&process=connect&auth_params=prompt%3Dnone")[
        "Location"
    ]
    asked = parse_qs(urlsplit(led_to).query)
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email", "offline_access"}
    assert "prompt" not in asked


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"email": "nobody@council.example"}, "There is no account here"),
        ({"email_verified": False}, "did not confirm"),
        ({"email_verified": None}, "did not confirm"),
        ({"email_verified": "false"}, "did not confirm"),
        ({"email": ""}, "did not confirm"),
    ],
)
def test_who_is_not_known_here_is_told_why(client, council, claims, sentence):
    a_person(email="manager@council.example")
    answer = sign_in(client, council, **claims)
    assert answer.status_code == 403
    assert sentence in answer.content.decode()
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_entra_says_verified_in_its_own_way(client, council):
    a_person(email="manager@council.example")
    sign_in(client, council, email_verified=None, xms_edov=True)
    assert is_in(client)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"is_active": False}, "Your account is closed"),
        ({"starts_on": date(2018, 1, 3)}, "starts on a later day"),
        ({"ends_on": date(2018, 1, 1)}, "has ended"),
        ({"created_at": "long ago"}, "was not used for a long time"),
    ],
)
def test_who_may_not_use_the_service_today_is_told_why(client, council, values, sentence):
    from tests.web.builders import at

    if "created_at" in values:
        values = {"created_at": at("2018-01-02 09:00")}
    person = a_person(email="manager@council.example", **values)
    answer = sign_in(client, council)
    assert answer.status_code == 403
    assert sentence in answer.content.decode()
    assert not is_in(client)
    assert Event.objects.filter(what="account.turned_away", about_key=str(person.pk)).count() == 1


def test_a_tied_account_that_was_closed_is_refused_too(client, council):
    person = a_person(email="manager@council.example")
    sign_in(client, council)
    client.post("/accounts/logout/")
    person.is_active = False
    person.save()
    assert sign_in(client, council).status_code == 403
    assert not is_in(client)


@pytest.fixture
def signed_in_by_the_council(client, council):
    a_person(email="manager@council.example")
    sign_in(client, council)
    council.asked.clear()
    return client


@pytest.fixture
def minutes_pass(monkeypatch):
    def pass_by(minutes):
        moment = clock.now() + timedelta(minutes=minutes)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return pass_by


DISABLED = (400, {"error": "invalid_grant", "error_description": "The account is disabled."})


def test_a_leaver_disabled_at_the_council_is_out_within_five_minutes(
    signed_in_by_the_council, council, minutes_pass
):
    client, council.prolongs = signed_in_by_the_council, DISABLED
    minutes_pass(4.9)
    assert client.get("/account").status_code == 200
    minutes_pass(0.1)
    answer = client.get("/account")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/account")
    assert not is_in(client)
    ended = Event.objects.get(what="account.session_ended")
    assert ended.reason == "not_vouched_for"


def test_a_form_sent_by_a_leaver_does_nothing(signed_in_by_the_council, council, minutes_pass):
    client, council.prolongs = signed_in_by_the_council, DISABLED
    minutes_pass(5)
    assert client.post("/account/sign-out-everywhere")["Location"] == "/accounts/login/?next=/"
    assert not Event.objects.filter(what="account.signed_out_everywhere").exists()


def test_whoever_the_council_still_lets_in_notices_nothing(signed_in_by_the_council, council, minutes_pass):
    for _ in range(3):
        assert signed_in_by_the_council.get("/account").status_code == 200
        minutes_pass(5)
        assert signed_in_by_the_council.get("/account").status_code == 200
    assert [asked["refresh_token"] for asked in council.asked] == ["first", "next", "next"]
    assert {asked["client_id"] for asked in council.asked} == {CLIENT}


def test_what_is_kept_to_ask_with_cannot_be_read_from_a_copy_of_the_database(signed_in_by_the_council):
    kept = dict(signed_in_by_the_council.session)
    assert "council_token" in kept
    assert "first" not in json.dumps(kept)


@pytest.mark.parametrize("answer", [(503, {}), (401, {"error": "invalid_client"}), (200, {})])
def test_while_the_council_does_not_answer_nothing_is_shown_and_nobody_is_signed_out(
    signed_in_by_the_council, council, minutes_pass, answer
):
    works, council.prolongs = council.prolongs, answer
    minutes_pass(5)
    shown = signed_in_by_the_council.get("/account")
    assert shown.status_code == 503
    assert "sign-in does not answer" in shown.content.decode()
    council.prolongs = works
    assert signed_in_by_the_council.get("/account").status_code == 200


def test_signing_out_needs_no_answer_of_the_council(signed_in_by_the_council, council, minutes_pass):
    council.prolongs = (503, {})
    minutes_pass(5)
    signed_in_by_the_council.post("/accounts/logout/")
    assert not is_in(signed_in_by_the_council)


def test_a_council_that_gives_nothing_to_ask_with_lets_nobody_in(client, council, settings):
    a_person(email="manager@council.example")
    council.renewal = ""
    answer = sign_in(client, council)
    assert answer.status_code == 403
    assert "offline access" in answer.content.decode()
    settings.COUNCIL_ASKED_EVERY_MINUTES = 0
    sign_in(client, council)
    assert is_in(client)


def test_an_installation_may_ask_at_sign_in_alone(signed_in_by_the_council, council, minutes_pass, settings):
    settings.COUNCIL_ASKED_EVERY_MINUTES = 0
    minutes_pass(30)
    assert signed_in_by_the_council.get("/account").status_code == 200
    assert not council.asked


def test_without_a_council_there_is_no_such_address(client):
    assert client.post("/accounts/council/").status_code == 404
    assert client.get("/accounts/council/answer/").status_code == 404
