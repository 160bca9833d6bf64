"""What does a PDF say? The text it holds, page by page, its lines joined to paragraphs."""

import io
import re
from collections import Counter

from goldenthread.papers.layout import paragraphs_of_lines
from goldenthread.papers.paper import Paper, UnreadablePaper

_PAGES = 1_000
_LETTERS = 25  # of a page: fewer, and the page is a picture
_NUMBER = re.compile(r"^\s*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*$", re.IGNORECASE)


def pdf_paper(content: bytes, name: str) -> Paper:
    """A PDF as a paper; UnreadablePaper where it has a password, is damaged, or is a scan without text."""
    pages = _pages(content, name)
    empty = [at for at, page in enumerate(pages, 1) if sum(map(str.isalpha, page)) < _LETTERS]
    if len(empty) == len(pages):
        raise UnreadablePaper(
            f"{name} is a scan without text: ask for the file it was printed from, or run it through text "
            "recognition first."
        )
    paragraphs = paragraphs_of_lines(_lines(pages))
    notes = ()
    if empty:
        listed = ", ".join(map(str, empty))
        notes = (f"{name}: no text was found on page {listed}, which was not read.",)
    return Paper(name=name, paragraphs=paragraphs, notes=notes)


def _pages(content: bytes, name: str) -> list[str]:
    from pypdf import PdfReader  # a third of a second, and only needed for PDF

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise UnreadablePaper(f"{name} is encrypted: save it without a password or restrictions.")
        if len(reader.pages) > _PAGES:
            raise UnreadablePaper(f"{name} has more than {_PAGES:,} pages: hand over the part that matters.")
        return [page.extract_text() for page in reader.pages]
    except UnreadablePaper:
        raise
    except Exception as error:  # a damaged PDF fails in as many ways as there are parts in it
        raise UnreadablePaper(
            f"{name} is damaged and cannot be read: save it again from its program."
        ) from error


def _lines(pages: list[str]) -> list[str]:
    """All lines, pages parted by a blank one, without page numbers and what is printed on every page."""
    split = [page.splitlines() for page in pages]
    edges = Counter(line.strip() for page in split for line in {*page[:1], *page[-1:]} if line.strip())
    repeated = {line for line, times in edges.items() if times > 2 and times > len(pages) / 2}
    lines: list[str] = []
    for page in split:
        last = len(page) - 1
        for at, line in enumerate(page):
            at_edge = at < 2 or at > last - 2
            if not (at_edge and (_NUMBER.match(line) or line.strip() in repeated)):
                lines.append(line)
        lines.append("")
    return lines
