"""The store: a load comes in whole or not at all, once, and nothing else is ever seen."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from goldenthread import store_writing
from goldenthread.figures.work_out import figures
from goldenthread.ingest import local_extracts
from goldenthread.ingest.extract import Finding, Refused, Severity
from goldenthread.loading import load
from goldenthread.periods import Period
from goldenthread.settings import Settings
from goldenthread.standard.schema import standard_tables
from goldenthread.store import Store
from tests.deliveries import AS_AT, a_folder, csv_of

CENSUS = """<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2017</Year>
<ReferenceDate>2017-03-31</ReferenceDate></CollectionDetails>
<Source><SourceLevel>L</SourceLevel><LEA>211</LEA></Source></Header>
<Children><Child><ChildIdentifiers><LAchildID>C1</LAchildID><PersonBirthDate>2010-05-01</PersonBirthDate>
<GenderCurrent>1</GenderCurrent></ChildIdentifiers></Child></Children></Message>
"""
VISITS = "visit_id,child_id,kind,visited_at"


def some_visits(folder: Path, count: int = 10, **more: str | bytes) -> Path:
    """A folder with that many visits."""
    return a_folder(folder, visits=csv_of(VISITS, "v{n},C1,cp,2017-06-01", count), **more)


def contents(folder: Path) -> dict[str, str]:
    """Every file under a folder with its hash, hidden ones included."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def visible(folder: Path) -> dict[str, str]:
    """What a reader of the store looks at."""
    return {name: digest for name, digest in contents(folder).items() if not name.startswith(".")}


# --- what a load is


def test_a_load_holds_every_standard_table_also_those_not_supplied(tmp_path: Path) -> None:
    [one] = load([some_visits(tmp_path / "in")], as_at_on=AS_AT, store=tmp_path / "store", authority="211")
    for name, table in standard_tables().items():
        path = one.table_path(name)
        assert path is not None and pq.read_schema(path).equals(table.arrow), name
    assert (one.rows("visits"), one.rows("children")) == (10, 0)
    assert set(one.supply) == {"visits"}
    assert (one.authority, one.as_at_on, len(one.hash)) == ("211", AS_AT, 64)
    assert one.table_path("no_such_table") is None
    assert one.table_path("load_rows") == one.lines_path
    assert one.table_path("dq_findings") == one.findings_path
    assert one.table_path("set_aside_visits") is None


def test_a_load_says_what_was_delivered_and_found(tmp_path: Path) -> None:
    folder = some_visits(tmp_path / "in", 2, children="child_id,sex\nC1,x\n,M")
    [one] = load([folder], as_at_on=AS_AT, store=tmp_path / "store")
    files = {file["name"]: file for file in one.manifest["files"]}
    assert files["visits.csv"]["sha256"] == hashlib.sha256((folder / "visits.csv").read_bytes()).hexdigest()
    assert (files["children.csv"]["rows"], files["children.csv"]["status"]) == (2, "read")
    assert one.manifest["findings"]["error"] == 2
    assert one.findings()["rule"].to_pylist().count("R05") == 2
    assert pq.read_table(one.lines_path)["status"].to_pylist().count("quarantined") == 1
    assert pq.read_table(one.set_aside_path("children"))["from_row"].to_pylist() == [3]
    assert one.set_aside_path("visits") is None


def test_supply_comes_back_as_it_was(tmp_path: Path) -> None:
    [one] = load([some_visits(tmp_path / "in")], as_at_on=AS_AT, store=tmp_path / "store")
    supply = Store.open(tmp_path / "store").loads()[0].supply["visits"]
    assert supply == one.supply["visits"]
    assert supply.columns == {"visit_id", "child_id", "kind", "visited_at"}
    assert (supply.kinds, supply.starts_on, supply.rows) == ({"cp"}, date(2017, 6, 1), 10)
    assert supply.filled_by["kind"] == supply.by_source["local_extracts"].source == "local_extracts"


