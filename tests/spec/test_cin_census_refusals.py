"""Which files are refused as a CIN census, and in which words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from goldenthread.ingest import cin_census
from goldenthread.ingest.extract import Refused
from goldenthread.ingest.returns import xml_files
from goldenthread.ingest.returns.remarks import Remarks
from tests.spec.cin_messages import child, header, message, written

TEXT = message()
DOCTYPE = '<!DOCTYPE Message [<!ENTITY a "aaaa">]>'
SAYS = '<?xml version="1.0" encoding="{}"?>'


def _refusal(path: Path, **arguments: str) -> str:
    with pytest.raises(Refused) as refused:
        cin_census.read(path, **arguments)
    sentence = str(refused.value)
    assert sentence.startswith(path.name), "says which file"
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (DOCTYPE + TEXT, "at the start"),
        ((DOCTYPE + TEXT).encode("utf-16"), "in UTF-16 with its mark"),
        ((DOCTYPE + TEXT).encode("utf-16-be"), "in UTF-16 without its mark"),
        ((SAYS.format("UTF-16LE") + DOCTYPE + TEXT).encode("utf-16-le"), "in UTF-16 that says so"),
        (f"<!--{'x' * 300_000}-->{DOCTYPE}{TEXT}", "behind a long comment"),
        (f"<?a b?>\n\n{'<!-- -->' * 500}{DOCTYPE}{TEXT}", "behind many comments"),
        ('<!DOCTYPE Message SYSTEM "http://example.invalid/x.dtd">' + TEXT, "that would be fetched"),
        (
            '<!DOCTYPE Message [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]>' + TEXT,
            "that would read a file of ours",
        ),
    ],
)
def test_a_doctype_is_refused(tmp_path: Path, content: str | bytes, because: str) -> None:
    assert "has a DOCTYPE" in _refusal(written(tmp_path, content)), because


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (lambda text: text + DOCTYPE, "a DOCTYPE after the end"),
        (lambda text: text.replace("<Children>", DOCTYPE + "<Children>"), "a DOCTYPE in the middle"),
        (lambda text: text.replace("</Children>", ""), "an element left open"),
        (lambda text: text[:-40], "a file cut off"),
        (lambda text: text.replace("WBRI", "&ethnicity;"), "an entity that nothing declares"),
        (lambda text: text.replace("WBRI", "\0"), "a character that XML does not have"),
        (lambda text: text.replace("C1", "x" * 11_000_000), "one value of 11 MB"),
        (lambda text: text.replace("WBRI", "<a>" * 400 + "</a>" * 400), "400 elements deep"),
    ],
)
def test_malformed_xml_is_refused_with_its_line(
    tmp_path: Path, change: Callable[[str], str], because: str
) -> None:
    sentence = _refusal(written(tmp_path, change(TEXT)))
    assert "is not well-formed XML" in sentence, because
    assert "(line " in sentence, because


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"", "nothing"),
        (b"LAchildID,PersonBirthDate\n", "a CSV file"),
        (b"PK\x03\x04....", "a workbook"),
        (b"\x1f\x8b\x08\x00....", "a compressed file is not unpacked"),
        (TEXT.encode("utf-32"), "an encoding no return uses"),
        ((SAYS.format("UTF-7") + TEXT).encode(), "an encoding that could hide a DOCTYPE"),
        ((SAYS.format("cp037") + DOCTYPE + TEXT).encode("cp037"), "an encoding that could hide a DOCTYPE"),
    ],
)
def test_what_is_not_xml_is_refused(tmp_path: Path, content: bytes, because: str) -> None:
    assert "is not well-formed XML" in _refusal(written(tmp_path, content)), because


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("<Message>", "<Census>", "its first element is Census, not Message"),
        ("<Message>", "<EXPSSDA903>", "the XML form of an SSDA903 return; deliver its CSV files"),
        (">CIN<", ">CSWW<", "says it is a CSWW return, not a CIN census"),
        (">CIN<", "><", "does not say which collection it is"),
        (">2024-03-31<", "><", "has no ReferenceDate"),
        (">2024-03-31<", ">31/03/2024<", "the ReferenceDate '31/03/2024' is not a date written YYYY-MM-DD"),
        (">2024-03-31<", ">2024-02-30<", "the ReferenceDate '2024-02-30' is not a day of the calendar"),
        (">2024-03-31<", ">2016-03-31<", "is a return of 2016; a CIN census of 2017 to 2026 can be read"),
        (
            "</CollectionDetails>",
            "<ReferenceDate>2024-03-30</ReferenceDate></CollectionDetails>",
            "has two reference dates, 2024-03-31 and 2024-03-30; keep the right one",
        ),
        (">2024<", ">2016<", "is a return of 2016; a CIN census of 2017 to 2026 can be read"),
        (">2024<", ">2027<", "is a return of 2027; a CIN census of 2017 to 2026 can be read"),
        (">2024<", ">last<", "the Year 'last' of the header is not a year"),
        (">211<", "><", "has no LEA code in its header"),
        ("</Source>", "<LEA>999</LEA></Source>", "names two authorities, 211 and 999"),
    ],
)
def test_a_file_that_is_not_such_a_census_is_refused(
    tmp_path: Path, was: str, becomes: str, says: str
) -> None:
    changed = TEXT.replace(was, becomes)
    if was == "<Message>":
        changed = changed.replace("</Message>", becomes.replace("<", "</"))
    assert changed != TEXT
    assert says in _refusal(written(tmp_path, changed))


def test_the_census_of_another_authority_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT)
    assert "is the return of authority 211, not of 301" in _refusal(path, authority="301")
    assert cin_census.read(path, authority="211").authority == "211"


def test_a_census_without_header_or_children_is_refused(tmp_path: Path) -> None:
    assert "has no Header before its first Child" in _refusal(written(tmp_path, message(head="")))
    late = f"<Message><Children>{child()}</Children>{header()}</Message>"
    assert "has no Header before its first Child" in _refusal(written(tmp_path, late))
    empty = f"<Message>{header()}<Children/></Message>"
    assert "holds no Child" in _refusal(written(tmp_path, empty))
    twice = TEXT.replace("<Children>", header() + "<Children>")
    assert "has a second Header" in _refusal(written(tmp_path, twice))


def test_a_path_that_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "is not a file that can be read" in _refusal(tmp_path / "missing.xml")
    assert "is not a file that can be read" in _refusal(tmp_path)


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_files, "LARGEST_FILE", 1000)
    assert "is larger than" in _refusal(written(tmp_path, TEXT + " " * 1000))


def test_a_file_that_begins_with_no_element_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_files, "_LONGEST_PROLOG", 1 << 17)
    assert "has no element in its first 16 MB" in _refusal(written(tmp_path, f"<!--{'x' * 200_000}-->{TEXT}"))


def test_a_doctype_that_only_the_second_parser_sees_is_refused_too(tmp_path: Path) -> None:
    """Should the two parsers not agree about an encoding."""
    path = written(tmp_path, DOCTYPE + TEXT)
    layout = xml_files.Layout({"Child": "Children"}, frozenset({"Children"}))
    with pytest.raises(Refused, match="has a DOCTYPE"):
        list(xml_files.records(path, layout, Remarks("cin_census", path.name)))


def test_the_word_doctype_in_a_comment_is_no_doctype(tmp_path: Path) -> None:
    text = TEXT.replace("<Children>", "<!-- <!DOCTYPE x> --><Children>")
    assert cin_census.read(written(tmp_path, text)).tables["children"].num_rows == 1


def test_a_header_that_contradicts_itself_is_a_warning(tmp_path: Path) -> None:
    census = cin_census.read(written(tmp_path, TEXT.replace("<Year>2024<", "<Year>2023<")))
    assert census.as_at_on.year == 2024
    assert [(f.rule, str(f.severity)) for f in census.findings] == [("return-year", "warning")]
    census = cin_census.read(written(tmp_path, TEXT.replace("2024-03-31", "2024-03-28")))
    assert str(census.as_at_on) == "2024-03-28"
    assert [(f.rule, str(f.severity)) for f in census.findings] == [("reference-date", "warning")]
