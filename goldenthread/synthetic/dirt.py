"""What is wrong in the files? Mistakes planted at a stated rate, each noted with its place and its rule.

A row that will be quarantined is always an extra row, and a value that will be blanked is one that no
figure of the stories reads. So the mistakes are there to be found and the figures stay as they are.
"""

from dataclasses import dataclass
from random import Random
from typing import Any

from goldenthread.standard import Table, code_labels
from goldenthread.synthetic import days

RATE = 0.005  # of the rows of a table: those with a planted mistake
Row = tuple[Any, ...]

# What may go wrong in each table: the kind, and the column where it does.
EXTRA = {
    "contacts": ("blank:received_at", "invalid:received_at", "twice:outcome", "short"),
    "referrals": ("blank:received_on", "invalid:received_on", "twice:source", "again"),
    "assessments": ("invalid:started_on", "twice:is_child_seen", "again"),
    "strategy_discussions": ("blank:is_s47_initiated", "invalid:held_on", "again"),
    "conferences": ("invalid:kind", "blank:held_on", "short", "again"),
    "cp_plans": ("invalid:started_on", "twice:initial_category"),
    "cin_plans": ("blank:started_on", "twice:team", "again"),
    "plan_meetings": ("invalid:kind", "blank:held_on", "again"),
    "visits": (
        "blank:visited_at", "invalid:visited_at", "twice:is_seen", "short", "future:visited_at",
        "orphan", "again",
    ),
    "placements": ("blank:placement_type", "invalid:started_on"),
    "health_checks": ("invalid:kind", "blank:result", "orphan", "again"),
    "peps": ("invalid:held_on", "again"),
    "management_oversights": ("blank:overseen_on", "invalid:kind", "future:overseen_on", "again"),
    "allocations": ("blank:team", "invalid:started_on", "again"),
    "missing_episodes": ("blank:started_at", "twice:reason"),
    "supervisions": ("invalid:held_on", "again"),
    "early_help_episodes": ("invalid:service", "again"),
}  # fmt: skip
CHANGED = {
    "contacts": ("code:source", "team", "worker"),
    "children": ("code:sex", "code:ethnicity"),
    "referrals": ("code:primary_need", "code:source", "team"),
    "conferences": ("code:participation", "link:strategy_discussion_id"),
    "visits": ("worker", "team"),
    "placements": ("code:provider", "code:end_reason"),
    "missing_episodes": ("backwards:started_at:ended_at",),
    "early_help_episodes": ("backwards:started_on:ended_on", "code:end_reason", "team"),
    "legal_proceedings": ("backwards:started_on:ended_on",),
    "complaints": ("backwards:received_on:responded_on", "team"),
    "exploitation_records": ("code:exploitation_type", "link:contact_id"),
    "plan_meetings": ("team",),
}  # fmt: skip
RULES = {
    "blank": "R05", "invalid": "R05", "code": "R05", "twice": "R07", "again": "R07", "short": "R02",
    "future": "R09", "backwards": "R09", "orphan": "R08", "team": "R08", "worker": "R08", "link": "R08",
}  # fmt: skip
NO_DAY = ("31/02/2017", "2017-13-01", "not known", "42917")
NO_CODE = ("ZZ", "Unknown?", "99X", "tbc")


@dataclass(frozen=True)
class Planted:
    """One mistake: the file and line where it stands, what it is and the rule that should find it."""

    file: str
    line: int
    kind: str
    rule: str
    column: str | None
    child: str | None
    sheet: str | None = None


