"""A migration that fails leaves the tables as they were, and nothing starts on them (test 67)."""

import subprocess
import sys

import pytest

from tests.web.own_installation import OwnInstallation

pytestmark = pytest.mark.both_databases

STATE = (
    "from django.db import connection as c\n"
    "from django.db.migrations.recorder import MigrationRecorder as recorder\n"
    "cursor = c.cursor()\n"
    "columns = [one.name for one in c.introspection.get_table_description(cursor, 'programme_body')]\n"
    "cursor.execute('SELECT name FROM programme_body')\n"
    "answer = {'columns': sorted(columns), 'bodies': cursor.fetchall(),\n"
    "          'made': ('programme', '0002_drafts_and_versions_of_bodies')\n"
    "                  in recorder(c).applied_migrations()}"
)
A_BODY = (
    "from django.core.management import call_command; from django.db import connection as c\n"
    "from goldenthread_web.programme.models import Body\n"
    "Body.objects.create(code='board', name='Improvement board')\n"
    "call_command('migrate', 'programme', '0001', verbosity=0)\n"
    "answer = c.cursor().execute('CREATE TABLE programme_draft (other INTEGER)') and None"
)


def said(apart: OwnInstallation, *command: str) -> tuple[int, str]:
    """How a process of the installation ended, and what it said."""
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", *command],
        env=apart.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stderr


def test_67_a_failed_migration_keeps_nothing_and_stops_the_start(tmp_path):
    apart = OwnInstallation(tmp_path)
    apart.python(A_BODY)  # of the version before, with something in the way of the second of two changes
    before = apart.python(STATE)
    assert (before["bodies"], before["made"]) == ([["Improvement board"]], False)
    assert "version" not in before["columns"]

    code, sentence = said(apart, "-m", "goldenthread_web", "migrate")
    assert (code, sentence.count("\n")) == (2, 1), sentence
    assert "programme.0002_drafts_and_versions_of_bodies failed" in sentence
    assert "nothing of it was kept" in sentence
    assert apart.python(STATE) == before

    for status, command in (
        (3, ("-c", "import goldenthread_web.config.wsgi")),
        (2, ("-m", "goldenthread_web", "work", "--until-idle")),
    ):
        code, sentence = said(apart, *command)
        assert (code, sentence.count("\n")) == (status, 1), sentence
        assert "has not the tables of this version" in sentence

    apart.python(
        "from django.db import connection as c\n"
        "answer = c.cursor().execute('DROP TABLE programme_draft') and None"
    )
    assert said(apart, "-m", "goldenthread_web", "migrate", "--verbosity", "0") == (0, "")
    after = apart.python(STATE)
    assert (after["bodies"], after["made"]) == (before["bodies"], True)
    assert after["columns"] == sorted([*before["columns"], "version"])
    assert said(apart, "-c", "import goldenthread_web.config.wsgi")[0] == 0
