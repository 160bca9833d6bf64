"""Do the long work: load what was delivered, and what the service does again and again."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import connection

from goldenthread_web.config.answering import refuse_old_tables
from goldenthread_web.extracts.working import watch_over_a_worker, work


class Command(BaseCommand):
    """`work [--alone | --until-idle]`."""

    help = "Do the service's long work until stopped. Any number of them may run, on any number of machines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two ways for special occasions."""
        parser.add_argument(
            "--alone", action="store_true", help="Work in this process, watched over by nobody."
        )
        parser.add_argument("--until-idle", action="store_true", help="End when nothing is waiting.")

    def handle(self, *args: object, **options: object) -> None:
        """Work; a database that cannot be used or has older tables is refused now, later waited for."""
        refuse_old_tables()
        connection.close()
        if options["until_idle"]:
            work(until_idle=True)
        elif options["alone"]:
            work()
        else:
            watch_over_a_worker()
