"""Annex A as one .csv for each list."""

from datetime import date
from pathlib import Path

import pytest

from goldenthread.ingest.annex_a import is_annex_a
from goldenthread.ingest.extract import Refused, Severity
from tests.annex_a_workbooks import read, rows, said

CONTACTS = """Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date of Contact,Contact Source
0012,a) Male,a) WBRI,01/02/2015,8,05/12/2023,q) 6: Police
c2,b) Female,"b) WIRI",2016-03-04,7,2023-12-06,"two
lines"
c3,,,,,06/12/2023,#N/A
"""
REFERRALS = """List 3: Referral,,,
Child Unique ID,Date of referral,Referral Source,Allocated Team
0012,05/12/2023,6,Team A
,,,
c4,05/12/2023,6
c5,07/12/2023,10,Team B
"""


def written(folder: Path, name: str, text: str, encoding: str = "utf-8-sig") -> Path:
    path = folder / name
    path.write_text(text, encoding)
    return path


def test_a_folder_of_lists(tmp_path: Path) -> None:
    written(tmp_path, "list_1.csv", CONTACTS)
    written(tmp_path, "Referrals.csv", REFERRALS)
    extract = read(tmp_path)
    assert rows(extract, "contacts", "child_id", "source", "from_file", "from_sheet", "from_row") == [
        {"child_id": "0012", "source": "6", "from_file": "list_1.csv", "from_sheet": "list_1", "from_row": 2},
        {"child_id": "c2", "source": None, "from_file": "list_1.csv", "from_sheet": "list_1", "from_row": 3},
        {"child_id": "c3", "source": None, "from_file": "list_1.csv", "from_sheet": "list_1", "from_row": 5},
    ]
    assert [(file.name, file.rows, file.status, file.table) for file in extract.files] == [
        ("Referrals.csv", 3, "read", "annex_a_list_3"),
        ("list_1.csv", 3, "read", "annex_a_list_1"),
    ]
    assert said(extract, "R12") == []


def test_a_row_of_another_length_is_set_aside_and_a_row_of_commas_is_blank(tmp_path: Path) -> None:
    extract = read([written(tmp_path, "list 3.csv", REFERRALS)])
    assert extract.lines.select(["row", "status"]).to_pylist() == [
        {"row": 3, "status": "kept"},
        {"row": 5, "status": "quarantined"},
        {"row": 6, "status": "kept"},
    ]
    assert [(f.row, f.severity, f.message) for f in said(extract, "R02")] == [
        (5, Severity.ERROR, "Row 5 has 3 values and the headings are 4: the row was set aside.")
    ]


def test_dates_and_errors_in_text_are_read_as_in_a_workbook(tmp_path: Path) -> None:
    extract = read(written(tmp_path, "contacts.csv", CONTACTS))
    assert rows(extract, "children", "born_on", "ethnicity") == [
        {"born_on": date(2015, 2, 1), "ethnicity": "WBRI"},
        {"born_on": date(2016, 3, 4), "ethnicity": "WIRI"},
        {"born_on": None, "ethnicity": None},
    ]
    assert [(f.rule, f.row, f.value) for f in extract.findings] == [
        ("R05", 3, "two\nlines"),
        ("error_cell", 5, "#N/A"),
    ]


def test_a_list_given_twice_is_refused(tmp_path: Path) -> None:
    paths = [written(tmp_path, "list_1.csv", CONTACTS), written(tmp_path, "contacts.csv", CONTACTS)]
    with pytest.raises(Refused, match="list_1.csv and contacts.csv both hold list 1"):
        read(paths)


@pytest.mark.parametrize(
    ("text", "encoding", "why"),
    [
        (CONTACTS.replace("q) 6", "caf\xe9"), "cp1252", "is not UTF-8: save it in Excel as 'CSV UTF-8'"),
        (CONTACTS.replace('"b) WIRI"', '"b) WIRI"x'), "utf-8", "not a well-formed .csv"),
        ("name,amount\nx,1\n", "utf-8", "is not an Annex A workbook"),
        ("", "utf-8", "is not an Annex A workbook"),
    ],
)
def test_refused(tmp_path: Path, text: str, encoding: str, why: str) -> None:
    path = written(tmp_path, "export.csv", text, encoding)
    assert not is_annex_a(path)
    with pytest.raises(Refused, match=why):
        read(path)


def test_recognised_by_its_headings(tmp_path: Path) -> None:
    assert is_annex_a(written(tmp_path, "export.csv", CONTACTS))
    assert is_annex_a(str(tmp_path / "export.csv"))
