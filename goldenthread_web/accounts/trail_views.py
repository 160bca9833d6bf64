"""The data protection officer's pages: who saw this child, what did this person see, is the trail whole?"""

import csv
import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts.children import LENGTH, reference_of_typed
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission, roles
from goldenthread_web.config.clock import london, now
from goldenthread_web.trail.chain import verify
from goldenthread_web.trail.models import Event
from goldenthread_web.trail.queries import Asked, children_of, events, kinds, length
from goldenthread_web.trail.recording import record
from goldenthread_web.trail.second_look import BEGINS, ENDS, MOST_IN_AN_HOUR, OPENED, worth_a_second_look
from goldenthread_web.trail.words import about_words, change_words, event_words, value_words
from goldenthread_web.ui.csv_files import neutralised

PER_PAGE = 50
MOST_COPIED = 100_000  # lines of one file
_WEEK = timedelta(days=7)
NEWEST = 20_000  # Events that a page verifies; the command verifies all of them
_HEADINGS = (
    "number",
    "at",
    "by",
    "by_role",
    "what",
    "about",
    "key",
    "reason",
    "changes",
    "children",
    "address",
)


class AskedForm(forms.Form):
    """What is looked for."""

    child = forms.RegexField(f"^[0-9a-f]{{{LENGTH}}}$", required=False)
    person = forms.IntegerField(min_value=1, required=False)
    what = forms.RegexField(r"^[a-z_.]{1,60}$", required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)


@page(Permission.SEE_TRAIL, asks=[*AskedForm.base_fields, "page"])
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Events by child, person, kind and day. Looking is an Event itself."""
    asked = _asked(request)
    shown = Paginator(events(asked), PER_PAGE).get_page(request.GET.get("page"))
    found = list(shown.object_list)
    _note("trail.searched", asked, cast(User, request.user))
    people = {person.pk: person for person in User.objects.order_by("title")}
    context = {
        "page": shown,
        "rows": [_row(event, people, children) for event, children in _with_children(found)],
        "asked": asked,
        "looked_up": people.get(asked.person or 0),
        "people": people.values(),
        "kinds": sorted((event_words(what), what) for what in kinds()),
        "copy": f"{reverse('trail:copy')}?{request.GET.urlencode()}",
    }
    return render(request, "trail/search.html.jinja", context)


@page(Permission.SEE_TRAIL)
@require_POST
def find_child(request: HttpRequest) -> HttpResponse:
    """From a child's id, or their reference, to who saw them: the id itself never stands in an address."""
    typed = request.POST.get("child", "").strip()
    if not typed:
        raise Refused("Type the child's id in the case system, or the reference that the trail shows.")
    return redirect(f"{reverse('trail:search')}?{urlencode({'child': reference_of_typed(typed)})}")


