"""FD-01 to FD-14 by hand. December 2017: the 25th and 26th are bank holidays, the 31st a Sunday."""

from datetime import date

from tests.oracle.conventions import Data, figures, rows
from tests.oracle.worked import P0, P1, figure, verdicts


def contacts(*given):
    """(contact_id, received_at, decided_at, outcome) of child c + contact_id."""
    columns = ("contact_id", "received_at", "decided_at", "outcome")
    return [
        {"child_id": "c" + line[0], **dict(zip(columns, line, strict=False)), "source": "6"} for line in given
    ]


def test_fd_01_counts_every_contact_of_the_period():
    data = Data.of(
        {"contacts": contacts(("1", "2017-11-30T23:59"), ("2", "2017-12-01"), ("3", "2017-12-31T23:59"))}
    )
    assert verdicts("FD-01", data) == {"2": "met+", "3": "met+"}
    assert figure("FD-01", data) == (2, None, 0, 2, "final")
    assert figure("FD-01", Data.of({"contacts": []})) == (0, None, 0, 0, "final")
    assert figure("FD-01", Data.of({})) == (None, None, None, None, "not_computable")
    assert figure("FD-01", data, p1=date(2018, 1, 31))[4] == "provisional"
    assert rows("FD-01", data, date(2018, 1, 1), date(2018, 1, 31), P1) == []


def test_fd_01_is_a_rate_where_the_population_of_the_year_before_is_held():
    given = {"contacts": contacts(("1", "2017-12-01"), ("2", "2017-12-31T23:59"))}
    estimates = [{"area": "999", "year": "2016", "population_0_17": "5000"}]
    # 2 * 10,000 / 5,000 * 365 / 31
    assert figure("FD-01", Data.of({**given, "reference_population": estimates})) == (
        2,
        5000,
        0,
        47.1,
        "final",
    )
    estimates[0]["year"] = "2017"
    assert figure("FD-01", Data.of({**given, "reference_population": estimates})) == (2, None, 0, 2, "final")
    (line,) = figures(
        "FD-01",
        Data.of({**given, "reference_population": estimates}),
        date(2017, 4, 1),
        date(2018, 3, 31),
        date(2018, 3, 31),
    )
    assert (line["denominator"], line["value"]) == (5000, 4)


def test_fd_02_one_working_day_over_christmas():
    data = Data.of(
        {
            "contacts": contacts(
                ("equal", "2017-12-22", "2017-12-27"),  # Friday; the next working day is Wednesday 27
                ("late", "2017-12-22", "2017-12-28"),
                ("before", "2017-12-27T10:00", "2017-12-27T09:59"),
                ("untimed", "2017-12-27T10:00", "2017-12-27"),
                ("waiting", "2017-12-28", ""),  # Friday 29 is its only working day
                ("overdue", "2017-12-27", ""),
            )
        }
    )
    assert verdicts("FD-02", data) == {
        "equal": "in_time+",
        "late": "late-",
        "before": "unknown",
        "untimed": "in_time+",
        "waiting": "not_due",
        "overdue": "overdue-",
    }
    assert figure("FD-02", data) == (2, 4, 1, 50.0, "final")
    assert figure("FD-02", data, parameters={"timeliness_basis": {"FD-02": "completed"}}) == (
        2,
        3,
        1,
        66.7,
        "final",
    )
    hours = verdicts("FD-02", data, parameters={"contact_clock": "hours"})
    assert set(hours.values()) == {"unknown"} and len(hours) == 6  # none has two times in order


def test_fd_02_hours_are_taken_on_the_clock():
    data = Data.of(
        {
            "contacts": contacts(
                ("equal", "2017-12-22T10:00", "2017-12-23T10:00"),
                ("late", "2017-12-22T10:00", "2017-12-23T10:01"),
                ("edge", "2017-12-31T00:00", ""),  # RD is 24:00 of the 31st
                ("over", "2017-12-30T23:59", ""),
            )
        }
    )
    found = verdicts("FD-02", data, parameters={"contact_clock": "hours"})
    assert found == {"equal": "in_time+", "late": "late-", "edge": "not_due", "over": "overdue-"}


