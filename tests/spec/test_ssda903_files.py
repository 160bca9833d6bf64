"""Which files are an SSDA903 return, of which year, and which are refused or left out."""

from datetime import date
from pathlib import Path

import pytest

from goldenthread.ingest import ssda903
from goldenthread.ingest.extract import Refused
from tests.spec.ssda903_lines import (
    EPISODES,
    HEADER,
    ONE_CHILD,
    OPEN_EPISODE,
    episodes,
    read,
    rows,
    written,
)


@pytest.mark.parametrize("name", ["header", "episodes", "whatever", "list 1"])
def test_a_file_is_recognised_by_its_header_not_its_name(tmp_path: Path, name: str) -> None:
    shuffled = "dob, ethnic ,SEX,child,UPN\n27/03/2008,WBRI,1,C1,UN1"
    found = read(written(tmp_path, **{name: shuffled}))
    assert rows(found, "children", "child_id", "sex") == [("C1", "M")]
    assert found.files[0].table == "ssda903_header"
    assert found.mapping[0]["table"] == "ssda903_header"
    assert "is_mother" not in found.supply["ssda903_header"].columns


@pytest.mark.parametrize(
    ("contents", "year", "because"),
    [
        (
            {"episodes": episodes("C1, 01/06/2015, S, U6, 01/07/2017, E2")},
            2018,
            "ended in the year to March 2018",
        ),
        ({"episodes": episodes("C1, 01/06/2015, S, U6, 31/03/2018, E2")}, 2018, "its last day"),
        ({"episodes": episodes("C1, 01/06/2015, S, U6, 01/04/2018, E2")}, 2019, "the day after"),
        (
            {
                "episodes": episodes(
                    "C1, 01/06/2015, S, U6, 01/07/2017, E2",
                    "C2, 01/06/2015, S, U6, 01/08/2017, E2",
                    "C3, 01/06/2015, S, U6, 01/08/2071, E2",
                )
            },
            2018,
            "one mistyped date does not decide",
        ),
        (
            {"episodes": episodes("C1, 01/06/2015, S, U6, ,", "C2, 01/06/2022, S, U6, ,")},
            2023,
            "latest start",
        ),
        ({"missing": "CHILD,DOB,MISSING,MIS_START,MIS_END\nC1,,M,01/06/2021,"}, 2022, "a missing episode"),
        ({"reviews": "CHILD,DOB,REVIEW,REVIEW_CODE\nC1,,01/01/2020,PN1"}, 2020, "a review"),
    ],
)
def test_the_year_is_found_from_the_dates(
    tmp_path: Path, contents: dict[str, str], year: int, because: str
) -> None:
    found = read(written(tmp_path, **contents), None)
    assert found.as_at_on == date(year, 3, 31), because
    assert found.supply[next(iter(found.tables))].covers_from_on == date(year - 1, 4, 1)
    assert [f.severity for f in found.findings if f.rule == "return-year"] == ["info"]


@pytest.mark.parametrize(
    ("episode", "year", "warned", "because"),
    [
        ("C1, 01/06/2015, S, U6, 01/07/2017, E2", 2019, True, "care ended in the year to March 2018"),
        ("C1, 01/06/2015, S, U6, 01/07/2017, E2", 2018, False, "it fits"),
        ("C1, 01/06/2015, S, U6, ,", 2019, False, "open since 2015: it may be any later year"),
        ("C1, 01/06/2018, S, U6, ,", 2018, True, "starts after the year given"),
    ],
)
def test_a_year_given_against_the_dates_is_a_warning(
    tmp_path: Path, episode: str, year: int, warned: bool, because: str
) -> None:
    found = read(written(tmp_path, episodes=episodes(episode)), year)
    assert found.as_at_on == date(year, 3, 31)
    severities = [str(f.severity) for f in found.findings if f.rule == "return-year"]
    assert severities == (["warning"] if warned else []), because


