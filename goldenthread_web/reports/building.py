"""How does a report come from its content? Section by section, written or not, its references resolved.

What cannot be resolved is a problem with its place; nothing is left out without a word.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from goldenthread.figures.wording import day_said
from goldenthread_web.reports.default_texts import default_text
from goldenthread_web.reports.documents import Block, Bullets, Document, Paragraph, Run, Section, Text, plain
from goldenthread_web.reports.facts import quoted_block, resolved
from goldenthread_web.reports.figure_facts import as_at_said
from goldenthread_web.reports.forums import Part, forums
from goldenthread_web.reports.frame import Frame, Unresolved
from goldenthread_web.reports.models import Report
from goldenthread_web.reports.references import Misspelt, Reference, alone, of_indicators, references
from goldenthread_web.reports.tables import chart, table
from goldenthread_web.ui.council import council

_PARAGRAPHS = re.compile(r"\n\s*\n")
_HEADING = re.compile(r"#{1,3}\s+(.+)")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something in a section that cannot be built, and what to do about it."""

    section: str  # its code
    title: str
    said: str  # the reference as it is written
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Built:
    """A report as it stands: its document, the figures in it, and what could not be resolved."""

    document: Document
    frame: Frame
    problems: tuple[Problem, ...]


def frame_of(report: Report, held: frozenset[tuple[str, date]] = frozenset()) -> Frame:
    """What a report knows while it is built."""
    return Frame(
        content=report.content,
        forum=forums()[report.template],
        body=report.body,
        meeting_on=report.meeting_on,
        held=held,
    )


def build(report: Report, *, held: frozenset[tuple[str, date]] = frozenset()) -> Built:
    """The whole report from what is recorded now. `held`: figures that earlier releases forbid to show."""
    frame = frame_of(report, held)
    written = {one.code: one.text for one in report.content.sections.all()}
    problems: list[Problem] = []
    sections = []
    found = frame.forum.parts((theme.number, theme.title) for theme in frame.themes)
    sources = {part.code: _source(part, written, frame) for part in found}
    frame.want(indicators_of(sources.values()))
    for at, part in enumerate(found, 1):
        blocks = tuple(_numbered(str(at), blocks_of(sources[part.code], part, frame, problems)))
        signs = frame.forum.signs(part.code)
        sections.append(
            Section(
                code=part.code,
                title=part.title,
                number=str(at),
                blocks=blocks,
                signed_by="" if signs is None else signs.title,
            )
        )
    document = Document(
        title=frame.forum.title.format(label=report.content.label),
        council=council().name,
        forum=frame.forum.forum if report.body is None else report.body.name,
        front=tuple(_front(frame)),
        as_at=day_said(report.content.as_at_on),
        sections=tuple(sections),
        is_one_page=frame.forum.is_one_page,
    )
    return Built(document=document, frame=frame, problems=tuple(problems))


def _source(part: Part, written: dict[str, str], frame: Frame) -> str:
    if part.code == "recommendations":
        return _recommendations(frame)
    return written.get(part.code) or default_text(part, frame)


def _recommendations(frame: Frame) -> str:
    if not frame.forum.recommendations:
        return ""
    name = frame.forum.forum if frame.body is None else f"[[body {frame.body.code}]]"
    asked = frame.forum.asks_to.format(body=f"The {name}")
    return "\n\n".join((asked, "\n".join(f"1. {one}" for one in frame.forum.recommendations)))


def indicators_of(texts: Iterable[str]) -> set[str]:
    """Every indicator that texts name, so that all are read in one go."""
    found: set[str] = set()
    for text in texts:
        try:
            found |= of_indicators(references(text))
        except Misspelt:
            continue  # said with its place when the section is built
    return found


