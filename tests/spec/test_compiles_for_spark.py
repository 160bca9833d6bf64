"""Every definition compiles for Spark, in every run, without Spark or Java (its figures: tests/spark)."""

import re
from datetime import date, datetime

import ibis
import ibis.expr.operations as ops
import pytest

from goldenthread.engines.spark import spark_sql
from goldenthread.figures.aggregate import Wanted, statement
from goldenthread.indicators.catalogue import catalogue
from goldenthread.indicators.part import ManyParts
from goldenthread.indicators.topics import indicator_parts
from goldenthread.populations.known import known_tables
from goldenthread.populations.population import Population, needed_tables, populations
from goldenthread.settings import SCALARS, Settings

indicator_parts()  # every topic, and with them every population


def compiled(expression: ibis.Table) -> str:
    given = {"as_at_on": date(2017, 12, 31), "as_at_ends_at": datetime(2018, 1, 1), "authority": "A001"}
    values = {}
    for node in expression.op().find(ops.ScalarParameter):
        name = SCALARS[node]
        kind = name.partition(":")[0]
        fixed = dict.fromkeys(("file_starts_on", "complete_since"), date(2015, 1, 1)) | {"supplied": True}
        fixed |= given
        values[node] = fixed[kind] if kind in fixed else Settings().bound(name)
    compiled = spark_sql(expression, values)
    # A condition on a window is rewritten for Spark, with names that it then does not find: name the window first.
    assert "_w" not in re.findall(r"\w+", compiled), compiled
    return compiled


@pytest.mark.parametrize("name", sorted(known_tables()))
def test_what_was_known_compiles(name: str) -> None:
    assert f"`loaded_{name}`" in compiled(known_tables()[name])


@pytest.mark.parametrize("name", sorted(populations()))
def test_a_population_compiles(name: str) -> None:
    population = populations()[name]
    wanted = [population.rows] if isinstance(population, Population) else population.inputs.values()
    for expression in wanted:
        sql = compiled(expression)
        assert all(f"`{table}`" in sql for table in needed_tables(expression))


@pytest.mark.parametrize("ref", sorted(indicator_parts()))
def test_an_indicator_compiles(ref: str) -> None:
    for part in indicator_parts()[ref]:
        one = part.part("any") if isinstance(part, ManyParts) else part
        assert f"`{one.of.name}`" in compiled(statement(Wanted(catalogue()[ref], one)))
