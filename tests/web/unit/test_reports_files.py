"""The same report in three files: the same sentences and figures, tagged, byte for byte again."""

import io
import re
from dataclasses import replace
from datetime import date
from html import unescape

import docx
import pypdf
import pytest
from django.core.cache import caches
from docx.shared import Cm, Pt

from goldenthread_web.reports.columns import A_LINE, shares
from goldenthread_web.reports.documents import (
    Bullets,
    Chart,
    Paragraph,
    Quote,
    Table,
    document_of,
    plain,
    said,
)
from goldenthread_web.reports.files import TYPES, Stamp, file_of
from goldenthread_web.reports.services import set_priorities, write_section
from goldenthread_web.reports.word_file import FULL, ONE_PAGE
from tests.web.builders import a_person
from tests.web.pdf_ua import about, elements
from tests.web.reporting import a_content, a_finding, a_letter, a_programme, a_report, figures, in_target

pytestmark = pytest.mark.django_db

STAMP = {"version": 2, "as_at": "31 December 2017", "digest": "abcdef0123456789", "on": date(2018, 1, 2)}
FOOTER = "Version 2. Figures to 31 December 2017. Fingerprint abcdef012345"


@pytest.fixture(autouse=True)
def place():
    caches["worked_out"].clear()


@pytest.fixture
def document(db):
    a_programme()
    figures()
    by = a_person("programme_manager")
    in_target(by)
    a_finding(a_letter(), "p3", "improved", ref="V2.3")
    content = a_content(by)
    text = "Plans: [[figure CIN-02]] & more <soon>.\n\n[[quote V2.3]]\n\n"
    text += "## What is next\n\n- One # thing.\n- Another $ thing."
    write_section(content, "summary", text=text, version=0, by=by)
    return document_of(a_report(content, by).document)


