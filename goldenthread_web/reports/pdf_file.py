"""How does a document become a PDF that a screen reader reads: tagged, with title and language (PDF/UA-1)?

Typeset by typst with the fonts it carries: no font of the machine, no address, the same bytes each time.
"""

import io
import json
import tempfile
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from pypdf import PdfReader

from goldenthread_web.reports.charts import alternative, picture
from goldenthread_web.reports.columns import shares
from goldenthread_web.reports.documents import (
    Block,
    Bullets,
    Chart,
    Document,
    Paragraph,
    Quote,
    Text,
    in_cell,
    said,
)
from goldenthread_web.reports.html_file import CHART_COLUMNS, SIGNED_BY
from goldenthread_web.reports.row_headings import with_row_headings


def pdf_file(document: Document, *, header: str, footer: str, on: date) -> bytes:
    """The file, with tags, title and language."""
    return with_row_headings(_typeset(document, header=header, footer=footer, on=on))


def pages_of(document: Document) -> int:
    """How many pages it takes. Word takes as many for a form of one page: its layout is as close."""
    made = _typeset(document, header="DRAFT", footer="Version", on=date(2000, 1, 1))
    return len(PdfReader(io.BytesIO(made)).pages)


def _typeset(document: Document, *, header: str, footer: str, on: date) -> bytes:
    source = (files("goldenthread_web.reports") / "print" / "report.typ").read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        told = _told(document, root) | {"header": header, "footer": footer}
        told |= {"year": on.year, "month": on.month, "day": on.day}
        (root / "report.json").write_text(json.dumps(told), "utf-8")
        (root / "report.typ").write_bytes(source)
        made = typst.compile(
            str(root / "report.typ"),
            root=str(root),
            format="pdf",
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
        )
    assert isinstance(made, bytes)
    return made


def _told(document: Document, root: Path) -> dict[str, Any]:
    front = {
        "caption": "About this report",
        "columns": ["What", "Which"],
        "rows": [[name, value] for name, value in document.front],
        "widths": [1, 3],
    }
    return {
        "title": document.title,
        "is_one_page": document.is_one_page,
        "front": front,
        "sections": [
            {
                "title": f"{section.number}. {section.title}",
                "signed": f"{SIGNED_BY}{section.signed_by}" if section.signed_by else "",
                "blocks": [_block(block, root) for block in section.blocks],
            }
            for section in document.sections
            if section.blocks
        ],
    }


def _block(block: Block, root: Path) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        kind = "heading" if block.is_heading else "paragraph"
        return {"kind": kind, "number": block.number, "text": said(block.text)}
    if isinstance(block, Bullets):
        return {
            "kind": "numbered" if block.is_numbered else "bullets",
            "items": [said(one) for one in block.items],
        }
    if isinstance(block, Quote):
        return {"kind": "quote", "text": said(block.text), "source": block.source}
    if isinstance(block, Chart):
        return {
            "kind": "chart",
            "title": block.title,
            "sentence": block.sentence,
            "image": _image(block, root),
            "alt": alternative(block),
            **_cells(f"{block.title}: the numbers", CHART_COLUMNS, block.rows),
        }
    return {
        "kind": "table",
        "note": block.note,
        "empty": block.empty,
        **_cells(block.caption, block.columns, block.rows),
    }


def _cells(caption: str, columns: tuple[str, ...], rows: tuple[tuple[Text, ...], ...]) -> dict[str, Any]:
    words = [[said(in_cell(cell)) for cell in row] for row in rows]
    return {"caption": caption, "columns": list(columns), "rows": words, "widths": shares(columns, rows)}


def _image(block: Chart, root: Path) -> str:
    drawn = picture(block)
    if not drawn:
        return ""
    (root / f"{block.ref}.png").write_bytes(drawn)
    return f"{block.ref}.png"
