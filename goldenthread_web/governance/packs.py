"""What does a pack hold when it is frozen? The whole agenda in words, as known on that day."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from goldenthread_web.config.clock import london
from goldenthread_web.figures.asked_once import asked_once
from goldenthread_web.figures.card import current_set
from goldenthread_web.governance import agenda, queries
from goldenthread_web.governance.models import AgendaItem, Meeting
from goldenthread_web.governance.sources import Entry
from goldenthread_web.ui.together import together


@asked_once()
def content_of(meeting: Meeting, *, on: date, rows: list[AgendaItem] | None = None) -> dict[str, Any]:
    """The pack of a meeting as it stands on a day, as JSON keeps it. `rows`: its items, if they were read."""
    items = list(meeting.items.all()) if rows is None else rows
    read = together(**agenda.lists(meeting, items, on=on), members=queries.members(meeting.body, meeting.on))
    found = agenda.parts(meeting, on=on, rows=items, read=read)
    figures = current_set()
    as_at_on = None if figures is None else figures.worked_out.as_at_on
    content = {
        "body": meeting.body.name,
        "purpose": meeting.body.purpose,
        "on": meeting.on.isoformat(),
        "starts": f"{london(meeting.starts_at):%H:%M}",
        "place": meeting.place,
        "note": meeting.note,
        "built_on": on.isoformat(),
        "as_at_on": None if as_at_on is None else as_at_on.isoformat(),
        # None, too, where later figures were read for an earlier day: they had no age then.
        "age_days": None if as_at_on is None or as_at_on > meeting.on else (meeting.on - as_at_on).days,
        "minutes": agenda.minutes_planned(found),
        "minutes_allotted": meeting.minutes_allotted,
        "members": [{"post": one.said, "role": one.get_role_display()} for one in read["members"]],
        "parts": [_part(part) for part in found if not part.is_late],
    }
    return json.loads(json.dumps(content))  # as the database gives it back


def parts_of(content: dict[str, Any], items: Iterable[AgendaItem]) -> list[agenda.Part]:
    """The items of a pack as its content keeps them; what is exempt is so as its meeting says now."""
    by_key = {item.pk: item for item in items}
    return [_part_of(said, by_key.get(said["item"])) for said in content["parts"]]


def digest_of(content: dict[str, Any]) -> str:
    """The SHA-256 of a pack's content, however a database kept the order of its keys."""
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _part_of(said: dict[str, Any], item: AgendaItem | None) -> agenda.Part:
    kept = {name: said[name] for name in agenda.Part.__dataclass_fields__ if name in said}
    kept |= {"item": item, "entries": tuple(Entry(**one) for one in said["entries"])}
    if item is not None:
        kept |= {"exempt_under": item.exempt_under, "exempt_because": item.exempt_because}
    return agenda.Part(**kept)


def _part(part: agenda.Part) -> dict[str, Any]:
    item = part.item
    said = asdict(
        agenda.Part(**{name: getattr(part, name) for name in part.__dataclass_fields__ if name != "item"})
    )
    del said["item"]
    return {**said, "item": None if item is None else item.pk}
