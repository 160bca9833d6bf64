"""Can the database be used, and if not, what is the administrator to do?"""

from django.conf import settings
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.db.migrations import Migration
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error

from goldenthread.ingest.extract import Refused

_OLD_TABLES = ("no such table", "no such column", "has no column named")  # as SQLite says it
_KINDS_OF_OLD_TABLES = ("UndefinedTable", "UndefinedColumn")  # as PostgreSQL names it


def sentence_about(problem: Error) -> str:
    """What is wrong with the database, in one sentence; blank where the fault is one of ours."""
    said = str(problem).strip().partition("\n")[0].rstrip(".")
    kind = type(problem.__cause__).__name__
    if kind in _KINDS_OF_OLD_TABLES or any(words in said for words in _OLD_TABLES):
        return _old_tables()
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


def refuse_old_tables() -> None:
    """Stop whoever starts on tables of an older version, or on those a failed migration left as they were.

    Raises:
        Refused: Migrations of this version were not made; says what to do.
        Error: The database does not answer.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refused(_old_tables())


def about_migration(migration: Migration, problem: Exception) -> Refused:
    """What to do after a migration that failed, of which nothing was kept: each is one transaction."""
    said = str(problem).strip().partition("\n")[0].rstrip(".")
    return Refused(
        f"{_the_database()} was not brought to this version: {migration} failed "
        f"({type(problem).__name__}: {said}) and nothing of it was kept; "
        "put the version before back, restore the backup, and report this sentence."
    )


def _old_tables() -> str:
    return (
        f"{_the_database()} has not the tables of this version: "
        "run `python -m goldenthread_web migrate` and `createcachetable` first."
    )


def _the_database() -> str:
    said = settings.DATABASES["default"]
    where = f" at {said['HOST']}" if said.get("HOST") else ""
    return f"The database {said['NAME']}{where}"
