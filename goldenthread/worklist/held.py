"""Who holds each child on a day? The worker and team of every child held, in every role."""

from datetime import date
from pathlib import Path

import pyarrow as pa

from goldenthread.figures.run import Loaded, Run
from goldenthread.periods import Period
from goldenthread.populations.placing import holders
from goldenthread.settings import Settings

COLUMNS = ("child_id", "role", "team", "worker_id")


def held(load: Loaded, on: date, settings: Settings, *, compiled_folder: Path | None = None) -> pa.Table:
    """One row per child and role in force on the day, with its reporting team and worker.

    A child whom nobody holds has no row. A worker who is not known is the text `not known`.
    """
    run = Run(load, [Period(on, on, on)], settings, compiled_folder=compiled_folder)
    rows = holders.table
    return run.read(lambda: rows.select(*COLUMNS).order_by(*COLUMNS), key="worklist:held")
