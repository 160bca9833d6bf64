"""Where are delivered files kept, under which name are they read, and when do they go?

A file is kept under its number in a folder with a random name, readable by the service alone. To be read
it is linked, for the time of reading, under the name it was delivered with, once that was found a plain one.
"""

import os
import re
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.extracts.models import Delivery

# Policy. After a successful load files stay long enough to correct the mapping and load them again.
KEPT_AFTER_LOAD = timedelta(hours=24)
KEPT_AFTER_REFUSAL = timedelta(days=14)
WAITING_ROOM_KEEPS = timedelta(days=1)

READ_AS = "delivery"  # the name of the folder the readers are given, as their sentences may say it
_PLAIN_NAME = re.compile(r"[^\W_][\w .,()&'+-]*")
_LONGEST_NAME = 150


def refuse_name(name: str) -> None:
    """Refused unless a name is a plain one: no path, nothing hidden, nothing that cannot be typed."""
    if not name or len(name) > _LONGEST_NAME:
        raise Refused(f"A file has no name, or one of over {_LONGEST_NAME} characters: rename it.")
    if not _PLAIN_NAME.fullmatch(name) or name.endswith((".", " ")):
        plain = "".join(sign if sign.isprintable() else "?" for sign in name)
        raise Refused(
            f"The name {plain!r} holds signs that the name of an extract may not: "
            "rename the file with letters, digits, spaces, hyphens and points."
        )


def new_key() -> str:
    """A name for the folder of a delivery, which tells nothing."""
    return secrets.token_hex(16)


def folder_of(key: str) -> Path:
    """The folder of a delivery."""
    return settings.MEDIA_ROOT / key


def take_in(key: str, files: Sequence[Path]) -> None:
    """Move files that were received into the folder of a delivery, each under its number."""
    folder = folder_of(key)
    folder.mkdir(mode=0o700, parents=True)
    for number, path in enumerate(files, 1):
        os.chmod(path, 0o600)
        os.rename(path, folder / str(number))


@contextmanager
def as_delivered(delivery: Delivery) -> Iterator[Path]:
    """A folder in which the files bear the names they were delivered with, for as long as they are read."""
    folder = folder_of(delivery.key)
    reading = folder / f"reading-{secrets.token_hex(8)}"
    try:
        for left in folder.glob("reading-*"):  # by a worker that was killed
            shutil.rmtree(left, ignore_errors=True)
        named = reading / READ_AS
        named.mkdir(mode=0o700, parents=True)
        for file in delivery.files.all():
            refuse_name(file.name)
            os.link(folder / str(file.number), named / file.name)
        yield named
    finally:
        shutil.rmtree(reading, ignore_errors=True)


def delete(key: str) -> None:
    """Delete the files of a delivery."""
    shutil.rmtree(folder_of(key), ignore_errors=True)
