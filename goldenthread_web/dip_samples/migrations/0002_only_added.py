"""The database refuses to change what a design asked: another wording is another version."""

from django.db import migrations

from goldenthread_web.trail.only_added import only_added

_TABLES = {
    "dip_samples_designversion": "The words of a design are never changed or removed: word it anew.",
    "dip_samples_item": "The items of a design are never changed or removed: word it anew.",
}


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("dip_samples", "0001_initial")]
    operations = [only_added(_TABLES)]
