"""Review conferences: is each child protection plan reviewed when it should be?"""

import pytest

from goldenthread.settings import Settings

# A day on which three and six months can end exactly: the 31st has no such months behind it.
ON_THE_30TH = {"period": "2017-12-01 to 2017-12-30", "as_at": "2018-01-31"}

REVIEWS = """
    child_id | conference_id | kind                | held_on
    ---------+---------------+---------------------+-----------
    c3       | k1            | review              | 2017-12-29
    c4       | k2            | review              | 2017-12-30
    c5       | k3            | review              | 2017-04-05
    c5       | k4            | review              | 2017-10-05
    c6       | k5            | review              | 2017-04-05
    c6       | k6            | review              | 2017-10-06
    c7       | k7            | review              | 2017-03-31
    c7       | k8            | review              | 2017-06-30
    c8       | k9            | review              | 2017-03-31
    c8       | k10           | review              | 2017-06-29
    c9       | k11           | review              | 2017-09-29
    d1       | k12           | review              | 2017-11-30
    d2       | k13           | initial             | 2017-12-01
    d2       | k14           | looked_after_review | 2017-12-01
    d4       | k15           | review              | 2018-01-05
    d5       | k16           | review              | 2017-12-01
    d5       | k17           | review              | 2017-12-01
    d6       | k18           | review              | 2016-04-05
    d6       | k19           | review              | 2016-10-04
    d6       | k20           | review              | 2017-04-04
    d6       | k21           | review              | 2017-10-04
"""
REVIEWED = """
    child_id | started_on | ended_on   | counted | met  | because
    ---------+------------+------------+---------+------+------------------------------------------------
    c1       | 2017-09-29 |            | yes     | no   | three months ended yesterday, no review
    c2       | 2017-09-30 |            |         |      | three months end today: not yet asked
    c3       | 2017-09-29 |            | yes     | yes  | reviewed on the day three months ended
    c4       | 2017-09-29 |            | yes     | no   | reviewed the day after
    c5       | 2017-01-05 |            | yes     | yes  | the first and the next on their last day
    c6       | 2017-01-05 |            | yes     | no   | the second a day late
    c7       | 2017-01-05 |            | yes     | yes  | the next is due today
    c8       | 2017-01-05 |            | yes     | no   | the next was due yesterday
    c9       | 2017-09-29 |            | yes     | no   | a review on the day the plan began is no review
    d1       | 2017-08-31 |            | yes     | yes  | three months end on the last of November
    d2       | 2017-09-29 |            | yes     | no   | conferences of other kinds
    d3       | 2017-01-05 |            |         |      | the later of two open plans counts
    d3       | 2017-10-16 |            |         |      | which is still new
    d4       | 2017-09-29 |            | yes     | no   | reviewed only in January
    d5       | 2017-09-29 |            | yes     | yes  | two on one day
    d6       | 2016-01-04 |            | yes     | {d6} | the first was a day late, in April 2016
    d7       | 2017-01-05 | 2017-12-30 |         |      | no longer open
"""


@pytest.mark.parametrize(
    ("look_back", "answer", "numerator"), [("whole_plan", "no", 5), ("last_12m", "yes", 6)]
)
def test_plans_reviewed_when_they_should_be(worked_example, look_back, answer, numerator):
    worked_example(
        "CP-10",
        **ON_THE_30TH,
        table="cp_plans",
        rows=REVIEWED.format(d6=answer),
        also={"conferences": REVIEWS},
        settings=Settings(parameters={"cp_review_look_back": look_back}),
        figure=(numerator, 13, 0),
    )


def test_months_may_be_counted_as_91_and_183_days(worked_example):
    worked_example(
        "CP-10",
        **ON_THE_30TH,
        table="cp_plans",
        rows="""
        child_id | started_on | counted | met | because
        ---------+------------+---------+-----+-----------------------------------------
        c1       | 2017-09-30 |         |     | 91 days end today: not yet asked
        c2       | 2017-09-29 | yes     | no  | 91 days ended yesterday
        c3       | 2017-07-01 | yes     | yes | reviewed on day 91
        c4       | 2017-07-01 | yes     | no  | on day 92, though within three months
        c5       | 2017-04-01 | yes     | yes | the next 183 days end today
        c6       | 2017-04-01 | yes     | no  | they ended yesterday
        """,
        also={
            "conferences": """
            child_id | kind   | held_on
            ---------+--------+-----------
            c3       | review | 2017-09-30
            c4       | review | 2017-10-01
            c5       | review | 2017-06-30
            c6       | review | 2017-06-29
            """
        },
        settings=Settings(parameters={"months_convention": "days_91_183"}),
        figure=(2, 5, 0),
    )


DUE = """
    child_id | started_on | ended_on   | counted | met   | because
    ---------+------------+------------+---------+-------+-----------------------------------------
    c1       | 2017-01-05 |            | yes     | {c1}  | due yesterday: overdue
    c2       | 2017-01-05 |            | yes     | {c2}  | due today
    c3       | 2017-01-05 |            | yes     | {c3}  | due in twenty working days, on 29 January
    c4       | 2017-01-05 |            | yes     | {c4}  | due the day after
    c5       | 2017-09-29 |            | yes     | {c5}  | none yet, the first due yesterday
    c6       | 2017-09-30 |            | yes     | {c6}  | none yet, the first due today
    c7       | 2017-10-30 |            | yes     | {c7}  | none yet, the first due on 30 January
    c8       | 2017-09-29 |            | yes     | {c8}  | the one on the first day is no review
    c9       | 2017-01-05 |            |         |       | the later of two open plans counts
    c9       | 2017-12-20 |            | yes     | {c9}  | the first due in March
    d1       | 2017-01-05 | 2017-12-30 |         |       | no longer open
"""
DUE_REVIEWS = """
    child_id | kind   | held_on
    ---------+--------+-----------
    c1       | review | 2017-06-29
    c2       | review | 2017-06-30
    c3       | review | 2017-07-29
    c4       | review | 2017-07-30
    c8       | review | 2017-09-29
"""


@pytest.mark.parametrize(("part", "found"), [("", "c1 c5 c8"), ("due_soon", "c2 c3 c6")])
def test_reviews_overdue_and_due_soon(worked_example, part, found):
    answers = {f"c{n}": "no " if f"c{n}" in found else "yes" for n in range(1, 10)}
    worked_example(
        "CP-11",
        part=part,
        **ON_THE_30TH,
        table="cp_plans",
        rows=DUE.format(**answers),
        also={"conferences": DUE_REVIEWS},
        figure=(3, 9, 0),
    )
