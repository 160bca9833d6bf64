"""Where do the processes of one run of the tests keep what they compile? In one folder, if one is named.

Each would otherwise compile the same definitions, and many processes take part in a run. The folder is of
one run: keys name definitions of this version of the code, and those of the tests beside them.
"""

import os
import shutil
from pathlib import Path

from goldenthread.figures import compiled, run

VARIABLE = "GOLDENTHREAD_TEST_COMPILED"


def folder() -> Path | None:
    """The folder of this run; None: each store keeps its own, as ever."""
    named = os.environ.get(VARIABLE)
    return Path(named).resolve() if named else None


def keep_together() -> None:
    """From now on, what this process compiles is there for the others, and theirs for this one."""
    if (together := folder()) is not None:
        run.Compiled = lambda engine, _: compiled.Compiled(engine, together)


def hand_over(store: Path) -> None:
    """Put what was compiled where a store keeps it, for a service that is no test."""
    if (together := folder()) is not None:
        shutil.copytree(together, store / "compiled", dirs_exist_ok=True, ignore=_unfinished)


def _unfinished(_: str, names: list[str]) -> list[str]:
    """What another process is still writing."""
    return [name for name in names if Path(name).suffix not in ("", ".json")]
