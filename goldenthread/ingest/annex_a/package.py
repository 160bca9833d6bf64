"""May this .xlsx be opened, and what do its parts hold?

A workbook is a ZIP of XML parts. It is refused before anything reads it if it holds macros, is
protected by a password, names a DOCTYPE, or unpacks to far more than it says. Nothing in it is ever
run and no address in it is ever opened.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from goldenthread.ingest.extract import Refused

MOST_BYTES = 200 * 2**20  # of one file as delivered (rule R13)
MOST_ROWS = 1_000_000  # of one sheet (rule R13)

_MOST_PARTS = 10_000
_MOST_UNPACKED = 6 * 2**30  # a million rows of the widest list is about 2 GB of XML
_LARGE_PART = 64 * 2**20
_MOST_TIMES = 100  # sheet XML packs about 6 to 20 times; a bomb a thousand times
_MOST_SMALL_PART = 16 * 2**20  # workbook.xml and its relations
_CHUNK = 2**20
_OVERLAP = 4096  # a tag cut in two by the end of a chunk is seen whole in the next look

_NOT_XML = (".bin", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".tif", ".tiff", ".bmp", ".wdp")
_DOCTYPE = b"<!DOCTYPE"
_WIDE_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-16-le", "utf-16-be"))
_ENCODING = re.compile(rb"^[\s\xef\xbb\xbf]*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)[\"']", re.DOTALL)
_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii", b"utf-16", b"iso-8859-1", b"windows-1252"}
_MACRO_PARTS = re.compile(r"vbaproject|/macrosheets/", re.IGNORECASE)
_MACRO_CONTENT = (b"macroEnabled", b"vbaProject")

# Each begins with a letter of its own, which lets the search skip at the speed of memory. They may see
# a flaw where there is none, which costs a look at every cell; they never overlook one.
_ERROR_CELL = re.compile(rb"t\s*=\s*[\"']e[\"']")
_NO_VALUE = rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*>\s*</(?:\w+:)?v\s*>)?\s*</"
_EMPTY_FORMULAS = (re.compile(rb"f\s*>" + _NO_VALUE), re.compile(rb"f(?:\s[^<>]*)?/>" + _NO_VALUE))
_ROW = re.compile(rb"row\b[^>]*?\br\s*=\s*[\"'](\d{1,9})")
_FAR_CELLS = (
    re.compile(rb"r\s*=\s*[\"'](?:[B-Zb-z][A-Za-z]|[A-Za-z]{3})\d"),
    re.compile(rb"r\s*=\s*[\"'][A-Za-z]{1,3}\d{7}"),
)
_USUAL_COLUMNS = 52  # beyond AZ is far


@dataclass
class SheetPart:
    """What a quick look over the bytes of one sheet showed."""

    last_row: int = 0
    cells: int = 0
    has_errors: bool = False
    has_empty_formulas: bool = False
    has_far_cells: bool = False
    is_unusual: bool = False  # an encoding in which the quick look sees nothing

    @property
    def needs_reading(self) -> bool:
        """Whether every cell must be looked at: for errors, or for a stray cell far away."""
        is_sparse = self.last_row * _USUAL_COLUMNS > 20_000_000 + 50 * self.cells
        return (
            self.has_errors
            or self.has_empty_formulas
            or self.has_far_cells
            or self.is_unusual
            or is_sparse
            or self.last_row > MOST_ROWS
        )


@dataclass
class Package:
    """An .xlsx that has passed every check, and its sheets by title."""

    path: Path
    sheets: dict[str, str] = field(default_factory=dict)  # title -> part
    looks: dict[str, SheetPart] = field(default_factory=dict)  # part -> quick look
    starts_in_1904: bool = False
    _parts: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    def stored_name(self, part: str) -> str | None:
        """The name a part is stored under: part names do not depend on case."""
        wanted = part.lstrip("/").lower()
        return next((name for name in self._parts if name.lower() == wanted), None)

    def stream(self, part: str) -> "PartStream":
        """The bytes of one part, unpacked as they are read."""
        return PartStream(_unpacked(self.path, self._parts[part]))


class PartStream:
    """A part as a file to read from."""

    def __init__(self, chunks: Iterator[bytes]):
        self._chunks = chunks

    def read(self, size: int = -1) -> bytes:
        """The next bytes; empty at the end. The parser copes with more or fewer than it asked for."""
        return next(self._chunks, b"")


def open_package(path: Path) -> Package:
    """Check an .xlsx all through and give its parts; Refused with one sentence if it fails."""
    package = list_package(path)
    sheets = set(package.sheets.values())
    for name, info in package._parts.items():
        if name in sheets or not name.lower().endswith(_NOT_XML):
            _look_over(package, info, is_sheet=name in sheets)
    return package


def list_package(path: Path) -> Package:
    """What an .xlsx says it holds, checked; its parts are not unpacked. Refused if it cannot be trusted."""
    package = Package(path)
    try:
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise Refused(f"{path.name} is damaged: open it in Excel and save it again as .xlsx.") from error
    _check_listing(path, listed)
    package._parts = {info.filename: info for info in listed}
    _find_sheets(package)
    return package


def _check_listing(path: Path, listed: list[zipfile.ZipInfo]) -> None:
    names = [info.filename for info in listed]
    if any(_MACRO_PARTS.search(f"/{name}") for name in names):
        raise Refused(f"{path.name} holds macros: save it as .xlsx without macros and load that.")
    if any(info.flag_bits & 0x1 for info in listed):
        raise Refused(f"{path.name} is protected by a password: save it without one and load that.")
    if len(listed) > _MOST_PARTS or len(set(names)) < len(names):
        raise Refused(f"{path.name} is not a workbook that Excel wrote: open it and save it again as .xlsx.")
    bombs = sum(info.file_size for info in listed) > _MOST_UNPACKED or any(
        info.file_size > _LARGE_PART and info.file_size > _MOST_TIMES * info.compress_size for info in listed
    )
    if bombs:
        raise Refused(f"{path.name} unpacks to far more than a workbook of its size can hold: not opened.")


def _look_over(package: Package, info: zipfile.ZipInfo, *, is_sheet: bool) -> None:
    """One pass over the bytes of a part: a DOCTYPE refuses the file, flaws of a sheet are noted."""
    look = SheetPart()
    tail = b""
    for number, chunk in enumerate(_unpacked(package.path, info)):
        seen = tail + chunk
        if number == 0:
            look.is_unusual = _check_encoding(package.path, seen)
        if _names_a_doctype(seen, is_wide=look.is_unusual):
            raise Refused(f"{package.path.name} holds a DOCTYPE, which no spreadsheet needs: not opened.")
        if info.filename == "[Content_Types].xml" and any(mark in seen for mark in _MACRO_CONTENT):
            raise Refused(f"{package.path.name} holds macros: save it as .xlsx without macros and load that.")
        if is_sheet:
            look.cells += seen.count(b"<c ") - tail.count(b"<c ")
            look.last_row = max(look.last_row, max(map(int, _ROW.findall(seen)), default=0))
            look.has_errors = look.has_errors or bool(_ERROR_CELL.search(seen))
            look.has_empty_formulas = look.has_empty_formulas or _any_in(_EMPTY_FORMULAS, seen)
            look.has_far_cells = look.has_far_cells or _any_in(_FAR_CELLS, seen)
        tail = chunk[-_OVERLAP:]
    if is_sheet:
        package.looks[info.filename] = look


def _names_a_doctype(text: bytes, *, is_wide: bool) -> bool:
    return _DOCTYPE in text or (is_wide and any(mark in text for mark in _WIDE_DOCTYPE))


def _any_in(patterns: tuple[re.Pattern[bytes], ...], text: bytes) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _check_encoding(path: Path, start: bytes) -> bool:
    """Whether a part is in an encoding other than UTF-8 or one like it; Refused if in a strange one."""
    declared = _ENCODING.match(start[:200])
    if declared and declared[1].lower() not in _ENCODINGS:
        raise Refused(f"{path.name} is in an encoding no spreadsheet uses: save it again as .xlsx.")
    return b"\0" in start[:200]


def _unpacked(path: Path, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of one part; Refused if there are more or fewer than the file says there are."""
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused(f"{path.name} is packed in a way Excel does not use: save it again as .xlsx.")
    inflater = zlib.decompressobj(-15) if info.compress_type == zipfile.ZIP_DEFLATED else None
    count = 0
    try:
        for packed in _packed(path, info):
            while packed:
                chunk = inflater.decompress(packed, _CHUNK) if inflater else packed
                packed = inflater.unconsumed_tail if inflater else b""
                count += len(chunk)
                if count > info.file_size:
                    raise Refused(f"{path.name} unpacks to more than it says it holds: not opened.")
                if chunk:
                    yield chunk
    except (zlib.error, struct.error, OSError) as error:
        raise Refused(f"{path.name} is damaged: open it in Excel and save it again as .xlsx.") from error
    if count != info.file_size:
        raise Refused(f"{path.name} is damaged: open it in Excel and save it again as .xlsx.")


