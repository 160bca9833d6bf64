"""The database refuses to change what an auditor said of a case once it is completed."""

from django.db import migrations

from goldenthread_web.case_audits.frozen import keep_first_grades
from goldenthread_web.trail.triggers import Triggers


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("case_audits", "0001_initial")]
    operations = [Triggers(keep_first_grades)]
