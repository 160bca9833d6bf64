"""Placements of children in care: planned, lasting, near home, and of which kind?"""

import pytest

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}


def _in_care(children: str, since: str = "2016-01-05") -> str:
    return "child_id | started_on\n" + "\n".join(f"{child} | {since}" for child in children.split())


def test_placement_plans_within_five_working_days(worked_example):
    worked_example(
        "LAC-08",
        period="2017-12-01 to 2017-12-31",
        table="placements",
        rows="""
        child_id | started_on | placement_plan_on | placement_type | counted | met | status  | because
        ---------+------------+-------------------+----------------+---------+-----+---------+------------------------
        c1       | 2017-12-18 | 2017-12-27        | U4             | yes     | yes | in_time | five, Christmas left out
        c2       | 2017-12-18 | 2017-12-28        | U4             | yes     | no  | late    | six
        c3       | 2017-12-18 | 2017-11-01        | U4             | yes     | yes | in_time | made before
        c4       | 2017-12-20 |                   | U4             | no      |     | not_due | none, five so far
        c5       | 2017-12-19 |                   | U4             | yes     | no  | overdue | none, six so far
        c6       | 2017-12-18 | 2017-12-18        | T3             |         |     |         | a temporary one
        c7       | 2017-11-30 | 2017-12-01        | U4             |         |     |         | began the day before
        """,
        figure=(2, 4, 0),
    )


MOVES = """
    child_id | placement_id | started_on | ended_on   | placement_type
    ---------+--------------+------------+------------+---------------
    c1       | p01          | 2016-06-01 | 2017-01-02 | U4
    c1       | p02          | 2017-01-02 | 2017-06-01 | U4
    c1       | p03          | 2017-06-01 |            | U4
    c2       | p04          | 2016-06-01 | 2017-01-01 | U4
    c2       | p05          | 2017-01-01 | 2017-06-01 | U4
    c2       | p06          | 2017-06-01 |            | U4
    c3       | p07          | 2016-06-01 | 2017-06-01 | U4
    c3       | p08          | 2017-06-01 | 2017-06-01 | U4
    c3       | p09          | 2017-06-01 |            | U4
    c4       | p10          | 2016-06-01 | 2017-06-01 | U4
    c4       | p11          | 2017-06-01 | 2017-06-02 | U4
    c4       | p12          | 2017-06-02 |            | U4
    c5       | p13          | 2016-06-01 | 2017-06-01 | U4
    c5       | p14          | 2017-06-01 | 2017-06-15 | T0
    c5       | p15          | 2017-06-15 |            | U4
    c6       | p16          | 2016-06-01 | 2017-03-01 | U4
    c6       | p17          | 2017-03-01 | 2017-06-01 | U6
    c6       | p18          | 2017-06-01 |            | A3
    c7       | p19          | 2016-06-01 | 2017-03-01 | U4
    c7       | p20          | 2017-03-01 | 2017-05-31 | U6
    c7       | p21          | 2017-06-01 |            | A3
    c8       | p22          | 2016-06-01 | 2017-03-01 | U4
    c8       | p23          | 2017-03-01 | 2017-06-01 | U6
    c8       | p24          | 2017-06-01 | 2017-06-15 | T3
    c8       | p25          | 2017-06-15 |            | A5
    c9       | p26          | 2016-06-01 | 2017-03-01 | U4
    c9       | p27          | 2017-03-01 | 2017-12-31 | U4
    c9       | p28          | 2017-12-31 |            | U4
    d1       | p29          | 2016-06-01 | 2017-03-01 | U4
    d1       | p30          | 2017-03-01 | 2018-01-01 | U4
    d1       | p31          | 2018-01-01 |            | U4
    d4       | p32          | 2018-01-01 |            | U4
    d5       | p33          | 2016-06-01 | 2017-03-01 | U4
    d5       | p34          | 2017-03-01 | 2017-06-01 | U6
    d5       | p35          | 2017-06-01 |            | A4
"""


