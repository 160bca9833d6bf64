"""Annex A: every kind of dirt is read in its one meaning, or is null and a finding with its place."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from goldenthread.ingest.extract import Severity
from tests.annex_a_workbooks import a_row, a_workbook, patched, read, read_row, rows, said

DAY = date(2023, 12, 5)


def contact(tmp_path: Path, **values: Any):
    """One contact, read from a workbook of the 2024 layout: headings in row 1, the contact in row 2."""
    return read_row(tmp_path, 1, **{"date_of_contact": DAY, "contact_source": "q) 6: Police"} | values)


@pytest.mark.parametrize(
    ("written", "read_as", "rule", "because"),
    [
        (DAY, DAY, None, "a date"),
        (datetime(2023, 12, 5, 14, 30), DAY, "time_dropped", "a time in a date cell: the day is used"),
        ("05/12/2023", DAY, None, "day/month/year in text"),
        ("5-12-2023", DAY, None, "the same with dashes"),
        ("\xa005.12.2023 ", DAY, None, "the same with points and a no-break space"),
        ("2023-12-05", DAY, None, "ISO"),
        ("2023-12-05T00:00:00", DAY, None, "ISO at midnight"),
        ("2023-12-05 09:15", DAY, "time_dropped", "ISO with a time"),
        ("5 Dec 2023", DAY, None, "the month in letters"),
        ("5th December 2023", DAY, None, "the month in words"),
        ("05/12/23", DAY, "short_year", "a year of two digits is read, with a warning"),
        (45265, DAY, "serial_date", "an Excel serial number without a date format"),
        ("45265", DAY, "serial_date", "the same as text"),
        ("", None, "R05", "blank: the row makes no contact"),
        ("12/25/2023", None, "month_first", "the month first is not guessed at"),
        ("31/02/2023", None, "R05", "no such day"),
        ("May be 5 Dec 2023", None, "R05", "words"),
        ("#N/A", None, "error_cell", "an error written as text"),
        (date(1900, 1, 1), None, "R05", "how an empty date shows"),
        ("30/12/1899", None, "R05", "how another database shows an empty date"),
        (20231205, None, "R05", "a number that is no date of these centuries"),
        (3, None, "R05", "a small number"),
        (True, None, "R05", "true is no date"),
        (time(14, 30), None, "R05", "a time without a day"),
    ],
)
def test_dates(tmp_path: Path, written: Any, read_as: date | None, rule: str | None, because: str) -> None:
    extract = contact(tmp_path, date_of_contact=written)
    assert extract.tables["annex_a_list_1"]["date_of_contact"].to_pylist() == [read_as], because
    assert extract.tables["contacts"].num_rows == (read_as is not None), because
    findings = [f for f in extract.findings if f.column == "date_of_contact"]
    assert [f.rule for f in findings] == ([rule] if rule else []), because
    if read_as is None:
        assert findings[0].severity == Severity.ERROR
        assert (findings[0].file, findings[0].sheet, findings[0].row) == ("annex_a.xlsx", "list_1", 2)
        assert findings[0].message.startswith("Cell F2 (Date of Contact) ")


def test_an_empty_date_formatted_as_a_date_is_reported(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "annex_a.xlsx", {1: [a_row(1, date_of_contact=0)]}, layout="2024")
    workbook = openpyxl.load_workbook(path)
    workbook["List_1"]["F2"].number_format = "dd/mm/yyyy"
    workbook.save(path)
    [finding] = said(read(path), "R05")
    assert finding.message == (
        "Cell F2 (Date of Contact) holds a time, or an empty date that the spreadsheet shows as 1900, "
        "and no day."
    )


def test_a_bare_number_counts_from_1904_in_a_workbook_that_does(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "annex_a.xlsx", {1: [a_row(1, date_of_contact=43803)]}, layout="2024")
    workbook = openpyxl.load_workbook(path)
    workbook.epoch = CALENDAR_MAC_1904
    workbook.save(path)
    assert rows(read(path), "annex_a_list_1", "date_of_contact") == [{"date_of_contact": DAY}]


def test_one_date_with_the_month_first_makes_the_others_of_its_column_doubtful(tmp_path: Path) -> None:
    dates = ["12/25/2023", "05/12/2023", "25/12/2023", "05/05/2023", DAY]
    given = [a_row(1, child_id=f"c{i}", date_of_contact=text) for i, text in enumerate(dates)]
    extract = read(a_workbook(tmp_path / "annex_a.xlsx", {1: given}, layout="2024"))
    assert [(f.row, f.severity, f.value) for f in said(extract, "month_first")] == [
        (2, Severity.ERROR, "12/25/2023"),
        (3, Severity.WARNING, "05/12/2023"),
    ]
    assert extract.tables["contacts"].num_rows == 4


@pytest.mark.parametrize(
    ("written", "read_as", "rule", "because"),
    [
        (8, 8, None, "a whole number"),
        (8.93, 8, "age_with_decimals", "the completed years"),
        ("8", 8, None, "a number in text"),
        (-1, -1, None, "unborn"),
        (-0.2, -1, "negative_age", "worked out from an expected date of birth"),
        ("Unborn", -1, "age_in_words", "unborn in words"),
        ("eight", None, "R05", "words"),
        (-2, None, "R05", "no age"),
        (20150201, None, "R05", "no age"),
        (None, None, None, "not known"),
    ],
)
def test_ages(tmp_path: Path, written: Any, read_as: int | None, rule: str | None, because: str) -> None:
    extract = contact(tmp_path, age=written)
    assert rows(extract, "annex_a_list_1", "age") == [{"age": read_as}], because
    assert [f.rule for f in extract.findings if f.column == "age"] == ([rule] if rule else []), because
    unborn = read_as == -1
    assert rows(extract, "children", "is_unborn", "born_on", "expected_birth_on") == [
        {
            "is_unborn": None if read_as is None else unborn,
            "born_on": None if unborn else date(2015, 2, 1),
            "expected_birth_on": date(2015, 2, 1) if unborn else None,
        }
    ], because


@pytest.mark.parametrize(
    ("written", "read_as", "because"),
    [
        ("q) 6: Police", "6", "as the template has it"),
        ("6: Police", "6", "without the letter"),
        ("6", "6", "the code alone"),
        (6, "6", "the code as a number"),
        ("POLICE", "6", "the label alone, in capitals"),
        ("q)", "6", "the letter alone"),
        ("q) 6 – Police", "6", "a dash for the colon"),
        ("\xa0l) 3F:  Health services ", "3F", "white space of every kind"),
        ("r) 6: Police", "6", "another letter: the code decides"),
        ("Health services", None, "six codes have this label"),
        ("6: Housing", None, "a code with the label of another"),
        ("Postman", None, "no code"),
    ],
)
def test_contact_sources(tmp_path: Path, written: Any, read_as: str | None, because: str) -> None:
    extract = contact(tmp_path, contact_source=written)
    assert rows(extract, "contacts", "source") == [{"source": read_as}], because
    found = [f for f in said(extract, "R05") if f.column == "contact_source"]
    assert len(found) == (read_as is None), because
    assert [f.value for f in found] == [written] * len(found)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("a) Male", "M"), ("b) Female", "F"), ("Female", "F"), ("f", "F"), ("b", "F"), ("Not stated", "U"),
     ("c) Not stated/recorded (or unborn)", "U"), ("d) Neither", "N"), ("b) Male", None), ("e) Other", None)],
)  # fmt: skip
def test_genders(tmp_path: Path, written: str, read_as: str | None) -> None:
    extract = contact(tmp_path, gender=written)
    assert rows(extract, "children", "sex") == [{"sex": read_as}]
    assert len(said(extract, "R05")) == (read_as is None)


@pytest.mark.parametrize(
    ("written", "read_as"), [("a) Yes", True), ("no", False), ("Y", True), (False, False)]
)
def test_yes_and_no(tmp_path: Path, written: Any, read_as: bool) -> None:
    extract = read_row(tmp_path, 3, date_of_referral=DAY, referral_nfa=written)
    assert rows(extract, "referrals", "is_nfa") == [{"is_nfa": read_as}]


def test_an_ethnicity_is_the_code_after_the_letter(tmp_path: Path) -> None:
    for written, read_as in (
        ("a) WBRI", "WBRI"),
        ("t) NOBT", "NOBT"),
        ("White British", "WBRI"),
        ("s)", None),
    ):
        assert rows(contact(tmp_path, ethnicity=written), "children", "ethnicity") == [{"ethnicity": read_as}]


def test_an_error_cell_is_null_and_found_at_its_place(tmp_path: Path) -> None:
    extract = read_row(tmp_path, 6, cin_start_date=DAY, allocated_team="#N/A", allocated_worker="#DIV/0!")
    assert rows(extract, "annex_a_list_6", "allocated_team", "allocated_worker") == [
        {"allocated_team": None, "allocated_worker": None}
    ]
    assert [(f.message, f.row, f.column, f.value, f.child_id) for f in said(extract, "error_cell")] == [
        (
            "Cell M2 (Allocated Team) holds an error instead of a value: correct the formula behind it.",
            2, "allocated_team", "#N/A", "c1",
        ),
        (
            "Cell N2 (Allocated Worker) holds an error instead of a value: correct the formula behind it.",
            2, "allocated_worker", "#DIV/0!", "c1",
        ),
    ]  # fmt: skip


def test_an_error_for_an_id_sets_the_row_aside(tmp_path: Path) -> None:
    extract = contact(tmp_path, child_id="#REF!")
    assert extract.tables["annex_a_list_1"].num_rows == extract.tables["children"].num_rows == 0
    assert extract.lines["status"].to_pylist() == ["quarantined"]
    assert [f.rule for f in extract.findings if f.row == 2] == ["R05", "error_cell"]


def test_a_formula_counts_as_the_value_saved_with_it(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "annex_a.xlsx", {1: [a_row(1, date_of_contact=DAY, age=8)]}, layout="2024")
    patched(
        path, "xl/worksheets/sheet1.xml", '<c r="E2" t="n"><v>8</v>', '<c r="E2"><f>TODAY()-D2</f><v>9</v>'
    )
    extract = read(path)
    assert rows(extract, "annex_a_list_1", "age") == [{"age": 9}]
    assert said(extract, "formula_without_value") == []


def test_a_formula_without_a_saved_value_is_found_and_never_worked_out(tmp_path: Path) -> None:
    extract = contact(tmp_path, age="=2+6")
    assert rows(extract, "annex_a_list_1", "age") == [{"age": None}]
    assert [(f.message[:35], f.value) for f in said(extract, "formula_without_value")] == [
        ("Cell E2 (Age of Child (Years)) hold", "=2+6")
    ]


def test_a_formula_whose_saved_value_is_empty_text_is_blank(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "annex_a.xlsx", {1: [a_row(1, date_of_contact=DAY, age=8)]}, layout="2024")
    empty = '<c r="E2" t="str"><f>IF(D2="","",1)</f><v></v>'
    patched(path, "xl/worksheets/sheet1.xml", '<c r="E2" t="n"><v>8</v>', empty)
    extract = read(path)
    assert rows(extract, "annex_a_list_1", "age") == [{"age": None}]
    assert said(extract, "formula_without_value", "R05") == []


def test_no_break_spaces_become_spaces_in_names(tmp_path: Path) -> None:
    extract = read_row(tmp_path, 3, date_of_referral=DAY, allocated_worker="\xa0Worker\xa0 One ")
    assert rows(extract, "referrals", "worker_id") == [{"worker_id": "Worker One"}]


def test_long_text_is_cut_with_a_warning(tmp_path: Path) -> None:
    extract = read_row(tmp_path, 3, date_of_referral=DAY, allocated_team="x" * 201)
    assert rows(extract, "referrals", "team") == [{"team": "x" * 200}]
    assert [(f.severity, f.column) for f in said(extract, "R04")] == [(Severity.WARNING, "allocated_team")]


@pytest.mark.parametrize(
    ("written", "read_as", "rule"),
    [(1001, "1001", None), ("0012", "0012", None), (1234567890123456, "1234567890123456", "rounded_number"),
     ("1.23E+15", "1.23E+15", "rounded_number"), (DAY, "2023-12-05", "date_in_text")],
)  # fmt: skip
def test_ids_are_text(tmp_path: Path, written: Any, read_as: str, rule: str | None) -> None:
    extract = contact(tmp_path, child_id=written)
    assert rows(extract, "contacts", "child_id") == [{"child_id": read_as}]
    assert [f.rule for f in extract.findings if f.column == "child_id"] == ([rule] if rule else [])


def test_what_is_wrong_in_a_postcode_is_not_repeated(tmp_path: Path) -> None:
    extract = read_row(
        tmp_path, 8, date_started_looked_after=DAY, placement_postcode="1 Some Street, AB1 2CD"
    )
    assert rows(extract, "annex_a_list_8", "placement_postcode") == [{"placement_postcode": None}]
    assert [(f.column, f.value) for f in said(extract, "R05")] == [("placement_postcode", None)]


def test_counts_are_whole_and_not_negative(tmp_path: Path) -> None:
    for written, read_as in ((2, 2), ("2", 2), (2.5, None), (-1, None), ("two", None)):
        extract = read_row(tmp_path, 3, date_of_referral=DAY, referrals_last_12_months=written)
        assert rows(extract, "referrals", "previous_referrals_12m") == [{"previous_referrals_12m": read_as}]
        assert len(said(extract, "R05")) == (read_as is None)


def test_dates_out_of_place_are_kept_and_reported(tmp_path: Path) -> None:
    extract = read_row(
        tmp_path,
        7,
        plan_start_date=date(2024, 2, 1),
        plan_end_date=date(2023, 12, 1),
        date_of_birth=date(1980, 1, 1),
    )
    assert [(f.column, f.severity) for f in said(extract, "R09")] == [
        ("date_of_birth", Severity.WARNING),
        ("plan_start_date", Severity.WARNING),
        ("plan_end_date", Severity.ERROR),
    ]
    assert extract.tables["cp_plans"].num_rows == 1


def test_only_the_dates_out_of_place_are_reported(tmp_path: Path) -> None:
    days = (date(2024, 1, 30), date(2024, 1, 31), date(2024, 2, 1))
    given = [a_row(7, child_id=f"c{i}", plan_start_date=day) for i, day in enumerate(days)]
    path = a_workbook(tmp_path / "annex_a.xlsx", {7: given}, headings={"plan_end_date": "Finished"})
    assert [(f.row, f.value) for f in said(read(path), "R09")] == [(5, "2024-02-01")]


def test_an_expected_date_of_birth_may_lie_ahead(tmp_path: Path) -> None:
    assert said(contact(tmp_path, age=-1, date_of_birth=date(2024, 5, 1)), "R09") == []


def test_blank_rows_and_repeated_headings_are_no_children(tmp_path: Path) -> None:
    given = [a_row(1, date_of_contact=DAY), {}, {"child_id": " \xa0"}, {"child_id": "Child Unique ID"},
             a_row(1, child_id="c2", date_of_contact=DAY)]  # fmt: skip
    extract = read(a_workbook(tmp_path / "annex_a.xlsx", {1: given}, layout="2024"))
    assert extract.lines["row"].to_pylist() == [2, 6]
    assert [f.row for f in said(extract, "repeated_headings")] == [5]


def test_a_row_without_an_id_is_set_aside_and_counted(tmp_path: Path) -> None:
    given = [a_row(3, date_of_referral=DAY), a_row(3, child_id=None, date_of_referral=DAY)]
    extract = read(a_workbook(tmp_path / "annex_a.xlsx", {3: given}, layout="2024"))
    assert extract.tables["referrals"].num_rows == 1
    assert extract.lines.select(["row", "status", "team", "worker_id"]).to_pylist() == [
        {"row": 2, "status": "kept", "team": "Team A", "worker_id": "Worker One"},
        {"row": 3, "status": "quarantined", "team": "Team A", "worker_id": "Worker One"},
    ]


def test_equal_rows_are_kept_once_and_like_rows_are_doubtful(tmp_path: Path) -> None:
    given = [
        a_row(7, plan_start_date=DAY),
        a_row(7, plan_start_date=DAY),
        a_row(7, plan_start_date=date(2022, 1, 3)),
    ]
    extract = read(a_workbook(tmp_path / "annex_a.xlsx", {7: given}, layout="2024"))
    assert extract.lines["status"].to_pylist() == ["kept", "duplicate", "kept"]
    assert rows(extract, "cp_plans", "from_row") == [{"from_row": 2}, {"from_row": 4}]
    assert [(f.row, f.severity) for f in said(extract, "R07")] == [(3, Severity.INFO), (4, Severity.WARNING)]
