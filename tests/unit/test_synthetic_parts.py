"""Parts of the invented authority that chance seldom comes to: what they do when it does."""

from datetime import date, timedelta
from itertools import count
from random import Random
from types import SimpleNamespace

import pytest

from goldenthread.standard import table
from goldenthread.synthetic.arcs import arc
from goldenthread.synthetic.care_rows import care_leaver_statuses
from goldenthread.synthetic.case_rows import allocations
from goldenthread.synthetic.council_rows import _parts
from goldenthread.synthetic.dirt import Planter
from goldenthread.synthetic.large_census import _plan
from goldenthread.synthetic.quotas import comes_out
from goldenthread.synthetic.resources import complain
from goldenthread.synthetic.ssda903 import Return
from goldenthread.synthetic.standing import is_past_assessment
from goldenthread.synthetic.supervision import Sessions
from goldenthread.synthetic.teams import PostSpell


def test_an_authority_of_three_digits_keeps_its_number_and_another_gets_one_that_no_council_has():
    assert arc("991").la_code == "991"
    assert 950 <= int(arc("T1").la_code) < 990
    assert arc("T1").la_code == arc("T1").la_code != arc("T2").la_code


def test_no_share_of_nobody_comes_out():
    assert not comes_out(0, 0, 50.0)
    assert comes_out(1, 2, 50.0)


AS_AT = 100
TOLD = SimpleNamespace(area=SimpleNamespace(as_at=AS_AT), staff=SimpleNamespace(restructure=None))


@pytest.mark.parametrize(
    "rows",
    [
        lambda: care_leaver_statuses(TOLD, SimpleNamespace(statuses=[SimpleNamespace(day=AS_AT + 1)])),
        lambda: allocations(TOLD, SimpleNamespace(spells=[SimpleNamespace(start=AS_AT + 1)])),
        lambda: _parts(TOLD, SimpleNamespace(), SimpleNamespace(start=AS_AT + 1)),
    ],
    ids=["care leavers", "allocations", "posts"],
)
def test_what_happens_after_the_as_at_date_is_not_delivered(rows):
    assert list(rows()) == []


def test_a_team_that_is_restructured_after_the_as_at_date_is_delivered_as_it_was():
    told = SimpleNamespace(area=TOLD.area, staff=SimpleNamespace(restructure=AS_AT + 20))
    post = SimpleNamespace(team=SimpleNamespace(before="Old Duty Team"))
    spell = PostSpell("permanent", start=AS_AT - 50, end=AS_AT + 100)
    [part] = _parts(told, post, spell)
    assert (part.start, part.end, part.reason) == (AS_AT - 50, AS_AT + 20, "deleted")


def test_where_nobody_manages_there_is_no_manager():
    sessions = SimpleNamespace(staff=SimpleNamespace(posts=[]))
    assert Sessions._manager(sessions, SimpleNamespace(team=SimpleNamespace(posts=[])), AS_AT) is None


def test_a_plan_for_a_child_opened_a_few_days_ago_is_expected_to_be_there():
    opened = date(2017, 6, 1).toordinal()
    child = SimpleNamespace(
        episodes=[], cp_plans=[], care=[], cin_plans=[SimpleNamespace(start=opened, end=opened + 400)]
    )
    assert is_past_assessment(child, opened + 5)


@pytest.mark.parametrize(
    ("closed_after", "has_end", "has_review"), [(200, True, True), (60, True, False), (900, False, True)]
)
def test_a_plan_of_the_census_has_an_end_and_a_review_where_they_were_before_its_last_day(
    closed_after, has_end, has_review
):
    started = date(2016, 4, 1)
    written = "".join(_plan(Random(1), started, started + timedelta(closed_after), started + timedelta(364)))
    assert ("<CPPendDate>" in written, "<CPPreviewDate>" in written) == (has_end, has_review)


def test_a_complaint_goes_through_three_stages_at_most_and_none_begins_after_the_as_at_date():
    as_at = date(2017, 12, 31).toordinal()
    area = SimpleNamespace(
        rng=Random(7),
        scaled=lambda number: number * 100,
        ids=SimpleNamespace(next=lambda prefix, width: f"{prefix}{next(numbers)}"),
        first=as_at - 1_000,
        as_at=as_at,
    )
    numbers = count(1)
    team = SimpleNamespace(role="care", name_on=lambda day, restructure: "Care Team")
    found = complain(area, SimpleNamespace(teams=[team], restructure=None))
    stages = {name: [] for name, *_ in found}
    for name, stage, day, *_ in found:
        assert day <= as_at
        stages[name].append(stage)
    assert {"".join(each) for each in stages.values()} == {"1", "12", "123"}


def test_an_end_is_not_moved_to_a_29_february_that_there_is_not():
    proceedings = table("legal_proceedings")
    rows = [
        tuple(
            {**dict.fromkeys(proceedings.column, "x"), "started_on": start, "ended_on": "2016-05-01"}.values()
        )
        for start in ("2016-02-29", "2016-02-28")
    ]
    planter = SimpleNamespace(rng=Random(1))
    left, moved = (
        Planter._changed(planter, proceedings, "backwards:started_on:ended_on", row) for row in rows
    )
    assert left is None
    assert moved is not None and "2015-02-28" in moved


def test_days_before_the_first_placement_make_no_episode():
    told = SimpleNamespace(first=0, last=100, _episode=lambda child, period, at, start, end: (start, end))
    child = SimpleNamespace(placements=[SimpleNamespace(start=20)])
    period = SimpleNamespace(start=10, end=50, statuses=[(10, "C2")])
    assert list(Return._episodes(told, child, period)) == [(20, 50)]
