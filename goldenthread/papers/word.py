"""What does a Word document say? Paragraphs, bullets, rows of tables and notes, in the order of the page."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from goldenthread.papers.layout import Block, is_heading, numbered, with_number
from goldenthread.papers.numbering import Numbering
from goldenthread.papers.paper import Kind, Paper, UnreadablePaper

_LARGEST = 200_000_000  # bytes unpacked; what unpacks to more was made to fill the memory
_RATIO = 200  # times: text in XML packs to about a tenth
_PARTS = 5_000
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTES = {"footnote": "note", "endnote": "endnote"}  # as a place names them
_FIGURES = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,5}")
_SHORT = 6  # characters: a letter or a roman number in its brackets, not a word
_LONGEST = 20  # characters that a number may have
_TEXT = {_W + "t", _W + "tab", _W + "br", _W + "cr", _W + "noBreakHyphen"}
_APART = {_W + "txbxContent", _FALLBACK, _W + "del", _W + "moveFrom"}


def word_paper(content: bytes, name: str) -> Paper:
    """A .docx as a paper; UnreadablePaper for macros, a DOCTYPE, a bomb, or what is no .docx."""
    _refuse_harm(content, name)
    from docx import Document  # a third of a second, and only needed for Word

    try:
        document = Document(io.BytesIO(content))
        found = _with_numbers(_Reading(document).blocks(document.element.body))
        blocks = [block for block in found if block.text]
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


class _Reading:
    """A document while it is read: its styles, what Word numbers by itself, its notes."""

    def __init__(self, document) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE

        self._styles = {style.style_id: style.name or "" for style in document.styles}
        related = {one.reltype: one.target_part for one in document.part.rels.values() if not one.is_external}
        numbering = related.get(RELATIONSHIP_TYPE.NUMBERING)
        self._numbering = Numbering(None if numbering is None else numbering.element, document.styles.element)
        self._notes = {
            "footnote": _notes(related.get(RELATIONSHIP_TYPE.FOOTNOTES), "footnote"),
            "endnote": _notes(related.get(RELATIONSHIP_TYPE.ENDNOTES), "endnote"),
        }
        self._above = ""  # the last number in figures
        self._noted: Counter[str] = Counter()

    def blocks(self, container) -> Iterator[Block]:
        """Paragraphs and tables of a body, a cell or a content control, in order, each with its notes."""
        for element in container:
            if element.tag == _W + "p":
                yield self._paragraph(element)
                yield from self._notes_of(element)
                for box in element.iter(_W + "txbxContent"):
                    if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                        yield from self.blocks(box)
            elif element.tag == _W + "tbl":
                yield from self._rows(element)
            elif element.tag in (_W + "sdt", _W + "ins"):
                content = element.find(_W + "sdtContent")
                yield from self.blocks(element if content is None else content)

    def _paragraph(self, element) -> Block:
        style = element.find(f"{_W}pPr/{_W}pStyle")
        name = "" if style is None else self._styles.get(style.get(_W + "val"), "")
        text = _text(element).strip()
        # An empty paragraph is numbered too, and counts, though nothing of it is kept.
        label = self._numbering.label(element)
        listed = element.find(f"{_W}pPr/{_W}numPr") is not None or name.lower().startswith("list")
        number = self._number(label) if label else ""
        if re.match(r"(heading|title)", name, re.IGNORECASE):
            kind = Kind.HEADING
        elif not number and (re.match(r"[•·▪●–-]\s", text) or (listed and "number" not in name.lower())):
            kind, text = Kind.BULLET, re.sub(r"^[•·▪●–-]\s+", "", text)
        else:
            kind = Kind.PROSE
        return Block(text=text, kind=kind, number=number)

    def _number(self, label: str) -> str:
        """A number as a paragraph is called by: 3.7, and (a) under it is 3.7(a)."""
        said = label.rstrip(".:").strip()
        if _FIGURES.fullmatch(said):
            self._above = said
        elif self._above and len(said) <= _SHORT:
            said = f"{self._above}{said}" if said.startswith("(") else f"{self._above} {said}"
        return said[:_LONGEST].strip()

    def _notes_of(self, element) -> Iterator[Block]:
        """The notes of a paragraph: they stand after it, as a page has them under it."""
        for reference in _references(element):
            name = "footnote" if reference.tag == _W + "footnoteReference" else "endnote"
            said = self._notes[name].get(reference.get(_W + "id"), "")
            if said:
                self._noted[name] += 1
                number = f"{_NOTES[name]} {self._noted[name]}"
                yield Block(text=said, number=number, is_note=True)

    def _rows(self, table) -> Iterator[Block]:
        for row in table.iter(_W + "tr"):
            if next(row.iterancestors(_W + "tbl")) is not table:
                continue  # a row of a table within a cell is part of that cell
            cells, notes = [], []
            for cell in row.iter(_W + "tc"):
                if next(cell.iterancestors(_W + "tr")) is row:
                    said = [block for block in self.blocks(cell) if block.text]
                    notes += [block for block in said if block.is_note]
                    cells.append("\n".join(_printed(block) for block in said if not block.is_note))
            yield Block(text="\n".join(cell for cell in cells if cell), kind=Kind.ROW, cells=tuple(cells))
            yield from notes


def _printed(block: Block) -> str:
    """What stands in a cell, its number before it as on the page."""
    return f"{block.number} {block.text}" if block.number else block.text


def _references(element) -> Iterator[Any]:
    """References to notes in a paragraph, but for those in boxes and in what was deleted."""
    for part in element:
        if part.tag in (_W + "footnoteReference", _W + "endnoteReference"):
            yield part
        elif part.tag not in _APART:
            yield from _references(part)


def _notes(part, name: str) -> dict[str, str]:
    """The notes of a document by the key that a reference gives; lines that only part notes are none."""
    if part is None:
        return {}
    from docx.oxml import parse_xml

    found = {}
    for note in parse_xml(part.blob).iter(_W + name):
        if note.get(_W + "type") in (None, "normal"):
            said = (_text(paragraph).strip() for paragraph in note.iter(_W + "p"))
            found[note.get(_W + "id")] = "\n".join(text for text in said if text)
    return found


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


def _with_numbers(blocks: Iterator[Block]) -> Iterator[Block]:
    """Numbers that were typed, taken off the text; a numbered line in capitals is a heading."""
    last = ""
    for block in blocks:
        if block.number:  # by Word itself
            last = block.number if _FIGURES.fullmatch(block.number) else last
        elif block.kind is not Kind.ROW:
            number, rest = with_number(block.text, last)
            if number and rest:
                last, block.number, block.text = number, number, rest
                block.kind = block.kind if block.kind is Kind.HEADING else Kind.PROSE
        if block.kind is Kind.PROSE and block.text.isupper() and is_heading(block.text):
            block.kind = Kind.HEADING
        yield block
