"""What clinics cannot solve stands on every agenda of the operational board until it is answered."""

from datetime import date

import pytest

from goldenthread_web.clinics import services
from goldenthread_web.clinics.models import Clinic, Escalation
from goldenthread_web.config.clock import now
from goldenthread_web.governance import agenda, queries
from goldenthread_web.programme.models import Body
from tests.web.builders import a_person
from tests.web.governing import a_body, a_meeting, keeper

pytestmark = pytest.mark.django_db
DAY = date(2017, 12, 12)


def escalated(body, text="Two posts are empty.", on=DAY):
    clinic = Clinic.objects.create(
        team="FSP 1", monday=on, on=on, as_at_on=on, prepared_at=now(), load_hash="x", load_folder="x"
    )
    return Escalation.objects.create(
        clinic=clinic,
        body=body,
        text=text,
        wanted="Agree on cover.",
        escalated_on=on,
        escalated_by=a_person("service_manager"),
    )


def told(meeting):
    return [
        entry.title
        for part in agenda.parts(meeting, on=meeting.on)
        if part.kind == "escalations"
        for entry in part.entries
    ]


def test_it_returns_until_it_is_answered():
    by = keeper()
    board = a_body(by=by, is_operational=True)
    first, second = a_meeting(board, "2017-12-13", by=by), a_meeting(board, "2018-01-10", by=by)
    made = escalated(board)
    assert told(first) == told(second) == ["Two posts are empty."]
    services.answer_escalation(made, answer="Cover is agreed.", answered_on=first.on, by=by)
    assert told(second) == []


def test_a_meeting_before_it_does_not_know_of_it():
    by = keeper()
    board = a_body(by=by, is_operational=True)
    meeting = a_meeting(board, "2017-12-06", by=by)
    escalated(board)
    assert told(meeting) == []


def test_no_other_body_has_the_item():
    by = keeper()
    other = a_body("cabinet", by=by, name="Cabinet", is_operational=False)
    assert "escalations" not in {
        part.kind for part in agenda.parts(a_meeting(other, "2018-01-10", by=by), on=DAY)
    }


def test_a_board_that_stops_being_operational_still_answers_what_was_put_before_it():
    by = keeper()
    board = a_body(by=by, is_operational=True)
    meeting = a_meeting(board, "2018-01-10", by=by)
    made = escalated(board)
    Body.objects.filter(pk=board.pk).update(is_operational=False)
    meeting = queries.telling_safeguarding(queries.meetings()).get(pk=meeting.pk)
    assert told(meeting) == told(queries.meetings().get(pk=meeting.pk)) == ["Two posts are empty."]
    services.answer_escalation(made, answer="Cover is agreed.", answered_on=meeting.on, by=by)
    assert "escalations" not in agenda.must_come_back(queries.meetings().get(pk=meeting.pk))
