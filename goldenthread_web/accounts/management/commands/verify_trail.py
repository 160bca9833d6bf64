"""Is the trail whole? Exit code 1, and the first broken Event, if it is not."""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from goldenthread_web.accounts import nightly


class Command(BaseCommand):
    """`verify_trail [--expect HEAD]`."""

    help = "Verify the trail; print its head, which is to be kept elsewhere each day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option."""
        parser.add_argument("--expect", help="A head noted earlier: the chain must still contain it.")

    def handle(self, *args: object, **options: object) -> None:
        """Print what was found."""
        expected = options["expect"]
        found = nightly.verify_trail(expected=expected if isinstance(expected, str) else None)
        if found.first_broken is None:
            self.stdout.write(f"The trail is whole: {found.events} Events; head {found.head}")
            return
        self.stderr.write(f"The trail is broken at Event {found.first_broken}: {found.why}.")
        sys.exit(1)
