"""`goldenthread synth`, `load` and `publish`: what they print, in each form, and the exit code of a load."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from goldenthread.cli import app
from tests.annex_a_workbooks import a_row, a_workbook
from tests.deliveries import a_folder

CHILDREN = """child_id,born_on,is_unborn,sex,ethnicity,has_disability
    c1,2010-01-01,false,F,WBRI,false
    c2,2011-01-01,false,M,WBRI,false
    """
BORN_TWICE = CHILDREN.replace("2010-01-01", "2010-13-01")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def loaded(folder: Path, children: str, *options: str) -> Result:
    a_folder(folder / "in", children=children)
    return run("load", folder / "in", "--as-at", "2017-12-31", "--store", folder / "store", *options)


def test_a_load_prints_what_it_holds_in_each_form(tmp_path: Path) -> None:
    first = loaded(tmp_path, CHILDREN, "--format", "json")
    assert first.exit_code == 0, first.stderr
    (line,) = json.loads(first.stdout)
    assert list(line) == ["as_at_on", "rows", "errors", "warnings", "notes", "was_loaded_already"]
    assert (line["as_at_on"], line["rows"], line["errors"]) == ("2017-12-31", 2, 0)
    assert line["was_loaded_already"] is False
    (again,) = csv.DictReader(io.StringIO(loaded(tmp_path, CHILDREN, "--format", "csv").stdout))
    assert (again["rows"], again["was_loaded_already"]) == ("2", "true")
    assert "was_loaded_already" in loaded(tmp_path, CHILDREN).stdout


def test_a_load_with_an_error_ends_with_1_and_says_where_to_look(tmp_path: Path) -> None:
    result = loaded(tmp_path, BORN_TWICE, "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)[0]["errors"] == 1
    assert "`goldenthread check` says what to do about what was found." in result.stderr


def test_a_refused_load_prints_no_line(tmp_path: Path) -> None:
    result = run("load", tmp_path / "nothing", "--store", tmp_path / "store", "--format", "csv")
    assert (result.exit_code, result.stdout) == (2, "")


def test_synth_names_every_file_it_wrote(tmp_path: Path) -> None:
    result = run("synth", tmp_path / "out", "--authority", "T1", "--children", 30, "--format", "json")
    assert result.exit_code == 0, result.stderr
    written = {line["file"]: line["bytes"] for line in json.loads(result.stdout)}
    assert {"annex_a.xlsx", "cin_census.xml", "local_extracts/children.csv", "ssda903/header.csv"} <= set(
        written
    )
    assert all((tmp_path / "out" / name).stat().st_size == size for name, size in written.items())


@pytest.mark.parametrize(("form", "start"), [("csv", "publication,figures,folder\nBoard,1,"), ("json", "[")])
def test_a_publication_prints_where_it_lies(tmp_path: Path, form: str, start: str) -> None:
    loaded(tmp_path, CHILDREN)
    store = tmp_path / "store"
    result = run(
        "publish", "Board", "--store", store, "--on", "2017-12-31", "--indicator", "FD-01", "--format", form
    )
    assert result.stdout.startswith(start), result.stderr
    assert str(store / "publications" / "Board") in result.stdout


def test_a_workbook_is_loaded_with_the_mapping_of_an_earlier_load_corrected(tmp_path: Path) -> None:
    given = {
        1: [a_row(1, date_of_contact=date(2023, 12, 5))],
        3: [a_row(3, date_of_referral=date(2023, 12, 5))],
    }
    path = a_workbook(
        tmp_path / "annex_a.xlsx", given, layout="2024", headings={"date_of_referral": "Some day"}
    )
    options = ("--as-at", "2024-01-31", "--authority", "999")
    assert run("load", path, *options, "--store", tmp_path / "first").exit_code == 1
    [mapping] = (tmp_path / "first" / "loads").glob("*/mapping.json")
    lines = json.loads(mapping.read_text("utf-8"))
    corrected = [
        line | ({"column": "date_of_referral"} if line.get("heading") == "Some day" else {}) for line in lines
    ]
    (tmp_path / "corrected.json").write_text(json.dumps(corrected), "utf-8")
    done = run(
        "load", path, *options, "--store", tmp_path / "second", "--mapping", tmp_path / "corrected.json"
    )
    assert done.exit_code in (0, 1), done.stderr
    counted = {}
    for store in ("first", "second"):
        [manifest] = (tmp_path / store / "loads").glob("*/manifest.json")
        counted[store] = json.loads(manifest.read_text("utf-8"))["rows"].get("referrals", 0)
    assert counted == {"first": 0, "second": 1}


def test_a_workbook_says_what_it_cannot_tell_of_earlier_days(tmp_path: Path) -> None:
    given = {1: [a_row(1, date_of_contact=date(2023, 12, 5))]}
    path = a_workbook(tmp_path / "annex_a.xlsx", given, layout="2024")
    store = tmp_path / "store"
    run("load", path, "--as-at", "2024-01-31", "--authority", "999", "--store", store)
    asked = ("figures", "--store", store, "--from", "2023-05-01", "--every", "month", "--format", "csv")
    result = run(*asked, "--indicator", "FD-01", "--indicator", "LAC-01")
    notes = {
        (line["ref"], line["period_start"]): line["note"]
        for line in csv.DictReader(io.StringIO(result.stdout))
        if not line["part"]
    }
    six_months = "an Annex A workbook covers the six months to its as-at date"
    assert six_months in notes["FD-01", "2023-05-01"] and six_months not in notes["FD-01", "2023-12-01"]
    assert notes["LAC-01", "2023-05-01"] == (
        "not computable: needs a load made on 2023-05-31, or local extracts made on or after it"
    )


def test_the_empty_templates_are_a_delivery_in_which_nothing_is_wrong(tmp_path: Path) -> None:
    assert run("standard", "--templates", tmp_path / "in").exit_code == 0
    done = run("load", tmp_path / "in", "--as-at", "2017-12-31", "--store", tmp_path / "store")
    assert done.exit_code == 0, done.stderr
    checked = run("check", "--store", tmp_path / "store", "--format", "csv")
    assert checked.exit_code == 0
    assert checked.stderr == "19 rules were not run: what they need was not supplied.\n", "of kinds of rows"
