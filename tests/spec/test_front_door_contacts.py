"""Contacts: how many come in, are they decided in time, and what comes of them?"""

import pytest

from goldenthread.settings import Settings


def test_contacts_received(worked_example):
    worked_example(
        "FD-01",
        period="2017-12-01 to 2017-12-31",
        table="contacts",
        rows="""
        child_id | contact_id | received_at      | decided_at | counted | met | because
        ---------+------------+------------------+------------+---------+-----+--------------------------------
        c1       | k1         | 2017-12-01 00:00 |            | yes     | yes | first minute of the period
        c1       | k2         | 2017-12-01       | 2017-12-04 | yes     | yes | a second contact counts again
        c2       | k2         | 2017-12-01       |            | yes     | yes | one row per child of a contact
        c3       | k3         | 2017-12-31 23:59 |            | yes     | yes | last minute of the period
        c4       | k4         | 2017-11-30 23:59 |            |         |     | the minute before the period
        c5       | k5         | 2018-01-01       |            |         |     | after the as-at date: not there
        """,
        figure=(4, None, 0),
    )


def test_contacts_decided_in_time(worked_example):
    worked_example(
        "FD-02",
        period="2017-12-01 to 2017-12-31",
        table="contacts",
        rows="""
        child_id | received_at      | decided_at       | counted | met     | because
        ---------+------------------+------------------+---------+---------+------------------------------------
        c1       | 2017-12-01       | 2017-12-04       | yes     | yes     | Friday to Monday is one working day
        c2       | 2017-12-01       | 2017-12-05       | yes     | no      | two working days
        c3       | 2017-12-01       |                  | yes     | no      | not decided, long over the limit
        c4       | 2017-12-29       |                  | no      |         | no working day has passed since
        c5       | 2017-12-05       | 2017-12-04       | no      | unknown | decided before it was received
        c6       | 2017-12-05 10:00 | 2017-12-05 09:59 | no      | unknown | a minute before it was received
        c7       | 2017-12-22       | 2017-12-27       | yes     | yes     | Christmas and Boxing Day do not count
        c8       | 2017-11-30       | 2017-12-01       |         |         | received before the period
        c9       | 2017-12-31       | 2018-01-02       | no      |         | decided after the as-at date: not yet known
        """,
        figure=(2, 4, 2),
    )


def test_contacts_decided_within_24_hours(worked_example):
    worked_example(
        "FD-02",
        period="2017-12-01 to 2017-12-31",
        table="contacts",
        rows="""
        child_id | received_at      | decided_at       | counted | met     | status  | because
        ---------+------------------+------------------+---------+---------+---------+----------------------------
        c1       | 2017-12-01 16:00 | 2017-12-02 16:00 | yes     | yes     | in_time | exactly 24 hours
        c2       | 2017-12-01 16:00 | 2017-12-02 16:01 | yes     | no      | late    | 24 hours and a minute
        c3       | 2017-12-01       | 2017-12-01 16:00 | no      | unknown | unknown | no time of receipt
        c4       | 2017-12-01 16:00 | 2017-12-01       | no      | unknown | unknown | no time of decision
        c5       | 2017-12-31 00:00 |                  | no      |         | not_due | 24 hours at the end of the day
        c6       | 2017-12-30 23:59 |                  | yes     | no      | overdue | 24 hours and a minute
        c7       | 2017-12-30       |                  | no      | unknown | unknown | no time of receipt
        """,
        settings=Settings(parameters={"contact_clock": "hours"}),
        figure=(1, 3, 3),
    )


def test_only_decided_contacts_where_the_basis_is_completed(worked_example):
    worked_example(
        "FD-02",
        period="2017-12-01 to 2017-12-31",
        table="contacts",
        rows="""
        child_id | received_at | decided_at | counted | met | status  | because
        ---------+-------------+------------+---------+-----+---------+-------------------------------
        c1       | 2017-12-01  | 2017-12-05 | yes     | no  | late    | decided, over the limit
        c2       | 2017-12-01  |            | no      |     | overdue | not decided: shown, not counted
        """,
        settings=Settings(timeliness_basis={"FD-02": "completed"}),
        figure=(0, 1, 0),
    )


REFERRALS = """
    child_id | received_on
    ---------+------------
    c3       | 2017-12-04
    c4       | 2017-12-05
    c5       | 2017-11-30
    c6       | 2017-12-01
    c7       | 2017-12-02
    c8       | 2018-01-01
"""


