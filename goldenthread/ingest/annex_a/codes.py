"""Which code of a set does a cell mean, with or without its letter, or as the label alone?

The sets are `standard/codes/annex_a_*.csv`: `code` as it is stored, `label`, `written` as the
template writes it ("q) 6: Police"), `standard` where the standard has a code for it, and `also`,
other wordings in use, separated by bars. White space, case, dashes and quotation marks do not count.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LETTER = re.compile(r"\(?\s*([a-z]{1,2})\s*\)\s*(.*)", re.DOTALL)
_CODE_AND_LABEL = re.compile(r"([a-z0-9]{1,5})\s*[:\-]\s*(.*)", re.DOTALL)
_BARE_LETTER = re.compile(r"([a-z]{1,2})\s*[:\-.]?\s+(.+)", re.DOTALL)


@dataclass(frozen=True)
class CodeRead:
    """The code a text means; or, without a code, why none can be told."""

    code: str | None
    reason: str = ""
    has_other_letter: bool = False  # the letter before it is not the one the template gives it


@dataclass(frozen=True)
class CodeSet:
    """The codes of one set and every wording that means one of them."""

    name: str
    codes: dict[str, str]  # in lower case -> as stored
    wordings: dict[str, frozenset[str]]  # a wording may mean several codes: Health services
    letters: dict[str, frozenset[str]]  # the letters of the template; s) has two ethnicities
    standard: dict[str, str | None]
    written: dict[str, str]

    @property
    def is_lettered(self) -> bool:
        """Whether the letter itself is the code."""
        return all(self.letters.get(code) == frozenset([code]) for code in self.codes)

    def read(self, text: str) -> CodeRead:
        """The code a text means."""
        plain = _plain(text)
        lettered = _LETTER.fullmatch(plain)
        letter, rest = (lettered[1], lettered[2]) if lettered else (None, plain)
        if letter and not rest:
            return _one(self.letters.get(letter, frozenset()))
        codes = self.wordings.get(_words(rest)) or self._by_code(rest)
        if not codes and not letter and (bare := _BARE_LETTER.fullmatch(plain)):
            letter, codes = bare[1], self.wordings.get(_words(bare[2]), frozenset())
            codes &= self.letters.get(letter, frozenset())
        return self._with_letter(codes or frozenset(), letter)

    def _by_code(self, text: str) -> frozenset[str] | None:
        """`PR4 - Private prov.`: the code before a colon or dash decides, unless its label is another's."""
        found = _CODE_AND_LABEL.fullmatch(text)
        code = self.codes.get(found[1]) if found else None
        if found is None or code is None:
            return None
        labelled = self.wordings.get(_words(found[2]), frozenset([code]))
        return frozenset([code]) if code in labelled else frozenset([code]) | labelled

    def _with_letter(self, codes: frozenset[str], letter: str | None) -> CodeRead:
        if letter is None or not codes:
            return _one(codes)
        of_letter = self.letters.get(letter, frozenset())
        if codes & of_letter:
            return _one(codes & of_letter)
        if self.is_lettered:
            return CodeRead(None, "has the letter of one code and the words of another")
        read = _one(codes)
        known = any(codes & frozenset(of) for of in self.letters.values())
        return CodeRead(read.code, read.reason, has_other_letter=known and read.code is not None)


def _one(codes: frozenset[str]) -> CodeRead:
    if len(codes) == 1:
        return CodeRead(next(iter(codes)))
    if codes:
        return CodeRead(None, f"could be any of {', '.join(sorted(codes))}: write the code itself")
    return CodeRead(None, "is not one of the codes of this column")


@cache
def code_set(name: str) -> CodeSet:
    """The code set of that name, ready to read with."""
    text = (files("goldenthread.standard") / "codes" / f"{name}.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    wordings: dict[str, set[str]] = {}
    letters: dict[str, set[str]] = {}
    for row in rows:
        for wording in _wordings(row):
            wordings.setdefault(_words(_plain(wording)), set()).add(row["code"])
        if lettered := _LETTER.fullmatch(_plain(row["written"])):
            letters.setdefault(lettered[1], set()).add(row["code"])
    return CodeSet(
        name=name,
        codes={row["code"].casefold(): row["code"] for row in rows},
        wordings={wording: frozenset(codes) for wording, codes in wordings.items()},
        letters={letter: frozenset(codes) for letter, codes in letters.items()},
        standard={row["code"]: row["standard"] or None for row in rows},
        written={row["code"]: row["written"] for row in rows},
    )


def _wordings(row: dict[str, str]) -> list[str]:
    lettered = _LETTER.fullmatch(_plain(row["written"]))
    without_letter = lettered[2] if lettered else _plain(row["written"])
    coded = _CODE_AND_LABEL.fullmatch(without_letter)
    has_code = coded is not None and coded[1] == row["code"].casefold()
    label = coded[2] if coded and has_code else without_letter
    return [row["code"], row["label"], without_letter, label, *filter(None, row["also"].split("|"))]


def _plain(text: str) -> str:
    """Lower case, with plain dashes and single spaces, and without quotation marks."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", plain)
    plain = re.sub(r"['`´\u2018\u2019\u201a\u201b\u201c\u201d\"]", "", plain)
    return " ".join(plain.split())


def _words(plain: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", plain))
