"""From here on the database refuses what guards.py says."""

from django.db import migrations

from goldenthread_web.governance.guards import protect
from goldenthread_web.trail.triggers import Triggers


class Migration(migrations.Migration):
    """Put the triggers in place; there is no way back."""

    dependencies = [("governance", "0001_initial")]
    operations = [Triggers(protect)]
