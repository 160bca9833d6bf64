"""EH-01 to EH-07 by hand. December 2017: the 25th and 26th are bank holidays, the 31st a Sunday."""

from datetime import date

from tests.oracle.conventions import Data, figures, rows
from tests.oracle.early_help import CRITERIA
from tests.oracle.worked import P0, P1, figure, verdicts

COLUMNS = (
    "episode_id child_id service lead_professional started_on ended_on end_reason "
    "assessment_started_on assessment_completed_on team"
).split()
REFERRALS = "referral_id child_id received_on closed_on close_reason is_nfa".split()


def early_help(*given, **more):
    """Episodes of early help, each a dict with at least an episode_id; the child is c + episode_id."""
    blank = dict.fromkeys([*COLUMNS, *CRITERIA], "")
    first = {"service": "early_help", "started_on": "2017-01-02"}
    episodes = [{**blank, **first, "child_id": "c" + line["episode_id"], **line} for line in given]
    return Data.of({"early_help_episodes": episodes, **more})


def ids(column, **values):
    """Episodes that differ in one column: id=value."""
    return [{"episode_id": name, column: value} for name, value in values.items()]


def test_eh_01_assessments_started_and_completed_in_the_period():
    data = early_help(
        *ids("assessment_started_on", a="2017-11-30", b="2017-12-01", c="2017-12-31", d="2018-01-01"),
        {"episode_id": "e", "assessment_started_on": "2017-11-01", "assessment_completed_on": "2017-12-31"},
        {"episode_id": "f", "assessment_started_on": "2017-12-05", "service": "edge_of_care"},
        {
            "episode_id": "g",
            "assessment_started_on": "2017-12-05",
            "started_on": "2018-01-02",
        },  # not yet there
    )
    assert verdicts("EH-01", data) == {"b": "met+", "c": "met+"}
    assert verdicts("EH-01", data, "completed") == {"e": "met+"}
    assert figure("EH-01", data) == (2, None, 0, 2, "final")
    assert figures("EH-01", data, P0, P1, P1, by=("team",)) == []


def test_eh_02_forty_five_working_days():
    def assessment(name, start, stop):
        return {"episode_id": name, "assessment_started_on": start, "assessment_completed_on": stop}

    data = early_help(
        assessment("equal", "2017-10-12", "2017-12-14"),  # nine weeks without a bank holiday
        assessment("late", "2017-10-12", "2017-12-15"),
        assessment("no start", "", "2017-12-15"),
        assessment("before", "2017-12-16", "2017-12-15"),  # 0 working days from Saturday back to Friday
        assessment("overdue", "2017-10-24", ""),  # 46 to the 31st
        assessment("open", "2017-10-25", ""),  # 45 to the 31st
    )
    completed = {"equal": "in_time+", "late": "late-", "no start": "unknown", "before": "unknown"}
    assert verdicts("EH-02", data) == completed
    assert figure("EH-02", data) == (1, 2, 2, 50.0, "final")
    due = {"timeliness_basis": {"EH-02": "due"}}
    assert verdicts("EH-02", data, parameters=due) == {**completed, "overdue": "overdue-"}


def test_eh_03_a_placeholder_word_is_no_lead_professional():
    data = early_help(
        *ids("lead_professional", a="Lead 4", b="Duty", c="EAST_DUTY", d="Teamwork 2", e="", f="Lead (team)"),
        {"episode_id": "g", "lead_professional": "Lead 4", "ended_on": "2017-12-31"},  # no longer open
        {"episode_id": "h", "lead_professional": "Lead 4", "ended_on": "2018-01-01"},
        {"episode_id": "i", "lead_professional": "Lead 4", "ended_on": "2017-01-01"},  # before its start
    )
    assert verdicts("EH-03", data) == {
        "a": "met+",
        "b": "not_met-",
        "c": "not_met-",
        "d": "met+",
        "e": "not_met-",
        "f": "not_met-",
        "h": "met+",
    }
    assert figure("EH-03", early_help()) == (None, None, None, None, "not_computable")  # no kind early_help


def test_eh_04_two_criteria_on_any_open_row_of_the_family():
    children = [
        {"child_id": "c" + name, "family_id": family}
        for name, family in {"a": "F1", "b": "F1", "c": "F2", "d": "F2", "e": "", "f": "F3"}.items()
    ]
    data = early_help(
        {"episode_id": "a", "has_crime_asb": "true", "has_health_problem": "false", "team": "One"},
        {"episode_id": "b", "has_worklessness": "true", "started_on": "2017-02-01", "team": "Two"},
        {"episode_id": "c", "has_crime_asb": "true"},
        {"episode_id": "d", "has_crime_asb": "true"},  # the same criterion twice is one
        {"episode_id": "e", "has_crime_asb": "true", "has_worklessness": "true"},  # a family of one
        {"episode_id": "f"},  # all six blank
        {"episode_id": "g", "has_crime_asb": "true", "has_worklessness": "true", "ended_on": "2017-06-01"},
        children=children,
    )
    assert verdicts("EH-04", data) == {"F1": "met+", "F2": "not_met-", "ce": "met+", "F3": "unknown"}
    assert figure("EH-04", data) == (2, 3, 1, 66.7, "final")
    first = next(row for row in rows("EH-04", data, P0, P1, P1) if row["key"] == "F1")
    assert (first["team"], first["child_id"]) == ("Two", None)  # the open row started latest


