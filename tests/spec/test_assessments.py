"""Assessments: are they finished in time, is the child seen, and what do they find?"""

import pytest

from goldenthread.settings import Settings

DUE = {"AS-02": "due", "AS-11": "due"}


def test_assessments_completed(worked_example):
    worked_example(
        "AS-01",
        period="2017-12-01 to 2017-12-31",
        table="assessments",
        rows="""
        child_id | assessment_id | started_on | authorised_on | counted | met | because
        ---------+---------------+------------+---------------+---------+-----+-----------------------------
        c1       | a1            | 2017-10-02 | 2017-12-01    | yes     | yes | first day of the period
        c2       | a1            | 2017-10-02 | 2017-12-31    | yes     | yes | last day; another child of a1
        c3       | a2            | 2017-12-11 | 2017-12-04    | yes     | yes | authorised before it started
        c4       | a3            | 2017-10-02 | 2017-11-30    |         |     | the day before the period
        c5       | a4            | 2017-10-02 |               |         |     | open
        c6       | a5            | 2017-10-02 | 2018-01-02    |         |     | after the as-at date: open
        """,
        figure=(3, None, 0),
    )


COMPLETED = """
    child_id | started_on | authorised_on | counted | met | status  | because
    ---------+------------+---------------+---------+-----+---------+--------------------------------------
    c1       | 2017-09-29 | 2017-12-01    | yes     | yes | in_time | exactly 45 working days
    c2       | 2017-09-28 | 2017-12-01    | yes     | no  | late    | 46 working days
    c3       | 2017-12-04 | 2017-12-04    | yes     | yes | in_time | the same day
    c4       | 2017-12-05 | 2017-12-04    | yes     | no  | late    | authorised before it started
    c5       | 2017-12-09 | 2017-12-08    | yes     | no  | late    | before it, though no working day lies between
"""

STILL_OPEN = """
    c6       | 2017-10-26 |               | {0}     | {1} | {2} | 44 working days on 31 December
    c7       | 2017-10-01 |               | {3}     | {4} | {5} | far more than 45
"""


def test_assessments_completed_in_time(worked_example):
    worked_example(
        "AS-02",
        period="2017-12-01 to 2017-12-31",
        table="assessments",
        rows=COMPLETED + STILL_OPEN.format(*[""] * 6),
        figure=(2, 5, 0),
    )


def test_open_assessments_are_judged_too_where_the_basis_is_due(worked_example):
    worked_example(
        "AS-02",
        period="2017-12-01 to 2017-12-31",
        table="assessments",
        rows=COMPLETED + STILL_OPEN.format("no", "", "not_due", "yes", "no", "overdue"),
        settings=Settings(timeliness_basis=DUE),
        figure=(2, 6, 0),
    )


REFERRED = """
    child_id | referral_id | received_on | closed_on
    ---------+-------------+-------------+-----------
    c1       | r1          | 2017-09-29  | 2017-10-01
    c1       | r2          | 2017-10-10  |
    c2       | r3          | 2017-09-28  |
    c3       | r4          | 2017-09-01  |
    c3       | r5          | 2017-10-16  |
    c3       | r6          | 2017-10-17  |
    c5       | r7          | 2017-12-05  |
"""


def test_assessments_in_time_from_the_referral(worked_example):
    worked_example(
        "AS-02",
        period="2017-12-01 to 2017-12-31",
        table="assessments",
        also={"referrals": REFERRED},
        rows="""
        child_id | referral_id | started_on | authorised_on | counted | met     | because
        ---------+-------------+------------+---------------+---------+---------+--------------------------------------
        c1       | r1          | 2017-10-16 | 2017-12-01    | yes     | yes     | 45 working days from the linked referral
        c2       |             | 2017-10-16 | 2017-12-01    | yes     | no      | 46 from the only referral before it
        c3       |             | 2017-10-16 | 2017-12-05    | yes     | yes     | the latest referral up to its start
        c4       |             | 2017-10-16 | 2017-12-01    | no      | unknown | no referral at all
        c5       |             | 2017-10-16 | 2017-12-01    | no      | unknown | a referral after its start is not its own
        c5       | r7          | 2017-10-16 |               |         |         | open
        """,
        settings=Settings(parameters={"assessment_clock": "referral"}),
        figure=(2, 3, 2),
    )


