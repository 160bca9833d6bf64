"""Definitions: a figure never moves without a new version and a line in the CHANGELOG."""

import json

import pytest

from goldenthread.engines import DuckDB
from goldenthread.indicators.catalogue import catalogue
from tests.house.fingerprints import SNAPSHOT, changed, fingerprints, snapshot
from tests.house.tree import ROOT

RENEW = "run `make definitions` and commit tests/house/definitions.json"


@pytest.fixture(scope="module")
def now():
    """What every definition compiles to, for DuckDB."""
    return fingerprints(DuckDB().sql)


def test_no_definition_changes_under_its_version(now):
    moved = changed(snapshot(), now)
    assert not moved, (
        f"figures could move: {moved}. Raise the version in goldenthread/indicators/words and say in "
        f"CHANGELOG.md, under Figures, what moves; then {RENEW}."
    )


def test_the_snapshot_is_current(now):
    assert now == snapshot(), f"{SNAPSHOT.name} is not what the definitions compile to: {RENEW}"


def test_every_new_version_is_explained_in_the_changelog():
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    figures = "".join(block.partition("\n### ")[0] for block in text.split("### Figures")[1:])
    unexplained = [
        f"{ref} version {definition.version}"
        for ref, definition in catalogue().items()
        if definition.version > 1 and f"{ref} version {definition.version}" not in figures
    ]
    assert not unexplained, f'CHANGELOG.md, under "Figures", must say what moved: {unexplained}'


def test_the_guard_says_what_changed_and_under_which_version(now):
    then = json.loads(json.dumps(now))
    assert changed(then, now) == {}
    then["indicators"]["FD-02"] |= {"sql": "other", "with_populations": "other"}
    assert changed(then, now) == {"FD-02": "its parts"}
    then["indicators"]["FD-02"]["version"] = 0  # the version was raised since
    assert changed(then, now) == {}
    then["populations"]["contacts_decided"] = "other"
    then["indicators"]["FD-03"]["with_populations"] = "other"
    assert changed(then, now) == {"FD-03": "population contacts_decided"}
