"""Rates per 10,000 children: out of which estimate, over which period, and of what there is none."""

from datetime import date
from decimal import Decimal

import pytest

from goldenthread.figures.work_out import figures
from goldenthread.indicators.catalogue import catalogue
from goldenthread.indicators.part import Kind, Part
from goldenthread.indicators.topics import indicator_parts
from goldenthread.periods import Every, Period, periods
from goldenthread.settings import Settings
from tests.builders import AUTHORITY, ALoad

ESTIMATES = f"""
area      | year | population_0_17
----------+------+----------------
{AUTHORITY}   | 2016 | 20000
{AUTHORITY}   | 2017 | 40000
North     | 2016 | 5000
"""
MID_YEARS = """
    area  | year | population_0_17
    ------+------+----------------
    whole | 2016 | 20000
    whole | 2017 | 40000
"""
CONTACTS = """
child_id | received_at | team
---------+-------------+-----
c1       | 2017-04-05  | MASH
c2       | 2017-12-05  | MASH
c2       | 2017-12-06  | AI
c3       | 2018-02-05  | AI
"""
CHILDREN = """
child_id | locality
---------+---------
c1       | North
c2       | North
c3       | South
"""
PLANS = """
child_id | started_on | ended_on
---------+------------+-----------
c1       | 2017-02-01 |
c2       | 2017-03-01 | 2018-02-01
c3       | 2018-03-01 |
"""


@pytest.fixture
def load(tmp_path):
    found = ALoad(tmp_path, date(2018, 3, 31))
    for name, rows in {"contacts": CONTACTS, "children": CHILDREN, "cp_plans": PLANS}.items():
        found.add(name, rows)
    return found


def said(load, ref, period, by=(), part=""):
    found = figures(load, [period], Settings(), refs=[ref], by=by)
    return {
        tuple(one.breakdown.values()): (one.numerator, one.denominator, one.value)
        for one in found
        if one.part == part
    }


def of(first, last, full=None):
    return Period(date.fromisoformat(first), date.fromisoformat(last), date.fromisoformat(full or last))


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (of("2017-04-01", "2018-03-31"), (4, 40000, "1.0")),  # the year to March 2018: mid-2017, as it is
        (of("2017-12-01", "2017-12-31"), (2, 20000, "11.8")),  # 2 / 20000 * 10000 * 365 / 31
        (of("2017-12-01", "2017-12-06", "2017-12-31"), (2, 20000, "60.8")),  # cut: its six days
        (of("2017-12-02", "2018-03-31"), (3, 40000, "2.3")),  # ends in 2018: 3 / 4 * 365 / 120
        (of("2017-11-01", "2017-11-30"), (0, 20000, "0.0")),  # nobody: a rate of 0, and final
        (of("2016-12-01", "2016-12-31"), (0, None, "0")),  # of 2015 no estimate was entered: a number
    ],
)
def test_what_happens_in_a_period_is_said_as_of_a_year(load, period, expected):
    load.add("reference_population", ESTIMATES)
    (found,) = said(load, "FD-01", period).values()
    assert (found[0], found[1], f"{found[2]}") == expected


def test_what_is_there_on_a_day_is_never_made_a_year_of(load):
    load.add("reference_population", ESTIMATES)
    (found,) = said(load, "CP-15", of("2017-12-01", "2017-12-31")).values()
    assert found == (2, 20000, Decimal("1.0"))


def test_starts_less_ends_may_be_a_rate_below_nothing(load):
    load.add("reference_population", ESTIMATES)
    (found,) = said(load, "CP-16", of("2018-02-01", "2018-02-28"), part="net").values()
    assert found == (-1, 40000, Decimal("-3.3"))  # -1 / 4 * 365 / 28


def test_without_an_estimate_it_is_a_number(load):
    assert said(load, "FD-01", of("2017-12-01", "2017-12-31")) == {(): (2, None, 2)}


def test_a_team_has_no_population_and_a_locality_its_own(load):
    load.add("reference_population", ESTIMATES)
    december = of("2017-12-01", "2017-12-31")
    assert said(load, "FD-01", december, by=["team"]) == {("AI",): (1, None, 1), ("MASH",): (1, None, 1)}
    assert said(load, "FD-01", december, by=["locality"]) == {("North",): (2, 5000, Decimal("47.1"))}
    south = said(load, "FD-01", of("2018-02-01", "2018-02-28"), by=["locality"])
    assert south == {("South",): (1, None, 1)}


def test_the_whole_council_may_go_without_its_code(load):
    load.add("reference_population", ESTIMATES.replace(AUTHORITY, "whole"))
    december = of("2017-12-01", "2017-12-31")
    assert said(load, "FD-01", december)[()] == (2, 20000, Decimal("11.8"))
    assert said(load, "FD-01", of("2017-12-01", "2017-12-31"), by=["team"])[("AI",)] == (1, None, 1)


def test_an_area_without_children_has_no_rate(load):
    load.add("reference_population", ESTIMATES.replace("20000", "0"))
    assert said(load, "FD-01", of("2017-12-01", "2017-12-31")) == {(): (2, None, 2)}


def test_each_month_of_a_series_has_its_estimate(load):
    load.add("reference_population", ESTIMATES)
    months = periods(as_at_on=load.as_at_on, every=Every.MONTH, starts_on=date(2016, 12, 1))
    found = list(figures(load, months, Settings(), refs=["FD-01"]))
    assert [one.denominator for one in found] == [None, *[20000] * 12, *[40000] * 3]
    assert {one.status for one in found} == {"final"}


def test_every_part_in_whose_unit_there_is_a_rate_is_one():
    of_rates = {ref for ref, definition in catalogue().items() if definition.is_rate}
    parts = {ref: indicator_parts()[ref] for ref in indicator_parts()}
    rates = {
        ref for ref, of in parts.items() if any(one.kind is Kind.RATE for one in of if isinstance(one, Part))
    }
    assert rates == of_rates == {ref for ref, definition in catalogue().items() if "rate" in definition.unit}
    assert all(one.kind is Kind.RATE for ref in of_rates for one in parts[ref])


def test_contacts_of_a_month_as_of_a_year(worked_example):
    worked_example(
        "FD-01",
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-31",
        table="contacts",
        rows="""
        child_id | received_at | counted | met | because
        ---------+-------------+---------+-----+---------------------------------------------------
        c1       | 2017-12-01  | yes     | yes | on the first day
        c2       | 2017-12-31  | yes     | yes | on the last; 2 / 20,000 * 10,000 * 365 / 31 = 11.8
        c3       | 2018-01-01  |         |     | the day after
        """,
        also={"reference_population": MID_YEARS},
        figure=(2, 20000, 0),
        value="11.8",
    )


def test_children_on_plans_at_the_end_of_a_month(worked_example):
    worked_example(
        "CP-15",
        period="2018-01-01 to 2018-01-31",
        table="cp_plans",
        rows="""
        child_id | started_on | ended_on   | counted | met | because
        ---------+------------+------------+---------+-----+-------------------------------------------
        c1       | 2017-02-01 |            | yes     | yes | open; 2018 is set beside the middle of 2017
        c2       | 2017-02-01 | 2018-02-01 | yes     | yes | ends tomorrow; 2 / 40,000 * 10,000 = 0.5
        c3       | 2017-02-01 | 2018-01-31 |         |     | no longer in force
        """,
        also={"reference_population": MID_YEARS},
        figure=(2, 40000, 0),
        value="0.5",
    )
