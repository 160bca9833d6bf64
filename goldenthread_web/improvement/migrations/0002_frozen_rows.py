"""The database refuses to change versions of the plan, progress notes and changes of days."""

from typing import Any

from django.db import migrations

from goldenthread_web.improvement.frozen_rows import protect


def _protect(_apps: Any, schema_editor: Any) -> None:
    protect(schema_editor)


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("improvement", "0001_initial")]
    operations = [migrations.RunPython(_protect)]
