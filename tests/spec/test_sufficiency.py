"""Sufficiency: are there enough of the right placements when they are needed?"""

import pytest

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}


def test_placements_made_in_an_emergency(worked_example):
    worked_example(
        "SUF-01",
        **DECEMBER,
        table="placements",
        rows="""
        child_id | started_on | placement_type | arrangement | notice_hours | counted | met     | because
        ---------+------------+----------------+-------------+--------------+---------+---------+----------------------
        c1       | 2017-12-01 | U4             | planned     |              | yes     | yes     | planned
        c2       | 2017-12-31 | U4             | unplanned   | 48           | yes     | no      | unplanned
        c3       | 2017-12-05 | U4             | emergency   |              | yes     | no      | an emergency
        c4       | 2017-12-05 | U4             | planned     | 23.5         | yes     | no      | planned, but in a day
        c5       | 2017-12-05 | U4             | planned     | 24           | yes     | yes     | exactly a day's notice
        c6       | 2017-12-05 | U4             |             | 30           | yes     | yes     | not said, but notice
        c7       | 2017-12-05 | U4             |             |              | no      | unknown | neither is recorded
        c8       | 2017-12-05 | T0             | emergency   |              |         |         | a temporary one
        c9       | 2017-11-30 | U4             | emergency   |              |         |         | the day before
        """,
        figure=(3, 6, 1),
    )


def test_placements_that_broke_down(worked_example):
    worked_example(
        "SUF-01",
        part="disruption",
        **DECEMBER,
        table="placements",
        rows="""
        child_id | started_on | ended_on   | placement_type | end_reason | counted | met     | because
        ---------+------------+------------+----------------+------------+---------+---------+---------------------
        c1       | 2017-01-05 | 2017-12-01 | U4             | CREQB      | yes     | no      | the carer asked
        c2       | 2017-01-05 | 2017-12-31 | U4             | CHILD      | yes     | no      | the child asked
        c3       | 2017-01-05 | 2017-12-05 | U4             | CARPL      | yes     | yes     | by the care plan
        c4       | 2017-01-05 | 2017-12-05 | U4             |            | no      | unknown | no reason is recorded
        c5       | 2017-01-05 | 2017-12-05 | T1             | CREQO      |         |         | a temporary one
        c6       | 2017-01-05 | 2018-01-01 | U4             | CREQO      |         |         | ended the day after
        c7       | 2017-12-05 |            | U4             |            |         |         | still open
        """,
        figure=(2, 3, 1),
    )


def test_foster_placements_of_our_own(worked_example):
    worked_example(
        "SUF-03",
        **DECEMBER,
        table="placements",
        rows="""
        child_id | started_on | ended_on   | placement_type | provider | counted | met     | because
        ---------+------------+------------+----------------+----------+---------+---------+----------------------
        c1       | 2017-01-05 |            | U1             | PR1      | yes     | yes     | our own
        c2       | 2017-01-05 |            | U6             | PR4      | yes     | no      | another's
        c3       | 2017-01-05 |            | U4             |          | no      | unknown | no provider
        c4       | 2017-01-05 |            | K2             | PR1      |         |         | no foster placement
        c5       | 2017-01-05 | 2017-12-31 | U4             | PR1      |         |         | no longer open
        c6       | 2017-01-05 |            | U4             | PR1      |         |         | no longer in care
        """,
        also={
            "care_periods": """
            child_id | started_on | ended_on
            ---------+------------+-----------
            c1       | 2017-01-05 |
            c2       | 2017-01-05 |
            c3       | 2017-01-05 |
            c4       | 2017-01-05 |
            c5       | 2017-01-05 |
            c6       | 2017-01-05 | 2017-12-31
            """
        },
        figure=(1, 2, 1),
    )


