"""`goldenthread check`: what is printed, and with which exit code."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from goldenthread.checking.report import Report
from goldenthread.cli import app
from goldenthread.commands.checking import By, _print_csv
from goldenthread.quality.rules import all_rules
from tests.deliveries import a_folder

FILES = {
    "children": """child_id,born_on,is_unborn,sex,ethnicity,has_disability
        c1,2010-01-01,false,F,WBRI,false
        """,
    "visits": """visit_id,child_id,kind,visited_at,is_seen,is_seen_alone,team,worker_id
        v1,c1,cp,2017-05-02,false,true,Team A,w1
        """,
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check")
    a_folder(folder / "in", **FILES)
    loaded = run("load", folder / "in", "--as-at", "2017-12-31", "--store", folder / "store")
    assert loaded.exit_code == 0, loaded.stderr  # warnings are no reason to fail a load
    return folder / "store"


def lines(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_findings_give_exit_code_1_and_say_what_to_do(store: Path) -> None:
    result = run("check", "--store", store)
    assert result.exit_code == 1
    assert "seen-alone-but-not-seen in visits: 1 findings, 1 children" in result.stdout
    assert "On Monday: Correct whether the child was seen." in result.stdout
    assert "rules were not run, because this was not supplied" in result.stdout
    assert "Team A" in result.stdout


def test_one_line_a_rule_or_a_team_or_a_finding(store: Path) -> None:
    by_rule = lines(run("check", "--store", store, "--format", "csv"))
    assert {line["rule"] for line in by_rule} == {"seen-alone-but-not-seen"}
    by_team = lines(run("check", "--store", store, "--by", "team", "--format", "csv"))
    assert [(line["team"], line["warning"]) for line in by_team] == [("Team A", "1")]
    [row] = lines(run("check", "--store", store, "--rows", "--format", "csv"))
    assert (row["file"], row["row"], row["child_id"]) == ("visits.csv", "2", "c1")


def test_as_json_everything_is_there(store: Path) -> None:
    data = json.loads(run("check", "--store", store, "--format", "json").stdout)
    assert [line["rule"] for line in data["by_rule"]] == ["seen-alone-but-not-seen"]
    assert data["by_team"] and data["not_run"]


def test_nothing_found_gives_exit_code_0(store: Path) -> None:
    result = run("check", "--store", store, "--team", "Team B")
    assert (result.exit_code, "Nothing was found." in result.stdout) == (0, True)


def test_where_every_rule_was_run_nothing_is_said_of_those_that_were_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for not_run, said in (({}, ""), ({"a": ("visits",)}, "1 rules were not run")):
        _print_csv(Report([], not_run), By.RULE)
        told = capsys.readouterr().err
        assert told.startswith(said) and bool(told) == bool(said)


def test_every_check_can_be_listed_without_a_store() -> None:
    result = run("check", "--rules", "--format", "csv")
    assert result.exit_code == 0
    codes = {line["code"] for line in lines(result)}
    assert {rule.code for rule in all_rules()} <= codes
    assert {"children-born-on-type", "children-sex-code", "visits-key", "visits-visited-at-required"} <= codes


@pytest.mark.parametrize(
    "arguments",
    [("check",), ("check", "--store", "nowhere"), ("check", "--store", "{store}", "--rule", "nonsense")],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(store: Path, arguments: tuple[str, ...]) -> None:
    result = run(*[argument.replace("{store}", str(store)) for argument in arguments])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


def test_an_indicator_says_which_failures_are_open(store: Path) -> None:
    result = run("indicators", "CP-09", "--store", store, "--format", "csv")
    assert result.exit_code == 0
    assert "open failures,warning: 1" in result.stdout
