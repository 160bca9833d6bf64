"""The two stories told by the library: figures worked out from the files, with their planted mistakes in them.

`test_synthetic.py` counts the same in plain Python; here they come out of `load` and `figures`.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from goldenthread.figures.work_out import figures
from goldenthread.loading import load
from goldenthread.periods import one_period
from goldenthread.settings import Settings
from goldenthread.store import Store
from goldenthread.synthetic import write

AS_AT = {"east": date(2017, 12, 31), "park": date(2017, 7, 31)}
# Inventory figures F1, F5, F6, F7, F9, F11 (east) and F2, F13 to F16 (park), at the dates the seeds give.
STORIES = [
    ("east", "FD-02", "2017-07-31", "49.0"),
    ("east", "FD-02", "2017-12-31", "74.0"),
    ("east", "SO-01", "2017-04-30", "60.0"),
    ("east", "SO-01", "2017-12-31", "87.9"),
    ("east", "CIN-02", "2017-06-30", "51.0"),
    ("east", "CIN-02", "2017-12-31", "78.1"),
    ("east", "CIN-03", "2017-12-31", "92.0"),
    ("east", "CL-01", "2017-12-31", "96.0"),
    ("east", "WF-02", "2017-12-31", "36.0"),
    ("park", "AS-02", "2016-05-31", "79.0"),
    ("park", "AS-02", "2017-07-31", "77.0"),
    ("park", "LAC-09", "2016-12-31", "28.8"),
    ("park", "LAC-09", "2017-06-30", "60.0"),
    ("park", "LAC-09", "2017-07-31", "67.0"),
    ("park", "LAC-04", "2017-03-31", "81.0"),
    ("park", "LAC-04", "2017-07-31", "86.0"),
    ("park", "WF-06", "2016-12-06", "36.0"),
    ("park", "WF-06", "2017-07-31", "28.0"),
]


@pytest.fixture(scope="module")
def store_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Store]:
    """The store of a story, written and loaded once."""
    kept: dict[str, Path] = {}

    def get(authority: str) -> Store:
        if authority not in kept:
            folder = tmp_path_factory.mktemp(authority)
            write(folder / "in", authority=authority)
            load([folder / "in" / "local_extracts"], as_at_on=AS_AT[authority], store=folder / "store")
            kept[authority] = folder / "store"
        return Store.open(kept[authority])

    return get


@pytest.mark.parametrize(("authority", "ref", "day", "value"), STORIES)
def test_a_figure_of_the_story(
    store_of: Callable[[str], Store], authority: str, ref: str, day: str, value: str
) -> None:
    on = date.fromisoformat(day)
    period = one_period(on.replace(day=1), on, AS_AT[authority])
    [found] = [f for f in figures(store_of(authority), period, Settings(), refs=[ref]) if not f.part]
    assert (f"{found.value:f}", found.status, found.unknown) == (value, "final", 0)


@pytest.mark.parametrize(("day", "headcount"), [("2016-12-06", 82), ("2017-07-31", 117)])
def test_duty_and_safeguarding_grows(store_of: Callable[[str], Store], day: str, headcount: int) -> None:
    on = date.fromisoformat(day)
    period = one_period(on.replace(day=1), on, AS_AT["park"])
    found = figures(store_of("park"), period, Settings(), refs=["WF-07"], by=["service"])
    [line] = [f for f in found if f.part == "headcount" and f.breakdown["service"] == "Duty and Safeguarding"]
    assert line.numerator == headcount
