"""A running service and a real browser: a small council, served as `make demo` serves the whole one."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from goldenthread_web import demo
from tests.web.browser.person import Person

PORT = 8941
ROOT = Path(__file__).resolve().parents[3]
NO_BROWSER = "NOT CHECKED: journeys in a browser, as there is no Chromium (apt-get install chromium)."
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def address():
    """Where the service answers; set up here unless GOLDENTHREAD_BROWSER_ADDRESS names one."""
    if running := os.environ.get("GOLDENTHREAD_BROWSER_ADDRESS"):
        yield running
        return
    with tempfile.TemporaryDirectory(prefix="goldenthread-browser-") as name:
        folder = Path(name)
        command = [sys.executable, "-m", "tests.web.browser.small_council", name]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        port = demo.start(folder, PORT)
        yield f"http://{demo.ADDRESS}:{port}"
        demo.stop(folder)


def _program() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)


def pytest_terminal_summary(terminalreporter):
    """Say it where nothing could be checked: a row of dots would not."""
    if _program() is None:
        terminalreporter.write_line(NO_BROWSER, red=True)


@pytest.fixture(scope="session")
def chromium():
    """The machine's own Chromium; without one nothing here can be checked, and nothing is set up."""
    path = _program()
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
