"""Is a pathway planned in time at 16, and do young people stay with their foster carers at 18?"""

import pytest

from goldenthread.settings import Settings

CHILDREN = """
    child_id | born_on    | is_unborn | counted | met     | status   | because
    ---------+------------+-----------+---------+---------+----------+-------------------------------------------
    c1       | 2001-09-15 |           | yes     | yes     | in_time  | planned on the limit: three months after 16
    c2       | 2001-09-15 |           | yes     | no      | late     | planned a day after it
    c3       | 2001-09-15 |           | {0}     | {1}     | overdue  | only a review
    c4       | 2001-09-15 |           | yes     | yes     | in_time  | assessed before the 16th birthday
    c5       | 2001-09-15 |           |         |         |          | no longer looked after on the limit date
    c6       | 2001-09-15 |           |         |         |          | short breaks are not being looked after
    c7       | 2001-01-02 |           | {0}     | {1}     | overdue  | the 91st day in care is 29 September
    c8       | 2001-01-02 |           |         |         |          | the 91st day is 1 October: due on 1 January
    c9       | 2001-01-02 |           | {0}     | {1}     | overdue  | two periods that overlap, 91 days in all
    c10      | 2001-01-02 |           | {0}     | {1}     | overdue  | days before the 14th birthday do not count
    c11      | 2001-09-30 |           | no      |         | not_due  | the limit is the as-at date
    c12      |            |           | no      | unknown | unknown  | no date of birth
    c13      |            | yes       |         |         |          | unborn
    c14      |            |           |         |         |          | care ended as the period began
"""
CARE = """
    child_id | started_on | ended_on   | legal_status
    ---------+------------+------------+-------------
    c1       | 2010-01-04 |            | C2
    c2       | 2010-01-04 |            | C2
    c3       | 2010-01-04 |            | C2
    c4       | 2010-01-04 |            | C2
    c5       | 2010-01-04 | 2017-12-15 | C2
    c6       | 2010-01-04 |            | V4
    c7       | 2017-07-01 |            | C2
    c8       | 2017-07-03 |            | C2
    c9       | 2017-06-01 | 2017-06-11 | C2
    c9       | 2017-06-06 | 2017-06-16 | C2
    c9       | 2017-07-16 |            | C2
    c10      | 2014-12-02 | 2015-02-02 | C2
    c10      | 2017-08-01 |            | C2
    c11      | 2010-01-04 |            | C2
    c12      | 2017-12-30 |            | C2
    c13      | 2010-01-04 |            | C2
    c14      | 2010-01-04 | 2017-12-01 | C2
"""
PATHWAYS = """
    child_id | kind             | done_on
    ---------+------------------+-----------
    c1       | plan             | 2017-12-15
    c1       | plan             | 2017-12-30
    c2       | needs_assessment | 2017-12-16
    c3       | review           | 2017-10-01
    c4       | needs_assessment | 2017-01-03
"""


@pytest.mark.parametrize(
    ("basis", "overdue", "figure"), [("due", ("yes", "no"), (2, 7, 1)), ("completed", ("no", ""), (2, 3, 1))]
)
def test_pathways_planned_within_three_months_of_16(worked_example, basis, overdue, figure):
    worked_example(
        "CL-08",
        period="2017-12-01 to 2017-12-30",
        as_at="2017-12-30",
        table="children",
        rows=CHILDREN.format(*overdue),
        also={"care_periods": CARE, "pathway_plans": PATHWAYS},
        settings=Settings(timeliness_basis={"CL-08": basis}),
        figure=figure,
    )


LEFT = """
    child_id | started_on | ended_on   | counted | met | because
    ---------+------------+------------+---------+-----+-----------------------------------------------------
    c1       | 2010-01-04 | 2017-06-01 | yes     | {0} | left on the 18th birthday and stayed till the 20th
    c2       | 2010-01-04 | 2017-06-01 | yes     | {1} | moved before the 19th birthday
    c3       | 2010-01-04 | 2017-05-31 |         |     | left the day before the 18th birthday
    c4       | 2010-01-04 | 2017-06-01 |         |     | not from a foster placement
    c5       | 2010-01-04 | 2017-06-01 |         |     | the last placement was no foster placement
    c6       | 2010-01-04 | 2016-12-31 |         |     | left more than a year before
    c7       | 2010-01-04 | 2017-01-01 | yes     | {2} | no status on the birthday
    c8       | 2010-01-04 |            |         |     | has not left
    c9       | 2010-01-04 | 2018-01-01 |         |     | left after the day
    c10      | 2010-01-04 | 2017-06-01 | no      | unknown | no date of birth
"""
ALSO = {
    "children": """
    child_id | born_on
    ---------+-----------
    c1       | 1999-06-01
    c2       | 1998-11-02
    c3       | 1999-06-01
    c4       | 1999-06-01
    c5       | 1999-06-01
    c6       | 1998-06-01
    c7       | 1999-01-01
    c8       | 1999-06-01
    c9       | 1999-06-01
    """,
    "placements": """
    child_id | placement_type | started_on | ended_on
    ---------+----------------+------------+-----------
    c1       | U1             | 2010-01-04 | 2017-06-01
    c2       | U6             | 2010-01-04 | 2017-06-01
    c3       | U1             | 2010-01-04 | 2017-05-31
    c4       | K2             | 2010-01-04 | 2017-06-01
    c5       | U1             | 2010-01-04 | 2017-05-01
    c5       | H5             | 2017-05-01 | 2017-06-01
    c6       | U1             | 2010-01-04 | 2016-12-31
    c7       | U4             | 2010-01-04 |
    c8       | U1             | 2010-01-04 |
    c9       | U1             | 2010-01-04 |
    c10      | U1             | 2010-01-04 |
    """,
    "care_leaver_statuses": """
    child_id | recorded_on | is_service_open | eligibility     | accommodation
    ---------+-------------+-----------------+-----------------+--------------
    c1       | 2017-06-01  | yes             | former_relevant | Z
    c2       | 2016-11-02  | yes             | former_relevant | Z
    c2       | 2017-11-01  | yes             | former_relevant | U
    c7       | 2017-01-02  | yes             | former_relevant | Z
    """,
}


@pytest.mark.parametrize(
    ("part", "answers", "figure"), [("", "yes yes no ", (2, 3, 1)), ("age19", "yes no  yes", (2, 3, 1))]
)
def test_young_people_who_stay_with_their_foster_carers(worked_example, part, answers, figure):
    worked_example(
        "CL-10",
        part=part,
        period="2017-12-31",
        as_at="2018-01-31",
        table="care_periods",
        rows=LEFT.format(*answers.split()),
        also=ALSO,
        figure=figure,
    )
