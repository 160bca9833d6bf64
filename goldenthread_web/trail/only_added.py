"""How does the database itself keep rows that are written once? By triggers, on both engines."""

from collections.abc import Iterator, Mapping
from functools import partial

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from goldenthread_web.trail.triggers import Triggers


def only_added(tables: Mapping[str, str], *, against_truncate: bool = False) -> Triggers:
    """What a migration does so that rows of these tables are only added from then on."""
    return Triggers(partial(_protect, tables=tables, against_truncate=against_truncate))


def _protect(
    schema_editor: BaseDatabaseSchemaEditor, tables: Mapping[str, str], *, against_truncate: bool = False
) -> None:
    """Refuse to change or remove rows of these tables. Each comes with the sentence that is said then.

    SQLite has no TRUNCATE; on PostgreSQL `against_truncate` refuses to empty a table at one stroke too.
    """
    for table, sentence in tables.items():
        for statement in _statements(schema_editor.connection, table, sentence, against_truncate):
            schema_editor.execute(statement)


def _statements(
    connection: BaseDatabaseWrapper, table: str, sentence: str, against_truncate: bool
) -> list[str]:
    if connection.vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        return [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            # INSERT OR REPLACE removes the row that stands in its way without asking the trigger above.
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608 - names of our own
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {_in_the_way(connection, table)}) {refuse}",
        ]
    if connection.vendor == "postgresql":
        function = f"EXECUTE FUNCTION {table}_refuse()"
        found = [
            f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{sentence}'; END $$",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {function}",
        ]
        if against_truncate:
            found.append(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {function}"
            )
        return found
    raise NotImplementedError(f"Rows cannot be protected on {connection.vendor}: use SQLite or PostgreSQL.")


def _in_the_way(connection: BaseDatabaseWrapper, table: str) -> str:
    """When a new row would take the place of one that is there: the same key, or what must be there once."""
    keys = [
        "id = NEW.id",
        *(" AND ".join(f"{one} = NEW.{one}" for one in key) for key in _once(connection, table)),
    ]
    return " OR ".join(f"({key})" for key in keys)


def _once(connection: BaseDatabaseWrapper, table: str) -> Iterator[list[str]]:
    """The columns of each index in which values may stand once only, in every row."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA index_list({table})")
        indexes = [
            name for _, name, is_unique, _, is_partial in cursor.fetchall() if is_unique and not is_partial
        ]
        for name in sorted(indexes):
            cursor.execute(f"PRAGMA index_info({name})")
            columns = [column for *_, column in cursor.fetchall()]
            if None not in columns:  # of an expression
                yield columns
