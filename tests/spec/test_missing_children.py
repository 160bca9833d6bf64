"""Missing children: who goes missing, and how well is it recorded?"""

import pytest

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}

EPISODES = """
    child_id | kind    | started_at       | ended_at         | counted | met | because
    ---------+---------+------------------+------------------+---------+-----+-------------------------------
    c1       | missing | 2017-12-01 00:00 | 2017-12-02 10:00 | {c1} | in care, on the first day
    c1       | missing | 2017-12-05 22:00 |                  | {again} | a second time, and not yet back
    c2       |         | 2017-12-31 23:59 |                  | {c2} | blank is missing; from home
    c3       | away    | 2017-12-05       | 2017-12-06       | {c3} | away from home
    c4       | away    | 2017-12-05       | 2017-12-06       | {c4} | away from care
    c5       | missing | 2017-12-05       | 2017-12-06       | {c5} | short breaks are not care
    c6       | missing | 2017-12-05 10:00 | 2017-12-06       | {c6} | care ended that day: from home
    c7       | missing | 2017-11-30 23:59 | 2017-12-06       |     |     | began the day before
    c8       | missing | 2018-01-01 00:00 | 2018-01-02       |     |     | began the day after
"""


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("", "c1 again c2 c3 c4 c5 c6"),
        ("children", "c1 c2 c3 c4 c5 c6"),
        ("missing_home", "c2 c5 c6"),
        ("missing_care", "c1 again"),
        ("away_home", "c3"),
        ("away_care", "c4"),
        ("missing_home_children", "c2 c5 c6"),
        ("missing_care_children", "c1"),
        ("away_home_children", "c3"),
        ("away_care_children", "c4"),
    ],
)
def test_missing_episodes(worked_example, part, found):
    names = ["again", *[f"c{n}" for n in range(1, 7)]]
    answers = {name: "yes | yes" if name in found.split() else "    |    " for name in names}
    worked_example(
        "MX-01",
        part=part,
        **DECEMBER,
        table="missing_episodes",
        rows=EPISODES.format(**answers),
        also={
            "care_periods": """
            child_id | started_on | ended_on   | legal_status
            ---------+------------+------------+-------------
            c1       | 2017-01-05 |            | C2
            c4       | 2017-01-05 | 2017-12-06 | C2
            c5       | 2017-01-05 |            | V4
            c6       | 2017-01-05 | 2017-12-05 | C2
            """
        },
        figure=(len(found.split()), None, 0),
    )


def test_children_missing_three_times_in_ninety_days(worked_example):
    worked_example(
        "MX-05",
        **DECEMBER,
        table="missing_episodes",
        rows="""
        child_id | kind    | started_at       | counted | met | because
        ---------+---------+------------------+---------+-----+--------------------------------------
        c1       | missing | 2017-12-01       | yes     | no  | three
        c1       |         | 2017-11-01       |         |     | blank is missing
        c1       | missing | 2017-10-03       |         |     | 89 days before
        c2       | missing | 2017-12-01       | yes     | yes | two
        c2       | missing | 2017-11-01       |         |     | the second
        c2       | missing | 2017-10-02       |         |     | 90 days before is too early
        c3       | missing | 2017-11-30       |         |     | not in the period
        c4       | missing | 2017-12-01       | yes     | yes | two
        c4       | missing | 2017-12-02       |         |     | the second
        c4       | away    | 2017-12-03       |         |     | away is not missing
        c5       | missing | 2017-12-31 01:00 | yes     | no  | three on one day
        c5       | missing | 2017-12-31 09:00 |         |     | the second
        c5       | missing | 2017-12-31 23:00 |         |     | the third
        c6       | missing | 2017-12-31       | yes     | yes | one
        c6       | missing | 2018-01-01       |         |     | the day after
        c6       | missing | 2018-01-02       |         |     | later still
        """,
        figure=(2, 5, 0),
    )


