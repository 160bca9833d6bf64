"""The database refuses to change the report of a Practice Week."""

from typing import Any

from django.db import migrations

from goldenthread_web.trail.only_added import protect

_TABLES = {
    "practice_weeks_weekreport": "The report of a Practice Week is never changed or removed: add another.",
}


def _protect(_apps: Any, schema_editor: Any) -> None:
    protect(schema_editor, _TABLES)


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("practice_weeks", "0001_initial")]
    operations = [migrations.RunPython(_protect)]
