"""Promises: is what case audits, clinics, meetings and the plan asked for done by the day it was due?"""

import pytest

from goldenthread.settings import Settings

TO_THE_END = {"period": "2017-12-01 to 2017-12-31"}

DUE = """
    action_id | {of} | due_on     | completed_on | key | counted | met | status  | because
    ----------+------+------------+--------------+-----+---------+-----+---------+------------------------------
    a1        | {m1} | 2017-12-01 | 2017-12-01   | a1  | yes     | yes | in_time | on the day
    a2        | {m1} | 2017-12-01 | 2017-12-02   | a2  | yes     | no  | late    | the day after
    a3        | {m1} | 2017-12-30 |              | a3  | yes     | no  | overdue | its day was yesterday
    a4        | {m1} | 2017-12-31 |              | a4  | no      |     | not_due | due on the as-at date
    a5        | {m1} | 2017-12-31 | 2017-11-15   | a5  | yes     | yes | in_time | done long before
    a6        | {m1} | 2017-12-05 | 2018-01-02   | a6  | yes     | no  | overdue | done after the as-at date
    a7        | {m1} | 2017-11-30 | 2017-11-30   |     |         |     |         | due the day before
    a8        | {m1} | 2018-01-01 | 2017-12-05   |     |         |     |         | due the day after
    a9        | {m1} |            |              | {a9} | {no}   |     | {out}   | no day was set
"""
LISTED = {"a9": "a9", "no": "no", "out": "excluded"}
NOT_LISTED = {"a9": "", "no": "", "out": ""}


@pytest.mark.parametrize(
    ("ref", "table", "of", "value", "listed"),
    [
        ("QA-04", "audit_actions", "audit_id", "c1", LISTED),
        ("GOV-04", "meeting_actions", "meeting_id", "m1", LISTED),
        ("SO-06", "plan_actions", "kind", "clinic", NOT_LISTED),
    ],
)
def test_actions_done_by_the_day_they_were_due(worked_example, ref, table, of, value, listed):
    rows = DUE.format(of=of, m1=value, **listed)
    worked_example(ref, **TO_THE_END, table=table, rows=rows, figure=(2, 5, 0))
    done_only = rows.replace("| yes     | no  | overdue |", "| no      |     | overdue |")
    settings = Settings(timeliness_basis={ref: "completed"})
    worked_example(ref, **TO_THE_END, table=table, rows=done_only, settings=settings, figure=(2, 3, 0))


def test_actions_from_case_audits(worked_example):
    worked_example(
        "QA-04",
        **TO_THE_END,
        table="audit_actions",
        rows="""
        action_id | audit_id | due_on     | completed_on | key | team      | counted | met | because
        ----------+----------+------------+--------------+-----+-----------+---------+-----+---------------------------
        a1        | x1       | 2017-12-15 | 2017-12-15   | a1  | East      | yes     | yes | the team of the case audit
        a2        | x2       | 2017-12-15 | 2017-12-16   | a2  | North     | yes     | no  | the team of the child then
        a3        | x3       | 2017-12-15 |              | a3  | South     | yes     | no  | not done: the team now
        a4        | none     | 2017-12-15 | 2017-12-15   | a4  | not known | yes     | yes | of no case audit
        """,
        also={
            "audits": """
            audit_id | kind       | child_id | team | scheduled_on | completed_on
            ---------+------------+----------+------+--------------+-------------
            x1       | case_audit | c1       | East | 2017-11-20   | 2017-11-20
            x2       | case_audit | c1       |      | 2017-11-20   | 2017-11-30
            x3       | case_audit | c1       |      | 2017-11-20   |
            """,
            "allocations": """
            child_id | team  | worker_id | role          | started_on | ended_on
            ---------+-------+-----------+---------------+------------+-----------
            c1       | North | w1        | social_worker | 2017-01-01 | 2017-12-01
            c1       | South | w2        | social_worker | 2017-12-01 |
            """,
        },
        figure=(2, 4, 0),
    )


def test_only_actions_of_clinics_are_clinic_actions(worked_example):
    worked_example(
        "SO-06",
        **TO_THE_END,
        table="plan_actions",
        rows="""
        action_id | kind       | due_on     | completed_on | key | counted | met | because
        ----------+------------+------------+--------------+-----+---------+-----+-------------------
        a1        | clinic     | 2017-12-15 | 2017-12-15   | a1  | yes     | yes | of a clinic
        a2        | plan       | 2017-12-15 | 2017-12-15   |     |         |     | of the plan
        a3        | twelve_week | 2017-12-15 | 2017-12-15  |     |         |     | of a twelve-week plan
        """,
        figure=(1, 1, 0),
    )