def test_children_with_three_placements_in_a_year(worked_example):
    worked_example(
        "LAC-14",
        **DECEMBER,
        table="care_periods",
        also={"placements": MOVES},
        rows="""
        child_id | started_on | placements_12m | counted | met     | because
        ---------+------------+----------------+---------+---------+-----------------------------------------------
        c1       | 2016-06-01 |                | yes     | no      | the first ended on the second day of the year
        c2       | 2016-06-01 |                | yes     | yes     | the first ended on the first day: two
        c3       | 2016-06-01 |                | yes     | yes     | one ended the day it began: two
        c4       | 2016-06-01 |                | yes     | no      | one lasted a single day: three
        c5       | 2016-06-01 |                | yes     | yes     | one was temporary: two
        c6       | 2016-06-01 |                | yes     | yes     | adopted by the carer: no new placement
        c7       | 2016-06-01 |                | yes     | no      | adopted a day after: not by the carer
        c8       | 2016-06-01 |                | yes     | yes     | adoption on the day a temporary one ended
        c9       | 2016-06-01 |                | yes     | no      | the third began on the day itself
        d1       | 2016-06-01 |                | yes     | yes     | the third began the day after
        d2       | 2016-06-01 | 3              | yes     | no      | no placement is listed: the council's number
        d3       | 2016-06-01 |                | no      | unknown | no placement is listed, and no number
        d4       | 2016-06-01 | 2              | yes     | yes     | the only one is not there yet: the number
        d5       | 2016-06-01 |                | yes     | no      | adoption of another type is a placement
        """,
        figure=(6, 13, 1),
    )


LASTING = """
    child_id | placement_id | started_on | ended_on   | placement_type
    ---------+--------------+------------+------------+---------------
    c1       | p01          | 2015-12-31 |            | U4
    c2       | p02          | 2016-01-01 |            | U4
    c3       | p03          | 2015-06-30 |            | U4
    c4       | p04          | 2015-06-30 |            | U4
    c5       | p05          | 2015-12-31 | 2017-06-01 | U6
    c5       | p06          | 2017-06-01 |            | A4
    c6       | p07          | 2015-12-31 | 2017-05-31 | U6
    c6       | p08          | 2017-06-01 |            | A4
    c7       | p09          | 2015-12-31 | 2017-12-20 | U4
    c7       | p10          | 2017-12-20 |            | T0
    c8       | p11          | 2017-12-20 |            | T0
    d1       | p12          | 2015-06-30 |            | U4
    d2       | p13          | 2015-06-30 |            | U4
    d3       | p14          | 2015-06-30 | 2017-03-01 | U6
    d3       | p15          | 2017-03-01 | 2017-09-01 | A3
    d3       | p16          | 2017-09-01 |            | A5
    d4       | p17          | 2015-12-31 | 2017-06-01 | U6
    d4       | p18          | 2017-06-01 | 2017-12-01 | A6
    d4       | p19          | 2017-12-01 | 2017-12-10 | T1
    d4       | p20          | 2017-12-10 |            | T2
    d5       | p21          | 2015-06-30 | 2017-12-31 | U4
    d6       | p22          | 2015-06-30 |            | U4
    d6       | p23          | 2017-01-05 |            | U4
"""