def test_eh_05_a_step_up_is_linked_within_thirty_days():
    as_at = date(2018, 1, 1)
    ended = {"ended_on": "2017-12-01", "end_reason": "step_up"}
    data = early_help(
        {"episode_id": "equal", **ended},
        {"episode_id": "beyond", **ended},
        {"episode_id": "before", **ended},
        {"episode_id": "waiting", **ended, "ended_on": "2017-12-02"},  # the window ends on 1 January
        {"episode_id": "other", **ended, "end_reason": "needs_met"},
        {"episode_id": "blank", **ended, "end_reason": ""},
        referrals=[
            {**dict.fromkeys(REFERRALS, ""), "referral_id": n, "child_id": "c" + child, "received_on": day}
            for n, child, day in (
                ("1", "equal", "2017-12-31"),
                ("2", "beyond", "2018-01-01"),
                ("3", "before", "2017-11-30"),
                ("4", "other", "2017-12-01"),
                ("5", "blank", "2017-12-01"),
            )
        ],
    )
    expected = {
        "equal": "met+",
        "beyond": "not_met-",
        "before": "not_met-",
        "waiting": "not_due",
        "other": "not_met-",
        "blank": "not_met-",
    }
    assert verdicts("EH-05", data, as_at=as_at) == expected
    assert verdicts("EH-05", data, "step_up", as_at=as_at) == expected
    assert figure("EH-05", data, as_at=as_at) == (1, 5, 0, 20.0, "final")


def test_eh_05_a_step_down_is_a_start_of_early_help_after_the_closure():
    as_at = date(2018, 1, 1)
    closed = [
        ("linked", "RC8", ""),
        ("blank", "", "false"),
        ("adopted", "RC1", ""),
        ("nine", "RC9", ""),
        ("lost", "RC9", ""),
        ("nfa", "RC8", "true"),
    ]
    starts = {"linked": "2017-12-31", "blank": "2017-12-01", "adopted": "2017-12-01", "nine": "2017-12-02"}
    data = early_help(
        *ids("started_on", **starts, lost="2017-11-30", nfa="2017-12-01"),
        referrals=[
            {
                "referral_id": name,
                "child_id": "c" + name,
                "received_on": "2017-06-01",
                "closed_on": "2017-12-01",
                "close_reason": reason,
                "is_nfa": nfa,
            }
            for name, reason, nfa in closed
        ],
    )
    assert verdicts("EH-05", data, "step_down", as_at=as_at) == {
        "linked": "met+",
        "blank": "met+",
        "adopted": "not_met-",
        "nine": "met+",
        "lost": "not_met-",
    }
    assert verdicts("EH-05", data, "step_down_rc9", as_at=as_at) == {"nine": "met+", "lost": "not_met-"}
    assert figure("EH-05", data, as_at=as_at) == (0, 0, 0, 0, "final")  # nothing ended: a count of nought


def test_eh_06_a_blank_reason_is_unknown():
    data = early_help(
        *({**row, "ended_on": "2017-12-31"} for row in ids("end_reason", a="needs_met", b="other", c="")),
        {"episode_id": "d", "ended_on": "2017-11-30", "end_reason": "needs_met"},
    )
    assert verdicts("EH-06", data) == {"a": "met+", "b": "not_met-", "c": "unknown"}
    assert figure("EH-06", data) == (1, 2, 1, 50.0, "final")


def test_eh_07_referred_again_within_twelve_months():
    data = early_help(
        *ids("ended_on", a="2015-12-31", b="2016-01-01", leap="2016-02-29", over="2016-02-29"),
        *ids("ended_on", same="2016-12-31", after="2017-01-01"),
        referrals=[
            {"referral_id": n, "child_id": "c" + child, "received_on": day}
            for n, child, day in (
                ("1", "b", "2017-01-01"),
                ("2", "leap", "2017-02-28"),
                ("3", "over", "2017-03-01"),
                ("4", "same", "2016-12-31"),
                ("5", "after", "2017-06-01"),
            )
        ],
    )
    data.manifest = {"files": {name: {"covers_from_on": "2015-12-31"} for name in STARTS}}
    assert verdicts("EH-07", data) == {"b": "not_met+", "leap": "not_met+", "over": "met-", "same": "met-"}
    assert figure("EH-07", data) == (2, 4, 0, 50.0, "final")
    data.manifest = {"files": {"referrals.csv": {"covers_from_on": "2016-01-01"}}}
    assert figure("EH-07", data)[4] == "partial"


STARTS = ("early_help_episodes.csv", "referrals.csv")
