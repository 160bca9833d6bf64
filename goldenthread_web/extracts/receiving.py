"""How does a file come in? Counted, hashed and looked at while it streams, and kept apart until it is judged.

Only a person who may load extracts, enter letters or change the plan can send a file at all: from anybody
else nothing is written to disk. Whoever loads no extracts sends papers, which are small.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from goldenthread_web.accounts.roles import Permission

LARGEST_FILE = 200 * 2**20  # as the readers allow
LARGEST_DELIVERY = 2**30
LARGEST_PAPER = 20_000_000  # bytes, as goldenthread.papers reads
_PAPERS = (Permission.MARK_FINDINGS, Permission.EDIT_PLAN)
_NO_ROOM = "could not be kept, as there is no room for it: tell whoever looks after the service."
# The harmless file by which virus scanners are tried; written in two so that this module is not one.
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


class Inspection:
    """Hash, size and what is wrong, of bytes as they go by."""

    def __init__(self) -> None:
        self.bytes = 0
        self.problem = ""
        self._digest = hashlib.sha256()
        self._tail = b""

    def add(self, chunk: bytes) -> None:
        """Look at the next bytes."""
        self.bytes += len(chunk)
        self._digest.update(chunk)
        seen = self._tail + chunk
        if _EICAR in seen:
            self.problem = "is a file for trying virus scanners, or infected: it was not kept."
        if self.bytes > LARGEST_FILE:
            limit = LARGEST_FILE // 2**20
            self.problem = f"is larger than {limit} MB, the most for one file: deliver a shorter history."
        self._tail = seen[-len(_EICAR) :]

    @property
    def sha256(self) -> str:
        """The hash of everything seen."""
        return self._digest.hexdigest()


class Received(UploadedFile):
    """A file as it comes in, in the waiting room until a service moves it; gone when the request ends."""

    def __init__(self, name: str) -> None:
        super().__init__(None, name, "", 0)
        self.inspection = Inspection()
        self.path = waiting_room() / secrets.token_hex(16)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        self._stream = os.fdopen(os.open(self.path, flags, 0o600), "wb", buffering=0)

    def add(self, chunk: bytes) -> None:
        """The next bytes. Of a file that is refused nothing more is kept, and what was kept is dropped."""
        if self.inspection.problem:
            return
        self.inspection.add(chunk)
        if self.inspection.problem:
            self.refuse(self.inspection.problem)
            return
        left = memoryview(chunk)
        try:
            while left:
                left = left[self._stream.write(left) :]
        except OSError:
            self.refuse(_NO_ROOM)

    def refuse(self, problem: str) -> None:
        """Keep nothing of it but why."""
        self.inspection.problem = problem
        os.ftruncate(self._stream.fileno(), 0)

    def complete(self) -> None:
        """All bytes are there."""
        try:
            os.fsync(self._stream.fileno())
        except OSError:
            self.refuse(_NO_ROOM)
        self._stream.close()
        self.size = self.inspection.bytes

    def read(self, size: int = -1) -> bytes:
        """What came in, or the first bytes of it."""
        with self.path.open("rb") as stream:
            return stream.read(size)

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """What came in, piece by piece."""
        with self.path.open("rb") as stream:
            while piece := stream.read(chunk_size or self.DEFAULT_CHUNK_SIZE):
                yield piece

    def close(self) -> None:
        """Remove what nobody moved away."""
        self._stream.close()
        self.path.unlink(missing_ok=True)


def waiting_room() -> Path:
    """The folder for files that are still coming in: of the service alone, outside anything served."""
    folder = settings.MEDIA_ROOT / "receiving"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


class Receive(FileUploadHandler):
    """What Django hands every uploaded file to."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> None:
        """Start of a request with files."""
        self.is_welcome = may_send(self.request)
        self.is_of_extracts = may_load(self.request)
        self.total = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start of one file."""
        super().new_file(*args, **kwargs)
        if not self.is_welcome:
            raise StopUpload(connection_reset=True)
        self.file = Received(self.file_name or "")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """The next bytes."""
        self.total += len(raw_data)
        if self.total > LARGEST_DELIVERY:
            self.file.refuse("made the delivery larger than 1 GB: deliver fewer files at once.")
        if not self.is_of_extracts and self.total > LARGEST_PAPER:
            self.file.refuse("has more than 20 MB: take the pictures out, or save the text alone.")
        self.file.add(raw_data)

    def file_complete(self, file_size: int) -> Received:
        """One file is whole."""
        self.file.complete()
        return self.file

    def upload_interrupted(self) -> None:
        """The connection was cut: nothing stays."""
        if hasattr(self, "file"):
            self.file.close()


def may_send(request: HttpRequest | None) -> bool:
    """Whether whoever sends this may load extracts, enter letters or change the plan."""
    person = _person(request)
    return may_load(request) or (person is not None and any(person.may(one) for one in _PAPERS))


def may_load(request: HttpRequest | None) -> bool:
    """Whether whoever sends this may load extracts."""
    person = _person(request)
    return person is not None and person.may(Permission.LOAD_EXTRACTS)


def _person(request: HttpRequest | None) -> Any:
    person = getattr(request, "user", None)
    return person if person is not None and person.is_authenticated else None
