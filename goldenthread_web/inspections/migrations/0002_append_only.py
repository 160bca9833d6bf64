"""From here on the database refuses to change a letter's text or the log of what was handed over."""

from django.db import migrations

from goldenthread_web.trail.only_added import only_added

_TABLES = {
    "inspections_paragraph": "A paragraph of a letter is never changed or removed: enter the letter anew.",
    "inspections_handover": "What was handed over is never changed or removed from the log.",
}


class Migration(migrations.Migration):
    """Put the triggers in place; there is no way back."""

    dependencies = [("inspections", "0001_initial")]
    operations = [only_added(_TABLES)]
