"""What does a paper say? Plain text, Word and PDF, read as paragraphs that can be named."""

import re
from pathlib import Path

from goldenthread.papers.layout import paragraphs_of_lines
from goldenthread.papers.paper import Kind, Paper, Paragraph, UnreadablePaper
from goldenthread.papers.pdf import pdf_paper
from goldenthread.papers.word import word_paper

__all__ = ["Kind", "Paper", "Paragraph", "UnreadablePaper", "read_paper", "read_text"]

_LARGEST = 20_000_000  # bytes; a long Cabinet report with pictures has about 5 million
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def read_paper(path: Path) -> Paper:
    """A file as a paper: text, .docx, or a PDF with text in it, told apart by what is in it.

    Raises UnreadablePaper with one sentence for anything else, and for what could do harm.
    """
    name = path.name
    if not path.is_file():
        raise UnreadablePaper(f"{name} is not there, or is no file: check its name and folder.")
    if path.stat().st_size > _LARGEST:
        raise UnreadablePaper(
            f"{name} has more than 20 MB: take the pictures out, or save the text alone and hand that over."
        )
    content = path.read_bytes()
    if content.startswith(b"%PDF-"):
        return pdf_paper(content, name)
    if content.startswith(b"PK"):
        return word_paper(content, name)
    _refuse_known(content, name)
    return read_text(_decoded(content, name), name)


def read_text(text: str, name: str) -> Paper:
    """Text, as pasted or from a file, as a paper; UnreadablePaper where there is no word in it."""
    paragraphs = paragraphs_of_lines(text.splitlines())
    if not paragraphs:
        raise UnreadablePaper(f"{name} has no text in it: hand over the paper itself.")
    return Paper(name=name, paragraphs=paragraphs)


def _refuse_known(content: bytes, name: str) -> None:
    """Files that look like text to a decoder, or that a person takes for a paper, and that are neither."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadablePaper(
            f"{name} is an old Word file or has a password: open it and save it as .docx without a password."
        )
    if content.startswith(b"{\\rtf"):
        raise UnreadablePaper(f"{name} is rich text: open it in Word and save it as .docx.")
    if name.lower().endswith((".docx", ".docm", ".dotx", ".dotm", ".pdf")):
        ending = name.rpartition(".")[2].lower()
        raise UnreadablePaper(f"{name} is called .{ending} and is not one: save it again from its program.")


def _decoded(content: bytes, name: str) -> str:
    sentence = (
        f"{name} is neither text in UTF-8 or Windows-1252, nor .docx, nor PDF: save it as one of these."
    )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise UnreadablePaper(sentence) from error
    if _CONTROL.search(text):
        raise UnreadablePaper(sentence)
    return text
