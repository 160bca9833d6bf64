"""Papers read: what becomes a paragraph, from text, Word and PDF, and what is refused with one sentence."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from goldenthread.papers.paper import Kind, UnreadablePaper
from goldenthread.papers.reading import read_paper, read_text

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def shown(text: str) -> list[tuple[str, str, str]]:
    return [(one.number, one.kind.value, one.text) for one in read_text(text, "report").paragraphs]


def test_each_long_line_is_a_paragraph_and_bullets_stay_apart():
    long = (
        "Keepers know the lamp well and they look after it in every weather that there is, day and night. "
        * 2
    )
    text = f"TOWERS\n\n- 1.1 {long}\n- 1.2 {long}\n- ropes\n - oil\n• wicks\nName\tRating\nHill\tRed\n"
    assert shown(text) == [
        ("", "heading", "TOWERS"),
        ("1.1", "prose", long.strip()),
        ("1.2", "prose", long.strip()),
        ("", "bullet", "ropes"),
        ("", "bullet", "oil"),
        ("", "bullet", "wicks"),
        ("", "row", "Name\nRating"),
        ("", "row", "Hill\nRed"),
    ]


def test_lines_that_a_page_broke_are_joined_and_numbers_on_a_line_alone_are_numbers():
    text = """2
2.1

TOWERS
The keepers know the lamp well and they look after it in
every weather that there is, by day and by night, with de-
cision and with the well-
known ropes. Decision is all.

2.2

Boats go out twice. The third boat was bought
Page
11

from the harbour in 2017 and
4.5 million people saw it.
• oil is kept dry
  and warm
