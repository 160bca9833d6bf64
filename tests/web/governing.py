"""Bodies, members and meetings for tests: only what matters to the test is said."""

from datetime import UTC, date, datetime

from goldenthread_web.governance import following_services, knowing_services, meeting_services
from goldenthread_web.governance.models import AgendaItem, Meeting
from goldenthread_web.programme.services import add_body
from tests.web.builders import a_person


def keeper():
    """Whoever keeps meetings."""
    return a_person("programme_manager")


def a_body(code="operational_board", *, by=None, **values):
    """A body; the operational board unless another is named."""
    said = {
        "name": code.replace("_", " ").capitalize(),
        "purpose": "For a test.",
        "chair": "Director of children's services",
        "rhythm": "monthly",
        "is_operational": code == "operational_board",
        "is_public": code in ("cabinet", "scrutiny"),
    }
    return add_body(code, **said | values, by=by or keeper())


def a_meeting(body=None, on="2018-01-16", *, by=None, status=None, **values):
    """A meeting of a body at two in the afternoon."""
    by = by or keeper()
    starts_at = datetime.fromisoformat(f"{on} 14:00").replace(tzinfo=UTC)
    made = meeting_services.plan_meeting(body or a_body(by=by), starts_at=starts_at, by=by, **values)
    if status == "held":
        return begun(made, by)
    if status == "minuted":
        return minuted(made, by)
    return made


def begun(meeting, by=None):
    """The meeting, begun."""
    return meeting_services.hold_meeting(meeting, by=by or keeper())


def minuted(meeting, by=None):
    """The meeting, held and minuted, its safeguarding actions looked at."""
    by = by or keeper()
    begun(meeting, by)
    meeting_services.note_attendance(meeting, post="Chair", presence="present", by=by)
    return meeting_services.finish_minutes(meeting, by=by)


def a_member(body, post="Member", *, person=None, by=None, starts_on=date(2017, 4, 7), **values):
    """A member of a body since the programme began."""
    return knowing_services.add_member(
        body, post=post, person=person, starts_on=starts_on, by=by or keeper(), **values
    )


def an_ask(meeting, text="How many children have no plan?", *, by=None, **values):
    """Something asked at a meeting that was begun."""
    said = {"post": "Chair of scrutiny", "to_post": "Director of children's services"}
    return following_services.record_ask(meeting, text=text, by=by or keeper(), **said | values)


def a_safeguarding_action(meeting, text="Look again at every case that waited.", *, by=None):
    """Opened at a meeting that was begun."""
    return following_services.open_safeguarding(
        meeting, text=text, post="Head of service", due_on=date(2018, 3, 1), by=by or keeper()
    )


def item_of(meeting, kind=AgendaItem.Kind.EXCEPTIONS):
    """The item of a kind on an agenda."""
    return meeting.items.get(kind=kind)


def again(meeting):
    """The meeting as the database holds it."""
    return Meeting.objects.get(pk=meeting.pk)
