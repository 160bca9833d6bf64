"""Supervision and challenge: are workers supervised, actions followed up, escalations resolved?"""

from datetime import date

import pytest

from goldenthread.figures.work_out import figures
from goldenthread.periods import one_period
from goldenthread.settings import Settings
from tests.builders import ALoad

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}

POSTS = """
    post_id | worker_id | role          | started_on | ended_on   | long_leave_from_on | long_leave_to_on
    --------+-----------+---------------+------------+------------+--------------------+-----------------
    p1      | w1        | social_worker | 2016-01-04 |            |                    |
    p2      | w2        | social_worker | 2016-01-04 |            |                    |
    p3      | w3        | team_manager  | 2016-01-04 |            |                    |
    p4      | w4        | social_worker | 2017-11-30 |            |                    |
    p5      | w5        | social_worker | 2017-11-29 |            |                    |
    p6      | w6        | other         | 2016-01-04 | 2017-12-10 |                    |
    q6      | w6        | social_worker | 2017-12-10 |            |                    |
    p7      | w7        | social_worker | 2016-01-04 | 2017-12-09 |                    |
    q7      | w7        | social_worker | 2017-12-10 |            |                    |
    p8      | w8        | social_worker | 2016-01-04 |            | 2017-12-31         |
    p9      | w9        | social_worker | 2016-01-04 |            | 2017-06-01         | 2017-12-31
    p10     | w10       | social_worker | 2016-01-04 | 2017-12-31 |                    |
    p11     | w11       | social_worker | 2016-01-04 |            |                    |
    p12     | EAST_DUTY | social_worker | 2016-01-04 |            |                    |
    p13     | w13       | social_worker | 2016-01-04 |            |                    |
"""


def test_workers_supervised_in_the_last_31_days(worked_example):
    worked_example(
        "SO-02",
        **DECEMBER,
        table="allocations",
        rows="""
        child_id | worker_id | role          | started_on | ended_on   | key | counted | met | because
        ---------+-----------+---------------+------------+------------+-----+---------+-----+------------------------
        c1       | w1        | social_worker | 2017-01-05 |            | w1  | yes     | yes | 31 days before
        c2       | w2        | social_worker | 2017-01-05 |            | w2  | yes     | no  | 32 days before
        c3       | w3        | social_worker | 2017-01-05 |            | w3  | yes     | no  | never; a post of any role
        c4       | w4        | social_worker | 2017-12-01 |            | w4  | no      |     | 31 days in post: not due
        c5       | w5        | social_worker | 2017-12-01 |            | w5  | yes     | no  | 32 days in post, never
        c6       | w6        | social_worker | 2017-12-10 |            | w6  | yes     | no  | a new post without a break
        c7       | w7        | social_worker | 2017-12-10 |            | w7  | no      |     | back after a day: not due
        c8       | w8        | social_worker | 2017-01-05 |            |     |         |     | on long leave from that day
        c9       | w9        | social_worker | 2017-01-05 |            | w9  | yes     | no  | back from leave that day
        d1       | w10       | social_worker | 2017-01-05 |            |     |         |     | no open post
        d2       | w11       | social_worker | 2017-01-05 | 2017-12-31 |     |         |     | holds no child any more
        d3       | EAST_DUTY | social_worker | 2017-01-05 |            |     |         |     | a duty desk is nobody
        d4       | w13       | social_worker | 2017-01-05 |            | w13 | yes     | no  | only a group, or January
        """,
        also={
            "posts": POSTS,
            "supervisions": """
            supervision_id | worker_id | kind       | held_on
            ---------------+-----------+------------+-----------
            s1             | w1        | one_to_one | 2017-11-30
            s2             | w2        | one_to_one | 2017-11-29
            s3             | w13       | group      | 2017-12-20
            s4             | w13       | one_to_one | 2018-01-02
            """,
        },
        figure=(1, 7, 0),
    )


SESSIONS = """
    supervision_id | worker_id | kind       | held_on
    ---------------+-----------+------------+-----------
    s1             | w1        | one_to_one | 2017-11-15
    s2             | w1        | one_to_one | 2017-12-13
    s3             | w1        | one_to_one | 2018-01-10
    s4             | w2        | one_to_one | 2017-11-20
    s5             | w2        | group      | 2017-12-20
    s6             | w3        | one_to_one | 2017-11-15
    s7             | w3        | one_to_one | 2017-11-30
    s8             | w4        | one_to_one | 2017-11-15
    s8a            | w4        | one_to_one | 2017-11-15
    s9             | w4        | one_to_one | 2017-12-31
    s9a            | w4        | one_to_one | 2017-12-31
"""


