"""Reviews of children in care: held on time, with the child, on record, and checked in between?"""

import pytest

from goldenthread.settings import Settings

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}

REVIEWS = """
    child_id | kind                | held_on
    ---------+---------------------+-----------
    c1       | looked_after_review | 2017-12-01
    c2       | looked_after_review | 2017-12-04
    c4       | looked_after_review | 2017-12-29
    c6       | looked_after_review | 2017-09-15
    c6       | looked_after_review | 2017-12-15
    c7       | looked_after_review | 2017-03-10
    c7       | looked_after_review | 2017-06-09
    c7       | looked_after_review | 2017-12-11
    c9       | looked_after_review | 2017-12-01
    d1       | looked_after_review | 2017-09-15
    d1       | looked_after_review | 2017-09-15
    d3       | looked_after_review | 2017-12-01
    d4       | review              | 2017-12-01
    d5       | looked_after_review | 2017-09-15
    d6       | looked_after_review | 2017-08-31
    d6       | looked_after_review | 2017-11-30
"""


def test_reviews_held_on_time(worked_example):
    worked_example(
        "LAC-02",
        period="2017-12-01 to 2017-12-29",
        table="care_periods",
        also={"conferences": REVIEWS},
        rows="""
        child_id | care_period_id | started_on | ended_on   | legal_status | key | counted | met | status | because
        ---------+----------------+------------+------------+--------------+-----+---------+-----+--------+--------
        c1 | p1  | 2017-11-03 |            | C2 | p1/2017-12-01  | yes | yes | in_time | the first on working day 20
        c2 | p2  | 2017-11-03 |            | C2 | p2/2017-12-01  | yes | no  | late    | the first on working day 21
        c3 | p3  | 2017-11-03 |            | C2 | p3/2017-12-01  | yes | no  | overdue | no review at all
        c4 | p4  | 2017-11-29 |            | C2 | p4/2017-12-29  | yes | yes | in_time | day 20, Christmas left out
        c5 | p5  | 2017-11-29 |            | C2 | p5/2017-12-29  | no  |     | not_due | due on the as-at date
        c6 | p6  | 2017-08-21 |            | C2 | p6/2017-12-15  | yes | yes | in_time | the second in three months
        c7 | p7  | 2017-02-13 |            | C2 | p7/2017-12-09  | yes | no  | late    | the third in six months
        c8 | p8  | 2017-11-03 | 2017-12-01 | C2 |                |     |     |         | ended on the day it fell due
        c9 | p9  | 2017-11-03 | 2017-12-01 | C2 |                |     |     |         | and was reviewed that day
        c9 | p10 | 2017-11-03 | 2017-12-02 | C2 | p10/2017-12-01 | yes | yes | in_time | counts in both periods
        d1 | p11 | 2017-08-21 |            | C2 | p11/2017-12-15 | yes | no  | overdue | two on one day are one
        d2 | p12 | 2017-11-03 |            | V4 |                |     |     |         | short breaks
        d3 | p13 | 2017-11-06 |            |    | p13/2017-12-04 | yes | yes | in_time | blank is no short break
        d4 | p14 | 2017-11-03 |            | C2 | p14/2017-12-01 | yes | no  | overdue | a conference is no review
        d5 | p15 | 2017-09-15 |            | C2 | p15/2017-12-15 | yes | no  | overdue | the first on the first day
        d6 | p16 | 2017-08-07 |            | C2 |                |     |     |         | on the last of November
        """,
        figure=(5, 11, 0),
    )


def test_months_between_reviews_may_be_counted_in_days(worked_example):
    worked_example(
        "LAC-02",
        period="2017-12-01 to 2017-12-29",
        table="care_periods",
        rows="""
        child_id | care_period_id | started_on | key           | counted | met | because
        ---------+----------------+------------+---------------+---------+-----+----------------------------------
        c1       | p1             | 2017-08-21 | p1/2017-12-15 | yes     | yes | on day 91
        c2       | p2             | 2017-08-21 | p2/2017-12-15 | yes     | no  | on day 92
        c3       | p3             | 2017-02-13 | p3/2017-12-09 | yes     | yes | the third on day 183
        """,
        also={
            "conferences": """
            child_id | kind                | held_on
            ---------+---------------------+-----------
            c1       | looked_after_review | 2017-09-15
            c1       | looked_after_review | 2017-12-15
            c2       | looked_after_review | 2017-09-15
            c2       | looked_after_review | 2017-12-16
            c3       | looked_after_review | 2017-03-10
            c3       | looked_after_review | 2017-06-09
            c3       | looked_after_review | 2017-12-09
            """
        },
        settings=Settings(parameters={"months_convention": "days_91_183"}),
        figure=(2, 3, 0),
    )


