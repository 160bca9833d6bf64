"""Definitions as the engine's SQL, compiled once and kept: compiling takes longer than working out.

What is kept belongs to this version of the code and to the values of the settings it was compiled
with; it holds no record. Without a folder it is kept for the life of the process only.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import ibis.expr.operations as ops
import ibis.expr.types as ir

from goldenthread.populations.narrowed import Columns, columns_read
from goldenthread.settings import SCALARS


@dataclass(frozen=True)
class Statement:
    """SQL that gives rows, and the columns of the tables it reads."""

    sql: str
    reads: Columns


@dataclass
class Entry:
    """One definition: the columns and scalars it reads, and its SQL for the values seen so far."""

    reads: Columns
    scalars: tuple[str, ...]
    sql: dict[str, str] = field(default_factory=dict)


_MEMORY: dict[str, Entry] = {}


@cache
def code_digest() -> str:
    """What the compiled SQL depends on: our code and data, and the libraries that compile it."""
    digest = hashlib.sha256()
    for library in ("ibis-framework", "sqlglot", "duckdb"):
        digest.update(version(library).encode())
    for path, content in _sources(files("goldenthread"), ""):
        digest.update(path.encode() + content)
    return digest.hexdigest()[:16]


def _sources(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        name = f"{path}/{entry.name}"
        if entry.is_dir() and entry.name not in ("__pycache__", "ingest", "synthetic", "commands"):
            found += _sources(entry, name)
        elif entry.name.endswith((".py", ".toml", ".json")):
            found.append((name, entry.read_bytes()))
    return found


@dataclass(frozen=True)
class Compiled:
    """Compiled definitions of one engine; with a folder they are kept there for the next process."""

    engine: str
    folder: Path | None = None

    def reads(self, key: str, build: Callable[[], ir.Table]) -> Columns:
        """What a definition reads; it is compiled only when its statement is asked for."""
        name = f"{self.engine}:{key}"
        entry = self._known(name)
        if entry is None:
            entry = self._new(name, build())
            self._write(name, entry)
        return entry.reads

    def statement(
        self,
        key: str,
        build: Callable[[], ir.Table],
        value: Callable[[str], Any],
        compile_sql: Callable[[ir.Table, dict[ops.Node, Any]], str],
    ) -> Statement:
        """The statement of a definition; compiled only if it is not kept."""
        name = f"{self.engine}:{key}"
        entry, expression = self._known(name), None
        if entry is None:
            expression = build()
            entry = self._new(name, expression)
        values = {scalar: value(scalar) for scalar in entry.scalars}
        signature = repr(sorted(values.items()))
        if signature not in entry.sql:
            expression = build() if expression is None else expression
            nodes = expression.op().find(ops.ScalarParameter)
            entry.sql[signature] = compile_sql(expression, {n: values[SCALARS[n]] for n in nodes})
            self._write(name, entry)
        return Statement(entry.sql[signature], entry.reads)

    def _known(self, name: str) -> Entry | None:
        entry = _MEMORY.get(name) or self._read(name)
        if entry is not None:
            _MEMORY[name] = entry
        return entry

    @staticmethod
    def _new(name: str, expression: ir.Table) -> Entry:
        scalars = {SCALARS[node] for node in expression.op().find(ops.ScalarParameter)}
        _MEMORY[name] = Entry(columns_read(expression), tuple(sorted(scalars)))
        return _MEMORY[name]

    def _path(self, name: str) -> Path | None:
        if self.folder is None:
            return None
        return self.folder / code_digest() / f"{hashlib.sha256(name.encode()).hexdigest()[:24]}.json"

    def _read(self, name: str) -> Entry | None:
        path = self._path(name)
        if path is None or not path.is_file():
            return None
        try:
            data = json.loads(path.read_text("utf-8"))
            return Entry(data["reads"], tuple(data["scalars"]), data["sql"])
        except (OSError, ValueError, KeyError):
            return None  # a torn file of a killed process: it is compiled and written again

    def _write(self, name: str, entry: Entry) -> None:
        path = self._path(name)
        if path is None:
            return
        data = {"reads": entry.reads, "scalars": entry.scalars, "sql": entry.sql}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(f".{id(entry)}")
            partial.write_text(json.dumps(data), "utf-8")
            partial.replace(path)
        except OSError:
            return  # a store that may only be read: compiled anew next time, never wrong
