"""From here on the database refuses what guards.py says."""

from typing import Any

from django.db import migrations

from goldenthread_web.governance.guards import protect


def _protect(_apps: Any, schema_editor: Any) -> None:
    protect(schema_editor)


class Migration(migrations.Migration):
    """Put the triggers in place; there is no way back."""

    dependencies = [("governance", "0001_initial")]
    operations = [migrations.RunPython(_protect)]
