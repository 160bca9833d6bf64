"""Staff: are people recruited, trained, well and led by permanent managers?"""

from decimal import Decimal

import pytest

from goldenthread.settings import Settings

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}

SICK = """
    post_id | worker_id | employment | is_social_worker | fte | sickness_days_12m | started_on | key | counted | met | because
    --------+-----------+------------+------------------+-----+-------------------+------------+-----+-----+-----+--------
    p1      | w1        | permanent  | yes              | 1   | 5                 | 2016-01-04 | w1  | yes | | five days
    p2      | w2        | permanent  | yes              | 0.5 | 0                 | 2016-01-04 | w2  | yes | | none, half time
    p3      | w3        | permanent  | yes              | 1   |                   | 2016-01-04 | w3  | no | unknown | not recorded
    p4      | w4        | permanent  | yes              | 1   | 99                | 2016-01-04 |     | | | an earlier post
    q4      | w4        | permanent  | yes              | 1   | 2                 | 2016-09-05 | w4  | yes | | the latest counts
    p5      | w5        | agency     | yes              | 1   | 9                 | 2016-01-04 |     | | | agency
    p6      | w6        | permanent  | no               | 1   | 9                 | 2016-01-04 |     | | | no social worker
"""


@pytest.mark.parametrize(
    ("period", "days_of_work"),
    [("2017-12-01 to 2017-12-31", Decimal("632.5")), ("2016-12-01 to 2016-12-31", 635)],
    ids=["253 days of work", "254 with 29 February"],
)
def test_sickness(worked_example, period, days_of_work):
    worked_example(
        "WF-08", period=period, as_at="2018-01-31", table="posts", rows=SICK, figure=(7, days_of_work, 1)
    )


CAMPAIGNS = """
    campaign_id | advertised_on | applications | shortlisted | offers | starters | key | counted | met | because
    ------------+---------------+--------------+-------------+--------+----------+-----+---------+-----+-----------
    k1          | 2017-12-01    | 20           | 8           | 3      | 2        | k1  | yes     |     | on the first day
    k2          | 2017-12-31    | 5            |             | 0      | 0        | k2  | {short} |     | on the last day
    k3          | 2017-11-30    | 9            | 9           | 9      | 9        |     |         |     | the day before
    k4          | 2018-01-01    | 9            | 9           | 9      | 9        |     |         |     | the day after
"""


@pytest.mark.parametrize(
    ("part", "second", "total"),
    [("", "yes", 25), ("shortlisted", "no ", 8), ("offers", "yes", 3), ("starters", "yes", 2)],
)
def test_recruitment(worked_example, part, second, total):
    worked_example(
        "WF-09",
        part=part,
        **DECEMBER,
        table="recruitment_campaigns",
        rows=CAMPAIGNS.format(short=second),
        also={"posts": "post_id | started_on"},
        figure=(total, None, 0),
    )


def test_how_long_it_takes_to_hire(worked_example):
    worked_example(
        "WF-09",
        part="time_to_hire",
        period="2017-10-01 to 2017-12-31",
        table="posts",
        rows="""
        post_id | worker_id | campaign_id | started_on | key           | counted | met | because
        --------+-----------+-------------+------------+---------------+---------+-----+------------------------------
        p1      | w1        | k1          | 2017-12-01 | p1/2017-12-01 | yes     |     | 61 days after 1 October
        p2      | w2        | k0          | 2017-10-02 |               |         |     | advertised before the period
        p5      | w5        | k1          | 2017-11-01 | p5/2017-11-01 | yes     |     | 31 days after 1 October
        p3      | w3        |             | 2017-12-01 |               |         |     | no campaign
        p4      | w4        | k1          | 2017-09-30 |               |         |     | began before the period
        """,
        also={
            "recruitment_campaigns": """
            campaign_id | advertised_on | applications | shortlisted | offers | starters
            ------------+---------------+--------------+-------------+--------+---------
            k0          | 2017-09-01    | 3            | 1           | 1      | 1
            k1          | 2017-10-01    | 3            | 1           | 1      | 1
            """
        },
        figure=(92, 2, 0),
        value="46.0",
    )


