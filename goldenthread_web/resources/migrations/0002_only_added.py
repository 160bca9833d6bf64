"""The database refuses to change what was approved, spent, expected, shown and signed."""

from django.db import migrations

from goldenthread_web.trail.only_added import only_added

_TABLES = {
    "resources_approval": "An approval is never changed or removed: add another.",
    "resources_spend": "Money spent is never changed or removed: add another.",
    "resources_forecast": "A forecast is never changed or removed: add another.",
    "resources_benefitevidence": "Evidence is never changed or removed: add another.",
    "resources_signoff": "A signature is never changed or removed: add another.",
}


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("resources", "0001_initial")]
    operations = [only_added(_TABLES)]
