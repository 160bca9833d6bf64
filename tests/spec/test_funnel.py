"""The funnel of the front door, counted by hand: each contact stands at one place, what is open apart."""

from collections import Counter
from datetime import date

import pytest

from goldenthread.figures.listing import rows as rows_behind
from goldenthread.figures.work_out import figures
from goldenthread.loading import load
from goldenthread.periods import Period
from goldenthread.settings import Settings
from goldenthread.standard.schema import code_labels
from goldenthread.store import Store
from goldenthread.worklist.funnel import funnel
from goldenthread.worklist.funnel_counts import counted, ends, label_of
from tests.builders import ALoad, drawn
from tests.oracle.random_authority import write

AS_AT = date(2017, 6, 30)
STARTS = date(2017, 4, 1)

# Every place once: the contact, and what the extract holds of the child after it.
CONTACTS = """
    child_id | contact_id | received_at      | decided_at | source | outcome            | stands_at
    ---------+------------+------------------+------------+--------+--------------------+---------------------
    c01      | k          | 2017-06-29T10:00 |            | 2A     |                    | undecided
    c02      | k          | 2017-06-28T10:00 |            | 2A     |                    | undecided_late
    c03      | k          | 2017-04-03       | 2017-04-03 | 6      | nfa                | nfa
    c04      | k          | 2017-04-03       | 2017-04-03 | 6      | information_advice | information_advice
    c05      | k          | 2017-04-03       | 2017-04-03 | 6      | early_help         | early_help
    c06      | k          | 2017-04-03       | 2017-04-03 | 6      | open_case          | open_case
    c07      | k          | 2017-04-03       | 2017-04-05 | 6      | other_la           | other_la
    c08      | k          | 2017-04-03       | 2017-04-03 |        |                    | not_recorded
    c09      | k          | 2017-05-31       | 2017-05-31 | 2A     | referral           | referral_awaited
    c10      | k          | 2017-05-30       | 2017-05-30 | 2A     | referral           | referral_missing
    c11      | k          | 2017-04-03       | 2017-04-03 | 2A     | referral           | referral_nfa
    c12      | k          | 2017-06-20       | 2017-06-20 | 2A     | referral           | referral_undecided
    c13      | k          | 2017-06-16       | 2017-06-16 | 2A     | referral           | assessment_awaited
    c14      | k          | 2017-06-15       | 2017-06-15 | 2A     | referral           | assessment_late
    c15      | k          | 2017-04-03       | 2017-04-03 | 2A     | referral           | closed_unassessed
    c16      | k          | 2017-04-03       | 2017-04-03 | 2A     | referral           | assessment_open
    c17      | k          | 2017-04-03       | 2017-04-03 | 2A     | referral           | assessment_overdue
    c18      | k          | 2017-04-03       | 2017-04-03 | 2A     | referral           | closed_in_assessment
    c19      | k          | 2017-04-03       | 2017-04-03 | 2A     | referral           | assessed_nfa
    c20      | k          | 2017-04-03       | 2017-04-03 | 2A     | referral           | plan_awaited
    c21      | k          | 2017-04-03       | 2017-04-03 | 2A     | referral           | closed_unplanned
    c22      | k          | 2017-04-03       | 2017-04-03 | 2A     | referral           | result_not_recorded
    c23      | k          | 2017-04-03       | 2017-04-03 | 2A     | referral           | in_need
    c24      | k          | 2017-04-03       | 2017-04-03 | 2A     | referral           | protection
    c25      | k          | 2017-04-03       | 2017-04-03 | 2A     | referral           | care
    c26      | k          | 2017-04-03       | 2017-04-03 | 2A     |                    | assessment_overdue
    c27      | k          | 2017-03-31       | 2017-04-03 | 2A     | nfa                |
    c28      | k          | 2017-06-30       | 2017-07-01 | 2A     | nfa                | undecided
"""
REFERRALS = """
    child_id | referral_id | received_on | is_nfa | closed_on
    ---------+-------------+-------------+--------+-----------
    c09      | r           | 2017-05-30  | no     |
    c10      | r           | 2017-07-01  | no     |
    c11      | r           | 2017-04-03  | yes    |
    c12      | r           | 2017-06-20  |        |
    c13      | r           | 2017-06-16  | no     |
    c14      | r           | 2017-06-15  | no     |
    c15      | r           | 2017-04-04  | no     | 2017-05-02
    c16      | r           | 2017-05-03  | no     |
    c17      | r           | 2017-04-04  | no     |
    c18      | r           | 2017-04-04  | no     | 2017-05-02
    c19      | r1          | 2017-04-03  | yes    |
    c19      | r2          | 2017-04-03  | no     |
    c20      | r           | 2017-04-04  | no     |
    c21      | r           | 2017-04-04  | no     | 2017-06-02
    c22      | r           | 2017-04-04  | no     |
    c23      | r           | 2017-04-04  | no     | 2017-06-02
    c24      | r           | 2017-04-04  | no     |
    c25      | r           | 2017-04-04  | no     |
    c26      | r           | 2017-04-04  | no     |
"""
ASSESSMENTS = """
    child_id | assessment_id | referral_id | started_on | authorised_on | is_services_required
    ---------+---------------+-------------+------------+---------------+---------------------
    c15      | a             |             | 2017-05-03 |               |
    c16      | a             | r           | 2017-05-04 |               |
    c17      | a             |             | 2017-04-05 |               |
    c18      | a             | r           | 2017-04-05 |               |
    c19      | a             | r2          | 2017-04-05 | 2017-05-10    | no
    c20      | a             |             | 2017-04-05 | 2017-05-10    | yes
    c21      | a             |             | 2017-04-05 | 2017-05-10    | yes
    c22      | a             |             | 2017-04-05 | 2017-05-10    |
    c23      | a             |             | 2017-04-05 | 2017-05-10    | yes
    c24      | a             |             | 2017-04-05 | 2017-05-10    | yes
    c25      | a             |             | 2017-04-05 |               |
    c26      | a             |             | 2017-04-05 | 2017-07-01    | yes
"""
CIN_PLANS = """
    child_id | cin_plan_id | started_on
    ---------+-------------+-----------
    c20      | p           | 2017-04-03
    c21      | p           | 2017-06-05
    c23      | p           | 2017-05-12
    c24      | p           | 2017-05-12
"""
CP_PLANS = """
    child_id | cp_plan_id | started_on
    ---------+------------+-----------
    c24      | p          | 2017-05-20
    c25      | p          | 2017-05-20
"""
CARE_PERIODS = """
    child_id | care_period_id | started_on | legal_status
    ---------+----------------+------------+-------------
    c22      | p              | 2017-05-20 | V4
    c25      | p              | 2017-05-25 | V2
"""


