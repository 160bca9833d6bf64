"""Worked examples of the worklist: pathway plans and keeping in touch."""

from tests.spec.worklist_example import check


def test_pathway_plans_of_children_in_care_and_of_care_leavers(tmp_path):
    check(
        tmp_path,
        "pathway_plan",
        """
        child_id | clock_start | last_done  | next_due   | overdue | to_go | state    | because
        ---------+-------------+------------+------------+---------+-------+----------+-------------------------------
        c1       | 2017-03-14  |            | 2017-06-14 | 1       |       | overdue  | three months after turning 16
        c2       | 2017-03-15  |            | 2017-06-15 |         | 0     | due_soon | they are over today
        c3       | 2017-04-01  | 2017-04-01 | 2017-10-01 |         | 75    | later    | needs assessed: a plan follows
        c4       | 2016-12-14  | 2016-12-14 | 2017-06-14 | 1       |       | overdue  | not reviewed for six months
        c5       |             |            |            |         |       |          | 16 only tomorrow
        c6       |             |            |            |         |       | overdue  | should have a plan by now
        c7       | 2016-12-15  | 2016-12-15 | 2017-06-15 |         | 0     | due_soon | six months from the review
        c8       |             |            |            |         |       |          | has died
        c9       |             |            |            |         |       |          | qualifying: has no right to one
        """,
        children="""
        child_id | born_on
        ---------+-----------
        c1       | 2001-03-14
        c2       | 2001-03-15
        c3       | 2001-01-01
        c4       | 2000-10-01
        c5       | 2001-06-16
        c6       | 1999-01-01
        c7       | 1999-01-01
        c8       | 1999-01-01
        c9       | 1999-01-01
        """,
        care_periods="""
        child_id | started_on | legal_status
        ---------+------------+-------------
        c1       | 2014-01-01 | C2
        c2       | 2014-01-01 | C2
        c3       | 2014-01-01 | C2
        c4       | 2014-01-01 | C2
        c5       | 2014-01-01 | C2
        """,
        care_leaver_statuses="""
        child_id | recorded_on | is_service_open | eligibility     | in_touch
        ---------+-------------+-----------------+-----------------+---------
        c6       | 2017-01-01  | yes             | former_relevant | YES
        c7       | 2017-01-01  | yes             | relevant        | NO
        c8       | 2017-01-01  | yes             | former_relevant | DIED
        c9       | 2017-01-01  | yes             | qualifying      | YES
        """,
        pathway_plans="""
        child_id | kind             | done_on
        ---------+------------------+-----------
        c3       | needs_assessment | 2017-04-01
        c4       | plan             | 2016-12-14
        c7       | plan             | 2016-01-01
        c7       | review           | 2016-12-15
        c6       | plan             | 2017-06-16
        """,
    )


def test_contact_every_eight_weeks(tmp_path):
    check(
        tmp_path,
        "care_leaver_contact",
        """
        child_id | last_done  | next_due   | overdue | to_go | state    | because
        ---------+------------+------------+---------+-------+----------+-------------------------------------
        c1       | 2017-04-19 | 2017-06-14 | 1       |       | overdue  | 56 days after the last
        c2       | 2017-04-20 | 2017-06-15 |         | 0     | due_soon | they are over today
        c3       |            |            |         |       |          | needs no services any more
        c4       | 2017-04-20 | 2017-06-15 |         | 0     | due_soon | a visit, where no contact is recorded
        c5       |            |            |         |       | overdue  | never
        """,
        care_leaver_statuses="""
        child_id | recorded_on | is_service_open | eligibility     | in_touch | last_contact_on
        ---------+-------------+-----------------+-----------------+----------+----------------
        c1       | 2017-01-01  | yes             | former_relevant | YES      | 2017-04-19
        c2       | 2017-01-01  | yes             | relevant        | YES      | 2017-04-20
        c3       | 2017-01-01  | yes             | former_relevant | NREQ     | 2017-01-01
        c4       | 2017-01-01  | yes             | qualifying      | YES      |
        c5       | 2017-01-01  | yes             | former_relevant |          |
        """,
        visits="""
        child_id | kind        | visited_at
        ---------+-------------+-----------
        c4       | care_leaver | 2017-04-20
        c5       | cin         | 2017-06-01
        """,
    )