def blocks_of(text: str, part: Part, frame: Frame, problems: list[Problem]) -> Iterator[Block]:
    """The blocks of a text, its references resolved; what cannot be resolved goes to the problems."""
    for paragraph in (piece.strip() for piece in _PARAGRAPHS.split(text.replace("\r\n", "\n"))):
        if not paragraph:
            continue
        try:
            found = alone(paragraph)
            if found is not None and found.kind in ("table", "chart", "quote"):
                yield _block(found, frame)
                continue
        except Misspelt as problem:
            problems.append(_problem(part, paragraph[:80], str(problem)))
            continue
        except Unresolved as problem:
            problems.append(_problem(part, paragraph, str(problem)))
            continue
        yield from _lines(paragraph, part, frame, problems)


def _block(found: Reference, frame: Frame) -> Block:
    if found.kind == "table":
        return table(found.words, frame)
    return chart(found.words, frame) if found.kind == "chart" else quoted_block(found, frame)


def _lines(paragraph: str, part: Part, frame: Frame, problems: list[Problem]) -> Iterator[Block]:
    heading = _HEADING.fullmatch(paragraph)
    if heading:
        yield Paragraph(text=text_of(heading[1], part, frame, problems), is_heading=True)
        return
    lines = [line.strip() for line in paragraph.splitlines()]
    kinds = {
        ("- " if line.startswith("- ") else "1. " if re.match(r"\d+\. ", line) else "") for line in lines
    }
    if kinds == {"- "} or kinds == {"1. "}:
        items = tuple(text_of(re.sub(r"^(-|\d+\.) ", "", line), part, frame, problems) for line in lines)
        yield Bullets(items=items, is_numbered=kinds == {"1. "})
        return
    # A list that follows its opening line without a blank one.
    first = next((at for at, line in enumerate(lines) if line.startswith("- ")), None)
    if first and all(line.startswith("- ") for line in lines[first:]):
        yield Paragraph(text=text_of(" ".join(lines[:first]), part, frame, problems))
        yield Bullets(items=tuple(text_of(line[2:], part, frame, problems) for line in lines[first:]))
        return
    yield Paragraph(text=text_of(" ".join(lines), part, frame, problems))


def text_of(text: str, part: Part, frame: Frame, problems: list[Problem]) -> Text:
    """A text with its references resolved."""
    runs, at = [], 0
    try:
        found = references(text)
    except Misspelt as problem:
        problems.append(_problem(part, text[:80], str(problem)))
        return plain(text)
    for one in found:
        try:
            run = resolved(one, frame)
        except Unresolved as problem:
            problems.append(_problem(part, one.said, str(problem)))
            run = Run(text=one.said, kind="unresolved", key=one.key)
        if text[at : one.start]:
            runs.append(Run(text=text[at : one.start]))
        runs.append(run)
        at = one.end
    if text[at:]:
        runs.append(Run(text=text[at:]))
    return tuple(runs)


def _problem(part: Part, said: str, sentence: str) -> Problem:
    return Problem(section=part.code, title=part.title, said=said, sentence=sentence)


def _numbered(section: str, blocks: Iterator[Block]) -> Iterator[Block]:
    """Paragraphs counted within their section: 3.1, 3.2."""
    number = 0
    for block in blocks:
        if isinstance(block, Paragraph) and not block.is_heading:
            number += 1
            yield Paragraph(text=block.text, number=f"{section}.{number}")
        else:
            yield block


def _front(frame: Frame) -> Iterator[tuple[str, str]]:
    if frame.body is not None:
        yield "Report to", frame.body.name
        yield "Meeting", day_said(frame.meeting_on)
    else:
        yield "For", frame.forum.forum
        yield "Comes out", day_said(frame.meeting_on)
    if frame.forum.is_one_page:
        return  # its title has the period, its table the day of its figures
    yield "Report of", "Director of children's services"
    period = f"{day_said(frame.content.starts_on)} to {day_said(frame.content.ends_on)}"
    yield "Period", f"{frame.content.label}: {period}"
    yield "Figures", as_at_said(frame)
    yield from frame.forum.front.items()
