"""CP-01 to CP-23 by hand. December 2017: the 25th and 26th are bank holidays, the 31st a Sunday."""

from tests.oracle.conventions import Data, rows
from tests.oracle.worked import P0, P1, figure, verdicts


def enquiries(*given, **more):
    """(strategy_discussion_id, child_id, held_on)."""
    return [
        {"strategy_discussion_id": n, "child_id": c, "held_on": d, "is_s47_initiated": "true", **more}
        for n, c, d in given
    ]


def conferences(*given, kind="initial"):
    """(conference_id, child_id, held_on, strategy_discussion_id)."""
    columns = ("conference_id", "child_id", "held_on", "strategy_discussion_id")
    return [{"kind": kind, **dict(zip(columns, (*line, "")[:4], strict=True))} for line in given]


def plans(*given, **more):
    """(cp_plan_id and child_id, started_on, ended_on)."""
    return [{"cp_plan_id": n, "child_id": n, "started_on": s, "ended_on": e, **more} for n, s, e in given]


def test_cp_02_three_working_days_from_the_concern():
    given = [
        {**row, "concern_on": concern}
        for row, concern in zip(
            enquiries(*((c, c, "2017-12-29") for c in ("equal", "late", "blank", "after"))),
            ("2017-12-22", "2017-12-21", "", "2017-12-30"),
            strict=True,
        )
    ]
    found = verdicts("CP-02", Data.of({"strategy_discussions": given}))
    assert found == {"equal": "in_time+", "late": "late-", "blank": "unknown", "after": "unknown"}


def test_cp_03_fifteen_working_days_over_christmas():
    # from Tuesday 5 December: 6 to 8 are 3, to the 15th 8, to the 22nd 13, 27 is 14, 28 is 15
    data = Data.of(
        {
            "strategy_discussions": enquiries(
                ("1", "equal", "2017-12-05"), ("1", "late", "2017-12-05"), ("1", "negative", "2017-12-20")
            ),
            "conferences": conferences(
                ("1", "equal", "2017-12-28"),
                ("2", "late", "2017-12-29"),
                ("3", "negative", "2017-12-19", "1"),
                ("4", "none", "2017-12-19"),
            ),
        }
    )
    assert verdicts("CP-03", data) == {"1": "in_time+", "2": "late-", "3": "unknown-", "4": "unknown-"}
    assert figure("CP-03", data) == (1, 4, 2, 25.0, "final")
    assert figure("CP-03", data, "d11_15") == (1, 4, 2, 25.0, "final")
    assert figure("CP-03", data, "d16_20") == (1, 4, 2, 25.0, "final")
    assert figure("CP-03", data, "d0_10") == (0, 4, 2, 0.0, "final")


def test_cp_03_takes_conferences_in_order_and_a_discussion_once_unless_named():
    data = Data.of(
        {
            "strategy_discussions": [
                *enquiries(("s1", "c", "2017-12-01"), ("s2", "c", "2017-12-08")),
                *enquiries(("s3", "c", "2017-12-11"), is_s47_initiated="false"),
            ],
            "conferences": conferences(
                (
                    "a",
                    "c",
                    "2017-12-11",
                    "s3",
                ),  # not section 47: the latest before it, s2, which b names later
                ("b", "c", "2017-12-12", "s2"),
                ("d", "c", "2017-12-13"),  # s2 is used: s1
                ("e", "c", "2017-12-14"),  # none left
            ),
        }
    )
    found = {
        r["key"]: r["clock_start"] and r["clock_start"].day
        for r in rows("CP-03", data, P0, P1, P1)
        if not r["part"]
    }
    assert found == {"a": 8, "b": 8, "d": 1, "e": None}


