"""The database refuses to change movements of risks and tests of controls."""

from typing import Any

from django.db import migrations

from goldenthread_web.trail.only_added import protect

_TABLES = {
    "risks_movement": "A movement of a risk is never changed or removed: add another.",
    "risks_controltest": "A test of a control is never changed or removed: add another.",
}


def _protect(_apps: Any, schema_editor: Any) -> None:
    protect(schema_editor, _TABLES)


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("risks", "0001_initial")]
    operations = [migrations.RunPython(_protect)]
