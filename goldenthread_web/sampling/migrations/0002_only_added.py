"""The database refuses to change samples: who was drawn from whom stays what it was."""

from django.db import migrations

from goldenthread_web.trail.only_added import only_added

_TABLES = {
    "sampling_sample": "A sample is never changed or removed: draw another.",
    "sampling_sampledchild": "A sample is never changed or removed: draw another.",
    "sampling_leftout": "A sample is never changed or removed: draw another.",
}


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("sampling", "0001_initial")]
    operations = [only_added(_TABLES)]
