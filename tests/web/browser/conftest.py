"""A running service and a real browser: a small council, served as `make demo` serves the whole one."""

import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from goldenthread_web import demo
from tests.web.browser import council
from tests.web.browser.counting import Tables
from tests.web.browser.person import Person

PORT = 8941
NO_BROWSER = "NOT CHECKED: journeys in a browser, as there is no Chromium (apt-get install chromium)."


@pytest.fixture(scope="session")
def address(together, council_being_made, worker_id):
    """Where the service answers; set up here unless GOLDENTHREAD_BROWSER_ADDRESS names one.

    Processes that test side by side each serve a copy of one council: what one writes, no other reads.
    """
    if running := council.running():
        yield running
        return
    number = int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 0
    with tempfile.TemporaryDirectory(prefix="goldenthread-browser-") as name:
        folder = Path(name) / "council"
        shutil.copytree(council.made(together), folder)
        port = demo.start(folder, PORT + 60 * number)
        yield f"http://{demo.ADDRESS}:{port}"
        demo.stop(folder)


@pytest.fixture(scope="session")
def tables(together, council_being_made):
    """The database of the small council, to read."""
    if council.running():
        pytest.skip("another service is walked through: its tables are not here")
    path = council.made(together) / "service.sqlite3"
    found = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    yield Tables(found)
    found.close()


def pytest_terminal_summary(terminalreporter):
    """Say it where nothing could be checked: a row of dots would not."""
    if council.browser() is None:
        terminalreporter.write_line(NO_BROWSER, red=True)


@pytest.fixture(scope="session")
def chromium():
    """The machine's own Chromium; without one nothing here can be checked, and nothing is set up."""
    path = council.browser()
    if path is None:
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        yield browser
        browser.close()


@pytest.fixture
def someone(chromium, address):
    """Sits somebody down before a browser: someone("Team manager") is signed in as that role."""
    opened = []

    def sits_down(title: str | None = None, **options) -> Person:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(60_000)
        opened.append(context)
        person = Person(context.new_page(), address)
        if title is not None:
            person.signs_in_as(title)
        return person

    yield sits_down
    for context in opened:
        context.close()
