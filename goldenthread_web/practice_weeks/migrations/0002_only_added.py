"""The database refuses to change the report of a Practice Week."""

from django.db import migrations

from goldenthread_web.trail.only_added import only_added

_TABLES = {
    "practice_weeks_weekreport": "The report of a Practice Week is never changed or removed: add another.",
}


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("practice_weeks", "0001_initial")]
    operations = [only_added(_TABLES)]
