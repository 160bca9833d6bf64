"""WF-01 to WF-14 by hand. RD is 31 December 2017."""

from datetime import date
from decimal import Decimal

from tests.oracle.conventions import Data, figures, rows
from tests.oracle.worked import P0, P1, figure, verdicts

POSTS = (
    "post_id worker_id worker_name team role is_social_worker employment fte is_established is_asye "
    "started_on ended_on end_reason is_converted_from_agency campaign_id long_leave_from_on "
    "long_leave_to_on sickness_days_12m ethnicity"
).split()
ALLOCATIONS = "allocation_id child_id worker_id team role started_on ended_on".split()


def posts(*given, start="2016-01-04", **more):
    """Spells, each a dict with at least post_id: an open, established, permanent social worker by default."""
    blank = dict.fromkeys(POSTS, "")
    usual = {
        "team": "A",
        "role": "social_worker",
        "is_social_worker": "true",
        "employment": "permanent",
        "fte": "1",
        "is_established": "true",
        "started_on": start,
    }
    spells = [{**blank, **usual, "worker_id": "w" + line["post_id"], **line} for line in given]
    return Data.of({"posts": spells, **more})


def held(*given):
    """(worker_id, number of children, role, ended_on): one allocation a child."""
    found = []
    for worker, number, *rest in given:
        role, ended = [*rest, *("social_worker", "")[len(rest) :]]
        for n in range(number):
            line = (f"{worker}{n}{role}", f"{worker} child {n}", worker, "A", role, "2017-01-02", ended)
            found.append(dict(zip(ALLOCATIONS, line, strict=True)))
    return found


def keys(found):
    """The verdicts by post_id alone."""
    return {key.split("|")[0]: verdict for key, verdict in found.items()}


STAFF = (
    {"post_id": "permanent", "fte": "0.6"},
    {"post_id": "vacant", "employment": "vacant", "worker_id": "", "fte": "0.5"},
    {"post_id": "agency", "employment": "agency", "fte": "0.8"},
    {"post_id": "extra", "employment": "agency", "fte": "0.4", "is_established": "false"},
    {"post_id": "support", "is_social_worker": "false"},
    {"post_id": "ended", "ended_on": "2017-12-31"},
    {"post_id": "ends tomorrow", "ended_on": "2018-01-01", "fte": "0.1"},
    {"post_id": "starts tomorrow", "started_on": "2018-01-01"},
)


def test_wf_01_vacant_or_covered_by_agency():
    data = posts(*STAFF)
    assert keys(verdicts("WF-01", data)) == {
        "permanent": "met-",
        "vacant": "not_met+",
        "agency": "not_met+",
        "ends tomorrow": "met-",
    }
    assert figure("WF-01", data) == (Decimal("1.3"), 2, 0, 65.0, "final")
    vacant = next(row for row in rows("WF-01", data, P0, P1, P1) if row["key"].startswith("vacant"))
    assert (vacant["team"], vacant["worker_id"], vacant["child_id"]) == ("A", "not known", None)
    assert figure("WF-01", posts()) == (0, 0, 0, None, "no_cases")


def test_wf_02_agency_share():
    data = posts(*STAFF)
    assert figure("WF-02", data) == (Decimal("1.2"), Decimal("1.9"), 0, 63.2, "final")
    assert figure("WF-02", data, "posts") == (2, 4, 0, 50.0, "final")
    assert figure("WF-02", data, "posts", parameters={"agency_roles": "all"}) == (2, 5, 0, 40.0, "final")


