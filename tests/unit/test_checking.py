"""Running the rules: loud where one fails, named where one is skipped, and the same for every load."""

import json
import re
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from goldenthread.checking import RULE_FAILED, RULES_RUN, check_load, check_snapshot, skipped_rules
from goldenthread.checking.open_failures import columns_read, open_failures
from goldenthread.checking.report import filed_under, known_rule, report, told
from goldenthread.checking.standard_checks import all_checks, filed, standard_checks
from goldenthread.figures.availability import Supplies
from goldenthread.indicators.catalogue import catalogue
from goldenthread.ingest.extract import Severity
from goldenthread.loading import load
from goldenthread.quality.rule import Rule
from goldenthread.quality.rules import all_rules
from goldenthread.settings import Settings
from goldenthread.standard import standard_tables, table
from goldenthread.store import Load, Store
from tests.builders import ALoad
from tests.deliveries import AS_AT, a_folder
from tests.samples import sample

_VISITS = table("visits").rows
FILES = {
    "children": """child_id,born_on,is_unborn,sex,ethnicity,has_disability
        c1,2010-01-01,false,F,WBRI,false
        c2,2012-01-01,false,X,WBRI,false
        c3,2012-01-01,false,,WBRI,false
        """,
    "visits": """visit_id,child_id,kind,visited_at,is_seen,is_seen_alone,team,worker_id
        v1,c1,cp,2017-05-02,false,true,Team A,w1
        v2,c2,cp,2017-05-02,true,,,
        v3,c3,cp,2017-05-02,true,,Team B,w2
        v4,c3,cp,,true,,Team B,w2
        """,
    "allocations": """allocation_id,child_id,worker_id,team,role,started_on
        a2,c2,w2,Team B,social_worker,2017-01-01
        """,
    "cp_plans": """cp_plan_id,child_id,started_on,ended_on
        p1,c1,2017-01-02,
        p2,c2,2017-01-02,2017-02-02
        """,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("checking")
    a_folder(folder / "in", **FILES)
    check = partial(check_snapshot, settings=Settings())
    load([folder / "in"], as_at_on=AS_AT, store=folder / "store", authority="999", check=check)
    return Store.open(folder / "store")


def current(store: Store) -> Load:
    found = store.current()
    assert found is not None
    return found


def a_rule(code: str, fails: object, **more: object) -> Rule:
    told = {"table": "visits", "rows": _VISITS, "shows": ("kind",), "needs": ("visits.kind",)} | more
    return Rule(code=code, title="A title", advice="An advice.", fails=fails, **told)  # type: ignore[arg-type]


# --- what is run, what is not, and what fails


def test_a_rule_that_raises_is_a_finding_of_its_own_and_the_others_are_run(store: Store) -> None:
    raising = a_rule("raising", _VISITS.kind.cast("int64") > 0)
    fine = a_rule("fine", _VISITS.kind == "cp")
    checked = check_load(current(store), Settings(), [raising, fine])
    assert set(checked.failed) == {"raising"}
    by_rule = {finding.rule: finding for finding in checked.findings}
    assert by_rule[RULE_FAILED].severity is Severity.ERROR
    assert by_rule[RULE_FAILED].value == "raising"
    assert "could not be run" in by_rule[RULE_FAILED].message
    assert [f.rule for f in checked.findings].count("fine") == 3
    assert "1 could not be run" in checked.all_findings[-1].message


def test_a_rule_on_a_population_that_cannot_be_worked_out_is_loud_too(store: Store) -> None:
    nowhere = table("visits").rows.mutate(number=_VISITS.kind.cast("int64"))
    raising = a_rule("deep", nowhere.number > 0, rows=nowhere)
    checked = check_load(current(store), Settings(), [raising])
    assert [f.rule for f in checked.findings] == [RULE_FAILED]


def test_a_null_never_fails(store: Store) -> None:
    blank = a_rule("blank", _VISITS.is_seen_alone == False)  # noqa: E712
    assert check_load(current(store), Settings(), [blank]).findings == []


def test_a_rule_whose_needs_were_not_supplied_is_skipped_and_named(tmp_path: Path) -> None:
    one = ALoad(tmp_path, AS_AT)
    one.add("cp_plans", "child_id | started_on\n1 | 2017-01-02")
    skipped = skipped_rules(Supplies(one.supply))
    assert skipped["protection-plan-without-open-referral"] == ("referrals.closed_on",)
    assert "overlapping-protection-plans" not in skipped
    checked = check_load(one, Settings())
    assert checked.skipped == skipped
    assert "X01" not in {finding.rule for finding in checked.findings}


def test_a_load_beyond_the_bank_holidays_says_that_no_rule_was_run(tmp_path: Path) -> None:
    one = ALoad(tmp_path, date(2001, 12, 31))
    one.add("cp_plans", "child_id | started_on\n1 | 2001-01-02")
    checked = check_load(one, Settings())
    assert [(f.rule, f.severity) for f in checked.findings] == [(RULE_FAILED, Severity.ERROR)]
    assert "No rule could be run" in checked.findings[0].message


# --- at load


def test_findings_are_written_with_the_load_each_with_its_place(store: Store) -> None:
    rows = current(store).findings().to_pylist()
    [found] = [row for row in rows if row["rule"] == "seen-alone-but-not-seen"]
    assert (found["source"], found["file"], found["row"]) == ("local_extracts", "visits.csv", 2)
    assert (found["table"], found["column"], found["value"]) == ("visits", "is_seen", "false")
    assert (found["child_id"], found["team"], found["worker_id"]) == ("c1", "Team A", "w1")
    assert found["details"] == "visited_at: 2017-05-02; kind: cp; is_seen: false; is_seen_alone: true"
    [run] = [row for row in rows if row["rule"] == RULES_RUN]
    assert re.match(r"\d+ rules were run, \d+ were not", run["message"])


def test_a_load_in_a_store_gives_the_findings_it_was_given_when_loaded(store: Store) -> None:
    again = check_load(current(store), Settings()).findings
    ours = {rule.name for rule in all_rules()}
    stored = [row for row in current(store).findings().to_pylist() if row["rule"] in ours]
    key = [(f.rule, f.file, f.row, f.column, f.child_id, f.details) for f in again]
    names = ("rule", "file", "row", "column", "child_id", "details")
    assert sorted(map(str, key)) == sorted(str(tuple(row[name] for name in names)) for row in stored)


def test_the_rules_do_not_change_what_is_loaded(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "in", **FILES)
    check = partial(check_snapshot, settings=Settings())
    [with_rules] = load([folder], as_at_on=AS_AT, store=tmp_path / "a", authority="999", check=check)
    [without] = load([folder], as_at_on=AS_AT, store=tmp_path / "b", authority="999")
    assert with_rules.hash == without.hash


# --- the report


def test_the_report_counts_by_rule_and_by_team(store: Store) -> None:
    found = report(store, current(store), Settings())
    lines = {(line["rule"], line["table"]): line for line in found.by_rule()}
    assert lines["R05", "children"]["findings"] == 1
    assert lines["protection-visit-without-plan", "visits"]["children"] == 2
    assert lines["protection-visit-without-plan", "visits"]["advice"].startswith("Correct the kind")
    assert [line["severity"] for line in found.by_rule()] == sorted(
        (line["severity"] for line in found.by_rule()), key=["error", "warning", "info"].index
    )
    assert {line["team"] for line in found.by_team()} >= {"Team A", "Team B", "not known"}
    assert RULES_RUN not in {row["rule"] for row in found.rows}


def test_a_row_without_a_team_is_shown_to_the_team_that_holds_the_child(store: Store) -> None:
    found = report(store, current(store), Settings(), team="Team B")
    placed = {(row["rule"], row["child_id"], row["row"]) for row in found.rows}
    assert ("protection-visit-without-plan", "c2", 3) in placed  # by the allocation
    assert ("R05", "c3", 5) in placed  # a row that was not used, by its own team
    assert all(row["child_id"] != "c1" for row in found.rows)


def test_the_report_is_cut_to_a_severity_and_a_rule(store: Store) -> None:
    errors = report(store, current(store), Settings(), severity="error")
    assert {row["severity"] for row in errors.rows} == {"error"}
    by_code = report(store, current(store), Settings(), rule="seen-alone-but-not-seen")
    assert [row["row"] for row in by_code.rows] == [2]
    assert report(store, current(store), Settings(), rule="R05").rows


def test_a_load_made_without_the_rules_is_checked_when_it_is_looked_at(tmp_path: Path) -> None:
    a_folder(tmp_path / "in", **FILES)
    load([tmp_path / "in"], as_at_on=AS_AT, store=tmp_path / "store", authority="999")
    kept = Store.open(tmp_path / "store")
    found = report(kept, current(kept), Settings(), rule="seen-alone-but-not-seen")
    assert len(found.rows) == 1


def test_a_finding_of_a_rule_that_is_no_more_is_told_as_what_was_read() -> None:
    """A load of an earlier version is still reported on."""
    assert told("rule-of-last-year", "visits") == tuple(
        filed()["reading"][name] for name in ("title", "advice")
    )


def test_a_load_into_a_day_beyond_the_bank_holidays_says_that_no_rule_was_run(tmp_path: Path) -> None:
    a_folder(tmp_path / "in", **FILES)
    check = partial(check_snapshot, settings=Settings())
    [one] = load([tmp_path / "in"], as_at_on=date(2031, 1, 31), store=tmp_path / "store", check=check)
    [found] = [row for row in one.findings().to_pylist() if row["rule"] == RULE_FAILED]
    assert found["message"].startswith("No rule could be run: OutsideCalendar: ")


def test_one_id_may_stand_for_rules_of_several_tables() -> None:
    assert filed_under("visit-after-closure") == ("X04", "visits")
    assert filed_under("X04") == ("X04", "")
    assert known_rule("X04") and known_rule("R05") and not known_rule("X99")


# --- every indicator and the failures on its columns


def test_an_indicator_shows_the_failures_on_its_own_columns(store: Store) -> None:
    found = open_failures(current(store))
    assert found["CP-09"]["warning"] >= 1  # reads visits.is_seen
    assert "WF-03" not in found  # reads posts only
    assert all(set(counts) <= {"error", "warning", "info"} for counts in found.values())


def test_columns_read_are_those_of_the_routes() -> None:
    read = columns_read(catalogue()["CP-09"])
    assert ("visits", "visited_at") in read
    assert any(name.startswith("annex_a_list_") for name, _ in read)


# --- the list of rules


def test_every_rule_says_what_is_wrong_and_what_to_do() -> None:
    assert len(all_rules()) >= 120
    for rule in all_rules():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.code), rule.code
        assert rule.title[0].isupper() and not rule.title.endswith("."), rule.code
        assert rule.advice.endswith(".") and rule.advice[0].isupper(), rule.code
        assert rule.shows and rule.needs, rule.code
        known = standard_tables()
        for need in rule.needs:
            name, _, column = need.partition("=")[0].partition(".")
            assert name in known and (not column or column in known[name].column), (rule.code, need)


