"""Children in care: how many, who comes in, who leaves and where to, and who changes social worker?"""

import pytest

from goldenthread.settings import Settings

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}

BORN = """
    child_id | born_on    | is_unborn
    ---------+------------+----------
    c1       | 2010-01-01 |
    c7       | 1999-12-31 |
    c8       | 2000-01-01 |
    c9       |            | yes
"""


def test_children_in_care(worked_example):
    worked_example(
        "LAC-01",
        **DECEMBER,
        table="care_periods",
        rows="""
        child_id | started_on | ended_on   | legal_status | counted | met | because
        ---------+------------+------------+--------------+---------+-----+------------------------------------
        c1       | 2017-12-31 |            | C2           | yes     | yes | begun on the day
        c2       | 2017-01-05 | 2017-12-31 | C2           |         |     | the day of ending is no longer open
        c3       | 2017-01-05 | 2018-01-01 | C2           | yes     | yes | ended the day after
        c4       | 2017-01-05 |            | V3           |         |     | a series of short breaks
        c5       | 2017-01-05 |            | V4           |         |     | a series of short breaks
        c6       | 2017-01-05 |            |              | yes     | yes | blank is no short break; no birth date
        c7       | 2017-01-05 |            | C2           |         |     | eighteen today
        c8       | 2017-01-05 |            | C2           | yes     | yes | eighteen tomorrow
        c9       | 2017-12-20 |            | C2           | yes     | yes | recorded as unborn: under eighteen
        d1       | 2017-01-05 |            | C2           | yes     | yes | two open periods are one child
        d1       | 2017-02-01 |            | V2           |         |     | the same child
        d2       | 2017-01-05 |            | V3           |         |     | the short breaks are passed over
        d2       | 2016-01-05 |            | C2           | yes     | yes | and the care order counts
        d3       | 2017-01-05 | 2017-01-04 | C2           |         |     | ended before it began: never open
        d4       | 2018-01-01 |            | C2           |         |     | not yet begun
        """,
        also={"children": BORN},
        figure=(7, None, 0),
    )


STARTED = """
    child_id | care_period_id | started_on | ended_on   | end_reason | legal_status | counted | met | because
    ---------+----------------+------------+------------+------------+--------------+---------+-----+--------
    c1       | p1             | 2017-12-01 |            |            | C2 | {c1} | came in on the first day
    c2       | p2             | 2017-12-05 | 2017-12-10 | E4A        | C2 | {c2} | came in twice, left twice: once each
    c2       | p3             | 2017-12-20 | 2017-12-31 | E4A        | C2 | {no} | the second time
    c3       | p4             | 2017-12-05 | 2017-12-10 | E4A        | V3 | {no} | short breaks
    c4       | p5             | 2017-11-30 | 2018-01-01 | E4A        | C2 | {no} | in the day before, out the day after
    c5       | p6             | 2016-01-05 | 2017-12-05 | X1         | C2 | {no} | the next period follows: no leaving
    c5       | p7             | 2017-12-05 |            |            | V2 | {c5} | but counts as coming in
    c6       | p8             | 2016-01-05 | 2017-12-05 | X1         | C2 | {no} | followed by another
    c6       | p9             | 2017-12-05 | 2017-12-20 |            | C2 | {c6} | without a reason: left care
    c7       | p10            | 2016-01-05 | 2017-12-05 | E4A        | C2 | {no} | left care,
    c7       | p11            | 2017-12-05 | 2017-12-20 | X1         | C2 | {c7} | but the last ending is not a leaving
"""
INSIDE, OUTSIDE = "yes | yes", "    |    "


@pytest.mark.parametrize(
    ("part", "inside", "number"), [("", "c1 c2 c5 c6 c7", 5), ("ceased", "c2 c6", 2)], ids=["in", "out"]
)
def test_children_coming_into_care_and_leaving_it(worked_example, part, inside, number):
    answers = {f"c{n}": INSIDE if f"c{n}" in inside else OUTSIDE for n in range(1, 8)}
    worked_example(
        "LAC-03",
        part=part,
        **DECEMBER,
        table="care_periods",
        rows=STARTED.format(no=OUTSIDE, **answers),
        figure=(number, None, 0),
    )


