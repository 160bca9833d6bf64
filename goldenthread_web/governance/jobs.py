"""What does governance do by itself? A worker calls it now and then (extracts/routines.toml)."""

from goldenthread_web.config.clock import today
from goldenthread_web.governance.meeting_services import freeze_by_itself
from goldenthread_web.governance.models import Meeting
from goldenthread_web.governance.queries import meetings


def freeze_what_is_due(*, by: None) -> int:
    """Freeze each pack whose day has come and whose meeting is not past; how many there were."""
    due = meetings(since=today()).filter(status=Meeting.Status.PLANNED, freezes_on__lte=today())
    return len([freeze_by_itself(meeting, by=by) for meeting in due])
