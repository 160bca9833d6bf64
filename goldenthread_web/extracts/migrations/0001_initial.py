"""Deliveries, loads asked for and made, what was picked up, routines."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from goldenthread_web.config.first_tables import FirstTables


class Migration(FirstTables):
    """The first tables."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RoutineBegun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True)),
                ("began_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40, unique=True)),
                (
                    "how",
                    models.CharField(
                        choices=[("uploaded", "uploaded"), ("picked_up", "picked up from the folder")],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("files_deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="LoadRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("as_at_on", models.DateField(blank=True, null=True)),
                ("accept_fewer", models.BooleanField(default=False)),
                ("mapping", models.JSONField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Under way"),
                            ("done", "Loaded"),
                            ("refused", "Refused"),
                            ("failed", "Stopped by a fault"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("stage", models.CharField(blank=True, max_length=80)),
                ("stage_done", models.PositiveIntegerField(default=0)),
                ("stage_total", models.PositiveIntegerField(default=0)),
                ("claimed_by", models.CharField(blank=True, max_length=40)),
                ("beat_at", models.DateTimeField(blank=True, null=True)),
                ("attempt", models.PositiveIntegerField(default=0)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("sentence", models.TextField(blank=True)),
                ("is_about_fewer_rows", models.BooleanField(default=False)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loads_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="extracts.delivery",
                    ),
                ),
            ],
            options={
                "ordering": ("-asked_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="MadeLoad",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("folder", models.CharField(max_length=60)),
                ("as_at_on", models.DateField()),
                ("hash", models.CharField(max_length=64)),
                ("was_loaded_already", models.BooleanField(default=False)),
                ("rows", models.JSONField(default=dict)),
                ("compared_with", models.CharField(blank=True, max_length=60)),
                ("rows_before", models.JSONField(default=dict)),
                ("findings", models.JSONField(default=dict)),
                ("files", models.JSONField(default=list)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="loads",
                        to="extracts.loadrun",
                    ),
                ),
            ],
            options={
                "ordering": ("-as_at_on",),
            },
        ),
        migrations.CreateModel(
            name="PickUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("folder", models.CharField(max_length=200, unique=True)),
                ("look", models.CharField(max_length=64)),
                ("looked_at", models.DateTimeField()),
                ("taken_look", models.CharField(blank=True, max_length=64)),
                ("sentence", models.TextField(blank=True)),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="extracts.loadrun",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeliveredFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=150)),
                ("bytes", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="extracts.delivery",
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("delivery", "number"), name="delivered_number_once"),
                    models.UniqueConstraint(fields=("delivery", "name"), name="delivered_name_once"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="loadrun",
            index=models.Index(fields=["state", "asked_at"], name="load_run_queue"),
        ),
        migrations.AddConstraint(
            model_name="loadrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "running")), fields=("state",), name="one_load_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="madeload",
            constraint=models.UniqueConstraint(fields=("run", "folder"), name="made_load_once"),
        ),
    ]
