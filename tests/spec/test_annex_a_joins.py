"""Annex A: what several lists say of one child, one referral and one worker is put together."""

from datetime import date
from pathlib import Path

from goldenthread.ingest.extract import Severity
from tests.annex_a_workbooks import a_row, a_workbook, read, rows, said

DAY, NEXT_DAY = date(2023, 12, 5), date(2023, 12, 6)


def test_of_a_child_the_first_value_in_the_order_of_the_lists_counts(tmp_path: Path) -> None:
    given = {
        6: [a_row(6, ethnicity="a) WBRI", gender="b) Female", disability="a) Yes", cin_start_date=DAY)],
        1: [a_row(1, ethnicity=None, gender="a) Male", date_of_contact=DAY)],
        4: [a_row(4, ethnicity="r) OOTH", disability="c) Unknown", assessment_start_date=DAY)],
    }
    extract = read(a_workbook(tmp_path / "annex_a.xlsx", given, layout="2024"))
    wanted = ("child_id", "sex", "ethnicity", "has_disability", "from_sheet", "from_row")
    assert rows(extract, "children", *wanted) == [
        {"child_id": "c1", "sex": "M", "ethnicity": "OOTH", "has_disability": True, "from_sheet": "list_1", "from_row": 2}
    ]  # fmt: skip
    assert [(f.message, f.severity, f.sheet, f.child_id) for f in said(extract, "list_conflict")] == [
        ("Cell B2 (Gender) says F and row 2 of list 1 says M, which is used.", Severity.WARNING, "list_6", "c1"),
        ("Cell C2 (Ethnicity) says WBRI and row 2 of list 4 says OOTH, which is used.", Severity.WARNING, "list_6", "c1"),
    ]  # fmt: skip


def test_a_child_unborn_in_one_list_and_born_in_another_is_a_conflict(tmp_path: Path) -> None:
    given = {
        1: [a_row(1, age=-1, date_of_birth=date(2024, 2, 1), date_of_contact=DAY)],
        3: [a_row(3, age=0, date_of_birth=date(2024, 1, 20), date_of_referral=DAY)],
    }
    extract = read(a_workbook(tmp_path / "annex_a.xlsx", given, layout="2024"))
    assert rows(extract, "children", "is_unborn", "expected_birth_on", "born_on") == [
        {"is_unborn": True, "expected_birth_on": date(2024, 2, 1), "born_on": date(2024, 1, 20)}
    ]
    assert [f.message for f in said(extract, "list_conflict")] == [
        "Cell E2 (Age of Child (Years)) says no and row 2 of list 1 says yes, which is used."
    ]


def test_the_need_and_closure_of_list_6_go_onto_the_referral_of_that_day(tmp_path: Path) -> None:
    given = {
        3: [
            a_row(3, child_id="c1", date_of_referral=DAY, referral_nfa="a) Yes"),
            a_row(3, child_id="c1", date_of_referral=DAY, referral_nfa="b) No"),
            a_row(3, child_id="c2", date_of_referral=DAY),
            a_row(3, child_id="c4", date_of_referral=DAY, referral_nfa="b) No"),
            a_row(3, child_id="c4", date_of_referral=DAY, referral_nfa="a) Yes"),
        ],
        6: [
            a_row(6, child_id="c1", cin_start_date=DAY, primary_need="N1", cin_closure_date=NEXT_DAY,
                  closure_reason="RC7"),
            a_row(6, child_id="c2", cin_start_date=NEXT_DAY, primary_need="N4"),
            a_row(6, child_id="c3", cin_start_date=None, primary_need="N5"),
            a_row(6, child_id="c4", cin_start_date=DAY, primary_need="N6"),
        ],
    }  # fmt: skip
    extract = read(a_workbook(tmp_path / "annex_a.xlsx", given, layout="2024"))
    wanted = ("referral_id", "received_on", "primary_need", "closed_on", "close_reason", "from_sheet")
    assert [tuple(row.values()) for row in rows(extract, "referrals", *wanted)] == [
        ("annex_a:list_3:2", DAY, None, None, None, "list_3"),
        ("annex_a:list_3:3", DAY, "N1", NEXT_DAY, "RC7", "list_3"),
        ("annex_a:list_3:4", DAY, None, None, None, "list_3"),
        ("annex_a:list_3:5", DAY, "N6", None, None, "list_3"),
        ("annex_a:list_3:6", DAY, None, None, None, "list_3"),
        ("annex_a:list_6:3", NEXT_DAY, "N4", None, None, "list_6"),
    ]
    assert extract.supply["referrals"].starts_on == DAY
    assert [(f.row, f.column) for f in said(extract, "R05")] == [(4, "cin_start_date")]


def test_an_old_episode_of_list_6_does_not_make_the_referrals_reach_back(tmp_path: Path) -> None:
    given = {
        3: [a_row(3, date_of_referral=DAY)],
        6: [a_row(6, child_id="c2", cin_start_date=date(2015, 1, 5))],
    }
    extract = read(a_workbook(tmp_path / "annex_a.xlsx", given, layout="2024"))
    assert extract.supply["referrals"].starts_on == DAY


def test_one_worker_in_several_lists_is_one_allocation(tmp_path: Path) -> None:
    given = {
        6: [a_row(6, cin_start_date=DAY), a_row(6, child_id="c2", cin_start_date=DAY, allocated_worker="Worker Two")],
        7: [a_row(7, plan_start_date=DAY)],
        8: [
            a_row(8, date_started_looked_after=DAY),
            a_row(8, child_id="c2", date_started_looked_after=DAY),
            a_row(8, child_id="c3", date_started_looked_after=DAY, allocated_worker=None),
            a_row(8, child_id="c4", date_started_looked_after=DAY, allocated_worker=None, allocated_team=None),
        ],
    }  # fmt: skip
    extract = read(a_workbook(tmp_path / "annex_a.xlsx", given, layout="2024"))
    wanted = ("allocation_id", "child_id", "team", "worker_id")
    assert [tuple(row.values()) for row in rows(extract, "allocations", *wanted)] == [
        ("annex_a:list_6:3", "c2", "Team A", "Worker Two"),
        ("annex_a:list_8:2", "c1", "Team A", "Worker One"),
        ("annex_a:list_8:3", "c2", "Team A", "Worker One"),
        ("annex_a:list_8:4", "c3", "Team A", None),
    ]


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    given = {1: [a_row(1, child_id=f"c{i % 7}", date_of_contact=DAY) for i in range(50)],
             8: [a_row(8, child_id=f"c{i}", date_started_looked_after=DAY) for i in range(50)]}  # fmt: skip
    path = a_workbook(tmp_path / "annex_a.xlsx", given)
    first, second = read(path), read(path)
    assert {name: table.to_pylist() for name, table in first.tables.items()} == {
        name: table.to_pylist() for name, table in second.tables.items()
    }
    assert (first.findings, first.files) == (second.findings, second.files)
