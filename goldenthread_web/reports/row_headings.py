"""Which cells of a tagged PDF are the headings of their rows? Typst tags those of columns alone.

Without it a screen reader says of a cell under which column it stands, and not of whom or what it is.
"""

import io
from collections.abc import Iterator

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject


def with_row_headings(content: bytes) -> bytes:
    """The same file; the first cell of each row of each table is the heading of its row.

    Typst names for each cell the one heading it knows of. That goes: with the scope of both kinds of
    headings a reader finds both by itself.
    """
    read = PdfReader(io.BytesIO(content))
    written = PdfWriter(clone_from=read)
    written.pdf_header = read.pdf_header
    tree = written.root_object["/StructTreeRoot"].get_object()
    for row in _rows(tree):
        for at, cell in enumerate(_under(row)):
            if at == 0:
                cell[NameObject("/S")] = NameObject("/TH")
            _scope(cell, "/Row" if at == 0 else "")
    out = io.BytesIO()
    written.write(out)
    return out.getvalue()


def _rows(one: DictionaryObject) -> Iterator[DictionaryObject]:
    """The rows below the headings of columns, in every table under an element of the tree."""
    for below in _under(one):
        if one.get("/S") == "/TBody" and below.get("/S") == "/TR":
            yield below
        else:
            yield from _rows(below)


def _under(one: DictionaryObject) -> list[DictionaryObject]:
    """The elements right under one; marks of content are none."""
    found = one.get("/K")
    found = None if found is None else found.get_object()
    listed = found if isinstance(found, ArrayObject) else [found]
    told = [each.get_object() for each in listed if each is not None]
    return [each for each in told if isinstance(each, DictionaryObject) and "/S" in each]


def _scope(cell: DictionaryObject, scope: str) -> None:
    """What is said of a cell as part of its table: of which row or column it is the heading, if any."""
    for one in cell.get("/A", ()):
        about = one.get_object()
        if about.get("/O") == "/Table":
            about.pop("/Headers", None)
            if scope:
                about[NameObject("/Scope")] = NameObject(scope)
