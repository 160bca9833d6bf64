"""How do the demonstration's files come in? As a council's would: delivered, and loaded by the worker."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand

from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.services import make_demo_account
from goldenthread_web.extracts import services
from goldenthread_web.extracts.receiving import Received

_CHUNK = 2**20


class Command(BaseCommand):
    """`deliver_demo FOLDER --as-at DATE`."""

    help = "Deliver the files that `goldenthread synth` wrote, as the demonstration's performance analyst."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the files are, and of which day."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--as-at", type=date.fromisoformat, required=True)

    def handle(self, *args: object, folder: Path, as_at: date, **options: object) -> None:
        """Deliver."""
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        if not paths:
            raise Refused(f"There are no files in {folder}: run `goldenthread synth {folder}` first.")
        analyst = make_demo_account(
            email="performance-analyst@demo.example",
            title="Performance analyst",
            role="performance_analyst",
            unit=None,
            worker_id="",
            ends_on=None,
            by=None,
        )
        files = [_received(path) for path in paths]
        try:
            services.deliver(files, as_at_on=as_at, by=analyst)
        finally:
            for file in files:
                file.close()
        self.stdout.write(f"{len(files)} files delivered; loading them takes a minute or two.")


def _received(path: Path) -> Received:
    file = Received(path.name)
    with path.open("rb") as content:
        while chunk := content.read(_CHUNK):
            file.add(chunk)
    file.complete()
    return file