def test_reviews_on_time_may_be_counted_by_child(worked_example):
    worked_example(
        "LAC-02",
        period="2017-12-01 to 2017-12-29",
        table="care_periods",
        rows="""
        child_id | care_period_id | started_on | ended_on   | legal_status | counted | met | status   | because
        ---------+----------------+------------+------------+--------------+---------+-----+----------+--------
        c1       | p1             | 2017-11-03 |            | C2           | yes     | yes | in_time  | reviewed in time
        c2       | p2             | 2017-11-03 |            | C2           | yes     | no  | late     | late in this period
        c2       | p3             | 2017-11-06 |            | C2           |         |     |          | in time in this
        c3       | p4             | 2017-11-03 |            | C2           | yes     | no  | overdue  | no review at all
        c4       | p5             | 2017-11-03 | 2017-12-20 | C2           |         |     |          | in care no longer
        c5       | p6             | 2017-12-20 |            | C2           | no      |     | excluded | due in January
        c6       | p7             | 2017-11-29 |            | C2           | no      |     | not_due  | due today
        c7       | p8             | 2017-11-03 |            | C2           | yes     | yes | in_time  | in time in this period
        c7       | p9             | 2017-11-30 |            | V4           |         |     |          | short breaks
        c8       | p10            | 2017-11-03 |            | C2           | yes     | no  | overdue  | none in this period
        c8       | p11            | 2017-10-02 | 2017-12-28 | C2           |         |     |          | in time in this
        c9       | p12            | 2017-11-03 | 2017-12-28 | C2           | yes     | yes | in_time  | in time before,
        c9       | p13            | 2017-12-28 |            | C2           |         |     |          | due in January in this
        """,
        also={
            "conferences": """
            child_id | kind                | held_on
            ---------+---------------------+-----------
            c1       | looked_after_review | 2017-12-01
            c2       | looked_after_review | 2017-12-04
            c4       | looked_after_review | 2017-12-01
            c7       | looked_after_review | 2017-12-01
            c8       | looked_after_review | 2017-10-30
            c9       | looked_after_review | 2017-12-01
            """
        },
        settings=Settings(parameters={"lac_review_level": "child"}),
        figure=(3, 6, 0),
    )


def test_children_looked_after_at_the_as_at_date_count_for_a_month_before(worked_example):
    worked_example(
        "LAC-02",
        **DECEMBER,
        table="care_periods",
        rows="""
        child_id | care_period_id | started_on | ended_on   | legal_status | counted | met | status   | because
        ---------+----------------+------------+------------+--------------+---------+-----+----------+--------
        c1       | p1             | 2017-11-03 |            | C2           | yes     | yes | in_time  | still in care
        c2       | p2             | 2017-11-03 | 2018-01-31 | C2           |         |     |          | left by then
        c3       | p3             | 2018-01-31 |            | C2           | no      |     | excluded | came after December
        """,
        also={
            "conferences": """
            child_id | kind                | held_on
            ---------+---------------------+-----------
            c1       | looked_after_review | 2017-12-01
            c2       | looked_after_review | 2017-12-01
            """
        },
        settings=Settings(parameters={"lac_review_level": "child"}),
        figure=(1, 1, 0),
    )


CHILDREN = """
    child_id | born_on    | is_unborn
    ---------+------------+----------
    c1       | 2013-12-05 |
    c2       | 2013-12-06 |
    c3       | 2010-01-01 |
    c4       | 2010-01-01 |
    c5       |            |
    c6       |            |
    c7       |            | yes
    c8       | 2010-01-01 |
    c9       | 2010-01-01 |
    d1       | 2010-01-01 |
    d2       | 2010-01-01 |
    d3       | 2010-01-01 |
"""
IN_CARE = """
    child_id | started_on | ended_on   | legal_status
    ---------+------------+------------+-------------
    c1       | 2017-12-05 |            | C2
    c2       | 2017-06-05 |            | C2
    c3       | 2017-06-05 | 2017-12-05 | C2
    c4       | 2017-06-05 | 2017-12-04 | C2
    c5       | 2017-06-05 |            | C2
    c6       | 2017-06-05 |            | C2
    c7       | 2017-06-05 |            | C2
    c8       | 2017-06-05 |            | V3
    c9       | 2017-06-05 |            |
    d1       | 2017-12-06 |            | C2
    d2       | 2017-06-05 |            | C2
    d3       | 2017-06-05 |            | C2
"""


