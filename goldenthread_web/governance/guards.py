"""What does the database itself refuse in governance? Triggers, on both engines.

A pack is what was before the meeting: nobody changes or removes one. A safeguarding action is there until a
meeting of its body closed it: it cannot be deleted, reworded, handed on or closed by the way, and a meeting
at which one got no outcome cannot be minuted, whoever writes.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PACK = "A pack that was frozen is never changed or removed."
ACTION = "A safeguarding action is never removed, reworded or handed to another body."
CLOSED = "A safeguarding action is closed by a review at a meeting of its body, and stays closed."
REVIEW = "The review of a safeguarding action is never removed or moved to another meeting."
MINUTED = "A safeguarding action got no outcome: the meeting cannot be minuted."

_ACTION_MOVED = (
    "NEW.id <> OLD.id OR NEW.body_id <> OLD.body_id OR NEW.text <> OLD.text"
    " OR NEW.opened_on <> OLD.opened_on OR NEW.opened_at_id <> OLD.opened_at_id"
)
_CLOSED_BY_THE_WAY = (
    "(OLD.closed_at_id IS NOT NULL AND (NEW.closed_at_id IS NULL OR NEW.closed_at_id <> OLD.closed_at_id))"
    " OR (NEW.closed_at_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM governance_safeguardingreview r"
    " JOIN governance_meeting m ON m.id = r.meeting_id WHERE r.action_id = NEW.id"
    " AND r.meeting_id = NEW.closed_at_id AND r.result = 'closed' AND m.body_id = NEW.body_id))"
)
_REVIEW_MOVED = "NEW.action_id <> OLD.action_id OR NEW.meeting_id <> OLD.meeting_id"
# An action concerns every meeting of its body after the one that opened it, until it is closed.
_UNREVIEWED = (
    "NEW.status IN ('minuted', 'approved') AND EXISTS (SELECT 1 FROM governance_safeguardingaction a"
    " WHERE a.body_id = NEW.body_id AND a.opened_at_id <> NEW.id AND a.opened_on <= {day}"
    " AND (a.closed_on IS NULL OR a.closed_on >= {day})"
    " AND NOT EXISTS (SELECT 1 FROM governance_safeguardingreview r"
    " WHERE r.action_id = a.id AND r.meeting_id = NEW.id))"
)
_DAY = {
    # Django keeps moments in UTC, and no meeting is held in the hour in which the days differ.
    "sqlite": "date(NEW.starts_at)",
    "postgresql": "(NEW.starts_at AT TIME ZONE 'Europe/London')::date",
}
# The table, what is refused there (none: always), the sentence, and on what.
_RULES = (
    ("governance_pack", None, PACK, "UPDATE"),
    ("governance_pack", None, PACK, "DELETE"),
    ("governance_safeguardingaction", None, ACTION, "DELETE"),
    ("governance_safeguardingaction", _ACTION_MOVED, ACTION, "UPDATE"),
    ("governance_safeguardingaction", _CLOSED_BY_THE_WAY, CLOSED, "UPDATE"),
    ("governance_safeguardingaction", "NEW.closed_at_id IS NOT NULL", CLOSED, "INSERT"),
    ("governance_safeguardingreview", None, REVIEW, "DELETE"),
    ("governance_safeguardingreview", _REVIEW_MOVED, REVIEW, "UPDATE"),
    ("governance_meeting", _UNREVIEWED, MINUTED, "UPDATE"),
    ("governance_meeting", _UNREVIEWED, MINUTED, "INSERT"),
)


def protect(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place. A migration that rebuilds one of these tables must call this again."""
    vendor = schema_editor.connection.vendor
    if vendor not in _DAY:
        raise NotImplementedError(f"Governance cannot be protected on {vendor}: use SQLite or PostgreSQL.")
    for number, (table, condition, sentence, on) in enumerate(_RULES):
        name = f"{table}_refuses_{number}"
        when = "" if condition is None else f"WHEN ({condition.format(day=_DAY[vendor])})"
        for statement in _statements(vendor, name, table, when, sentence, on):
            schema_editor.execute(statement)


def _statements(vendor: str, name: str, table: str, when: str, sentence: str, on: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {on} ON {table} {when} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END",
        ]
    # PostgreSQL allows no query in WHEN: the condition goes into the function.
    found = when.removeprefix("WHEN ") or "true"
    back = "OLD" if on == "DELETE" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {found} THEN RAISE EXCEPTION '{sentence}'; END IF; RETURN {back}; END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {on} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
