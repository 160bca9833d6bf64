"""Health and education of children in care: are checks, and education plans, up to date?"""

import pytest

from goldenthread.settings import Settings

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}


def _in_care(children: str, since: str = "2016-12-31") -> str:
    return "child_id | started_on\n" + "\n".join(f"{child} | {since}" for child in children.split())


PUPILS = """
    child_id | born_on    | is_unborn | counted | met     | because
    ---------+------------+-----------+---------+---------+---------------------------------------------
    c1       | 2010-01-01 |           | yes     | yes     | 183 days before
    c2       | 2010-01-01 |           | yes     | no      | 184 days before
    c3       | 2010-01-01 |           | yes     | no      | none at all
    c4       | 2010-01-01 |           | no      |         | twenty working days in care: not due
    c5       | 2010-01-01 |           | yes     | no      | twenty-one working days, and none
    c6       | 2010-01-01 |           | yes     | no      | the only one was before care began
    c7       | 2012-08-31 |           | yes     | yes     | five when the school year began
    c8       | 2012-09-01 |           | {c8} | five the day after
    c9       | 2001-09-01 |           | yes     | yes     | fifteen when the school year began
    d1       | 2001-08-31 |           | {d1} | sixteen by then
    d2       |            |           | no      | unknown | no date of birth
    d3       |            |           | no      |         | no date of birth, but not due anyway
    d4       |            | yes       |         |         | not yet born
    d5       | 2010-01-01 |           | yes     | no      | held only in January
    d6       | 2010-01-01 |           |         |         | short breaks
    d7       | 2014-12-31 |           | {d7} | three today
    d8       | 2015-01-01 |           |         |         | three tomorrow
    d9       | 1999-12-31 |           |         |         | eighteen: no longer in care
"""
OF_SCHOOL_AGE = dict.fromkeys(("c8", "d1", "d7"), "        |        ")


@pytest.mark.parametrize(
    ("settings", "answers", "figure"),
    [
        (Settings(), OF_SCHOOL_AGE, (3, 8, 1)),
        (
            Settings(parameters={"pep_ages": "3-18"}),
            dict.fromkeys(("c8", "d1", "d7"), "yes     | yes    "),
            (6, 11, 1),
        ),
    ],
    ids=["of school age", "from three to eighteen"],
)
def test_current_personal_education_plans(worked_example, settings, answers, figure):
    worked_example(
        "LAC-09",
        **DECEMBER,
        table="children",
        rows=PUPILS.format(**answers),
        also={
            "care_periods": """
            child_id | started_on | legal_status
            ---------+------------+-------------
            c4       | 2017-11-29 | C2
            c5       | 2017-11-28 | C2
            c6       | 2017-10-02 | C2
            d3       | 2017-11-29 | C2
            d6       | 2017-01-05 | V4
            """
            + "\n".join(
                f"{child} | 2017-01-05 | C2" for child in "c1 c2 c3 c7 c8 c9 d1 d2 d4 d5 d7 d8 d9".split()
            ),
            "peps": """
            child_id | held_on
            ---------+-----------
            c1       | 2017-07-01
            c2       | 2017-06-30
            c4       | 2017-12-20
            c6       | 2017-10-01
            c7       | 2017-12-31
            c8       | 2017-12-01
            c9       | 2017-12-01
            d1       | 2017-12-01
            d2       | 2017-12-01
            d4       | 2017-12-01
            d5       | 2018-01-05
            d6       | 2017-12-01
            d7       | 2017-12-01
            d8       | 2017-12-01
            d9       | 2017-12-01
            """,
        },
        settings=settings,
        figure=figure,
    )


