"""DQ-01 to DQ-03 worked by hand: what a load says of itself, line by line."""

import json
from functools import partial
from pathlib import Path

import pytest

from goldenthread.checking import check_snapshot
from goldenthread.figures.figure import Figure
from goldenthread.figures.listing import Row, rows
from goldenthread.figures.work_out import figures
from goldenthread.indicators.data_quality import RULES_NEED, RULES_NEED_PART
from goldenthread.loading import load
from goldenthread.periods import Every, Period, periods
from goldenthread.populations.key_cells import CONDITIONAL, key_columns
from goldenthread.quality.rules import all_rules
from goldenthread.settings import Settings
from goldenthread.standard import standard_tables
from goldenthread.store import Store
from tests.deliveries import AS_AT, a_folder
from tests.samples import sample

TODAY = Period(AS_AT, AS_AT, AS_AT)
FILES = {
    # line 2 is right; 3 has a sex that is no code; 4 has no ethnicity; 5 is unborn; 6 equals 2;
    # 7 has no child.
    "children": """child_id,born_on,is_unborn,sex,ethnicity,has_disability
        c1,2010-01-01,false,F,WBRI,false
        c2,2012-01-01,false,X,WBRI,false
        c3,2012-01-01,false,M,,true
        c4,,true,,,
        c1,2010-01-01,false,F,WBRI,false
        ,2012-01-01,false,M,WBRI,true
        """,
    # line 2 is right; 3 and 4 contradict each other; 5 has two fields too few.
    "cp_plans": """cp_plan_id,child_id,started_on,ended_on,latest_category,team
        p1,c1,2017-01-02,,NEG,Team A
        p2,c2,2017-01-02,,NEG,Team A
        p2,c2,2017-02-02,,EMO,Team A
        p4,c3,2017-02-02,
        """,
    # c2 has none open, so its plan contradicts it; p1 of c1 stands on one.
    "referrals": """referral_id,child_id,received_on,closed_on,close_reason,source,is_nfa,primary_need
        r1,c1,2017-01-01,,,1A,false,N1
        r2,c3,2017-01-01,2017-03-01,RC7,1A,false,
        """,
}


def loaded(folder: Path, **changed: str) -> Store:
    a_folder(folder / "in", **{**FILES, **changed})
    check = partial(check_snapshot, settings=Settings())
    load([folder / "in"], as_at_on=AS_AT, store=folder / "store", authority="999", check=check)
    return Store.open(folder / "store")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return loaded(tmp_path_factory.mktemp("dq"))


def figure(store: Store, ref: str) -> Figure:
    [found] = figures(store, [TODAY], Settings(), refs=[ref])
    return found


def behind(store: Store, ref: str, **options: object) -> dict[str, Row]:
    found = list(rows(store, TODAY, Settings(), ref, **options))  # type: ignore[arg-type]
    return {str(row.key or row.child_id): row for row in found}


def test_dq_01_every_line_counts_and_an_error_fails_it(store: Store) -> None:
    found = behind(store, "DQ-01")
    wrong = {key for key, row in found.items() if row.met is False}
    assert wrong == {
        "children.csv|3",  # a sex that is no code
        "children.csv|7",  # no child: quarantined
        "cp_plans.csv|3",  # the same key and other values
        "cp_plans.csv|4",
        "cp_plans.csv|5",  # too few fields
    }
    assert len(found) == 6 + 4 + 2
    assert found["children.csv|6"].met is True  # equal to line 2: an information, no error
    assert found["children.csv|3"].reason == "An error was found: R05."
    line = figure(store, "DQ-01")
    assert (line.numerator, line.denominator, line.unknown, str(line.status)) == (7, 12, 0, "final")
    assert str(line.value) == "58.3"


