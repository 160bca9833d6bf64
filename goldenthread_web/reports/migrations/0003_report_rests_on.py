"""A draft says what it was built of, so that it is built anew only where that is something else."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_unchangeable"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="rests_on",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