def test_children_in_care_who_go_missing(worked_example):
    worked_example(
        "MX-07",
        **DECEMBER,
        table="care_periods",
        rows="""
        child_id | started_on | ended_on   | legal_status | counted | met | because
        ---------+------------+------------+--------------+---------+-----+-------------------------------------
        c1       | 2017-01-05 |            | C2           | yes     | no  | missing from care
        c2       | 2017-01-05 |            | C2           | yes     | yes | not missing
        c3       | 2017-01-05 | 2017-12-10 | C2           | yes     | yes | missing only when back home
        c4       | 2017-01-05 |            | C2           | yes     | no  | back on the first day
        c5       | 2017-01-05 |            | C2           | yes     | yes | back the day before
        c6       | 2017-01-05 |            | C2           | yes     | no  | missing since October
        c7       | 2017-01-05 |            | C2           | yes     | yes | away is not missing
        c8       | 2017-01-05 | 2017-12-01 | C2           |         |     | the day of ending is no longer open
        c9       | 2017-01-05 | 2017-12-02 | C2           | yes     | no  | in care for one day, and missing
        d1       | 2017-01-05 |            | V4           |         |     | short breaks
        d2       | 2017-12-31 |            | C2           | yes     | no  | missing when care began, and still
        d3       | 2018-01-01 |            | C2           |         |     | came in the day after
        """,
        also={
            "missing_episodes": """
            child_id | kind    | started_at       | ended_at
            ---------+---------+------------------+-----------------
            c1       | missing | 2017-12-05       | 2017-12-06
            c3       | missing | 2017-12-12       | 2017-12-13
            c4       | missing | 2017-11-29       | 2017-12-01 09:00
            c5       | missing | 2017-11-29       | 2017-11-30 23:59
            c6       | missing | 2017-10-01       |
            c7       | away    | 2017-12-05       |
            c9       |         | 2017-12-01 08:00 | 2017-12-01 20:00
            d1       | missing | 2017-12-05       |
            d2       | missing | 2017-12-20       | 2018-01-02
            """
        },
        figure=(5, 9, 0),
    )


RECORDED = "child_id | kind | reason | started_at | ended_at | is_rhi_offered | is_rhi_accepted | counted | met | because"


def test_missing_episodes_recorded_in_full(worked_example):
    worked_example(
        "MX-08",
        **DECEMBER,
        table="missing_episodes",
        rows=RECORDED
        + """
        c1 | missing | quarrel | 2017-12-01 10:00 | 2017-12-02 10:00 | yes | no  | yes | yes | everything is recorded
        c2 |         | quarrel | 2017-12-05       | 2017-12-06       | no  |     | yes | no  | no kind
        c3 | missing |         | 2017-12-05       | 2017-12-06       | no  |     | yes | no  | no reason
        c4 | missing | quarrel | 2017-12-05 10:00 | 2017-12-05 09:59 | no  |     | yes | no  | back before it began
        c5 | missing | quarrel | 2017-12-05       | 2017-12-06       |     |     | yes | no  | no word of an interview
        c6 | missing | quarrel | 2017-12-05       | 2017-12-06       | yes |     | yes | no  | no word of acceptance
        c7 | away    | quarrel | 2017-12-05       | 2017-12-05       | no  |     | yes | yes | away; nothing was offered
        c8 | missing | quarrel | 2017-12-31       |                  |     |     | yes | yes | not yet back
        c9 | missing | quarrel | 2017-12-05       | 2017-12-06 12:00 | no  |     | yes | no  | overlaps the next
        c9 | missing | quarrel | 2017-12-06       | 2017-12-07       | no  |     | yes | no  | which began at 00:00
        d1 | missing | quarrel | 2017-12-05       | 2017-12-06 12:00 | no  |     | yes | yes | touches the next
        d1 | missing | quarrel | 2017-12-06 12:00 | 2017-12-07       | no  |     | yes | yes | no overlap
        d2 | missing | quarrel | 2017-12-05       | 2017-12-06       | no  |     | yes | no  | one of November is open
        d2 | missing | quarrel | 2017-11-05       |                  |     |     |     |     | that one
        d3 | missing | quarrel | 2017-12-05       | 2017-12-05       | no  |     | yes | no  | the same start
        d3 | away    | quarrel | 2017-12-05       | 2017-12-06       | no  |     | yes | no  | as this one
        d4 | missing | quarrel | 2018-01-01       | 2018-01-02       | no  |     |     |     | began the day after
        """,
        figure=(5, 15, 0),
    )
