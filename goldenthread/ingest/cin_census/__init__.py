"""Reads a children in need census, the XML return of a local authority, of 2017 to 2026."""

from contextlib import closing
from pathlib import Path

from lxml import etree

from goldenthread.ingest.cin_census.children import GROUPS, SOURCE, NativeRows
from goldenthread.ingest.cin_census.mapping import standard_rows, supplied
from goldenthread.ingest.extract import Extract, FileRead, Refused, Severity
from goldenthread.ingest.returns.cells import YEARS
from goldenthread.ingest.returns.remarks import Remarks
from goldenthread.ingest.returns.rows import coordinates, native_rows
from goldenthread.ingest.returns.xml_files import Layout, line_of, local_name, records, sha256_of
from goldenthread.ingest.returns.xml_headers import Header, Wanted, read_header, refuse_unless_message
from goldenthread.ingest.returns.xml_records import Groups, RecordReader

__all__ = ["SOURCE", "read"]

_WANTED = Wanted("CIN", YEARS)
_LAYOUT = Layout(handed_on={"Header": "Message", "Child": "Children"}, inside=frozenset({"Children"}))
_HEADER_GROUPS = Groups(
    tables={"Header": "cin_header"}, holds={"Header": frozenset({"CollectionDetails", "Source"})}
)


class _Census:
    """What has been read of one census so far."""

    def __init__(self, path: Path, authority: str | None) -> None:
        self.path = path
        self.remarks = Remarks(SOURCE, path.name)
        self._wanted_authority = authority
        self._header: Header | None = None
        self._children: tuple[RecordReader, NativeRows] | None = None

    @property
    def header(self) -> Header:
        """The header; Refused where no child or header came before."""
        if self._header is None:
            raise Refused(f"{self.path.name} has no Header before its first Child; export it again.")
        return self._header

    @property
    def children(self) -> tuple[RecordReader, NativeRows]:
        """The reader of children, and the rows read so far."""
        if self._children is None:
            reader = RecordReader(GROUPS, self.header.collection, self.remarks)
            self._children = reader, NativeRows(self.header.authority, self.path.name, self.remarks)
        return self._children

    def take(self, element: etree._Element) -> None:
        """Read the header or one child."""
        if local_name(element.tag) == "Header":
            self._take_header(element)
            return
        reader, rows = self.children
        record = reader.read(element)
        rows.add(record, reader.said())

    def _take_header(self, element: etree._Element) -> None:
        if self._header is not None:
            raise Refused(f"{self.path.name} has a second Header (line {line_of(element)}); keep one return.")
        self._header = read_header(element, self.path, _WANTED, self._wanted_authority, self.remarks)
        collection = self._header.collection
        if (collection.as_at_on.month, collection.as_at_on.day) != (3, 31):
            message = f"The ReferenceDate {collection.as_at_on} is not a 31 March; it was taken as it is."
            self.remarks.once("reference-date", message, row=line_of(element), severity=Severity.WARNING)
        reader = RecordReader(_HEADER_GROUPS, collection, self.remarks)
        record = reader.read(element)
        rows = native_rows("cin_header", coordinates(self._header.authority, SOURCE, self.path.name))
        rows.add([*record.values, record.row])
        self.header_rows = rows.finish()


def read(path: Path | str, *, authority: str | None = None) -> Extract:
    """One census as native and standard tables; Refused where the file cannot be trusted.

    The as-at date is the ReferenceDate of the header. Without `authority` the census says whose it is.
    """
    path = Path(path)
    refuse_unless_message(path, _WANTED)
    census = _Census(path, authority)
    with closing(records(path, _LAYOUT, census.remarks)) as elements:
        for element in elements:
            census.take(element)
    header = census.header
    rows = census.children[1]
    if rows.count == 0:
        raise Refused(f"{path.name} holds no Child; export the census again.")
    finished = rows.finish()
    native = {**finished.tables, "cin_header": census.header_rows}
    tables, supply = supplied(native, standard_rows(native), header.collection, SOURCE)
    file = FileRead(
        name=path.name, sha256=sha256_of(path), bytes=path.stat().st_size, rows=rows.count, status="read"
    )
    return Extract(
        source=SOURCE,
        as_at_on=header.collection.as_at_on,
        authority=header.authority,
        tables=tables,
        set_aside=finished.set_aside,
        supply=supply,
        findings=census.remarks.findings(),
        lines=finished.lines,
        files=[file],
    )
