"""Answers: what do families and staff say, and do managers look at the figures?"""

import pytest

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}


def test_feedback_of_children_and_families(worked_example):
    worked_example(
        "QA-12",
        **DECEMBER,
        table="feedback_responses",
        rows="""
        response_id | received_on | is_positive | invited_count | key | counted | met | because
        ------------+-------------+-------------+---------------+-----+---------+-----+------------------------
        f1          | 2017-12-01  | yes         | 50            | f1  | yes     | yes | positive
        f2          | 2017-12-31  | no          | 50            | f2  | yes     | no  | not positive
        f3          | 2017-12-15  |             | 50            | f3  | no      |     | says neither
        f4          | 2017-11-30  | yes         | 50            |     |         |     | the day before
        f5          | 2018-01-01  | yes         | 50            |     |         |     | the day after
        """,
        figure=(1, 2, 0),
    )


ANSWERS = """
    survey_id | response_id | item   | answered_on | answer            | invited_count | key        | counted | met  | because
    ----------+-------------+--------+-------------+-------------------+---------------+------------+---------+------+--------
    s1        | 1           | valued | 2017-12-01  | strongly_agree    | 10 | {s1/1/valued} | agrees strongly
    s1        | 1           | load   | 2017-12-01  | disagree          | 10 | {s1/1/load}   | disagrees
    s1        | 2           | valued | 2017-12-31  | agree             | 10 | {s1/2/valued} | agrees
    s1        | 2           | load   | 2017-12-31  |                   | 10 | {s1/2/load}   | left it blank
    s1        | 3           | valued | 2017-12-31  | neither           | 10 | {s1/3/valued} | neither
    s1        | 4           | valued | 2017-12-31  |                   | 10 | {s1/4/valued} | blank from first to last
    s1        | 5           | valued | 2017-11-30  | agree             | 10 |  |  |           | the day before
    s2        | 1           | valued | 2017-12-31  | strongly_disagree |    | {s2/1/valued} | another survey"""
ALL = ("s1/1/valued", "s1/1/load", "s1/2/valued", "s1/2/load", "s1/3/valued", "s1/4/valued", "s2/1/valued")
AGREE, BLANK = ("s1/1/valued", "s1/2/valued"), ("s1/2/load", "s1/4/valued")


def _line(key: str, inside: bool) -> str:
    if not inside:
        return " | | "
    if key in BLANK:
        return f"{key} | no | "
    return f"{key} | yes | {'yes' if key in AGREE else 'no'}"


@pytest.mark.parametrize(("part", "figure"), [("", (2, 5, 0)), ("valued", (2, 4, 0)), ("load", (0, 1, 0))])
def test_what_staff_say_in_pulse_surveys(worked_example, part, figure):
    lines = {key: _line(key, key.endswith(part)) for key in ALL}
    worked_example(
        "WF-15",
        part=part,
        **DECEMBER,
        table="survey_responses",
        rows=ANSWERS.format(**lines),
        figure=figure,
    )


def test_answers_of_staff_belong_to_the_team_they_name(worked_example):
    worked_example(
        "WF-15",
        **DECEMBER,
        table="survey_responses",
        rows="""
        survey_id | response_id | item   | answered_on | team  | answer | key         | counted | met | because
        ----------+-------------+--------+-------------+-------+--------+-------------+---------+-----+--------------
        s1        | 1           | valued | 2017-12-01  | North | agree  | s1/1/valued | yes     | yes | of their team
        s1        | 2           | valued | 2017-12-01  | South | agree  | s1/2/valued | yes     | yes | of another
        """,
        figure=(2, 2, 0),
    )


def test_how_many_of_those_asked_answered(worked_example):
    lines = dict.fromkeys(ALL, " | | ") | {
        "s1/1/valued": "s1 | yes | yes",
        "s2/1/valued": "s2 | no | unknown",
    }
    worked_example(
        "WF-15",
        part="response_rate",
        **DECEMBER,
        table="survey_responses",
        rows=ANSWERS.format(**lines),
        figure=(4, 10, 1),
        value="40.0",
    )


def test_team_managers_look_at_the_figures(worked_example):
    worked_example(
        "SO-07",
        period="2017-12-01 to 2017-12-31",
        table="usage_log",
        rows="""
        user_role    | worker_id | viewed_at  | view           | key | team      | counted | met | because
        -------------+-----------+------------+----------------+-----+-----------+---------+-----+-------------------------
        team_manager | w1        | 2017-12-25 | this_morning   | w1  | North     | yes     | yes | six days before
        team_manager | w2        | 2017-12-24 | this_morning   | w2  | South     | yes     | no  | seven days before
        team_manager | w3        | 2017-12-31 23:59 | scorecard | w3  | not known | yes     | yes | on the last evening
        team_manager | w4        | 2017-12-30 | account        | w4  | not known | yes     | no  | an account, never used
        team_manager | w5        | 2017-12-30 | account_closed |     |           |         |     | the account was closed
        team_manager | w5        | 2017-12-29 | this_morning   |     |           |         |     | used the day before
        team_manager | w6        | 2017-11-01 | this_morning   |     |           |         |     | a manager then
        director     | w6        | 2017-12-30 | scorecard      |     |           |         |     | the latest role counts
        social_worker | w7       | 2017-12-30 | this_morning   |     |           |         |     | no manager
        team_manager | w8        | 2018-01-01 | this_morning   |     |           |         |     | after the as-at date
        team_manager | w9        | 2017-11-01 | account_closed |     |           |         |     | closed
        team_manager | w9        | 2017-12-30 | account        | w9  | not known | yes     | no  | and given again
        """,
        also={
            "posts": """
            post_id | worker_id | team  | role         | started_on | ended_on
            --------+-----------+-------+--------------+------------+-----------
            p1      | w1        | East  | team_manager | 2016-01-01 |
            q1      | w1        | North | team_manager | 2017-01-01 |
            p2      | w2        | South | team_manager | 2017-01-01 | 2018-01-01
            p3      | w3        | South | team_manager | 2017-01-01 | 2017-12-31
            """
        },
        figure=(2, 5, 0),
    )


def test_use_is_looked_at_on_the_as_at_date(worked_example):
    worked_example(
        "SO-07",
        **DECEMBER,
        table="usage_log",
        rows="""
        user_role    | worker_id | viewed_at  | view         | key | counted | met | because
        -------------+-----------+------------+--------------+-----+---------+-----+-----------------------------
        team_manager | w1        | 2017-12-31 | this_morning | w1  | yes     | no  | a month before the as-at date
        team_manager | w2        | 2018-01-31 | this_morning | w2  | yes     | yes | on the as-at date
        """,
        figure=(1, 2, 0),
    )
