"""From here on the database refuses to change or remove an Event."""

from typing import Any

from django.db import migrations

from goldenthread_web.trail.only_added import protect

_SENTENCE = "The trail is append-only: nothing in it is changed or removed."
_TABLES = {"trail_event": _SENTENCE, "trail_seen": _SENTENCE}


def _protect(_apps: Any, schema_editor: Any) -> None:
    protect(schema_editor, _TABLES, against_truncate=True)


class Migration(migrations.Migration):
    """Put the triggers in place; there is no way back."""

    dependencies = [("trail", "0001_initial")]
    operations = [migrations.RunPython(_protect)]