LEFT = """
    child_id | started_on | ended_on   | end_reason | legal_status | counted | met   | because
    ---------+------------+------------+------------+--------------+---------+-------+------------------------
    c1       | 2016-01-05 | 2017-12-01 | E11        | E1           | yes     | {c1}  | adopted
    c2       | 2016-01-05 | 2017-12-31 | E12        | E1           | yes     | {c2}  | adopted
    c3       | 2016-01-05 | 2017-12-05 | E43        | C2           | yes     | {c3}  | special guardianship
    c4       | 2016-01-05 | 2017-12-05 | E48        | C2           | yes     | {c4}  | special guardianship
    c5       | 2016-01-05 | 2017-12-05 | E41        | C2           | yes     | {c5}  | child arrangements
    c6       | 2016-01-05 | 2017-12-05 | E4A        | V2           | yes     | {c6}  | home, as planned
    c7       | 2016-01-05 | 2017-12-05 | E4B        | V2           | yes     | {c7}  | home, not as planned
    c8       | 2016-01-05 | 2017-12-05 |            | V2           | yes     | {c8}  | no reason is recorded
    c9       | 2016-01-05 | 2017-12-05 | E8         | V2           | yes     | {c9}  | another reason
    d1       | 2016-01-05 | 2017-12-05 | X1         | V2           |         |       | another period follows
    d2       | 2016-01-05 | 2017-12-05 | E4A        | V4           | yes     | {d2}  | short breaks count here
    d3       | 2016-01-05 | 2017-11-30 | E11        | E1           |         |       | left the day before
    d4       | 2017-01-05 | 2017-12-05 | E4B        | V2           |         |       | came back and left again:
    d4       | 2017-12-06 | 2017-12-20 | E41        | C2           | yes     | {d4}  | the last leaving counts
    d5       | 2017-01-05 | 2017-12-05 | E4B        | V2           |         |       | came back,
    d5       | 2017-12-20 |            |            | C2           |         |       | and has not left again
"""


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("", "c1 c2"),
        ("special_guardianship", "c3 c4"),
        ("child_arrangements", "c5 d4"),
        ("home_planned", "c6 d2"),
        ("home_unplanned", "c7"),
        ("not_recorded", "c8"),
    ],
)
def test_where_children_go_when_they_leave_care(worked_example, part, found):
    children = [f"c{n}" for n in range(1, 10)] + ["d2", "d4"]
    answers = {child: "yes" if child in found else "no " for child in children}
    worked_example(
        "LAC-19",
        part=part,
        **DECEMBER,
        table="care_periods",
        rows=LEFT.format(**answers),
        figure=(len(found.split()), 11, 0),
    )


WORKERS = """
    child_id | worker_id  | role          | started_on | ended_on
    ---------+------------+---------------+------------+-----------
    c1       | w1         | social_worker | 2016-01-05 | 2017-01-01
    c1       | w2         | social_worker | 2017-01-01 | 2017-06-01
    c1       | w3         | social_worker | 2017-06-01 |
    c2       | w1         | social_worker | 2016-01-05 | 2016-12-31
    c2       | w2         | social_worker | 2016-12-31 | 2017-06-01
    c2       | w3         | social_worker | 2017-06-01 |
    c3       | w1         | social_worker | 2016-01-05 | 2017-02-01
    c3       | w2         | social_worker | 2017-02-01 | 2017-06-01
    c3       | w1         | social_worker | 2017-06-01 |
    c4       | w1         | social_worker | 2016-01-05 | 2017-02-01
    c4       | EAST_DUTY  | social_worker | 2017-02-01 | 2017-03-01
    c4       |            | social_worker | 2017-03-01 | 2017-06-01
    c4       | w3         | social_worker | 2017-06-01 |
    c6       | w1         | social_worker | 2017-01-05 | 2017-02-01
    c6       | w2         | social_worker | 2017-02-01 | 2017-12-31
    c6       | w3         | social_worker | 2017-12-31 |
    c7       | w1         | social_worker | 2017-01-05 |
    c7       | w2         | social_worker | 2017-06-05 | 2017-06-04
    c7       | w3         | social_worker | 2018-01-01 |
    c7       | w4         | iro           | 2017-06-01 |
    c7       | w5         | social_worker | 2017-07-01 | 2017-07-01
"""


def test_children_in_care_with_three_social_workers_in_a_year(worked_example):
    worked_example(
        "LAC-21",
        **DECEMBER,
        table="care_periods",
        rows="""
        child_id | started_on | legal_status | counted | met | because
        ---------+------------+--------------+---------+-----+-----------------------------------------------
        c1       | 2016-01-05 | C2           | yes     | no  | the first until a day inside the twelve months
        c2       | 2016-01-05 | C2           | yes     | yes | the first until twelve months before: only two
        c3       | 2016-01-05 | C2           | yes     | yes | the first came back: two
        c4       | 2016-01-05 | C2           | yes     | yes | a duty desk and a blank are not workers
        c5       | 2016-01-05 | C2           | yes     | yes | nobody
        c6       | 2017-12-31 | C2           | yes     | no  | three, two of them before care began
        c7       | 2016-01-05 | C2           | yes     | yes | one ended before it began, one later, one an IRO
        c8       | 2016-01-05 | V4           |         |     | short breaks
        """,
        also={"allocations": WORKERS},
        figure=(2, 7, 0),
    )


