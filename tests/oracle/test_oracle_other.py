"""QA-11 and DQ-04 by hand. RD is 31 December 2017; the 25th and 26th are bank holidays."""

from datetime import date

from tests.oracle.conventions import Data
from tests.oracle.worked import P1, figure, verdicts

COMPLAINT = "complaint_id stage received_on is_complex responded_on outcome team".split()


def complaints(*given):
    """(complaint_id, stage, received_on, is_complex, responded_on, outcome)."""
    return Data.of(
        {"complaints": [dict(zip(COMPLAINT, (*line, *([""] * 7))[:7], strict=True)) for line in given]}
    )


def short(found):
    """The verdicts by complaint_id alone."""
    return {key.split("|")[0]: verdict for key, verdict in found.items()}


def test_qa_11_due_in_the_period_by_stage():
    data = complaints(
        ("equal", "1", "2017-12-13", "", "2017-12-29", "upheld"),  # day 10 is the 29th
        ("late", "1", "2017-12-11", "", "2017-12-28", "not_upheld"),  # day 10 is the 27th
        ("due later", "1", "2017-12-14", "", "", ""),
        ("complex", "1", "2017-11-29", "true", "2017-12-29", ""),  # day 20 is the 29th
        ("overdue", "3", "2017-11-10", "", "", ""),  # day 30 is the 22nd
        ("before", "1", "2017-12-09", "", "2017-12-08", "partly_upheld"),
        ("withdrawn", "1", "2017-12-11", "", "2017-12-12", "withdrawn"),
        ("second", "2", "2017-11-22", "", "2017-12-29", "not_upheld"),  # day 25 is the 29th
        ("second open", "2", "2017-11-21", "", "", ""),
    )
    assert short(verdicts("QA-11", data)) == {
        "equal": "in_time+",
        "late": "late-",
        "complex": "in_time+",
        "overdue": "overdue-",
        "before": "unknown",
        "second": "in_time+",
        "second open": "overdue-",
    }
    assert figure("QA-11", data) == (3, 6, 1, 50.0, "final")
    assert short(verdicts("QA-11", data, "stage2_max")) == {"second": "in_time+", "second open": "not_due"}
    assert figure("QA-11", data, "upheld") == (2, 4, 0, 50.0, "final")


def test_dq_04_recorded_within_five_working_days():
    def seen(name, at, recorded):
        return {"visit_id": name, "child_id": "c", "kind": "cin", "visited_at": at, "recorded_at": recorded}

    data = Data.of(
        {
            "visits": [
                seen("same day", "2017-12-01T15:00", "2017-12-01T09:00"),  # dates are compared
                seen("equal", "2017-12-20", "2017-12-29"),  # 21, 22, 27, 28, 29
                seen("late", "2017-12-19", "2017-12-29"),
                seen("before", "2017-12-16", "2017-12-15T10:00"),
                seen("not recorded", "2017-12-10", ""),
                seen("not yet", "2017-12-28", "2018-01-02"),
            ],
            "missing_episodes": [
                {
                    "episode_id": "m",
                    "child_id": "c",
                    "started_at": "2017-12-31T23:59",
                    "recorded_at": "2017-12-31",
                }
            ],
            "conferences": [
                {"conference_id": "k", "child_id": "c", "kind": "review", "held_on": "2017-12-05"}
            ],
        }
    )
    assert verdicts("DQ-04", data) == {
        "same day": "met+",
        "equal": "met+",
        "late": "not_met-",
        "before": "unknown",
        "m": "met+",
    }
    assert figure("DQ-04", data) == (3, 4, 1, 75.0, "partial")  # conferences have no recorded_at
    assert figure("DQ-04", data, "median") == (None, 4, 1, 0.0, "partial")  # 0, 0, 5 and 6: the lower middle
    early = figure("DQ-04", data, p0=date(2017, 1, 1), p1=date(2017, 1, 31), as_at=P1)
    assert early == (0, 0, 0, None, "no_cases")
