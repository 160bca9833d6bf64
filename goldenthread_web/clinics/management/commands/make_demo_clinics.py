"""Which clinics were held in the demonstration? Some weeks of one service; this week's are ready for all."""

from django.core.management.base import BaseCommand
from django.db import transaction

from goldenthread_web.clinics import demo
from goldenthread_web.clinics.models import Clinic


class Command(BaseCommand):
    """`make_demo_clinics`, once the demonstration has its data and its accounts."""

    help = "Hold the clinics of the demonstration."

    def handle(self, *args: object, **options: object) -> None:
        """Hold them."""
        if Clinic.objects.filter(state=Clinic.State.CLOSED).exists():
            self.stdout.write("Clinics were held already: nothing was changed.")
            return
        with transaction.atomic():
            held = demo.tell()
        self.stdout.write(
            f"{held} clinics were held; {Clinic.objects.filter(state='ready').count()} are ready."
        )
