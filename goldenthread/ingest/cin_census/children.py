"""Which rows of the native tables does each Child of a CIN census make?

A record that cannot be used (no LAchildID, no date of its own) is quarantined and listed; one that
was exported twice is kept once; two records of a child that disagree about the child are both
quarantined, but not the episodes in them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.ingest.extract import Severity
from goldenthread.ingest.returns.remarks import Remarks
from goldenthread.ingest.returns.rows import TableRows, coordinates, line_rows, native_rows
from goldenthread.ingest.returns.xml_records import Groups, Record, Said
from goldenthread.standard import table

SOURCE = "cin_census"

GROUPS = Groups(
    tables={
        "Child": "cin_children",
        "Disability": "cin_disabilities",
        "CINdetails": "cin_details",
        "Assessments": "cin_assessments",
        "CINPlanDates": "cin_plan_dates",
        "Section47": "cin_section47",
        "ChildProtectionPlans": "cin_cp_plans",
        "CPPreviewDate": "cin_reviews",
    },
    holds={
        "Child": frozenset({"ChildIdentifiers", "ChildCharacteristics", "CINdetails"}),
        "ChildCharacteristics": frozenset({"Disabilities"}),
        "CINdetails": frozenset({"Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans"}),
        "Assessments": frozenset({"FactorsIdentifiedAtAssessment"}),
        "ChildProtectionPlans": frozenset({"Reviews"}),
    },
)

# The word in the ids made here, and the column that links a record to the one it stands in.
_ID_WORD = {
    "cin_details": "referral",
    "cin_assessments": "assessment",
    "cin_plan_dates": "cin-plan",
    "cin_section47": "section-47",
    "cin_cp_plans": "cp-plan",
    "cin_reviews": "cp-review",
}
_PARENT_LINK = {
    "cin_assessments": "cin_details_id",
    "cin_plan_dates": "cin_details_id",
    "cin_section47": "cin_details_id",
    "cin_cp_plans": "cin_details_id",
    "cin_reviews": "cp_plan_id",
}
_START_AND_END = {
    "cin_details": ("referral_on", "closed_on"),
    "cin_assessments": ("started_on", "authorised_on"),
    "cin_plan_dates": ("started_on", "ended_on"),
    "cin_cp_plans": ("started_on", "ended_on"),
}


class _Place:
    """Where the columns of one native table stand in a record's values."""

    def __init__(self, name: str) -> None:
        found = table(name)
        at = {column.name: place for place, column in enumerate(found.columns)}
        self.header = {place: column.header for place, column in enumerate(found.columns)}
        self.child = at["child_id"]
        self.id = at[found.key[0]] if name in _ID_WORD else None
        self.link = at.get(_PARENT_LINK.get(name, ""))
        self.needed = [
            at[column] for column in found.required if found.column[column].header and column != "child_id"
        ]
        self.span = tuple(at[column] for column in _START_AND_END.get(name, ()))


@dataclass(frozen=True, kw_only=True)
class Finished:
    """What a census made: native tables, rows set aside, and every record read."""

    tables: dict[str, pa.Table]
    set_aside: dict[str, pa.Table]
    lines: pa.Table


