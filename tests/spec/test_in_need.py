"""Children in need: do they have a plan, is it reviewed, are they seen, and how do cases end?"""

import pytest

from goldenthread.settings import Settings

NOBODY = "child_id"
DECEMBER = "2017-12-01 to 2017-12-31"
FILES = dict.fromkeys(("care_periods", "cp_plans", "cin_plans", "assessments", "referrals"), NOBODY)


def files(**drawn: str) -> dict[str, str]:
    """The five files that say what is open, empty but for those drawn."""
    return {name: text for name, text in {**FILES, **drawn}.items() if text}


EPISODES = """
    child_id | referral_id | received_on | closed_on  | is_nfa | counted | met | because
    ---------+-------------+-------------+------------+--------+---------+-----+-------------------------------------
    c1       | r1          | 2017-12-31  |            | no     | yes     | yes | received on the last day
    c2       | r2          | 2017-06-30  | 2018-01-01 |        | yes     | yes | closed after it; NFA blank is not NFA
    c3       | r3          | 2017-01-02  | 2017-12-31 | no     |         |     | the day of closing is no longer open
    c4       | r4          | 2017-11-01  |            | yes    |         |     | no further action
    c5       | r5          | 2017-12-01  |            | no     | yes     | yes | two open episodes are one child
    c5       | r6          | 2017-11-01  |            | no     |         |     | the same child
    c6       | r7          | 2018-01-01  |            | no     |         |     | received the day after
"""


def test_open_episodes_count_each_child_once(worked_example):
    worked_example("CIN-01", period=DECEMBER, as_at="2018-01-31", table="referrals", rows=EPISODES)


def test_children_in_need_with_a_plan(worked_example):
    worked_example(
        "CIN-02",
        period=DECEMBER,
        as_at="2018-01-31",
        table="referrals",
        rows="""
        child_id | received_on | counted | met | because
        ---------+-------------+---------+-----+--------------------------------------------------------------
        c1       | 2017-10-24  | yes     | no  | 46 working days, no plan
        c2       | 2017-10-25  |         |     | 45 working days and no assessment: not yet an open case
        c3       | 2017-10-25  | no      |     | assessment begun, not authorised, 45 working days: not due
        c4       | 2017-12-01  | yes     | no  | needs services: should have a plan
        c5       | 2017-12-01  | no      |     | needs no services: still inside the days allowed
        c6       | 2017-12-01  | yes     | yes | a plan is open
        c7       | 2017-12-01  | yes     | no  | had a plan in this episode, ended on the last day
        c8       | 2017-12-01  | yes     | yes | the plan began on the last day and ends in January
        c9       | 2017-01-02  |         |     | looked after
        c10      | 2017-01-02  |         |     | on a child protection plan
        c11      | 2017-01-02  |         |     | a care leaver
        c12      | 2017-01-02  | yes     | no  | in a series of short breaks: in need, without a plan
        c13      | 2017-01-02  | yes     | no  | aged 18 on the last day: no longer looked after
        c14      | 2017-12-01  | no      |     | authorised only in January
        """,
        also=files(
            referrals="",
            assessments="""
            child_id | started_on | authorised_on | is_services_required
            ---------+------------+---------------+---------------------
            c3       | 2017-12-31 |               | yes
            c4       | 2017-12-01 | 2017-12-31    | yes
            c5       | 2017-12-01 | 2017-12-20    | no
            c7       | 2017-12-01 | 2017-12-20    | no
            c14      | 2017-12-01 | 2018-01-01    | yes
            """,
            cin_plans="""
            child_id | started_on | ended_on
            ---------+------------+-----------
            c6       | 2017-12-10 |
            c7       | 2017-12-10 | 2017-12-31
            c8       | 2017-12-31 | 2018-01-10
            """,
            care_periods="""
            child_id | started_on | legal_status
            ---------+------------+-------------
            c9       | 2017-12-31 | C2
            c12      | 2017-12-01 | V4
            c13      | 2017-01-02 | C2
            """,
            cp_plans="""
            child_id | started_on
            ---------+-----------
            c10      | 2017-12-31
            """,
            care_leaver_statuses="""
            child_id | recorded_on | is_service_open | eligibility
            ---------+-------------+-----------------+------------
            c11      | 2017-12-31  | yes             | relevant
            c12      | 2017-01-01  | yes             | eligible
            """,
            children="""
            child_id | born_on
            ---------+-----------
            c9       | 2000-01-01
            c13      | 1999-12-31
            """,
        ),
        figure=(2, 7, 0),
    )


def test_the_days_before_a_plan_is_due_are_a_parameter(worked_example):
    worked_example(
        "CIN-02",
        period=DECEMBER,
        table="referrals",
        rows="""
        child_id | received_on | counted | met | because
        ---------+-------------+---------+-----+--------------------------------
        c1       | 2017-12-12  | yes     | no  | 11 working days where 10 are allowed
        c2       | 2017-12-13  |         |     | 10 working days
        """,
        also=files(referrals=""),
        settings=Settings(parameters={"cin_plan_grace_wd": 10}),
        figure=(0, 1, 0),
    )


