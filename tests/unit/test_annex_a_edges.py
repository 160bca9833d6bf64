"""Annex A: what councils seldom send and attackers might."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
import xlrd
from xlrd.sheet import Cell

from goldenthread.ingest.annex_a import columns, faults, is_annex_a, lists, package, read, sheets
from goldenthread.ingest.annex_a.cells import Setting
from goldenthread.ingest.annex_a.columns import ColumnReader
from goldenthread.ingest.annex_a.faults import Fault, FaultKind
from goldenthread.ingest.annex_a.matching import match_sheet
from goldenthread.ingest.extract import Refused, Severity
from goldenthread.standard import table
from tests.annex_a_workbooks import AS_AT, a_row, a_workbook, heading, patched, rows, said
from tests.annex_a_workbooks import read as read_annex_a

DAY = date(2023, 12, 5)
SHEET = "xl/worksheets/sheet1.xml"


def contacts(folder: Path) -> Path:
    return a_workbook(folder / "annex_a.xlsx", {1: [a_row(1, date_of_contact=DAY)]}, layout="2024")


def test_without_an_as_at_date_nothing_is_read(tmp_path: Path) -> None:
    for mapping in (None, [{"kind": "sheet", "sheet": "List_1", "list": 1}]):
        with pytest.raises(Refused, match="does not say of which day it is"):
            read(contacts(tmp_path), as_at_on=None, authority="TEST", mapping=mapping)


# --- what a legacy .xls may hold


def test_the_cells_of_a_legacy_workbook() -> None:
    held = [
        Cell(xlrd.XL_CELL_ERROR, 42),
        Cell(xlrd.XL_CELL_BOOLEAN, 1),
        Cell(xlrd.XL_CELL_DATE, 45265.0),
        Cell(xlrd.XL_CELL_DATE, 0.5),
        Cell(xlrd.XL_CELL_DATE, 1e9),
        Cell(xlrd.XL_CELL_EMPTY, ""),
    ]
    sheet = sheets.XlsSheet("List 1", False, SimpleNamespace(nrows=1, row=lambda number: held))
    [(number, cells)] = sheet.rows()
    assert number == 1
    assert cells[:2] == [Fault(FaultKind.ERROR, "#N/A"), True]
    assert str(cells[2]) == "2023-12-05 00:00:00"
    assert [str(cell) for cell in cells[3:]] == ["00:00:00", "1000000000.0", "None"]


def test_an_encrypted_legacy_workbook_is_refused() -> None:
    def encrypted() -> None:
        raise xlrd.XLRDError("Workbook is encrypted")

    with pytest.raises(Refused, match="protected by a password"):
        sheets._read_legacy(Path("annex_a.xls"), encrypted)


# --- what the fast reader may do


def test_a_panic_of_the_fast_reader_is_a_refusal_and_a_key_press_is_not() -> None:
    class Panic(BaseException):
        pass

    def raises(error: BaseException) -> Callable[[], None]:
        def fail() -> None:
            raise error

        return fail

    with pytest.raises(Refused, match="cannot be read as a workbook"):
        sheets._read_fast(Path("annex_a.xlsx"), raises(Panic()))
    with pytest.raises(KeyboardInterrupt):
        sheets._read_fast(Path("annex_a.xlsx"), raises(KeyboardInterrupt()))


def test_an_error_in_the_last_row_of_all_is_found(tmp_path: Path) -> None:
    path = patched(
        contacts(tmp_path),
        SHEET,
        "</sheetData>",
        '<row r="9"><c r="B9" t="e"><v>#REF!</v></c></row></sheetData>',
    )
    extract = read_annex_a(path)
    assert [(f.row, f.column) for f in said(extract, "error_cell")] == [(9, "gender")]
    assert extract.lines["status"].to_pylist() == ["kept", "quarantined"]


def test_formulas_without_values_outside_all_others_are_found(tmp_path: Path) -> None:
    path = contacts(tmp_path)
    workbook = openpyxl.load_workbook(path)
    workbook["List_1"]["H2"] = workbook["List_1"]["A9"] = "=1+1"
    workbook["List_1"]["A3"] = "c2"
    workbook.save(path)
    extract = read_annex_a(path)
    assert extract.lines["row"].to_pylist() == [2, 3, 9]
    assert [(f.row, f.column) for f in said(extract, "formula_without_value")] == [(9, "child_id")]


def test_a_batch_of_blank_rows_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "_BATCH", 1)
    given = [a_row(1, date_of_contact=DAY), {}, a_row(1, child_id="c2", date_of_contact=DAY)]
    extract = read_annex_a(a_workbook(tmp_path / "annex_a.xlsx", {1: given}))
    assert extract.lines["row"].to_pylist() == [3, 5]


def test_a_sheet_the_checks_did_not_see_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "open_package", package.Package)
    with pytest.raises(Refused, match="is damaged at sheet List_1"):
        read_annex_a(contacts(tmp_path))


def test_rows_and_cells_without_references_are_counted(tmp_path: Path) -> None:
    path = patched(
        contacts(tmp_path), SHEET, "</sheetData>",
        '<row><c t="inlineStr"><is><t>c2</t></is></c><c t="e"><v>#N/A</v></c></row></sheetData>',
    )  # fmt: skip
    extract = read_annex_a(path)
    assert [(f.row, f.column, f.child_id) for f in said(extract, "error_cell")] == [(3, "gender", "c2")]


def test_sheets_of_charts_are_passed_over(tmp_path: Path) -> None:
    path = contacts(tmp_path)
    workbook = openpyxl.load_workbook(path)
    workbook.create_chartsheet("List 2")
    workbook.save(path)
    assert read_annex_a(path).tables["contacts"].num_rows == 1


# --- packages that Excel would not write


def listed_larger(path: Path) -> Path:
    content = bytearray(path.read_bytes())
    place = content.find(b"PK\x01\x02")
    content[place + 24] += 1
    path.write_bytes(content)
    return path


def packed_data_damaged(path: Path) -> Path:
    content = bytearray(path.read_bytes())
    place = content.find(b"PK\x03\x04")
    content[place + 90 : place + 100] = b"\xff" * 10
    path.write_bytes(content)
    return path


def packed_another_way(path: Path) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("docProps/extra.xml", b"<a/>")
    return path


def sheet_the_relations_do_not_name(path: Path) -> Path:
    return patched(path, "xl/_rels/workbook.xml.rels", "relationships/worksheet", "relationships/unknown")


def malformed_workbook(path: Path) -> Path:
    return patched(path, "xl/workbook.xml", "</workbook>", "<sheet>")


def malformed_sheet_with_an_error(path: Path) -> Path:
    return patched(path, SHEET, "</sheetData>", '<row r="3"><c t="e"><v>#N/A</v></row></sheetData>')


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (listed_larger, "is damaged"),
        (packed_data_damaged, "is damaged"),
        (packed_another_way, "packed in a way Excel does not use"),
        (sheet_the_relations_do_not_name, "damaged at sheet List_1|cannot be read"),
        (malformed_workbook, "is damaged"),
        (malformed_sheet_with_an_error, "damaged in sheet List_1"),
    ],
)
def test_refused(tmp_path: Path, made: Callable[[Path], Path], why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_annex_a(made(contacts(tmp_path)))


def test_a_list_of_sheets_too_long_to_be_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "_MOST_SMALL_PART", 10)
    with pytest.raises(Refused, match="not a workbook that Excel wrote"):
        read_annex_a(contacts(tmp_path))


def test_a_csv_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    path = tmp_path / "list_1.csv"
    path.write_text("Child Unique ID,Date of Contact,Contact Source\n" + "c1,05/12/2023,6\n" * 3, "utf-8")
    with pytest.raises(Refused, match="Sheet list_1 of list_1.csv has 3 rows and the limit is 2"):
        read_annex_a(path)


def test_the_quick_look_sees_across_the_end_of_a_chunk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_workbook(tmp_path / "annex_a.xlsx", {1: [a_row(1, age="=1+1", gender="#N/A")]}, layout="2024")
    for size in (64, 100, 333):
        monkeypatch.setattr(package, "_CHUNK", size)
        extract = read_annex_a(path)
        assert len(said(extract, "error_cell", "formula_without_value")) == 2


def test_letters_of_columns() -> None:
    for number, letters in ((0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")):
        assert faults.column_letters(number) == letters
        assert faults.column_number(letters) == number


# --- headings


def test_headings_of_two_lists_in_one_sheet_are_not_guessed_at() -> None:
    names = ["date_of_contact", "contact_source"]
    headings = [heading(1, name) for name in ["child_id", *names]]
    both = [*headings, "Assessment completion date", "Organisation completing assessment"]
    match = match_sheet("Sheet1", [(1, list(both))])
    assert match.number is None
    assert match.problem == "its headings could be those of list 1 or list 2"


def test_a_sheet_of_something_else_is_named_in_the_report(tmp_path: Path) -> None:
    path = contacts(tmp_path)
    workbook = openpyxl.load_workbook(path)
    workbook.create_sheet("Pivot").append(["Team", "Count"])
    workbook.save(path)
    assert [(f.severity, f.message) for f in said(read_annex_a(path), "R03")] == [
        (Severity.INFO, "Sheet Pivot is none of the lists of Annex A and was not read.")
    ]


@pytest.mark.parametrize(
    ("extra", "note"),
    [
        ("Source of Contact", "also looks like contact_source, which another heading was taken for"),
        ("Contact Sourse", "looks like contact_source, which another heading was taken for"),
    ],
)
def test_a_second_heading_for_a_column_is_not_read(extra: str, note: str) -> None:
    headings = [heading(1, name) for name in ("child_id", "date_of_contact", "contact_source")]
    match = match_sheet("List 1", [(1, [*headings, extra])])
    assert match.columns == {"child_id": 0, "date_of_contact": 1, "contact_source": 2}
    assert [found.note for found in match.headings] == ["", "", "", note]


def test_a_heading_as_near_to_two_columns_is_not_read() -> None:
    headings = [heading(8, name) for name in ("child_id", "gender", "date_started_looked_after")]
    doubtful = "Was the child a Return Interview after their last missing episode (Y/N)?"
    found = match_sheet("List 8", [(1, [*headings, doubtful])]).headings[-1]
    assert found.column is None
    assert found.note == (
        "could be return_interview_offered or return_interview_accepted: say in the mapping which"
    )


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("Date of Decison that Child Should be Placed for Adoption", "adoption_decision_date"),
        ("Date of Decision that Child Should Not be Placed for Adoption", "decision_reversed_date"),
        ("Date Stage 2 startd", None),
        ("of the", None),
    ],
)
def test_a_no_or_another_number_is_never_near(written: str, column: str | None) -> None:
    headings = [heading(10, name) for name in ("child_id", "family_id", "gender", "placement_order_date")]
    assert match_sheet("List 10", [(1, [*headings, written])]).headings[-1].column == column


def test_of_two_rows_of_headings_the_fuller_counts() -> None:
    full = [heading(3, name) for name in ("child_id", "date_of_referral", "referral_source", "gender")]
    match = match_sheet("List 3", [(1, full[:3]), (2, [*full]), (3, full[:3])])
    assert match.header_row == 2


def test_a_far_column_does_not_hide_the_headings(tmp_path: Path) -> None:
    path = patched(
        contacts(tmp_path), SHEET, "</row></sheetData>", '<c r="ZZ2"><v>1</v></c></row></sheetData>'
    )
    assert is_annex_a(path)


def test_a_mapping_may_name_a_heading_that_is_not_there(tmp_path: Path) -> None:
    lines: list[dict[str, object]] = [
        {"kind": "column", "sheet": "List_1", "heading": "Not there", "column": "age"}
    ]
    assert read_annex_a(contacts(tmp_path), mapping=lines).tables["contacts"].num_rows == 1


# --- columns


def test_what_is_remembered_of_a_column_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_REMEMBERED", 3)
    reader = ColumnReader(table("annex_a_list_1").column["age"], Setting(AS_AT))
    for start in range(0, 40, 5):
        ages = [float(start + i) + 0.5 for i in range(5)]
        assert reader.read(ages, range(5)) == [start + i for i in range(5)]
    assert reader.tallies["age_with_decimals"].count == 40


def test_true_and_one_are_not_the_same_cell() -> None:
    reader = ColumnReader(table("annex_a_list_3").column["referrals_last_12_months"], Setting(AS_AT))
    assert reader.read([1.0, True, 0.0, False], range(4)) == [1, None, 0, None]
    assert [noted.text for noted in reader.noted] == ["TRUE", "FALSE"]


@pytest.mark.parametrize("written", ["5 Foo 2023", "31/02/23", "\u200b", "12 13 2023 25:00"])
def test_other_texts_for_dates(tmp_path: Path, written: str) -> None:
    path = a_workbook(tmp_path / "a.xlsx", {1: [a_row(1, date_of_contact=written)]}, layout="2024")
    extract = read_annex_a(path)
    assert rows(extract, "annex_a_list_1", "date_of_contact") == [{"date_of_contact": None}]
    assert [f.severity for f in extract.findings if f.column == "date_of_contact"] == [Severity.ERROR]


def test_a_date_where_a_code_belongs(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", {1: [a_row(1, contact_source=DAY)]}, layout="2024")
    found = [f.message for f in said(read_annex_a(path), "R05") if f.column == "contact_source"]
    assert found == ["Cell G2 (Contact Source) holds a date or time where a code is expected."]


def test_one_conflict_is_told_once_in_a_list(tmp_path: Path) -> None:
    given = {
        1: [a_row(1, date_of_contact=DAY)],
        3: [a_row(3, gender="b) Female", date_of_referral=date(2023, 11, day)) for day in (1, 2, 3)],
    }
    extract = read_annex_a(a_workbook(tmp_path / "a.xlsx", given, layout="2024"))
    assert [(f.row, f.column) for f in said(extract, "list_conflict")] == [(2, "gender")]