@pytest.fixture(scope="module")
def a_load(tmp_path_factory) -> ALoad:
    made = ALoad(tmp_path_factory.mktemp("load"), AS_AT)
    tables = {
        "contacts": CONTACTS,
        "referrals": REFERRALS,
        "assessments": ASSESSMENTS,
        "cin_plans": CIN_PLANS,
        "cp_plans": CP_PLANS,
        "care_periods": CARE_PERIODS,
    }
    for name, text in tables.items():
        made.add(name, text)
    return made


@pytest.fixture(scope="module")
def rows(a_load):
    found = funnel(a_load, STARTS, Settings())
    assert found is not None
    return found


def test_each_contact_stands_at_one_place(rows):
    expected = {row["child_id"]: row["stands_at"] for row in drawn(CONTACTS) if row["stands_at"]}
    found = {row["child_id"]: row["end"] for row in rows.to_pylist()}
    assert found == expected
    assert rows.num_rows == len(expected), "each once"
    assert set(expected.values()) | {"not_referred"} == set(ends()), "every place is drawn"


def test_every_outcome_of_a_contact_is_a_place_but_a_referral():
    assert set(code_labels("contact_outcome")) - {"referral"} <= set(ends())


def test_the_stages_are_counted_by_hand(rows):
    found = counted(rows, STARTS, AS_AT)
    assert [(stage.code, stage.reached, stage.open, stage.ended) for stage in found.stages] == [
        ("received", 27, 3, 0),
        ("decided", 24, 0, 6),
        ("referred", 18, 5, 2),
        ("assessed", 11, 3, 1),
        ("finished", 7, 1, 3),
        ("plan", 3, 0, 0),
    ]
    assert (found.received, found.open) == (27, 12)
    for stage, following in zip(found.stages, found.stages[1:], strict=False):
        assert stage.reached == stage.open + stage.ended + following.reached


