"""What a paper is: its paragraphs in order, each with a place that can be named."""

from dataclasses import dataclass
from enum import StrEnum


class UnreadablePaper(Exception):
    """A file that cannot be read as a paper; the message is one sentence for whoever handed it over."""


class Kind(StrEnum):
    """What a paragraph is on the page."""

    PROSE = "prose"
    HEADING = "heading"
    BULLET = "bullet"
    ROW = "row"


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph, a heading, a bullet or a row of a table.

    `anchor` names it within its paper as long as the file does not change (`p12`). `number` is what the paper
    prints before it ("3.7"), or blank; `under` is the printed number it stands under: its own or the last one
    before it. `heading` is the heading it stands under. `line` is its first line in a text file, else None.
    The text of a row is its cells, one a line; `cells` keeps those that are blank.
    """

    anchor: str
    text: str
    number: str = ""
    heading: str = ""
    line: int | None = None
    kind: Kind = Kind.PROSE
    under: str = ""
    cells: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where to look, in words: the printed number where there is one, else the line, else the anchor."""
        line = "" if self.line is None else f"line {self.line}"
        if self.under:
            return f"{self.under}, {line}" if line else self.under
        return line or self.anchor


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A report, a letter or minutes, read. `notes` says in sentences what of the file was not read."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()

    def paragraph(self, anchor: str) -> Paragraph:
        """The paragraph with this anchor; KeyError where there is none."""
        for paragraph in self.paragraphs:
            if paragraph.anchor == anchor:
                return paragraph
        raise KeyError(anchor)
