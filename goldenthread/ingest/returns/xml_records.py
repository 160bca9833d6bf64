"""Which records of the native tables does one element of a return hold, and what is wrong with them?

Which element opens a record of which table is the reader's; which items a table has, and in which
collection years, is the table's own definition.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lxml import etree

from goldenthread.ingest.extract import Severity
from goldenthread.ingest.returns.cells import (
    Cell,
    Collection,
    Problem,
    in_years,
    read_xml_date,
    years_in_words,
)
from goldenthread.ingest.returns.remarks import Remarks
from goldenthread.ingest.returns.xml_files import line_of, local_name, report_stray_text
from goldenthread.standard import table


@dataclass(frozen=True)
class Groups:
    """The shape of a return: which elements open a record, and which hold what."""

    tables: Mapping[str, str]  # element that opens a record: its native table
    holds: Mapping[str, frozenset[str]]  # element: the groups that may stand in it


class _Item(NamedTuple):
    """One item: which cell reads it, where its value goes, whether it may be given several times."""

    cell: Cell
    place: int
    is_list: bool
    is_record: bool  # the item is a record of its own (a disability, the date of a review)
    table: str
    remark: str | None  # why the item does not belong to this collection year


@dataclass
class Record:
    """One record as read: a value per column of its table, and the records inside it."""

    table: str
    values: list[Any]
    row: int | None
    inner: list["Record"] = field(default_factory=list)
    twice: set[int] = field(default_factory=set)  # places given twice with different values

    def content(self) -> tuple[Any, ...]:
        """What the record says: equal for a record that was exported twice."""
        values = tuple(tuple(v) if isinstance(v, list) else v for v in self.values)
        return (self.table, values, tuple(inner.content() for inner in self.inner))

    def drop_repeated(self) -> list["Record"]:
        """Take out the inner records that equal an earlier one of this record; give them back."""
        if len(self.inner) < 2:
            return []
        seen: set[tuple[Any, ...]] = set()
        kept: list[Record] = []
        repeated: list[Record] = []
        for inner in self.inner:
            content = inner.content()
            (repeated if content in seen else kept).append(inner)
            seen.add(content)
        self.inner = kept
        return repeated


class Said(NamedTuple):
    """A problem in a record, kept until it is known whose record it is."""

    problem: Problem
    row: int | None
    table: str
    column: str
    text: str


class RecordReader:
    """Reads elements of one return into records."""

    def __init__(self, groups: Groups, collection: Collection, remarks: Remarks) -> None:
        self._groups = groups
        self._remarks = remarks
        self._items: dict[tuple[str, str, str], _Item] = {}
        self._said: list[Said] = []
        self._width: dict[str, int] = {}
        for element, name in groups.tables.items():
            self._learn(element, name, collection)

    def _learn(self, element: str, name: str, collection: Collection) -> None:
        found = table(name)
        self._width[name] = len(found.columns)
        for place, column in enumerate(found.columns):
            if column.header is None:
                continue
            parents = [path.partition("/")[0] for path in column.cin_census] or self._containers(element)
            remark = None
            if not in_years(collection.year, column.from_year, column.to_year):
                years = years_in_words(column.from_year, column.to_year)
                remark = f"{column.header} is an item of the collections {years}; it was read all the same."
            cell = Cell(column, collection, read_xml_date)
            is_record = element == column.header
            item = _Item(cell, place, column.type == "code_list", is_record, name, remark)
            for parent in parents:
                self._items[name if not is_record else "", parent, column.header] = item

    def _containers(self, element: str) -> list[str]:
        inner = [name for name in self._groups.holds.get(element, ()) if name not in self._groups.tables]
        return [element, *inner]

    def read(self, element: etree._Element) -> Record:
        """The record an element opens, with those inside it."""
        name = local_name(element.tag)
        record = self._opened(name, element)
        self._fill(record, element, name)
        return record

    def said(self) -> list[Said]:
        """The problems found since this was last asked."""
        said, self._said = self._said, []
        return said

    def _opened(self, element_name: str, element: etree._Element) -> Record:
        name = self._groups.tables[element_name]
        return Record(name, [None] * self._width[name], line_of(element))

    def _fill(self, record: Record, element: etree._Element, name: str) -> None:
        if element.text and not element.text.isspace():
            report_stray_text(name, element, self._remarks)
        items = self._items
        for child in element:
            tag = child.tag if "}" not in child.tag else local_name(child.tag)
            item = items.get((record.table, name, tag)) or items.get(("", name, tag))
            if item is not None:
                self._take(record, item, child)
            elif tag in self._groups.holds.get(name, ()):
                self._enter(record, child, tag)
            else:
                self._report_unknown(child, name, tag)
            tail = child.tail
            if tail and not tail.isspace():
                report_stray_text(name, child, self._remarks)

    def _enter(self, record: Record, child: etree._Element, tag: str) -> None:
        if tag not in self._groups.tables:
            self._fill(record, child, tag)
            return
        inner = self._opened(tag, child)
        record.inner.append(inner)
        self._fill(inner, child, tag)

    def _report_unknown(self, child: etree._Element, name: str, tag: str) -> None:
        inside = ", ".join(dict.fromkeys(local_name(inner.tag) for inner in child))
        holding = f" (it holds {inside})" if inside else ""
        message = f"{name}/{tag}{holding} is not part of the return and was not read."
        self._remarks.once("R03", message, row=line_of(child))

    def _take(self, record: Record, item: _Item, child: etree._Element) -> None:
        if item.is_record:
            record.inner.append(Record(item.table, [None] * self._width[item.table], line_of(child)))
            record = record.inner[-1]
        if item.remark:
            self._remarks.once("item-of-another-year", item.remark, row=line_of(child))
        if len(child):
            self._report_unknown(child[0], local_name(child.tag), local_name(child[0].tag))
        text = child.text or ""
        clean = item.cell.clean
        value = clean[text] if text in clean else self._read(record, item, text)
        if value is not None:
            self._keep(record, item, value, text)

    def _read(self, record: Record, item: _Item, text: str) -> Any:
        value, problem = item.cell.read(text)
        if problem is not None:
            self._say(problem, record, item, text)
        return value

    def _keep(self, record: Record, item: _Item, value: Any, text: str) -> None:
        before = record.values[item.place]
        if item.is_list:
            record.values[item.place] = [*(before or []), *([value] if value not in (before or []) else [])]
        elif before is None and item.place not in record.twice:
            record.values[item.place] = value
        elif before != value:
            record.values[item.place] = None
            record.twice.add(item.place)
            name = item.cell.column.header
            message = f"{name} is given twice with different values; it was left blank."
            self._say(Problem("R05", Severity.ERROR, message), record, item, text)

    def _say(self, problem: Problem, record: Record, item: _Item, text: str) -> None:
        self._said.append(Said(problem, record.row, record.table, item.cell.column.name, text))
