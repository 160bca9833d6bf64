"""Case audits: done as planned, how graded, moderated alike, put right; and is every case reviewed?"""

import pytest

from goldenthread.settings import Settings

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}
TO_THE_END = {"period": "2017-12-01 to 2017-12-31"}

PLANNED = """
    audit_id | kind        | scheduled_on | due_on     | completed_on | counted | met | because
    ---------+-------------+--------------+------------+--------------+---------+-----+--------------------------------
    a1       | case_audit  | 2017-12-01   | 2017-12-15 | 2017-12-15   | yes     | {a1}  | done on the day it was due
    a2       | case_audit  | 2017-12-01   | 2017-12-15 | 2017-12-16   | yes     | {a2}  | done a day late
    a3       | case_audit  | 2017-12-10   | 2017-12-30 |              | yes     | no  | overdue since yesterday
    a4       | case_audit  | 2017-12-10   | 2017-12-31 |              | no      |     | due on the as-at date: not due
    a5       | case_audit  | 2017-12-10   | 2018-01-10 |              | no      |     | due later
    a6       | case_audit  | 2017-12-10   | 2018-01-10 | 2017-12-20   | yes     | {a6}  | done before it was due
    a7       | case_audit  | 2017-12-31   |            |              | no      |     | no day: due at the period's end
    a8       | case_audit  | 2017-12-31   |            | 2017-12-31   | yes     | {a8}  | no day, done on the last day
    a9       | case_audit  | 2017-11-30   | 2017-12-15 | 2017-12-15   |         |     | scheduled the day before
    b1       | case_audit  | 2018-01-01   | 2018-01-15 | 2017-12-31   |         |     | scheduled the day after
    b2       | observation | 2017-12-10   | 2017-12-15 | 2017-12-15   |         |     | an observation
    b3       | case_audit  | 2017-12-10   | 2017-12-20 | 2018-01-02   | yes     | no  | done after the as-at date
"""


@pytest.mark.parametrize(
    ("part", "answers", "figure"),
    [("", ("yes", "yes", "yes", "yes"), (4, 6, 0)), ("on_time", ("yes", "no ", "yes", "yes"), (3, 6, 0))],
)
def test_case_audits_completed_against_the_programme(worked_example, part, answers, figure):
    answered = dict(zip(("a1", "a2", "a6", "a8"), answers, strict=True))
    worked_example(
        "QA-01", part=part, **TO_THE_END, table="audits", rows=PLANNED.format(**answered), figure=figure
    )


def test_a_case_audit_without_a_day_is_due_at_the_end_of_its_period(worked_example):
    worked_example(
        "QA-01",
        **DECEMBER,
        table="audits",
        rows="""
        audit_id | kind       | scheduled_on | due_on | completed_on | counted | met | because
        ---------+------------+--------------+--------+--------------+---------+-----+------------------------------
        a1       | case_audit | 2017-12-10   |        |              | yes     | no  | the period has ended since
        a2       | case_audit | 2017-12-10   |        | 2018-01-31   | yes     | yes | done at last
        """,
        figure=(1, 2, 0),
    )


GRADED = """
    audit_id | kind        | selection  | completed_on | grade       | moderated_grade      | counted | met     | because
    ---------+-------------+------------+--------------+-------------+----------------------+---------+---------+--------
    a1       | case_audit  | random     | 2017-12-01   | good        |                      | yes | {a1} | the first grade
    a2       | case_audit  | stratified | 2017-12-31   | inadequate  | good                 | yes | {a2} | the moderated counts
    a3       | case_audit  |            | 2017-12-15   | good        | requires_improvement | yes | {a3} | moderated down
    a4       | case_audit  | random     | 2017-12-15   | outstanding |                      | yes | {a4} | the highest
    a5       | case_audit  | random     | 2017-12-15   | inadequate  |                      | yes | {a5} | the lowest
    a6       | case_audit  | random     | 2017-12-15   |             |                      | no  | unknown | no grade
    a7       | case_audit  | targeted   | 2017-12-15   | good        |                      | no  |   | chosen for a reason
    a8       | case_audit  | targeted   | 2017-12-15   |             |                      | no  |   | the same, without a grade
    a9       | case_audit  | random     | 2017-11-30   | good        |                      |     |   | done the day before
    b1       | case_audit  | random     | 2018-01-01   | good        |                      |     |   | done the day after
    b2       | case_audit  | random     |              | good        |                      |     |   | not done
    b3       | case_review | random     | 2017-12-15   | good        |                      |     |   | no case audit
"""


@pytest.mark.parametrize(
    ("part", "met", "numerator"),
    [
        ("", ("a1", "a2", "a4"), 3),
        ("outstanding", ("a4",), 1),
        ("good", ("a1", "a2"), 2),
        ("requires_improvement", ("a3",), 1),
        ("inadequate", ("a5",), 1),
    ],
)
def test_grades_of_case_audits(worked_example, part, met, numerator):
    answers = {name: "yes" if name in met else "no" for name in ("a1", "a2", "a3", "a4", "a5")}
    worked_example(
        "QA-02",
        part=part,
        **DECEMBER,
        table="audits",
        rows=GRADED.format(**answers),
        figure=(numerator, 5, 1),
    )


