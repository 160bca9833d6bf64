"""Child in need meetings: was each held by the day it was due?"""

from datetime import date

from goldenthread.figures.listing import rows
from goldenthread.periods import Period
from goldenthread.settings import Settings
from tests.builders import ALoad

AS_AT = date(2017, 12, 31)

ALSO = {
    "plan_meetings": """
    child_id | kind        | held_on
    ---------+-------------+-----------
    c1       | cin_meeting | 2017-12-15
    c2       | cin_review  | 2017-12-18
    c4       | cin_meeting | 2017-10-20
    c4       | cin_review  | 2017-10-20
    c4       | cin_meeting | 2017-12-01
    c5       | cin_meeting | 2017-12-01
    c6       | cin_meeting | 2017-11-01
    c7       | cin_meeting | 2017-11-01
    c8       | core_group  | 2017-12-05
    c9       | cin_meeting | 2017-12-20
    c10      | cin_meeting | 2017-12-10
    c11      | cin_meeting | 2017-11-19
    c12      | cin_meeting | 2017-12-05
    """,
    "care_periods": """
    child_id | started_on | ended_on   | legal_status
    ---------+------------+------------+-------------
    c6       | 2017-12-13 |            | C2
    c10      | 2017-12-15 |            | V4
    """,
    "cp_plans": """
    child_id | started_on | ended_on
    ---------+------------+-----------
    c7       | 2017-12-01 | 2017-12-13
    """,
}
ROWS = """
    child_id | started_on | ended_on   | counted | met | status   | because
    ---------+------------+------------+---------+-----+----------+------------------------------------------
    c1       | 2017-12-01 |            | yes     | yes | in_time  | met on the tenth working day
    c2       | 2017-12-01 |            | yes     | no  | late     | met a working day later
    c3       | 2017-12-01 |            | {0}     | {1} | overdue  | no meeting
    c4       | 2017-10-09 |            | yes     | yes | in_time  | 42 days after two meetings of one day
    c5       | 2017-12-01 |            | yes     | yes | in_time  | met on the day on which the plan began
    c6       | 2017-10-18 |            |         |     |          | looked after on the day it was due
    c7       | 2017-10-18 |            | {0}     | {1} | overdue  | the protection plan ended that very day
    c8       | 2017-12-01 |            | {0}     | {1} | overdue  | a core group is no such meeting
    c9       | 2017-12-04 | 2017-12-19 | {0}     | {1} | overdue  | met only after the plan had ended
    c10      | 2017-12-04 |            | yes     | yes | in_time  | short breaks are not being looked after
    c11      | 2017-11-01 |            | no      |     | not_due  | due on the as-at date itself
    c12      | 2017-12-04 | 2017-12-18 |         |     |          | the plan ended on the day it was due
    c13      | 2017-12-18 |            |         |     |          | due only in January
    c14      | 2017-12-04 | 2017-12-01 |         |     |          | ended before it began
"""


def test_meetings_held_by_the_day_they_were_due(worked_example):
    worked_example(
        "CIN-06",
        period="2017-12-01 to 2017-12-31",
        table="cin_plans",
        rows=ROWS.format("yes", "no"),
        also=ALSO,
        figure=(4, 9, 0),
    )


def test_only_meetings_that_were_held_where_the_basis_is_completed(worked_example):
    worked_example(
        "CIN-06",
        period="2017-12-01 to 2017-12-31",
        table="cin_plans",
        rows=ROWS.format("no", ""),
        also=ALSO,
        settings=Settings(timeliness_basis={"CIN-06": "completed"}),
        figure=(4, 5, 0),
    )


def test_days_allowed_for_meetings_are_parameters(worked_example):
    worked_example(
        "CIN-06",
        period="2017-12-01 to 2017-12-31",
        table="cin_plans",
        rows="""
        child_id | started_on | counted | met | because
        ---------+------------+---------+-----+---------------------------------------------
        c1       | 2017-12-01 | yes     | no  | due on the fifth working day, met on the tenth
        c4       | 2017-10-09 | yes     | no  | due 29 days after 1 December: not held
        c11      | 2017-11-12 | yes     | no  | due 29 days after 19 November: not held
        """,
        also=ALSO,
        settings=Settings(parameters={"cin_meeting_first_wd": 5, "cin_meeting_interval_days": 29}),
        figure=(0, 3, 0),
    )


def test_each_due_date_is_a_row_of_its_own(tmp_path):
    load = ALoad(tmp_path, AS_AT)
    load.add("cin_plans", "child_id | cin_plan_id | started_on\nc1 | p1 | 2017-11-17")
    load.add(
        "plan_meetings", "child_id | kind | held_on\nc1|cin_meeting|2017-11-17\nc1|cin_review|2017-12-29"
    )
    load.add("care_periods", "child_id")
    load.add("cp_plans", "child_id")
    december = Period(date(2017, 12, 1), AS_AT, AS_AT)
    found = [
        (row.key, row.working_days, row.days, row.status)
        for row in rows(load, december, Settings(), "CIN-06")
    ]
    assert found == [("p1|2017-12-01", 0, None, "in_time"), ("p1|2017-12-29", None, 42, "in_time")]
