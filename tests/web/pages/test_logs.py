"""No log, no Event and no error page holds what somebody typed or an extract said (tests 40, 42)."""

import io
import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from goldenthread_web.accounts import people_services, views
from goldenthread_web.config.logs import WithoutValues
from goldenthread_web.trail.models import Event, Seen
from tests.web.builders import a_person, signed_in

pytestmark = pytest.mark.django_db

CANARY = "Canary-Of-The-Coalmine"


@pytest.fixture
def log(settings):
    """Everything that is logged at all, as the service writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutValues())
    root = logging.getLogger()
    before, levels = (
        root.level,
        {name: logging.getLogger(name).level for name in ("django", "django.request")},
    )
    root.addHandler(handler)
    for name in ("", *levels):
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def everything_in_the_trail():
    return repr(list(Event.objects.values_list())) + repr(list(Seen.objects.values_list()))


def test_the_service_writes_its_logs_that_way(settings):
    assert settings.LOGGING["root"]["handlers"] == ["standard_error"]
    assert settings.LOGGING["handlers"]["standard_error"]["formatter"] == "without_values"
    assert settings.LOGGING["formatters"]["without_values"]["()"].endswith("WithoutValues")
    assert settings.DEBUG is False


def test_nothing_that_was_typed_is_in_a_log_or_in_the_trail(client, log, settings):
    settings.DEMO, settings.LOCAL_ACCOUNTS = False, True
    client.post("/accounts/login/", {"login": f"{CANARY}@nowhere.example", "password": CANARY})
    settings.DEMO = True
    client.get(f"/nothing/{CANARY}/", {"q": CANARY}, headers={"User-Agent": CANARY, "Referer": CANARY})
    client.get("/", headers={"Host": f"{CANARY}.example"})
    client.get("/", headers={"X-Forwarded-For": CANARY})
    signed_in(client, "administrator")
    new = {"email": f"{CANARY}@nowhere.example", "title": CANARY, "role": "iro", "worker_id": CANARY}
    client.post(reverse("accounts:new"), new)
    client.get(reverse("accounts:people"), {"words": CANARY})
    signed_in(client, "data_protection_officer")
    client.post(reverse("trail:find_child"), {"child": CANARY})
    client.get(reverse("trail:search"), {"child": CANARY, "what": CANARY})
    signed_in(client, "team_manager")
    client.post(
        reverse("worklist:emergency"), {"child": CANARY, "reason": "harm_now", "explanation": CANARY * 2}
    )
    assert CANARY not in log.getvalue()
    assert CANARY not in everything_in_the_trail()
    assert Event.objects.filter(what="account.child_not_found").exists()


def test_a_file_with_names_in_it_leaves_none(client, log):
    signed_in(client, "performance_analyst")
    rows = f"child_id,{CANARY}\n{CANARY},{CANARY}\n"
    name = reverse("extracts:deliver")
    for content, file in (
        (rows, "children.csv"),
        (rows, f"{CANARY}.csv"),
        (f"<Message><Name>{CANARY}</Name>", "cin.xml"),
        (f"PK{CANARY}", "annex_a.xlsx"),
    ):
        answer = client.post(
            name, {"files": SimpleUploadedFile(file, content.encode()), "as_at_on": "2017-12-31"}
        )
        assert answer.status_code < 500
    assert CANARY not in log.getvalue()
    assert CANARY not in everything_in_the_trail()


def test_a_fault_leaves_its_place_and_kind_but_no_value(client, log, monkeypatch):
    def fails(*_):
        first = f"no child {CANARY}"
        try:
            raise KeyError(first)
        except KeyError as cause:
            raise ValueError(CANARY) from cause

    monkeypatch.setattr(views, "recent_sign_ins", fails)
    client.raise_request_exception = False
    signed_in(client)
    answer = client.get("/account", {"draft": CANARY})
    assert answer.status_code == 500
    page = answer.content.decode()
    assert CANARY not in page and "Traceback" not in page and "ValueError" not in page
    said = log.getvalue()
    assert CANARY not in said
    assert "500 GET /account" in said
    assert "builtins.ValueError" in said and "builtins.KeyError" in said
    assert "in fails" in said


def test_a_refusal_of_the_database_shows_no_value(client, log, monkeypatch):
    from django.db import IntegrityError

    def fails(**_):
        raise IntegrityError(f"Key (email)=({CANARY}) already exists.")

    monkeypatch.setattr(people_services, "_made", lambda *_: fails())
    client.raise_request_exception = False
    signed_in(client, "administrator")
    values = {"email": "new@council.example", "title": "New", "role": "programme_manager"}
    assert client.post(reverse("accounts:new"), values).status_code == 500
    assert CANARY not in log.getvalue()
    assert "IntegrityError" in log.getvalue()


def test_no_line_of_a_log_can_be_forged(log):
    evil = "all well\r\n2018-01-02 CRITICAL forged\x1b[2J\u2028again"
    logging.getLogger("goldenthread_web.anything").warning("It said %s.", evil)
    logging.getLogger("somebody.else").warning("It said %s.", evil)
    logging.getLogger("somebody.else").warning(evil)
    lines = log.getvalue().splitlines()
    assert len(lines) == 3
    assert lines[0].endswith(r"It said all well\r\n2018-01-02 CRITICAL forged\x1b[2J\u2028again.")
    assert lines[1].endswith("somebody.else It said %s.")
    assert "forged" not in lines[2] and "of test_logs" in lines[2]


def test_html_in_a_title_is_shown_as_text(client):
    signed_in(client, "administrator")
    a_person(title="<script>alert(1)</script>")
    page = client.get(reverse("accounts:people")).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page