def test_fd_03_a_blank_outcome_is_read_from_the_referral_of_the_next_working_day():
    given = contacts(
        ("1", "2017-12-22", "2017-12-22", "referral"),
        ("2", "2017-12-22", "2017-12-22", "nfa"),
        ("3", "2017-12-22", "2017-12-29", ""),
        ("4", "2017-12-22", "2017-12-29", ""),
        ("5", "2017-11-22", "", "referral"),
    )
    referrals = [
        {"referral_id": "1", "child_id": "c3", "received_on": "2017-12-27", "is_nfa": "true"},
        {"referral_id": "2", "child_id": "c4", "received_on": "2017-12-28"},
    ]
    data = Data.of({"contacts": given, "referrals": referrals})
    assert verdicts("FD-03", data) == {"1": "met+", "2": "not_met-", "3": "met+", "4": "unknown"}


def test_fd_04_waits_beyond_one_working_day():
    data = Data.of(
        {
            "contacts": contacts(
                ("1", "2017-12-28", ""), ("2", "2017-12-27", ""), ("3", "2017-01-04", "2018-01-04")
            )
        }
    )
    assert verdicts("FD-04", data) == {"1": "met-", "2": "not_met+", "3": "not_met+"}
    assert figure("FD-04", data) == (2, 3, 0, 2, "final")
    assert figure("FD-04", Data.of({"contacts": contacts(("1", "2017-12-01", "2017-12-01"))})) == (
        0,
        0,
        0,
        0,
        "final",
    )


def test_fd_05_codes_of_source_and_outcome():
    given = contacts(
        ("1", "2017-12-01", "2017-12-01", "nfa"),
        ("2", "2017-12-01", "", ""),
        ("3", "2017-12-01", "2017-12-01", ""),
    )
    given[2]["source"] = None
    data = Data.of({"contacts": given})
    assert figure("FD-05", data) == (3, None, 0, 3, "final")
    assert figure("FD-05", data, "6.nfa") == (1, 2, 0, 50.0, "final")
    assert figure("FD-05", data, "6.undecided") == (1, 2, 0, 50.0, "final")
    assert figure("FD-05", data, "10.not_recorded") == (1, 1, 0, 100.0, "final")


def referrals(*given):
    """(referral_id, child_id, received_on, closed_on, is_nfa, decided_on)."""
    columns = ("referral_id", "child_id", "received_on", "closed_on", "is_nfa", "decided_on")
    return [dict(zip(columns, (*line, "", "", "")[:6], strict=True)) for line in given]


def test_fd_06_and_07_twelve_months_to_the_day():
    data = Data.of(
        {
            "referrals": referrals(
                ("1", "equal", "2016-12-10", "2017-01-10", "true"),
                ("2", "equal", "2017-12-10"),
                ("3", "over", "2016-12-09", "2017-01-10", "false"),
                ("4", "over", "2017-12-10"),
                ("5", "open", "2017-11-01", "", "false"),
                ("6", "open", "2017-12-05"),
                ("7", "twice", "2017-12-05", "", "true"),
                ("8", "twice", "2017-12-05", "", "true"),
            )
        }
    )
    assert verdicts("FD-06", data) == {
        "2": "met+",
        "4": "met+",
        "6": "excluded",
        "7": "excluded",
        "8": "met+",
    }
    assert figure("FD-06", data) == (3, None, 0, 3, "final")
    # the file starts on 9 December 2016: before the window of 4 opens, after that of 8
    assert verdicts("FD-07", data) == {"2": "not_met+", "4": "met-", "8": "unknown"}
    assert figure("FD-07", data) == (1, 2, 1, 50.0, "partial")  # 9 December is after add_months(P0,-12)
    assert verdicts("FD-07", data, parameters={"window_inclusive": False})["2"] == "met-"


