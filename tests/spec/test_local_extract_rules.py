"""Our data about the rules of the local extracts says what the specification says."""

import json
from pathlib import Path

import pytest

from goldenthread.ingest.local_extracts.rules import RULES
from goldenthread.ingest.precedence import PRECEDENCE
from goldenthread.standard.schema import standard_tables

SPECIFICATION = Path(__file__).parents[3] / "shared" / "specs" / "local_extracts.json"


@pytest.fixture
def specification() -> dict:
    if not SPECIFICATION.exists():
        pytest.skip(f"the specification is not here: {SPECIFICATION}")
    return json.loads(SPECIFICATION.read_text("utf-8"))


def test_every_conditional_cell_has_its_condition(specification: dict) -> None:
    expected = {cell["column"] for cell in specification["conditional_cells"]}
    assert {f"{entry.table}.{entry.column}" for entry in RULES.expected} == expected


def test_the_order_of_sources_is_that_of_the_specification(specification: dict) -> None:
    order = specification["precedence"]["order"]
    assert list(PRECEDENCE.order)[: len(order)] == order


@pytest.mark.parametrize("names", [RULES.limits, RULES.links, RULES.ends, RULES.may_be_future])
def test_rules_name_columns_that_exist(names: object) -> None:
    tables = standard_tables()
    for name in names:  # type: ignore[attr-defined]
        table, column = name.split(".")
        assert column in tables[table].column, name
    for name in [*RULES.links.values(), *RULES.lookups.values()]:
        table, column = name.split(".")
        assert column in tables[table].column, name


def test_conditions_name_columns_and_codes_that_exist() -> None:
    for entry in RULES.expected:
        table = standard_tables()[entry.table]
        for condition in entry.when:
            assert condition["column"] in table.column, (entry.column, condition)


def test_spans_start_and_end_in_columns_that_exist() -> None:
    for table, (start, end) in PRECEDENCE.spans.items():
        assert {start, end} <= standard_tables()[table].column.keys()
