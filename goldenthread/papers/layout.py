"""What are the paragraphs of a text whose lines were broken to fit a page?"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from goldenthread.papers.paper import Kind, Paragraph

_WIDEST = 110  # characters: a text with hardly a longer line was broken to fit a page
_SHORT_LINE = 0.75  # of the usual width: a line that ends a sentence this early ends its paragraph
_HEADING = 90  # characters: what is longer is no heading
_PROSE = 160  # characters: what is longer is running text, whatever its last character

_BULLET = re.compile(r"^\s*(?:[•·▪●◦‣\uf0b7\uf0a7]|[-–*](?=\s))\s*")
_DOTTED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){1,3})\.?(?=\s|$)\s*")
_WHOLE = re.compile(r"^(\d{1,2})\.?(?=\s|$)\s*")
_PAGE = re.compile(r"^\s*page(?:\s+\d+(?:\s+of\s+\d+)?)?\s*$", re.IGNORECASE)
_ENDS = re.compile(r"[.?!:;][\"'”’)\]*]*$")
_OPENS = re.compile(r"^[\"'“‘(]*[a-z]")
_BLOCK_TAG = re.compile(r"</?(?:p|ul|ol|li|div|br|tr|table)\b[^<>]{0,200}>", re.IGNORECASE)
_INLINE_TAG = re.compile(r"</?(?:i|b|em|strong|u|sub|sup|span)\b[^<>]{0,200}>", re.IGNORECASE)
_POUNDS = re.compile(r"\$?\\pounds\s*([\d.,]+)\s*\$?")
_HYPHEN = re.compile(r"([A-Za-z]+)[-‐]$")
# Parts of words that keep their hyphen where a line ends after them.
_PREFIXES = frozenset(
    "anti co cross ex full half high in inter long low mid multi non on off over part post pre re self semi "
    "short single so sub under well whole".split()
)


@dataclass(kw_only=True)
class Block:
    """Lines that belong together while a text is read."""

    text: str
    line: int | None = None
    kind: Kind = Kind.PROSE
    number: str = ""
    cells: tuple[str, ...] = ()
    is_note: bool = False  # under the page or at the end: what follows does not stand under it
    after_gap: bool = True  # a blank line, or a new page, stands before it
    last_line: str = field(default="", repr=False)


def tidied(text: str) -> str:
    """A line without the marks of HTML, Markdown and TeX that conversions leave, and with plain spaces."""
    text = _POUNDS.sub(r"£\1 ", text).replace("\u00ad", "").replace("**", "")
    text = _INLINE_TAG.sub("", _BLOCK_TAG.sub("\n", text)) if "<" in text else text
    pieces = (re.sub(r"[ \u00a0\u2009\u202f\t\r]+", " ", piece).strip() for piece in text.split("\n"))
    return "\n".join(piece for piece in pieces if piece)


def paragraphs_of_lines(lines: Sequence[str]) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, its lines joined where only the page broke them."""
    lengths = sorted(len(line) for line in lines if line.strip())
    wrapped = bool(lengths) and lengths[int(0.97 * (len(lengths) - 1))] <= _WIDEST
    width = lengths[int(0.8 * (len(lengths) - 1))] if wrapped else 0
    blocks = _with_numbers(_blocks(lines, width))
    return numbered(_joined_over_gaps(blocks))


def numbered(blocks: Iterable[Block]) -> tuple[Paragraph, ...]:
    """Blocks as paragraphs, each with its anchor and with what it stands under."""
    found: list[Paragraph] = []
    heading = under = ""
    for block in blocks:
        text = tidied(block.text)
        if not text:
            continue
        if block.kind is Kind.HEADING:
            heading = text
        if block.is_note:
            standing = f"{under}, {block.number}" if under else block.number
        else:
            standing = under = block.number or under
        found.append(
            Paragraph(
                anchor=f"p{len(found) + 1}",
                text=text,
                number=block.number,
                heading=heading,
                line=block.line,
                kind=block.kind,
                under=standing,
                cells=tuple(map(tidied, block.cells)),
            )
        )
    return tuple(found)


def with_number(text: str, last: str) -> tuple[str, str]:
    """A printed paragraph number and the rest, if the text starts with one that can follow the last one."""
    if (match := _DOTTED.match(text)) and _can_follow(match[1], last):
        return match[1], text[match.end() :]
    match = _WHOLE.match(text)
    if match and is_heading(rest := text[match.end() :]) and rest.isupper():
        return match[1], rest  # chapters may start again at 1 after a list of recommendations
    if match and _can_follow(match[1], last) and re.match(r"[A-Z\"'“‘(]|$", text[match.end() :]):
        return match[1], text[match.end() :]
    return "", text


def _can_follow(number: str, last: str) -> bool:
    """Numbers of paragraphs count up: 4.5 million is none where 3.7 came last."""
    this, before = [int(part) for part in number.split(".")], [int(part) for part in last.split(".") if part]
    if not before:
        return this[0] <= 2
    if len(this) == 1 and len(before) == 1:
        return this[0] == before[0] + 1
    if this[0] == before[0]:
        return len(this) > 1 and this > before and (len(before) == 1 or this[1] <= before[1] + 3)
    return this[0] == before[0] + 1 and (len(this) == 1 or this[1] <= 1)


