"""What does the worklist do by itself? A worker calls it now and then (extracts/routines.toml)."""

from datetime import timedelta

from goldenthread.store import Load
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.current import current
from goldenthread_web.worklist.models import WeeklySnapshot
from goldenthread_web.worklist.weekly_services import (
    delete_rows,
    monday_of,
    send_weekly_digest,
    take_weekly_snapshot,
)
from goldenthread_web.worklist.weeks import ROWS_KEPT_WEEKS


def weekly_after_load(load: Load, *, by: None) -> None:
    """The same at once after a load: the first one of all is not to wait for the next round."""
    weekly(by=by)


def weekly(*, by: None) -> None:
    """The snapshot of this week's Monday, on that day or as soon as there is a load; then its digest."""
    if current() is None:
        return
    monday = monday_of(today())
    snapshot = take_weekly_snapshot(monday, by=by)
    if snapshot.digest_sent_at is None:
        send_weekly_digest(snapshot, by=by)
    old = WeeklySnapshot.objects.filter(
        monday__lt=monday - timedelta(weeks=ROWS_KEPT_WEEKS), rows_deleted_at__isnull=True
    )
    for one in old:
        delete_rows(one, by=by)
