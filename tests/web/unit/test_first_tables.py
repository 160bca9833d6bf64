"""First tables are made at once: they are what the models describe, and nothing else is done there."""

import re

import pytest
from django.apps import apps
from django.db import connection, connections, migrations, models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.state import ProjectState

from goldenthread_web.config.first_tables import FirstTables

_BETWEEN = re.compile(r', (?=")|, (?=CONSTRAINT )')
SQLITE = connections.settings["default"] | {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}
pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """An empty database in memory."""
    connections["made"] = DatabaseWrapper({**SQLITE, "NAME": ":memory:"}, alias="made")
    yield connections["made"]
    connections["made"].close()
    del connections["made"]


def schema(of) -> set[tuple[str, frozenset[str]]]:
    """Tables and indexes by name, each with its columns and constraints in no order; what no model is for is
    left out."""
    with of.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type != 'trigger' "
            "AND tbl_name NOT IN ('sqlite_sequence', 'django_migrations', 'shared_cache')"
        )
        return {(name, frozenset(_BETWEEN.split(sql.removesuffix(")")))) for name, sql in cursor.fetchall()}


def test_migrated_tables_are_what_the_models_say(made):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite keeps each table's statement, so that two databases can be compared.")
    with made.schema_editor() as editor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.can_migrate(connection) and not model._meta.auto_created:
                editor.create_model(model)
    expected, found = schema(made), schema(connection)
    assert any(name.startswith("governance_") for name, _ in expected), "the tables of an app are among them"
    assert found == expected


def test_another_operation_is_refused():
    class Other(FirstTables):
        operations = [migrations.RunSQL("SELECT 1")]

    with pytest.raises(TypeError, match=r"ui\.0001 makes first tables and has RunSQL"):
        Other("0001", "ui").apply(ProjectState(), None)


def test_a_table_and_what_is_added_to_it_are_made_together(made):
    class Two(FirstTables):
        operations = [
            migrations.CreateModel("Body", [("id", models.BigAutoField(primary_key=True))]),
            migrations.CreateModel(
                "Seat",
                [
                    ("id", models.BigAutoField(primary_key=True)),
                    ("number", models.IntegerField()),
                ],
            ),
            migrations.AddField("seat", "body", models.ForeignKey("ui.Body", models.CASCADE)),
            migrations.AddConstraint(
                "seat", models.UniqueConstraint(fields=["body", "number"], name="one_each")
            ),
        ]

    state = ProjectState()
    with made.schema_editor() as editor:
        Two("0001", "ui").apply(state, editor)
    found = made.introspection
    with made.cursor() as cursor:
        assert set(found.table_names(cursor)) == {"ui_body", "ui_seat"}
        assert found.get_constraints(cursor, "ui_seat")["one_each"]["columns"] == ["body_id", "number"]
    assert set(state.models) == {("ui", "body"), ("ui", "seat")}
