"""An installation for tests: a folder of its own, SQLite or PostgreSQL, a fixed day."""

import os
import tempfile
from pathlib import Path

from goldenthread_web.config.installation import VARIABLE
from goldenthread_web.config.secrets import make

TODAY = "2018-01-02"
DATABASE = os.environ.get("GOLDENTHREAD_TEST_DATABASE", "sqlite")


def set_up() -> None:
    """Django, with an installation of this process and its static files."""
    _installed()
    os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread_web.config.settings"

    import django

    django.setup()

    from django.conf import settings
    from django.core.management import call_command

    # Each test's client starts the service anew: it finds static files when asked, not all at once.
    settings.WHITENOISE_AUTOREFRESH = True
    # Pages name stylesheets by the hash of their content.
    call_command("collectstatic", interactive=False, verbosity=0)


def _installed() -> None:
    """Write an installation and name it in the environment."""
    folder = Path(tempfile.mkdtemp(prefix="goldenthread-test-"))
    make(folder / "secrets")
    # The same in every process, as references of children stand in the names of tests.
    (folder / "secrets" / "children").write_text(
        "the key of tests, known to everybody who reads this line\n", "utf-8"
    )
    (folder / "store").mkdir()
    database = '[database]\npath = "service.sqlite3"\n' if DATABASE == "sqlite" else _postgresql()
    (folder / "installation.toml").write_text(
        "[council]\n"
        'name = "Invented council"\n'
        'code = "991"\n'  # East's, invented
        "[service]\n"
        "demo = true\n"
        f"today = {TODAY}\n"
        'hosts = ["testserver", "localhost", "127.0.0.1"]\n'
        'case_system_link = "https://cases.example/child/{child_id}"\n' + database,
        "utf-8",
    )
    os.environ[VARIABLE] = str(folder / "installation.toml")


def _postgresql() -> str:
    from tests.web.postgresql import server

    found = server()
    return (
        '[database]\nengine = "postgresql"\n'
        f'name = "{found.name}"\nuser = "{found.user}"\nhost = "{found.host}"\nport = "{found.port}"\n'
    )
