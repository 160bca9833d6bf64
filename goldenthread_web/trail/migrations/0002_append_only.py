"""From here on the database refuses to change or remove an Event."""

from typing import Any

from django.db import migrations

from goldenthread_web.trail.append_only import protect


def _protect(_apps: Any, schema_editor: Any) -> None:
    protect(schema_editor)


class Migration(migrations.Migration):
    """Put the triggers in place; there is no way back."""

    dependencies = [("trail", "0001_initial")]
    operations = [migrations.RunPython(_protect)]
