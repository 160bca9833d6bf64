"""How does the database keep what inspectors wrote, and what they were given? By triggers."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = {
    "inspections_paragraph": "A paragraph of a letter is never changed or removed: enter the letter anew.",
    "inspections_handover": "What was handed over is never changed or removed from the log.",
}


def protect(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place."""
    for table, sentence in TABLES.items():
        for statement in _statements(schema_editor.connection.vendor, table, sentence):
            schema_editor.execute(statement)


def _statements(vendor: str, table: str, sentence: str) -> list[str]:
    if vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        return [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        ]
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{sentence}'; END $$",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        ]
    raise NotImplementedError(f"Letters cannot be protected on {vendor}: use SQLite or PostgreSQL.")
