"""Documentation: the generated pages are current, and every link leads somewhere."""

import json
import re
from pathlib import PurePosixPath

from docs.generate.indicators import EXAMPLES, indicator_pages, words_of
from docs.generate.standard import standard_pages
from goldenthread.indicators.examples import FILE
from tests.house.tree import ROOT, committed_files, texts

RENEW = "run `make docs` and commit the result"


def _committed(folder: str) -> dict[str, str]:
    start = f"docs/{folder}/"
    return {name.removeprefix(start): text for name, text in texts(".md") if name.startswith(start)}


def test_pages_of_the_standard_are_current():
    written, wanted = _committed("standard"), dict(standard_pages())
    stale = [name for name in {*written, *wanted} if written.get(name) != wanted.get(name)]
    assert not stale, f"{RENEW}: {sorted(stale)}"


def test_words_of_the_indicators_are_current():
    written = {name: words_of(text) for name, text in _committed("indicators").items()}
    wanted = {name: words_of(text) for name, text in indicator_pages([]).items()}
    stale = [name for name in {*written, *wanted} if written.get(name) != wanted.get(name)]
    assert not stale, f"{RENEW}: {sorted(stale)}"


def test_worked_examples_of_the_package_are_those_of_the_pages():
    data = json.loads((ROOT / "goldenthread/indicators" / FILE).read_text("utf-8"))
    examples = [{"ref": ref, **one} for ref, found in data.items() for one in found]
    written, wanted = _committed("indicators"), dict(indicator_pages(examples))
    stale = [name for name, text in wanted.items() if _examples_in(written[name]) != _examples_in(text)]
    assert not stale, f"{RENEW}: {sorted(stale)}"


def _examples_in(text: str) -> str:
    return text.partition(EXAMPLES)[2]


def test_links_lead_somewhere():
    known = {path.as_posix() for path in committed_files()}
    known |= {parent.as_posix() for path in committed_files() for parent in path.parents}
    dead = []
    for name, text in texts(".md"):
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            if "://" in target:
                continue
            path = (ROOT / PurePosixPath(name).parent / target).resolve().relative_to(ROOT)
            if path.as_posix() not in known:
                dead.append(f"{name}: {target}")
    assert not dead, "\n".join(dead)


def test_every_decision_is_in_the_list():
    listed = (ROOT / "docs/adr/README.md").read_text("utf-8")
    pages = [
        path for path in committed_files() if path.parts[:2] == ("docs", "adr") and path.name != "README.md"
    ]
    for path in pages:
        assert f"({path.name})" in listed, f"docs/adr/README.md does not list {path.name}"
        text = (ROOT / path).read_text("utf-8")
        for heading in ("## Context", "## Decision", "## Consequences"):
            assert heading in text, f"{path.name} has no {heading}"
        assert text.count("\n") <= 60, f"{path.name} is longer than a page"