def test_contacts_that_become_referrals(worked_example):
    worked_example(
        "FD-03",
        period="2017-12-01 to 2017-12-31",
        table="contacts",
        also={"referrals": REFERRALS},
        rows="""
        child_id | received_at      | decided_at | outcome     | counted | met     | because
        ---------+------------------+------------+-------------+---------+---------+--------------------------------
        c1       | 2017-11-01       | 2017-12-01 | referral    | yes     | yes     | received earlier, decided in it
        c2       | 2017-12-01       | 2017-12-01 | early_help  | yes     | no      | another outcome
        c3       | 2017-12-01 09:00 | 2017-12-01 |             | yes     | yes     | referred the next working day
        c4       | 2017-12-01       | 2017-12-01 |             | no      | unknown | referred two working days later
        c5       | 2017-12-01       | 2017-12-01 |             | no      | unknown | referred the day before
        c6       | 2017-12-02       | 2017-12-01 | referral    | yes     | yes     | decided before receipt: not excluded
        c7       | 2017-12-02       | 2017-12-04 |             | yes     | yes     | referred the same Saturday
        c7       | 2017-12-02       |            | referral    |         |         | not decided: outside
        c8       | 2017-12-29       | 2017-12-29 |             | no      | unknown | that referral is not known yet
        c9       | 2017-11-30       | 2017-11-30 | referral    |         |         | decided before the period
        """,
        figure=(4, 5, 3),
    )


def test_contacts_waiting_too_long(worked_example):
    worked_example(
        "FD-04",
        period="2017-12-01 to 2017-12-27",
        as_at="2017-12-31",
        table="contacts",
        rows="""
        child_id | received_at | decided_at | counted | met | because
        ---------+-------------+------------+---------+-----+------------------------------------------
        c1       | 2017-12-22  |            | yes     | yes | one working day: 27 December
        c2       | 2017-12-21  |            | yes     | no  | two working days
        c3       | 2017-10-02  |            | yes     | no  | received before the period, still waiting
        c4       | 2017-12-01  | 2017-12-27 |         |     | decided on the day itself
        c5       | 2017-12-01  | 2017-12-28 | yes     | no  | decided after the day
        c6       | 2017-12-28  |            |         |     | not yet received
        """,
        figure=(3, 4, 0),
    )


CONTACTS_BY_SOURCE = """
    child_id | received_at | source | decided_at | outcome    | counted | met | because
    ---------+-------------+--------+------------+------------+---------+-----+---------------------------------
    c1       | 2017-12-01  | 1A     | 2017-12-04 | referral   | yes     | {1} | referred by 1A
    c2       | 2017-12-01  | 1A     | 2017-12-04 | early_help | yes     | {2} | early help
    c3       | 2017-12-01  | 1A     |            | referral   | yes     | {3} | an outcome without a decision
    c4       | 2017-12-01  | 1A     | 2017-12-04 |            | yes     | {4} | decided, outcome not recorded
    c5       | 2017-12-01  |        | 2017-12-04 | referral   | {5}     | {6} | no source is code 10
    c6       | 2017-11-30  | 1A     | 2017-12-04 | referral   |         |     | received before the period
"""


@pytest.mark.parametrize(
    ("part", "yes", "figure"),
    [
        ("1A.referral", "1", (1, 4, 0)),
        ("1A.undecided", "3", (1, 4, 0)),
        ("1A.not_recorded", "4", (1, 4, 0)),
    ],
)
def test_contacts_by_source_and_outcome(worked_example, part, yes, figure):
    answers = [""] + ["yes" if str(n) == yes else "no" for n in range(1, 5)] + ["", ""]
    worked_example(
        "FD-05",
        part=part,
        period="2017-12-01 to 2017-12-31",
        table="contacts",
        rows=CONTACTS_BY_SOURCE.format(*answers),
        figure=figure,
    )


def test_contacts_without_a_source_are_code_10(worked_example):
    worked_example(
        "FD-05",
        part="10.referral",
        period="2017-12-01 to 2017-12-31",
        table="contacts",
        rows="""
        child_id | received_at | source | decided_at | outcome  | counted | met | because
        ---------+-------------+--------+------------+----------+---------+-----+-----------------------
        c1       | 2017-12-01  |        | 2017-12-04 | referral | yes     | yes | no source is code 10
        c2       | 2017-12-01  | 10     | 2017-12-04 |          | yes     | no  | code 10 itself
        c3       | 2017-12-01  | 1A     | 2017-12-04 | referral |         |     | another source
        """,
        figure=(1, 2, 0),
    )


def test_all_contacts_by_source(worked_example):
    worked_example(
        "FD-05",
        period="2017-12-01 to 2017-12-31",
        table="contacts",
        rows=CONTACTS_BY_SOURCE.format("", *["yes"] * 6),
        figure=(5, None, 0),
    )


