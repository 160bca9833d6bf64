"""The same rows with fewer columns: nothing else is read, and what is left has the same values."""

import ibis
import ibis.expr.operations as ops
import pyarrow as pa
import pytest
from ibis import _

from goldenthread.engines import DuckDB
from goldenthread.indicators.topics import indicator_parts
from goldenthread.populations.narrowed import columns_read, narrowed
from goldenthread.populations.population import Population, populations

indicator_parts()  # every topic, and with them every population

VISITS = ibis.table({"child": "string", "on": "int64", "by": "string", "note": "string"}, name="visits")
PLANS = ibis.table({"child": "string", "start": "int64", "end": "int64", "kind": "string"}, name="plans")
ROWS = {
    "visits": pa.table(
        {
            "child": ["c1", "c1", "c2", "c3"],
            "on": [1, 5, 5, 9],
            "by": ["w1", "w1", "w2", None],
            "note": ["a", "b", "b", "a"],
        }
    ),
    "plans": pa.table(
        {"child": ["c1", "c2", "c2"], "start": [0, 4, 8], "end": [3, 7, None], "kind": ["x", "y", "x"]}
    ),
}


def worked_out(expression):
    engine = DuckDB(at_once=1)
    for name, rows in ROWS.items():
        engine.bind_rows(name, rows)
    rows = engine.read(engine.sql(expression, {}))
    engine.close()
    return sorted(map(repr, rows.to_pylist()))


def _joined():
    within = [VISITS.child == PLANS.child, PLANS.start <= VISITS.on]
    return VISITS.left_join(PLANS, within).select("child", "on", "note", "kind", "end")


def _latest():
    last = ibis.row_number().over(group_by="child", order_by=ibis.desc("on"))
    return VISITS.mutate(place=last).filter(_.place == 0).drop("place")


def _early(visits):
    """How many there are before the fifth day."""
    return ops.CountStar(visits, where=(visits.on < 5).op()).to_expr()


CASES = [
    # the expression, the columns that are wanted, what is read for them
    (VISITS, ["on"], {"visits": ("on",)}, "a table"),
    (VISITS.filter(_.by == "w1"), ["note"], {"visits": ("by", "note")}, "a condition is read"),
    (VISITS.mutate(twice=_.on * 2, said=_.note.upper()), ["twice"], {"visits": ("on",)}, "no other sum is"),
    (VISITS.rename(at="on").drop("by"), ["at"], {"visits": ("on",)}, "what was dropped is not"),
    (
        _joined(),
        ["note"],
        {"plans": ("child", "start"), "visits": ("child", "note", "on")},
        "a join has its keys",
    ),
    (_latest(), ["note"], {"visits": ("child", "note", "on")}, "an order decides which row"),
    (
        VISITS.group_by("child").aggregate(last=_.on.max(), notes=_.note.nunique()),
        ["last"],
        {"visits": ("child", "on")},
        "groups are read though nobody wants them",
    ),
    (
        VISITS.group_by("by").aggregate(many=_.count(), early=_early(VISITS)),
        ["many"],
        {"visits": ("by",)},
        "rows are counted without reading them",
    ),
    (
        VISITS.group_by("by").aggregate(many=_.count(), early=_early(VISITS)),
        ["early"],
        {"visits": ("by", "on")},
        "but where some count, what says which",
    ),
    (
        ibis.union(VISITS.select("child", "on", "note"), PLANS.select("child", on="start", note="kind")),
        ["on"],
        {"plans": ("start",), "visits": ("on",)},
        "both halves of a union are narrow",
    ),
    (
        ibis.union(VISITS.select("child", "note"), PLANS.select("child", note="kind"), distinct=True),
        ["child"],
        {"plans": ("child", "kind"), "visits": ("child", "note")},
        "every column makes a row distinct",
    ),
    (VISITS.select("child", "note").distinct(), ["note"], {"visits": ("child", "note")}, "here too"),
    (
        VISITS.filter(VISITS.child.isin(PLANS.filter(_.kind == "x").child)),
        ["on"],
        {"plans": ("child", "kind"), "visits": ("child", "on")},
        "a condition may read another table",
    ),
    (
        VISITS.group_by("by").aggregate(sorts=VISITS.nunique()),
        ["sorts"],
        {"visits": ("by", "child", "note", "on")},
        "rows are told apart by all they have",
    ),
    (VISITS.order_by("by").limit(3), ["on"], {"visits": ("by", "child", "note", "on")}, "rather too much"),
]


@pytest.mark.parametrize(("expression", "columns", "reads", "because"), CASES)
def test_nothing_is_read_that_is_not_needed_and_rows_stay(expression, columns, reads, because):
    narrow = narrowed(expression, columns)
    assert narrow.columns == tuple(columns)
    assert columns_read(narrow) == reads, because
    assert worked_out(narrow) == worked_out(expression.select(*columns)), because


def test_where_no_column_is_wanted_only_the_rows_count():
    counted = ibis.union(VISITS, VISITS).aggregate(many=_.count())
    assert len(columns_read(narrowed(counted))["visits"]) == 1
    assert worked_out(narrowed(counted)) == ["{'many': 8}"]


def test_one_part_of_an_expression_may_need_more_than_another():
    both = VISITS.filter(_.on > 1)
    first = both.group_by("child").aggregate(last=_.on.max())
    again = both.join(first, [both.child == first.child]).select(both.note, first.last)
    assert columns_read(narrowed(again, ["note"])) == {"visits": ("child", "note", "on")}
    assert worked_out(narrowed(again, ["note"])) == worked_out(again.select("note"))


def test_a_column_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        narrowed(VISITS.mutate(twice=_.on * 2), ["thrice"])


@pytest.mark.parametrize(
    "name", sorted(name for name, one in populations().items() if isinstance(one, Population))
)
def test_every_population_can_be_narrowed(name):
    rows = populations()[name].rows
    half = rows.columns[::2]
    narrow = narrowed(rows, half)
    assert narrow.schema() == rows.select(*half).schema()
    whole = columns_read(rows)
    assert {table: set(columns) - set(whole[table]) for table, columns in columns_read(narrow).items()} == {
        table: set() for table in whole
    }, "all tables decide which rows there are, and no column is read that was not read before"
