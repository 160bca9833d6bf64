"""Definitions: every part of every indicator, and all it rests on, compiles for Spark without Spark."""

import pytest

from goldenthread.engines.spark import spark_sql
from goldenthread.indicators.topics import indicator_parts
from goldenthread.populations.population import needed_tables
from tests.house.fingerprints import below, expressions_of, sql, tables_of


@pytest.fixture(scope="module")
def compiled() -> set[str]:
    """Names of the populations compiled so far: each once, for whichever indicator needs it first."""
    return set()


@pytest.mark.parametrize("ref", indicator_parts())
def test_compiles_for_spark(ref, compiled):
    for table in tables_of(ref):
        assert sql(table, spark_sql)
        for name in {one for needed in needed_tables(table) for one in below(needed)} - compiled:
            for expression in expressions_of(name):
                assert sql(expression, spark_sql)
            compiled.add(name)
