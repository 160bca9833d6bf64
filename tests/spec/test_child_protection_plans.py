"""Child protection plans: how many, for how long, how often again, and for what?"""

import pytest

from goldenthread.settings import Settings

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}


def test_plans_that_are_a_second_or_later_plan(worked_example):
    worked_example(
        "CP-12",
        **DECEMBER,
        table="cp_plans",
        rows="""
        child_id | cp_plan_id | started_on | ended_on   | previous_plan_count | key | counted | met | because
        ---------+------------+------------+------------+---------------------+-----+---------+-----+--------------
        c1       | p1         | 2017-12-01 |            | 0                   | p1  | yes     | yes | the first
        c2       | p2         | 2017-12-31 |            | 1                   | p2  | yes     | no  | counted by the council
        c3       | p3         | 2017-12-05 |            |                     | p3  | yes     | no  | an earlier one is found
        c3       | p3a        | 1999-12-05 | 2000-12-05 |                     |     |         |     | however long ago
        c4       | p4         | 2017-12-05 |            |                     | p4  | yes     | yes | blank and none found
        c5       | p5         | 2017-12-05 |            | 0                   | p5  | yes     | no  | the earlier one counts
        c5       | p5a        | 2016-12-05 | 2016-12-04 |                     |     |         |     | though never in force
        c6       | p6         | 2017-12-01 | 2017-12-08 |                     | p6  | yes     | yes | the first of two
        c6       | p6a        | 2017-12-20 |            |                     | p6a | yes     | no  | the second
        c7       | p7         | 2017-12-05 |            |                     | p7  | yes     | yes | two on one day:
        c7       | p7a        | 2017-12-05 |            |                     | p7a | yes     | yes | neither is earlier
        c8       | p8         | 2017-11-30 |            | 1                   |     |         |     | the day before
        c9       | p9         | 2018-01-01 |            | 1                   |     |         |     | the day after
        """,
        figure=(4, 9, 0),
    )


def test_earlier_plans_are_not_known_where_the_file_begins_with_the_period(worked_example):
    worked_example(
        "CP-12",
        **DECEMBER,
        table="cp_plans",
        rows="""
        child_id | cp_plan_id | started_on | key | counted | met     | because
        ---------+------------+------------+-----+---------+---------+---------------------------------------------
        c1       | p1         | 2017-12-01 | p1  | no      | unknown | no plan of any child is older than the period
        c1       | p2         | 2017-12-20 | p2  | no      | unknown | even a second plan in it
        """,
        without=("cp_plans.previous_plan_count",),
        figure=(0, 0, 2),
    )


def test_earlier_plans_are_known_where_the_file_reaches_further_back(worked_example):
    worked_example(
        "CP-12",
        **DECEMBER,
        table="cp_plans",
        rows="""
        child_id | started_on | counted | met | because
        ---------+------------+---------+-----+-----------------------------------------------
        c1       | 2017-12-05 | yes     | yes | the file holds none, and it reaches back
        c2       | 2017-11-30 |         |     | the plan of another child, begun the day before
        """,
        without=("cp_plans.previous_plan_count",),
        figure=(0, 1, 0),
    )


def test_earlier_plans_of_the_last_two_years(worked_example):
    worked_example(
        "CP-12",
        **DECEMBER,
        table="cp_plans",
        rows="""
        child_id | started_on | ended_on   | counted | met | because
        ---------+------------+------------+---------+-----+--------------------------------------------
        c1       | 2017-12-05 |            | yes     | no  | one ended exactly two years before
        c1       | 2015-01-05 | 2015-12-05 |         |     | that one
        c2       | 2017-12-05 |            | yes     | yes | the earlier ended a day more than that before
        c2       | 2015-01-05 | 2015-12-04 |         |     | that one
        """,
        settings=Settings(parameters={"previous_window": "24m"}),
        figure=(1, 2, 0),
    )


def test_plans_that_ended_after_two_years_or_more(worked_example):
    worked_example(
        "CP-13",
        **DECEMBER,
        table="cp_plans",
        rows="""
        child_id | started_on | ended_on   | counted | met     | because
        ---------+------------+------------+---------+---------+---------------------------
        c1       | 2015-12-02 | 2017-12-01 | yes     | no      | 730 days
        c2       | 2015-12-03 | 2017-12-01 | yes     | yes     | 729 days
        c3       | 2017-12-31 | 2017-12-31 | yes     | yes     | ended the day it began
        c4       | 2017-12-10 | 2017-12-05 | no      | unknown | ended before it began
        c5       | 2015-01-05 |            |         |         | still open
        c6       | 2015-01-05 | 2017-11-30 |         |         | ended the day before
        c7       | 2015-01-05 | 2018-01-01 |         |         | ended the day after
        """,
        figure=(1, 3, 1),
    )


