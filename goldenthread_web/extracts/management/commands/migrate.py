"""Make the tables of this version; where that fails say what failed, and that nothing of it was kept."""

from typing import Any

from django.core.management.commands import migrate
from django.db.migrations import Migration

from goldenthread_web.config.answering import about_migration


class Command(migrate.Command):
    """`migrate`, as Django has it."""

    _now: Migration | None = None

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate. Refused with one sentence where a migration fails; each is one transaction."""
        try:
            super().handle(*args, **options)
        except Exception as problem:
            if self._now is None or options.get("traceback"):
                raise
            raise about_migration(self._now, problem) from problem

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        """Know which migration is at work."""
        super().migration_progress_callback(action, migration, fake)
        if action.endswith(("_start", "_success")):
            self._now = migration if action == "apply_start" else None
