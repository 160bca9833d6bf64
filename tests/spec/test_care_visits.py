"""Visits to children in care: is each child visited as often as the regulations say?"""

# A day on which three months can end exactly.
ON_THE_30TH = {"period": "2017-12-01 to 2017-12-30", "as_at": "2018-01-31"}


def _in_care(children: str) -> str:
    lines = "\n".join(f"{child} | 2016-01-05 | C2" for child in children.split())
    return f"child_id | started_on | legal_status\n{lines}"


def test_children_in_care_visited_when_they_should_be(worked_example):
    worked_example(
        "LAC-04",
        **ON_THE_30TH,
        table="placements",
        rows="""
        child_id | started_on | ended_on   | is_long_term | placement_type | counted | met | because
        ---------+------------+------------+--------------+----------------+---------+-----+---------------------------
        c1       | 2017-01-03 |            |              | U4             | yes     | yes | 42 days before
        c2       | 2017-01-03 |            |              | U4             | yes     | no  | 43 days before
        c3       | 2017-01-03 |            |              | U4             | yes     | no  | not seen at the later one
        c4       | 2017-01-03 |            |              | U4             | yes     | yes | blank is not unseen
        c5       | 2017-01-03 | 2017-12-23 |              | U4             |         |     | visited there, but moved
        c5       | 2017-12-23 |            |              | U4             | yes     | yes | seven days there: due today
        c6       | 2017-12-22 |            |              | U4             | yes     | no  | eight days there, no visit
        c7       | 2016-12-30 |            | yes          | U4             | yes     | yes | a year: three months
        c8       | 2016-12-31 |            | yes          | U4             | yes     | no  | a day less: 42 days
        c9       | 2016-12-30 |            | yes          | U4             | yes     | no  | three months and a day
        d1       | 2016-12-30 |            |              | U4             | yes     | no  | blank is not long term
        d2       | 2017-12-23 |            |              | T0             | yes     | yes | a temporary one counts too
        d3       | 2017-01-03 |            |              | U4             | yes     | no  | another kind of visit
        d4       | 2017-01-03 |            |              | U4             | yes     | no  | visited only in January
        d5       | 2017-01-03 |            |              | U4             |         |     | the later of two open ones
        d5       | 2017-12-20 |            |              | U4             | yes     | no  | is where no visit was made
        d6       | 2016-01-05 | 2017-12-30 |              | U4             | yes     | yes | no open one: since care began
        """,
        also={
            "care_periods": _in_care("c1 c2 c3 c4 c5 c6 c7 c8 c9 d1 d2 d3 d4 d5 d6"),
            "visits": """
            child_id | kind         | visited_at       | is_seen
            ---------+--------------+------------------+--------
            c1       | looked_after | 2017-11-18 08:00 | yes
            c2       | looked_after | 2017-11-17       | yes
            c3       | looked_after | 2017-12-20       | no
            c3       | looked_after | 2017-11-17       | yes
            c4       | looked_after | 2017-12-20       |
            c5       | looked_after | 2017-12-20       | yes
            c6       | looked_after | 2017-12-20       | yes
            c7       | looked_after | 2017-09-30       | yes
            c8       | looked_after | 2017-09-30       | yes
            c9       | looked_after | 2017-09-29       | yes
            d1       | looked_after | 2017-09-30       | yes
            d3       | cin          | 2017-12-20       | yes
            d4       | looked_after | 2018-01-02       | yes
            d5       | looked_after | 2017-12-19       | yes
            d6       | looked_after | 2017-11-18       | yes
            """,
        },
        figure=(6, 15, 0),
    )


def test_children_new_to_care_are_not_yet_asked(worked_example):
    worked_example(
        "LAC-04",
        **ON_THE_30TH,
        table="care_periods",
        rows="""
        child_id | started_on | ended_on   | legal_status | counted | met | because
        ---------+------------+------------+--------------+---------+-----+-------------------------------------
        c1       | 2017-12-23 |            | C2           |         |     | seven days in care
        c2       | 2017-12-22 |            | C2           | yes     | no  | eight days, no placement and no visit
        c3       | 2017-12-22 |            | V4           |         |     | short breaks
        c4       | 2017-01-05 | 2017-12-30 | C2           |         |     | no longer in care
        """,
        also={
            "placements": "child_id | started_on",
            "visits": "child_id | kind | visited_at\nc9 | looked_after | 2017-12-20",
        },
        figure=(0, 1, 0),
    )


