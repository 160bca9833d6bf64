"""The comparison itself: what it sees, and what it lets pass."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from tests.oracle.compare import (
    figure_differences,
    months,
    oracle_figures,
    printed,
    row_differences,
)
from tests.oracle.conventions import Data, rows
from tests.oracle.worked import P0, P1

CONTACTS = Data.of(
    {
        "contacts": [
            {"contact_id": "1", "child_id": "a", "received_at": "2017-12-01", "team": "A", "decided_at": ""},
            {"contact_id": "2", "child_id": "b", "received_at": "2017-12-22", "team": "B", "decided_at": ""},
            {"contact_id": "3", "child_id": "b", "received_at": "2017-11-22", "team": "B", "decided_at": ""},
        ]
    }
)


def as_printed(lines):
    """Lines of the oracle as the command line would print them."""
    return [{column: printed(value) for column, value in line.items()} for line in lines]


def test_numbers_are_printed_with_at_most_four_decimals():
    assert printed(Fraction(8, 7)) == "1.1429"
    assert printed(Decimal("-0.50")) == "-0.5"
    assert (printed(100), printed(True), printed(None)) == ("100", "true", "")
    assert printed(date(2017, 12, 31)) == "2017-12-31"


def test_equal_rows_have_no_differences():
    ours = rows("FD-02", CONTACTS, P0, P1, P1)
    assert len(ours) == 2
    assert row_differences("FD-02", ours, as_printed(ours)) == []


def test_a_changed_column_is_named_with_both_values():
    ours = rows("FD-02", CONTACTS, P0, P1, P1)
    theirs = as_printed(ours)
    theirs[0] |= {"working_days": "99", "reason": "their words"}
    (difference,) = row_differences("FD-02", ours, theirs)
    assert "working_days" in difference and "library 99" in difference and "their words" in difference
    assert "status" not in difference


def test_rows_of_one_side_only_are_shown():
    ours = rows("FD-02", CONTACTS, P0, P1, P1)
    theirs = as_printed(ours)
    (missing,) = row_differences("FD-02", ours, theirs[1:])
    assert "only in the oracle" in missing
    (extra,) = row_differences("FD-02", ours, [*theirs, theirs[0]])  # the same unit twice
    assert "only in the library" in extra


def test_a_row_that_is_in_no_figure_may_be_left_out_but_not_be_wrong():
    ours = rows("FD-02", CONTACTS, P0, P1, P1)
    idle = {**ours[0], "key": "9", "status": "excluded", "counted": False, "in_numerator": False, "met": None}
    assert row_differences("FD-02", [*ours, idle], as_printed(ours)) == []
    wrong = {**as_printed([idle])[0], "team": "Z"}
    assert len(row_differences("FD-02", [*ours, idle], [*as_printed(ours), wrong])) == 1
    unknown = {**idle, "status": "unknown"}
    assert len(row_differences("FD-02", [*ours, unknown], as_printed(ours))) == 1


def test_figures_differ_by_value_and_by_line():
    series = months(P1, 2)
    assert series == [(date(2017, 11, 1), date(2017, 11, 30)), (P0, P1)]
    ours = oracle_figures("FD-01", CONTACTS, series, P1)
    assert figure_differences(ours, as_printed(ours)) == []
    theirs = as_printed(ours)
    theirs[1] |= {"numerator": "1"}
    (difference,) = figure_differences(ours, theirs)
    assert difference.startswith("FD-01 headline, 2017-12-01: numerator: oracle 2, library 1")
    assert "only in the oracle" in figure_differences(ours, theirs[:1])[0]


def test_a_team_of_one_period_has_a_line_in_every_period():
    ours = oracle_figures("FD-01", CONTACTS, months(P1, 2), P1, by=("team",))
    found = {(line["period_start"].month, line["team"]): (line["numerator"], line["status"]) for line in ours}
    assert found == {
        (11, "A"): (0, "final"),
        (11, "B"): (1, "final"),
        (12, "A"): (1, "final"),
        (12, "B"): (1, "final"),
    }
