"""The database refuses to change versions of the plan, progress notes and changes of days."""

from typing import Any

from django.db import migrations

from goldenthread_web.trail.only_added import protect

_TABLES = {
    "improvement_planversion": "A version of the plan is never changed or removed: write another one.",
    "improvement_progressnote": "A progress note is never changed or removed: write another one.",
    "improvement_datechange": "A change of a day is never changed or removed: write another one.",
}


def _protect(_apps: Any, schema_editor: Any) -> None:
    protect(schema_editor, _TABLES)


class Migration(migrations.Migration):
    """Put the triggers in place; there is no way back."""

    dependencies = [("improvement", "0001_initial")]
    operations = [migrations.RunPython(_protect)]
