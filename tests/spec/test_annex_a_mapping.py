"""Annex A: sheets and headings are matched by meaning, the report says why, and can be corrected."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from goldenthread.ingest.annex_a import columns_of_lists, is_annex_a, mapping_of
from goldenthread.ingest.extract import Refused, Severity
from tests.annex_a_workbooks import a_row, a_workbook, columns_of, heading, read, rows, said

DAY = date(2023, 12, 5)


def referrals(path: Path, **more: Any) -> Path:
    """A workbook with one referral."""
    given = [a_row(3, date_of_referral=DAY, referral_source="q) 6: Police")]
    return a_workbook(path / "annex_a.xlsx", {3: given}, layout="2024", **more)


@pytest.mark.parametrize(
    "title",
    [
        "List_3",
        "List 3",
        "list3 referrals",
        "LIST  03",
        "L3",
        "Annex A List 3",
        "Referrals",
        "3. Referrals",
        "Sheet1",
    ],
)
def test_sheets_are_matched_by_title_or_by_their_headings(tmp_path: Path, title: str) -> None:
    path = referrals(tmp_path, titles={3: title})
    assert is_annex_a(path)
    extract = read(path)
    assert rows(extract, "referrals", "source") == [{"source": "6"}]
    [line] = [line for line in extract.mapping if line["kind"] == "sheet"]
    assert (line["sheet"], line["list"], line["header_row"]) == (title, 3, 1)


@pytest.mark.parametrize(
    ("written", "matched_by"),
    [
        ("Date of referral", "exact"),
        ("  DATE OF  REFERRAL ", "exact"),
        ("Date\nof\xa0referral", "exact"),
        ("“Date of referral”", "exact"),
        ("Referral Date", "alias"),
        ("Date of refferal", "fuzzy"),
        ("Dateof referral", "fuzzy"),
        ("Date of Referral (DD/MM/YYYY)", "fuzzy"),
    ],
)
def test_headings_are_matched_by_meaning(tmp_path: Path, written: str, matched_by: str) -> None:
    extract = read(referrals(tmp_path, headings={"date_of_referral": written}))
    assert rows(extract, "referrals", "received_on") == [{"received_on": DAY}]
    [line] = [line for line in extract.mapping if line.get("column") == "date_of_referral"]
    assert line["matched_by"] == matched_by
    assert 0.88 <= float(str(line["score"])) <= 1
    assert len(said(extract, "misspelt_heading")) == (matched_by == "fuzzy")


@pytest.mark.parametrize("quote", ["'", "’", "‘", ""])
def test_quotation_marks_do_not_count(tmp_path: Path, quote: str) -> None:
    name = f"Number of Episodes the Child has been {quote}Missing{quote} from their Placement in the last 12 months"
    given = [a_row(8, date_started_looked_after=DAY, missing_episodes_last_12_months=4)]
    path = a_workbook(
        tmp_path / "a.xlsx", {8: given}, headings={"missing_episodes_last_12_months": name}, layout="2024"
    )
    extract = read(path)
    assert rows(extract, "annex_a_list_8", "missing_episodes_last_12_months") == [
        {"missing_episodes_last_12_months": 4}
    ]


def test_columns_may_stand_in_any_order_with_others_between_and_notes_above(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "List 1"
    sheet.append([])
    sheet.append([None, "List 1: Contacts", "Prepared for the inspection"])
    names = [*reversed(columns_of(1))]
    sheet.append([None, "Child Name", *[heading(1, name) for name in names]])
    row = a_row(1, date_of_contact=DAY, contact_source="6")
    sheet.append([None, "not kept", *[row[name] for name in names]])
    workbook.save(tmp_path / "annex_a.xlsx")
    extract = read(tmp_path / "annex_a.xlsx")
    assert rows(extract, "contacts", "child_id", "source", "from_row") == [
        {"child_id": "c1", "source": "6", "from_row": 4}
    ]
    assert [(f.severity, f.message) for f in said(extract, "R03")] == [
        (Severity.INFO, "List 1 has columns Annex A does not know, which were not read: Child Name (B).")
    ]
    assert "not kept" not in str([table.to_pylist() for table in extract.tables.values()])


def test_a_missing_column_without_which_nothing_can_be_counted_is_loud(tmp_path: Path) -> None:
    extract = read(referrals(tmp_path, headings={"date_of_referral": "Some day", "referral_source": "Who"}))
    assert [(f.severity, f.column) for f in said(extract, "R03")] == [
        (Severity.ERROR, "date_of_referral"),
        (Severity.WARNING, "referral_source"),
        (Severity.INFO, None),
    ]
    assert "referrals" not in extract.tables
    assert "Date of referral" not in extract.supply["annex_a_list_3"].columns


def test_what_a_heading_may_be_is_listed_also_where_a_list_cannot_be_read(tmp_path: Path) -> None:
    path = referrals(tmp_path, headings={"date_of_referral": "Some day"})
    lines = mapping_of([path])
    [sheet] = [line for line in lines if line["kind"] == "sheet"]
    assert (sheet["file"], sheet["list"]) == ("annex_a.xlsx", 3)
    assert [line["column"] for line in lines if line.get("heading") == "Some day"] == [None]
    assert "date_of_referral" in [line.get("column") for line in lines if line.get("matched_by") == "missing"]
    corrected = [
        line | {"column": "date_of_referral"} if line.get("heading") == "Some day" else line for line in lines
    ]
    again = {line.get("heading"): line.get("column") for line in mapping_of([path], corrected)}
    assert again["Some day"] == "date_of_referral"
    assert columns_of_lists()[3]["date_of_referral"] == "Date of referral"
    assert list(columns_of_lists()) == list(range(1, 12))


def test_a_list_without_ids_is_not_read(tmp_path: Path) -> None:
    given = {3: [a_row(3, date_of_referral=DAY)], 1: [a_row(1, date_of_contact=DAY)]}
    path = a_workbook(tmp_path / "a.xlsx", given, layout="2024")
    workbook = openpyxl.load_workbook(path)
    workbook["List_3"]["A1"] = "Whoever"
    workbook.save(path)
    extract = read(path)
    assert "annex_a_list_3" not in extract.tables
    assert extract.files[0].message == "Not read: List_3."
    assert [f.message for f in said(extract, "R03") if f.severity == Severity.ERROR] == [
        "List 3 has no column Child Unique ID: it was not read. Correct its headings."
    ]


def test_the_same_heading_twice_is_not_guessed_at(tmp_path: Path) -> None:
    extract = read(referrals(tmp_path, headings={"allocated_team": "Allocated Worker"}))
    assert rows(extract, "referrals", "worker_id", "team") == [{"worker_id": None, "team": None}]
    assert [f.message for f in said(extract, "R03") if "one of 2" in f.message] == [
        f"Column {letter} of list 3, Allocated Worker, one of 2 headings for allocated_worker: "
        "say in the mapping which to use; it was not read."
        for letter in "JK"
    ]


def test_a_sheet_whose_title_and_headings_disagree_is_not_read(tmp_path: Path) -> None:
    given = {3: [a_row(3, date_of_referral=DAY)], 4: [a_row(4, assessment_start_date=DAY)]}
    path = a_workbook(tmp_path / "a.xlsx", given, titles={3: "List 3", 4: "List 5"}, layout="2024")
    extract = read(path)
    assert "assessments" not in extract.tables
    assert [f.message for f in said(extract, "R03") if f.severity == Severity.ERROR] == [
        "Sheet List 5 was not read: its title names list 5 but its headings are those of list 4. "
        "Say in the mapping what it is."
    ]


def test_the_report_is_json_and_gives_the_same_answer_when_given_back(tmp_path: Path) -> None:
    path = referrals(tmp_path, headings={"date_of_referral": "Date of refferal", "age": "Years old"})
    first = read(path)
    given = json.loads(json.dumps(first.mapping))
    second = read(path, mapping=given)
    assert {name: table.to_pylist() for name, table in second.tables.items()} == {
        name: table.to_pylist() for name, table in first.tables.items()
    }
    assert {line["matched_by"] for line in second.mapping} == {"given", "missing"}


def test_a_corrected_mapping_overrides(tmp_path: Path) -> None:
    path = referrals(tmp_path, headings={"date_of_referral": "Some day"})
    mapping = read(path).mapping
    for line in mapping:
        if line.get("heading") == "Some day":
            line["column"] = "date_of_referral"
        if line.get("heading") == "Referral Source":
            line["column"] = None
    extract = read(path, mapping=mapping)
    assert rows(extract, "referrals", "received_on", "source") == [{"received_on": DAY, "source": None}]
    assert "source" not in extract.supply["referrals"].columns


def test_a_mapping_says_what_a_sheet_is_and_where_its_headings_are(tmp_path: Path) -> None:
    given = {3: [a_row(3, date_of_referral=DAY)], 1: [a_row(1, date_of_contact=DAY)]}
    path = a_workbook(tmp_path / "a.xlsx", given, titles={3: "List 1 old"})
    mapping = [
        {"kind": "sheet", "sheet": "List 1 old", "list": 3, "header_row": 2},
        {"kind": "sheet", "sheet": "List_1", "list": None},
    ]
    extract = read(path, mapping=mapping)
    assert "contacts" not in extract.tables
    assert rows(extract, "referrals", "received_on") == [{"received_on": DAY}]


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([{"kind": "sheet", "sheet": "List_3", "list": 12}], "lists are numbered 1 to 11"),
        ([{"kind": "sheet", "sheet": "List_3", "list": 3, "header_row": 99}], "row 99, which is not there"),
        (
            [{"kind": "column", "sheet": "List_3", "heading": "Gender", "column": "postcode"}],
            "a column postcode, which list 3 does not have",
        ),
        (
            [
                {"kind": "column", "sheet": "List_3", "heading": "Gender", "column": "age"},
                {"kind": "column", "sheet": "List_3", "heading": "Age", "column": "age"},
            ],
            "gives column age of list 3 to two headings",
        ),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(tmp_path: Path, lines: list[dict[str, Any]], why: str) -> None:
    with pytest.raises(Refused, match=why):
        read(referrals(tmp_path), mapping=lines)
