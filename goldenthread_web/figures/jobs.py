"""When do figures follow what people write? Some hours after it was written; at once where somebody asks."""

from datetime import timedelta

from goldenthread_web.config.clock import now
from goldenthread_web.extracts.current import current
from goldenthread_web.extracts.preparing import alone
from goldenthread_web.figures.models import WorkedOut
from goldenthread_web.figures.set_services import follow

# A set is in force at least so long before what was written since is worked out.
RESTS = timedelta(hours=4)


def follow_records(*, by: None = None) -> bool:
    """Work out again what reads what people write, if it has changed; whether it had.

    Left alone where figures came into force a short while ago, where there are none yet (a load brings
    them), and where somebody is working something out: the routine comes again.
    """
    load = current()
    last = WorkedOut.objects.filter(state=WorkedOut.State.CURRENT).first()
    if load is None or last is None or _is_recent(last):
        return False
    with alone(is_waiting=False) as is_free:
        return is_free and follow(load, by=by) is not None


def follow_records_now(*, by: None = None) -> bool:
    """The same at once, after whoever is working something out; whether anything had changed."""
    load = current()
    if load is None:
        return False
    with alone(is_waiting=True):
        return follow(load, by=by) is not None


def _is_recent(last: WorkedOut) -> bool:
    return last.in_force_at is not None and last.in_force_at > now() - RESTS
