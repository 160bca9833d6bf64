"""Which files were delivered, and can they be opened at all?

A delivery is one folder, one ZIP without subfolders, or the CSV files themselves (R01). Nothing is
unpacked to disk: a member of a ZIP is read as a stream, and never more of it than the limit.
"""

import codecs
import hashlib
import stat
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from goldenthread.ingest.extract import Refused

LARGEST_FILE = 200 * 1024 * 1024  # bytes (R13)
LARGEST_MANIFEST = 1024 * 1024
LONGEST_LINE = 1024 * 1024
MOST_MEMBERS = 200
HIGHEST_RATIO = 200  # extracts shrink ten to thirty times in a ZIP; a bomb shrinks a thousand times
_RATIO_MATTERS_FROM = 10 * 1024 * 1024
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Delivered:
    """One file of a delivery: its name, and how to open it from the start."""

    name: str
    place: str  # what a person would look for: the path, or the ZIP and the name in it
    open: Callable[[], BinaryIO]


@dataclass(frozen=True)
class Inspected:
    """What one pass over the bytes of a file shows."""

    sha256: str
    bytes: int
    problem: str = ""  # why it cannot be read as UTF-8 text; blank if it can


def delivered_files(paths: Sequence[Path]) -> list[Delivered]:
    """Every file of the delivery, in name order; Refused if a name comes twice."""
    found: list[Delivered] = []
    for path in paths:
        found += list(_files_at(Path(path)))
    seen: dict[str, str] = {}
    for file in found:
        if file.name in seen:
            raise Refused(
                f"{file.name} is delivered twice, as {seen[file.name]} and as {file.place}: "
                "deliver each file once."
            )
        seen[file.name] = file.place
    return sorted(found, key=lambda file: file.name)


def _files_at(path: Path) -> Iterator[Delivered]:
    if path.is_dir():
        for entry in sorted(path.iterdir()):
            if entry.is_file():
                yield _on_disk(entry)
    elif path.suffix.lower() == ".zip":
        yield from _zip_members(path)
    elif path.is_file():
        yield _on_disk(path)
    else:
        raise Refused(f"There is no file or folder {path}: check the path.")


def _on_disk(path: Path) -> Delivered:
    return Delivered(path.name, str(path), lambda: path.open("rb"))


def subfolders(paths: Sequence[Path]) -> list[str]:
    """Names of the folders inside the delivered folders, which are not read."""
    return sorted(
        entry.name
        for path in paths
        if Path(path).is_dir()
        for entry in Path(path).iterdir()
        if entry.is_dir()
    )


def _zip_members(path: Path) -> Iterator[Delivered]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError) as problem:
        raise Refused(f"{path.name} is not a ZIP that can be read ({problem}): make it again.") from None
    if len(members) > MOST_MEMBERS:
        raise Refused(
            f"{path.name} holds {len(members):,} files, more than {MOST_MEMBERS}: check what it is."
        )
    for member in members:
        _refuse_member(path, member)
        yield Delivered(
            member.filename, f"{path.name}: {member.filename}", _member_opener(path, member.filename)
        )


def _refuse_member(path: Path, member: zipfile.ZipInfo) -> None:
    name = member.filename
    where = f"{path.name} holds {name!r}"
    if "\\" in name or name.startswith("/") or ":" in name or ".." in PurePosixPath(name).parts:
        raise Refused(f"{where}, a name that points outside the ZIP: it was not read.")
    if member.is_dir() or "/" in name:
        raise Refused(f"{where}: put the files straight into the ZIP, without folders.")
    if member.flag_bits & 0x1:
        raise Refused(f"{where}, which is encrypted: make the ZIP without a password.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Refused(f"{where}, which is a link and not a file: put the file itself into the ZIP.")
    if member.file_size > LARGEST_FILE:
        raise Refused(f"{where} of {_megabytes(member.file_size)}: {_too_large()}")
    if member.file_size > _RATIO_MATTERS_FROM and member.file_size > HIGHEST_RATIO * member.compress_size:
        raise Refused(
            f"{where}, which unpacks to over {HIGHEST_RATIO} times its size, as a ZIP bomb does: "
            "deliver the file itself."
        )


def _member_opener(path: Path, name: str) -> Callable[[], BinaryIO]:
    def open_member() -> BinaryIO:
        return cast(BinaryIO, zipfile.ZipFile(path).open(name))

    return open_member


def inspect(file: Delivered, largest: int = LARGEST_FILE) -> Inspected:
    """Read the bytes once: their hash and size, and whether they are UTF-8 text in lines."""
    digest, size, since_newline, problem = hashlib.sha256(), 0, 0, ""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with file.open() as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if size > largest:
                    raise Refused(f"{file.place} is over {_megabytes(largest)}: {_too_large(largest)}")
                newline = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
                since_newline = since_newline + len(chunk) if newline < 0 else len(chunk) - newline - 1
                problem = problem or _text_problem(decoder, chunk, since_newline)
    except (zipfile.BadZipFile, zipfile.zlib.error, EOFError, NotImplementedError) as broken:
        raise Refused(f"{file.place} cannot be unpacked ({broken}): make the ZIP again.") from None
    return Inspected(digest.hexdigest(), size, problem or _text_problem(decoder, b"", 0, final=True))


def _text_problem(
    decoder: codecs.IncrementalDecoder, chunk: bytes, unbroken: int, final: bool = False
) -> str:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return "it is not in UTF-8"
    if b"\0" in chunk:
        return "it is not UTF-8 text: it holds NUL bytes, as UTF-16 and binary files do"
    if unbroken > LONGEST_LINE:
        return "it has a line of more than a million characters, so it is not a table of text"
    return ""


def _too_large(largest: int = LARGEST_FILE) -> str:
    return f"a file may hold 1,000,000 rows and {_megabytes(largest)}; deliver a shorter history."


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:,.0f} MB"
