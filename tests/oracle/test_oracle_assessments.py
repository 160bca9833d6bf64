"""AS-01 to AS-11 by hand. December 2017: the 25th and 26th are bank holidays, the 31st a Sunday."""

from datetime import date

from tests.oracle.conventions import Data, rows
from tests.oracle.worked import P0, P1, figure, verdicts

QUARTER = {"p0": date(2025, 1, 1), "p1": date(2025, 3, 31), "as_at": date(2025, 3, 31)}


def assessments(*given, **more):
    """(assessment_id and child_id, started_on, authorised_on)."""
    return [
        {"assessment_id": name, "child_id": name, "started_on": start, "authorised_on": stop, **more}
        for name, start, stop in given
    ]


WORKED = assessments(
    ("equal", "2025-01-06", "2025-03-10"),
    ("over", "2025-01-06", "2025-03-11"),
    ("open", "2025-01-06", ""),
    ("before", "2024-11-01", "2024-12-02"),
    ("negative", "2025-02-10", "2025-02-03"),
    ("weekend", "2025-02-08", "2025-02-07"),  # wd is 0, but the Friday is before the Saturday
)


def test_as_02_day_45_is_in_time_and_a_negative_duration_fails():
    data = Data.of({"assessments": WORKED})
    found = {"equal": "in_time+", "over": "late-", "negative": "late-", "weekend": "late-"}
    assert verdicts("AS-02", data, **QUARTER) == found
    assert figure("AS-02", data, **QUARTER) == (1, 4, 0, 25.0, "final")
    due = verdicts("AS-02", data, parameters={"timeliness_basis": {"AS-02": "due"}}, **QUARTER)
    assert due == {**found, "open": "overdue-"}
    assert verdicts("AS-02", data, parameters={"assessment_limit_wd": 46}, **QUARTER)["over"] == "in_time+"


def test_as_02_from_the_referral():
    referrals = [
        {"referral_id": "1", "child_id": "equal", "received_on": "2025-01-05"},
        {"referral_id": "2", "child_id": "equal", "received_on": "2025-01-07"},
        {"referral_id": "1", "child_id": "over", "received_on": "2025-01-03"},
    ]
    given = [{**a, "referral_id": "1"} for a in WORKED]
    data = Data.of({"assessments": given, "referrals": referrals})
    found = verdicts("AS-02", data, parameters={"assessment_clock": "referral"}, **QUARTER)
    # from Sunday 5 January, Monday 6 is day 1 and 10 March day 46
    assert found == {"equal": "late-", "over": "late-", "negative": "unknown", "weekend": "unknown"}


def test_as_03_quartiles_are_values_and_negatives_are_excluded():
    given = assessments(
        ("0", "2017-12-01", "2017-12-01"),
        ("1", "2017-12-01", "2017-12-04"),
        ("10", "2017-12-01", "2017-12-15"),
        ("11", "2017-12-01", "2017-12-18"),
        ("negative", "2017-12-02", "2017-12-01"),
    )
    data = Data.of({"assessments": given})
    assert verdicts("AS-03", data)["negative"] == "excluded"
    assert figure("AS-03", data) == (None, 4, 0, 1.0, "final")  # position ceil(4/2) of 0, 1, 10, 11
    assert figure("AS-03", data, "lower_quartile") == (None, 4, 0, 0.0, "final")
    assert figure("AS-03", data, "upper_quartile") == (None, 4, 0, 10.0, "final")
    assert figure("AS-03", data, "d1_10") == (2, 4, 0, 2, "final")
    nothing = Data.of({"assessments": []})
    assert figure("AS-03", nothing) == (None, 0, 0, None, "no_cases")
    assert figure("AS-03", nothing, "d0") == (0, 0, 0, 0, "final")


def test_as_04_overdue_and_due_soon():
    # to 31 December 2017 there are 45 working days from 25 October, and 40 from 1 November (21 and 19)
    given = assessments(
        ("46", "2017-10-24", ""), ("45", "2017-10-25", ""), ("40", "2017-11-01", ""), ("39", "2017-11-02", "")
    )
    data = Data.of({"assessments": given})
    assert verdicts("AS-04", data) == {"46": "not_met+", "45": "met-", "40": "met-", "39": "met-"}
    assert verdicts("AS-04", data, "due_soon") == {
        "46": "met-",
        "45": "not_met+",
        "40": "not_met+",
        "39": "met-",
    }
    assert figure("AS-04", data) == (1, 4, 0, 25.0, "final")
    assert figure("AS-05", data) == (1, 4, 0, 1, "final")


