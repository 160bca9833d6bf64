"""The database refuses to change the steps of challenges, their answers, and good practice that was noted."""

from django.db import migrations

from goldenthread_web.trail.only_added import only_added

_TABLES = {
    "challenges_step": "A step of a challenge is never changed or removed.",
    "challenges_answer": "An answer to a challenge is never changed or removed: give another.",
    "challenges_goodpractice": "Good practice that was noted is never changed or removed.",
}


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("challenges", "0001_initial")]
    operations = [only_added(_TABLES)]