def _packed(path: Path, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(info.header_offset)
        header = file.read(30)
        name_length, extra_length = struct.unpack("<HH", header[26:30])
        file.seek(name_length + extra_length, 1)
        left = info.compress_size
        while left > 0 and (packed := file.read(min(_CHUNK, left))):
            left -= len(packed)
            yield packed


def _find_sheets(package: Package) -> None:
    """The sheets of the workbook, found as the fast reader finds them: by relation, from the root."""
    found = _relations(package, "", "_rels/.rels", "/officeDocument")
    workbook_part = package.stored_name(next(iter(found.values()), ""))
    if workbook_part is None:
        name = package.path.name
        raise Refused(f"{name} is not an Excel workbook: save it as .xlsx, or each list as a .csv.")
    folder, name = posixpath.split(workbook_part)
    sheets = _relations(package, folder, f"{folder}/_rels/{name}.rels", "/worksheet")
    workbook = _small_part(package, workbook_part)
    for element in workbook.iter("{*}sheet"):
        relation = next((str(v) for k, v in element.attrib.items() if str(k).endswith("}id")), "")
        part = package.stored_name(sheets.get(relation, ""))
        if part is not None:
            package.sheets[str(element.get("name", ""))] = part
    for element in workbook.iter("{*}workbookPr"):
        package.starts_in_1904 = str(element.get("date1904", "0")).lower() in ("1", "true")


def _relations(package: Package, folder: str, part: str, kind: str) -> dict[str, str]:
    """The parts that the relations of that kind point to, by their ids; never outside the file."""
    stored = package.stored_name(part)
    if stored is None:
        return {}
    return {
        str(element.get("Id")): posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
        for element in _small_part(package, stored).iter("{*}Relationship")
        if str(element.get("Type", "")).endswith(kind) and element.get("TargetMode") != "External"
    }


def _small_part(package: Package, part: str) -> etree._Element:
    info = package._parts[part]
    if info.file_size > _MOST_SMALL_PART:
        raise Refused(f"{package.path.name} is not a workbook that Excel wrote: save it again as .xlsx.")
    text = b"".join(_unpacked(package.path, info))
    if _names_a_doctype(text, is_wide=True):
        raise Refused(f"{package.path.name} holds a DOCTYPE, which no spreadsheet needs: not opened.")
    _check_encoding(package.path, text)
    try:
        return etree.fromstring(text, _safe_parser())
    except etree.XMLSyntaxError as error:
        raise Refused(
            f"{package.path.name} is damaged: open it in Excel and save it again as .xlsx."
        ) from error


def _safe_parser() -> etree.XMLParser:
    """A parser that expands nothing, fetches nothing and loads no DTD."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
