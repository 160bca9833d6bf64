"""Referrals: which count, and do they come back, lead to help, get decided and get a worker in time?"""

from goldenthread.settings import Settings

RECEIVED = """
    child_id | referral_id | key | received_on | is_nfa | closed_on  | counted | status   | because
    ---------+-------------+-----+-------------+--------+------------+---------+----------+---------------------------
    c1       | r1          | r1  | 2017-12-01  | no     | 2017-12-20 | yes     | met      | first day of the period
    c1       | r2          | r2  | 2017-12-19  | no     |            | no      | excluded | the day before it closed
    c2       | r1          | r1  | 2017-11-01  | no     | 2017-12-31 |         |          | before the period
    c2       | r2          | r2  | 2017-12-31  | no     |            | yes     | met      | the day the episode closed
    c3       | r1          | r1  | 2017-11-01  | yes    |            |         |          | no further action
    c3       | r2          | r2  | 2017-12-04  | no     |            | yes     | met      | the earlier was no episode
    c4       | r1          | r1  | 2017-11-01  |        |            |         |          | not yet decided
    c4       | r2          | r2  | 2017-12-04  | yes    |            | no      | excluded | an undecided one is open
    c5       | r1          | r1  | 2017-12-04  | yes    |            | no      | excluded | the other of the day counts
    c5       | r2          | r2  | 2017-12-04  |        |            | yes     | met      | not known to be closed at once
    c6       | r1          | r1  | 2017-12-04  | no     |            | no      | excluded | the lower id of two alike
    c6       | r2          | r2  | 2017-12-04  | no     |            | yes     | met      | the higher id of two alike
    c7       | r1          | r1  | 2017-10-02  | no     | 2017-12-01 |         |          | before the period
    c7       | r2          | r2  | 2017-11-06  | no     |            |         |          | already open: counts nowhere
    c7       | r3          | r3  | 2017-12-04  | no     |            | no      | excluded | but it still was an episode
    c8       | r1          | r1  | 2017-12-04  | no     | 2017-11-01 | yes     | met      | closed before it began
    c8       | r2          | r2  | 2017-12-05  | no     |            | yes     | met      | so it is not open the next day
    c9       | r1          | r1  | 2018-01-01  | no     |            |         |          | after the as-at date
"""


def test_countable_referrals(worked_example):
    worked_example(
        "FD-06",
        period="2017-12-01 to 2017-12-31",
        table="referrals",
        rows=RECEIVED,
        figure=(7, None, 0),
    )


def test_referrals_count_even_if_open_where_closures_are_not_supplied(worked_example):
    worked_example(
        "FD-06",
        period="2017-12-01 to 2017-12-31",
        table="referrals",
        without=("referrals.closed_on",),
        rows="""
        child_id | received_on | is_nfa | counted | because
        ---------+-------------+--------+---------+---------------------------------------------
        c1       | 2017-12-01  | no     | yes     | the first
        c1       | 2017-12-19  | no     | yes     | nothing says whether the first was still open
        """,
        figure=(2, None, 0),
    )


def test_referrals_that_come_back(worked_example):
    worked_example(
        "FD-07",
        period="2017-12-01 to 2017-12-31",
        table="referrals",
        rows="""
        child_id | referral_id | received_on | is_nfa | closed_on  | counted | met | because
        ---------+-------------+-------------+--------+------------+---------+-----+--------------------------------
        c1       | r1          | 2016-12-04  | no     | 2017-01-04 |         |     | exactly twelve months before
        c1       | r2          | 2017-12-04  | no     |            | yes     | no  | twelve months count
        c2       | r1          | 2016-12-03  | no     | 2017-01-04 |         |     | a day more than twelve months
        c2       | r2          | 2017-12-04  | no     |            | yes     | yes | too long ago
        c3       | r1          | 2017-06-01  | yes    |            |         |     | no further action
        c3       | r2          | 2017-12-04  | no     |            | yes     | no  | the outcome does not matter
        c4       | r1          | 2016-11-01  | no     |            |         |     | still open
        c4       | r2          | 2017-06-01  | no     |            |         |     | so this one does not count
        c4       | r3          | 2017-12-04  | no     |            |         |     | nor this one
        c5       | r1          | 2017-12-04  | yes    |            |         |     | the other of the day counts
        c5       | r2          | 2017-12-04  | no     |            | yes     | yes | no earlier day
        """,
        figure=(2, 4, 0),
    )