def test_dq_02_counts_the_cells_that_should_hold_a_value(store: Store) -> None:
    found = behind(store, "DQ-02")
    blank = {key: (row.denominator, row.reason) for key, row in found.items() if row.met is False}
    assert blank == {
        "children.csv|3|sex": (1, "Blank or not valid: sex."),
        "children.csv|4|ethnicity": (1, "Blank or not valid: ethnicity."),
        "children.csv|7|child_id": (1, "Blank or not valid: child_id."),
        "cp_plans.csv|5|cp_plan_id, child_id, started_on, latest_category": (
            4,
            "Blank or not valid: cp_plan_id, child_id, started_on, latest_category.",
        ),
        "referrals.csv|3|primary_need": (1, "Blank or not valid: primary_need."),
    }
    # children: child_id, born_on, sex, ethnicity, has_disability of each but the unborn child (1 cell)
    assert found["children.csv|2"].denominator == 5
    assert found["children.csv|5"].denominator == 1
    # referrals: referral_id, child_id, received_on, source, is_nfa, primary_need; close_reason if closed
    assert found["referrals.csv|2"].denominator == 6
    assert found["referrals.csv|3"].denominator == 6  # close_reason, and not primary_need
    line = figure(store, "DQ-02")
    assert line.denominator == sum(row.denominator for row in found.values())
    assert (line.numerator, line.denominator) == (55 - 8, 55)


def test_dq_02_leaves_out_a_column_that_was_not_supplied_and_names_it(tmp_path: Path) -> None:
    without = "child_id,born_on\n        c1,2010-01-01"
    line = figure(loaded(tmp_path, children=without), "DQ-02")
    assert str(line.status) == "partial"
    assert "children.csv has no sex" in line.note
    assert "visits.csv" not in line.note  # a file that was not delivered is not about columns


def test_dq_03_a_child_about_whom_lists_contradict_each_other(store: Store) -> None:
    found = behind(store, "DQ-03")
    # p1 has no conference (but none was supplied: that rule is skipped), and stands on r1.
    assert {child: row.met for child, row in found.items()} == {
        "c1": True,
        "c2": True,
        "c3": True,
        "c4": True,
    }
    line = figure(store, "DQ-03")
    assert (line.numerator, line.denominator, str(line.status)) == (4, 4, "partial")
    assert "skipped without conferences: X05, X06, X14, X16" in line.note
    assert "referrals" not in line.note


def test_dq_03_counts_each_child_once(tmp_path: Path) -> None:
    plans = """cp_plan_id,child_id,started_on,ended_on
        p1,c1,2017-01-02,
        p2,c1,2017-01-02,
        p3,c2,2017-01-02,
        """
    found = behind(loaded(tmp_path, cp_plans=plans), "DQ-03")
    assert {child: row.met for child, row in found.items()} == {
        "c1": False,
        "c2": False,
        "c3": True,
        "c4": True,
    }
    assert found["c1"].reason == "The lists contradict each other about this child: X07."
    assert found["c2"].reason == "The lists contradict each other about this child: X01."


def test_dq_03_says_when_the_rules_were_not_run(tmp_path: Path) -> None:
    a_folder(tmp_path / "in", **FILES)
    load([tmp_path / "in"], as_at_on=AS_AT, store=tmp_path / "store", authority="999")
    line = figure(Store.open(tmp_path / "store"), "DQ-03")
    assert "the data-quality rules were not run when this was loaded" in line.note


def test_dq_03_names_the_rules_that_each_lack_skips() -> None:
    lacks: dict[str, set[str]] = {}
    for rule in all_rules():
        for need in rule.needs if rule.id else ():
            name, column = need.partition("=")[0].partition(".")[0], need.partition(".")[2]
            lacks.setdefault(name, set()).add(rule.id)
            if "=" in need or column not in standard_tables()[name].required:
                lacks.setdefault(need, set()).add(rule.id)
    del lacks["plan_meetings"], lacks["management_oversights"]  # X04 is run on visits without them
    named = {need: set(rules.split(", ")) for need, rules in {**RULES_NEED, **RULES_NEED_PART}.items()}
    assert named == lacks


def test_a_series_by_team_adds_up_to_the_lines_of_the_load(store: Store) -> None:
    series = periods(as_at_on=AS_AT, every=Every.MONTH)
    for ref, of in (("DQ-01", 12), ("DQ-02", 55)):
        by_team = list(figures(store, series, Settings(), refs=[ref], by=["team"]))
        for period in series:
            of_period = [line for line in by_team if line.period == period]
            assert sum(line.denominator or 0 for line in of_period) == of
        assert {line.breakdown["team"] for line in by_team} == {"Team A", "not known"}


def test_key_cells_are_those_of_the_specification() -> None:
    spec = json.loads(sample("specs/local_extracts.json").read_text("utf-8"))
    assert set(CONDITIONAL) == {entry["column"] for entry in spec["conditional_cells"]}
    counted = {f"{name}.{column}" for name, of in standard_tables().items() for column in key_columns(of)}
    assert counted >= set(spec["key_fields"])
