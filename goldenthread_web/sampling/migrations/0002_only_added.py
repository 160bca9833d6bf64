"""The database refuses to change samples: who was drawn from whom stays what it was."""

from typing import Any

from django.db import migrations

from goldenthread_web.trail.only_added import protect

_TABLES = {
    "sampling_sample": "A sample is never changed or removed: draw another.",
    "sampling_sampledchild": "A sample is never changed or removed: draw another.",
    "sampling_leftout": "A sample is never changed or removed: draw another.",
}


def _protect(_apps: Any, schema_editor: Any) -> None:
    protect(schema_editor, _TABLES)


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("sampling", "0001_initial")]
    operations = [migrations.RunPython(_protect)]