def test_the_window_of_twelve_months_may_leave_out_its_first_day(worked_example):
    worked_example(
        "FD-07",
        period="2017-12-01 to 2017-12-31",
        table="referrals",
        rows="""
        child_id | received_on | closed_on  | counted | met | because
        ---------+-------------+------------+---------+-----+------------------------------
        c1       | 2016-12-04  | 2017-01-04 |         |     | exactly twelve months before
        c1       | 2017-12-04  |            | yes     | yes | that day is left out
        c2       | 2016-12-05  | 2017-01-04 |         |     | a day less
        c2       | 2017-12-04  |            | yes     | no  | inside the window
        """,
        settings=Settings(parameters={"window_inclusive": False}),
        figure=(1, 2, 0),
    )


def test_the_council_s_own_count_where_the_file_is_too_short(worked_example):
    worked_example(
        "FD-07",
        period="2017-12-01 to 2017-12-31",
        table="referrals",
        starts_on={"referrals": "2016-12-05"},
        rows="""
        child_id | received_on | previous_referrals_12m | closed_on  | counted | met     | because
        ---------+-------------+------------------------+------------+---------+---------+-----------------------
        c1       | 2017-12-04  | 1                      |            | yes     | no      | the council counted one
        c2       | 2017-12-04  | 0                      |            | yes     | yes     | the council counted none
        c3       | 2017-12-04  |                        |            | no      | unknown | no count, a day short
        c4       | 2017-12-05  |                        |            | yes     | yes     | the file reaches back
        c5       | 2017-01-09  |                        | 2017-02-01 |         |         | before the period
        c5       | 2017-12-04  | 0                      |            | yes     | no      | what the file shows wins
        """,
        figure=(2, 4, 1),
    )


def test_referrals_of_annex_a(worked_example):
    worked_example(
        "FD-06",
        period="2017-12-01 to 2017-12-31",
        table="referrals",
        rows="""
        child_id | received_on | is_nfa | from_source | from_sheet | counted | met | because
        ---------+-------------+--------+-------------+------------+---------+-----+---------------------------
        c1       | 2017-12-01  | no     | annex_a     | list_3     | yes     | yes | the first
        c1       | 2017-12-19  | no     | annex_a     | list_3     | yes     | yes | list 3 says of none that it is open
        c2       | 2017-12-05  | no     | annex_a     | list_6     |         |     | an episode, no referral received
        """,
        figure=(2, None, 0),
    )


def test_referrals_of_annex_a_that_come_back(worked_example):
    worked_example(
        "FD-07",
        period="2017-12-01 to 2017-12-31",
        table="referrals",
        rows="""
        child_id | received_on | previous_referrals_12m | from_source | counted | met     | because
        ---------+-------------+------------------------+-------------+---------+---------+-------------------
        c1       | 2017-12-01  | 0                      | annex_a     | yes     | yes     | list 3 says none
        c2       | 2017-12-19  | 1                      | annex_a     | yes     | no      | list 3 says one
        c3       | 2017-12-05  |                        | annex_a     | no      | unknown | list 3 does not say
        """,
        figure=(1, 2, 1),
    )


def test_referrals_closed_at_once(worked_example):
    worked_example(
        "FD-08",
        period="2017-12-01 to 2017-12-31",
        table="referrals",
        rows="""
        child_id | received_on | is_nfa | closed_on | counted | met     | because
        ---------+-------------+--------+-----------+---------+---------+-----------------------------------
        c1       | 2017-12-01  | yes    |           | yes     | yes     | no further action
        c2       | 2017-12-31  | no     |           | yes     | no      | further action
        c3       | 2017-12-04  |        |           | no      | unknown | not recorded
        c2       | 2017-12-31  | yes    |           |         |         | the other of the day counts
        c4       | 2017-11-30  | yes    |           |         |         | before the period
        """,
        figure=(1, 2, 1),
    )