@pytest.mark.parametrize(
    ("populations", "on_a_plan", "in_need", "figure"),
    [
        (["LAC"], "   |    ", "   |    ", (1, 2, 0)),
        (["LAC", "CP"], "yes | no ", "   |    ", (2, 3, 0)),
        (["LAC", "CP", "CIN"], "yes | no ", "yes | yes", (2, 4, 0)),
    ],
    ids=["in care", "and on a plan", "and in need"],
)
def test_children_on_a_plan_and_in_need_may_be_added(worked_example, populations, on_a_plan, in_need, figure):
    worked_example(
        "LAC-21",
        **DECEMBER,
        table="cp_plans",
        rows=f"""
        child_id | started_on | ended_on   | counted | met | because
        ---------+------------+------------+---------+-----+----------------------------------------
        c1       | 2017-01-05 |            | {on_a_plan} | on a plan, with three workers
        c2       | 2017-01-05 | 2017-06-01 | {in_need} | no longer on a plan, but in need, with two
        c3       | 2017-01-05 |            | yes | no  | in care and on a plan: once, with three
        c4       | 2017-01-05 | 2017-06-01 | yes | yes | in care
        c5       | 2017-01-05 | 2017-06-01 |     |     | closed
        """,
        also={
            "care_periods": """
            child_id | started_on | legal_status
            ---------+------------+-------------
            c3       | 2017-06-05 | C2
            c4       | 2017-06-05 | C2
            """,
            "cin_plans": """
            child_id | started_on
            ---------+-----------
            c2       | 2017-06-01
            """,
            "allocations": "child_id | worker_id | role | started_on\n"
            + "\n".join(
                f"{child} | w{number} | social_worker | 2017-0{number}-05"
                for child, workers in {"c1": 3, "c2": 2, "c3": 3, "c5": 3}.items()
                for number in range(1, workers + 1)
            ),
        },
        settings=Settings(parameters={"worker_change_populations": populations}),
        figure=figure,
    )


def test_unaccompanied_children(worked_example):
    worked_example(
        "LAC-23",
        **DECEMBER,
        table="care_periods",
        rows="""
        child_id | started_on | ended_on   | is_uasc | counted | met     | because
        ---------+------------+------------+---------+---------+---------+---------------------------------
        c1       | 2017-01-05 |            | yes     | yes     | yes     | unaccompanied
        c2       | 2017-01-05 |            | no      | yes     | no      | not unaccompanied
        c3       | 2017-01-05 |            |         | yes     | unknown | blank is kept, as a no
        c4       | 2017-01-05 | 2017-12-31 | yes     |         |         | no longer in care
        c5       | 2016-01-05 |            | no      |         |         | the later of two open periods
        c5       | 2017-01-05 |            | yes     | yes     | yes     | decides
        """,
        figure=(2, 4, 1),
    )


def test_children_who_come_back_within_a_year(worked_example):
    worked_example(
        "LAC-29",
        **DECEMBER,
        table="care_periods",
        rows="""
        child_id | started_on | ended_on   | legal_status | counted | met | because
        ---------+------------+------------+--------------+---------+-----+----------------------------------
        c1       | 2017-12-05 |            | C2           | yes     | no  | left exactly twelve months before
        c1       | 2016-01-05 | 2016-12-05 | C2           |         |     | that leaving
        c2       | 2017-12-05 |            | C2           | yes     | yes | left a day more than that before
        c2       | 2016-01-05 | 2016-12-04 | C2           |         |     | that leaving
        c3       | 2017-12-05 |            | C2           | yes     | no  | left the same day
        c3       | 2016-01-05 | 2017-12-05 | C2           |         |     | that leaving
        c4       | 2017-12-05 | 2017-12-20 | C2           | yes     | yes | never before
        c5       | 2017-12-05 |            | V3           |         |     | short breaks
        c6       | 2017-11-30 |            | C2           |         |     | came in the day before
        c7       | 2017-12-05 |            | C2           | yes     | yes | the other period ends only later
        c7       | 2017-11-05 | 2017-12-06 | C2           |         |     | that period
        """,
        figure=(2, 5, 0),
    )
