"""The work on figures that is measured: all indicators, all month-ends, all teams; and a day's worklist."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from os import getpid
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from goldenthread.calendar import add_months
from goldenthread.engines import DuckDB
from goldenthread.figures.aggregate import Wanted, aggregated
from goldenthread.figures.work_out import figures as worked_out
from goldenthread.figures.work_out import requests_of
from goldenthread.figures.workings import Question, Workings
from goldenthread.indicators.topics import indicator_parts
from goldenthread.measuring.apart import peak_mebibytes
from goldenthread.measuring.drawing import AS_AT
from goldenthread.measuring.large_load import LargeLoad
from goldenthread.periods import Every, Period, periods
from goldenthread.settings import Settings
from goldenthread.synthetic.large import YEARS
from goldenthread.worklist.lines import worklist

# Definitions and libraries are read when a process starts, not by the work that is measured.
indicator_parts()
pa.array([None])  # pyarrow reads pandas at its first array


def month_ends() -> list[Period]:
    """Every month of the history."""
    first = add_months(AS_AT.replace(day=1), 1 - 12 * YEARS)
    return periods(as_at_on=AS_AT, every=Every.MONTH, starts_on=first)


def by_team(folder: str) -> dict[str, Any]:
    """Finished lines: every indicator and part, every month, the authority and each team."""
    load = LargeLoad(Path(folder), AS_AT)
    lines = sum(1 for _ in worked_out(load, month_ends(), Settings(), by=("team",)))
    return {"lines": lines, "tables": sorted(load.read)}


def days_worklist(folder: str) -> dict[str, Any]:
    """Everything that is due in the authority, each line with why."""
    load = LargeLoad(Path(folder), AS_AT)
    found = worklist(load, AS_AT, Settings(), compiled_folder=load.compiled_folder())
    return {"lines": sum(1 for _ in found.lines()), "tables": sorted(load.read)}


def sums_by_team(folders: Sequence[str], at_once: int) -> dict[str, Any]:
    """The same numbers as `by_team` for many authorities, as tall tables of sums beside the data.

    Each process works out one folder at a time, on one processor. They are forked where the system can: what
    was read before is there without being read again, and no thread runs yet that would be lost.
    """
    if at_once < 2:
        done = [_sums(folder) for folder in folders]
        held = {}
    else:
        way = "fork" if "fork" in get_all_start_methods() else "spawn"
        with ProcessPoolExecutor(at_once, mp_context=get_context(way)) as pool:
            done = list(pool.map(_sums, folders))
        held = {each["process"]: each["peak"] for each in done}
    return {
        "lines": sum(each["lines"] for each in done),
        "tables": sorted(set().union(*(each["tables"] for each in done))),
        "others_mebibytes": sum(held.values()),
    }


def _sums(folder: str) -> dict[str, Any]:
    load = LargeLoad(Path(folder), AS_AT)
    workings = Workings(load, month_ends(), Settings(), lambda: DuckDB(at_once=1))
    question = Question(by=("team",))
    workings.foresee([question])
    found = [requests_of(workings, definition)[0] for definition in question.definitions()]
    wanted = [Wanted(request.definition, request.part) for each in found for _, request, _ in each]
    sums = aggregated(workings.run(load), wanted, question.by, is_last=True)
    workings.close()
    pq.write_table(sums, Path(folder) / "sums.parquet")
    return {
        "lines": sums.num_rows,
        "tables": load.read,
        "process": getpid(),
        "peak": peak_mebibytes(),  # so far: the last of a process says the most
    }
