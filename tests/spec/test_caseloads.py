"""Caseloads: how many children does each social worker hold, and are new workers protected?"""

from datetime import date
from decimal import Decimal

import pytest

from goldenthread.figures.work_out import figures
from goldenthread.periods import one_period
from goldenthread.settings import Settings
from tests.builders import ALoad

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}

HELD = """
    child_id | worker_id | role             | started_on | ended_on   | key | counted | met | because
    ---------+-----------+------------------+------------+------------+-----+---------+-----+--------------
    c1       | w1        | social_worker    | 2017-06-01 |            | {w1} | two children, in two posts
    c2       | w1        | social_worker    | 2017-06-01 | 2018-01-01 |  |  |  | the second, until the day after
    c2       | w1        | social_worker    | 2017-12-31 |            |  |  |  | the second, allocated twice
    c1       | w2        | social_worker    | 2017-07-01 |            | {w2} | three children, one of them shared
    c3       | w2        | social_worker    | 2017-07-01 |            |  |  |  | the second
    c4       | w2        | social_worker    | 2017-07-01 |            |  |  |  | the third
    c5       | w3        | social_worker    | 2017-06-01 |            | {w3} | in post, but not as a social worker
    c6       | w4        | social_worker    | 2017-06-01 |            | {w4} | no post at all
    c7       | EAST_DUTY | social_worker    | 2017-06-01 |            |  |  |  | a duty desk is nobody
    c8       |           | social_worker    | 2017-06-01 |            |  |  |  | blank is nobody
    c9       | w5        | personal_adviser | 2017-06-01 |            |  |  |  | not held as a social worker
    d1       | w6        | social_worker    | 2017-06-01 | 2017-12-31 |  |  |  | passed on that day
    d2       | w7        | social_worker    | 2017-06-01 |            | {w7} | the post ended on the day
    d3       | w8        | social_worker    | 2017-06-01 |            | {w8} | by the name of the post, nobody
"""
POSTS = """
    post_id | worker_id | worker_name   | employment | fte | is_social_worker | started_on | ended_on
    --------+-----------+---------------+------------+-----+------------------+------------+-----------
    p1      | w1        |               | permanent  | 0.6 | yes              | 2017-01-02 |
    q1      | w1        |               | permanent  | 0.2 | yes              | 2017-01-02 |
    p2      | w2        |               | agency     | 1   | yes              | 2017-01-02 |
    p3      | w3        |               | permanent  | 1   | no               | 2017-01-02 |
    p5      | w5        |               | permanent  | 1   | yes              | 2017-01-02 |
    p6      | w6        |               | permanent  | 1   | yes              | 2017-01-02 |
    p7      | w7        |               | permanent  | 1   | yes              | 2017-01-02 | 2017-12-31
    p8      | w8        | The Pool desk | agency     | 1   | yes              | 2017-01-02 |
    p9      | EAST_DUTY |               | permanent  | 1   | yes              | 2017-01-02 |
"""
WORKERS = ("w1", "w2", "w3", "w4", "w7", "w8")


def _held(**answers: str) -> str:
    """The allocations with an answer for each worker; those without one are outside the population."""
    return HELD.format(**{w: f"{w} | {answers[w]}" if w in answers else " |  | " for w in WORKERS})


def test_children_for_each_social_worker(worked_example):
    worked_example(
        "WF-05",
        **DECEMBER,
        table="allocations",
        rows=_held(w1="yes | ", w2="yes | ", w4="no | unknown", w7="no | unknown"),
        also={"posts": POSTS},
        figure=(5, Decimal("1.8"), 2),
        value="2.8",
    )


@pytest.mark.parametrize(
    ("basis", "first", "figure"), [("headcount", "yes", (1, 2, 0)), ("fte", "no", (2, 2, 0))]
)
def test_social_workers_with_more_children_than_the_threshold(worked_example, basis, first, figure):
    worked_example(
        "WF-06",
        **DECEMBER,
        table="allocations",
        rows=_held(w1=f"yes | {first}", w2="yes | no"),
        also={"posts": POSTS},
        settings=Settings(parameters={"caseload_threshold": 2, "caseload_basis": basis}),
        figure=figure,
    )


def test_every_holder_counts_where_posts_are_not_supplied(worked_example):
    others = dict.fromkeys(("w3", "w4", "w7", "w8"), "yes | yes")
    worked_example(
        "WF-06",
        **DECEMBER,
        table="allocations",
        rows=_held(w1="yes | yes", w2="yes | no", **others),
        settings=Settings(parameters={"caseload_threshold": 2}),
        figure=(1, 6, 0),
    )


@pytest.mark.parametrize(("children", "over"), [(25, 0), (26, 1)])
def test_the_threshold_is_25_unless_a_council_says_otherwise(tmp_path, children, over):
    load = ALoad(tmp_path, date(2017, 12, 31))
    held = "\n".join(f"c{number} | w1 | social_worker | 2017-06-01" for number in range(children))
    load.add("allocations", f"child_id | worker_id | role | started_on\n{held}")
    asked = one_period(date(2017, 12, 1), date(2017, 12, 31), load.as_at_on)
    (line,) = figures(load, asked, Settings(), refs=["WF-06"])
    assert (line.numerator, line.denominator) == (over, 1)


NEW_WORKERS = """
    post_id | worker_id | employment | is_social_worker | is_asye | fte | started_on | ended_on   | key | counted | met | because
    --------+-----------+------------+------------------+---------+-----+------------+------------+-----+-----+-----+--------
    p1      | w1        | permanent  | yes              | yes     | 1   | 2017-09-01 |            | {w1} | holds one child
    p2      | w2        | permanent  | yes              | yes     | 1   | 2017-09-01 |            | {w2} | holds two
    p3      | w3        | agency     | yes              | no      | 1   | 2017-09-01 |            | {w3} | not in the first year
    p4      | w4        | permanent  | yes              |         | 1   | 2017-09-01 |            | {w4} | blank is no
    p5      | w5        | permanent  | no               | yes     | 1   | 2017-09-01 |            |  |  |  | no social worker
    p6      | w6        | permanent  | yes              | yes     | 1   | 2017-01-02 | 2017-12-31 |  |  |  | left that day
    p7      | w7        | permanent  | yes              | yes     | 1   | 2017-09-01 |            | {w7} | holds none
"""


@pytest.mark.parametrize(
    ("part", "answers", "figure"),
    [
        ("", {"w1": "yes", "w2": "yes", "w3": "no", "w4": "no", "w7": "yes"}, (3, 5, 0)),
        ("protected_caseload", {"w1": "yes", "w2": "no", "w7": "yes"}, (2, 3, 0)),
    ],
)
def test_social_workers_in_their_first_year(worked_example, part, answers, figure):
    drawn = {f"w{n}": " |  | " for n in range(1, 8)} | {w: f"{w} | yes | {met}" for w, met in answers.items()}
    worked_example(
        "WF-11",
        part=part,
        **DECEMBER,
        table="posts",
        rows=NEW_WORKERS.format(**drawn),
        also={
            "allocations": """
            child_id | worker_id | role          | started_on
            ---------+-----------+---------------+-----------
            c1       | w1        | social_worker | 2017-09-01
            c2       | w2        | social_worker | 2017-09-01
            c3       | w2        | social_worker | 2017-09-01
            c4       | w1        | social_worker | 2018-01-01
            """
        },
        settings=Settings(parameters={"asye_caseload": 1}),
        figure=figure,
    )
