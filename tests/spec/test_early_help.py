"""Early help: is it begun, led, enough, and does it keep children at home?"""

import pytest

from goldenthread.settings import Settings

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}

ASSESSED = """
    child_id | service      | started_on | assessment_started_on | assessment_completed_on | counted | met | because
    ---------+--------------+------------+-----------------------+-------------------------+---------+-----+--------
    c1 | early_help   | 2017-11-01 | 2017-12-01 | 2017-12-31 | {c1} | begun on the first day, completed on the last
    c2 | early_help   | 2017-11-01 | 2017-11-30 | 2017-12-01 | {c2} | begun the day before
    c3 | early_help   | 2017-12-01 | 2017-12-31 | 2018-01-01 | {c3} | completed the day after
    c4 | early_help   | 2017-12-01 | 2017-12-05 |            | {c4} | still open
    c5 | early_help   | 2017-12-01 |            |            |      |     | no assessment
    c6 | edge_of_care | 2017-12-01 | 2017-12-05 | 2017-12-20 |      |     | another service
"""


@pytest.mark.parametrize(("part", "found"), [("", "c1 c3 c4"), ("completed", "c1 c2")])
def test_early_help_assessments(worked_example, part, found):
    answers = {f"c{n}": "yes | yes" if f"c{n}" in found else " | " for n in range(1, 5)}
    worked_example(
        "EH-01",
        part=part,
        **DECEMBER,
        table="early_help_episodes",
        rows=ASSESSED.format(**answers),
        figure=(len(found.split()), None, 0),
    )


HEAD = "child_id | service | started_on | assessment_started_on | assessment_completed_on | counted | met | because"


def test_early_help_assessments_within_45_working_days(worked_example):
    worked_example(
        "EH-02",
        **DECEMBER,
        table="early_help_episodes",
        rows=HEAD
        + """
        c1 | early_help   | 2017-10-02 | 2017-10-25 | 2017-12-29 | yes | yes     | exactly 45, Christmas left out
        c2 | early_help   | 2017-10-02 | 2017-10-24 | 2017-12-29 | yes | no      | 46
        c3 | early_help   | 2017-10-02 |            | 2017-12-05 | no  | unknown | its start is not recorded
        c4 | early_help   | 2017-10-02 | 2017-12-06 | 2017-12-05 | no  | unknown | completed before it started
        c5 | early_help   | 2017-10-02 | 2017-12-31 | 2017-12-31 | yes | yes     | on the day
        c6 | early_help   | 2017-10-02 | 2017-10-24 | 2017-11-30 |     |         | completed the day before
        c7 | early_help   | 2017-10-02 | 2017-10-24 | 2018-01-01 |     |         | completed the day after
        c8 | edge_of_care | 2017-10-02 | 2017-10-25 | 2017-12-05 |     |         | another service
        c9 | early_help   | 2017-10-02 | 2017-10-02 |            |     |         | still open
        """,
        figure=(2, 3, 2),
    )


def test_overdue_early_help_assessments_may_be_counted_too(worked_example):
    worked_example(
        "EH-02",
        period="2017-12-01 to 2017-12-31",
        table="early_help_episodes",
        rows=HEAD
        + """
        c1 | early_help | 2017-10-02 | 2017-10-25 | 2017-12-29 | yes | yes | completed after 45
        c2 | early_help | 2017-10-02 | 2017-10-24 |            | yes | no  | open after 46
        c3 | early_help | 2017-10-02 | 2017-10-24 | 2018-01-02 | yes | no  | completed after the as-at date
        """,
        settings=Settings(timeliness_basis={"EH-02": "due"}),
        figure=(1, 3, 0),
    )


def test_cases_with_a_lead_professional(worked_example):
    worked_example(
        "EH-03",
        **DECEMBER,
        table="early_help_episodes",
        rows="""
        child_id | service      | started_on | ended_on   | lead_professional   | counted | met | because
        ---------+--------------+------------+------------+---------------------+---------+-----+------------------
        c1       | early_help   | 2017-12-31 |            | A school nurse      | yes     | yes | somebody
        c2       | early_help   | 2017-06-01 |            |                     | yes     | no  | blank
        c3       | early_help   | 2017-06-01 |            | Family Support TEAM | yes     | no  | a team is nobody
        c4       | early_help   | 2017-06-01 |            | Steamship captain   | yes     | yes | not the word team
        c5       | early_help   | 2017-06-01 |            | EAST_DUTY           | yes     | no  | a duty desk
        c6       | early_help   | 2017-06-01 | 2018-01-01 | Pool2 officer       | yes     | yes | nor is pool2 pool
        c7       | early_help   | 2017-06-01 | 2017-12-31 | A teacher           |         |     | ended on the day
        c8       | edge_of_care | 2017-06-01 |            | A teacher           |         |     | another service
        c9       | early_help   | 2018-01-01 |            | A teacher           |         |     | not yet begun
        """,
        figure=(3, 6, 0),
    )


