"""`goldenthread due`: what is printed where, and what is refused."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from goldenthread.cli import app
from goldenthread.loading import load
from goldenthread.worklist.items import items
from tests.deliveries import a_folder

FRIDAY = date(2017, 6, 16)
FILES = {
    "cp_plans": """cp_plan_id,child_id,started_on,ended_on,initial_category,team,worker_id
        p1,c1,2017-05-31,,NEG,Team A,w1
        p2,c2,2017-06-05,,NEG,Team B,w2
        p3,c3,2017-06-14,,NEG,Team B,w3
        """,
    "visits": """visit_id,child_id,kind,visited_at,is_seen
        v1,c2,cp,2017-06-09,true
        """,
    "teams": """team,effective_from_on,service,manager_worker_id
        Team A,2010-01-01,Help,m1
        Team B,2010-01-01,Help,m2
        """,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("due")
    a_folder(folder / "in", **FILES)
    load([folder / "in"], as_at_on=FRIDAY, store=folder / "store", authority="999")
    return folder / "store"


def due(store: Path, *options: str, on: str = "2017-06-16") -> Result:
    return CliRunner().invoke(app, ["due", "--store", str(store), "--on", on, *options])


def printed(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_one_line_per_child_and_item(store: Path) -> None:
    result = due(store, "--format", "csv")
    assert printed(result)[0] == {
        "item": "cp_visit",
        "label": "CP visit",
        "child_id": "c1",
        "worker_id": "w1",
        "team": "Team A",
        "clock_start": "2017-05-31",
        "last_done": "",
        "next_due": "2017-06-14",
        "working_days_overdue": "2",
        "working_days_to_go": "",
        "state": "overdue",
        "timescale": "TS12",
        "open": "1",
        "why": "Not visited since the protection plan began on 2017-05-31. "
        "It was due by 2017-06-14, 2 working days ago.",
    }
    assert [(line["child_id"], line["state"]) for line in printed(result)] == [
        ("c1", "overdue"),
        ("c2", "due_soon"),
        ("c3", "later"),
    ]


def test_age_of_the_data_counts_and_what_is_not_available_are_on_standard_error(store: Path) -> None:
    said = due(store, "--format", "csv").stderr.splitlines()
    assert said[:2] == ["Data as at 2017-06-16.", "3 lines: 1 overdue, 1 due soon, 1 later."]
    assert "Not available: Core group (core_group): plan_meetings was not supplied." in said
    assert all(any(f"({code}): " in line for line in said[2:]) for code in items() if code != "cp_visit")


def test_the_monday_after_reads_the_data_of_friday_and_says_so(store: Path) -> None:
    result = due(store, "--format", "csv", on="2017-06-19")
    assert printed(result)[0]["working_days_overdue"] == "3"
    assert result.stderr.splitlines()[0] == (
        "Data as at 2017-06-16, read on 2017-06-19: what was done since is not in it."
    )


def test_an_earlier_day_is_read_from_the_local_extracts_made_after_it(store: Path) -> None:
    assert [line["child_id"] for line in printed(due(store, "--format", "csv", on="2017-06-13"))] == [
        "c1",
        "c2",
    ]


def test_without_a_day_the_as_at_date_is_read(store: Path) -> None:
    result = CliRunner().invoke(app, ["due", "--store", str(store), "--format", "csv", "--item", "cp_visit"])
    assert printed(result)[0]["working_days_overdue"] == "2"


def test_json_holds_the_days_and_what_is_not_available(store: Path) -> None:
    result = due(store, "--format", "json", "--item", "cp_visit", "--item", "core_group", on="2017-06-19")
    data = json.loads(result.stdout)
    assert (data["on"], data["as_at"]) == ("2017-06-19", "2017-06-16")
    assert data["lines"][0]["working_days_overdue"] == 3
    assert data["lines"][0]["last_done"] is None
    assert data["lines"][0]["next_due"] == "2017-06-14"
    assert data["not_available"] == [
        {"item": "core_group", "label": "Core group", "why": "plan_meetings was not supplied"}
    ]


def test_a_table_is_for_people_and_tells_below_what_is_not_available(store: Path) -> None:
    result = due(store, "--item", "cp_visit", "--item", "core_group")
    assert result.exit_code == 0
    rows = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert [row for row in rows if row.startswith("Team ") and "CP visit" in row] == [
        "Team A w1 c1 CP visit 2017-06-14 2 overdue",
        "Team B w2 c2 CP visit 2017-06-09 2017-06-23 in 5",
        "Team B w3 c3 CP visit 2017-06-28 in 8",
    ]
    assert "3 lines: 1 overdue, 1 due soon, 1 later." in result.stdout
    assert "Not available: Core group (core_group):" in result.stdout


def test_a_wide_screen_says_why(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert (
        "Not visited since the protection plan began on 2017-05-31." in due(store, "--team", "Team A").stdout
    )


@pytest.mark.parametrize(
    ("options", "children"),
    [
        (("--team", "Team B"), ["c2", "c3"]),
        (("--worker", "w3"), ["c3"]),
        (("--worker", "m2"), ["c2", "c3"]),  # the manager sees the team
        (("--state", "later"), ["c3"]),
        (("--team", "Team B", "--state", "due_soon"), ["c2"]),
        (("--team", "Nowhere"), []),
        (("--item", "core_group"), []),
    ],
)
def test_only_what_is_asked_for(store: Path, options: tuple[str, ...], children: list[str]) -> None:
    found = printed(due(store, "--format", "csv", *options))
    assert sorted(line["child_id"] for line in found) == children


@pytest.mark.parametrize(
    ("options", "on", "sentence"),
    [
        (("--item", "cp_visits"), "2017-06-16", "There is no item cp_visits: choose from assessment,"),
        ((), "16/06/2017", "--on '16/06/2017' is not a date: write it as YYYY-MM-DD."),
        ((), "2099-06-16", "2099-06-16 lies outside the bank holidays held"),
    ],
)
def test_what_cannot_be_answered_is_refused(store: Path, options: tuple, on: str, sentence: str) -> None:
    result = due(store, *options, on=on)
    assert result.exit_code == 2
    assert result.stderr.startswith(sentence) and result.stdout == ""


def test_between_two_loads_the_one_before_answers_unless_one_after_can(tmp_path: Path) -> None:
    """The census tells of its own day only, the local extracts made later of any day before."""
    census = tmp_path / "census.xml"
    census.write_text(CENSUS, "utf-8")
    load([census], as_at_on=date(2017, 3, 31), store=tmp_path / "store", authority="211")
    first = due(tmp_path / "store", "--format", "csv", on="2017-04-03")
    assert first.stderr.startswith("Data as at 2017-03-31, read on 2017-04-03")
    assert [line["item"] for line in printed(first)] == ["assessment"]
    early = due(tmp_path / "store", on="2017-03-30")
    assert early.exit_code == 2
    assert early.stderr.startswith("Nothing loaded can tell what was due on 2017-03-30: load data as at")
    a_folder(tmp_path / "in", **FILES)
    load([tmp_path / "in"], as_at_on=FRIDAY, store=tmp_path / "store", authority="211")
    assert due(tmp_path / "store", on="2017-04-03").stderr.startswith("Data as at 2017-06-16.")


CENSUS = """<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2017</Year>
<ReferenceDate>2017-03-31</ReferenceDate></CollectionDetails>
<Source><SourceLevel>L</SourceLevel><LEA>211</LEA></Source></Header>
<Children><Child><ChildIdentifiers><LAchildID>C1</LAchildID><PersonBirthDate>2010-05-01</PersonBirthDate>
<GenderCurrent>1</GenderCurrent></ChildIdentifiers>
<CINdetails><CINreferralDate>2017-01-03</CINreferralDate><ReferralSource>1A</ReferralSource>
<PrimaryNeedCode>N1</PrimaryNeedCode><ReferralNFA>0</ReferralNFA>
<Assessments><AssessmentActualStartDate>2017-01-05</AssessmentActualStartDate></Assessments></CINdetails>
</Child></Children></Message>
"""
