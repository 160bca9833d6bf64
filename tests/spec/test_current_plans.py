"""Does every open child have the plan that the child should have?"""

from goldenthread.settings import Settings

REFERRALS = """
    child_id | received_on | counted | met | because
    ---------+-------------+---------+-----+-------------------------------------------------------------------
    c1       | 2017-01-02  | {c1} | looked after for 11 working days without a care plan
    c2       | 2017-01-02  | {c2} | looked after for 10 working days and nothing else: not due
    c3       | 2017-01-02  | {c3} | looked after, with a care plan
    c4       | 2017-01-02  | {c4} | the care plan was made after the day asked for
    c5       | 2017-01-02  | yes     | yes | newly looked after, but the protection plan is a plan
    c6       | 2017-01-02  | yes     | yes | on a child protection plan
    c7       | 2017-01-02  | yes     | no  | in need, without a plan
    c8       | 2017-01-02  | yes     | yes | in need, with a plan
    c9       | 2017-12-20  | no      |     | still in assessment: not due
    c10      | 2017-01-02  | {c10} | a relevant young person without a pathway plan
    c11      | 2017-01-02  | {c11} | a pathway review on the last day
    c12      | 2017-01-02  |         |     | qualifying only: no plan of any type is looked for
    c13      | 2017-12-20  |         |     | a referral nobody has begun to assess
"""
TOLD = {
    "c1": "yes     | no ",
    "c2": "no      |    ",
    "c3": "yes     | yes",
    "c4": "yes     | no ",
    "c10": "yes     | no ",
    "c11": "yes     | yes",
}
OUTSIDE = "        |    "
ALSO = {
    "care_periods": """
    child_id | started_on | first_care_plan_on | legal_status
    ---------+------------+--------------------+-------------
    c1       | 2017-12-12 |                    | C2
    c2       | 2017-12-13 |                    | C2
    c3       | 2017-01-02 | 2017-12-31         | C2
    c4       | 2017-01-02 | 2018-01-02         | C2
    c5       | 2017-12-13 |                    | C2
    """,
    "cp_plans": """
    child_id | started_on
    ---------+-----------
    c4       | 2017-01-02
    c5       | 2017-01-02
    c6       | 2017-12-31
    """,
    "cin_plans": """
    child_id | started_on | ended_on
    ---------+------------+-----------
    c7       | 2017-01-02 | 2017-12-31
    c8       | 2017-12-31 |
    """,
    "assessments": """
    child_id | started_on
    ---------+-----------
    c9       | 2017-12-20
    """,
    "care_leaver_statuses": """
    child_id | recorded_on | is_service_open | eligibility
    ---------+-------------+-----------------+----------------
    c10      | 2017-01-02  | yes             | relevant
    c11      | 2017-01-02  | yes             | former_relevant
    c12      | 2017-01-02  | yes             | qualifying
    """,
    "pathway_plans": """
    child_id | kind             | done_on
    ---------+------------------+-----------
    c10      | needs_assessment | 2017-06-01
    c10      | plan             | 2018-01-01
    c11      | review           | 2017-12-31
    """,
}


def _check(worked_example, told, **details):
    worked_example(
        "CIN-09",
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-31",
        table="referrals",
        rows=REFERRALS.format(**{**TOLD, **told}),
        **{"also": ALSO, **details},
    )


def test_children_without_a_current_plan(worked_example):
    _check(worked_example, {}, figure=(4, 9, 0))


def test_looked_after_children_are_left_out_where_no_care_plan_date_was_supplied(worked_example):
    _check(
        worked_example,
        {"c1": OUTSIDE, "c3": OUTSIDE, "c4": OUTSIDE},
        without=("care_periods.first_care_plan_on",),
        figure=(2, 6, 0),
    )


def test_care_leavers_are_left_out_where_no_pathway_plans_were_supplied(worked_example):
    also = {name: text for name, text in ALSO.items() if name != "pathway_plans"}
    _check(worked_example, {"c10": OUTSIDE, "c11": OUTSIDE}, also=also, figure=(3, 7, 0))


def test_the_days_before_a_care_plan_is_due_are_a_parameter(worked_example):
    _check(
        worked_example,
        {"c1": "no      |    "},
        settings=Settings(parameters={"care_plan_wd": 11}),
        figure=(3, 8, 0),
    )


def test_a_case_is_placed_by_the_social_worker_and_a_care_leaver_by_the_adviser(worked_example):
    worked_example(
        "CIN-09",
        period="2017-12-31",
        table="care_leaver_statuses",
        rows="""
        child_id | recorded_on | is_service_open | eligibility | counted | met | team      | because
        ---------+-------------+-----------------+-------------+---------+-----+-----------+---------------------
        c1       | 2017-01-02  | yes             | relevant    | yes     | no  | Leaving   | no open case
        c2       | 2017-01-02  | yes             | relevant    | yes     | no  | Safeguard | a case is open too
        c3       | 2017-01-02  | yes             | relevant    | yes     | no  | not known | an adviser is not tried
        """,
        also={
            "referrals": "child_id | received_on\nc2 | 2017-01-02\nc3 | 2017-01-02",
            "allocations": """
            child_id | role             | team      | started_on
            ---------+------------------+-----------+-----------
            c1       | personal_adviser | Leaving   | 2017-01-02
            c2       | personal_adviser | Leaving   | 2017-01-02
            c2       | social_worker    | Safeguard | 2017-01-02
            c3       | personal_adviser | Leaving   | 2017-01-02
            """,
            **dict.fromkeys(("care_periods", "cp_plans", "cin_plans", "assessments"), "child_id"),
            "pathway_plans": "child_id | kind | done_on\nc9 | plan | 2017-01-02",
        },
        figure=(3, 3, 0),
    )
