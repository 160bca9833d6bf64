"""From here on the database refuses to change or remove an Event."""

from django.db import migrations

from goldenthread_web.trail.only_added import only_added

_SENTENCE = "The trail is append-only: nothing in it is changed or removed."
_TABLES = {"trail_event": _SENTENCE, "trail_seen": _SENTENCE}


class Migration(migrations.Migration):
    """Put the triggers in place; there is no way back."""

    dependencies = [("trail", "0001_initial")]
    operations = [only_added(_TABLES, against_truncate=True)]