class Planter:
    """Plants mistakes in the rows of a table and keeps the list of them."""

    def __init__(self, rng: Random, rate: float, as_at: int) -> None:
        self.rng, self.rate, self.as_at = rng, rate, as_at
        self.planted: list[Planted] = []
        self._number = 0

    def plant(self, table: Table, rows: list[Row], first_line: int) -> list[Row]:
        """The rows with some changed and some added; `first_line` is the line of the first."""
        extra, changed = EXTRA.get(table.name, ()), CHANGED.get(table.name, ())
        kinds = [(kind, True) for kind in extra] + [(kind, False) for kind in changed]
        number = round(len(rows) * self.rate)
        if not kinds or not number:
            return rows
        noted: dict[int, tuple[str, str | None]] = {}
        out: list[Row] = list(rows)
        added: list[tuple[int, Row]] = []
        untouched = self.rng.sample(range(len(rows)), min(len(rows), 4 * number))
        for turn in range(number):
            kind, is_extra = kinds[turn % len(kinds)]
            place = untouched[turn % len(untouched)]
            if is_extra:
                for row in self._extra(table, kind, rows[place]):
                    noted[id(row)] = _said(kind)
                    added.append((place, row))
            else:
                row = self._changed(table, kind, rows[place])
                if row is not None and out[place] is rows[place]:
                    noted[id(row)] = _said(kind)
                    out[place] = row
        return self._merged(table, out, added, noted, first_line)

    def _merged(
        self,
        table: Table,
        rows: list[Row],
        added: list[tuple[int, Row]],
        noted: dict[int, tuple[str, str | None]],
        first_line: int,
    ) -> list[Row]:
        after: dict[int, list[Row]] = {}
        for place, row in added:
            after.setdefault(place, []).append(row)
        found: list[Row] = []
        child = list(table.column).index("child_id") if "child_id" in table.column else None
        for place, own in enumerate(rows):
            for row in (own, *after.get(place, ())):
                found.append(row)
                if id(row) in noted:
                    kind, column = noted[id(row)]
                    whose = row[child] if child is not None and child < len(row) else None
                    line = first_line + len(found) - 1
                    self.planted.append(Planted(f"{table.name}.csv", line, kind, RULES[kind], column, whose))
        return found

    def _extra(self, table: Table, kind: str, row: Row) -> list[Row]:
        """Rows to be added: one, or two that contradict each other."""
        columns = list(table.column)
        kind, _, column = kind.partition(":")
        if kind == "again":
            return [tuple(list(row))]
        key = next(name for name in table.key if name != "child_id")
        self._number += 1
        values = dict(zip(columns, row, strict=True)) | {key: f"X{self._number:06d}"}
        if kind == "twice":
            other = dict(values)
            values[column], other[column] = self._two(table, column)
            return [tuple(values.values()), tuple(other.values())]
        if kind == "short":
            return [tuple(values.values())[:-2]]
        if kind == "blank":
            values[column] = None
        elif kind == "invalid":
            values[column] = self.rng.choice(NO_CODE if table.column[column].codes else NO_DAY)
        elif kind == "future":
            values[column] = days.iso(self.as_at + self.rng.randint(2, 200))
        else:  # orphan
            values["child_id"] = f"9{self._number:06d}"
        return [tuple(values.values())]

    def _two(self, table: Table, column: str) -> tuple[str, str]:
        """Two values of a column, both valid."""
        if table.column[column].type == "boolean":
            return "true", "false"
        if table.column[column].codes:
            first, second, *_ = code_labels(table.column[column].codes or "")
            return first, second
        return "One", "Another"

    def _changed(self, table: Table, kind: str, row: Row) -> Row | None:
        """The row with one value changed; nothing where the row does not lend itself to it."""
        values = dict(zip(table.column, row, strict=True))
        kind, _, column = kind.partition(":")
        if kind == "code":
            if values[column] is None:
                return None
            values[column] = self.rng.choice(NO_CODE)
        elif kind == "backwards":
            start, _, end = column.partition(":")
            if values[end] is None:
                return None
            day = int(values[start][:4]) - 1
            values[end] = f"{day}{values[start][4:]}"
            if values[end][5:10] == "02-29":
                return None
        elif kind in ("team", "worker"):
            name = "team" if kind == "team" else "worker_id"
            if values[name] is None and kind == "team":
                return None
            values[name] = "Old Duty Team" if kind == "team" else f"W{self.rng.randint(90000, 99999)}"
        else:  # link
            if values[column] is None:
                return None
            values[column] = f"{values[column][:2]}9{self.rng.randint(100000, 999999)}"
        return tuple(values.values())


def _said(kind: str) -> tuple[str, str | None]:
    name, _, column = kind.partition(":")
    if name in ("team", "worker"):
        return name, "team" if name == "team" else "worker_id"
    if name == "orphan":
        return name, "child_id"
    return name, column.rpartition(":")[2] or None
