"""An installation that is not safe does not start, and says why in one sentence (test 74)."""

import subprocess
import sys
from datetime import date

import pytest

from goldenthread.ingest.extract import Refused
from goldenthread_web.config import installation
from goldenthread_web.config.secrets import make

COUNCIL = """
[council]
name = "Council"
[service]
hosts = ["golden-thread.council.example"]
proxies = 1
[sign_in]
local_accounts = true
"""
DEMO = """
[service]
demo = true
"""
OPENID = """
[sign_in.openid_connect]
name = "the council"
server = "https://login.council.example/tenant/v2.0"
client_id = "golden-thread"
client_secret_file = "secrets/client"
"""


@pytest.fixture
def folder(tmp_path):
    make(tmp_path / "secrets")
    (tmp_path / "store").mkdir()
    (tmp_path / "secrets" / "client").write_text("a secret of the council\n")
    (tmp_path / "secrets" / "client").chmod(0o600)
    return tmp_path


def read(folder, text):
    path = folder / "installation.toml"
    path.write_text(text, "utf-8")
    return installation.read(path)


def test_a_councils_installation_starts(folder):
    found = read(folder, COUNCIL)
    assert (found.is_demo, found.uses_https, found.today) == (False, True, None)
    assert found.hosts == ["golden-thread.council.example"]


def test_a_demonstration_may_do_without_https_and_have_a_day_of_its_own(folder):
    found = read(folder, DEMO + "today = 2018-01-02\n")
    assert (found.is_demo, found.uses_https, found.today) == (True, False, date(2018, 1, 2))
    assert found.hosts == ["localhost", "127.0.0.1"]


def test_what_others_can_read_is_no_secret(folder):
    database = '[database]\nengine = "postgresql"\nname = "one"\npassword_file = "secrets/client"\n'
    assert read(folder, COUNCIL + database).database["password"] == "a secret of the council"
    (folder / "secrets" / "client").chmod(0o640)
    for text in (COUNCIL + OPENID, COUNCIL + database):
        with pytest.raises(Refused, match="client can be read by others"):
            read(folder, text)


def test_what_the_service_writes_is_for_its_own_account(tmp_path):
    import goldenthread_web.config.settings  # noqa: F401 - it says so when it starts

    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "rows").touch()
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0
    assert (tmp_path / "kept" / "rows").stat().st_mode & 0o077 == 0


UNSAFE = {
    "a day of its own": (COUNCIL.replace("proxies = 1", "today = 2018-01-02"), "day of its own"),
    "no HTTPS": (COUNCIL.replace("proxies = 1", "https = false"), "HTTPS"),
    "no hosts": (COUNCIL.replace('hosts = ["golden-thread.council.example"]', ""), "name the hosts"),
    "any host": (COUNCIL.replace("golden-thread.council.example", "*"), "name the hosts"),
    "no way to sign in": (COUNCIL.replace("local_accounts = true", ""), "how people sign in"),
    "a server without HTTPS": (COUNCIL + OPENID.replace("https://", "http://"), "https address"),
    "half a server": (COUNCIL + OPENID.replace('name = "the council"', ""), "takes client_id"),
    "a secret that is not there": (
        COUNCIL + OPENID.replace("secrets/client", "secrets/none"),
        "cannot be read",
    ),
    "a misspelt section": (COUNCIL + "[sing_in]\n", "no section"),
    "a misspelt setting": (COUNCIL + "idle_minute = 5\n", "no setting"),
    "a database nobody knows": (COUNCIL + '[database]\nengine = "mysql"\n', "sqlite or postgresql"),
    "no TOML": ("[council\n", "cannot be read as TOML"),
    "no in quotation marks, which would be yes": (
        COUNCIL.replace("local_accounts = true", 'local_accounts = "false"'),
        "local_accounts must be true or false",
    ),
    "a code that is no text": (COUNCIL.replace('name = "Council"', "code = 991"), "code must be a text"),
    "a weight in words": (
        COUNCIL + '[caseload_weights]\nprotected = "heavy"\n',
        "protected must be a number, 0 or more",
    ),
    "a weight below nothing": (
        COUNCIL + "[caseload_weights]\nothers = -0.5\n",
        "others must be a number, 0 or more",
    ),
    "minutes in words": (COUNCIL + 'idle_minutes = "an hour"\n', "idle_minutes must be a whole number"),
    "one host and no list": (
        COUNCIL.replace('["golden-thread.council.example"]', '"golden-thread.council.example"'),
        "hosts must be a list",
    ),
    "a database without a name": (COUNCIL + '[database]\nengine = "postgresql"\n', "say which database"),
}


@pytest.mark.parametrize("what", UNSAFE)
def test_what_is_unsafe_is_refused(folder, what):
    text, sentence = UNSAFE[what]
    with pytest.raises(Refused, match=sentence):
        read(folder, text)


@pytest.mark.parametrize("variable", ["DEBUG", "DJANGO_DEBUG"])
def test_debug_is_refused(folder, monkeypatch, variable):
    monkeypatch.setenv(variable, "1")
    with pytest.raises(Refused, match="DEBUG is set"):
        read(folder, COUNCIL)


