"""How does a document become a Word file with real headings, marked rows, alt text and its language?"""

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from goldenthread_web.reports.charts import alternative, picture
from goldenthread_web.reports.columns import shares
from goldenthread_web.reports.documents import (
    Block,
    Bullets,
    Chart,
    Document,
    Paragraph,
    Quote,
    Table,
    Text,
    in_cell,
    plain,
    said,
)
from goldenthread_web.reports.html_file import CHART_COLUMNS, SIGNED_BY

FONT, LANGUAGE = "Arial", "en-GB"
IN_TABLES = "Table text"  # the style of what stands in cells
WIDE, HIGH = 21.0, 29.7  # centimetres of a page of A4
_SAME_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every part of the file: the same document, the same bytes


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a page is set: margins in centimetres, letters and spaces in points. No text is under 12."""

    sides: float
    top: float
    bottom: float
    headings: tuple[float, float, float]
    above_heading: float
    paragraph: float  # above and below
    above_caption: float
    cell: float

    @property
    def line(self) -> float:
        """What a line has room for, in centimetres."""
        return WIDE - 2 * self.sides


FULL = Layout(
    sides=2.0,
    top=2.5,
    bottom=2.0,
    headings=(22, 16, 13),
    above_heading=12,
    paragraph=4,
    above_caption=12,
    cell=2,
)
ONE_PAGE = Layout(
    sides=1.6,
    top=1.5,
    bottom=1.3,
    headings=(18, 14, 12.5),
    above_heading=7,
    paragraph=2,
    above_caption=4,
    cell=1,
)


def word_file(document: Document, *, header: str, footer: str, on: date) -> bytes:
    """The file. Nobody's name is in what it says of itself."""
    made, layout = docx.Document(), ONE_PAGE if document.is_one_page else FULL
    _look(made, layout)
    _about(made, document, on)
    _every_page(made, header, footer)
    made.add_heading(document.title, 1)
    rows = tuple((plain(name), plain(value)) for name, value in document.front)
    about = Table(caption="About this report", columns=("What", "Which"), rows=rows, key="front")
    _table(made, about, layout)
    for section in document.sections:
        if not section.blocks:
            continue
        made.add_heading(f"{section.number}. {section.title}", 2)
        if section.signed_by:
            signed = made.add_paragraph()
            signed.add_run(f"{SIGNED_BY}{section.signed_by}").italic = True
            signed.paragraph_format.keep_with_next = True
        for block in section.blocks:
            _block(made, block, layout)
    kept = io.BytesIO()
    made.save(kept)
    return _without_moments(kept.getvalue())


def _block(made: Any, block: Block, layout: Layout) -> None:
    if isinstance(block, Paragraph):
        if block.is_heading:
            made.add_heading(said(block.text), 3)
        else:
            made.add_paragraph(f"{block.number}  {said(block.text)}" if block.number else said(block.text))
    elif isinstance(block, Bullets):
        for item in block.items:
            made.add_paragraph(said(item), style="List Number" if block.is_numbered else "List Bullet")
    elif isinstance(block, Quote):
        made.add_paragraph(said(block.text), style="Quote").paragraph_format.keep_with_next = True
        made.add_paragraph(block.source)
    elif isinstance(block, Chart):
        _chart(made, block, layout)
    else:
        _table(made, block, layout)


def _chart(made: Any, block: Chart, layout: Layout) -> None:
    made.add_heading(block.title, 3)
    made.add_paragraph(block.sentence).paragraph_format.keep_with_next = True
    drawn = picture(block)
    if drawn:
        shown = made.add_picture(io.BytesIO(drawn), width=Cm(layout.line))
        about = shown._inline.docPr  # noqa: SLF001 - the library offers no other way to alt text
        about.set("name", f"Chart {block.ref}")
        about.set("descr", alternative(block))
    caption = f"{block.title}: the numbers"
    _table(made, Table(caption=caption, columns=CHART_COLUMNS, rows=block.rows, key=block.ref), layout)


