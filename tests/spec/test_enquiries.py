"""Section 47 enquiries: are strategy discussions and initial conferences held in time?"""

import pytest

from goldenthread.settings import Settings

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}


def test_section_47_enquiries_begun(worked_example):
    worked_example(
        "CP-01",
        **DECEMBER,
        table="strategy_discussions",
        rows="""
        child_id | held_on    | is_s47_initiated | counted | met | because
        ---------+------------+------------------+---------+-----+----------------------------------
        c1       | 2017-12-01 | yes              | yes     | yes | on the first day
        c2       | 2017-12-31 | yes              | yes     | yes | on the last day
        c3       | 2017-12-05 | no               |         |     | no enquiry was begun
        c4       | 2017-12-05 |                  |         |     | blank is not yes
        c5       | 2017-11-30 | yes              |         |     | the day before
        c6       | 2018-01-01 | yes              |         |     | the day after
        c7       | 2017-12-05 | yes              | yes     | yes | one enquiry of two on the same day
        c7       | 2017-12-05 | yes              | yes     | yes | each enquiry is a row
        """,
        figure=(4, None, 0),
    )


def test_strategy_discussions_within_three_working_days(worked_example):
    worked_example(
        "CP-02",
        **DECEMBER,
        table="strategy_discussions",
        rows="""
        child_id | concern_on | held_on    | is_s47_initiated | counted | met     | because
        ---------+------------+------------+------------------+---------+---------+----------------------------
        c1       | 2017-12-21 | 2017-12-28 | yes              | yes     | yes     | three, Christmas left out
        c2       | 2017-12-21 | 2017-12-29 | yes              | yes     | no      | four working days
        c3       | 2017-12-05 | 2017-12-05 | no               | yes     | yes     | the same day; no enquiry
        c4       |            | 2017-12-05 | yes              | no      | unknown | the concern has no date
        c5       | 2017-12-02 | 2017-12-01 | yes              | no      | unknown | held the day before, though
        c6       | 2017-11-27 | 2017-12-01 | yes              | yes     | no      | four; the concern is older
        c7       | 2017-11-30 | 2017-11-30 | yes              |         |         | held the day before it
        c8       | 2018-01-01 | 2018-01-01 | yes              |         |         | held the day after it
        """,
        figure=(2, 4, 2),
    )


DISCUSSIONS = """
    child_id | strategy_discussion_id | held_on    | is_s47_initiated
    ---------+------------------------+------------+-----------------
    c1       | s1                     | 2017-12-06 | yes
    c2       | s2                     | 2017-12-05 | yes
    c3       | s3a                    | 2017-11-01 | yes
    c3       | s3b                    | 2017-12-01 | yes
    c3       | s3c                    | 2017-12-12 | no
    c4       | s4a                    | 2017-11-24 | yes
    c4       | s4b                    | 2017-12-12 | no
    c6       | s6                     | 2017-12-11 | yes
    c7       | s7                     | 2017-11-27 | yes
    c8       | s8                     | 2017-12-01 | yes
    c9       | s9                     | 2017-11-20 | yes
    d1       | d1                     | 2017-12-01 | yes
"""


def test_initial_conferences_within_fifteen_working_days(worked_example):
    worked_example(
        "CP-03",
        **DECEMBER,
        table="conferences",
        also={"strategy_discussions": DISCUSSIONS},
        rows="""
        child_id | conference_id | kind    | held_on    | strategy_discussion_id | key | counted | met | because
        ---------+---------------+---------+------------+------------------------+-----+---------+-----+--------
        c1 | k1  | initial     | 2017-12-29 | s1  | k1  | yes | yes     | exactly fifteen, Christmas left out
        c2 | k2  | initial     | 2017-12-29 | s2  | k2  | yes | no      | sixteen working days
        c3 | k3  | initial     | 2017-12-20 |     | k3  | yes | yes     | none named: the latest enquiry before it
        c4 | k4  | initial     | 2017-12-18 | s4b | k4  | yes | no      | the one named is no enquiry: one earlier
        c5 | k5  | initial     | 2017-12-18 |     | k5  | yes | unknown | no enquiry at all: kept as not in time
        c6 | k6  | initial     | 2017-12-08 | s6  | k6  | yes | unknown | held before the enquiry it names
        c7 | k7a | initial     | 2017-12-04 |     | k7a | yes | yes     | none named: takes the only enquiry
        c7 | k7b | initial     | 2017-12-11 |     | k7b | yes | unknown | that enquiry is taken
        c8 | k8a | initial     | 2017-12-04 | s8  | k8a | yes | yes     | names its enquiry
        c8 | k8b | initial     | 2017-12-11 | s8  | k8b | yes | yes     | two may name the same
        c9 | k9a | initial     | 2017-12-01 |     | k9a | yes | yes     | takes the enquiry a later one names
        c9 | k9b | initial     | 2017-12-20 | s9  | k9b | yes | no      | names it, 22 working days after it
        d1 | k10 | transfer_in | 2017-12-04 | d1  |     |     |         | a transfer in is no initial conference
        d1 | k11 | review      | 2017-12-04 | d1  |     |     |         | nor is a review
        d1 | k12 | initial     | 2017-11-30 | d1  |     |     |         | held the day before the period
        d1 | k13 | initial     | 2018-01-01 | d1  |     |     |         | held the day after
        """,
        figure=(6, 12, 3),
    )


