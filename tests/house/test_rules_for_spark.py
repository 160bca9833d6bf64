"""Rules: each compiles for Spark, as every definition does, without Spark."""

from goldenthread.checking.running import failing
from goldenthread.engines.spark import spark_sql
from goldenthread.populations.population import needed_tables
from goldenthread.quality.rules import all_rules
from tests.house.fingerprints import below, expressions_of, sql


def test_every_rule_compiles_for_spark():
    groups, compiled = {}, set()
    for rule in all_rules():
        groups.setdefault(rule.rows.op(), []).append(rule)
    for rules in groups.values():
        assert sql(failing(rules), spark_sql)
        for name in {one for needed in needed_tables(rules[0].rows) for one in below(needed)} - compiled:
            for expression in expressions_of(name):
                assert sql(expression, spark_sql)
            compiled.add(name)
