"""`goldenthread synth`, `load` and `publish`: what they print, in each form, and the exit code of a load."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from goldenthread.cli import app
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
