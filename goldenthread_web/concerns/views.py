"""Immediate concerns: the list, one of them, and who is away."""

from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.concerns import posts, queries, services
from goldenthread_web.concerns.clocks import clocks, moment
from goldenthread_web.concerns.models import Concern
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.children import index
from goldenthread_web.extracts.quality import case_link
from goldenthread_web.figures.asked_once import asked_once
from goldenthread_web.trail.recording import record

RESOLVED_SHOWN = 50


@page(Permission.SEE_CONCERNS)
@require_safe
@asked_once()
def listed(request: HttpRequest) -> HttpResponse:
    """Concerns about children of the person's scope, the open ones first with the time that is left."""
    person, at = cast(User, request.user), moment()
    found = queries.visible_to(person)
    is_open = sorted((one for one in found if one.is_open), key=_urgency)
    resolved = [one for one in found if not one.is_open][:RESOLVED_SHOWN]
    shown = [one.reference for one in (*is_open, *resolved)]
    record("children.seen", ("list", "concerns.list"), by=person, children=shown)
    context = {
        "open": [_line(one, at) for one in is_open],
        "resolved": [_line(one, at) for one in resolved],
        "unacknowledged": sum(one.acknowledged_at is None for one in is_open),
        "not_safe": sum(one.is_safe is not True for one in is_open),
        "is_late": sum(queries.clock_of(one, at).is_late for one in is_open),
        "clocks": clocks(),
        "may_raise": person.may(Permission.OBSERVE_PRACTICE),
        "is_wide": True,
    }
    return render(request, "concerns/list.html.jinja", context)


@page(Permission.SEE_CONCERNS, narrative=True)
@require_safe
@asked_once()
def shown(request: HttpRequest, ref: str) -> HttpResponse:
    """One concern: what is feared, who was told when, what was done. That it was opened is recorded first."""
    person, at = cast(User, request.user), moment()
    concern = queries.found(person, ref)
    is_first = any(one.person_id == person.pk and one.opened_at is None for one in concern.notices.all())
    if is_first:
        services.note_opened(concern, at=at, by=person)
    else:
        record("children.seen", ("concern", concern.ref), by=person, children=[concern.reference])
    held = index().by_reference.get(concern.reference)
    context: dict[str, Any] = {
        "concern": concern,
        "clock": queries.clock_of(concern, at),
        "child": held,
        "case_link": None if held is None else case_link(held.child_id),
        "records": list(concern.safety_records.select_related("recorded_by")),
        "may_answer": concern.is_open and queries.may_answer(concern, person),
        "is_own": concern.raised_by_id == person.pk,
        "opened_now_by": person.pk if is_first else None,
    }
    return render(request, "concerns/concern.html.jinja", context)


@page(Permission.SEE_CONCERNS)
@require_safe
def absences(request: HttpRequest) -> HttpResponse:
    """Who of those who answer concerns is away, and who stands in."""
    person = cast(User, request.user)
    rows = list(queries.absences(from_on=today()))
    context = {
        "rows_of": [
            (one, person.may(Permission.ANSWER_CONCERNS) and posts.keeps_absences_of(one.person_id, person))
            for one in rows
        ],
        "day": today(),
        "may_enter": person.may(Permission.ANSWER_CONCERNS),
    }
    return render(request, "concerns/absences.html.jinja", context)


def _urgency(concern: Concern) -> tuple[bool, bool, datetime]:
    """Those nobody acknowledged first, then those not safe, each by how long they wait."""
    return (concern.acknowledged_at is not None, concern.is_safe is True, concern.raised_at)


def _line(concern: Concern, at: datetime) -> dict[str, Any]:
    held = index().by_reference.get(concern.reference)
    notices = list(concern.notices.all())
    return {
        "concern": concern,
        "clock": queries.clock_of(concern, at),
        "child": "" if held is None else held.child_id,
        "told": notices[-3:],
        "earlier": len(notices[:-3]),
        "mail_failed": any(one.is_mail_sent is False for one in notices),
    }
