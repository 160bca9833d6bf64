"""Annex A: a file that cannot be trusted is refused in one sentence, before anything is read from it."""

import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from goldenthread.ingest.annex_a import is_annex_a, package, sheets
from goldenthread.ingest.extract import Refused
from tests.annex_a_workbooks import a_row, a_workbook, patched, read, rows, said
from tests.samples import sample

DAY = date(2023, 12, 5)
SHEET = "xl/worksheets/sheet1.xml"


def contacts(folder: Path, name: str = "annex_a.xlsx") -> Path:
    """A workbook with one contact."""
    given = [a_row(1, date_of_contact=DAY, contact_source="6")]
    return a_workbook(folder / name, {1: given}, layout="2024")


def with_part(path: Path, name: str, content: bytes, compress: int = zipfile.ZIP_DEFLATED) -> Path:
    """Add a part to a workbook."""
    with zipfile.ZipFile(path, "a", compress) as archive:
        archive.writestr(name, content)
    return path


def macro_workbook(folder: Path) -> Path:
    return with_part(contacts(folder), "xl/vbaProject.bin", b"macros")


def renamed_macro_part(folder: Path) -> Path:
    vba = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    return patched(contacts(folder), "[Content_Types].xml", "</Types>", vba)


def macro_sheet(folder: Path) -> Path:
    return with_part(contacts(folder), "xl/macrosheets/sheet1.xml", b"<macrosheet/>")


def bomb(folder: Path) -> Path:
    return with_part(contacts(folder), "xl/media/image1.xml", bytes(100 * 2**20))


def part_that_says_it_is_small(folder: Path) -> Path:
    """The listing says a part is small; what is packed is not."""
    path = with_part(contacts(folder), "docProps/extra.xml", b"<a>" + b" " * 5_000_000 + b"</a>")
    content = bytearray(path.read_bytes())
    place = content.rfind(b"PK\x01\x02", 0, content.rfind(b"docProps/extra.xml"))
    content[place + 24 : place + 28] = struct.pack("<I", 100)
    path.write_bytes(content)
    return path


def password_in_the_zip(folder: Path) -> Path:
    path = contacts(folder)
    content = bytearray(path.read_bytes())
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    path.write_bytes(content)
    return path


def two_parts_of_one_name(folder: Path) -> Path:
    path = contacts(folder)
    with pytest.warns(UserWarning, match="Duplicate name"):
        return with_part(path, SHEET, b"<worksheet/>")


def doctype_in_a_sheet(folder: Path) -> Path:
    bad = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/hostname">]><worksheet '
    return patched(contacts(folder), SHEET, "<worksheet ", bad)


def doctype_in_the_workbook(folder: Path) -> Path:
    return patched(contacts(folder), "xl/workbook.xml", "<workbook ", "<!DOCTYPE workbook []><workbook ")


def doctype_in_utf_16(folder: Path) -> Path:
    content = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a []><a/>'.encode("utf-16")
    return with_part(contacts(folder), "customXml/item1.xml", content)


def part_in_utf_7(folder: Path) -> Path:
    content = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>'
    return with_part(contacts(folder), "customXml/item1.xml", content)


def cut_short(folder: Path) -> Path:
    path = contacts(folder)
    path.write_bytes(path.read_bytes()[:-300])
    return path


def malformed_sheet(folder: Path) -> Path:
    return patched(contacts(folder), SHEET, "</sheetData>", "<f><v>")


def sheet_with_a_far_cell(folder: Path) -> Path:
    far = '<row r="1000000"><c r="XFD1000000"><v>1</v></c></row></sheetData>'
    return patched(contacts(folder), SHEET, "</sheetData>", far)


def not_a_workbook(folder: Path) -> Path:
    return with_part(folder / "archive.xlsx", "readme.txt", b"nothing here")


def page_called_a_workbook(folder: Path) -> Path:
    path = folder / "export.xls"
    path.write_text("<html><table><tr><td>Child Unique ID</td></tr></table></html>")
    return path


def other_workbook(folder: Path) -> Path:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["Invoice", "Amount"])
    workbook.save(folder / "invoices.xlsx")
    return folder / "invoices.xlsx"


def list_without_headings(folder: Path) -> Path:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].title = "List 1"
    workbook.worksheets[0].append(["c1", "Male"])
    workbook.save(folder / "bare.xlsx")
    return folder / "bare.xlsx"


def two_sheets_for_one_list(folder: Path) -> Path:
    path = contacts(folder)
    workbook = openpyxl.load_workbook(path)
    workbook.copy_worksheet(workbook["List_1"]).title = "List 1 (2)"
    workbook.save(path)
    return path


def nothing_there(folder: Path) -> Path:
    return folder / "absent.xlsx"


