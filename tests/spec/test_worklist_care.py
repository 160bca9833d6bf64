"""Worked examples of the worklist: looked-after children, their health and their education."""

from goldenthread.settings import Settings
from tests.spec.worklist_example import check

IN_CARE = """
    child_id | started_on | legal_status
    ---------+------------+-------------
    c1       | {0}        | C2
    c2       | {1}        | C2
    c3       | {2}        | C2
    c4       | {3}        | C2
    c5       | {4}        | C2
"""


def test_visits_by_the_rule_of_the_placement(tmp_path):
    check(
        tmp_path,
        "lac_visit",
        """
        child_id | clock_start | last_done  | next_due   | overdue | to_go | state    | because
        ---------+-------------+------------+------------+---------+-------+----------+---------------------------
        c1       | 2017-06-07  |            | 2017-06-14 | 1       |       | overdue  | within a week
        c2       | 2017-06-08  |            | 2017-06-15 |         | 0     | due_soon | the week is over today
        c3       | 2017-01-10  | 2017-05-04 | 2017-06-15 |         | 0     | due_soon | then every six weeks
        c4       | 2017-01-10  | 2017-05-03 | 2017-06-14 | 1       |       | overdue  | a day more
        c5       | 2016-01-10  | 2017-03-15 | 2017-06-15 |         | 0     | due_soon | meant to last, after a year
        c6       | 2017-05-01  | 2017-06-07 | 2017-06-14 | 1       |       | overdue  | with parents, unreviewed
        c7       | 2017-06-08  |            | 2017-06-15 |         | 0     | due_soon | no placement: since care began
        c8       |             |            |            |         |       |          | 18 today
        """,
        children="""
        child_id | born_on
        ---------+-----------
        c8       | 1999-06-15
        c1       | 2010-01-01
        """,
        care_periods="""
        child_id | started_on | legal_status
        ---------+------------+-------------
        c1       | 2015-01-10 | C2
        c2       | 2015-01-10 | C2
        c3       | 2015-01-10 | C2
        c4       | 2015-01-10 | C2
        c5       | 2015-01-10 | C2
        c6       | 2015-01-10 | C2
        c7       | 2017-06-08 | C2
        c8       | 2015-01-10 | C2
        """,
        placements="""
        child_id | started_on | visit_rule | is_long_term | placement_type
        ---------+------------+------------+--------------+---------------
        c1       | 2017-06-07 |            |              | U1
        c2       | 2017-06-08 |            |              | U1
        c3       | 2017-01-10 | standard   | yes          | U1
        c4       | 2017-01-10 | standard   |              | U1
        c5       | 2016-01-10 | standard   | yes          | U1
        c6       | 2017-05-01 | reg19      |              | P1
        c8       | 2016-01-10 |            |              | U1
        """,
        visits="""
        child_id | kind         | visited_at | is_seen
        ---------+--------------+------------+--------
        c3       | looked_after | 2017-05-04 | yes
        c4       | looked_after | 2017-05-03 |
        c4       | looked_after | 2017-06-01 | no
        c5       | looked_after | 2017-03-15 | yes
        c6       | looked_after | 2017-06-07 | yes
        c2       | looked_after | 2017-06-07 | yes
        """,
    )


REVIEWS = {
    "care_periods": IN_CARE.format("2017-05-16", "2017-05-17", "2017-02-01", "2016-06-01", "2016-06-01"),
    "conferences": """
        child_id | kind                | held_on    | from_source
        ---------+---------------------+------------+------------
        c3       | looked_after_review | 2017-03-14 |
        c4       | looked_after_review | 2016-07-01 |
        c4       | looked_after_review | 2016-12-15 |
        c5       | looked_after_review | 2017-03-14 | annex_a
        c1       | looked_after_review | 2017-05-01 |
        c2       | looked_after_review | 2017-06-16 |
    """,
}


def test_reviews_of_looked_after_children(tmp_path):
    check(
        tmp_path,
        "lac_review",
        """
        child_id | last_done  | next_due   | overdue | to_go | state    | because
        ---------+------------+------------+---------+-------+----------+----------------------------------------
        c1       |            | 2017-06-14 | 1       |       | overdue  | the first within 20 working days
        c2       |            | 2017-06-15 |         | 0     | due_soon | the review is tomorrow
        c3       | 2017-03-14 | 2017-06-14 | 1       |       | overdue  | the second within three months
        c4       | 2016-12-15 | 2017-06-15 |         | 0     | due_soon | the third within six
        c5       | 2017-03-14 | 2017-09-14 |         | 64    | later    | Annex A tells the latest only: six months
        """,
        **REVIEWS,
    )


