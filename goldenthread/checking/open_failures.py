"""Which failures are open on the columns an indicator reads?"""

from collections import Counter
from collections.abc import Mapping
from functools import cache

from goldenthread.indicators.catalogue import Definition, catalogue
from goldenthread.quality.rules import all_rules
from goldenthread.standard import native_tables
from goldenthread.store import Load

Place = tuple[str, str]  # table and column; a blank column stands for the whole row
Filed = tuple[str, str, str]  # rule, table, severity


def open_failures(load: Load) -> dict[str, dict[str, int]]:
    """For each indicator, how many findings there are on what it reads, by severity."""
    found: dict[str, Counter[str]] = {}
    for ref, counts in failures_by_rule(load).items():
        found[ref] = Counter()
        for (_, _, severity), number in counts.items():
            found[ref][severity] += number
    return {ref: dict(sorted(counts.items())) for ref, counts in found.items()}


def failures_by_rule(load: Load) -> dict[str, dict[Filed, int]]:
    """For each indicator, how many findings there are on what it reads, by rule, table and severity.

    A finding counts where it is filed on a column that a route of the indicator reads, or on a whole
    row of a table it reads; for a written rule any of the columns it looks at.
    """
    found: dict[str, Counter[Filed]] = {ref: Counter() for ref in catalogue()}
    for (rule, table, column, severity), number in _counted(load).items():
        columns = _columns_of_rules().get((rule, table)) or (column,)
        for ref in {ref for each in columns for ref in _readers().get((table, each), ())}:
            found[ref][rule, table, severity] += number
    return {ref: dict(counts) for ref, counts in found.items() if counts}


def _counted(load: Load) -> dict[tuple[str, str, str, str], int]:
    by = ["rule", "table", "column", "severity"]
    rows = load.findings().group_by(by).aggregate([([], "count_all")]).to_pylist()
    return {
        (row["rule"], row["table"], row["column"] or "", row["severity"]): row["count_all"]
        for row in rows
        if row["table"]
    }


@cache
def _columns_of_rules() -> Mapping[Place, tuple[str, ...]]:
    """The columns a written rule looks at, by what its findings are filed under and its table."""
    found: dict[Place, tuple[str, ...]] = {}
    for rule in all_rules():
        place = (rule.name, rule.table)
        found[place] = (*found.get(place, ()), *(rule.columns or ("",)))
    return found


@cache
def _readers() -> Mapping[Place, frozenset[str]]:
    """Which indicators read a column, and (blank column) which read anything of a table."""
    found: dict[Place, set[str]] = {}
    for ref, definition in catalogue().items():
        for table, column in columns_read(definition):
            found.setdefault((table, column), set()).add(ref)
            found.setdefault((table, ""), set()).add(ref)
    return {place: frozenset(refs) for place, refs in found.items()}


def columns_read(definition: Definition) -> frozenset[Place]:
    """The columns that the routes of an indicator read, in standard and native tables."""
    cells = {cell for route in definition.routes for cell in (*route.required, *route.optional)}
    found: set[Place] = set()
    for source, table, column in cells:
        if source == "local_extracts":
            found.add((table, column))
        elif source != "native":
            found |= _of_return(source, table, column)
    return frozenset(found)


def _of_return(source: str, table: str, item: str) -> set[Place]:
    """Where the native tables keep an item of a return."""
    found = set()
    for name, native in native_tables().items():
        for column in native.columns:
            items = {"cin_census": column.cin_census, "ssda903": column.ssda903}.get(source, ())
            is_annex = source == "annex_a" and name == f"annex_a_{table}" and column.header == item
            if is_annex or any(place.rpartition("/")[2] == item for place in items):
                found.add((name, column.name))
    return found
