"""Worked examples of the worklist: children on a protection plan, records of conferences, births."""

from tests.spec.worklist_example import check


def test_visits_every_ten_working_days(tmp_path):
    check(
        tmp_path,
        "cp_visit",
        """
        child_id | last_done  | next_due   | overdue | to_go | state    | because
        ---------+------------+------------+---------+-------+----------+----------------------------------------
        c1       |            | 2017-06-14 | 1       |       | overdue  | never visited: ten days from the start
        c2       |            | 2017-06-15 |         | 0     | due_soon | the tenth working day is today
        c3       | 2017-06-05 | 2017-06-19 |         | 2     | due_soon | from the last visit
        c4       | 2017-05-25 | 2017-06-09 | 4       |       | overdue  | the child was not seen at the later one
        c5       |            |            |         |       |          | the plan ends today
        c6       |            | 2017-06-23 |         | 6     | later    | the visit is tomorrow
        c7       |            | 2017-06-22 |         | 5     | due_soon | of two plans the later
        c8       |            | 1965-01-11 |         |       | overdue  | before any calendar: overdue all the same
        """,
        cp_plans="""
        child_id | started_on | ended_on
        ---------+------------+-----------
        c1       | 2017-05-31 |
        c2       | 2017-06-01 |
        c3       | 2017-03-01 |
        c4       | 2017-03-01 |
        c5       | 2017-03-01 | 2017-06-15
        c6       | 2017-06-11 |
        c7       | 2017-05-01 |
        c7       | 2017-06-08 |
        c8       | 1965-01-01 |
        """,
        visits="""
        child_id | kind | visited_at       | is_seen
        ---------+------+------------------+--------
        c3       | cp   | 2017-06-05T10:00 | yes
        c4       | cp   | 2017-05-25       | yes
        c4       | cp   | 2017-06-10       | no
        c6       | cp   | 2017-06-16       | yes
        c1       | cin  | 2017-06-10       | yes
        """,
    )


PLANS = """
    child_id | started_on
    ---------+-----------
    c1       | {0}
    c2       | {1}
    c3       | {2}
    c4       | {3}
    c5       | {4}
"""


def test_core_groups(tmp_path):
    check(
        tmp_path,
        "core_group",
        """
        child_id | last_done  | next_due   | overdue | to_go | state    | because
        ---------+------------+------------+---------+-------+----------+--------------------------------------
        c1       |            | 2017-06-14 | 1       |       | overdue  | the first within ten working days
        c2       | 2017-05-04 | 2017-06-15 |         | 0     | due_soon | 42 days after the last
        c3       | 2017-05-03 | 2017-06-14 | 1       |       | overdue  | a day more
        c4       |            | 2017-06-19 |         | 2     | due_soon | the core group was of an earlier plan
        c5       |            | 2017-06-15 |         | 0     | due_soon | a child in need meeting is none
        """,
        cp_plans=PLANS.format("2017-05-31", "2017-03-01", "2017-03-01", "2017-06-05", "2017-06-01"),
        plan_meetings="""
        child_id | kind        | held_on
        ---------+-------------+-----------
        c2       | core_group  | 2017-05-04
        c3       | core_group  | 2017-05-03
        c4       | core_group  | 2017-05-20
        c5       | cin_meeting | 2017-06-05
        """,
    )


def test_review_conferences(tmp_path):
    check(
        tmp_path,
        "cp_review",
        """
        child_id | last_done  | next_due   | overdue | to_go | state    | because
        ---------+------------+------------+---------+-------+----------+-----------------------------------
        c1       |            | 2017-06-14 | 1       |       | overdue  | the first within three months
        c2       |            | 2017-06-15 |         | 0     | due_soon | three months are over today
        c3       | 2016-12-15 | 2017-06-15 |         | 0     | due_soon | then every six months
        c4       |            | 2017-06-14 | 1       |       | overdue  | a conference of the day it began
        c5       |            | 2017-02-28 | 73      |       | overdue  | 30 February is the 28th
        """,
        cp_plans=PLANS.format("2017-03-14", "2017-03-15", "2016-09-20", "2017-03-14", "2016-11-30"),
        conferences="""
        child_id | kind    | held_on
        ---------+---------+-----------
        c3       | review  | 2016-12-15
        c4       | review  | 2017-03-14
        c1       | initial | 2017-05-14
        """,
    )


def test_records_of_conferences_in_20_working_days(tmp_path):
    check(
        tmp_path,
        "conference_minutes",
        """
        child_id | clock_start | next_due   | overdue | to_go | state    | because
        ---------+-------------+------------+---------+-------+----------+------------------------------------
        c1       | 2017-05-16  | 2017-06-14 | 1       |       | overdue  | the twentieth was yesterday
        c2       | 2017-05-17  | 2017-06-15 |         | 0     | due_soon | it is today
        c3       |             |            |         |       |          | sent
        c4       | 2017-05-16  | 2017-06-14 | 1       |       | overdue  | sent only tomorrow
        c5       |             |            |         |       |          | twelve months ago to the day
        c6       | 2016-06-16  | 2016-07-14 | 232     |       | overdue  | a day less
        c7       |             |            |         |       |          | a looked-after review
        c8       | 2017-06-01  | 2017-06-29 |         | 10    | later    | a plan taken over counts
        """,
        conferences="""
        child_id | kind                | held_on    | minutes_sent_on
        ---------+---------------------+------------+----------------
        c1       | initial             | 2017-05-16 |
        c2       | review              | 2017-05-17 |
        c3       | initial             | 2017-05-16 | 2017-05-20
        c4       | initial             | 2017-05-16 | 2017-06-16
        c5       | review              | 2016-06-15 |
        c6       | review              | 2016-06-16 |
        c7       | looked_after_review | 2017-05-16 |
        c8       | transfer_in         | 2017-06-01 |
        """,
    )


def test_births_are_for_information(tmp_path):
    check(
        tmp_path,
        "birth",
        """
        child_id | next_due   | overdue | state    | because
        ---------+------------+---------+----------+-------------------------------------
        c1       | 2017-09-01 |         | later    | expected in autumn
        c2       | 2017-06-01 | 10      | overdue  | the record should say that it is born
        c3       |            |         |          | born
        c4       |            |         | later    | no date is known
        """,
        children="""
        child_id | is_unborn | expected_birth_on
        ---------+-----------+------------------
        c1       | yes       | 2017-09-01
        c2       | yes       | 2017-06-01
        c3       | no        | 2017-06-01
        c4       | yes       |
        """,
    )
