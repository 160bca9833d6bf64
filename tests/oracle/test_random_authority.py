"""The random authority: the same for a seed, complete, clean, and as hostile as it says."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from tests.oracle.conventions import Data, is_open, is_placeholder, wd
from tests.oracle.random_authority import write
from tests.oracle.random_draw import codes, tables

AS_AT = date(2017, 12, 31)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    found = tmp_path_factory.mktemp("random")
    write(found, seed=11, as_at=AS_AT)
    return found


def test_a_seed_gives_the_same_files(folder, tmp_path):
    write(tmp_path / "again", seed=11, as_at=AS_AT)
    write(tmp_path / "other", seed=12, as_at=AS_AT)
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 33  # 32 extracts and the manifest
    assert all((tmp_path / "again" / n).read_bytes() == (folder / n).read_bytes() for n in names)
    assert (tmp_path / "other" / "visits.csv").read_bytes() != (folder / "visits.csv").read_bytes()


def test_files_and_columns_can_be_left_out(tmp_path):
    write(tmp_path, seed=11, as_at=AS_AT, drop=("peps.csv", "teams", "visits.is_seen"))
    assert not (tmp_path / "peps.csv").exists() and not (tmp_path / "teams.csv").exists()
    header = (tmp_path / "visits.csv").read_text("utf-8").splitlines()[0].split(",")
    assert "is_seen" not in header and "visited_at" in header
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8"))["as_at_on"] == "2017-12-31"


def test_it_is_clean(folder):
    """Nothing is quarantined: every required cell is filled and no key comes twice."""
    for name, table in tables().items():
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        needed = {c["name"] for c in table["columns"] if c.get("required")} | set(table["key"])
        assert lines and all(line[column] for line in lines for column in needed), name
        keys = [tuple(line[column] for column in table["key"]) for line in lines]
        assert len(set(keys)) == len(keys), name


def test_every_kind_and_most_codes_occur(folder):
    for name, table in tables().items():
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        for column in table["columns"]:
            if column.get("codes") and len(codes(column["codes"])) <= 8:
                found = {line[column["name"]] for line in lines} - {""}
                is_kind = column["name"] == table.get("kind_column")
                assert found <= set(codes(column["codes"]))
                assert len(found) >= (len(codes(column["codes"])) if is_kind else 2), (name, column["name"])


def test_it_has_the_cases_it_promises(folder):
    data = Data.read(folder)
    view = data.view(AS_AT)
    plans = data.tables["cp_plans"] + data.tables["cin_plans"]
    assert any(r["ended_on"] and r["ended_on"] < r["started_on"] for r in plans)
    assert any(event["held_on"] > AS_AT for event in data.tables["conferences"])
    assert len({r["child_id"] for r in plans if is_open(r, AS_AT)}) < sum(is_open(r, AS_AT) for r in plans)
    children = data.tables["children"]
    assert any(r["is_unborn"] for r in children) and any(r["born_on"] is None for r in children)
    assert any(r["child_id"] not in data.children for r in data.tables["referrals"])
    workers = {r["worker_id"] for r in data.tables["allocations"]}
    assert any(is_placeholder(view, w) for w in workers) and None in workers
    times = [r["received_at"].is_timed for r in data.tables["contacts"]]
    assert any(times) and not all(times)
    referral_days = [(r["child_id"], r["received_on"]) for r in data.tables["referrals"]]
    assert len(set(referral_days)) < len(referral_days)
    assessed = [r for r in data.tables["assessments"] if r["authorised_on"]]
    durations = {wd(r["started_on"], r["authorised_on"]) for r in assessed}
    assert {44, 45, 46} & durations and {9, 10, 11} & durations