def test_conversion_by_agency_is_counted_by_hand(rows):
    found = {one.source: one for one in counted(rows, STARTS, AS_AT).sources}
    assert set(found) == {"2A", "6", "10"}, "10: not known who referred"
    police, schools, unknown = found["6"], found["2A"], found["10"]
    assert (police.received, police.decided, police.no_further_action, police.not_told) == (5, 5, 1, 0)
    assert (police.referrals.numerator, police.referrals.denominator) == (0, 5)
    assert (schools.received, schools.decided, schools.no_further_action, schools.not_told) == (21, 18, 0, 0)
    assert (schools.referrals.numerator, schools.referrals.denominator) == (18, 18)
    assert (unknown.received, unknown.not_told, unknown.referrals.denominator) == (1, 1, 0)
    whole = counted(rows, STARTS, AS_AT)
    assert (whole.referrals.numerator, whole.referrals.denominator) == (18, 23)
    assert (whole.in_time.numerator, whole.in_time.denominator) == (23, 25), "two are not due yet"


def test_a_shorter_period_counts_fewer_contacts(rows):
    june = counted(rows, date(2017, 6, 1), AS_AT)
    assert june.received == 6
    assert june.stages[2].reached == 3


def test_the_words_hold_the_councils_own_limits():
    settings = Settings(parameters={"link_days": 20})
    assert label_of(ends()["referral_missing"], settings) == "No referral recorded within 20 days"


def test_without_contacts_or_referrals_there_is_no_funnel(tmp_path):
    made = ALoad(tmp_path, AS_AT)
    made.add("contacts", CONTACTS)
    assert funnel(made, STARTS, Settings()) is None


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    folder, on = tmp_path_factory.mktemp("authority"), date(2017, 12, 28)
    write(folder / "extracts", seed=24, as_at=on, children=150)
    load([folder / "extracts"], as_at_on=on, store=folder / "store")
    return Store.open(folder / "store")


PERIOD = Period(date(2016, 1, 1), date(2017, 12, 28), date(2017, 12, 28))


def test_time_limits_are_those_of_the_indicator(authority):
    found = counted(
        funnel(authority.current(), PERIOD.starts_on, Settings()), PERIOD.starts_on, PERIOD.ends_on
    )
    (line,) = [f for f in figures(authority, [PERIOD], Settings(), refs=["FD-02"]) if not f.part]
    assert (found.in_time.numerator, found.in_time.denominator) == (line.numerator, line.denominator)
    (received,) = [f for f in figures(authority, [PERIOD], Settings(), refs=["FD-01"]) if not f.part]
    assert found.received == received.numerator


def test_conversion_is_that_of_the_indicator_where_both_count_a_contact(authority):
    """FD-03 goes by the day of the decision, the funnel by the day of the contact: contacts decided in the
    period and received before it are FD-03's only, and nothing else differs."""
    mine = {
        (row["child_id"], row["contact_id"]): row["is_referral"]
        for row in funnel(authority.current(), PERIOD.starts_on, Settings()).to_pylist()
    }
    rows = [row for row in rows_behind(authority, PERIOD, Settings(), "FD-03") if not row.part]
    theirs = {(row.child_id, row.key): row.in_numerator if row.counted else None for row in rows}
    both = set(mine) & set(theirs)
    assert {key: mine[key] for key in both} == {key: theirs[key] for key in both}
    assert len(Counter(theirs[key] for key in both)) == 3, "yes, no and unknown all occur"
    received = {(row.child_id, row.key) for row in rows if row.key}
    only_mine = set(mine) - received
    assert all(mine[key] is None for key in only_mine), "not decided, so FD-03 does not know them"
    alike = [key for key in both if theirs[key] is not None]
    found = counted(
        funnel(authority.current(), PERIOD.starts_on, Settings()), PERIOD.starts_on, PERIOD.ends_on
    )
    assert found.referrals.denominator == len(alike)
    assert found.referrals.numerator == sum(theirs[key] for key in alike)
