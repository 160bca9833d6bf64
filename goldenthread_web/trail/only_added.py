"""How does the database itself keep rows that are written once? By triggers, on both engines."""

from collections.abc import Mapping

from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def protect(schema_editor: BaseDatabaseSchemaEditor, tables: Mapping[str, str]) -> None:
    """Refuse to change or remove rows of these tables. Each comes with the sentence that is said then."""
    for table, sentence in tables.items():
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
    raise NotImplementedError(f"Rows cannot be protected on {vendor}: use SQLite or PostgreSQL.")