def test_cp_03_places_an_overdue_conference_at_rd():
    data = Data.of(
        {
            "strategy_discussions": [
                {**row, "worker_id": worker}
                for row, worker in zip(
                    enquiries(("a", "a", "2017-12-05"), ("own", "own", "2017-12-05")), ("", "W9"), strict=True
                )
            ],
            "conferences": conferences(("1", "held", "2017-11-28")),
            "allocations": [
                {
                    "allocation_id": child + start,
                    "child_id": child,
                    "role": "social_worker",
                    "worker_id": worker,
                    "started_on": start,
                    "ended_on": end,
                }
                for child in ("a", "own")
                for worker, start, end in (("W1", "2017-12-01", "2017-12-08"), ("W2", "2017-12-08", ""))
            ],
        }
    )
    found = rows("CP-03", data, P0, P1, P1, {"timeliness_basis": {"CP-03": "due"}})
    assert {r["key"]: (r["worker_id"], r["status"]) for r in found} == {
        "a": ("W2", "overdue"),  # the worker now, not the one when the enquiry began
        "own": ("W9", "overdue"),  # the row's own first
    }


def test_cp_05_a_conference_names_an_enquiry_only_once_it_is_held():
    data = Data.of(
        {
            "strategy_discussions": enquiries(
                ("early", "c", "2017-11-01"), ("later", "c", "2018-01-02"), is_icpc_required=""
            ),
            "conferences": conferences(("1", "c", "2017-12-20", "later")),
        }
    )
    as_at = P1.replace(year=2018, month=1)
    assert verdicts("CP-05", data, as_at=as_at) == {}  # at 31 December the conference is early's
    january = {"p0": as_at.replace(day=1), "p1": as_at, "as_at": as_at}
    assert verdicts("CP-05", data, **january) == {"early": "not_met+"}


def test_cp_04_and_05_enquiries_without_a_conference():
    # to Sunday 31 December: 8, 11 to 15, 18 to 22 and 27 to 29 are 14 working days from the 7th
    data = Data.of(
        {
            "strategy_discussions": [
                *enquiries(
                    ("14", "14", "2017-12-07"),
                    ("15", "15", "2017-12-06"),
                    ("16", "16", "2017-12-05"),
                    is_icpc_required="",
                ),
                *enquiries(("not", "not", "2017-12-01"), is_icpc_required="false"),
                *enquiries(("held", "held", "2017-12-04"), is_icpc_required="true"),
            ],
            "conferences": conferences(("1", "held", "2017-12-01", "held")),  # held before it, but names it
        }
    )
    assert verdicts("CP-05", data) == {"14": "met-", "15": "met-", "16": "not_met+"}
    assert figure("CP-05", data) == (1, 3, 0, 1, "final")
    assert verdicts("CP-04", data) == {
        "14": "excluded",
        "15": "excluded",
        "16": "excluded",
        "not": "not_met-",
        "held": "met+",
    }


def test_cp_06_a_blank_outcome_is_read_from_the_plan():
    given = conferences(*((c, c, "2017-12-05") for c in ("yes", "no", "plan", "blank")))
    for row, made in zip(given, ("true", "false", "", ""), strict=True):
        row["is_cp_plan_made"] = made
    data = Data.of(
        {
            "conferences": given,
            "cp_plans": plans(
                ("plan", "2017-12-05", ""), ("no", "2017-12-05", ""), ("blank", "2017-12-06", "")
            ),
        }
    )
    assert verdicts("CP-06", data) == {"yes": "met+", "no": "not_met-", "plan": "met+", "blank": "unknown"}


def test_cp_07_the_first_core_group():
    # from Tuesday 12 December: 13 to 15 are 3, to the 22nd 8, 27 is 9, 28 is 10
    given = plans(
        ("equal", "2017-12-12", ""),
        ("late", "2017-12-12", ""),
        ("over", "2017-12-12", ""),
        ("waiting", "2017-12-13", ""),
        ("short", "2017-12-12", "2017-12-28"),
        ("reversed", "2017-12-12", "2017-12-11"),
    )
    meetings = [
        {"meeting_id": c, "child_id": c, "kind": "core_group", "held_on": d}
        for c, d in (
            ("equal", "2017-12-28"),
            ("late", "2017-12-29"),
            ("over", "2017-12-11"),
            ("short", "2017-12-29"),
        )
    ]
    assert verdicts("CP-07", Data.of({"cp_plans": given, "plan_meetings": meetings})) == {
        "equal": "in_time+",
        "late": "late-",
        "over": "overdue-",  # its only core group is before the plan; 11 working days to the 31st
        "waiting": "not_due",
        "short": "excluded",
        "reversed": "excluded",
    }


