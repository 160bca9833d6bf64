"""Which accounts did nobody use for long? They are closed; the worker does so by itself each day."""

from django.core.management.base import BaseCommand

from goldenthread_web.accounts import nightly


class Command(BaseCommand):
    """`close_dormant_accounts`."""

    help = "Close the accounts that nobody used for as many days as the installation says (90)."

    def handle(self, *args: object, **options: object) -> None:
        """Close them, one by one, each with its Event."""
        self.stdout.write(f"{nightly.close_dormant_accounts()} accounts closed.")
