"""`goldenthread quotes` and `goldenthread lint`: what is printed, how wide, and with which exit code."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from goldenthread.cli import app

LETTER = "The keepers know the lamp well, and repairs were made promptly in most towers.\n"
REPORT = """TOWERS

1.1 They wrote: “repairs were made promptly in many towers and halls”.

1.2 The new hall will be finished in May 2021. Late loans fell by 6% to 20%.

1.3 The new hall will be finished in June 2021.
"""


def run(*arguments: object, columns: int = 80) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments], env={"COLUMNS": str(columns)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "letter.txt").write_text(LETTER, "utf-8")
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    (tmp_path / "faithful.txt").write_text(
        "They wrote: “repairs were made promptly in most towers”.", "utf-8"
    )
    (tmp_path / "plain.txt").write_text("The hall is open.", "utf-8")
    return tmp_path


def lines(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_an_altered_quotation_is_shown_with_what_the_letter_says(folder):
    result = run("quotes", folder / "report.txt", "--against", folder / "letter.txt")
    assert result.exit_code == 1
    said = " ".join(result.stdout.split())
    assert "1.1, line 3 altered" in said and "“most” became “many”" in said and "The letter (line 1)" in said
    assert "report.txt quotes 1 times; against letter.txt: 0 verbatim, 1 altered, 0 not found." in said
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_a_faithful_report_gives_exit_code_0(folder):
    result = run("quotes", folder / "faithful.txt", "--against", folder / "letter.txt")
    assert result.exit_code == 0 and "1 verbatim" in result.stdout
    none = run("quotes", folder / "plain.txt", "--against", folder / "letter.txt")
    assert none.exit_code == 0 and "quotes 0 times" in none.stdout


def test_quotations_as_csv_and_json(folder):
    [line] = lines(
        run("quotes", folder / "report.txt", "--against", folder / "letter.txt", "--format", "csv")
    )
    assert (line["paragraph"], line["line"], line["status"], line["letter_line"]) == (
        "1.1",
        "3",
        "altered",
        "1",
    )
    assert line["passage"].startswith("repairs were made promptly in most towers")
    result = run("quotes", folder / "plain.txt", "--against", folder / "letter.txt", "--format", "json")
    assert json.loads(result.stdout) == []


def test_remarks_of_one_report_are_readable_at_80_columns(folder):
    result = run("lint", folder / "report.txt")
    assert result.exit_code == 1
    said = " ".join(result.stdout.split())
    assert "error: points-against-percent" in said
    assert "check: two-values" in said and "“June 2021” here and “May 2021” in 1.2, line 5" in said
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_only_some_rules_and_remarks_between_reports(folder):
    (folder / "other.txt").write_text("The new hall will be finished in July 2021.", "utf-8")
    result = run(
        "lint", folder / "report.txt", folder / "other.txt", "--only", "two-values", "--format", "csv"
    )
    assert {(line["code"], line["paper"]) for line in lines(result)} == {
        ("two-values", "report.txt"),
        ("two-values", "other.txt"),
    }
    table = run("lint", folder / "report.txt", folder / "other.txt", "--only", "two-values")
    assert "report.txt\n" in table.stdout and "in 1.2, line 5 of report.txt" in " ".join(table.stdout.split())


def test_what_a_letter_sees_otherwise_is_shown_beside_the_claim(folder):
    claims = (
        "1.1 The lamps are well understood by all keepers.\n\n1.2 Keepers will be confident with lamps.\n"
    )
    (folder / "report.txt").write_text(f"{claims}\n1.3 Loans of books are timely.\n", "utf-8")
    weak = "Many keepers struggle to explain how the lamps work.\n\nLoans are welcome.\n"
    (folder / "letter.txt").write_text(weak, "utf-8")
    asked = (
        "lint",
        folder / "report.txt",
        "--against",
        folder / "letter.txt",
        "--only",
        "finding-says-opposite",
    )
    found = lines(run(*asked, "--format", "csv"))
    assert [(one["paragraph"], one["text"], one["other"]) for one in found] == [
        ("1.1", "The lamps are well understood by all keepers.", "letter.txt line 1")
    ]
    assert "“Many keepers struggle to explain how the lamps work.”" in found[0]["sentence"]
    assert run(*asked).exit_code == 1 and "The letter (line 1)" in run(*asked, columns=200).stdout
    assert run("lint", folder / "report.txt", "--only", "finding-says-opposite").exit_code == 0


def test_a_report_without_remarks_gives_exit_code_0(folder):
    result = run("lint", folder / "plain.txt")
    assert result.exit_code == 0 and result.stdout == "Nothing was found.\n"
    assert json.loads(run("lint", folder / "plain.txt", "--format", "json").stdout) == []


def test_every_rule_is_printed(folder):
    codes = {line["code"] for line in lines(run("lint", "--rules", "--format", "csv"))}
    assert {"claim-without-figure", "small-number-in-words", "two-values"} <= codes and len(codes) == 11


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("lint",), "Say which report"),
        (("lint", "missing.txt"), "missing.txt is not there"),
        (("lint", "plain.txt", "--only", "spelling"), "There is no rule spelling"),
        (("lint", "plain.txt", "--against", "missing.txt"), "missing.txt is not there"),
        (("quotes", "plain.txt", "--against", "missing.txt"), "missing.txt is not there"),
        (("quotes", "plain.txt", "--against", "picture.png"), "picture.png is neither text"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(folder, arguments, sentence):
    (folder / "picture.png").write_bytes(b"\x89PNG\x00")
    result = run(*(folder / one if "." in one else one for one in arguments))
    assert result.exit_code == 2 and result.stdout == ""
    assert sentence in result.stderr and result.stderr.count("\n") == 1


def test_pages_of_a_pdf_that_hold_no_text_are_said(folder):
    from tests.unit.test_reading_papers import a_pdf

    a_pdf(["The hall is open on every day of the week."], []).write(folder / "report.pdf")
    result = run("lint", folder / "report.pdf")
    assert result.exit_code == 0 and "no text was found on page 2" in result.stderr
