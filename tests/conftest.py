"""Options of the whole suite, and the worked examples that it collects for the docs.

They are collected here and not beside the examples: under xdist the process that gathers what the
workers collected loads no conftest below the folder it was called with.
"""

import gc
import json
from pathlib import Path
from typing import Any

import pytest

from goldenthread.indicators.catalogue import catalogue
from tests.compiling import keep_together
from tests.memory import RARELY

gc.set_threshold(*RARELY)
keep_together()
COLLECTED: list[dict[str, object]] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """Worked examples are collected into the docs: `make docs`."""
    parser.addoption("--examples-out", default=None, help="write the worked examples to this JSON file")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker process of xdist collected."""
    COLLECTED.extend(getattr(node, "workeroutput", {}).get("examples", []))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands its examples over; the process that started it writes them all."""
    path = session.config.getoption("--examples-out")
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["examples"] = COLLECTED if path else []
    elif path:
        if not COLLECTED:
            raise pytest.UsageError(
                f"No worked example was collected for {path}: run the tests in tests/spec."
            )
        ordered = sorted(COLLECTED, key=_in_the_docs)
        Path(path).write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _in_the_docs(example: dict[str, object]) -> tuple[object, ...]:
    """By indicator, headline first; whatever order the tests ran in."""
    place = list(catalogue()).index(str(example["ref"]))
    return place, example["part"] != "", example["part"], example["name"], json.dumps(example)
