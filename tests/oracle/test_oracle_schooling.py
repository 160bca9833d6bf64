"""EH-08, LAC-22 and LAC-26 by hand. RD is 31 December 2017."""

from tests.oracle.conventions import Data
from tests.oracle.worked import figure, verdicts


def rows(names: str, *lines: str) -> list[dict]:
    """One row a line; - is blank."""
    heads = names.split()
    return [dict(zip(heads, ["" if c == "-" else c for c in line.split()], strict=True)) for line in lines]


def cared_for(children: str) -> dict[str, list[dict]]:
    """Children of school age in care since 2015."""
    care = rows(
        "care_period_id child_id started_on ended_on legal_status",
        *(f"{child} {child} 2015-01-01 - -" for child in children.split()),
    )
    return {
        "care_periods": care,
        "children": [{"child_id": child, "born_on": "2010-05-01"} for child in children.split()],
    }


def test_eh_08_terms_counted_in_the_period():
    given = rows(
        "term eligible_count taking_up_count counted_on",
        "autumn 400 300 2017-12-31",
        "summer 100 90 2017-11-30",
        "undated 100 50 -",
        "blank - 50 -",
    )
    assert figure("EH-08", Data.of({"childcare_takeup": given})) == (350, 500, 0, 70.0, "final")


def test_lac_22_moves_of_the_school_year():
    moves = rows(
        "move_id child_id moved_on",
        "1 moved 2017-10-01",
        "2 summer 2017-09-30",
        "3 last 2017-07-31",
        "4 stayed -",
    )
    data = Data.of({**cared_for("moved summer last stayed none"), "school_moves": moves})
    assert verdicts("LAC-22", data) == {
        "moved": "not_met+",
        "summer": "met-",
        "last": "met-",
        "stayed": "met-",
        "none": "excluded",
    }


def test_lac_26_sessions_and_suspensions():
    returns = rows(
        "child_id term sessions_possible sessions_missed suspensions ended_on",
        "tenth autumn 100 10 0 2017-12-20",
        "less autumn 100 9 1 2017-12-20",
        "before summer 100 50 3 2017-07-20",
    )
    data = Data.of({**cared_for("tenth less before"), "virtual_school": returns})
    assert figure("LAC-26", data) == (19, 200, 0, 9.5, "final")
    assert verdicts("LAC-26", data, "persistent_absence") == {
        "tenth": "met+",
        "less": "not_met-",
        "before": "excluded",
    }
    assert figure("LAC-26", data, "suspended")[:2] == (1, 2)
