"""School and childcare: are looked-after children at school, do they stay there, is childcare taken up?"""

import pytest

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}


def test_funded_childcare_taken_up(worked_example):
    worked_example(
        "EH-08",
        **DECEMBER,
        table="childcare_takeup",
        rows="""
        term   | eligible_count | taking_up_count | counted_on | key    | counted | met | because
        -------+----------------+-----------------+------------+--------+---------+-----+---------------------
        autumn | 400            | 300             | 2017-12-31 | autumn | yes     | yes | on the last day
        older  | 100            | 0               |            | older  | yes     | no  | of no day; nobody
        blank  | 100            |                 | 2017-12-01 | blank  | no      |     | not entered
        empty  |                | 10              | 2017-12-01 | empty  | no      |     | not entered
        summer | 100            | 50              | 2017-11-30 |        |         |     | the day before
        spring | 100            | 50              | 2018-01-01 |        |         |     | the day after
        """,
        figure=(300, 500, 0),
        value="60.0",
    )


def test_looked_after_children_who_moved_school_in_the_year(worked_example):
    worked_example(
        "LAC-22",
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-31",
        table="care_periods",
        rows="""
        child_id | started_on | ended_on   | team  | counted | met | because
        ---------+------------+------------+-------+---------+-----+---------------------------------
        c1       | 2015-01-01 |            | North | yes     | no  | moved on the last day
        c2       | 2015-01-01 |            | North | yes     | yes | moved the day after
        c3       | 2015-01-01 |            | North | yes     | yes | moved in September
        c4       | 2015-01-01 |            | North | yes     | no  | moved on the first of October
        c5       | 2015-01-01 |            | North | yes     | yes | moved in the year before
        c6       | 2017-11-10 |            | North | yes     | yes | moved the day before care
        c7       | 2017-11-10 |            | North | yes     | no  | moved on the first day in care
        c8       | 2015-01-01 |            | North | yes     | yes | has a school and has not moved
        c9       | 2015-01-01 |            | North | no      |     | matched to no school
        d1       | 2015-01-01 | 2017-12-31 | North |         |     | not in care on the day
        """,
        also={
            "school_moves": """
            child_id | moved_on
            ---------+-----------
            c1       | 2017-12-31
            c2       | 2018-01-01
            c3       | 2017-09-30
            c4       | 2017-10-01
            c5       | 2017-07-31
            c6       | 2017-11-09
            c7       | 2017-11-10
            c7       | 2017-11-20
            c8       |
            d1       | 2017-11-20
            """
        },
        figure=(3, 8, 0),
    )


CARE = """
    child_id | started_on | team  | counted | met | because
    ---------+------------+-------+---------+-----+------------------------------------------
    c1       | 2015-01-01 | North | {c1} | a tenth of two terms
    c2       | 2015-01-01 | North | {c2} | a little less than a tenth
    c3       | 2015-01-01 | North | {c3} | suspended, missed nothing
    c4       | 2015-01-01 | North | no  |     | no return
    c5       | 2015-01-01 | North | no  |     | a return of another term
    c6       | 2015-01-01 | North | {c6} | how many were missed is not known
    c9       | 2015-01-01 | North | {c9} | one of two returns is blank
    d1       | 2015-01-01 | North | {d1} | no session to miss
    c7       | 2015-01-01 | North | no  | unknown | the date of birth is not known
    c8       | 2015-01-01 | North |     |     | 16 on the 31 August before
"""
ALSO = {
    "children": """
    child_id | born_on
    ---------+-----------
    c1       | 2010-05-01
    c2       | 2010-05-01
    c3       | 2001-09-01
    c4       | 2010-05-01
    c5       | 2010-05-01
    c6       | 2010-05-01
    c7       |
    c8       | 2001-08-31
    c9       | 2010-05-01
    d1       | 2010-05-01
    """,
    "virtual_school": """
    child_id | term   | sessions_possible | sessions_missed | suspensions | ended_on
    ---------+--------+-------------------+-----------------+-------------+-----------
    c1       | autumn | 100               | 15              | 0           | 2017-12-20
    c1       | summer | 50                | 0               | 0           |
    c2       | autumn | 150               | 14              | 0           | 2017-12-31
    c3       | autumn | 100               | 0               | 2           | 2017-12-01
    c5       | summer | 100               | 50              | 3           | 2017-11-30
    c6       | autumn | 100               |                 |             | 2017-12-20
    c7       | autumn | 100               | 50              | 1           | 2017-12-20
    c8       | autumn | 100               | 50              | 1           | 2017-12-20
    c9       | autumn | 100               | 50              | 1           | 2017-12-20
    c9       | summer | 100               |                 |             |
    d1       | autumn | 0                 | 0               |             | 2017-12-20
    """,
}
YES, NO, UNKNOWN, OUT = "yes | yes", "yes | no ", "no  | unknown", "no  |    "
OF_PARTS = {
    "": (
        {"c1": YES, "c2": YES, "c3": NO, "c6": UNKNOWN, "c9": UNKNOWN, "d1": OUT},
        (29, 400, 3),
        "7.3",
    ),
    "persistent_absence": (
        {"c1": YES, "c2": NO, "c3": NO, "c6": UNKNOWN, "c9": UNKNOWN, "d1": OUT},
        (1, 3, 3),
        "33.3",
    ),
    "suspended": (
        {"c1": NO, "c2": NO, "c3": YES, "c6": UNKNOWN, "c9": YES, "d1": UNKNOWN},
        (2, 4, 3),
        "50.0",
    ),
}


@pytest.mark.parametrize("part", OF_PARTS)
def test_what_the_virtual_school_says_of_looked_after_children(worked_example, part):
    answers, figure, value = OF_PARTS[part]
    worked_example(
        "LAC-26",
        part=part,
        period="2017-12-01 to 2017-12-31",
        table="care_periods",
        rows=CARE.format(**answers),
        also=ALSO,
        figure=figure,
        value=value,
    )
