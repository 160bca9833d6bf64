"""What does the council of the demonstration promise, and how does it go on? Its plan: invented."""

from django.core.management.base import BaseCommand

from goldenthread_web.improvement.demo import Telling, retest_what_is_due
from goldenthread_web.improvement.models import Objective
from goldenthread_web.improvement.nightly import fall_back_by_themselves
from goldenthread_web.improvement.standing import counts, standings


class Command(BaseCommand):
    """`make_demo_improvement`, once the demonstration has its programme, recommendations and decisions."""

    help = "Enter the improvement plan of the demonstration, as it would have been written day by day."

    def handle(self, *args: object, **options: object) -> None:
        """Tell the story up to the demonstration's today."""
        if Objective.objects.exists():
            self.stdout.write("There is a plan already: nothing was changed.")
            return
        telling = Telling()
        told = telling.tell()
        retest_what_is_due(telling)
        fell = fall_back_by_themselves()
        said = ", ".join(f"{count} {letter}" for letter, count in counts(standings()).items() if count)
        self.stdout.write(f"{told} things told; actions: {said}; {fell} fell back.")
        for refused in telling.refused:
            self.stdout.write(f"Not said to be embedded, {refused}")
