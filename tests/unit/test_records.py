"""Records: what people wrote in the service stands beside every load, of one council and in form."""

import csv
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from goldenthread.cli import app
from goldenthread.figures.listing import NotComputable, rows
from goldenthread.figures.publication import read
from goldenthread.figures.work_out import figures
from goldenthread.ingest.extract import Refused
from goldenthread.loading import load
from goldenthread.periods import Period
from goldenthread.records import INSTEAD_OF_EXTRACTS, Records, may_be_recorded, with_records
from goldenthread.records_writing import write_records
from goldenthread.settings import Settings
from goldenthread.standard import recorded_tables
from goldenthread.store import Store
from tests.deliveries import AS_AT, a_folder

ONE = {"audit_id": "a1", "kind": "case_audit", "scheduled_on": date(2017, 12, 4)}
DECEMBER = Period(date(2017, 12, 1), date(2017, 12, 31), date(2017, 12, 31))
SESSIONS = "supervision_id,worker_id,held_on,kind\ns1,w1,2017-12-04,one_to_one\ns2,w1,2017-12-20,one_to_one"


def an_audit(**more: object) -> dict[str, object]:
    return {**ONE, **more}


def written(folder: Path, *audits: Mapping[str, object], authority: str = "211") -> Path:
    """A folder of records with these case audits."""
    write_records(folder, "audits", audits, authority=authority)
    return folder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two loads: with supervision at the end of November, without it at the end of December."""
    folder = tmp_path_factory.mktemp("records")
    children = "child_id,born_on\nC1,2010-05"
    earlier = a_folder(folder / "one", children=children, supervisions=SESSIONS.replace("2017-12", "2017-11"))
    load([earlier], as_at_on=date(2017, 11, 30), store=folder / "store", authority="211")
    load(
        [a_folder(folder / "two", children=children)], as_at_on=AS_AT, store=folder / "store", authority="211"
    )
    return Store.open(folder / "store")


def worked_out(loads, ref: str, period: Period = DECEMBER):
    """The lines of one indicator, by part."""
    return {line.part: line for line in figures(loads, [period], Settings(), refs=[ref])}


# --- what stands beside a load


def test_with_records_an_indicator_of_practice_is_worked_out_and_listed(store: Store, tmp_path: Path) -> None:
    done, open_still = (
        an_audit(completed_on=date(2017, 12, 5)),
        an_audit(audit_id="a2", due_on=date(2017, 12, 8)),
    )
    loads = with_records(store, written(tmp_path, done, open_still))
    line = worked_out(loads, "QA-01")[""]
    assert (line.numerator, line.denominator, str(line.value), line.status) == (1, 2, "50.0", "final")
    listed = [row for row in rows(loads, DECEMBER, Settings(), "QA-01") if row.part == ""]
    assert [(row.key, row.in_numerator, row.reason) for row in listed] == [
        ("a1", True, "Completed."),
        ("a2", False, "Not completed, and overdue."),
    ]


def test_without_records_nothing_changes(store: Store, tmp_path: Path) -> None:
    note = "not computable: needs audits (audit_id, kind, due_on, completed_on, scheduled_on)"
    assert worked_out(store, "QA-01")[""].note == note
    write_records(tmp_path, "meetings", [], authority="211")
    beside = with_records(store, tmp_path)
    assert worked_out(beside, "QA-01")[""].note == note
    with pytest.raises(NotComputable, match="needs audits"):
        list(rows(beside, DECEMBER, Settings(), "QA-01"))


def test_a_table_without_rows_says_that_there_is_none(store: Store, tmp_path: Path) -> None:
    loads = with_records(store, written(tmp_path))
    assert worked_out(loads, "QA-01")[""].status == "no_cases"


def test_each_load_reads_the_records_as_they_stood_at_its_as_at_date(store: Store, tmp_path: Path) -> None:
    folder = tmp_path
    write_records(
        folder,
        "risks",
        [
            {"risk_id": "r1", "opened_on": date(2017, 11, 30), "closed_on": date(2017, 12, 1)},
            {"risk_id": "r2", "opened_on": date(2017, 12, 1)},
            {"risk_id": "r3", "opened_on": date(2017, 12, 1)},
        ],
        authority="211",
    )
    loads = with_records(store, folder)
    november = Period(date(2017, 11, 1), date(2017, 11, 30), date(2017, 11, 30))
    found = [
        line.value
        for line in figures(loads, [november, DECEMBER], Settings(), refs=["GOV-06"])
        if not line.part
    ]
    assert found == [1, 2]


def test_what_a_load_was_not_given_is_read_from_the_records(store: Store, tmp_path: Path) -> None:
    """Supervision was delivered with the earlier load: there the extract counts."""
    folder = tmp_path
    kept = {"worker_id": "w1", "kind": "one_to_one"}
    write_records(
        folder,
        "supervisions",
        [{**kept, "supervision_id": f"k{n}", "held_on": date(2017, 12, n)} for n in (1, 2, 3)],
        authority="211",
    )
    loads = with_records(store, folder)
    now, then = loads.current(), loads.serving(date(2017, 11, 30))
    assert now is not None and then is not None
    of_now, of_then = now.table_path("supervisions"), then.table_path("supervisions")
    assert of_now is not None and of_now.parent == folder and pq.read_metadata(of_now).num_rows == 3
    assert of_then is not None and of_then.parent != folder and pq.read_metadata(of_then).num_rows == 2
    assert now.supply["supervisions"].sources == ("recorded",)
    assert now.supply["supervisions"].starts_on == date(2017, 12, 1)
    assert then.supply["supervisions"].sources == ("local_extracts",)
    assert (now.as_at_on, now.authority, now.load) == (AS_AT, "211", store.current())


def test_supervision_kept_in_the_service_is_counted_like_that_of_an_extract(tmp_path: Path) -> None:
    posts = """post_id,worker_id,team,role,is_social_worker,employment,fte,is_established,started_on,ended_on
    p1,w1,North,social_worker,true,permanent,1,true,2015-01-01,"""
    allocations = """allocation_id,child_id,worker_id,team,role,started_on,ended_on
    A1,C1,w1,North,social_worker,2017-01-01,"""
    folder = a_folder(tmp_path / "in", children="child_id\nC1", posts=posts, allocations=allocations)
    load([folder], as_at_on=AS_AT, store=tmp_path / "store", authority="211")
    session = {"supervision_id": "s1", "worker_id": "w1", "held_on": date(2017, 12, 20), "kind": "one_to_one"}
    write_records(tmp_path / "kept", "supervisions", [session], authority="211")
    line = worked_out(with_records(Store.open(tmp_path / "store"), tmp_path / "kept"), "SO-02")[""]
    assert (line.numerator, line.denominator) == (1, 1)
    assert worked_out(Store.open(tmp_path / "store"), "SO-02")[""].status == "not_computable"


def test_what_a_folder_of_records_may_hold() -> None:
    assert set(may_be_recorded()) == {*recorded_tables(), *INSTEAD_OF_EXTRACTS}


def test_the_same_records_have_the_same_digest(tmp_path: Path) -> None:
    two = an_audit(audit_id="a2")
    one = Records.open(written(tmp_path / "one", ONE, two)).digest
    assert Records.open(written(tmp_path / "two", two, ONE)).digest == one
    assert Records.open(written(tmp_path / "three", ONE)).digest != one


# --- what is refused


def test_a_folder_that_holds_no_records_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no folder of records at"):
        with_records(store, tmp_path / "nowhere")
    (tmp_path / "audits.parquet").write_text("no Parquet")
    with pytest.raises(Refused, match="cannot be read as Parquet"):
        with_records(store, tmp_path)
    pq.write_table(pa.table({"audit_id": ["a1"]}), tmp_path / "audits.parquet")
    with pytest.raises(Refused, match="has not the columns of the table audits"):
        with_records(store, tmp_path)
    (tmp_path / "audits.parquet").rename(tmp_path / "visits.parquet")
    with pytest.raises(Refused, match="there is none of the name visits"):
        with_records(store, tmp_path)


def test_records_of_another_council_are_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="are of 999, the loads of 211: take those of one council"):
        with_records(store, written(tmp_path, ONE, authority="999"))


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (an_audit(colour="red"), "audits has no column colour"),
        (an_audit(kind="chat"), "audits.kind: 'chat' is none of case_audit, observation, case_review"),
        (an_audit(kind=None), "audits.kind is blank in a row that needs it"),
        (an_audit(audit_id=""), "audits.audit_id is blank in a row that needs it"),
        (an_audit(due_on="2017-12-04"), "audits.due_on: '2017-12-04' is no date"),
        (an_audit(due_on=datetime(2017, 12, 4)), "is no date"),
        (an_audit(audit_id=7), "audits.audit_id: 7 is no text"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_and_nothing_is_written(
    tmp_path: Path, row: dict[str, object], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        write_records(tmp_path, "audits", [ONE, row], authority="211")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("table", "row", "why"),
    [
        ("audit_items", {"tags": "analysis"}, "audit_items.tags: 'analysis' is no code_list"),
        ("audit_items", {"tags": ["hope"]}, "audit_items.tags: 'hope' is none of"),
        ("risks", {"likelihood": True}, "risks.likelihood: True is no integer"),
        ("meetings", {"is_quorate": 1}, "meetings.is_quorate: 1 is no boolean"),
        ("ict_outages", {"planned_hours": 1.5}, "ict_outages.planned_hours: 1.5 is no decimal"),
        ("ict_outages", {"planned_hours": Decimal("NaN")}, "is no decimal"),
        ("ict_outages", {"started_at": "today"}, "ict_outages.started_at: 'today' is no datetime"),
        ("visits", {}, "There is no table of records of the name visits"),
    ],
)
def test_a_value_of_another_type_is_refused(
    tmp_path: Path, table: str, row: dict[str, object], why: str
) -> None:
    needed = {
        "audit_items": {"audit_id": "a1", "item": "q1", "standard": "seen"},
        "risks": {"risk_id": "r1", "opened_on": date(2017, 1, 1)},
        "meetings": {"meeting_id": "m1", "forum": "board", "scheduled_on": date(2017, 1, 1)},
        "ict_outages": {"outage_id": "o1", "started_at": date(2017, 1, 1)},
    }
    with pytest.raises(Refused, match=why):
        write_records(tmp_path, table, [{**needed.get(table, {}), **row}], authority="211")


def test_two_rows_of_one_key_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="audits has two rows of the key a1"):
        write_records(tmp_path, "audits", [ONE, ONE], authority="211")


# --- what is stored


def test_rows_are_stored_as_the_table_says(tmp_path: Path) -> None:
    item = {
        "audit_id": "a1",
        "item": "q1",
        "standard": "seen",
        "tags": ("smart_plan", "analysis"),
        "answer": "",
    }
    found = pq.read_table(write_records(tmp_path, "audit_items", [item], authority="211"))
    assert found.schema.equals(recorded_tables()["audit_items"].arrow)
    [row] = found.to_pylist()
    assert (row["tags"], row["answer"], row["authority"]) == (["analysis", "smart_plan"], None, "211")
    assert (row["from_source"], row["from_row"], row["from_file"]) == ("recorded", 1, None)


def test_moments_are_stored_as_londons_clock_shows_them(tmp_path: Path) -> None:
    moments = {
        "o1": datetime(2017, 7, 1, 9, 30, tzinfo=UTC),
        "o2": datetime(2017, 7, 1, 10, 30),
        "o3": date(2017, 7, 1),
    }
    out = [{"outage_id": name, "started_at": at, "planned_hours": 2} for name, at in moments.items()]
    found = pq.read_table(write_records(tmp_path, "ict_outages", out, authority="211")).to_pylist()
    assert [row["started_at"] for row in found] == [*[datetime(2017, 7, 1, 10, 30)] * 2, datetime(2017, 7, 1)]
    assert [row["started_at_is_timed"] for row in found] == [True, True, False]
    assert [row["started_at_utc"] for row in found] == [*[datetime(2017, 7, 1, 9, 30)] * 2, None]
    assert found[0]["planned_hours"] == Decimal(2)


# --- the command line


def run(store: Store, command: str, *more: str) -> Result:
    return CliRunner().invoke(app, [*command.split(), "--store", str(store.path), *more])


def test_the_command_line_reads_records_where_it_is_told(store: Store, tmp_path: Path) -> None:
    folder = written(tmp_path, an_audit(completed_on=date(2017, 12, 5)))
    asked = "figures --indicator QA-01 --from 2017-12-01 --format csv"
    [without] = list(csv.DictReader(io.StringIO(run(store, asked).stdout)))
    assert without["status"] == "not_computable"
    beside = list(csv.DictReader(io.StringIO(run(store, asked, "--records", str(folder)).stdout)))
    assert [(line["part"], line["value"]) for line in beside] == [("", "100.0"), ("on_time", "100.0")]
    listed = run(store, "rows QA-01 --period 2017-12 --format csv", "--records", str(folder))
    assert [line["key"] for line in csv.DictReader(io.StringIO(listed.stdout))] == ["a1", "a1"]
    card = run(store, "scorecard --on 2017-12-31 --format csv", "--records", str(folder)).stdout
    assert [line["value"] for line in csv.DictReader(io.StringIO(card)) if line["ref"] == "QA-01"] == [
        "100.0%"
    ]


def test_a_publication_freezes_what_people_wrote_too(store: Store, tmp_path: Path) -> None:
    folder = written(tmp_path / "then", an_audit(completed_on=date(2017, 12, 5)))
    asked = ("--on", "2017-12-31", "--indicator", "QA-01")
    made = run(store, "publish Board", *asked, "--records", str(folder))
    assert made.exit_code == 0, made.stderr
    publication = read(store.path, "Board")
    assert publication.manifest["records"] == Records.open(folder).digest
    assert [line.value for line in publication.figures()] == [Decimal("100.0")] * 2
    same = run(store, "restated Board", "--records", str(folder))
    assert (same.exit_code, same.stderr.count("What people wrote")) == (0, 0)
    later = written(tmp_path / "now", an_audit(due_on=date(2017, 12, 6)))
    differs = run(store, "restated Board --format csv", "--records", str(later))
    assert differs.exit_code == 1 and "What people wrote is not what was published from" in differs.stderr
    assert run(store, "restated Board").exit_code == 1  # without them it is not computable
    run(store, "publish Plain", "--on", "2017-12-31", "--indicator", "FD-01")
    assert read(store.path, "Plain").manifest["records"] is None


def test_the_command_line_refuses_a_folder_that_is_none(store: Store, tmp_path: Path) -> None:
    publish = "publish X --on 2017-12-31"
    for command in ("figures", "rows QA-01 --period 2017-12", "scorecard --on 2017-12-31", publish):
        result = run(store, command, "--records", str(tmp_path / "nowhere"))
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("There is no folder of records at")


def test_the_standard_is_printed_with_the_tables_that_no_council_delivers() -> None:
    found = CliRunner().invoke(app, ["standard", "--recorded", "--format", "csv"])
    lines = list(csv.DictReader(io.StringIO(found.stdout)))
    assert list(dict.fromkeys(line["table"] for line in lines)) == list(recorded_tables())
    one = CliRunner().invoke(app, ["standard", "audits", "--format", "csv"])
    assert [line for line in lines if line["table"] == "audits"] == list(
        csv.DictReader(io.StringIO(one.stdout))
    )
