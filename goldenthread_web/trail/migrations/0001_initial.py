"""The tables of Events and of who was seen."""

from django.db import migrations, models

from goldenthread_web.config.first_tables import FirstTables


class Migration(FirstTables):
    """Make them."""

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_role", models.CharField(blank=True, max_length=40)),
                ("what", models.CharField(max_length=60)),
                ("about_kind", models.CharField(blank=True, max_length=40)),
                ("about_key", models.CharField(blank=True, max_length=80)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("changes", models.JSONField(default=dict)),
                ("request_id", models.CharField(blank=True, max_length=32)),
                ("address", models.CharField(blank=True, max_length=45)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(fields=["about_kind", "about_key", "id"], name="trail_about"),
                    models.Index(fields=["by_id", "id"], name="trail_by"),
                    models.Index(fields=["what", "id"], name="trail_what"),
                    models.Index(fields=["at"], name="trail_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=40)),
            ],
            options={
                "indexes": [models.Index(fields=["reference", "event_id"], name="trail_seen_child")],
                "constraints": [
                    models.UniqueConstraint(fields=("event_id", "reference"), name="trail_seen_once")
                ],
            },
        ),
    ]
