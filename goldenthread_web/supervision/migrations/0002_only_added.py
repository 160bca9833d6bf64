"""The database refuses to change what sessions said of actions, what managers answered, and directions."""

from django.db import migrations

from goldenthread_web.trail.only_added import only_added

_TABLES = {
    "supervision_review": "What a session said of an action is never changed or removed.",
    "supervision_carriedanswer": "An answer for a carried action is never changed or removed: give another.",
    "supervision_direction": "A direction at allocation is never changed or removed: give another.",
}


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("supervision", "0001_initial")]
    operations = [only_added(_TABLES)]