TERMS = """
    academic_year | term   | started_on | ended_on
    --------------+--------+------------+-----------
    2016/17       | Spring | 2017-01-04 | 2017-03-31
    2016/17       | Summer | 2017-04-18 | 2017-07-21
    2017/18       | Autumn | 2017-09-04 | {autumn_ends}
    2017/18       | Spring | 2018-01-03 | 2018-03-29
"""
PLANS_OF_TERMS = """
    child_id | born_on    | counted | met | because
    ---------+------------+---------+-----+------------------------------------
    c1       | 2008-01-01 | yes     | {0} | on the first day of the summer term
    c2       | 2008-01-01 | yes     | {1} | the day before it, in the holiday
    c3       | 2008-01-01 | yes     | {2} | 183 days before
    c4       | 2008-01-01 | yes     | {3} | this term
    c5       | 2008-01-01 | yes     | no  | no plan
"""


@pytest.mark.parametrize(
    ("terms", "currency", "met"),
    [
        (TERMS.format(autumn_ends="2017-12-31"), "term", "yes no yes yes"),
        (TERMS.format(autumn_ends="2017-12-30"), "term", "yes no yes yes"),
        (TERMS.format(autumn_ends="2017-12-31"), "183_days", "no no yes yes"),
        (TERMS.format(autumn_ends="2017-09-30"), "term", "yes no yes yes"),
        (TERMS.format(autumn_ends="2017-09-29"), "term", "no no yes yes"),
        (TERMS.format(autumn_ends="2017-12-20").replace("2017-07-21", "2017-06-03"), "term", "no no yes yes"),
        ("\n".join(TERMS.format(autumn_ends="2017-12-20").splitlines()[:3]), "term", "no no yes yes"),
        ("\n".join(TERMS.format(autumn_ends="2017-12-20").splitlines()[:4:]), "term", "no no yes yes"),
    ],
    ids=[
        "in the term",
        "in the holiday",
        "by days",
        "92 days after it",
        "93 days after it",
        "more than a holiday between the terms",
        "no term",
        "one old term",
    ],
)
def test_plans_are_current_since_the_term_before(worked_example, terms, currency, met):
    worked_example(
        "LAC-09",
        **DECEMBER,
        table="children",
        rows=PLANS_OF_TERMS.format(*(f"{word:3}" for word in met.split())),
        also={
            "school_terms": terms,
            "care_periods": _in_care("c1 c2 c3 c4 c5"),
            "peps": """
            child_id | held_on
            ---------+-----------
            c1       | 2017-04-18
            c2       | 2017-04-17
            c3       | 2017-07-01
            c4       | 2017-10-02
            """,
        },
        settings=Settings(parameters={"pep_currency": currency}),
        figure=(met.split().count("yes"), 5, 0),
    )


FIRST_CHECKS = """
    child_id | kind              | done_on    | result
    ---------+-------------------+------------+----------
    c1       | iha               | 2017-11-29 | completed
    c2       | iha               | 2017-11-30 | completed
    c8       | iha               | 2017-11-10 | declined
    c9       | iha               | 2017-10-31 | completed
    d1       | health_assessment | 2017-11-10 | completed
    d2       | rha               | 2017-11-06 | completed
    d2       | health_assessment | 2017-11-10 | completed
    d3       | iha               | 2017-11-10 | completed
    d5       | iha               | 2017-11-01 | completed
    d6       | rha               | 2017-11-06 | completed
    d6       | iha               | 2017-11-10 | completed
    d7       | iha               | 2018-01-05 | completed
"""


