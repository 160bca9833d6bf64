"""What would a reader of the screen stumble over in a PDF? What PDF/UA-1 asks and a machine can see.

Of the Matterhorn Protocol, which lists the ways to fail ISO 14289-1: conditions 01, 02, 06, 07, 09, 11, 13 to
16, 18, 19, 26, 28, 29 and 31 as far as our files have such things. What a person must judge is not here.
"""

import io
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject

_STANDARD = (
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 "
)
_STANDARD += (
    "L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot "
)
_STANDARD += "Ruby RB RT RP Warichu WT WP Figure Formula Form Strong Em Title"
KNOWN = {f"/{name}" for name in _STANDARD.split()}
_UNDER = {  # what each may stand right under
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
    "/LI": {"/L"},
    "/Lbl": {"/LI", "/Note"},
    "/LBody": {"/LI"},
}
_PAINTS = {
    "Tj",
    "TJ",
    "'",
    '"',
    "S",
    "s",
    "f",
    "F",
    "f*",
    "B",
    "B*",
    "b",
    "b*",
    "sh",
    "Do",
    "BI",
    "INLINE IMAGE",
}


def faults(content: bytes) -> list[str]:
    """Everything found, one sentence each; none: nothing was."""
    read = PdfReader(io.BytesIO(content))
    return [
        *_of_the_whole(read),
        *_of_the_pages(read),
        *_of_the_tree(read),
        *_of_headings(read),
        *_of_tables(read),
        *_of_fonts(read),
    ]


def elements(under: DictionaryObject) -> Iterator[DictionaryObject]:
    """Every element of the tree of tags under one, in the order of reading."""
    for one in below(under):
        yield one
        yield from elements(one)


def below(under: DictionaryObject) -> list[DictionaryObject]:
    """The elements right under one."""
    return [one for one in _kids(under) if isinstance(one, dict) and "/S" in one]


def about(one: DictionaryObject, name: str) -> object:
    """What an element says of itself: the scope of a heading, how many columns a cell spans."""
    found = one.get("/A", ArrayObject()).get_object()
    listed = found if isinstance(found, ArrayObject) else [found]
    return next((said.get_object()[name] for said in listed if name in said.get_object()), None)


def _kids(under: DictionaryObject) -> list:
    found = under.get("/K")
    found = None if found is None else found.get_object()
    listed = found if isinstance(found, ArrayObject) else [found]
    return [one.get_object() for one in listed if one is not None]


def _of_the_whole(read: PdfReader) -> Iterator[str]:
    root = read.root_object
    marked = root.get("/MarkInfo", {})
    if marked.get("/Marked") != True or marked.get("/Suspects", False) != False:  # noqa: E712 - objects of a PDF
        yield "It is not said to be tagged."
    if not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", str(root.get("/Lang", ""))):
        yield "It has no language."
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "Its title is not shown as that of the window."
    told = root["/Metadata"].get_object().get_data().decode() if "/Metadata" in root else ""
    if "<pdfuaid:part>1</pdfuaid:part>" not in told:
        yield "It does not say that it is PDF/UA-1."
    if not re.search(r"<dc:title>\s*<rdf:Alt>\s*<rdf:li [^>]*>[^<\s]", told):
        yield "It has no title."
    if read.is_encrypted or any(name in root for name in ("/OpenAction", "/AA", "/AcroForm", "/Names")):
        yield "It is locked, does something by itself or has a form."
    if "/Outlines" not in root:
        yield "It has no bookmarks."


def _of_the_pages(read: PdfReader) -> Iterator[str]:
    tree = read.root_object.get("/StructTreeRoot", {}).get("/ParentTree")
    parents = {} if tree is None else _numbers(tree.get_object())
    for number, page in enumerate(read.pages, 1):
        owners = parents.get(page.get("/StructParents"))
        owners = [] if owners is None else [one.get_object() for one in owners.get_object()]
        for said in _of_content(ContentStream(page.get_contents(), read), owners):
            yield f"Page {number}: {said}"
        for one in page.get("/Annots", ()):
            if not one.get_object().get("/Contents") or "/StructParent" not in one.get_object():
                yield f"Page {number}: a link or note without words or outside the tree."
        if page.get("/Annots") and page.get("/Tabs") != "/S":
            yield f"Page {number}: links are not reached in the order of the tree."