@pytest.mark.parametrize(
    ("part", "inside"),
    [("up_to_m3", "12"), ("m3_to_m6", "34"), ("m6_to_m12", "56"), ("m12_to_y2", "78")],
)
def test_plans_that_ended_by_how_long_they_lasted(worked_example, part, inside):
    worked_example(
        "CP-13",
        part=part,
        period="2017-11-01 to 2017-12-31",
        table="cp_plans",
        rows="""
        child_id | started_on | ended_on   | counted | met     | because
        ---------+------------+------------+---------+---------+-----------------------------------------
        c1       | 2017-09-30 | 2017-12-30 | yes     | {c1}    | exactly three months
        c2       | 2017-08-31 | 2017-11-30 | yes     | {c2}    | three months end on the last of November
        c3       | 2017-08-31 | 2017-12-01 | yes     | {c3}    | a day more
        c4       | 2017-06-30 | 2017-12-30 | yes     | {c4}    | exactly six months
        c5       | 2017-06-30 | 2017-12-31 | yes     | {c5}    | a day more
        c6       | 2016-12-15 | 2017-12-14 | yes     | {c6}    | a day less than twelve months
        c7       | 2016-12-15 | 2017-12-15 | yes     | {c7}    | exactly twelve months
        c8       | 2015-12-03 | 2017-12-01 | yes     | {c8}    | 729 days
        c9       | 2015-12-02 | 2017-12-01 | yes     | yes     | two years or more is the headline
        d1       | 2017-12-10 | 2017-12-05 | no      | unknown | ended before it began
        """.format(**{f"c{number}": "no " if str(number) in inside else "yes" for number in range(1, 9)}),
        figure=(2, 9, 1),
    )


LASTING = """
    child_id | started_on | ended_on   | counted | met   | because
    ---------+------------+------------+---------+-------+------------------------------------
    c1       | 2016-01-01 |            | yes     | {c1}  | 730 days
    c2       | 2016-01-02 |            | yes     | {c2}  | 729 days
    c3       | 2016-07-01 |            | yes     | {c3}  | 548 days
    c4       | 2016-07-02 |            | yes     | {c4}  | 547 days
    c5       | 2016-09-30 |            | yes     | {c5}  | 457 days
    c6       | 2016-10-01 |            | yes     | {c6}  | 456 days
    c7       | 2015-01-05 | 2018-01-01 |         |       | the later of two open plans counts
    c7       | 2017-06-01 |            | yes     | yes   | that one
    c8       | 2015-01-05 | 2017-12-31 |         |       | the day of ending is no longer open
    c9       | 2018-01-01 |            |         |       | not yet begun
"""


@pytest.mark.parametrize(("part", "long"), [("", 1), ("m18", 3), ("m15", 5)])
def test_plans_open_for_two_years_or_more(worked_example, part, long):
    answers = {f"c{number}": "no " if number <= long else "yes" for number in range(1, 7)}
    worked_example(
        "CP-14", part=part, **DECEMBER, table="cp_plans", rows=LASTING.format(**answers), figure=(long, 7, 0)
    )


def test_children_on_a_plan(worked_example):
    worked_example(
        "CP-15",
        **DECEMBER,
        table="cp_plans",
        rows="""
        child_id | started_on | ended_on   | counted | met | team         | because
        ---------+------------+------------+---------+-----+--------------+-------------------------------------
        c1       | 2017-06-01 |            | yes     | yes | Safeguarding | two open plans are one child
        c1       | 2017-01-05 |            |         |     |              | the same child
        c2       | 2017-12-31 |            | yes     | yes | not known    | begun on the day; allocated to nobody
        c3       | 2017-01-05 | 2018-01-01 | yes     | yes | not known    | the allocation ended on the day
        c4       | 2017-01-05 | 2017-12-31 |         |     |              | the day of ending is no longer open
        c5       | 2018-01-01 |            |         |     |              | not yet begun
        c6       | 2017-01-05 | 2017-01-04 |         |     |              | ended before it began: never open
        """,
        also={
            "allocations": """
            child_id | role          | team         | started_on | ended_on
            ---------+---------------+--------------+------------+-----------
            c1       | social_worker | Assessment   | 2017-01-05 |
            c1       | social_worker | Safeguarding | 2017-06-01 |
            c2       | iro           | Reviewing    | 2017-12-31 |
            c3       | social_worker | Safeguarding | 2017-01-05 | 2017-12-31
            """
        },
        figure=(3, None, 0),
    )