def test_initial_health_assessments_within_twenty_working_days(worked_example):
    worked_example(
        "LAC-10",
        period="2017-11-01 to 2017-11-30",
        as_at="2017-12-31",
        table="care_periods",
        also={"health_checks": FIRST_CHECKS},
        rows="""
        child_id | started_on | ended_on   | legal_status | counted | met | status  | because
        ---------+------------+------------+--------------+---------+-----+---------+-----------------------------
        c1       | 2017-11-01 |            | C2           | yes     | yes | in_time | exactly twenty
        c2       | 2017-11-01 |            | C2           | yes     | no  | late    | twenty-one
        c3       | 2017-11-01 |            | C2           | yes     | no  | overdue | none
        c4       | 2017-11-29 |            | C2           | no      |     | not_due | twenty, Christmas left out
        c5       | 2017-11-30 |            | C2           |         |     |         | day twenty is yet to come
        c6       | 2017-11-01 | 2017-11-29 | C2           | yes     | no  | overdue | left on day twenty
        c7       | 2017-11-01 | 2017-11-28 | C2           |         |     |         | left the day before
        c8       | 2017-11-01 |            | C2           | yes     | no  | overdue | declined is not done
        c9       | 2017-11-01 |            | C2           | yes     | no  | overdue | the day before care began
        d1       | 2017-11-01 |            | C2           | yes     | yes | in_time | type not stated, the first
        d2       | 2017-11-01 |            | C2           | yes     | no  | overdue | type not stated, the second
        d3       | 2017-11-01 |            | V3           |         |     |         | short breaks
        d4       | 2017-10-31 |            | C2           |         |     |         | came in the day before
        d5       | 2017-11-01 |            |              | yes     | yes | in_time | on the day; blank status
        d6       | 2017-11-01 |            | C2           | yes     | yes | in_time | a review health check first
        d7       | 2017-11-01 |            | C2           | yes     | no  | overdue | done only in January
        """,
        figure=(4, 11, 0),
    )


CHECKS = """
    child_id | check_id | kind              | done_on    | result
    ---------+----------+-------------------+------------+----------
    c1       | h1       | rha               | 2017-01-01 | completed
    c2       | h2       | rha               | 2016-12-31 | completed
    c3       | h3       | rha               | 2017-07-01 | completed
    c4       | h4       | rha               | 2017-06-30 | completed
    c5       | h5       | iha               | 2017-01-01 | completed
    c5       | h6       | health_assessment | 2017-01-01 | completed
    c6       | h7       | rha               | 2017-12-01 | declined
    c7       | h8       | health_assessment | 2017-01-01 | completed
    c8       | h9       | iha               | 2017-01-01 | completed
    c9       | h10      | dental            | 2017-12-01 | completed
    d1       | h11      | rha               | 2017-12-01 | completed
    d2       | h12      | rha               | 2018-01-05 | completed
"""


def test_children_in_care_with_a_current_health_assessment(worked_example):
    worked_example(
        "LAC-11",
        **DECEMBER,
        table="children",
        also={
            "care_periods": _in_care("c1 c2 c3 c4 c5 c6 c7 c8 c9 d2") + "\nd1 | 2017-01-01",
            "health_checks": CHECKS,
        },
        rows="""
        child_id | born_on    | is_unborn | counted | met | because
        ---------+------------+-----------+---------+-----+----------------------------------------------
        c1       | 2012-12-31 |           | yes     | yes | five today; less than twelve months before
        c2       | 2012-12-31 |           | yes     | no  | exactly twelve months before
        c3       | 2013-01-01 |           | yes     | yes | under five; less than six months before
        c4       | 2013-01-01 |           | yes     | no  | exactly six months before
        c5       | 2013-01-01 |           | yes     | yes | two in twelve months, though on one day
        c6       | 2010-01-01 |           | yes     | no  | declined
        c7       |            |           | yes     | yes | no date of birth: twelve months
        c8       |            | yes       | yes     | yes | recorded as unborn: twelve months
        c9       | 2010-01-01 |           | yes     | no  | a dental check is no health assessment
        d1       | 2010-01-01 |           |         |     | in care for twelve months only tomorrow
        d2       | 2010-01-01 |           | yes     | no  | done only in January
        """,
        figure=(5, 10, 0),
    )