def test_referrals_that_lead_to_a_service(worked_example):
    worked_example(
        "FD-09",
        period="2017-09-01 to 2017-12-31",
        table="referrals",
        also={
            "assessments": """
                child_id | started_on
                ---------+-----------
                c1       | 2017-09-04
                c2       | 2017-09-01
                c3       | 2017-11-06
                c4       | 2017-11-07
                c5       | 2017-09-11
                c6       | 2017-09-12
                c7       | 2017-09-05
            """,
            "strategy_discussions": """
                child_id | held_on    | is_s47_initiated
                ---------+------------+-----------------
                c8       | 2017-09-05 | yes
                c9       | 2017-09-05 | no
            """,
            "cin_plans": """
                child_id | started_on
                ---------+-----------
                d1       | 2017-09-05
            """,
            "cp_plans": """
                child_id | started_on
                ---------+-----------
                d2       | 2017-09-05
            """,
            "care_periods": """
                child_id | started_on | legal_status
                ---------+------------+-------------
                d3       | 2017-09-05 | V3
            """,
        },
        rows="""
        child_id | received_on | is_nfa | closed_on  | counted | met | status  | because
        ---------+-------------+--------+------------+---------+-----+---------+------------------------------
        c1       | 2017-09-04  | no     |            | yes     | yes | met     | an assessment the same day
        c2       | 2017-09-04  | no     |            | yes     | no  | not_met | an assessment before it
        c3       | 2017-09-04  |        |            | yes     | yes | met     | 45 working days; undecided
        c4       | 2017-09-04  | no     |            | yes     | no  | not_met | 46 working days
        c5       | 2017-09-04  | no     | 2017-09-11 | yes     | yes | met     | on the day it closed
        c6       | 2017-09-04  | no     | 2017-09-11 | yes     | no  | not_met | the day after it closed
        c7       | 2017-09-04  | yes    |            | yes     | no  | not_met | closed with no further action
        c8       | 2017-09-04  | no     |            | yes     | yes | met     | an enquiry
        c9       | 2017-09-04  | no     |            | yes     | no  | not_met | a strategy discussion, no enquiry
        d1       | 2017-09-04  | no     |            | yes     | yes | met     | a child in need plan
        d2       | 2017-09-04  | no     |            | yes     | yes | met     | a child protection plan
        d3       | 2017-09-04  | no     |            | yes     | yes | met     | a short break is care too
        d4       | 2017-12-14  | no     |            | yes     | no  | not_met | ten working days old
        d5       | 2017-12-15  | no     |            | no      |     | not_due | nine working days old
        """,
        as_at="2018-01-02",
        figure=(7, 13, 0),
    )


def test_referrals_decided_in_time(worked_example):
    worked_example(
        "FD-10",
        period="2017-12-01 to 2017-12-31",
        table="referrals",
        rows="""
        child_id | received_on | decided_on | counted | met     | status  | because
        ---------+-------------+------------+---------+---------+---------+---------------------------------
        c1       | 2017-12-22  | 2017-12-27 | yes     | yes     | in_time | Christmas and Boxing Day between
        c2       | 2017-12-01  | 2017-12-05 | yes     | no      | late    | two working days
        c3       | 2017-12-28  |            | no      |         | not_due | one working day has passed
        c4       | 2017-12-27  |            | yes     | no      | overdue | two have passed
        c5       | 2017-12-09  | 2017-12-08 | no      | unknown | unknown | decided before it was received
        """,
        figure=(1, 3, 1),
    )


def test_new_referrals_allocated_in_time(worked_example):
    worked_example(
        "FD-12",
        period="2017-12-01 to 2017-12-31",
        table="referrals",
        also={
            "allocations": """
                child_id | worker_id | role             | started_on
                ---------+-----------+------------------+-----------
                c1       | w1        | social_worker    | 2017-12-05
                c2       | w1        | social_worker    | 2017-12-06
                c3       | w1        | social_worker    | 2017-12-01
                c4       | w1        | social_worker    | 2017-11-30
                c5       |           | social_worker    | 2017-12-05
                c6       | w1        | other            | 2017-12-05
                c7       | DUTY      | social_worker    | 2017-12-05
                c8       | w1        | social_worker    | 2017-12-05
                c9       | w1        | social_worker    | 2017-12-05
                d1       | w1        | social_worker    | 2017-12-05
            """
        },
        rows="""
        child_id | received_on | decided_on | is_nfa | counted | met | status  | because
        ---------+-------------+------------+--------+---------+-----+---------+-------------------------------
        c1       | 2017-12-01  | 2017-12-04 | no     | yes     | yes | in_time | the working day after
        c2       | 2017-12-01  | 2017-12-04 | no     | yes     | no  | late    | two working days after
        c3       | 2017-12-01  | 2017-12-04 | no     | yes     | yes | in_time | before the decision: no wait
        c4       | 2017-12-01  | 2017-12-04 | no     | yes     | no  | overdue | held since before the referral
        c5       | 2017-12-01  | 2017-12-04 | no     | yes     | no  | overdue | held by nobody
        c6       | 2017-12-01  | 2017-12-04 | no     | yes     | no  | overdue | held in another role
        c7       | 2017-12-01  | 2017-12-04 | no     | yes     | yes | in_time | a duty desk is not blank
        c8       | 2017-12-01  |            | no     | no      |     | not_due | not decided
        c9       | 2017-12-01  | 2017-12-04 | yes    |         |     |         | no further action
        d1       | 2017-12-01  | 2017-12-04 |        |         |     |         | not known whether action follows
        d2       | 2017-12-01  | 2017-12-29 | no     | no      |     | not_due | no working day since
        d3       | 2017-12-01  | 2017-12-27 | no     | yes     | no  | overdue | two working days since
        """,
        figure=(3, 8, 0),
    )


