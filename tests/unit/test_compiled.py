"""Compiled definitions: kept between commands, never wrong where what is kept is torn or cannot be kept."""

from datetime import date
from pathlib import Path

import pytest

from goldenthread.figures import compiled, run
from goldenthread.figures.work_out import figures
from goldenthread.loading import load
from goldenthread.periods import Period
from goldenthread.settings import Settings
from goldenthread.store import Store
from tests.deliveries import AS_AT, a_folder

CONTACTS = "contact_id,child_id,received_at\nk1,c1,2017-12-04\nk2,c2,2017-12-05"
MONTH = Period(date(2017, 12, 1), AS_AT, AS_AT)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(
        run, "Compiled", compiled.Compiled
    )  # also where processes keep together what they compile
    load([a_folder(tmp_path / "in", contacts=CONTACTS)], as_at_on=AS_AT, store=tmp_path / "store")
    return Store.open(tmp_path / "store")


def counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> int | None:
    """The contacts of the month, as a new process counts them."""
    monkeypatch.setattr(compiled, "_MEMORY", {})
    [found] = [one for one in figures(store, [MONTH], Settings(), refs=["FD-01"]) if not one.part]
    return None if found.numerator is None else int(found.numerator)


def kept(store: Store) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in store.compiled_folder().rglob("*.json")}


def test_what_was_compiled_is_read_by_the_next_process(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert counted(store, monkeypatch) == 2
    before = kept(store)
    assert before
    monkeypatch.setattr(compiled.Compiled, "_write", lambda *_: pytest.fail("it was compiled again"))
    assert counted(store, monkeypatch) == 2
    assert kept(store) == before


@pytest.mark.parametrize("torn", ["", "{", '{"reads": {}}', "\xff"])
def test_a_torn_file_is_compiled_and_written_again(
    store: Store, monkeypatch: pytest.MonkeyPatch, torn: str
) -> None:
    counted(store, monkeypatch)
    before = kept(store)
    for path in store.compiled_folder().rglob("*.json"):
        path.write_bytes(torn.encode("latin-1"))
    assert counted(store, monkeypatch) == 2
    assert kept(store) == before


def test_where_nothing_can_be_kept_it_is_compiled_each_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.compiled_folder().write_text("a file where the folder would be")
    assert counted(store, monkeypatch) == counted(store, monkeypatch) == 2