def test_reviews_where_months_are_days(tmp_path):
    check(
        tmp_path,
        "lac_review",
        """
        child_id | next_due   | state    | because
        ---------+------------+----------+---------------------------------
        c1       | 2017-06-14 | overdue  | working days as before
        c2       | 2017-06-15 | due_soon | working days as before
        c3       | 2017-06-13 | overdue  | 91 days
        c4       | 2017-06-16 | due_soon | 183 days
        c5       | 2017-09-13 | later    | 183 days
        """,
        settings=Settings(parameters={"months_convention": "days_91_183"}),
        **REVIEWS,
    )


def test_care_plans_in_ten_working_days(tmp_path):
    check(
        tmp_path,
        "care_plan",
        """
        child_id | next_due   | overdue | to_go | state    | because
        ---------+------------+---------+-------+----------+--------------------------------------------
        c1       | 2017-06-14 | 1       |       | overdue  | the tenth was yesterday
        c2       | 2017-06-15 |         | 0     | due_soon | it is today
        c3       |            |         |       |          | has a plan
        c4       | 2017-06-15 |         | 0     | due_soon | the plan is made tomorrow
        c5       |            |         |       |          | in a series of short breaks
        """,
        care_periods="""
        child_id | started_on | legal_status | first_care_plan_on
        ---------+------------+--------------+-------------------
        c1       | 2017-05-31 | C2           |
        c2       | 2017-06-01 | C2           |
        c3       | 2017-05-31 | C2           | 2017-06-15
        c4       | 2017-06-01 | C2           | 2017-06-16
        c5       | 2017-05-31 | V4           |
        """,
    )


CHECKS = """
    child_id | kind              | done_on    | result
    ---------+-------------------+------------+----------
    c3       | iha               | 2017-05-10 | completed
    c4       | rha               | 2017-06-01 | completed
    c5       | iha               | 2017-06-01 | declined
    c2       | health_assessment | 2017-06-16 | completed
"""


def test_the_first_health_assessment_of_a_period_of_care(tmp_path):
    check(
        tmp_path,
        "iha",
        """
        child_id | last_done | next_due   | overdue | to_go | state    | because
        ---------+-----------+------------+---------+-------+----------+---------------------------------
        c1       |           | 2017-06-14 | 1       |       | overdue  | the twentieth day was yesterday
        c2       |           | 2017-06-15 |         | 0     | due_soon | assessed only tomorrow
        c3       |           | 2017-06-15 |         | 0     | due_soon | assessed before care began
        c4       |           |            |         |       |          | assessed, by whatever name
        c5       |           | 2017-06-14 | 1       |       | overdue  | declined is not done
        """,
        care_periods=IN_CARE.format("2017-05-16", "2017-05-17", "2017-05-17", "2017-05-16", "2017-05-16"),
        health_checks=CHECKS,
    )


def test_later_health_assessments_by_age(tmp_path):
    check(
        tmp_path,
        "health_assessment",
        """
        child_id | last_done  | next_due   | overdue | to_go | state    | because
        ---------+------------+------------+---------+-------+----------+------------------------------------
        c1       | 2016-12-15 | 2017-06-15 |         | 0     | due_soon | a small child: half a year
        c2       | 2017-06-01 | 2018-06-01 |         | 243   | later    | 5 on the day half a year is over
        c3       | 2017-06-01 | 2017-12-01 |         | 120   | later    | not yet 5 on that day
        c4       | 2016-06-14 | 2017-06-14 | 1       |       | overdue  | no date of birth: a year
        c5       |            |            |         |       |          | never assessed: not this item
        """,
        children="""
        child_id | born_on
        ---------+-----------
        c1       | 2015-01-01
        c2       | 2012-12-01
        c3       | 2012-12-02
        c4       |
        """,
        care_periods=IN_CARE.format("2016-01-01", "2016-01-01", "2016-01-01", "2016-01-01", "2016-01-01"),
        health_checks="""
        child_id | kind              | done_on    | result
        ---------+-------------------+------------+----------
        c1       | iha               | 2016-12-15 | completed
        c2       | rha               | 2017-06-01 | completed
        c3       | rha               | 2017-06-01 | completed
        c4       | health_assessment | 2016-06-14 | completed
        c4       | rha               | 2017-05-14 | declined
        """,
    )


