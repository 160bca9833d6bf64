"""How does the database itself keep the first grade of a case audit? By triggers, on both engines."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_CASE_AUDITS, _ANSWERS = "case_audits_caseaudit", "case_audits_answer"
# What an auditor said, and of whom. What follows (moderation, plan, closing) is written beside it.
_FROZEN = ("state", "kind", "pro_forma_id", "reference", "team", "auditor_id", "scheduled_on")
_FROZEN += ("lived_experience", "judged_impact", "impact", "impact_text", "is_unsafe", "judged_grade")
_FROZEN += ("grade", "grade_text", "limits", "domain_grades", "completed_on", "completed_at")
_KEPT = "What an auditor said of a case is kept as it was completed: a moderated grade stands beside it."


def keep_first_grades(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse to change what was completed, to remove it, or to change an answer of it."""
    for statement in _statements(schema_editor.connection):
        schema_editor.execute(statement)


def _statements(connection: BaseDatabaseWrapper) -> list[str]:
    if connection.vendor == "sqlite":
        return _of_sqlite()
    if connection.vendor == "postgresql":
        return _of_postgresql()
    raise NotImplementedError(
        f"First grades cannot be kept on {connection.vendor}: use SQLite or PostgreSQL."
    )


def _of_sqlite() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _FROZEN)
    completed = f"SELECT 1 FROM {_CASE_AUDITS} WHERE state = 'completed' AND"  # noqa: S608 - our own
    found = [
        f"CREATE TRIGGER {_CASE_AUDITS}_no_change BEFORE UPDATE ON {_CASE_AUDITS} "
        f"WHEN OLD.state = 'completed' AND ({changed}) {refuse}",
        f"CREATE TRIGGER {_CASE_AUDITS}_no_removal BEFORE DELETE ON {_CASE_AUDITS} "
        f"WHEN OLD.state = 'completed' {refuse}",
        # INSERT OR REPLACE removes the row that stands in its way without asking the trigger above.
        f"CREATE TRIGGER {_CASE_AUDITS}_no_replacement BEFORE INSERT ON {_CASE_AUDITS} "
        f"WHEN EXISTS ({completed} (id = NEW.id OR ref = NEW.ref)) {refuse}",
    ]
    for when in ("UPDATE", "DELETE"):
        found.append(
            f"CREATE TRIGGER {_ANSWERS}_no_{when.lower()} BEFORE {when} ON {_ANSWERS} "
            f"WHEN EXISTS ({completed} id = OLD.case_audit_id) {refuse}"
        )
    return found


def _of_postgresql() -> list[str]:
    changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in _FROZEN)
    raised = f"RAISE EXCEPTION '{_KEPT}'"
    completed = f"SELECT 1 FROM {_CASE_AUDITS} WHERE id = OLD.case_audit_id AND state = 'completed'"  # noqa: S608 - our own
    return [
        f"CREATE FUNCTION {_CASE_AUDITS}_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF OLD.state = 'completed' THEN IF TG_OP = 'DELETE' THEN {raised}; "
        f"ELSIF {changed} THEN {raised}; END IF; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {_CASE_AUDITS}_kept BEFORE UPDATE OR DELETE ON {_CASE_AUDITS} "
        f"FOR EACH ROW EXECUTE FUNCTION {_CASE_AUDITS}_kept()",
        f"CREATE FUNCTION {_ANSWERS}_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF EXISTS ({completed}) THEN {raised}; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {_ANSWERS}_kept BEFORE UPDATE OR DELETE ON {_ANSWERS} "
        f"FOR EACH ROW EXECUTE FUNCTION {_ANSWERS}_kept()",
    ]