PLANS = """
    child_id | started_on | ended_on   | counted | met | status | because
    ---------+------------+------------+---------+-----+--------+--------------------------------------------
"""
REVIEWS = """
    child_id | kind        | held_on
    ---------+-------------+-----------
    c1       | cin_review  | 2017-06-30
    c2       | cin_review  | 2017-06-29
    c3       | cin_review  | 2017-11-30
    c4       | cin_review  | 2018-01-05
    c5       | cin_meeting | 2017-12-05
    c9       | cin_review  | 2017-12-05
"""


def _reviewed(worked_example, rows, **details):
    worked_example(
        "CIN-03",
        period="2017-12-01 to 2017-12-30",
        as_at="2018-01-31",
        table="cin_plans",
        rows=PLANS + rows,
        also={
            "plan_meetings": REVIEWS,
            "care_periods": "child_id | started_on\n---------+---\nc7 | 2017-12-30",
            "cp_plans": "child_id | started_on\n---------+---\nc8 | 2017-12-30",
        },
        **details,
    )


def test_plans_reviewed_in_six_months(worked_example):
    _reviewed(
        worked_example,
        """
        c1 | 2017-01-02 |            | yes | yes | met     | exactly six months
        c2 | 2017-01-02 |            | yes | no  | not_met | six months and a day
        c3 | 2017-12-01 |            | yes | yes | met     | that review was of an earlier plan; the plan is new
        c4 | 2017-06-29 |            | yes | no  | not_met | reviewed only in January
        c5 | 2017-06-30 |            | yes | yes | met     | a meeting is no review; begun six months before
        c6 | 2017-06-30 | 2017-12-30 |     |     |         | ended that day
        c7 | 2017-01-02 |            |     |     |         | looked after
        c8 | 2017-01-02 |            |     |     |         | on a child protection plan
        c9 | 2017-01-02 |            |     |     |         | a later plan of the child is open too
        c9 | 2017-12-06 |            | yes | yes | met     | the latest plan counts
        """,
        figure=(4, 6, 0),
    )


def test_plans_too_new_to_have_been_reviewed_can_be_left_out(worked_example):
    _reviewed(
        worked_example,
        """
        c1 | 2017-01-02 |  | yes | yes | met     | reviewed
        c3 | 2017-12-01 |  | no  |     | not_due | never reviewed and new
        c5 | 2017-06-30 |  | yes | yes | met     | six months old today
        """,
        settings=Settings(parameters={"cin_review_include_not_due": False}),
        figure=(2, 2, 0),
    )


VISITS = """
    child_id | kind             | visited_at       | is_seen
    ---------+------------------+------------------+--------
    c1       | cin              | 2017-12-03 09:00 | yes
    c2       | cin              | 2017-12-02       | yes
    c3       | looked_after     | 2017-12-30       | yes
    c4       | cin              | 2017-12-20       | no
    c4       | other            | 2017-11-20       | yes
    c5       | care_leaver      | 2017-12-20       | yes
    c6       | cin              | 2018-01-02       | yes
    c8       | cp               | 2017-12-10       |
"""


def test_children_in_need_seen_in_four_weeks(worked_example):
    worked_example(
        "CIN-04",
        period=DECEMBER,
        as_at="2018-01-31",
        table="cin_plans",
        rows="""
        child_id | started_on | counted | met | status  | because
        ---------+------------+---------+-----+---------+---------------------------------------------
        c1       | 2017-01-02 | yes     | yes | met     | 28 days before
        c2       | 2017-01-02 | yes     | no  | not_met | 29 days before
        c3       | 2017-12-31 | yes     | yes | met     | a visit before the plan began counts
        c4       | 2017-01-02 | yes     | no  | not_met | not seen at the last visit, 41 days since seen
        c5       | 2017-01-02 | yes     | no  | not_met | no visit of a kind that counts
        c6       | 2017-12-03 | no      |     | not_due | 28 days old; the visit is in January
        c7       | 2017-12-02 | yes     | no  | not_met | 29 days old and no visit
        c8       | 2017-01-02 | yes     | no  | not_met | whether seen is blank: not counted
        """,
        also={"visits": VISITS, "care_periods": NOBODY, "cp_plans": NOBODY},
        figure=(2, 7, 0),
    )


def test_every_visit_counts_where_seen_was_not_supplied(worked_example):
    worked_example(
        "CIN-04",
        period=DECEMBER,
        table="cin_plans",
        rows="""
        child_id | started_on | counted | met | because
        ---------+------------+---------+-----+---------------------------
        c4       | 2017-01-02 | yes     | yes | visited 11 days before
        c8       | 2017-01-02 | yes     | yes | visited 21 days before
        """,
        also={"visits": VISITS, "care_periods": NOBODY, "cp_plans": NOBODY},
        without=("visits.is_seen",),
        figure=(2, 2, 0),
    )


LENGTHS = """
    child_id | received_on | counted | met
    ---------+-------------+---------+----
"""


