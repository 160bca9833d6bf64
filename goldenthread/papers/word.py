"""What does a Word document say? Its paragraphs, bullets and rows of tables, in the order of the page."""

import io
import re
import zipfile
from collections.abc import Iterator

from goldenthread.papers.layout import Block, is_heading, numbered, with_number
from goldenthread.papers.paper import Kind, Paper, UnreadablePaper

_LARGEST = 200_000_000  # bytes unpacked; what unpacks to more was made to fill the memory
_RATIO = 200  # times: text in XML packs to about a tenth
_PARTS = 5_000
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT = {_W + "t", _W + "tab", _W + "br", _W + "cr", _W + "noBreakHyphen"}
_APART = {_W + "txbxContent", _FALLBACK, _W + "del", _W + "moveFrom"}


def word_paper(content: bytes, name: str) -> Paper:
    """A .docx as a paper; UnreadablePaper for macros, a DOCTYPE, a bomb, or what is no .docx."""
    _refuse_harm(content, name)
    from docx import Document  # a third of a second, and only needed for Word

    try:
        document = Document(io.BytesIO(content))
        styles = {style.style_id: style.name or "" for style in document.styles}
        blocks = [block for block in _with_numbers(_blocks(document.element.body, styles)) if block.text]
    except (KeyError, ValueError, AttributeError, zipfile.BadZipFile, SyntaxError, OSError) as error:
        raise UnreadablePaper(
            f"{name} is no Word document that can be read: open it in Word and save it again as .docx."
        ) from error
    paragraphs = numbered(blocks)
    if not paragraphs:
        raise UnreadablePaper(f"{name} has no text in it: hand over the paper itself.")
    return Paper(name=name, paragraphs=paragraphs)


def _refuse_harm(content: bytes, name: str) -> None:
    """Nothing is unpacked before it is known to be small; no entity is ever expanded."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if len(entries) > _PARTS or unpacked > _LARGEST or unpacked > _RATIO * max(len(content), 50_000):
                raise UnreadablePaper(f"{name} unpacks to far more than a paper holds: it was not opened.")
            names = {entry.filename for entry in entries}
            if "word/document.xml" not in names:
                raise UnreadablePaper(f"{name} is an archive and no Word document: save the paper as .docx.")
            if any(part.endswith(("vbaProject.bin", "vbaData.xml")) for part in names):
                raise UnreadablePaper(f"{name} holds macros: save it as .docx, which has none.")
            if any(entry.flag_bits & 1 for entry in entries):
                raise UnreadablePaper(f"{name} has a password: save it without one.")
            for part in names:
                if part.endswith((".xml", ".rels")):
                    _refuse_doctype(archive.read(part), name)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zipfile.zlib.error) as error:  # pyright: ignore[reportAttributeAccessIssue]
        raise UnreadablePaper(f"{name} is damaged: open it in Word and save it again as .docx.") from error


def _refuse_doctype(part: bytes, name: str) -> None:
    if any(mark in part for mark in _DOCTYPES):
        raise UnreadablePaper(f"{name} declares a document type, which no Word document does: not opened.")


def _blocks(container, styles: dict[str, str]) -> Iterator[Block]:
    """Paragraphs and tables of a body, a cell or a content control, in order."""
    for element in container:
        if element.tag == _W + "p":
            yield _paragraph(element, styles)
            for box in element.iter(_W + "txbxContent"):
                if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                    yield from _blocks(box, styles)
        elif element.tag == _W + "tbl":
            yield from _rows(element, styles)
        elif element.tag in (_W + "sdt", _W + "ins"):
            content = element.find(_W + "sdtContent")
            yield from _blocks(element if content is None else content, styles)


def _paragraph(element, styles: dict[str, str]) -> Block:
    style = element.find(f"{_W}pPr/{_W}pStyle")
    name = "" if style is None else styles.get(style.get(_W + "val"), "")
    text = _text(element).strip()
    listed = element.find(f"{_W}pPr/{_W}numPr") is not None or name.lower().startswith("list")
    if re.match(r"(heading|title)", name, re.IGNORECASE):
        kind = Kind.HEADING
    elif re.match(r"[•·▪●–-]\s", text) or (listed and "number" not in name.lower()):
        kind, text = Kind.BULLET, re.sub(r"^[•·▪●–-]\s+", "", text)
    else:
        kind = Kind.PROSE
    return Block(text=text, kind=kind)


def _text(element) -> str:
    """The words of a paragraph: with tracked insertions and links, without what was deleted."""
    said = []
    for part in element:
        if part.tag in _APART or not isinstance(part.tag, str):
            continue
        if part.tag in _TEXT:
            said.append(_characters(part))
        elif part.tag != _W + "pPr":
            said.append(_text(part))
    return "".join(said)


def _characters(part) -> str:
    if part.tag == _W + "t":
        return part.text or ""
    return "-" if part.tag == _W + "noBreakHyphen" else " "


def _rows(table, styles: dict[str, str]) -> Iterator[Block]:
    for row in table.iter(_W + "tr"):
        if next(row.iterancestors(_W + "tbl")) is not table:
            continue  # a row of a table within a cell is part of that cell
        cells = tuple(
            _cell(cell, styles) for cell in row.iter(_W + "tc") if next(cell.iterancestors(_W + "tr")) is row
        )
        yield Block(text="\n".join(cell for cell in cells if cell), kind=Kind.ROW, cells=cells)


def _cell(cell, styles: dict[str, str]) -> str:
    return "\n".join(block.text for block in _blocks(cell, styles) if block.text)


def _with_numbers(blocks: Iterator[Block]) -> Iterator[Block]:
    """Numbers that were typed, taken off the text; a numbered line in capitals is a heading."""
    last = ""
    for block in blocks:
        if block.kind is not Kind.ROW:
            number, rest = with_number(block.text, last)
            if number and rest:
                last, block.number, block.text = number, number, rest
                block.kind = block.kind if block.kind is Kind.HEADING else Kind.PROSE
            if block.kind is Kind.PROSE and block.text.isupper() and is_heading(block.text):
                block.kind = Kind.HEADING
        yield block
