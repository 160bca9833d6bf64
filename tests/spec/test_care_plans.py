"""Plans for children in care: is there a care plan, and a plan for permanence by the second review?"""

import pytest

ON_THE_30TH = {"period": "2017-12-01 to 2017-12-30", "as_at": "2018-01-31"}

CARE_PLANS = """
    child_id | started_on | first_care_plan_on | latest_care_plan_on | legal_status | counted | met  | because
    ---------+------------+--------------------+---------------------+--------------+---------+------+-------------
    c1       | 2017-01-05 | 2017-01-19         | 2017-06-30          | C2           | yes     | {c1} | six months
    c2       | 2017-01-05 | 2017-01-20         | 2017-06-29          | C2           | yes     | {c2} | a day more
    c3       | 2017-06-01 | 2017-07-05         |                     | C2           | yes     | {c3} | the first only
    c4       | 2017-12-12 |                    |                     | C2           | yes     | {c4} | none
    c5       | 2017-12-13 |                    |                     | C2           |         |      | ten days: too new
    c6       | 2017-01-05 | 2017-07-05         | 2018-01-02          | C2           | yes     | {c6} | latest in January
    c7       | 2017-07-05 | 2017-07-04         |                     | C2           | yes     | {c7} | before care began
    c8       | 2017-07-05 | 2017-07-04         |                     | V4           |         |      | short breaks
"""


@pytest.mark.parametrize(("part", "met"), [("", "c1 c3 c6 c7"), ("first_in_time", "c1 c7")])
def test_children_in_care_with_a_current_care_plan(worked_example, part, met):
    answers = {f"c{n}": "yes" if f"c{n}" in met else "no" for n in (1, 2, 3, 4, 6, 7)}
    worked_example(
        "LAC-07",
        part=part,
        **ON_THE_30TH,
        table="care_periods",
        rows=CARE_PLANS.format(**answers),
        figure=(len(met.split()), 6, 0),
    )


def test_plans_for_permanence_by_the_second_review(worked_example):
    worked_example(
        "LAC-18",
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-31",
        table="care_periods",
        rows="""
        child_id | started_on | ended_on   | permanence_plan_on | legal_status | counted | met | because
        ---------+------------+------------+--------------------+--------------+---------+-----+-----------------
        c1       | 2017-08-05 |            | 2017-12-05         | C2           | yes     | yes | four months
        c2       | 2017-08-05 |            | 2017-12-06         | C2           | yes     | no  | a day more
        c3       | 2017-08-05 |            | 2017-12-02         | C2           | yes     | no  | the review was before
        c4       | 2017-08-05 |            | 2017-12-05         | C2           |         |     | it was in November
        c5       | 2017-08-05 |            |                    | C2           | yes     | no  | no plan
        c6       | 2017-08-05 | 2017-12-05 | 2017-10-05         | C2           |         |     | ended that day
        c7       | 2017-08-05 |            | 2017-10-05         | V4           |         |     | short breaks
        c8       | 2017-08-31 |            | 2017-10-05         | C2           | yes     | yes | due 31 December
        c9       | 2017-09-01 |            | 2017-10-05         | C2           |         |     | due in January
        d1       | 2017-08-05 |            | 2017-12-08         | C2           | yes     | no  | the review was later
        """,
        also={
            "conferences": """
            child_id | kind                | held_on
            ---------+---------------------+-----------
            c1       | looked_after_review | 2017-09-01
            c3       | looked_after_review | 2017-09-01
            c3       | looked_after_review | 2017-12-01
            c4       | looked_after_review | 2017-09-01
            c4       | looked_after_review | 2017-11-30
            d1       | looked_after_review | 2017-09-01
            d1       | looked_after_review | 2017-12-10
            """
        },
        figure=(2, 6, 0),
    )
