"""What do people say in the demonstration? Feedback of a year, replies, surveys."""

from django.core.management.base import BaseCommand
from django.db import transaction

from goldenthread_web.voice import demo
from goldenthread_web.voice.models import Feedback


class Command(BaseCommand):
    """`make_demo_voice`, once the demonstration has its plan and its accounts."""

    help = "Write down the voices of the demonstration, and the answers to its surveys."

    def handle(self, *args: object, **options: object) -> None:
        """Write them."""
        if Feedback.objects.exists():
            self.stdout.write("There are voices already: nothing was changed.")
            return
        with transaction.atomic():
            voices, answers = demo.tell()
        self.stdout.write(f"{voices} voices and {answers} answers to surveys.")
