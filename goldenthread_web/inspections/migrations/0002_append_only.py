"""From here on the database refuses to change a letter's text or the log of what was handed over."""

from typing import Any

from django.db import migrations

from goldenthread_web.inspections.append_only import protect


def _protect(_apps: Any, schema_editor: Any) -> None:
    protect(schema_editor)


class Migration(migrations.Migration):
    """Put the triggers in place; there is no way back."""

    dependencies = [("inspections", "0001_initial")]
    operations = [migrations.RunPython(_protect)]
