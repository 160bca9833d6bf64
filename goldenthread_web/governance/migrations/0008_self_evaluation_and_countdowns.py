"""The self-evaluation and calendars around an inspection; what a statement rests on is only added."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from goldenthread_web.trail.only_added import only_added

_TABLES = {
    "governance_statementevidence": "What a statement rests on is never changed or removed: make a new edition.",
}


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0007_alter_agendaitem_kind"),
        ("improvement", "0003_version_of_stages"),
        ("inspections", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Countdown",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("expected", "expected"),
                            ("rehearsal", "a rehearsal"),
                            ("announced", "announced"),
                        ],
                        max_length=10,
                    ),
                ),
                ("day_zero_on", models.DateField()),
                ("opened_at", models.DateTimeField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("learned", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-day_zero_on", "-id"),
            },
        ),
        migrations.CreateModel(
            name="CountdownItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("working_day", models.SmallIntegerField()),
                ("text", models.CharField(max_length=300)),
                ("post", models.CharField(max_length=120)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "countdown",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="governance.countdown",
                    ),
                ),
            ],
            options={
                "ordering": ("working_day", "id"),
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("framework", models.CharField(max_length=20)),
                ("area", models.CharField(max_length=40)),
                (
                    "sign",
                    models.CharField(
                        choices=[("strength", "Strength"), ("weakness", "Weakness")], max_length=10
                    ),
                ),
                ("text", models.TextField()),
                ("grade", models.CharField(blank=True, max_length=40)),
                (
                    "confidence",
                    models.CharField(
                        choices=[("high", "high"), ("medium", "medium"), ("low", "low")], max_length=10
                    ),
                ),
                ("next_step", models.TextField(blank=True)),
                ("edition", models.PositiveSmallIntegerField(default=1)),
                ("dated_on", models.DateField()),
                ("written_at", models.DateTimeField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="improvement.action",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="governance.statement",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-sign", "id"),
            },
        ),
        migrations.CreateModel(
            name="StatementEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("figure", "Figure of an indicator"),
                            ("case_audit", "Case audits against a practice standard"),
                            ("finding", "Finding of an inspector"),
                            ("feedback", "What children, families or staff say"),
                            ("document", "Document"),
                        ],
                        max_length=12,
                    ),
                ),
                ("about_on", models.DateField()),
                ("text", models.TextField(blank=True)),
                ("key", models.CharField(blank=True, max_length=40)),
                ("said", models.TextField(blank=True)),
                ("where", models.CharField(blank=True, max_length=200)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.finding",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="governance.statement",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "evidence",
                "ordering": ("-about_on", "-id"),
            },
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sign", "strength"),
                    ("action__isnull", False),
                    models.Q(("next_step", ""), _negated=True),
                    _connector="OR",
                ),
                name="weakness_has_next_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("edition", 1), ("replaces__isnull", True)),
                    models.Q(("edition__gt", 1), ("replaces__isnull", False)),
                    _connector="OR",
                ),
                name="statement_follows_its_edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_because", ""), ("ended_on__isnull", True)),
                    models.Q(("ended_on__isnull", False), models.Q(("ended_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="statement_ends_with_reason",
            ),
        ),
        only_added(_TABLES),
    ]
