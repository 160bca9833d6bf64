"""Conferences: are they on record in time, quorate, and is the child heard and every agency asked?"""

import pytest

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}


def test_conference_records_sent_within_twenty_working_days(worked_example):
    worked_example(
        "CP-17",
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-26",
        table="conferences",
        rows="""
        child_id | kind               | held_on    | minutes_sent_on | counted | met     | status  | because
        ---------+--------------------+------------+-----------------+---------+---------+---------+----------------
        c1       | initial            | 2017-12-01 | 2018-01-03      | yes     | yes     | in_time | exactly twenty
        c2       | transfer_in        | 2017-12-01 | 2018-01-04      | yes     | no      | late    | twenty-one
        c3       | review             | 2017-12-28 |                 | no      |         | not_due | twenty so far
        c4       | review             | 2017-12-27 |                 | yes     | no      | overdue | twenty-one so far
        c5       | initial            | 2017-12-05 | 2017-12-04      | no      | unknown | unknown | sent before
        c6       | looked_after_review| 2017-12-05 | 2017-12-06      |         |         |         | another review
        c7       | initial            | 2017-12-31 | 2017-12-31      | yes     | yes     | in_time | the same day
        c8       | initial            | 2017-11-30 | 2017-12-01      |         |         |         | the day before
        c9       | review             | 2017-12-28 | 2018-01-29      | no      |         | not_due | sent after 26th
        """,
        figure=(2, 4, 1),
    )


def test_decision_letters_sent_within_one_working_day(worked_example):
    worked_example(
        "CP-17",
        part="letters",
        period="2017-12-01 to 2017-12-31",
        table="conferences",
        rows="""
        child_id | kind    | held_on    | decisions_sent_on | counted | met     | status  | because
        ---------+---------+------------+-------------------+---------+---------+---------+------------------------
        c1       | initial | 2017-12-22 | 2017-12-27        | yes     | yes     | in_time | one, Christmas left out
        c2       | initial | 2017-12-22 | 2017-12-28        | yes     | no      | late    | two working days
        c3       | review  | 2017-12-28 |                   | no      |         | not_due | one so far
        c4       | review  | 2017-12-27 |                   | yes     | no      | overdue | two so far
        c5       | review  | 2017-12-02 | 2017-12-01        | no      | unknown | unknown | sent the day before
        """,
        figure=(1, 3, 1),
    )


def test_conferences_that_are_quorate(worked_example):
    worked_example(
        "CP-19",
        **DECEMBER,
        table="conferences",
        rows="""
        child_id | kind                | held_on    | is_quorate | other_agency_count | counted | met | because
        ---------+---------------------+------------+------------+--------------------+---------+-----+--------------
        c1       | initial             | 2017-12-01 | yes        | 0                  | yes     | yes | recorded as quorate
        c2       | transfer_in         | 2017-12-31 | no         | 3                  | yes     | no  | recorded as not
        c3       | review              | 2017-12-05 |            | 2                  | yes     | yes | blank: two agencies
        c4       | review              | 2017-12-05 |            | 1                  | yes     | no  | blank: one agency
        c5       | review              | 2017-12-05 |            |            | no | unknown | neither is recorded
        c6       | looked_after_review | 2017-12-05 | yes        | 2                  |         |     | another review
        c7       | review              | 2018-01-01 | yes        | 2                  |         |     | the day after
        """,
        figure=(2, 4, 1),
    )


CHILDREN = """
    child_id | born_on    | is_unborn
    ---------+------------+----------
    c1       | 2013-12-05 |
    c2       | 2013-12-06 |
    c3       | 2014-06-01 |
    c4       | 2005-06-01 |
    c5       |            |
    c6       |            |
    c7       |            | yes
    c8       | 2018-01-20 |
    c9       | 2013-12    |
    d1       | 2005-06-01 |
    d2       | 2005-06-01 |
    d3       | 2005-06-01 |
"""


def test_conferences_in_which_the_child_takes_part(worked_example):
    worked_example(
        "CP-20",
        **DECEMBER,
        table="conferences",
        also={"children": CHILDREN},
        rows="""
        child_id | kind                | held_on    | participation | counted | met     | because
        ---------+---------------------+------------+---------------+---------+---------+---------------------------
        c1       | initial             | 2017-12-05 | PN1           | yes     | yes     | four on the day
        c2       | initial             | 2017-12-05 | PN1           |         |         | four only tomorrow
        c3       | initial             | 2017-12-05 | PN0           |         |         | under four in any case
        c4       | transfer_in         | 2017-12-05 | PN0           | no      |         | recorded as under four
        c5       | review              | 2017-12-05 | PN2           | no      | unknown | no date of birth
        c6       | review              | 2017-12-05 | PN0           | no      |         | no date of birth, but PN0
        c7       | initial             | 2017-12-05 | PN6           |         |         | not yet born
        c8       | initial             | 2017-12-05 | PN6           |         |         | born only in January
        c9       | review              | 2017-12-01 | PN7           | yes     | no      | a month is read as its 1st
        d1       | review              | 2017-12-05 |               | yes     | unknown | blank is kept, as a no
        d2       | review              | 2017-12-31 | PN6           | yes     | yes     | sent views
        d3       | looked_after_review | 2017-12-05 | PN1           |         |         | another review
        d3       | review              | 2017-11-30 | PN1           |         |         | the day before
        d9       | review              | 2017-12-05 | PN3           | no      | unknown | not in children.csv
        """,
        figure=(2, 4, 3),
    )