PLACES = """
    as_at_on   | approved_places | occupied_places | key        | team      | counted | because
    -----------+-----------------+-----------------+------------+-----------+---------+-------------
    2017-09-30 | 50              | 40              |            |           |         | an older one
    {latest} | {approved}              | {occupied}              | {latest} | not known | yes | the latest
    2018-01-01 | 90              | 10              |            |           |         | the day after
"""


@pytest.mark.parametrize(
    ("approved", "occupied", "value"), [(60, 45, "75.0"), (60, 63, "105.0"), (60, 0, "0.0"), (0, 0, None)]
)
def test_places_with_our_own_foster_carers(worked_example, approved, occupied, value):
    worked_example(
        "SUF-03",
        part="occupancy",
        **{**DECEMBER, "as_at": "2018-01-31"},
        table="fostering_capacity",
        rows=PLACES.format(latest="2017-12-31", approved=approved, occupied=occupied),
        also={"care_periods": "child_id | started_on", "placements": "child_id | started_on"},
        figure=(occupied, approved, 0),
        value=value,
    )


ENTRANTS = """
    child_id | started_on | legal_status | counted | met | because
    ---------+------------+--------------+---------+-----+---------------------------------
    c1       | 2017-12-05 | C2           | {c1} | thirteen on the day
    c2       | 2017-12-05 | C2           | {c2} | thirteen tomorrow
    c3       | 2017-12-05 | V2           | {c3} | sixteen on the day
    c4       | 2017-12-05 | V2           | {c4} | sixteen tomorrow
    c5       | 2017-12-05 | V2           | no | unknown | no date of birth
    c6       | 2017-12-05 | V3           |    |         | short breaks
    c7       | 2018-01-01 | V2           |    |         | came in the day after
    c8       | 2017-12-05 | V2           | {c8} | came in before the day of birth
"""


@pytest.mark.parametrize(("part", "old"), [("", "c1 c3 c4"), ("age16", "c3")])
def test_adolescents_coming_into_care(worked_example, part, old):
    answers = {f"c{n}": "yes | yes" if f"c{n}" in old else "yes | no" for n in (1, 2, 3, 4, 8)}
    worked_example(
        "SUF-04",
        part=part,
        **DECEMBER,
        table="care_periods",
        rows=ENTRANTS.format(**answers),
        also={
            "children": """
            child_id | born_on
            ---------+-----------
            c1       | 2004-12-05
            c2       | 2004-12-06
            c3       | 2001-12-05
            c4       | 2001-12-06
            c6       | 2001-12-05
            c7       | 2001-12-05
            c8       | 2017-12-06
            """
        },
        figure=(len(old.split()), 5, 1),
    )


def test_children_in_unregistered_or_unregulated_placements(worked_example):
    worked_example(
        "SUF-05",
        **DECEMBER,
        table="placements",
        rows="""
        child_id | started_on | ended_on   | placement_type | is_registered | counted | met | because
        ---------+------------+------------+----------------+---------------+---------+-----+----------------------
        c1       | 2017-06-01 |            | K2             | no            | yes     | no  | not registered
        c2       | 2017-06-01 |            | K2             | yes           | yes     | yes | registered
        c3       | 2017-06-01 |            | K2             |               | yes     | yes | blank is not counted
        c4       | 2017-06-01 |            | H5             | yes           | yes     | no  | sixteen tomorrow
        c5       | 2017-06-01 |            | K3             |               | yes     | yes | sixteen today
        c6       | 2017-06-01 |            | H5             |               | no | unknown | no date of birth
        c7       | 2017-06-01 | 2017-12-31 | K2             | no            | yes     | yes | no longer there
        c8       | 2017-06-01 |            | K2             | no            |         |     | the later of two open
        c8       | 2017-09-01 |            | U4             | yes           | yes     | yes | decides
        """,
        also={
            "children": "child_id | born_on\nc4 | 2002-01-01\nc5 | 2001-12-31",
            "care_periods": "child_id | started_on\n"
            + "\n".join(f"c{number} | 2017-06-01" for number in range(1, 9)),
        },
        figure=(2, 7, 1),
    )
