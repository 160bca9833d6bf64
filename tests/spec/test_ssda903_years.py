"""The columns and codes of each collection year are those of the specification."""

import json
from typing import Any

import pytest

from goldenthread.ingest.ssda903.mapping import COLUMNS
from goldenthread.standard import code_years, native_tables
from tests.samples import sample


def _codes_of_year(year: int) -> dict[str, set[str]]:
    """Codes by file and item, the specification's first year with the changes to that year applied."""
    spec = json.loads(sample("specs/ssda903.json").read_text("utf-8"))
    files: dict[str, Any] = json.loads(json.dumps(spec["base_2017"]["column_map"]))
    for changed, diffs in sorted(spec["diffs"].items()):
        for path, change in diffs.items() if int(changed) <= year else ():
            _, file, *item = path.split(".")
            if item:
                files[file][item[0]]["category"] = change["value"]
            else:
                files[file] = change["value"]
    return {
        f"{file}.{item}": {code["code"] for code in of["category"]}
        for file, items in files.items()
        for item, of in items.items()
        if "category" in of
    }


OURS = {
    "placed_adoption": "placed_for_adoption",
    "prev_perm": "previous_permanence",
    "social_worker": "social_worker_episodes",
}


@pytest.mark.parametrize("year", range(2017, 2027))
def test_the_codes_of_each_year_are_those_of_the_specification(year: int) -> None:
    for item, codes in _codes_of_year(year).items():
        file, _, heading = item.partition(".")
        found = native_tables()[f"ssda903_{OURS.get(file, file)}"]
        [column] = [column for column in found.columns if column.header == heading]
        if column.type == "boolean":
            assert codes == {"0", "1"}, item
            continue
        years = code_years(column.codes or "")
        ours = {
            code
            for code, (first, last) in years.items()
            if (first is None or year >= first) and (last is None or year <= last)
        }
        assert ours == codes, (item, year)


def test_the_columns_are_those_of_the_specification() -> None:
    spec = json.loads(sample("specs/ssda903.json").read_text("utf-8"))
    named = {
        path.split(".")[0]: [column.header for column in found.columns]
        for found in native_tables().values()
        for column in found.columns
        for path in column.ssda903
    }
    assert {name: set(columns) for name, columns in named.items()} == {
        name: set(columns) for name, columns in spec["column_names_2026_27_validator"].items()
    }


def test_the_mapping_is_the_one_of_the_specification() -> None:
    """Every item the specification maps to a standard column is known, and its column is filled."""
    spec = json.loads(sample("specs/local_extracts.json").read_text("utf-8"))
    items = {
        path for found in native_tables().values() for column in found.columns for path in column.ssda903
    }
    for rule in spec["mappings"]["ssda903"]:
        _, file, item = rule["from"]
        name, column = rule["to"]
        assert f"{file}.{item}" in items
        assert column in COLUMNS[name], (name, column)