def test_reviews_in_which_the_child_takes_part(worked_example):
    worked_example(
        "LAC-06",
        **DECEMBER,
        table="conferences",
        also={"children": CHILDREN, "care_periods": IN_CARE},
        rows="""
        child_id | kind                | held_on    | participation | counted | met     | because
        ---------+---------------------+------------+---------------+---------+---------+---------------------------
        c1       | looked_after_review | 2017-12-05 | PN1           | yes     | yes     | four on the day
        c2       | looked_after_review | 2017-12-05 | PN1           |         |         | four only tomorrow
        c3       | looked_after_review | 2017-12-05 | PN6           | yes     | yes     | on the last day in care
        c4       | looked_after_review | 2017-12-05 | PN1           |         |         | the day after
        c5       | looked_after_review | 2017-12-05 | PN2           | no      | unknown | no date of birth
        c6       | looked_after_review | 2017-12-05 | PN0           | no      |         | no date of birth, but PN0
        c7       | looked_after_review | 2017-12-05 | PN1           |         |         | not yet born
        c8       | looked_after_review | 2017-12-05 | PN1           |         |         | short breaks
        c9       | looked_after_review | 2017-12-31 |               | yes     | unknown | blank is kept, as a no
        d1       | looked_after_review | 2017-12-05 | PN1           |         |         | not yet in care
        d2       | looked_after_review | 2017-12-01 | PN7           | yes     | no      | did not take part
        d3       | review              | 2017-12-05 | PN1           |         |         | another review
        d3       | looked_after_review | 2018-01-01 | PN1           |         |         | the day after
        """,
        figure=(2, 4, 2),
    )


def test_children_who_take_part_in_all_their_reviews(worked_example):
    worked_example(
        "LAC-06",
        **DECEMBER,
        table="conferences",
        also={
            "children": CHILDREN,
            "care_periods": "child_id | started_on | legal_status\n"
            + "\n".join(f"c{number} | 2017-06-05 | C2" for number in range(1, 10)),
        },
        rows="""
        child_id | kind                | held_on    | participation | counted | met     | because
        ---------+---------------------+------------+---------------+---------+---------+---------------------------
        c1       | looked_after_review | 2017-12-05 | PN1           | yes     | yes     | took part in both: once
        c1       | looked_after_review | 2017-12-20 | PN2           |         |         | the same child
        c2       | looked_after_review | 2017-12-05 | PN7           |         |         | only three on that day
        c2       | looked_after_review | 2017-12-06 | PN1           | yes     | yes     | took part at four
        c3       | looked_after_review | 2017-12-05 | PN1           |         |         | took part in one
        c3       | looked_after_review | 2017-12-20 | PN7           | yes     | no      | of two
        c4       | looked_after_review | 2017-12-05 |               | yes     | unknown | one does not say
        c4       | looked_after_review | 2017-12-20 | PN1           |         |         | the other does
        c5       | looked_after_review | 2017-12-05 | PN1           | no      | unknown | no date of birth
        c6       | looked_after_review | 2017-12-05 | PN0           | no      |         | nothing but PN0
        c8       | looked_after_review | 2017-12-05 |               |         |         | one does not say,
        c8       | looked_after_review | 2017-12-20 | PN7           | yes     | no      | but the other is known
        c9       | looked_after_review | 2017-12-05 | PN0           |         |         | left out: does not decide
        c9       | looked_after_review | 2017-12-20 | PN6           | yes     | yes     | took part in the other
        """,
        settings=Settings(parameters={"lac_review_level": "child"}),
        figure=(3, 6, 2),
    )


