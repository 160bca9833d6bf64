"""The workforce: how many posts are filled, by whom, and who leaves?"""

from decimal import Decimal

import pytest

from goldenthread.settings import Settings

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}

POSTS = """
    post_id | worker_id | employment | fte  | is_social_worker | is_established | started_on | ended_on   | key | counted | met | because
    --------+-----------+------------+------+------------------+----------------+------------+------------+-----+-----+-----+--------
    p1 | w1 | permanent | 1    | yes | yes | 2017-01-02 |            | {p1} | filled for good
    p2 |    | vacant    | 0.5  | yes | yes | 2017-12-31 |            | {p2} | vacant from the day itself
    p3 | w3 | agency    | 1    | yes | yes | 2017-01-02 | 2018-01-01 | {p3} | an established post, ended the day after
    p4 | w4 | agency    | 0.6  | yes | no  | 2017-01-02 |            | {p4} | beyond the establishment
    p5 | w5 | agency    | 1    | yes |     | 2017-01-02 |            | {p5} | blank is not established
    p6 | w6 | agency    | 1    | no  | yes | 2017-01-02 |            | {p6} | no social worker
    p7 | w7 | permanent | 1    | yes | yes | 2017-01-02 | 2017-12-31 |  |  |  | ended on the day
    p8 | w8 | permanent | 1    | yes | yes | 2018-01-01 |            |  |  |  | not yet begun
    p9 | w1 | permanent | 0.25 | yes | yes | 2017-06-01 |            | {p9} | a second post of the first worker
"""
STARTS = {"p2": "2017-12-31", "p9": "2017-06-01"}


def _posts(**answers: str) -> str:
    """The posts with the answers given; those without an answer are outside the population."""
    drawn = {}
    for name in ("p1", "p2", "p3", "p4", "p5", "p6", "p9"):
        key = f"{name}/{STARTS.get(name, '2017-01-02')}"
        drawn[name] = f"{key} | {answers[name]}" if name in answers else " |  | "
    return POSTS.format(**drawn)


def test_vacancies(worked_example):
    worked_example(
        "WF-01",
        **DECEMBER,
        table="posts",
        rows=_posts(p1="yes | yes", p2="yes | no", p3="yes | no", p4="no | ", p5="no | ", p9="yes | yes"),
        figure=(Decimal("1.5"), Decimal("2.75"), 0),
        value="54.5",
    )


AGENCY = {
    "p1": "yes | yes",
    "p2": "no | ",
    "p3": "yes | no",
    "p4": "yes | no",
    "p5": "yes | no",
    "p9": "yes | yes",
}


@pytest.mark.parametrize(
    ("part", "roles", "more", "figure", "value"),
    [
        ("", "social_work", {}, (Decimal("2.6"), Decimal("3.85"), 0), "67.5"),
        ("posts", "social_work", {}, (3, 5, 0), "60.0"),
        ("", "all", {"p6": "yes | no"}, (Decimal("3.6"), Decimal("4.85"), 0), "74.2"),
    ],
    ids=["FTE", "posts", "FTE of every role"],
)
def test_agency_social_workers(worked_example, part, roles, more, figure, value):
    worked_example(
        "WF-02",
        part=part,
        **DECEMBER,
        table="posts",
        rows=_posts(**AGENCY, **more),
        settings=Settings(parameters={"agency_roles": roles}),
        figure=figure,
        value=value,
    )


@pytest.mark.parametrize(
    ("part", "answers", "figure", "value"),
    [
        ("", {"p3": "yes | yes", "p4": "yes | no", "p5": "yes | no"}, (1, Decimal("2.6"), 0), "38.5"),
        ("vacancies_covered", {"p2": "yes | no", "p3": "yes | yes"}, (1, Decimal("1.5"), 0), "66.7"),
    ],
)
def test_agency_workers_who_cover_vacancies(worked_example, part, answers, figure, value):
    worked_example(
        "WF-04",
        part=part,
        **DECEMBER,
        table="posts",
        rows=_posts(**answers),
        figure=figure,
        value=value,
    )


