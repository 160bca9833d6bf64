"""The children of the demonstration for tests: an invented council of a few, loaded and worked out once.

Its figures are not worked out, which is what takes time; the commands of the demonstration do the rest.
"""

import shutil
import tempfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from django.test import override_settings

from goldenthread.loading import load
from goldenthread.synthetic import write as write_synthetic

CHILDREN = 60  # open ones
AS_AT = date(2017, 12, 31)


@cache
def _made() -> Path:
    """The council in a folder of its own, with its load worked out."""
    from django.conf import settings

    from goldenthread_web.config.clock import today
    from goldenthread_web.extracts import day
    from goldenthread_web.extracts.current import current, local_settings

    folder = Path(tempfile.mkdtemp(prefix="goldenthread-demonstration-"))
    write_synthetic(folder / "east", authority="east", children=CHILDREN, as_at_on=AS_AT)
    delivered = folder / "delivered"
    delivered.mkdir()
    for path in (folder / "east").rglob("*"):
        if path.is_file():
            shutil.copy(path, delivered / path.name)
    load([delivered], as_at_on=AS_AT, store=folder / "store", authority="991")
    installation = replace(settings.INSTALLATION, folder=folder, store=folder / "store")
    with override_settings(INSTALLATION=installation):
        day.of(current(), today(), local_settings())
    return folder


def a_demonstration(settings, tmp_path: Path) -> Path:
    """The council in a folder of the test's own, with its units; the folder."""
    from goldenthread_web.extracts.current import current
    from goldenthread_web.extracts.preparing import take_over_units

    folder = tmp_path / "demonstration"
    shutil.copytree(_made(), folder, ignore=shutil.ignore_patterns("east", "delivered"))
    settings.INSTALLATION = replace(settings.INSTALLATION, folder=folder, store=folder / "store")
    take_over_units(current(), by=None)
    return folder