@pytest.mark.parametrize(
    ("part", "overdue", "figure"),
    [("", "yes     | no  | overdue", (1, 2, 0)), ("d0_10", "        |     |        ", (1, 1, 0))],
    ids=["headline", "only those held have a band"],
)
def test_overdue_conferences_and_transfers_may_be_counted_too(worked_example, part, overdue, figure):
    worked_example(
        "CP-03",
        part=part,
        period="2017-12-01 to 2017-12-31",
        table="strategy_discussions",
        rows=f"""
        child_id | held_on    | is_s47_initiated | is_icpc_required | counted | met | status  | because
        ---------+------------+------------------+------------------+---------+-----+---------+-------------------
        c1       | 2017-12-05 | yes              |                  | {overdue} | sixteen, none held
        c2       | 2017-12-06 | yes              |                  |         |     |         | fifteen: still time
        c3       | 2017-12-05 | yes              | no               |         |     |         | none is needed
        c4       | 2017-12-05 | yes              | no               | yes     | yes | in_time | transferred in
        """,
        also={
            "conferences": """
            child_id | kind        | held_on
            ---------+-------------+-----------
            c4       | transfer_in | 2017-12-08
            c5       | initial     | 2017-11-08
            """
        },
        settings=Settings(parameters={"icpc_transfer_in": "include"}, timeliness_basis={"CP-03": "due"}),
        figure=figure,
    )


@pytest.mark.parametrize(
    ("part", "inside"), [("d0_10", "12"), ("d11_15", "34"), ("d16_20", "56"), ("d21_plus", "7")]
)
def test_initial_conferences_by_working_days(worked_example, part, inside):
    met = {f"c{number}": "yes" if str(number) in inside else "no " for number in range(1, 8)}
    worked_example(
        "CP-03",
        part=part,
        **DECEMBER,
        table="strategy_discussions",
        rows="""
        child_id | held_on    | is_s47_initiated | counted | met     | status  | because
        ---------+------------+------------------+---------+---------+---------+-----------------------
        c1       | 2017-12-29 | yes              | yes     | {c1}    | in_time | the same day
        c2       | 2017-12-13 | yes              | yes     | {c2}    | in_time | ten
        c3       | 2017-12-12 | yes              | yes     | {c3}    | in_time | eleven
        c4       | 2017-12-06 | yes              | yes     | {c4}    | in_time | fifteen
        c5       | 2017-12-05 | yes              | yes     | {c5}    | late    | sixteen
        c6       | 2017-11-29 | yes              | yes     | {c6}    | late    | twenty
        c7       | 2017-11-28 | yes              | yes     | {c7}    | late    | twenty-one
        c8       | 2017-12-01 | no               | yes     | unknown | unknown | no enquiry is in no band
        """.format(**met),
        also={
            "conferences": "child_id | kind | held_on\n"
            + "\n".join(f"c{number} | initial | 2017-12-29" for number in range(1, 9))
        },
        figure=(len(inside), 8, 1),
    )


CONFERENCES = """
    child_id | conference_id | kind    | held_on    | strategy_discussion_id
    ---------+---------------+---------+------------+-----------------------
    c1       | k1            | initial | 2018-01-31 |
    c5       | k5            | initial | 2017-12-20 |
    c8       | k8            | initial | 2018-02-01 |
    c9       | k9            | initial | 2017-12-31 |
    c10      | k10           | initial | 2017-12-04 | s10
    c11      | k11           | initial | 2018-01-02 |
    c12      | k12           | review  | 2017-12-20 |
    c14      | k14           | initial | 2017-12-20 | s14b
"""