def test_agency_workers_who_become_permanent(worked_example):
    worked_example(
        "WF-10",
        **DECEMBER,
        table="posts",
        rows="""
        post_id | worker_id | employment | started_on | ended_on   | is_converted_from_agency | key | counted | met | because
        --------+-----------+------------+------------+------------+--------------------------+-----+---------+-----+--------
        p1 | w1 | agency    | 2017-01-02 | 2017-12-05 |     | w1 | yes | no | agency on the first day
        q1 | w1 | permanent | 2017-12-05 |            |     | q1/2017-12-05 | no | | blank; agency until that day
        p2 | w2 | agency    | 2017-01-02 | 2017-12-01 |     |    |     |    | ended on the first day
        q2 | w2 | permanent | 2018-01-01 |            | yes |    |     |    | permanent only after the period
        p3 | w3 | agency    | 2017-01-02 | 2017-11-04 |     |    |     |    | agency until November
        q3 | w3 | permanent | 2017-12-05 |            |     | q3/2017-12-05 | no | | blank; 31 days later
        p4 | w4 | agency    | 2017-01-02 | 2017-11-03 |     |    |     |    | agency until November
        q4 | w4 | permanent | 2017-12-05 |            |     |    |     |    | blank; 32 days later
        q5 | w5 | permanent | 2017-12-31 |            | yes | q5/2017-12-31 | no | | flagged, whatever came before
        q6 | w6 | permanent | 2017-12-05 |            | no  |    |     |    | not converted
        q7 |    | permanent | 2017-12-05 |            |     |    |     |    | blank worker: not converted
        """,
        figure=(3, 1, 0),
        value="300.0",
    )


TRAINED = """
    worker_id | course           | completed_on | expires_on
    ----------+------------------+--------------+-----------
    w1        | BACK_TO_BASICS   | 2016-12-31   | 2018-01-01
    w2        | back_to_basics   | 2016-12-30   | 2017-12-31
    w4        | another course   | 2017-06-01   |
    w5        | back_to_basics   | 2018-01-02   |
    w6        | back_to_basics   | 2016-12-30   |
"""
STAFF = """
    post_id | worker_id | role | is_social_worker | started_on | ended_on | long_leave_from_on | long_leave_to_on | key | counted | met | because
    --------+-----------+------+------------------+------------+----------+--------------------+------------------+-----+---------+-----+--------
    p1 | w1 | social_worker   | yes | 2016-01-04 |            |            |            | w1/back_to_basics | yes | yes | valid until the day after; by any case
    p2 | w2 | team_manager    | no  | 2016-01-04 |            |            |            | w2/back_to_basics | yes | no  | a manager; expired on the day
    p3 | w3 | service_manager | no  | 2017-12-31 |            |            |            | w3/back_to_basics | yes | no  | new that day: no grace
    p4 | w4 | social_worker   | yes | 2016-01-04 |            | 2017-06-01 | 2017-12-31 | w4/back_to_basics | yes | no  | back that day; another course
    p5 | w5 | social_worker   | yes | 2016-01-04 |            | 2018-01-01 |            | w5/back_to_basics | yes | no  | trained only in January
    p6 | w6 | social_worker   | yes | 2016-01-04 |            |            |            | w6/back_to_basics | yes | {w6} | exactly twelve months and a day
    p7 | w7 | social_worker   | yes | 2016-01-04 |            | 2017-12-31 |            |  |  |  | on long leave from that day
    p8 | w8 | family_support  | no  | 2016-01-04 |            |            |            |  |  |  | another role
    p9 | w9 | social_worker   | yes | 2016-01-04 | 2017-12-31 |            |            |  |  |  | left that day
"""
A_YEAR = [{"course": "back_to_basics", "roles": "social_workers_and_managers", "validity_months": 12}]


