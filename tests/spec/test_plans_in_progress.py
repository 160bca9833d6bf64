"""Children on a protection plan: are core groups, visits and reviews held when they should be?"""

import pytest

from goldenthread.settings import Settings

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}

CORE_GROUPS = """
    child_id | kind        | held_on
    ---------+-------------+-----------
    c1       | core_group  | 2017-12-15
    c2       | core_group  | 2017-12-18
    c5       | core_group  | 2017-12-04
    c6       | core_group  | 2017-12-05
    c9       | core_group  | 2017-12-18
    d2       | cin_meeting | 2017-12-16
    d3       | core_group  | 2018-01-03
    d4       | core_group  | 2018-01-04
    d5       | core_group  | 2017-12-29
"""


def test_first_core_groups_within_ten_working_days(worked_example):
    worked_example(
        "CP-07",
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-04",
        table="cp_plans",
        also={"plan_meetings": CORE_GROUPS},
        rows="""
        child_id | cp_plan_id | started_on | ended_on   | key | counted | met | status   | because
        ---------+------------+------------+------------+-----+---------+-----+----------+------------------------
        c1       | p1         | 2017-12-01 |            | p1  | yes     | yes | in_time  | exactly ten
        c2       | p2         | 2017-12-01 |            | p2  | yes     | no  | late     | eleven
        c3       | p3         | 2017-12-18 |            | p3  | no      |     | not_due  | none yet, ten so far
        c4       | p4         | 2017-12-15 |            | p4  | yes     | no  | overdue  | none, eleven so far
        c5       | p5         | 2017-12-05 |            | p5  | yes     | no  | overdue  | the one was before it
        c6       | p6         | 2017-12-05 |            | p6  | yes     | yes | in_time  | on the day it began
        c7       | p7         | 2017-12-01 | 2017-12-15 | p7  | no      |     | excluded | ended after ten, none
        c8       | p8         | 2017-12-01 | 2017-12-18 | p8  | yes     | no  | overdue  | ended after eleven, none
        c9       | p9         | 2017-12-01 | 2017-12-15 | p9  | no      |     | excluded | one after it had ended
        d1       | p10        | 2017-12-01 | 2017-12-01 | p10 | no      |     | excluded | ended the day it began
        d2       | p11        | 2017-12-15 |            | p11 | yes     | no  | overdue  | another kind of meeting
        d3       | p12        | 2017-12-15 |            | p12 | yes     | yes | in_time  | ten, over three holidays
        d4       | p13        | 2017-12-15 |            | p13 | yes     | no  | late     | eleven, over the same
        d5       | p14        | 2017-12-01 | 2017-12-20 | p14 | yes     | no  | overdue  | the first of two plans
        d5       | p15        | 2017-12-27 |            | p15 | yes     | yes | in_time  | the second plan's group
        d6       | p16        | 2017-11-30 |            |     |         |     |          | begun the day before
        """,
        figure=(4, 11, 0),
    )


def test_children_with_a_core_group_in_six_weeks(worked_example):
    worked_example(
        "CP-08",
        **DECEMBER,
        table="cp_plans",
        rows="""
        child_id | started_on | ended_on   | counted | met | because
        ---------+------------+------------+---------+-----+-------------------------------------------
        c1       | 2017-06-01 |            | yes     | yes | 42 days before
        c2       | 2017-06-01 |            | yes     | no  | 43 days before
        c3       | 2017-12-13 |            | no      |     | ten working days: not due, though one is held
        c4       | 2017-12-12 |            | yes     | no  | eleven working days and none
        c5       | 2017-12-01 |            | yes     | no  | the only one was before the plan
        c6       | 2017-06-01 |            | yes     | no  | the only one comes after the day
        c7       | 2017-01-05 |            |         |     | the later of two open plans counts
        c7       | 2017-12-20 |            | no      |     | which is still new
        c8       | 2017-06-01 | 2017-12-31 |         |     | no longer open
        c9       | 2017-06-01 |            | yes     | no  | another kind of meeting
        d1       | 2017-06-01 | 2018-01-01 | yes     | yes | on the day itself
        """,
        also={
            "plan_meetings": """
            child_id | kind       | held_on
            ---------+------------+-----------
            c1       | core_group | 2017-11-19
            c2       | core_group | 2017-11-18
            c2       | core_group | 2017-07-01
            c3       | core_group | 2017-12-20
            c5       | core_group | 2017-11-30
            c6       | core_group | 2018-01-02
            c9       | cin_review | 2017-12-20
            d1       | core_group | 2017-12-31
            """
        },
        figure=(2, 7, 0),
    )