def test_an_invented_authority_is_served_by_a_demonstration_only(folder):
    (folder / "store" / "SYNTHETIC").touch()
    with pytest.raises(Refused, match="invented authority"):
        read(folder, COUNCIL)
    assert read(folder, DEMO).is_demo


@pytest.mark.parametrize("text", [COUNCIL, DEMO])
def test_each_secret_must_be_there_long_enough_its_own_and_nobody_elses(folder, text):
    for secret in installation.SECRETS:
        path = folder / "secrets" / secret
        kept = path.read_text()
        path.write_text("short\n")
        with pytest.raises(Refused, match="shorter than 32"):
            read(folder, text)
        other = next(name for name in installation.SECRETS if name != secret)
        path.write_text((folder / "secrets" / other).read_text())
        with pytest.raises(Refused, match="are the same"):
            read(folder, text)
        path.write_text(kept)
        path.chmod(0o644)
        with pytest.raises(Refused, match="read by others"):
            read(folder, text)
        path.unlink()
        with pytest.raises(Refused, match="is missing"):
            read(folder, text)
        path.touch(mode=0o600)
        path.write_text(kept)
    assert read(folder, text)


def test_secrets_are_made_once_for_their_owner_alone(folder):
    before = {name: (folder / "secrets" / name).read_text() for name in installation.SECRETS}
    assert make(folder / "secrets") == []
    assert before == {name: (folder / "secrets" / name).read_text() for name in installation.SECRETS}
    for name in installation.SECRETS:
        assert (folder / "secrets" / name).stat().st_mode & 0o777 == 0o600


def test_the_service_says_in_one_sentence_why_it_does_not_start(folder, monkeypatch):
    path = folder / "installation.toml"
    path.write_text(COUNCIL.replace("local_accounts = true", ""), "utf-8")
    monkeypatch.setenv(installation.VARIABLE, str(path))
    ran = subprocess.run(
        [sys.executable, "-m", "goldenthread_web", "check"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert ran.stderr.strip().endswith(
        "say how people sign in: [sign_in.openid_connect], or local_accounts = true."
    )
    assert "Traceback" not in ran.stderr


NO_SERVER = '[database]\nengine = "postgresql"\nname = "none"\nhost = "/nowhere"\n'
NO_FOLDER = '[database]\npath = "nowhere/service.sqlite3"\n'
NO_TABLES = '[database]\npath = "empty.sqlite3"\n'


@pytest.mark.parametrize(
    ("command", "database", "sentence"),
    [
        ("migrate", NO_SERVER, "The database none at /nowhere cannot be used"),
        ("work", NO_SERVER, "The database none at /nowhere cannot be used"),
        ("verify_trail", NO_FOLDER, "nowhere/service.sqlite3 cannot be used"),
        ("verify_trail", NO_TABLES, "run `python -m goldenthread_web migrate`"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_sentence(folder, monkeypatch, command, database, sentence):
    path = folder / "installation.toml"
    path.write_text(COUNCIL + database, "utf-8")
    monkeypatch.setenv(installation.VARIABLE, str(path))
    ran = subprocess.run(
        [sys.executable, "-m", "goldenthread_web", command], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1), ran.stderr
    assert sentence in ran.stderr


def test_a_web_server_is_told_in_one_sentence_and_does_not_try_again(folder, monkeypatch):
    path = folder / "installation.toml"
    path.write_text(COUNCIL.replace("local_accounts = true", ""), "utf-8")
    monkeypatch.setenv(installation.VARIABLE, str(path))
    ran = subprocess.run(
        [sys.executable, "-c", "import goldenthread_web.config.wsgi"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr.count("\n")) == (3, 1), ran.stderr
    assert "say how people sign in" in ran.stderr


def test_a_councils_service_tells_browsers_to_be_careful(folder, monkeypatch):
    path = folder / "installation.toml"
    path.write_text(COUNCIL + OPENID, "utf-8")
    monkeypatch.setenv(installation.VARIABLE, str(path))
    code = (
        "from goldenthread_web.config import settings as s; "
        "print(s.DEBUG, s.DEMO, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_NAME, "
        "s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 30_000_000, s.X_FRAME_OPTIONS, "
        "'unsafe' in str(s.CONTENT_SECURITY_POLICY), "
        "s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'][1])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == [
        "False", "False", "True", "True", "__Host-session", "True", "True", "DENY", "False",
        "https://login.council.example",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", [COUNCIL, COUNCIL + OPENID, COUNCIL.replace("local_accounts = true", "") + OPENID, DEMO]
)
def test_every_kind_of_installation_starts(folder, monkeypatch, text):
    path = folder / "installation.toml"
    path.write_text(text, "utf-8")
    monkeypatch.setenv(installation.VARIABLE, str(path))
    # Every check but those of addresses, which would load all of the library four times.
    code = (
        "import django; django.setup()\n"
        "from django.core.checks.registry import registry\n"
        "checks = [one for one in registry.get_checks() if not one.__module__.endswith('.urls')]\n"
        "print([problem for one in checks for problem in one(app_configs=None, databases=None)])"
    )
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "goldenthread_web.config.settings")
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.stdout.strip(), ran.stderr) == ("[]", "")
