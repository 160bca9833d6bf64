"""A backup holds everything but the keys, and what is restored from it is whole (test 60)."""

import shutil
import subprocess
import sys
import tarfile

import pytest

from tests.web import own_installation
from tests.web.installation import DATABASE
from tests.web.own_installation import ROOT, OwnInstallation

ACCOUNTS = (
    "from goldenthread_web.accounts.people_services import make_first_account\n"
    "for role in ('administrator', 'data_protection_officer'):\n"
    "    make_first_account(email=role + '@council.example', title=role, role=role, by=None)\n"
    "answer = 'done'"
)


def ask(installation, *command):
    return subprocess.run(
        [sys.executable, "-m", "goldenthread_web", *command],
        cwd=ROOT,
        env=installation.environment,
        capture_output=True,
        text=True,
        check=False,
    )


def backed_up(folder):
    """An installation with two accounts and a file, and its backup."""
    folder.mkdir()
    installation = OwnInstallation(folder)
    installation.python(ACCOUNTS)
    (folder / "deliveries").mkdir()
    (folder / "deliveries" / "1").write_text("rows\n")
    ran = ask(installation, "back_up", str(folder.parent / "backups"))
    assert ran.returncode == 0, ran.stderr
    return installation, next((folder.parent / "backups").iterdir())


def restored(before, backup, folder):
    """The steps of the guide: the folder, the keys from where they are kept, the database."""
    folder.mkdir()
    with tarfile.open(backup / "folder.tar.gz") as packed:
        packed.extractall(folder, filter="data")
    shutil.copytree(before.folder / "secrets", folder / "secrets")
    if DATABASE == "sqlite":
        shutil.copy(backup / "service.sqlite3", folder)
    else:
        from tests.web.postgresql import server

        name, found = own_installation._new_database(), server()
        subprocess.run(
            ["pg_restore", "--no-owner", f"--host={found.host}", f"--port={found.port}",
             f"--username={found.user}", f"--dbname={name}", backup / "database.dump"],
            check=True,
        )  # fmt: skip
        said = (folder / "installation.toml").read_text("utf-8").partition("[database]")[0]
        (folder / "installation.toml").write_text(said + own_installation._postgresql(name), "utf-8")
    again = object.__new__(OwnInstallation)
    again.folder = folder
    again.environment = before.environment | {
        own_installation.VARIABLE: str(folder / "installation.toml"),
    }
    return again


@pytest.mark.both_databases
def test_60_what_is_restored_in_an_empty_place_is_whole_and_a_lost_row_is_named(tmp_path):
    before, backup = backed_up(tmp_path / "before")
    after = restored(before, backup, tmp_path / "after")
    assert (tmp_path / "after" / "deliveries" / "1").read_text() == "rows\n"
    ran = ask(after, "check_restored", str(backup))
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr
    assert ran.stdout.startswith("Restored whole")
    head = after.python("from goldenthread_web.trail.chain import verify\nanswer = verify().head")
    expected = ask(after, "verify_trail", "--expect", head)
    assert (expected.returncode, "The trail is whole" in expected.stdout) == (0, True)

    after.python(
        "from goldenthread_web.accounts.models import RoleProposal, User\n"
        "answer = User.objects.filter(role='administrator').delete()"
    )
    ran = ask(after, "check_restored", str(backup))
    assert ran.returncode == 1
    assert "accounts_user had 2 rows and has 1 rows." in ran.stderr
    assert "The trail goes on after the backup" in ran.stderr  # its verification is an Event


def test_a_backup_has_no_key_in_it_and_lies_elsewhere(tmp_path):
    installation, backup = backed_up(tmp_path / "one")
    with tarfile.open(backup / "folder.tar.gz") as packed:
        names = packed.getnames()
        content = b"".join(packed.extractfile(one).read() for one in packed if one.isfile())
    assert "deliveries/1" in names and "installation.toml" in names
    assert not [one for one in names if "sqlite" in one]
    for name in ("session", "trail", "children"):
        assert (installation.folder / "secrets" / name).read_bytes().strip() not in content
    assert backup.stat().st_mode & 0o077 == 0
    ran = ask(installation, "back_up", str(installation.folder / "backups"))
    assert (ran.returncode, "outside the installation" in ran.stderr) == (2, True)
    assert not (installation.folder / "backups").exists()
    assert [one.name for one in backup.parent.iterdir()] == [backup.name]