def test_case_audits_chosen_for_a_reason_are_shown_apart(worked_example):
    worked_example(
        "QA-02",
        part="targeted",
        **DECEMBER,
        table="audits",
        rows="""
        audit_id | kind       | selection | completed_on | grade      | counted | met     | because
        ---------+------------+-----------+--------------+------------+---------+---------+--------------------
        a1       | case_audit | targeted  | 2017-12-15   | good       | yes     | yes     | chosen for a reason
        a2       | case_audit | targeted  | 2017-12-15   | inadequate | yes     | no      | chosen for a reason
        a3       | case_audit | targeted  | 2017-12-15   |            | no      | unknown | no grade
        a4       | case_audit | random    | 2017-12-15   | good       |         |         | at random
        a5       | case_audit |           | 2017-12-15   | good       |         |         | blank is at random
        """,
        figure=(1, 2, 1),
    )


INADEQUATE = """
    audit_id | kind        | completed_on | grade      | moderated_grade | remedial_completed_on | reaudit_of_audit_id | counted | met | status | because
    ---------+-------------+--------------+------------+-----------------+-----------------------+---------------------+---------+-----+--------+----
    a1       | case_audit  | 2017-12-20   | inadequate |            | 2017-12-29 |    | yes | yes | in_time | plan on the fifth day, repeated on the 30th
    a2       | case_audit  | 2017-12-20   | inadequate |            | 2018-01-02 |    | yes | no  | late    | plan on the sixth working day
    a3       | case_audit  | 2017-12-20   | good       | inadequate | 2017-12-29 |    | yes | no  | late    | repeated on the 31st day
    a4       | case_audit  | 2018-01-05   | inadequate |            | 2018-01-05 |    | no  |     | not_due | plan made, 26 days so far
    a5       | case_audit  | 2018-01-05   | inadequate |            |            |    | yes | no  | overdue | no plan within five working days
    a6       | case_audit  | 2018-01-24   | inadequate |            |            |    | no  |     | not_due | five working days so far
    a7       | case_audit  | 2018-01-01   | inadequate |            | 2018-01-02 |    | no  |     | not_due | thirty days so far
    a8       | case_audit  | 2017-12-31   | inadequate |            | 2018-01-02 |    | yes | no  | overdue | 31 days, not repeated
    a9       | case_audit  | 2017-12-20   | inadequate | good       |            |    |     |     |         | moderated up
    b1       | case_audit  | 2017-12-19   | inadequate |            | 2017-12-20 |    |     |     |         | done the day before
    b2       | observation | 2018-01-05   | inadequate |            |            |    |     |     |         | no case audit
    r1       | case_audit  | 2018-01-19   | good       |            |            | a1 |     |     |         | repeats a1 after 30 days
    r2       | case_audit  | 2018-01-19   | good       |            |            | a2 |     |     |         | repeats a2 after 30 days
    r3       | case_audit  | 2018-01-20   | good       |            |            | a3 |     |     |         | repeats a3 after 31 days
    r4       | case_audit  | 2018-01-25   | good       |            |            | a1 |     |     |         | a1 once more: the first counts
    r5       | case_audit  | 2018-02-01   | good       |            |            | a8 |     |     |         | after the as-at date
"""
OF_A_MONTH = {"period": "2017-12-20 to 2018-01-31", "as_at": "2018-01-31"}


def test_inadequate_work_is_put_right_and_looked_at_again(worked_example):
    worked_example("QA-03", **OF_A_MONTH, table="audits", rows=INADEQUATE, figure=(1, 5, 0))


def test_inadequate_work_put_right_of_what_is_done(worked_example):
    done_only = INADEQUATE.replace("| yes | no  | overdue |", "| no  |     | overdue |")
    worked_example(
        "QA-03",
        **OF_A_MONTH,
        table="audits",
        rows=done_only,
        settings=Settings(timeliness_basis={"QA-03": "completed"}),
        figure=(1, 3, 0),
    )


def test_both_grades_agree(worked_example):
    worked_example(
        "QA-08",
        **DECEMBER,
        table="audits",
        rows="""
        audit_id | kind        | moderated_on | grade | moderated_grade      | counted | met | because
        ---------+-------------+--------------+-------+----------------------+---------+-----+-----------------------
        a1       | case_audit  | 2017-12-01   | good  | good                 | yes     | yes | the same
        a2       | case_audit  | 2017-12-31   | good  | requires_improvement | yes     | no  | another
        a3       | observation | 2017-12-15   | good  | good                 | yes     | yes | of whatever kind
        a4       | case_audit  | 2017-12-15   | good  |                      |         |     | one grade only
        a5       | case_audit  | 2017-12-15   |       | good                 |         |     | one grade only
        a6       | case_audit  | 2017-11-30   | good  | good                 |         |     | moderated the day before
        a7       | case_audit  |              | good  | good                 |         |     | not dated
        a8       | case_audit  | 2018-02-01   | good  | good                 |         |     | after the as-at date
        """,
        figure=(2, 3, 0),
    )


