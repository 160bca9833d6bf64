"""What is written of immediate concerns: raised, acknowledged, made safe, resolved, told to whom."""

from datetime import datetime, timedelta

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.concerns.models import Concern
from goldenthread_web.config.clock import now
from goldenthread_web.trail.recording import record

ACKNOWLEDGE_WITHIN = timedelta(hours=4)  # by the clock, on every day of the year
SAFE_WITHIN = timedelta(hours=24)


@service(Permission.OBSERVE_PRACTICE)
def raise_concern(
    reference: str,
    *,
    team: str,
    source: str,
    text: str,
    source_ref: str = "",
    raised_at: datetime | None = None,
    by: User,
) -> Concern:
    """Say that a child may be in danger now: whoever answers for the child is told at once."""
    if not text.strip():
        raise Refused("Say in a sentence what makes you fear for the child now.")
    at = raised_at or now()
    made = Concern.objects.create(
        ref=f"C{Concern.objects.count() + 1}",
        reference=reference,
        team=team,
        source=Concern.Source(source),
        source_ref=source_ref,
        text=text.strip(),
        raised_by=by,
        raised_at=at,
        acknowledge_by=at + ACKNOWLEDGE_WITHIN,
        safe_by=at + SAFE_WITHIN,
    )
    record("concern.raised", made, by=by, changes={"source": source, "team": team})
    return made
