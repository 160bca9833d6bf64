"""Early help and social care: does no child get lost between the two, and who comes back?"""

import pytest

TO_20_JANUARY = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-20"}


@pytest.mark.parametrize("part", ["", "step_up"])
def test_cases_stepped_up_to_social_care(worked_example, part):
    worked_example(
        "EH-05",
        part=part,
        **TO_20_JANUARY,
        table="early_help_episodes",
        rows="""
        child_id | service      | started_on | ended_on   | end_reason | counted | met | because
        ---------+--------------+------------+------------+------------+---------+-----+------------------------------
        c1       | early_help   | 2017-06-01 | 2017-12-05 | step_up    | yes     | yes | referred the same day
        c2       | early_help   | 2017-06-01 | 2017-12-05 | step_up    | yes     | yes | referred after 30 days
        c3       | early_help   | 2017-06-01 | 2017-12-05 | step_up    | yes     | no  | referred after 31 days
        c4       | early_help   | 2017-06-01 | 2017-12-05 | step_up    | yes     | no  | referred the day before
        c5       | early_help   | 2017-06-01 | 2017-12-05 |            | yes     | no  | no reason is no step
        c6       | early_help   | 2017-06-01 | 2017-12-20 | step_up    | yes     | no  | 31 days without a referral
        c7       | early_help   | 2017-06-01 | 2017-12-21 | step_up    | no      |     | 30 days, none yet: not due
        c8       | early_help   | 2017-06-01 | 2017-12-21 | needs_met  | no      |     | not due, whatever the reason
        c9       | early_help   | 2017-06-01 | 2017-12-21 | step_up    | yes     | yes | referred already
        d1       | early_help   | 2017-06-01 | 2017-12-21 | needs_met  | yes     | no  | referred, but no step up
        d2       | edge_of_care | 2017-06-01 | 2017-12-05 | step_up    |         |     | another service
        d3       | early_help   | 2017-06-01 | 2017-11-30 | step_up    |         |     | ended the day before
        """,
        also={
            "referrals": """
            child_id | received_on | is_nfa
            ---------+-------------+-------
            c1       | 2017-12-05  | yes
            c2       | 2018-01-04  | no
            c3       | 2018-01-05  | no
            c4       | 2017-12-04  | no
            c5       | 2017-12-05  | no
            c9       | 2017-12-27  | no
            d1       | 2017-12-27  | no
            """
        },
        figure=(3, 8, 0),
    )


CLOSED = """
    child_id | received_on | closed_on  | close_reason | is_nfa | counted | met | because
    ---------+-------------+------------+--------------+--------+---------+-----+-----------------------------------
    c1       | 2017-06-01  | 2017-12-05 | RC7          | no     | {c1} | early help began the same day
    c2       | 2017-06-01  | 2017-12-05 | RC9          |        | {c2} | after 30 days; blank is not NFA
    c3       | 2017-06-01  | 2017-12-05 | RC9          | no     | {c3} | after 31 days
    c4       | 2017-06-01  | 2017-12-05 |              | no     | {c4} | no reason, and early help
    c5       | 2017-06-01  | 2017-12-05 | RC1          | no     | {c5} | adopted: no step down
    c6       | 2017-06-01  | 2017-12-05 | RC8          | no     | {c6} | early help only before
    c7       | 2017-06-01  | 2017-12-21 | RC9          | no     | {c7} | 30 days, none yet: not due
    c8       | 2017-06-01  | 2017-12-05 | RC8          | yes    |      |     | no further action
    c9       | 2017-06-01  | 2018-01-01 | RC8          | no     |      |     | closed the day after
    d1       | 2017-06-01  | 2017-12-05 | RC8          | no     | {d1} | only another service
"""


@pytest.mark.parametrize(("part", "figure"), [("step_down", (3, 7, 0)), ("step_down_rc9", (1, 2, 0))])
def test_cases_stepped_down_to_early_help(worked_example, part, figure):
    met = {"c1": "yes", "c2": "yes", "c3": "no", "c4": "yes", "c5": "no", "c6": "no", "d1": "no"}
    answers = {child: f"yes | {answer}" for child, answer in met.items()} | {"c7": "no | "}
    if part == "step_down_rc9":
        answers |= dict.fromkeys(("c1", "c4", "c5", "c6", "d1"), " | ")
    worked_example(
        "EH-05",
        part=part,
        **TO_20_JANUARY,
        table="referrals",
        rows=CLOSED.format(**answers),
        also={
            "early_help_episodes": """
            child_id | service      | started_on
            ---------+--------------+-----------
            c1       | early_help   | 2017-12-05
            c2       | early_help   | 2018-01-04
            c3       | early_help   | 2018-01-05
            c4       | early_help   | 2017-12-20
            c5       | early_help   | 2017-12-20
            c6       | early_help   | 2017-12-04
            d1       | edge_of_care | 2017-12-05
            """
        },
        figure=figure,
    )


def test_closed_cases_referred_within_a_year(worked_example):
    worked_example(
        "EH-07",
        period="2017-12-01 to 2017-12-31",
        as_at="2018-01-31",
        table="early_help_episodes",
        rows="""
        child_id | service      | started_on | ended_on   | counted | met | because
        ---------+--------------+------------+------------+---------+-----+------------------------------------------
        c1       | early_help   | 2015-06-01 | 2016-12-31 | yes     | no  | referred on the last day of twelve months
        c2       | early_help   | 2015-06-01 | 2016-12-31 | yes     | yes | referred on the day it closed
        c3       | early_help   | 2015-06-01 | 2016-06-01 | yes     | yes | referred a day after twelve months
        c4       | early_help   | 2015-06-01 | 2015-12-31 |         |     | closed 24 months before
        c5       | early_help   | 2015-06-01 | 2016-01-01 | yes     | no  | closed a day less than that before
        c6       | early_help   | 2015-06-01 | 2017-01-01 |         |     | twelve months are not over
        c7       | early_help   | 2015-06-01 | 2016-06-01 | yes     | yes | a referral while a case was open
        c8       | edge_of_care | 2015-06-01 | 2016-06-01 |         |     | another service
        """,
        also={
            "referrals": """
            child_id | received_on | closed_on  | is_nfa
            ---------+-------------+------------+-------
            c1       | 2017-12-31  |            | yes
            c2       | 2016-12-31  |            | no
            c3       | 2017-06-02  |            | no
            c5       | 2016-01-02  |            | no
            c7       | 2016-05-01  | 2016-12-01 | no
            c7       | 2016-09-01  |            | no
            """
        },
        figure=(2, 5, 0),
    )
