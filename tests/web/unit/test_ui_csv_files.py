"""Exports that no spreadsheet runs anything of, and that come back as they were (test 22)."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread_web.ui.csv_files import csv_response, csv_text, neutralised, restored

DANGEROUS = [
    "=1+1",
    "+44",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\rx",
    "\n=1",
    "  =1",
    "\u200b=1",
    "\u00a0=1",
    "\ufeff@x",
    "\x00=1",
    "\x07=1",
    "'=1",
    "''=1",
    "＝1",
    "\u202e=1",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_could_be_a_formula_is_made_harmless(text):
    assert neutralised(text).startswith("'")
    assert restored(neutralised(text)) == text


@pytest.mark.parametrize("text", ["", "FSP 1", "c=1", "it's", "'quoted'", "2017-12-31", "a@b"])
def test_other_text_stays_as_it_is(text):
    assert neutralised(text) == text
    assert restored(text) == text


@given(st.text())
def test_everything_comes_back_as_it_was(text):
    assert restored(neutralised(text)) == text


def test_numbers_stay_numbers_and_missing_stays_blank():
    assert csv_text(("a", "b", "c"), [(-5, None, "=x")]) == "a,b,c\r\n-5,,'=x\r\n"


def test_a_file_is_read_back_as_it_was_sent():
    answer = csv_response("rows", ("=name",), [('=HYPERLINK("http://x","y")',), ("Zoë\nEnd",)])
    assert answer["Content-Disposition"] == 'attachment; filename="rows.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [[restored(cell) for cell in row] for row in rows] == [
        ["=name"],
        ['=HYPERLINK("http://x","y")'],
        ["Zoë\nEnd"],
    ]
