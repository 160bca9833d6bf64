"""What a board hears of dip samples and of families' voices: as on the day, small numbers hidden."""

from datetime import date, timedelta

import pytest

from goldenthread_web.accounts.models import Restriction
from goldenthread_web.config.clock import now
from goldenthread_web.governance import practice_exceptions
from goldenthread_web.ui.together import together
from goldenthread_web.voice.models import Reply
from tests.web.builders import a_person
from tests.web.sampling_builders import a_council, ref
from tests.web.unit.test_dip_samples import a_dip_sample, a_version, answered, finished
from tests.web.unit.test_voice import a_voice

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ON = date(2018, 1, 2)


@pytest.fixture(autouse=True)
def council(settings, tmp_path):
    return a_council(settings, tmp_path)


@pytest.fixture
def lead():
    return a_person("qa_lead")


def told(start, on=ON):
    found = practice_exceptions.lines(on, together(**practice_exceptions.lists(on)))
    return [one for one in found if one.title.startswith(start)]


def a_finished_one(lead, *, yes, size=14, on=ON, **asked):
    sampler = a_person("auditor")
    made = a_dip_sample(lead, sampler, version=a_version(lead, size=size), **asked)
    answered(made, sampler, yes=yes)
    return finished(made, sampler, finished_on=on)


def test_a_dip_sample_below_its_threshold_is_heard_of(lead):
    a_finished_one(lead, yes=7)
    [one] = told("Dip sample: Plans")
    assert one.text == (
        "Below 80% in cases chosen at random, finished on 2 January 2018: Clear 50%, By when 50%."
    )
    assert one.tag == "below its threshold"
    assert told("Dip", ON - timedelta(days=1)) == [], "not finished then"


def test_small_numbers_of_a_dip_sample_are_hidden(lead):
    a_finished_one(lead, yes=3)
    [one] = told("Dip")
    assert one.text == "Some results of the latest 1 dip sample are hidden: small numbers."
    assert "21%" not in one.text and one.tag == ""


def test_the_latest_of_a_design_counts_and_each_way_of_choosing_stands_alone(lead):
    a_finished_one(lead, yes=7, on=ON - timedelta(days=9))
    a_finished_one(lead, yes=14, on=ON - timedelta(days=8), seed="another")
    assert told("Dip") == [], "met the second time"
    [before] = told("Dip", ON - timedelta(days=9))
    assert "Clear 50%" in before.text, "what was known then, of the answers of that one alone"


def test_families_are_heard_by_theme(lead):
    for place in range(12):
        a_voice(lead, audience="parent", positive=place < 6)
        a_voice(lead, audience="staff", themes=("workload",), positive=False)
    [one] = told("Families on: ")
    assert one.title == "Families on: Visits" and one.tag == "no answer told yet"
    assert one.text == (
        "Spoken of about 10 times in the twelve months to 2 January 2018; about 5 of them something good."
    )
    assert told("Families", date(2017, 11, 30)) == [], "not said then"
    Reply.objects.create(
        theme="visits", audience="parent", said="Late.", did="Told before.", owner="Head",
        due_on=ON, published_on=ON, made_by=lead,
    )  # fmt: skip
    assert told("Families on: Visits")[0].tag == "answered"


def test_few_voices_are_not_counted_before_a_board(lead):
    for place in range(4):
        a_voice(lead, audience="child", positive=place < 2)
    [one] = told("Families on: ")
    assert one.text.endswith("how often is hidden: a small number.")


def test_a_restricted_child_says_nothing_to_a_board(lead):
    a_voice(lead, audience="child", positive=False, reference=ref(1))
    assert told("Families")
    Restriction.objects.create(
        reference=ref(1), kind="restrict", reason="staff", proposed_by=lead, proposed_at=now()
    )
    assert told("Families") == []