• wicks
Towers next
"""
    assert shown(text) == [
        ("2", "heading", "TOWERS"),
        (
            "2.1",
            "prose",
            "The keepers know the lamp well and they look after it in every weather that there is, by day "
            "and by night, with decision and with the well-known ropes. Decision is all.",
        ),
        (
            "2.2",
            "prose",
            "Boats go out twice. The third boat was bought from the harbour in 2017 and 4.5 million people "
            "saw it.",
        ),
        ("", "bullet", "oil is kept dry and warm"),
        ("", "bullet", "wicks Towers next"),
    ]


def test_a_place_is_named_by_the_number_above_and_the_line():
    paper = read_text("TOWERS\n\n1.1 The lamp.\n\nIt shines.\n", "report")
    assert [one.place for one in paper.paragraphs] == ["line 1", "1.1, line 3", "1.1, line 5"]
    assert [one.anchor for one in paper.paragraphs] == ["p1", "p2", "p3"]
    assert {one.heading for one in paper.paragraphs} == {"TOWERS"}
    assert paper.paragraph("p2").text == "The lamp."
    with pytest.raises(KeyError):
        paper.paragraph("p9")


def test_a_word_divided_by_a_soft_hyphen_is_one_word_again():
    text = (
        "The keepers know the lamp well and they look after it in\nevery weather that there is, by day and "
        "by night, with de\u00ad\ncision and with ropes that are known to all of them.\n"
    )
    assert "with decision and with ropes" in shown(text)[0][2]


def test_marks_that_conversions_leave_are_taken_out():
    assert shown("The lamp.\n\n<p></p>\n\nThe rope.\n") == [
        ("", "prose", "The lamp."),
        ("", "prose", "The rope."),
    ]
    assert shown("Cost\t<p>It is <i>dear</i>: $\\pounds 6$ million.</p><ul><li>**Oil**</li></ul>") == [
        ("", "row", "Cost\nIt is dear: £6 million.\nOil")
    ]


def test_windows_letters_and_a_mark_of_byte_order_are_read(tmp_path):
    (tmp_path / "a.txt").write_bytes("It costs £5 – “cheap”.".encode("cp1252"))
    (tmp_path / "b.txt").write_bytes("\ufeffIt costs £5.".encode())
    assert read_paper(tmp_path / "a.txt").paragraphs[0].text == "It costs £5 – “cheap”."
    assert read_paper(tmp_path / "b.txt").paragraphs[0].text == "It costs £5."


def a_word_file(path: Path) -> Path:
    document = Document()
    document.add_heading("Towers", level=1)
    document.add_paragraph("1.1 The lamp is bright.")
    table = document.add_table(rows=0, cols=2)
    for cells in (("Hill", "Red"), ("Bay", "Green")):
        row = table.add_row()
        for cell, said in zip(row.cells, cells, strict=True):
            cell.text = said
    paragraph = document.add_paragraph("1.2 The rope was ")
    inserted = f"<w:ins {W} w:id='1' w:author='a'><w:r><w:t>not </w:t></w:r></w:ins>"
    deleted = f"<w:del {W} w:id='2' w:author='a'><w:r><w:delText>always </w:delText></w:r></w:del>"
    paragraph._p.append(parse_xml(inserted))
    paragraph._p.append(parse_xml(deleted))
    paragraph.add_run("checked.")
    document.add_paragraph("oil", style="List Bullet")
    document.save(str(path))
    return path


def test_word_is_read_in_the_order_of_the_page_with_tracked_insertions(tmp_path):
    paper = read_paper(a_word_file(tmp_path / "report.docx"))
    assert [(one.number, one.kind, one.text) for one in paper.paragraphs] == [
        ("", Kind.HEADING, "Towers"),
        ("1.1", Kind.PROSE, "The lamp is bright."),
        ("", Kind.ROW, "Hill\nRed"),
        ("", Kind.ROW, "Bay\nGreen"),
        ("1.2", Kind.PROSE, "The rope was not checked."),
        ("", Kind.BULLET, "oil"),
    ]
    assert paper.paragraphs[2].cells == ("Hill", "Red") and paper.paragraphs[2].place == "1.1"


MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def test_text_boxes_content_controls_and_tables_within_tables_are_read_in_their_place(tmp_path):
    document = Document()
    document.add_paragraph("TOWERS AND BOATS")
    boxed = "<w:txbxContent><w:p><w:r><w:t>The lamp is new.</w:t></w:r></w:p></w:txbxContent>"
    box = (
        f"<w:r {W} {MC}><mc:AlternateContent><mc:Choice Requires='wps'>{boxed}</mc:Choice>"
        f"<mc:Fallback>{boxed}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    document.add_paragraph("Beside this stands a box.")._p.append(parse_xml(box))
    chosen = "<w:sdtContent><w:p><w:r><w:t>Chosen from a list.</w:t></w:r></w:p></w:sdtContent>"
    document.element.body.insert(2, parse_xml(f"<w:sdt {W}>{chosen}</w:sdt>"))
    typed = "<w:t>A well</w:t><w:noBreakHyphen/><w:t>known</w:t><w:tab/><w:t>rope.</w:t>"
    document.add_paragraph()._p.append(parse_xml(f"<w:r {W}>{typed}</w:r>"))
    cell = document.add_table(rows=1, cols=2).rows[0].cells[0]
    cell.paragraphs[0].add_run("Hill")
    cell.add_table(rows=1, cols=1).rows[0].cells[0].text = "Red"
    document.save(str(tmp_path / "report.docx"))
    assert [(one.kind, one.text) for one in read_paper(tmp_path / "report.docx").paragraphs] == [
        (Kind.HEADING, "TOWERS AND BOATS"),
        (Kind.PROSE, "Beside this stands a box."),
        (Kind.PROSE, "The lamp is new."),
        (Kind.PROSE, "Chosen from a list."),
        (Kind.PROSE, "A well-known rope."),
        (Kind.ROW, "Hill\nRed"),
    ]


def numbered_by_word(document, *levels, start=None):
    """A list of the levels, each (how it counts, what it prints, its style); the key that paragraphs name."""
    part = document.part.numbering_part.element
    key = str(900 + len(part))
    said = "".join(
        f"<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{counts}'/>"
        f"{f'<w:pStyle w:val={style!r}/>' if style else ''}<w:lvlText w:val='{prints}'/></w:lvl>"
        for at, (counts, prints, style) in enumerate(levels)
    )
    abstract = f"<w:abstractNum {W} w:abstractNumId='{key}'>{said}</w:abstractNum>"
    part.insert(0, parse_xml(abstract))
    return another_list(document, key, start)


def another_list(document, shape, start=None):
    """One more list of the same shape; with `start` it counts anew from there."""
    part = document.part.numbering_part.element
    key = str(900 + len(part))
    anew = f"<w:lvlOverride w:ilvl='0'><w:startOverride w:val='{start}'/></w:lvlOverride>" if start else ""
    named = f"<w:num {W} w:numId='{key}'><w:abstractNumId w:val='{shape}'/>{anew}</w:num>"
    part.append(parse_xml(named))
    return key


def add_numbered(document, text, key, level=0):
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f"<w:numPr {W}><w:ilvl w:val='{level}'/><w:numId w:val='{key}'/></w:numPr>")
    )
    return paragraph


def numbers(document, tmp_path):
    document.save(str(tmp_path / "letter.docx"))
    return [(one.number, one.place, one.text) for one in read_paper(tmp_path / "letter.docx").paragraphs]


LEGAL = (("decimal", "%1.", ""), ("decimal", "%1.%2", ""), ("lowerLetter", "(%3)", ""))


def test_numbers_that_word_prints_are_those_of_the_paragraphs(tmp_path):
    document = Document()
    key = numbered_by_word(document, *LEGAL)
    for text, level in (
        ("Towers", 0), ("The lamp is bright.", 1), ("By day.", 2), ("By night.", 2), ("The rope is new.", 1),
        ("In the bay.", 2), ("Boats", 0), ("Boats go out.", 1),
    ):  # fmt: skip
        add_numbered(document, text, key, level)
    document.add_paragraph("Nobody numbers this.")
    add_numbered(document, "Nor this: the list is taken off it.", "0")
    assert numbers(document, tmp_path) == [
        ("1", "1", "Towers"),
        ("1.1", "1.1", "The lamp is bright."),
        ("1.1(a)", "1.1(a)", "By day."),
        ("1.1(b)", "1.1(b)", "By night."),
        ("1.2", "1.2", "The rope is new."),
        ("1.2(a)", "1.2(a)", "In the bay."),
        ("2", "2", "Boats"),
        ("2.1", "2.1", "Boats go out."),
        ("", "2.1", "Nobody numbers this."),
        ("", "2.1", "Nor this: the list is taken off it."),
    ]


def test_headings_are_numbered_by_their_style_and_typed_numbers_go_on(tmp_path):
    document = Document()
    key = numbered_by_word(document, ("upperRoman", "%1.", "Heading1"), ("decimal", "%1.%2", "Heading2"))
    for name in ("Heading 1", "Heading 2"):
        style = document.styles[name].element
        style.get_or_add_pPr().append(parse_xml(f"<w:numPr {W}><w:numId w:val='{key}'/></w:numPr>"))
    for text, level in (("Towers", 1), ("Lamps", 2), ("Boats", 1), ("Ropes", 2)):
        document.add_heading(text, level=level)
    assert [one[0] for one in numbers(document, tmp_path)] == ["I", "I.1", "II", "II.1"]
    paper = read_paper(tmp_path / "letter.docx")
    assert {one.kind for one in paper.paragraphs} == {Kind.HEADING}


@pytest.mark.parametrize(
    ("counts", "third", "because"),
    [
        ("decimal", "3", "figures"),
        ("lowerLetter", "c", "letters"),
        ("upperLetter", "C", "capital letters"),
        ("lowerRoman", "iii", "roman"),
        ("decimalZero", "03", "a nought before"),
        ("bullet", "", "a bullet is no number"),
        ("none", "", "nothing is printed"),
    ],
)
def test_each_way_of_counting(tmp_path, counts, third, because):
    document = Document()
    key = numbered_by_word(document, (counts, "%1)", ""))
    for text in ("One.", "Two.", "Three."):
        add_numbered(document, text, key)
    said = numbers(document, tmp_path)
    assert said[2][0].rstrip(")") == third, because
    if counts == "bullet":
        assert {one.kind for one in read_paper(tmp_path / "letter.docx").paragraphs} == {Kind.BULLET}


def test_a_second_list_goes_on_or_counts_anew_as_word_says(tmp_path):
    document = Document()
    first = numbered_by_word(document, ("decimal", "%1.", ""))
    shape = document.part.numbering_part.element[0].get(f"{{{W[9:-1]}}}abstractNumId")
    goes_on, anew = another_list(document, shape), another_list(document, shape, start=7)
    for text, key in (("a.", first), ("b.", goes_on), ("c.", anew), ("d.", anew), ("e.", first)):
        add_numbered(document, text, key)
    assert [one[0] for one in numbers(document, tmp_path)] == ["1", "2", "7", "8", "9"]


def a_list_of(document, key, *levels, more=""):
    """A list whose levels are given as XML, by their number."""
    said = "".join(f"<w:lvl w:ilvl='{at}'>{inside}</w:lvl>" for at, inside in levels)
    part = document.part.numbering_part.element
    part.insert(0, parse_xml(f"<w:abstractNum {W} w:abstractNumId='{key}'>{said}</w:abstractNum>"))
    part.append(parse_xml(f"<w:num {W} w:numId='{key}'><w:abstractNumId w:val='{key}'/>{more}</w:num>"))
    return key


def counted(prints, more=""):
    return f"<w:start w:val='1'/><w:numFmt w:val='decimal'/>{more}<w:lvlText w:val='{prints}'/>"


def test_a_level_that_never_counts_anew_goes_on_under_the_next_number(tmp_path):
    document = Document()
    key = a_list_of(document, "801", (0, counted("%1.")), (1, counted("(%2)", "<w:lvlRestart w:val='0'/>")))
    for text, level in (("a.", 0), ("b.", 1), ("c.", 0), ("d.", 1)):
        add_numbered(document, text, key, level)
    assert [one[0] for one in numbers(document, tmp_path)] == ["1", "1(1)", "2", "2(2)"]


def test_numbers_of_levels_that_a_list_has_not_are_left_out(tmp_path):
    document = Document()
    key = a_list_of(document, "802", (1, counted("%1%2.%7")))
    for text in ("a.", "b."):
        add_numbered(document, text, key, 1)
    add_numbered(document, "c.", "9999", 0)
    assert [one[0] for one in numbers(document, tmp_path)] == ["1", "2", ""]


def test_a_list_of_no_shape_numbers_nothing_and_a_level_may_be_drawn_anew(tmp_path):
    document = Document()
    part = document.part.numbering_part.element
    part.append(parse_xml(f"<w:num {W} w:numId='803'><w:abstractNumId w:val='no such'/></w:num>"))
    anew = f"<w:lvlOverride w:ilvl='0'><w:lvl w:ilvl='0'>{counted('No. %1')}</w:lvl></w:lvlOverride>"
    key = a_list_of(document, "804", (0, counted("%1.")), more=anew)
    add_numbered(document, "a.", "803")
    add_numbered(document, "b.", key)
    assert [one[0] for one in numbers(document, tmp_path)] == ["", "No. 1"]


def test_a_list_may_look_as_a_style_of_lists_says(tmp_path):
    document = Document()
    key = a_list_of(document, "805", (0, counted("%1.")))
    style = (
        f"<w:style {W} w:type='numbering' w:styleId='Legal'><w:name w:val='Legal'/><w:pPr><w:numPr>"
        f"<w:numId w:val='{key}'/></w:numPr></w:pPr></w:style>"
    )
    document.styles.element.append(parse_xml(style))
    part = document.part.numbering_part.element
    linked = "<w:abstractNum {} w:abstractNumId='806'><w:numStyleLink w:val='Legal'/></w:abstractNum>"
    part.insert(0, parse_xml(linked.format(W)))
    part.append(parse_xml(f"<w:num {W} w:numId='806'><w:abstractNumId w:val='806'/></w:num>"))
    for text in ("a.", "b."):
        add_numbered(document, text, "806")
    assert [one[0] for one in numbers(document, tmp_path)] == ["1", "2"]


def test_a_document_without_a_usual_style_is_read(tmp_path):
    document = Document()
    for style in document.styles.element:
        style.attrib.pop(f"{{{W[9:-1]}}}default", None)
    add_numbered(document, "a.", numbered_by_word(document, ("decimal", "%1.", "")))
    document.add_paragraph("b.")
    assert [one[0] for one in numbers(document, tmp_path)] == ["1", ""]


def test_a_reference_to_a_note_that_is_not_there_is_passed_over(tmp_path):
    document = Document()
    reference = f"<w:r {W}><w:footnoteReference w:id='9'/></w:r>"
    document.add_paragraph("The lamp is bright.")._p.append(parse_xml(reference))
    assert numbers(document, tmp_path) == [("", "p1", "The lamp is bright.")]


def test_notes_stand_after_the_paragraph_that_names_them(tmp_path):
    document = Document()
    key = numbered_by_word(document, *LEGAL)
    notes = (
        f"<w:footnotes {W}><w:footnote w:type='separator' w:id='-1'><w:p/></w:footnote>"
        "<w:footnote w:id='4'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space='preserve'> Counted in "
        "May.</w:t></w:r></w:p></w:footnote><w:footnote w:id='5'><w:p><w:r><w:t>By the keeper.</w:t></w:r>"
        "</w:p></w:footnote></w:footnotes>"
    )
    kind = RELATIONSHIP_TYPE.FOOTNOTES
    name = PackURI("/word/footnotes.xml")
    part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, notes.encode(), document.part.package)
    document.part.relate_to(part, kind)

    def name_note(paragraph, number):
        reference = f"<w:r {W}><w:footnoteReference w:id='{number}'/></w:r>"
        paragraph._p.append(parse_xml(reference))

    first = add_numbered(document, "The lamp is bright", key)
    name_note(first, 5)
    first.add_run(", as said before.")
    name_note(document.add_table(rows=1, cols=1).rows[0].cells[0].paragraphs[0], 4)
    document.tables[0].rows[0].cells[0].paragraphs[0].add_run("Lamps")
    document.add_paragraph("Nothing else.")
    assert numbers(document, tmp_path) == [
        ("1", "1", "The lamp is bright, as said before."),
        ("note 1", "1, note 1", "By the keeper."),
        ("", "1", "Lamps"),
        ("note 2", "1, note 2", "Counted in May."),
        ("", "1", "Nothing else."),
    ]


def a_pdf(*pages: list[str]) -> PdfWriter:
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(600, 800)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        stream = DecodedStreamObject()
        said = " ".join(f"({line}) Tj T*" for line in lines)
        stream.set_data(f"BT /F1 10 Tf 14 TL 50 750 Td {said} ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    return writer


def test_pdf_is_read_over_its_pages_without_what_stands_on_each(tmp_path):
    head = "Lighthouse report"
    a_pdf(
        [
            head,
            "1.1 The keepers know the lamp well and they look after it in every",
            "weather that there is, and",
            "1",
        ],
        [head, "by night. Boats go out.", "2"],
        [head],
        [head, "1.2 Ropes are checked by all of the keepers in each of the towers.", "4"],
    ).write(tmp_path / "report.pdf")
    paper = read_paper(tmp_path / "report.pdf")
    assert [(one.number, one.text) for one in paper.paragraphs] == [
        (
            "1.1",
            "The keepers know the lamp well and they look after it in every weather that there is, and by "
            "night. Boats go out.",
        ),
        ("1.2", "Ropes are checked by all of the keepers in each of the towers."),
    ]
    assert paper.notes == ("report.pdf: no text was found on page 3, which was not read.",)


def test_a_pdf_with_text_on_each_page_has_no_note_and_one_of_too_many_pages_is_refused(tmp_path, monkeypatch):
    page = ["Ropes are checked by all of the keepers in each of the towers."]
    a_pdf(page, page).write(tmp_path / "report.pdf")
    assert read_paper(tmp_path / "report.pdf").notes == ()
    monkeypatch.setattr("goldenthread.papers.pdf._PAGES", 1)
    with pytest.raises(UnreadablePaper, match=r"report\.pdf has more than 1 pages: hand over the part"):
        read_paper(tmp_path / "report.pdf")


def with_a_password(content: bytes) -> bytes:
    """An archive whose first entry says that it is encrypted."""
    at = content.index(b"PK\x01\x02") + 8
    return content[:at] + bytes([content[at] | 1]) + content[at + 1 :]


def zipped(**parts: bytes | str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def changed_word(tmp_path: Path, **parts: bytes | str) -> bytes:
    """A Word file with some parts replaced or put in."""
    source = a_word_file(tmp_path / "source.docx")
    with zipfile.ZipFile(source) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    return zipped(**{**kept, **parts})


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Files that must be refused, by name."""
    tmp_path = tmp_path_factory.mktemp("bodies")
    secret = "<!DOCTYPE w [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"
    body = f"{secret}<w:document {W}><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
    blank = f"<w:document {W}><w:body><w:p/></w:body></w:document>"
    scan, locked = a_pdf([]), a_pdf(["A page with a good many letters on it."])
    locked.encrypt("secret", algorithm="RC4-128")
    scanned, encrypted = io.BytesIO(), io.BytesIO()
    scan.write(scanned)
    locked.write(encrypted)
    assert PdfReader(io.BytesIO(encrypted.getvalue())).is_encrypted
    return {
        "scan.pdf": scanned.getvalue(),
        "locked.pdf": encrypted.getvalue(),
        "broken.pdf": b"%PDF-1.7 nothing follows",
        "macro.docx": changed_word(tmp_path, **{"word/vbaProject.bin": b"x"}),
        "entity.docx": changed_word(tmp_path, **{"word/document.xml": body}),
        "entity16.docx": changed_word(tmp_path, **{"word/document.xml": body.encode("utf-16")}),
        "bomb.docx": changed_word(tmp_path, **{"word/media.bin": b"\0" * 60_000_000}),
        "locked.docx": with_a_password(changed_word(tmp_path)),
        "blank.docx": changed_word(tmp_path, **{"word/document.xml": blank}),
        "workbook.docx": zipped(**{"xl/workbook.xml": "<x/>"}),
        "garbled.docx": changed_word(tmp_path, **{"word/document.xml": "<w:document"}),
        "cut.docx": changed_word(tmp_path)[:2_000],
        "text.docx": b"only text",
        "old.doc": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        "rich.rtf": b"{\\rtf1 said}",
        "picture.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d",
        "unknown.txt": b"caf\x81 \x8d",
        "big.txt": b"a" * 20_000_001,
        "empty.txt": b" \n\n",
    }


REFUSED = {
    "scan.pdf": "scan without text",
    "locked.pdf": "is encrypted",
    "broken.pdf": "is damaged",
    "macro.docx": "holds macros",
    "entity.docx": "declares a document type",
    "entity16.docx": "declares a document type",
    "bomb.docx": "unpacks to far more",
    "locked.docx": "has a password",
    "blank.docx": "has no text in it",
    "workbook.docx": "no Word document",
    "garbled.docx": "no Word document",
    "cut.docx": "is damaged",
    "text.docx": "is called .docx and is not one",
    "old.doc": "old Word file or has a password",
    "rich.rtf": "rich text",
    "picture.txt": "neither text in UTF-8",
    "unknown.txt": "neither text in UTF-8",
    "big.txt": "more than 20 MB",
    "empty.txt": "no text in it",
    "missing.txt": "is not there",
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.filterwarnings("ignore")  # of pypdf, about the PDF that this test damages
def test_what_cannot_be_read_is_refused_with_one_sentence(tmp_path, bodies, name):
    content = bodies.get(name)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadablePaper) as refused:
        read_paper(tmp_path / name)
    sentence = str(refused.value)
    assert REFUSED[name] in sentence and sentence.startswith(name) and "\n" not in sentence
