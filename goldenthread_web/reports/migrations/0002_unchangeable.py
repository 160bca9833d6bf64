"""From here on the database refuses to change or remove a release."""

from django.db import migrations

from goldenthread_web.trail.only_added import only_added

_TABLES = {
    "reports_release": "A release is never changed or removed: withdraw the report, and release another version.",
}


class Migration(migrations.Migration):
    """Put the triggers in place; there is no way back."""

    dependencies = [("reports", "0001_initial")]
    operations = [only_added(_TABLES)]
