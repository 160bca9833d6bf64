"""Worked examples of the worklist: children living with others, missing or exploited; the courts."""

from tests.spec.worklist_example import check


def test_visits_to_children_living_with_others(tmp_path):
    check(
        tmp_path,
        "pf_visit",
        """
        child_id | last_done  | next_due   | overdue | to_go | state    | because
        ---------+------------+------------+---------+-------+----------+---------------------------------------
        c1       |            | 2017-06-14 | 1       |       | overdue  | the first in seven working days
        c2       | 2017-05-04 | 2017-06-15 |         | 0     | due_soon | six weeks after the last
        c3       | 2017-05-15 | 2017-08-07 |         | 37    | later    | six weeks end a year on: twelve weeks
        c4       | 2017-05-15 | 2017-06-26 |         | 7     | later    | a day before a year: six weeks
        c5       |            |            |         |       |          | ended
        c6       |            | 2017-06-15 |         | 0     | due_soon | the child was not seen
        """,
        private_fostering_arrangements="""
        child_id | notified_on | ended_on
        ---------+-------------+-----------
        c1       | 2017-06-05  |
        c2       | 2017-01-01  |
        c3       | 2016-06-26  |
        c4       | 2016-06-27  |
        c5       | 2017-01-01  | 2017-06-15
        c6       | 2017-06-06  |
        """,
        visits="""
        child_id | kind              | visited_at | is_seen
        ---------+-------------------+------------+--------
        c2       | private_fostering | 2017-05-04 | yes
        c3       | private_fostering | 2017-05-15 |
        c4       | private_fostering | 2017-05-15 | yes
        c6       | private_fostering | 2017-06-10 | no
        """,
    )


def test_interviews_after_a_return(tmp_path):
    check(
        tmp_path,
        "return_interview",
        """
        child_id | clock_start | next_due   | overdue | to_go | state    | because
        ---------+-------------+------------+---------+-------+----------+-----------------------------------
        c1       | 2017-06-11  | 2017-06-14 | 1       |       | overdue  | 72 hours after half past 11 at night
        c2       | 2017-06-12  | 2017-06-15 |         | 0     | due_soon | 72 hours after half past midnight
        c3       | 2017-06-12  | 2017-06-15 |         | 0     | due_soon | no time known: three days
        c4       |             |            |         |       |          | refused
        c5       |             |            |         |       |          | away, not missing
        c6       | 2017-06-12  | 2017-06-15 |         | 0     | due_soon | a blank kind is missing
        c7       | 2017-03-17  | 2017-03-20 | 59      |       | overdue  | 90 days ago
        c8       |             |            |         |       |          | 91 days ago
        c9       | 2017-06-12  | 2017-06-15 |         | 0     | due_soon | interviewed only tomorrow
        c10      |             |            |         |       |          | still missing
        c11      |             |            |         |       |          | interviewed
        """,
        missing_episodes="""
        child_id | kind    | started_at | ended_at         | is_rhi_accepted | rhi_completed_at
        ---------+---------+------------+------------------+-----------------+-----------------
        c1       | missing | 2017-03-01 | 2017-06-11T23:30 |                 |
        c2       | missing | 2017-03-01 | 2017-06-12T00:30 | yes             |
        c3       | missing | 2017-03-01 | 2017-06-12       |                 |
        c4       | missing | 2017-03-01 | 2017-06-10       | no              |
        c5       | away    | 2017-03-01 | 2017-06-10       |                 |
        c6       |         | 2017-03-01 | 2017-06-12       |                 |
        c7       | missing | 2017-03-01 | 2017-03-17       |                 |
        c8       | missing | 2017-03-01 | 2017-03-16       |                 |
        c9       | missing | 2017-03-01 | 2017-06-12       |                 | 2017-06-16
        c10      | missing | 2017-03-01 |                  |                 |
        c11      | missing | 2017-03-01 | 2017-06-12       | yes             | 2017-06-15
        """,
    )


def test_reassessments_of_the_risk_of_exploitation(tmp_path):
    check(
        tmp_path,
        "exploitation",
        """
        child_id | last_done  | next_due   | overdue | to_go | state    | because
        ---------+------------+------------+---------+-------+----------+------------------------------------
        c1       |            | 2017-06-14 | 1       |       | overdue  | never: 30 days after the flag
        c2       | 2017-03-17 | 2017-06-15 |         | 0     | due_soon | 90 days after the last
        c3       | 2017-05-15 | 2017-06-14 | 1       |       | overdue  | 30 days where the risk is high
        c4       |            |            |         |       |          | the flag is closed
        c5       | 2017-04-01 | 2017-06-30 |         | 11    | later    | an assessment before the flag counts
        """,
        exploitation_records="""
        child_id | kind        | done_on    | risk_level
        ---------+-------------+------------+-----------
        c1       | flag_opened | 2017-05-15 |
        c2       | flag_opened | 2017-01-15 |
        c2       | assessment  | 2017-03-17 | medium
        c3       | flag_opened | 2017-01-15 |
        c3       | assessment  | 2017-05-15 | high
        c4       | flag_opened | 2017-01-15 |
        c4       | flag_closed | 2017-06-15 |
        c5       | flag_opened | 2017-05-15 |
        c5       | assessment  | 2017-04-01 |
        """,
    )


PROCEEDINGS = """
    child_id | kind             | started_on | ended_on
    ---------+------------------+------------+-----------
    c1       | pre_proceedings  | 2017-02-22 |
    c2       | pre_proceedings  | 2017-02-23 |
    c3       | pre_proceedings  | 2017-02-22 | 2017-06-15
    c4       | care_proceedings | 2016-12-14 |
    c5       | care_proceedings | 2016-12-15 |
    c6       | care_proceedings | 2016-12-14 | 2017-06-16
    c7       | care_proceedings | 2016-12-14 | 2017-06-01
"""


def test_pre_proceedings_in_16_weeks(tmp_path):
    check(
        tmp_path,
        "pre_proceedings",
        """
        child_id | next_due   | overdue | to_go | state    | because
        ---------+------------+---------+-------+----------+-------------------------------
        c1       | 2017-06-14 | 1       |       | overdue  | 112 days were over yesterday
        c2       | 2017-06-15 |         | 0     | due_soon | they are over today
        c3       |            |         |       |          | concluded today
        """,
        legal_proceedings=PROCEEDINGS,
    )


def test_care_proceedings_in_26_weeks(tmp_path):
    check(
        tmp_path,
        "court",
        """
        child_id | next_due   | overdue | to_go | state    | because
        ---------+------------+---------+-------+----------+-------------------------------
        c4       | 2017-06-14 | 1       |       | overdue  | 182 days were over yesterday
        c5       | 2017-06-15 |         | 0     | due_soon | they are over today
        c6       | 2017-06-14 | 1       |       | overdue  | concluded only tomorrow
        c7       |            |         |       |          | concluded
        """,
        legal_proceedings=PROCEEDINGS,
    )
