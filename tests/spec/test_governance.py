"""Governance: meetings held, recommendations closed, risks looked at, headlines better than before?"""

import pytest

from goldenthread.settings import Settings

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}
TO_THE_END = {"period": "2017-12-01 to 2017-12-31"}


def test_recommendations_closed_with_evidence(worked_example):
    worked_example(
        "GOV-02",
        **DECEMBER,
        table="recommendations",
        rows="""
        recommendation_id | source | closed_on  | verified_on | key | counted | met | because
        ------------------+--------+------------+-------------+-----+---------+-----+--------------------------------
        r1                | 2017   | 2017-12-01 | 2017-12-31  | r1  | yes     | yes | verified on the last day
        r2                | 2017   | 2017-12-01 | 2018-01-01  | r2  | yes     | no  | verified the day after
        r3                | 2017   | 2018-01-01 | 2017-12-01  | r3  | yes     | no  | closed the day after
        r4                | 2017   | 2017-12-01 |             | r4  | yes     | no  | not verified
        r5                | 2017   |            | 2017-12-01  | r5  | yes     | no  | not closed
        r6                | 2017   |            |             | r6  | yes     | no  | neither
        """,
        figure=(1, 6, 0),
    )


def test_recommendations_of_the_inspection_in_force(worked_example):
    worked_example(
        "GOV-02",
        **DECEMBER,
        table="recommendations",
        rows="""
        recommendation_id | source | published_on | closed_on  | verified_on | key | counted | met | because
        ------------------+--------+--------------+------------+-------------+-----+---------+-----+----------------------------
        r1                | 2013   | 2013-05-01   | 2014-05-01 | 2014-06-01  |     |         |     | of an inspection before it
        r2                | 2017   | 2017-12-31   | 2017-12-31 | 2017-12-31  | r2  | yes     | yes | published on the last day
        r3                | 2017   | 2017-12-31   |            |             | r3  | yes     | no  | of the same inspection
        r4                | 2018   | 2018-01-01   |            |             |     |         |     | published the day after
        r5                | local  |              | 2017-12-01 |             | r5  | yes     | no  | of no day: always in force
        """,
        figure=(1, 3, 0),
    )


MEETINGS = """
    meeting_id | forum | scheduled_on | held_on    | is_quorate | key | counted | met     | because
    -----------+-------+--------------+------------+------------+-----+---------+---------+-------------------------------
    m1         | board | 2017-12-01   | 2017-12-08 | yes        | m1  | yes     | yes     | seven days after
    m2         | board | 2017-12-10   | 2017-12-03 | yes        | m2  | yes     | yes     | seven days before
    m3         | board | 2017-12-01   | 2017-12-09 | yes        | m3  | yes     | no      | eight days after
    m4         | board | 2017-12-10   | 2017-12-02 | yes        | m4  | yes     | no      | eight days before
    m5         | board | 2017-12-05   | 2017-12-05 | no         | m5  | yes     | no      | not enough members
    m6         | board | 2017-12-05   | 2017-12-05 |            | m6  | yes     | unknown | counts as quorate
    m7         | board | 2017-12-05   | 2017-12-20 |            | m7  | yes     | no      | too late, whoever came
    m8         | board | 2017-12-23   |            |            | m8  | yes     | no      | not held, eight days past
    m9         | board | 2017-12-24   |            |            | m9  | no      |         | seven days past: not due
    n1         | board | 2017-11-30   | 2017-12-01 | yes        |     |         |         | planned for the day before
    n2         | board | 2018-01-01   | 2017-12-31 | yes        |     |         |         | planned for the day after
    n3         | board | 2017-12-01   | 2018-01-02 | yes        | n3  | yes     | no      | held after the as-at date
    n4         | member_event | 2017-12-05 | 2017-12-05 | yes    | n4  | yes     | yes     | of whatever forum
"""


