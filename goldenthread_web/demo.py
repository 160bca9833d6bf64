"""How does somebody see the service in minutes? An invented authority, loaded and served on this machine.

`python -m goldenthread_web.demo FOLDER` makes an installation in a folder in which `goldenthread synth` wrote
`east`, delivers those files as a council would, and starts the service in the background.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from goldenthread_web.config.installation import VARIABLE
from goldenthread_web.config.secrets import make as make_secrets

ADDRESS = "127.0.0.1"
PORT = 8000
PROCESSES = "processes"  # the file with the numbers of what was started
_CHILDREN_KEY = "the children of the demonstration: nobody is real"

# What this process started itself: to be waited for when it stops them.
_RUNNING: list[subprocess.Popen[bytes]] = []

_INSTALLATION = """\
# The demonstration: an invented authority. A council's own file has neither demo nor today, and names its
# hosts.
[council]
name = "East (invented council)"
help = "This is a demonstration: there is nobody to ask. The guide is in the docs folder."

[service]
demo = true
today = {today}
stale_after_days = 7
"""


def main() -> None:
    """Set up, start or stop."""
    parser = argparse.ArgumentParser(prog="goldenthread_web.demo", description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--as-at", default="2017-12-31", help="the day to whose end the files were recorded")
    parser.add_argument("--today", default="2018-01-02", help="the day the demonstration takes for today")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--stop", action="store_true", help="stop what was started, and do nothing else")
    parser.add_argument("--do-not-start", action="store_true", help="set up, and leave starting for later")
    parser.add_argument("--start-only", action="store_true", help="start what was set up before")
    asked = parser.parse_args()
    stop(asked.folder)
    if asked.stop:
        return
    if not asked.start_only:
        set_up(asked.folder, asked.as_at, asked.today)
    if not asked.do_not_start:
        port = start(asked.folder, asked.port)
        sys.stdout.write(
            f"\nGolden Thread is running at http://{ADDRESS}:{port}\n"
            "Its sign-in page lists one account for each role. `make stop` stops it.\n"
        )


def set_up(folder: Path, as_at: str, today: str, database: str = "") -> None:
    """Make the installation, load the files that `synth` wrote, and make the accounts.

    `database` is the content of [database] in the installation file; blank: SQLite.
    """
    write_installation(folder, today, database)
    _service(folder, commands(folder, as_at))


def write_installation(folder: Path, today: str, database: str = "") -> None:
    """Write the installation file of the demonstration, its secrets and an empty store."""
    folder.mkdir(parents=True, exist_ok=True)
    text = _INSTALLATION.format(today=today) + (f"\n[database]\n{database}" if database else "")
    (folder / "installation.toml").write_text(text, "utf-8")
    _give_children_key(folder / "secrets")
    make_secrets(folder / "secrets")
    (folder / "store").mkdir(exist_ok=True)
    (folder / "store" / "SYNTHETIC").write_text("An invented authority: nobody in it is real.\n", "utf-8")


def _give_children_key(secrets: Path) -> None:
    """The key of the children's references, always the same: whom a seed draws hangs on it.

    So every demonstration tells the same story. It keeps no secret: nobody in a demonstration is real.
    """
    secrets.mkdir(mode=0o700, exist_ok=True)
    path = secrets / "children"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(_CHILDREN_KEY + "\n", "utf-8")


def commands(folder: Path, as_at: str) -> tuple[tuple[str, ...], ...]:
    """What turns the files in a folder into a service with something to show, in this order."""
    return (
        ("migrate", "--verbosity", "0"),
        ("createcachetable",),
        ("collectstatic", "--noinput", "--verbosity", "0"),
        ("deliver_demo", str((folder / "east").resolve()), "--as-at", as_at),
        ("work", "--until-idle"),
        ("make_demo_accounts",),
        ("make_demo_choices",),
        ("make_demo_weeks",),
        ("make_demo_programme",),
        ("make_demo_inspections",),
        ("make_demo_governance",),
        ("make_demo_improvement",),  # after the decisions it rests on
        ("make_demo_risks",),  # after the plan, whose actions they name; so is the money
        ("make_demo_resources",),
        ("make_demo_standards",),
        ("make_demo_case_audits",),
        ("make_demo_dip_samples",),
        ("make_demo_case_reviews",),
        ("make_demo_practice_weeks",),
        ("make_demo_supervision",),
        ("make_demo_challenges",),
        ("make_demo_clinics",),
        ("make_demo_voice",),
        ("make_demo_registers",),
        ("make_demo_meetings",),  # after the plan, the risks and the money, which stand in their packs
        ("make_demo_ledger",),
        ("make_demo_readiness",),
        ("make_demo_publication",),
        ("work_out_records",),  # figures of what people wrote
        ("make_demo_reports",),  # last: made of all the others
    )


def start(folder: Path, port: int) -> int:
    """Start the web server and a worker in the background; the port it answers on."""
    port = _free(port)
    server = [sys.executable, "-m", "gunicorn", "--bind", f"{ADDRESS}:{port}", "--workers", "3"]
    server += ["--timeout", "120", "--no-control-socket", "goldenthread_web.config.wsgi"]
    worker = [sys.executable, "-m", "goldenthread_web", "work"]
    with (folder / "service.log").open("ab") as log:
        started = [
            subprocess.Popen(  # noqa: S603 - our own commands
                command,
                env=_environment(folder),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            for command in (server, worker)
        ]
    _RUNNING.extend(started)
    (folder / PROCESSES).write_text("".join(f"{process.pid}\n" for process in started), "utf-8")
    _wait_for(f"http://{ADDRESS}:{port}/accounts/login/", folder / "service.log")
    return port


def stop(folder: Path) -> None:
    """Stop what an earlier demonstration in this folder started, if it still runs."""
    path = folder / PROCESSES
    if not path.is_file():
        return
    for line in path.read_text("utf-8").split():
        try:
            os.kill(int(line), signal.SIGTERM)
        except ProcessLookupError:
            continue  # it had stopped by itself
    path.unlink()
    while _RUNNING:
        _RUNNING.pop().wait()


def _service(folder: Path, wanted: Sequence[Sequence[str]]) -> None:
    """Run commands of the service in a process of their own."""
    done = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "-m", "goldenthread_web.in_turn"],
        input=json.dumps(wanted),
        text=True,
        env=_environment(folder),
        check=False,
    )
    if done.returncode:
        sys.exit("The demonstration is not whole: what a command said stands above.")


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {VARIABLE: str((folder / "installation.toml").resolve())}


def _free(port: int) -> int:
    """That port, or the next one that nobody listens on."""
    for candidate in range(port, port + 50):
        with socket.socket() as attempt:
            if attempt.connect_ex((ADDRESS, candidate)):
                return candidate
    sys.exit(f"No port from {port} to {port + 49} is free: stop something, or name another with --port.")


def _wait_for(address: str, log: Path) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(1)
    sys.exit(f"The service did not answer at {address} within two minutes: {log} says why.")


if __name__ == "__main__":
    main()
