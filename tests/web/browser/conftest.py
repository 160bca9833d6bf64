"""A running service and a real browser: a small council, served as `make demo` serves the whole one."""

import fcntl
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
def address(tmp_path_factory, worker_id):
    """Where the service answers; set up here unless GOLDENTHREAD_BROWSER_ADDRESS names one.

    Processes that test side by side each serve a copy of one council: what one writes, no other reads.
    """
    if running := os.environ.get("GOLDENTHREAD_BROWSER_ADDRESS"):
        yield running
        return
    number = int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 0
    together = (
        tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    )
    with tempfile.TemporaryDirectory(prefix="goldenthread-browser-") as name:
        folder = Path(name) / "council"
        shutil.copytree(_council(together), folder)
        port = demo.start(folder, PORT + 60 * number)
        yield f"http://{demo.ADDRESS}:{port}"
        demo.stop(folder)


def _council(together: Path) -> Path:
    """The council in a folder of all processes; whoever comes first makes it, the others wait."""
    folder = together / "council"
    with (together / "council.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            making = together / "council-being-made"
            command = [sys.executable, "-m", "tests.web.browser.small_council", str(making)]
            subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            making.rename(folder)
    return folder


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
