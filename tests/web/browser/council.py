"""The small council of a run of tests: made once for all its processes, while they test other things."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
WHOLE = "whole"  # stands in its folder as soon as it is made
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def browser() -> str | None:
    """The machine's own Chromium; None: no journey can be walked here."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)


def running() -> str:
    """The address of a service to walk through instead; blank: a council is made for it."""
    return os.environ.get("GOLDENTHREAD_BROWSER_ADDRESS", "")


def begun(together: Path) -> subprocess.Popen | None:
    """Begin to make it in a folder of all processes; None: another process did.

    Whoever makes it has the lock until it ends.
    """
    with (together / "council.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        if (together / "council").exists():
            return None
        command = [sys.executable, "-m", "tests.web.browser.small_council", str(together / "council")]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, pass_fds=[lock.fileno()])


def made(together: Path) -> Path:
    """Its folder, as soon as it is whole."""
    with (together / "council.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
    folder = together / "council"
    assert (folder / WHOLE).is_file(), "the small council could not be made: what it said stands above"
    return folder
