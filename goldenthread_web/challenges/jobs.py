"""Which challenges go up by themselves? Those whose stage nobody answered in time."""

from goldenthread_web.challenges.queries import waiting_for_the_clock
from goldenthread_web.challenges.services import escalate_by_clock
from goldenthread_web.config.clock import today


def escalate(*, by: None) -> None:
    """Take each a stage further, once a day has passed without an answer."""
    for one in waiting_for_the_clock(today()):
        escalate_by_clock(one, on=today(), by=by)
