"""What does every page say to whoever must answer an immediate concern? That it waits, and until when."""

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.concerns.clocks import moment
from goldenthread_web.concerns.models import Concern
from goldenthread_web.concerns.queries import clock_of, scope_of, waiting_for
from goldenthread_web.ui.words import moment_said

MOST = 3  # the list shows them all


def banners(person: User) -> list[dict[str, str]]:
    """One for each concern the person was told of until its child is safe; no word about the child."""
    if not person.may(Permission.ANSWER_CONCERNS):
        return []
    found = waiting_for(person)
    if not found:
        return []
    barred = scope_of(person).barred
    return [_banner(one) for one in found if one.reference not in barred][:MOST]


def _banner(concern: Concern) -> dict[str, str]:
    clock = clock_of(concern, moment())
    until = f" by {moment_said(clock.by)} ({clock.left})" if clock.by else " now"
    return {
        "tone": "danger" if concern.acknowledged_at is None or clock.is_late else "warning",
        "text": f"Immediate concern {concern.ref} about a child waits for {clock.waits_for}{until}.",
        "href": concern.get_absolute_url(),
        "link_text": f"Open {concern.ref}",
    }
