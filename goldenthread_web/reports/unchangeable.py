"""How does the database itself refuse to change what was released? By triggers, on both engines."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "reports_release"
_SENTENCE = "A release is never changed or removed: withdraw the report, and release another version."


def protect(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place."""
    for statement in _statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
        return [
            f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} {refuse}",
            f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} {refuse}",
        ]
    if vendor == "postgresql":
        return [
            "CREATE OR REPLACE FUNCTION reports_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_SENTENCE}'; END $$",
            f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION reports_refuse()",
        ]
    raise NotImplementedError(f"Releases cannot be protected on {vendor}: use SQLite or PostgreSQL.")
