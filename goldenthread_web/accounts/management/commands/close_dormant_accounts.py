"""Which accounts did nobody use for long? They are closed; run it each night."""

from django.core.management.base import BaseCommand

from goldenthread_web.accounts.admitting import is_dormant
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.sign_in_services import close_dormant
from goldenthread_web.config.clock import now


class Command(BaseCommand):
    """`close_dormant_accounts`."""

    help = "Close the accounts that nobody used for as many days as the installation says (90)."

    def handle(self, *args: object, **options: object) -> None:
        """Close them, one by one, each with its Event."""
        moment = now()
        dormant = [person for person in User.objects.filter(is_active=True) if is_dormant(person, moment)]
        for person in dormant:
            close_dormant(person, by=None)
        self.stdout.write(f"{len(dormant)} accounts closed.")
