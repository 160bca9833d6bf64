"""Voices on screen: numbers for everybody, words for few, what was done about them, what was understood."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.voice import queries, words
from goldenthread_web.voice.about_children import named


@page(Permission.SEE_VOICE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What people say, in numbers; who was not heard; you said, we did."""
    person, day = cast(User, request.user), today()
    public = person.held_role.is_public_view
    replies = list(queries.replies())
    context = {
        "themes": queries.by_theme(day, is_public_view=public),
        "audiences": queries.by_audience(day, is_public_view=public),
        "open": [] if public else [one for one in replies if not one.published_on],
        "published": [one for one in replies if one.published_on],
        "askings": [] if public else list(queries.askings()[:10]),
        "words": words,
        "day": day,
        "may_record": person.may(Permission.RECORD_FEEDBACK),
        "may_keep": person.may(Permission.KEEP_VOICE),
    }
    return render(request, "voice/list.html.jinja", context)


@page(Permission.RECORD_FEEDBACK, narrative=True, asks=["theme", "audience", "page"])
@require_safe
def said(request: HttpRequest) -> HttpResponse:
    """The words themselves, for those who lead it and for managers of the team."""
    person = cast(User, request.user)
    found = queries.feedback_for(person)
    theme, audience = request.GET.get("theme", ""), request.GET.get("audience", "")
    if audience in words.audiences():
        found = found.filter(audience=audience)
    rows = [one for one in found[:500] if theme not in words.themes() or theme in one.themes]
    shown = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {
        "feedback": shown,
        "named": named(person, [one.reference for one in shown]),
        "words": words,
        "theme": theme,
        "audience": audience,
        "fields": [
            _select("audience", "Whose", "Everybody’s", words.audiences(), audience),
            _select("theme", "About", "Everything", words.themes(), theme),
        ],
        "has_numbers": person.may(Permission.SEE_VOICE),
    }
    return render(request, "voice/said.html.jinja", context)


@page(Permission.SEE_VOICE)
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """Every survey, and how understanding goes."""
    person, day = cast(User, request.user), today()
    context = {
        "surveys": list(queries.surveys()),
        "may_record": person.may(Permission.RECORD_FEEDBACK),
        "understanding": queries.understanding(words.KINDS, on=day),
        "told": list(queries.told()[:20]),
        "words": words,
        "day": day,
        "may_keep": person.may(Permission.KEEP_VOICE),
    }
    return render(request, "voice/surveys.html.jinja", context)


@page(Permission.SEE_VOICE)
@require_safe
def survey(request: HttpRequest, number: int) -> HttpResponse:
    """What one survey found; nothing while it is open."""
    person, day = cast(User, request.user), today()
    found = get_object_or_404(queries.surveys(), pk=number)
    is_open = found.closes_on >= day
    context = {
        "survey": found,
        "is_open": is_open,
        "result": None if is_open else queries.result(found),
        "smallest": words.smallest_group(),
        "words": words,
        "may_keep": person.may(Permission.KEEP_VOICE),
    }
    return render(request, "voice/survey.html.jinja", context)


@page(Permission.ANSWER_SURVEYS)
@require_safe
def surveys_to_answer(request: HttpRequest) -> HttpResponse:
    """Surveys of staff that are open and that the person has not answered."""
    person = cast(User, request.user)
    context = {
        "surveys": list(queries.to_answer(person, today())),
        # Whoever reads the numbers has their own way to it.
        "may_record": person.may(Permission.RECORD_FEEDBACK) and not person.may(Permission.SEE_VOICE),
    }
    return render(request, "voice/to_answer.html.jinja", context)


def _select(name: str, label: str, all_of: str, found: dict[str, str], value: str) -> dict[str, Any]:
    """A field of the filters, as the component takes it."""
    options = [
        {"value": "", "text": all_of},
        *({"value": code, "text": said} for code, said in found.items()),
    ]
    return {"name": name, "label": label, "value": value, "options": options}
