"""Cross-table rules (X01 to X17): each source alone and together, and no further back than a source reaches."""

import json
from collections import defaultdict
from csv import DictReader
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from goldenthread.checking import check_load, check_snapshot
from goldenthread.ingest.extract import Supply
from goldenthread.loading import load
from goldenthread.quality.rules import all_rules
from goldenthread.settings import Settings
from goldenthread.synthetic import write
from tests.builders import ALoad

AS_AT = date(2017, 12, 31)
CROSS_TABLE = [rule for rule in all_rules() if rule.id]
RULES = {rule.code: rule for rule in all_rules()}

# What a planted contradiction brings with it: care left open at 18 has neither a placement nor a
# referral any more, and a plan entered twice has no conference of its own.
FOLLOWS = {"X12": {"X02", "X15"}, "X07": {"X05"}}
SOURCES = {
    "local_extracts": ("local_extracts", AS_AT),
    "annex_a": ("annex_a.xlsx", AS_AT),
    "cin_census": ("cin_census.xml", date(2017, 3, 31)),
    "ssda903": ("ssda903", date(2017, 3, 31)),
}


@pytest.fixture(scope="module")
def east(tmp_path_factory):
    out = tmp_path_factory.mktemp("east")
    write(out, authority="east", children=400)
    return out


@pytest.fixture(scope="module")
def planted(east):
    """The children of each contradiction, and those of whom a cell of the workbook cannot be read."""
    children = defaultdict(set)
    for entry in json.loads((east / "planted.json").read_text("utf-8"))["planted"]:
        children[entry["rule"]].add(entry["child"])
    return children


@pytest.fixture(scope="module")
def found(east, tmp_path_factory):
    """The children of each rule, source by source, each source loaded by itself, and two together."""
    check = partial(check_snapshot, settings=Settings(), rules=CROSS_TABLE)
    wanted = {name: ([east / file], day) for name, (file, day) in SOURCES.items()}
    wanted["together"] = [east / "local_extracts", east / "annex_a.xlsx"], AS_AT
    answers = {}
    for name, (paths, day) in wanted.items():
        [loaded] = load(paths, as_at_on=day, store=tmp_path_factory.mktemp(name), check=check)
        answers[name] = defaultdict(set)
        for row in loaded.findings().to_pylist():
            answers[name][row["rule"]].add(row["child_id"])
    return answers


def _expected(rule: str, planted: dict[str, set[str]]) -> set[str]:
    causes = [cause for cause, brings in FOLLOWS.items() if rule in brings]
    return planted[rule].union(*(planted[cause] for cause in causes))


@pytest.mark.parametrize("source", ["local_extracts", "together"])
@pytest.mark.parametrize("rule", sorted({rule.id for rule in CROSS_TABLE}))
def test_in_local_extracts_every_contradiction_is_found_and_no_other(found, planted, source, rule):
    assert planted[rule]
    assert planted[rule] <= found[source][rule] <= _expected(rule, planted)


@pytest.mark.parametrize("source", ["annex_a", "cin_census", "ssda903"])
def test_a_return_by_itself_contradicts_itself_only_where_that_was_planted(east, found, planted, source):
    with (east / "local_extracts" / "conferences.csv").open(encoding="utf-8", newline="") as file:
        moved_in = {row["child_id"] for row in DictReader(file) if row["kind"] == "transfer_in"}
    may_be = {f"X{number:02d}": set(planted["error_cell"]) for number in range(1, 18)}
    may_be["X05"] |= moved_in  # Annex A has no list of transfer-in conferences
    for rule, allowed in may_be.items():
        strangers = found[source][rule] - set().union(*planted.values()) - allowed
        assert not strangers, f"{rule} on {source} alone"


@pytest.mark.parametrize("rule", ["X01", "X02", "X12", "X17"])
def test_what_a_workbook_by_itself_can_show_is_found_in_it(found, planted, rule):
    assert planted[rule] <= found["annex_a"][rule]


# How far back a source reaches: the same rows, from a local extract and from a return


def _fails(folder: Path, code: str, since: dict[str, str], **tables: str) -> list[str]:
    """The children of whom a rule says something; `since` names the tables of a return and its start."""
    one = ALoad(folder, AS_AT)
    for name, text in tables.items():
        one.add(name, text)
    for name in (need.partition("=")[0].partition(".")[0] for need in RULES[code].needs):
        if name not in tables:
            one.add(name, "child_id\n")
    for name, day in since.items():
        told = one.supply[name]
        source = Supply(source="annex_a", columns=told.columns, complete_since_on=date.fromisoformat(day))
        one.supply[name] = type(told)(
            told.columns,
            told.kinds,
            told.starts_on,
            filled_by=dict.fromkeys(told.columns, "annex_a"),
            sources=("annex_a",),
            by_source={"annex_a": source},
        )
    checked = check_load(one, Settings(), [RULES[code]])
    assert not checked.failed and not checked.skipped
    return sorted(finding.child_id or "" for finding in checked.findings)


