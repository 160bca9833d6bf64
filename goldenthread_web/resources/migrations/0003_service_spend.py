"""What services for children cost; the database only adds to it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread_web.figures.models
from goldenthread_web.trail.only_added import only_added

_TABLES = {"resources_servicespend": "What a service cost is never changed or removed: enter it again."}


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0002_only_added"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceSpend",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.CharField(max_length=20)),
                ("year", models.PositiveSmallIntegerField()),
                ("quarter", models.PositiveSmallIntegerField()),
                ("amount", goldenthread_web.figures.models.Amount(blank=False, max_length=40, null=False)),
                ("source", models.CharField(max_length=200)),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quarter__range", (1, 4))), name="service_spend_of_four_quarters"
                    )
                ],
            },
        ),
        only_added(_TABLES),
    ]
