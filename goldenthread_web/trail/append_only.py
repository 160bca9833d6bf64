"""How does the database itself refuse to change or remove an Event? By triggers, on both engines."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# What a row must not share with one that is there.
_SAME = {
    "trail_event": "id = NEW.id OR hash = NEW.hash",
    "trail_seen": "id = NEW.id OR (event_id = NEW.event_id AND reference = NEW.reference)",
}
TABLES = tuple(_SAME)
_SENTENCE = "The trail is append-only: nothing in it is changed or removed."


def protect(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place."""
    for table in TABLES:
        for statement in _statements(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)


def _statements(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
        return [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            # INSERT OR REPLACE removes the row that stands in its way without asking the trigger above.
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608 - names of our own
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {_SAME[table]}) {refuse}",
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