DURATIONS = """
    child_id | started_on | authorised_on | counted | met | status | because
    ---------+------------+---------------+---------+-----+--------+-----------------------------
    c1       | 2017-12-01 | 2017-12-02    | yes     | {0} | {4}    | 0 working days: a Saturday
    c2       | 2017-12-01 | 2017-12-04    | yes     | {1} | {5}    | 1 working day
    c3       | 2017-12-01 | 2017-12-15    | yes     | {2} | {6}    | 10 working days
    c4       | 2017-12-01 | 2017-12-18    | yes     | {3} | {7}    | 11 working days
    c5       | 2017-12-09 | 2017-12-08    | no      |     | excluded | before it started
    c6       | 2017-12-01 |               |         |     |        | open
"""


@pytest.mark.parametrize(
    ("part", "answers", "numerator"),
    [
        ("d0", ("yes", "no", "no", "no"), 1),
        ("d1_10", ("no", "yes", "yes", "no"), 2),
        ("d11_20", ("no", "no", "no", "yes"), 1),
        ("d61_plus", ("no", "no", "no", "no"), 0),
    ],
)
def test_how_long_assessments_took(worked_example, part, answers, numerator):
    statuses = ["met" if answer == "yes" else "not_met" for answer in answers]
    worked_example(
        "AS-03",
        part=part,
        period="2017-12-01 to 2017-12-31",
        table="assessments",
        rows=DURATIONS.format(*answers, *statuses),
        figure=(numerator, 4, 0),
    )


@pytest.mark.parametrize(
    ("part", "value"), [("", "1.0"), ("lower_quartile", "0.0"), ("upper_quartile", "10.0")]
)
def test_median_and_quartiles_of_durations(worked_example, part, value):
    worked_example(
        "AS-03",
        part=part,
        period="2017-12-01 to 2017-12-31",
        table="assessments",
        rows=DURATIONS.format(*[""] * 8),
        figure=(None, 4, 0),
        value=value,
    )


OPEN = """
    child_id | started_on | authorised_on | counted | met | because
    ---------+------------+---------------+---------+-----+------------------------------------
    c1       | 2017-10-25 |               | yes     | {0} | 45 working days on 29 December
    c2       | 2017-10-24 |               | yes     | {1} | 46 working days
    c3       | 2017-11-01 |               | yes     | {2} | 40 working days
    c4       | 2017-11-02 |               | yes     | {3} | 39 working days
    c5       | 2017-10-02 | 2017-12-30    | yes     | {4} | authorised the day after
    c6       | 2017-10-02 | 2017-12-29    |         |     | authorised on the day
    c7       | 2017-12-30 |               |         |     | not yet started
"""


@pytest.mark.parametrize(
    ("ref", "part", "answers", "figure"),
    [
        ("AS-04", "", ("yes", "no", "yes", "yes", "no"), (2, 5, 0)),
        ("AS-04", "due_soon", ("no", "yes", "no", "yes", "yes"), (2, 5, 0)),
        ("AS-05", "", ("yes", "no", "yes", "yes", "no"), (2, 5, 0)),
    ],
)
def test_open_assessments(worked_example, ref, part, answers, figure):
    worked_example(
        ref,
        part=part,
        period="2017-12-01 to 2017-12-29",
        as_at="2017-12-31",
        table="assessments",
        rows=OPEN.format(*answers),
        figure=figure,
    )


def test_the_census_query_keeps_its_own_limit(worked_example):
    worked_example(
        "AS-05",
        period="2017-12-01 to 2017-12-29",
        table="assessments",
        rows="""
        child_id | started_on | counted | met | because
        ---------+------------+---------+-----+-------------------------------------------
        c1       | 2017-10-24 | yes     | no  | 46 working days, whatever the local limit
        """,
        settings=Settings(parameters={"assessment_limit_wd": 46}),
        figure=(1, 1, 0),
    )


