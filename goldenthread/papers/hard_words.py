"""Would a reader from outside understand it, and could a reader recognise a child?"""

import re
from collections.abc import Iterator

from goldenthread.papers.paper import Kind, Paper, Paragraph
from goldenthread.papers.remarks import Spot
from goldenthread.papers.sentences import Sentence, sentences
from goldenthread.papers.vocabulary import any_of, vocabulary

_ABBREVIATION = re.compile(
    r"(?<![\w£&.@/-])(?:[A-Z]&[A-Z]|[A-Z][A-Z0-9]+(?:&[A-Z])?|(?:[A-Z][a-z]?){2,}[A-Z])s?(?![\w&@]|\.\w|-\d)"
)
_FEWEST_WORDS = 8  # a rating needs at least so many beside it to explain anything
_ONE = r"child|young\s+person|girl|boy|baby|teenager|care\s+leaver|unaccompanied\s+minor|pupil|infant"
_MANY = (
    r"children|young\s+people|girls|boys|babies|siblings|teenagers|care\s+leavers|"
    r"unaccompanied\s+minors|pupils|infants"
)
_SMALL = re.compile(
    r"(?<![\w.,£/%-])(?:(?P<one>one|1)|(?P<number>two|three|four|five|[2-5]))\s+"
    r"(?:(?!(?:or|and|to|of|for|in|with|from|per|year|month|week|day|out|hundred|thousand|million)s?\b)[a-z-]+\s+|"
    r"of\s+(?:the|these|our|those)\s+){0,3}?"
    rf"(?P<child>(?(one)(?:{_ONE})|(?:{_MANY})))\b",
    re.IGNORECASE,
)
_AGE = re.compile(r"\baged?\s+(?:\d{1,2}|[a-z]+teen)|\b\d{1,2}[- ]year[- ]olds?\b", re.IGNORECASE)
_TEAM = re.compile(r"\b(?:[A-Z][\w&-]*\s+){1,3}(?:[Tt]eam|[Hh]ub|[Hh]ome|[Ss]chool|[Ww]ard|[Uu]nit)\b")


def undefined_terms(paper: Paper) -> Iterator[Spot]:
    """Abbreviations and terms of the trade that the paper never explains; once each."""
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    known = set(vocabulary("terms")["known"])
    for paragraph in paper.paragraphs:
        if paragraph.kind is Kind.HEADING and paragraph.text.isupper():
            continue
        for match in _ABBREVIATION.finditer(paragraph.text):
            term = match[0].removesuffix("s")
            if term in known or _in_capitals(paragraph.text, match) or _is_code(term):
                continue
            if term.isalpha() and re.search(rf"(?<!\w){term.lower()}(?!\w)", text):
                continue  # a word in capitals: the paper has it in small letters too
            known.add(term)
            if not is_explained(term, text):
                yield Spot(
                    paragraph=paragraph,
                    start=match.start(),
                    end=match.end(),
                    sentence=f"{term} is never written out: do so where it comes first{_likely(term)}.",
                )
    yield from _jargon(paper, text)


def _likely(term: str) -> str:
    meaning = vocabulary("terms")["abbreviations"].get(term)
    return f" ({meaning}?)" if meaning else ""


def bare_reds(paper: Paper) -> Iterator[Spot]:
    """Rows of tables, and lines, that say red or off track and no more."""
    for paragraph in paper.paragraphs:
        if paragraph.kind is Kind.ROW:
            yield from _bare_row(paragraph)


def small_numbers(paper: Paper) -> Iterator[Spot]:
    """One to five children or young people; with an age or a team, easier still to recognise."""
    for paragraph in paper.paragraphs:
        for sentence in sentences(paragraph):
            for match in _SMALL.finditer(sentence.text):
                if any_of("terms", "not_children").search(match[0]):
                    continue
                if _ends_otherwise(sentence.text[match.end() :]):
                    continue
                yield Spot(
                    paragraph=paragraph,
                    start=sentence.start + match.start(),
                    end=sentence.start + match.end(),
                    sentence=_too_few(match[0], sentence),
                )


