"""How does the database itself refuse to change or remove an Event? By triggers, on both engines."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("trail_event", "trail_seen")
_SENTENCE = "The trail is append-only: nothing in it is changed or removed."


def protect(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place."""
    for table in TABLES:
        for statement in _statements(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)


def _statements(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    if vendor == "postgresql":
        return [
            "CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_SENTENCE}'; END $$",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION trail_refuse()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()",
        ]
    raise NotImplementedError(f"The trail cannot be protected on {vendor}: use SQLite or PostgreSQL.")
