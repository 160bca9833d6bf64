"""The intervention and the partners: what is written stays beneath what is written next."""

from datetime import date
from decimal import Decimal

import pytest

from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.inspections import intervention_services as services
from goldenthread_web.inspections.models import Engagement, Intervention
from goldenthread_web.inspections.queries import intervention as current
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return a_person("programme_manager")


@pytest.fixture
def notice(manager):
    return services.enter_intervention(
        title="Improvement notice", issued_on=date(2017, 5, 12), rung="notice", by=manager
    )


def told():
    return list(Event.objects.order_by("id").values_list("what", flat=True))


def test_one_notice_is_in_force_at_a_time(notice, manager):
    assert told() == ["intervention.entered", "intervention.moved"]
    with pytest.raises(Refused, match="is in force"):
        services.enter_intervention(title="Other", issued_on=date(2017, 6, 1), rung="notice", by=manager)
    with pytest.raises(NotAllowed):
        services.end_intervention(notice, ended_on=date(2017, 12, 1), version=1, by=a_person("board_member"))
    with pytest.raises(Refused, match="after it was issued"):
        services.end_intervention(notice, ended_on=date(2018, 6, 1), version=1, by=manager)
    services.end_intervention(notice, ended_on=date(2017, 12, 1), version=1, by=manager)
    assert told()[-1] == "intervention.ended"
    with pytest.raises(SavedMeanwhile):
        services.end_intervention(notice, ended_on=date(2017, 12, 2), version=1, by=manager)
    with pytest.raises(Refused, match="lifted before"):
        services.end_intervention(notice, ended_on=date(2017, 12, 2), version=2, by=manager)
    other = services.enter_intervention(
        title="Direction", issued_on=date(2017, 12, 5), rung="direction", by=manager
    )
    assert current() == other
    with pytest.raises(Refused, match="lies ahead"):
        Intervention.objects.update(ended_on=date(2017, 12, 6))
        services.enter_intervention(title="Third", issued_on=date(2018, 6, 1), rung="notice", by=manager)


def test_moves_on_the_ladder_have_a_reason_and_come_in_order(notice, manager):
    because = "The pace was too slow: letter of the department."
    for said, sentence in (
        ({"because": "no"}, "why it moved"),
        ({"since_on": date(2017, 1, 1)}, "after the move before"),
        ({"rung": "notice"}, "on that rung already"),
        ({"rung": "attic"}, "Choose a rung"),
        ({"since_on": date(2018, 6, 1)}, "lies ahead"),
    ):
        given = {"rung": "direction", "since_on": date(2017, 9, 1), "because": because} | said
        with pytest.raises(Refused, match=sentence):
            services.move_on_ladder(notice, **given, by=manager)
    services.move_on_ladder(notice, rung="direction", since_on=date(2017, 9, 1), because=because, by=manager)
    assert [one.code for one in notice.rungs.all()] == ["direction", "notice"]


def test_a_condition_is_judged_again_and_again(notice, manager):
    said = {"number": 1, "text": "Hand in a plan.", "post": "Director of children’s services"}
    condition = services.add_condition(notice, **said, by=manager)
    with pytest.raises(Refused, match="a condition 1 already"):
        services.add_condition(notice, **said, by=manager)
    evidence = "Handed in on 14 July."
    judge = services.set_condition_state
    judge(condition, state="partly", on=date(2017, 7, 1), evidence=evidence, by=manager)
    judge(condition, state="met", on=date(2017, 7, 14), evidence=evidence, by=manager)
    assert [one.state for one in condition.states.all()] == ["met", "partly"]
    assert told()[-1] == "condition.judged"
    for state, on, words, sentence in (
        ("splendid", date(2017, 8, 1), evidence, "Choose whether"),
        ("met", date(2017, 8, 1), "yes", "what shows it"),
        ("met", date(2018, 8, 1), evidence, "lies ahead"),
        ("open", date(2017, 7, 2), evidence, "Something later"),
    ):
        with pytest.raises(Refused, match=sentence):
            judge(condition, state=state, on=on, evidence=words, by=manager)


def test_a_review_is_planned_then_written_down_once(notice, manager):
    review = services.plan_review(notice, planned_on=date(2017, 7, 11), by=manager)
    with pytest.raises(Refused, match="planned for that day"):
        services.plan_review(notice, planned_on=date(2017, 7, 11), by=manager)
    said = {
        "held_on": date(2017, 7, 11),
        "reviewer": "Adviser",
        "said": "The pace must show.",
        "source": "Letter of 18 July",
        "next_on": date(2018, 1, 16),
        "by": manager,
    }
    for change, sentence in (
        ({"held_on": date(2018, 7, 11)}, "once it was held"),
        ({"source": " "}, "where that is written"),
        ({"next_on": date(2017, 7, 1)}, "after this one"),
    ):
        with pytest.raises(Refused, match=sentence):
            services.hold_review(review, **(said | change))
    services.hold_review(review, **said)
    assert told()[-2:] == ["dfe_review.planned", "dfe_review.held"]
    with pytest.raises(Refused, match="written down already"):
        services.hold_review(review, **said)


def test_help_of_a_partner_is_entered_and_changed(manager):
    said = {
        "partner": "Northshire",
        "area": "workforce",
        "starts_on": date(2017, 7, 24),
        "days": Decimal("3.5"),
        "by": manager,
    }
    made = services.keep_engagement(**said)
    services.keep_engagement(made, **said, action_ref="3.1.1", version=1)
    assert Engagement.objects.get().action_ref == "3.1.1"
    assert told() == ["engagement.entered", "engagement.changed"]
    with pytest.raises(SavedMeanwhile):
        services.keep_engagement(made, **said, version=1)
    for change, sentence in (
        ({"area": "cooking"}, "from the list"),
        ({"ends_on": date(2017, 7, 1)}, "ends on or after"),
        ({"shared_with_dfe_on": date(2017, 9, 1)}, "give its day"),
        ({"reported_on": date(2017, 9, 2), "shared_with_dfe_on": date(2017, 9, 1)}, "on or after its day"),
    ):
        with pytest.raises(Refused, match=sentence):
            services.keep_engagement(**(said | change))