def test_wf_03_leavers_of_twelve_months():
    left = {"end_reason": "resigned", "fte": "0.5"}
    data = posts(
        {"post_id": "stays"},
        {"post_id": "first day", "ended_on": "2016-12-31", **left},  # not after 12 months before RD
        {"post_id": "second day", "ended_on": "2017-01-01", **left},
        {"post_id": "today", "ended_on": "2017-12-31", **left},
        {"post_id": "internal", "ended_on": "2017-06-01", "end_reason": "internal"},
        {"post_id": "agency", "employment": "agency", "ended_on": "2017-06-01", **left},
        {"post_id": "back at 31", "ended_on": "2017-06-01", "worker_id": "x"},
        {"post_id": "x new", "started_on": "2017-07-02", "worker_id": "x", "employment": "agency"},
        {"post_id": "back at 32", "ended_on": "2017-06-01", "worker_id": "y", "fte": "0.25"},
        {"post_id": "y new", "started_on": "2017-07-03", "worker_id": "y", "is_social_worker": "false"},
        {"post_id": "no worker", "ended_on": "2017-06-01", "worker_id": "", "fte": "0.125"},
    )
    assert keys(verdicts("WF-03", data)) == {
        "stays": "met-",
        "second day": "+",
        "today": "+",
        "back at 32": "+",
        "no worker": "+",
    }
    data.manifest = {"files": {"posts.csv": {"covers_from_on": "2016-12-31"}}}
    assert figure("WF-03", data) == (Decimal("1.375"), 1, 0, 137.5, "final")
    # open on 31 December 2016: stays, second day, today, internal, back at 31, back at 32, no worker
    average = figure("WF-03", data, parameters={"turnover_denominator": "average"})
    assert average[:2] == (Decimal("1.375"), (1 + Decimal("4.375")) / 2)
    data.manifest = {"files": {"posts.csv": {"covers_from_on": "2017-01-01"}}}
    assert figure("WF-03", data)[4] == "partial"


def test_wf_04_agency_in_vacancies():
    data = posts(*STAFF)
    assert figure("WF-04", data) == (Decimal("0.8"), Decimal("1.2"), 0, 66.7, "final")
    assert figure("WF-04", data, "vacancies_covered") == (Decimal("0.8"), Decimal("1.3"), 0, 61.5, "final")


def test_wf_05_children_over_fte():
    data = posts(
        {"post_id": "1", "worker_id": "two posts", "fte": "0.5", "team": "A"},
        {"post_id": "2", "worker_id": "two posts", "fte": "0.25", "started_on": "2017-01-02", "team": "B"},
        {"post_id": "3", "worker_id": "no fte", "fte": "0"},
        {"post_id": "4", "worker_id": "other sort", "is_social_worker": "false"},
        {"post_id": "5", "worker_id": "no case"},
        {"post_id": "6", "worker_id": "gone", "ended_on": "2017-12-31"},
        {"post_id": "7", "worker_id": "W7", "worker_name": "Team leader"},
        allocations=[
            *held(("two posts", 3), ("no fte", 1), ("other sort", 1), ("gone", 2), ("nowhere", 1)),
            *held(
                ("DUTY_1", 1),
                ("W7", 1),
                ("no case", 1, "other"),
                ("no case", 1, "social_worker", "2017-12-31"),
            ),
            {**held(("two posts", 1))[0], "allocation_id": "again"},  # the same child twice is one
            {**held(("two posts", 1))[0], "allocation_id": "nobody", "worker_id": ""},
        ],
    )
    assert verdicts("WF-05", data) == {"two posts": "+", "gone": "unknown", "nowhere": "unknown"}
    assert figure("WF-05", data) == (3, Decimal("0.75"), 2, 4.0, "final")
    placed = {row["key"]: (row["team"], row["worker_id"]) for row in rows("WF-05", data, P0, P1, P1)}
    assert placed["two posts"] == ("B", "two posts") and placed["gone"] == ("not known", "gone")


def test_wf_06_more_than_twenty_five_children():
    data = posts(
        {"post_id": "1", "worker_id": "at 25"},
        {"post_id": "2", "worker_id": "at 26", "employment": "vacant", "fte": "0.5"},
        {"post_id": "3", "worker_id": "half", "fte": "0.5"},
        {"post_id": "4", "worker_id": "support", "is_social_worker": "false"},
        allocations=held(("at 25", 25), ("at 26", 26), ("half", 13), ("support", 30), ("no post", 30)),
    )
    assert verdicts("WF-06", data) == {"at 25": "met-", "at 26": "not_met+", "half": "met-"}
    by_fte = verdicts("WF-06", data, parameters={"caseload_basis": "fte"})
    assert by_fte == {"at 25": "met-", "at 26": "not_met+", "half": "not_met+"}
    alone = Data.of({"allocations": held(("at 26", 26), ("DUTY_1", 30))})
    assert verdicts("WF-06", alone) == {"at 26": "not_met+"}
    assert rows("WF-06", alone, P0, P1, P1)[0]["team"] == "not known"


