"""An installation apart, driven from outside by its own processes: for what only real processes can prove."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from goldenthread_web.config.installation import VARIABLE
from goldenthread_web.config.secrets import make
from tests.web.installation import DATABASE, TODAY

ROOT = Path(__file__).resolve().parents[2]


class OwnInstallation:
    """A folder with an installation, a database of its own, and ways to run its commands."""

    def __init__(self, folder: Path, database: str | None = None) -> None:
        self.folder = folder
        make(folder / "secrets")
        (folder / "store").mkdir()
        (folder / "store" / "settings.toml").write_text('[authority]\ncode = "991"\nname = ""\n', "utf-8")
        (folder / "installation.toml").write_text(
            f'[council]\nname = "East"\ncode = "991"\n[service]\ndemo = true\ntoday = {TODAY}\n'
            + (_copy_of(_migrated(), folder) if database is None else database),
            "utf-8",
        )
        self.environment = os.environ | {
            VARIABLE: str(folder / "installation.toml"),
            "DJANGO_SETTINGS_MODULE": "goldenthread_web.config.settings",
        }

    def start(self, *command: str) -> subprocess.Popen:
        """Start a command of the service, which works out few indicators only."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.web.little", *command], cwd=ROOT, env=self.environment
        )

    def run(self, *command: str) -> None:
        """Run a command of the service to its end."""
        assert self.start(*command).wait(timeout=900) == 0, command

    def python(self, code: str):
        """Run a few lines inside the service, and what they leave in `answer`."""
        whole = (
            "import django, json, sys; django.setup()\n"
            "from goldenthread_web.extracts.models import *\n"
            f"{code}\n"
            "sys.stdout.write(json.dumps(answer, default=str))"
        )
        ran = subprocess.run(
            [sys.executable, "-c", whole],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    def deliver(self, files: Path, as_at_on: str = "2017-12-31") -> int:
        """Hand over the files of a folder, and ask for them to be loaded; the number of the run."""
        return self.python(
            "from datetime import date; from pathlib import Path\n"
            "from goldenthread_web.extracts.receiving import Received\n"
            "from goldenthread_web.extracts.services import deliver_from_folder\n"
            "files = []\n"
            f"for path in sorted(Path({str(files)!r}).iterdir()):\n"
            "    file = Received(path.name); file.add(path.read_bytes()); file.complete()\n"
            "    files.append(file)\n"
            f"answer = deliver_from_folder(files, as_at_on=date.fromisoformat({as_at_on!r}), by=None).pk"
        )

    @contextmanager
    def rows_of_runs(self):
        """A way to read the runs from this process, as fast as a test must see them."""
        if DATABASE == "sqlite":
            import sqlite3

            connection = sqlite3.connect(self.folder / "service.sqlite3", timeout=20)
        else:
            import psycopg

            said = dict(
                line.replace('"', "").split(" = ")
                for line in (self.folder / "installation.toml")
                .read_text()
                .split("[database]\n")[1]
                .splitlines()
            )
            connection = psycopg.connect(
                dbname=said["name"], user=said["user"], host=said["host"], port=said["port"], autocommit=True
            )

        def read():
            rows = connection.execute(
                "SELECT id, state, stage, attempt FROM extracts_loadrun ORDER BY id"
            ).fetchall()
            return [dict(zip(("id", "state", "stage", "attempt"), row, strict=True)) for row in rows]

        try:
            yield read
        finally:
            connection.close()

    @property
    def loads_in_store(self) -> list[str]:
        """Folders of loads, whether known or not, and what a load leaves while it is written."""
        store = self.folder / "store"
        loads = [path.name for path in (store / "loads").glob("*")]
        return sorted(loads) + sorted(path.name for path in store.glob(".loading-*"))


@cache
def _migrated() -> str:
    """A database with its tables and no rows, made once: a file, or the name of a database."""
    folder = Path(tempfile.mkdtemp(prefix="goldenthread-migrated-"))
    made = folder / "service.sqlite3" if DATABASE == "sqlite" else _new_database()
    said = '[database]\npath = "service.sqlite3"\n' if DATABASE == "sqlite" else _postgresql(made)
    OwnInstallation(folder, said).python(
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0, skip_checks=True)\n"
        "call_command('createcachetable')\n"
        "answer = 'done'"
    )
    return str(made)


def _copy_of(made: str, folder: Path) -> str:
    """What an installation file says of a database of its own, just like another."""
    if DATABASE == "sqlite":
        shutil.copy(made, folder / "service.sqlite3")
        return '[database]\npath = "service.sqlite3"\n'
    return _postgresql(_new_database(like=made))


def _new_database(like: str = "template1") -> str:
    import psycopg

    from tests.web.postgresql import server

    found = server()
    name = f"own_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(
        dbname=found.name, user=found.user, host=found.host, port=found.port, autocommit=True
    ) as c:
        c.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return name


def _postgresql(name: str) -> str:
    from tests.web.postgresql import server

    found = server()
    return (
        f'[database]\nengine = "postgresql"\nname = "{name}"\nuser = "{found.user}"\n'
        f'host = "{found.host}"\nport = "{found.port}"\n'
    )
