"""What did inspectors say to the council of the demonstration? All of it invented."""

from django.core.management.base import BaseCommand

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.config.clock import today
from goldenthread_web.inspections.demo import enter
from goldenthread_web.inspections.models import Inspection


class Command(BaseCommand):
    """`make_demo_inspections`, once the demonstration has its accounts and its programme."""

    help = "Enter the inspections, visits, letters, findings, intervention and partners of the demonstration."

    def handle(self, *args: object, **options: object) -> None:
        """Write them as the programme manager would, up to the demonstration's day."""
        if Inspection.objects.exists():
            self.stdout.write("There are inspections already: nothing was changed.")
            return
        told = enter(on=today(), manager=account_of("programme_manager"))
        self.stdout.write(", ".join(f"{number} {what}" for what, number in told.counts.items()) + ".")
