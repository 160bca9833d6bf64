"""How is everything kept elsewhere, and is what was restored from there whole?

A backup is a folder of its own: the database as it was at one moment, the installation's folder without its
secrets, and `backup.json`, which says how many rows each table had and where the trail ended. The secrets
are kept apart from it, by hand: whoever finds a backup must not find the keys beside it.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.config.clock import now
from goldenthread_web.trail.chain import START, verify
from goldenthread_web.trail.models import Event

SAID, FOLDER, DUMP, SQLITE = "backup.json", "folder.tar.gz", "database.dump", "service.sqlite3"
# Made anew by the service itself, or kept apart.
_LEFT_OUT = ("static", "workers", "working-out.lock")
# Whoever signs in or asks too often writes here: they say nothing of whether a backup is whole.
_OF_THE_MOMENT = ("django_session", "shared_cache")


def back_up(into: Path) -> Path:
    """Write a backup into a new folder inside `into`, and its path: whole, or not there under this name."""
    if into.resolve().is_relative_to(settings.INSTALLATION.folder):
        raise Refused("Choose a folder outside the installation: a backup in it is lost together with it.")
    name = f"golden-thread-{now():%Y-%m-%dT%H%M%SZ}"
    unfinished = into / f".{name}"
    try:
        unfinished.mkdir(parents=True)
        # The database first: what it names in the folder is then there, as loads never change.
        said = _postgresql(unfinished) if connection.vendor == "postgresql" else _sqlite(unfinished)
        _pack(unfinished / FOLDER)
        (unfinished / SAID).write_text(json.dumps(said, indent=1) + "\n", "utf-8")
        return unfinished.rename(into / name)
    except OSError as problem:
        raise Refused(f"The backup could not be written to {into}: {problem.strerror or problem}.") from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def differences(backup: Path) -> Iterator[str]:
    """What is not as it was when the backup was made, each in one sentence."""
    try:
        said = json.loads((backup / SAID).read_text("utf-8"))
    except OSError as problem:
        raise Refused(f"{backup} is no backup: {SAID} cannot be read ({problem.strerror}).") from None
    there = _rows()
    for table in sorted({*said["rows"], *there}):
        before, after = said["rows"].get(table), there.get(table)
        if before != after:
            yield f"{table} had {_counted(before)} and has {_counted(after)}."
    found = verify(said["head"])
    if found.first_broken is not None:
        yield f"The trail is broken at Event {found.first_broken}: {found.why}."
    elif found.head != said["head"]:
        yield "The trail goes on after the backup: this is not what was restored, or it is in use already."


def _counted(rows: int | None) -> str:
    return "was not there" if rows is None else f"{rows} rows"


def _rows() -> dict[str, int]:
    tables = [one for one in connection.introspection.table_names() if one not in _OF_THE_MOMENT]
    with connection.cursor() as cursor:
        return {table: _count(cursor, table) for table in sorted(tables)}


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - its own names
    return int(cursor.fetchone()[0])


def _said() -> dict[str, Any]:
    last = Event.objects.order_by("-id").values_list("hash", flat=True).first()
    return {"made_at": now().isoformat(), "head": last or START, "rows": _rows()}


def _sqlite(folder: Path) -> dict[str, Any]:
    """A copy of the database while it is in use, and what it says of itself."""
    with transaction.atomic():  # nobody writes between the copy and the counting
        source = sqlite3.connect(settings.DATABASES["default"]["NAME"])
        copy = sqlite3.connect(folder / SQLITE)
        try:
            source.backup(copy)
        finally:
            source.close()
            copy.close()
        return _said()


def _postgresql(folder: Path) -> dict[str, Any]:
    """A dump by PostgreSQL's own tool, of the very moment at which rows are counted."""
    with _one_moment() as moment:
        database = settings.DATABASES["default"]
        command = ["pg_dump", "--format=custom", "--no-owner", f"--snapshot={moment}"]
        command += [f"--file={folder / DUMP}", f"--dbname={database['NAME']}"]
        for option, setting in (("host", "HOST"), ("port", "PORT"), ("username", "USER")):
            if database[setting]:
                command.append(f"--{option}={database[setting]}")
        try:
            ran = subprocess.run(  # noqa: S603 - our own command; the password is not among its arguments
                command,
                env=os.environ | ({"PGPASSWORD": database["PASSWORD"]} if database["PASSWORD"] else {}),
                capture_output=True,
                text=True,
                check=False,
            )
        except FileNotFoundError:
            raise Refused("There is no pg_dump here: install PostgreSQL's client programs.") from None
        if ran.returncode:
            raise Refused(f"pg_dump refused: {ran.stderr.strip().splitlines()[-1]}")
        return _said()


@contextmanager
def _one_moment() -> Iterator[str]:
    """A moment of the database that its own tools can be told of."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def _pack(archive: Path) -> None:
    """The installation's folder without its secrets and its database; the store, wherever it is."""
    installation = settings.INSTALLATION
    with tarfile.open(archive, "w:gz") as packed:
        for folder, within in ((installation.folder, ""), (installation.store, "store/")):
            if within and folder.is_relative_to(installation.folder):
                continue
            for path in sorted(folder.rglob("*")):
                said = path.relative_to(folder)
                if path.is_file() and (within or not _is_left_out(path, said.parts[0])):
                    # What the service removes meanwhile is not needed.
                    with suppress(FileNotFoundError):
                        packed.add(path, arcname=f"{within}{said}", recursive=False)


def _is_left_out(path: Path, top: str) -> bool:
    installation = settings.INSTALLATION
    database = installation.database.get("path")
    return (
        top in _LEFT_OUT
        or top == installation.service.get("pick_up_folder")
        or path in installation.secret_files
        or (database is not None and path.name.startswith(database.name))
    )
