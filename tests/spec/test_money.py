"""Money: is the forecast within budget, and what do placements and agency staff cost?"""

import pytest

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}

LINES = (
    "line_id | month | category | budget_amount | spend_to_date_amount | forecast_amount "
    "| permanent_equivalent_amount | counted | met | because"
)


def test_forecast_against_budget(worked_example):
    worked_example(
        "FIN-01",
        **DECEMBER,
        table="budget_lines",
        rows=LINES
        + """
        l1 | 2017-11 | staffing_permanent    | 100 | 60 | 110 |  | yes | | the latest month before the end: over by 10
        l2 | 2017-11 | placements            | 200 | 90 | 215 |  | yes | | over by 15
        l3 | 2017-11 | other                 |  50 | 10 |     |  | no  | | no forecast: left out of both sums
        l4 | 2017-11 | improvement_programme | 900 | 10 | 900 |  |     | | the programme is counted apart
        l5 | 2017-10 | placements            | 200 | 90 | 999 |  |     | | an earlier month
        l6 | 2018-01 | placements            | 200 | 90 | 999 |  |     | | a later month
        """,
        figure=(25, 300, 0),
        value="8.3",
    )


PROGRAMME = """
    l1 | 2017-12 | improvement_programme | 100 | 60 | 110 |  | {l1} | | spent 60 of 100; 110 are expected
    l2 | 2017-12 | improvement_programme | 200 |    | 190 |  | {l2} | | what is spent is not recorded
    l3 | 2017-12 | improvement_programme | 300 | 90 |     |  | {l3} | | no forecast
    l4 | 2017-12 | placements            | 300 | 90 | 400 |  |      | | not of the programme
    l5 | 2017-11 | improvement_programme | 300 | 90 | 400 |  |      | | an earlier month
"""


@pytest.mark.parametrize(
    ("part", "answers", "figure", "value"),
    [
        ("", {"l1": "yes", "l2": "no", "l3": "yes"}, (150, 400, 0), "37.5"),
        ("forecast", {"l1": "yes", "l2": "yes", "l3": "no"}, (300, 300, 0), "100.0"),
    ],
)
def test_spend_on_the_improvement_programme(worked_example, part, answers, figure, value):
    worked_example(
        "FIN-02",
        part=part,
        **DECEMBER,
        table="budget_lines",
        rows=LINES + PROGRAMME.format(**answers),
        figure=figure,
        value=value,
    )


def test_what_placements_cost_a_week(worked_example):
    worked_example(
        "FIN-03",
        period="2017-12-04 to 2017-12-31",
        as_at="2018-01-31",
        table="placements",
        rows="""
        child_id | started_on | ended_on   | weekly_cost | counted | met     | because
        ---------+------------+------------+-------------+---------+---------+---------------------------------------
        c1       | 2017-01-05 |            | 700         | yes     |         | the whole period: four weeks
        c2       | 2017-01-05 | 2017-12-11 | 1400        | yes     |         | one week, the day of ending not counted
        c3       | 2017-12-25 | 2018-01-05 | 2100        | yes     |         | one week, both days counted
        c4       | 2017-01-05 |            |             | no      | unknown | no cost
        c5       | 2017-01-05 | 2017-12-04 | 999         |         |         | ended on the first day
        c6       | 2018-01-01 |            | 999         |         |         | began the day after
        """,
        figure=(6300, 6, 1),
        value="1050.0",
    )


STAFFING = """
    l1 | 2017-12 | staffing_agency    | 100 | 300 | 1 | 200 | {l1} | | 300 spent where permanent staff cost 200
    l2 | 2017-12 | staffing_agency    | 100 | 100 | 1 |     | {l2} | | the cost of permanent staff is not known
    l3 | 2017-12 | staffing_agency    | 100 |     | 1 | 50  | {l3} | | what is spent is not recorded
    l4 | 2017-12 | staffing_permanent | 100 | 600 | 1 |     | {l4} | | permanent staff
    l5 | 2017-12 | placements         | 100 | 900 | 1 |     |      | | not for staff
    l6 | 2017-11 | staffing_agency    | 100 | 900 | 1 | 1   |      | | an earlier month
"""


@pytest.mark.parametrize(
    ("part", "answers", "figure", "value"),
    [
        ("", {"l1": "yes", "l2": "yes", "l3": "no", "l4": "yes"}, (400, 1000, 0), "40.0"),
        ("premium", {"l1": "yes", "l2": "no", "l3": "no", "l4": ""}, (100, None, 0), "100"),
    ],
)
def test_spend_on_agency_staff(worked_example, part, answers, figure, value):
    worked_example(
        "FIN-04",
        part=part,
        **DECEMBER,
        table="budget_lines",
        rows=LINES + STAFFING.format(**answers),
        figure=figure,
        value=value,
    )
