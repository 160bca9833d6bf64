"""Moves between in need, a protection plan and being looked after: which came first?"""

import pytest

DECEMBER = "2017-12-01 to 2017-12-31"
REFERRALS = """
    child_id | received_on | closed_on
    ---------+-------------+-----------
    n1       | 2017-01-02  |
    n2       | 2017-01-02  |
    n3       | 2017-01-02  |
    n4       | 2017-01-02  | 2017-12-05
    n5       | 2017-12-01  |
    n6       | 2017-09-29  |
    n7       | 2017-09-28  |
    n8       | 2017-11-20  |
    n9       | 2017-01-02  |
    p1       | 2017-01-02  |
    p2       | 2017-01-02  |
    p3       | 2017-01-02  | 2017-12-10
    l1       | 2017-01-02  |
    l2       | 2017-01-02  |
    l3       | 2017-01-02  |
"""
CP_PLANS = """
    child_id | started_on | ended_on
    ---------+------------+-----------
    n1       | 2017-12-02 |
    n2       | 2017-12-01 |
    n3       | 2018-01-01 |
    n4       | 2017-12-20 |
    n6       | 2017-12-20 |
    n7       | 2017-12-20 |
    n9       | 2017-12-31 |
    p1       | 2017-06-01 | 2017-12-31
    p2       | 2017-06-01 | 2017-12-04
    p3       | 2017-06-01 | 2017-12-10
    l3       | 2017-06-01 |
"""
CARE = """
    child_id | started_on | ended_on   | legal_status
    ---------+------------+------------+-------------
    n8       | 2017-12-12 |            | C2
    n9       | 2017-12-31 |            | C2
    p2       | 2017-12-04 | 2017-12-20 | C2
    l1       | 2017-06-01 | 2017-12-31 | C2
    l2       | 2017-06-01 |            | C2
    l3       | 2017-06-01 | 2017-12-31 | C2
"""
ALSO = {
    "care_periods": CARE,
    "cp_plans": CP_PLANS,
    "cin_plans": "child_id",
    "assessments": """
    child_id | started_on | authorised_on | is_services_required
    ---------+------------+---------------+---------------------
    n8       | 2017-11-20 | 2017-12-01    | yes
    """,
    "children": """
    child_id | born_on
    ---------+-----------
    l2       | 1999-12-15
    """,
}


@pytest.mark.parametrize(
    ("part", "moved"),
    [("", {"n1", "n7"}), ("cin_to_lac", {"n8", "n9"})],
)
def test_from_in_need(worked_example, part, moved):
    worked_example(
        "CIN-08",
        part=part,
        period=DECEMBER,
        as_at="2018-01-31",
        table="referrals",
        rows=_drawn(
            moved,
            n1="a plan began on the second day",
            n3="the plan began after the period",
            n4="closed first, and came back on a plan",
            n7="46 working days old on the first day: in need without an assessment",
            n8="assessed as in need on the first day, then looked after",
            n9="both on one day: looked after comes first",
        ),
        also=ALSO,
        figure=(2, 6, 0),
    )


def test_from_a_protection_plan_to_in_need(worked_example):
    worked_example(
        "CIN-08",
        part="cp_to_cin",
        period=DECEMBER,
        as_at="2018-01-31",
        table="referrals",
        rows=_drawn(
            {"p1"},
            n2="the plan began on the first day",
            p1="the plan ended on the last day",
            p2="looked after first, and only then in need",
            p3="closed on the day the plan ended",
        ),
        also=ALSO,
        figure=(1, 4, 0),
    )


def test_from_being_looked_after_to_in_need(worked_example):
    worked_example(
        "CIN-08",
        part="lac_to_cin",
        period=DECEMBER,
        as_at="2018-01-31",
        table="referrals",
        rows=_drawn(
            {"l1", "l2"},
            l1="care ended on the last day",
            l2="turned 18 in the period",
            l3="back to a protection plan that was open all along",
        ),
        also=ALSO,
        figure=(2, 3, 0),
    )


def _drawn(moved: set[str], **because: str) -> str:
    """The referrals as drawn above, with the answer for those who count and nothing for the others."""
    head, ruler, *lines = REFERRALS.strip().splitlines()
    drawn = [f"{head} | counted | met | because", ruler]
    for line in lines:
        child = line.split("|")[0].strip()
        met = "yes" if child in moved else "no"
        answer = f"yes | {met} | {because[child]}" if child in because else " | | "
        drawn.append(f"{line} | {answer}")
    return "\n".join(drawn)
