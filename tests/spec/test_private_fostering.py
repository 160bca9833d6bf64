"""Private fostering: are children notified to us visited, and their arrangements assessed, in time?"""

import pytest

NOTIFIED = """
    child_id | notified_on | ended_on   | counted | met | because
    ---------+-------------+------------+---------+-----+---------------------------------
    c1       | 2017-12-01  |            | {c1} | notified on the first day, still open
    c2       | 2017-12-31  | 2017-12-31 | {c2} | ended the day it was notified
    c3       | 2017-12-05  | 2018-01-01 | {c3} | ended the day after
    c4       | 2017-01-05  |            | {c4} | notified long before
    c5       | 2017-01-05  | 2017-12-31 |     |     | and ended on the last day
    c6       | 2018-01-01  |            |     |     | notified the day after
"""


@pytest.mark.parametrize(("part", "found"), [("", "c1 c2 c3"), ("open", "c1 c3 c4")])
def test_private_fostering_arrangements(worked_example, part, found):
    answers = {f"c{n}": "yes | yes" if f"c{n}" in found else "    |    " for n in range(1, 5)}
    worked_example(
        "PF-01",
        part=part,
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-31",
        table="private_fostering_arrangements",
        rows=NOTIFIED.format(**answers),
        figure=(3, None, 0),
    )


def test_arrangements_visited_within_seven_working_days(worked_example):
    worked_example(
        "PF-02",
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-04",
        table="private_fostering_arrangements",
        rows="""
        child_id | notified_on | ended_on   | counted | met | status  | because
        ---------+-------------+------------+---------+-----+---------+---------------------------------------
        c1       | 2017-12-18  |            | yes     | yes | in_time | exactly seven, Christmas left out
        c2       | 2017-12-18  |            | yes     | no  | late    | eight
        c3       | 2017-12-21  |            | no      |     | not_due | none, seven so far
        c4       | 2017-12-20  |            | yes     | no  | overdue | none, eight so far
        c5       | 2017-12-18  |            | yes     | no  | overdue | visited only before it was notified
        c6       | 2017-12-18  |            | yes     | no  | overdue | a visit at which the child was not seen
        c7       | 2017-12-18  |            | yes     | yes | in_time | on the day; blank is not unseen
        c8       | 2017-12-18  | 2017-12-29 |         |     |         | ended after seven without a visit
        c9       | 2017-12-18  | 2018-01-02 | yes     | no  | overdue | ended after eight without a visit
        d1       | 2017-12-18  |            | yes     | no  | overdue | another kind of visit
        d2       | 2017-11-30  |            |         |     |         | notified the day before
        """,
        also={
            "visits": """
            child_id | kind              | visited_at       | is_seen
            ---------+-------------------+------------------+--------
            c1       | private_fostering | 2017-12-29 18:00 | yes
            c2       | private_fostering | 2018-01-02       | yes
            c5       | private_fostering | 2017-12-15       | yes
            c6       | private_fostering | 2017-12-20       | no
            c7       | private_fostering | 2017-12-18       |
            d1       | cin               | 2017-12-20       | yes
            """
        },
        figure=(2, 8, 0),
    )


def test_arrangements_visited_when_they_should_be(worked_example):
    worked_example(
        "PF-03",
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-31",
        table="private_fostering_arrangements",
        rows="""
        child_id | notified_on | ended_on   | counted | met | because
        ---------+-------------+------------+---------+-----+-------------------------------------------------
        c1       | 2017-01-01  |            | yes     | yes | still the first year: 42 days before
        c2       | 2017-01-01  |            | yes     | no  | still the first year: 43 days before
        c3       | 2016-12-31  |            | yes     | yes | a year is over today: 84 days before
        c4       | 2016-12-31  |            | yes     | no  | a year is over today: 85 days before
        c5       | 2017-11-19  |            | yes     | yes | no visit, notified 42 days before
        c6       | 2017-11-18  |            | yes     | no  | no visit, notified 43 days before
        c7       | 2017-11-01  |            | yes     | no  | visited only before it was notified
        c8       | 2017-01-05  |            | yes     | no  | not seen at the visit
        c9       | 2017-01-05  | 2017-12-31 |         |     | no longer open
        d1       | 2017-01-05  | 2018-01-01 | yes     | yes | ended the day after
        d2       | 2017-01-05  |            | yes     | no  | visited only in January
        """,
        also={
            "visits": """
            child_id | kind              | visited_at       | is_seen
            ---------+-------------------+------------------+--------
            c1       | private_fostering | 2017-11-19       | yes
            c2       | private_fostering | 2017-11-18       | yes
            c3       | private_fostering | 2017-10-08       | yes
            c4       | private_fostering | 2017-10-07       | yes
            c7       | private_fostering | 2017-10-31       | yes
            c8       | private_fostering | 2017-12-20       | no
            d1       | private_fostering | 2017-12-31 09:00 |
            d2       | private_fostering | 2018-01-02       | yes
            """
        },
        figure=(4, 10, 0),
    )


def test_arrangements_assessed_within_45_working_days(worked_example):
    worked_example(
        "PF-04",
        period="2017-10-01 to 2017-12-31",
        table="private_fostering_arrangements",
        rows="""
        child_id | notified_on | assessment_completed_on | counted | met     | status  | because
        ---------+-------------+-------------------------+---------+---------+---------+-----------------------------
        c1       | 2017-10-25  | 2017-12-29              | yes     | yes     | in_time | exactly 45
        c2       | 2017-10-24  | 2017-12-29              | yes     | no      | late    | 46
        c3       | 2017-10-25  |                         | no      |         | not_due | not completed, 45 so far
        c4       | 2017-10-24  |                         | yes     | no      | overdue | not completed, 46 so far
        c5       | 2017-12-02  | 2017-12-01              | no      | unknown | unknown | completed the day before
        c6       | 2017-12-02  | 2017-12-02              | yes     | yes     | in_time | on the day
        c7       | 2017-09-30  | 2017-10-02              |         |         |         | notified the day before
        c8       | 2017-10-24  | 2018-01-02              | yes     | no      | overdue | completed after the as-at date
        """,
        figure=(2, 5, 1),
    )
