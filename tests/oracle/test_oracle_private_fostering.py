"""PF-01 to PF-04 by hand. RD is 31 December 2017; the 25th and 26th are bank holidays."""

from datetime import date

from tests.oracle.conventions import Data
from tests.oracle.worked import figure, verdicts

COLUMNS = "arrangement_id child_id notified_on ended_on assessment_completed_on".split()


def fostered(*given, visits=()):
    """(arrangement_id, notified_on, ended_on, assessed_on); visits: (child, visited_at, is_seen, kind)."""
    arrangements = [
        dict(zip(COLUMNS, (line[0], "c" + line[0], *line[1:], "", ""), strict=False)) for line in given
    ]
    made = []
    for n, (child, at, *rest) in enumerate(visits):
        seen, kind = [*rest, *("true", "private_fostering")[len(rest) :]]
        made.append(
            {"visit_id": str(n), "child_id": "c" + child, "visited_at": at, "is_seen": seen, "kind": kind}
        )
    return Data.of(
        {"private_fostering_arrangements": arrangements, "visits": made},
        {"visits": {"kinds_supplied": ["private_fostering"]}},
    )


def test_pf_01_notified_in_the_period_and_open_at_its_end():
    data = fostered(
        ("1", "2017-11-30", "2017-12-31"),  # ended on P1: not open
        ("2", "2017-12-01", "2018-01-01"),
        ("3", "2017-12-31"),
        ("4", "2018-01-01"),
        ("5", "2017-12-10", "2017-12-09"),  # never open, and still a notification
    )
    as_at = date(2018, 1, 31)
    assert verdicts("PF-01", data, as_at=as_at) == {"2": "met+", "3": "met+", "5": "met+"}
    assert verdicts("PF-01", data, "open", as_at=as_at) == {"2": "met+", "3": "met+"}
    assert figure("PF-01", data, "open", as_at=as_at) == (2, None, 0, 2, "final")


def test_pf_02_seven_working_days_over_christmas():
    notified = "2017-12-18"  # Monday; day 7 is Friday 29 December
    data = fostered(
        ("equal", notified),
        ("unseen", notified),
        ("blank", notified),
        ("before", notified),
        ("late", "2017-12-15"),
        ("waiting", "2017-12-18"),
        ("overdue", "2017-12-15"),
        ("ended", "2017-12-15", "2017-12-28"),
        ("ended late", "2017-12-15", "2017-12-29"),
        visits=[
            ("equal", "2017-12-29T10:00"),
            ("unseen", "2017-12-19", "false"),
            ("blank", "2017-12-18", ""),
            ("before", "2017-12-17"),
            ("late", "2017-12-29"),
            ("waiting", "2017-12-19", "true", "cin"),
        ],
    )
    assert verdicts("PF-02", data) == {
        "equal": "in_time+",
        "unseen": "not_due",
        "blank": "in_time+",
        "before": "not_due",
        "late": "late-",
        "waiting": "not_due",
        "overdue": "overdue-",
        "ended late": "overdue-",
    }
    assert figure("PF-02", data) == (2, 5, 0, 40.0, "final")


def test_pf_03_six_weekly_in_the_first_year_then_twelve():
    data = fostered(
        ("first year", "2017-01-01"),
        ("late", "2017-01-01"),
        ("second year", "2016-12-31"),
        ("second late", "2016-12-31"),
        ("unvisited", "2017-11-19"),  # 42 days
        ("ended", "2017-01-01", "2017-12-31"),
        visits=[
            ("first year", "2017-11-19"),
            ("late", "2017-11-18"),
            ("second year", "2017-10-08"),  # 84 days
            ("second late", "2017-10-07"),
            ("unvisited", "2017-11-18"),  # before the notification
        ],
    )
    assert verdicts("PF-03", data) == {
        "first year": "met+",
        "late": "not_met-",
        "second year": "met+",
        "second late": "not_met-",
        "unvisited": "met+",
    }


def test_pf_04_forty_five_working_days():
    october = date(2017, 10, 1), date(2017, 10, 31)
    data = fostered(
        ("equal", "2017-10-12", "", "2017-12-14"),
        ("late", "2017-10-12", "", "2017-12-15"),
        ("before", "2017-10-14", "", "2017-10-13"),
        ("overdue", "2017-10-24"),
        ("not due", "2017-10-25"),
    )
    expected = {
        "equal": "in_time+",
        "late": "late-",
        "before": "unknown",
        "overdue": "overdue-",
        "not due": "not_due",
    }
    assert verdicts("PF-04", data, p0=october[0], p1=october[1]) == expected
    assert figure("PF-04", data, p0=october[0], p1=october[1]) == (1, 3, 1, 33.3, "final")