def test_meetings_held_to_schedule_and_quorate(worked_example):
    worked_example("GOV-03", **TO_THE_END, table="meetings", rows=MEETINGS, figure=(4, 10, 1), value="40.0")


def test_how_near_its_day_a_meeting_has_to_be(worked_example):
    worked_example(
        "GOV-03",
        **TO_THE_END,
        table="meetings",
        rows="""
        meeting_id | forum | scheduled_on | held_on    | is_quorate | key | counted | met | because
        -----------+-------+--------------+------------+------------+-----+---------+-----+------------
        m1         | board | 2017-12-01   | 2017-12-09 | yes        | m1  | yes     | yes | eight after
        m2         | board | 2017-12-01   | 2017-12-10 | yes        | m2  | yes     | no  | nine after
        """,
        settings=Settings(parameters={"meeting_tolerance_days": 8}),
        figure=(1, 2, 0),
    )


def test_events_for_councillors_held(worked_example):
    worked_example(
        "GOV-09",
        **TO_THE_END,
        table="meetings",
        rows="""
        meeting_id | forum        | scheduled_on | held_on    | key | counted | met | because
        -----------+--------------+--------------+------------+-----+---------+-----+----------------------------
        m1         | member_event | 2017-12-01   | 2017-12-20 | m1  | yes     | yes | held, on whatever day
        m2         | member_event | 2017-12-30   |            | m2  | yes     | no  | its day was yesterday
        m3         | member_event | 2017-12-31   |            | m3  | no      |     | its day is the as-at date
        m4         | member_event | 2017-12-31   | 2017-12-31 | m4  | yes     | yes | held on it
        m5         | member_event | 2017-11-30   | 2017-12-01 |     |         |     | planned for the day before
        m6         | board        | 2017-12-01   | 2017-12-01 |     |         |     | another body
        """,
        figure=(2, 3, 0),
    )


RESULTS = """
    indicator_id | period_end | value | target | polarity | is_headline | key              | counted | met  | because
    -------------+------------+-------+--------+----------+-------------+------------------+---------+------+---------
    AS-02        | 2017-12-31 | 80.0  | 80.0   | high     | yes         | AS-02/2017-12-31 | {AS-02} | on target; from 79
    AS-02        | 2017-11-30 | 79.0  | 75.0   | high     | yes         |                  |    |     | the period before
    AS-02        | 2017-10-31 | 70.0  | 70.0   | high     | yes         |                  |    |     | two periods before
    CP-03        | 2017-12-31 | 79.9  | 80.0   | high     | yes         | CP-03/2017-12-31 | {CP-03} | below target; from 79
    CP-03        | 2017-11-30 | 79.0  | 75.0   | high     | yes         |                  |    |     | the period before
    FD-07        | 2017-12-31 | 15.0  | 15.0   | low      | yes         | FD-07/2017-12-31 | {FD-07} | low is better; from 16
    FD-07        | 2017-11-30 | 16.0  | 15.0   | low      | yes         |                  |    |     | the period before
    FD-07        | 2017-10-31 | 14.0  | 15.0   | low      | yes         |                  |    |     | two periods before
    CP-01        | 2017-12-31 | 98.0  |        | low      | yes         | CP-01/2017-12-31 | {CP-01} | two in a hundred down; no target
    CP-01        | 2017-11-30 | 100.0 |        | low      | yes         |                  |    |     | the period before
    WF-05        | 2017-12-31 | 17.7  | 18.0   | low      | yes         | WF-05/2017-12-31 | {WF-05} | less than two in a hundred down
    WF-05        | 2017-11-30 | 18.0  | 18.0   | low      | yes         |                  |    |     | the period before
    WF-05        | 2017-10-31 | 18.0  | 18.0   | low      | yes         |                  |    |     | two periods before
    LAC-01       | 2017-12-31 | 60.0  | 60.0   | neutral  | yes         | LAC-01/2017-12-31 | {LAC-01} | neither high nor low
    LAC-01       | 2017-11-30 | 50.0  | 60.0   | neutral  | yes         |                  |    |     | the period before
    SO-01        | 2017-12-31 |       | 95.0   | high     | yes         | SO-01/2017-12-31 | {SO-01} | no value
    SO-02        | 2017-12-31 | 90.0  | 95.0   | high     | yes         | SO-02/2017-12-31 | {SO-02} | from no value before
    SO-02        | 2017-11-30 |       | 95.0   | high     | yes         |                  |    |     | the period before
    FD-02        | 2017-12-31 | 90.0  | 80.0   | high     | no          |                  |    |     | no headline
    DQ-01        | 2017-12-30 | 90.0  | 80.0   | high     | yes         |                  |    |     | of a period that ends before
    DQ-02        | 2018-01-31 | 90.0  | 80.0   | high     | yes         |                  |    |     | of a period that ends after
"""
YES, NO, OUT = "yes | yes", "yes | no ", "no  |    "
OF_PARTS = {
    "": (
        {
            "AS-02": YES,
            "CP-03": NO,
            "FD-07": YES,
            "CP-01": OUT,
            "WF-05": YES,
            "LAC-01": YES,
            "SO-01": OUT,
            "SO-02": NO,
        },
        (4, 6, 0),
    ),
    "improved": (
        {
            "AS-02": YES,
            "CP-03": NO,
            "FD-07": YES,
            "CP-01": YES,
            "WF-05": NO,
            "LAC-01": OUT,
            "SO-01": OUT,
            "SO-02": OUT,
        },
        (3, 5, 0),
    ),
    "sustained": (
        {
            "AS-02": YES,
            "CP-03": NO,
            "FD-07": NO,
            "CP-01": NO,
            "WF-05": YES,
            "LAC-01": OUT,
            "SO-01": OUT,
            "SO-02": NO,
        },
        (2, 6, 0),
    ),
}


