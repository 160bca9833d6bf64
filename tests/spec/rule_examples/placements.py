"""Examples: placements."""

from tests.spec.rule_examples.drawing import Example, example


def _too_young(code: str, kind: str, years: int) -> Example:
    born = 2017 - years
    return example(
        code,
        f"""
        started_on | placement_type | fails | because
        2017-05-01 | {kind}         | yes   | {years} tomorrow
        2017-05-02 | {kind}         | no    | {years} that day
        2017-05-01 | U6             | no    | fostered
        """,
        children=f"""
        born_on
        {born}-05-02
        {born}-05-02
        {born}-05-02
        """,
    )


def _too_long(code: str, kind: str, last: str, over: str) -> Example:
    return example(
        code,
        f"""
        started_on | ended_on | placement_type | fails | because
        2017-05-02 | {over}   | {kind}         | yes   | a day over
        2017-05-02 | {last}   | {kind}         | no    | exactly the limit
        2017-05-02 | {over}   | U6             | no    | not temporary
        """,
    )


EXAMPLES = [
    example(
        "placement-outside-care",
        """
        started_on | ended_on   | fails | because
        2017-05-01 | 2017-08-01 | yes   | begins a day before care
        2017-05-02 | 2017-08-02 | yes   | ends a day after care
        2017-05-02 | 2017-08-01 | no    | as long as care
        2017-05-02 |            | yes   | open and care has ended
        2017-05-02 |            | no    | one period follows the other
        2017-05-02 |            | yes   | a day between two periods
        2017-05-01 | 2017-05-01 | no    | it is never open
        """,
        care_periods="""
        child_id | started_on | ended_on
        1        | 2017-05-02 | 2017-08-01
        2        | 2017-05-02 | 2017-08-01
        3        | 2017-05-02 | 2017-08-01
        4        | 2017-05-02 | 2017-08-01
        5        | 2017-05-02 | 2017-08-01
        5        | 2017-08-01 |
        6        | 2017-05-02 | 2017-08-01
        6        | 2017-08-02 |
        """,
    ),
    example(
        "overlapping-placements",
        """
        child_id | started_on | ended_on   | placement_type | fails | because
        a        | 2017-05-02 | 2017-08-02 | U6             | yes   | both on 1 August
        a        | 2017-08-01 |            | K2             | yes   | both on 1 August
        b        | 2017-05-02 |            | U6             | no    | the other is temporary
        b        | 2017-08-01 | 2017-08-05 | T4             | no    | temporary
        c        | 2017-05-02 | 2017-08-01 | U6             | no    | moved that day
        c        | 2017-08-01 |            | K2             | no    | moved that day
        """,
    ),
    example(
        "days-in-care-without-placement",
        """
        child_id | started_on | ended_on   | fails | because
        a        | 2017-05-02 | 2017-08-01 | no    | the first
        a        | 2017-08-03 |            | yes   | two days later
        b        | 2017-05-02 | 2017-08-01 | no    | the first
        b        | 2017-08-01 |            | no    | the same day
        c        | 2017-05-02 | 2017-08-01 | no    | the first
        c        | 2017-10-01 |            | no    | the child was home in between
        """,
        care_periods="""
        child_id | started_on | ended_on
        a        | 2017-05-02 |
        b        | 2017-05-02 |
        c        | 2017-05-02 | 2017-08-01
        c        | 2017-10-01 |
        """,
    ),
    example(
        "placement-without-provider",
        """
        started_on | placement_type | provider | fails | because
        2017-05-02 | U6             |          | yes   | whose carers?
        2017-05-02 | U6             | PR1      | no    | said
        2017-05-02 | T4             |          | no    | temporary
        """,
    ),
    example(
        "with-parents-yet-provided",
        """
        started_on | placement_type | provider | fails | because
        2017-05-02 | P1             | PR1      | yes   | at home by the council?
        2017-05-02 | P1             | PR0      | no    | parents
        2017-05-02 | P1             |          | no    | not said
        """,
    ),
    example(
        "parents-provide-other-placement",
        """
        started_on | placement_type | provider | fails | because
        2017-05-02 | U6             | PR0      | yes   | parents as foster carers?
        2017-05-02 | P1             | PR0      | no    | at home
        """,
    ),
    _too_young("supported-accommodation-under-16", "H5", 16),
    _too_young("independent-living-under-16", "P2", 16),
    _too_young("custody-under-10", "R5", 10),
    _too_young("residential-school-under-4", "S1", 4),
    _too_young("residential-employment-under-14", "P3", 14),
    _too_long("hospital-over-six-weeks", "T1", "2017-06-13", "2017-06-14"),
    _too_long("carer-on-holiday-over-three-weeks", "T3", "2017-05-23", "2017-05-24"),
    _too_long("temporary-over-a-week", "T4", "2017-05-09", "2017-05-10"),
    example(
        "reason-for-end-of-open-placement",
        """
        started_on | ended_on   | end_reason | fails | because
        2017-05-02 |            | CHILD      | yes   | a reason and no end
        2017-05-02 | 2017-08-02 | CHILD      | no    | ended
        """,
    ),
    example(
        "in-area-and-far-away",
        """
        started_on | location | distance_miles | fails | because
        2017-05-02 | in       | 50.1           | yes   | too far for the area
        2017-05-02 | in       | 50             | no    | just inside
        2017-05-02 | out      | 120            | no    | out of area
        """,
    ),
    example(
        "temporary-yet-long-term",
        """
        started_on | placement_type | is_long_term | fails | because
        2017-05-02 | T4             | yes          | yes   | both cannot be
        2017-05-02 | T4             | no           | no    | temporary
        2017-05-02 | U4             | yes          | no    | long term
        """,
    ),
    example(
        "visited-as-at-home-yet-elsewhere",
        """
        started_on | ended_on   | placement_type | visit_rule          | fails | because
        2017-05-02 |            | K2             | care_order_home     | yes   | in a home
        2017-05-02 |            | P1             | care_order_home     | no    | with parents
        2017-05-02 |            | U3             | reg24_or_ico_home   | no    | with a relative approved for now
        2017-05-02 | 2017-08-02 | K2             | care_order_home     | no    | ended
        """,
    ),
    example(
        "emergency-with-days-of-notice",
        """
        started_on | arrangement | notice_hours | fails | because
        2017-05-02 | emergency   | 72           | yes   | three days
        2017-05-02 | emergency   | 71           | no    | less
        2017-05-02 | planned     | 200          | no    | planned
        """,
    ),
    example(
        "foster-home-not-registered",
        """
        started_on | placement_type | is_registered | fails | because
        2017-05-02 | U6             | no            | yes   | carers are not registered
        2017-05-02 | K2             | no            | no    | a home should be
        2017-05-02 | U6             | yes           | no    | as it should be
        """,
    ),
    example(
        "weekly-cost-cannot-be-right",
        """
        started_on | weekly_cost | fails | because
        2017-05-02 | 52000       | yes   | of a year
        2017-05-02 | -1          | yes   | below nothing
        2017-05-02 | 40000       | no    | dear and possible
        2017-05-02 | 0           | no    | no cost
        """,
    ),
]
