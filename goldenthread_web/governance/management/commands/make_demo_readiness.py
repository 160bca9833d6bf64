"""How is the council of the demonstration prepared for inspectors?"""

from django.core.management.base import BaseCommand

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.config.clock import today
from goldenthread_web.governance.readiness_demo import enter, know_itself
from goldenthread_web.inspections.models import ReadinessItem


class Command(BaseCommand):
    """`make_demo_readiness`, once the demonstration has its visits."""

    help = (
        "Enter checklists, evidence packs and interviews of the demonstration's visits; its self-evaluation."
    )

    def handle(self, *args: object, **options: object) -> None:
        """Enter them as the programme manager would, up to the demonstration's day."""
        if ReadinessItem.objects.exists():
            self.stdout.write("Visits are prepared already: nothing was changed.")
            return
        on, manager = today(), account_of("programme_manager")
        prepared = enter(on=on, manager=manager)
        said = know_itself(on=on, manager=manager)
        self.stdout.write(f"{prepared} visits prepared, {said} statements of the self-evaluation.")