def _of_content(content: ContentStream, owners: list) -> Iterator[str]:
    """Whether all that is painted is tagged or said to be no content, and every tag has its element."""
    open_marks: list[str] = []
    for operands, operator in content.operations:
        name = operator.decode()
        if name in ("BMC", "BDC"):
            number = operands[1].get("/MCID") if len(operands) > 1 and isinstance(operands[1], dict) else None
            if number is not None:
                if number >= len(owners) or number not in _kids_as_numbers(owners[number]):
                    yield f"mark {number} belongs to no element."
                if "/Artifact" in open_marks:
                    yield f"mark {number} stands within what is said to be no content."
            elif operands[0] == "/Artifact" and "tagged" in open_marks:
                yield "something that is no content stands within what is."
            open_marks.append("tagged" if number is not None else str(operands[0]))
        elif name == "EMC":
            open_marks.pop()
        elif name in _PAINTS and not {"tagged", "/Artifact"} & set(open_marks):
            yield f"something is painted ({name}) that is neither tagged nor said to be no content."


def _kids_as_numbers(one: DictionaryObject) -> list[int]:
    return [kid.get("/MCID") if isinstance(kid, dict) else kid for kid in _kids(one)]


def _numbers(tree: DictionaryObject) -> dict[int, IndirectObject]:
    """A tree of numbers as a table."""
    flat = list(tree.get("/Nums", ()))
    found = {int(flat[at]): flat[at + 1] for at in range(0, len(flat), 2)}
    for kid in tree.get("/Kids", ()):
        found |= _numbers(kid.get_object())
    return found


def _of_the_tree(read: PdfReader) -> Iterator[str]:
    tree = read.root_object.get("/StructTreeRoot")
    if tree is None:
        yield "It has no tree of tags."
        return
    for one in elements(tree.get_object()):
        kind = one["/S"]
        if kind not in KNOWN:
            yield f"{kind} is no tag that readers know."
        if not _kids(one):
            yield f"A {kind} is empty."
        if kind in _UNDER and one["/P"].get_object().get("/S") not in _UNDER[kind]:
            yield f"A {kind} stands under {one['/P'].get_object().get('/S')}."
        if kind in ("/Figure", "/Formula"):
            if not str(one.get("/Alt", "")).strip():
                yield "A figure says nothing to those who do not see it."
            if about(one, "/BBox") is None:
                yield "A figure does not say where it stands."


def _of_headings(read: PdfReader) -> Iterator[str]:
    levels = [
        int(one["/S"][2:])
        for one in elements(read.root_object.get("/StructTreeRoot", DictionaryObject()))
        if re.fullmatch(r"/H[1-6]", one["/S"])
    ]
    if levels.count(1) != 1 or levels[0] != 1:
        yield "It does not begin with its only first heading."
    for before, after in zip(levels, levels[1:], strict=False):
        if after > before + 1:
            yield f"A heading of level {after} follows one of level {before}."


def _of_tables(read: PdfReader) -> Iterator[str]:
    for table in elements(read.root_object.get("/StructTreeRoot", DictionaryObject())):
        if table["/S"] != "/Table":
            continue
        rows = [below(one) for one in elements(table) if one["/S"] == "/TR"]
        if len({sum(int(about(cell, "/ColSpan") or 1) for cell in row) for row in rows}) != 1:
            yield "The rows of a table are not of one length."
        heads = [cell for row in rows for cell in row if cell["/S"] == "/TH"]
        if any(about(one, "/Scope") not in ("/Row", "/Column", "/Both") for one in heads):
            yield "A heading of a table does not say whether it is of a row or a column."
        if not rows or any(cell["/S"] != "/TH" for cell in rows[0]):
            yield "A column of a table has no heading."
        if any(row[0]["/S"] != "/TH" for row in rows if row):
            yield "A row of a table has no heading."


def _of_fonts(read: PdfReader) -> Iterator[str]:
    for page in read.pages:
        for name, font in page["/Resources"].get("/Font", {}).items():
            one = font.get_object()
            if "/ToUnicode" not in one:
                yield f"{name}: nothing says which letters its shapes are."
            elif re.search(rb"<(0000|FFFD|FEFF)>\s*$", one["/ToUnicode"].get_data(), re.MULTILINE):
                yield f"{name}: a shape stands for no letter."
            for inner in [kid.get_object() for kid in one.get("/DescendantFonts", [one])]:
                has_file = {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"])
                if not has_file:
                    yield f"{name} is not in the file."
                if inner["/Subtype"] == "/CIDFontType2" and "/CIDToGIDMap" not in inner:
                    yield f"{name} does not say which shape is whose."
