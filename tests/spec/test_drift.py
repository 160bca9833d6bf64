"""Drift: is every open case overseen by a manager, active, and summed up?"""

from datetime import date

import pytest

from goldenthread.figures.work_out import figures
from goldenthread.periods import one_period
from goldenthread.settings import Settings
from tests.builders import ALoad

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}
FILES = ("referrals", "care_periods", "cp_plans", "cin_plans", "assessments")


def _others(table: str, **drawn: str) -> dict[str, str]:
    """The files that say what is open, empty but for those drawn, besides the table of the rows."""
    return {**dict.fromkeys((name for name in FILES if name != table), "child_id"), **drawn}


OVERSIGHTS = """
    child_id | kind                  | overseen_on
    ---------+-----------------------+------------
    c1       | oversight             | 2017-11-05
    c2       | case_supervision      | 2017-11-04
    c3       | iro_midpoint          | 2017-12-20
    c4       | assessment_checkpoint | 2018-01-02
    c5       | oversight             | 2017-11-05
"""


def test_cases_overseen_in_eight_weeks(worked_example):
    worked_example(
        "SO-01",
        **DECEMBER,
        table="referrals",
        rows="""
        child_id | received_on | counted | met | because
        ---------+-------------+---------+-----+--------------------------------------------
        c1       | 2017-01-02  | yes     | yes | exactly 56 days before
        c2       | 2017-01-02  | yes     | no  | 57 days before
        c3       | 2017-01-02  | yes     | no  | a reviewing officer's check is no oversight
        c4       | 2017-01-02  | yes     | no  | overseen only in January
        c7       | 2017-12-20  |         |     | a referral not yet assessed is no open case
        """,
        also=_others("referrals", management_oversights=OVERSIGHTS),
        figure=(1, 4, 0),
    )


@pytest.mark.parametrize(
    ("include_new", "answer", "figure"), [(False, "no | ", (0, 1, 0)), (True, "yes | no", (0, 3, 0))]
)
def test_new_cases_without_oversight_are_not_due_unless_asked_for(
    worked_example, include_new, answer, figure
):
    worked_example(
        "SO-01",
        **DECEMBER,
        table="cin_plans",
        rows=f"""
        child_id | started_on | ended_on   | counted | met | because
        ---------+------------+------------+---------+-----+---------------------------------------------------
        c5       | 2017-11-06 |            | {answer} | open for 55 days; overseen the day before it opened
        c6       | 2017-11-05 |            | {answer} | open for exactly 56 days
        c7       | 2017-11-04 | 2018-01-31 | yes | no | open since the first of two plans, 57 days before
        c7       | 2017-12-20 |            |     |    | the second
        """,
        also=_others("cin_plans", management_oversights=OVERSIGHTS),
        settings=Settings(parameters={"oversight_include_new": include_new}),
        figure=figure,
    )


ACTIVITY = {
    "visits": """
    child_id | kind | visited_at       | is_seen
    ---------+------+------------------+--------
    c1       | cin  | 2017-12-03 17:00 | no
    c2       | cin  | 2017-12-02       | yes
    c3       | cin  | 2018-01-01       | yes
    """,
    "management_oversights": "child_id | kind | overseen_on\nc4 | iro_midpoint | 2017-12-03",
    "plan_meetings": "child_id | kind | held_on\nc5 | core_group | 2017-12-03",
    "conferences": "child_id | kind | held_on\nc6 | review | 2017-12-03",
    "strategy_discussions": "child_id | held_on\nc7 | 2017-12-03",
    "assessments": """
    child_id | started_on | authorised_on
    ---------+------------+--------------
    c8       | 2017-12-03 |
    c9       | 2017-10-02 | 2017-12-03
    c10      | 2017-10-02 | 2018-01-02
    """,
    "health_checks": "child_id | kind | done_on\nc11 | dental_check | 2017-12-03",
    "peps": "child_id | held_on\nc12 | 2017-12-03",
    "pathway_plans": "child_id | kind | done_on\nc13 | plan | 2017-12-03",
}


def test_cases_without_activity_for_four_weeks(worked_example):
    worked_example(
        "SO-04",
        **DECEMBER,
        table="referrals",
        rows="""
        child_id | received_on | counted | met | because
        ---------+-------------+---------+-----+--------------------------------------------
        c1       | 2017-01-02  | yes     | yes | visited 28 days before, though not seen
        c2       | 2017-01-02  | yes     | no  | visited 29 days before
        c3       | 2017-01-02  | yes     | no  | visited only in January
        c4       | 2017-01-02  | yes     | yes | oversight of any kind
        c5       | 2017-01-02  | yes     | yes | a meeting
        c6       | 2017-01-02  | yes     | yes | a conference
        c7       | 2017-01-02  | yes     | yes | a strategy discussion
        c8       | 2017-01-02  | yes     | yes | an assessment began
        c9       | 2017-01-02  | yes     | yes | an assessment was authorised
        c10      | 2017-01-02  | yes     | no  | authorised only in January
        c11      | 2017-01-02  | yes     | yes | a health check
        c12      | 2017-01-02  | yes     | yes | a personal education plan
        c13      | 2017-01-02  | yes     | yes | a pathway plan
        c14      | 2017-01-02  | yes     | no  | nothing since it opened
        """,
        also=_others("referrals", **ACTIVITY),
        figure=(4, 14, 0),
    )


def test_the_day_a_case_opened_counts_as_activity(worked_example):
    worked_example(
        "SO-04",
        **DECEMBER,
        table="cp_plans",
        rows="""
        child_id | started_on | counted | met | because
        ---------+------------+---------+-----+-----------------------
        c20      | 2017-12-03 | yes     | yes | opened 28 days before
        c21      | 2017-12-02 | yes     | no  | opened 29 days before
        """,
        also=_others("cp_plans", **ACTIVITY),
        figure=(1, 2, 0),
    )


def test_a_file_of_activity_that_is_missing_is_named(tmp_path):
    load = ALoad(tmp_path, date(2017, 12, 31))
    for name, text in _others("", **ACTIVITY).items():
        if name != "peps":
            load.add(name, text)
    asked = one_period(date(2017, 12, 1), date(2017, 12, 31), load.as_at_on)
    (line,) = figures(load, asked, Settings(), refs=["SO-04"])
    assert (line.status, line.note) == (
        "partial",
        "peps.csv is missing, so what it holds does not count as activity",
    )


def test_cases_with_an_up_to_date_chronology(worked_example):
    worked_example(
        "SO-08",
        **DECEMBER,
        table="referrals",
        rows="""
        child_id | received_on | chronology_updated_on | counted | met | because
        ---------+-------------+-----------------------+---------+-----+-----------------------------------
        c1       | 2017-01-02  | 2017-07-01            | yes     | yes | exactly 183 days before
        c2       | 2017-01-02  | 2017-06-30            | yes     | no  | 184 days before
        c3       | 2017-07-01  |                       | no      |     | none yet; open for 183 days
        c4       | 2017-06-30  |                       | yes     | no  | none; open for 184 days
        c5       | 2017-06-30  | 2018-01-02            | yes     | no  | updated only in January
        """,
        also=_others("referrals"),
        figure=(1, 4, 0),
    )
