"""How does the database itself keep what was adopted or published? By triggers, on both engines.

Before that the rows are free; from then on nothing of them, and nothing that belongs to them, changes.
"""

from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """Rows of a table that are never changed once a condition holds.

    `when`: the condition in SQL, with {row} for the row it is asked of. `after`: names of columns that may
    still change. `joins`: whether rows may not be added either where the condition holds for them.
    """

    table: str
    when: str
    sentence: str
    after: tuple[str, ...] = ()
    joins: bool = False


def freeze(schema_editor: BaseDatabaseSchemaEditor, frozen: Frozen) -> None:
    """Refuse to change or remove such rows, and to add to them where that counts as changing."""
    for statement in _statements(schema_editor, frozen):
        schema_editor.execute(statement)


def _statements(schema_editor: BaseDatabaseSchemaEditor, frozen: Frozen) -> list[str]:
    vendor, table = schema_editor.connection.vendor, frozen.table
    old, new = frozen.when.format(row="OLD"), frozen.when.format(row="NEW")
    changes = _changes(schema_editor, frozen, "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM")
    moves = f" OR ({new})" if frozen.joins else ""
    if vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{frozen.sentence}'); END"
        there = frozen.when.format(row="there")
        # INSERT OR REPLACE removes the row that stands in its way without asking the triggers above it.
        replaced = f"EXISTS (SELECT 1 FROM {table} there WHERE there.id = NEW.id AND ({there}))"  # noqa: S608
        added = f"({new}) OR {replaced}" if frozen.joins else replaced
        return [
            f"CREATE TRIGGER {table}_frozen_update BEFORE UPDATE ON {table} "
            f"WHEN (({old}){moves}) AND ({changes}) {refuse}",
            f"CREATE TRIGGER {table}_frozen_delete BEFORE DELETE ON {table} WHEN {old} {refuse}",
            f"CREATE TRIGGER {table}_frozen_insert BEFORE INSERT ON {table} WHEN {added} {refuse}",
        ]
    if vendor == "postgresql":
        added = f"IF TG_OP = 'INSERT' AND ({new}) THEN RAISE EXCEPTION '{frozen.sentence}'; END IF; "
        return [
            f"CREATE OR REPLACE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            + (added if frozen.joins else "")
            + f"IF TG_OP = 'UPDATE' THEN IF (({old}){moves}) AND ({changes}) "
            f"THEN RAISE EXCEPTION '{frozen.sentence}'; END IF; END IF; "
            f"IF TG_OP = 'DELETE' THEN IF ({old}) THEN RAISE EXCEPTION '{frozen.sentence}'; END IF; "
            "RETURN OLD; END IF; RETURN NEW; END $$",
            f"CREATE TRIGGER {table}_frozen BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_keep()",
        ]
    raise NotImplementedError(f"Rows cannot be protected on {vendor}: use SQLite or PostgreSQL.")


def _changes(schema_editor: BaseDatabaseSchemaEditor, frozen: Frozen, differs: str) -> str:
    """Whether an update changes more than what may still change; TRUE where nothing may."""
    if not frozen.after:
        return "1 = 1"
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        columns = [one.name for one in connection.introspection.get_table_description(cursor, frozen.table)]
    return " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in columns if name not in frozen.after)