class NativeRows:
    """The native rows of one census, child by child."""

    def __init__(self, authority: str, file: str, remarks: Remarks) -> None:
        self._remarks = remarks
        same = coordinates(authority, SOURCE, file)
        names = GROUPS.tables.values()
        self._rows: dict[str, TableRows] = {name: native_rows(name, same) for name in names}
        self._aside: dict[str, TableRows] = {name: native_rows(name, same) for name in names}
        self._lines: dict[str, TableRows] = {name: line_rows(SOURCE, file, name) for name in names}
        self._place = {name: _Place(name) for name in names}
        self._children: dict[str, tuple[int, int | None, int]] = {}  # what it says, row, episodes
        self._episodes: set[int] = set()  # what each episode kept says
        self._disagreeing: set[str] = set()
        self.count = 0

    def add(self, record: Record, said: list[Said]) -> None:
        """Keep, quarantine or drop as repeated what one Child holds."""
        child = record.values[self._place["cin_children"].child]
        for problem, row, name, column, text in said:
            self._remarks.about(problem, row=row, table=name, column=column, text=text, child_id=child)
        if child is None:
            self._quarantine_all(record)
            return
        for inner in record.drop_repeated():
            self._drop(inner, child)
        is_new = self._add_child(record, child)
        number = self._children[child][2]
        for inner in record.inner:
            if inner.table == "cin_details":
                number += self._add_episode(inner, child, number + 1)
            elif is_new:
                self._add_record(inner, child, None, "")
            else:
                self._line(inner, "duplicate", child)
        self._children[child] = (*self._children[child][:2], number)

    def _add_child(self, record: Record, child: str) -> bool:
        marks = [inner.content() for inner in record.inner if inner.table == "cin_disabilities"]
        says = hash((tuple(record.values), tuple(sorted(marks))))
        known = self._children.get(child)
        if known is None:
            self._children[child] = (says, record.row, 0)
            self._check_birth(record, child)
            self._check_episodes(record, child)
            self._add_record(record, child, None, "")
            return True
        if known[0] == says:
            self._say(
                record, child, "R07", Severity.INFO, "The child is given twice; the records were joined."
            )
            self._line(record, "duplicate", child)
            return False
        message = "Two records of this child disagree about the child; neither was used, their episodes were."
        if child not in self._disagreeing:
            first = Record("cin_children", [], known[1])
            self._say(first, child, "R07", Severity.ERROR, message)
        self._say(record, child, "R07", Severity.ERROR, message)
        self._disagreeing.add(child)
        self._line(record, "quarantined", child)
        return False

    def _check_birth(self, record: Record, child: str) -> None:
        columns = table("cin_children").columns
        values = {column.name: value for column, value in zip(columns, record.values, strict=True)}
        born, expected = values["born_on"], values["expected_birth_on"]
        if born is None and expected is None:
            message = "PersonBirthDate is blank and there is no ExpectedPersonBirthDate."
        elif born is not None and expected is not None:
            message = (
                "PersonBirthDate and ExpectedPersonBirthDate are both given; the child was read as born."
            )
        else:
            return
        self._say(record, child, "R16", Severity.WARNING, message)

    def _check_episodes(self, record: Record, child: str) -> None:
        if not any(inner.table == "cin_details" for inner in record.inner):
            self._say(record, child, "no-episode", Severity.WARNING, "The child has no CINdetails group.")

    def _add_episode(self, record: Record, child: str, number: int) -> int:
        says = hash((child, record.content()))
        if says in self._episodes:
            self._drop(record, child)
            return 0
        self._episodes.add(says)
        made = self._add_record(record, child, None, f"{number:02d}")
        for count, inner in enumerate(self._without_repeated(record, child), start=1):
            mark = f"{number:02d}.{count:02d}"
            inner_made = self._add_record(inner, child, made, mark)
            for review_count, review in enumerate(self._without_repeated(inner, child), start=1):
                self._add_record(review, child, inner_made, f"{mark}.{review_count:02d}")
        return 1

    def _without_repeated(self, record: Record, child: str) -> list[Record]:
        for repeated in record.drop_repeated():
            self._drop(repeated, child)
        return record.inner

    def _add_record(self, record: Record, child: str, parent: str | None, mark: str) -> str | None:
        """Keep one record, and give back the id made for it; None where it was quarantined."""
        place = self._place[record.table]
        values = record.values
        missing = [place.header[at] for at in place.needed if values[at] is None]
        if missing:
            message = f"{missing[0]} is blank or not readable, so the {record.table} record cannot be used."
            self._say(record, child, "R05", Severity.ERROR, message)
            self._line(record, "quarantined", child)
            return None
        values[place.child] = child
        if place.id is not None:
            values[place.id] = f"cin:{_ID_WORD[record.table]}:{child}:{mark}"
        if place.link is not None:
            values[place.link] = parent
        self._check_order(record, child)
        self._rows[record.table].add([*values, record.row])
        self._line(record, "kept", child)
        return values[place.id] if place.id is not None else None

    def _check_order(self, record: Record, child: str) -> None:
        place = self._place[record.table]
        if not place.span:
            return
        start, end = (record.values[at] for at in place.span)
        if end is not None and end < start:
            names = [place.header[at] for at in place.span]
            message = f"{names[1]} {end} is before {names[0]} {start}."
            self._say(record, child, "R09", Severity.ERROR, message)

    def _drop(self, record: Record, child: str) -> None:
        self._say(record, child, "R07", Severity.INFO, "The record is given twice; it was kept once.")
        for each in _with_inner(record):
            self._line(each, "duplicate", child)

    def _quarantine_all(self, record: Record) -> None:
        message = "LAchildID is blank or not readable, so nothing recorded for this child can be used."
        self._say(record, None, "R05", Severity.ERROR, message)
        for each in _with_inner(record):
            self._line(each, "quarantined", None)

    def _line(self, record: Record, status: str, child: str | None) -> None:
        self.count += 1
        self._lines[record.table].add((record.row, status, child))
        if status != "kept":
            values = list(record.values)
            values[self._place[record.table].child] = child
            self._aside[record.table].add([*values, record.row])

    def _say(self, record: Record, child: str | None, rule: str, severity: Severity, message: str) -> None:
        self._remarks.add(rule, severity, message, row=record.row, table=record.table, child_id=child)

    def finish(self) -> Finished:
        """The native tables, the rows set aside, and every record read with what became of it."""
        tables = {name: rows.finish() for name, rows in self._rows.items()}
        aside = {name: rows.finish() for name, rows in self._aside.items()}
        lines = {name: rows.finish() for name, rows in self._lines.items()}
        if self._disagreeing:
            disagreeing = pa.array(sorted(self._disagreeing), pa.string())
            for name in ("cin_children", "cin_disabilities"):
                of_them = pc.is_in(tables[name]["child_id"], value_set=disagreeing)
                aside[name] = pa.concat_tables([aside[name], tables[name].filter(of_them)])
                tables[name] = tables[name].filter(pc.invert(of_them))
                lines[name] = _quarantined(lines[name], disagreeing)
        return Finished(
            tables=tables,
            set_aside={name: rows for name, rows in aside.items() if rows.num_rows},
            lines=pa.concat_tables(lines.values()),
        )


def _with_inner(record: Record) -> Iterator[Record]:
    yield record
    for inner in record.inner:
        yield from _with_inner(inner)


def _quarantined(lines: pa.Table, children: pa.Array) -> pa.Table:
    of_them: Any = pc.is_in(lines["child_id"], value_set=children)
    status = pc.if_else(of_them, pa.scalar("quarantined"), lines["status"])
    return lines.set_column(lines.schema.get_field_index("status"), lines.schema.field("status"), status)