def test_cp_08_42_days_and_two_plans():
    given = plans(
        ("equal", "2017-01-01", ""),
        ("over", "2017-01-01", ""),
        ("none", "2017-12-12", ""),
        ("new", "2017-12-13", ""),
    )
    given += [{"cp_plan_id": "second", "child_id": "equal", "started_on": "2017-12-01"}]
    meetings = [
        {"meeting_id": c + d, "child_id": c, "kind": "core_group", "held_on": d}
        for c, d in (("equal", "2017-11-19"), ("over", "2017-11-18"), ("new", "2017-12-13"))
    ]
    data = Data.of({"cp_plans": given, "plan_meetings": meetings})
    # equal: the later plan decides, and the core group was before it
    assert verdicts("CP-08", data) == {
        "second": "not_met-",
        "over": "not_met-",
        "none": "not_met-",
        "new": "not_due",
    }
    data = Data.of({"cp_plans": given[:4], "plan_meetings": meetings})
    assert verdicts("CP-08", data)["equal"] == "met+"


def test_cp_09_ten_working_days_since_the_child_was_seen():
    # to 31 December: from the 13th 10 working days, from the 12th 11
    given = plans(
        *((c, "2017-10-01", "") for c in ("equal", "over", "blank", "unseen")), ("new", "2017-12-13", "")
    )
    visits = [
        {"visit_id": c, "child_id": c, "kind": "cp", "visited_at": d, "is_seen": s}
        for c, d, s in (
            ("equal", "2017-12-13T16:00", "true"),
            ("over", "2017-12-12", "true"),
            ("blank", "2017-12-29", ""),
            ("unseen", "2017-12-29", "false"),
            ("new", "2017-12-12", "true"),
        )
    ]
    found = {"equal": "met+", "over": "not_met-", "blank": "not_met-", "unseen": "not_met-", "new": "not_due"}
    assert verdicts("CP-09", Data.of({"cp_plans": given, "visits": visits})) == found
    without = [{k: v for k, v in visit.items() if k != "is_seen"} for visit in visits]
    found |= {"blank": "met+", "unseen": "met+"}
    assert verdicts("CP-09", Data.of({"cp_plans": given, "visits": without})) == found


def test_cp_10_and_11_reviews_at_three_and_six_months():
    given = plans(
        ("clamped", "2017-03-31", ""),  # first due 30 June, then 30 December
        ("kept", "2017-04-01", ""),  # reviewed on 1 July, next due 1 January
        ("late", "2017-05-31", ""),  # first due 31 August
        ("overdue", "2017-09-30", ""),  # due 30 December
        ("equal", "2017-10-01", ""),  # add_months(started_on,3) is 1 January: outside CP-10
        ("same_day", "2017-06-30", ""),  # a review on the plan's start is ignored; due 30 September
    )
    given_reviews = conferences(
        ("1", "clamped", "2017-06-30"),
        ("2", "kept", "2017-07-01"),
        ("3", "late", "2017-09-01"),
        ("4", "same_day", "2017-06-30"),
        kind="review",
    )
    data = Data.of({"cp_plans": given, "conferences": given_reviews})
    assert verdicts("CP-10", data) == {
        "clamped": "not_met-",
        "kept": "met+",
        "late": "not_met-",
        "overdue": "not_met-",
        "same_day": "not_met-",
    }
    assert verdicts("CP-11", data) == {
        "clamped": "not_met+",
        "kept": "met-",
        "late": "met-",
        "overdue": "not_met+",
        "equal": "met-",
        "same_day": "not_met+",
    }
    soon = verdicts("CP-11", data, "due_soon")
    # 1 January is due within 20 working days; late is next due on 1 March
    assert {key for key, found in soon.items() if found == "not_met+"} == {"kept", "equal"}


