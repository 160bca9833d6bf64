"""Options of the whole suite."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Worked examples are collected into the docs: `make docs`."""
    parser.addoption("--examples-out", default=None, help="write the worked examples to this JSON file")