OTHER_CHECKS = """
    child_id | check_id | kind          | done_on    | result        | score
    ---------+----------+---------------+------------+---------------+------
    c1       | h1       | dental        | 2017-01-01 | completed     |
    c2       | h2       | dental        | 2016-12-31 | completed     |
    c3       | h3       | dental        | 2017-12-01 | not_completed |
    c4       | h4       | rha           | 2017-12-01 | completed     |
    c5       | h5       | dental        | 2018-01-05 | completed     |
    c6       | h6       | dental        | 2017-12-01 | completed     |
    c1       | h11      | immunisations | 2010-01-01 | completed     |
    c2       | h12      | immunisations | 2017-01-01 | completed     |
    c2       | h13      | immunisations | 2017-06-01 | declined      |
    c3       | h14      | immunisations | 2017-06-01 | declined      |
    c3       | h15      | immunisations | 2017-06-01 | completed     |
    c5       | h16      | immunisations | 2018-01-05 | completed     |
    c1       | h21      | sdq           | 2017-01-01 | completed     | 12
    c2       | h22      | sdq           | 2016-12-31 | completed     | 20
    c3       | h23      | sdq           | 2017-06-01 | completed     | 15
    c3       | h24      | sdq           | 2017-09-01 | completed     | 19
    c4       | h25      | sdq           | 2017-09-01 | completed     |
    c5       | h26      | sdq           | 2018-01-05 | completed     | 10
"""


def test_children_in_care_with_a_current_dental_check(worked_example):
    worked_example(
        "LAC-12",
        **DECEMBER,
        table="care_periods",
        also={"health_checks": OTHER_CHECKS},
        rows="""
        child_id | started_on | counted | met | because
        ---------+------------+---------+-----+-------------------------------------
        c1       | 2016-12-31 | yes     | yes | less than twelve months before
        c2       | 2016-12-31 | yes     | no  | exactly twelve months before
        c3       | 2016-12-31 | yes     | no  | not completed
        c4       | 2016-12-31 | yes     | no  | another kind of check
        c5       | 2016-12-31 | yes     | no  | done only in January
        c6       | 2017-01-01 |         |     | in care for twelve months only tomorrow
        c7       | 2016-12-31 | yes     | no  | none
        """,
        figure=(1, 6, 0),
    )


def test_children_in_care_with_immunisations_up_to_date(worked_example):
    worked_example(
        "LAC-13",
        **DECEMBER,
        table="care_periods",
        also={"health_checks": OTHER_CHECKS},
        rows="""
        child_id | started_on | counted | met | because
        ---------+------------+---------+-----+----------------------------------------
        c1       | 2016-12-31 | yes     | yes | completed, however long ago
        c2       | 2016-12-31 | yes     | no  | the latest says declined
        c3       | 2016-12-31 | yes     | yes | two on one day: the higher key
        c4       | 2016-12-31 | yes     | no  | none
        c5       | 2016-12-31 | yes     | no  | done only in January
        c6       | 2017-01-01 |         |     | in care for twelve months only tomorrow
        """,
        figure=(2, 5, 0),
    )


SCORED = """
    child_id | born_on    | counted | met | because
    ---------+------------+---------+-----+----------------------------------------
    c1       | 2013-12-31 | {c1} | four today; less than twelve months ago
    c2       | 2010-01-01 | {c2} | exactly twelve months ago
    c3       | 2000-12-31 |     |     | seventeen today
    c4       | 2010-01-01 | {c4} | without a score
    c5       | 2001-01-01 | {c5} | scored only in January
    c6       | 2014-01-01 |     |     | four tomorrow
    c7       | 2001-01-01 | {c7} | seventeen tomorrow; two: the latest counts
"""


@pytest.mark.parametrize(
    ("part", "without_score", "figure", "value"),
    [("", "yes | ", (2, 5, 0), "40.0"), ("mean_score", "    | ", (31, 2, 0), "15.5")],
)
def test_strengths_and_difficulties_scores(worked_example, part, without_score, figure, value):
    answers = dict.fromkeys(("c2", "c4", "c5"), without_score) | dict.fromkeys(("c1", "c7"), "yes | ")
    worked_example(
        "LAC-20",
        part=part,
        **DECEMBER,
        table="children",
        rows=SCORED.format(**answers),
        also={
            "care_periods": _in_care("c1 c2 c3 c4 c5 c6 c7"),
            "health_checks": OTHER_CHECKS
            + "    c7 | h31 | sdq | 2017-06-01 | completed | 15\n"
            + "    c7 | h32 | sdq | 2017-09-01 | completed | 19\n",
        },
        figure=figure,
        value=value,
    )