def flat(text):
    """Without spaces and hyphens: lines break elsewhere in each file."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def sentences(document):
    for section in document.sections:
        if not section.blocks:
            continue
        yield section.title
        for block in section.blocks:
            if isinstance(block, Paragraph | Quote):
                yield said(block.text)
            elif isinstance(block, Bullets):
                yield from map(said, block.items)
            else:
                yield block.sentence if isinstance(block, Chart) else block.caption
                for row in block.rows:
                    yield from map(said, row)


def words_of(kind, content):
    if kind == "html":
        return unescape(
            re.sub(r"<svg.*?</svg>|<style>.*?</style>|<[^>]+>", "", content.decode(), flags=re.DOTALL)
        )
    if kind == "docx":
        made = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(one.text for one in made.paragraphs), *cells])
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("kind", TYPES)
def test_the_same_sentences_and_figures_are_in_every_file(document, kind):
    words = flat(words_of(kind, file_of(kind, document, Stamp(is_draft=False, **STAMP))))
    lacking = [one for one in sentences(document) if flat(one) not in words]
    # A page may end within a cell of a PDF: its number stands between; each word is still there.
    if kind == "pdf":
        lacking = [one for one in lacking if not all(flat(word) in words for word in one.split())]
    assert not lacking
    assert "78.0%" in words and "[[" not in words


@pytest.mark.parametrize("kind", TYPES)
def test_36_every_page_says_draft_version_day_and_hash(document, kind):
    draft = file_of(kind, document, Stamp(is_draft=True, **STAMP))
    if kind == "pdf":
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(draft)).pages]
        assert len(pages) > 3
        assert all("DRAFT, not for release" in page and f"Draft. {FOOTER}" in page for page in pages)
    elif kind == "docx":
        section = docx.Document(io.BytesIO(draft)).sections[0]
        assert "DRAFT" in section.header.paragraphs[0].text and FOOTER in section.footer.paragraphs[0].text
    else:
        assert "DRAFT, not for release" in draft.decode() and f"Draft. {FOOTER}" in draft.decode()
    final = words_of(kind, file_of(kind, document, Stamp(is_draft=False, **STAMP)))
    assert "DRAFT" not in final


def test_36_the_pdf_is_tagged_and_has_a_title_and_a_language(document):
    read = pypdf.PdfReader(io.BytesIO(file_of("pdf", document, Stamp(is_draft=False, **STAMP))))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"] == "en-GB"
    assert read.metadata.title == document.title and not read.metadata.author
    about = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in about


def test_a_cell_of_the_pdf_has_the_headings_of_its_row_and_of_its_column(document):
    read = pypdf.PdfReader(io.BytesIO(file_of("pdf", document, Stamp(is_draft=False, **STAMP))))
    tables = [one for one in elements(read.root_object["/StructTreeRoot"]) if one["/S"] == "/Table"]
    blocks = [block for section in document.sections for block in section.blocks]
    told = [one for one in blocks if isinstance(one, Table | Chart) and one.rows]
    assert len(tables) == len(told) + 1 > 3  # and the front
    for table, rows in zip(tables[1:], (one.rows for one in told), strict=True):
        heads, *below = [list(elements(one)) for one in elements(table) if one["/S"] == "/TR"]
        cells = [cell for cell in heads if cell["/S"] in ("/TH", "/TD")]
        assert [(cell["/S"], about(cell, "/Scope")) for cell in cells] == [("/TH", "/Column")] * len(rows[0])
        assert len(below) == len(rows)
        for row in below:
            first, *rest = [cell for cell in row if cell["/S"] in ("/TH", "/TD")]
            assert (first["/S"], about(first, "/Scope")) == ("/TH", "/Row")
            assert [(cell["/S"], about(cell, "/Scope")) for cell in rest] == [("/TD", None)] * (
                len(rows[0]) - 1
            )
            # Whatever names its headings has no others.
            assert not any("/Headers" in said for cell in row for said in cell.get("/A", ()))
    assert read.pdf_header == "%PDF-1.7"


def test_word_has_headings_marked_rows_alt_texts_and_nobodys_name(document):
    content = file_of("docx", document, Stamp(is_draft=False, **STAMP))
    made = docx.Document(io.BytesIO(content))
    headings = [one for one in made.paragraphs if one.style.name.startswith("Heading")]
    assert headings[0].style.name == "Heading 1" and headings[0].text == document.title
    assert sum(one.style.name == "Heading 2" for one in headings) == sum(
        bool(one.blocks) for one in document.sections
    )
    marked = [table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in made.tables]
    assert marked and all(marked)
    alts = made.element.xpath("//wp:docPr/@descr")
    charts = [block for section in document.sections for block in section.blocks if isinstance(block, Chart)]
    assert len(alts) == len(charts) and all(alt.startswith("Chart: ") for alt in alts)
    about = made.core_properties
    assert (about.title, about.language) == (document.title, "en-GB")
    assert about.author == document.council and not about.last_modified_by and not about.comments
    assert made.styles.element.xpath("//w:rPrDefault/w:rPr/w:lang/@w:val") == ["en-GB"]

    levels = [int(one.style.name[-1]) for one in headings]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_78_no_letter_of_a_file_is_smaller_than_12_points(document):
    content = file_of("docx", document, Stamp(is_draft=True, **STAMP))
    made = docx.Document(io.BytesIO(content))
    parts = [made.element, made.sections[0].header._element, made.sections[0].footer._element]
    used = {one.style.name for one in made.paragraphs}
    assert made.styles["Normal"].font.size.pt == 12
    assert min(made.styles[name].font.size.pt for name in used if made.styles[name].font.size) >= 12
    assert all(not part.xpath(".//w:sz") for part in parts)
    read = pypdf.PdfReader(io.BytesIO(file_of("pdf", document, Stamp(is_draft=True, **STAMP))))
    found = set()
    for page in read.pages:
        page.extract_text(
            visitor_text=lambda text, cm, tm, font, size: found.add(size) if text.strip() else 0
        )
    assert min(found) >= 12


def test_a_cell_is_never_empty(document):
    row = (plain("March 2017"), plain("Not computable"), plain(" "))
    made = Table(caption="Months", columns=("Month", "Value", "Cases"), rows=(row,), key="months")
    told = replace(document, sections=(replace(document.sections[0], blocks=(made,)),))
    words = {kind: words_of(kind, file_of(kind, told, Stamp(is_draft=False, **STAMP))) for kind in TYPES}
    assert all(re.search(r"Not computable\s*–", said) for said in words.values())


@pytest.mark.parametrize("kind", TYPES)
def test_the_same_document_is_the_same_file(document, kind):
    stamp = Stamp(is_draft=False, **STAMP)
    assert file_of(kind, document, stamp) == file_of(kind, document_of(document.to_json()), stamp)


def test_the_html_file_needs_nothing_from_anywhere(document):
    content = file_of("html", document, Stamp(is_draft=False, **STAMP)).decode()
    assert '<html lang="en-GB">' in content and content.count("<h1>") == 1
    assert not re.search(r'(src|href)="', content) and "<script" not in content
    assert "&amp; more &lt;soon&gt;" in content


def test_the_briefing_is_one_page_however_much_the_other_forums_get():
    a_programme()
    figures()
    by = a_person("programme_manager")
    in_target(by)
    in_target(by, "FD-02")
    content = a_content(by)
    set_priorities(content, [f"Priority {at} of what the next period is for." for at in range(1, 9)], by=by)
    report = a_report(content, by, "briefing", meeting_on=date(2018, 1, 25))
    made = file_of("pdf", document_of(report.document), Stamp(is_draft=True, **STAMP))
    (page,) = pypdf.PdfReader(io.BytesIO(made)).pages
    words = " ".join(page.extract_text().split())
    word = docx.Document(
        io.BytesIO(file_of("docx", document_of(report.document), Stamp(is_draft=True, **STAMP)))
    )
    assert abs(word.sections[0].left_margin - Cm(ONE_PAGE.sides)) < Pt(1)
    assert word.styles["Normal"].font.size == Pt(12)
    assert word.styles["Heading 1"].font.size < Pt(FULL.headings[0])
    assert "Contacts decided within one working day 74.0% (148 of 200) 95.0%; R: off target" in words
    assert "And 4 more in the full report." in words
    assert "The full report has 0 more figures and what each means" in words
    assert "Figures to 31 December 2017" in words and "Meeting 25 January 2018" in words


def test_a_column_has_room_for_its_longest_word():
    row = tuple(map(plain, ("M1", "£450,000", "As approved, " * 9)))
    widths = shares(("Line", "Approved", "Expected"), (row,))
    assert [round(one) for one in widths[:2]] == [8, 13] and abs(sum(widths) - A_LINE) < 1
    assert shares(("A", "B"), ()) == [4.75, 4.75]
