"""How an app's first tables are made: from what its first migration ends with, at once."""

from typing import Any

from django.db import migrations

_MAKE = (migrations.CreateModel, migrations.AddField, migrations.AddIndex, migrations.AddConstraint)


class FirstTables(migrations.Migration):
    """A first migration: tables with their fields, indexes and constraints, and nothing else.

    Django renders every related model anew after each operation, and here nearly all are related through
    whoever did something: making the tables of all apps took four times as long. What the operations end with
    is rendered once, and each table is made whole; it is the same table.

    Raises:
        TypeError: An operation does something else; that belongs into a migration of its own.
    """

    initial = True

    def apply(self, project_state: Any, schema_editor: Any, collect_sql: bool = False) -> Any:
        """Make the tables; `collect_sql` only writes down what would be said to the database."""
        for operation in self.operations:
            if not isinstance(operation, _MAKE):
                raise TypeError(
                    f"{self.app_label}.{self.name} makes first tables and has {type(operation).__name__}: "
                    "put it into a migration of its own."
                )
        # While nothing is rendered, what an operation adds costs nothing.
        project_state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            if isinstance(operation, migrations.CreateModel):
                model = project_state.apps.get_model(self.app_label, operation.name)
                if operation.allow_migrate_model(schema_editor.connection.alias, model):
                    schema_editor.create_model(model)
        return project_state