def test_wf_07_in_post_against_the_establishment():
    data = posts(*STAFF, {"post_id": "second", "worker_id": "wagency", "team": "B", "fte": "0.2"})
    assert keys(verdicts("WF-07", data)) == {
        "permanent": "+",
        "vacant": "-",
        "agency": "+",
        "extra": "+",
        "ends tomorrow": "+",
        "second": "+",
    }
    assert figure("WF-07", data) == (Decimal("2.1"), Decimal("2.2"), 0, 95.5, "final")
    assert figure("WF-07", data, "headcount") == (4, None, 0, 4, "final")
    by_team = figures("WF-07", data, P0, P1, P1, by=("team",))
    heads = {line["team"]: line["numerator"] for line in by_team if line["part"] == "headcount"}
    assert heads == {"A": 4, "B": 1}


def test_wf_08_one_row_a_worker():
    data = posts(
        {"post_id": "1", "worker_id": "w", "fte": "0.5", "sickness_days_12m": "5"},
        {
            "post_id": "2",
            "worker_id": "w",
            "fte": "0.4",
            "sickness_days_12m": "2.5",
            "started_on": "2017-01-02",
        },
        {"post_id": "3", "worker_id": "blank"},
        {"post_id": "4", "worker_id": "agency", "employment": "agency", "sickness_days_12m": "9"},
    )
    assert verdicts("WF-08", data) == {"w": "+", "blank": "unknown"}
    assert figure("WF-08", data) == (Decimal("2.5"), Decimal("101.2"), 1, 2.5, "final")  # 0.4 x 253
    leap = figure("WF-08", data, p0=date(2017, 2, 1), p1=date(2017, 2, 28), as_at=date(2017, 12, 31))
    assert leap[1] == Decimal("101.6")  # the 12 months to 28 February 2017 hold 29 February 2016


def test_wf_09_steps_and_time_to_hire():
    campaigns = [
        {"campaign_id": name, "advertised_on": day, "applications": many, "shortlisted": short, "offers": "2"}
        for name, day, many, short in (
            ("in", "2017-12-01", "10", "4"),
            ("blank", "2017-12-31", "5", ""),
            ("out", "2017-11-30", "20", "9"),
        )
    ]
    campaigns = [{**line, "starters": "1"} for line in campaigns]
    data = posts(
        {"post_id": "1", "campaign_id": "in", "started_on": "2017-12-11"},
        {"post_id": "2", "campaign_id": "in", "started_on": "2017-12-16"},
        {"post_id": "3", "campaign_id": "out", "started_on": "2017-12-11"},
        {"post_id": "4", "campaign_id": "nothing", "started_on": "2017-12-11"},
        recruitment_campaigns=campaigns,
    )
    assert figure("WF-09", data) == (15, None, 0, 15, "final")
    assert figure("WF-09", data, "shortlisted") == (4, None, 0, 4, "partial")
    assert figure("WF-09", data, "offers") == (4, None, 0, 4, "final")
    assert figure("WF-09", data, "time_to_hire") == (25, 2, 0, 12.5, "final")
    without = Data.of({"recruitment_campaigns": campaigns})
    assert figure("WF-09", without, "time_to_hire")[4] == "not_computable"


