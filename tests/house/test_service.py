"""The service: writes are services with an Event, and nothing else writes.

That no view is without protection is asked of the URLconf itself, in tests/web/pages/test_access.py.
"""

import ast
import re

from tests.house.tree import texts

WEB = "goldenthread_web/"
# Of a model or a queryset; `update` counts with keywords (dictionaries and hashes take none here), `save`
# and `delete` without values (a workbook says where to, a cache says what).
ALWAYS = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "acreate"}
# Who writes without being a service, and why that is right.
ALLOWED = {
    "goldenthread_web/accounts/sign_in_services.py:note_seen": "when somebody was last here is no act",
    "goldenthread_web/extracts/lease_services.py": "a heartbeat is no act; what it finishes is an Event",
    "goldenthread_web/trail/recording.py": "writes the Events themselves",
}


def modules():
    """Every module of the service with its tree, but for migrations."""
    for name, text in texts(".py"):
        if name.startswith(WEB) and "/migrations/" not in name:
            yield name, ast.parse(text)


def is_of_services(name):
    return name.endswith("services.py")


SQL = re.compile(r"\s*(INSERT INTO|REPLACE INTO|UPDATE \w+ SET|DELETE FROM)\b")


def writes(node):
    """Calls within a node that write to the database, and statements of our own that do."""
    for call in ast.walk(node):
        if isinstance(call, ast.Constant) and isinstance(call.value, str) and SQL.match(call.value):
            yield call
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            continue
        method = call.func.attr
        if (
            method in ALWAYS
            or (method == "update" and call.keywords)
            or (method in ("save", "delete") and not call.args)
        ):
            yield call


def test_only_services_write():
    found = [
        f"{name}:{call.lineno} {ast.unparse(call)[:60]}"
        for name, tree in modules()
        if not is_of_services(name) and name not in ALLOWED
        for call in writes(tree)
    ]
    assert not found, "move these writes into a function of services.py with @service:\n" + "\n".join(found)


def test_every_write_of_services_is_a_service():
    found = []
    for name, tree in modules():
        if not is_of_services(name) or name in ALLOWED:
            continue
        for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
            said = f"{name}:{function.name}"
            if function.name.startswith("_") or said in ALLOWED or not any(writes(function)):
                continue
            if not any(_name(decorator) == "service" for decorator in function.decorator_list):
                found.append(f"{name}:{function.lineno} {function.name}")
    assert not found, "put @service(Permission.X) on these:\n" + "\n".join(found)


def test_every_service_says_by_whom():
    found = []
    for name, tree in modules():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and "service" in map(_name, function.decorator_list):
                if "by" not in [argument.arg for argument in function.args.kwonlyargs]:
                    found.append(f"{name}:{function.lineno} {function.name}")
    assert not found, f"a service takes `by=` by name: {found}"


def test_a_helper_of_services_is_called_from_its_own_module_only():
    """A private function may write because its caller is a service: nobody else may call it."""
    private = {
        function.name
        for name, tree in modules()
        if is_of_services(name)
        for function in tree.body
        if isinstance(function, ast.FunctionDef) and function.name.startswith("_") and any(writes(function))
    }
    found = [
        f"{name}:{node.lineno} {node.attr}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in private
    ]
    assert not found, found


def test_every_allowance_is_still_needed():
    sources = {name: tree for name, tree in modules()}
    unused = []
    for said in ALLOWED:
        name, _, function = said.partition(":")
        nodes = [
            node
            for node in (sources[name].body if name in sources else [])
            if not function or getattr(node, "name", "") == function
        ]
        if not any(any(writes(node)) for node in nodes):
            unused.append(said)
    assert not unused, f"nothing here writes any more; take it off the list: {unused}"


def _name(decorator):
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
