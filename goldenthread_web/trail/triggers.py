"""How does a migration put triggers in place without asking for models?"""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation


class Triggers(Operation):
    """Have a function say to the database what it refuses from here on; there is no way back.

    RunPython hands over every model as it was at that migration, and Django renders all of them anew for it.
    """

    reversible = False

    def __init__(self, put: Callable[[BaseDatabaseSchemaEditor], None]) -> None:
        self.put = put

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers change no model."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Put them in place."""
        self.put(schema_editor)

    def describe(self) -> str:
        """What `migrate --plan` says of it."""
        return "Put triggers in place"