CHECKED = """
    child_id | assessment_id | started_on | authorised_on | counted | met | status   | because
    ---------+---------------+------------+---------------+---------+-----+----------+---------------------------
    c1       | a1            | 2017-12-01 |               | yes     | yes | in_time  | on working day 10
    c2       | a2            | 2017-12-01 |               | yes     | no  | late     | on working day 11
    c3       | a3            | 2017-12-01 | 2017-12-14    | no      |     | excluded | finished on working day 9
    c4       | a4            | 2017-12-01 | 2017-12-15    | yes     | no  | overdue  | finished on day 10, unchecked
    c5       | a5            | 2017-12-01 |               | yes     | no  | overdue  | open and unchecked
    c6       | a6            | 2017-12-13 |               | no      |     | not_due  | working day 10, not checked
    c7       | a7            | 2017-12-01 | 2017-12-18    | yes     | yes | in_time  | a check that names no assessment
    c8       | a8            | 2017-12-01 | 2017-12-18    | yes     | no  | overdue  | it names none and came after the end
    c9       | a9            | 2017-12-01 | 2017-12-18    | yes     | no  | late     | named: late, though after the end
    d1       | b1            | 2017-12-01 | 2017-12-18    | yes     | no  | overdue  | checked before it started
    d2       | b2            | 2017-12-01 | 2017-12-18    | yes     | no  | overdue  | another kind of oversight
    d3       | b3            | 2017-11-30 |               |         |     |          | started before the period
    d4       | b4            | 2017-12-01 | 2017-12-18    | yes     | no  | overdue  | the check of another assessment
    d4       | b5            | 2017-11-01 |               |         |     |          | that other assessment
"""

CHECKS = """
    child_id | kind                  | overseen_on | assessment_id
    ---------+-----------------------+-------------+--------------
    c1       | assessment_checkpoint | 2017-12-15  | a1
    c2       | assessment_checkpoint | 2017-12-18  | a2
    c7       | assessment_checkpoint | 2017-12-15  |
    c8       | assessment_checkpoint | 2017-12-19  |
    c9       | assessment_checkpoint | 2017-12-19  | a9
    d1       | assessment_checkpoint | 2017-11-30  | b1
    d2       | oversight             | 2017-12-05  | b2
    d4       | assessment_checkpoint | 2017-12-05  | b5
"""


def test_progress_checked_by_day_10(worked_example):
    worked_example(
        "AS-06",
        period="2017-12-01 to 2017-12-31",
        table="assessments",
        also={"management_oversights": CHECKS},
        rows=CHECKED,
        figure=(2, 10, 0),
    )


def test_progress_checked_by_day_10_in_calendar_days(worked_example):
    worked_example(
        "AS-06",
        period="2017-12-01 to 2017-12-31",
        table="assessments",
        also={"management_oversights": CHECKS},
        rows="""
        child_id | assessment_id | started_on | authorised_on | counted | met | status   | because
        ---------+---------------+------------+---------------+---------+-----+----------+---------------------
        c1       | a1            | 2017-12-05 |               | yes     | yes | in_time  | ten days later
        c2       | a2            | 2017-12-07 |               | yes     | no  | late     | eleven days later
        c3       | a3            | 2017-12-01 | 2017-12-10    | no      |     | excluded | finished on day 9
        c4       | a4            | 2017-12-01 | 2017-12-11    | yes     | no  | overdue  | finished on day 10
        c5       | a5            | 2017-12-21 |               | no      |     | not_due  | day 10 today
        c6       | a6            | 2017-12-20 |               | yes     | no  | overdue  | day 11 today
        """,
        settings=Settings(parameters={"checkpoint_days": "calendar"}),
        figure=(1, 4, 0),
    )


