"""Keep everything elsewhere: database and folder as they are now, without the secrets."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from goldenthread_web.extracts.backups import back_up


class Command(BaseCommand):
    """`back_up FOLDER`."""

    help = "Write a backup into a new folder; the secrets are not in it and are kept apart."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("folder", type=Path, help="Where the new folder is made, on another disk.")

    def handle(self, *args: object, folder: Path, **options: object) -> None:
        """Write it and say where it is."""
        self.stdout.write(str(back_up(folder)))