CRITERIA = (
    "child_id | service | started_on | ended_on | has_crime_asb | has_school_absence | has_worklessness "
    "| key | counted | met | because"
)


def test_families_with_two_needs_or_more(worked_example):
    worked_example(
        "EH-04",
        **DECEMBER,
        table="early_help_episodes",
        rows=CRITERIA
        + """
        c1 | early_help   | 2017-06-01 |            | yes | no  | no  | f1 | yes | yes     | one need,
        c2 | early_help   | 2017-06-01 |            | no  | yes |     |    |     |         | another in one family
        c3 | early_help   | 2017-06-01 |            | yes | yes |     |    | yes | yes     | a child of no family
        c4 | early_help   | 2017-06-01 |            | yes |     |     | f2 | yes | no      | one open need,
        c5 | early_help   | 2017-01-05 | 2017-12-31 | no  | yes | yes |    |     |         | the others have ended
        c6 | early_help   | 2017-06-01 |            |     |     |     |    | no  | unknown | nothing is recorded
        c7 | early_help   | 2017-06-01 |            | no  | no  | no  |    | yes | no      | no need
        c8 | edge_of_care | 2017-06-01 |            | yes | yes | yes |    |     |         | another service
        c9 | early_help   | 2018-01-01 |            | yes | yes | yes |    |     |         | not yet begun
        """,
        also={"children": "child_id | family_id\nc1 | f1\nc2 | f1\nc4 | f2\nc5 | f2"},
        figure=(2, 4, 1),
    )


def test_cases_closed_with_needs_met(worked_example):
    worked_example(
        "EH-06",
        **DECEMBER,
        table="early_help_episodes",
        rows="""
        child_id | service      | started_on | ended_on   | end_reason | counted | met     | because
        ---------+--------------+------------+------------+------------+---------+---------+------------------
        c1       | early_help   | 2017-06-01 | 2017-12-01 | needs_met  | yes     | yes     | needs met
        c2       | early_help   | 2017-06-01 | 2017-12-31 | disengaged | yes     | no      | another reason
        c3       | early_help   | 2017-06-01 | 2017-12-05 |            | no      | unknown | no reason
        c4       | early_help   | 2017-06-01 | 2018-01-01 | needs_met  |         |         | the day after
        c5       | edge_of_care | 2017-06-01 | 2017-12-05 | needs_met  |         |         | another service
        """,
        figure=(1, 2, 1),
    )


def test_children_at_the_edge_of_care_still_at_home_after_six_months(worked_example):
    worked_example(
        "SUF-02",
        **DECEMBER,
        table="early_help_episodes",
        rows="""
        child_id | episode_id | service      | started_on | key | counted | met | because
        ---------+------------+--------------+------------+-----+---------+-----+--------------------------------------
        c1       | e1         | edge_of_care | 2017-06-05 | e1  | yes     | yes | never came into care
        c2       | e2         | edge_of_care | 2017-06-05 | e2  | yes     | no  | came in on the last day of six months
        c3       | e3         | edge_of_care | 2017-06-05 | e3  | yes     | yes | came in the day after
        c4       | e4         | edge_of_care | 2017-06-05 |     |         |     | came in on the day it began
        c5       | e5         | edge_of_care | 2017-06-05 | e5  | yes     | yes | short breaks are not care
        c6       | e6         | edge_of_care | 2017-06-05 | e6  | yes     | yes | the first of two
        c6       | e7         | edge_of_care | 2017-06-10 |     |         |     | the second does not count
        c7       | e8         | edge_of_care | 2017-05-31 |     |         |     | six months end on the last of November
        c8       | e9         | edge_of_care | 2017-06-30 | e9  | yes     | no  | in care earlier, and again
        c9       | e10        | early_help   | 2017-06-05 |     |         |     | another service
        """,
        also={
            "care_periods": """
            child_id | started_on | ended_on   | legal_status
            ---------+------------+------------+-------------
            c2       | 2017-12-05 |            | C2
            c3       | 2017-12-06 |            | C2
            c4       | 2017-06-05 | 2017-07-05 | C2
            c5       | 2017-06-05 |            | V4
            c5       | 2017-08-05 |            | V3
            c8       | 2017-01-05 | 2017-06-30 | C2
            c8       | 2017-07-05 | 2017-08-05 | C2
            """
        },
        figure=(4, 6, 0),
    )