def is_heading(text: str) -> bool:
    """Whether a line that stands alone is a heading: short, no end of a sentence, or in capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    if not letters or len(text) > _HEADING or "\n" in text:
        return False
    if all(letter.isupper() for letter in letters) and len(letters) > 3:
        return True
    if re.search(r"[a-z][.?!]\s", text):
        return False  # a sentence ends within it
    return text[0].isupper() and not text.rstrip().endswith((".", ",", ";", ":", "?", "!", "”", "’", '"'))


def _blocks(lines: Sequence[str], width: int) -> list[Block]:
    """Lines put together, or one by one where lines are paragraphs; `width` 0 says that they are."""
    blocks: list[Block] = []
    gap = True
    words = _words_with_hyphens(lines) if width else frozenset()
    for at, raw in enumerate(lines, 1):
        line = raw.replace("\f", "").rstrip()
        if not line.strip() or _PAGE.match(line):
            gap = True
            continue
        if gap and blocks and _is_page_number(line, lines, at):
            continue
        if not gap and width and _continues(blocks[-1], line, width):
            blocks[-1].text = _join(blocks[-1].text, line.strip(), words)
            blocks[-1].last_line = line.strip()
        else:
            blocks.append(_block(line, at, gap))
        gap = False
    return blocks


def _is_page_number(line: str, lines: Sequence[str], at: int) -> bool:
    """A whole number alone just after the word Page."""
    before = next((one for one in reversed(lines[: at - 1]) if one.strip()), "")
    return line.strip().isdigit() and bool(_PAGE.match(before))


def _block(line: str, at: int, gap: bool) -> Block:
    if "\t" in line.strip("\n") and len(cells := line.split("\t")) > 1:
        return Block(
            text="\n".join(cells), line=at, kind=Kind.ROW, cells=tuple(cells), after_gap=gap, last_line=line
        )
    bullet = _BULLET.match(line)
    text = line[bullet.end() :] if bullet else line.strip()
    kind = Kind.BULLET if bullet else Kind.PROSE
    return Block(text=text, line=at, kind=kind, after_gap=gap, last_line=line.strip())


def _continues(block: Block, line: str, width: int) -> bool:
    """Whether a line goes on with the block before it."""
    if _BULLET.match(line) or block.kind is Kind.ROW or "\t" in line:
        return False
    if _is_number(block.text) or _is_number(line.strip()) or _starts_numbered(line.strip()):
        return False
    if _OPENS.match(line.strip()):
        return True
    if block.last_line.isupper() and len(block.last_line) > 3 and not line.isupper():
        return False
    ends = _ENDS.search(block.last_line)
    if ends and (block.last_line.endswith(":") or re.match(r"\s*[“\"]", line)):
        return False
    return not (ends and len(block.last_line) < _SHORT_LINE * width)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,2}(\.\d{1,2})*\.?", text))


def _starts_numbered(text: str) -> bool:
    return bool(re.match(r"\d{1,2}(\.\d{1,2})+\.?\s+[A-Z“\"‘]", text))


def _words_with_hyphens(lines: Sequence[str]) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+(?:-[a-z]+)*", " ".join(lines).lower()))


def _join(text: str, line: str, words: frozenset[str]) -> str:
    """Two lines as one; a word that was divided at the end of a line is one word again."""
    match = _HYPHEN.search(text)
    after = re.match(r"[a-z]+", line)
    if text.endswith("\u00ad"):
        return text[:-1] + line
    if not match or not after:
        return f"{text} {line}"
    whole, hyphened = (match[1] + after[0]).lower(), f"{match[1]}-{after[0]}".lower()
    keep = hyphened in words or (whole not in words and match[1].lower() in _PREFIXES)
    return (text if keep else text[:-1]) + line


def _with_numbers(blocks: list[Block]) -> list[Block]:
    """Printed numbers taken off the text, also those that stand on a line of their own before it."""
    found: list[Block] = []
    waiting: list[str] = []
    last = ""
    for block in blocks:
        if block.kind is Kind.ROW:
            found.append(block)
            continue
        number, rest = with_number(block.text, last)
        if number:
            last = number
            block = replace(block, text=rest, number=number, kind=Kind.PROSE)
            if not rest:
                waiting.append(number)
                continue
        elif block.kind is not Kind.BULLET and (number := _take(waiting, block.text)):
            block = replace(block, number=number, after_gap=True)
        found.append(block)
    for at, block in enumerate(found):
        if block.kind is Kind.PROSE and ("." not in block.number or block.number.endswith(".0")):
            alone = at + 1 == len(found) or found[at + 1].after_gap or bool(found[at + 1].number)
            if is_heading(block.text) and (alone or block.text.isupper()):
                found[at] = replace(block, kind=Kind.HEADING)
    return found


def _take(waiting: list[str], text: str) -> str:
    """The number that stood alone before this text: a whole one is a heading's, another a paragraph's."""
    for number in waiting:
        if ("." not in number) == is_heading(text):
            waiting.remove(number)
            return number
    return ""


def _joined_over_gaps(blocks: list[Block]) -> list[Block]:
    """Sentences that a page, or a blank line, cut in two are one again."""
    found: list[Block] = []
    for block in blocks:
        if found and block.after_gap and _is_cut(found[-1], block):
            before = found[-1]
            found[-1] = replace(before, text=f"{before.text} {block.text}", last_line=block.last_line)
        else:
            found.append(block)
    return found


def _is_cut(before: Block, block: Block) -> bool:
    if block.kind is not Kind.PROSE or block.number or before.kind in (Kind.HEADING, Kind.ROW):
        return False
    if _ENDS.search(before.text.rstrip()):
        return False
    if _OPENS.match(block.text):
        return True
    return before.kind is Kind.PROSE and len(before.text) > _PROSE and len(block.text) > _HEADING
