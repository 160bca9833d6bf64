"""Data: every code set loads and is used, every table is whole, and everything is packaged."""

import csv
import tomllib
from importlib.resources import files

import pytest

from goldenthread.indicators.catalogue import catalogue
from goldenthread.settings import defaults
from goldenthread.standard import code_labels, code_years, native_tables, standard_tables
from tests.house.tree import ROOT, committed_files

CODES = sorted(
    entry.name.removesuffix(".csv")
    for entry in (files("goldenthread.standard") / "codes").iterdir()
    if entry.name.endswith(".csv")
)
TABLES = {**standard_tables(), **native_tables()}


@pytest.mark.parametrize("name", CODES)
def test_code_sets_load(name):
    text = (files("goldenthread.standard") / "codes" / f"{name}.csv").read_text("utf-8")
    codes = [row["code"] for row in csv.DictReader(text.splitlines())]
    assert codes and len(codes) == len(set(codes)), f"{name}: empty, or a code twice"
    assert all(label.strip() for label in code_labels(name).values()), f"{name}: a code without a label"
    for code, (first, last) in code_years(name).items():
        assert first is None or last is None or first <= last, f"{name}: {code} ends before it starts"


def test_columns_name_code_sets_that_exist():
    missing = {
        f"{table.name}.{column.name}: {column.codes}"
        for table in TABLES.values()
        for column in table.columns
        if column.codes and column.codes not in CODES
    }
    assert not missing
    without = {
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if column.type == "code" and not column.codes
    }
    assert not without, f"a code without a code set: {without}"


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_whole(name):
    table = TABLES[name]
    assert table.about and table.grain and table.columns
    assert set(table.key) <= set(table.column), "a key column that is not there"
    assert len(table.column) == len(table.columns), "a column twice"
    assert all(column.meaning.strip() for column in table.columns), "a column without a meaning"
    assert table.arrow.names.count("authority") == 1


def test_standard_and_native_tables_have_names_of_their_own():
    assert not set(standard_tables()) & set(native_tables())


def test_indicators_have_references_codes_and_parameters_of_their_own():
    definitions = list(catalogue().values())
    assert len({definition.code for definition in definitions}) == len(definitions)
    unknown = {
        f"{definition.ref}: {name}"
        for definition in definitions
        for name in definition.parameters
        if name not in defaults()
    }
    assert not unknown, f"parameters that parameters.json does not have: {unknown}"


def test_everything_the_library_reads_is_packaged():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["goldenthread"]
    endings = {pattern.removeprefix("**/*") for pattern in patterns}
    left_out = [
        path.as_posix()
        for path in committed_files()
        if path.parts[0] == "goldenthread"
        and path.suffix not in {".py", *endings}
        and path.name != ".gitkeep"
    ]
    assert not left_out, f"a wheel would not hold these; add their ending to package-data: {left_out}"