def test_fd_07_uses_the_count_of_the_authority_where_the_history_is_short():
    given = [
        {
            "referral_id": n or "blank",
            "child_id": n or "blank",
            "received_on": "2017-12-05",
            "previous_referrals_12m": n,
        }
        for n in ("0", "2", "")
    ]
    data = Data.of({"referrals": given})
    assert verdicts("FD-07", data) == {"0": "met-", "2": "not_met+", "blank": "unknown"}
    assert figure("FD-07", data)[4] == "partial"


def test_fd_08_blank_is_unknown():
    data = Data.of(
        {"referrals": referrals(("1", "a", "2017-12-01", "", "true"), ("2", "b", "2017-12-01", "", ""))}
    )
    assert verdicts("FD-08", data) == {"1": "met+", "2": "unknown"}


def test_fd_09_matures_after_ten_working_days():
    # 14 December + 10 working days: 15, 18 to 22, 27, 28, 29 are 9, so it is judged only from 13 December
    tables = {
        "referrals": referrals(
            ("9", "young", "2017-12-14"),
            ("10", "judged", "2017-12-13"),
            ("served", "served", "2017-12-01", "2017-12-20"),
            ("closed", "closed", "2017-12-01", "2017-12-19"),
            ("nfa", "nfa", "2017-12-01", "2017-12-20", "true"),
        ),
        "assessments": [
            {"assessment_id": c, "child_id": c, "started_on": "2017-12-20"}
            for c in ("served", "closed", "nfa")
        ],
        "strategy_discussions": [
            {
                "strategy_discussion_id": "1",
                "child_id": "judged",
                "held_on": "2017-12-29",
                "is_s47_initiated": "false",
            }
        ],
        "cin_plans": [],
        "cp_plans": [],
        "care_periods": [{"care_period_id": "1", "child_id": "closed", "started_on": "2017-11-30"}],
    }
    found = verdicts("FD-09", Data.of(tables))
    assert found == {
        "9": "not_due",
        "10": "not_met-",
        "served": "met+",
        "closed": "not_met-",
        "nfa": "not_met-",
    }
    del tables["care_periods"]
    assert figure("FD-09", Data.of(tables))[4] == "not_computable"


def test_fd_10_and_12_the_decision_and_the_allocation():
    given = referrals(
        ("equal", "a", "2017-12-22", "", "false", "2017-12-27"),
        ("before", "b", "2017-12-22", "", "false", "2017-12-21"),
        ("undecided", "d", "2017-12-29", "", "false"),
        ("nfa", "e", "2017-12-22", "", "true", "2017-12-22"),
    )
    allocations = [
        {
            "allocation_id": c,
            "child_id": c,
            "role": "social_worker",
            "worker_id": w,
            "started_on": s,
            "team": "A",
        }
        for c, w, s in (("a", "", "2017-12-27"), ("b", "W1", "2017-12-22"), ("e", "W1", "2017-12-22"))
    ]
    data = Data.of({"referrals": given, "allocations": allocations})
    expected = {"equal": "in_time+", "before": "unknown", "undecided": "not_due", "nfa": "in_time+"}
    assert verdicts("FD-10", data) == expected
    # equal: the allocation has no worker, and from the 27th the 28th and 29th are 2 working days
    # before: allocated a day after a decision that is dated before the referral
    assert verdicts("FD-12", data) == {"equal": "overdue-", "before": "in_time+", "undecided": "not_due"}
    early = [{**a, "started_on": "2017-12-22", "worker_id": "W2"} for a in allocations]
    assert verdicts("FD-12", Data.of({"referrals": given, "allocations": early}))["equal"] == "in_time+"


