"""What do figures read of the use of the service? Which team manager opened This morning on which day.

The trail tells: whoever opens a page of it, their daily dashboard, leaves an Event that says which children
it showed, or that it showed none. It is read of people who are, or once became, team managers, and of the
time in which that was their role: no other use is read, and nobody else's. A manager without a worker id
counts as well: the account stands for the worker then, and no team is known.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Q
from django.db.models.functions import TruncDate

from goldenthread_web.accounts.models import User
from goldenthread_web.config.clock import LONDON, days_ago, london
from goldenthread_web.trail.models import Event

MANAGER = "team_manager"
OPENED = ("children.seen", "list.seen")
PAGES = "worklist."  # begins the names of the pages of the morning
ACCOUNT, CLOSED = "account", "account_closed"  # views of the rows that say when somebody had an account
MONTHS_BACK = 37  # figures reach 36 months back, and the first of them looks back some days


def usage_log() -> Iterator[dict[str, Any]]:
    """A row per manager, page of the worklist and day; and the days on which an account began and ended."""
    became = Q(role=MANAGER) | Q(proposals__role=MANAGER, proposals__is_approved=True)
    people = User.objects.filter(became).distinct()
    managers = {person.pk: person for person in people}
    seen = set()
    for number, view, day in chain(_accounts(managers), _opened(managers)):
        worker = managers[number].worker_id or f"{ACCOUNT}:{number}"
        if (worker, view, day) not in seen:  # two accounts may be of one worker
            seen.add((worker, view, day))
            yield {"user_role": MANAGER, "worker_id": worker, "viewed_at": day, "view": view}


def _accounts(managers: dict[int, User]) -> Iterator[tuple[int, str, date]]:
    """From when to when each was a team manager with an account, from the roles that were approved."""
    told: dict[int, list[Event]] = {number: [] for number in managers}
    keys = [str(number) for number in managers]
    whats = ("role.approved", "account.closed")
    for event in Event.objects.filter(about_kind="user", about_key__in=keys, what__in=whats).order_by("id"):
        told[int(event.about_key)].append(event)
    for number, person in managers.items():
        is_open = False
        for event in told[number]:
            becomes = event.what == "role.approved" and event.changes["role"][1] == MANAGER
            if becomes != is_open:
                yield number, ACCOUNT if becomes else CLOSED, london(event.at).date()
            is_open = becomes
        if person.is_active and person.role == MANAGER:
            if not is_open:  # given otherwise than by an approval, as in a demonstration
                yield number, ACCOUNT, person.starts_on or london(person.created_at).date()
            if person.ends_on is not None:
                yield number, CLOSED, person.ends_on


def _opened(managers: dict[int, User]) -> Iterator[tuple[int, str, date]]:
    """Who opened which page of the worklist on which day in England."""
    events = Event.objects.filter(
        by_id__in=managers,
        by_role=MANAGER,
        what__in=OPENED,
        about_kind="list",
        about_key__startswith=PAGES,
        at__gte=days_ago(31 * MONTHS_BACK),
    )
    days = events.order_by().annotate(day=TruncDate("at", tzinfo=LONDON))
    yield from days.values_list("by_id", "about_key", "day").distinct()