def test_children_long_in_care_in_one_placement_for_two_years(worked_example):
    worked_example(
        "LAC-15",
        **DECEMBER,
        table="children",
        also={
            "placements": LASTING,
            "care_periods": _in_care("c1 c2 c4 c5 c6 c7 c8 c9 d1 d2 d3 d4 d5 d6", "2015-06-30")
            + "\nc3 | 2015-07-01",
        },
        rows="""
        child_id | born_on    | is_unborn | counted | met     | because
        ---------+------------+-----------+---------+---------+--------------------------------------------------
        c1       | 2010-01-01 |           | yes     | yes     | two years today; thirty months in care yesterday
        c2       | 2010-01-01 |           | yes     | no      | two years tomorrow
        c3       | 2010-01-01 |           |         |         | thirty months in care only tomorrow
        c4       | 2001-12-31 |           |         |         | sixteen today
        c5       | 2002-01-01 |           | yes     | yes     | sixteen tomorrow; stayed with the carers who adopt
        c6       | 2010-01-01 |           | yes     | no      | placed for adoption a day after the other ended
        c7       | 2010-01-01 |           | yes     | yes     | away for a while: the one before counts
        c8       | 2010-01-01 |           | no      | unknown | only a temporary one
        c9       | 2010-01-01 |           | no      | unknown | no open placement
        d1       |            |           | no      | unknown | no date of birth
        d2       |            | yes       |         |         | not yet born
        d3       | 2010-01-01 |           | yes     | no      | looked through once only: since March
        d4       | 2010-01-01 |           | yes     | yes     | through two temporary ones, then to the carers
        d5       | 2010-01-01 |           | no      | unknown | the only one ended today
        d6       | 2010-01-01 |           | yes     | no      | the later of two open ones counts
        """,
        figure=(4, 8, 4),
    )


def test_children_placed_far_from_home_and_out_of_the_area(worked_example):
    worked_example(
        "LAC-16",
        **DECEMBER,
        table="placements",
        rows="""
        child_id | started_on | ended_on   | distance_miles | location | counted | met | because
        ---------+------------+------------+----------------+----------+---------+-----+---------------------------
        c1       | 2016-01-05 |            | 20             | out      | yes     | yes | exactly twenty miles
        c2       | 2016-01-05 |            | 20.1           | out      | yes     | no  | over twenty miles
        c3       | 2016-01-05 |            | 30             | in       | yes     | yes | far, but in the area
        c4       | 2016-01-05 |            |                | out      | yes     | unknown | unknown distance: kept
        c5       | 2016-01-05 | 2017-12-31 | 30             | out      | yes     | unknown | no open placement: kept
        c6       | 2016-01-05 |            | 30             | out      |         |     | the later of two open ones
        c6       | 2017-06-01 |            | 5              | out      | yes     | yes | is near
        c7       | 2016-01-05 |            | 30             | out      |         |     | no longer in care
        c8       | 2016-01-05 |            |                | in       | yes     | yes | in the area, however far
        """,
        also={"care_periods": _in_care("c1 c2 c3 c4 c5 c6 c8")},
        figure=(1, 7, 2),
    )


KINDS = """
    child_id | started_on | placement_type | counted | met   | because
    ---------+------------+----------------+---------+-------+----------------------------
    c1       | 2016-01-05 | U1             | yes     | {c1}  | with kin
    c2       | 2016-01-05 | U3             | yes     | {c2}  | with kin
    c3       | 2016-01-05 | U4             | yes     | {c3}  | another foster placement
    c4       | 2016-01-05 | K1             | yes     | {c4}  | a secure unit
    c5       | 2016-01-05 | H5             | yes     | {c5}  | supported
    c6       | 2016-01-05 | P1             | yes     | {c6}  | with parents
    c7       | 2016-01-05 | A6             | yes     | {c7}  | placed for adoption
    c8       | 2016-01-05 | R1             | yes     | {c8}  | any other type
    c9       | 2018-01-01 | U4             | yes     | {c9}  | no open placement on the day
"""


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("", "c1 c2 c3 c4 c5 c6 c7 c8 c9"),
        ("kinship", "c1 c2"),
        ("other_foster", "c3"),
        ("residential", "c4"),
        ("supported", "c5"),
        ("parents", "c6"),
        ("adoption", "c7"),
        ("other", "c8"),
        ("not_recorded", "c9"),
    ],
)
def test_kinds_of_placement(worked_example, part, found):
    answers = {f"c{n}": "yes" if f"c{n}" in found else "no " for n in range(1, 10)}
    worked_example(
        "LAC-17",
        part=part,
        **DECEMBER,
        table="placements",
        rows=KINDS.format(**answers),
        also={"care_periods": _in_care("c1 c2 c3 c4 c5 c6 c7 c8 c9")},
        figure=(len(found.split()), 9 if part else None, 0),
    )
