"""Can the database be used, and if not, what is the administrator to do?"""

from django.conf import settings
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.utils import Error

_OLD_TABLES = ("no such table", "no such column", "has no column named")  # as SQLite says it
_KINDS_OF_OLD_TABLES = ("UndefinedTable", "UndefinedColumn")  # as PostgreSQL names it


def sentence_about(problem: Error) -> str:
    """What is wrong with the database, in one sentence; blank where the fault is one of ours."""
    said = str(problem).strip().partition("\n")[0].rstrip(".")
    kind = type(problem.__cause__).__name__
    if kind in _KINDS_OF_OLD_TABLES or any(words in said for words in _OLD_TABLES):
        return (
            f"{_the_database()} has not the tables of this version: "
            "run `python -m goldenthread_web migrate` and `createcachetable` first."
        )
    if kind == "InsufficientPrivilege" or isinstance(problem, MigrationSchemaMissing):
        return f"{_the_database()} refuses its user what is needed ({said}): make that user its owner."
    if isinstance(problem, OperationalError | InterfaceError):
        return (
            f"{_the_database()} cannot be used ({said}): "
            "start it, or correct [database] in the installation file."
        )
    return ""


def why_not() -> str:
    """Ask the database once; the sentence why it does not answer, or blank."""
    try:
        connection.ensure_connection()
    except (OperationalError, InterfaceError, ProgrammingError) as problem:
        return sentence_about(problem)
    finally:
        connection.close()
    return ""


def _the_database() -> str:
    said = settings.DATABASES["default"]
    where = f" at {said['HOST']}" if said.get("HOST") else ""
    return f"The database {said['NAME']}{where}"