def test_dental_checks_every_year(tmp_path):
    check(
        tmp_path,
        "dental",
        """
        child_id | last_done  | next_due   | overdue | to_go | state    | because
        ---------+------------+------------+---------+-------+----------+------------------------------
        c1       |            | 2017-06-14 | 1       |       | overdue  | a year from the start of care
        c2       | 2016-06-15 | 2017-06-15 |         | 0     | due_soon | a year from the last
        c3       | 2016-05-01 | 2017-05-01 | 32      |       | overdue  | one before care counts
        c4       |            | 2018-06-01 |         | 243   | later    | declined is not done
        c5       |            | 2017-06-15 |         | 0     | due_soon | the check is tomorrow
        """,
        care_periods=IN_CARE.format("2016-06-14", "2015-01-01", "2017-05-01", "2017-06-01", "2016-06-15"),
        health_checks="""
        child_id | kind   | done_on    | result
        ---------+--------+------------+----------
        c2       | dental | 2016-06-15 | completed
        c3       | dental | 2016-05-01 | completed
        c4       | dental | 2017-06-10 | declined
        c5       | dental | 2017-06-16 | completed
        """,
    )


def test_personal_education_plans_by_term(tmp_path):
    check(
        tmp_path,
        "pep",
        """
        child_id | last_done  | next_due   | overdue | to_go | state    | because
        ---------+------------+------------+---------+-------+----------+---------------------------------------
        c1       | 2016-12-16 | 2017-03-31 | 50      |       | overdue  | in autumn: by the end of the spring
        c2       | 2017-01-03 | 2017-03-31 | 50      |       | overdue  | in the holiday after autumn: the same
        c3       | 2017-01-04 | 2017-07-21 |         | 26    | later    | in spring: by the end of the summer
        c4       | 2017-04-18 | 2017-10-18 |         | 88    | later    | no term after it: 183 days
        c5       | 2016-08-31 | 2017-03-02 | 71      |       | overdue  | before the first term: 183 days
        """,
        children="""
        child_id | born_on
        ---------+-----------
        c1       | 2008-01-01
        c2       | 2008-01-01
        c3       | 2008-01-01
        c4       | 2008-01-01
        c5       | 2008-01-01
        """,
        care_periods=IN_CARE.format(*["2016-01-01"] * 5),
        peps="""
        child_id | held_on
        ---------+-----------
        c1       | 2016-12-16
        c2       | 2017-01-03
        c3       | 2017-01-04
        c4       | 2017-04-18
        c5       | 2016-08-31
        """,
        school_terms="""
        academic_year | term   | started_on | ended_on
        --------------+--------+------------+-----------
        2016/17       | Autumn | 2016-09-05 | 2016-12-16
        2016/17       | Spring | 2017-01-04 | 2017-03-31
        2016/17       | Summer | 2017-04-18 | 2017-07-21
        """,
    )


def test_personal_education_plans(tmp_path):
    check(
        tmp_path,
        "pep",
        """
        child_id | last_done  | next_due   | overdue | to_go | state    | because
        ---------+------------+------------+---------+-------+----------+-----------------------------------
        c1       |            | 2017-06-14 | 1       |       | overdue  | the first in 20 working days
        c2       |            | 2017-06-15 |         | 0     | due_soon | the plan was of an earlier period
        c3       | 2016-12-13 | 2017-06-14 | 1       |       | overdue  | 183 days after the last
        c4       |            |            |         |       |          | too young for school
        c5       |            |            |         |       |          | no date of birth
        """,
        children="""
        child_id | born_on
        ---------+-----------
        c1       | 2008-01-01
        c2       | 2008-01-01
        c3       | 2008-01-01
        c4       | 2014-01-01
        """,
        care_periods=IN_CARE.format("2017-05-16", "2017-05-17", "2016-01-01", "2016-01-01", "2016-01-01"),
        peps="""
        child_id | held_on
        ---------+-----------
        c2       | 2017-01-10
        c3       | 2016-12-13
        """,
    )
