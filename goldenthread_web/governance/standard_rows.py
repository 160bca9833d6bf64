"""What do figures read of meetings? Those of bodies, events for councillors, and what meetings asked for."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Count, Q

from goldenthread_web.governance.models import (
    Attendance,
    Meeting,
    MeetingAction,
    MemberDevelopment,
    PlannedEvent,
    SafeguardingAction,
)
from goldenthread_web.trail.queries import Asked, events

MEMBER_EVENT = "member_event"  # the name the specification gives to events for councillors
_CAME = (Attendance.Presence.PRESENT, Attendance.Presence.DEPUTY)
_HELD = (Meeting.Status.HELD, Meeting.Status.MINUTED, Meeting.Status.APPROVED)


def meetings() -> Iterator[dict[str, Any]]:
    """Every meeting of a body, cancelled ones too, and every event for councillors."""
    return chain(_of_bodies(), _for_councillors())


def meeting_actions() -> Iterator[dict[str, Any]]:
    """What meetings asked of somebody: actions and safeguarding actions."""
    for one in MeetingAction.objects.all():
        yield {
            "action_id": f"action:{one.pk}",
            "meeting_id": str(one.meeting_id),
            "due_on": one.due_on,
            "completed_on": one.closed_on,
        }
    for followed in SafeguardingAction.objects.all():
        yield {
            "action_id": f"safeguarding:{followed.pk}",
            "meeting_id": str(followed.opened_at_id),
            "due_on": followed.due_on,
            "completed_on": followed.closed_on,
        }


def _of_bodies() -> Iterator[dict[str, Any]]:
    """A meeting counts for the day it was planned for at first, whenever it was moved to.

    Whether enough members came is known where attendance was noted.
    """
    voted = Q(attendances__membership__is_voting=True, attendances__presence__in=_CAME)
    found = Meeting.objects.select_related("body").annotate(
        noted=Count("attendances"), came=Count("attendances", filter=voted)
    )
    planned = _first_planned()
    for one in found:
        is_held = one.status in _HELD
        yield {
            "meeting_id": str(one.pk),
            "forum": one.body.code,
            "scheduled_on": planned.get(str(one.pk), one.on),
            "held_on": one.on if is_held else None,
            "is_quorate": one.came >= one.body.quorum if is_held and one.noted else None,
        }


def _first_planned() -> dict[str, date]:
    """The day that each meeting was moved from first, by its number: the trail has every move."""
    found: dict[str, date] = {}
    moves = events(Asked(what="meeting.moved")).order_by("id")
    for number, changes in moves.values_list("about_key", "changes"):
        found.setdefault(number, date.fromisoformat(changes["on"][0]))
    return found


def _for_councillors() -> Iterator[dict[str, Any]]:
    """Every event that was planned, and what took place unplanned: one a day, kind and topic."""
    held = set()
    for one in PlannedEvent.objects.order_by("planned_on", "kind", "topic"):
        held.add((one.held_on, one.kind, one.topic))
        yield _event(one.planned_on, one.kind, one.topic, one.held_on)
    logged = MemberDevelopment.objects.order_by("held_on", "kind", "topic")
    for held_on, kind, topic in logged.values_list("held_on", "kind", "topic").distinct():
        if (held_on, kind, topic) not in held:
            yield _event(held_on, kind, topic, held_on)


def _event(scheduled_on: date, kind: str, topic: str, held_on: date | None) -> dict[str, Any]:
    return {
        "meeting_id": f"{MEMBER_EVENT}:{scheduled_on}:{kind}:{topic}",
        "forum": MEMBER_EVENT,
        "scheduled_on": scheduled_on,
        "held_on": held_on,
    }
