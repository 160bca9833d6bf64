"""What was delivered: each file and folder goes to the reader of its kind, and what is none is said."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from goldenthread.ingest.extract import Refused
from goldenthread.ingest.recognition import recognise
from goldenthread.loading import load
from goldenthread.store import Store
from tests.annex_a_workbooks import a_workbook
from tests.deliveries import AS_AT, a_folder, a_zip

CENSUS = (
    "<Message><Header><CollectionDetails><Collection>{}</Collection></CollectionDetails></Header></Message>"
)
EPISODES = "CHILD,DECOM,RNE\n1,01/01/2017,S"
MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END\n1,01/01/2005,M,02/05/2017,03/05/2017"


def everything(folder: Path) -> Path:
    """A folder as `goldenthread synth` lays it out."""
    a_folder(folder / "local_extracts", visits="visit_id")
    a_folder(folder / "ssda903", episodes=EPISODES, header="\ufeffCHILD,SEX")
    (folder / "annex_a.xlsx").write_bytes(b"")
    (folder / "cin_census.xml").write_text(CENSUS.format("CIN"))
    (folder / "workforce.xml").write_text(CENSUS.format("CSWW"))
    (folder / "README.txt").write_text("Synthetic.")
    return folder


def sorted_out(paths: list[Path]) -> dict[str, list[list[str]]]:
    """File names by source."""
    found = recognise(paths).found
    return {source: [[path.name for path in paths] for paths in groups] for source, groups in found.items()}


def test_a_folder_of_everything_is_sorted_by_source(tmp_path: Path) -> None:
    folder = everything(tmp_path)
    assert sorted_out([folder]) == {
        "local_extracts": [["local_extracts"]],
        "ssda903": [["episodes.csv", "header.csv"]],
        "annex_a": [["annex_a.xlsx"]],
        "cin_census": [["cin_census.xml"]],
        "workforce_census": [["workforce.xml"]],
    }
    assert [path.name for path in recognise([folder]).not_recognised] == ["README.txt"]


def test_extracts_that_lie_flat_beside_each_other_are_told_apart(tmp_path: Path) -> None:
    a_folder(tmp_path, {"as_at_on": "2017-12-31"}, visits="visit_id", episodes=EPISODES, Odd="a,b")
    a_zip(tmp_path / "other.zip", {"peps.csv": b"pep_id\n"})
    assert sorted_out([tmp_path]) == {
        "local_extracts": [["Odd.csv", "manifest.json", "visits.csv"], ["other.zip"]],
        "ssda903": [["episodes.csv"]],
    }


def test_a_folder_of_local_extracts_is_read_whole_so_that_other_names_are_reported(tmp_path: Path) -> None:
    a_folder(tmp_path, visits="visit_id", Odd="a,b")
    (tmp_path / "folder").mkdir()
    assert sorted_out([tmp_path]) == {"local_extracts": [[tmp_path.name]]}


def test_files_given_one_by_one_belong_together_by_folder(tmp_path: Path) -> None:
    one = a_folder(tmp_path / "1", episodes=EPISODES, header="CHILD,SEX")
    other = a_folder(tmp_path / "2", episodes=EPISODES)
    paths = [other / "episodes.csv", one / "header.csv", one / "episodes.csv"]
    assert sorted_out(paths) == {"ssda903": [["episodes.csv", "header.csv"], ["episodes.csv"]]}


@pytest.mark.parametrize(
    ("name", "content", "source"),
    [
        ("List 1.csv", "Child Unique ID,Gender", "annex_a"),
        ("contacts list.csv", "List 1: Contacts\n\nChild  Unique ID,Gender", "annex_a"),
        ("list_11.csv", "whatever", "annex_a"),
        ("Visits.csv", "visit_id", "local_extracts"),  # the reader says what is wrong with its name
        ("BOOK.XLS", "", "annex_a"),
        ("all.ZIP", "", "local_extracts"),
    ],
)
def test_a_single_file_is_known_by_its_name_or_first_lines(
    tmp_path: Path, name: str, content: str, source: str
) -> None:
    (tmp_path / name).write_text(content)
    assert list(sorted_out([tmp_path / name])) == [source]


def test_a_return_as_xml_and_an_unknown_collection_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    path.write_text("<EXPSSDA903/>")
    for given in (path, tmp_path):
        with pytest.raises(Refused, match="the XML form of an SSDA903 return; deliver its CSV files instead"):
            load([given], as_at_on=AS_AT, store=tmp_path / "store")
    path.write_text("<Message><Header></Message>")
    with pytest.raises(Refused, match="return.xml is not XML that can be read .*: export it again"):
        recognise([path])
    path.write_text(CENSUS.format("SCHOOL"))
    with pytest.raises(Refused, match="return.xml: not an extract"):
        recognise([path])


def test_what_lies_beside_the_files_of_a_return_is_left_out_and_reported(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "903", missing=MISSING, odd="a,b")
    (folder / "return.xml").write_text("<EXPSSDA903/>")
    workbook = openpyxl.Workbook()
    workbook.save(folder / "providers.xlsx")
    load([folder], as_at_on=AS_AT, store=tmp_path / "store")
    findings = Store.open(tmp_path / "store").current().findings().to_pylist()
    said = {finding["file"]: finding["message"] for finding in findings if finding["row"] is None}
    assert said["return.xml"] == (
        "return.xml is the XML form of an SSDA903 return; deliver its CSV files instead."
    )
    assert said["providers.xlsx"] == (
        "providers.xlsx is a workbook, such as Ofsted's list of providers; the SSDA903 return is read from "
        "its CSV files."
    )
    assert said["odd.csv"] == "odd.csv is not an extract that can be read: it was ignored."


def test_a_workbook_beside_a_return_that_may_be_an_annex_a_is_not_left_out(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "in", episodes=EPISODES)
    a_workbook(folder / "annex_a.xlsx", {3: []})
    (folder / "damaged.xlsx").write_bytes(b"PK not a workbook")
    assert sorted_out([folder]) == {
        "annex_a": [["annex_a.xlsx", "damaged.xlsx"]],
        "ssda903": [["episodes.csv"]],
    }


def test_a_workbook_given_by_name_must_be_an_annex_a(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "providers.xlsx")
    for day in (AS_AT, None):
        with pytest.raises(Refused, match="providers.xlsx is not an Annex A workbook: no sheet has"):
            load([tmp_path / "providers.xlsx"], as_at_on=day, store=tmp_path / "store")


def test_a_disk_is_not_searched_for_extracts(tmp_path: Path) -> None:
    a_folder(tmp_path / "a" / "b" / "c", visits="visit_id")
    with pytest.raises(Refused, match="not an extract"):
        recognise([tmp_path])


def test_what_is_not_recognised_in_a_folder_is_a_finding_of_the_load(tmp_path: Path) -> None:
    folder = everything(tmp_path / "in")
    for name in ("ssda903", "annex_a.xlsx", "cin_census.xml", "workforce.xml"):
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    a_folder(folder / "local_extracts", visits="visit_id,child_id,kind,visited_at")
    load([folder], as_at_on=AS_AT, store=tmp_path / "store")
    findings = Store.open(tmp_path / "store").current().findings().to_pylist()
    assert [f["message"] for f in findings] == [
        "README.txt is not an extract that can be read: it was ignored."
    ]
