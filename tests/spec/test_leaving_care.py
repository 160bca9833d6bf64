"""Leaving care: do young people have a plan, a home, something to do, and somebody who keeps in touch?"""

import pytest

from goldenthread.settings import Settings

DAY = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31", "table": "care_leaver_statuses"}

STATUSES = """
    child_id | recorded_on | is_service_open | eligibility     | in_touch | counted | met | because
    ---------+-------------+-----------------+-----------------+----------+---------+-----+---------------------
"""
PLANS = {
    "pathway_plans": """
    child_id | kind             | done_on
    ---------+------------------+-----------
    c1       | plan             | 2017-12-31
    c2       | needs_assessment | 2017-06-01
    c3       | plan             | 2018-01-01
    c4       | plan             | 2016-01-04
    c4       | review           | 2017-06-30
    c5       | plan             | 2017-06-29
    c6       | plan             | 2017-12-01
    c13      | review           | 2017-12-01
    """,
    "children": """
    child_id | born_on
    ---------+-----------
    c1       | 1993-01-01
    c6       | 1992-12-31
    c13      | 2001-03-01
    """,
}
PLANNED = """
    c1       | 2017-12-31  | yes             | relevant        |          | yes     | yes | planned on the day; 25 tomorrow
    c2       | 2017-01-02  | yes             | former_relevant | YES      | yes     | no  | a needs assessment is no plan
    c3       | 2017-01-02  | yes             | former_relevant | REFU     | yes     | no  | planned only in January
    c4       | 2017-01-02  | yes             | former_relevant | NO       | yes     | yes | a review is evidence of a plan
    c5       | 2017-01-02  | yes             | former_relevant | YES      | yes     | yes | age not known: under 25
    c6       | 2017-01-02  | yes             | former_relevant | YES      |         |     | 25 that day
    c7       | 2017-01-02  | yes             | former_relevant | RHOM     |         |     | returned home
    c8       | 2017-01-02  | yes             | former_relevant | DIED     |         |     | died
    c9       | 2017-01-02  | yes             | qualifying      | YES      |         |     | not of these categories
    c10      | 2017-01-02  | no              | relevant        | YES      |         |     | services are closed
    c11      | 2018-01-01  | yes             | relevant        | YES      |         |     | recorded in January
    c12      | 2017-01-02  | yes             | relevant        | YES      |         |     | the later one decides
    c12      | 2017-06-01  | no              | relevant        | YES      |         |     | closed since June
"""
ELIGIBLE = """
    c13      | 2017-01-02  | yes             | eligible        | YES      | {0} | asked for by a parameter only
"""


def test_care_leavers_with_a_pathway_plan(worked_example):
    rows = STATUSES + PLANNED + ELIGIBLE.format(" | ")
    worked_example("CL-01", **DAY, rows=rows, also=PLANS, figure=(3, 5, 0))


def test_eligible_children_join_where_asked_for(worked_example):
    worked_example(
        "CL-01",
        **DAY,
        rows=STATUSES + PLANNED + ELIGIBLE.format("yes | yes"),
        also=PLANS,
        settings=Settings(parameters={"pathway_include_eligible": True}),
        figure=(4, 6, 0),
    )


def test_categories_that_should_have_a_plan_are_a_parameter(worked_example):
    worked_example(
        "CL-01",
        **DAY,
        rows=STATUSES
        + """
        c1  | 2017-12-31 | yes | relevant        |     |     |    | not asked for
        c2  | 2017-01-02 | yes | former_relevant | YES |     |    | a longer word with relevant in it
        c9  | 2017-01-02 | yes | qualifying      | YES | yes | no | asked for
        """,
        also=PLANS,
        settings=Settings(parameters={"pathway_categories": ["qualifying"]}),
        figure=(0, 1, 0),
    )