def test_cp_12_the_larger_of_the_count_and_the_rows():
    given = [
        *plans(("count", "2017-12-01", ""), previous_plan_count="1"),
        *plans(("first", "2017-12-01", ""), previous_plan_count=""),
        {"cp_plan_id": "1", "child_id": "rows", "started_on": "2010-01-01", "ended_on": "2009-01-01"},
        {"cp_plan_id": "2", "child_id": "rows", "started_on": "2017-12-01", "previous_plan_count": "0"},
    ]
    found = verdicts("CP-12", Data.of({"cp_plans": given}))
    assert found == {"count": "not_met+", "first": "met-", "2": "not_met+"}
    short = Data.of({"cp_plans": plans(("first", "2017-12-01", ""))})
    assert verdicts("CP-12", short) == {"first": "unknown"}
    recent = verdicts("CP-12", Data.of({"cp_plans": given}), parameters={"previous_window": "24m"})
    assert set(recent.values()) == {"met-"}


def test_cp_13_and_23_how_long_plans_last():
    given = plans(
        ("730", "2015-12-02", "2017-12-01"),  # 2016 has a 29 February
        ("729", "2015-12-03", "2017-12-01"),
        ("year", "2016-12-15", "2017-12-15"),
        ("m3", "2017-09-30", "2017-12-30"),
        ("m3more", "2017-09-30", "2017-12-31"),
        ("negative", "2017-12-30", "2017-12-29"),
    )
    data = Data.of({"cp_plans": given})
    assert verdicts("CP-13", data) == {
        "730": "not_met+",
        "729": "met-",
        "year": "met-",
        "m3": "met-",
        "m3more": "met-",
        "negative": "unknown",
    }
    parts = {"up_to_m3": "m3", "m3_to_m6": "m3more", "m6_to_m12": None, "m12_to_y2": "729 year"}
    for part, expected in parts.items():
        found = {key for key, verdict in verdicts("CP-13", data, part).items() if verdict.endswith("+")}
        assert found == set((expected or "").split())
    assert figure("CP-23", data) == (1, 5, 1, 20.0, "final")


def test_cp_14_to_16_plans_at_the_date_and_in_the_period():
    given = plans(
        ("730", "2016-01-01", ""),  # 366 + 364 days to 31 December 2017
        ("729", "2016-01-02", ""),
        ("new", "2017-12-05", "2017-12-20"),
        ("ended", "2017-01-01", "2017-12-31"),
    )
    data = Data.of({"cp_plans": given})
    assert figure("CP-14", data) == (1, 2, 0, 50.0, "final")
    assert figure("CP-14", data, "m18") == (2, 2, 0, 100.0, "final")
    assert figure("CP-15", data) == (2, None, 0, 2, "final")
    assert figure("CP-16", data) == (1, None, 0, 1, "final")
    assert figure("CP-16", data, "ends") == (2, None, 0, 2, "final")
    assert figure("CP-16", data, "net") == (-1, None, 0, -1, "final")


def test_cp_17_minutes_and_letters():
    given = conferences(
        ("equal", "a", "2017-12-01"), ("never", "b", "2017-12-01"), ("before", "c", "2017-12-05")
    )
    for row, minutes, letter in zip(
        given, ("2017-12-31", "", "2017-12-04"), ("2017-12-04", "2017-12-05", ""), strict=True
    ):
        row.update(minutes_sent_on=minutes, decisions_sent_on=letter)
    data = Data.of({"conferences": given})
    # 1 to 31 December are 18 working days after the 1st
    assert verdicts("CP-17", data) == {"equal": "in_time+", "never": "not_due", "before": "unknown"}
    assert verdicts("CP-17", data, parameters={"cp_minutes_limit_wd": 17})["never"] == "overdue-"
    assert verdicts("CP-17", data, "letters") == {"equal": "in_time+", "never": "late-", "before": "overdue-"}


