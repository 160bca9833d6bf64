"""How did the demonstration's meetings go? After its plan and its risks, which stand in their packs."""

import tomllib
from importlib.resources import files

from django.core.management.base import BaseCommand

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.governance.demo import Telling, know
from goldenthread_web.governance.jobs import freeze_what_is_due
from goldenthread_web.governance.models import Pack


class Command(BaseCommand):
    """`make_demo_meetings`, once the demonstration has its plan and its risks."""

    help = "Hold the meetings of the demonstration up to its day: packs, minutes, asks, actions."

    def handle(self, *args: object, **options: object) -> None:
        """Write them as the demonstration's programme manager would."""
        if Pack.objects.exists():
            self.stdout.write("There are packs already: nothing was changed.")
            return
        keeper = account_of("programme_manager")
        said = tomllib.loads((files("goldenthread_web.governance") / "demo.toml").read_text("utf-8"))
        held = Telling(said, keeper).tell()
        know(said, keeper)
        freeze_what_is_due(by=None)
        self.stdout.write(f"{held} meetings were held.")
