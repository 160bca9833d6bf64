"""The rules find every mistake that was planted in the synthetic authority, where it was planted."""

import json
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from goldenthread.checking import RULE_FAILED, check_snapshot
from goldenthread.loading import load
from goldenthread.settings import Settings
from goldenthread.store import Store
from goldenthread.synthetic import write

CHILDREN = 200
# An error of the spreadsheet is a value that cannot be read (R05), filed under its own name.
_FILED_AS = {"unreadable": {"error_cell", "formula_without_value"}}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    write(folder / "east", authority="east", seed=1, children=CHILDREN)
    return folder


@pytest.fixture(scope="module")
def findings(written: Path) -> list[dict[str, object]]:
    """What was found in the local extracts and the workbook of the as-at date."""
    check = partial(check_snapshot, settings=Settings())
    planted = json.loads((written / "east" / "planted.json").read_text("utf-8"))["planted"]
    assert planted, "nothing was planted, so nothing would be shown"
    load([written / "east"], as_at_on=date(2017, 12, 31), store=written / "store", check=check)
    loads = Store.open(written / "store").loads()
    return [row for one in loads for row in one.findings().to_pylist()]


def test_every_planted_mistake_is_found_in_its_row(written: Path, findings: list[dict[str, object]]) -> None:
    planted = json.loads((written / "east" / "planted.json").read_text("utf-8"))["planted"]
    found = {(row["file"], row["row"], row["rule"]) for row in findings}
    missed = [
        mistake
        for mistake in planted
        if not any(
            (mistake["file"], mistake["line"], rule) in found
            for rule in {mistake["rule"], *_FILED_AS.get(mistake["kind"], set())}
        )
    ]
    assert not missed, f"{len(missed)} of {len(planted)} were not found, the first: {missed[:5]}"


def test_no_rule_failed(findings: list[dict[str, object]]) -> None:
    assert [row["message"] for row in findings if row["rule"] == RULE_FAILED] == []