def test_cp_18_seen_alone_on_the_day_of_the_latest_visit():
    children = [{"child_id": c, "born_on": "2013-12-31"} for c in ("any", "blank", "no", "unvisited")]
    children += [{"child_id": "three", "born_on": "2014-01-01"}, {"child_id": "unborn", "is_unborn": "true"}]
    names = ("any", "blank", "no", "unvisited", "three", "unborn", "unknown")
    visits = [
        {"visit_id": str(n), "child_id": c, "kind": "cp", "visited_at": d, "is_seen_alone": alone}
        for n, (c, d, alone) in enumerate(
            (
                ("any", "2017-12-05T10:00", "true"),
                ("any", "2017-12-05T15:00", ""),
                ("blank", "2017-12-05T10:00", ""),
                ("blank", "2017-12-05T15:00", "false"),
                ("no", "2017-12-05", "false"),
                ("no", "2017-12-04", "true"),
                ("three", "2017-12-05", "true"),
                ("unborn", "2017-12-05", "true"),
                ("unknown", "2017-12-05", "true"),
            )
        )
    ]
    given = plans(*((c, "2017-11-01", "") for c in names))
    data = Data.of({"children": children, "cp_plans": given, "visits": visits})
    assert verdicts("CP-18", data) == {
        "any": "met+",
        "blank": "unknown-",
        "no": "not_met-",
        "unvisited": "excluded",
        "unknown": "unknown",
    }
    assert figure("CP-18", data) == (1, 3, 2, 33.3, "final")


def test_cp_19_and_20_conferences():
    given = conferences(*((c, c, "2017-12-05") for c in ("quorate", "two", "one", "blank")), kind="review")
    for row, quorate, agencies in zip(given, ("true", "", "", ""), ("0", "2", "1", ""), strict=True):
        row.update(is_quorate=quorate, other_agency_count=agencies)
    for row, part in zip(given, ("PN7", "PN6", "", "PN0"), strict=True):
        row["participation"] = part
    children = [{"child_id": c["child_id"], "born_on": "2013-12-05"} for c in given[:3]]
    data = Data.of({"conferences": given, "children": children})
    assert verdicts("CP-19", data) == {
        "quorate": "met+",
        "two": "met+",
        "one": "not_met-",
        "blank": "unknown",
    }
    assert verdicts("CP-20", data) == {
        "quorate": "not_met-",
        "two": "met+",
        "one": "unknown-",
        "blank": "excluded",
    }
    given[3]["participation"] = ""
    assert verdicts("CP-20", Data.of({"conferences": given, "children": children}))["blank"] == "unknown"
    younger = [{**c, "born_on": "2013-12-06"} for c in children]
    assert verdicts("CP-20", Data.of({"conferences": given, "children": younger})) == {"blank": "unknown"}


def test_cp_21_categories():
    given = plans(("a", "2017-01-01", ""), latest_category="NEG", initial_category="EMO")
    given += plans(("b", "2017-01-01", ""), latest_category="", initial_category="EMO")
    given += plans(("c", "2017-01-01", ""), latest_category="", initial_category="")
    data = Data.of({"cp_plans": given})
    assert figure("CP-21", data) == (3, None, 0, 3, "final")
    for code in ("NEG", "EMO", "not_recorded"):
        assert figure("CP-21", data, code) == (1, 3, 0, 33.3, "final")


def test_cp_22_education_is_needed_at_school_age_or_where_the_age_is_unknown():
    columns = "has_police has_health has_actions has_action_owners has_action_dates".split()
    given = enquiries(*((c, c, "2017-12-05") for c in ("school", "baby", "unborn", "unknown", "blank")))
    for row in given:
        row |= dict.fromkeys(columns, "true") | {"has_education": "false"}
    given[4] |= {"has_police": "", "has_health": "false", "has_education": "true"}
    children = [
        {"child_id": "school", "born_on": "2012-08-31"},
        {"child_id": "baby", "born_on": "2012-09-01"},
        {"child_id": "unborn", "is_unborn": "true", "born_on": "2010-01-01"},
        {"child_id": "blank", "born_on": "2010-01-01"},
    ]
    data = Data.of({"strategy_discussions": given, "children": children})
    found = {
        "school": "not_met-",
        "baby": "met+",
        "unborn": "met+",
        "unknown": "not_met-",
        "blank": "unknown-",
    }
    assert verdicts("CP-22", data) == found
    education = {"school": "not_met-", "unknown": "not_met-", "blank": "met+"}
    assert verdicts("CP-22", data, "education") == education
    assert verdicts("CP-22", data, "health")["blank"] == "not_met-"
    assert figure("CP-22", data) == (2, 5, 1, 40.0, "final")
    assert figure("CP-22", data, "conference_checks")[4] == "not_computable"
