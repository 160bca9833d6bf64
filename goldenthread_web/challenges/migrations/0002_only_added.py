"""The database refuses to change the steps of challenges, their answers, and good practice that was noted."""

from typing import Any

from django.db import migrations

from goldenthread_web.trail.only_added import protect

_TABLES = {
    "challenges_step": "A step of a challenge is never changed or removed.",
    "challenges_answer": "An answer to a challenge is never changed or removed: give another.",
    "challenges_goodpractice": "Good practice that was noted is never changed or removed.",
}


def _protect(_apps: Any, schema_editor: Any) -> None:
    protect(schema_editor, _TABLES)


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("challenges", "0001_initial")]
    operations = [migrations.RunPython(_protect)]
