"""What is a report made of, whatever it is printed as? One document: sections of blocks, text in runs.

HTML, Word and PDF are written from this and from nothing else, so that they cannot differ. It is kept as
JSON.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, kw_only=True)
class Run:
    """A piece of text. One that comes from a reference says of which kind, of what, and where that is."""

    text: str
    kind: str = ""
    key: str = ""
    href: str = ""


Text: TypeAlias = tuple[Run, ...]


def plain(text: str) -> Text:
    """Text that no reference is in."""
    return (Run(text=text),)


def said(text: Text) -> str:
    """The words of runs."""
    return "".join(run.text for run in text)


def in_cell(text: Text) -> Text:
    """What stands in a cell of a table: never nothing, which a reader would take for a fault."""
    return text if said(text).strip() else plain("–")


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph, with its number where the forum counts them."""

    text: Text
    number: str = ""
    is_heading: bool = False
    block: str = "paragraph"


@dataclass(frozen=True, kw_only=True)
class Bullets:
    """A list; `is_numbered` where its order counts."""

    items: tuple[Text, ...]
    is_numbered: bool = False
    block: str = "bullets"


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: the first row of headings, the first cell of each row its heading."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    key: str  # which reference it came from
    note: str = ""
    empty: str = "Nothing is recorded."
    block: str = "table"

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"{self.caption}: every row has {len(self.columns)} cells, one for each column.")


@dataclass(frozen=True, kw_only=True)
class Quote:
    """The inspector's own words, and where they stand."""

    text: Text
    source: str
    block: str = "quote"


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A drawn series: `sentence` is what it shows, for those who do not see it; all its numbers in rows."""

    ref: str
    title: str
    sentence: str
    months: tuple[str, ...]
    values: tuple[float | None, ...]
    rows: tuple[tuple[Text, ...], ...]
    is_percent: bool
    target: float | None = None
    block: str = "chart"


Block: TypeAlias = Paragraph | Bullets | Table | Quote | Chart


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading with what stands under it; `signed_by` is the title of whoever must sign it."""

    code: str
    title: str
    number: str
    blocks: tuple[Block, ...]
    signed_by: str = ""

    @property
    def digest(self) -> str:
        """Of its words: other words, another digest."""
        return digest_of(asdict(self))


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole report."""

    title: str
    council: str
    forum: str
    front: tuple[tuple[str, str], ...]  # what stands before it, as a table of two columns
    as_at: str  # 31 December 2017
    sections: tuple[Section, ...] = field(default=())
    is_one_page: bool = False  # printed closer, to be read at a glance

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return json.loads(json.dumps(asdict(self)))

    @property
    def digest(self) -> str:
        """Of everything in it."""
        return digest_of(self.to_json())


def digest_of(kept: Any) -> str:
    """The hash of what is kept as JSON."""
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


def document_of(kept: dict[str, Any]) -> Document:
    """A document as it was kept."""
    sections = tuple(
        Section(**{**one, "blocks": tuple(_block(block) for block in one["blocks"])})
        for one in kept["sections"]
    )
    front = tuple((name, value) for name, value in kept["front"])
    return Document(**{**kept, "front": front, "sections": sections})


def _block(kept: dict[str, Any]) -> Block:
    kinds = {"paragraph": Paragraph, "bullets": Bullets, "table": Table, "quote": Quote, "chart": Chart}
    made: dict[str, Any] = dict(kept)
    for name in ("text",):
        if name in made:
            made[name] = _text(made[name])
    if "items" in made:
        made["items"] = tuple(_text(item) for item in made["items"])
    if "rows" in made:
        made["rows"] = tuple(tuple(_text(cell) for cell in row) for row in made["rows"])
    for name in ("columns", "months", "values"):
        if name in made:
            made[name] = tuple(made[name])
    return kinds[made["block"]](**made)


def _text(kept: list[dict[str, str]]) -> Text:
    return tuple(Run(**run) for run in kept)


def addresses(sections: Iterable[Section]) -> set[str]:
    """Where the facts of some sections lead."""
    listed = (run for one in sections for block in one.blocks for text in texts(block) for run in text)
    return {run.href for run in listed if run.href}


def texts(block: Block) -> Iterator[Text]:
    """Every text of a block in the order of reading."""
    if isinstance(block, Bullets):
        yield from block.items
    elif isinstance(block, Paragraph | Quote):
        yield block.text
    else:
        for row in block.rows:
            yield from row
