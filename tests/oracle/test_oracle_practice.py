"""QA-01 to QA-10 and CIN-10 by hand. RD is 31 December 2017; the 25th and 26th are bank holidays."""

from tests.oracle.conventions import Data
from tests.oracle.worked import figure, verdicts

AUDIT = "audit_id kind scheduled_on due_on completed_on grade moderated_grade selection child_id".split()


def audits(*given, **more) -> Data:
    """Rows of audits in the order of AUDIT; - is blank."""
    rows = [dict(zip(AUDIT, [("" if c == "-" else c) for c in line.split()], strict=False)) for line in given]
    return Data.of({"audits": rows, **more}, {"audits": {"columns": [*AUDIT, *LATER]}})


LATER = ("moderated_on", "remedial_completed_on", "reaudit_of_audit_id", "exercise")


def test_qa_01_completed_against_the_programme():
    data = audits(
        "equal case_audit 2017-12-01 2017-12-10 2017-12-10",
        "late case_audit 2017-12-01 2017-12-10 2017-12-11",
        "open case_audit 2017-12-01 2017-12-30 -",
        "today case_audit 2017-12-01 2017-12-31 -",
        "undated case_audit 2017-12-31 - -",
        "before case_audit 2017-11-30 2017-12-10 2017-12-10",
        "other observation 2017-12-01 2017-12-10 2017-12-10",
    )
    assert verdicts("QA-01", data) == {
        "equal": "met+",
        "late": "met+",
        "open": "not_met-",
        "today": "not_due",
        "undated": "not_due",
    }
    assert figure("QA-01", data) == (2, 3, 0, 66.7, "final")
    assert figure("QA-01", data, "on_time") == (1, 3, 0, 33.3, "final")


def test_qa_02_final_grades_of_what_was_not_chosen_for_a_reason():
    data = audits(
        "up case_audit 2017-12-01 - 2017-12-01 inadequate good random",
        "first case_audit 2017-12-01 - 2017-12-31 outstanding - stratified",
        "none case_audit 2017-12-01 - 2017-12-31 - - -",
        "low case_audit 2017-12-01 - 2017-12-31 inadequate - -",
        "chosen case_audit 2017-12-01 - 2017-12-31 good - targeted",
    )
    assert verdicts("QA-02", data) == {
        "up": "met+",
        "first": "met+",
        "none": "unknown",
        "low": "not_met-",
        "chosen": "excluded",
    }
    assert figure("QA-02", data) == (2, 3, 1, 66.7, "final")
    assert figure("QA-02", data, "good")[:3] == (1, 3, 1)
    assert figure("QA-02", data, "targeted") == (1, 1, 0, 100.0, "final")


def test_qa_03_put_right_within_five_working_days_and_thirty_days():
    rows = [
        {"audit_id": "x", "completed_on": "2017-12-01", "remedial_completed_on": "2017-12-08"},  # day 5
        {"audit_id": "y", "completed_on": "2017-12-01", "remedial_completed_on": "2017-12-11"},  # day 6
        {"audit_id": "z", "completed_on": "2017-12-01", "remedial_completed_on": "2017-12-04"},
        {"audit_id": "new", "completed_on": "2017-12-20", "remedial_completed_on": "2017-12-20"},
        {"audit_id": "slow", "completed_on": "2017-12-19"},  # the 29th is day 6
    ]
    for row in rows:
        row |= {"kind": "case_audit", "grade": "inadequate", "scheduled_on": "2017-12-01"}
    again = [("x", "2017-12-31"), ("x", "2018-01-05"), ("y", "2017-12-05")]
    rows += [
        {"audit_id": f"again {n}", "kind": "case_audit", "scheduled_on": "2017-12-01", "grade": "good",
         "completed_on": day, "reaudit_of_audit_id": first}
        for n, (first, day) in enumerate(again)
    ]  # fmt: skip
    data = Data.of({"audits": rows}, {"audits": {"columns": [*AUDIT, *LATER]}})
    assert verdicts("QA-03", data) == {
        "x": "in_time+",
        "y": "late-",
        "z": "not_due",
        "new": "not_due",
        "slow": "overdue-",
    }
    assert figure("QA-03", data) == (1, 3, 0, 33.3, "final")