CHILDREN = """
    child_id | born_on    | is_unborn
    ---------+------------+----------
    c1       | 2007-12-04 |
    c2       | 2007-12-05 |
    c3       | 2012-01-01 |
    c4       |            |
    c5       |            | yes
    c6       |            |
    c7       | 2005-01-01 |
    c8       | 2005-01-01 |
    c9       | 2005-01-01 |
    d1       | 2005-01-01 |
    d2       | 2005-01-01 |
    d3       | 2005-01-01 | yes
    d4       |            |
"""

SCREENINGS = """
    child_id | kind            | done_on    | contact_id
    ---------+-----------------+------------+-----------
    c1       | screening       | 2017-12-06 |
    c3       | screening       | 2017-12-06 |
    c7       | screening       | 2017-12-01 | k7
    c8       | screening       | 2017-12-03 |
    c9       | screening       | 2017-12-07 | k9
    d1       | screening       | 2017-12-05 | other
    d2       | assessment | 2017-12-05 | k11
"""


def test_contacts_screened_for_exploitation(worked_example):
    worked_example(
        "FD-11",
        period="2017-12-01 to 2017-12-31",
        table="contacts",
        also={"children": CHILDREN, "exploitation_records": SCREENINGS},
        rows="""
        child_id | contact_id | received_at | decided_at | has_exploitation_concern | counted | met | because
        ---------+------------+-------------+------------+--------------------------+---------+-----+--------
        c1 | k1  | 2017-12-04 | 2017-12-06 |     | yes | yes     | ten on the day; screened on the day of the decision
        c2 | k2  | 2017-12-04 | 2017-12-06 |     |     |         | nine until tomorrow and no concern
        c3 | k3  | 2017-12-04 | 2017-12-06 | yes | yes | yes     | too young, but there is a concern
        c4 | k4  | 2017-12-04 | 2017-12-06 |     | no  | unknown | no date of birth and no concern
        d4 | k12 | 2017-12-04 | 2017-12-06 | yes | yes | no      | no date of birth, but a concern
        c5 | k5  | 2017-12-04 | 2017-12-06 |     |     |         | not yet born and no concern
        c6 | k6  | 2017-12-04 |            |     | no  |         | not yet decided
        c7 | k7  | 2017-12-04 | 2017-12-06 |     | yes | yes     | this contact's own screening may be earlier
        c8 | k8  | 2017-12-04 | 2017-12-06 |     | yes | no      | a screening before it, for no contact in particular
        c9 | k9  | 2017-12-04 | 2017-12-06 |     | yes | no      | screened the day after the decision
        d1 | k10 | 2017-12-04 | 2017-12-06 |     | yes | yes     | its contact is not there: as if none were named
        d2 | k11 | 2017-12-04 | 2017-12-06 |     | yes | no      | a risk assessment is no screening
        d3 | k13 | 2017-12-04 | 2017-12-06 |     |     |         | flagged unborn, whatever the birth date says
        """,
        figure=(4, 8, 1),
    )


def test_children_who_come_back_again_and_again(worked_example):
    worked_example(
        "FD-14",
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-31",
        table="contacts",
        rows="""
        child_id | contact_id | received_at | outcome   | team | counted | met | because
        ---------+------------+-------------+-----------+------+---------+-----+--------------------------------
        c1       | k1         | 2017-01-01  | nfa       | A    |         |     | the first day of the twelve months
        c1       | k2         | 2017-06-01  |           | A    |         |     | a blank outcome is no referral
        c1       | k3         | 2017-12-31  | nfa       | B    | yes     | no  | the third, in the period
        c2       | k1         | 2016-12-31  | nfa       | A    |         |     | twelve months before the end: too early
        c2       | k2         | 2017-12-01  | nfa       | A    |         |     | the second
        c2       | k3         | 2017-12-01  | nfa       | B    | yes     | yes | two only; placed by the higher key
        c3       | k1         | 2017-06-01  | referral  | A    |         |     | a referral among them
        c3       | k2         | 2017-07-01  | nfa       | A    |         |     | the second
        c3       | k3         | 2017-12-01  | nfa       | A    | yes     | yes | the third, but one was a referral
        c4       | k1         | 2017-10-01  | nfa       | A    |         |     | no contact in the period
        c5       | k1         | 2017-12-01  | nfa       | A    | yes     | yes | the only one by then
        c5       | k2         | 2018-01-01  | nfa       | A    |         |     | after the period
        c5       | k3         | 2018-01-02  | nfa       | A    |         |     | after the period
        """,
        figure=(1, 4, 0),
    )
