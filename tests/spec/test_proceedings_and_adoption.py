"""Proceedings, adoption and outcomes: how long do children wait, and how do they fare?"""

import pytest

from goldenthread.settings import Settings

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}

PROCEEDINGS = """
    child_id | proceeding_id | kind             | started_on | ended_on   | key | counted | met     | because
    ---------+---------------+------------------+------------+------------+-----+---------+---------+--------------
    c1       | x1            | care_proceedings | 2017-06-02 | 2017-12-01 | x1  | yes     | {c1}    | 182 days
    c2       | x1            | care_proceedings | 2017-06-02 | 2017-12-01 | x1  | yes     | {c2}    | the same case
    c3       | x2            | care_proceedings | 2017-06-02 | 2017-12-02 | x2  | yes     | {c3}    | 183 days
    c4       | x3            | care_proceedings | 2017-12-05 | 2017-12-04 | x3  | no      | unknown | negative
    c5       | x4            | care_proceedings | 2017-08-01 |            |     | {c5}      |         | open, 183 so far
    c8       | x7            | care_proceedings | 2017-08-02 |            |     |         |         | open, 182 so far
    c6       | x5            | pre_proceedings  | 2017-06-02 | 2017-12-01 |     |         |         | another kind
    c7       | x6            | care_proceedings | 2017-06-02 | 2017-11-30 |     |         |         | ended before
"""


@pytest.mark.parametrize(
    ("part", "answers", "figure", "value"),
    [
        ("", {"c1": "yes", "c2": "yes", "c3": "no", "c5": "no"}, (2, 3, 1), "66.7"),
        ("mean_weeks", {"c1": "", "c2": "", "c3": "", "c5": ""}, (547, 3, 1), "26.0"),
    ],
)
def test_care_proceedings_within_26_weeks(worked_example, part, answers, figure, value):
    worked_example(
        "LAC-30",
        part=part,
        **DECEMBER,
        table="legal_proceedings",
        rows=PROCEEDINGS.format(**answers),
        figure=figure,
        value=value,
    )


def test_proceedings_may_be_counted_by_case(worked_example):
    worked_example(
        "LAC-30",
        **DECEMBER,
        table="legal_proceedings",
        rows="""
        child_id | proceeding_id | kind             | started_on | ended_on   | key | counted | met | because
        ---------+---------------+------------------+------------+------------+-----+---------+-----+---------------
        c1       | x1            | care_proceedings | 2017-06-02 | 2017-12-01 | x1  | yes     | yes | one case
        c2       | x1            | care_proceedings | 2017-06-02 | 2017-12-01 |     |         |     | of two children
        c3       | x2            | care_proceedings | 2017-06-02 | 2017-12-02 | x2  | yes     | no  | another case
        c4       | x3            | care_proceedings | 2017-01-05 |            |     |         |     | goes on for one
        c5       | x3            | care_proceedings | 2017-06-02 | 2017-12-01 | x3  | yes     | yes | ended for the other
        """,
        settings=Settings(parameters={"court_level": "case"}),
        figure=(2, 3, 0),
    )


def test_pre_proceedings_over_sixteen_weeks(worked_example):
    worked_example(
        "LAC-31",
        **DECEMBER,
        table="legal_proceedings",
        rows="""
        child_id | kind             | started_on | ended_on   | counted | met | because
        ---------+------------------+------------+------------+---------+-----+------------------------
        c1       | pre_proceedings  | 2017-09-10 |            | yes     | yes | exactly 112 days
        c2       | pre_proceedings  | 2017-09-09 |            | yes     | no  | 113 days
        c3       | pre_proceedings  | 2017-01-05 | 2018-01-01 | yes     | no  | ended the day after
        c4       | pre_proceedings  | 2017-01-05 | 2017-12-31 |         |     | ended on the day
        c5       | care_proceedings | 2017-01-05 |            |         |     | another kind
        c6       | pre_proceedings  | 2018-01-01 |            |         |     | not yet begun
        """,
        figure=(2, 3, 0),
    )


ADOPTIONS = (
    "child_id | entered_care_date | fostering_for_adoption_date | placed_for_adoption_date | placement_order_date "
    "| matching_date | adoption_order_date | counted | met | because"
)


@pytest.mark.parametrize(
    ("part", "answers", "figure", "value"),
    [
        ("", ("yes", "yes", "no  | unknown"), (731, 2, 1), "365.5"),
        ("a10", ("yes", "yes", "no  | unknown"), (547, 2, 1), "273.5"),
        ("a2", ("yes", "no  | unknown", "yes"), (90, 2, 1), "45.0"),
    ],
)
def test_how_long_adoption_takes(worked_example, part, answers, figure, value):
    first, second, third = (answer if "|" in answer else f"{answer} |        " for answer in answers)
    worked_example(
        "LAC-24",
        part=part,
        **DECEMBER,
        table="annex_a_list_10",
        rows=ADOPTIONS
        + f"""
        c1 | 2013-01-01 |            | 2014-01-01 | 2013-06-01 | 2013-07-01 | 2015-01-01 | {first} | 36 months less a day
        c2 | 2016-01-01 | 2016-07-01 | 2017-01-01 |            | 2016-12-01 | 2017-12-31 | {second} | lived there before
        c3 | 2016-01-01 |            |            | 2016-06-01 | 2016-07-31 | 2017-06-01 | {third} | no date of placement
        c4 | 2013-01-01 |            | 2014-01-01 | 2013-06-01 | 2013-07-01 | 2014-12-31 |  |  | 36 months before
        c5 | 2016-01-01 |            | 2017-01-01 | 2016-06-01 | 2016-07-01 | 2018-01-01 |  |  | the day after
        """,
        figure=figure,
        value=value,
    )


OUTCOMES = """
    child_id | born_on    | is_convicted | has_substance_misuse | counted | met | because
    ---------+------------+--------------+----------------------+---------+-----+-------------------------
    c1       | 2008-03-31 | yes          | no                   | {} | ten on 31 March; convicted
    c2       | 2008-04-01 | yes          | yes                  | {} | ten the day after
    c3       | 2005-01-01 | no           |                      | {} | misuse is not recorded
    c4       | 2005-01-01 |              | no                   | {} | conviction is not recorded
"""


@pytest.mark.parametrize(
    ("part", "answers", "figure"),
    [
        ("", ("yes | no", " | ", "yes | yes", "no | unknown"), (1, 2, 1)),
        ("substance_misuse", ("yes | yes", "yes | no", "no | unknown", "yes | yes"), (1, 3, 1)),
    ],
)
def test_children_in_care_convicted_or_misusing_substances(worked_example, part, answers, figure):
    worked_example(
        "LAC-25",
        part=part,
        period="2018-03-01 to 2018-03-31",
        table="ssda903_oc2",
        rows=OUTCOMES.format(*answers),
        figure=figure,
    )
