"""How do a council's files become a load in its store?"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from goldenthread.ingest import local_extracts
from goldenthread.ingest.combine import Snapshot, combine
from goldenthread.ingest.extract import Extract, Finding
from goldenthread.store import Load
from goldenthread.store_writing import Progress, locked, write_loads

Check = Callable[[Snapshot], list[Finding]]


def load(
    paths: Sequence[Path],
    *,
    as_at_on: date | None,
    store: Path,
    authority: str | None = None,
    check: Check | None = None,
    progress: Progress | None = None,
) -> list[Load]:
    """Read the files, combine them by as-at date, check them and write them into the store."""
    with locked(Path(store)) as target:
        extracts = [local_extracts.read(paths, as_at_on=as_at_on, authority=authority)]
        by_day: dict[date, list[Extract]] = defaultdict(list)
        for extract in extracts:
            by_day[extract.as_at_on].append(extract)
        snapshots = [combine(by_day[day]) for day in sorted(by_day)]
        for snapshot in snapshots:
            snapshot.findings += check(snapshot) if check else []
        return write_loads(target, snapshots, {}, progress)
