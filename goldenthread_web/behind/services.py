"""What is written: who revealed which list and why, who took a file, who approved it."""

from collections.abc import Iterable
from datetime import date, timedelta

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.behind.models import Export, Reveal
from goldenthread_web.behind.reasons import reasons
from goldenthread_web.behind.rows import Filters
from goldenthread_web.config.clock import now
from goldenthread_web.trail.recording import record

LASTS = timedelta(hours=12)  # how long a reason given once counts
APPROVED_LASTS = timedelta(hours=24)  # how long an approved file can be taken
ALONE = 200  # rows that one person may take alone (security notes, section 2)


@service(Permission.SEE_CHILDREN_BEHIND_FIGURES)
def reveal_children(
    ref: str, *, part: str, starts_on: date, ends_on: date, team: str, reason: str, by: User
) -> Reveal:
    """Let a person see the children behind a figure, for a reason, for some hours."""
    child_scope(by)  # raises for a role that is aggregate-only
    if ref not in catalogue():
        raise Refused(f"There is no indicator {ref[:10]}.")
    if reason not in reasons():
        raise Refused("Choose why you need to see the children.")
    if ends_on < starts_on:
        raise Refused("The period ends before it begins.")
    moment = now()
    reveal = Reveal.objects.create(
        person=by,
        ref=ref,
        part=part,
        starts_on=starts_on,
        ends_on=ends_on,
        team=team,
        reason=reason,
        at=moment,
        until=moment + LASTS,
    )
    changes = {"from": starts_on.isoformat(), "to": ends_on.isoformat(), "reveal": reveal.pk}
    record("children.revealed", ("figure", ref), by=by, reason=reason, changes=changes)
    return reveal


@service(Permission.EXPORT_CHILDREN)
def ask_for_export(reveal: Reveal, *, kind: str, filters: Filters, rows: int, by: User) -> Export:
    """Ask for a list as a file; a long one waits for somebody else's approval."""
    if reveal.person_id != by.pk:
        raise Refused("Only the person who asked to see this list may take it.")
    if not rows:
        raise Refused("There are no rows to export: change the filters.")
    export = Export.objects.create(
        reveal=reveal,
        kind=kind,
        filters=filters.as_json(),
        rows=rows,
        needs_second_person=rows > ALONE,
        asked_by=by,
        asked_at=now(),
    )
    changes = {"rows": rows, "kind": kind, "export": export.pk}
    record("export.asked", ("figure", reveal.ref), by=by, reason=reveal.reason, changes=changes)
    return export


@service(Permission.APPROVE_EXPORTS)
def decide_export(export: Export, *, is_approved: bool, by: User) -> None:
    """Approve or refuse a long export that somebody else asked for."""
    if export.asked_by_id == by.pk:
        raise Refused("Somebody else must approve an export that you asked for.")
    if export.is_approved is not None:
        raise Refused("This export has been decided before.")
    export.is_approved = is_approved
    export.decided_by = by
    export.decided_at = now()
    export.save(update_fields=["is_approved", "decided_by", "decided_at"])
    what = "export.approved" if is_approved else "export.refused"
    record(what, ("figure", export.reveal.ref), by=by, changes={"export": export.pk, "rows": export.rows})


@service(Permission.EXPORT_CHILDREN)
def take_export(export: Export, *, rows: int, children: Iterable[str], by: User) -> None:
    """Hand the file over, once; the trail holds every child in it."""
    if export.asked_by_id != by.pk:
        raise Refused("Only the person who asked for this file may take it.")
    if export.taken_at is not None:
        raise Refused("This file was taken before: ask for it again.")
    if export.needs_second_person:
        if not export.is_approved:
            raise Refused(f"A list of more than {ALONE} rows needs somebody else's approval first.")
        if export.decided_at is not None and now() > export.decided_at + APPROVED_LASTS:
            raise Refused("The approval is more than a day old: ask for the file again.")
    if rows > max(export.rows, ALONE):
        raise Refused("The list has grown since it was approved: ask for the file again.")
    export.taken_at = now()
    export.save(update_fields=["taken_at"])
    changes = {"export": export.pk, "rows": rows, "kind": export.kind}
    about = ("figure", export.reveal.ref)
    record("children.exported", about, by=by, reason=export.reveal.reason, changes=changes, children=children)
