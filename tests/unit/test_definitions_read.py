"""Definitions as they are read, by a person and by the code: words, examples, and each name once."""

from datetime import date

import pyarrow as pa
import pytest

from goldenthread.figures.availability import looks_back_to
from goldenthread.indicators import topics
from goldenthread.indicators.catalogue import catalogue
from goldenthread.indicators.examples import cells_drawn, examples_of
from goldenthread.indicators.reading import basis_said, columns_said, rule_said
from goldenthread.populations.population import Population, Sequential
from goldenthread.populations.section47_links import section47_links, section47_links_by_day
from goldenthread.quality import rules
from goldenthread.standard import table


def test_a_rule_is_read_line_by_line_from_what_is_counted_on():
    said = rule_said(catalogue()["AS-02"])
    assert said[0] == ("Counted", "rows of assessments with authorised_on in P")
    assert [words for words, _ in said] == [
        words for words in ("Counted", "Numerator", "Denominator", "Clock starts", "Clock stops", "Limit",
                            "Open cases", "Missing values", "Notes", "Variants") if words in dict(said)
    ]  # fmt: skip


@pytest.mark.parametrize("basis", ["completed", "due", None])
def test_what_becomes_of_rows_past_their_limit_is_said(basis):
    one = next(found for found in catalogue().values() if found.default_basis == basis)
    assert basis_said(one).partition(":")[0] == (basis or "")


def test_the_columns_of_a_route_are_said_by_table_and_another_source_by_its_name():
    route = catalogue()["CP-03"].routes[0]
    assert columns_said((*route.required, ("annex_a", "list_5", "Child Unique ID")), route) == [
        ("strategy_discussions", "child_id, held_on, is_s47_initiated"),
        ("conferences", "child_id, kind, held_on"),
        ("Annex A: list_5", "Child Unique ID"),
    ]


def test_the_examples_of_an_indicator_are_those_its_tests_drew():
    first = examples_of("CP-03")[0]
    assert first.title == "Initial conferences within fifteen working days"
    assert set(first.tables) == {"conferences", "strategy_discussions"}
    head, *lines = first.tables["conferences"]
    assert "child_id" in head and all(len(line) == len(head) for line in lines)
    assert (first.figure["numerator"], first.figure["denominator"]) == ("6", "12")
    assert examples_of("XX-01") == ()


def test_a_drawn_table_is_its_head_and_lines_without_the_ruler():
    assert cells_drawn("a | b\n--+--\n1 | \n\n") == [["a", "b"], ["1", ""]]


def test_a_rule_says_how_far_back_it_looks():
    starts_on, reads_at = date(2017, 12, 1), date(2017, 12, 31)
    assert looks_back_to("add_months(P0,-12)", starts_on, reads_at) == date(2016, 12, 1)
    assert looks_back_to("RD - 90 days", starts_on, reads_at) == date(2017, 10, 2)
    with pytest.raises(ValueError, match="look_back 'a while' is of no known form"):
        looks_back_to("a while", starts_on, reads_at)


def test_an_indicator_and_a_rule_are_defined_once(monkeypatch):
    monkeypatch.setattr(topics, "TOPICS", ("money", "resources", "resources"))
    monkeypatch.setattr(topics, "TOPICS", topics.TOPICS[1:])
    with pytest.raises(ValueError, match="is defined twice; the second time in resources"):
        topics.indicator_parts.__wrapped__()
    monkeypatch.setattr(rules, "THEMES", ("money", "money"))
    with pytest.raises(ValueError, match="Two rules are called "):
        rules.all_rules.__wrapped__()


def test_two_populations_never_have_one_name():
    rows = table("visits").rows
    with pytest.raises(ValueError, match="Two populations are called section47_links"):
        Population(name="section47_links", about="Again.", rows=rows)
    with pytest.raises(ValueError, match="Two populations are called section47_links"):
        Sequential(name="section47_links", about="Again.", inputs={}, schema=pa.schema([]), work=dict)


def test_what_python_asks_of_a_population_is_no_column():
    one = Population(name="only_in_a_test", about="Visits.", rows=table("visits").rows)
    assert one.child_id.get_name() == "child_id"
    assert not hasattr(one, "_child_id")


def _inputs(conferences, enquiries):
    """Conferences (id, day, the enquiry named) and enquiries (id, day) of one child."""
    child = {"authority": "999", "child_id": "c1"}
    return {
        "conferences": pa.Table.from_pylist(
            [
                child | {"conference_id": k, "conference_on": day, "named_id": named}
                for k, day, named in conferences
            ],
            schema=section47_links.inputs["conferences"].schema().to_pyarrow(),
        ),
        "enquiries": pa.Table.from_pylist(
            [child | {"enquiry_id": k, "enquiry_on": day} for k, day in enquiries],
            schema=section47_links.inputs["enquiries"].schema().to_pyarrow(),
        ),
    }


def test_a_conference_without_an_enquiry_before_it_is_linked_to_none():
    inputs = _inputs(
        [("m1", date(2017, 3, 1), None), ("m2", date(2017, 4, 1), None)], [("e1", date(2017, 3, 20))]
    )
    links = section47_links.work(inputs).to_pylist()
    assert [(one["conference_id"], one["enquiry_id"]) for one in links] == [("m2", "e1")]


def test_until_the_enquiry_a_conference_names_is_held_it_takes_an_earlier_one():
    inputs = _inputs(
        [("m1", date(2017, 3, 1), "e2"), ("m2", date(2017, 4, 1), "e2")],
        [("e1", date(2017, 2, 20)), ("e2", date(2017, 3, 15))],
    )
    spans = section47_links_by_day.work(inputs).to_pylist()
    names = ("enquiry_id", "known_from_on", "known_until_on", "conference_then_on")
    assert [tuple(one[name] for name in names) for one in spans] == [
        ("e1", None, date(2017, 3, 15), date(2017, 3, 1)),
        ("e1", date(2017, 3, 15), None, None),
        ("e2", date(2017, 3, 15), None, date(2017, 3, 1)),
    ]