def test_the_rules_passed_in_look_at_the_snapshot_and_their_findings_are_kept(tmp_path: Path) -> None:
    def check(snapshot):
        rows = snapshot.tables["visits"].num_rows
        return [
            Finding(rule="V99", severity=Severity.WARNING, message=f"{rows} visits", source="rules", file="")
        ]

    [one] = load([some_visits(tmp_path / "in")], as_at_on=AS_AT, store=tmp_path / "store", check=check)
    assert ("V99", "10 visits") in zip(
        *(one.findings()[c].to_pylist() for c in ("rule", "message")), strict=True
    )


# --- which load serves


def test_loads_are_in_force_by_as_at_date_and_a_later_delivery_replaces(tmp_path: Path) -> None:
    store = tmp_path / "store"
    days = [date(2017, 6, 30), date(2017, 12, 31), date(2017, 9, 30)]
    for number, day in enumerate(days):
        load([some_visits(tmp_path / str(number), 10 + number)], as_at_on=day, store=store)
    [again] = load([some_visits(tmp_path / "again", 20)], as_at_on=date(2017, 12, 31), store=store)
    opened = Store.open(store)
    assert [held.as_at_on for held in opened.loads()] == sorted(days, reverse=True)
    assert opened.current() == again and again.rows("visits") == 20
    assert len(list((store / "loads").iterdir())) == 4, "the delivery that was replaced is kept"
    assert opened.serving(date(2017, 9, 30)).as_at_on == date(2017, 9, 30)
    assert opened.serving(date(2017, 9, 29)).as_at_on == date(2017, 12, 31), (
        "the latest whose history allows it"
    )
    assert opened.serving(date(2018, 1, 1)) is None


def test_there_is_no_store_before_the_first_load(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no store"):
        Store.open(tmp_path / "store")


def test_settings_name_the_authority_and_keep_what_else_they_hold(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "settings.toml").write_text("mine = 1\n\n[parameters]\nassessment_limit_wd = 35\n")
    load([some_visits(tmp_path / "in")], as_at_on=AS_AT, store=store, authority="211")
    text = (store / "settings.toml").read_text()
    assert text.startswith("mine = 1\n\n[parameters]\nassessment_limit_wd = 35\n")
    assert Store.open(store).authority_in_settings() == "211"


@pytest.mark.parametrize("before", ["", '[authority]\ncode = ""\nname = "x"\n', '[authority]\nname = "x"\n'])
def test_an_authority_that_is_not_yet_named_is_named_once_it_is_known(tmp_path: Path, before: str) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "settings.toml").write_text(before)
    load([some_visits(tmp_path / "in")], as_at_on=AS_AT, store=store, authority="211")
    assert Store.open(store).authority_in_settings() == "211"
    assert ('name = "x"' in (store / "settings.toml").read_text()) == bool(before)


# --- once


def test_the_same_files_are_loaded_once_whatever_their_order(tmp_path: Path) -> None:
    store, folder = tmp_path / "store", some_visits(tmp_path / "in", children="child_id\nC1")
    [first] = load([folder], as_at_on=AS_AT, store=store)
    before = contents(store)
    files = [folder / "visits.csv", folder / "children.csv"]
    for paths in (files, files[::-1]):
        [second] = load(paths, as_at_on=AS_AT, store=store)
        assert (second.hash, second.was_loaded_already) == (first.hash, True)
    assert not first.was_loaded_already
    assert contents(store) == before


def test_another_day_option_or_content_is_another_load(tmp_path: Path) -> None:
    folder, other = some_visits(tmp_path / "in"), some_visits(tmp_path / "other", 11)
    hashes = {
        load([folder], as_at_on=AS_AT, store=tmp_path / "1")[0].hash,
        load([folder], as_at_on=date(2017, 12, 30), store=tmp_path / "2")[0].hash,
        load([folder], as_at_on=AS_AT, store=tmp_path / "3", duplicate_policy="keep_last")[0].hash,
        load([other], as_at_on=AS_AT, store=tmp_path / "4")[0].hash,
    }
    assert len(hashes) == 4