def test_actions_reviewed_at_the_next_supervision(worked_example):
    worked_example(
        "SO-03",
        **DECEMBER,
        table="supervision_actions",
        rows="""
        action_id | supervision_id | reviewed_in_supervision_id | key | counted | met | because
        ----------+----------------+----------------------------+-----+---------+-----+---------------------------------
        a1        | s1             | s2                         | a1  | yes     | yes | reviewed at the next
        a2        | s1             |                            | a2  | yes     | no  | not reviewed
        a3        | s1             | s3                         | a3  | yes     | no  | reviewed at the one after
        a4        | s2             | s3                         |     |         |     | the next is after the period
        a5        | none           |                            |     |         |     | the session is not found
        a6        | s4             | s5                         | a6  | no      |     | only a group since: not due
        a7        | s6             | s7                         |     |         |     | the next was before the period
        a8        | s8             | s9                         | a8  | yes     | yes | two on one day: the lower key
        a9        | s8             | s9a                        | a9  | yes     | no  | not the lower key
        a10       | s8             | s8a                        | a10 | yes     | no  | one on the same day is not next
        """,
        also={"supervisions": SESSIONS},
        figure=(2, 6, 0),
    )


def test_actions_completed_by_the_day_they_were_due(worked_example):
    worked_example(
        "SO-03",
        part="completed_by_due",
        period="2017-12-01 to 2017-12-31",
        table="supervision_actions",
        rows="""
        action_id | supervision_id | due_on     | completed_on | key | counted | met | because
        ----------+----------------+------------+--------------+-----+---------+-----+-----------------------------
        a1        | s1             | 2017-12-01 | 2017-12-01   | a1  | yes     | yes | on the day
        a2        | s1             | 2017-12-01 | 2017-12-02   | a2  | yes     | no  | the day after
        a3        | s1             | 2017-12-30 |              | a3  | yes     | no  | overdue since yesterday
        a4        | s1             | 2017-12-31 |              | a4  | no      |     | due today: not due
        a5        | s1             |            | 2017-12-05   |     |         |     | no day was set
        a6        | none           | 2017-12-05 | 2017-12-04   | a6  | yes     | yes | the session is not found
        a7        | s1             | 2017-11-30 | 2017-12-01   |     |         |     | due the day before
        a8        | s1             | 2017-12-05 | 2018-01-02   | a8  | yes     | no  | completed after the as-at date
        """,
        also={"supervisions": SESSIONS},
        figure=(2, 5, 0),
    )


ESCALATIONS = """
    child_id | raised_by | raised_on  | resolved_on | counted | met     | status  | because
    ---------+-----------+------------+-------------+---------+---------+---------+------------------------
    c1       | iro       | 2017-12-01 | 2018-01-03  | yes     | yes     | in_time | exactly twenty
    c2       | cp_chair  | 2017-12-01 | 2018-01-04  | yes     | no      | late    | twenty-one
    c3       | iro       | 2017-12-28 |             | no      |         | not_due | open, twenty so far
    c4       | iro       | 2017-12-27 |             | yes     | no      | overdue | open, twenty-one so far
    c5       | iro       | 2017-12-02 | 2017-12-01  | no      | unknown | unknown | resolved the day before
    c6       | other     | 2017-12-01 | 2017-12-05  |         |         |         | raised by somebody else
    c7       | iro       | 2017-11-30 | 2017-12-05  |         |         |         | raised the day before
    c8       | cp_chair  | 2017-12-31 | 2017-12-31  | yes     | yes     | in_time | on the day
"""
TO_26_JANUARY = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-26"}


def test_escalations_resolved_within_twenty_working_days(worked_example):
    worked_example("SO-05", **TO_26_JANUARY, table="escalations", rows=ESCALATIONS, figure=(2, 4, 1))


def test_escalations_for_every_hundred_children(tmp_path):
    """Six escalations; four children in care or on a plan at the end of the period, one of them both."""
    load = ALoad(tmp_path, date(2018, 1, 26))
    load.add("escalations", ESCALATIONS)
    load.add(
        "care_periods",
        """
        child_id | started_on | ended_on   | legal_status
        c1       | 2017-01-05 |            | C2
        c2       | 2017-01-05 | 2018-01-01 | C2
        c3       | 2017-01-05 | 2017-12-31 | C2
        c4       | 2017-01-05 |            | V4
        """,
    )
    load.add("children", "child_id | born_on\nc1 | 2010-01-01")
    load.add("cp_plans", "child_id | started_on\nc1 | 2017-01-05\nc5 | 2017-12-31\nc6 | 2017-01-05")
    asked = one_period(date(2017, 12, 1), date(2017, 12, 31), load.as_at_on)
    found = {line.part: line for line in figures(load, asked, Settings(), refs=["SO-05"])}
    rate = found["rate"]
    assert (rate.numerator, rate.denominator, str(rate.value)) == (6, 4, "150.0")


@pytest.mark.parametrize("missing", ["care_periods", "cp_plans"])
def test_no_rate_of_escalations_without_both_files(tmp_path, missing):
    load = ALoad(tmp_path, date(2018, 1, 26))
    load.add("escalations", ESCALATIONS)
    load.add("children", "child_id | born_on\nc1 | 2010-01-01")
    for name in {"care_periods", "cp_plans"} - {missing}:
        load.add(name, "child_id | started_on\nc1 | 2017-01-05")
    asked = one_period(date(2017, 12, 1), date(2017, 12, 31), load.as_at_on)
    found = {line.part: line for line in figures(load, asked, Settings(), refs=["SO-05"])}
    assert found["rate"].status == "not_computable"
    assert found[""].status == "final"