def is_explained(term: str, text: str) -> bool:
    """Whether a text writes an abbreviation out, before it or after it, by its letters."""
    letters = [letter for letter in term.lower() if letter.isalnum()]
    if re.search(rf"\(\s*['‘\"“]\s*(?:the\s+)?{re.escape(term)}['’\"”]\s*\)", text):
        return True  # as contracts do it: (‘the SIF’)
    for match in re.finditer(rf"\(\s*(?:the\s+|or\s+)?{re.escape(term)}s?\s*\)", text):
        if _spells(text[: match.start()][-150:], letters):
            return True
    return any(
        _spells(match[1], letters)
        for match in re.finditer(rf"{re.escape(term)}s?\s*\(([^()]{{4,120}})\)", text)
    )


def _spells(text: str, letters: list[str]) -> bool:
    """Whether words at the end of a text start with these letters in order; small words may stand between."""
    words = [word.lower() for word in re.findall(r"[A-Za-z]+", text.replace("'s", "").replace("’s", ""))]
    wanted = list(reversed(letters))
    at = 0
    for word in reversed(words[-(len(letters) + 4) :]):
        if at < len(wanted) and word[0] == wanted[at]:
            at += 1
        elif (
            at < len(wanted)
            and len(word) > 2
            and at + 1 < len(wanted)
            and all(letter in word for letter in reversed(wanted[at : at + 2]))
        ):
            at += 2
        if at == len(wanted):
            return True
    return at >= len(wanted) - 1 and len(wanted) > 3


def _jargon(paper: Paper, text: str) -> Iterator[Spot]:
    """Terms of the trade, each the first time, unless the paper says what they mean."""
    for term, meaning in vocabulary("terms")["trade"].items():
        pattern = re.compile(rf"(?<![\w-]){re.escape(term)}(?![\w-])", re.IGNORECASE)
        if re.search(
            rf"{re.escape(term)}['’\"”]?\s*(?:\(|means|is when|, that is|, which)", text, re.IGNORECASE
        ):
            continue
        for paragraph in paper.paragraphs:
            match = pattern.search(paragraph.text)
            if match:
                yield Spot(
                    paragraph=paragraph,
                    start=match.start(),
                    end=match.end(),
                    sentence=f"“{match[0]}” is a term of the trade: say what it means, such as {meaning}.",
                )
                break


def _in_capitals(text: str, match: re.Match[str]) -> bool:
    """Whether a word stands among others in capitals: a title, not an abbreviation."""
    around = text[max(0, match.start() - 12) : match.start()].split()[-1:] + text[match.end() :].split()[:1]
    return any(len(word) > 3 and word.isupper() and word.isalpha() for word in around) or (
        len(match[0]) > 6 and match[0].isalpha()
    )


def _is_code(term: str) -> bool:
    """Whether it is a Roman number or the first half of a postcode."""
    return bool(re.fullmatch(r"[IVX]+|[A-Z]{1,2}\d[A-Z\d]?", term))


def _bare_row(paragraph: Paragraph) -> Iterator[Spot]:
    cells = [cell for cell in paragraph.cells if cell]
    red = next((cell for cell in cells if any_of("terms", "red").fullmatch(cell.strip(" ().*"))), None)
    if red is None:
        return
    said = sum(len(cell.split()) for cell in cells[1:] if cell != red)
    if said < _FEWEST_WORDS:
        at = paragraph.text.index(red)
        yield Spot(
            paragraph=paragraph,
            start=at,
            end=at + len(red),
            sentence=f"“{cells[0]}” is {red.strip()} and nothing says why: say what is being done.",
        )


def _ends_otherwise(after: str) -> bool:
    """Whether "two children" goes on as "two children's homes": not children at all."""
    return bool(re.match(r"['’]s?\s", after))


def _too_few(said: str, sentence: Sentence) -> str:
    beside = [
        what
        for what, pattern in (("an age", _AGE), ("a team or place", _TEAM))
        if pattern.search(sentence.text)
    ]
    more = f", beside {' and '.join(beside)}," if beside else ""
    return f"“{said}”{more} may be recognised: say “fewer than six”, or leave the number out."