CHECKS = (
    "child_id | held_on | has_police | has_health | has_education | has_actions | has_action_owners "
    "| has_action_dates | counted | met | because\n"
)
OF_SCHOOL_AGE = """
    child_id | born_on    | is_unborn
    ---------+------------+----------
    c1       | 2012-08-31 |
    c2       | 2012-09-01 |
    c3       | 2001-09-01 |
    c4       | 2001-08-31 |
    c5       |            |
    c6       |            | yes
    c7       | 2010-01-01 |
    c8       | 2010-01-01 |
    c9       | 2010-01-01 |
    d1       | 2015-01-01 |
"""


def test_strategy_discussions_with_every_check_and_action(worked_example):
    worked_example(
        "CP-22",
        **DECEMBER,
        table="strategy_discussions",
        also={"children": OF_SCHOOL_AGE},
        rows=CHECKS
        + """
        c1 | 2017-12-01 | yes | yes | no  | yes | yes | yes | yes | no      | of school age: five when the year began
        c2 | 2017-12-31 | yes | yes | no  | yes | yes | yes | yes | yes     | not yet of school age: not needed
        c3 | 2017-12-05 | yes | yes | yes | yes | yes | yes | yes | yes     | fifteen when the school year began
        c4 | 2017-12-05 | yes | yes |     | yes | yes | yes | yes | yes     | sixteen by then: not needed, blank or not
        c5 | 2017-12-05 | yes | yes | no  | yes | yes | yes | yes | no      | no date of birth: education is needed
        c6 | 2017-12-05 | yes | yes |     | yes | yes | yes | yes | yes     | not yet born: not needed
        c7 | 2017-12-05 |     | yes | yes | yes | yes | yes | yes | unknown | blank is kept, as a no
        c8 | 2017-12-05 | no  | yes | yes | yes | yes |     | yes | unknown | blank, though another is no
        c9 | 2017-12-05 | yes | yes | yes | no  |     |     | yes | unknown | owners and dates also without actions
        d1 | 2017-12-05 | yes | no  |     | yes | yes | yes | yes | no      | health did not take part
        d1 | 2017-11-30 | yes | yes | yes | yes | yes | yes |     |         | the day before
        """,
        figure=(4, 10, 3),
    )


@pytest.mark.parametrize(
    ("part", "answers", "figure"),
    [
        ("police", ("yes | yes    ", "yes | yes    ", "yes | no     ", "yes | unknown"), (2, 4, 1)),
        ("education", ("yes | yes    ", "    |        ", "yes | unknown", "yes | no     "), (1, 3, 1)),
        ("dates", ("yes | unknown", "yes | yes    ", "yes | yes    ", "yes | yes    "), (3, 4, 1)),
    ],
)
def test_each_check_alone(worked_example, part, answers, figure):
    worked_example(
        "CP-22",
        part=part,
        **DECEMBER,
        table="strategy_discussions",
        also={"children": OF_SCHOOL_AGE},
        rows="""
        child_id | held_on    | has_police | has_education | has_action_dates | counted | met | because
        ---------+------------+------------+---------------+------------------+---------+-----+-----------------
        c1       | 2017-12-05 | yes        | yes           |                  | {} | the dates are blank
        d1       | 2017-12-05 | yes        |               | yes              | {} | not of school age
        c7       | 2017-12-05 | no         |               | yes              | {} | no police; education blank
        c8       | 2017-12-05 |            | no            | yes              | {} | police is blank
        """.format(*answers),
        figure=figure,
    )


def test_initial_conferences_with_agency_checks(worked_example):
    worked_example(
        "CP-22",
        part="conference_checks",
        **DECEMBER,
        table="conferences",
        also={"children": OF_SCHOOL_AGE, "strategy_discussions": "child_id"},
        rows="""
        child_id | kind    | held_on    | has_agency_checks | counted | met     | because
        ---------+---------+------------+-------------------+---------+---------+-----------------------
        c1       | initial | 2017-12-01 | yes               | yes     | yes     | checks were made
        c2       | initial | 2017-12-05 | no                | yes     | no      | they were not
        c3       | initial | 2017-12-31 |                   | yes     | unknown | blank is kept, as a no
        c4       | review  | 2017-12-05 | yes               |         |         | no initial conference
        c5       | initial | 2018-01-01 | yes               |         |         | the day after
        """,
        figure=(1, 3, 1),
    )
