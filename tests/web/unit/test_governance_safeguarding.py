"""A safeguarding action returns to every meeting of its body until one closes it: every way out is tried."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.governance import agenda, following_services, meeting_services, queries
from goldenthread_web.governance.models import AgendaItem, Meeting, SafeguardingAction, SafeguardingReview
from goldenthread_web.programme.services import change_body
from goldenthread_web.trail.models import Event
from tests.web.governing import (
    a_body,
    a_meeting,
    a_safeguarding_action,
    again,
    begun,
    keeper,
    minuted,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FIRST, SECOND, THIRD = "2017-10-18", "2017-11-15", "2017-12-13"


@pytest.fixture
def board():
    """An operational board with one safeguarding action from its first meeting, and its second one begun."""
    by = keeper()
    body = a_body(by=by)
    first = a_meeting(body, FIRST, by=by, status="held")
    action = a_safeguarding_action(first, by=by)
    return by, body, action, a_meeting(body, SECOND, by=by, status="held")


def before(meeting):
    """What an agenda holds under safeguarding actions."""
    found = [part for part in agenda.parts(meeting, on=meeting.on) if part.kind == "safeguarding"]
    return [entry.key for part in found for entry in part.entries]


def refused_by_the_database():
    """The database answers whatever goes past the services."""
    return pytest.raises(Exception, match="safeguarding action|Safeguarding action|minuted|frozen")


def review(action, meeting, by, result="open", **said):
    words = {
        "text": "Half of the cases were looked at.",
        "evidence": "" if result == "open" else "Case audit",
    }
    return following_services.review_safeguarding(
        action, meeting=meeting, result=result, by=by, **words | said
    )


def test_it_is_before_every_later_meeting_until_one_closes_it(board):
    by, body, action, second = board
    third, fourth = a_meeting(body, THIRD, by=by), a_meeting(body, "2018-01-17", by=by)
    assert before(second) == before(third) == before(fourth) == [action.pk]
    review(action, second, by)
    assert before(third) == before(fourth) == [action.pk]
    begun(third, by)
    review(action, third, by, "closed")
    action.refresh_from_db()
    assert (action.closed_at, action.closed_on) == (third, date(2017, 12, 13))
    assert before(fourth) == []
    assert before(third) == [action.pk]  # where it was closed it stays to be read
    told = Event.objects.filter(what="safeguarding_action.reviewed").values_list("changes__result", flat=True)
    assert list(told) == ["open", "closed"]


def test_the_meeting_that_opens_it_is_not_asked_about_it(board):
    _, _, action, second = board
    assert before(action.opened_at) == [] and before(second) == [action.pk]


def test_a_meeting_is_not_minuted_while_one_has_no_outcome(board):
    by, _, action, second = board
    meeting_services.note_attendance(second, post="Chair", presence="present", by=by)
    with pytest.raises(Refused, match="1 safeguarding action got no outcome at this meeting"):
        meeting_services.finish_minutes(second, by=by)
    assert again(second).status == "held"
    review(action, second, by)
    assert meeting_services.finish_minutes(second, by=by).status == "minuted"


@pytest.mark.parametrize("status", ["minuted", "approved"])
def test_nor_past_the_services(board, status):
    second = board[3]
    with refused_by_the_database(), transaction.atomic():
        Meeting.objects.filter(pk=second.pk).update(status=status)
    second.status = status
    with refused_by_the_database(), transaction.atomic():
        second.save()
    with refused_by_the_database(), transaction.atomic():
        Meeting.objects.create(
            body=second.body,
            starts_at=second.starts_at + timedelta(hours=3),
            freezes_on=second.freezes_on,
            status=status,
        )


def test_it_cannot_be_taken_off_an_agenda(board):
    by, body, action, _ = board
    third = a_meeting(body, THIRD, by=by)
    row = third.items.get(kind="safeguarding")
    with pytest.raises(Refused, match="cannot be taken off"):
        meeting_services.remove_item(row, by=by)
    with pytest.raises(Refused, match="cannot become something else"):
        meeting_services.change_item(row, kind="other", version=row.version, by=by)
    AgendaItem.objects.filter(meeting=third).delete()  # past the services
    assert before(third) == [action.pk]
    pack = meeting_services.freeze_pack(third, by=by)
    listed = [part for part in pack.content["parts"] if part["kind"] == "safeguarding"]
    assert [entry["key"] for entry in listed[0]["entries"]] == [action.pk]


def test_a_cancelled_meeting_loses_nothing(board):
    by, body, action, _ = board
    third, fourth = a_meeting(body, THIRD, by=by), a_meeting(body, "2018-01-17", by=by)
    meeting_services.cancel_meeting(third, because="Snow.", by=by)
    assert before(fourth) == [action.pk]


def test_it_stays_when_the_body_is_no_longer_called_operational(board):
    by, body, action, second = board
    change_body(body, version=body.version, is_operational=False, by=by)
    second = Meeting.objects.select_related("body").get(pk=second.pk)
    assert before(second) == [action.pk]
    meeting_services.note_attendance(second, post="Chair", presence="present", by=by)
    with pytest.raises(Refused, match="no outcome"):
        meeting_services.finish_minutes(second, by=by)


def test_it_is_never_deleted(board):
    by, _, action, second = board
    review(action, second, by)
    with pytest.raises(ProtectedError), transaction.atomic():
        action.delete()
    with refused_by_the_database(), transaction.atomic():
        SafeguardingAction.objects.filter(pk=action.pk)._raw_delete("default")
    with refused_by_the_database(), transaction.atomic():
        SafeguardingReview.objects.all().delete()


def test_it_is_never_reworded_handed_on_or_redated(board):
    by, _, action, _ = board
    other = a_body("improvement_board", by=by)
    later = a_meeting(other, THIRD, by=by)
    for change in (
        {"text": "Something smaller."},
        {"body": other},
        {"opened_on": date(2030, 1, 1)},
        {"opened_at": later},
    ):
        with refused_by_the_database(), transaction.atomic():
            SafeguardingAction.objects.filter(pk=action.pk).update(**change)


def test_it_is_closed_by_a_review_at_a_meeting_of_its_body_alone(board):
    by, body, action, second = board
    closed = {"closed_at": second, "closed_on": second.on}
    with refused_by_the_database(), transaction.atomic():
        SafeguardingAction.objects.filter(pk=action.pk).update(**closed)
    with pytest.raises(IntegrityError), transaction.atomic():
        SafeguardingAction.objects.filter(pk=action.pk).update(closed_on=second.on)
    with refused_by_the_database(), transaction.atomic():
        SafeguardingAction.objects.create(
            body=body, opened_at=second, opened_on=second.on, text="x", post="y", due_on=second.on, **closed
        )
    review(action, second, by)  # it stays open: no ground to close it on
    with refused_by_the_database(), transaction.atomic():
        SafeguardingAction.objects.filter(pk=action.pk).update(**closed)


def test_a_closed_one_stays_closed(board):
    by, _, action, second = board
    review(action, second, by, "closed")
    action.refresh_from_db()
    with pytest.raises(Refused, match="open another one"):
        review(action, second, by)
    with refused_by_the_database(), transaction.atomic():
        SafeguardingAction.objects.filter(pk=action.pk).update(closed_at=None, closed_on=None)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"text": " "}, "what the meeting heard"),
        ({"result": "closed", "evidence": " "}, "closed on evidence"),
    ],
)
def test_what_a_review_must_say(board, said, sentence):
    by, _, action, second = board
    with pytest.raises(Refused, match=sentence):
        review(action, second, by, **said)
    assert not action.reviews.exists()


def test_who_reviews_it_and_when(board):
    by, body, action, second = board
    other = a_meeting(a_body("improvement_board", by=by), SECOND, by=by, status="held")
    with pytest.raises(Refused, match="Another body"):
        review(action, other, by)
    with pytest.raises(Refused, match="while the meeting is held"):
        review(action, a_meeting(body, THIRD, by=by), by)
    with pytest.raises(Refused, match="not before that meeting"):
        review(action, action.opened_at, by)
    review(action, second, by)
    review(action, second, by, text="All were looked at.")  # corrected while the meeting is held
    assert action.reviews.get().text == "All were looked at."


def test_only_an_operational_body_opens_one():
    by = keeper()
    board = a_meeting(a_body("improvement_board", by=by), SECOND, by=by, status="held")
    with pytest.raises(Refused, match="no operational body"):
        a_safeguarding_action(board, by=by)
    with pytest.raises(Refused, match="while a meeting is held"):
        a_safeguarding_action(a_meeting(a_body(by=by), SECOND, by=by), by=by)


def test_ones_without_outcome_are_counted(board):
    by, _, action, second = board
    assert list(queries.without_outcome(second)) == [action]
    review(action, second, by)
    assert not queries.without_outcome(second).exists()
    assert list(queries.open_safeguarding()) == [action]


def test_minuted_without_any(board):
    by = board[0]
    assert minuted(a_meeting(a_body("cabinet", by=by), SECOND, by=by), by).status == "minuted"


def test_where_no_meeting_is_planned_it_is_said_that_it_waits_for_one(board):
    by, body, action, second = board
    on = date(2017, 11, 15)

    def comes_back():
        return [one.comes_back_at for one in queries.followed_safeguarding([body], on)]

    third = a_meeting(body, THIRD, by=by)
    assert comes_back() == [third.starts_at] and not queries.stranded_safeguarding([body], on).exists()
    meeting_services.cancel_meeting(third, because="Snow.", by=by)
    assert comes_back() == [None]  # nor is the meeting under way one that is still to come
    assert list(queries.stranded_safeguarding([body], on)) == [action]
    assert not queries.stranded_safeguarding([], on).exists()
    review(action, second, by, "closed")
    assert not queries.stranded_safeguarding([body], on).exists()


def test_one_that_is_past_its_day_says_so_on_the_agenda(board):
    by, body, action, _ = board
    SafeguardingAction.objects.filter(pk=action.pk).update(due_on=date(2017, 12, 12))
    late = a_meeting(body, THIRD, by=by)
    said = [part for part in agenda.parts(late, on=late.on) if part.kind == "safeguarding"]
    assert "overdue since 12 December 2017" in said[0].entries[0].text