REVIEWS = """
    child_id | kind                | held_on
    ---------+---------------------+-----------
    c3       | looked_after_review | 2017-06-05
    c4       | looked_after_review | 2017-06-05
    c5       | looked_after_review | 2017-06-04
    c8       | looked_after_review | 2017-12-30
    c9       | looked_after_review | 2017-12-30
    d2       | looked_after_review | 2018-01-05
"""


def test_visits_where_other_regulations_apply(worked_example):
    worked_example(
        "LAC-04",
        **ON_THE_30TH,
        table="placements",
        rows="""
        child_id | started_on | visit_rule         | counted | met | because
        ---------+------------+--------------------+---------+-----+------------------------------------------
        c1       | 2017-06-05 | reg19              | yes     | yes | every seven days: seven before
        c2       | 2017-06-05 | reg19              | yes     | no  | eight days before
        c3       | 2017-06-05 | reg19              | yes     | yes | a review on the first day: 42
        c4       | 2017-06-05 | reg19              | yes     | no  | 43, after a review
        c5       | 2017-06-05 | reg19              | yes     | no  | a review before the placement is no reason
        c6       | 2017-06-05 | reg24_or_ico_home  | yes     | yes | seven days before
        c7       | 2017-06-05 | reg24_or_ico_home  | yes     | no  | eight days before
        c8       | 2017-06-05 | reg24_or_ico_home  | yes     | yes | a review today: 28
        c9       | 2017-06-05 | reg24_or_ico_home  | yes     | no  | 29, after a review
        d1       | 2017-06-05 | care_order_home    | yes     | yes | 42 days before
        d2       | 2017-06-05 | reg19              | yes     | no  | a review only in January
        """,
        also={
            "care_periods": _in_care("c1 c2 c3 c4 c5 c6 c7 c8 c9 d1 d2"),
            "conferences": REVIEWS,
            "visits": """
            child_id | kind         | visited_at
            ---------+--------------+-----------
            c1       | looked_after | 2017-12-23
            c2       | looked_after | 2017-12-22
            c3       | looked_after | 2017-11-18
            c4       | looked_after | 2017-11-17
            c5       | looked_after | 2017-12-22
            c6       | looked_after | 2017-12-23
            c7       | looked_after | 2017-12-22
            c8       | looked_after | 2017-12-02
            c9       | looked_after | 2017-12-01
            d1       | looked_after | 2017-11-18
            d2       | looked_after | 2017-12-22
            """,
        },
        figure=(5, 11, 0),
    )


def test_visits_due_in_the_period(worked_example):
    worked_example(
        "LAC-05",
        period="2017-12-01 to 2017-12-20",
        table="placements",
        rows="""
        child_id | placement_id | started_on | ended_on   | key           | counted | met | status  | because
        ---------+--------------+------------+------------+---------------+---------+-----+---------+--------
        c1 | p1 | 2017-10-16 |            | p1/2017-12-01 | yes | yes | in_time | visited again on day 42
        c2 | p2 | 2017-10-16 |            | p2/2017-12-01 | yes | no  | late    | on day 43
        c3 | p3 | 2017-10-16 |            | p3/2017-12-01 | yes | no  | overdue | not since
        c4 | p4 | 2017-12-06 |            | p4/2017-12-13 | yes | yes | in_time | the first, on day seven
        c5 | p5 | 2017-10-16 | 2017-12-01 |               |     |     |         | ended on the day it fell due
        c6 | p6 | 2017-10-16 |            | p6/2017-12-20 | no  |     | not_due | due on the as-at date
        c7 | p7 | 2017-10-16 |            |               |     |     |         | due on the last day of November
        c8 | p8 | 2017-12-06 |            | p8/2017-12-13 | yes | no  | overdue | the one was not seen
        """,
        also={
            "care_periods": _in_care("c1 c2 c3 c4 c5 c6 c7 c8"),
            "visits": """
            child_id | kind         | visited_at | is_seen
            ---------+--------------+------------+--------
            c1       | looked_after | 2017-10-20 | yes
            c1       | looked_after | 2017-12-01 | yes
            c2       | looked_after | 2017-10-20 | yes
            c2       | looked_after | 2017-12-02 | yes
            c3       | looked_after | 2017-10-20 | yes
            c4       | looked_after | 2017-12-13 | yes
            c5       | looked_after | 2017-10-20 | yes
            c6       | looked_after | 2017-11-08 | yes
            c7       | looked_after | 2017-10-19 | yes
            c8       | looked_after | 2017-12-08 | no
            """,
        },
        figure=(2, 5, 0),
    )