def test_qa_04_actions_by_their_due_date():
    actions = [
        {"action_id": "equal", "audit_id": "a", "due_on": "2017-12-01", "completed_on": "2017-12-01"},
        {"action_id": "late", "audit_id": "a", "due_on": "2017-12-01", "completed_on": "2017-12-02"},
        {"action_id": "open", "audit_id": "a", "due_on": "2017-12-30"},
        {"action_id": "today", "audit_id": "a", "due_on": "2017-12-31"},
        {"action_id": "undated", "audit_id": "a"},
    ]
    data = audits("a case_audit 2017-11-01 - 2017-11-02", audit_actions=actions)
    assert verdicts("QA-04", data) == {
        "equal": "in_time+",
        "late": "late-",
        "open": "overdue-",
        "today": "not_due",
        "undated": "excluded",
    }


def test_qa_05_to_07_standards_by_what_they_are_about():
    answers = [
        ("q1", "seen", "met", "childs_voice"),
        ("q2", "planned", "not_met", "smart_plan;childs_voice"),
        ("q3", "analysed", "na", "analysis"),
        ("q4", "analysed", "", "analysis"),
        ("q5", "analysed", "met", ""),
    ]
    names = ("item", "standard", "answer", "tags")
    items = [{"audit_id": "a", **dict(zip(names, line, strict=True))} for line in answers]
    data = audits("a case_audit 2017-12-01 - 2017-12-31", audit_items=items)
    assert verdicts("QA-05", data) == {
        "a|q1": "met+",
        "a|q2": "not_met-",
        "a|q3": "excluded",
        "a|q4": "unknown",
        "a|q5": "met+",
    }
    assert figure("QA-05", data)[:3] == (2, 3, 1)
    assert figure("QA-05", data, "analysed")[:3] == (1, 1, 1)
    assert figure("QA-06", data)[:3] == (1, 2, 0)
    assert figure("QA-07", data)[:3] == (0, 1, 1)


def test_qa_09_random_and_targeted_samples_are_never_added_together():
    samples = [
        {
            "sample_id": "r",
            "theme": "t",
            "sampled_on": "2017-12-31",
            "method": "random",
            "population_count": "9",
        },
        {"sample_id": "t", "theme": "t", "sampled_on": "2017-12-01", "method": "targeted"},
        {"sample_id": "s", "theme": "t", "sampled_on": "2017-12-01", "method": "stratified"},
    ]
    items = [
        {"sample_id": sample, "child_id": "c", "item": item, "result": result}
        for sample, item, result in (
            ("r", "1", "pass"),
            ("r", "2", "fail"),
            ("s", "1", "na"),
            ("s", "2", ""),
            ("t", "1", "fail"),
        )
    ]
    for sample in samples:
        sample["population_count"] = "90"
    data = Data.of({"dip_samples": samples, "dip_sample_items": items})
    assert figure("QA-09", data) == (1, 2, 1, 50.0, "final")
    assert figure("QA-09", data, "targeted")[:3] == (0, 1, 0)
    assert figure("QA-09", data, "random_samples") == (2, None, 0, 2.0, "final")
    assert figure("QA-09", data, "targeted_samples")[0] == 1


def test_cin_10_reviewed_since_the_cohort_was_frozen():
    cohort = [{"exercise": "e", "child_id": c, "frozen_on": "2017-12-01"} for c in "abcd"]
    cohort[3]["closed_on"] = "2017-12-02"
    reviews = [("a", "2017-12-01"), ("b", "2017-11-30"), ("d", "2017-12-03")]
    rows = [
        {"audit_id": c, "kind": "case_review", "child_id": c, "exercise": "e", "scheduled_on": day,
         "completed_on": day}
        for c, day in reviews
    ]  # fmt: skip
    data = Data.of({"case_review_cohorts": cohort, "audits": rows})
    assert figure("CIN-10", data) == (1, 3, 0, 33.3, "final")  # d was closed before its review
