"""What an item of the worklist is: something that is due for a child, or of a worker, by a day.

An item reads the same populations as the indicators, so that a list of what is overdue and the
figure that counts it cannot disagree.
"""

from dataclasses import dataclass

import ibis.expr.types as ir

from goldenthread.populations import Population

# A date, and the number of working days after it.
WorkingDays = tuple[ir.DateValue, ir.IntegerValue | int]


@dataclass(frozen=True, eq=False, kw_only=True)
class Duty:
    """Rows of one population for which something falls due, and when.

    It falls due on `due_on` or `within` working days after a date; where a row has both, on the
    earlier. The sentences may hold {clock_start}, {last_done}, {next_due} and any parameter's name.
    """

    of: Population
    where: ir.BooleanValue | None = None
    clock_start: ir.DateValue | None = None
    last_done: ir.DateValue | None = None
    due_on: ir.DateValue | None = None
    within: WorkingDays | None = None
    # Overdue although no day can be named by which it was due.
    is_overdue_now: ir.BooleanValue | None = None
    role: str = "social_worker"  # who does it: the holder of the child in this role
    of_worker: bool = False  # it is about the worker of the row, whoever holds the child
    who: str = ""  # where an item has several duties: of whom this one is
    # What must be supplied: table.column, or table=kind (one of several: table=kind|kind).
    needs: tuple[str, ...]
    never: str  # why, where it was not done before
    since: str = ""  # why, where `last_done` says when


@dataclass(frozen=True, eq=False, kw_only=True)
class Item:
    """One thing to be done, with the timescale it rests on."""

    code: str
    label: str
    duties: tuple[Duty, ...]
    timescale: str = ""
    is_information: bool = False  # nobody has to do anything by that day