def test_a_delivery_that_was_replaced_can_be_made_current_again(tmp_path: Path) -> None:
    store, one, two = tmp_path / "store", some_visits(tmp_path / "1", 10), some_visits(tmp_path / "2", 11)
    rows = [load([folder], as_at_on=AS_AT, store=store)[0].rows("visits") for folder in (one, two, one)]
    assert rows == [10, 11, 10]
    assert Store.open(store).current().rows("visits") == 10
    assert len(list((store / "loads").iterdir())) == 2


# --- all or nothing


def refused(store: Path, paths: list[Path], says: str, **more) -> None:
    """The load is refused with that sentence and the store is exactly as it was."""
    before = contents(store) if store.exists() else None
    with pytest.raises(Refused, match=says):
        load(paths, **{"as_at_on": AS_AT, "store": store} | more)
    assert (contents(store) if store.exists() else None) == before


def test_over_30_percent_fewer_rows_are_refused_unless_accepted(tmp_path: Path) -> None:
    store = tmp_path / "store"
    load([some_visits(tmp_path / "before", 100)], as_at_on=date(2017, 11, 30), store=store)
    fewer = some_visits(tmp_path / "fewer", 69)
    refused(store, [fewer], "visits of local extracts has 69 rows; the load as at 2017-11-30 had 100")
    load([some_visits(tmp_path / "just", 70)], as_at_on=date(2017, 12, 30), store=store)
    [one] = load([some_visits(tmp_path / "few", 48)], as_at_on=AS_AT, store=store, accept_fewer=True)
    assert "fewer_rows" in one.findings()["rule"].to_pylist()


def test_an_earlier_day_is_compared_with_what_came_before_it(tmp_path: Path) -> None:
    store = tmp_path / "store"
    load([some_visits(tmp_path / "late", 100)], as_at_on=AS_AT, store=store)
    load([some_visits(tmp_path / "early", 10)], as_at_on=date(2016, 12, 31), store=store)
    assert [held.rows("visits") for held in Store.open(store).loads()] == [100, 10]


def test_a_file_that_no_longer_comes_is_a_warning(tmp_path: Path) -> None:
    store = tmp_path / "store"
    load([some_visits(tmp_path / "1", children="child_id\nC1")], as_at_on=date(2017, 11, 30), store=store)
    [one] = load([some_visits(tmp_path / "2")], as_at_on=AS_AT, store=store)
    [finding] = [f for f in one.findings().to_pylist() if f["rule"] == "fewer_rows"]
    assert finding["message"] == "children.csv is not in this load; the load as at 2017-11-30 had 1 rows."


def test_another_authority_is_refused(tmp_path: Path) -> None:
    store, folder = tmp_path / "store", some_visits(tmp_path / "in")
    load([folder], as_at_on=AS_AT, store=store, authority="211")
    refused(store, [folder], "is of authority 211, not 357", authority="357")
    other = a_folder(tmp_path / "other", {"as_at_on": "2017-12-31", "la_code": "357"}, visits=f"{VISITS}\n")
    refused(store, [other], "authority 357, and 211 was expected")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("notes.txt", b"hello", "not an extract"),
        ("notes.csv", b"a,b\n1,2\n", "not an extract"),
        ("book.xlsm", b"PK\x03\x04", "macro workbook"),
        ("return.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><Message/>", "DOCTYPE"),
        ("return.xml", b"<Message><Header/></Message>", "not an extract"),
        ("return.xml", b"<Message>", "not an extract|not well-formed"),
        ("visits.csv", b"visit_id\nv1\n", "lacks the required column"),
        ("visits.csv", "visit_id,child_id,kind,visited_at\n".encode("utf-16"), "not in UTF-8"),
        ("all.zip", b"hello", "not a ZIP"),
    ],
)
def test_what_is_no_extract_is_refused_and_leaves_no_store_behind(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    refused(tmp_path / "new" / "store", [path], says)
    assert not (tmp_path / "new").exists()


def test_a_file_of_another_council_than_its_reader_was_told_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, read = some_visits(tmp_path / "in"), local_extracts.read

    def of_another(paths, **told):
        return replace(read(paths, **told), authority="357")

    monkeypatch.setattr(local_extracts, "read", of_another)
    says = "visits.csv: of authority 357, and 211 was expected: check which council's files these are"
    refused(tmp_path / "store", [folder], says, authority="211")


def test_a_path_that_does_not_exist_or_no_as_at_date_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "store", [tmp_path / "nothing"], "There is no file or folder")
    refused(tmp_path / "store", [some_visits(tmp_path / "in")], "no as-at date", as_at_on=None)