PLAN = """
    action_id | kind        | due_on     | status    | completed_on | reopened_on | key | counted | met | because
    ----------+-------------+------------+-----------+--------------+-------------+-----+---------+-----+----------------
    p1        | plan        | 2017-12-30 |           | 2017-12-30   |             | p1 | {p1} | done on its day
    p2        | plan        | 2017-12-15 |           | 2017-12-16   |             | p2 | {p2} | done the day after
    p3        | twelve_week | 2017-12-30 |           |              |             | p3 | {p3} | its day was yesterday
    p4        | plan        | 2017-12-31 |           |              |             | p4 | {p4} | due on the last day
    p5        | plan        | 2017-12-31 |           | 2017-12-20   |             | p5 | {p5} | due then, and done
    p6        | plan        | 2018-01-14 |           |              |             | p6 | {p6} | due in 14 days
    p7        | plan        | 2018-01-15 |           |              |             | p7 | {p7} | due in 15 days
    p8        | plan        | 2018-03-01 | at_risk   |              |             | p8 | {p8} | marked at risk
    p9        | plan        | 2018-03-01 |           | 2017-12-01   |             | p9 | {p9} | done before its time
    q1        | plan        | 2017-12-15 |           | 2017-12-10   | 2017-12-20  | q1 | {q1} | opened again
    q2        | plan        | 2017-12-15 |           | 2017-12-10   | 2017-12-10  | q2 | {q2} | opened again before it was done
    q3        | plan        | 2017-12-15 |           | 2017-12-10   | 2018-01-05  | q3 | {q3} | opened again after the period
    q4        | plan        | 2017-12-15 |           | 2018-01-05   |             | q4 | {q4} | done after the period
    q5        | plan        |            |           | 2017-12-10   |             | q5 | no |   | no day was set
    q6        | plan        | 2017-12-15 | withdrawn |              |             |    |    |   | withdrawn
    q7        | clinic      | 2017-12-15 |           | 2017-12-10   |             |    |    |   | of a clinic
"""
COLOURS = {
    "blue": ("p1", "p2", "p5", "p9", "q2", "q3"),
    "red": ("p3", "q1", "q4"),
    "amber": ("p4", "p6", "p8"),
    "green": ("p7",),
}
ALL = tuple(f"p{n}" for n in range(1, 10)) + tuple(f"q{n}" for n in range(1, 5))


def test_actions_of_the_plan_completed_by_their_day(worked_example):
    counted = dict.fromkeys(ALL, "yes | no ") | dict.fromkeys(("p4", "p6", "p7", "p8", "p9"), "no  |    ")
    counted |= dict.fromkeys(("p1", "p5", "q2", "q3"), "yes | yes")
    worked_example(
        "GOV-01",
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-31",
        table="plan_actions",
        rows=PLAN.format(**counted),
        figure=(4, 8, 0),
        value="50.0",
    )


def test_the_plan_at_the_end_of_the_period_is_what_was_in_it_then(worked_example):
    worked_example(
        "GOV-01",
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-31",
        table="plan_actions",
        rows="""
        action_id | kind | due_on     | status    | added_on   | withdrawn_on | key | counted | met | because
        ----------+------+------------+-----------+------------+--------------+-----+---------+-----+---------------------
        p1        | plan | 2017-12-15 |           | 2017-12-31 |              | p1  | yes     | no  | added on the last day
        p2        | plan | 2017-12-15 |           | 2018-01-01 |              |     |         |     | added the day after
        p3        | plan | 2017-12-15 | withdrawn |            | 2018-01-01   | p3  | yes     | no  | in it on the last day
        p4        | plan | 2017-12-15 | withdrawn |            | 2018-02-15   | p4  | yes     | no  | withdrawn after the as-at date
        p5        | plan | 2017-12-15 | withdrawn |            | 2017-12-31   |     |         |     | withdrawn on the last day
        p6        | plan | 2017-12-15 | withdrawn |            |              |     |         |     | withdrawn, nobody knows when
        """,
        figure=(0, 3, 0),
    )


@pytest.mark.parametrize("colour", COLOURS)
def test_colours_of_the_actions_of_the_plan(worked_example, colour):
    counted = {name: f"yes | {'yes' if name in COLOURS[colour] else 'no '}" for name in ALL}
    worked_example(
        "GOV-01",
        part=colour,
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-31",
        table="plan_actions",
        rows=PLAN.format(**counted),
        figure=(len(COLOURS[colour]), 13, 0),
    )
