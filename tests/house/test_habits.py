"""Habits: nothing of one machine, nothing unfinished and nothing swallowed is ever committed."""

import ast
import re

import pytest

from tests.house.tree import places, texts

PATTERNS = {
    # Lock files are made without it, so that everybody uses the index of their own organisation.
    "the address of a package registry": re.compile(
        r"https?://[^ \"']*/(simple|packages|npm)/|(?<![\w-])--(extra-)?index-url[ =]\S"
        r"|registry *[=:] *['\"]?https?:",
        re.IGNORECASE,
    ),
    "a path of one machine": re.compile(
        r"(?<![\w.])/(work|home/\w+|Users/\w+|root|tmp)/\w|[A-Z]:\\\\?Users\\"
    ),
    "something to do without the number of its issue": re.compile(r"\b(TODO|FIXME)\b(?!.*#\d)"),
}
# Where the patterns themselves, or files that show a bad path, stand.
OURSELVES = "tests/house/test_habits.py"


@pytest.mark.parametrize("what", PATTERNS)
def test_nothing_of_one_machine_and_nothing_unfinished(what):
    found = []
    for name, text in texts():
        if name == OURSELVES:
            continue
        lines = [n for n, line in enumerate(text.splitlines(), 1) if PATTERNS[what].search(line)]
        found += places(text, lines, name)
    assert not found, f"{what}:\n" + "\n".join(found)


def test_no_error_is_swallowed():
    found = []
    for name, text in texts(".py"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ExceptHandler) and all(isinstance(line, ast.Pass) for line in node.body):
                found.append(f"{name}:{node.lineno}")
    assert not found, f"an error is caught and dropped without a word: {found}"


def test_every_skipped_test_says_why():
    found = []
    for name, text in texts(".py"):
        if name.startswith("tests/"):
            for match in re.finditer(r"mark\.(skip|xfail)\b(?!.*reason)", text):
                if name != OURSELVES:
                    found.append(f"{name}:{text.count(chr(10), 0, match.start()) + 1}")
    assert not found, f"skipped or expected to fail without a reason: {found}"


def test_dependencies_carry_their_reason():
    for name, text in texts(".toml", ".in"):
        if name == "pyproject.toml":
            block = text[text.index("\ndependencies = [") :].partition("\n]")[0].splitlines()[2:]
        elif name.startswith("requirements/"):
            block = text.splitlines()
        else:
            continue
        explained = False
        for line in block:
            explained = "#" in line or (explained and line.strip().startswith('"'))
            assert explained, f"{name}: say what this is for: {line.strip()}"


def test_lock_files_pin_every_package_by_hash():
    for name, text in texts(".txt"):
        if name.startswith("requirements/"):
            packages = re.findall(r"^[a-z0-9][\w.\[\], -]*==\S+ \\\n +--hash=sha256:", text, re.MULTILINE)
            named = re.findall(r"^[a-z0-9][^\n]*$", text, re.MULTILINE | re.IGNORECASE)
            assert packages and len(packages) == len(named), (
                f"{name}: {len(named)} packages, {len(packages)} with a hash"
            )