def test_social_workers_in_post_against_the_establishment(worked_example):
    worked_example(
        "WF-07",
        **DECEMBER,
        table="posts",
        rows=_posts(p1="yes | ", p2="yes | ", p3="yes | ", p4="no | ", p5="no | ", p9="yes | "),
        figure=(Decimal("3.85"), Decimal("2.75"), 0),
        value="140.0",
    )


def test_social_workers_in_post_by_head(worked_example):
    worked_example(
        "WF-07",
        part="headcount",
        **DECEMBER,
        table="posts",
        rows="""
        post_id | worker_id | employment | fte | is_social_worker | started_on | key | counted | met | because
        --------+-----------+------------+-----+------------------+------------+-----+---------+-----+---------------
        p1      | w1        | permanent  | 0.5 | yes              | 2017-01-02 | w1  | yes     |     | two posts are
        p2      | w1        | permanent  | 0.5 | yes              | 2017-06-01 |     |         |     | one worker
        p3      | w3        | agency     | 1   | yes              | 2017-01-02 | w3  | yes     |     | agency counts
        p4      |           | vacant     | 1   | yes              | 2017-01-02 |     |         |     | nobody
        p5      | w5        | permanent  | 1   | no               | 2017-01-02 |     |         |     | another role
        """,
        figure=(2, None, 0),
    )


LEAVERS = """
    post_id | worker_id | employment | fte | is_social_worker | started_on | ended_on   | end_reason | key | counted | met | because
    --------+-----------+------------+-----+------------------+------------+------------+------------+-----+-----+-----+--------
    p1 | w1  | permanent | 1   | yes | 2016-01-04 |            |            | p1/2016-01-04 | {p1} | open at both ends of the year
    p2 | w2  | permanent | 0.5 | yes | 2016-01-04 | 2017-01-01 | resigned   | p2/2016-01-04 | {p2} | left on the first day
    p3 | w3  | permanent | 1   | yes | 2016-01-04 | 2016-12-31 | resigned   |               |      |     | left the day before
    p4 | w4  | permanent | 1   | yes | 2017-02-01 | 2017-12-31 | retired    | p4/2017-02-01 | {p4} | left on the day itself
    p5 | w5  | permanent | 1   | yes | 2017-06-01 | 2018-01-01 | dismissed  | p5/2017-06-01 | {p5} | left the day after: still in post
    p6 | w6  | permanent | 1   | yes | 2017-02-01 | 2017-06-01 | internal   | {p6} | moved inside
    p7 | w7  | permanent | 1   | yes | 2017-02-01 | 2017-06-01 |            | {p7} | blank; in another post after 31 days
    q7 | w7  | permanent | 1   | no  | 2017-07-02 |            |            |      |     |     | which is no social worker's
    p8 | w8  | permanent | 1   | yes | 2017-02-01 | 2017-06-01 |            | p8/2017-02-01 | no | | blank; after 32 days: left
    q8 | w8  | agency    | 1   | yes | 2017-07-03 |            |            |      |     |     | that post
    p9 |     | permanent | 1   | yes | 2017-02-01 | 2017-06-01 |            | p9/2017-02-01 | no | | blank worker: left
    r1 | w10 | agency    | 1   | yes | 2016-01-04 | 2017-06-01 | left_other |      |     |     | agency
"""


@pytest.mark.parametrize(
    ("over", "answers", "figure"),
    [
        ("end", {"p1": "yes | yes", "p2": "no | "}, (Decimal("3.5"), 2, 0)),
        ("average", {"p1": "yes | yes", "p2": "yes | no"}, (Decimal("3.5"), Decimal("1.75"), 0)),
    ],
)
def test_turnover(worked_example, over, answers, figure):
    more = {"p4": "no | ", "p5": "yes | yes", "p6": "p6/2017-02-01 | no | ", "p7": "p7/2017-02-01 | no | "}
    worked_example(
        "WF-03",
        **DECEMBER,
        table="posts",
        rows=LEAVERS.format(**answers, **more),
        settings=Settings(parameters={"turnover_denominator": over}),
        figure=figure,
    )