VISITS = """
    child_id | kind | visited_at       | is_seen
    ---------+------+------------------+--------
    c1       | cp   | 2017-12-13 23:59 | yes
    c2       | cp   | 2017-12-12       | yes
    c3       | cp   | 2017-12-20       | no
    c3       | cp   | 2017-12-12       | yes
    c4       | cp   | 2017-12-20       |
    c7       | cp   | 2017-12-14       | yes
    c8       | cp   | 2017-12-27       | yes
    c9       | cin  | 2017-12-20       | yes
    d1       | cp   | 2018-01-02       | yes
    d2       | cp   | 2017-12-14       | yes
"""
VISITED = """
    child_id | started_on | ended_on   | counted | met  | because
    ---------+------------+------------+---------+------+------------------------------------------------
    c1       | 2017-06-01 |            | yes     | yes  | ten working days before, late in the evening
    c2       | 2017-06-01 |            | yes     | no   | eleven, Christmas and Boxing Day left out
    c3       | 2017-06-01 |            | yes     | {c3} | not seen on the 20th
    c4       | 2017-06-01 |            | yes     | {c4} | whether seen is not recorded
    c5       | 2017-12-13 |            | no      |      | none yet, and ten working days old: not due
    c6       | 2017-12-12 |            | yes     | no   | none, and eleven working days old
    c7       | 2017-12-15 |            | no      |      | the only one was before the plan: not due
    c8       | 2017-12-27 |            | yes     | yes  | new, but visited the day it began
    c9       | 2017-06-01 |            | yes     | no   | another kind of visit
    d1       | 2017-06-01 | 2018-01-01 | yes     | no   | visited only in January
    d2       | 2017-01-05 |            |         |      | the later of two open plans counts
    d2       | 2017-12-20 |            | no      |      | new, and visited only before it
    d3       | 2017-06-01 | 2017-12-31 |         |      | no longer open
"""


@pytest.mark.parametrize(
    ("details", "answers", "numerator"),
    [
        ({}, {"c3": "no", "c4": "no"}, 2),
        ({"without": ("visits.is_seen",)}, {"c3": "yes", "c4": "yes"}, 4),
        ({"settings": Settings(parameters={"require_seen": False})}, {"c3": "yes", "c4": "yes"}, 4),
    ],
    ids=["seen", "is_seen not supplied", "seen or not"],
)
def test_children_on_a_plan_visited_within_ten_working_days(worked_example, details, answers, numerator):
    worked_example(
        "CP-09",
        **DECEMBER,
        table="cp_plans",
        rows=VISITED.format(**answers),
        also={"visits": VISITS},
        **details,
        figure=(numerator, 8, 0),
    )


SEEN_ALONE = """
    child_id | visit_id | kind | visited_at | is_seen | is_seen_alone
    ---------+----------+------+------------+---------+--------------
    c1       | v1       | cp   | 2017-12-20 | yes     | yes
    c1       | v2       | cp   | 2017-12-01 | yes     | no
    c2       | v3       | cp   | 2017-12-20 | yes     | no
    c2       | v4       | cp   | 2017-12-01 | yes     | yes
    c3       | v5       | cp   | 2017-12-20 | yes     |
    c4       | v6       | cp   | 2017-12-20 | yes     | yes
    c4       | v7       | cp   | 2017-12-20 | yes     |
    c5       | v8       | cp   | 2017-12-20 | yes     | no
    c5       | v9       | cp   | 2017-12-20 | yes     |
    c6       | v10      | cp   | 2017-12-31 | yes     | yes
    c7       | v11      | cp   | 2017-12-20 | yes     | yes
    c8       | v12      | cp   | 2017-12-20 | yes     | yes
    c9       | v13      | cp   | 2017-05-31 | yes     | yes
    d1       | v14      | cp   | 2017-12-20 | yes     | yes
    d3       | v15      | cp   | 2017-12-20 | no      | no
    d3       | v16      | cp   | 2017-12-01 | yes     | yes
    d4       | v17      | cp   | 2018-01-02 | yes     | yes
    d5       | v18      | cin  | 2017-12-20 | yes     | yes
"""


def test_children_on_a_plan_seen_alone_at_the_last_visit(worked_example):
    worked_example(
        "CP-18",
        **DECEMBER,
        table="children",
        also={
            "visits": SEEN_ALONE,
            "cp_plans": "child_id | started_on\n"
            + "\n".join(f"{c}{n} | 2017-06-01" for c in "cd" for n in range(1, 10)),
        },
        rows="""
        child_id | born_on    | is_unborn | counted | met     | because
        ---------+------------+-----------+---------+---------+-----------------------------------------------
        c1       | 2010-01-01 |           | yes     | yes     | seen alone at the latest
        c2       | 2010-01-01 |           | yes     | no      | not at the latest, though earlier
        c3       | 2010-01-01 |           | yes     | unknown | blank is kept, as a no
        c4       | 2010-01-01 |           | yes     | yes     | two on one day: one of them alone
        c5       | 2010-01-01 |           | yes     | unknown | two on one day: no, and blank
        c6       | 2013-12-31 |           | yes     | yes     | four today
        c7       | 2014-01-01 |           |         |         | four tomorrow
        c8       |            | yes       |         |         | not yet born
        c9       | 2010-01-01 |           | no      |         | visited only before the plan: excluded
        d1       |            |           | no      | unknown | no date of birth
        d2       |            |           | no      |         | no date of birth, but no visit either: excluded
        d3       | 2010-01-01 |           | yes     | no      | a visit at which the child was not seen counts
        d4       | 2010-01-01 |           | no      |         | visited only in January: excluded
        d5       | 2010-01-01 |           | no      |         | another kind of visit: excluded
        d6       | 2014-06-01 |           |         |         | under four, and no visit: outside all the same
        d7       | 2010-01-01 | yes       |         |         | flagged unborn, whatever the birth date says
        d8       | 2018-01-10 |           |         |         | born only in January
        d9       | 2010-01-01 |           | no      |         | never visited: excluded, it fails elsewhere
        """,
        figure=(3, 7, 3),
    )
