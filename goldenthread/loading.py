"""How do a council's files become a load in its store?

Recognise, read, combine by as-at date, check, write: all of it under the store's lock, and nothing
is written before everything has been read and judged.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from goldenthread.ingest.combine import Snapshot, combine
from goldenthread.ingest.extract import Extract, Finding, Refused, Severity
from goldenthread.ingest.reading import Progress, Told, read_all
from goldenthread.ingest.recognition import Deliveries, recognise
from goldenthread.standard.schema import standard_tables
from goldenthread.store import Load, Store
from goldenthread.store_writing import digest_of, is_held, locked, write_loads, write_settings

# What looks over a snapshot before it is written: the data-quality rules, passed in by the caller
# so that loading does not depend on them.
Check = Callable[[Snapshot], list[Finding]]

FEWEST = 0.7  # of the rows of the last load


class FewerRows(Refused):
    """A table shrank by over 30%: whoever knows why may load it with `accept_fewer`."""


def load(
    paths: Sequence[Path],
    *,
    as_at_on: date | None,
    store: Path,
    authority: str | None = None,
    accept_fewer: bool = False,
    mapping: Mapping[str, Any] | None = None,
    duplicate_policy: str = "quarantine",
    check: Check | None = None,
    progress: Progress | None = None,
) -> list[Load]:
    """Read the files and write one load per as-at date; Refused leaves the store as it was."""
    tell = progress or _in_silence
    options = {"duplicate_policy": duplicate_policy, "mapping": digest_of(mapping) if mapping else ""}
    with locked(Path(store)) as target:
        told = Told(
            as_at_on=as_at_on,
            authority=_expected_authority(target, authority),
            mapping=mapping,
            duplicate_policy=duplicate_policy,
        )
        deliveries, extracts = _read([Path(path) for path in paths], told, tell)
        snapshots = _snapshots(extracts, told.authority, tell)
        snapshots[0].findings += [_not_recognised(path) for path in deliveries.not_recognised]
        fresh = [snapshot for snapshot in snapshots if not is_held(target, snapshot, options)]
        for snapshot in fresh:
            _compare_with_last(target, snapshot, accept_fewer)
        for number, snapshot in enumerate(fresh):
            tell("checking", number, len(fresh))
            snapshot.findings += check(snapshot) if check else []
        loads = write_loads(target, snapshots, options, tell)
        write_settings(target, snapshots[0].authority)
        return loads


def _read(paths: list[Path], told: Told, tell: Progress) -> tuple[Deliveries, list[Extract]]:
    try:
        deliveries = recognise(paths)
        return deliveries, read_all(deliveries, told, tell)
    except OSError as problem:
        raise Refused(
            f"{problem.filename or 'A file'} cannot be read: {problem.strerror or problem}."
        ) from problem


def _in_silence(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def _not_recognised(path: Path) -> Finding:
    return Finding(
        rule="R01",
        severity=Severity.WARNING,
        message=f"{path.name} is not an extract that can be read: it was ignored.",
        source="local_extracts",
        file=path.name,
    )


def _expected_authority(store: Store, given: str | None) -> str:
    held, given = store.authority(), (given or "").strip()
    if given and held and given != held:
        raise Refused(f"The store {store.path} is of authority {held}, not {given}: load into another store.")
    return given or held


def _snapshots(extracts: Sequence[Extract], authority: str, tell: Progress) -> list[Snapshot]:
    """One snapshot per as-at date, all of one council."""
    by_day: dict[date, list[Extract]] = defaultdict(list)
    for extract in extracts:
        by_day[extract.as_at_on].append(extract)
    snapshots = []
    for number, day in enumerate(sorted(by_day)):
        tell("combining", number, len(by_day))
        snapshots.append(combine(by_day[day]))
    stated = sorted({authority, *(snapshot.authority for snapshot in snapshots)} - {""})
    if len(stated) > 1:
        raise Refused(
            f"The files are of different authorities ({', '.join(stated)}): load one council's files."
        )
    for snapshot in snapshots:
        snapshot.name_authority(stated[0] if stated else "")
    return snapshots


def _compare_with_last(store: Store, snapshot: Snapshot, accept_fewer: bool) -> None:
    """Refuse a table that shrank by over 30% since the last load of its source, unless accepted."""
    loads = [held for held in store.loads() if held.as_at_on <= snapshot.as_at_on]
    for source in snapshot.files:
        last = next((held for held in loads if source in held.sources), None)
        if last is None:
            continue
        for table, supply in last.supply.items():
            if source in supply.by_source:
                was = f"the load as at {last.as_at_on} had {supply.by_source[source].rows:,}"
                _compare_table(snapshot, source, table, supply.by_source[source].rows, was, accept_fewer)
    replaced = next((held for held in loads if held.as_at_on == snapshot.as_at_on), None)
    for source in replaced.sources if replaced else ():
        if source not in snapshot.files:
            what = f"was loaded as at {snapshot.as_at_on} and is not in this load, which replaces that one"
            snapshot.findings.append(_fewer(source, None, f"{what}: load the files together."))


def _compare_table(
    snapshot: Snapshot, source: str, table: str, before: int, was: str, accept_fewer: bool
) -> None:
    supplied = snapshot.supply[table].by_source if table in snapshot.supply else {}
    if source not in supplied:
        if before:
            snapshot.findings.append(_fewer(source, table, f"is not in this load; {was} rows."))
        return
    rows = supplied[source].rows
    if rows >= FEWEST * before:
        return
    if not accept_fewer:
        raise FewerRows(
            f"{table} of {source.replace('_', ' ')} has {rows:,} rows; {was}: over 30% fewer. "
            "Check the export, or accept that there are fewer."
        )
    snapshot.findings.append(_fewer(source, table, f"has {rows:,} rows; {was}. It was accepted."))


def _fewer(source: str, table: str | None, what: str) -> Finding:
    standard = standard_tables().get(table or "")
    file = standard.file if standard and standard.file and source == "local_extracts" else table or source
    return Finding(
        rule="fewer_rows",
        severity=Severity.WARNING,
        message=f"{file} {what}",
        source=source,
        file=file,
        table=table,
    )
