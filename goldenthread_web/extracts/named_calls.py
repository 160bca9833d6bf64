"""Which function does a dotted path in our data name? Apps to the left are called without being imported."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any


def named_call(path: str) -> Callable[..., Any] | None:
    """The function; None where its app has no such module or function (yet), which the caller says."""
    module, _, name = path.rpartition(".")
    app = module.rpartition(".")[0]
    if find_spec(app) is None or find_spec(module) is None:
        return None
    return getattr(import_module(module), name, None)