MOVEMENTS = """
    child_id | cp_plan_id | started_on | ended_on   | key | counted | met | because
    ---------+------------+------------+------------+-----+---------+-----+-------------------------
    c1       | p1         | 2017-12-01 |            | {} | begun on the first day
    c2       | p2         | 2017-12-05 | 2017-12-05 | {} | begun and ended on one day
    c3       | p3         | 2017-01-05 | 2017-12-31 | {} | ended on the last day
    c4       | p4         | 2017-12-31 | 2018-01-01 | {} | begun in it, ended after it
    c5       | p5         | 2017-11-30 |            |     |         |     | begun the day before
    c6       | p6         | 2017-01-05 | 2018-01-01 |     |         |     | ended the day after
"""
IN, OUT = "{}  | yes     | yes", "    |         |    "


@pytest.mark.parametrize(
    ("part", "moved", "figure"), [("", (1, 2, 4), (3, None, 0)), ("ends", (2, 3), (2, None, 0))]
)
def test_plans_begun_and_ended(worked_example, part, moved, figure):
    answers = [IN.format(f"p{number}") if number in moved else OUT for number in range(1, 5)]
    worked_example(
        "CP-16", part=part, **DECEMBER, table="cp_plans", rows=MOVEMENTS.format(*answers), figure=figure
    )


def test_plans_begun_less_those_ended(worked_example):
    worked_example(
        "CP-16",
        part="net",
        **DECEMBER,
        table="cp_plans",
        rows="""
        child_id | started_on | ended_on   | counted | met | because
        ---------+------------+------------+---------+-----+---------------------
        c1       | 2017-12-01 |            | yes     | yes | one more
        c2       | 2017-12-31 | 2018-01-01 | yes     | yes | one more
        c3       | 2017-01-05 | 2017-12-31 | yes     | yes | one fewer
        c4       | 2017-11-30 | 2018-01-01 |         |     | neither in the period
        """,
        figure=(1, None, 0),
    )


CATEGORIES = """
    child_id | started_on | ended_on   | initial_category | latest_category | counted | met   | because
    ---------+------------+------------+------------------+-----------------+---------+-------+-------------------
    c1       | 2017-06-01 |            | NEG              | EMO             | yes     | {c1}  | the latest decides
    c2       | 2017-06-01 |            | NEG              |                 | yes     | {c2}  | no latest: the first
    c3       | 2017-06-01 |            |                  |                 | yes     | {c3}  | neither
    c4       | 2017-06-01 | 2017-12-31 | NEG              | NEG             |         |       | no longer open
    c5       | 2017-01-05 |            | NEG              | NEG             |         |       | the earlier of two
    c5       | 2017-06-01 |            | NEG              | EMO             | yes     | {c5}  | the later of two
"""


@pytest.mark.parametrize(
    ("part", "told", "figure"),
    [
        ("", "c1 c2 c3 c5", (4, None, 0)),
        ("EMO", "c1 c5", (2, 4, 0)),
        ("NEG", "c2", (1, 4, 0)),
        ("not_recorded", "c3", (1, 4, 0)),
    ],
)
def test_plans_by_category(worked_example, part, told, figure):
    answers = {child: "yes" if child in told else "no " for child in ("c1", "c2", "c3", "c5")}
    worked_example(
        "CP-21", part=part, **DECEMBER, table="cp_plans", rows=CATEGORIES.format(**answers), figure=figure
    )


def test_plans_that_ended_within_three_months(worked_example):
    worked_example(
        "CP-23",
        period="2017-11-01 to 2017-12-31",
        table="cp_plans",
        rows="""
        child_id | started_on | ended_on   | counted | met     | because
        ---------+------------+------------+---------+---------+-----------------------------------------
        c1       | 2017-09-30 | 2017-12-30 | yes     | yes     | exactly three months
        c2       | 2017-09-30 | 2017-12-31 | yes     | no      | a day more
        c3       | 2017-08-31 | 2017-11-30 | yes     | yes     | three months end on the last of November
        c4       | 2017-12-10 | 2017-12-05 | no      | unknown | ended before it began
        c5       | 2017-09-30 | 2017-10-31 |         |         | ended the day before
        c6       | 2017-09-30 |            |         |         | still open
        """,
        figure=(2, 3, 1),
    )
