"""Writes of the weekly sheet: a snapshot for every Monday, its digest, and rows whose time is up."""

from datetime import date, timedelta

from django.urls import reverse

from goldenthread.figures.suppression import DEFAULT_BELOW
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission, roles
from goldenthread_web.accounts.telling import tell
from goldenthread_web.config.clock import now
from goldenthread_web.extracts import day as days
from goldenthread_web.extracts.current import current, local_settings
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.words import day_said
from goldenthread_web.worklist import weeks
from goldenthread_web.worklist.models import WeeklyLine, WeeklySnapshot


def monday_of(on: date) -> date:
    """The Monday of the week of a day."""
    return on - timedelta(days=on.weekday())


def take_weekly_snapshot(on: date, *, by: User | None = None) -> WeeklySnapshot:
    """What is due and overdue on the Monday of that week; the one that was taken already stays as it is.

    A Monday that is a bank holiday has one too: the sheet would lack a week otherwise.
    """
    monday = monday_of(on)
    taken = WeeklySnapshot.objects.filter(monday=monday).first()
    return taken or _take(monday, by=by)


@service(None)
def _take(monday: date, *, by: User | None) -> WeeklySnapshot:
    load = current()
    if load is None:
        raise Refused("No extract has been loaded yet: there is nothing to take a snapshot of.")
    rows = weeks.counted_rows(days.of(load, monday, local_settings()))
    snapshot = WeeklySnapshot.objects.create(
        monday=monday,
        load_folder=load.folder.name,
        load_hash=load.hash,
        as_at_on=load.as_at_on,
        taken_at=now(),
        rows_hash=weeks.keep(monday, rows),
    )
    WeeklyLine.objects.bulk_create(
        [
            WeeklyLine(
                snapshot=snapshot,
                team=one.team,
                item=one.item,
                label=one.label,
                open=one.open,
                overdue=one.overdue,
                soon=one.soon,
                children=one.children,
            )
            for one in weeks.numbers(rows)
        ]
    )
    said = {"rows": rows.num_rows, "load": load.hash, "rows_hash": snapshot.rows_hash}
    record("weekly.snapshot_taken", ("week", monday.isoformat()), by=by, changes=said)
    return snapshot


@service(None)
def send_weekly_digest(snapshot: WeeklySnapshot, *, by: User | None) -> None:
    """Tell whoever may see the sheet that it is there: a link, and nothing about a child."""
    if snapshot.digest_sent_at is not None:
        raise Refused(f"The digest of {snapshot.monday} was sent before.")
    snapshot.digest_sent_at = now()
    snapshot.save(update_fields=["digest_sent_at"])
    tell(
        [code for code, role in roles().items() if Permission.SEE_COMPLIANCE in role.permissions],
        what="weekly_sheet",
        subject=f"The weekly compliance sheet of {day_said(snapshot.monday)}",
        sentence=_digest(snapshot),
        path=reverse("worklist:week", args=[snapshot.monday.isoformat()]),
    )
    record("weekly.digest_sent", ("week", snapshot.monday.isoformat()), by=by)


def _digest(snapshot: WeeklySnapshot) -> str:
    said = [
        f"The weekly compliance sheet of Monday {day_said(snapshot.monday)} is there. "
        f"It rests on everything recorded to the end of {day_said(snapshot.as_at_on)}."
    ]
    whole = snapshot.lines.filter(team="", item="").first()
    # An e-mail is for any eye: no number in it, nor one that follows from it, is a few children.
    if whole and min(whole.overdue, whole.open - whole.overdue) >= DEFAULT_BELOW:
        said.append(f"Over all teams {whole.overdue:,} of {whole.open:,} duties are overdue.")
    return "\n\n".join(said)


@service(None)
def delete_rows(snapshot: WeeklySnapshot, *, by: User | None) -> None:
    """Let go of the rows of a Monday whose time is up; its numbers stay."""
    weeks.delete(snapshot.monday)
    snapshot.rows_deleted_at = now()
    snapshot.save(update_fields=["rows_deleted_at"])
    record("weekly.rows_deleted", ("week", snapshot.monday.isoformat()), by=by)
