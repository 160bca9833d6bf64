"""What a person's correction of sheets and headings makes of the mapping report."""

import pytest

from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.extracts.mapping import corrected


def sheet(title="Contacts", number=1, matched_by="name in the title", header_row=2):
    return {
        "kind": "sheet",
        "file": "a.xlsx",
        "sheet": title,
        "list": number,
        "header_row": header_row,
        "matched_by": matched_by,
        "layout": None,
        "note": "",
    }


def column(heading, name, matched_by="exact", title="Contacts"):
    return {
        "kind": "column",
        "file": "a.xlsx",
        "sheet": title,
        "list": 1,
        "position": "A",
        "heading": heading,
        "column": name,
        "official": heading,
        "matched_by": matched_by,
        "score": 1.0,
        "is_required": True,
        "note": "",
    }


LINES = [
    sheet(),
    column("Child Unique ID", "child_id"),
    column("Sex", None, "not matched"),
    column(None, "gender", "missing"),
    sheet("Other", 3),
    column("Child Unique ID", "child_id", title="Other"),
    {"file": "visits.csv", "table": "visits", "column": "born_on", "precision": "month"},
]
AS_THEY_ARE = {"sheet-0": "1", "sheet-0-row": "2", "column-1": "child_id", "column-2": "", "sheet-4": "3"}


def test_a_heading_corrected_brings_the_headings_of_its_sheet_and_nothing_else():
    kept = corrected(LINES, AS_THEY_ARE | {"sheet-4-row": "2", "column-2": "gender", "column-5": "child_id"})
    assert [(line["kind"], line.get("heading"), line.get("column")) for line in kept] == [
        ("column", "Child Unique ID", "child_id"),
        ("column", "Sex", "gender"),
    ], "the row of the headings is not fixed: next time it may be another"


def test_a_sheet_that_becomes_another_list_is_matched_anew():
    kept = corrected(LINES, AS_THEY_ARE | {"sheet-4-row": "2", "sheet-0": "4"})
    assert [(line["kind"], line["list"], line["header_row"]) for line in kept] == [("sheet", 4, 2)]


def test_a_sheet_can_be_left_out():
    [kept] = corrected(LINES, {"sheet-0": "", "sheet-0-row": ""})
    assert (kept["list"], kept["header_row"]) == (None, None)


def test_what_was_corrected_before_stays_corrected():
    before = [
        sheet(matched_by="given"),
        column("Sex", "gender", "given"),
        sheet("Other", 3),
        column("Age", None, "not matched", title="Other"),
    ]
    kept = corrected(before, {"column-3": "age"})
    assert [(line["kind"], line["sheet"], line.get("column")) for line in kept] == [
        ("column", "Contacts", "gender"),
        ("sheet", "Contacts", None),
        ("column", "Other", "age"),
    ]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Nothing was changed"),
        (AS_THEY_ARE | {"sheet-4-row": "2"}, "Nothing was changed"),
        ({"column-2": "child_id"}, "both 'Child Unique ID' and 'Sex' are taken for one column"),
        ({"sheet-0": "12"}, "There is no list 12"),
        ({"sheet-0": "one"}, "There is no list one"),
        ({"sheet-0": "1", "sheet-0-row": "second"}, "must be a number"),
    ],
)
def test_what_cannot_be_is_refused(given, sentence):
    with pytest.raises(Refused, match=sentence):
        corrected(LINES, given)
