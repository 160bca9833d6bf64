"""The database refuses to change movements of risks and tests of controls."""

from django.db import migrations

from goldenthread_web.trail.only_added import only_added

_TABLES = {
    "risks_movement": "A movement of a risk is never changed or removed: add another.",
    "risks_controltest": "A test of a control is never changed or removed: add another.",
}


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("risks", "0001_initial")]
    operations = [only_added(_TABLES)]