def test_no_two_rules_say_the_same() -> None:
    titles = [rule.title for rule in all_rules()]
    assert len(titles) == len(set(titles))


def test_errors_are_what_the_specification_calls_an_error() -> None:
    errors = {rule.code for rule in all_rules() if rule.severity == "error"}
    assert errors == {
        "contact-decided-before-received",  # FD-02
        "no-factors-with-factors",  # AS-10
        "overlapping-protection-plans",  # CP-15
        "protection-plan-of-no-days",  # CP-16
        "looked-after-without-legal-status",  # LAC-01
        "looked-after-without-birth-date",  # LAC-01, LAC-11
    }


def test_the_cross_table_rules_are_those_of_the_specification() -> None:
    spec = json.loads(sample("specs/local_extracts.json").read_text("utf-8"))
    asked = {entry["id"] for entry in spec["cross_table_rules"]}
    assert {rule.id for rule in all_rules() if rule.id} == asked


def test_every_column_is_checked_by_what_follows_from_the_standard() -> None:
    codes = [check.code for check in all_checks()]
    assert len(codes) == len(set(codes))
    checked = {(check.table, check.column) for check in standard_checks()}
    for name, of in standard_tables().items():
        typed = {column.name for column in of.columns if column.type not in ("text", "code_list")}
        assert {(name, column) for column in typed | set(of.required)} <= checked
        assert (name, "") in checked  # the key


def test_what_the_readers_file_has_a_title_and_an_advice() -> None:
    for name, words in filed().items():
        assert set(words) == {"title", "advice"} and words["advice"].endswith("."), name
    assert {f"R{number:02}" for number in range(1, 17)} <= set(filed())