BORN = """
    child_id | born_on    | is_unborn
    ---------+------------+----------
    c1       | 2017-12-04 |
    c2       | 2017-12-05 |
    c3       | 2010-01-01 | yes
    c4       |            |
    c5       | 2010-01-01 |
    c6       | 2010-01-01 |
    c7       | 2010-01-01 |
    c8       | 2010-01-01 |
"""


def test_children_seen_during_assessment(worked_example):
    worked_example(
        "AS-07",
        period="2017-12-01 to 2017-12-31",
        table="assessments",
        also={"children": BORN},
        rows="""
        child_id | started_on | authorised_on | is_child_seen | counted | met     | because
        ---------+------------+---------------+---------------+---------+---------+----------------------------------
        c1       | 2017-11-01 | 2017-12-04    | yes           | yes     | yes     | born on the day
        c2       | 2017-11-01 | 2017-12-04    | yes           |         |         | born the day after
        c3       | 2017-11-01 | 2017-12-04    | yes           |         |         | flagged as unborn
        c4       | 2017-11-01 | 2017-12-04    | no            | yes     | no      | birth date not known: stays in
        c5       | 2017-11-01 | 2017-12-04    |               | yes     | unknown | not recorded is not seen
        c6       | 2017-11-01 |               | yes           |         |         | open
        """,
        figure=(1, 3, 1),
    )


VISITS = """
    child_id | visited_at       | is_seen | kind
    ---------+------------------+---------+-----
    c1       | 2017-11-01       | yes     | cin
    c1       | 2017-12-04 23:59 | yes     | cp
    c2       | 2017-10-31       | yes     | cin
    c2       | 2017-11-02       | yes     | cin
    c2       | 2017-12-05       | yes     | cin
    c4       | 2017-11-02       | yes     | cin
    c4       | 2017-11-03       | no      | cin
    c4       | 2017-11-03       |         | cin
    c5       | 2017-11-09       | yes     | cin
    c5       | 2017-11-09       | yes     | cin
    c6       | 2017-11-08       | yes     | cin
    c7       | 2017-11-01       | yes     | cin
"""


def test_children_seen_twice_during_assessment(worked_example):
    worked_example(
        "AS-08",
        period="2017-12-01 to 2017-12-31",
        table="assessments",
        also={"children": BORN, "visits": VISITS, "referrals": "child_id | received_on"},
        rows="""
        child_id | started_on | authorised_on | counted | met | because
        ---------+------------+---------------+---------+-----+------------------------------------
        c1       | 2017-11-01 | 2017-12-04    | yes     | yes | on the first and on the last day
        c2       | 2017-11-01 | 2017-12-04    |         |     | born after it ended
        c4       | 2017-11-01 | 2017-12-04    | yes     | no  | seen once; not seen is no visit
        c5       | 2017-11-01 | 2017-12-04    | yes     | yes | twice on one day
        c6       | 2017-11-01 | 2017-12-04    | yes     | no  | seen once
        c8       | 2017-11-01 | 2017-12-04    | yes     | no  | never seen
        """,
        figure=(2, 5, 0),
    )


def test_children_first_seen_soon_after_the_referral(worked_example):
    worked_example(
        "AS-08",
        part="first_seen",
        period="2017-12-01 to 2017-12-31",
        table="assessments",
        also={
            "children": BORN,
            "visits": VISITS,
            "referrals": """
                child_id | received_on
                ---------+------------
                c2       | 2017-11-01
                c4       | 2017-11-01
                c5       | 2017-11-01
                c6       | 2017-11-01
                c7       | 2017-11-02
                c8       | 2017-11-01
            """,
        },
        rows="""
        child_id | started_on | authorised_on | counted | met | because
        ---------+------------+---------------+---------+-----+------------------------------------
        c1       | 2017-11-01 | 2017-12-04    |         |     | no referral
        c2       | 2017-11-01 | 2017-12-04    |         |     | born after it ended
        c4       | 2017-11-01 | 2017-12-04    | yes     | yes | the next day
        c5       | 2017-11-01 | 2017-12-04    | yes     | no  | the sixth working day
        c6       | 2017-11-01 | 2017-12-04    | yes     | yes | the fifth working day
        c8       | 2017-11-01 | 2017-12-04    | yes     | no  | never seen
        """,
        figure=(2, 4, 0),
    )