@pytest.mark.parametrize("part", OF_PARTS)
def test_headline_indicators_at_target_improving_and_sustained(worked_example, part):
    answers, figure = OF_PARTS[part]
    worked_example(
        "GOV-05",
        part=part,
        **DECEMBER,
        table="indicator_results",
        rows=RESULTS.format(**answers),
        figure=figure,
    )


def test_what_did_not_move_has_not_improved(worked_example):
    worked_example(
        "GOV-05",
        part="improved",
        **DECEMBER,
        table="indicator_results",
        rows="""
        indicator_id | period_end | value | polarity | is_headline | key              | counted | met | because
        -------------+------------+-------+----------+-------------+------------------+---------+-----+----------------
        MX-01        | 2017-12-31 | 0.0   | low      | yes         | MX-01/2017-12-31 | yes     | no  | none, as before
        MX-01        | 2017-11-30 | 0.0   | low      | yes         |                  |         |     | none
        FD-01        | 2017-12-31 | 35.7  | high     | yes         | FD-01/2017-12-31 | yes     | yes | exactly 2% more
        FD-01        | 2017-11-30 | 35.0  | high     | yes         |                  |         |     | the period before
        FD-06        | 2017-12-31 | 34.0  | high     | yes         | FD-06/2017-12-31 | yes     | no  | the other way
        FD-06        | 2017-11-30 | 35.0  | high     | yes         |                  |         |     | the period before
        """,
        figure=(1, 3, 0),
    )


