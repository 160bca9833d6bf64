"""What does one piece of work take? It is done in a fresh process, which says so itself.

`python -m goldenthread.measuring.apart '["figures:by_team", {"folder": "..."}]'` does a function of a
module beside this one, and prints what it gave and took as JSON.
"""

import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

_MEBI = 1 << 20


class NotDone(Exception):
    """A piece of work failed; the message is its last line."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What one run took, without the start of its process, which stands apart."""

    wall_seconds: float
    cpu_seconds: float
    peak_mebibytes: float
    start_cpu_seconds: float
    did: dict[str, Any] = field(default_factory=dict)


def reading(work: str, **arguments: Any) -> Reading:
    """Do the work in a process of its own; NotDone where it fails."""
    given = json.dumps([work, arguments], default=str)
    done = subprocess.run(  # noqa: S603, ourselves
        [sys.executable, "-m", __name__, given], capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr.strip() or f"it ended with {done.returncode}").splitlines()[-1]
        raise NotDone(f"{work} could not be measured: {last}")
    return Reading(**json.loads(done.stdout.splitlines()[-1]))


def peak_mebibytes() -> float:
    """The most memory this process has held at a time."""
    status = Path("/proc/self/status")
    if status.is_file():
        # What getrusage says begins with the memory of the process that started this one.
        lines = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (_MEBI if sys.platform == "darwin" else 1024)


def _cpu_seconds() -> float:
    """Of this process and of those it started and saw end."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + ended.ru_utime + ended.ru_stime


def _measured(work: str, arguments: dict[str, Any]) -> Reading:
    module, _, name = work.partition(":")
    function = getattr(import_module(f"{__package__}.{module}"), name)
    start, began = _cpu_seconds(), perf_counter()
    did = function(**arguments)
    wall, cpu = perf_counter() - began, _cpu_seconds() - start
    return Reading(
        wall_seconds=wall,
        cpu_seconds=cpu,
        # Processes it started add what they say they held.
        peak_mebibytes=peak_mebibytes() + did.pop("others_mebibytes", 0),
        start_cpu_seconds=start,
        did=did,
    )


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(_measured(*json.loads(sys.argv[1])))) + "\n")