def test_a_plan_is_compared_with_the_conferences_since_their_source_holds_them_all(tmp_path):
    plans = "child_id | started_on\n1 | 2017-06-30\n2 | 2017-07-01\n3 | 2017-08-01"
    conferences = "child_id | kind | held_on\n3 | initial | 2017-08-01"
    rule = partial(_fails, code="protection-plan-without-conference", cp_plans=plans, conferences=conferences)
    assert rule(tmp_path, since={}) == ["1", "2"]
    assert rule(tmp_path, since={"conferences": "2017-07-01"}) == ["2"]


def test_a_conference_is_compared_with_the_plans_since_their_source_holds_them_all(tmp_path):
    conferences = """
        child_id | kind    | held_on    | is_cp_plan_made
        1        | initial | 2017-06-30 | yes
        2        | initial | 2017-07-01 | yes
        """
    rule = partial(_fails, code="conference-made-no-plan", conferences=conferences)
    assert rule(tmp_path, since={}) == ["1", "2"]
    assert rule(tmp_path, since={"cp_plans": "2017-07-01"}) == ["2"]


def test_a_review_before_a_plan_is_of_an_earlier_one_that_another_source_does_not_hold(tmp_path):
    reviews = """
        child_id | kind   | held_on    | from_source
        1        | review | 2017-06-30 | {source}
        2        | review | 2017-07-01 | {source}
        """
    plans = """
        child_id | started_on | from_source
        1        | 2017-09-01 | annex_a
        2        | 2017-09-01 | annex_a
        """
    rule = partial(
        _fails, code="review-on-or-before-plan-start", cp_plans=plans, since={"cp_plans": "2017-07-01"}
    )
    assert rule(tmp_path, conferences=reviews.format(source="local_extracts")) == ["2"]
    # One line of list 7 gives both: its review is that of its plan.
    assert rule(tmp_path, conferences=reviews.format(source="annex_a")) == ["1", "2"]


def test_a_placement_of_before_what_is_held_of_care_is_left_alone(tmp_path):
    placements = """
        child_id | started_on | ended_on
        1        | 2017-01-01 | 2017-07-01
        2        | 2017-01-01 | 2017-07-02
        """
    rule = partial(_fails, code="placement-outside-care", placements=placements)
    assert rule(tmp_path, since={}) == ["1", "2"]
    assert rule(tmp_path, since={"care_periods": "2017-07-01"}) == ["2"]


@pytest.mark.parametrize("name", ["referrals", "cin_plans", "cp_plans", "care_periods"])
def test_a_visit_of_before_what_is_held_of_plans_and_care_is_left_alone(tmp_path, name):
    visits = """
        child_id | visited_at | kind
        1        | 2017-06-30 | other
        2        | 2017-07-01 | other
        """
    referrals = """
        child_id | received_on | closed_on
        1        | 2017-01-02  | 2017-02-01
        2        | 2017-01-02  | 2017-02-01
        """
    rule = partial(_fails, code="visit-after-closure", visits=visits, referrals=referrals)
    assert rule(tmp_path, since={}) == ["1", "2"]
    assert rule(tmp_path, since={name: "2017-07-01"}) == ["2"]


# The same fault in rules that compare rows of one kind of record


def test_a_return_of_one_year_says_nothing_of_care_before_it(tmp_path):
    statuses = """
        child_id | recorded_on | is_service_open | eligibility
        1        | 2017-12-31  | yes             | former_relevant
        """
    rule = partial(
        _fails,
        code="care-leaver-never-in-care",
        care_leaver_statuses=statuses,
        children="child_id | born_on\n1 | 1998-05-02",
    )
    assert rule(tmp_path, since={}) == ["1"]
    assert rule(tmp_path, since={"care_periods": "2017-07-01"}) == []


@pytest.mark.parametrize("code", ["two-open-episodes", "referral-during-open-episode"])
def test_a_workbook_does_not_say_when_an_earlier_episode_ended(tmp_path, code):
    closed = "2017-11-30" if code == "referral-during-open-episode" else ""
    referrals = f"""
        child_id | received_on | closed_on | from_source
        1        | 2017-07-03  |           | {{source}}
        1        | 2017-11-01  | {closed}  | {{source}}
        """
    rule = partial(_fails, code=code, since={})
    assert set(rule(tmp_path, referrals=referrals.format(source="local_extracts"))) == {"1"}
    assert rule(tmp_path, referrals=referrals.format(source="annex_a")) == []