@page(Permission.SEE_TRAIL, asks=[*AskedForm.base_fields, "page"])
@require_safe
def copy(request: HttpRequest) -> StreamingHttpResponse:
    """The Events looked for as a CSV file, safe to open in a spreadsheet."""
    asked = _asked(request)
    _note("trail.exported", asked, cast(User, request.user))
    answer = StreamingHttpResponse(_lines(asked), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="trail.csv"'
    return answer


@page(Permission.SEE_TRAIL, asks=["week"])
@require_safe
def second_look(request: HttpRequest) -> HttpResponse:
    """Days on which somebody's openings of children's pages stand out, a week at a time."""
    try:
        since = date.fromisoformat(request.GET.get("week", "")) if request.GET.get("week") else _week_begins()
    except ValueError:
        raise Http404("There is no such week.") from None
    until = since + _WEEK - timedelta(days=1)
    _note("trail.searched", Asked(what=OPENED, since=since, until=until), cast(User, request.user))
    looks = worth_a_second_look(since, until)
    people = dict(User.objects.filter(pk__in={one.person for one in looks}).values_list("pk", "title"))
    context = {
        "looks": [(one, people.get(one.person, f"Account {one.person}")) for one in looks],
        "since": since,
        "until": until,
        "week": _WEEK,
        "most": MOST_IN_AN_HOUR,
        "begins": f"{BEGINS:%H:%M}",
        "ends": f"{ENDS:%H:%M}",
    }
    return render(request, "trail/second_look.html.jinja", context)


def _week_begins() -> date:
    """The first of the last seven days."""
    return london(now()).date() - _WEEK + timedelta(days=1)


@page(Permission.SEE_TRAIL)
@require_http_methods(["GET", "HEAD", "POST"])
def chain(request: HttpRequest) -> HttpResponse:
    """Whether the trail is whole: the newest Events now, all of them by the nightly command."""
    verdict = None
    if request.method == "POST":
        verdict = verify(newest=NEWEST)
        changes = {"events": verdict.events, "broken": verdict.first_broken, "head": verdict.head}
        record("trail.verified", by=cast(User, request.user), changes=changes)
    earlier = Event.objects.filter(what="trail.verified", by_id=None).order_by("-id").first()
    context = {"verdict": verdict, "count": length(), "newest": NEWEST, "nightly": earlier}
    return render(request, "trail/chain.html.jinja", context)


def _asked(request: HttpRequest) -> Asked:
    form = AskedForm(request.GET)
    if not form.is_valid():
        raise Refused(f"The search cannot be read: correct {', '.join(sorted(form.errors))}.")
    said = form.cleaned_data
    return Asked(**said)


def _note(what: str, asked: Asked, by: User) -> None:
    """Who looks whom up in the trail is as much a secret as the rest of it."""
    said = {"child": asked.child, "person": asked.person, "what": asked.what}
    days = {
        "since": asked.since and asked.since.isoformat(),
        "until": asked.until and asked.until.isoformat(),
    }
    record(what, by=by, changes={name: value for name, value in (said | days).items() if value})


def _is_about_person(event: Event) -> bool:
    return event.about_kind == "user" and event.about_key.isdecimal()


def _with_children(found: list[Event]) -> Iterator[tuple[Event, list[str]]]:
    shown = children_of(found)
    return ((event, shown.get(event.pk, [])) for event in found)


def _row(event: Event, people: dict[int, User], children: list[str]) -> dict[str, Any]:
    return {
        "event": event,
        "by": _who(event, people),
        "words": event_words(event.what),
        "about": _about(event, people),
        "children": children,
        "changes": "; ".join(change_words(name, _said(name, value)) for name, value in event.changes.items()),
    }


def _who(event: Event, people: dict[int, User]) -> str:
    """The post, and the role at the time where the post does not say it already."""
    if event.by_id is None:
        return "The service itself"
    by = people.get(event.by_id)
    post = by.title if by else f"Account {event.by_id}"
    role = roles()[event.by_role].title if event.by_role in roles() else event.by_role
    return post if role in post else f"{post}, {role}"


def _about(event: Event, people: dict[int, User]) -> str:
    if _is_about_person(event):
        person = people.get(int(event.about_key))
        return person.title if person else f"Account {event.about_key}"
    return about_words(event.about_kind, event.about_key)


def _said(name: str, value: object) -> str:
    """A value as the page shows it: a role by its title, an Event by its words."""
    if name == "what" and isinstance(value, str):
        return event_words(value)
    return roles()[value].title if name == "role" and value in roles() else value_words(value)


class _Line:
    """What csv writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def _lines(asked: Asked) -> Iterator[str]:
    out = csv.writer(_Line(), lineterminator="\r\n")
    yield "\ufeff" + out.writerow(_HEADINGS)  # so that spreadsheets read it as UTF-8
    found = events(asked)[:MOST_COPIED]
    titles = dict(User.objects.values_list("pk", "title"))
    batch: list[Event] = []
    for event in found.iterator(chunk_size=1000):
        batch.append(event)
        if len(batch) == 1000:
            yield from _batch(out, batch, titles)
            batch = []
    yield from _batch(out, batch, titles)


def _batch(out: Any, batch: list[Event], titles: dict[int, str]) -> Iterator[str]:
    for event, children in _with_children(batch):
        values = (
            event.pk,
            london(event.at).isoformat(timespec="seconds"),
            titles.get(event.by_id or 0, ""),
            event.by_role,
            event.what,
            event.about_kind,
            event.about_key,
            event.reason,
            json.dumps(event.changes, sort_keys=True) if event.changes else "",
            " ".join(children),
            event.address,
        )
        yield out.writerow([neutralised(value) if isinstance(value, str) else value for value in values])
