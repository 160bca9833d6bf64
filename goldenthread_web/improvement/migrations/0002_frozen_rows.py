"""The database refuses to change versions of the plan, progress notes and changes of days."""

from django.db import migrations

from goldenthread_web.trail.only_added import only_added

_TABLES = {
    "improvement_planversion": "A version of the plan is never changed or removed: write another one.",
    "improvement_progressnote": "A progress note is never changed or removed: write another one.",
    "improvement_datechange": "A change of a day is never changed or removed: write another one.",
}


class Migration(migrations.Migration):
    """Put the triggers in place; there is no way back."""

    dependencies = [("improvement", "0001_initial")]
    operations = [only_added(_TABLES)]
