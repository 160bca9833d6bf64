"""The database refuses to change what was approved, spent, expected, shown and signed."""

from typing import Any

from django.db import migrations

from goldenthread_web.trail.only_added import protect

_TABLES = {
    "resources_approval": "An approval is never changed or removed: add another.",
    "resources_spend": "Money spent is never changed or removed: add another.",
    "resources_forecast": "A forecast is never changed or removed: add another.",
    "resources_benefitevidence": "Evidence is never changed or removed: add another.",
    "resources_signoff": "A signature is never changed or removed: add another.",
}


def _protect(_apps: Any, schema_editor: Any) -> None:
    protect(schema_editor, _TABLES)


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("resources", "0001_initial")]
    operations = [migrations.RunPython(_protect)]