def test_assessments_that_find_no_need(worked_example):
    worked_example(
        "AS-09",
        period="2017-12-01 to 2017-12-31",
        table="assessments",
        rows="""
        child_id | started_on | authorised_on | is_services_required | counted | met     | because
        ---------+------------+---------------+----------------------+---------+---------+--------------
        c1       | 2017-11-01 | 2017-12-04    | no                   | yes     | yes     | no services
        c2       | 2017-11-01 | 2017-12-04    | yes                  | yes     | no      | services
        c3       | 2017-11-01 | 2017-12-04    |                      | no      | unknown | not recorded
        c4       | 2017-11-01 |               | no                   |         |         | open
        """,
        figure=(1, 2, 1),
    )


@pytest.mark.parametrize(
    ("part", "answers", "figure"),
    [
        ("", ("yes", "yes", "yes"), (3, None, 0)),
        ("1A", ("yes", "no", "no"), (1, 3, 0)),
        ("2B", ("yes", "yes", "no"), (2, 3, 0)),
        ("21", ("no", "no", "yes"), (1, 3, 0)),
    ],
)
def test_factors_found(worked_example, part, answers, figure):
    worked_example(
        "AS-10",
        part=part,
        period="2017-12-01 to 2017-12-31",
        table="assessments",
        rows="""
        child_id | started_on | authorised_on | factors  | counted | met | status   | because
        ---------+------------+---------------+----------+---------+-----+----------+-------------------------------
        c1       | 2017-11-01 | 2017-12-04    | 1A;2B;1A | yes     | {0} | {3}      | once, though written twice
        c2       | 2017-11-01 | 2017-12-04    | 2B;21    | yes     | {1} | {4}      | 21 beside another is a mistake
        c3       | 2017-11-01 | 2017-12-04    | 21       | yes     | {2} | {5}      | no factors found
        c4       | 2017-11-01 | 2017-12-04    |          | no      |     | excluded | not recorded
        """.format(*answers, *["met" if answer == "yes" else "not_met" for answer in answers]),
        figure=figure,
    )


END_TO_END = """
    child_id | referral_id | started_on | authorised_on | counted | met | status   | because
    ---------+-------------+------------+---------------+---------+-----+----------+--------------------------------
    c1       | r1          | 2017-10-16 | 2017-12-01    | yes     | yes | in_time  | 45 working days from r1
    c2       |             | 2017-10-16 | 2017-12-01    | yes     | no  | late     | 46 working days
    c3       | r4          | 2017-11-03 | 2017-12-01    | yes     | no  | late     | it began on working day 45
    c8       |             | 2017-12-19 | 2017-12-21    | no      |     | excluded | it began on working day 46
    c4       |             | 2017-10-16 | 2017-12-01    | no      |     | excluded | no referral
    c5       | r7          | 2017-10-16 | 2017-12-01    | yes     | no  | late     | authorised before the referral
    c6       |             | 2017-10-30 |               | {0}     |     | {1}      | open for less
    c7       |             | 2017-10-16 |               | {2}     | {3} | {4}      | open for more than 45
"""

ALSO_REFERRED = """
    c6       | r8          | 2017-10-27  |
    c8       | r10         | 2017-10-16  |
    c7       | r9          | 2017-10-10  |
"""


@pytest.mark.parametrize(
    ("basis", "answers", "figure"),
    [
        ({}, ("", "", "", "", ""), (1, 4, 0)),
        (DUE, ("no", "not_due", "yes", "no", "overdue"), (1, 5, 0)),
    ],
)
def test_assessments_in_time_from_end_to_end(worked_example, basis, answers, figure):
    worked_example(
        "AS-11",
        period="2017-12-01 to 2017-12-31",
        table="assessments",
        also={"referrals": REFERRED + ALSO_REFERRED},
        rows=END_TO_END.format(*answers),
        settings=Settings(timeliness_basis=basis),
        figure=figure,
    )
