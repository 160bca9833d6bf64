"""What differs between two releases: which words, which figures?"""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from goldenthread_web.reports.documents import Bullets, Chart, Document, Paragraph, Quote, document_of, said
from goldenthread_web.reports.models import Release


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Lines of a section that are in the one and not in the other."""

    section: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OtherFigure:
    """A figure of one month that two releases give differently."""

    ref: str
    month: str
    before: str
    after: str


def differences(before: Release, after: Release) -> list[Difference]:
    """Section by section, in the order of the later one."""
    old, new = _lines(document_of(before.document)), _lines(document_of(after.document))
    found = []
    for title in dict.fromkeys([*new, *old]):
        one, other = old.get(title, []), new.get(title, [])
        gone, came = [], []
        for tag, first, last, start, end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
            if tag != "equal":
                gone += one[first:last]
                came += other[start:end]
        if gone or came:
            found.append(Difference(section=title, gone=tuple(gone), new=tuple(came)))
    return found


def other_figures(before: Release, after: Release) -> list[OtherFigure]:
    """Figures of the same month that both name, with different values."""
    old = {_key(one): one for one in before.figures}
    return [
        OtherFigure(ref=one["ref"], month=one["month"], before=old[_key(one)]["value"], after=one["value"])
        for one in after.figures
        if _key(one) in old and old[_key(one)]["value"] != one["value"]
    ]


def _key(kept: dict[str, Any]) -> tuple[str, str]:
    return kept["ref"], kept["ends_on"]


def _lines(document: Document) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for section in document.sections:
        lines = found.setdefault(section.title, [])
        for block in section.blocks:
            if isinstance(block, Paragraph | Quote):
                lines.append(said(block.text))
            elif isinstance(block, Bullets):
                lines += [said(item) for item in block.items]
            else:
                lines.append(block.title if isinstance(block, Chart) else block.caption)
                lines += ["; ".join(said(cell) for cell in row) for row in block.rows]
    return found
