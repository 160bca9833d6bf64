"""How does the database itself refuse to change what was said once? By triggers, on both engines."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Each table with what it holds, as the refusal says it.
TABLES = {
    "improvement_planversion": "A version of the plan",
    "improvement_progressnote": "A progress note",
    "improvement_datechange": "A change of a day",
}


def protect(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place."""
    for table, what in TABLES.items():
        for statement in _statements(schema_editor.connection.vendor, table, what):
            schema_editor.execute(statement)


def _statements(vendor: str, table: str, what: str) -> list[str]:
    sentence = f"{what} is never changed or removed: write another one."
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
    raise NotImplementedError(f"The plan cannot be protected on {vendor}: use SQLite or PostgreSQL.")
