"""Can this XML file be trusted, and which elements does it hold?

A return needs no DOCTYPE, so a file with one is refused before any of it is expanded or fetched.
The file is never held in memory whole: each record is handed on when it ends and then forgotten.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

from lxml import etree

from goldenthread.ingest.extract import Refused
from goldenthread.ingest.returns.remarks import Remarks

LARGEST_FILE = 2 * 1024**3  # bytes: about ten times the largest authority
_CHUNK = 1 << 16
_LONGEST_PROLOG = 1 << 24
_LAST_EXACT_LINE = 65_535


def local_name(tag: Any) -> str:
    """The name of an element without its namespace."""
    text = str(tag)
    return text.rpartition("}")[2] if "}" in text else text


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file as delivered."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def line_of(element: etree._Element) -> int | None:
    """The line an element starts on.

    Beyond line 65,535 libxml2 only knows where the first text in or after an element ends.
    """
    line = element.sourceline
    if line is None or line < _LAST_EXACT_LINE:
        return line
    inner: etree._Element | None = element
    while inner is not None:
        if inner.text:
            return line - inner.text.count("\n")
        inner = inner[0] if len(inner) else None
    return line - (element.tail or "").count("\n")


class _FirstElement(Exception):
    """The parser has reached the first element, with its name."""


def first_element(path: Path) -> str:
    """The name of the first element; Refused for a DOCTYPE or a file that is not XML."""
    if not path.is_file():
        raise Refused(f"{path.name} is not a file that can be read; check the path.")
    if path.stat().st_size > LARGEST_FILE:
        raise Refused(f"{path.name} is larger than {LARGEST_FILE // 1024**3} GB; split or check it.")
    parser = expat.ParserCreate()

    def on_doctype(*_: object) -> None:
        raise Refused(_doctype_sentence(path.name))

    def on_element(name: str, _: object) -> None:
        raise _FirstElement(name.rpartition(":")[2])

    parser.StartDoctypeDeclHandler = on_doctype
    parser.StartElementHandler = on_element
    try:
        _feed(path, parser)
    except _FirstElement as found:
        return str(found)
    except (expat.ExpatError, ValueError, LookupError) as problem:
        raise Refused(f"{path.name} is not well-formed XML: {problem}; export it again.") from None
    raise Refused(f"{path.name} has no element in its first 16 MB; it is not a return.")


def _feed(path: Path, parser: expat.XMLParserType) -> None:
    with path.open("rb") as file:
        for _ in range(_LONGEST_PROLOG // _CHUNK):
            chunk = file.read(_CHUNK)
            parser.Parse(chunk, not chunk)  # raises at the first element, and at an end before it


def _doctype_sentence(name: str) -> str:
    return f"{name} has a DOCTYPE, which a return never needs and which can hide an attack; remove it."


@dataclass(frozen=True)
class Layout:
    """Where the records of a return stand: each element handed on, with the parent it must have."""

    handed_on: dict[str, str]
    inside: frozenset[str]  # elements that only hold others, down to the records


def records(path: Path, layout: Layout, remarks: Remarks) -> Iterator[etree._Element]:
    """The elements of the layout, each complete, in the order of the file."""
    with path.open("rb") as file:
        yield from _records(file, path, layout, remarks)


def _records(file: BinaryIO, path: Path, layout: Layout, remarks: Remarks) -> Iterator[etree._Element]:
    reader = etree.iterparse(
        file,
        events=("start", "end"),
        tag=["{*}" + name for name in (*layout.handed_on, "Message")],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, element in reader:
            name = local_name(element.tag)
            if event == "start":
                _refuse_declared_type(element, path)
            elif name in layout.handed_on and _stands_in(element, layout.handed_on[name]):
                yield element
                _forget(element, layout, remarks)
        _report_leftovers(reader.root, layout, remarks)
    except etree.XMLSyntaxError as problem:
        raise Refused(_not_well_formed(path, problem, reader.error_log)) from None


def _not_well_formed(path: Path, problem: etree.XMLSyntaxError, log: Sequence[Any]) -> str:
    first = log[0] if len(log) else None
    text = str(first.message if first is not None else problem.msg)
    line = first.line if first is not None else problem.lineno
    said = " ".join(text.partition(",")[0].split())
    return f"{path.name} is not well-formed XML: {said}{f' (line {line})' if line else ''}; export it again."


def _refuse_declared_type(element: etree._Element, path: Path) -> None:
    # Said again by the second parser, should the two not agree about an encoding.
    if element.getparent() is None and element.getroottree().docinfo.doctype:
        raise Refused(_doctype_sentence(path.name))


def _stands_in(element: etree._Element, parent_name: str) -> bool:
    parent = element.getparent()
    return parent is not None and local_name(parent.tag) == parent_name


def _forget(element: etree._Element, layout: Layout, remarks: Remarks) -> None:
    element.clear(keep_tail=True)
    parent = element.getparent()
    assert parent is not None, "what is handed on stands in another"
    while element.getprevious() is not None:
        _report_unless_known(parent[0], layout, remarks)
        del parent[0]


def _report_leftovers(root: etree._Element, layout: Layout, remarks: Remarks) -> None:
    for element in root:
        _report_unless_known(element, layout, remarks)
        if local_name(element.tag) in layout.inside:
            if (element.text or "").strip():
                report_stray_text(local_name(element.tag), element, remarks)
            for inner in element:
                _report_unless_known(inner, layout, remarks)


def _report_unless_known(element: etree._Element, layout: Layout, remarks: Remarks) -> None:
    name = local_name(element.tag)
    parent = element.getparent()
    within = local_name(parent.tag) if parent is not None else ""
    if layout.handed_on.get(name) != within and name not in layout.inside:
        remarks.once(
            "R03", f"{within}/{name} is not part of the return and was not read.", row=line_of(element)
        )
    if (element.tail or "").strip():
        report_stray_text(within, element, remarks)


def report_stray_text(within: str, near: etree._Element, remarks: Remarks) -> None:
    """Say that text stands where only elements belong."""
    message = f"Text stands between the elements of {within} and was not read."
    remarks.once("stray-text", message, row=line_of(near))
