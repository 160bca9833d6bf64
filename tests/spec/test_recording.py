"""Recording and complaints: is what happens on record within days, and are complaints answered in time?"""

import pytest

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}

RECORDED = """
    child_id | kind | visited_at       | recorded_at      | counted | met | because
    ---------+------+------------------+------------------+---------+-----+------------------------------------------
    c1       | cp   | 2017-12-18 09:00 | 2017-12-27 23:59 | yes | {c1} | exactly five, Christmas left out
    c2       | cin  | 2017-12-18       | 2017-12-28 00:01 | yes | {c2} | six
    c3       | cin  | 2017-12-05 10:00 | 2017-12-05 09:00 | yes | {c3} | on the day: dates are compared
    c4       | cin  | 2017-12-02       | 2017-12-01       | no  | unknown | recorded the day before
    c5       | cin  | 2017-12-05       |                  |     |     | not yet recorded: cannot be seen
    c6       | cin  | 2017-11-30       | 2017-12-01       |     |     | the day before the period
    c7       | cin  | 2017-12-31       | 2018-02-01       |     |     | recorded after the as-at date
    c8       | cp   | 2017-12-01       | 2017-12-04       | yes | {c8} | from Friday to Monday: one
"""


@pytest.mark.parametrize(
    ("part", "answers", "figure", "value"),
    [
        ("", {"c1": "yes", "c2": "no", "c3": "yes", "c8": "yes"}, (3, 4, 1), "75.0"),
        ("median", dict.fromkeys(("c1", "c2", "c3", "c8"), ""), (None, 4, 1), "1.0"),
    ],
)
def test_events_recorded_within_five_working_days(worked_example, part, answers, figure, value):
    worked_example(
        "DQ-04",
        part=part,
        **DECEMBER,
        table="visits",
        rows=RECORDED.format(**answers),
        figure=figure,
        value=value,
    )


def test_events_of_other_files_are_recorded_within_five_working_days_too(worked_example):
    worked_example(
        "DQ-04",
        **DECEMBER,
        table="plan_meetings",
        rows="""
        child_id | kind       | held_on    | recorded_at | counted | met | because
        ---------+------------+------------+-------------+---------+-----+------------------------------------
        c1       | core_group | 2017-12-18 | 2017-12-27  | yes     | yes | exactly five
        c2       | cin_review | 2017-12-18 | 2017-12-28  | yes     | no  | six
        c3       | cin_review | 2017-11-30 | 2017-12-01  |         |     | the day before
        """,
        also={
            "visits": "child_id | kind | visited_at | recorded_at\nc9 | cp | 2017-11-30 | 2017-12-01",
            "missing_episodes": "child_id | started_at | recorded_at\nc9 | 2018-01-01 | 2018-01-02",
        },
        figure=(1, 2, 0),
    )


COMPLAINTS = """
    complaint_id | stage | received_on | is_complex | responded_on | outcome | key | counted | met | status | because
    -------------+-------+-------------+------------+--------------+---------+-----+---------+-----+--------+--------
    k1  | 1 | 2017-12-01 |     | 2017-12-15 | upheld        | k1/1  | yes | yes     | in_time | stage 1: exactly ten
    k2  | 1 | 2017-12-01 | no  | 2017-12-18 | not_upheld    | k2/1  | yes | no      | late    | eleven
    k3  | 1 | 2017-12-01 | yes | 2017-12-05 | upheld        |       |     |         |         | complex: due in January
    k4  | 1 | 2017-11-29 | yes | 2017-12-29 | partly_upheld | k4/1  | yes | yes     | in_time | complex: exactly twenty
    k5  | 2 | 2017-11-10 |     | 2017-12-15 | not_upheld    | k5/2  | yes | yes     | in_time | stage 2: exactly 25
    k6  | 2 | 2017-11-10 |     | 2017-12-18 | upheld        | k6/2  | yes | no      | late    | 26
    k7  | 2 | 2017-11-10 |     |            |               | k7/2  | yes | no      | overdue | not answered
    k8  | 3 | 2017-11-03 |     | 2017-12-15 | not_upheld    | k8/3  | yes | yes     | in_time | stage 3: exactly thirty
    k9  | 1 | 2017-12-01 |     | 2017-12-05 | withdrawn     |       |     |         |         | withdrawn
    k10 | 1 | 2017-12-02 |     | 2017-12-01 |               | k10/1 | no  | unknown | unknown | answered before
    k11 | 1 | 2017-11-16 |     | 2017-12-05 | upheld        |       |     |         |         | due in November
    k12 | 1 | 2017-12-05 |     | 2017-12-06 |               | k12/1 | yes | yes     | in_time | no outcome yet
"""


def test_complaints_answered_in_time(worked_example):
    worked_example("QA-11", **DECEMBER, table="complaints", rows=COMPLAINTS, figure=(5, 8, 1))


def test_complaints_at_stage_2_answered_within_65_working_days(worked_example):
    worked_example(
        "QA-11",
        part="stage2_max",
        period="2017-10-01 to 2017-12-31",
        as_at="2018-02-14",
        table="complaints",
        rows="""
        complaint_id | stage | received_on | responded_on | key  | counted | met | status  | because
        -------------+-------+-------------+--------------+------+---------+-----+---------+------------------------
        k1           | 2     | 2017-10-02  | 2018-01-04   | k1/2 | yes     | yes | in_time | exactly 65
        k2           | 2     | 2017-10-02  | 2018-01-05   | k2/2 | yes     | no  | late    | 66
        k3           | 2     | 2017-11-10  |              | k3/2 | no      |     | not_due | 65 so far
        k4           | 2     | 2017-11-09  |              | k4/2 | yes     | no  | overdue | 66 so far
        k5           | 1     | 2017-11-10  | 2017-11-20   |      |         |     |         | another stage
        """,
        figure=(1, 3, 0),
    )


def test_complaints_upheld(worked_example):
    worked_example(
        "QA-11",
        part="upheld",
        **DECEMBER,
        table="complaints",
        rows="""
        complaint_id | stage | received_on | responded_on | outcome       | key  | counted | met | because
        -------------+-------+-------------+--------------+---------------+------+---------+-----+---------------
        k1           | 1     | 2017-12-01  | 2017-12-15   | upheld        | k1/1 | yes     | yes | upheld
        k2           | 2     | 2017-11-10  | 2017-12-18   | partly_upheld | k2/2 | yes     | yes | upheld in part
        k3           | 1     | 2017-12-01  |              | not_upheld    | k3/1 | yes     | no  | not upheld
        k4           | 1     | 2017-12-01  | 2017-12-05   |               |      |         |     | no outcome
        k5           | 1     | 2017-12-01  | 2017-12-05   | withdrawn     |      |         |     | withdrawn
        """,
        figure=(2, 3, 0),
    )
