"""How do figures follow what people wrote without waiting for the routine? By this command."""

from django.core.management.base import BaseCommand

from goldenthread_web.figures.jobs import follow_records_now


class Command(BaseCommand):
    """`work_out_records`, when what was written is to stand in the figures now."""

    help = "Work out again the figures that read what people wrote in the service."

    def handle(self, *args: object, **options: object) -> None:
        """Work them out and say whether anything had changed."""
        if follow_records_now(by=None):
            self.stdout.write("The figures follow what was written.")
        else:
            self.stdout.write("Nothing was written since the figures were worked out.")