def test_a_failure_while_writing_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    load([some_visits(tmp_path / "1")], as_at_on=date(2017, 11, 30), store=store)

    def no_room(path: Path, text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store_writing, "_replace_file", no_room)
    refused(store, [some_visits(tmp_path / "2")], "No space left on device")


def test_the_first_load_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(path: Path, text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store_writing, "_replace_file", no_room)
    refused(tmp_path / "store", [some_visits(tmp_path / "in")], "No space left on device")
    assert not (tmp_path / "store").exists()


def test_a_load_that_is_stopped_while_it_is_written_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = tmp_path / "store"
    load([some_visits(tmp_path / "1")], as_at_on=date(2017, 11, 30), store=store)
    before = contents(store)

    def stop(stage: str, done: int, total: int) -> None:
        if stage.startswith("writing"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load([some_visits(tmp_path / "2")], as_at_on=AS_AT, store=store, progress=stop)
    assert contents(store) == before


def test_a_load_that_is_stopped_once_it_is_known_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, replace_file = tmp_path / "store", store_writing._replace_file

    def stop_after(path: Path, text: str) -> None:
        replace_file(path, text)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(store_writing, "_replace_file", stop_after)
        load([some_visits(tmp_path / "in")], as_at_on=AS_AT, store=store)
    current = Store.open(store).current()
    assert current is not None and current.rows("visits") == 10
    assert current.findings().num_rows == 0


@pytest.mark.parametrize("step", ["os.open", "fcntl.flock"])
def test_a_store_that_a_refused_load_removes_meanwhile_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    store, gone = tmp_path / "store", []
    original = getattr(store_writing, step.split(".")[0]).__dict__[step.split(".")[1]]

    def removed_first(*arguments: object) -> object:
        if not gone:
            gone.append(store.rmdir())
        return original(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(f"goldenthread.store_writing.{step}", removed_first)
        with store_writing.locked(store) as held:
            assert gone and held.path.is_dir()


def test_a_parameter_is_set_and_the_rest_of_the_settings_stays(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("# ours\n[parameters]\ncp_visit_interval_wd = 10 # agreed in May\n")
    store_writing.write_parameter(tmp_path, "parameters", "icpc_limit_wd", 14)
    store_writing.write_parameter(tmp_path, "timeliness_basis", "AS-02", "due")
    text = settings.read_text()
    assert text.startswith("# ours\n[parameters]\ncp_visit_interval_wd = 10 # agreed in May\n")
    read = Settings.read(settings)
    assert read.parameters == {"cp_visit_interval_wd": 10, "icpc_limit_wd": 14}
    assert read.timeliness_basis == {"AS-02": "due"}


def test_a_parameter_is_set_where_there_are_no_settings_yet(tmp_path: Path) -> None:
    store_writing.write_parameter(tmp_path, "parameters", "icpc_limit_wd", 14)
    assert Settings.read(tmp_path / "settings.toml").parameters == {"icpc_limit_wd": 14}


def test_what_is_no_plain_data_is_never_written_as_something_else(tmp_path: Path) -> None:
    store_writing._write_json(tmp_path / "a.json", {"day": AS_AT, "kinds": {"b", "a"}})
    assert json.loads((tmp_path / "a.json").read_text()) == {"day": "2017-12-31", "kinds": ["a", "b"]}
    with pytest.raises(TypeError, match=r"Path has no place in b\.json|PosixPath has no place in b\.json"):
        store_writing._write_json(tmp_path / "b.json", {"path": tmp_path})


def test_without_a_load_there_is_no_figure(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("")
    month = Period(date(2017, 12, 1), AS_AT, AS_AT)
    with pytest.raises(LookupError, match="nothing is loaded"):
        next(figures(Store.open(tmp_path), [month], Settings()))


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from goldenthread import store_writing
from goldenthread.loading import load

step, count = sys.argv[1], 0
def then_die(name, original):
    def wrapped(*args, **more):
        global count
        count += 1
        if name == step.split(":")[0] and count >= int(step.split(":")[1]):
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args, **more)
    return wrapped
for name in ("_write_parquet", "_verify", "_publish", "_replace_file"):
    if name == step.split(":")[0]:
        setattr(store_writing, name, then_die(name, getattr(store_writing, name)))
if step.startswith("rename"):
    os.rename = then_die("rename", os.rename)
load([Path(sys.argv[2])], as_at_on=date(2017, 12, 31), store=Path(sys.argv[3]))
"""


@pytest.mark.parametrize(
    "step",
    ["_write_parquet:1", "_write_parquet:20", "_verify:1", "_publish:1", "rename:1", "_replace_file:1"],
)
def test_a_load_killed_at_any_step_leaves_no_trace_that_anyone_sees(tmp_path: Path, step: str) -> None:
    store, coming = tmp_path / "store", some_visits(tmp_path / "2", 12)
    [first] = load([some_visits(tmp_path / "1", 10)], as_at_on=date(2017, 11, 30), store=store)
    before = visible(store)
    run = subprocess.run([sys.executable, "-c", KILLED, step, str(coming), str(store)], check=False)
    assert run.returncode == -signal.SIGKILL
    opened = Store.open(store)
    assert opened.loads() == [first]
    assert {name: digest for name, digest in visible(store).items() if name in before} == before
    [second] = load([coming], as_at_on=AS_AT, store=store)
    assert second.rows("visits") == 12
    assert not [name for name in os.listdir(store) if name.startswith(".")], "what was left is swept"
    assert len(list((store / "loads").iterdir())) == 2


def test_two_loads_at_once_are_refused(tmp_path: Path) -> None:
    store = tmp_path / "store"
    load([some_visits(tmp_path / "1")], as_at_on=date(2017, 11, 30), store=store)
    waiting = "import sys, time; from pathlib import Path; from goldenthread.store_writing import locked\n"
    waiting += "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    other = subprocess.Popen([sys.executable, "-c", waiting, str(store)], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout and other.stdout.readline() == "held\n"
        refused(store, [some_visits(tmp_path / "2")], "Another load into .* is running")
    finally:
        other.kill()
        other.communicate()
    load([some_visits(tmp_path / "2")], as_at_on=AS_AT, store=store)  # the lock dies with its holder


def test_the_manifest_of_a_load_is_plain_json(tmp_path: Path) -> None:
    [one] = load([some_visits(tmp_path / "in")], as_at_on=AS_AT, store=tmp_path / "store")
    manifest = json.loads((one.folder / "manifest.json").read_text())
    assert {"hash", "as_at_on", "authority", "code_version", "files", "supply", "rows", "findings"} <= set(
        manifest
    )
    assert manifest["rows"]["visits"] == 10


def test_progress_tells_each_stage(tmp_path: Path) -> None:
    told: list[str] = []
    load(
        [some_visits(tmp_path / "in")],
        as_at_on=AS_AT,
        store=tmp_path / "store",
        progress=lambda stage, done, total: told.append(stage),
    )
    assert told == ["reading local extracts", "combining", "checking", "writing 2017-12-31"]


def test_a_load_that_drops_a_source_of_that_day_says_so(tmp_path: Path) -> None:
    store = tmp_path / "store"
    census = tmp_path / "cin.xml"
    census.write_text(CENSUS)
    folder = some_visits(tmp_path / "in")
    [both] = load([folder, census], as_at_on=date(2017, 3, 31), store=store)
    assert both.sources == ("local_extracts", "cin_census")
    [one] = load([folder], as_at_on=date(2017, 3, 31), store=store)
    [finding] = [f for f in one.findings().to_pylist() if f["rule"] == "fewer_rows" and f["table"] is None]
    assert finding["source"] == "cin_census" and "load the files together" in finding["message"]


@pytest.mark.parametrize(
    ("settings", "says"),
    [("authority = [", "cannot be read as TOML"), ('authority = "211"', "write \\[authority\\]")],
)
def test_settings_that_cannot_be_read_refuse_the_load(tmp_path: Path, settings: str, says: str) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "settings.toml").write_text(settings)
    refused(store, [some_visits(tmp_path / "in")], says)


def test_a_store_cannot_be_a_file_nor_lie_in_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for store in (tmp_path / "file", tmp_path / "file" / "store"):
        with pytest.raises(Refused, match="cannot be the folder of a store"):
            load([some_visits(tmp_path / "in")], as_at_on=AS_AT, store=store)


def test_a_table_that_does_not_read_back_whole_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, write = tmp_path / "store", store_writing._write_parquet
    monkeypatch.setattr(store_writing, "_write_parquet", lambda path, rows: write(path, rows.slice(1)))
    refused(store, [some_visits(tmp_path / "in")], "holds 9 rows, not 10")
    assert not store.exists()


def test_files_of_two_councils_are_refused_also_where_their_days_differ(tmp_path: Path) -> None:
    census = tmp_path / "cin.xml"
    census.write_text(CENSUS)
    folder = some_visits(tmp_path / "in")
    (folder / "manifest.json").write_text('{"as_at_on": "2017-12-31", "la_code": "357"}')
    refused(tmp_path / "store", [folder, census], "different authorities \\(211, 357\\)")


def test_a_census_and_extracts_of_other_days_become_loads_of_their_own_at_once(tmp_path: Path) -> None:
    census = tmp_path / "cin.xml"
    census.write_text(CENSUS)
    loads = load([some_visits(tmp_path / "in"), census], as_at_on=AS_AT, store=tmp_path / "store")
    assert [(held.as_at_on, held.sources, held.authority) for held in loads] == [
        (date(2017, 3, 31), ("cin_census",), "211"),
        (AS_AT, ("local_extracts",), "211"),
    ]
    store = Store.open(tmp_path / "store")
    assert store.serving(date(2017, 3, 30)).as_at_on == AS_AT, "a census has no history to answer from"
    assert store.serving(date(2017, 3, 31)).sources == ("cin_census",)
    assert store.authority() == "211"


def test_the_mapping_report_is_kept_with_the_load(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "in", children="child_id,born_on\nC1,2010-05")
    [one] = load([folder], as_at_on=AS_AT, store=tmp_path / "store")
    assert [(entry["column"], entry["precision"]) for entry in one.mapping()] == [("born_on", "month")]


def test_another_mapping_is_another_load(tmp_path: Path) -> None:
    folder, stores = some_visits(tmp_path / "in"), [tmp_path / "1", tmp_path / "2"]
    hashes = [
        load([folder], as_at_on=AS_AT, store=store, mapping=mapping)[0].hash
        for store, mapping in zip(stores, ({"List 1": {}}, {"List 1": {"Sex": "Gender"}}), strict=True)
    ]
    assert hashes[0] != hashes[1]


def test_a_table_that_was_empty_is_not_missed(tmp_path: Path) -> None:
    store = tmp_path / "store"
    load([some_visits(tmp_path / "1", children="child_id")], as_at_on=date(2017, 11, 30), store=store)
    [one] = load([some_visits(tmp_path / "2")], as_at_on=AS_AT, store=store)
    assert "fewer_rows" not in one.findings()["rule"].to_pylist()


def test_a_file_that_may_not_be_opened_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = some_visits(tmp_path / "in")

    def denied(file: object) -> None:
        raise PermissionError(13, "Permission denied", "visits.csv")

    monkeypatch.setattr("goldenthread.ingest.local_extracts.inspect", denied)
    with pytest.raises(Refused, match="visits.csv cannot be read: Permission denied"):
        load([folder], as_at_on=AS_AT, store=tmp_path / "store")
