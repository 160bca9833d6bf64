"""Examples: every indicator that can be worked out shows on drawn rows what it counts, and why."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from goldenthread.indicators.examples import examples_of
from goldenthread.indicators.topics import indicator_parts
from tests.house.tree import texts

# These count the lines and cells of the files that were loaded, right or wrong: no drawn table holds a wrong
# one. Their spec, test_data_quality.py, loads files.
OF_THE_LOAD = {"DQ-01", "DQ-02", "DQ-03"}
REFERENCE = re.compile(r"[A-Z]{2,4}-\d\d")


def _calls(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef, ast.Call]]:
    """Each call of worked_example, with the function it stands in."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "worked_example":
                    yield function, node


def _references(function: ast.FunctionDef, call: ast.Call) -> set[str]:
    """The indicators of a call: its first argument, or where that is a parameter what it is given."""
    first = call.args[0]
    nodes = [first] if isinstance(first, ast.Constant) else ast.walk(function)
    texts_found = [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return {text for text in texts_found if REFERENCE.fullmatch(text)}


@cache
def _shown() -> frozenset[str]:
    found: set[str] = set()
    for name, text in texts(".py"):
        if name.startswith("tests/spec/") and "worked_example(" in text:
            for function, call in _calls(ast.parse(text)):
                found |= _references(function, call)
    return frozenset(found)


def test_every_worked_example_is_written_down():
    """The service shows them from the package: `make docs` writes them there."""
    drawn = {
        (ref, function.name)
        for name, text in texts(".py")
        if name.startswith("tests/spec/") and "worked_example(" in text
        for function, call in _calls(ast.parse(text))
        if isinstance(call.args[0], ast.Constant) and function.name.startswith("test_")
        for ref in [str(call.args[0].value)]
    }
    written = {(ref, one.name) for ref in indicator_parts() for one in examples_of(ref)}
    missing = sorted(drawn - written)
    assert not missing, f"run `make docs` and commit the result: {missing[:8]}"
    gone = sorted({name for _, name in written} - _names_of_tests())
    assert not gone, f"run `make docs` and commit the result: no test draws {gone[:8]}"


def _names_of_tests() -> set[str]:
    return {
        function.name
        for name, text in texts(".py")
        if name.startswith("tests/spec/")
        for function in ast.parse(text).body
        if isinstance(function, ast.FunctionDef)
    }


def test_every_indicator_has_a_worked_example():
    missing = [ref for ref in indicator_parts() if ref not in _shown() | OF_THE_LOAD]
    assert not missing, f"draw a worked example in tests/spec for: {', '.join(missing)}"
