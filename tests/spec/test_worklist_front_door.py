"""Worked examples of the worklist: contacts, assessments, their checkpoints and initial conferences."""

from goldenthread.settings import Settings
from tests.spec.worklist_example import check


def test_contacts_to_be_decided_in_a_working_day(tmp_path):
    check(
        tmp_path,
        "contact_decision",
        """
        child_id | next_due   | overdue | to_go | state    | open | because
        ---------+------------+---------+-------+----------+------+-----------------------------------------
        c1       | 2017-06-14 | 1       |       | overdue  | 1    | due the day before
        c2       | 2017-06-15 |         | 0     | due_soon | 1    | due today is not overdue
        c3       | 2017-06-12 | 3       |       | overdue  | 1    | from a Saturday the Monday is day 1
        c4       | 2017-06-16 |         | 1     | due_soon | 1    | came in today
        c5       |            |         |       |          |      | decided
        c6       | 2017-06-14 | 1       |       | overdue  | 1    | decided only after the day of reading
        c7       |            |         |       |          |      | came in after the day of reading
        c8       | 2017-06-13 | 2       |       | overdue  | 2    | one line for two contacts: the older one
        """,
        contacts="""
        child_id | received_at      | decided_at
        ---------+------------------+-----------
        c1       | 2017-06-13T09:00 |
        c2       | 2017-06-14T23:59 |
        c3       | 2017-06-10       |
        c4       | 2017-06-15T08:00 |
        c5       | 2017-06-12T08:00 | 2017-06-14
        c6       | 2017-06-13T09:00 | 2017-06-16
        c7       | 2017-06-16T09:00 |
        c8       | 2017-06-14T09:00 |
        c8       | 2017-06-12T09:00 |
        """,
    )


def test_assessments_to_be_finished_in_45_working_days(tmp_path):
    check(
        tmp_path,
        "assessment",
        """
        child_id | clock_start | next_due   | overdue | to_go | state    | because
        ---------+-------------+------------+---------+-------+----------+---------------------------------------
        c1       | 2017-04-06  | 2017-06-14 | 1       |       | overdue  | Easter and two bank holidays in May out
        c2       | 2017-04-09  | 2017-06-15 |         | 0     | due_soon | the 45th working day is today
        c3       | 2017-04-18  | 2017-06-22 |         | 5     | due_soon | the last day that is soon
        c4       | 2017-04-19  | 2017-06-23 |         | 6     | later    | one more
        c5       |             |            |         |       |          | authorised today
        c6       | 2017-04-06  | 2017-06-14 | 1       |       | overdue  | authorised only tomorrow
        """,
        assessments="""
        child_id | started_on | authorised_on
        ---------+------------+--------------
        c1       | 2017-04-06 |
        c2       | 2017-04-09 |
        c3       | 2017-04-18 |
        c4       | 2017-04-19 |
        c5       | 2017-04-06 | 2017-06-15
        c6       | 2017-04-06 | 2017-06-16
        """,
    )


def test_a_limit_of_the_council_moves_the_day(tmp_path):
    check(
        tmp_path,
        "assessment",
        """
        child_id | next_due   | overdue | to_go | state    | because
        ---------+------------+---------+-------+----------+----------------------------
        c1       | 2017-06-15 |         | 0     | due_soon | 46 working days are allowed
        """,
        settings=Settings(parameters={"assessment_limit_wd": 46}),
        assessments="""
        child_id | started_on | authorised_on
        ---------+------------+--------------
        c1       | 2017-04-06 |
        """,
    )


CHECKPOINTS = {
    "assessments": """
        child_id | assessment_id | started_on | authorised_on
        ---------+---------------+------------+--------------
        c1       | a1            | 2017-05-31 |
        c2       | a2            | 2017-06-01 |
        c3       | a3            | 2017-05-31 |
        c4       | a4            | 2017-05-31 |
        c5       | a5            | 2017-05-31 | 2017-06-12
        c6       | a6            | 2017-05-31 |
        c7       | a7            | 2017-05-31 |
    """,
    "management_oversights": """
        child_id | kind                  | overseen_on | assessment_id
        ---------+-----------------------+-------------+--------------
        c3       | assessment_checkpoint | 2017-06-15  | a3
        c4       | assessment_checkpoint | 2017-06-10  |
        c6       | assessment_checkpoint | 2017-06-16  | a6
        c7       | oversight             | 2017-06-10  |
    """,
}


def test_assessments_to_be_checked_after_10_working_days(tmp_path):
    check(
        tmp_path,
        "assessment_checkpoint",
        """
        child_id | next_due   | overdue | to_go | state    | because
        ---------+------------+---------+-------+----------+--------------------------------------
        c1       | 2017-06-14 | 1       |       | overdue  | the tenth working day was yesterday
        c2       | 2017-06-15 |         | 0     | due_soon | it is today
        c3       |            |         |       |          | checked
        c4       |            |         |       |          | checked, without naming the assessment
        c5       |            |         |       |          | finished
        c6       | 2017-06-14 | 1       |       | overdue  | checked only tomorrow
        c7       | 2017-06-14 | 1       |       | overdue  | oversight of the case is no checkpoint
        """,
        **CHECKPOINTS,
    )


def test_checkpoints_in_calendar_days(tmp_path):
    check(
        tmp_path,
        "assessment_checkpoint",
        """
        child_id | next_due   | state   | because
        ---------+------------+---------+--------------------------------------
        c1       | 2017-06-10 | overdue | ten days after the start, a Saturday
        c2       | 2017-06-11 | overdue | a Sunday
        c6       | 2017-06-10 | overdue | checked only tomorrow
        c7       | 2017-06-10 | overdue | oversight of the case is no checkpoint
        """,
        settings=Settings(parameters={"checkpoint_days": "calendar"}),
        **CHECKPOINTS,
    )


def test_initial_conferences_in_15_working_days(tmp_path):
    check(
        tmp_path,
        "icpc",
        """
        child_id | next_due   | overdue | to_go | state    | because
        ---------+------------+---------+-------+----------+----------------------------------------------
        c1       | 2017-06-14 | 1       |       | overdue  | the Spring bank holiday is no working day
        c2       | 2017-06-15 |         | 0     | due_soon | the fifteenth working day is today
        c3       | 2017-06-22 |         | 5     | due_soon | ten working days since: five to go
        c4       | 2017-06-23 |         | 6     | later    | nine working days since
        c5       |            |         |       |          | a conference was held
        c6       |            |         |       |          | a conference is not needed
        c7       |            |         |       |          | the discussion started no enquiry
        c8       | 2017-06-14 | 1       |       | overdue  | the conference is tomorrow
        """,
        strategy_discussions="""
        child_id | held_on    | is_s47_initiated | is_icpc_required
        ---------+------------+------------------+-----------------
        c1       | 2017-05-23 | yes              |
        c2       | 2017-05-24 | yes              | yes
        c3       | 2017-06-01 | yes              |
        c4       | 2017-06-04 | yes              |
        c5       | 2017-05-23 | yes              |
        c6       | 2017-05-23 | yes              | no
        c7       | 2017-05-23 | no               |
        c8       | 2017-05-23 | yes              |
        """,
        conferences="""
        child_id | kind    | held_on
        ---------+---------+-----------
        c5       | initial | 2017-06-12
        c8       | initial | 2017-06-16
        """,
    )
