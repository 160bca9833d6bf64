"""MX-01 to MX-09 by hand. RD is 31 December 2017; clocks went back on 29 October 2017."""

from datetime import date

from tests.oracle.conventions import Data, figures, rows
from tests.oracle.worked import P0, P1, figure, verdicts

COLUMNS = (
    "episode_id child_id kind started_at ended_at reason is_rhi_offered is_rhi_accepted rhi_completed_at "
    "team worker_id"
).split()
CARE = "care_period_id child_id started_on ended_on legal_status team worker_id".split()
RECORDS = "record_id child_id kind done_on risk_level has_plan".split()


def missing(*given, **more):
    """Missing episodes, each a dict with at least an episode_id; the child is c + episode_id."""
    first = {**dict.fromkeys(COLUMNS, ""), "kind": "missing", "started_at": "2017-12-10"}
    episodes = [{**first, "child_id": "c" + line["episode_id"], **line} for line in given]
    return Data.of({"missing_episodes": episodes, **more})


def care(*given):
    """(child_id, started_on, ended_on, legal_status)."""
    return [dict(zip(CARE, (str(n), *line), strict=False)) for n, line in enumerate(given)]


def test_mx_01_episodes_and_children_at_home_and_in_care():
    data = missing(
        {"episode_id": "1", "child_id": "x", "started_at": "2017-12-01T00:00", "team": "A"},
        {"episode_id": "2", "child_id": "x", "started_at": "2017-12-31T23:59", "kind": "", "team": "B"},
        {"episode_id": "3", "child_id": "y", "started_at": "2017-12-05", "kind": "away", "team": "A"},
        {"episode_id": "4", "child_id": "y", "started_at": "2017-11-30T23:59", "team": "A"},
        care_periods=care(("x", "2017-12-01", "2017-12-31", "C2"), ("y", "2017-01-01", "", "V4")),
    )
    # x is in care on the 1st; the period ends on the 31st, so not on that day; y only has short breaks
    assert verdicts("MX-01", data) == {"1": "met+", "2": "met+", "3": "met+"}
    assert verdicts("MX-01", data, "missing_care") == {"1": "met+"}
    assert verdicts("MX-01", data, "missing_home") == {"2": "met+"}
    assert verdicts("MX-01", data, "away_home") == {"3": "met+"}
    assert figure("MX-01", data, "children") == (2, None, 0, 2, "final")
    assert figure("MX-01", data, "away_care_children") == (0, None, 0, 0, "final")
    by_team = figures("MX-01", data, P0, P1, P1, by=("team",))
    counts = {line["team"]: line["numerator"] for line in by_team if line["part"] == "children"}
    assert counts == {"A": 2, "B": 1}  # x is counted in each of its teams
    alone = missing({"episode_id": "1", "started_at": "2017-12-05"})
    assert figure("MX-01", alone, "missing_home")[4] == "not_computable"
    assert figure("MX-01", alone, "children")[0] == 1


def test_mx_02_not_recorded_is_not_offered():
    ended = {"ended_at": "2017-12-31T23:59"}
    data = missing(
        {"episode_id": "yes", **ended, "is_rhi_offered": "true"},
        {"episode_id": "no", **ended, "is_rhi_offered": "false", "kind": ""},
        {"episode_id": "blank", **ended},
        {"episode_id": "away", **ended, "kind": "away", "is_rhi_offered": "true"},
        {"episode_id": "still", "is_rhi_offered": "true"},
        {"episode_id": "later", "ended_at": "2018-01-01T00:00", "is_rhi_offered": "true"},
    )
    assert verdicts("MX-02", data) == {"yes": "met+", "no": "not_met-", "blank": "unknown-"}
    assert figure("MX-02", data) == (1, 3, 1, 33.3, "final")
    both = {"rhi_kinds": ["missing", "away"]}
    assert figure("MX-02", data, parameters=both) == (2, 4, 1, 50.0, "final")


def test_mx_03_seventy_two_hours_on_the_clock():
    data = missing(
        {"episode_id": "equal", "ended_at": "2017-12-25T10:00", "rhi_completed_at": "2017-12-28T10:00"},
        {"episode_id": "late", "ended_at": "2017-12-25T10:00", "rhi_completed_at": "2017-12-28T10:01"},
        {"episode_id": "day 3", "ended_at": "2017-12-25", "rhi_completed_at": "2017-12-28T23:59"},
        {"episode_id": "day 4", "ended_at": "2017-12-25T10:00", "rhi_completed_at": "2017-12-29"},
        {"episode_id": "before", "ended_at": "2017-12-25T10:00", "rhi_completed_at": "2017-12-25T09:59"},
        {"episode_id": "same day", "ended_at": "2017-12-25T10:00", "rhi_completed_at": "2017-12-25"},
        {"episode_id": "to midnight", "ended_at": "2017-12-29T00:00"},
        {"episode_id": "overdue", "ended_at": "2017-12-28T23:59"},
        {"episode_id": "day 3 open", "ended_at": "2017-12-28"},
        {"episode_id": "day 4 open", "ended_at": "2017-12-27"},
    )
    assert verdicts("MX-03", data) == {
        "equal": "in_time+",
        "late": "late-",
        "day 3": "in_time+",
        "day 4": "late-",
        "before": "unknown",
        "same day": "in_time+",
        "to midnight": "not_due",
        "overdue": "overdue-",
        "day 3 open": "not_due",
        "day 4 open": "overdue-",
    }
    assert figure("MX-03", data) == (3, 7, 1, 42.9, "final")
    completed = {"rhi_denominator": "completed"}
    assert figure("MX-03", data, parameters=completed) == (3, 5, 1, 60.0, "final")


