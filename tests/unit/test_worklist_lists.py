"""The lists of the morning: who is watched, waits, is between two services, or holds too much?"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from goldenthread.figures.listing import Row
from goldenthread.figures.listing import rows as rows_behind
from goldenthread.figures.work_out import figures
from goldenthread.loading import load
from goldenthread.periods import Period
from goldenthread.settings import Settings
from goldenthread.store import Store
from goldenthread.worklist.answering import answering_teams
from goldenthread.worklist.caseload_board import caseloads
from goldenthread.worklist.contacts_waiting import contacts_waiting
from goldenthread.worklist.held import COLUMNS, held
from goldenthread.worklist.steps import Step, steps
from goldenthread.worklist.timeline import ChildFacts, child_facts
from goldenthread.worklist.watched import WatchLists, watch_lists, watches
from tests.builders import ALoad
from tests.oracle.random_authority import write

A_THURSDAY = date(2017, 12, 28)


@dataclass(frozen=True)
class Authority:
    """An invented authority whose dates sit on every limit, and what is watched in it."""

    store: Store
    lists: WatchLists

    def rows(self, ref: str, settings: Settings | None = None) -> list[Row]:
        """The rows behind an indicator over the days of the month up to the day, as the lists read them."""
        period = Period(A_THURSDAY.replace(day=1), A_THURSDAY, A_THURSDAY)
        return list(rows_behind(self.store, period, settings or Settings(), ref))


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    folder: Path = tmp_path_factory.mktemp("authority")
    write(folder / "extracts", seed=23, as_at=A_THURSDAY, children=80)
    load([folder / "extracts"], as_at_on=A_THURSDAY, store=folder / "store")
    store = Store.open(folder / "store")
    return Authority(store, watch_lists(store, A_THURSDAY, Settings()))


@pytest.fixture
def drawn(tmp_path: Path) -> "Drawn":
    return Drawn(tmp_path)


@dataclass
class Drawn:
    """A load of drawn tables, as at a day."""

    folder: Path

    def __call__(self, as_at: str, **tables: str) -> ALoad:
        made = ALoad(self.folder, date.fromisoformat(as_at))
        for name, text in tables.items():
            made.add(name, text)
        return made


# Watched


@pytest.mark.parametrize("code", watches())
def test_a_watch_lists_the_rows_that_its_indicator_counts(authority: Authority, code: str) -> None:
    watch = watches()[code]
    found = [(one.child_id, one.key) for one in authority.lists.watched if one.code == code]
    counted = (
        {row.child_id for row in authority.rows(watch.unless) if row.in_numerator} if watch.unless else {}
    )
    rows = [row for row in authority.rows(watch.ref) if row.part == watch.part and row.in_numerator]
    expected = [(row.child_id, row.key) for row in rows if row.child_id not in counted]
    assert sorted(found) == sorted(expected)
    if not watch.unless:
        assert len(found) == figure(authority, watch.ref, watch.part), (
            "the list is as long as the figure says"
        )


def figure(authority: Authority, ref: str, part: str) -> int:
    """The numerator of an indicator, worked out as a figure."""
    period = Period(A_THURSDAY.replace(day=1), A_THURSDAY, A_THURSDAY)
    (line,) = [f for f in figures(authority.store, [period], Settings(), refs=[ref]) if f.part == part]
    assert line.numerator is not None
    return int(line.numerator)


def test_an_authority_in_which_nobody_is_watched_would_show_nothing(authority: Authority) -> None:
    assert not authority.lists.not_available
    seldom = {"protection_2_years", "many_placements", "pre_proceedings_long"}
    assert {one.code for one in authority.lists.watched} | seldom >= set(watches())


def test_what_cannot_be_told_is_named_with_what_it_needs(drawn: Drawn) -> None:
    lists = watch_lists(drawn("2017-06-15", children="child_id\nc1"), date(2017, 6, 15), Settings())
    assert not lists.watched
    assert set(lists.not_available) == set(watches())
    assert all(lists.not_available.values())


# Contacts waiting


@pytest.mark.parametrize("clock", ["wd", "hours"])
@pytest.mark.parametrize("limit", [1, 3])
def test_contacts_beyond_the_limit_are_those_the_indicator_counts(
    authority: Authority, clock: str, limit: int
) -> None:
    settings = Settings(parameters={"contact_clock": clock, "contact_decision_wd": limit})
    current = authority.store.current()
    assert current is not None
    found = contacts_waiting(current, A_THURSDAY, settings)
    rows = authority.rows("FD-04", settings)
    assert {(one.child_id, one.contact_id) for one in found} == {(row.child_id, row.key) for row in rows}
    beyond = {(one.child_id, one.contact_id) for one in found if one.is_beyond_limit}
    assert beyond == {(row.child_id, row.key) for row in rows if row.in_numerator}
    assert beyond and len(beyond) < len(found)


def test_the_age_of_a_contact_in_hours(drawn: Drawn) -> None:
    load = drawn(
        "2017-03-27",
        contacts="""
        child_id | contact_id | received_at      | decided_at
        ---------+------------+------------------+-----------
        c1       | k1         | 2017-03-27T23:30 |
        c2       | k2         | 2017-03-25T23:00 |
        c3       | k3         | 2017-03-24       |
        c4       | k4         | 2017-03-24T09:00 | 2017-03-27
        """,
    )
    found = contacts_waiting(load, date(2017, 3, 27), Settings())
    assert [(one.contact_id, one.hours, one.working_days) for one in found] == [
        ("k3", None, 1),  # no time of day: only the days are known
        ("k2", 48, 1),  # 25 hours of the Saturday and Sunday on which the clocks went forward, and 24 hours
        ("k1", 0, 0),
    ]


# Steps


def step(found: list[Step], child_id: str) -> Step:
    (one,) = [one for one in found if one.child_id == child_id]
    return one


def test_steps_down_and_who_was_picked_up(drawn: Drawn) -> None:
    load = drawn(
        "2017-06-30",
        referrals="""
        child_id | referral_id | received_on | closed_on  | close_reason | is_nfa
        ---------+-------------+-------------+------------+--------------+-------
        c1       | r1          | 2017-01-03  | 2017-06-01 | RC9          | no
        c2       | r1          | 2017-01-03  | 2017-06-01 | RC9          | no
        c3       | r3          | 2017-01-03  | 2017-06-16 | RC9          | no
        c4       | r4          | 2017-01-03  | 2017-06-01 | RC9          | no
        c5       | r5          | 2017-01-03  | 2017-06-01 | RC8          | no
        c6       | r6          | 2017-01-03  | 2017-06-01 | RC8          | no
        c7       | r7          | 2017-01-03  | 2017-06-01 | RC8          | yes
        c8       | r8          | 2017-01-03  | 2017-06-01 |              | no
        c9       | r9          | 2015-01-03  | 2016-06-01 | RC9          | no
        d1       | d1          | 2017-01-03  | 2017-06-15 | RC9          | no
        """,
        early_help_episodes="""
        child_id | service      | started_on | ended_on
        ---------+--------------+------------+-----------
        c1       | early_help   | 2017-06-09 |
        c4       | early_help   | 2017-05-02 |
        c5       | early_help   | 2017-06-02 |
        c6       | early_help   | 2017-01-02 | 2017-02-01
        c7       | early_help   | 2017-06-02 |
        c8       | early_help   | 2017-06-01 |
        c2       | edge_of_care | 2017-06-02 |
        """,
    )
    found = list(steps(load, date(2017, 6, 30), Settings()))
    said = {one.child_id: (one.picked_up_on, one.working_days, one.is_lost(load.as_at_on)) for one in found}
    assert said == {
        "c1": (date(2017, 6, 9), 6, False),
        "c2": (None, 21, True),  # the brother, under the same referral, was picked up; this child was not
        "c3": (None, 10, False),  # handed over ten working days ago: until tonight
        "d1": (None, 11, True),  # one working day earlier
        "c4": (date(2017, 6, 1), 0, False),  # early help had met the family before, and goes on
        "c5": (date(2017, 6, 2), 1, False),  # not handed over, but early help followed
        "c8": (date(2017, 6, 1), 0, False),  # no reason recorded, and early help followed
    }
    assert {one.direction for one in found} == {"down"}
    assert [one.left_on for one in found] == sorted((one.left_on for one in found), reverse=True)


def test_steps_up_and_who_was_picked_up(drawn: Drawn) -> None:
    load = drawn(
        "2017-06-30",
        referrals="""
        child_id | received_on | closed_on
        ---------+-------------+-----------
        c1       | 2017-06-05  |
        c2       | 2017-05-30  |
        c3       | 2017-05-30  | 2017-05-31
        c4       | 2017-07-01  |
        """,
        early_help_episodes="""
        child_id | episode_id | service    | started_on | ended_on   | end_reason | team
        ---------+------------+------------+------------+------------+------------+------
        c1       | e1         | early_help | 2017-01-02 | 2017-06-01 | step_up    | Hub 1
        c2       | e2         | early_help | 2017-01-02 | 2017-06-01 | step_up    | Hub 1
        c3       | e3         | early_help | 2017-01-02 | 2017-06-01 | step_up    | Hub 1
        c4       | e4         | early_help | 2017-01-02 | 2017-06-01 | step_up    | Hub 1
        c5       | e5         | early_help | 2017-01-02 | 2017-06-01 | needs_met  | Hub 1
        """,
    )
    found = list(steps(load, date(2017, 6, 30), Settings()))
    said = {one.child_id: (one.picked_up_on, one.is_lost(load.as_at_on)) for one in found}
    assert said == {
        "c1": (date(2017, 6, 5), False),
        "c2": (date(2017, 6, 1), False),  # social care had the child already
        "c3": (None, True),  # the referral was closed before early help let go
        "c4": (None, True),  # a referral after the day of the data is not known
    }
    assert step(found, "c1").team == "Hub 1"


# Caseloads


@pytest.mark.parametrize("basis", ["headcount", "fte"])
def test_caseloads_are_those_the_indicators_judge(authority: Authority, basis: str) -> None:
    settings = Settings(parameters={"caseload_threshold": 6, "asye_caseload": 4, "caseload_basis": basis})
    current = authority.store.current()
    assert current is not None
    board = caseloads(current, A_THURSDAY, settings)
    held = {(one.worker_id, one.role): one for one in board}
    judged = [row for row in authority.rows("WF-06", settings) if not row.part]
    assert judged and any(row.in_numerator for row in judged)
    for row in judged:
        one = held[row.key or "", "social_worker"]
        fte = one.fte if basis == "fte" and one.fte is not None else 1
        assert (one.children > 6 * fte) == row.in_numerator, one
        if not one.is_newly_qualified:
            assert (one.over > 0) == row.in_numerator, one
    newly = [row for row in authority.rows("WF-11", settings) if row.part == "protected_caseload"]
    of_workers = [row for row in newly if (row.key or "", "social_worker") in held]  # not desks and pools
    assert of_workers
    for row in of_workers:
        one = held[row.key or "", "social_worker"]
        assert one.is_newly_qualified
        assert (one.over == 0) == row.in_numerator, one


def test_whoever_holds_children_of_two_teams_is_judged_by_all_of_them(drawn: Drawn) -> None:
    load = drawn(
        "2017-06-15",
        allocations="""
        child_id | allocation_id | worker_id   | team   | role             | started_on | ended_on
        ---------+---------------+-------------+--------+------------------+------------+-----------
        c1       | a1            | w1          | Team A | social_worker    | 2017-01-02 |
        c2       | a2            | w1          | Team A | social_worker    | 2017-01-02 |
        c3       | a3            | w1          | Team B | social_worker    | 2017-01-02 |
        c3       | a4            | w1          | Team B | personal_adviser | 2017-01-02 |
        c4       | a5            | w1          | Team A | social_worker    | 2017-01-02 | 2017-06-01
        c5       | a6            | Duty team A | Team A | social_worker    | 2017-01-02 |
        c6       | a7            |             | Team A | social_worker    | 2017-01-02 |
        """,
        children="""
        child_id | family_id
        ---------+----------
        c1       | f1
        c2       | f1
        c3       |
        """,
        posts="""
        worker_id | role          | is_social_worker | employment | fte | is_asye | started_on | ended_on
        ----------+---------------+------------------+------------+-----+---------+------------+---------
        w1        | social_worker | yes              | permanent  | 0.6 | yes     | 2017-01-02 |
        """,
        cp_plans="""
        child_id | cp_plan_id | started_on | ended_on
        ---------+------------+------------+-----------
        c1       | p1         | 2017-03-01 |
        c2       | p2         | 2017-03-01 | 2017-06-01
        c3       | p3         | 2017-03-01 |
        """,
        care_periods="""
        child_id | care_period_id | started_on | ended_on
        ---------+----------------+------------+---------
        c3       | l1             | 2017-05-01 |
        """,
    )
    found = caseloads(load, date(2017, 6, 15), Settings(parameters={"asye_caseload": 2}))
    assert [
        (one.team, one.role, one.here, one.children, one.families, one.ceiling, one.over) for one in found
    ] == [
        ("Team A", "social_worker", 2, 3, 2, 2, 1),
        ("Team B", "personal_adviser", 1, 1, 1, None, 0),
        ("Team B", "social_worker", 1, 3, 2, 2, 1),
    ]
    assert {(one.role, one.looked_after, one.protected, one.leaving_care) for one in found} == {
        ("social_worker", 1, 1, 0),  # c3 is both, and counts once
        ("personal_adviser", 1, 0, 0),
    }
    assert {(one.worker_id, one.post, one.is_newly_qualified, str(one.fte)) for one in found} == {
        ("w1", "social_worker", True, "0.6000")
    }


# Whom nobody holds


def test_whoever_held_a_child_last_answers_for_them_until_somebody_else_does(drawn: Drawn) -> None:
    load = drawn(
        "2017-06-15",
        allocations="""
        child_id | allocation_id | worker_id | team   | role             | started_on | ended_on   | because
        ---------+---------------+-----------+--------+------------------+------------+------------+--------
        c1       | a1            | w1        | Team A | social_worker    | 2017-01-02 |            | holds
        c1       | a2            | w2        | Team B | social_worker    | 2016-01-02 | 2017-03-01 | before
        c2       | a3            | w1        | Team A | social_worker    | 2016-01-02 | 2017-02-01 | before
        c2       | a4            | w2        | Team B | social_worker    | 2016-02-02 | 2017-05-01 | last
        c3       | a5            | w3        | Team C | iro              | 2017-01-02 |            | chairs
        c4       | a6            |           | Team A | social_worker    | 2017-07-03 |            | later
        c5       | a7            | w4        | Team D | personal_adviser | 2017-01-02 | 2017-03-01 | last
        c6       | a8            | w5        | Gone   | social_worker    | 2016-01-02 | 2016-12-30 | closed
        """,
        referrals="""
        child_id | referral_id | received_on | closed_on  | is_nfa | team | because
        ---------+-------------+-------------+------------+--------+------+-------------------------
        c2       | r2          | 2017-06-01  |            | no     | MASH | somebody held them
        c3       | r3          | 2017-06-01  |            | no     | MASH | nobody has held them yet
        c4       | r4          | 2017-06-01  | 2017-06-15 | no     | MASH | closed that day
        c6       | r6          | 2017-06-01  | 2017-06-16 | no     | MASH | open on the day
        c7       | r7          | 2017-06-01  |            | yes    | MASH | no further action
        c8       | r8          | 2017-06-16  |            | no     | MASH | still to come
        """,
        teams="""
        team   | service | effective_from_on | effective_to_on
        -------+---------+-------------------+----------------
        Team A | S       | 2015-04-01        |
        Team B | S       | 2015-04-01        |
        Team C | S       | 2015-04-01        |
        Team D | S       | 2015-04-01        |
        Gone   | S       | 2015-04-01        | 2016-12-31
        MASH   | S       | 2015-04-01        |
        """,
    )
    assert answering_teams(load, date(2017, 6, 15), Settings()) == {
        "c1": "Team A",
        "c2": "Team B",
        "c3": "MASH",
        "c5": "Team D",
        "c6": "MASH",
    }


# The child's page


@pytest.fixture
def facts(drawn: Drawn) -> ChildFacts:
    load = drawn(
        "2017-06-30",
        children="""
        child_id | born_on    | sex | ethnicity | has_disability | family_id | locality
        ---------+------------+-----+-----------+----------------+-----------+---------
        c1       | 2008-02-29 | F   | WBRI      | no             | f1        | North
        c2       | 2010-01-01 | M   |           |                | f1        |
        c3       | 2010-01-01 | M   |           |                | f2        |
        """,
        contacts="""
        child_id | contact_id | received_at      | decided_at | source | outcome  | team  | worker_id
        ---------+------------+------------------+------------+--------+----------+-------+----------
        c1       | k1         | 2017-01-05T09:30 |            |        |          | Hub 1 | w9
        c1       | k2         | 2017-01-05T11:00 | 2017-07-05 | 2A     | referral |       |
        c2       | k2         | 2017-01-05T11:00 | 2017-01-05 | 2A     | referral |       |
        """,
        cp_plans="""
        child_id | cp_plan_id | started_on | ended_on   | latest_category
        ---------+------------+------------+------------+----------------
        c1       | p1         | 2016-01-05 | 2016-06-30 | NEG
        c1       | p2         | 2017-03-01 |            | EMO
        c1       | p3         | 2017-07-01 |            | EMO
        """,
    )
    found = child_facts(load, "c1", date(2017, 6, 30))
    assert found is not None
    return found


def test_brackets_are_left_out_where_what_is_in_them_is_blank(facts: ChildFacts) -> None:
    said = [(moment.on.isoformat(), moment.said) for moment in facts.moments if moment.group == "front door"]
    assert said == [
        ("2017-01-05", "Contact received from Schools"),
        ("2017-01-05", "Contact received"),
    ], "the latest first; a decision dated after the day is not told"


def test_yes_and_no_are_said_in_words(drawn: Drawn) -> None:
    load = drawn(
        "2017-06-30",
        children="child_id\nc1",
        visits="""
        child_id | visit_id | kind | visited_at | is_seen | is_seen_alone
        ---------+----------+------+------------+---------+--------------
        c1       | v1       | cp   | 2017-06-01 | true    | false
        c1       | v2       | cp   | 2017-06-02 | false   |
        """,
    )
    found = child_facts(load, "c1", date(2017, 6, 30))
    assert found is not None
    assert [moment.said.partition("; ")[2] for moment in found.moments] == [
        "child seen: no",
        "child seen: yes; alone: no",
    ]


def test_who_holds_each_child_on_a_day(drawn: Drawn) -> None:
    load = drawn(
        "2017-06-30",
        children="child_id\nc1\nc2\nc3",
        allocations="""
        allocation_id | child_id | role          | team   | worker_id | started_on | ended_on
        --------------+----------+---------------+--------+-----------+------------+-----------
        a1            | c1       | social_worker | Team A | w1        | 2017-01-01 | 2017-06-01
        a2            | c1       | social_worker | Team B | w2        | 2017-06-01 |
        a3            | c2       | social_worker | Team A |           | 2017-06-01 |
        """,
    )
    found = held(load, date(2017, 6, 30), Settings())
    assert found.column_names == list(COLUMNS)
    assert [tuple(row.values()) for row in found.to_pylist()] == [
        ("c1", "social_worker", "Team B", "w2"),
        ("c2", "social_worker", "Team A", "not known"),
    ]
    before = held(load, date(2017, 5, 31), Settings())
    assert [tuple(row.values()) for row in before.to_pylist()] == [("c1", "social_worker", "Team A", "w1")]


def test_codes_are_said_in_words(facts: ChildFacts) -> None:
    assert (facts.sex, facts.ethnicity, facts.has_disability, facts.locality) == (
        "female",
        "White British",
        False,
        "North",
    )
    assert facts.born == "February 2008", "the month is enough"


def test_whoever_was_born_on_29_february_is_a_year_older_in_march(drawn: Drawn) -> None:
    load = drawn("2017-03-01", children="child_id | born_on\n-+-\nc1 | 2008-02-29\nc2 | 2017-05-01\nc3 |")
    ages = {}
    for day in ("2017-02-28", "2017-03-01"):
        found = child_facts(load, "c1", date.fromisoformat(day))
        ages[day] = found and found.age
    assert ages == {"2017-02-28": 8, "2017-03-01": 9}
    others = [child_facts(load, child, date(2017, 3, 1)) for child in ("c2", "c3")]
    assert [one and (one.age, one.born) for one in others] == [(None, "May 2017"), (None, "")]


def test_what_stands_is_what_is_open_on_the_day(facts: ChildFacts) -> None:
    assert [(one.said, one.since_on) for one in facts.standing] == [
        ("Child protection plan: Emotional abuse", date(2017, 3, 1))
    ], "not the one that ended, nor one dated after the day"


def test_of_the_family_only_brothers_and_sisters(facts: ChildFacts) -> None:
    assert facts.family == ("c2",)


def test_a_moment_says_where_it_happened(facts: ChildFacts) -> None:
    (one,) = [moment for moment in facts.moments if moment.said == "Contact received"]
    assert (one.team, one.worker_id, one.table) == ("Hub 1", "w9", "contacts")
    assert one.at is not None and one.at.hour == 9


def test_a_child_whom_the_extract_does_not_name_has_no_facts(drawn: Drawn) -> None:
    load = drawn("2017-06-30", children="child_id\nc1")
    assert child_facts(load, "c2", date(2017, 6, 30)) is None