def test_as_06_the_checkpoint_of_day_ten():
    given = assessments(
        ("equal", "2017-12-01", ""),
        ("late", "2017-12-01", ""),
        ("none", "2017-12-14", ""),  # 9 working days to the 31st: 15, 18 to 22, 27 to 29
        ("overdue", "2017-12-12", ""),  # 11
        ("quick", "2017-12-01", "2017-12-14"),  # authorised after 9 working days
        ("tenth", "2017-12-01", "2017-12-15"),
        ("blank", "2017-12-01", "2017-12-18"),
    )
    oversights = [
        {
            "oversight_id": n,
            "child_id": c,
            "kind": "assessment_checkpoint",
            "overseen_on": d,
            "assessment_id": a,
        }
        for n, c, d, a in (
            ("1", "equal", "2017-12-15", "equal"),
            ("2", "equal", "2017-11-30", "equal"),
            ("3", "late", "2017-12-18", "late"),
            ("4", "tenth", "2017-12-20", "tenth"),  # after it was authorised, but names it
            ("5", "blank", "2017-12-19", ""),  # after it was authorised, and names none
            ("6", "quick", "2017-12-20", "quick"),
        )
    ]
    data = Data.of({"assessments": given, "management_oversights": oversights})
    assert verdicts("AS-06", data) == {
        "equal": "in_time+",
        "late": "late-",
        "none": "not_due",
        "overdue": "overdue-",
        "quick": "excluded",
        "tenth": "late-",
        "blank": "overdue-",
    }
    # the clock of a row that is left out stops at its checkpoint like that of any other
    (quick,) = [r for r in rows("AS-06", data, P0, P1, P1) if r["key"] == "quick"]
    assert (quick["clock_stop"], quick["working_days"]) == (date(2017, 12, 20), 13)


def test_as_07_and_08_seen():
    given = assessments(
        *((c, "2017-12-01", "2017-12-20") for c in ("twice", "once", "blank", "unborn", "born"))
    )
    for row, seen in zip(given, ("true", "false", "", "true", "true"), strict=True):
        row["is_child_seen"] = seen
    children = [
        {"child_id": "unborn", "born_on": "2017-12-21"},
        {"child_id": "born", "born_on": "2017-12-20"},
    ]
    visits = [
        {"visit_id": n, "child_id": c, "kind": "other", "visited_at": d, "is_seen": s}
        for n, c, d, s in (
            ("1", "twice", "2017-12-01T09:00", "true"),
            ("2", "twice", "2017-12-20", "true"),
            ("3", "once", "2017-12-11", "true"),
            ("4", "once", "2017-12-21", "true"),
            ("5", "blank", "2017-12-01", ""),
        )
    ]
    referrals = [
        {"referral_id": c, "child_id": c, "received_on": d}
        for c, d in (
            ("twice", "2017-12-02"),
            ("once", "2017-12-01"),
            ("blank", "2017-12-01"),
            ("born", "2017-12-05"),
        )
    ]
    data = Data.of({"assessments": given, "children": children, "visits": visits})
    found = {"twice": "met+", "once": "not_met-", "blank": "unknown-", "born": "met+"}
    assert verdicts("AS-07", data) == found
    assert figure("AS-07", data) == (2, 4, 1, 50.0, "final")
    assert verdicts("AS-08", data) == {
        "twice": "met+",
        "once": "not_met-",
        "blank": "not_met-",
        "born": "not_met-",
    }
    assert figure("AS-08", data, "first_seen")[4] == "not_computable"
    linked = [{**a, "referral_id": a["child_id"]} for a in given if a["child_id"] != "born"] + [given[4]]
    data = Data.of({"assessments": linked, "children": children, "visits": visits, "referrals": referrals})
    # twice: seen the day before its referral; once: 11 December is day 6; born: no referral by its start
    assert verdicts("AS-08", data, "first_seen") == {
        "twice": "not_met-",
        "once": "not_met-",
        "blank": "not_met-",
    }


def test_as_09_and_10_outcomes_and_factors():
    given = assessments(*((c, "2017-11-01", "2017-12-20") for c in ("a", "b", "d")))
    for row, needed, factors in zip(given, ("false", "true", ""), ("1A; 21", "21", ""), strict=True):
        row.update(is_services_required=needed, factors=factors)
    data = Data.of({"assessments": given})
    assert verdicts("AS-09", data) == {"a": "met+", "b": "not_met-", "d": "unknown"}
    assert verdicts("AS-10", data) == {"a": "met+", "b": "met+", "d": "excluded"}
    assert figure("AS-10", data) == (2, None, 0, 2, "final")
    assert figure("AS-10", data, "21") == (1, 2, 0, 50.0, "final")


def test_as_11_leaves_out_repeat_assessments():
    given = assessments(
        ("equal", "2025-01-06", "2025-03-10"),
        ("repeat", "2025-03-11", "2025-03-12"),
        ("none", "2025-03-03", "2025-03-10"),
    )
    referrals = [{"referral_id": c, "child_id": c, "received_on": "2025-01-06"} for c in ("equal", "repeat")]
    data = Data.of({"assessments": given, "referrals": referrals})
    # 6 January to 11 March are 46 working days
    assert verdicts("AS-11", data, **QUARTER) == {
        "equal": "in_time+",
        "repeat": "excluded",
        "none": "excluded",
    }
