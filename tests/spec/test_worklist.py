"""The worklist as a whole: states, words, whose line it is, the day of reading, and what cannot be told."""

import json
from datetime import date
from pathlib import Path

import pytest

from goldenthread.loading import load
from goldenthread.settings import Settings
from goldenthread.store import Store
from goldenthread.worklist.items import items
from goldenthread.worklist.lines import Only, State, worklist
from tests.annex_a_workbooks import AS_AT, a_row, a_workbook
from tests.builders import ALoad
from tests.spec.worklist_example import a_load, check, lines_of

CONTRACT = Path(__file__).parents[3] / "shared" / "specs" / "local_extracts.json"

PLANS = """
    child_id | started_on | team   | worker_id
    ---------+------------+--------+----------
    c1       | 2017-05-31 | Team A | w9
    c2       | 2017-06-02 | Team A | w9
    c3       | 2017-06-09 | Team B | w8
    c4       | 2017-05-15 | Team B | w8
"""


def test_the_items_are_those_of_the_specification():
    if not CONTRACT.is_file():
        pytest.skip(f"the specification is not beside the repository: {CONTRACT.name}")
    expected = json.loads(CONTRACT.read_text("utf-8"))["worklist"]
    found = [(item.code, item.label, item.timescale) for item in items().values()]
    assert found == [(one["item"], one["label"], one["timescale_ref"]) for one in expected]


def test_on_a_saturday_what_was_due_on_friday_is_overdue_by_no_working_day(tmp_path):
    found = lines_of(tmp_path, "cp_visit", {"cp_plans": PLANS}, on="2017-06-17")
    line = next(line for line in found if line.child_id == "c2")
    assert (line.next_due, line.state, line.working_days_overdue) == (date(2017, 6, 16), State.OVERDUE, 0)
    assert line.why.endswith("It was due by 2017-06-16; no working day has passed since.")


def test_on_a_friday_what_is_due_on_the_sunday_leaves_no_working_day(tmp_path):
    statuses = """
        child_id | recorded_on | is_service_open | eligibility     | last_contact_on
        ---------+-------------+-----------------+-----------------+----------------
        c1       | 2017-01-01  | yes             | former_relevant | 2017-04-23
    """
    [line] = lines_of(tmp_path, "care_leaver_contact", {"care_leaver_statuses": statuses}, on="2017-06-16")
    assert (line.next_due, line.working_days_to_go) == (date(2017, 6, 18), 0)
    assert line.why.endswith("It is due by 2017-06-18, with no working day after today.")


def test_a_manager_on_monday_reads_the_load_of_friday(tmp_path):
    """The plan ends on Friday by the data as at Friday, and is open still on the day before."""
    plans = "child_id | started_on | ended_on\n c1 | 2017-05-31 | 2017-06-16\n c2 | 2017-06-02 |"
    of_friday = a_load(tmp_path, "cp_visit", {"cp_plans": plans}, as_at="2017-06-16")
    on_monday = worklist(of_friday, date(2017, 6, 19), Settings(), only=Only(items=["cp_visit"]))
    assert on_monday.as_at_on == date(2017, 6, 16)
    [line] = on_monday.lines()
    assert (line.child_id, line.working_days_overdue) == ("c2", 1)
    on_thursday = worklist(of_friday, date(2017, 6, 15), Settings(), only=Only(items=["cp_visit"]))
    assert {line.child_id for line in on_thursday.lines()} == {"c1", "c2"}


def test_why_is_said_with_the_limits_of_the_council(tmp_path):
    settings = Settings(parameters={"cp_visit_interval_wd": 15})
    visits = (
        "child_id | kind | visited_at | is_seen\n c1 | cp | 2017-06-05 | yes\n c4 | cp | 2017-05-24 | yes"
    )
    tables = {"cp_plans": PLANS, "visits": visits}
    found = {line.child_id: line.why for line in lines_of(tmp_path, "cp_visit", tables, settings=settings)}
    assert found == {
        "c1": "Last visited on 2017-06-05; a visit is due every 15 working days. "
        "It is due by 2017-06-26, in 7 working days.",
        "c2": "Not visited since the protection plan began on 2017-06-02. "
        "It is due by 2017-06-23, in 6 working days.",
        "c3": "Not visited since the protection plan began on 2017-06-09. "
        "It is due by 2017-06-30, in 11 working days.",
        "c4": "Last visited on 2017-05-24; a visit is due every 15 working days. It is due today.",
    }


