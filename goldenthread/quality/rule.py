"""What a data-quality rule is: which rows, what is wrong with some of them, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

import ibis.expr.types as ir

Severity = Literal["error", "warning", "info"]
OURS = "Golden Thread data standard"


@dataclass(frozen=True, eq=False, kw_only=True)
class Rule:
    """Something that cannot be right in a record: `rows` that are looked at, and which of them `fails`.

    The rows are those known at the as-at date, each with the file and line it was read from. A null
    never fails. `error` is for what the specification of the indicators calls an error; the rest is
    worth a look (`warning`) or good to know (`info`).
    """

    code: str  # hyphenated words, stable for ever
    title: str  # what is wrong
    advice: str  # what a worker does about it on Monday
    table: str  # whose rows these are
    rows: ir.Table
    fails: ir.BooleanValue
    shows: tuple[str, ...]  # the columns of the rows that a worker needs
    needs: tuple[str, ...]  # tables and columns without which it is not run, those in doubt first
    severity: Severity = "warning"
    source: str = OURS  # the guidance, or the rule of a return that makes the same check
    id: str = ""  # X01 to X17, where the specification gives one

    @property
    def name(self) -> str:
        """What its findings are filed under: the id of the specification, else the code."""
        return self.id or self.code

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its own table that are in doubt."""
        own = [need.partition(".")[2] for need in self.needs if need.startswith(f"{self.table}.")]
        return tuple(column.partition("=")[0] for column in own)
