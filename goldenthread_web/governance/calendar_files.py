"""How does the forward plan reach other calendars? As a file of the iCalendar standard; no child is in it."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, Event

from goldenthread_web.config.clock import now
from goldenthread_web.governance.forward import KINDS, Planned

# What is behind the @ of each UID: it must stay as it is, or calendars take everything for new.
_DOMAIN = "goldenthread.invalid"


def calendar_of(found: Iterable[Planned]) -> bytes:
    """The file. What keeps its UID is moved or renamed in a calendar that read it before."""
    made = Calendar()
    made.add("prodid", "-//Golden Thread//Forward plan//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Improvement programme")
    for one in found:
        made.add_component(_event(one))
    return made.to_ical()


def _event(one: Planned) -> Event:
    event = Event()
    event.add("uid", f"{one.uid}@{_DOMAIN}")
    event.add("dtstamp", now())
    event.add("summary", one.title)
    event.add("categories", [KINDS[one.kind]])
    if one.starts_at is not None:
        event.add("dtstart", one.starts_at)
        event.add("dtend", one.starts_at + timedelta(minutes=one.minutes))
    else:
        event.add("dtstart", one.on)
        event.add("dtend", (one.ends_on or one.on) + timedelta(1))  # the day after the last
        event.add("transp", "TRANSPARENT")
    if one.place:
        event.add("location", one.place)
    if one.detail:
        event.add("description", one.detail)
    return event
