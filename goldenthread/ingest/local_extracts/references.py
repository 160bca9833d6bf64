"""Which rows speak of a child, team, worker or record that is not in the delivery? (R08)"""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.ingest.extract import Severity
from goldenthread.ingest.local_extracts.rows import FileRows
from goldenthread.ingest.local_extracts.rules import RULES

_BETWEEN = "\x1f"  # joins an id and its child; no trimmed value of ours holds it by chance


def check_references(files: Mapping[str, FileRows]) -> None:
    """Report every look-up that fails, and blank the links that lead nowhere."""
    for file in files.values():
        for column, target in RULES.lookups.items():
            table, target_column = target.split(".")
            if column in file.columns and table != file.table.name and table in files:
                known = files[table].kept[target_column]
                lost = _not_among(file.kept[column], known)
                file.report("R08", Severity.WARNING, column, f"is not in {table}.csv", file.kept, lost)
    blanked = [
        (files[name.split(".")[0]], name.split(".")[1], lost)
        for name, target in RULES.links.items()
        if (lost := _lost_links(files, name, target)) is not None
    ]
    for file, column, lost in blanked:
        file.blank(column, lost)


def _not_among(values: pa.ChunkedArray, known: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.and_(values.is_valid(), pc.invert(pc.is_in(values, value_set=known.combine_chunks())))


def _lost_links(files: Mapping[str, FileRows], name: str, target: str) -> pa.ChunkedArray | None:
    """Lines of the kept rows whose link is not found; None where there is nothing to look in."""
    table, column = name.split(".")
    target_table, target_column = target.split(".")
    if table not in files or target_table not in files or column not in files[table].columns:
        return None
    rows, targets = files[table].kept, files[target_table].kept
    values, known = rows[column], targets[target_column]
    if "child_id" in files[target_table].table.key:
        values = pc.binary_join_element_wise(values, rows["child_id"], _BETWEEN)
        known = pc.binary_join_element_wise(known, targets["child_id"], _BETWEEN)
        whose = " for the same child"
    else:
        whose = ""
    lost = _not_among(values, known)
    what = f"is not in {target_table}.csv{whose}: the link was read as blank"
    files[table].report("R08", Severity.WARNING, column, what, rows, lost)
    return rows["from_row"].filter(lost)
