"""Who governs in the demonstration, and when do they meet? Before the plan, which rests on a decision."""

import tomllib
from importlib.resources import files

from django.core.management.base import BaseCommand

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.governance.demo import decide, join, plan
from goldenthread_web.governance.models import Meeting


class Command(BaseCommand):
    """`make_demo_governance`, once the demonstration has its bodies, and before its plan."""

    help = "Enter the members, meetings and decisions of the demonstration."

    def handle(self, *args: object, **options: object) -> None:
        """Write them as the demonstration's programme manager would."""
        if Meeting.objects.exists():
            self.stdout.write("There are meetings already: nothing was changed.")
            return
        keeper = account_of("programme_manager")
        said = tomllib.loads((files("goldenthread_web.governance") / "demo.toml").read_text("utf-8"))
        members, meetings, decisions = (
            join(said, account_of, keeper),
            plan(said, keeper),
            decide(said, keeper),
        )
        self.stdout.write(f"{members} memberships, {meetings} meetings, {decisions} decisions.")
