"""Sizes: a sense of proportion. A module answers one question in about 300 lines."""

import ast
import warnings

from tests.house.tree import texts

GUIDE, LIMIT = 300, 450
LONGEST_FUNCTION = 80  # twice what the house style asks for


def test_modules_answer_one_question():
    sizes = {name: text.count("\n") for name, text in texts(".py") if _is_ours(name)}
    long = {name: size for name, size in sizes.items() if size > GUIDE}
    for name, size in long.items():
        print(f"{name} has {size} lines: does it still answer one question?")
    too_long = {name: size for name, size in long.items() if size > LIMIT}
    assert not too_long, f"over {LIMIT} lines; split by question: {too_long}"


def _is_ours(name):
    """Migrations are written by Django."""
    return not name.startswith("tests/") and "/migrations/0" not in name


def test_functions_fit_on_a_screen():
    found = []
    for name, text in texts(".py"):
        if name.startswith("tests/"):
            continue
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= LONGEST_FUNCTION:
                found.append(f"{name}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines")
    assert not found, "\n".join(found)
