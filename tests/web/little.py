"""A command of the service that works out few indicators: working out all is what a load takes its time for.

`python -m tests.web.little work --alone`
"""

import os
import sys
from collections.abc import Collection
from dataclasses import replace

from tests.compiling import keep_together

FEW = ("FD-01", "CIN-01", "DQ-01")


def work_out_little(refs: Collection[str]) -> None:
    """Leave out all other indicators in this process."""
    from goldenthread_web.figures import working_out

    everything = working_out.broken_down

    def little(workings, question, **more):
        wanted = [ref for ref in question.refs if ref in refs]
        return everything(workings, replace(question, refs=wanted), **more)

    working_out.broken_down = little


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread_web.config.settings"
    import django
    from django.core.management import execute_from_command_line

    django.setup()
    keep_together()
    work_out_little(FEW)
    execute_from_command_line(sys.argv)
