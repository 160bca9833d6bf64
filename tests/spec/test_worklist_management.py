"""Worked examples of the worklist: oversight of cases, supervision of workers and its actions."""

from tests.spec.worklist_example import check


def test_oversight_every_eight_weeks(tmp_path):
    check(
        tmp_path,
        "oversight",
        """
        child_id | clock_start | last_done  | next_due   | overdue | to_go | state    | because
        ---------+-------------+------------+------------+---------+-------+----------+---------------------------
        c1       | 2017-04-19  |            | 2017-06-14 | 1       |       | overdue  | 56 days after it opened
        c2       | 2017-04-20  |            | 2017-06-15 |         | 0     | due_soon | they are over today
        c3       | 2017-01-01  | 2017-05-01 | 2017-06-26 |         | 7     | later    | from the last look
        c4       | 2017-04-20  |            | 2017-06-15 |         | 0     | due_soon | of an earlier case, and others
        c5       |             |            |            |         |       |          | closed
        """,
        cp_plans="""
        child_id | started_on | ended_on
        ---------+------------+-----------
        c1       | 2017-04-19 |
        c2       | 2017-04-20 |
        c3       | 2017-01-01 |
        c4       | 2017-04-20 |
        c5       | 2017-01-01 | 2017-06-01
        """,
        management_oversights="""
        child_id | kind             | overseen_on
        ---------+------------------+------------
        c3       | case_supervision | 2017-05-01
        c4       | oversight        | 2017-04-01
        c4       | iro_midpoint     | 2017-06-01
        c2       | oversight        | 2017-06-16
        """,
    )


def test_supervision_of_the_worker_and_of_each_child_held(tmp_path):
    check(
        tmp_path,
        "supervision",
        """
        child_id | worker | team   | last_done  | next_due   | overdue | to_go | state    | because
        ---------+--------+--------+------------+------------+---------+-------+----------+-------------------------
                 | w1     | Team A | 2017-05-14 | 2017-06-14 | 1       |       | overdue  | 31 days after the last
        c1       | w1     | Team A | 2017-05-14 | 2017-06-14 | 1       |       | overdue  | the child held by w1
        c2       | w1     | Team B | 2017-05-14 | 2017-06-14 | 1       |       | overdue  | in the team of the child
                 | w2     | Team B | 2017-05-15 | 2017-06-15 |         | 0     | due_soon | they are over today
        c3       | w2     | Team B | 2017-05-15 | 2017-06-15 |         | 0     | due_soon | the child held by w2
                 | w3     | Team B |            | 2017-07-02 |         | 11    | later    | new, and not yet met
        c4       | w3     | Team B |            | 2017-07-02 |         | 11    | later    | the child held by w3
        c5       | w4     |        |            |            |         |       |          | on long leave
        c6       | duty   |        |            |            |         |       |          | a duty desk is nobody
                 | w5     |        |            |            |         |       |          | holds no child
                 | w6     | Team A | 2016-01-01 | 2017-07-02 |         | 11    | later    | back after years away
        c7       | w6     | Team A | 2016-01-01 | 2017-07-02 |         | 11    | later    | the child held by w6
        """,
        allocations="""
        child_id | worker_id | team   | role             | started_on
        ---------+-----------+--------+------------------+-----------
        c1       | w1        | Team A | social_worker    | 2017-01-01
        c2       | w1        | Team B | social_worker    | 2017-01-01
        c3       | w2        | Team B | social_worker    | 2017-01-01
        c3       | w5        | Team B | personal_adviser | 2017-01-01
        c4       | w3        | Team B | social_worker    | 2017-06-01
        c5       | w4        | Team B | social_worker    | 2017-01-01
        c6       | duty      | Team B | social_worker    | 2017-01-01
        c7       | w6        | Team A | social_worker    | 2017-06-01
        """,
        posts="""
        worker_id | team   | started_on | ended_on   | long_leave_from_on
        ----------+--------+------------+------------+-------------------
        w1        | Team A | 2016-01-01 |            |
        w2        | Team B | 2016-01-01 |            |
        w3        | Team B | 2017-06-01 |            |
        w4        | Team B | 2016-01-01 |            | 2017-06-01
        w5        | Team B | 2016-01-01 |            |
        w6        | Team A | 2015-01-01 | 2016-02-01 |
        w6        | Team A | 2017-06-01 |            |
        duty      | Team B | 2016-01-01 |            |
        """,
        supervisions="""
        worker_id | kind       | held_on
        ----------+------------+-----------
        w1        | one_to_one | 2017-05-14
        w1        | group      | 2017-06-01
        w1        | one_to_one | 2017-06-16
        w2        | one_to_one | 2017-05-15
        w6        | one_to_one | 2016-01-01
        """,
        teams="""
        team   | effective_from_on
        -------+------------------
        Team A | 2010-01-01
        Team B | 2010-01-01
        """,
    )


def test_actions_set_in_supervision(tmp_path):
    check(
        tmp_path,
        "supervision_action",
        """
        child_id | worker    | next_due   | overdue | to_go | state    | open | because
        ---------+-----------+------------+---------+-------+----------+------+----------------------------------
        c1       | w2        | 2017-06-14 | 1       |       | overdue  | 2    | who holds the child now, two actions
        c2       | w1        | 2017-06-14 | 1       |       | overdue  | 1    | completed only tomorrow
                 | w1        | 2017-06-15 |         | 0     | due_soon | 1    | about no child: the worker's own
        c3       |           |            |         |       |          |      | completed
        c4       |           |            |         |       |          |      | set tomorrow
        c5       | not known | 2017-06-20 |         | 3     | due_soon | 1    | its session is not found
        c6       | w1        |            |         |       | later    | 1    | by when was not said
        """,
        supervision_actions="""
        child_id | supervision_id | due_on     | completed_on
        ---------+----------------+------------+-------------
        c1       | s1             | 2017-06-20 |
        c1       | s1             | 2017-06-14 |
        c2       | s1             | 2017-06-14 | 2017-06-16
                 | s1             | 2017-06-15 |
        c3       | s1             | 2017-06-14 | 2017-06-15
        c4       | s2             | 2017-06-14 |
        c5       | s9             | 2017-06-20 |
        c6       | s1             |            |
        """,
        supervisions="""
        supervision_id | worker_id | kind       | held_on
        ---------------+-----------+------------+-----------
        s1             | w1        | one_to_one | 2017-05-14
        s2             | w1        | one_to_one | 2017-06-16
        """,
        allocations="""
        child_id | worker_id | team   | role          | started_on
        ---------+-----------+--------+---------------+-----------
        c1       | w2        | Team B | social_worker | 2017-05-20
        """,
    )