@pytest.mark.parametrize(
    ("part", "achieved"),
    [
        ("", "c3 c4 c5 c6 c7 c8"),
        ("m12", "c5 c6 c7 c8"),
        ("m24", "c7 c8"),
        ("up_to_m3", "c0 c1"),
        ("m3_to_m6", "c2 c3"),
        ("m6_to_m12", "c4"),
        ("m12_to_m24", "c5 c6"),
    ],
)
def test_how_long_episodes_have_been_open(worked_example, part, achieved):
    received = {
        "c0": ("2017-12-30", "today"),
        "c1": ("2017-09-30", "exactly three months"),
        "c2": ("2017-09-29", "three months and a day"),
        "c3": ("2017-06-30", "exactly six months: the last day of its band, and six months or more"),
        "c4": ("2017-06-29", "six months and a day"),
        "c5": ("2016-12-30", "exactly a year"),
        "c6": ("2015-12-31", "a day short of two years"),
        "c7": ("2015-12-30", "exactly two years"),
        "c8": ("2010-01-04", "eight years"),
    }
    lines = [
        f"{child} | {day} | yes | {'no' if child in achieved else 'yes'} | {why}"
        for child, (day, why) in received.items()
    ]
    worked_example(
        "CIN-05",
        part=part,
        period="2017-12-01 to 2017-12-30",
        table="referrals",
        rows="child_id | received_on | counted | met | because\n" + "\n".join(lines),
        figure=(len(achieved.split()), 9, 0),
    )


CLOSED = """
    child_id | referral_id | received_on | closed_on  | close_reason | is_nfa | counted | met | because
    ---------+-------------+-------------+------------+--------------+--------+---------+-----+--------------------
    c1       | r1          | 2017-09-01  | 2017-12-01 | RC7          | no     | yes     | {0} | first day; 3 months
    c2       | r2          | 2017-06-30  | 2017-12-31 |              |        | yes     | {1} | last day; no reason
    c3       | r3          | 2015-12-04  | 2017-12-04 | RC7          | no     | yes     | {2} | two years
    c4       | r4          | 2017-12-06  | 2017-12-05 | RC1          | no     | yes     | {3} | closed before it began
    c5       | r5          | 2017-12-01  | 2017-12-04 | RC8          | yes    |         |     | no further action
    c6       | r6          | 2017-12-01  | 2017-11-30 | RC8          | no     |         |     | before the period
    c7       | r7          | 2017-12-01  | 2018-01-02 | RC8          | no     |         |     | not known to be closed
"""


@pytest.mark.parametrize(
    ("part", "met", "figure"),
    [
        ("", "yes yes yes yes", (4, None, 0)),
        ("RC7", "yes no yes no", (2, 4, 0)),
        ("not_recorded", "no yes no no", (1, 4, 0)),
        ("up_to_m3", "yes no no yes", (2, 4, 0)),
        ("m3_to_m6", "no no no no", (0, 4, 0)),
        ("m6_to_m12", "no yes no no", (1, 4, 0)),
        ("m24", "no no yes no", (1, 4, 0)),
    ],
)
def test_why_episodes_closed_and_after_how_long(worked_example, part, met, figure):
    worked_example(
        "CIN-07",
        part=part,
        period=DECEMBER,
        table="referrals",
        rows=CLOSED.format(*met.split()),
        figure=figure,
    )


def test_closed_episodes_that_open_again_within_a_year(worked_example):
    worked_example(
        "CIN-11",
        period="2017-12-31",
        table="referrals",
        rows="""
        child_id | referral_id | received_on | closed_on  | is_nfa | counted | met | because
        ---------+-------------+-------------+------------+--------+---------+-----+------------------------------
        c1       | r1          | 2015-01-05  | 2016-12-31 | no     | yes     | no  | closed exactly a year before
        c1       | r2          | 2017-12-31  |            | no     |         |     | received exactly a year later
        c2       | r3          | 2015-01-05  | 2017-01-01 | no     |         |     | closed less than a year before
        c3       | r4          | 2015-01-05  | 2015-12-31 | no     |         |     | closed exactly two years before
        c4       | r5          | 2015-01-05  | 2016-01-01 | no     | yes     | yes | the next came too late
        c4       | r6          | 2017-01-02  |            | no     |         |     | a year and a day later
        c5       | r7          | 2015-01-05  | 2016-06-01 | no     | yes     | yes | received on the day of closing
        c5       | r8          | 2016-06-01  | 2018-01-31 | no     |         |     | open since
        c6       | r9          | 2016-02-01  | 2016-03-01 | yes    | yes     | no  | the day after; NFA or not
        c6       | r10         | 2016-03-02  |            | yes    |         |     | a contact that went nowhere still came
        c7       | r11         | 2016-03-01  | 2016-04-01 | no     | yes     | yes | a referral while another was open
        c7       | r12         | 2015-01-05  | 2017-06-01 | no     |         |     | open all that time
        c7       | r13         | 2016-05-02  | 2016-05-03 | no     | yes     | yes | not countable: another was open
        """,
        figure=(2, 6, 0),
    )
