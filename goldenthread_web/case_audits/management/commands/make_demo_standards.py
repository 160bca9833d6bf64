"""What does good practice look like in the demonstration? Its standards and its pro formas."""

from django.core.management.base import BaseCommand
from django.db import transaction

from goldenthread_web.case_audits import pro_forma_demo
from goldenthread_web.standards import demo
from goldenthread_web.standards.models import Edition, Standard


class Command(BaseCommand):
    """`make_demo_standards`, once the demonstration has its accounts. It stands here since pro formas do."""

    help = "Write the practice standards of the demonstration and its pro formas."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        """Write what was there up to the demonstration's today; what lies after is left out."""
        if Edition.objects.exists():
            self.stdout.write("There are practice standards already: nothing was changed.")
            return
        editions = demo.tell()
        pro_formas = pro_forma_demo.tell() if editions else 0
        self.stdout.write(
            f"{len(editions)} editions of {Standard.objects.count()} practice standards, "
            f"{pro_formas} pro formas."
        )