def test_without_a_day_or_beyond_the_calendar_no_working_days_are_said(tmp_path):
    action = {"supervision_actions": "child_id | due_on\n c1 |"}
    [line] = lines_of(tmp_path, "supervision_action", action)
    assert line.why == "An action set in supervision is not completed. No date is known for it."
    action = {"supervision_actions": "child_id | due_on\n c1 | 2099-01-01"}
    [line] = lines_of(tmp_path, "supervision_action", action)
    assert (line.state, line.working_days_to_go) == (State.LATER, None)
    assert line.why.endswith("It is due by 2099-01-01.")
    plan = {"cp_plans": "child_id | started_on\n c1 | 1965-01-01"}
    [line] = lines_of(tmp_path, "cp_visit", plan)
    assert line.why.endswith("It was due by 1965-01-11.")


def test_of_several_of_a_kind_the_first_is_shown_and_the_others_are_counted(tmp_path):
    contacts = (
        "child_id | received_at | decided_at\n c1 | 2017-06-14 |\n c1 | 2017-06-12 |\n c1 | 2017-06-13 |"
    )
    [line] = lines_of(tmp_path, "contact_decision", {"contacts": contacts})
    assert (line.clock_start, line.open) == (date(2017, 6, 12), 3)
    assert line.why == (
        "The contact came in on 2017-06-12 and no decision is recorded. "
        "It was due by 2017-06-13, 2 working days ago. 2 more after this one."
    )


def test_how_soon_is_soon_is_a_setting(tmp_path):
    check(
        tmp_path,
        "cp_visit",
        """
        child_id | to_go | state    | because
        ---------+-------+----------+------------------------
        c1       |       | overdue  | overdue is overdue
        c2       | 1     | due_soon | the last day that is soon
        c3       | 6     | later    | one day is soon, not six
        c4       |       | overdue  | overdue is overdue
        """,
        settings=Settings(parameters={"due_soon_wd": 1}),
        cp_plans=PLANS,
    )


HOLDERS = {
    "conferences": """
        child_id | kind    | held_on    | team    | worker_id
        ---------+---------+------------+---------+----------
        c1       | initial | 2017-06-01 | Old     | w1
        c2       | initial | 2017-06-01 | Reviews | w2
        c3       | initial | 2017-06-01 |         |
        c4       | initial | 2017-06-01 | Reviews | w2
    """,
    "allocations": """
        child_id | worker_id | team | role             | started_on | ended_on
        ---------+-----------+------+------------------+------------+-----------
        c1       | w5        | Old  | social_worker    | 2017-06-10 |
        c1       | w4        | Old  | social_worker    | 2017-06-05 |
        c2       | w6        | Old  | social_worker    | 2017-06-05 | 2017-06-15
        c4       | w7        | Old  | personal_adviser | 2017-06-05 |
    """,
    "teams": """
        team    | effective_from_on | effective_to_on | reporting_team | manager_worker_id
        --------+-------------------+-----------------+----------------+------------------
        Old     | 2010-01-01        |                 | New            | m1
        Reviews | 2010-01-01        |                 |                | m2
        Reviews | 2009-01-01        | 2009-12-31      |                | m1
    """,
}


def test_the_line_goes_to_whoever_holds_the_child_now(tmp_path):
    check(
        tmp_path,
        "conference_minutes",
        """
        child_id | worker    | team      | state | because
        ---------+-----------+-----------+-------+-----------------------------------------------
        c1       | w5        | New       | later | the latest allocation, under the name reported
        c2       | w2        | Reviews   | later | held by nobody any more: who held the conference
        c3       | not known | not known | later | nobody is known
        c4       | w2        | Reviews   | later | a personal adviser is no social worker
        """,
        **HOLDERS,
    )


def test_a_manager_sees_the_teams_that_are_theirs_now(tmp_path):
    load = a_load(tmp_path, "conference_minutes", HOLDERS)

    def seen(**only: str) -> list[str | None]:
        found = worklist(load, date(2017, 6, 15), Settings(), only=Only(items=["conference_minutes"], **only))
        return [line.child_id for line in found.lines()]

    assert seen(worker="m1") == ["c1"]
    assert seen(worker="m2") == ["c2", "c4"]
    assert seen(worker="w5") == ["c1"]
    assert seen(team="Reviews") == ["c2", "c4"]
    assert seen(team="Reviews", worker="w5") == []


def test_lines_are_by_team_and_worker_and_the_oldest_first(tmp_path):
    statuses = """
        child_id | recorded_on | is_service_open | eligibility     | last_contact_on | team   | worker_id
        ---------+-------------+-----------------+-----------------+-----------------+--------+----------
        c1       | 2017-01-01  | yes             | former_relevant | 2017-06-10      | Team B | w1
        c2       | 2017-01-01  | yes             | former_relevant | 2017-06-01      | Team B | w1
        c3       | 2017-01-01  | yes             | former_relevant |                 | Team B | w1
        c4       | 2017-01-01  | yes             | former_relevant | 2017-06-10      | Team A | w2
        c5       | 2017-01-01  | yes             | former_relevant | 2017-06-10      | Team A | w1
    """
    found = lines_of(tmp_path, "care_leaver_contact", {"care_leaver_statuses": statuses})
    assert [line.child_id for line in found] == ["c5", "c4", "c3", "c2", "c1"]


