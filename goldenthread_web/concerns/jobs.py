"""What do concerns do by themselves? A worker calls it each minute (extracts/routines.toml)."""

from datetime import datetime

from django.db import transaction

from goldenthread_web.concerns import queries
from goldenthread_web.concerns.clocks import counted, moment
from goldenthread_web.concerns.models import Concern
from goldenthread_web.concerns.telling import send
from goldenthread_web.concerns.telling_services import tell


def escalate(*, by: None, at: datetime | None = None) -> int:
    """Tell the next people about each concern that nobody answered in time; how many concerns that were.

    Whoever comes first holds the concern and looks again: of two workers one tells, once. Mails that could
    not be sent are tried again.
    """
    when = counted(at or moment())
    told = sum(_go_on(concern, when) for concern in queries.waiting(when))
    send(queries.mails_to_try_again(when), at=when)
    return told


def _go_on(seen: Concern, at: datetime) -> bool:
    if not queries.steps_due(seen, at):
        return False
    with transaction.atomic():
        concern = Concern.objects.select_for_update().get(pk=seen.pk)
        steps = queries.steps_due(concern, at)
        if steps:
            tell(concern, steps, at=at, by=None)
    return bool(steps)