def test_observations_of_practice_completed(worked_example):
    worked_example(
        "QA-10",
        **TO_THE_END,
        table="audits",
        rows="""
        audit_id | kind        | scheduled_on | completed_on | counted | met | because
        ---------+-------------+--------------+--------------+---------+-----+-----------------------------------
        a1       | observation | 2017-12-01   | 2017-12-04   | yes     | yes | completed
        a2       | observation | 2017-12-30   |              | yes     | no  | its day was yesterday
        a3       | observation | 2017-12-31   |              | no      |     | its day is the as-at date
        a4       | observation | 2017-12-31   | 2017-12-31   | yes     | yes | completed on its day
        a5       | observation | 2017-11-30   | 2017-12-04   |         |     | scheduled the day before
        a6       | case_audit  | 2017-12-01   | 2017-12-04   |         |     | a case audit
        a7       | observation | 2017-12-20   | 2018-01-02   | yes     | no  | completed after the as-at date
        """,
        figure=(2, 4, 0),
    )


ALLOCATIONS = """
    child_id | team  | worker_id | role          | started_on | ended_on
    ---------+-------+-----------+---------------+------------+---------
    c1       | North | w1        | social_worker | 2017-01-01 |
    c2       | South | w2        | social_worker | 2017-01-01 |
"""


def test_cases_reviewed_in_an_exercise_of_a_whole_service(worked_example):
    worked_example(
        "CIN-10",
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-31",
        table="case_review_cohorts",
        rows="""
        child_id | exercise | frozen_on  | closed_on  | key | team      | counted | met | because
        ---------+----------+------------+------------+-----+-----------+---------+-----+----------------------------
        c1       | fsp      | 2017-10-02 |            | fsp | North     | yes     | yes | reviewed on the first day
        c2       | fsp      | 2017-10-02 |            | fsp | South     | yes     | no  | reviewed the day before it
        c3       | fsp      | 2017-10-02 |            | fsp | not known | yes     | yes | reviewed on the last day
        c4       | fsp      | 2017-10-02 |            | fsp | not known | yes     | no  | reviewed after the period
        c5       | fsp      | 2017-10-02 |            | fsp | not known | yes     | no  | in another exercise
        c6       | fsp      | 2017-10-02 |            | fsp | not known | yes     | no  | a case audit is no review
        c7       | fsp      | 2017-10-02 | 2017-11-01 | fsp | not known | no      |     | closed before its review
        c8       | fsp      | 2017-10-02 | 2017-11-01 | fsp | not known | yes     | yes | reviewed on the day it closed
        c9       | fsp      | 2017-10-02 | 2018-01-05 | fsp | not known | yes     | no  | closed after the period
        d1       | cin      | 2017-12-31 |            | cin | not known | yes     | no  | frozen on the last day
        d2       | cin      | 2018-01-01 |            |     |           |         |     | frozen the day after
        d3       | fsp      | 2017-10-02 | 2017-10-09 | fsp | not known | no      |     | closed, reviewed the day after
        """,
        also={
            "audits": """
            audit_id | kind        | child_id | exercise | scheduled_on | completed_on
            ---------+-------------+----------+----------+--------------+-------------
            a1       | case_review | c1       | fsp      | 2017-10-02   | 2017-10-02
            a2       | case_review | c2       | fsp      | 2017-10-01   | 2017-10-01
            a3       | case_review | c3       | fsp      | 2017-12-31   | 2017-12-31
            a4       | case_review | c4       | fsp      | 2018-01-01   | 2018-01-01
            a5       | case_review | c5       | cin      | 2017-11-01   | 2017-11-01
            a6       | case_audit  | c6       | fsp      | 2017-11-01   | 2017-11-01
            a7       | case_review | c8       | fsp      | 2017-11-01   | 2017-11-01
            a8       | case_review | d3       | fsp      | 2017-10-10   | 2017-10-10
            """,
            "allocations": ALLOCATIONS,
        },
        figure=(3, 9, 0),
    )


def test_a_case_audit_belongs_to_the_team_that_is_recorded_with_it(worked_example):
    worked_example(
        "QA-01",
        **DECEMBER,
        table="audits",
        rows="""
        audit_id | child_id | team | kind       | scheduled_on | completed_on | counted | met | because
        ---------+----------+------+------------+--------------+--------------+---------+-----+-----------------
        a1       | c1       | East | case_audit | 2017-12-04   | 2017-12-05   | yes     | yes | not to North
        a2       |          | East | case_audit | 2017-12-04   | 2017-12-05   | yes     | yes | of no one child
        """,
        also={"allocations": ALLOCATIONS},
        figure=(2, 2, 0),
    )