@pytest.mark.parametrize("part", ["", "back_to_basics"])
@pytest.mark.parametrize(
    ("settings", "answer", "met"),
    [(Settings(), "yes", 2), (Settings(parameters={"mandatory_courses": A_YEAR}), "no ", 1)],
    ids=["for good", "for a year"],
)
def test_mandatory_training(worked_example, part, settings, answer, met):
    worked_example(
        "WF-12",
        part=part,
        **DECEMBER,
        table="posts",
        rows=STAFF.format(w6=answer),
        also={"training_completions": TRAINED},
        settings=settings,
        figure=(met, 6, 0),
    )


def test_senior_managers_who_are_permanent(worked_example):
    worked_example(
        "WF-13",
        **DECEMBER,
        table="posts",
        rows="""
        post_id | worker_id | role           | employment | is_established | started_on | ended_on   | key | counted | met | because
        --------+-----------+----------------+------------+----------------+------------+------------+-----+---------+-----+--------
        p1 | w1 | senior_manager | permanent | yes | 2017-12-31 |            | p1 | yes | yes | permanent from that day
        p2 | w2 | senior_manager | agency    | yes | 2016-01-04 |            | p2 | yes | no  | an interim through an agency
        p3 |    | senior_manager | vacant    | yes | 2016-01-04 |            | p3 | yes | no  | vacant
        p4 | w4 | senior_manager | permanent | yes | 2016-01-04 |            | p4 | yes | no  | one of two rows of the post
        p4 | w5 | senior_manager | agency    | yes | 2017-06-01 |            |    |     |     | is agency
        p5 | w6 | senior_manager | permanent | no  | 2016-01-04 |            |    |     |     | not established
        p6 | w7 | team_manager   | permanent | yes | 2016-01-04 |            |    |     |     | another role
        p7 | w8 | senior_manager | permanent | yes | 2016-01-04 | 2017-12-31 |    |     |     | ended that day
        """,
        figure=(1, 4, 0),
    )


ETHNICITIES = """
    post_id | worker_id | is_social_worker | ethnicity | fte | started_on | ended_on   | key | counted | met | because
    --------+-----------+------------------+-----------+-----+------------+------------+-----+---------+-----+--------
    p1      | w1        | yes              | BAFR      | 1   | 2016-01-04 |            | w1  | yes | {met} | known
    p2      | w2        | yes              | WBRI      | 1   | 2016-01-04 |            | w2  | yes | {met} | two posts are
    q2      | w2        | yes              | WBRI      | 1   | 2017-06-01 |            |     |     |       | one worker
    p3      | w3        | yes              | WBRI      | 1   | 2017-12-31 |            | w3  | yes | {met} | new that day
    p4      | w4        | yes              | REFU      | 1   | 2016-01-04 |            |     |     |       | refused to say
    p5      | w5        | yes              |           | 1   | 2016-01-04 |            |     |     |       | not recorded
    p6      | w6        | no               | BAFR      | 1   | 2016-01-04 |            |     |     |       | another role
    p7      | w7        | yes              | BAFR      | 1   | 2016-01-04 | 2017-12-31 |     |     |       | left that day
"""


@pytest.mark.parametrize(
    ("part", "met", "figure", "value"),
    [
        ("", "yes", (3, None, 0), "3"),
        ("WBRI", "", (None, 3, 0), "16.7"),
        ("BAFR", "", (None, 3, 0), "-16.7"),
    ],
)
def test_social_workers_beside_the_children_of_open_cases(worked_example, part, met, figure, value):
    worked_example(
        "WF-14",
        part=part,
        **DECEMBER,
        table="posts",
        rows=ETHNICITIES.format(met=met),
        also={
            "children": """
            child_id | ethnicity
            ---------+----------
            c1       | BAFR
            c2       | WBRI
            c3       | NOBT
            c4       | BAFR
            """,
            "cin_plans": """
            child_id | started_on | ended_on
            ---------+------------+-----------
            c1       | 2017-06-01 |
            c2       | 2017-06-01 | 2018-01-01
            c3       | 2017-06-01 |
            c4       | 2017-06-01 | 2017-12-31
            """,
            **dict.fromkeys(("referrals", "assessments", "cp_plans", "care_periods"), "child_id"),
        },
        figure=figure,
        value=value,
    )