def empty_folder(folder: Path) -> Path:
    return folder


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (macro_workbook, "holds macros"),
        (renamed_macro_part, "holds macros"),
        (macro_sheet, "holds macros"),
        (bomb, "unpacks to far more than a workbook of its size can hold"),
        (part_that_says_it_is_small, "unpacks to more than it says it holds"),
        (password_in_the_zip, "protected by a password"),
        (two_parts_of_one_name, "not a workbook that Excel wrote"),
        (doctype_in_a_sheet, "holds a DOCTYPE"),
        (doctype_in_the_workbook, "holds a DOCTYPE"),
        (doctype_in_utf_16, "holds a DOCTYPE"),
        (part_in_utf_7, "encoding no spreadsheet uses"),
        (cut_short, "is damaged"),
        (malformed_sheet, "damaged|cannot be read as a workbook"),
        (sheet_with_a_far_cell, "spreads over 1,000,000 rows and 16,384 columns"),
        (not_a_workbook, "is not an Excel workbook"),
        (page_called_a_workbook, "export.xls is not an Excel workbook or .csv"),
        (other_workbook, "not an Annex A workbook: no sheet has the headings of a list"),
        (list_without_headings, "its title names list 1 but no row has the headings of that list"),
        (two_sheets_for_one_list, r"Sheets List_1 and List 1 \(2\) of annex_a.xlsx both look like list 1"),
        (nothing_there, "absent.xlsx cannot be opened"),
        (empty_folder, "There is no Annex A file here"),
    ],
)
def test_refused(tmp_path: Path, made: Callable[[Path], Path], why: str) -> None:
    path = made(tmp_path)
    with pytest.raises(Refused, match=why) as refused:
        read(path)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_macro_workbook_is_refused_by_its_name_too(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is a macro workbook"):
        read(contacts(tmp_path, "annex_a.xlsx").rename(tmp_path / "annex_a.xlsm"))


def test_an_encrypted_workbook_is_refused(tmp_path: Path) -> None:
    # Excel keeps an encrypted workbook in the container of a .xls, under a name of its own.
    path = tmp_path / "annex_a.xlsx"
    legacy = sample("data/annex_a/example-A-2005.xls").read_bytes()
    name = "Workbook".encode("utf-16-le") + b"\0\0"
    assert legacy.count(name) == 1
    other = "EncryptedPackage".encode("utf-16-le") + b"\0\0"
    place = legacy.index(name)
    content = bytearray(legacy)
    content[place : place + len(other)] = other
    content[place + 64 : place + 66] = struct.pack("<H", len(other))
    path.write_bytes(content)
    with pytest.raises(Refused, match="protected by a password"):
        read(path)


def test_a_legacy_workbook_with_macros_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "annex_a.xls"
    content = bytearray(sample("data/annex_a/example-A-2005.xls").read_bytes())
    name = "Workbook".encode("utf-16-le") + b"\0\0"
    other = "VBA".encode("utf-16-le") + b"\0\0"
    place = content.index(name)
    content[place : place + len(name)] = other + bytes(len(name) - len(other))
    content[place + 64 : place + 66] = struct.pack("<H", len(other))
    path.write_bytes(content)
    with pytest.raises(Refused, match="holds macros"):
        read(path)


def test_a_damaged_legacy_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "annex_a.xls"
    path.write_bytes(sample("data/annex_a/example-A-2005.xls").read_bytes()[:9000])
    with pytest.raises(Refused, match="cannot be read as a workbook"):
        read(path)


def test_too_many_bytes_and_too_many_rows_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_workbook(tmp_path / "annex_a.xlsx", {1: [a_row(1, date_of_contact=DAY)] * 5}, layout="2024")
    monkeypatch.setattr(sheets, "MOST_ROWS", 5)
    with pytest.raises(Refused, match="Sheet List_1 of annex_a.xlsx has 6 rows and the limit is 5"):
        read(path)
    monkeypatch.setattr(sheets, "MOST_BYTES", 100)
    with pytest.raises(Refused, match="and the limit is 0 MB"):
        read(path)


def test_blank_rows_formatted_to_the_end_of_the_sheet_are_no_rows(tmp_path: Path) -> None:
    blank = "".join(f'<row r="{row}"><c r="A{row}"/></row>' for row in (500_000, 1_048_576))
    path = patched(contacts(tmp_path), SHEET, "</sheetData>", f"{blank}</sheetData>")
    assert read(path).tables["contacts"].num_rows == 1


def test_links_to_elsewhere_are_not_followed_and_formulas_are_not_worked_out(tmp_path: Path) -> None:
    path = contacts(tmp_path)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["List_1"]
    sheet["A3"], sheet["F3"] = "c2", '=WEBSERVICE("http://192.0.2.1/")'
    sheet["A4"], sheet["F4"] = "c3", "='[other.xlsx]Sheet1'!$A$1"
    sheet["A2"].hyperlink = "http://192.0.2.1/"
    workbook.save(path)
    with_part(path, "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    extract = read(path)
    assert rows(extract, "contacts", "child_id") == [{"child_id": "c1"}]
    assert [(f.row, f.value) for f in said(extract, "formula_without_value")] == [
        (3, '=WEBSERVICE("http://192.0.2.1/")'),
        (4, "='[other.xlsx]Sheet1'!$A$1"),
    ]


@pytest.mark.parametrize(
    ("made", "answer"),
    [(contacts, True), (other_workbook, False), (list_without_headings, False), (macro_workbook, False),
     (bomb, False), (cut_short, False), (not_a_workbook, False), (page_called_a_workbook, False),
     (nothing_there, False)],
)  # fmt: skip
def test_an_annex_a_is_recognised_without_being_opened_in_full(
    tmp_path: Path, made: Callable[[Path], Path], answer: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "open_package", lambda path: pytest.fail("looked over in full"))
    assert is_annex_a(made(tmp_path)) is answer
