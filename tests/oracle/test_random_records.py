"""What people of the random authority wrote: the same for a seed, of the right form, and with every case."""

from datetime import date
from pathlib import Path

import pytest

from tests.oracle.conventions import CATALOGUE, Data, Record, figures
from tests.oracle.random_draw import tables
from tests.oracle.random_records import write

AS_AT = date(2017, 12, 31)
YEAR = date(2017, 1, 1), AS_AT
NATIVE_ONLY = [
    ref
    for ref, entry in CATALOGUE.items()
    if {route["profile"] for route in entry["routes"]} == {"native"}
    and {table for route in entry["routes"] for _, table, _ in route["required"]} <= set(tables("recorded"))
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    found = tmp_path_factory.mktemp("records")
    write(found, seed=11, as_at=AS_AT, children=[f"c{n}" for n in range(20)])
    return found


def test_a_seed_gives_the_same_files(folder, tmp_path):
    children = [f"c{n}" for n in range(20)]
    write(tmp_path, seed=11, as_at=AS_AT, children=children, drop=("homes",))
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(f"{name}.csv" for name in tables("recorded"))
    assert not (tmp_path / "homes.csv").exists()
    again = [name for name in names if name != "homes.csv"]
    assert all((tmp_path / name).read_bytes() == (folder / name).read_bytes() for name in again)


@pytest.mark.parametrize("ref", NATIVE_ONLY)
def test_every_indicator_has_cases_that_achieve_and_cases_that_do_not(folder, ref):
    """A comparison over rows that are all alike would prove little."""
    data = Data.read(folder, folder)
    data.tables["care_periods"] = [
        Record("care_periods", {"care_period_id": f"p{n}", "child_id": f"c{n}", "started_on": "2016-01-01"})
        for n in range(20)
    ]
    data.children = {
        f"c{n}": Record("children", {"child_id": f"c{n}", "born_on": "2009-01"}) for n in range(20)
    }
    (headline,) = [line for line in figures(ref, data, *YEAR, AS_AT) if not line["part"]]
    assert headline["numerator"] > 0
    if headline["denominator"] is not None:
        assert headline["numerator"] < headline["denominator"]