REVIEWED = """
    c1       | 2017-12-31  | yes             | relevant        |          | yes     | yes | that day
    c4       | 2017-01-02  | yes             | former_relevant | NO       | yes     | yes | exactly six months before
    c5       | 2017-01-02  | yes             | former_relevant | YES      | yes     | no  | six months and a day
    c9       | 2017-01-02  | yes             | qualifying      | YES      |         |     | not of these categories
"""
WITHOUT = """
    c2       | 2017-01-02  | yes             | former_relevant | YES      | {0} | no plan to review
"""


def test_pathway_plans_reviewed_in_six_months(worked_example):
    day = {**DAY, "period": "2017-12-01 to 2017-12-30"}
    rows = STATUSES + REVIEWED.replace("2017-12-31  | yes", "2017-12-01  | yes")
    also = {**PLANS, "pathway_plans": PLANS["pathway_plans"].replace("2017-12-31", "2017-12-30")}
    worked_example("CL-02", **day, rows=rows + WITHOUT.format(" | "), also=also, figure=(2, 3, 0))


def test_all_who_should_have_a_plan_count_where_asked_for(worked_example):
    worked_example(
        "CL-02",
        **DAY,
        rows=STATUSES + REVIEWED + WITHOUT.format("yes | no"),
        also=PLANS,
        settings=Settings(parameters={"pathway_review_denominator": "all"}),
        figure=(2, 4, 0),
    )


BORN = {
    "children": """
    child_id | born_on    | is_unborn
    ---------+------------+----------
    a17      | 2000-12-31 |
    a18      | 1999-01-01 |
    a19      | 1998-12-31 |
    a21      | 1996-01-01 |
    a22      | 1995-12-31 |
    leap     | 1996-02-29 |
    unborn   |            | yes
    rel17    | 2000-12-31 |
    """
}
EET = """
    child_id | recorded_on | is_service_open | eligibility     | in_touch | activity | counted | met     | because
    ---------+-------------+-----------------+-----------------+----------+----------+---------+---------+----------
    a17      | 2017-01-02  | yes             | former_relevant | YES      | F1       | {0} | 17 that day
    a18      | 2017-01-02  | yes             | former_relevant | NO       | G5       | {1} | 18, not in education
    a19      | 2017-01-02  | yes             | former_relevant | YES      | P5       | {2} | 19 that day, part time
    a21      | 2017-01-02  | yes             | former_relevant | YES      | G4       | {3} | 22 tomorrow
    a22      | 2017-01-02  | yes             | former_relevant | YES      | F2       |         |         | 22 that day
    leap     | 2017-01-02  | yes             | former_relevant | NO       | 0        | {4} | not known, still counted
    rel17    | 2017-01-02  | yes             | relevant        | YES      |          | {5} | relevant, blank
    nobirth  | 2017-01-02  | yes             | former_relevant | YES      | F1       | no      | unknown | no date of birth
    unborn   | 2017-01-02  | yes             | former_relevant | YES      | F1       |         |         | has no age
    gone     | 2017-01-02  | yes             | former_relevant | RHOM     | F1       |         |         | returned home
    other    | 2017-01-02  | yes             | qualifying      | YES      | F1       |         |         | qualifying only
"""
OUT, YES, NO, UNKNOWN_IN = "        |        ", "yes     | yes    ", "yes     | no     ", "yes     | unknown"


@pytest.mark.parametrize(
    ("part", "answers", "figure"),
    [
        ("", (OUT, OUT, YES, NO, UNKNOWN_IN, OUT), (1, 3, 2)),
        ("age17_18", (YES, NO, OUT, OUT, OUT, UNKNOWN_IN), (1, 3, 2)),
    ],
)
def test_care_leavers_in_education_employment_or_training(worked_example, part, answers, figure):
    worked_example("CL-03", **DAY, part=part, rows=EET.format(*answers), also=BORN, figure=figure)


def test_a_birthday_of_29_february_falls_on_1_march(worked_example):
    worked_example(
        "CL-03",
        period="2018-02-28",
        table="care_leaver_statuses",
        rows="""
        child_id | recorded_on | is_service_open | eligibility     | activity | counted | met | because
        ---------+-------------+-----------------+-----------------+----------+---------+-----+---------------
        leap     | 2017-01-02  | yes             | former_relevant | F1       | yes     | yes | still 21
        """,
        also=BORN,
        figure=(1, 1, 0),
    )


