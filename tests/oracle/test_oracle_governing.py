"""GOV-01 to GOV-09, SO-07, QA-13, WF-15 and DQ-05 by hand. RD is 31 December 2017."""

from tests.oracle.conventions import Data
from tests.oracle.worked import figure, verdicts


def rows(names: str, *lines: str) -> list[dict]:
    """One row a line; - is blank."""
    heads = names.split()
    return [dict(zip(heads, ["" if c == "-" else c for c in line.split()], strict=True)) for line in lines]


PLAN = "action_id kind due_on status completed_on reopened_on theme component stage owner recommendation_id"


def test_gov_01_by_due_date_and_by_colour():
    plan = rows(
        "action_id kind due_on status completed_on reopened_on",
        "equal plan 2017-12-15 - 2017-12-15 -",
        "again plan 2017-12-15 - 2017-12-15 2017-12-16",
        "today plan 2017-12-31 - - -",
        "near plan 2018-01-14 - - -",
        "far twelve_week 2018-01-15 - - -",
        "risk plan 2018-03-01 at_risk - -",
        "undated plan - - - -",
        "gone plan 2017-12-15 withdrawn - -",
    )
    data = Data.of({"plan_actions": plan}, {"plan_actions": {"columns": PLAN.split()}})
    assert verdicts("GOV-01", data) == {
        "equal": "met+",
        "again": "not_met-",
        "today": "not_due",
        "near": "not_due",
        "far": "not_due",
        "risk": "not_due",
        "undated": "excluded",
    }
    found = {part: figure("GOV-01", data, part)[:2] for part in ("blue", "red", "amber", "green")}
    assert found == {"blue": (1, 6), "red": (1, 6), "amber": (3, 6), "green": (1, 6)}


def test_gov_02_closed_and_verified():
    given = rows(
        "recommendation_id source closed_on verified_on",
        "both 2017 2017-12-01 2017-12-31",
        "later 2017 2017-12-01 2018-01-01",
        "neither 2017 - -",
    )
    assert figure("GOV-02", Data.of({"recommendations": given}))[:2] == (1, 3)


def test_gov_03_and_09_meetings():
    given = rows(
        "meeting_id forum scheduled_on held_on is_quorate",
        "near board 2017-12-01 2017-12-08 true",
        "far board 2017-12-01 2017-12-09 true",
        "few board 2017-12-01 2017-12-01 false",
        "blank member_event 2017-12-01 2017-12-01 -",
        "past member_event 2017-12-23 - -",
        "waiting member_event 2017-12-24 - -",
    )
    data = Data.of({"meetings": given})
    assert verdicts("GOV-03", data) == {
        "near": "met+",
        "far": "not_met-",
        "few": "not_met-",
        "blank": "unknown+",
        "past": "not_met-",
        "waiting": "not_due",
    }
    assert figure("GOV-03", data) == (2, 5, 1, 40.0, "final")
    assert figure("GOV-09", data)[:3] == (1, 3, 0)


def test_gov_05_at_target_improved_and_sustained():
    given = rows(
        "indicator_id period_end value target polarity is_headline",
        "AS-02 2017-10-31 80 80 high true",
        "AS-02 2017-11-30 80 80 high true",
        "AS-02 2017-12-31 81 81 high true",
        "FD-01 2017-11-30 50 - low true",
        "FD-01 2017-12-31 49 - low true",
        "CP-03 2017-12-31 - 90 high true",
        "SO-01 2017-12-31 99 90 high false",
    )
    data = Data.of({"indicator_results": given})
    assert verdicts("GOV-05", data) == {
        "AS-02|2017-12-31": "met+",
        "FD-01|2017-12-31": "excluded",
        "CP-03|2017-12-31": "excluded",
    }
    assert figure("GOV-05", data, "improved")[:2] == (2, 2)  # a point, and two in a hundred
    assert figure("GOV-05", data, "sustained")[:2] == (1, 2)


def test_gov_06_risks():
    given = rows(
        "risk_id opened_on closed_on likelihood impact reviewed_on",
        "equal 2017-01-01 - 3 4 2017-11-30",
        "over 2017-01-01 - 4 3 2017-11-29",
        "blank 2017-12-31 - - 5 -",
        "closed 2017-01-01 2017-12-31 5 5 -",
    )
    data = Data.of({"risks": given})
    assert figure("GOV-06", data) == (3, None, 0, 3.0, "final")
    assert verdicts("GOV-06", data, "overdue") == {"over": "not_met+"}
    assert figure("GOV-06", data, "score_12")[0] == 2
    assert verdicts("GOV-06", data, "not_scored") == {"blank": "not_met+"}


def test_gov_07_the_latest_row_of_each_agency():
    given = rows(
        "agency as_at_on target_count trained_count",
        "health 2017-11-01 40 10",
        "health 2017-12-31 40 30",
        "schools 2018-01-01 60 60",
    )
    assert figure("GOV-07", Data.of({"partner_training": given}))[:2] == (30, 40)


def test_gov_08_hours_of_the_case_system():
    given = rows(
        "outage_id started_at ended_at planned_hours",
        "a 2017-12-30T20:00 2017-12-31T04:00 6",
        "b 2017-12-31T12:00 - -",
    )
    data = Data.of({"ict_outages": given})
    # The 30th: 4 hours out, all announced. The 31st: 4 and 12 hours out, 2 of them announced.
    assert figure("GOV-08", data)[:2] == (29 * 24 + 20 + 8, 29 * 24 + 20 + 22)


def test_so_07_managers_with_an_account():
    given = rows(
        "user_role worker_id viewed_at view",
        "team_manager equal 2017-12-25 list",
        "team_manager over 2017-12-24 list",
        "team_manager never 2017-12-30 account",
        "team_manager closed 2017-12-30 account_closed",
        "team_manager moved 2017-12-20 list",
        "director moved 2017-12-30 list",
    )
    found = verdicts("SO-07", Data.of({"usage_log": given}))
    assert found == {"equal": "met+", "over": "not_met-", "never": "not_met-"}


def test_qa_13_the_latest_full_inspection():
    given = rows(
        "home_id inspected_on is_full_inspection judgement",
        "a 2017-06-01 true good",
        "a 2017-12-01 false inadequate",
        "b 2017-06-01 true inadequate",
        "c 2017-06-01 true -",
        "d 2017-06-01 false good",
    )
    found = verdicts("QA-13", Data.of({"homes": given}))
    assert found == {"a": "met+", "b": "not_met-", "c": "unknown", "d": "excluded"}


def test_wf_15_answers_and_responses():
    given = rows(
        "survey_id response_id answered_on item answer invited_count",
        "s 1 2017-12-01 valued agree 10",
        "s 1 2017-12-01 load disagree 10",
        "s 2 2017-12-31 valued - 10",
    )
    data = Data.of({"survey_responses": given})
    assert figure("WF-15", data)[:2] == (1, 2)
    assert figure("WF-15", data, "valued")[:2] == (1, 1)
    assert figure("WF-15", data, "response_rate") == (2, 10, 0, 20.0, "final")


def test_dq_05_small_cells_and_those_that_protect_them():
    given = rows(
        "publication_id cell value is_suppressed is_secondary",
        "p one 1 true false",
        "p five 5 false false",
        "p six 6 false false",
        "p beside 40 true true",
    )
    assert verdicts("DQ-05", Data.of({"published_cells": given})) == {
        "p|one": "met+",
        "p|five": "not_met-",
        "p|beside": "met+",
    }
