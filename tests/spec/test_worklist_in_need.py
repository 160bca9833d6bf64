"""Worked examples of the worklist: children in need."""

from tests.spec.worklist_example import check

CIN_PLANS = """
    child_id | started_on
    ---------+-----------
    c1       | {0}
    c2       | {1}
    c3       | {2}
    c4       | {3}
    c5       | {4}
"""


def test_children_past_assessment_without_a_plan(tmp_path):
    check(
        tmp_path,
        "cin_plan",
        """
        child_id | clock_start | next_due   | overdue | to_go | state    | because
        ---------+-------------+------------+---------+-------+----------+----------------------------------------
        c1       | 2017-04-03  | 2017-05-20 | 18      |       | overdue  | since the assessment, before 45 days
        c2       | 2017-04-06  | 2017-06-14 | 1       |       | overdue  | still in assessment: 45 days are over
        c3       |             |            |         |       |          | still in assessment, on the 45th day
        c4       |             |            |         |       |          | has a plan
        c5       | 2017-05-15  | 2017-06-15 |         | 0     | due_soon | services were found to be needed today
        c6       |             |            |         |       |          | on a protection plan
        c7       | 2017-05-15  | 2017-07-18 |         | 23    | later    | the plan of the case has ended
        c8       |             |            |         |       |          | the assessment is authorised tomorrow
        """,
        referrals="""
        child_id | received_on | closed_on | is_nfa
        ---------+-------------+-----------+-------
        c1       | 2017-04-03  |           |
        c2       | 2017-04-06  |           |
        c3       | 2017-04-09  |           |
        c4       | 2017-04-03  |           |
        c5       | 2017-05-15  |           |
        c6       | 2017-04-03  |           |
        c7       | 2017-05-15  |           |
        c8       | 2017-05-15  |           |
        """,
        assessments="""
        child_id | started_on | authorised_on | is_services_required
        ---------+------------+---------------+---------------------
        c1       | 2017-04-05 | 2017-05-20    | yes
        c2       | 2017-04-10 |               |
        c3       | 2017-04-10 |               |
        c4       | 2017-04-05 | 2017-05-20    | yes
        c5       | 2017-05-16 | 2017-06-15    | yes
        c6       | 2017-04-05 | 2017-05-20    | yes
        c7       | 2017-05-16 |               |
        c8       | 2017-05-16 | 2017-06-16    | yes
        """,
        cin_plans="""
        child_id | started_on | ended_on
        ---------+------------+-----------
        c4       | 2017-05-22 |
        c7       | 2017-05-20 | 2017-06-10
        """,
        cp_plans="""
        child_id | started_on
        ---------+-----------
        c6       | 2017-05-22
        """,
    )


def test_visits_every_28_days(tmp_path):
    check(
        tmp_path,
        "cin_visit",
        """
        child_id | last_done  | next_due   | overdue | to_go | state    | because
        ---------+------------+------------+---------+-------+----------+--------------------------------
        c1       | 2017-05-17 | 2017-06-14 | 1       |       | overdue  | 28 days after the last
        c2       | 2017-05-18 | 2017-06-15 |         | 0     | due_soon | they are over today
        c3       |            | 2017-06-27 |         | 8     | later    | from the start of the plan
        c4       |            | 2017-02-07 | 88      |       | overdue  | the child was not seen
        c5       | 2017-05-01 | 2017-05-29 | 13      |       | overdue  | a visit before the plan counts
        """,
        cin_plans=CIN_PLANS.format("2017-01-10", "2017-01-10", "2017-05-30", "2017-01-10", "2017-06-14"),
        visits="""
        child_id | kind       | visited_at | is_seen
        ---------+------------+------------+--------
        c1       | cin        | 2017-05-17 | yes
        c2       | assessment | 2017-05-18 | yes
        c4       | cin        | 2017-06-01 | no
        c5       | cin        | 2017-05-01 | yes
        c3       | care_leaver| 2017-06-01 | yes
        """,
    )


def test_reviews_every_six_months_and_not_of_children_in_care(tmp_path):
    check(
        tmp_path,
        "cin_review",
        """
        child_id | last_done  | next_due   | overdue | to_go | state    | because
        ---------+------------+------------+---------+-------+----------+-------------------------------------
        c1       |            | 2017-06-14 | 1       |       | overdue  | six months from the start
        c2       | 2016-12-15 | 2017-06-15 |         | 0     | due_soon | six months from the last review
        c3       |            | 2017-08-28 |         | 51    | later    | the review was of an earlier plan
        c4       |            |            |         |       |          | looked after
        c5       |            | 2017-06-30 |         | 11    | later    | 31 December and six months: 30 June
        """,
        cin_plans=CIN_PLANS.format("2016-12-14", "2016-06-01", "2017-02-28", "2016-06-01", "2016-12-31"),
        plan_meetings="""
        child_id | kind        | held_on
        ---------+-------------+-----------
        c2       | cin_review  | 2016-12-15
        c3       | cin_review  | 2017-01-01
        c1       | cin_meeting | 2017-06-01
        """,
        care_periods="""
        child_id | started_on | legal_status
        ---------+------------+-------------
        c4       | 2017-05-22 | C2
        """,
    )


def test_meetings_after_ten_working_days_and_every_six_weeks(tmp_path):
    check(
        tmp_path,
        "cin_meeting",
        """
        child_id | last_done  | next_due   | overdue | to_go | state    | because
        ---------+------------+------------+---------+-------+----------+------------------------------------
        c1       |            | 2017-06-14 | 1       |       | overdue  | the first in ten working days
        c2       | 2017-05-04 | 2017-06-15 |         | 0     | due_soon | 42 days after the last
        c3       | 2017-05-03 | 2017-06-14 | 1       |       | overdue  | a review is a meeting
        c4       |            | 2017-06-15 |         | 0     | due_soon | a core group is not
        c5       |            | 2017-06-16 |         | 1     | due_soon | the meeting is tomorrow
        """,
        cin_plans=CIN_PLANS.format("2017-05-31", "2017-01-10", "2017-01-10", "2017-06-01", "2017-06-02"),
        plan_meetings="""
        child_id | kind        | held_on
        ---------+-------------+-----------
        c2       | cin_meeting | 2017-05-04
        c3       | cin_review  | 2017-05-03
        c4       | core_group  | 2017-06-05
        c5       | cin_meeting | 2017-06-16
        """,
    )
