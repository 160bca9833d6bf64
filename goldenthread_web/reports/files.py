"""Which file does a document become? HTML, Word and PDF from the same blocks, the same line on each page."""

from dataclasses import dataclass
from datetime import date

from goldenthread_web.reports.documents import Document
from goldenthread_web.reports.html_file import html_file
from goldenthread_web.reports.pdf_file import pdf_file
from goldenthread_web.reports.word_file import word_file

TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What stands on every page: draft or not, the version, the day of the figures, the hash of the words."""

    is_draft: bool
    version: int
    as_at: str
    digest: str
    on: date  # the day of the file

    @property
    def header(self) -> str:
        """Above every page: blank once it is released."""
        return "DRAFT, not for release" if self.is_draft else ""

    @property
    def footer(self) -> str:
        """Below every page."""
        draft = "Draft. " if self.is_draft else ""
        return f"{draft}Version {self.version}. Figures to {self.as_at}. Fingerprint {self.digest[:12]}"


def file_of(kind: str, document: Document, stamp: Stamp) -> bytes:
    """The file of a kind: html, docx or pdf. The same document and stamp, the same bytes."""
    if kind == "html":
        return html_file(document, header=stamp.header, footer=stamp.footer).encode()
    if kind == "docx":
        return word_file(document, header=stamp.header, footer=stamp.footer, on=stamp.on)
    return pdf_file(document, header=stamp.header, footer=stamp.footer, on=stamp.on)
