"""Registers: homes inspected, partners trained, the case system up, small numbers hidden."""

from goldenthread.settings import Settings

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}


def test_own_homes_rated_good_or_better(worked_example):
    worked_example(
        "QA-13",
        **DECEMBER,
        table="homes",
        rows="""
        home_id | inspected_on | is_full_inspection | judgement            | key | counted | met     | because
        --------+--------------+--------------------+----------------------+-----+---------+---------+---------------------------
        h1      | 2017-12-31   | yes                | good                 | h1  | yes     | yes     | on the last day
        h1      | 2016-12-31   | yes                | inadequate           |     |         |         | an earlier one
        h2      | 2017-06-01   | yes                | outstanding          | h2  | yes     | yes     | the latest full one
        h2      | 2017-11-01   | no                 | inadequate           |     |         |         | not a full one
        h3      | 2017-06-01   | yes                | good                 | h3  | yes     | yes     | the next is after the period
        h3      | 2018-01-01   | yes                | inadequate           |     |         |         | the day after
        h4      | 2017-06-01   | yes                | requires_improvement | h4  | yes     | no      | neither
        h5      | 2017-06-01   | yes                |                      | h5  | no      | unknown | no judgement
        h6      | 2017-06-01   | no                 | good                 | h6  | no      |         | never a full one
        """,
        figure=(3, 4, 1),
    )


def test_a_home_counts_until_it_closes(worked_example):
    worked_example(
        "QA-13",
        **DECEMBER,
        table="homes",
        rows="""
        home_id | inspected_on | is_full_inspection | judgement  | closed_on  | key | counted | met | because
        --------+--------------+--------------------+------------+------------+-----+---------+-----+----------------------
        h1      | 2016-12-31   | yes                | inadequate | 2018-01-01 | h1  | yes     | no  | closed the day after
        h2      | 2016-12-31   | yes                | inadequate | 2017-12-31 |     |         |     | closed on the last day
        h3      | 2016-12-31   | yes                | good       |            | h3  | yes     | yes | goes on
        """,
        figure=(1, 2, 0),
    )


def test_partners_trained_in_thresholds(worked_example):
    worked_example(
        "GOV-07",
        **DECEMBER,
        table="partner_training",
        rows="""
        agency  | as_at_on   | target_count | trained_count | key                | counted | met | because
        --------+------------+--------------+---------------+--------------------+---------+-----+-------------------
        health  | 2017-12-31 | 40           | 30            | health/2017-12-31  | yes     | yes | on the last day
        health  | 2017-11-30 | 40           | 10            |                    |         |     | an earlier count
        schools | 2017-10-31 | 60           | 0             | schools/2017-10-31 | yes     | no  | nobody
        schools | 2018-01-01 | 60           | 60            |                    |         |     | the day after
        police  | 2018-01-01 | 20           | 20            |                    |         |     | none counted yet
        """,
        figure=(30, 100, 0),
        value="30.0",
    )


def test_hours_of_the_case_system(worked_example):
    """Days without an outage have a row too: of three days each has one here."""
    worked_example(
        "GOV-08",
        period="2017-12-29 to 2017-12-31",
        as_at="2018-01-31",
        table="ict_outages",
        rows="""
        outage_id | started_at       | ended_at         | planned_hours | key        | counted | met | because
        ----------+------------------+------------------+---------------+------------+---------+-----+---------------------------------
        o1        | 2017-12-28 22:00 | 2017-12-29 03:00 |               | 2017-12-29 | yes     | yes | three of its five hours
        o2        | 2017-12-30 08:00 | 2017-12-30 14:00 | 4             | 2017-12-30 | yes     | yes | four of six announced
        o3        | 2017-12-31 23:00 | 2018-01-01 02:00 | 1             | 2017-12-31 | yes     | yes | one hour, announced
        o4        | 2018-01-01 00:00 | 2018-01-01 02:00 |               |            |         |     | after the period
        o5        | 2017-12-28 00:00 | 2017-12-29 00:00 |               |            |         |     | ended as the period began
        """,
        figure=(62, 67, 0),
        value="92.5",
    )


def test_an_open_outage_of_the_case_system_runs_on(worked_example):
    worked_example(
        "GOV-08",
        period="2017-12-30 to 2017-12-31",
        table="ict_outages",
        rows="""
        outage_id | started_at       | ended_at   | planned_hours | key        | counted | met | because
        ----------+------------------+------------+---------------+------------+---------+-----+----------------------------
        o1        | 2017-12-30 12:00 |            |               | 2017-12-30 | yes     | yes | open: twelve hours of the day
        o2        | 2017-12-31       | 2018-01-02 |               | 2017-12-31 | yes     | no  | ends after the as-at date
        """,
        figure=(12, 48, 0),
        value="25.0",
    )


CELLS = """
    publication_id | cell | value | is_suppressed | is_secondary | published_on | key   | counted | met | because
    ---------------+------+-------+---------------+--------------+--------------+-------+---------+-----+---------------------------
    p1             | c1   | 1     | yes           | no           | 2017-12-01   | p1/c1 | yes     | yes | one, hidden
    p1             | c2   | 5     | no            | no           | 2017-12-31   | p1/c2 | yes     | no  | five, shown
    p1             | c3   | {six} |
    p1             | c4   | 0     | yes           | no           | 2017-12-31   |       |         |     | nobody
    p1             | c5   | 40    | yes           | yes          | 2017-12-31   | p1/c5 | yes     | yes | protects another
    p1             | c6   | 40    | no            | yes          | 2017-12-31   | p1/c6 | yes     | no  | should protect another
    p1             | c7   |       | no            | no           | 2017-12-31   |       |         |     | no number
    p2             | c1   | 3     | yes           | no           | 2017-11-30   |       |         |     | published the day before
    p3             | c1   | 3     | yes           | no           |              | p3/c1 | yes     | yes | of no day: in every period
"""


def test_small_numbers_hidden_in_what_was_published(worked_example):
    six = "6     | yes           | no           | 2017-12-31   |       |         |     | six is not small"
    worked_example(
        "DQ-05",
        **DECEMBER,
        table="published_cells",
        rows=CELLS.replace("{six} |", six),
        figure=(3, 5, 0),
        value="60.0",
    )


def test_small_numbers_hidden_up_to_another_limit(worked_example):
    six = "6     | yes           | no           | 2017-12-31   | p1/c3 | yes     | yes | six is small"
    worked_example(
        "DQ-05",
        **DECEMBER,
        table="published_cells",
        rows=CELLS.replace("{six} |", six),
        settings=Settings(parameters={"suppress_below": 7}),
        figure=(4, 6, 0),
    )
