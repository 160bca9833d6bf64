"""What stands beside this week's sheet in the demonstration? The sheets of the Mondays before."""

from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand

from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.config.clock import today
from goldenthread_web.worklist.weekly_services import monday_of, take_weekly_snapshot

_WEEKS = 3  # before this one


class Command(BaseCommand):
    """`make_demo_weeks`, once a load is in force."""

    help = "Take the weekly sheets of the Mondays before this one, as a council has that ran a while."

    def handle(self, *args: object, **options: object) -> None:
        """Take them from the load in force, each as things were known on its Monday."""
        if not settings.DEMO:
            raise Refused("There is no demonstration here: a council's sheets are taken each Monday.")
        this = monday_of(today())
        for back in range(_WEEKS, 0, -1):
            snapshot = take_weekly_snapshot(this - timedelta(weeks=back))
            self.stdout.write(f"Sheet of {snapshot.monday}")
