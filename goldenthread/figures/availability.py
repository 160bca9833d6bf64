"""Can this indicator be worked out from what was supplied, by which route, and with what caveats?

Not supplied is not zero (rule R12): an indicator none of whose routes is satisfied is not
computable. `Supplies` answers for one load; see the precedence rule in the local extracts spec.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Protocol

from goldenthread.calendar import add_months
from goldenthread.indicators.catalogue import Cell, Definition, Route
from goldenthread.indicators.part import Part
from goldenthread.periods import Period
from goldenthread.standard import native_tables, recorded_tables

# Native tables that every load writes, whatever was in it: one loaded source of any kind is enough.
_OF_EVERY_LOAD = {"dq_findings", "load_rows"}
# Whose rows are those of a local extract: the extract's own, and what people wrote in the service instead.
_LOCAL = {"local_extracts", "recorded"}


class SourceSupply(Protocol):
    """What one source supplied for one table."""

    @property
    def complete_since_on(self) -> date | None:
        """The day since which it holds every record; None where nothing says it lacks any."""
        ...


class TableSupply(Protocol):
    """What the sources of a load supplied together for one table."""

    @property
    def columns(self) -> frozenset[str]:
        """Columns supplied, also where every value is blank."""
        ...

    @property
    def kinds(self) -> frozenset[str]:
        """Codes of the kind column that were supplied."""
        ...

    @property
    def starts_on(self) -> date | None:
        """The day on which the history starts."""
        ...

    @property
    def covers_from_on(self) -> date | None:
        """The day from which the manifest says it is complete."""
        ...

    @property
    def filled_by(self) -> Mapping[str, str]:
        """The source that filled each column."""
        ...

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that supplied it, highest first."""
        ...

    @property
    def kinds_from(self) -> Mapping[str, str]:
        """The source that supplied each kind."""
        ...

    @property
    def by_source(self) -> Mapping[str, "SourceSupply"]:
        """What each source itself supplied."""
        ...


@dataclass(frozen=True)
class Supplies:
    """The supply of one load, table by table."""

    tables: Mapping[str, TableSupply]

    def has(self, what: str) -> bool:
        """Whether a table, `table.column` or `table=kind` was supplied, by any source or by `@source`."""
        what, _, source = what.partition("@")
        name, _, kind = what.partition("=")
        name, _, column = name.partition(".")
        supply = self.tables.get(name)
        if supply is None:
            return False
        if source:
            return source in ([supply.filled_by.get(column)] if column else supply.filled_by.values())
        if kind:
            return kind in supply.kinds
        return not column or column in supply.columns

    def complete_since(self, what: str) -> date:
        """The day since which the source of a table, or of `table=kind`, holds every record of it."""
        name, _, kind = what.partition("=")
        supply = self.tables.get(name)
        if supply is None or not supply.sources:
            return date.min
        own = supply.by_source.get(supply.kinds_from.get(kind, supply.sources[0]))
        return own and own.complete_since_on or date.min

    def source_of(self, table: str, column: str) -> str | None:
        """Which source filled that column; None if none did."""
        supply = self.tables.get(table)
        return None if supply is None else supply.filled_by.get(column)

    def _fills(self, cell: Cell) -> bool:
        source, table, column = cell
        if source == "native":
            is_written = table in _OF_EVERY_LOAD and bool(self.tables)
            return is_written or (table in recorded_tables() and self.has(f"{table}.{column}"))
        if source == "local_extracts":
            return self._is_local(table) and self.source_of(table, column) is not None
        kept_in = _kept_in().get(cell)
        return kept_in is not None and self.has(".".join(kept_in))

    def _is_local(self, table: str) -> bool:
        """Whether a table's rows are those of the local extract, or of records kept in its place (children:
        of every source together).

        What another source maps to the table counts through the routes written for that source: it
        may hold the last event only, or one year.
        """
        supply = self.tables.get(table)
        return supply is not None and (table == "children" or not _LOCAL.isdisjoint(supply.sources))

    def _has_kind(self, route: Route, table: str, kind: str) -> bool:
        supply = self.tables[table]
        is_local = supply.kinds_from.get(kind, "local_extracts") in _LOCAL
        return kind in supply.kinds and (is_local or route.profile != "local_extracts")

    def satisfies(self, route: Route) -> bool:
        """Whether all columns and, for each file named, one of the kinds of a route were supplied."""
        if not all(self._fills(cell) for cell in route.required):
            return False
        return all(
            any(self._has_kind(route, table, kind) for kind in kinds)
            for table, kinds in route.kinds_any_of.items()
        )

    def route(self, definition: Definition) -> Route | None:
        """The first route of the indicator that is satisfied; None: not computable."""
        return next((route for route in definition.routes if self.satisfies(route)), None)


@cache
def _kept_in() -> Mapping[Cell, tuple[str, str]]:
    """Where the native tables keep each item of a return: (source, list or group, item) to column."""
    found: dict[Cell, tuple[str, str]] = {}
    for name, native in native_tables().items():
        for column in native.columns:
            place = (name, column.name)
            if name.startswith("annex_a_") and column.header:
                found["annex_a", name.removeprefix("annex_a_"), column.header] = place
            for item in column.cin_census:
                group, _, element = item.rpartition("/")
                found["cin_census", group.rpartition("/")[2], element] = place
            for item in column.ssda903:
                file, _, element = item.partition(".")
                found["ssda903", file, element] = place
    return found


_MONTHS_BACK = re.compile(r"add_months\((P0|RD),-(\d+)\)")
_DAYS_BACK = re.compile(r"(P0|RD) - (\d+) days")


def looks_back_to(rule: str, starts_on: date, reads_at: date) -> date:
    """The day from which a rule needs history: `add_months(P0,-12)` or `RD - 90 days`."""
    anchors = {"P0": starts_on, "RD": reads_at}
    if months := _MONTHS_BACK.fullmatch(rule):
        return add_months(anchors[months[1]], -int(months[2]))
    if days := _DAYS_BACK.fullmatch(rule):
        return anchors[days[1]] - timedelta(int(days[2]))
    raise ValueError(f"look_back {rule!r} is of no known form.")


def caveats(
    definition: Definition, part: Part, route: Route, supplies: Supplies, period: Period, reads_at: date
) -> list[str]:
    """Why a figure is partial for a period: what is missing, in words; empty if nothing is."""
    found = [text for what, text in part.partial_without.items() if not supplies.has(what)]
    for need in definition.look_back:
        supply = supplies.tables.get(need["table"])
        needed_from = looks_back_to(need["from"], period.starts_on, reads_at)
        if supply and supply.starts_on and supply.starts_on > needed_from:
            name = need["table"] if need["table"] in recorded_tables() else f"{need['table']}.csv"
            found.append(f"{name} starts on {supply.starts_on}, {needed_from} is needed")
    found += _late_cover(definition, supplies, period, reads_at)
    if route.profile == "annex_a" and period.starts_on < add_months(reads_at, -6):
        found.append("an Annex A workbook covers the six months to its as-at date")
    return found


def _late_cover(definition: Definition, supplies: Supplies, period: Period, reads_at: date) -> list[str]:
    if definition.attribution is None:
        return []
    tables = definition.attribution["table"]
    start = reads_at if definition.measure_type == "snapshot" else period.starts_on
    found = []
    for name in [tables] if isinstance(tables, str) else tables:
        supply = supplies.tables.get(name)
        if supply and supply.covers_from_on and supply.covers_from_on > start:
            found.append(f"{name}.csv covers from {supply.covers_from_on} only")
    return found
