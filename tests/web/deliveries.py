"""Deliveries for tests: a folder of the service's own for files and store, and files that came in."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from goldenthread.ingest.extract import FINDINGS_SCHEMA
from goldenthread.loading import load
from goldenthread_web.extracts.models import Delivery, LoadRun
from goldenthread_web.extracts.receiving import Received

AS_AT = date(2017, 12, 31)
MOMENT = datetime(2018, 1, 2, 9, 0, tzinfo=UTC)
CHILDREN = "child_id,born_on\nc1,2010-05-01\nc2,2011-06-02\n"
VISITS = (
    "visit_id,child_id,kind,visited_at,is_seen\n"
    "v1,c1,cin,2017-11-01,true\nv2,c2,cin,2017-11-02,true\nv3,c1,cin,2017-12-01,true\nv4,c2,cin,2017-12-02,true\n"
)


def a_place(settings, tmp_path, **service):
    """Files and store of the service in a folder of the test's own; the folder."""
    found = settings.INSTALLATION
    settings.INSTALLATION = replace(
        found, folder=tmp_path, store=tmp_path / "store", service={**found.service, **service}
    )
    settings.MEDIA_ROOT = tmp_path / "deliveries"
    return tmp_path


def received(**files) -> list[Received]:
    """Files that came in: received(visits="visit_id,...") is visits.csv; other names come with their dots."""
    found = []
    for name, content in files.items():
        file = Received(name if "." in name else f"{name}.csv")
        file.add(content.encode() if isinstance(content, str) else content)
        file.complete()
        found.append(file)
    return found


def a_run(state="waiting", *, asked_at=MOMENT, delivery=None, **values) -> LoadRun:
    """A delivery without files, asked to be loaded."""
    if delivery is None:
        delivery = Delivery.objects.create(key=f"k{LoadRun.objects.count()}", how="uploaded", at=asked_at)
    return LoadRun.objects.create(delivery=delivery, asked_at=asked_at, state=state, **values)


def a_load(place: Path, *, as_at_on=AS_AT, **files):
    """A load in the store, straight through the library and without the rules; the load."""
    folder = place / f"source-{len(list(place.glob('source-*')))}"
    folder.mkdir()
    for name, content in ({"children": CHILDREN, "visits": VISITS} | files).items():
        (folder / f"{name}.csv").write_text(content, "utf-8")
    return load([folder], as_at_on=as_at_on, store=place / "store", authority="991")[0]


def wrong(**values) -> dict:
    """One finding, as the quality pages show it."""
    return {
        "rule": "R05",
        "severity": "error",
        "message": "visited_at is not a date.",
        "source": "local_extracts",
        "file": "visits.csv",
        "row": 2,
        "table": "visits",
        "column": "visited_at",
        "value": "31 Feb",
        "child_id": "c1",
        "team": "FSP 1",
        "service": "Family Support",
        "worker_id": "W1",
    } | values


def found_wrong(place: Path, of, rows: list[dict]) -> None:
    """Say what was found wrong in a load, as the job that made it would have."""
    path = place / "found_wrong" / f"{of.folder.name}.parquet"
    path.parent.mkdir(exist_ok=True)
    schema = FINDINGS_SCHEMA.append(pa.field("service", pa.string()))
    pq.write_table(
        pa.Table.from_pylist([{**dict.fromkeys(schema.names), **row} for row in rows], schema), path
    )
