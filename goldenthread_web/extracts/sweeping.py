"""What may go? Files whose time is up, what came of loads that are gone, what killed processes left."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from goldenthread.store import LOADS
from goldenthread_web.config.clock import now, today
from goldenthread_web.extracts import kept_files
from goldenthread_web.extracts.cohorts import FOLDER as COHORTS
from goldenthread_web.extracts.models import Delivery, LoadRun
from goldenthread_web.extracts.receiving import waiting_room
from goldenthread_web.extracts.services import give_up_files

DAYS_KEPT = timedelta(days=14)  # of what was due on a day, or behind a figure; the load gives it again


def sweep(*, by: None) -> None:
    """Let go of files whose time is up; remove what nobody knows."""
    for delivery in _time_is_up():
        give_up_files(delivery, by=by)
    for key in Delivery.objects.filter(files_deleted_at__isnull=False).values_list("key", flat=True):
        if kept_files.folder_of(key).exists():
            kept_files.delete(key)
    _remove_unknown()
    _remove_half_written()
    _remove_old_days()
    _remove_old_rows_behind_figures()
    _remove_old_cohorts()
    _remove_what_came_of_loads_gone()


def _time_is_up() -> list[Delivery]:
    held = Delivery.objects.filter(files_deleted_at__isnull=True).prefetch_related("runs")
    return [delivery for delivery in held if _until(delivery) < now()]


def _until(delivery: Delivery) -> datetime:
    """Until when the files of a delivery are kept."""
    runs = list(delivery.runs.all())
    if any(not run.is_over for run in runs):
        return datetime.max.replace(tzinfo=UTC)
    last = max((run.finished_at for run in runs if run.finished_at), default=delivery.at)
    was_loaded = any(run.state == LoadRun.State.DONE for run in runs)
    return last + (kept_files.KEPT_AFTER_LOAD if was_loaded else kept_files.KEPT_AFTER_REFUSAL)


def _remove_unknown() -> None:
    """Files that came in as the process was killed, and folders of deliveries never written down."""
    long_ago = now() - kept_files.WAITING_ROOM_KEEPS
    for path in _older(waiting_room(), long_ago):
        path.unlink(missing_ok=True)
    known = set(Delivery.objects.values_list("key", flat=True))
    for path in _older(settings.MEDIA_ROOT, long_ago):
        if path.is_dir() and path != waiting_room() and path.name not in known:
            shutil.rmtree(path, ignore_errors=True)


def _remove_half_written() -> None:
    """Rows of children that a killed process was writing: nobody will put them in place."""
    long_ago = (now() - kept_files.WAITING_ROOM_KEEPS).timestamp()
    for name in ("found_wrong", "days/*", "behind/*", "weeks/*", f"{COHORTS}/*"):
        for path in settings.INSTALLATION.folder.glob(f"{name}/.writing-*"):
            if path.stat().st_mtime >= long_ago:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _older(folder: Path, moment: datetime) -> Iterator[Path]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment:
            yield path


def _remove_old_days() -> None:
    for path in (settings.INSTALLATION.folder / "days").glob("*/????-??-??"):
        if date.fromisoformat(path.name) < today() - DAYS_KEPT:
            shutil.rmtree(path, ignore_errors=True)


def _remove_old_rows_behind_figures() -> None:
    for path in _older(settings.INSTALLATION.folder / "behind", now() - DAYS_KEPT):
        shutil.rmtree(path, ignore_errors=True)


def _remove_old_cohorts() -> None:
    for folder in (settings.INSTALLATION.folder / COHORTS).glob("*"):
        for path in _older(folder, now() - DAYS_KEPT):
            path.unlink(missing_ok=True)


def _remove_what_came_of_loads_gone() -> None:
    """Rows of children that were worked out from a load go with it; a store that is away keeps them."""
    if not settings.INSTALLATION.store.is_dir():
        return
    loads = settings.INSTALLATION.store / LOADS
    for path in (settings.INSTALLATION.folder / "found_wrong").glob("*.parquet"):
        if not (loads / path.stem).is_dir():
            path.unlink(missing_ok=True)
    for path in (settings.INSTALLATION.folder / "days").glob("*"):
        if not (loads / path.name.rpartition("-")[0]).is_dir():  # the last part tells the settings
            shutil.rmtree(path, ignore_errors=True)
    for path in (settings.INSTALLATION.folder / COHORTS).glob("*"):
        if not (loads / path.name).is_dir():
            shutil.rmtree(path, ignore_errors=True)
