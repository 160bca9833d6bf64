"""Cohorts: who may be drawn into a sample on a day, and that their number is that of the figures."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from goldenthread.figures.listing import rows as rows_behind
from goldenthread.loading import load
from goldenthread.periods import Period
from goldenthread.settings import Settings
from goldenthread.store import Load, Store
from goldenthread.worklist.cohorts import COLUMNS, NotDelivered, cohort, cohorts, not_delivered
from tests.builders import ALoad
from tests.oracle.random_authority import write

ON = date(2017, 6, 15)  # a Thursday
DAY = date(2017, 12, 28)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder: Path = tmp_path_factory.mktemp("authority")
    write(folder / "extracts", seed=23, as_at=DAY, children=80)
    load([folder / "extracts"], as_at_on=DAY, store=folder / "store")
    return Store.open(folder / "store")


def current(store: Store) -> Load:
    found = store.current()
    assert found is not None
    return found


def children(of: object) -> list[str]:
    return sorted(of["child_id"].to_pylist())  # type: ignore[index]


SAME = {
    "early_help": "EH-03",
    "protection_plan": "CP-15",
    "looked_after": "LAC-01",
    "care_leaver": "CL-07",
    "privately_fostered": "PF-03",
    "assessment": "AS-04",
}


@pytest.mark.parametrize(("code", "ref"), SAME.items())
def test_there_are_as_many_to_choose_from_as_the_figure_counts(authority: Store, code: str, ref: str):
    found = cohort(current(authority), code, DAY, Settings())
    counted = [row for row in rows_behind(authority, Period(DAY, DAY, DAY), Settings(), ref) if not row.part]
    assert children(found) == sorted(row.child_id for row in counted)
    assert found.num_rows > 0


def test_so_are_events_of_the_same_days(authority: Store):
    found = cohort(current(authority), "assessments_authorised", DAY, Settings())
    period = Period(DAY - timedelta(59), DAY, DAY)
    counted = [row for row in rows_behind(authority, period, Settings(), "AS-01") if not row.part]
    assert children(found) == sorted(row.child_id for row in counted)
    assert min(found["day"].to_pylist()) >= period.starts_on


@pytest.mark.parametrize("code", cohorts())
def test_every_cohort_is_worked_out_and_no_record_stands_in_it_twice(authority: Store, code: str):
    found = cohort(current(authority), code, DAY, Settings())
    assert found.schema.equals(COLUMNS)
    pairs = list(zip(found["child_id"].to_pylist(), found["key"].to_pylist(), strict=True))
    assert len(set(pairs)) == len(pairs) and None not in found["child_id"].to_pylist()
    if not cohorts()[code].is_of_events:
        assert set(found["team"].to_pylist()) - {None}


def a_load(folder: Path, **tables: str) -> ALoad:
    made = ALoad(folder, date(2017, 6, 30))
    for name, text in tables.items():
        made.add(name, text)
    return made


def test_a_ten_day_review_belongs_where_it_fell_due_and_the_assessment_was_open_still(tmp_path: Path):
    made = a_load(
        tmp_path,
        assessments="""
            child_id | assessment_id | started_on | authorised_on | team | because
            ---------+---------------+------------+---------------+------+-----------------------------------
            c1       | a1            | 2017-06-01 |               | A    | due on the day itself
            c2       | a2            | 2017-06-02 |               | A    | due on the next working day
            c3       | a3            | 2017-06-01 | 2017-06-14    | A    | finished before
            c4       | a4            | 2017-06-01 | 2017-06-15    | A    | finished on the day it was due
            c5       | a5            | 2017-03-01 |               | A    | due long before
        """,
    )
    found = cohort(made, "assessment_reviews", ON, Settings())
    assert children(found) == ["c1", "c4"]
    assert found["key"].to_pylist() == ["a1", "a4"]
    by_calendar = Settings(parameters={"checkpoint_days": "calendar"})
    assert "c2" in children(cohort(made, "assessment_reviews", ON, by_calendar))


def test_minutes_belong_where_they_fell_due_sent_or_not(tmp_path: Path):
    made = a_load(
        tmp_path,
        conferences="""
            child_id | kind       | held_on    | minutes_sent_on | because
            ---------+------------+------------+-----------------+----------------------------
            c1       | initial    | 2017-05-01 |                 | due in May
            c2       | review     | 2017-05-01 | 2017-05-03      | the same, and sent
            c3       | initial    | 2017-06-14 |                 | not due yet
            c4       | lac_review | 2017-05-01 |                 | not a protection conference
        """,
    )
    assert children(cohort(made, "conference_records", ON, Settings())) == ["c1", "c2"]


def test_a_case_closed_and_opened_again_is_not_closed(tmp_path: Path):
    made = a_load(
        tmp_path,
        referrals="""
            child_id | referral_id | received_on | closed_on  | is_nfa | because
            ---------+-------------+-------------+------------+--------+--------------------
            c1       | r1          | 2017-01-01  | 2017-06-01 | no     | closed
            c2       | r2          | 2017-01-01  | 2017-06-01 | no     | closed, and open again
            c2       | r3          | 2017-02-01  |            | no     | open
            c3       | r4          | 2017-01-01  | 2017-06-16 | no     | closed after the day
            c4       | r5          | 2017-01-01  | 2017-03-01 | no     | closed long before
        """,
    )
    assert children(cohort(made, "closed", ON, Settings())) == ["c1"]


def test_only_actions_about_a_child_with_a_session_since_are_asked_about(tmp_path: Path):
    made = a_load(
        tmp_path,
        supervisions="""
            supervision_id | worker_id | kind       | held_on
            ---------------+-----------+------------+-----------
            s1             | w1        | one_to_one | 2017-05-01
            s2             | w1        | one_to_one | 2017-06-01
            s3             | w2        | one_to_one | 2017-06-01
        """,
        supervision_actions="""
            action_id | supervision_id | child_id | because
            ----------+----------------+----------+----------------------------
            x1        | s1             | c1       | a session has been since
            x2        | s1             |          | about no child
            x3        | s3             | c2       | no session yet
        """,
    )
    found = cohort(made, "supervision_actions", ON, Settings())
    assert found.select(["child_id", "key"]).to_pylist() == [{"child_id": "c1", "key": "x1"}]


def test_an_interview_held_after_the_day_is_not_known_yet(tmp_path: Path):
    made = a_load(
        tmp_path,
        missing_episodes="""
            child_id | kind    | started_at       | ended_at         | rhi_completed_at | because
            ---------+---------+------------------+------------------+------------------+-----------
            c1       | missing | 2017-06-01 20:00 | 2017-06-02 08:00 | 2017-06-04 10:00 | held
            c2       | missing | 2017-06-10 20:00 | 2017-06-11 08:00 | 2017-06-20 10:00 | held later
            c3       | missing | 2017-06-01 20:00 | 2017-06-02 08:00 |                  | none
        """,
    )
    assert children(cohort(made, "return_interviews", ON, Settings())) == ["c1"]


def test_what_was_not_delivered_is_said_in_a_sentence(tmp_path: Path):
    made = a_load(tmp_path, conferences="child_id | kind | held_on\n c1 | lac_review | 2017-06-01")
    with pytest.raises(NotDelivered, match="not delivered are assessments"):
        cohort(made, "assessment", ON, Settings())
    assert not_delivered(made, "initial_conferences") == (
        "Initial conferences held lately cannot be told: not delivered are conferences=initial|transfer_in."
    )
    made.supply["conferences"] = replace(made.supply["conferences"], kinds=frozenset({"initial"}))
    assert not_delivered(made, "initial_conferences") == ""


def test_the_words_name_the_days():
    assert cohorts()["closed"].about.startswith("Children whose episode of need closed in the last 60 days")
    assert all(one.about.endswith(".") for one in cohorts().values())
