"""Refusals: one sentence, exit code 2, nothing printed, and the store byte for byte as it was."""

import hashlib
import shlex
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from goldenthread.cli import app
from tests.deliveries import a_folder

CONTACTS = """contact_id,child_id,received_at,decided_at,outcome,team
    k1,c1,2017-12-04,2017-12-05,advice,Team A
    k2,c2,2017-12-05,2017-12-05,advice,Team B
    k3,c3,2017-12-05,2017-12-08,advice,Team B
    """


# Stores whose settings say something that cannot be.
SETTINGS = {
    "bare": "",
    "unknown": "[parameters]\ncp_visits = 10\n",
    "typed": '[parameters]\ncp_visit_interval_wd = "ten"\n',
    "basis": '[timeliness_basis]\nAS-02 = "soon"\n',
    "torn": "[parameters\n",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store in `store`, deliveries beside it, and things that are neither."""
    folder = tmp_path_factory.mktemp("refusals")
    a_folder(folder / "in", contacts=CONTACTS)
    a_folder(folder / "fewer", contacts="\n".join(CONTACTS.splitlines()[:2]) + "\n")
    (folder / "empty").mkdir()
    (folder / "junk.txt").write_text("junk", "utf-8")
    for name, settings in SETTINGS.items():
        (folder / name).mkdir()
        (folder / name / "settings.toml").write_text(settings, "utf-8")
    (folder / "broken.json").write_text('{"a":', "utf-8")
    (folder / "numbers.json").write_text("[1, 2]", "utf-8")
    (folder / "entity.xml").write_text('<!DOCTYPE a [<!ENTITY b "c">]><Message>&b;</Message>', "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = run("load in --as-at 2017-12-31 --store store --authority 999")
        assert done.exit_code == 1, done.output  # no other file tells of these children: findings, no refusal
        assert run("publish Board --store store --on 2017-12-31 --indicator FD-02").exit_code == 0
        for name in set(SETTINGS) - {"bare"}:
            (folder / name / "current.json").write_bytes((folder / "store" / "current.json").read_bytes())
    return folder


def run(command: str) -> Result:
    return CliRunner().invoke(app, shlex.split(command))


def content(folder: Path) -> dict[str, str]:
    """Every file with a hash; what was compiled is no part of a store's content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "compiled" not in path.parts
    }


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("figures --store nowhere", "There is no store at nowhere"),
        ("figures --store empty", "There is no store at empty"),
        ("figures --store junk.txt", "There is no store at junk.txt"),
        ("figures --store store --indicator ZZ-99", "There is no indicator ZZ-99"),
        ("figures --store store --indicator FD-02 --by shoe", "--by shoe is no breakdown"),
        ("figures --store store --indicator FD-02 --by team --by team", "--by team is given twice"),
        ("figures --store store --from 2017-13-01", "--from '2017-13-01' is not a date"),
        ("figures --store store --from 2017-12-02 --to 2017-12-01", "is after the last day"),
        ("figures --store store --indicator FD-02 --from 1990-01-01", "lies outside the bank holidays held"),
        ("figures --store store --every programme_quarter", "programme_starts_on"),
        ("rows ZZ-99 --store store --period 2017-12", "There is no indicator ZZ-99"),
        ("rows ZZ-99 --store store --period 2019-12", "There is no indicator ZZ-99"),
        ("rows FD-02 --store store --period 2017-13", "--period '2017-13-01' is not a date"),
        ("rows FD-02 --store store --period December", "is neither YYYY-MM nor"),
        ("rows FD-02 --store store --period 2017-12-31..2017-12-01", "ends before it begins"),
        ("rows FD-02 --store empty --period 2017-12", "There is no store at empty"),
        ("rows FD-02 --store store --period 1990-01", "lies outside the bank holidays held"),
        ("figures --store bare", "Nothing is loaded in bare: run `goldenthread load` first."),
        ("figures --store unknown", "there is no parameter 'cp_visits'; check its spelling"),
        ("figures --store typed", "must be of the same kind as its default 10, not 'ten'"),
        ("figures --store basis", "timeliness_basis of AS-02 is completed or due, not 'soon'"),
        ("figures --store torn", "settings.toml cannot be read as TOML"),
        ("check --store empty", "There is no store at empty"),
        ("check --store store --rule zzz", "There is no rule zzz"),
        ("check", "Say which store"),
        ("due --store store --on today", "--on 'today' is not a date"),
        ("due --store store --item zzz", "There is no item zzz"),
        ("due --store store --on 2050-01-01", "lies outside the bank holidays held"),
        ("scorecard --store store --on 2017-12-31 -o nowhere/x.html", "There is no folder nowhere"),
        ("scorecard --store store --on 2017-12-31 -o empty", "empty is a folder"),
        ("scorecard --store store --on 2017-12-31 --compare England --compare Mars", "--compare Mars"),
        ("scorecard --store store --on 1990-01-01", "lies outside the bank holidays held"),
        ("publish ../elsewhere --store store --on 2017-12-31", "cannot be the name of a publication"),
        ("publish Board --store store --on 2017-12-31", "published already"),
        ("publish Next --store store --on 2017-12-31 --by team --by team", "--by team is given twice"),
        ("restated Nothing --store store", "There is no publication 'Nothing'"),
        ("standard zzz", "There is no table zzz"),
        ("standard --templates junk.txt", "No templates can be written to junk.txt"),
        ("standard --templates in", "is there already"),
        ("indicators ZZ-99", "There is no indicator ZZ-99"),
        ("synth junk.txt --children 5", "Nothing can be written to junk.txt"),
        ("synth made --children 0", "an authority has at least one"),
        ("synth made --authority ../x", "is no code"),
        ("synth made --as-at 2050-01-01", "lies outside the bank holidays held"),
        ("load nowhere --as-at 2017-12-31 --store store", "There is no file or folder nowhere"),
        ("load junk.txt --as-at 2017-12-31 --store store", "not an extract that can be read"),
        ("load entity.xml --as-at 2017-12-31 --store store", "entity.xml"),
        ("load in --as-at 31/12/2017 --store store", "is not a date"),
        ("load in --store store", "as-at date"),
        ("load in --as-at 2017-12-31 --store store --authority 123", "of authority 999, not 123"),
        ("load fewer --as-at 2017-12-31 --store store", "over 30% fewer"),
        ("load in --as-at 2017-12-31 --store junk.txt", "cannot be the folder of a store"),
        ("load in --as-at 2017-12-31 --store store --mapping nowhere.json", "cannot be read as JSON"),
        ("load in --as-at 2017-12-31 --store store --mapping broken.json", "cannot be read as JSON"),
        ("load in --as-at 2017-12-31 --store store --mapping numbers.json", "is no list of lines"),
    ],
)
def test_refused(place: Path, monkeypatch: pytest.MonkeyPatch, command: str, why: str) -> None:
    monkeypatch.chdir(place)
    before = content(place)
    result = run(command)
    assert result.exit_code == 2, result.output
    assert why in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""
    assert content(place) == before


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        ("figures --store store --indicator FD-02 --from 2018-01-01", 1),
        ("rows FD-02 --store store --period 2018-01", 1),
        ("rows FD-02 --store store --period 2017-12 --team Nobody", 1),
        ("rows GOV-01 --store store --period 2017-12", 1),
        ("rows FD-02 --store store --period 2017-12", 4),
    ],
)
def test_nothing_to_show_is_no_refusal(
    place: Path, monkeypatch: pytest.MonkeyPatch, command: str, lines: int
) -> None:
    monkeypatch.chdir(place)
    result = run(f"{command} --format csv")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, lines), result.output


@pytest.mark.parametrize(
    "asked",
    [
        "synth {long}",
        "standard --templates {long}",
        "load {long} --as-at 2017-12-31 --store {store}",
        "load {in} --as-at 2017-12-31 --store {long}",
        "check --store {long}",
        "figures --store {store} --records {long}",
        "scorecard --store {store} --on 2017-12-31 -o {long}",
        "bench -o {long}",
        "lint {long}",
    ],
)
def test_a_name_that_is_too_long_for_the_machine_is_refused_in_one_sentence(place: Path, asked: str) -> None:
    names = {"long": place / ("a" * 300), "store": place / "store", "in": place / "in"}
    result = CliRunner().invoke(app, shlex.split(asked.format(**names)))
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1 and "name too long" in result.stderr
