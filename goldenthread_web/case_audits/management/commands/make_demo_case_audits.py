"""What did a year of case audits of the demonstration find? Programmes, rounds, answers: invented."""

from django.core.management.base import BaseCommand
from django.db import transaction

from goldenthread_web.case_audits import demo
from goldenthread_web.case_audits.demo_following import tell_what_followed
from goldenthread_web.case_audits.models import CaseAudit
from goldenthread_web.extracts.current import current
from goldenthread_web.ui.words import pluralise


class Command(BaseCommand):
    """`make_demo_case_audits`, once the demonstration has its children, its standards and its pro formas."""

    help = "Enter the case audits of the demonstration."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        """Write them as those who lead and do them would; what lies after today is left out."""
        if CaseAudit.objects.exists():
            self.stdout.write("There are case audits already: nothing was changed.")
            return
        if current() is None:
            self.stdout.write("Nothing is loaded: there is no child whose case could be looked at.")
            return
        told = demo.tell()
        left = f" {pluralise(told.not_begun, 'round')} found nobody." if told.not_begun else ""
        self.stdout.write(
            f"{pluralise(told.programmes, 'programme')}, {pluralise(told.rounds, 'round')} and "
            f"{pluralise(told.case_audits, 'case audit')}.{left}"
        )
        after = tell_what_followed()
        self.stdout.write(
            f"What followed: {pluralise(after.second_looks, 'second look')}, "
            f"{pluralise(after.actions, 'action')}, "
            f"{pluralise(after.re_audits, 're-audit')}; "
            f"{pluralise(after.learning, 'theme')} of learning decided."
        )
