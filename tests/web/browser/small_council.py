"""A council for journeys, ready in a minute: few children, two years of the indicators a journey looks at.

`python -m tests.web.browser.small_council FOLDER` makes in one process what `make demo` makes in several.
The whole demonstration can be walked through too: name its address in GOLDENTHREAD_BROWSER_ADDRESS.
"""

import gc
import os
import sys
from datetime import date
from pathlib import Path

from goldenthread.synthetic import write as write_synthetic
from goldenthread_web import demo
from goldenthread_web.config.installation import VARIABLE
from tests.compiling import hand_over, keep_together
from tests.memory import RARELY
from tests.web.browser.council import WHOLE
from tests.web.little import work_out_little

CHILDREN = 150  # open children: enough for every list of the morning to have rows
MONTHS = 24  # of figures: as many as a chart shows
AS_AT, TODAY = "2017-12-31", "2018-01-02"
# Of every area, of every unit, what can be worked out and what cannot.
REFS = ("FD-01", "FD-02", "FD-03", "FD-13", "AS-02", "CP-03", "CP-09", "CP-15", "CIN-02", "CIN-09")
REFS += (
    "LAC-01",
    "LAC-04",
    "LAC-14",
    "LAC-24",
    "CL-01",
    "CL-05",
    "EH-05",
    "MX-03",
    "WF-01",
    "WF-02",
    "WF-05",
)
# What the plan, the money and the reports of the demonstration rest on besides.
REFS += ("SO-01", "SO-02", "CIN-03", "AS-06", "FD-06", "FD-07", "CL-02")
# What people write in the service.
REFS += ("CIN-10", "QA-13", "SO-06", "WF-15", *(f"QA-{number:02}" for number in (*range(1, 11), 12)))
REFS += tuple(f"GOV-{number:02}" for number in range(1, 10))


def main(folder: Path) -> None:
    """Make the council in a folder."""
    write_synthetic(folder / "east", authority="east", children=CHILDREN, as_at_on=date.fromisoformat(AS_AT))
    demo.write_installation(folder, TODAY)
    os.environ[VARIABLE] = str((folder / "installation.toml").resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread_web.config.settings"
    import django
    from django.core.management import call_command

    gc.set_threshold(*RARELY)
    keep_together()
    django.setup()
    from goldenthread_web.figures import working_out

    work_out_little(REFS)
    working_out.MONTHS = MONTHS
    for command in demo.commands(folder, AS_AT):
        call_command(*command)
    hand_over(folder / "store")
    (folder / WHOLE).touch()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