RISKS = """
    risk_id | opened_on  | closed_on  | likelihood | impact | reviewed_on | key  | counted | met  | because
    --------+------------+------------+------------+--------+-------------+------+---------+------+-----------------------------
    r1      | 2017-01-01 |            | 3          | 4      | 2017-11-30  | {r1} | 12; looked at 31 days before
    r2      | 2017-01-01 |            | 4          | 3      | 2017-11-29  | {r2} | 12; looked at 32 days before
    r3      | 2017-11-29 |            | 5          | 5      |             | {r3} | 25; opened 32 days before
    r4      | 2017-12-31 |            |            | 5      |             | {r4} | opened on the day; not scored
    r5      | 2017-01-01 | 2018-01-01 | 2          |        | 2018-01-05  | {r5} | open on the day; reviewed since
    r6      | 2017-01-01 | 2017-12-31 | 5          | 5      | 2017-12-01  |   |  |  | closed on the day
    r7      | 2018-01-01 |            | 5          | 5      |             |   |  |  | opened the day after
"""
RISK_PARTS = {
    "": ("r1", "r2", "r3", "r4", "r5"),
    "overdue": ("r2", "r3", "r5"),
    "score_12": ("r1", "r2"),
    "score_25": ("r3",),
    "not_scored": ("r4", "r5"),
}


@pytest.mark.parametrize("part", RISK_PARTS)
def test_risks_by_score_and_overdue_reviews(worked_example, part):
    inside = RISK_PARTS[part]
    lines = {name: f"{name} | yes | no" if name in inside else " | | " for name in RISK_PARTS[""]}
    worked_example(
        "GOV-06",
        part=part,
        **DECEMBER,
        table="risks",
        rows=RISKS.format(**lines),
        figure=(len(inside), None, 0),
        value=str(len(inside)),
    )


def test_when_a_review_of_a_risk_is_overdue(worked_example):
    worked_example(
        "GOV-06",
        part="overdue",
        **DECEMBER,
        table="risks",
        rows="""
        risk_id | opened_on  | likelihood | impact | reviewed_on | key | counted | met | because
        --------+------------+------------+--------+-------------+-----+---------+-----+----------------
        r1      | 2017-01-01 | 3          | 4      | 2017-11-29  |     |         |     | 32 days are allowed
        r2      | 2017-01-01 | 4          | 3      | 2017-11-28  | r2  | yes     | no  | 33 days before
        """,
        settings=Settings(parameters={"risk_review_days": 32}),
        figure=(1, None, 0),
    )


REVIEWED = """
    risk_id | opened_on  | likelihood | impact | reviewed_on | key  | counted | met  | because
    --------+------------+------------+--------+-------------+------+---------+------+---------------------------------
    r1      | 2017-01-01 | 5          | 5      | 2018-01-20  | {r1} | 12 then; looked at 31 days before
    r2      | 2017-01-01 | 5          | 5      | 2018-01-20  | {r2} | 6 then; looked at 32 days before
    r3      | 2017-12-01 | 4          | 3      | 2018-01-20  | {r3} | no review by then: as it stands
    r4      | 2017-01-01 | 4          | 3      | 2017-12-20  | {r4} | the later of the two reviews counts
"""
REVIEWS = """
    risk_id | reviewed_on | likelihood | impact
    --------+-------------+------------+-------
    r1      | 2017-01-01  | 1          | 1
    r1      | 2017-11-30  | 3          | 4
    r1      | 2018-01-01  | 5          | 5
    r2      | 2017-11-29  | 2          | 3
    r2      | 2018-01-20  | 5          | 5
    r3      | 2018-01-20  | 4          | 4
    r4      | 2017-10-01  | 2          |
"""
REVIEWED_PARTS = {
    "": ("r1", "r2", "r3", "r4"),
    "overdue": ("r2",),
    "score_12": ("r1", "r3"),
    "score_6": ("r2", "r4"),
}


@pytest.mark.parametrize("part", REVIEWED_PARTS)
def test_risks_stood_on_a_day_as_their_reviews_by_then_say(worked_example, part):
    inside = REVIEWED_PARTS[part]
    lines = {name: f"{name} | yes | no" if name in inside else " | | " for name in REVIEWED_PARTS[""]}
    worked_example(
        "GOV-06",
        part=part,
        **DECEMBER,
        table="risks",
        rows=REVIEWED.format(**lines),
        also={"risk_reviews": REVIEWS},
        figure=(len(inside), None, 0),
    )