def test_only_some_states_and_how_many_lines_there_are_of_each(tmp_path):
    load = a_load(tmp_path, "cp_visit", {"cp_plans": PLANS})
    on = date(2017, 6, 15)
    found = worklist(load, on, Settings(), only=Only(items=["cp_visit"]))
    assert found.counts() == {State.OVERDUE: 2, State.DUE_SOON: 1, State.LATER: 1}
    soon = worklist(load, on, Settings(), only=Only(items=["cp_visit"], state=State.DUE_SOON))
    assert [line.child_id for line in soon.lines()] == ["c2"] and len(soon) == 1


# --- what cannot be told


def missing(load: ALoad, *items: str) -> dict[str, str]:
    """Why the items asked for are not available."""
    found = worklist(load, date(2017, 6, 15), Settings(), only=Only(items=items))
    assert not len(found)
    return {one.item: one.why for one in found.not_available}


def test_without_a_file_a_column_or_a_kind_an_item_is_not_available_and_not_overdue(tmp_path):
    load = ALoad(tmp_path, date(2017, 6, 30))
    load.add("cp_plans", PLANS)
    load.add("visits", "child_id | kind | visited_at\n c1 | cin | 2017-01-01")
    load.add(
        "conferences",
        "child_id | kind | held_on\n c1 | initial | 2017-01-01",
        without=frozenset({"minutes_sent_on"}),
    )
    assert missing(load, "cp_visit", "core_group", "conference_minutes") == {
        "cp_visit": "visits has no rows of kind cp",
        "core_group": "plan_meetings was not supplied",
        "conference_minutes": "conferences has no column minutes_sent_on",
    }


def test_one_of_several_kinds_is_enough(tmp_path):
    load = ALoad(tmp_path, date(2017, 6, 30))
    load.add("conferences", "child_id | kind | held_on\n c1 | review | 2017-06-01")
    found = worklist(load, date(2017, 6, 15), Settings(), only=Only(items=["conference_minutes"]))
    assert len(found) == 1 and not found.not_available


def test_an_item_may_be_available_for_some_only(tmp_path):
    load = ALoad(tmp_path, date(2017, 6, 30))
    load.add(
        "care_leaver_statuses",
        "child_id | recorded_on | is_service_open | eligibility\n c1 | 2017-01-01 | yes | relevant",
    )
    load.add("pathway_plans", "child_id | kind | done_on\n c1 | review | 2017-01-01")
    found = worklist(load, date(2017, 6, 15), Settings(), only=Only(items=["pathway_plan"]))
    assert [line.child_id for line in found.lines()] == ["c1"]
    [one] = found.not_available
    assert one.why == (
        "for looked-after children of 16 and 17: children was not supplied; care_periods was not supplied; "
        "pathway_plans has no rows of kind needs_assessment or plan"
    )


def test_nothing_supplied_is_an_empty_worklist_that_says_so(tmp_path):
    found = worklist(ALoad(tmp_path, date(2017, 6, 30)), date(2017, 6, 15), Settings(), only=Only(team="A"))
    assert len(found) == 0 and found.counts() == dict.fromkeys(State, 0) and list(found.lines()) == []
    assert {one.item for one in found.not_available} == set(items())


FROM_LAST_EVENTS = {
    "assessment",
    "icpc",
    "cp_visit",
    "cp_review",
    "lac_visit",
    "lac_review",
    "health_assessment",
    "dental",
}
LATER_LAYOUTS = {"pathway_plan", "care_leaver_contact"}


@pytest.mark.parametrize(("layout", "more"), [("2019", set()), ("2024", LATER_LAYOUTS)])
def test_on_annex_a_alone_what_its_last_events_tell_is_available(tmp_path, layout, more):
    lists = {number: [a_row(number)] for number in range(1, 11)}
    path = a_workbook(tmp_path / "annex_a.xlsx", lists, layout=layout)
    load([path], as_at_on=AS_AT, store=tmp_path / "store")
    current = Store.open(tmp_path / "store").current()
    found = worklist(current, AS_AT, Settings())
    shown = {item.code for item, _ in found.duties}
    # The expected birth of an unborn child is no last event: Annex A tells it as well.
    assert shown - {"birth"} == FROM_LAST_EVENTS | more