def test_care_leavers_in_suitable_accommodation(worked_example):
    worked_example(
        "CL-04",
        **DAY,
        rows="""
        child_id | recorded_on | is_service_open | eligibility     | accommodation | is_suitable_accommodation | counted | met     | because
        ---------+-------------+-----------------+-----------------+---------------+---------------------------+---------+---------+--------------------------
        a19      | 2017-01-02  | yes             | former_relevant | U             | yes                       | yes     | yes     | suitable
        a21      | 2017-01-02  | yes             | former_relevant | W             | no                        | yes     | no      | not suitable
        leap     | 2017-01-02  | yes             | former_relevant | U             |                           | yes     | unknown | blank counts as not suitable
        c1       | 2017-01-02  | yes             | former_relevant | 0             | yes                       | yes     | unknown | 0 is not known, whatever it says
        c2       | 2017-01-02  | yes             | former_relevant |               | yes                       | yes     | yes     | accommodation blank stays in
        c3       | 2017-01-02  | yes             | former_relevant | G             |                           |         |         | abroad
        c4       | 2017-01-02  | yes             | former_relevant | R             |                           |         |         | outside before the age is asked
        nobirth  | 2017-01-02  | yes             | former_relevant | U             | yes                       | no      | unknown | no date of birth
        """,
        also={
            "children": BORN["children"]
            + """
            c1 | 1997-06-01 |
            c2 | 1997-06-01 |
            c3 | 1997-06-01 |
            """
        },
        figure=(2, 5, 3),
    )


TOUCH = """
    child_id | recorded_on | is_service_open | eligibility     | in_touch | counted | met     | because
    ---------+-------------+-----------------+-----------------+----------+---------+---------+--------------------
    a19      | 2017-01-02  | yes             | former_relevant | YES      | yes     | {0} | in touch
    a21      | 2017-01-02  | yes             | former_relevant | REFU     | yes     | {1} | refuses
    leap     | 2017-01-02  | yes             | former_relevant | NREQ     | yes     | {2} | needs nothing
    c1       | 2017-01-02  | yes             | former_relevant |          | yes     | unknown | blank counts as no
    c2       | 2017-01-02  | yes             | former_relevant | DIED     |         |         | died
"""


@pytest.mark.parametrize(
    ("part", "answers"), [("", "yes no no"), ("refused", "no yes no"), ("not_required", "no no yes")]
)
def test_care_leavers_the_council_is_in_touch_with(worked_example, part, answers):
    also = {"children": BORN["children"] + "\nc1 | 1997-06-01 |"}
    worked_example(
        "CL-05", **DAY, part=part, rows=TOUCH.format(*answers.split()), also=also, figure=(1, 4, 1)
    )


def test_care_leavers_with_contact_in_eight_weeks(worked_example):
    worked_example(
        "CL-06",
        **DAY,
        rows="""
        child_id | recorded_on | is_service_open | eligibility | in_touch | last_contact_on | counted | met | because
        ---------+-------------+-----------------+-------------+----------+-----------------+---------+-----+-----------------------------
        c1       | 2017-01-02  | yes             | qualifying  | YES      | 2017-11-05      | yes     | yes | exactly 56 days before
        c2       | 2017-01-02  | yes             | relevant    | NO       | 2017-11-04      | yes     | no  | 57 days; the later visit is not looked at
        c3       | 2017-01-02  | yes             | relevant    |          |                 | yes     | yes | a visit by the adviser
        c4       | 2017-01-02  | yes             | relevant    | YES      |                 | yes     | no  | neither
        c5       | 2017-01-02  | yes             | relevant    | YES      | 2018-01-05      | yes     | yes | that contact is not yet known: the visit
        c6       | 2017-01-02  | yes             | relevant    | NREQ     |                 |         |     | needs no services
        c7       | 2017-01-02  | yes             | eligible    | YES      | 2017-12-01      |         |     | still looked after
        """,
        also={
            "visits": """
            child_id | kind        | visited_at
            ---------+-------------+-----------------
            c2       | care_leaver | 2017-12-20
            c3       | care_leaver | 2017-12-01 16:00
            c4       | cin         | 2017-12-01
            c5       | care_leaver | 2017-12-01
            """
        },
        figure=(3, 5, 0),
    )


