"""FIN-01 to FIN-04 and SUF-01 to SUF-05 by hand. RD is 31 December 2017."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from tests.oracle.conventions import Data
from tests.oracle.worked import figure, verdicts

LINE = (
    "line_id month category budget_amount spend_to_date_amount forecast_amount permanent_equivalent_amount"
).split()
PLACEMENT = (
    "placement_id child_id started_on ended_on placement_type provider end_reason arrangement notice_hours "
    "is_registered weekly_cost"
).split()
CARE = "care_period_id child_id started_on ended_on legal_status".split()


def budget(*given):
    """(line_id, month, category, budget, spend, forecast, equivalent)."""
    lines = [dict(zip(LINE, (*line, "", "", "")[:7], strict=True)) for line in given]
    return Data.of({"budget_lines": [{**line, "service_line": "s"} for line in lines]})


def test_fin_01_forecast_less_budget_in_the_latest_month_of_the_file():
    data = budget(
        ("1", "2017-12", "placements", "100", "", "110.50"),
        ("2", "2017-12", "other", "50", "", "45"),
        ("3", "2017-12", "improvement_programme", "999", "", "1"),
        ("4", "2017-11", "other", "70", "", "90"),  # only in an earlier month
        ("5", "2018-01", "other", "70", "", "90"),
    )
    assert figure("FIN-01", data) == (Decimal("5.50"), 150, 0, 3.7, "final")
    in_november = figure("FIN-01", data, p0=date(2017, 11, 1), p1=date(2017, 11, 15))
    assert in_november == (20, 70, 0, 28.6, "final")
    blank = budget(("1", "2017-12", "other", "100", "", "90"), ("2", "2017-12", "other", "40", "", ""))
    assert figure("FIN-01", blank) == (-10, 100, 0, -10.0, "partial")
    later = budget(("5", "2018-01", "other", "70", "", "90"))
    assert figure("FIN-01", later) == (0, 0, 0, None, "no_cases")


def test_fin_02_programme_spend_and_forecast():
    data = budget(
        ("1", "2017-12", "improvement_programme", "100", "40", "90"),
        ("2", "2017-12", "improvement_programme", "300", "60", ""),
        ("3", "2017-12", "other", "1", "1", "1"),
    )
    assert figure("FIN-02", data) == (100, 400, 0, 25.0, "final")
    assert figure("FIN-02", data, "forecast") == (90, 100, 0, 90.0, "partial")


def test_fin_04_agency_spend_and_premium():
    data = budget(
        ("1", "2017-12", "staffing_permanent", "0", "300"),
        ("2", "2017-12", "staffing_agency", "0", "100", "", "70.5"),
        ("3", "2017-12", "staffing_agency", "0", "50", "", ""),
        ("4", "2017-12", "staffing_agency", "0", "", "", "20"),
    )
    assert figure("FIN-04", data) == (150, 450, 0, 33.3, "partial")
    assert figure("FIN-04", data, "premium") == (Decimal("29.5"), None, 0, 29.5, "partial")
    data.columns["budget_lines"].remove("permanent_equivalent_amount")
    assert figure("FIN-04", data, "premium")[4] == "not_computable"


def placements(*given, **more):
    """Placements, each a dict with at least placement_id; the child is c + placement_id."""
    blank = {**dict.fromkeys(PLACEMENT, ""), "placement_type": "U1", "started_on": "2017-12-01"}
    lines = [{**blank, "child_id": "c" + line["placement_id"], **line} for line in given]
    return Data.of({"placements": lines, **more})


def test_fin_03_days_of_overlap():
    data = placements(
        {"placement_id": "to the end", "started_on": "2017-12-25", "weekly_cost": "700"},  # 25th to 31st: 7
        {
            "placement_id": "one day",
            "started_on": "2017-11-01",
            "ended_on": "2017-12-02",
            "weekly_cost": "70",
        },
        {"placement_id": "before", "started_on": "2017-11-01", "ended_on": "2017-12-01", "weekly_cost": "70"},
        {"placement_id": "same day", "ended_on": "2017-12-01", "weekly_cost": "70"},
        {"placement_id": "blank", "started_on": "2017-12-31"},
        {"placement_id": "backwards", "started_on": "2017-12-10", "ended_on": "2017-12-05"},
    )
    assert figure("FIN-03", data) == (710, Fraction(8, 7), 1, 621.3, "final")
    assert verdicts("FIN-03", data) == {"to the end": "+", "one day": "+", "blank": "unknown"}


def test_suf_01_unplanned_or_at_short_notice():
    data = placements(
        {"placement_id": "planned", "arrangement": "planned", "notice_hours": "24"},
        {
            "placement_id": "short",
            "arrangement": "planned",
            "notice_hours": "23.9",
            "started_on": "2017-12-31",
        },
        {"placement_id": "unplanned", "arrangement": "unplanned"},
        {"placement_id": "hours alone", "notice_hours": "72"},
        {"placement_id": "blank"},
        {"placement_id": "temporary", "arrangement": "emergency", "placement_type": "T4"},
        {"placement_id": "earlier", "arrangement": "emergency", "started_on": "2017-11-30"},
    )
    assert verdicts("SUF-01", data) == {
        "planned": "met-",
        "short": "not_met+",
        "unplanned": "not_met+",
        "hours alone": "met-",
        "blank": "unknown",
    }
    assert figure("SUF-01", data) == (2, 4, 1, 50.0, "final")


def test_suf_01_disruption_among_those_ended():
    ended = {"started_on": "2017-01-02", "ended_on": "2017-12-31"}
    data = placements(
        {"placement_id": "disrupted", **ended, "end_reason": "STAND"},
        {"placement_id": "planned", **ended, "end_reason": "CARPL"},
        {"placement_id": "blank", **ended},
        {"placement_id": "later", **ended, "ended_on": "2018-01-01", "end_reason": "STAND"},
        {"placement_id": "temporary", **ended, "end_reason": "STAND", "placement_type": "T0"},
    )
    assert verdicts("SUF-01", data, "disruption") == {
        "disrupted": "not_met+",
        "planned": "met-",
        "blank": "unknown",
    }
    assert figure("SUF-01", data) == (0, 0, 0, None, "no_cases")
    data.columns["placements"].remove("end_reason")
    assert figure("SUF-01", data, "disruption")[4] == "not_computable"


def care(*given):
    """(child_id, started_on, ended_on, legal_status)."""
    return [dict(zip(CARE, (str(n), *line), strict=True)) for n, line in enumerate(given)]


def test_suf_02_still_at_home_after_six_months():
    starts = [
        ("home", "2017-06-10", "edge_of_care"),  # six months end on 10 December
        ("equal", "2017-06-10", "edge_of_care"),
        ("after", "2017-06-10", "edge_of_care"),
        ("month end", "2017-08-31", "edge_of_care"),  # six months end on 28 February 2018
        ("already", "2017-06-10", "edge_of_care"),
        ("breaks", "2017-06-10", "edge_of_care"),
        ("help", "2017-06-10", "early_help"),
    ]
    episodes = [
        {"episode_id": c, "child_id": c, "started_on": day, "service": service} for c, day, service in starts
    ]
    twice = [
        {"episode_id": n, "child_id": "twice", "started_on": day, "service": "edge_of_care"}
        for n, day in (("t2", "2017-06-05"), ("t1", "2017-06-05"), ("t0", "2017-06-20"))
    ]
    data = Data.of(
        {
            "early_help_episodes": [*episodes, *twice],
            "care_periods": care(
                ("equal", "2017-12-10", "", "C2"),
                ("after", "2017-12-11", "", "C2"),
                ("already", "2017-06-10", "", "C2"),
                ("breaks", "2017-06-10", "", "V4"),
                ("twice", "2017-12-06", "", "C2"),
            ),
        }
    )
    assert verdicts("SUF-02", data) == {
        "home": "met+",
        "equal": "not_met-",
        "after": "met+",
        "breaks": "met+",
        "t1": "met+",
    }
    assert figure("SUF-02", data) == (4, 5, 0, 80.0, "final")


def test_suf_03_in_house_share_of_foster_placements():
    data = placements(
        {"placement_id": "in house", "child_id": "1", "provider": "PR1"},
        {"placement_id": "private", "child_id": "2", "provider": "PR4", "placement_type": "U6"},
        {"placement_id": "blank", "child_id": "3"},
        {"placement_id": "home", "child_id": "4", "provider": "PR1", "placement_type": "K2"},
        {"placement_id": "adult", "child_id": "5", "provider": "PR1"},
        {"placement_id": "moved", "child_id": "6", "provider": "PR1"},
        {"placement_id": "moved to", "child_id": "6", "provider": "PR5", "started_on": "2017-12-02"},
        care_periods=care(*((str(n), "2017-01-02", "", "C2") for n in range(1, 7))),
        children=[{"child_id": "5", "born_on": "1999-12-31"}],
    )
    assert verdicts("SUF-03", data) == {"1": "met+", "2": "not_met-", "3": "unknown", "6": "not_met-"}
    assert figure("SUF-03", data) == (1, 3, 1, 33.3, "final")
    assert figure("SUF-03", data, "occupancy")[4] == "not_computable"


def test_suf_04_aged_thirteen_and_sixteen_on_entry():
    data = Data.of(
        {
            "children": [
                {"child_id": c, "born_on": born, "is_unborn": unborn}
                for c, born, unborn in (
                    ("13", "2004-12-10", ""),
                    ("12", "2004-12-11", ""),
                    ("16", "2001-12", ""),
                    ("unborn", "", "true"),
                    ("blank", "", ""),
                )
            ],
            "care_periods": care(
                *((c, "2017-12-10", "", "") for c in ("13", "12", "16", "unborn", "blank", "not listed")),
                ("13", "2017-12-10", "", "V3"),
            ),
        }
    )
    expected = {"0": "met+", "1": "not_met-", "2": "met+", "3": "not_met-", "4": "unknown", "5": "unknown"}
    assert verdicts("SUF-04", data) == expected
    assert figure("SUF-04", data) == (2, 4, 2, 50.0, "final")
    assert figure("SUF-04", data, "age16") == (1, 4, 2, 25.0, "final")


def test_suf_05_unregistered_or_unregulated_under_sixteen():
    children = [("1", "2001-12-31"), ("2", "2002-01-01"), ("3", "2010-01-01"), ("4", "2010-01-01"), ("5", "")]
    data = placements(
        {"placement_id": "16 today", "child_id": "1", "placement_type": "H5"},
        {"placement_id": "16 tomorrow", "child_id": "2", "placement_type": "K3"},
        {"placement_id": "unregistered", "child_id": "3", "is_registered": "false"},
        {"placement_id": "unknown age", "child_id": "5", "placement_type": "H5"},
        care_periods=care(*((child, "2017-01-02", "", "C2") for child, _ in children)),
        children=[{"child_id": child, "born_on": born} for child, born in children],
    )
    assert verdicts("SUF-05", data) == {
        "1": "met-",
        "2": "not_met+",
        "3": "not_met+",
        "4": "met-",
        "5": "unknown",
    }
    assert figure("SUF-05", data) == (2, 4, 1, 2, "final")
