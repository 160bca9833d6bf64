"""What became of each finding in the demonstration? Most are answered, some wait, one is overdue."""

from django.core.management.base import BaseCommand

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.config.clock import today
from goldenthread_web.improvement.ledger_demo import enter
from goldenthread_web.improvement.models import Disposition


class Command(BaseCommand):
    """`make_demo_ledger`, once the demonstration has its findings and its actions."""

    help = "Answer the findings of the demonstration in the ledger."

    def handle(self, *args: object, **options: object) -> None:
        """Answer them as the programme manager would, up to the demonstration's day."""
        if Disposition.objects.exists():
            self.stdout.write("Findings are answered already: nothing was changed.")
            return
        answered = enter(on=today(), manager=account_of("programme_manager"))
        self.stdout.write(f"{answered} findings answered.")
