"""Return home interviews: are they offered, held, and held in 72 hours?"""

import pytest

from goldenthread.settings import Settings

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}

OFFERED = """
    child_id | kind    | started_at | ended_at         | is_rhi_offered | counted | met     | because
    ---------+---------+------------+------------------+----------------+---------+---------+------------------------
    c1       | missing | 2017-11-20 | 2017-12-01 00:00 | yes            | yes     | yes     | back on the first day
    c2       |         | 2017-12-30 | 2017-12-31 23:59 | no             | yes     | no      | blank is missing
    c3       | missing | 2017-12-05 | 2017-12-06       |                | yes     | unknown | blank is kept, as a no
    c4       | away    | 2017-12-05 | 2017-12-06       | yes            | {c4} | away is not missing
    c5       | missing | 2017-12-05 |                  | yes            |         |         | not yet back
    c6       | missing | 2017-12-05 | 2018-01-01       | yes            |         |         | back the day after
    c7       | missing | 2017-11-05 | 2017-11-30       | yes            |         |         | back the day before
"""


@pytest.mark.parametrize(
    ("kinds", "answer", "figure"),
    [(["missing"], "        |        ", (1, 3, 1)), (["missing", "away"], "yes     | yes    ", (2, 4, 1))],
    ids=["missing", "missing and away"],
)
def test_interviews_offered(worked_example, kinds, answer, figure):
    worked_example(
        "MX-02",
        **DECEMBER,
        table="missing_episodes",
        rows=OFFERED.format(c4=answer),
        settings=Settings(parameters={"rhi_kinds": kinds}),
        figure=figure,
    )


def test_interviews_within_72_hours(worked_example):
    worked_example(
        "MX-03",
        period="2017-10-01 to 2017-12-31",
        table="missing_episodes",
        rows="""
        child_id | started_at | ended_at         | rhi_completed_at | is_rhi_accepted | counted | met | status | because
        ---------+------------+------------------+------------------+-----------------+---------+-----+--------+--------
        c1 | 2017-11-30 | 2017-12-01 10:00 | 2017-12-04 10:00 | yes | yes | yes     | in_time | exactly 72 hours
        c2 | 2017-11-30 | 2017-12-01 10:00 | 2017-12-04 10:01 | yes | yes | no      | late    | a minute more
        c3 | 2017-11-30 | 2017-12-01       | 2017-12-04 23:00 | yes | yes | yes     | in_time | no time of return: 3 days
        c4 | 2017-11-30 | 2017-12-01 10:00 | 2017-12-05       | yes | yes | no      | late    | no time of interview: 4
        c5 | 2017-12-27 | 2017-12-28 23:59 |                  | no  | yes | no      | overdue | refused is not held
        c6 | 2017-12-27 | 2017-12-29 00:00 |                  |     | no  |         | not_due | 72 hours end at midnight
        c7 | 2017-12-27 | 2017-12-28       |                  |     | no  |         | not_due | three days
        c8 | 2017-12-26 | 2017-12-27       |                  |     | yes | no      | overdue | four days
        c9 | 2017-11-30 | 2017-12-01 10:00 | 2017-12-01 09:59 | yes | no  | unknown | unknown | a minute before
        d1 | 2017-10-27 | 2017-10-27 12:00 | 2017-10-30 11:00 | yes | yes | yes     | in_time | clocks went back: 72 hours
        d2 | 2017-10-27 | 2017-10-27 12:00 | 2017-10-30 11:01 | yes | yes | no      | late    | and a minute more
        d3 | 2017-12-05 |                  |                  |     |     |         |         | not yet back
        d4 | 2017-09-29 | 2017-09-30       | 2017-10-01       | yes |     |         |         | back before the period
        d5 | 2017-12-20 | 2017-12-21 10:00 | 2018-01-02       | yes | yes | no      | overdue | held after the as-at date
        """,
        figure=(3, 9, 1),
    )


@pytest.mark.parametrize(
    ("denominator", "inside", "figure"),
    [
        ("all_returns", "c1 c2 c3 c4", (2, 4, 0)),
        ("accepted", "c1 c2", (1, 2, 0)),
        ("completed", "c1 c3", (2, 2, 0)),
    ],
)
def test_interviews_over_returns_acceptances_or_completions(worked_example, denominator, inside, figure):
    met = {"c1": "yes", "c2": "no ", "c3": "yes", "c4": "no "}
    answers = {c: f"yes | {met[c]}" if c in inside else " | " for c in met}
    worked_example(
        "MX-03",
        **DECEMBER,
        table="missing_episodes",
        rows="""
        child_id | started_at | ended_at   | rhi_completed_at | is_rhi_accepted | counted | met | because
        ---------+------------+------------+------------------+-----------------+---------+-----+----------------------
        c1       | 2017-12-01 | 2017-12-02 | 2017-12-05       | yes             | {c1} | accepted and held
        c2       | 2017-12-01 | 2017-12-02 |                  | yes             | {c2} | accepted and not held
        c3       | 2017-12-01 | 2017-12-02 | 2017-12-05       |                 | {c3} | held; acceptance blank
        c4       | 2017-12-01 | 2017-12-02 |                  | no              | {c4} | refused
        """.format(**answers),
        settings=Settings(parameters={"rhi_denominator": denominator}),
        figure=figure,
    )


COMPLETED = (
    "child_id | kind | started_at | ended_at | is_rhi_offered | is_rhi_accepted | rhi_completed_at "
    "| counted | met | because"
)


@pytest.mark.parametrize(
    ("part", "answers", "figure"),
    [
        ("", ("yes", "no", "yes", None, "no", None), (2, 4, 0)),
        ("offered", ("yes", "yes", "yes", "no", "yes", "no"), (4, 6, 0)),
        ("accepted", ("yes", "no", "yes", None, "yes", None), (3, 4, 0)),
    ],
)
def test_interviews_offered_accepted_and_held(worked_example, part, answers, figure):
    drawn = ["  |  " if answer is None else f"yes | {answer}" for answer in answers]
    worked_example(
        "MX-04",
        part=part,
        **DECEMBER,
        table="missing_episodes",
        rows=COMPLETED
        + """
        c1 | missing | 2017-11-20 | 2017-12-01 | yes | yes | 2017-12-20 | {} | held, in whatever time
        c2 | missing | 2017-12-05 | 2017-12-31 | yes | no  |            | {} | offered and refused
        c3 | missing | 2017-12-05 | 2017-12-06 |     |     | 2017-12-07 | {} | held: so offered and accepted
        c4 | missing | 2017-12-05 | 2017-12-06 | no  |     |            | {} | not offered
        c5 |         | 2017-12-05 | 2017-12-06 | yes | yes |            | {} | accepted and not held
        c6 | missing | 2017-12-05 | 2017-12-06 |     | yes |            | {} | blank is not offered
        c7 | away    | 2017-12-05 | 2017-12-06 | yes | yes | 2017-12-07 |  |  | away is not missing
        c8 | missing | 2017-12-05 |            | yes | yes |            |  |  | not yet back
        """.format(*drawn),
        figure=figure,
    )
