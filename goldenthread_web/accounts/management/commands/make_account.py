"""How does a new installation get its first accounts? By this command, on the machine itself."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand

from goldenthread_web.accounts.invitations import path_for
from goldenthread_web.accounts.people_services import FIRST, make_first_account
from goldenthread_web.accounts.telling import address


class Command(BaseCommand):
    """`make_account EMAIL POST ROLE`."""

    help = f"Make an account for {', '.join(FIRST)}: they make and approve all others in the service."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who it is for."""
        parser.add_argument("email", help="The e-mail address with which the person signs in.")
        parser.add_argument("post", help="The post, for example: Administrator.")
        parser.add_argument("role", help="One of: " + ", ".join(FIRST))

    def handle(self, *args: object, **options: object) -> None:
        """Make it, and print the link to set a password where this installation has passwords."""
        person = make_first_account(
            email=str(options["email"]), title=str(options["post"]), role=str(options["role"]), by=None
        )
        self.stdout.write(f"{person.title}: {person.email}")
        if settings.LOCAL_ACCOUNTS and not settings.DEMO:
            self.stdout.write("To set a password, once and within three days:")
            self.stdout.write(address(path_for(person)))