def test_mx_03_an_hour_more_when_clocks_go_back():
    october = date(2017, 10, 1), date(2017, 10, 31)
    data = missing(
        {"episode_id": "equal", "started_at": "2017-10-27", "ended_at": "2017-10-28T10:00"},
        {"episode_id": "late", "started_at": "2017-10-27", "ended_at": "2017-10-28T10:00"},
    )
    for record, done in zip(data.tables["missing_episodes"], ("09:00", "09:01"), strict=True):
        record["rhi_completed_at"] = type(record["ended_at"]).read("2017-10-31T" + done)
    data.columns["missing_episodes"].add("rhi_completed_at")
    assert verdicts("MX-03", data, p0=october[0], p1=october[1]) == {"equal": "in_time+", "late": "late-"}


def test_mx_04_completed_counts_as_offered_and_accepted():
    ended = {"ended_at": "2017-12-20"}
    data = missing(
        {"episode_id": "done", **ended, "rhi_completed_at": "2017-12-31"},
        {"episode_id": "refused", **ended, "is_rhi_offered": "true", "is_rhi_accepted": "false"},
        {"episode_id": "accepted", **ended, "is_rhi_offered": "true", "is_rhi_accepted": "true"},
        {"episode_id": "blank", **ended, "is_rhi_accepted": "true"},
    )
    assert verdicts("MX-04", data) == {"done": "met+", "refused": "not_met-", "accepted": "not_met-"}
    assert figure("MX-04", data) == (1, 3, 0, 33.3, "final")
    assert figure("MX-04", data, "offered") == (3, 4, 0, 75.0, "final")
    assert figure("MX-04", data, "accepted") == (2, 3, 0, 66.7, "final")


def test_mx_05_three_episodes_in_ninety_days():
    def of(child, *days):
        return [
            {"episode_id": f"{child}{n}", "child_id": child, "started_at": day, "team": f"T{n}"}
            for n, day in enumerate(days)
        ]

    data = missing(
        *of("three", "2017-10-03", "2017-12-01", "2017-12-01"),
        *of("two", "2017-10-02", "2017-12-01", "2017-12-31T23:59"),  # 2 October is 90 days before
        *of("outside", "2017-10-03", "2017-10-04", "2017-11-30"),
    )
    data.manifest = {"files": {"missing_episodes.csv": {"covers_from_on": "2017-10-02"}}}
    assert verdicts("MX-05", data) == {"three": "not_met+", "two": "met-"}
    assert figure("MX-05", data) == (1, 2, 0, 50.0, "final")
    teams = {row["child_id"]: row["team"] for row in rows("MX-05", data, P0, P1, P1)}
    assert teams == {"three": "T2", "two": "T2"}  # same day: the higher key
    data.manifest = {"files": {"missing_episodes.csv": {"covers_from_on": "2017-10-03"}}}
    assert figure("MX-05", data)[4] == "partial"


def records(*given):
    """(record_id, child_id, kind, done_on, risk_level, has_plan)."""
    return {"exploitation_records": [dict(zip(RECORDS, [*x, ""], strict=False)) for x in given]}


def test_mx_06_current_assessment_and_plan():
    data = Data.of(
        records(
            ("1", "equal", "flag_opened", "2017-01-01", "", ""),
            ("2", "equal", "assessment", "2017-10-02", "low", "true"),  # 90 days
            ("3", "over", "flag_opened", "2017-12-30", "", ""),
            ("4", "over", "assessment", "2017-10-01", "", "true"),
            ("5", "high", "flag_opened", "2017-01-01", "", ""),
            ("6", "high", "assessment", "2017-11-30", "high", "true"),  # 31 days
            ("7", "no plan", "flag_opened", "2017-01-01", "", ""),
            ("8", "no plan", "assessment", "2017-12-01", "high", ""),
            ("9", "new", "flag_opened", "2017-12-01", "", ""),  # 30 days
            ("a", "none", "flag_opened", "2017-11-30", "", ""),
            ("b", "closed", "flag_opened", "2017-12-01", "", ""),
            ("c", "closed", "flag_closed", "2017-12-01", "", ""),
            ("d", "same", "flag_opened", "2017-01-01", "", ""),
            ("f", "same", "assessment", "2017-12-01", "low", "true"),
            ("e", "same", "assessment", "2017-12-01", "low", "false"),  # the lower key
        )
    )
    assert verdicts("MX-06", data) == {
        "equal": "met+",
        "over": "not_met-",
        "high": "not_met-",
        "no plan": "not_met-",
        "new": "not_due",
        "none": "not_met-",
        "same": "met+",
    }
    assert figure("MX-06", data) == (2, 6, 0, 33.3, "final")
    data.columns["exploitation_records"].remove("has_plan")
    assert figure("MX-06", data) == (3, 6, 0, 50.0, "partial")


