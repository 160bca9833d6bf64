"""What is written about deliveries and loads? What came, what was asked, what came of it: each an Event."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from goldenthread.store import Load
from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now
from goldenthread_web.extracts import kept_files
from goldenthread_web.extracts.lease_services import LostLease, held_by
from goldenthread_web.extracts.models import DeliveredFile, Delivery, LoadRun, MadeLoad, PickUp
from goldenthread_web.extracts.receiving import Received
from goldenthread_web.trail.recording import record

MOST_EXPORTED = 200  # rows of children that one person alone may take away


@service(Permission.LOAD_EXTRACTS)
def deliver(
    files: Sequence[Received],
    *,
    as_at_on: date | None,
    mapping: list[dict[str, Any]] | None = None,
    by: User,
) -> LoadRun:
    """Take in files that were uploaded and ask for them to be loaded."""
    delivery = _take_in(files, Delivery.How.UPLOADED, by)
    return _ask(delivery, by, as_at_on=as_at_on, mapping=mapping)


@service(None)
def deliver_from_folder(files: Sequence[Received], *, as_at_on: date | None, by: None) -> LoadRun:
    """Take in files that were found in the pick-up folder and ask for them to be loaded."""
    delivery = _take_in(files, Delivery.How.PICKED_UP, by)
    return _ask(delivery, by, as_at_on=as_at_on, mapping=mapping_in_force())


def mapping_in_force() -> list[dict[str, Any]] | None:
    """The headings as they were last corrected, where a load with them succeeded."""
    corrected = LoadRun.objects.filter(state=LoadRun.State.DONE, mapping__isnull=False).first()
    return None if corrected is None else corrected.mapping


@service(Permission.LOAD_EXTRACTS)
def load_again(
    run: LoadRun,
    *,
    as_at_on: date | None = None,
    accept_fewer: bool = False,
    mapping: list[dict[str, Any]] | None = None,
    by: User,
) -> LoadRun:
    """Ask for the same files to be loaded with other options."""
    if not run.is_over:
        raise Refused("This load is not over yet: wait until it is, then load again.")
    if run.delivery.files_deleted_at is not None:
        raise Refused("The files of this load have been deleted, as policy says: deliver them again.")
    return _ask(
        run.delivery,
        by,
        as_at_on=as_at_on or run.as_at_on,
        accept_fewer=accept_fewer or run.accept_fewer,
        mapping=run.mapping if mapping is None else mapping,
    )


def _take_in(files: Sequence[Received], how: Delivery.How, by: User | None) -> Delivery:
    if not files:
        raise Refused("No file was chosen: choose the files of one delivery.")
    names = [file.name or "" for file in files]
    for name in names:
        kept_files.refuse_name(name)
    for name in names:
        if names.count(name) > 1:
            raise Refused(f"Two files are named {name}: deliver each file once.")
    for file in files:
        if file.inspection.problem:
            raise Refused(f"{file.name} {file.inspection.problem}")
    delivery = Delivery.objects.create(key=kept_files.new_key(), how=how, at=now(), by=by)
    DeliveredFile.objects.bulk_create(
        DeliveredFile(
            delivery=delivery,
            number=number,
            name=file.name,
            bytes=file.inspection.bytes,
            sha256=file.inspection.sha256,
        )
        for number, file in enumerate(files, 1)
    )
    kept_files.take_in(delivery.key, [file.path for file in files])
    total = sum(file.inspection.bytes for file in files)
    hashes = [file.inspection.sha256 for file in files]
    changes = {"how": str(how), "files": len(files), "bytes": total, "sha256": hashes}
    record("extracts.delivered", delivery, by=by, changes=changes)
    return delivery


def _ask(delivery: Delivery, by: User | None, **options: Any) -> LoadRun:
    run = LoadRun.objects.create(delivery=delivery, asked_at=now(), asked_by=by, **options)
    changes = {
        "as_at_on": str(run.as_at_on or ""),
        "accept_fewer": run.accept_fewer,
        "mapping_corrected": run.mapping is not None,
    }
    record("load.asked", run, by=by, changes=changes)
    return run


@service(None)
def note_loads(run: LoadRun, worker: str, loads: Sequence[Load], before: Sequence[Load], *, by: None) -> None:
    """Write down which loads are in the store because of a run, beside those they follow."""
    if not held_by(run, worker).exists():
        raise LostLease(f"Run {run.pk} is held by another worker.")
    for load in loads:
        earlier = [one for one in before if one.as_at_on <= load.as_at_on and one != load]
        MadeLoad.objects.update_or_create(
            run=run, folder=load.folder.name, defaults=_counts_of(load, earlier[0] if earlier else None)
        )
    record("load.written", run, by=by, changes={"loads": [load.folder.name for load in loads]})


def _counts_of(load: Load, before: Load | None) -> dict[str, Any]:
    shown = ("source", "name", "sha256", "rows", "status", "message", "table")
    return {
        "as_at_on": load.as_at_on,
        "hash": load.hash,
        "was_loaded_already": load.was_loaded_already,
        "rows": _rows_supplied(load),
        "compared_with": "" if before is None else before.folder.name,
        "rows_before": {} if before is None else _rows_supplied(before),
        "findings": load.manifest["findings"],
        "files": [{name: file.get(name) for name in shown} for file in load.manifest["files"]],
    }


def _rows_supplied(load: Load) -> dict[str, int]:
    """Rows by table; a table that was not supplied has none to count, which is not 0."""
    return {name: rows for name, rows in load.manifest["rows"].items() if name in load.supply}


@service(None)
def finish(
    run: LoadRun,
    worker: str,
    state: LoadRun.State,
    *,
    sentence: str = "",
    is_about_fewer_rows: bool = False,
    by: None,
) -> None:
    """Say what came of a run, once: only the worker that still holds it can."""
    over = held_by(run, worker).update(
        state=state,
        sentence=sentence,
        is_about_fewer_rows=is_about_fewer_rows,
        finished_at=now(),
    )
    if not over:
        raise LostLease(f"Run {run.pk} is held by another worker.")
    record(f"load.{state}", run, by=by, changes={"loads": list(run.loads.values_list("folder", flat=True))})


@service(None)
def give_up_files(delivery: Delivery, *, by: None) -> None:
    """Let the files of a delivery go, as policy says; their hashes and counts stay. Sweeping removes them."""
    Delivery.objects.filter(pk=delivery.pk).update(files_deleted_at=now())
    record("extracts.files_deleted", delivery, by=by)


@service(None)
def note_look(folder: str, look: str, *, by: None) -> None:
    """Remember what a place in the pick-up folder looks like, to see at the next look whether it changed."""
    PickUp.objects.update_or_create(folder=folder, defaults={"look": look, "looked_at": now()})
    record("pick_up.seen", by=by, changes={"look": look})


@service(None)
def note_taken(seen: PickUp, run: LoadRun, *, by: None) -> None:
    """Remember that what lies there was taken, so that it is not taken again."""
    PickUp.objects.filter(pk=seen.pk).update(taken_look=seen.look, run=run, sentence="")
    record("pick_up.taken", seen, by=by, changes={"load_run": run.pk})


@service(None)
def note_not_taken(seen: PickUp, sentence: str, *, by: None) -> None:
    """Remember why what lies there was not taken, or not removed, so that it is said once."""
    PickUp.objects.filter(pk=seen.pk).update(taken_look=seen.look, sentence=sentence)
    record("pick_up.refused", seen, by=by)


@service(Permission.EXPORT_CHILDREN)
def export_children(load: Load, rows: Sequence[Mapping[str, Any]], *, by: User) -> None:
    """Record that somebody takes rows of findings away; a long list needs to be narrowed first."""
    if len(rows) > MOST_EXPORTED:
        raise Refused(
            f"This list has {len(rows):,} rows, and one person alone may export {MOST_EXPORTED}: choose "
            "one team, one rule or one worker first."
        )
    record(
        "children.exported",
        ("findings", load.folder.name),
        by=by,
        reason="data_quality",
        changes={"rows": len(rows)},
        children=references_of(rows),
    )


def references_of(rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """Keyed references of the children of rows: what the trail knows them by."""
    return {reference(row["child_id"]) for row in rows if row["child_id"]}
