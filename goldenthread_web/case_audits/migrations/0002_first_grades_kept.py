"""The database refuses to change what an auditor said of a case once it is completed."""

from typing import Any

from django.db import migrations

from goldenthread_web.case_audits.frozen import keep_first_grades


def _keep(_apps: Any, schema_editor: Any) -> None:
    keep_first_grades(schema_editor)


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("case_audits", "0001_initial")]
    operations = [migrations.RunPython(_keep)]
