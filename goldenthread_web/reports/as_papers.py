"""How does a document read as a paper that can be checked like any other, and what in it is linked?"""

from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.papers.explained import Linked
from goldenthread.papers.paper import Kind, Paper, Paragraph
from goldenthread_web.reports.charts import alternative
from goldenthread_web.reports.documents import (
    Block,
    Bullets,
    Chart,
    Document,
    Quote,
    Section,
    Table,
    Text,
    said,
)
from goldenthread_web.reports.documents import Paragraph as Printed


@dataclass(frozen=True, kw_only=True)
class AsPapers:
    """`prose` is what somebody could have written; `rest` are tables, captions, notes, titles and alt texts.

    `linked` are the stretches of the prose that come from references, by anchor, and what each is about;
    `section` is the code of the section each anchor stands in.
    """

    prose: Paper
    rest: Paper
    linked: dict[str, list[Linked]]
    section: dict[str, str]

    def is_linked(self, anchor: str, start: int, end: int) -> bool:
        """Whether words of the prose touch a reference."""
        return any(start < one.end and one.start < end for one in self.linked.get(anchor, ()))

    def typed(self, paragraph: Paragraph) -> str:
        """The text of a paragraph with blanks where a reference filled something in."""
        text = paragraph.text
        for one in self.linked.get(paragraph.anchor, ()):
            text = f"{text[: one.start]}{' ' * (one.end - one.start)}{text[one.end :]}"
        return text


def as_papers(document: Document) -> AsPapers:
    """The document as two papers; the same anchors each time."""
    prose: list[Paragraph] = []
    rest = [_paragraph("t", document.title)]
    rest += [_paragraph(f"front-{at}", f"{name}: {value}") for at, (name, value) in enumerate(document.front)]
    linked: dict[str, list[Linked]] = {}
    section_of = {one.anchor: "" for one in rest}
    for section in document.sections:
        for anchor, text, kind, number, is_prose in _parts(section):
            section_of[anchor] = section.code
            runs = text if isinstance(text, tuple) else ()
            words = said(runs) if runs else str(text)
            if not words.strip():
                continue
            made = _paragraph(anchor, words, kind=kind, number=number, heading=section.title)
            (prose if is_prose else rest).append(made)
            linked[anchor] = list(_spans(runs))
    return AsPapers(
        prose=Paper(name="this report", paragraphs=tuple(prose)),
        rest=Paper(name="this report", paragraphs=tuple(rest)),
        linked=linked,
        section=section_of,
    )


def _paragraph(
    anchor: str, text: str, *, kind: Kind = Kind.PROSE, number: str = "", heading: str = ""
) -> Paragraph:
    return Paragraph(anchor=anchor, text=text, number=number, under=number, heading=heading, kind=kind)


_Part = tuple[str, Text | str, Kind, str, bool]


def _parts(section: Section) -> Iterator[_Part]:
    yield f"{section.code}-title", section.title, Kind.HEADING, section.number, True
    number = section.number
    for at, block in enumerate(section.blocks):
        anchor = f"{section.code}-{at}"
        if isinstance(block, Printed) and block.number:
            number = block.number
        yield from _of_block(block, anchor, number)


def _of_block(block: Block, anchor: str, number: str) -> Iterator[_Part]:
    if isinstance(block, Printed):
        yield anchor, block.text, Kind.HEADING if block.is_heading else Kind.PROSE, number, True
    elif isinstance(block, Bullets):
        for at, item in enumerate(block.items):
            yield f"{anchor}-{at}", item, Kind.BULLET, number, True
    elif isinstance(block, Quote):
        yield anchor, f"“{said(block.text)}”", Kind.PROSE, number, False
    elif isinstance(block, Table):
        yield f"{anchor}-caption", block.caption, Kind.PROSE, number, False
        yield f"{anchor}-note", block.note, Kind.PROSE, number, False
        yield from _rows(block.rows, anchor, number)
    elif isinstance(block, Chart):
        yield f"{anchor}-title", block.title, Kind.PROSE, number, False
        yield f"{anchor}-alt", alternative(block), Kind.PROSE, number, False
        yield from _rows(block.rows, anchor, number)


def _rows(rows: tuple[tuple[Text, ...], ...], anchor: str, number: str) -> Iterator[_Part]:
    for at, row in enumerate(rows):
        yield f"{anchor}-r{at}", "\n".join(said(cell) for cell in row), Kind.ROW, number, False


def _spans(runs: Text) -> Iterator[Linked]:
    at = 0
    for run in runs:
        if run.kind and run.kind != "unresolved":
            about = f"action {run.key}" if run.kind == "action" else run.key.partition(" ")[0]
            yield Linked(start=at, end=at + len(run.text), about=about)
        at += len(run.text)
