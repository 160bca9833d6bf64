"""How is an Event tied to the one before it, and is the chain still whole?"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC

from django.conf import settings

from goldenthread_web.trail.models import Event, Seen

START = "0" * 64  # what the first Event follows
_CHUNK = 2000


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a verification found: how many Events are whole, and the first that is not."""

    events: int
    first_broken: int | None
    head: str  # the hash of the last whole Event: keep it elsewhere, and give it back as `expected`
    why: str = ""


def digest(event: Event, children: Iterable[str] = ()) -> str:
    """The hash of an Event and of the children it showed, with a key that is not in the database."""
    content = {
        "previous": event.previous,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by_id": event.by_id,
        "by_role": event.by_role,
        "what": event.what,
        "about_kind": event.about_kind,
        "about_key": event.about_key,
        "reason": event.reason,
        "changes": event.changes,
        "request_id": event.request_id,
        "address": event.address,
        "children": sorted(children),
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    key = settings.INSTALLATION.secrets["trail"].encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def verify(expected: str | None = None, *, newest: int | None = None) -> Verdict:
    """Read the chain; names the first Event that was changed, or before which one was removed.

    `expected` is a head noted earlier: if no Event has it, the end of the chain was cut off. `newest`: only
    so many Events at its end are read.
    """
    after, previous = _before(newest)
    count, met_expected = 0, expected in (None, START)
    while events := list(Event.objects.filter(id__gt=after).order_by("id")[:_CHUNK]):
        shown: dict[int, list[str]] = {}
        ids = (events[0].id, events[-1].id)
        for number, child in Seen.objects.filter(event_id__range=ids).values_list("event_id", "reference"):
            shown.setdefault(number, []).append(child)
        for event in events:
            if event.previous != previous:
                return _broken(count, event.id, previous, "an Event before it was removed or put in")
            if not hmac.compare_digest(event.hash, digest(event, shown.get(event.id, ()))):
                return _broken(count, event.id, previous, "its content was changed")
            previous, count = event.hash, count + 1
            met_expected = met_expected or event.hash == expected
        after = events[-1].id
    if not met_expected:
        return _broken(count, after + 1, previous, "the Events after it were removed")
    return Verdict(events=count, first_broken=None, head=previous)


def _before(newest: int | None) -> tuple[int, str]:
    """The number and hash of the Event before the newest so many; of none: where the chain starts."""
    if newest is not None:
        found = Event.objects.order_by("-id").values_list("id", "hash")[newest : newest + 1]
        if found:
            return found[0]
    return 0, START


def _broken(count: int, number: int, head: str, why: str) -> Verdict:
    return Verdict(events=count, first_broken=number, head=head, why=why)