def test_mx_07_missing_on_a_day_of_the_period_while_looked_after():
    data = missing(
        {"episode_id": "1", "child_id": "within", "started_at": "2017-11-01", "ended_at": "2017-12-01"},
        {"episode_id": "2", "child_id": "before", "started_at": "2017-11-01", "ended_at": "2017-11-30"},
        {"episode_id": "3", "child_id": "after", "started_at": "2017-12-15"},
        {"episode_id": "4", "child_id": "left", "started_at": "2017-11-01"},
        {"episode_id": "5", "child_id": "away", "started_at": "2017-12-15", "kind": "away"},
        care_periods=care(
            ("within", "2017-01-01", "", "C2"),
            ("before", "2017-01-01", "", ""),
            ("after", "2017-01-01", "2017-12-15", "C2"),
            ("left", "2017-01-01", "2017-12-01", "C2"),  # last day in care: 30 November
            ("away", "2017-01-01", "2017-12-02", "C2"),
            ("breaks", "2017-01-01", "", "V3"),
        ),
    )
    assert verdicts("MX-07", data) == {
        "within": "not_met+",
        "before": "met-",
        "after": "met-",
        "away": "met-",
    }
    assert figure("MX-07", data) == (1, 4, 0, 25.0, "final")


def test_mx_08_complete_in_order_and_without_overlap():
    good = {"reason": "Not recorded", "is_rhi_offered": "true", "is_rhi_accepted": "false"}
    data = missing(
        {"episode_id": "good", **good, "ended_at": "2017-12-11"},
        {"episode_id": "no kind", **good, "ended_at": "2017-12-11", "kind": ""},
        {"episode_id": "open", "reason": "Not recorded"},
        {"episode_id": "accepted blank", **good, "ended_at": "2017-12-11", "is_rhi_accepted": ""},
        {"episode_id": "not offered", "reason": "x", "ended_at": "2017-12-11", "is_rhi_offered": "false"},
        {"episode_id": "backwards", **good, "started_at": "2017-12-10T10:00", "ended_at": "2017-12-10T09:59"},
        {
            "episode_id": "1",
            "child_id": "t",
            **good,
            "started_at": "2017-11-01",
            "ended_at": "2017-12-10T08:00",
        },
        {
            "episode_id": "2",
            "child_id": "t",
            **good,
            "started_at": "2017-12-10T08:00",
            "ended_at": "2017-12-11",
        },
        {
            "episode_id": "3",
            "child_id": "o",
            **good,
            "started_at": "2017-11-01",
            "ended_at": "2017-12-10T08:01",
        },
        {
            "episode_id": "4",
            "child_id": "o",
            **good,
            "started_at": "2017-12-10T08:00",
            "ended_at": "2017-12-11",
        },
        {"episode_id": "5", "child_id": "s", **good, "started_at": "2017-12-10", "ended_at": "2017-12-10"},
        {
            "episode_id": "6",
            "child_id": "s",
            **good,
            "started_at": "2017-12-10T00:00",
            "ended_at": "2017-12-12",
        },
    )
    assert verdicts("MX-08", data) == {
        "good": "met+",
        "no kind": "not_met-",
        "open": "met+",
        "accepted blank": "not_met-",
        "not offered": "met+",
        "backwards": "not_met-",
        "2": "met+",  # touching is no overlap
        "4": "not_met-",
        "5": "not_met-",  # the same start is one
        "6": "not_met-",
    }
    data.columns["missing_episodes"].remove("is_rhi_accepted")
    assert figure("MX-08", data) == (0, 10, 0, 0.0, "final")


def test_mx_09_lower_than_the_assessment_before():
    data = Data.of(
        records(
            ("1", "down", "assessment", "2017-11-01", "high", ""),
            ("2", "down", "assessment", "2017-12-01", "medium", ""),
            ("3", "down", "assessment", "2017-12-31", "medium", ""),
            ("4", "blank", "assessment", "2017-11-01", "", ""),
            ("5", "blank", "assessment", "2017-12-01", "none", ""),
            ("6", "first", "assessment", "2017-12-01", "none", ""),
            ("7", "first", "screening", "2017-11-01", "high", ""),
        )
    )
    assert verdicts("MX-09", data) == {"2": "met+", "3": "not_met-", "5": "unknown"}
    assert figure("MX-09", data) == (1, 2, 1, 50.0, "final")
