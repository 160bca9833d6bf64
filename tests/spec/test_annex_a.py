"""Annex A: three rows in, three rows out, for each list and in both layouts."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from goldenthread.standard import native_tables, table
from tests.annex_a_workbooks import AS_AT, a_row, a_workbook, read, read_row, rows, said


def day(text: str) -> date:
    return date.fromisoformat(text)


def midnight(text: str) -> datetime:
    return datetime.fromisoformat(text)


def children(number: int, **columns: list[Any]) -> list[dict[str, Any]]:
    """Three rows of a list for three children; each column as its three values."""
    every = {"child_id": ["c1", "c2", "c3"], **columns}
    return [a_row(number, **{name: values[i] for name, values in every.items()}) for i in range(3)]


# list -> the rows, and what they make: table -> the columns looked at -> the rows in order
EXAMPLES: dict[int, tuple[list[dict[str, Any]], dict[str, dict[str, list[Any]]]]] = {
    1: (
        children(
            1,
            gender=["a) Male", "b) Female", "d) Neither"],
            ethnicity=["a) WBRI", "s) NOBT", "r) OOTH"],
            date_of_contact=[day("2024-01-02"), day("2024-01-03"), None],
            contact_source=["q) 6: Police", "b) 1B: Individual", "e) 2A: Schools"],
        ),
        {
            "contacts": {
                "contact_id": ["annex_a:list_1:3", "annex_a:list_1:4"],
                "child_id": ["c1", "c2"],
                "received_at": [midnight("2024-01-02"), midnight("2024-01-03")],
                "received_at_is_timed": [False, False],
                "source": ["6", "1B"],
                "outcome": [None, None],
            },
            "children": {
                "child_id": ["c1", "c2", "c3"],
                "sex": ["M", "F", "N"],
                "ethnicity": ["WBRI", "NOBT", "OOTH"],
                "born_on": [day("2015-02-01")] * 3,
                "is_unborn": [False] * 3,
            },
        },
    ),
    2: (
        children(
            2,
            assessment_start_date=[day("2023-09-01"), day("2023-10-01"), day("2023-11-01")],
            assessment_completion_date=[day("2023-10-01"), None, None],
            organisation=["School One", "Service Two", None],
        ),
        {
            "early_help_episodes": {
                "episode_id": ["annex_a:list_2:3", "annex_a:list_2:4", "annex_a:list_2:5"],
                "service": ["early_help"] * 3,
                "started_on": [day("2023-09-01"), day("2023-10-01"), day("2023-11-01")],
                "assessment_started_on": [day("2023-09-01"), day("2023-10-01"), day("2023-11-01")],
                "assessment_completed_on": [day("2023-10-01"), None, None],
                "ended_on": [None, None, None],
                "organisation": ["School One", "Service Two", None],
            }
        },
    ),
    3: (
        children(
            3,
            date_of_referral=[day("2023-09-01"), day("2023-10-01"), day("2023-11-01")],
            referral_source=["l) 3F: Health services", "t) 9: Anonymous", "u) 10: Unknown"],
            referral_nfa=["a) Yes", "b) No", None],
            referrals_last_12_months=[0, 2, None],
        ),
        {
            "referrals": {
                "received_on": [day("2023-09-01"), day("2023-10-01"), day("2023-11-01")],
                "source": ["3F", "9", "10"],
                "is_nfa": [True, False, None],
                "previous_referrals_12m": [0, 2, None],
                "team": ["Team A"] * 3,
                "worker_id": ["Worker One"] * 3,
                "from_sheet": ["list_3"] * 3,
            }
        },
    ),
    4: (
        children(
            4,
            disability=["a) Yes", "b) No", "c) Unknown"],
            assessment_start_date=[day("2023-09-01"), day("2023-10-01"), day("2023-11-01")],
            child_seen=["a) Yes", "b) No", "c) Unknown"],
            assessment_authorised_date=[day("2023-10-01"), None, None],
            support_required=["a) Yes", "b) No", None],
        ),
        {
            "assessments": {
                "started_on": [day("2023-09-01"), day("2023-10-01"), day("2023-11-01")],
                "authorised_on": [day("2023-10-01"), None, None],
                "is_child_seen": [True, False, None],
                "is_services_required": [True, False, None],
                "referral_id": [None, None, None],
            },
            "children": {"has_disability": [True, False, None]},
        },
    ),
    5: (
        children(
            5,
            strategy_discussion_date=[day("2023-09-01"), day("2023-10-01"), None],
            conference_unnecessary=["b) No", "a) Yes", None],
            initial_conference_date=[day("2023-09-15"), None, day("2023-12-01")],
            plan_resulted=["a) Yes", None, "b) No"],
        ),
        {
            "strategy_discussions": {
                "strategy_discussion_id": ["annex_a:list_5:3", "annex_a:list_5:4"],
                "held_on": [day("2023-09-01"), day("2023-10-01")],
                "is_s47_initiated": [True, True],
                "is_icpc_required": [True, False],
            },
            "conferences": {
                "conference_id": ["annex_a:list_5:3", "annex_a:list_5:5"],
                "kind": ["initial", "initial"],
                "held_on": [day("2023-09-15"), day("2023-12-01")],
                "is_cp_plan_made": [True, False],
                "strategy_discussion_id": ["annex_a:list_5:3", None],
            },
        },
    ),
    6: (
        children(
            6,
            cin_start_date=[day("2023-09-01"), day("2023-10-01"), day("2023-11-01")],
            primary_need=["N1 - Abuse or neglect", "N0 - Not stated", "N4 - Family in acute stress"],
            date_last_seen=[day("2024-01-10"), None, day("2024-01-12")],
            cin_closure_date=[None, None, day("2024-01-20")],
            closure_reason=[None, None, "RC7 - Services ceased for any other reason"],
            case_status=["c) Child in need plan", "d) Open assessment", "e) Closed episode"],
        ),
        {
            "referrals": {
                "referral_id": ["annex_a:list_6:3", "annex_a:list_6:4", "annex_a:list_6:5"],
                "primary_need": ["N1", "N0", "N4"],
                "closed_on": [None, None, day("2024-01-20")],
                "close_reason": [None, None, "RC7"],
                "from_sheet": ["list_6"] * 3,
            },
            "visits": {
                "kind": ["cin", "cin"],
                "visited_at": [midnight("2024-01-10"), midnight("2024-01-12")],
                "is_seen": [True, True],
            },
            "allocations": {
                "child_id": ["c1", "c2", "c3"],
                "role": ["social_worker"] * 3,
                "team": ["Team A"] * 3,
                "worker_id": ["Worker One"] * 3,
                "started_on": [None] * 3,
                "ended_on": [None, None, day("2024-01-20")],
            },
            "annex_a_list_6": {"case_status": ["c", "d", "e"]},
        },
    ),
    7: (
        children(
            7,
            plan_start_date=[day("2023-09-01"), day("2023-10-01"), day("2023-11-01")],
            initial_category_of_abuse=["a) Neglect", "b) Physical abuse", "c) Sexual abuse"],
            latest_category_of_abuse=["d) Emotional abuse", "e) Multiple/not recommended", None],
            last_statutory_visit_date=[day("2024-01-10"), None, day("2024-01-12")],
            seen_alone=["a) Yes", None, "c) Unknown"],
            latest_review_conference_date=[day("2023-12-01"), None, None],
            plan_end_date=[None, None, day("2024-01-20")],
            previous_plans=[0, 1, 2],
        ),
        {
            "cp_plans": {
                "started_on": [day("2023-09-01"), day("2023-10-01"), day("2023-11-01")],
                "ended_on": [None, None, day("2024-01-20")],
                "initial_category": ["NEG", "PHY", "SAB"],
                "latest_category": ["EMO", "MUL", None],
                "previous_plan_count": [0, 1, 2],
            },
            "visits": {"kind": ["cp", "cp"], "is_seen": [None, None], "is_seen_alone": [True, None]},
            "conferences": {"kind": ["review"], "held_on": [day("2023-12-01")]},
        },
    ),
    8: (
        children(
            8,
            uasc_last_12_months=["a) Yes", "b) No", "b) No"],
            date_started_looked_after=[day("2023-01-01"), day("2023-02-01"), day("2023-03-01")],
            category_of_need=["N1 - Abuse or neglect", "N2 - Child’s disability", None],
            legal_status=["C2: FCO", "V2: Single period under S20", "E1: Placement order"],
            latest_review_date=[day("2023-12-01"), None, None],
            last_social_work_visit_date=[day("2024-01-05"), None, None],
            permanence_plan=["f) Long-term fostering", "a) Return to family", None],
            last_iro_contact_date=[None, day("2024-01-06"), None],
            last_health_assessment_date=[day("2023-06-01"), None, None],
            last_dental_check_date=[day("2023-07-01"), day("2023-08-01"), None],
            placements_last_12_months=[1, 2, 3],
            date_ceased_looked_after=[None, None, day("2024-01-20")],
            reason_ceased_looked_after=[None, None, "k) E47: Special Guardianship Orders - relative/friend"],
            placement_start_date=[day("2023-01-01"), day("2023-02-01"), None],
            placement_type=["d) U4: Foster placement - long term", "p) K2: Children’s Homes", None],
            placement_provider=["b) PR1: Own provision", "e) PR4: Private provision", None],
            placement_location=["a) In", "b) Out", None],
            placement_postcode=["AB12 3CD", "ab1 2cd", None],
        ),
        {
            "care_periods": {
                "started_on": [day("2023-01-01"), day("2023-02-01"), day("2023-03-01")],
                "ended_on": [None, None, day("2024-01-20")],
                "end_reason": [None, None, "E47"],
                "legal_status": ["C2", "V2", "E1"],
                "category_of_need": ["N1", "N2", None],
                "is_uasc": [True, False, False],
                "permanence_plan": ["long_term_fostering", "return_to_family", None],
                "placements_12m": [1, 2, 3],
            },
            "placements": {
                "placement_type": ["U4", "K2"],
                "provider": ["PR1", "PR4"],
                "location": ["in", "out"],
                "ended_on": [None, None],
            },
            "conferences": {"kind": ["looked_after_review"], "held_on": [day("2023-12-01")]},
            "visits": {"kind": ["looked_after"], "is_seen": [None]},
            "management_oversights": {"kind": ["iro_midpoint"], "overseen_on": [day("2024-01-06")]},
            "health_checks": {
                "check_id": ["annex_a:list_8:3", "annex_a:list_8:3:dental", "annex_a:list_8:4:dental"],
                "kind": ["health_assessment", "dental", "dental"],
                "done_on": [day("2023-06-01"), day("2023-07-01"), day("2023-08-01")],
                "result": ["completed"] * 3,
            },
            "annex_a_list_8": {"placement_postcode": ["AB12", "AB1", None]},
        },
    ),
    9: (
        children(
            9,
            eligibility=["a) Relevant child", "b) Former relevant child", "c) Qualifying care leaver"],
            in_touch=["a) Yes", "d) Refu", "f) Rhom"],
            accommodation=["U: Independent living", "X: In custody", None],
            accommodation_suitability=["a) Suitable", "b) Unsuitable", None],
            activity=["F1: Full time in higher education", "G5", None],
        ),
        {
            "care_leaver_statuses": {
                "recorded_on": [AS_AT] * 3,
                "is_service_open": [True] * 3,
                "eligibility": ["relevant", "former_relevant", "qualifying"],
                "in_touch": ["YES", "REFU", "RHOM"],
                "accommodation": ["U", "X", None],
                "is_suitable_accommodation": [True, False, None],
                "activity": ["F1", "G5", None],
            },
            "allocations": {"role": ["personal_adviser"] * 3, "worker_id": ["Worker One"] * 3},
        },
    ),
    10: (
        children(10, family_id=["f1", "f1", None], adoption_decision_date=[day("2023-05-01")] * 3),
        {
            "children": {"child_id": ["c1", "c2", "c3"], "family_id": [None] * 3},
            "annex_a_list_10": {
                "family_id": ["f1", "f1", None],
                "adoption_decision_date": [day("2023-05-01")] * 3,
            },
        },
    ),
    11: (
        [
            {"adopter_id": "a1", "fostering_for_adoption": "Yes", "left_process_reason": 1},
            {
                "adopter_id": "a2",
                "fostering_for_adoption": "No",
                "left_process_reason": "3 - Application refused",
            },
            {"adopter_id": "a3", "disability": "c) Unknown"},
        ],
        {
            "annex_a_list_11": {
                "adopter_id": ["a1", "a2", "a3"],
                "fostering_for_adoption": ["a", "b", None],
                "left_process_reason": ["1", "3", None],
                "disability": [None, None, "c"],
            }
        },
    ),
}


@pytest.mark.parametrize("number", EXAMPLES)
def test_three_rows_in_three_rows_out(tmp_path: Path, number: int) -> None:
    given, made = EXAMPLES[number]
    extract = read(a_workbook(tmp_path / "annex_a.xlsx", {number: given}))
    assert extract.tables[f"annex_a_list_{number}"].num_rows == 3
    for name, columns in made.items():
        found = extract.tables[name]
        assert {column: found[column].to_pylist() for column in columns} == columns, name
    for name, found in extract.tables.items():
        assert found.schema.equals(table(name).arrow), name
    assert extract.lines["row"].to_pylist() == [3, 4, 5]
    assert set(extract.lines["status"].to_pylist()) == {"kept"}


def test_every_list_makes_only_the_tables_it_names(tmp_path: Path) -> None:
    extract = read(a_workbook(tmp_path / "annex_a.xlsx", {1: [], 10: []}))
    assert set(extract.tables) == {"annex_a_list_1", "annex_a_list_10", "contacts", "children"}
    assert [finding.message for finding in said(extract, "R12")] == [
        "annex_a.xlsx has no list 2, 3, 4, 5, 6, 7, 8, 9, 11: not supplied, which is not the same as empty."
    ]


def test_an_empty_list_is_supplied_and_an_absent_one_is_not(tmp_path: Path) -> None:
    extract = read(a_workbook(tmp_path / "annex_a.xlsx", {8: []}))
    assert extract.supply["care_periods"].rows == 0
    assert extract.supply["conferences"].kinds == {"looked_after_review"}
    assert extract.supply["health_checks"].kinds == {"health_assessment", "dental"}
    assert extract.supply["allocations"].columns == {
        "allocation_id", "child_id", "role", "worker_id", "team", "ended_on"
    }  # fmt: skip
    assert "cp_plans" not in extract.supply


def test_whether_a_child_was_seen_does_not_count_as_supplied(tmp_path: Path) -> None:
    # Lists 7 and 8 do not say it, and their visits must not be taken for visits without the child.
    extract = read(a_workbook(tmp_path / "annex_a.xlsx", {6: [], 7: []}))
    assert "is_seen" not in extract.supply["visits"].columns
    assert "is_seen_alone" in extract.supply["visits"].columns


def test_the_later_columns_of_list_9(tmp_path: Path) -> None:
    extract = read_row(
        tmp_path,
        9,
        eligibility="d) Eligible",
        personal_adviser="Adviser Two",
        pathway_plan_review_date=day("2023-12-05"),
        latest_contact_date=day("2024-01-09"),
        uasc_or_formerly="a) Yes",
    )
    assert rows(extract, "pathway_plans", "done_on", "kind") == [
        {"done_on": day("2023-12-05"), "kind": "review"}
    ]
    status = rows(extract, "care_leaver_statuses", "eligibility", "last_contact_on")
    assert status == [{"eligibility": "eligible", "last_contact_on": day("2024-01-09")}]
    assert rows(extract, "allocations", "allocation_id", "worker_id", "role") == [
        {"allocation_id": "annex_a:list_9:2", "worker_id": "Worker One", "role": "social_worker"},
        {
            "allocation_id": "annex_a:list_9:2:personal_adviser",
            "worker_id": "Adviser Two",
            "role": "personal_adviser",
        },
    ]
    assert said(extract, "R03") == []


def test_before_2022_the_worker_list_9_names_is_the_personal_adviser(tmp_path: Path) -> None:
    given = {
        8: [a_row(8, child_id="c2", date_started_looked_after=day("2023-10-02"))],
        9: [
            a_row(9, eligibility="a) Relevant child", allocated_worker="Adviser Two"),
            a_row(9, child_id="c3", eligibility="b) Former relevant child", allocated_worker=None),
        ],
    }
    extract = read(a_workbook(tmp_path / "annex_a.xlsx", given, layout="2019"))
    wanted = ("child_id", "worker_id", "team", "role")
    assert [tuple(row.values()) for row in rows(extract, "allocations", *wanted)] == [
        ("c2", "Worker One", "Team A", "social_worker"),
        ("c1", "Adviser Two", "Team A", "personal_adviser"),
        ("c3", None, "Team A", "personal_adviser"),
    ]


def test_the_adoptive_family_is_not_the_family_of_the_child(tmp_path: Path) -> None:
    extract = read_row(tmp_path, 10, family_id="AF1")
    assert rows(extract, "annex_a_list_10", "family_id") == [{"family_id": "AF1"}]
    assert rows(extract, "children", "child_id", "family_id") == [{"child_id": "c1", "family_id": None}]
    assert "family_id" not in extract.supply["children"].columns


def test_the_columns_list_9_gained_later_are_no_loss_in_the_layout_of_2019(tmp_path: Path) -> None:
    extract = read_row(tmp_path, 9, layout="2019", eligibility="a) Relevant child")
    assert said(extract, "R03") == []
    assert "pathway_plans" not in extract.tables
    assert "last_contact_on" not in extract.supply["care_leaver_statuses"].columns


@pytest.mark.parametrize(("layout", "told"), [("2019", "August 2019"), ("2024", "2022 to 2024")])
def test_the_layout_is_told(tmp_path: Path, layout: str, told: str) -> None:
    extract = read_row(tmp_path, 3, layout=layout, date_of_referral=day("2024-01-02"))
    sheets = [line for line in extract.mapping if line["kind"] == "sheet"]
    assert [line["layout"] for line in sheets] == [told]
    assert rows(extract, "children", "born_on") == [{"born_on": day("2015-02-01")}]


def test_the_native_tables_mirror_the_official_template() -> None:
    widths = {number: len(native_tables()[f"annex_a_list_{number}"].columns) for number in range(1, 12)}
    assert list(widths.values()) == [7, 8, 11, 12, 14, 14, 17, 34, 17, 16, 19]
