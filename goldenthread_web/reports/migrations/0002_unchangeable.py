"""From here on the database refuses to change or remove a release."""

from typing import Any

from django.db import migrations

from goldenthread_web.trail.only_added import protect

_TABLES = {
    "reports_release": "A release is never changed or removed: withdraw the report, and release another version.",
}


def _protect(_apps: Any, schema_editor: Any) -> None:
    protect(schema_editor, _TABLES)


class Migration(migrations.Migration):
    """Put the triggers in place; there is no way back."""

    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunPython(_protect)]