def test_care_leavers_with_a_personal_adviser(worked_example):
    worked_example(
        "CL-07",
        **DAY,
        rows="""
        child_id | recorded_on | is_service_open | eligibility | counted | met | because
        ---------+-------------+-----------------+-------------+---------+-----+-------------------------------------
        c1       | 2017-01-02  | yes             | relevant    | yes     | yes | allocated that day
        c2       | 2017-01-02  | yes             | relevant    | yes     | no  | a social worker is no adviser
        c3       | 2017-01-02  | yes             | relevant    | yes     | no  | the allocation ended that day
        c4       | 2017-01-02  | yes             | relevant    | yes     | no  | nobody is named
        c5       | 2017-01-02  | yes             | relevant    | yes     | no  | a duty desk is nobody
        c6       | 2017-01-02  | yes             | relevant    | yes     | no  | a post says that this worker is the pool
        c7       | 2017-01-02  | yes             | relevant    | yes     | yes | one of two allocations names somebody
        """,
        also={
            "allocations": """
            child_id | worker_id | team | role             | started_on | ended_on
            ---------+-----------+------+------------------+------------+-----------
            c1       | w1        | t    | personal_adviser | 2017-12-31 |
            c2       | w1        | t    | social_worker    | 2017-01-02 |
            c3       | w1        | t    | personal_adviser | 2017-01-02 | 2017-12-31
            c4       |           | t    | personal_adviser | 2017-01-02 |
            c5       | EAST_DUTY | t    | personal_adviser | 2017-01-02 |
            c6       | w2        | t    | personal_adviser | 2017-01-02 |
            c7       | w1        | t    | personal_adviser | 2017-01-02 |
            c7       |           | t    | personal_adviser | 2017-06-01 |
            """,
            "posts": "worker_id | worker_name | started_on\nw2 | The pool | 2017-01-02",
        },
        figure=(2, 7, 0),
    )


HOMES = """
    child_id | recorded_on | is_service_open | eligibility | accommodation | is_suitable_accommodation | counted | met | because
    ---------+-------------+-----------------+-------------+---------------+---------------------------+---------+-----+--------
    c1       | 2017-01-02  | yes             | relevant    | W             | no                        | {0} | bed and breakfast
    c2       | 2017-01-02  | yes             | relevant    | V             |                           | {1} | emergency; suitable or not is blank
    c3       | 2017-01-02  | yes             | relevant    |               | no                        | {2} | unsuitable; where is blank
    c4       | 2017-01-02  | yes             | relevant    | U             | yes                       | {3} | well housed
    c5       | 2017-01-02  | yes             | relevant    | U             |                           | {4} | nobody can say whether all is well
    c6       | 2017-01-02  | yes             | relevant    |               | yes                       | {5} | nor here
"""
FINE, BAD, BLANK = "yes     | yes", "yes     | no ", "no      | unknown"


@pytest.mark.parametrize(
    ("part", "answers", "figure"),
    [
        ("", (BAD, BAD, BAD, FINE, BLANK, BLANK), (3, 4, 2)),
        ("bed_and_breakfast", (BAD, FINE, BLANK, FINE, BLANK, BLANK), (1, 3, 3)),
        ("emergency", (FINE, BAD, BLANK, FINE, BLANK, BLANK), (1, 3, 3)),
        ("unsuitable", (BAD, BLANK, BAD, FINE, BLANK, BLANK), (2, 3, 3)),
    ],
)
def test_care_leavers_badly_housed(worked_example, part, answers, figure):
    worked_example("CL-09", **DAY, part=part, rows=HOMES.format(*answers), figure=figure)