def _table(made: Any, block: Table, layout: Layout) -> None:
    if not block.rows:
        paragraph = made.add_paragraph()
        paragraph.add_run(block.caption).bold = True
        paragraph.add_run(f": {block.empty}")
    else:
        made.add_paragraph(block.caption, style="Caption")
        table = made.add_table(rows=1, cols=len(block.columns), style="Table Grid")
        _mark(table.rows[0], "w:tblHeader")
        _row(table.rows[0], tuple(map(plain, block.columns)), is_heading=True)
        for row in block.rows:
            _row(table.add_row(), row)
        _set_widths(table, shares(block.columns, block.rows), layout.line)
    if block.note:
        made.add_paragraph(block.note)


def _row(row: Any, texts: tuple[Text, ...], *, is_heading: bool = False) -> None:
    """A row that no page's end parts; the first cell of each is its heading."""
    _mark(row, "w:cantSplit")
    for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.paragraphs[0].style = IN_TABLES
        cell.paragraphs[0].add_run(said(in_cell(text))).bold = is_heading or not at


def _mark(row: Any, what: str) -> None:
    """Say something of a row: that it is one of headings, which come again on every page."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - the library offers no other way
    marked = OxmlElement(what)
    marked.set(qn("w:val"), "true")
    properties.append(marked)


def _set_widths(table: Any, parts: list[float], line: float) -> None:
    """Of the line, to each column its share."""
    table.autofit = False
    for column, part in zip(table.columns, parts, strict=True):
        column.width = Cm(line * part / sum(parts))
        for cell in column.cells:
            cell.width = column.width


def _look(made: Any, layout: Layout) -> None:
    sizes = zip(("Heading 1", "Heading 2", "Heading 3"), layout.headings, strict=True)
    for name, size in (("Normal", 12), ("Caption", 12), *sizes):
        style = made.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
    _space(made.styles["Normal"], layout.paragraph, layout.paragraph)
    _space(made.styles["Caption"], layout.above_caption, layout.paragraph)
    _space(made.styles.add_style(IN_TABLES, WD_STYLE_TYPE.PARAGRAPH), layout.cell, layout.cell)
    for name in ("Heading 2", "Heading 3"):
        _space(made.styles[name], layout.above_heading, layout.paragraph)
    made.styles[IN_TABLES].base_style = made.styles["Normal"]
    made.styles["Heading 1"].paragraph_format.space_before = Pt(0)
    for name in ("Heading 1", "Heading 2", "Heading 3", "Caption"):
        made.styles[name].paragraph_format.keep_with_next = True
    defaults = made.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    language.set(qn("w:val"), LANGUAGE)
    for section in made.sections:
        section.page_width, section.page_height = Cm(WIDE), Cm(HIGH)
        section.left_margin = section.right_margin = Cm(layout.sides)
        section.top_margin, section.bottom_margin = Cm(layout.top), Cm(layout.bottom)
        section.header_distance = section.footer_distance = Cm(layout.bottom / 2)


def _space(style: Any, before: float, after: float) -> None:
    """Points above and below: what stands there in place of empty paragraphs."""
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _about(made: Any, document: Document, on: date) -> None:
    about = made.core_properties
    about.title, about.language, about.subject = document.title, LANGUAGE, document.as_at
    about.author = document.council
    about.last_modified_by = about.comments = about.keywords = about.category = ""
    about.created = about.modified = datetime(on.year, on.month, on.day, tzinfo=UTC)
    about.revision = 1


def _every_page(made: Any, header: str, footer: str) -> None:
    section = made.sections[0]
    if header:
        run = section.header.paragraphs[0].add_run(header)
        run.bold, run.font.color.rgb = True, RGBColor(0x8A, 0x1F, 0x11)
    below = section.footer.paragraphs[0]
    below.alignment = WD_ALIGN_PARAGRAPH.LEFT
    below.add_run(f"{footer}. Page ")
    _page_number(below)


def _page_number(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001 - the library has no fields


def _without_moments(content: bytes) -> bytes:
    """The same parts in the same order, without the moment at which each was packed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w") as new:
        for part in sorted(old.infolist(), key=lambda one: one.filename):
            packed = zipfile.ZipInfo(part.filename, _SAME_MOMENT)
            packed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(packed, old.read(part.filename))
    return kept.getvalue()