@pytest.mark.parametrize(
    ("contents", "year", "says"),
    [
        (
            {"header": ONE_CHILD},
            None,
            "The year of the SSDA903 return cannot be told",
        ),
        (
            {
                "episodes": episodes(
                    "C1, 01/06/2015, S, U6, 01/07/2017, E2", "C2, 01/06/2015, S, U6, 01/07/2018, E2"
                )
            },
            None,
            "only 1 of 2 DEC dates are in the year to 31 March 2018; give the day the files were made",
        ),
        ({"header": ONE_CHILD}, 2016, "returns of 2017 to 2026 can be read"),
        ({"header": ONE_CHILD}, 2027, "returns of 2017 to 2026 can be read"),
        ({"visits": "visit_id,child_id\nV1,C1"}, 2024, "has not the header of an SSDA903 file"),
        ({"episodes": EPISODES.replace("CHILD,", "") + "\n01/06/2023"}, 2024, "lacks the column CHILD"),
        ({"episodes": f"{EPISODES},DEC\n{OPEN_EPISODE},"}, 2024, "has the column DEC twice"),
        ({"header": f'{HEADER}\n"C1,1'}, 2024, "is not a readable CSV file"),
        (
            {"one": ONE_CHILD, "two": f"{HEADER}\nC2,1,01/01/2010,WBRI,UN1,,"},
            2024,
            "one.csv and two.csv are both the header file",
        ),
        (
            {"episodes": f"{EPISODES},LA,YEAR\n{OPEN_EPISODE},East,2024\n{OPEN_EPISODE},West,2024"},
            2024,
            "several authorities or years (LA: East, West)",
        ),
    ],
)
def test_a_return_that_cannot_be_trusted_is_refused(
    tmp_path: Path, contents: dict[str, str], year: int | None, says: str
) -> None:
    with pytest.raises(Refused) as refused:
        read(written(tmp_path, **contents), year)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        (
            "return.xml",
            b"<EXPSSDA903/>",
            "is the XML form of an SSDA903 return; deliver its CSV files instead",
        ),
        ("other.xml", b"<Message/>", "is an XML file; the SSDA903 return is read from its CSV files"),
        ("bad.xml", b"<!DOCTYPE a><a/>", "has a DOCTYPE"),
        ("list.xlsx", b"PK", "is a workbook, such as Ofsted's list of providers"),
        ("notes.txt", b"hello", "is not a CSV file"),
        ("header.csv", b"", "is empty; it needs a header line"),
        ("header.csv", f"{HEADER}\nC\xe9,".encode("latin-1"), "is not UTF-8; save it as CSV UTF-8"),
        ("header.csv", f"{HEADER}\nC1".encode("utf-16"), "is not UTF-8; save it as CSV UTF-8"),
    ],
)
def test_other_files_alone_are_refused(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    for given in (tmp_path, tmp_path / name, [tmp_path / name]):
        with pytest.raises(Refused, match=says):
            ssda903.read(given, authority="211", year=2024)


def test_other_files_in_the_folder_are_ignored_with_the_reason(tmp_path: Path) -> None:
    folder = written(tmp_path, header=ONE_CHILD, visits="visit_id,child_id\nV1,C1")
    (folder / "providers.xlsx").write_bytes(b"PK")
    (folder / "return.xml").write_bytes(b"<EXPSSDA903/>")
    (folder / "copy of header.csv").write_bytes((folder / "header.csv").read_bytes())
    found = read(folder)
    assert {file.name: file.status for file in found.files} == {
        "copy of header.csv": "read",
        "header.csv": "ignored",
        "visits.csv": "ignored",
        "providers.xlsx": "ignored",
        "return.xml": "ignored",
    }
    assert all(file.message for file in found.files if file.status == "ignored")
    assert len(found.findings) == 4
    assert len(rows(found, "children", "child_id")) == 1


def test_two_files_of_one_kind_are_both_rejected(tmp_path: Path) -> None:
    review = "CHILD,DOB,REVIEW,REVIEW_CODE\nC1,01/01/2010,{},PN1"
    found = read(
        written(
            tmp_path,
            header=ONE_CHILD,
            reviews=review.format("01/02/2024"),
            reviews_old=review.format("01/02/2023"),
        )
    )
    assert [file.status for file in found.files] == ["read", "rejected", "rejected"]
    assert "conferences" not in found.tables
    assert [(f.rule, str(f.severity)) for f in found.findings] == [("R03", "error")] * 2


def test_a_folder_of_other_files_is_refused_with_what_each_is(tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(b"PK")
    (tmp_path / "notes.txt").write_bytes(b"hello")
    with pytest.raises(Refused) as refused:
        ssda903.read(tmp_path, authority="211", year=2024)
    assert str(refused.value).startswith(
        "None of the 2 files is a CSV file of an SSDA903 return: list.xlsx is a workbook"
    )
    assert "; notes.txt is not a CSV file" in str(refused.value)


@pytest.mark.parametrize(
    ("limit", "says"),
    [
        ("LARGEST_FILE", r"header\.csv is larger than 200 MB; check that it is one return of one authority"),
        ("MOST_ROWS", r"header\.csv has more than a million rows; check that it is one return"),
    ],
)
def test_a_file_beyond_what_a_return_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, says: str
) -> None:
    monkeypatch.setattr(f"goldenthread.ingest.ssda903.files.{limit}", 1)
    with pytest.raises(Refused, match=says):
        read(written(tmp_path, header=f"{ONE_CHILD}\nC2,1,01/01/2010,WBRI,UN1,,"))


def test_nothing_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no file of an SSDA903 return"):
        ssda903.read(tmp_path, authority="211")
    with pytest.raises(Refused, match="does not exist"):
        ssda903.read(tmp_path / "gone", authority="211")


def test_a_header_without_lines_is_supplied_and_empty(tmp_path: Path) -> None:
    found = read(written(tmp_path, reviews="CHILD,DOB,REVIEW,REVIEW_CODE"))
    assert found.tables["conferences"].num_rows == 0
    assert found.supply["conferences"].rows == 0
    assert found.supply["conferences"].kinds == {"looked_after_review"}
