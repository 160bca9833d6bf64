"""The database refuses to change who was told, whether a mail went out, and records of a child's safety."""

from django.db import migrations

from goldenthread_web.trail.only_added import only_added

_TABLES = {
    "concerns_notice": "Who was told of a concern is never changed or removed.",
    "concerns_noticemail": "Whether a mail about a concern went out is never changed or removed.",
    "concerns_noticeopening": "When a concern was opened is never changed or removed.",
    "concerns_safetyrecord": "A record of whether a child is safe is never changed or removed: add another.",
}


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("concerns", "0001_initial")]
    operations = [only_added(_TABLES)]