def test_fd_11_ten_years_old_on_the_day_of_the_contact():
    children = [
        {"child_id": "ten", "born_on": "2007-12-05"},
        {"child_id": "nine", "born_on": "2007-12-06"},
        {"child_id": "concern", "born_on": "2007-12-06"},
        {"child_id": "unborn", "is_unborn": "true"},
        {"child_id": "unknown"},
        {"child_id": "waiting"},
        {"child_id": "linked", "born_on": "2000-01-01"},
        {"child_id": "other", "born_on": "2000-01-01"},
    ]
    given = [
        {"contact_id": c["child_id"], "child_id": c["child_id"], "received_at": "2017-12-05T10:00",
         "decided_at": "" if c["child_id"] == "waiting" else "2017-12-06T10:00",
         "has_exploitation_concern": "true" if c["child_id"] == "concern" else ""}
        for c in children
    ]  # fmt: skip
    screenings = [
        {"record_id": n, "child_id": n, "kind": "screening", "done_on": d, "contact_id": c}
        for n, d, c in (
            ("ten", "2017-12-06", ""),
            ("concern", "2017-12-07", ""),
            ("linked", "2017-11-01", "linked"),
            ("other", "2017-12-04", ""),
        )
    ]
    data = Data.of({"children": children, "contacts": given, "exploitation_records": screenings})
    assert verdicts("FD-11", data) == {
        "ten": "met+",
        "concern": "not_met-",
        "unknown": "unknown",
        "waiting": "not_due",
        "linked": "met+",
        "other": "not_met-",
    }


def test_fd_13_who_holds_the_child():
    plans = [
        {"cin_plan_id": c, "child_id": c, "started_on": "2017-01-01", "ended_on": ""}
        for c in ("duty", "none", "held", "iro")
    ]
    columns = ("child_id", "role", "worker_id", "ended_on")
    lines = [
        ("duty", "social_worker", "EAST_DUTY", ""),
        ("held", "social_worker", "W1", "2018-01-01"),
        ("iro", "iro", "W1", ""),
        ("none", "social_worker", "W1", "2017-12-31"),
        ("leaver", "personal_adviser", "W2", ""),
    ]
    allocations = [
        {"allocation_id": a[0], "team": "A", "started_on": "2017-01-01", **dict(zip(columns, a, strict=True))}
        for a in lines
    ]
    tables = {
        "cin_plans": plans,
        "allocations": allocations,
        "referrals": [],
        "assessments": [],
        "cp_plans": [],
    }
    tables["care_periods"] = []
    found = {"duty": "not_met+", "none": "not_met+", "held": "met-", "iro": "not_met+"}
    assert verdicts("FD-13", Data.of(tables)) == found
    assert figure("FD-13", Data.of(tables)) == (3, 4, 0, 75.0, "partial")
    tables["care_leaver_statuses"] = [
        {"status_id": "1", "child_id": "leaver", "recorded_on": "2017-01-01", "is_service_open": "true",
         "eligibility": "former_relevant"}
    ]  # fmt: skip
    assert verdicts("FD-13", Data.of(tables)) == {**found, "leaver": "met-"}
    lines = figures("FD-13", Data.of(tables), P0, P1, P1, by=("worker_id",))
    assert [(f["worker_id"], f["denominator"]) for f in lines] == [
        ("EAST_DUTY", 1),
        ("W1", 1),
        ("W2", 1),
        ("not known", 2),
    ]


def test_fd_14_three_contacts_and_no_referral_in_twelve_months():
    def of(child, *days, outcome="nfa"):
        return [
            {"contact_id": child + d, "child_id": child, "received_at": d, "outcome": outcome} for d in days
        ]

    data = Data.of(
        {
            "contacts": [
                *of("three", "2017-01-01", "2017-06-01", "2017-12-31"),
                *of("edge", "2016-12-31", "2017-06-01", "2017-12-31"),  # add_months(RD,-12) itself is outside
                *of("referred", "2017-02-01", "2017-06-01", "2017-12-31"),
                *of("referred", "2017-03-01", outcome="referral"),
                *of("past", "2017-11-01", "2017-11-02", "2017-11-03"),
            ]
        }
    )
    assert verdicts("FD-14", data) == {"three": "not_met+", "edge": "met-", "referred": "met-"}