def test_wf_10_conversions_are_no_part_of_the_agency_workers():
    agency = {"employment": "agency"}
    data = posts(
        {"post_id": "open", **agency},
        {"post_id": "again", "worker_id": "wopen", **agency, "started_on": "2017-11-01", "team": "B"},
        {"post_id": "ended", **agency, "ended_on": "2017-12-01"},
        {"post_id": "later", **agency, "started_on": "2017-12-02"},
        {"post_id": "flag", "started_on": "2017-12-01", "is_converted_from_agency": "true", "worker_id": ""},
        {"post_id": "no flag", "started_on": "2017-12-31", "worker_id": "wended"},  # 30 days
        {
            "post_id": "false",
            "started_on": "2017-12-04",
            "worker_id": "wended",
            "is_converted_from_agency": "false",
        },
        {"post_id": "nobody", "started_on": "2017-12-04", "worker_id": ""},
        {"post_id": "before", "started_on": "2017-11-30", "is_converted_from_agency": "true"},
        {"post_id": "old agency", **agency, "ended_on": "2017-11-01", "worker_id": "z"},
        {"post_id": "31 days", "started_on": "2017-12-02", "worker_id": "z"},
        {"post_id": "older agency", **agency, "ended_on": "2017-10-31", "worker_id": "y"},
        {"post_id": "32 days", "started_on": "2017-12-02", "worker_id": "y"},
    )
    assert keys(verdicts("WF-10", data)) == {
        "wopen": "not_met-",
        "flag": "+",
        "no flag": "+",
        "31 days": "+",
    }
    assert figure("WF-10", data) == (3, 1, 0, 300.0, "final")
    assert next(r["team"] for r in rows("WF-10", data, P0, P1, P1) if r["key"] == "wopen") == "B"
    nobody = posts({"post_id": "flag", "started_on": "2017-12-01", "is_converted_from_agency": "true"})
    assert figure("WF-10", nobody) == (1, 0, 0, None, "no_cases")


def test_wf_11_newly_qualified_with_a_protected_caseload():
    data = posts(
        {"post_id": "1", "worker_id": "at 15", "is_asye": "true"},
        {"post_id": "2", "worker_id": "at 16", "is_asye": "true", "employment": "agency"},
        {"post_id": "3", "worker_id": "none held", "is_asye": "true"},
        {"post_id": "4", "worker_id": "blank"},
        {"post_id": "5", "worker_id": "vacant", "is_asye": "true", "employment": "vacant"},
        allocations=held(("at 15", 15), ("at 16", 16)),
    )
    assert figure("WF-11", data) == (3, 4, 0, 75.0, "final")
    protected = {"at 15": "met+", "at 16": "not_met-", "none held": "met+"}
    assert verdicts("WF-11", data, "protected_caseload") == protected


def test_wf_12_a_valid_completion_of_the_course():
    done = "worker_id course completed_on expires_on".split()
    completions = [
        dict(zip(done, line, strict=True))
        for line in (
            ("wtoday", "back_to_basics", "2017-12-31", ""),
            ("wcase", "Back_To_Basics", "2016-01-01", "2018-01-01"),
            ("wexpired", "back_to_basics", "2016-01-01", "2017-12-31"),
            ("wtomorrow", "back_to_basics", "2018-01-01", ""),
            ("wother", "first_aid", "2017-01-01", ""),
        )
    ]
    data = posts(
        *({"post_id": name} for name in ("today", "case", "expired", "tomorrow", "other")),
        {"post_id": "manager", "role": "service_manager", "is_social_worker": "false"},
        {"post_id": "support", "role": "family_support", "is_social_worker": "false"},
        {"post_id": "leave", "long_leave_from_on": "2017-12-31"},
        {"post_id": "back", "long_leave_from_on": "2017-06-01", "long_leave_to_on": "2017-12-31"},
        {"post_id": "new", "started_on": "2017-12-31"},
        training_completions=completions,
    )
    expected = {
        "wtoday|back_to_basics": "met+",
        "wcase|back_to_basics": "met+",
        "wexpired|back_to_basics": "not_met-",
        "wtomorrow|back_to_basics": "not_met-",
        "wother|back_to_basics": "not_met-",
        "wmanager|back_to_basics": "not_met-",
        "wback|back_to_basics": "not_met-",
        "wnew|back_to_basics": "not_met-",
    }
    assert verdicts("WF-12", data) == expected
    assert verdicts("WF-12", data, "back_to_basics") == expected
    assert "wnew|back_to_basics" not in verdicts("WF-12", data, parameters={"training_grace_days": 1})
    courses = [{"course": "back_to_basics", "roles": "social_workers_and_managers", "validity_months": 24}]
    valid = verdicts("WF-12", data, parameters={"mandatory_courses": courses}, p1=date(2018, 1, 1))
    assert valid["wcase|back_to_basics"] == "met+"


