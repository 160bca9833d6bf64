"""Write a workbook, sheet by sheet and row by row, the same bytes for the same rows.

Rows go straight to one temporary file per sheet, so the workbook may be larger than memory; every entry
of the archive and both documents of properties carry a fixed time.
"""

import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date
from itertools import chain
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Cell = str | int | float | date | None
_EPOCH = date(1899, 12, 30).toordinal()
_ZIPPED_ON = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/>'
    "</cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class ErrorCell(str):
    """A cell that shows an error, for example #N/A where a lookup found nothing."""


class Workbook:
    """An open workbook with its sheets in order."""

    def __init__(self, sheets: Sequence[str], title: str, description: str, open_files: ExitStack) -> None:
        self.sheets, self.title, self.description = list(sheets), title, description
        self._files: dict[str, IO[str]] = {}
        self._rows = dict.fromkeys(sheets, 0)
        for name in sheets:
            file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")
            self._files[name] = open_files.enter_context(file)

    def add(self, sheet: str, cells: Sequence[Cell], is_heading: bool = False) -> int:
        """Append a row to a sheet; gives its number, the first row being 1."""
        self._rows[sheet] += 1
        number = self._rows[sheet]
        style = ' s="2"' if is_heading else ""
        parts = [
            _cell(value, column, number, style) for column, value in enumerate(cells) if value is not None
        ]
        self._files[sheet].write(f'<row r="{number}">{"".join(parts)}</row>')
        return number

    def save(self, path: Path, written_on: date) -> None:
        """Pack the sheets into a workbook that says it was written on that day."""
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            for name, text in self._parts(written_on):
                _store(archive, name, [_HEAD + text])
            for number, sheet in enumerate(self.sheets, 1):
                file = self._files[sheet]
                file.seek(0)
                body = iter(lambda file=file: file.read(1 << 20), "")
                before = f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'
                parts = chain([before], body, ["</sheetData></worksheet>"])
                _store(archive, f"xl/worksheets/sheet{number}.xml", parts)

    def _parts(self, written_on: date) -> list[tuple[str, str]]:
        numbers = range(1, len(self.sheets) + 1)
        types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        package = "application/vnd.openxmlformats-package"
        overrides = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{types}.worksheet+xml"/>'
            for n in numbers
        )
        content = (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Default Extension="rels" ContentType="{package}.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{types}.styles+xml"/>'
            f'<Override PartName="/docProps/core.xml" ContentType="{package}.core-properties+xml"/>'
            f"{overrides}</Types>"
        )
        listed = "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
            for n, name in enumerate(self.sheets, 1)
        )
        book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>'
        links = "".join(_link(n, f"{_RELATIONS}/worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
        links += _link(len(self.sheets) + 1, f"{_RELATIONS}/styles", "styles.xml")
        root = _link(1, f"{_RELATIONS}/officeDocument", "xl/workbook.xml")
        root += _link(2, f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
        return [
            ("[Content_Types].xml", content),
            ("_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{root}</Relationships>'),
            ("docProps/core.xml", self._properties(written_on)),
            ("xl/workbook.xml", book),
            (
                "xl/_rels/workbook.xml.rels",
                f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
            ),
            ("xl/styles.xml", _STYLES),
        ]

    def _properties(self, written_on: date) -> str:
        moment = f'xsi:type="dcterms:W3CDTF">{written_on.isoformat()}T09:00:00Z'
        return (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{escape(self.title)}</dc:title><dc:description>{escape(self.description)}</dc:description>"
            f"<dcterms:created {moment}</dcterms:created><dcterms:modified {moment}</dcterms:modified>"
            "</cp:coreProperties>"
        )


def _store(archive: ZipFile, name: str, parts: Iterable[str]) -> None:
    entry = ZipInfo(name, _ZIPPED_ON)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    with archive.open(entry, "w") as file:
        for part in parts:
            file.write(part.encode("utf-8"))


def _link(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'


def _cell(value: Cell, column: int, row: int, style: str) -> str:
    at = f"{_column(column)}{row}"
    if isinstance(value, ErrorCell):
        return f'<c r="{at}" t="e"><v>{escape(value)}</v></c>'
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"{style}><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if isinstance(value, date):
        return f'<c r="{at}" s="1"><v>{value.toordinal() - _EPOCH}</v></c>'
    return f'<c r="{at}"><v>{value}</v></c>'


def _column(number: int) -> str:
    first, second = divmod(number, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)
