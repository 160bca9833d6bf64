"""The status of an action: a drawn table, one line per boundary, each with because."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread_web.improvement.status import (
    BY_HAND,
    KEY,
    WORDS,
    Facts,
    Step,
    is_better,
    missed_in_a_row,
    status,
)

TODAY = date(2018, 1, 2)
DUE = date(2018, 3, 31)


def days(count):
    return timedelta(days=count)


def facts(**values):
    said = {
        "today": TODAY,
        "starts_on": date(2017, 7, 1),
        "baseline_due_on": DUE,
        "forecast_due_on": DUE,
    }
    return Facts(**said | values)


def a_step(overdue=0, **values):
    """A milestone promised so many days ago, expected with the action."""
    said = {"text": "Agreed", "baseline_on": TODAY - days(overdue), "forecast_on": DUE}
    return Step(**said | values)


DONE = {"done_on": date(2017, 12, 1), "evidence": 1}

# letter, what is not as in facts(), because, part of a reason
TABLE = [
    ("W", {"starts_on": TODAY + days(1)}, "it starts tomorrow", "starts on 3 January 2018"),
    ("G", {"starts_on": TODAY}, "it starts today: today is not before it", "as promised"),
    ("W", {"starts_on": TODAY + days(1), "blocked_because": "No money."}, "not before its day", ""),
    ("G", {}, "forecast on the day promised", "expected by 31 March 2018"),
    ("G", {"forecast_due_on": DUE - days(1)}, "forecast earlier than promised", "as promised"),
    ("A", {"forecast_due_on": DUE + days(1)}, "1 day late", "slips 1 day past"),
    ("A", {"forecast_due_on": DUE + days(12)}, "12 days late", "slips 12 days past the day promised"),
    ("A", {"forecast_due_on": DUE + days(28)}, "28 days late is the last at risk", "slips 28 days"),
    ("R", {"forecast_due_on": DUE + days(29)}, "29 days late is off track", "slips 29 days"),
    ("A", {"baseline_due_on": TODAY - days(1), "forecast_due_on": TODAY - days(1)},
     "promised for yesterday, not done", "is not done: 1 day late"),
    ("G", {"baseline_due_on": TODAY, "forecast_due_on": TODAY}, "promised for today: today is not over", ""),
    ("R", {"baseline_due_on": TODAY - days(29), "forecast_due_on": TODAY - days(29)},
     "a forecast that passed is no forecast", "is not done: 29 days late"),
    ("A", {"steps": (a_step(forecast_on=DUE + days(3)),)},
     "it cannot be done before its last milestone", "forecast of a milestone slips 3 days"),
    ("G", {"steps": (a_step(0),)}, "a milestone due today is not overdue", ""),
    ("A", {"steps": (a_step(1),)}, "a milestone 1 day overdue", "“Agreed” is 1 day overdue"),
    ("A", {"steps": (a_step(14),)}, "a milestone 14 days overdue is the last at risk", "14 days overdue"),
    ("R", {"steps": (a_step(15),)}, "a milestone 15 days overdue", "15 days overdue"),
    ("G", {"steps": (a_step(15, done_on=TODAY),)}, "a milestone that is done is not overdue", ""),
    ("R", {"steps": (a_step(15, forecast_on=TODAY + days(5)),)},
     "another forecast of a milestone does not move the day promised", "15 days overdue"),
    ("G", {"waits_for": a_step(0)}, "somebody else was to decide today: the day is not over", "as promised"),
    ("A", {"waits_for": a_step(1)}, "somebody else's decision 1 day overdue", "1 day overdue: Agreed"),
    ("A", {"waits_for": a_step(14)}, "as of a milestone: the last day at risk", "14 days overdue: Agreed"),
    ("R", {"waits_for": a_step(15)}, "as of a milestone: off track", "15 days overdue: Agreed"),
    ("G", {"waits_for": a_step(15, done_on=TODAY)}, "a decision that was made is not overdue", "as promised"),
    ("A", {"waits_for": a_step(-99, forecast_on=DUE + days(3))},
     "it cannot be done before somebody else decides", "decision that it waits for slips 3 days"),
    ("A", {"missed_updates": 1}, "one update missed", "missed one update"),
    ("R", {"missed_updates": 2}, "two updates missed", "missed 2 updates"),
    ("R", {"blocked_because": "The lease is not signed."}, "blocked", "blocked: The lease is not signed."),
    ("R", {"missed_updates": 1, "steps": (a_step(15),)}, "the worse of two counts", "missed one update"),
    ("C", DONE, "done and evidence attached", "impact is still to be tested"),
    ("C", DONE | {"steps": (a_step(30, done_on=TODAY),)}, "late, and every milestone done", ""),
    ("G", DONE | {"evidence": 0}, "said to be done without evidence", "no evidence is attached"),
    ("A", DONE | {"steps": (a_step(2),)}, "said to be done with a milestone open", "1 of its milestones"),
    ("C", DONE | {"blocked_because": "Old."}, "what is done is not blocked", ""),
    ("C", DONE | {"missed_updates": 3}, "what is done owes no update", ""),
    ("C", DONE | {"starts_on": TODAY + days(9)}, "done before it was to start", ""),
    ("G", DONE | {"done_on": TODAY + days(1)}, "a day ahead is not done", ""),
    ("B", DONE | {"embedded_on": date(2017, 12, 20)}, "confirmed by somebody else", "since 20 December 2017"),
    ("G", {"embedded_on": date(2017, 12, 20)}, "nothing is embedded that is not done", ""),
    ("A", DONE | {"fell_back": "FD-02 left its tolerance."}, "embedded no longer", "Fell back: FD-02"),
    # by hand
    ("R", {"override": "R"}, "a worse one needs no reason", "worked out it would be G, on track"),
    ("A", {"override": "A", "override_because": "The lead left."}, "worse, with a reason", "The lead left."),
    ("A", {"override": "G", "missed_updates": 1}, "a better one needs a reason", "missed one"),
    ("G", {"override": "G", "override_of": "A", "override_because": "On leave.", "missed_updates": 1},
     "a better one with a reason", "On leave."),
    ("R", {"override": "G", "override_of": "A", "override_because": "On leave.", "missed_updates": 2},
     "worse news since then undoes it", "missed 2 updates"),
    ("G", {"override": "B", "override_because": "I say so."}, "nobody says embedded by hand", ""),
    ("G", {"override": "C", "override_because": "I say so."}, "nobody says done by hand", ""),
    ("C", DONE | {"override": "R"}, "what is done stays done", ""),
    ("W", {"starts_on": TODAY + days(1), "override": "G", "override_because": "x"}, "not by hand either", ""),
]  # fmt: skip


@pytest.mark.parametrize(("letter", "values", "because", "reason"), TABLE, ids=[row[2] for row in TABLE])
def test_the_status_of_an_action(letter, values, because, reason):
    found = status(facts(**values))
    assert found.letter == letter, (because, found)
    assert reason in " ".join(found.reasons), (because, found.reasons)
    assert found.word == WORDS[letter]


def test_what_each_letter_calls_for():
    def needs(**values):
        return status(facts(**values)).needs

    assert needs(missed_updates=1) == ("A recovery note is needed.",)
    assert needs(missed_updates=1, has_recovery=True) == ()
    assert [one.split()[0] for one in needs(missed_updates=2)] == ["It", "A"]
    assert needs(missed_updates=2, has_escalation=True) == ("A body must agree a new plan for it.",)
    assert needs(missed_updates=2, has_escalation=True, has_new_plan=True) == ()
    assert needs() == () and needs(**DONE) == ()


def test_every_letter_has_words_and_a_key():
    assert set(WORDS) == set(KEY) == set("WGARCB")


@pytest.mark.parametrize(
    ("due", "missed", "because"),
    [
        ([], 0, "no update was due yet"),
        ([(TODAY, False)], 0, "due today: there is still time"),
        ([(TODAY - days(1), False)], 1, "due yesterday"),
        ([(TODAY - days(1), False), (TODAY - days(31), False)], 2, "two in a row"),
        ([(TODAY - days(1), True), (TODAY - days(31), False)], 0, "the latest came"),
        ([(TODAY - days(1), False), (TODAY - days(31), True)], 1, "the one before came"),
        (
            [(TODAY + days(9), False), (TODAY - days(31), False)],
            1,
            "what is not due yet does not end the row",
        ),
    ],
)
def test_updates_missed_in_a_row(due, missed, because):
    assert missed_in_a_row(due, TODAY) == missed, because


near = st.integers(-120, 120).map(lambda n: TODAY + days(n))
a_random_step = st.builds(
    Step, text=st.just("Agreed"), baseline_on=near, forecast_on=near, done_on=st.none() | near
)
anything = st.builds(
    Facts,
    today=st.just(TODAY),
    starts_on=near,
    baseline_due_on=near,
    forecast_due_on=near,
    done_on=st.none() | near,
    steps=st.lists(a_random_step, max_size=3).map(tuple),
    evidence=st.integers(0, 2),
    missed_updates=st.integers(0, 3),
    blocked_because=st.sampled_from(["", "Blocked."]),
    override=st.sampled_from(["", *BY_HAND, "C"]),
    override_of=st.sampled_from(["", *BY_HAND]),
    override_because=st.sampled_from(["", "A reason."]),
    embedded_on=st.none() | near,
    fell_back=st.sampled_from(["", "It fell."]),
)


@settings(max_examples=300, deadline=None)
@given(anything, st.integers(1, 200), st.integers(-1, 2))
def test_a_later_forecast_never_gives_a_better_status(found, later, which):
    """Of the action, or of one of its milestones."""
    from dataclasses import replace

    if 0 <= which < len(found.steps):
        moved = replace(found.steps[which], forecast_on=found.steps[which].forecast_on + days(later))
        steps = (*found.steps[:which], moved, *found.steps[which + 1 :])
        worse = replace(found, steps=steps)
    else:
        worse = replace(found, forecast_due_on=found.forecast_due_on + days(later))
    assert not is_better(status(worse).letter, status(found).letter)