def test_wf_12_validity_ends_after_so_many_months():
    data = posts(
        {"post_id": "equal"},
        {"post_id": "over"},
        training_completions=[
            {"worker_id": "wequal", "course": "back_to_basics", "completed_on": "2016-12-31"},
            {"worker_id": "wover", "course": "back_to_basics", "completed_on": "2016-12-30"},
        ],
    )
    courses = [{"course": "back_to_basics", "roles": "social_workers_and_managers", "validity_months": 12}]
    assert verdicts("WF-12", data, parameters={"mandatory_courses": courses}) == {
        "wequal|back_to_basics": "met+",
        "wover|back_to_basics": "not_met-",
    }


def test_wf_13_every_open_row_of_the_post_is_permanent():
    senior = {"role": "senior_manager"}
    data = posts(
        {"post_id": "filled", **senior},
        {"post_id": "shared", **senior},
        {"post_id": "shared", **senior, "started_on": "2017-01-02", "employment": "agency"},
        {"post_id": "was agency", **senior, "employment": "agency", "ended_on": "2017-06-01"},
        {"post_id": "was agency", **senior, "started_on": "2017-06-01"},
        {"post_id": "extra", **senior, "is_established": "false"},
    )
    assert verdicts("WF-13", data) == {"filled": "met+", "shared": "not_met-", "was agency": "met+"}
    assert figure("WF-13", data) == (2, 3, 0, 66.7, "final")


def test_wf_14_share_of_workers_less_share_of_children():
    children = [
        {"child_id": str(n), "ethnicity": group} for n, group in enumerate(("WBRI", "ABAN", "ABAN", "REFU"))
    ]
    open_on = {"started_on": "2017-01-02", "ended_on": ""}
    data = posts(
        {"post_id": "1", "ethnicity": "WBRI"},
        {"post_id": "2", "ethnicity": "WBRI"},
        {
            "post_id": "3",
            "worker_id": "w2",
            "ethnicity": "BAFR",
            "started_on": "2017-01-02",
        },  # the latest row
        {"post_id": "4", "ethnicity": "NOBT"},
        {"post_id": "5", "ethnicity": ""},
        children=children,
        cin_plans=[{"cin_plan_id": str(n), "child_id": str(n), **open_on} for n in range(4)],
        cp_plans=[{"cp_plan_id": "1", "child_id": "9", **open_on, "ended_on": "2017-02-01"}],
        care_periods=[],
        assessments=[],
        referrals=[],
    )
    assert figure("WF-14", data) == (2, None, 0, 2, "final")
    assert figure("WF-14", data, "WBRI")[3] == 16.7  # 1/2 - 1/3
    assert figure("WF-14", data, "ABAN")[3] == -66.7  # 0 - 2/3
    assert figure("WF-14", data, "BAFR")[3] == 50.0


def test_wf_14_one_line_says_that_no_group_can_be_compared():
    open_on = {"started_on": "2017-01-02", "ended_on": ""}
    data = posts(
        {"post_id": "1", "ethnicity": "WBRI"},
        children=[{"child_id": "1"}],
        cin_plans=[{"cin_plan_id": "1", "child_id": "1", **open_on}],
        cp_plans=[],
        care_periods=[],
        assessments=[],
        referrals=[],
    )
    lines = [(f["part"], f["status"]) for f in figures("WF-14", data, P0, P1, P1)]
    assert lines == [("", "final"), ("<ethnicity>", "not_computable")]