def test_enquiries_that_lead_to_a_conference(worked_example):
    worked_example(
        "CP-04",
        **DECEMBER,
        table="strategy_discussions",
        also={"conferences": CONFERENCES},
        rows="""
        child_id | held_on    | is_s47_initiated | is_icpc_required | key | counted | met | because
        ---------+------------+------------------+------------------+-----+---------+-----+--------------------
        c1       | 2017-12-01 | yes              |                  |     | yes     | yes | a conference in January
        c2       | 2017-12-31 | yes              | no               |     | yes     | no  | none is needed
        c3       | 2017-12-05 | yes              |                  |     | no      |     | not decided
        c4       | 2017-12-05 | yes              | yes              |     | no      |     | needed, not yet held
        c5       | 2017-12-05 | yes              | no               |     | yes     | yes | held all the same
        c6       | 2017-12-05 | no               | no               |     |         |     | no enquiry
        c7       | 2017-11-30 | yes              | no               |     |         |     | the day before
        c8       | 2017-12-05 | yes              |                  |     | no      |     | held after the as-at date
        c12      | 2017-12-05 | yes              |                  |     | no      |     | only a review
        """,
        figure=(2, 3, 0),
    )


def test_enquiries_waiting_for_a_conference(worked_example):
    worked_example(
        "CP-05",
        **DECEMBER,
        table="strategy_discussions",
        also={"conferences": CONFERENCES},
        rows="""
        child_id | strategy_discussion_id | held_on    | is_s47_initiated | is_icpc_required | s47_ended_on | counted | met | because
        ---------+------------------------+------------+------------------+------------------+--------------+---------+-----+-----
        c2  | s2  | 2017-12-06 | yes | yes |            | yes | yes | fifteen working days: still inside the limit
        c3  | s3  | 2017-12-05 | yes |     |            | yes | no  | sixteen; blank counts as needed
        c4  | s4  | 2017-12-05 | yes | no  |            |     |     | none is needed
        c5  | s5  | 2017-11-01 | yes |     |            | yes | no  | the conference belongs to the later enquiry
        c5  | s5b | 2017-12-01 | yes |     |            |     |     | its conference is held
        c6  | s6  | 2017-11-01 | no  |     |            |     |     | no enquiry
        c7  | s7  | 2015-06-01 | yes |     | 2015-07-01 | yes | no  | neither its age nor its end changes anything
        c9  | s9  | 2017-12-01 | yes |     |            |     |     | a conference on the day itself
        c10 | s10 | 2017-12-05 | yes |     |            |     |     | the conference that names it was before it
        c11 | s11 | 2017-12-05 | yes |     |            | yes | no  | the conference comes after the day
        c12 | s12 | 2017-12-05 | yes |     |            | yes | no  | a review is no initial conference
        c13 | s13 | 2018-01-02 | yes |     |            |     |     | not yet held on the day
        c14 | s14 | 2017-11-01 | yes |     |            |     |     | held; the other it names is not yet known
        c14 | s14b | 2018-01-02 | yes |    |            |     |     | not yet held on the day
        """,
        figure=(5, 6, 0),
    )


def test_an_enquiry_waits_again_once_its_conference_belongs_to_another(worked_example):
    worked_example(
        "CP-05",
        period="2018-01-01 to 2018-01-31",
        table="strategy_discussions",
        also={"conferences": CONFERENCES},
        rows="""
        child_id | strategy_discussion_id | held_on    | is_s47_initiated | counted | met | because
        ---------+------------------------+------------+------------------+---------+-----+------------------------
        c14      | s14                    | 2017-11-01 | yes              | yes     | no  | the conference names s14b
        c14      | s14b                   | 2018-01-02 | yes              |         |     | held before it, by name
        """,
        figure=(1, 1, 0),
    )


def test_initial_conferences_that_make_a_plan(worked_example):
    worked_example(
        "CP-06",
        **DECEMBER,
        table="conferences",
        rows="""
        child_id | kind    | held_on    | is_cp_plan_made | counted | met     | because
        ---------+---------+------------+-----------------+---------+---------+-----------------------------------
        c1       | initial | 2017-12-01 | yes             | yes     | yes     | a plan was made, though none is found
        c2       | initial | 2017-12-31 | no              | yes     | no      | no plan was made
        c3       | initial | 2017-12-05 |                 | yes     | yes     | blank, and a plan starts that day
        c4       | initial | 2017-12-05 |                 | no      | unknown | blank, and a plan starts the day after
        c5       | initial | 2017-12-05 | no              | yes     | no      | no is no, though a plan starts that day
        c6       | review  | 2017-12-05 | yes             |         |         | a review
        c7       | initial | 2017-11-30 | yes             |         |         | held the day before
        """,
        also={
            "cp_plans": """
            child_id | started_on
            ---------+-----------
            c3       | 2017-12-05
            c4       | 2017-12-06
            c5       | 2017-12-05
            """
        },
        figure=(2, 4, 1),
    )
