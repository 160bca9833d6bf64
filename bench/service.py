"""Does the service keep up? Pages at a steady pace, then as many as it can, beside a bare view.

`make bench` sets up the demonstration twice (SQLite, PostgreSQL), times each, prints a table and
writes bench/results/service-<day>.json. Nothing here passes or fails: it says what was measured.
"""

import argparse
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

from rich.console import Console
from rich.table import Table

from goldenthread_web.config.installation import VARIABLE
from goldenthread_web.demo import set_up

PAGES = {  # page: how the title of the account that opens it begins
    "/this-morning/": "Team manager",
    "/scorecard/": "Director",
    "/indicators/CIN-02/": "Director",
}
BARE = "/bare"
A_SECOND = 20  # requests: about a hundred people who click every five seconds
STEADY = 30  # seconds
FULL = 20  # seconds for each page, in so many turns:
TURNS = 10
CLIENTS = 8
SERVERS = 3  # processes of the web server: one per core, plus one
_BUTTON = r'name="account" value="(\d+)">\s*<button[^>]*>Sign in<span[^>]*> as {title}'
PORTS = {"service": 8931, "bare": 8932}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One page at one kind of load."""

    database: str
    page: str
    load: str  # steady, full
    requests: int
    failed: int
    a_second: float
    median_ms: float
    p95_ms: float
    worst_ms: float


def main() -> None:
    """Time the pages, print, write."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    parser.add_argument(
        "--folder", type=Path, help="a demonstration that is set up already, on the database named"
    )
    parser.add_argument("--steady", type=int, default=STEADY, help="seconds")
    parser.add_argument("--full", type=int, default=FULL, help="seconds for each page")
    asked = parser.parse_args()
    if asked.folder and len(asked.database or []) != 1:
        parser.error("Name with --database the one database that the demonstration in --folder is on.")
    readings: list[Reading] = []
    for database in asked.database or ["sqlite", "postgresql"]:
        with _installation(database, asked.folder) as folder:
            readings += _measured(database, folder, asked.steady, asked.full)
    _print(readings)
    out = Path("bench/results") / f"service-{time.strftime('%Y-%m-%d-%H%M', time.gmtime())}.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps([asdict(one) for one in readings], indent=1) + "\n", "utf-8")
    sys.stdout.write(f"Written to {out}.\n")


@contextmanager
def _installation(database: str, ready: Path | None) -> Iterator[Path]:
    if ready is not None:
        yield ready
        return
    with tempfile.TemporaryDirectory(prefix="goldenthread-bench-") as name:
        folder = Path(name)
        command = [str(Path(sys.executable).with_name("goldenthread")), "synth", str(folder / "east")]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        set_up(folder, "2017-12-31", "2018-01-02", database=_postgresql() if database == "postgresql" else "")
        yield folder


def _postgresql() -> str:
    from tests.web.postgresql import server

    found = server()
    return (
        f'engine = "postgresql"\nname = "{found.name}"\nuser = "{found.user}"\n'
        f'host = "{found.host}"\nport = "{found.port}"\n'
    )


def _measured(database: str, folder: Path, steady: int, full: int) -> list[Reading]:
    with (
        _serving(folder, "goldenthread_web.config.wsgi", PORTS["service"]),
        _serving(folder, "bench.bare_wsgi", PORTS["bare"]),
    ):
        cookies = {role: _signed_in(role) for role in set(PAGES.values())}
        for page in PAGES:  # each process answers each page once before anything is counted
            for _ in range(SERVERS * 3):
                _get(PORTS["service"], page, cookies[PAGES[page]])
        found = _steady(database, cookies, steady)
        found += _full(database, cookies, full)
    return found


@contextmanager
def _serving(folder: Path, application: str, port: int) -> Iterator[None]:
    environment = os.environ | {VARIABLE: str((folder / "installation.toml").resolve())}
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(SERVERS)]
    command += ["--no-control-socket", "--log-level", "error", application]
    process = subprocess.Popen(command, env=environment)
    try:
        _until_it_answers(port)
        yield
    finally:
        process.terminate()
        process.wait()


def _until_it_answers(port: int) -> None:
    for _ in range(120):
        try:
            _get(port, "/accounts/login/" if port == PORTS["service"] else BARE, "")
            return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(f"Nothing answered on port {port} within a minute.")


