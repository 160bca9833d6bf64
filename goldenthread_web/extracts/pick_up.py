"""Which files lie in the pick-up folder, and have they stopped growing?

`[service] pick_up_folder` names the folder. Files that lie in it are one delivery, and so are the files of
each folder in it; a folder named as a day (2017-12-31) says by its name up to when its files hold everything.
A delivery is taken when two looks found it the same. One that is refused stays where it is and is told once;
one that was loaded is removed.
"""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.config.clock import today
from goldenthread_web.extracts import services
from goldenthread_web.extracts.models import LoadRun, PickUp
from goldenthread_web.extracts.receiving import Received

_CHUNK = 2**20

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """A folder with the files of one delivery."""

    name: str  # blank: the pick-up folder itself
    folder: Path
    files: tuple[Path, ...]

    def look(self) -> str:
        """A hash that changes when a file comes, goes, grows or is written anew."""
        digest = hashlib.sha256()
        for path in self.files:
            found = path.stat()
            digest.update(f"{path.name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
        return digest.hexdigest()


def pick_up_folder() -> Path | None:
    """The folder of this installation; None where it has none."""
    said = settings.INSTALLATION.service.get("pick_up_folder")
    return settings.INSTALLATION.folder / said if said else None


def look(*, by: None) -> None:
    """Look once: take what has stopped growing, remove what was loaded."""
    folder = pick_up_folder()
    if folder is None:
        return
    if not folder.is_dir():
        _log.error("There is no pick-up folder %s: make it, or correct [service] pick_up_folder.", folder)
        return
    for place in _places(folder):
        try:
            _look_at(place)
        except (
            OSError
        ) as problem:  # it changed while it was looked at, or may not be read: the next look tells
            _log.warning("The pick-up folder could not be read: %s", type(problem).__name__)


def _places(folder: Path) -> Iterator[Place]:
    inside = sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink())
    for name, place in [("", folder), *[(path.name, path) for path in inside]]:
        files = sorted(
            path
            for path in place.iterdir()
            if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
        )
        if files:
            yield Place(name, place, tuple(files))


def _look_at(place: Place) -> None:
    seen = PickUp.objects.select_related("run").filter(folder=place.name).first()
    looks_now = place.look()
    if seen is None or seen.look != looks_now:
        services.note_look(place.name, looks_now, by=None)
    elif seen.taken_look != looks_now:
        _take(place, seen)
    elif seen.run is not None and seen.run.state == LoadRun.State.DONE and not seen.sentence:
        _remove(place, seen)


def _take(place: Place, seen: PickUp) -> None:
    received = []
    try:
        for path in place.files:
            received.append(_copied(path))
        if place.look() != seen.look:  # it went on growing meanwhile
            return
        with transaction.atomic():  # taken and noted, or neither
            run = services.deliver_from_folder(received, as_at_on=_day_of(place.name), by=None)
            services.note_taken(seen, run, by=None)
    except Refused as refusal:
        services.note_not_taken(seen, str(refusal), by=None)
    finally:
        for file in received:
            file.close()


def _copied(path: Path) -> Received:
    file = Received(path.name)
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                file.add(chunk)
                if file.inspection.problem:
                    break
        file.complete()
    except BaseException:
        file.close()
        raise
    return file


def _day_of(name: str) -> date | None:
    """The day a folder's name says."""
    try:
        day = date.fromisoformat(name)
    except ValueError:
        return None
    if day > today():
        raise Refused(f"The folder {name} is named for a day that is still to come: rename it.")
    return day


def _remove(place: Place, seen: PickUp) -> None:
    """Remove what was loaded: the service keeps what policy says, and no second copy lies about."""
    try:
        for path in place.files:
            path.unlink()
        if place.name:
            place.folder.rmdir()
    except OSError as problem:
        sentence = (
            f"The files were loaded but could not be removed ({problem.strerror}): remove them by hand."
        )
        services.note_not_taken(seen, sentence, by=None)
