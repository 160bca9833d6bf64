import csv
import json
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from goldenthread.figures.benchmarks import (
    NEIGHBOURS,
    areas,
    average,
    benchmark,
    comparable,
    latest_benchmark,
    measures,
)
from goldenthread.figures.figure import rounded
from goldenthread.indicators.catalogue import catalogue

SPECIFICATION = Path(__file__).parents[2].parent / "shared" / "specs" / "published_figures.json"


def rows(name):
    text = (files("goldenthread.figures") / "published" / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_a_figure_by_indicator_area_and_year():
    found = benchmark("FD-07", "England", 2017)
    assert (found.value, found.when) == (Decimal("21.9"), "year to 31 March 2017")
    assert benchmark("CIN-05", "Inner London", 2016, "m24").value == 34
    assert benchmark("FD-07", "England", 1999) is None
    assert benchmark("FD-01", "England", 2017) is None


@pytest.mark.parametrize(
    ("ref", "on", "year"),
    [
        ("FD-07", date(2018, 3, 30), 2017),
        ("FD-07", date(2018, 3, 31), 2018),
        ("WF-02", date(2017, 9, 29), 2016),
        ("WF-02", date(2017, 9, 30), 2017),
    ],
    ids=["the year is not over", "it is", "workforce: not yet September's end", "it is"],
)
def test_the_latest_year_that_has_ended(ref, on, year):
    assert latest_benchmark(ref, "England", on).year == year


def test_before_the_first_year_there_is_none():
    assert latest_benchmark("FD-07", "England", date(2016, 3, 30)) is None


def test_beside_a_month_stands_only_what_compares_with_it():
    on = date(2017, 12, 31)
    assert list(comparable("FD-07", ["England", "London", "Atlantis"], on)) == ["England", "London"]
    # Children missing in a year are no yardstick for a month, nor are referrals of one; plans on a day are.
    assert comparable("MX-07", ["England"], on) == comparable("FD-06", ["England"], on) == {}
    assert comparable("CP-15", ["England"], on)["England"].value == Decimal("43.8")


def test_the_average_of_neighbours_is_of_those_with_a_figure_that_year():
    on = date(2024, 12, 31)
    each = comparable("FD-07", ["Tameside", "Tower Hamlets"], on)
    latest = max(one.year for one in each.values())
    values = [one.value for one in each.values() if one.year == latest]
    [(place, found)] = average("FD-07", ["Tameside", "Tower Hamlets"], on).items()
    assert (place, found.area, found.year) == (NEIGHBOURS, NEIGHBOURS, latest)
    assert found.value == rounded(sum(values) / len(values))
    assert average("FD-07", ["Atlantis"], on) == {}


def test_what_dfe_suppressed_is_not_there():
    assert benchmark("CP-13", "Tower Hamlets", 2024) is None
    assert benchmark("CP-13", "Tower Hamlets", 2023).value == Decimal("3.1")


def test_in_touch_is_what_is_left_of_not_in_touch():
    assert benchmark("CL-05", "England", 2016).value == 92


def test_the_areas():
    assert areas()[:3] == ["England", "London", "Inner London"]
    assert set(areas()) == {"England", "London", "Inner London", "Tameside", "Tower Hamlets"}


def test_every_measure_belongs_to_an_indicator_and_says_where_it_is_from():
    for (ref, part), measure in measures().items():
        assert ref in catalogue()
        assert not part or part in {entry["code"] for entry in catalogue()[ref].parts}, (ref, part)
        assert measure.licence == "Open Government Licence v3.0"
        assert measure.source.startswith("DfE ")
        assert measure.difference.endswith(".")
        assert measure.unit in ("%", "per 10,000", "days", "cases", "score")
        assert measure.unit != "per 10,000" or measure.is_comparable == (measure.covers == "31 March")
    readme = (files("goldenthread.figures") / "published" / "README.md").read_text("utf-8")
    assert "Open Government Licence v3.0" in readme


def test_every_figure_belongs_to_a_measure_and_is_there_once():
    keys = [(row["ref"], row["part"], row["area"], row["year"]) for row in rows("benchmarks.csv")]
    assert len(keys) == len(set(keys)) > 2500
    assert {key[:2] for key in keys} == set(measures())


def test_every_figure_is_what_the_specification_gives():
    if not SPECIFICATION.exists():
        pytest.skip(f"the published figures are not there ({SPECIFICATION.name}): nothing to compare with")
    published = json.loads(SPECIFICATION.read_text("utf-8"))
    expected = {}
    for row in rows("measures.csv"):
        for area, year, value in _values(published, row["measure"]):
            if isinstance(value, int | float) and year.isdigit() and int(year) > 2000:
                area = "Inner London" if area == "London (Inner)" else area
                expected[row["ref"], row["part"], area, int(year)] = round(value, 2)
    found = {
        (r["ref"], r["part"], r["area"], int(r["year"])): float(r["value"]) for r in rows("benchmarks.csv")
    }
    assert found == expected


def _values(published, measure):
    kind, _, name = measure.partition(":")
    if kind == "lait":
        name, _, inverted = name.partition(":")
        [entry] = [entry for entry in published["lait"] if entry["measure_short"] == name]
        for area, years in entry["values"].items():
            for year, value in years.items():
                yield area, year, 100 - value if inverted and isinstance(value, float) else value
    else:
        table, _, column = name.partition(":")
        for row in published["dfe_underlying"][table]:
            yield row["area"], row["year"], row[column]
