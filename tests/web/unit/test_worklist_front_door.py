"""The front door as pages show it: which months, which ages, and what nobody without need may see."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pyarrow as pa
import pytest

from goldenthread.figures.suppression import DEFAULT_BELOW
from goldenthread.worklist.funnel import COLUMNS
from goldenthread.worklist.funnel_counts import counted, ends
from goldenthread_web.extracts.day import day
from goldenthread_web.worklist import front_door
from goldenthread_web.worklist.small_numbers import shown_numbers
from tests.web.morning import a_morning

pytestmark = pytest.mark.django_db
AS_AT = date(2017, 12, 31)


@pytest.fixture
def council(settings, tmp_path):
    a_morning(settings, tmp_path)
    return day()


def test_months_to_choose_lie_within_what_is_followed():
    found = front_door.months_to_choose(AS_AT, is_public=False)
    assert (found[0].words, found[0].starts_on, found[0].ends_on) == (
        "Last 3 months",
        date(2017, 10, 1),
        AS_AT,
    )
    assert len({one.code for one in found}) == len(found)
    assert all(date(2015, 12, 31) < one.starts_on <= one.ends_on <= AS_AT for one in found)
    words = [one.words for one in found]
    assert "December 2017" in words and "October to December 2017" in words


def test_in_the_middle_of_a_month_the_months_offered_are_whole():
    found = front_door.months_to_choose(date(2017, 11, 15), is_public=False)
    assert (found[0].starts_on, found[0].ends_on) == (date(2017, 8, 16), date(2017, 11, 15))
    words = [one.words for one in found]
    assert "November 2017" not in words and "October 2017" in words
    assert "October to December 2017" not in words and "July to September 2017" in words


def test_members_choose_whole_quarters_that_do_not_overlap():
    found = front_door.months_to_choose(date(2017, 11, 15), is_public=True)
    days = sorted((one.starts_on, one.ends_on) for one in found)
    assert days[-1] == (date(2017, 7, 1), date(2017, 9, 30))
    assert all(a[1] + timedelta(1) == b[0] for a, b in zip(days, days[1:], strict=False))


def test_the_small_council_is_counted_by_hand(council):
    months = front_door.months_to_choose(AS_AT, is_public=False)[0]
    found = front_door.followed(council, months, is_public=False)
    assert [(stage.label, stage.reached, stage.open, stage.ended) for stage in found.stages[:4]] == [
        ("Contacts received", 4, 1, 0),
        ("Decided", 3, 0, 2),
        ("Went on to a referral", 1, 0, 0),
        ("Assessment begun", 1, 1, 0),
    ]
    assert (found.received, found.open) == (4, 2)
    assert (found.in_time.numerator, found.in_time.denominator) == (2, 3)
    assert (found.referrals.numerator, found.referrals.denominator) == (1, 3)
    police = next(one for one in found.sources if one.source == "6")
    assert (police.received, police.no_further_action.numerator, police.referrals.numerator) == (2, 1, 0)
    assert [(end.label, end.number) for end in found.ends][0] == (
        "Waiting for a decision, inside the limit",
        1,
    )


def test_what_was_worked_out_for_one_eye_is_not_shown_to_another(council):
    """The numbers are kept: with and without small ones apart."""
    months = front_door.months_to_choose(AS_AT, is_public=True)[0]
    before = front_door.followed(council, months, is_public=False)
    hidden = front_door.followed(council, months, is_public=True)
    assert before.received == 4 and hidden.received is None
    assert hidden.referrals.percent is None
    assert all(stage.reached in (None, 0) for stage in hidden.stages)


def test_the_backlog_by_age(council):
    ages = dict(front_door.backlog(council, is_public=False).ages)
    assert ages == {
        "Under 24 hours": 0,
        "24 to 47 hours": 0,
        "48 to 71 hours": 0,
        "3 or 4 days": 1,
        "5 days or more": 0,
    }
    assert front_door.backlog(council, is_public=False).beyond == 0
    assert front_door.backlog(council, is_public=True).total is None


def test_a_contact_without_a_time_of_day_has_an_age_of_its_own(council):
    row = {**council.contacts.to_pylist()[0], "hours": None}
    untimed = pa.Table.from_pylist([row, *council.contacts.to_pylist()], council.contacts.schema)
    from dataclasses import replace

    found = front_door.backlog(replace(council, contacts=untimed), is_public=False)
    assert dict(found.ages)[front_door.NO_TIME] == 1
    assert found.total == sum(number for _, number in found.ages) == 2


def test_steps_in_short(council):
    found = front_door.steps_in_short(council, is_public=False)
    assert found["down"] == {"all": 1, "in_time": 0, "late": 0, "waiting": 0, "lost": 1}
    assert found["up"] == {"all": 1, "in_time": 0, "late": 0, "waiting": 1, "lost": 0}
    hidden = front_door.steps_in_short(council, is_public=True)
    assert hidden["down"]["lost"] is None and hidden["down"]["all"] is None


# What whoever may see no small numbers can work out


def a_quarter(seed):
    """The rows of some contacts, drawn from a seed: few at many places, as the hard cases are."""
    draw = Random(seed)
    codes = list(ends())
    rows = []
    for n in range(draw.choice((12, 60, 300))):
        end = draw.choice(codes[: draw.randint(3, len(codes))])
        stage = ends()[end].stage
        went = stage in ("referred", "assessed", "finished", "plan")
        rows.append(
            {name: "" for name in ("child_id", "contact_id", "team", "worker_id")}
            | {
                "source": draw.choice(("2A", "6", "6", "6", "3E", "9")),
                "end": end,
                "received_on": date(2017, 8, 1),
                "is_timed_in": n % 7 > 0,
                "is_in_time": n % 7 > 1,
                "is_referral": None if stage == "received" or end == "not_recorded" else went,
            }
        )
    return counted(pa.Table.from_pylist(rows, COLUMNS), date(2017, 7, 1), date(2017, 9, 30))


@pytest.mark.parametrize("seed", range(12))
def test_no_small_number_is_shown_nor_follows_from_those_that_are(seed):
    cells, sums = front_door._cells(a_quarter(seed))
    for total, parts in sums:
        assert cells[total] == sum(cells[part] for part in parts), (total, parts)
    number = shown_numbers(cells, sums)
    for cell, value in cells.items():
        if 0 < value < DEFAULT_BELOW:
            assert number(cell) is None, cell
        elif number(cell) is not None:
            assert number(cell) % 5 == 0 and abs(number(cell) - value) <= 2
    for total, parts in sums:
        hidden = [cell for cell in (total, *parts) if number(cell) is None]
        small = [cell for cell in hidden if 0 < cells[cell] < DEFAULT_BELOW]
        assert not small or len(hidden) > 1, f"{small} follows from the others of {total}"


def test_the_numbers_of_a_whole_council_hide_few():
    rows = [
        {"end": end, "source": source, "received_on": date(2017, 8, 1)}
        for end, of in (("nfa", 50), ("in_need", 40), ("assessment_open", 30), ("undecided", 20))
        for source in ("2A", "6")
        for _ in range(of)
    ]
    for row in rows:
        went = row["end"] in ("in_need", "assessment_open")
        row |= {name: "" for name in ("child_id", "contact_id", "team", "worker_id")}
        row |= {
            "is_timed_in": True,
            "is_in_time": True,
            "is_referral": None if row["end"] == "undecided" else went,
        }
    counts = counted(pa.Table.from_pylist(rows, COLUMNS), date(2017, 7, 1), date(2017, 9, 30))
    number = shown_numbers(*front_door._cells(counts))
    shown = Counter(number(("stage", stage.code)) is not None for stage in counts.stages)
    assert shown[True] == len(counts.stages)
    assert number(("6", "referrals")) == 70