def test_records_of_reviews_sent_within_twenty_working_days(worked_example):
    worked_example(
        "LAC-28",
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-26",
        table="conferences",
        rows="""
        child_id | kind                | held_on    | minutes_sent_on | counted | met     | status  | because
        ---------+---------------------+------------+-----------------+---------+---------+---------+---------------
        c1       | looked_after_review | 2017-12-01 | 2018-01-03      | yes     | yes     | in_time | exactly twenty
        c2       | looked_after_review | 2017-12-01 | 2018-01-04      | yes     | no      | late    | twenty-one
        c3       | looked_after_review | 2017-12-28 |                 | no      |         | not_due | twenty so far
        c4       | looked_after_review | 2017-12-27 |                 | yes     | no      | overdue | twenty-one so far
        c5       | looked_after_review | 2017-12-05 | 2017-12-04      | no      | unknown | unknown | sent before
        c6       | review              | 2017-12-05 | 2017-12-06      |         |         |         | another review
        c7       | looked_after_review | 2017-11-30 | 2017-12-01      |         |         |         | the day before
        """,
        figure=(1, 3, 1),
    )


CYCLE = """
    child_id | kind                | held_on
    ---------+---------------------+-----------
    c1       | looked_after_review | 2017-06-30
    c1       | looked_after_review | 2017-09-30
    c2       | looked_after_review | 2017-06-30
    c2       | looked_after_review | 2017-09-30
    c3       | looked_after_review | 2017-06-30
    c3       | looked_after_review | 2017-10-01
    c4       | looked_after_review | 2017-09-30
    c4       | looked_after_review | 2017-09-30
    c5       | looked_after_review | 2017-02-05
    c5       | looked_after_review | 2017-05-05
    c6       | looked_after_review | 2017-02-05
    c6       | looked_after_review | 2017-05-05
    c7       | looked_after_review | 2017-05-31
    c7       | looked_after_review | 2017-09-01
    c8       | looked_after_review | 2017-06-30
    c8       | looked_after_review | 2017-09-01
    d1       | review              | 2017-09-30
    d2       | review              | 2017-10-01
    d3       | review              | 2017-06-01
    d4       | review              | 2017-09-30
"""
CHECKED = """
    child_id | kind         | overseen_on
    ---------+--------------+------------
    c1       | iro_midpoint | 2017-10-01
    c2       | iro_midpoint | 2017-09-30
    c3       | iro_midpoint | 2017-11-15
    c5       | iro_midpoint | 2017-11-04
    c6       | iro_midpoint | 2017-11-05
    c8       | oversight    | 2017-11-15
    c8       | iro_midpoint | 2018-01-02
    d1       | iro_midpoint | 2017-11-15
    d2       | iro_midpoint | 2017-11-15
"""


@pytest.mark.parametrize("part", ["", "lac"])
def test_children_in_care_checked_between_reviews(worked_example, part):
    worked_example(
        "LAC-27",
        part=part,
        **DECEMBER,
        table="care_periods",
        also={"conferences": CYCLE, "management_oversights": CHECKED, "cp_plans": "child_id"},
        rows="""
        child_id | started_on | legal_status | counted | met | because
        ---------+------------+--------------+---------+-----+-------------------------------------------------
        c1       | 2017-06-01 | C2           | yes     | yes | checked the day after the latest review
        c2       | 2017-06-01 | C2           | yes     | no  | checked on the day of the review itself
        c3       | 2017-06-01 | C2           | no      |     | three months end only tomorrow: not due
        c4       | 2017-06-01 | C2           |         |     | two on one day are one: not yet on the cycle
        c5       | 2017-01-05 | C2           | yes     | yes | checked before the next, now overdue, was due
        c6       | 2017-01-05 | C2           | yes     | no  | checked only on the day it was due
        c7       | 2017-06-01 | C2           |         |     | the first was before this period of care
        c8       | 2017-06-01 | C2           | yes     | no  | other oversight; checked only in January
        c9       | 2017-06-01 | C2           |         |     | no review
        """,
        figure=(2, 5, 0),
    )


def test_children_on_a_plan_checked_between_reviews(worked_example):
    worked_example(
        "LAC-27",
        part="cp",
        **DECEMBER,
        table="cp_plans",
        also={"conferences": CYCLE, "management_oversights": CHECKED, "care_periods": "child_id"},
        rows="""
        child_id | started_on | counted | met | because
        ---------+------------+---------+-----+--------------------------------------------------
        d1       | 2017-06-01 | yes     | yes | one review is a cycle here, and it was checked
        d2       | 2017-06-01 | no      |     | three months end only tomorrow: not due
        d3       | 2017-06-01 |         |     | the review on the day the plan began is no review
        d4       | 2017-06-01 | yes     | no  | no check
        """,
        figure=(1, 2, 0),
    )
