"""Where in a letter do words stand, and how is a paragraph shown with the findings in it?"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile

from goldenthread.papers.paper import Kind, Paper, UnreadablePaper
from goldenthread.papers.paper import Paragraph as Read
from goldenthread.papers.quotations import Status, check_text
from goldenthread.papers.reading import read_paper, read_text
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.inspections.models import Finding, Paragraph

PASTED = "The text"


@dataclass(frozen=True)
class Segment:
    """Some words of a paragraph; the findings that hold them; those that end with them."""

    text: str
    findings: tuple[Finding, ...] = ()
    ending: tuple[Finding, ...] = ()


def paper_of(file: UploadedFile | None, text: str) -> Paper:
    """A letter as handed over, a file or pasted text; Refused with one sentence where it cannot be read."""
    try:
        if file is None:
            return read_text(text, PASTED)
        problem = getattr(getattr(file, "inspection", None), "problem", "")
        if problem:  # it was refused as it came in
            raise Refused(f"{file.name} {problem}")
        with TemporaryDirectory() as folder:
            path = Path(folder) / (Path(file.name or "letter").name or "letter")
            path.write_bytes(b"".join(file.chunks()))
            return read_paper(path)
    except UnreadablePaper as problem:
        raise Refused(str(problem)) from problem


def place_of(paragraph: Paragraph, words: str) -> tuple[int, int]:
    """From where to where of a paragraph the words stand, letter for letter; the first place of several.

    Only the spaces and line ends between words, which a paste changes, may differ. Refused where they stand
    nowhere, with what is different.
    """
    said = words.split()
    found = re.search(r"\s+".join(map(re.escape, said)), paragraph.text) if said else None
    if found is None:
        raise Refused(_difference(paragraph, " ".join(said)))
    return found.span()


def only_place(paragraphs: Iterable[Paragraph], words: str) -> tuple[Paragraph, int] | None:
    """The one place at which the words stand; None where there is none, or more than one."""
    places = [(one, one.text.find(words)) for one in paragraphs if words in one.text]
    if len(places) != 1 or places[0][0].text.count(words) != 1:
        return None
    return places[0]


def segments(paragraph: Paragraph, findings: Sequence[Finding]) -> list[Segment]:
    """The paragraph cut wherever a finding starts or ends, so that overlapping ones can all be shown."""
    within = [one for one in findings if one.paragraph_id == paragraph.pk]
    cuts = {0, len(paragraph.text)}
    for one in within:
        cuts |= {one.start, one.end}
    edges = sorted(cuts)
    return [
        Segment(
            paragraph.text[start:end],
            tuple(one for one in within if one.start <= start and end <= one.end),
            tuple(one for one in within if one.end == end),
        )
        for start, end in zip(edges, edges[1:], strict=False)
    ]


def _difference(paragraph: Paragraph, said: str) -> str:
    if not said:
        return "Copy the words of the finding from the paragraph."
    read = Read(anchor=paragraph.anchor, text=paragraph.text, kind=Kind(paragraph.kind))
    status, _, changes = check_text(said, Paper(name="", paragraphs=(read,)))
    start = "These are not the words of the paragraph, letter for letter"
    if status is Status.ALTERED:
        return f"{start}: {'; '.join(map(str, changes))}. Copy them from the letter as they stand."
    if status is Status.VERBATIM:
        return (
            f"{start}: quotation marks, dashes or capitals differ. Copy them from the letter as they stand."
        )
    return f"{start}: nothing close to them stands there. Choose the paragraph they are in."
