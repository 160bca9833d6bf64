"""What of a meeting in public is not for the public? Exempt items: part II, read inside the body alone.

Their titles, the paragraph of Schedule 12A and the reason stand on the public agenda; what they say, and
whatever was minuted, decided, asked or set under them, does not.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.governance.agenda import Part
from goldenthread_web.governance.models import ItemDecision
from goldenthread_web.governance.queries import memberships_of
from goldenthread_web.programme.models import Decision

STATUTE = "Schedule 12A to the Local Government Act 1972"


def telling_inside(found: Any, person: User, on: date) -> Any:
    """Meetings, each with `is_inside`: whether somebody may read what its body keeps from the public.

    Its members may, and who keeps meetings.
    """
    if person.may(Permission.KEEP_MEETINGS):
        return found.annotate(is_inside=Value(True))
    return found.annotate(is_inside=Exists(memberships_of(person, on).filter(body=OuterRef("body"))))


def readable(
    found: "QuerySet[Any]", person: User, on: date, *, item: str = "item", body: str = "body"
) -> "QuerySet[Any]":
    """Rows of items without those of exempt items of bodies to which somebody does not belong."""
    if person.may(Permission.KEEP_MEETINGS):
        return found
    own = memberships_of(person, on).values("body")
    return found.exclude(Q(**{f"{item}__exempt_under__gt": ""}) & ~Q(**{f"{body}__in": own}))


def readable_decisions(found: "QuerySet[Decision]", person: User, on: date) -> "QuerySet[Decision]":
    """Decisions without those made under exempt items of bodies to which somebody does not belong."""
    if person.may(Permission.KEEP_MEETINGS):
        return found
    own = memberships_of(person, on).values("body")
    kept = ItemDecision.objects.filter(item__exempt_under__gt="").exclude(item__meeting__body__in=own)
    return found.exclude(pk__in=kept.values("decision"))


def for_all(parts: Iterable[Part]) -> list[Part]:
    """An agenda as everybody reads it: of an exempt item its title and why, and no line from one."""
    return [_emptied(part) if part.exempt_under else _without_lines(part) for part in parts]


def part_two(parts: Iterable[Part]) -> list[Part]:
    """What of an agenda is not for the public, whole: exempt items, and lines from earlier ones."""
    found = []
    for part in parts:
        lines = tuple(one for one in part.entries if one.is_exempt)
        if part.exempt_under:
            found.append(part)
        elif lines:
            found.append(replace(_emptied(part), kept_back=0, entries=lines))
    return found


def _emptied(part: Part) -> Part:
    return Part(
        number=part.number,
        kind=part.kind,
        title=part.title,
        minutes=part.minutes,
        starts=part.starts,
        is_late=part.is_late,
        exempt_under=part.exempt_under,
        exempt_because=part.exempt_because,
        item=part.item,
    )


def _without_lines(part: Part) -> Part:
    lines = tuple(one for one in part.entries if not one.is_exempt)
    kept_back = len(part.entries) - len(lines)
    return replace(part, entries=lines, kept_back=kept_back) if kept_back else part
