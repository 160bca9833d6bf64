"""Is what was restored what was backed up? Exit code 1, and every difference, if it is not."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from goldenthread_web.extracts.backups import differences


class Command(BaseCommand):
    """`check_restored BACKUP`."""

    help = "Compare this installation with the backup it was restored from; before anybody signs in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which backup."""
        parser.add_argument("backup", type=Path, help="The folder that `back_up` made.")

    def handle(self, *args: object, backup: Path, **options: object) -> None:
        """Say what differs."""
        found = list(differences(backup))
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            sys.exit(1)
        self.stdout.write(
            "Restored whole: every table has the rows it had, and the trail ends where it ended."
        )
