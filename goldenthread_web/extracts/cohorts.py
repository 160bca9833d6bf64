"""Who is in a cohort on a day, for whom no list of the morning is made?

Kept as Parquet in the installation's folder, beside the store: rows of children never enter the web database.
Whoever needs a cohort first works it out.
"""

import hashlib
import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from goldenthread.settings import Settings
from goldenthread.store import LOADS, Load
from goldenthread.worklist.cohorts import COLUMNS, cohort, cohorts

FOLDER = "cohorts"


def cohort_of(load: Load, code: str, on: date, local: Settings) -> pa.Table:
    """The rows of a cohort in a load on a day; worked out now if that was not done before.

    Raises NotDelivered, with the sentence to show, where the load cannot tell.
    """
    path = _path(load, code, on, local)
    if not path.is_file():
        rows = cohort(load, code, on, local, compiled_folder=settings.INSTALLATION.store / "compiled")
        _write(path, rows)
    return _read(path)


def load_of(folder: str) -> Load | None:
    """The load of that folder, in force or not; None where it is no longer there."""
    path = settings.INSTALLATION.store / LOADS / folder
    if not folder or not (path / "manifest.json").is_file():
        return None
    return Load(path, date.fromisoformat(folder[:10]))


def _path(load: Load, code: str, on: date, local: Settings) -> Path:
    """One file per load, settings, cohort and day: another definition is another answer."""
    said = [dict(local.parameters), dict(local.timeliness_basis), repr(cohorts()[code]), str(COLUMNS)]
    key = hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:12]
    folder = settings.INSTALLATION.folder / FOLDER / load.folder.name
    return folder / f"{code}-{on.isoformat()}-{key}.parquet"


def _write(path: Path, rows: pa.Table) -> None:
    """Whole or not at all: it is written beside and put in place."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile(dir=path.parent, prefix=".writing-", delete=False) as beside:
        pq.write_table(rows, beside)
    Path(beside.name).replace(path)


@lru_cache(maxsize=8)
def _read(path: Path) -> pa.Table:
    return pq.read_table(path)