def test_cases_without_a_worker(worked_example):
    worked_example(
        "FD-13",
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-31",
        table="allocations",
        also={
            **{name: "child_id" for name in ("referrals", "assessments", "cp_plans", "care_periods")},
            "cin_plans": """
                child_id | started_on | ended_on
                ---------+------------+-----------
                c1       | 2017-06-01 |
                c2       | 2017-06-01 |
                c3       | 2017-06-01 |
                c4       | 2017-06-01 |
                c5       | 2017-06-01 |
                c6       | 2017-06-01 |
                c7       | 2017-06-01 | 2017-12-31
                c8       | 2017-06-01 |
                c9       | 2017-06-01 |
                d1       | 2017-06-01 |
            """,
            "care_leaver_statuses": """
                child_id | recorded_on | is_service_open | eligibility
                ---------+-------------+-----------------+----------------
                l1       | 2017-06-01  | yes             | former_relevant
                l2       | 2017-06-01  | yes             | former_relevant
                l3       | 2017-06-01  | yes             | eligible
            """,
            "posts": """
                post_id | worker_id | worker_name   | started_on
                --------+-----------+---------------+-----------
                p1      | w9        | East Duty (2) | 2016-01-01
                p2      | w8        | Teamworth     | 2016-01-01
            """,
        },
        rows="""
        child_id | worker_id   | role             | started_on | ended_on   | counted | met | because
        ---------+-------------+------------------+------------+------------+---------+-----+--------------------------
        c1       | w1          | social_worker    | 2017-06-01 |            | yes     | yes | held by a social worker
        c2       | w1          | social_worker    | 2017-06-01 | 2017-12-31 | yes     | no  | no longer held that day
        c3       |             | social_worker    | 2017-06-01 |            | yes     | no  | held by a team, by nobody
        c4       | EAST_DUTY   | social_worker    | 2017-06-01 |            | yes     | no  | a duty desk is nobody
        c5       | w9          | social_worker    | 2017-06-01 |            | yes     | no  | so is a post named duty
        c6       | w1          | personal_adviser | 2017-06-01 |            | yes     | no  | an adviser of no care leaver
        c7       | w1          | social_worker    | 2017-06-01 |            |         |     | closed on the day itself
        c8       | w8          | social_worker    | 2017-06-01 |            | yes     | yes | team is only part of the word
        c9       | w1          | social_worker    | 2018-01-01 |            | yes     | no  | held from the day after
        d1       | w1          | social_worker    | 2017-06-01 | 2018-01-01 | yes     | yes | held until the day after
        l1       | w1          | personal_adviser | 2017-06-01 |            | yes     | yes | a care leaver's adviser
        l2       | w1          | social_worker    | 2017-06-01 |            | yes     | yes | a social worker does as well
        l3       |             | personal_adviser | 2017-06-01 |            |         |     | eligible: not yet a care leaver
        """,
        figure=(6, 11, 0),
    )


def test_no_name_means_nobody_where_the_council_lists_none(worked_example):
    worked_example(
        "FD-13",
        period="2017-12-01 to 2017-12-31",
        table="allocations",
        also={
            **{name: "child_id" for name in ("referrals", "assessments", "cp_plans", "care_periods")},
            "cin_plans": """
                child_id | started_on
                ---------+-----------
                c1       | 2017-06-01
                c2       | 2017-06-01
            """,
        },
        rows="""
        child_id | worker_id | role          | started_on | counted | met | because
        ---------+-----------+---------------+------------+---------+-----+-----------------------------
        c1       | DUTY - 1  | social_worker | 2017-06-01 | yes     | yes | duty may be a surname here
        c2       |           | social_worker | 2017-06-01 | yes     | no  | nobody is nobody
        """,
        settings=Settings(parameters={"placeholder_names": []}),
        figure=(1, 2, 0),
    )
