"""Of every kind of block a report has, over several pages: is its PDF one that a screen reader reads?"""

import io
from datetime import date

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from goldenthread_web.reports.documents import (
    Bullets,
    Chart,
    Document,
    Paragraph,
    Quote,
    Section,
    Table,
    plain,
)
from goldenthread_web.reports.files import Stamp, file_of
from tests.web.pdf_ua import elements, faults

MONTHS = tuple(f"Month {at}" for at in range(1, 14))
STAMP = Stamp(
    is_draft=True, version=2, as_at="31 December 2017", digest="abcdef0123456789", on=date(2018, 1, 2)
)


def a_chart(ref):
    """A chart with its numbers."""
    return Chart(
        ref=ref,
        title=f"Plans of {ref}, by month",
        sentence="Improving: up 20 percentage points.",
        months=MONTHS,
        values=tuple(None if at == 3 else 50.0 + at for at in range(13)),
        rows=tuple(
            (plain(month), plain("" if at == 3 else "50%"), plain("")) for at, month in enumerate(MONTHS)
        ),
        is_percent=True,
        target=95,
    )


def a_document(lines):
    """A report whose charts begin after so many lines, so that each page's end falls elsewhere."""
    long = tuple(tuple(plain(f"Row {at}, cell {column}") for column in range(4)) for at in range(60))
    first = (
        *(
            Paragraph(text=plain(f"Line {at} “of” £5m – with & and <."), number=f"1.{at}")
            for at in range(lines)
        ),
        a_chart("CIN-02"),
        Quote(text=plain("Thresholds were applied well."), source="Ofsted, letter of 24 January"),
        a_chart("CIN-03"),
    )
    second = (
        Paragraph(text=plain("What is next"), is_heading=True),
        Bullets(items=(plain("One."), plain("Two."))),
        Bullets(items=(plain("First."), plain("Second.")), is_numbered=True),
        Table(caption="All", columns=("What", "Who", "When", "Why"), rows=long, key="all", note="A note."),
        Table(caption="None", columns=("What", "Who"), rows=(), key="none"),
    )
    sections = (
        Section(code="one", title="The first", number="1", blocks=first, signed_by="Section 151 officer"),
        Section(code="two", title="The second", number="2", blocks=second),
    )
    front = (("Report to", "Cabinet"), ("Meeting", "20 March 2018"))
    return Document(
        title="Progress",
        council="East",
        forum="Cabinet",
        front=front,
        as_at="31 December 2017",
        sections=sections,
    )


@pytest.mark.parametrize("lines", (2, 9, 16, 23))
def test_78_nothing_of_what_pdf_ua_asks_is_lacking(lines):
    content = file_of("pdf", a_document(lines), STAMP)
    assert faults(content) == []
    tags = [one["/S"] for one in elements(PdfReader(io.BytesIO(content)).root_object["/StructTreeRoot"])]
    assert tags.count("/Figure") == 2 and tags.count("/Table") == 4 and tags.count("/L") == 2


def broken(content, change):
    """The same file with something taken from it."""
    written = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    change(written.root_object, written)
    out = io.BytesIO()
    written.write(out)
    return out.getvalue()


def first(root, kind):
    """The first element of a kind."""
    return next(one for one in elements(root["/StructTreeRoot"].get_object()) if one["/S"] == kind)


def without_marks(root, written):
    """Its content without its marks."""
    page = written.pages[0]
    data = page.get_contents().get_data().replace(b"/MCID", b"/Other")
    page["/Contents"].get_object().set_data(data)


BROKEN = {
    "It has no language.": lambda root, written: root.pop("/Lang"),
    "It is not said to be tagged.": lambda root, written: root.pop("/MarkInfo"),
    "Its title is not shown as that of the window.": lambda root, written: root.pop("/ViewerPreferences"),
    "It has no title.": lambda root, written: root.pop("/Metadata"),
    "It has no bookmarks.": lambda root, written: root.pop("/Outlines"),
    "It has no tree of tags.": lambda root, written: root.pop("/StructTreeRoot"),
    "A figure says nothing to those who do not see it.": lambda root, written: first(root, "/Figure").pop(
        "/Alt"
    ),
    "A figure does not say where it stands.": lambda root, written: first(root, "/Figure").pop("/A"),
    "A heading of level 3 follows one of level 1.": lambda root, written: first(root, "/H2").update(
        {NameObject("/S"): NameObject("/H3")}
    ),
    "A heading of a table does not say whether it is of a row or a column.": lambda root, written: first(
        root, "/TH"
    ).pop("/A"),
    "The rows of a table are not of one length.": lambda root, written: first(root, "/TR")["/K"].pop(),
    "A column of a table has no heading.": lambda root, written: first(root, "/TH").update(
        {NameObject("/S"): NameObject("/TD")}
    ),
    "A /P is empty.": lambda root, written: first(root, "/P").pop("/K"),
    "A /LI stands under /Document.": lambda root, written: first(root, "/LI").update(
        {NameObject("/P"): root["/StructTreeRoot"]["/K"][0].indirect_reference}
    ),
    "Page 1: something is painted (Tj) that is neither tagged nor said to be no content.": without_marks,
    "Page 1: mark 0 belongs to no element.": lambda root, written: written.pages[0].pop("/StructParents"),
    "Page 1: a link or note without words or outside the tree.": lambda root, written: written.pages[
        0
    ].update(
        {
            NameObject("/Annots"): ArrayObject(
                [
                    DictionaryObject(
                        {NameObject("/Subtype"): NameObject("/Link"), NameObject("/F"): NumberObject(4)}
                    )
                ]
            )
        }
    ),
}


@pytest.fixture(scope="module")
def whole():
    """One file, to take something from."""
    return file_of("pdf", a_document(2), STAMP)


@pytest.mark.parametrize("fault", BROKEN)
def test_what_is_taken_from_a_file_is_missed(whole, fault):
    assert fault in faults(broken(whole, BROKEN[fault]))


def test_a_font_without_its_letters_is_found(whole):
    def bare(root, written):
        for font in written.pages[0]["/Resources"]["/Font"].values():
            font.get_object().pop("/ToUnicode")
            font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object().pop(
                "/FontFile3"
            )

    found = faults(broken(whole, bare))
    assert any("nothing says which letters" in one for one in found)
    assert any("is not in the file" in one for one in found)
