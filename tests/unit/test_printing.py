"""Printing: the same columns in every form, nothing cut, and nothing delivered taken for markup."""

import json
import subprocess
import sys
from decimal import Decimal

import pytest
from rich.console import Console
from typer.testing import CliRunner

from goldenthread.cli import app
from goldenthread.commands import printing
from goldenthread.commands.printing import Format, show
from goldenthread.indicators.catalogue import catalogue
from goldenthread.indicators.topics import indicator_parts
from goldenthread.standard import standard_tables

COLUMNS = ("ref", "title", "period_start", "numerator")
LINE = {
    "ref": "FD-02",
    "title": "% of contacts with an initial decision within 1 working day, of all contacts of the period",
    "period_start": "2017-12-01",
    "numerator": Decimal("1.23456"),
}


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setattr(
        printing, "Console", lambda: Console(width=width, force_terminal=True, color_system=None)
    )


def shown(capsys: pytest.CaptureFixture[str], form: Format, *lines: dict[str, object]) -> str:
    show(COLUMNS, lines, form)
    return capsys.readouterr().out


def test_in_a_file_a_row_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    rows = shown(capsys, Format.TABLE, LINE, LINE).splitlines()
    assert len(rows) == 6
    assert LINE["title"] in rows[3]


@pytest.mark.parametrize("width", [40, 60, 80])
def test_on_a_narrow_terminal_long_text_gives_way_and_no_head_or_date_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int
) -> None:
    on_a_terminal(monkeypatch, width)
    rows = shown(capsys, Format.TABLE, LINE).splitlines()
    assert [name for name in COLUMNS if name not in rows[1]] == []
    assert "2017-12-01" in rows[3] and "1.2346" in rows[3]
    words = " ".join(row.split("│")[2].strip() for row in rows[3:-1])
    assert words == LINE["title"]
    assert max(map(len, rows)) == max(width, 59)  # below 59 nothing could be read


def test_a_table_without_rows_has_its_heads(capsys: pytest.CaptureFixture[str]) -> None:
    assert all(name in shown(capsys, Format.TABLE) for name in COLUMNS)


def test_what_was_delivered_is_never_markup(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Team [bold] :smile:" in shown(capsys, Format.TABLE, LINE | {"title": "Team [bold] :smile:"})


def test_numbers_have_at_most_four_decimals_in_every_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, Format.CSV, LINE).endswith(",2017-12-01,1.2346\n")
    assert json.loads(shown(capsys, Format.JSON, LINE))[0]["numerator"] == 1.2346


def test_the_standard_is_printed_with_what_each_code_means() -> None:
    tables = json.loads(CliRunner().invoke(app, ["standard", "--format", "json"]).stdout)
    assert [one["table"] for one in tables] == list(standard_tables())
    children = next(one for one in tables if one["table"] == "children")
    columns = {column["column"]: column for column in children["columns"]}
    assert columns["sex"]["codes"]["F"] == "female" and columns["born_on"]["codes"] is None


def test_every_indicator_is_listed_and_whether_it_can_be_worked_out() -> None:
    lines = json.loads(CliRunner().invoke(app, ["indicators", "--format", "json"]).stdout)
    assert [line["ref"] for line in lines] == list(catalogue())
    assert {line["ref"] for line in lines if line["is_built"]} == set(indicator_parts())


def test_the_package_is_the_command_line_too() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "goldenthread", "standard", "nothing"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("There is no table nothing")