def _get(port: int, page: str, cookie: str) -> tuple[int, float]:
    """Status, and how long it took in seconds."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", page, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.read()
        return answer.status, time.perf_counter() - began
    finally:
        connection.close()


def _signed_in(title: str) -> str:
    """The session's cookie of the demonstration's account whose title begins so."""
    connection = http.client.HTTPConnection("127.0.0.1", PORTS["service"], timeout=60)
    connection.request("GET", "/accounts/login/")
    answer = connection.getresponse()
    text = answer.read().decode()
    cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
    number = re.search(_BUTTON.format(title=re.escape(title)), text, re.DOTALL)[1]
    token = text.split('name="csrfmiddlewaretoken" value="', 1)[1].split('"', 1)[0]
    body = urlencode({"account": number, "csrfmiddlewaretoken": token})
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/demo/sign-in", body, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 302:
        raise RuntimeError(f"Signing in as {title} was answered with {answer.status}.")
    return (answer.getheader("Set-Cookie") or cookie).split(";")[0]


def _steady(database: str, cookies: dict[str, str], seconds: int) -> list[Reading]:
    """Requests at a steady pace, whatever the answers do: a slow page does not slow the asking down."""
    times: dict[str, list[tuple[int, float]]] = {page: [] for page in PAGES}
    lock, threads = threading.Lock(), []
    began = time.perf_counter()

    def ask(page: str) -> None:
        got = _get(PORTS["service"], page, cookies[PAGES[page]])
        with lock:
            times[page].append(got)

    for number, page in zip(range(A_SECOND * seconds), cycle(PAGES), strict=False):
        time.sleep(max(0.0, began + number / A_SECOND - time.perf_counter()))
        threads.append(threading.Thread(target=ask, args=(page,)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    return [_reading(database, page, "steady", got, took) for page, got in times.items()]


def _full(database: str, cookies: dict[str, str], seconds: int) -> list[Reading]:
    """As many as each page answers to a few clients that ask again at once.

    Pages and the bare view take turns of a second or two, so that whatever else the machine does meanwhile
    slows all of them down alike.
    """
    asked = [(PORTS["service"], page, cookies[role]) for page, role in PAGES.items()]
    asked.append((PORTS["bare"], BARE, ""))
    got: dict[str, list[tuple[int, float]]] = {page: [] for _, page, _ in asked}
    took = dict.fromkeys(got, 0.0)
    for _ in range(TURNS):
        for port, page, cookie in asked:
            began = time.perf_counter()
            got[page] += _without_pause(port, page, cookie, seconds / TURNS)
            took[page] += time.perf_counter() - began
    return [_reading(database, page, "full", got[page], took[page]) for page in got]


def _without_pause(port: int, page: str, cookie: str, seconds: float) -> list[tuple[int, float]]:
    got: list[tuple[int, float]] = []
    lock, until = threading.Lock(), time.perf_counter() + seconds

    def ask() -> None:
        while time.perf_counter() < until:
            one = _get(port, page, cookie)
            with lock:
                got.append(one)

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def _reading(
    database: str, page: str, load: str, got: Sequence[tuple[int, float]], seconds: float
) -> Reading:
    times = sorted(took * 1000 for status, took in got if status == 200)
    cut: Callable[[float], float] = lambda share: times[min(int(len(times) * share), len(times) - 1)]  # noqa: E731
    return Reading(
        database=database,
        page=page,
        load=load,
        requests=len(got),
        failed=len(got) - len(times),
        a_second=round(len(times) / seconds, 1),
        median_ms=round(statistics.median(times), 1) if times else 0.0,
        p95_ms=round(cut(0.95), 1) if times else 0.0,
        worst_ms=round(times[-1], 1) if times else 0.0,
    )


def _print(readings: Sequence[Reading]) -> None:
    table = Table(title=f"{A_SECOND} requests a second, then {CLIENTS} clients without pause")
    for heading in (
        "Database",
        "Load",
        "Page",
        "Requests",
        "Failed",
        "A second",
        "Median ms",
        "p95 ms",
        "Worst ms",
        "Of bare",
    ):
        table.add_column(heading, justify="left" if heading in ("Database", "Load", "Page") else "right")
    bare = {one.database: one.a_second for one in readings if one.page == BARE}
    for one in readings:
        ratio = f"{one.a_second / bare[one.database]:.2f}" if one.load == "full" else ""
        table.add_row(
            one.database, one.load, one.page, str(one.requests), str(one.failed), str(one.a_second),
            str(one.median_ms), str(one.p95_ms), str(one.worst_ms), ratio,
        )  # fmt: skip
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
